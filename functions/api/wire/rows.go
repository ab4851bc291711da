package wire

import (
	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// BatchRow reads {"calculation": ..., "input": ...}; the input stays text. The calculation may go by the old name id.
func (r *Reading) BatchRow() (id string, input jsontext.Value, err error) {
	if r.Tokens.PeekKind() != '{' {
		r.Fault("", "not_an_object", `A row of a batch is an object: {"calculation": "average", "input": {...}}.`)
		return "", nil, r.Tokens.SkipValue()
	}
	if _, err := r.Tokens.ReadToken(); err != nil {
		return "", nil, err
	}
	for r.Tokens.PeekKind() == '"' {
		raw, err := r.Tokens.ReadValue()
		if err != nil {
			return "", nil, err
		}
		i := indexOfRaw(BatchFields, raw, 0)
		if i < 0 && string(raw) == `"id"` {
			i, r.Old = 0, true
		}
		switch {
		case i < 0:
			err = r.unknown(BatchFields, raw, "")
		case r.slots[i].Given:
			r.Fault("/"+BatchFields[i].Name, "duplicate_field", Twice.Say(BatchFields[i].Name))
			err = r.Tokens.SkipValue()
		case i == 0:
			id, err = r.batchID()
		default:
			var value jsontext.Value
			value, err = r.Tokens.ReadValue()
			input = value.Clone()
		}
		if err != nil {
			return "", nil, err
		}
	}
	_, err = r.Tokens.ReadToken()
	return id, input, err
}

// BatchID is the pointer to the name of a row's calculation, as it was given.
func (r *Reading) BatchID() string {
	if r.Old {
		return "/id"
	}
	return "/calculation"
}

func (r *Reading) batchID() (string, error) {
	r.slots[0].Given = true
	if r.Tokens.PeekKind() != '"' {
		r.Fault(r.BatchID(), "unknown_calculation", NotCalledText.Say(r.BatchID()[1:]))
		return "", r.Tokens.SkipValue()
	}
	token, err := r.Tokens.ReadToken()
	return token.String(), err
}

// Refused adds the engine's problems to the reading's.
func (r *Reading) Refused(c *Calculation, notes notice.List) {
	for _, n := range notes {
		pointer := r.Base
		if n.Field != "" {
			pointer += "/" + n.Field
		}
		if n.Code >= notice.FirstWarning || r.Faults.At(pointer) {
			continue
		}
		r.Faults.Add(Fault{
			Pointer: pointer, Code: n.Code.String(), Detail: sentence(n, c.Inputs),
			Limit: n.Limit, Limited: n.Code.Limiting(),
		})
	}
}

// BatchFields are the members of a row of a batch, for their near misses.
var BatchFields = []catalogue.Field{{Name: "calculation"}, {Name: "input"}}

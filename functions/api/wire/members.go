package wire

import (
	"github.com/go-json-experiment/json/jsontext"
)

// Members are the members of a JSON object known to be well formed.
func Members(text string) map[string]jsontext.Value {
	r := Read([]byte(text))
	defer r.Done()
	list := map[string]jsontext.Value{}
	if r.Tokens.PeekKind() != '{' {
		return list
	}
	_, _ = r.Tokens.ReadToken()
	for r.Tokens.PeekKind() == '"' {
		name, err := r.Tokens.ReadToken()
		key := name.String()
		value, err2 := r.Tokens.ReadValue()
		if err != nil || err2 != nil {
			break
		}
		list[key] = value.Clone()
	}
	return list
}

// Override is a JSON text where there is one, else what was there before.
func Override(value jsontext.Value, before string) string {
	if value.Kind() != '"' {
		return before
	}
	text, _ := jsontext.AppendUnquote(nil, value)
	return string(text)
}

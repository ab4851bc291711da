package wire

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A Parameter is one name and value of a query, decoded.
type Parameter struct{ Name, Value string }

// Parameters splits a query (or a form, which looks the same). Unlike net/url, it takes a semicolon for what it is, a
// character, and lets nothing that is badly escaped pass.
func Parameters(query string) ([]Parameter, *Problem) {
	var list []Parameter
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		decodedName, err1 := url.QueryUnescape(name)
		decodedValue, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			return nil, &Problem{Kind: MalformedQuery, Detail: BadlyEscaped.Say(Quoted(part))}
		}
		list = append(list, Parameter{decodedName, decodedValue})
	}
	return list, nil
}

// Fill reads parameters into the slots of fields. An empty value leaves its field out, which is what an empty cell of
// a spreadsheet gives. A list is its numbers separated by commas; records are JSON.
func (r *Reading) Fill(fields []catalogue.Field, slots []Slot, list []Parameter) {
	for _, p := range list {
		i := IndexOf(fields, p.Name, 0)
		if i < 0 {
			if i = indexOfOld(fields, p.Name); i >= 0 {
				r.toldOld(fields[i].Name)
			}
		}
		if i < 0 {
			r.AddUnknown(fields, p.Name, "")
			continue
		}
		f, s := &fields[i], &slots[i]
		if s.Given && f.Kind != catalogue.List {
			r.Fault("/"+f.Name, "duplicate_field", Twice.Say(f.Name))
			continue
		}
		s.Given = true
		r.text(f, s, strings.TrimSpace(p.Value))
	}
}

// text reads the value of one field from text.
func (r *Reading) text(f *catalogue.Field, s *Slot, text string) {
	if text == "" {
		if s.Stream == nil {
			s.Value = math.NaN()
		}
		return
	}
	switch f.Kind {
	case catalogue.Option:
		r.choose(f, s, text, "")
	case catalogue.List:
		r.textList(f, s, text)
	case catalogue.Records:
		r.embedded(f, s, text, "")
	default:
		s.Value = r.textNumber(f.Name, -1, text)
	}
}

// Points writes the numbers of parameters with a decimal point, where the view has a comma: what a cell of such a sheet gives. A list has
// semicolons then, or decimals with a point.
func (v View) Points(fields []catalogue.Field, list []Parameter) []Parameter {
	if !v.Comma {
		return list
	}
	for i := range list {
		at, p := IndexOf(fields, list[i].Name, 0), &list[i]
		switch {
		case at < 0:
		case fields[at].Kind == catalogue.List && strings.Contains(p.Value, ";"):
			p.Value = strings.NewReplacer(",", ".", ";", ",").Replace(p.Value)
		case fields[at].Kind == catalogue.Number && strings.Count(p.Value, ",") == 1 && !strings.Contains(p.Value, "."):
			p.Value = strings.Replace(p.Value, ",", ".", 1)
		}
	}
	return list
}

func (r *Reading) textNumber(name string, index int, text string) float64 {
	v, why := ParseNumber(text)
	if why != "" {
		code := "not_a_number"
		if math.IsInf(v, 0) {
			code = "too_large"
		}
		r.Fault(pointerTo("", name, index), code, Sentences(NumberNot.Say(label(name, index), Quoted(text)), why))
		return math.NaN()
	}
	return v
}

func (r *Reading) textList(f *catalogue.Field, s *Slot, text string) {
	if s.Stream == nil {
		s.Stream = []float64{0}
	}
	for part := range strings.SplitSeq(strings.Trim(text, "[]"), ",") {
		v := r.textNumber(f.Name, len(s.Stream)-1, strings.TrimSpace(part))
		s.Stream = append(s.Stream, v)
		s.Stream[0]++
	}
}

// embedded reads a list or records that a text holds as JSON.
func (r *Reading) embedded(f *catalogue.Field, s *Slot, text, path string) {
	inner := Read([]byte(text))
	defer inner.Done()
	err := inner.Value(f, s, path)
	if err == nil {
		err = inner.End()
	}
	if err != nil {
		s.Stream = nil
		r.Fault(path+"/"+f.Name, "not_a_list", Sentences(NotListAsJSON.Say(f.Name), Unreadable([]byte(text), err).Detail))
		return
	}
	for _, one := range inner.Faults.List {
		r.Faults.Add(one)
	}
	r.Was = append(r.Was, inner.Was...)
	for list, names := range inner.Rows {
		if r.Rows == nil {
			r.Rows = RowNames{}
		}
		r.Rows[list] = names
	}
}

// ParseNumber reads a number as JSON writes them, or as spreadsheets do with a leading plus or point, or with the Arabic decimal sign. What is not one
// is answered with what to do; the value is then NaN or, where the number is too large, an infinity.
func ParseNumber(text string) (v float64, why string) {
	text = strings.Replace(text, "\u066B", ".", 1)
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9', c == '-', c == '+', c == '.', c == 'e', c == 'E':
		default:
			return math.NaN(), numberHint(text)
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err == nil:
		return v, ""
	case math.IsInf(v, 0):
		return v, "It is too large to be a number here."
	}
	return math.NaN(), numberHint(text)
}

// numberHint tells how to write what a text seems to mean.
func numberHint(text string) string {
	bare := strings.TrimSpace(text)
	if share, ok := strings.CutSuffix(bare, "%"); ok {
		if v, err := strconv.ParseFloat(strings.TrimSpace(strings.Replace(share, ",", ".", 1)), 64); err == nil && v-v == 0 {
			return AsFraction.Say(notice.Figure(v / 100))
		}
	}
	if strings.Count(bare, ",") == 1 && !strings.Contains(bare, ".") {
		point := strings.Replace(bare, ",", ".", 1)
		if v, err := strconv.ParseFloat(point, 64); err == nil && v-v == 0 {
			return "Write it with a decimal point and without separators between thousands."
		}
	}
	switch strings.ToLower(strings.TrimLeft(bare, "+-")) {
	case "nan", "inf", "infinity":
		return "Leave the field out where there is no number."
	}
	return "Write digits with a decimal point, without signs of currency or separators: 1234.5."
}

package api

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// A parameter is one name and value of a query, decoded.
type parameter struct{ name, value string }

// parameters splits a query (or a form, which looks the same). Unlike net/url, it takes a semicolon for what it is, a
// character, and lets nothing that is badly escaped pass.
func parameters(query string) ([]parameter, *problem) {
	var list []parameter
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		decodedName, err1 := url.QueryUnescape(name)
		decodedValue, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			return nil, &problem{kind: malformedQuery, detail: "The query is badly escaped at " + quoted(part) + ". Write a percent sign as %25."}
		}
		list = append(list, parameter{decodedName, decodedValue})
	}
	return list, nil
}

// fill reads parameters into the slots of fields. An empty value leaves its field out, which is what an empty cell of
// a spreadsheet gives. A list is its numbers separated by commas; records are JSON.
func (r *reading) fill(fields []catalogue.Field, slots []slot, list []parameter) {
	for _, p := range list {
		i := indexOf(fields, p.name, 0)
		if i < 0 {
			r.addUnknown(fields, p.name, "")
			continue
		}
		f, s := &fields[i], &slots[i]
		if s.given && f.Kind != catalogue.List {
			r.fault("/"+f.Name, "duplicate_field", f.Name+" is given more than once. Give it once.")
			continue
		}
		s.given = true
		r.text(f, s, strings.TrimSpace(p.value))
	}
}

// text reads the value of one field from text.
func (r *reading) text(f *catalogue.Field, s *slot, text string) {
	if text == "" {
		if s.stream == nil {
			s.value = math.NaN()
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
		s.value = r.textNumber(f.Name, -1, text)
	}
}

func (r *reading) textNumber(name string, index int, text string) float64 {
	v, why := parseNumber(text)
	if why != "" {
		code := "not_a_number"
		if math.IsInf(v, 0) {
			code = "too_large"
		}
		r.fault(pointerTo("", name, index), code, label(name, index)+" must be a number, not "+quoted(text)+". "+why)
		return math.NaN()
	}
	return v
}

func (r *reading) textList(f *catalogue.Field, s *slot, text string) {
	if s.stream == nil {
		s.stream = []float64{0}
	}
	for part := range strings.SplitSeq(strings.Trim(text, "[]"), ",") {
		v := r.textNumber(f.Name, len(s.stream)-1, strings.TrimSpace(part))
		s.stream = append(s.stream, v)
		s.stream[0]++
	}
}

// embedded reads a list or records that a text holds as JSON.
func (r *reading) embedded(f *catalogue.Field, s *slot, text, path string) {
	inner := read([]byte(text))
	defer inner.done()
	err := inner.value(f, s, path)
	if err == nil {
		err = inner.end()
	}
	if err != nil {
		s.stream = nil
		r.fault(path+"/"+f.Name, "not_a_list", f.Name+" must be a list, as JSON. "+unreadable([]byte(text), err).detail)
		return
	}
	for _, one := range inner.faults.list {
		r.faults.add(one)
	}
}

// parseNumber reads a number as JSON writes them, or as spreadsheets do with a leading plus or point. What is not one
// is answered with what to do; the value is then NaN or, where the number is too large, an infinity.
func parseNumber(text string) (v float64, why string) {
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
			return "Write a percentage as a fraction: " + notice.Figure(v/100) + "."
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

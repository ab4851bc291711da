package api

import (
	"strconv"
	"strings"

	"hourglass/core/catalogue"
)

// view reads the parameters that say how to answer (format, field, header) from a query, and returns the others.
// Results are looked up in c; for a batch, c is nil and each row has its own.
func (x *exchange) view(list []parameter, c *calculation) (v view, rest []parameter, bad *problem) {
	v.names = true
	var f faults
	format := ""
	for _, p := range list {
		switch p.name {
		case "format":
			if format != "" && format != p.value {
				f.add(fault{parameter: "format", code: "duplicate_field", detail: "format is given more than once. Give it once."})
			}
			format = p.value
		case "field":
			v.pick = append(v.pick, strings.Split(p.value, ",")...)
		case "header":
			v.names = truth(p.value, &f)
		default:
			rest = append(rest, p)
		}
	}
	if c != nil {
		v.pick.check(c.Results, &f)
	}
	if bad = x.setFormat(&v, format, &f); bad == nil && f.any() {
		p := invalid(f)
		bad = &p
	}
	return v, rest, bad
}

func (x *exchange) setFormat(v *view, name string, f *faults) *problem {
	if name == "" {
		var ok bool
		if v.format, ok = accepted(x.header("Accept")); !ok {
			return &problem{kind: notAcceptable, detail: "Results come as application/json, text/csv, application/xml or text/plain."}
		}
		return nil
	}
	for i, known := range formatNames {
		if name == known {
			v.format = format(i)
			return nil
		}
	}
	f.add(fault{parameter: "format", code: "unknown_option", detail: "format must be " + choices(formatNames) + ", not " + quoted(name) + "."})
	return nil
}

// truth reads a parameter that is on or off.
func truth(text string, f *faults) bool {
	switch strings.ToLower(text) {
	case "", "1", "true", "yes", "present":
		return true
	case "0", "false", "no", "absent":
		return false
	}
	f.add(fault{parameter: "header", code: "unknown_option", detail: "header must be true or false, not " + quoted(text) + "."})
	return true
}

// check adds a fault for every name that is no result.
func (p pick) check(results []catalogue.Field, f *faults) {
	for _, path := range p {
		if resultAt(results, path) != nil {
			continue
		}
		detail := "There is no result " + quoted(path) + "."
		if near := nearest(path, names(results)); near != "" && near != path {
			detail += " Did you mean " + near + "?"
		}
		f.add(fault{parameter: "field", code: "unknown_field", detail: detail})
	}
}

// resultAt is the result at a path (series.margin), or nil.
func resultAt(fields []catalogue.Field, path string) *catalogue.Field {
	name, rest, nested := strings.Cut(path, ".")
	i := indexOf(fields, name, 0)
	switch {
	case i < 0:
		return nil
	case nested:
		return resultAt(fields[i].Fields, rest)
	}
	return &fields[i]
}

// accepted chooses the format that an Accept header (RFC 9110, 12.5.1) likes best; of several, the first of JSON, CSV,
// XML and text. A person's browser, which names HTML, gets JSON to look at.
func accepted(header string) (format, bool) {
	if header == "" || strings.Contains(header, "text/html") {
		return formatJSON, true
	}
	best, quality := formatJSON, 0.0
	for f, types := range [][]string{
		formatJSON:  {"application/json"},
		formatCSV:   {"text/csv"},
		formatXML:   {"application/xml", "text/xml"},
		formatValue: {"text/plain"},
	} {
		for _, name := range types {
			if q := acceptance(header, name); q > quality {
				best, quality = format(f), q
			}
		}
	}
	return best, quality > 0
}

// acceptance is the quality that the most specific matching range of an Accept header gives a media type.
func acceptance(header, name string) float64 {
	major, _, _ := strings.Cut(name, "/")
	quality, specific := 0.0, -1
	for part := range strings.SplitSeq(header, ",") {
		mediaRange, rest, _ := strings.Cut(part, ";")
		level := -1
		switch strings.ToLower(strings.TrimSpace(mediaRange)) {
		case name:
			level = 2
		case major + "/*":
			level = 1
		case "*/*", "*":
			level = 0
		}
		if level > specific {
			specific, quality = level, weight(rest)
		}
	}
	return quality
}

// weight reads the q of a media range's parameters, 1 where there is none.
func weight(text string) float64 {
	for part := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if strings.EqualFold(name, "q") {
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}

package wire

import (
	"strconv"
	"strings"

	"hourglass/core/catalogue"
)

// Truth reads a parameter that is on or off.
func Truth(text string, f *Faults) bool {
	switch strings.ToLower(text) {
	case "", "1", "true", "yes", "present":
		return true
	case "0", "false", "no", "absent":
		return false
	}
	f.Add(Fault{Parameter: "header", Code: "unknown_option", Detail: EitherNot.Say("header", "true or false", Quoted(text))})
	return true
}

// Comma reads which sign decimals are written with, a point unless a comma is asked for.
func Comma(text string, f *Faults) bool {
	switch strings.ToLower(text) {
	case "", ".", "point":
		return false
	case ",", "comma":
		return true
	}
	f.Add(Fault{Parameter: "decimal", Code: "unknown_option", Detail: EitherNot.Say("decimal", "a point or a comma", Quoted(text))})
	return false
}

// Words reads whether a problem is told by a status, or by a text in the place of the result.
func Words(text string, f *Faults) bool {
	switch strings.ToLower(text) {
	case "", "status":
		return false
	case "text":
		return true
	}
	f.Add(Fault{Parameter: "errors", Code: "unknown_option", Detail: EitherNot.Say("errors", "status or text", Quoted(text))})
	return false
}

// Check adds a fault for every name that is no result.
func (p Pick) Check(results []catalogue.Field, f *Faults) {
	for _, path := range p {
		if path == warningsName || ResultAt(results, path) != nil {
			continue
		}
		detail := Sentences(NoResult.Say(Quoted(path)), Guess(path, Names(results)))
		f.Add(Fault{Parameter: "field", Code: "unknown_field", Detail: detail})
	}
}

// rowName stands for the name of a row, which no layout has.
var rowName = catalogue.Field{Name: catalogue.RowName, Kind: catalogue.Text}

// ResultAt is the result at a path (series.margin), or nil. The name alone is enough where one group has it.
func ResultAt(fields []catalogue.Field, path string) *catalogue.Field {
	name, rest, nested := strings.Cut(path, ".")
	i := IndexOf(fields, name, 0)
	switch {
	case i < 0 && !nested:
		return inGroup(fields, name)
	case i < 0:
		return nil
	case nested && fields[i].Row != "" && rest == catalogue.RowName:
		return &rowName
	case nested:
		return ResultAt(fields[i].Fields, rest)
	}
	return &fields[i]
}

// inGroup is the result of that name in the only group that has it, or nil.
func inGroup(fields []catalogue.Field, name string) (found *catalogue.Field) {
	for i := range fields {
		if fields[i].Kind != catalogue.Group {
			continue
		}
		if k := IndexOf(fields[i].Fields, name, 0); k >= 0 {
			if found != nil {
				return nil
			}
			found = &fields[i].Fields[k]
		}
	}
	return found
}

// Accepted chooses the format that an Accept header (RFC 9110, 12.5.1) likes best; of several, the first of JSON, CSV,
// XML and text. A person's browser, which names HTML, gets JSON to look at.
func Accepted(header string) (Format, bool) {
	if header == "" || strings.Contains(header, "text/html") {
		return FormatJSON, true
	}
	best, quality := FormatJSON, 0.0
	for f, types := range [][]string{
		FormatJSON:  {"application/json"},
		FormatCSV:   {"text/csv"},
		FormatXML:   {"application/xml", "text/xml"},
		FormatValue: {"text/plain"},
	} {
		for _, name := range types {
			if q := acceptance(header, name); q > quality {
				best, quality = Format(f), q
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

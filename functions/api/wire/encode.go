package wire

import (
	"math"
	"strconv"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// AppendNumber writes a number in its shortest exact form, as JavaScript does: whole numbers without exponent up to
// 1e21. What is not a finite number, which the engine never lets out, would be null.
func AppendNumber(dst []byte, v float64) []byte {
	switch abs := math.Abs(v); {
	case v-v != 0:
		return append(dst, "null"...)
	case v == math.Trunc(v) && abs < 1<<53:
		return strconv.AppendInt(dst, int64(v), 10)
	case abs < 1e-6 || abs >= 1e21:
		start := len(dst)
		dst = strconv.AppendFloat(dst, v, 'e', -1, 64)
		return shortExponent(dst, start)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// shortExponent turns e-09 into e-9, as JSON is commonly written.
func shortExponent(dst []byte, start int) []byte {
	if n := len(dst); n >= start+4 && dst[n-4] == 'e' && dst[n-2] == '0' {
		dst[n-2] = dst[n-1]
		return dst[:n-1]
	}
	return dst
}

// A Pick is the results that a client asked for by field=: names, or group.name. An empty pick is all of them.
type Pick []string

// has tells whether a field of group (empty at the top) is asked for: itself, a part of it, or what it is a part of.
func (p Pick) has(group, name string) bool {
	if len(p) == 0 {
		return true
	}
	field := dotted(group, name)
	for _, path := range p {
		if path == field || within(path, field) || within(field, path) {
			return true
		}
	}
	return false
}

// within tells whether a path leads through a group.
func within(path, group string) bool {
	return len(path) > len(group) && path[len(group)] == '.' && path[:len(group)] == group
}

// dotted is the path of a field of group.
func dotted(group, name string) string {
	if group == "" {
		return name
	}
	return group + "." + name
}

// AppendResult writes a result as a JSON object, warnings last. Without lists, what runs over time is null.
func AppendResult(dst []byte, c *Calculation, o Outcome, p Pick, lists bool) []byte {
	w, notes := memberWriter{p, lists, o.Rows}, o.Notes
	dst = append(dst, '{')
	dst, _ = w.members(dst, c.Results, o.Stream, "")
	dst = append(dst, `"warnings":[`...)
	for i := range notes {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendWarning(dst, &notes[i], c.Inputs)
	}
	return append(dst, "]}"...)
}

// A memberWriter writes the results that are picked, with the names of the rows that they are about.
type memberWriter struct {
	Pick
	lists bool
	rows  RowNames
}

// members writes the fields of an object, each with a comma after it, and returns what is left of the stream.
func (w *memberWriter) members(dst []byte, fields []catalogue.Field, stream []float64, group string) ([]byte, []float64) {
	for i := range fields {
		f := &fields[i]
		if !w.has(group, f.Name) {
			stream = Skip(f, stream)
			continue
		}
		dst = append(append(append(dst, '"'), f.Name...), `":`...)
		if !w.lists && f.Kind > catalogue.Option && len(w.Pick) == 0 {
			dst, stream = append(dst, "null"...), Skip(f, stream)
		} else {
			dst, stream = w.field(dst, f, stream, group)
		}
		dst = append(dst, ',')
	}
	return dst, stream
}

func (w *memberWriter) field(dst []byte, f *catalogue.Field, stream []float64, group string) ([]byte, []float64) {
	switch f.Kind {
	case catalogue.List:
		n := 1 + int(stream[0])
		return AppendList(dst, stream[1:n]), stream[n:]
	case catalogue.Group:
		dst, stream = w.members(append(dst, '{'), f.Fields, stream, dotted(group, f.Name))
		return Closed(dst, '}'), stream
	case catalogue.Records:
		dst = append(dst, '[')
		count := int(stream[0])
		stream = stream[1:]
		for i := range count {
			dst = append(dst, '{')
			if name := w.rows.at(f.Name, i); name != "" && f.Row != "" && w.has(f.Name, catalogue.RowName) {
				dst = append(AppendText(append(dst, `"`+catalogue.RowName+`":`...), name), ',')
			}
			dst, stream = w.members(dst, f.Fields, stream, dotted(group, f.Name))
			dst = append(Closed(dst, '}'), ',')
		}
		return Closed(dst, ']'), stream
	}
	return AppendScalar(dst, f, stream[0]), stream[1:]
}

// AppendScalar writes a number or the name of an option; NaN is a result that does not exist.
func AppendScalar(dst []byte, f *catalogue.Field, v float64) []byte {
	if f.Kind != catalogue.Option {
		return AppendNumber(dst, v)
	}
	if i := int(v); v == v && i >= 0 && i < len(f.Options) {
		return append(append(append(dst, '"'), f.Options[i]...), '"')
	}
	return append(dst, "null"...)
}

func AppendList(dst []byte, list []float64) []byte {
	dst = append(dst, '[')
	for _, v := range list {
		dst = append(AppendNumber(dst, v), ',')
	}
	return Closed(dst, ']')
}

// Closed puts a bracket in the place of the comma before it.
func Closed(dst []byte, bracket byte) []byte {
	if last := len(dst) - 1; dst[last] == ',' {
		dst[last] = bracket
		return dst
	}
	return append(dst, bracket)
}

// Skip returns what follows a field in a stream.
func Skip(f *catalogue.Field, stream []float64) []float64 {
	switch f.Kind {
	case catalogue.List:
		return stream[1+int(stream[0]):]
	case catalogue.Group:
		for i := range f.Fields {
			stream = Skip(&f.Fields[i], stream)
		}
		return stream
	case catalogue.Records:
		count := int(stream[0])
		stream = stream[1:]
		for range count {
			for i := range f.Fields {
				stream = Skip(&f.Fields[i], stream)
			}
		}
		return stream
	}
	return stream[1:]
}

func AppendWarning(dst []byte, n *notice.Notice, inputs []catalogue.Field) []byte {
	dst = append(append(dst, `{"code":"`...), n.Code.String()...)
	dst = append(dst, `","field":`...)
	dst = AppendText(dst, n.Field)
	dst = append(dst, `,"message":`...)
	dst = AppendText(dst, sentence(*n, inputs))
	return append(dst, '}')
}

package wire

// MaxDepth is how deep JSON may be nested. The deepest that anything here takes is seven; the Worker's stack holds some
// five thousand.
const MaxDepth = 64

// A shape is what a glance at a JSON text tells of it.
type shape struct {
	Depth int // of its brackets and braces
	Rows  int // of the array that it is
}

// ShapeOf looks at a text without parsing it; of one that is not JSON it tells something.
func ShapeOf(text []byte) (s shape) {
	depth, quoted, filled := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted:
			if c == '\\' {
				i++
			} else if c == '"' {
				quoted = false
			}
		case c == '"':
			quoted, filled = true, true
		case c == '[', c == '{':
			filled = filled || depth > 0
			if depth++; depth > s.Depth {
				s.Depth = depth
			}
		case c == ']', c == '}':
			depth--
		case c == ',':
			if depth == 1 {
				s.Rows++
			}
		case c > ' ':
			filled = true
		}
	}
	if filled {
		s.Rows++
	}
	return s
}

// TooDeep is the problem of a text nested deeper than maxDepth.
func TooDeep() *Problem {
	var f Faults
	f.Add(Fault{Code: "too_deep", Detail: "The JSON is nested more than 64 levels deep. Nothing here takes more than seven.", Limit: MaxDepth, Limited: true})
	bad := Invalid(f)
	return &bad
}

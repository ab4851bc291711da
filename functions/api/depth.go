package api

// maxDepth is how deep JSON may be nested. The deepest that anything here takes is seven; the Worker's stack holds some
// five thousand.
const maxDepth = 64

// A shape is what a glance at a JSON text tells of it.
type shape struct {
	depth int // of its brackets and braces
	rows  int // of the array that it is
}

// shapeOf looks at a text without parsing it; of one that is not JSON it tells something.
func shapeOf(text []byte) (s shape) {
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
			if depth++; depth > s.depth {
				s.depth = depth
			}
		case c == ']', c == '}':
			depth--
		case c == ',':
			if depth == 1 {
				s.rows++
			}
		case c > ' ':
			filled = true
		}
	}
	if filled {
		s.rows++
	}
	return s
}

// tooDeep is the problem of a text nested deeper than maxDepth.
func tooDeep() *problem {
	var f faults
	f.add(fault{code: "too_deep", detail: "The JSON is nested more than 64 levels deep. Nothing here takes more than seven.", limit: maxDepth, limited: true})
	bad := invalid(f)
	return &bad
}

package rows

import (
	"bytes"
)

// Object finds the values of a JSON object on one line.
func (p *Parser) Object(line []byte) Fault {
	if !Each(line, func(name, value []byte) { p.keep(name[1:len(name)-1], value) }) {
		return badJSON
	}
	return Sound
}

// Each goes through the names, in their quotes, and values of a JSON object on one line, and tells whether it is one. It
// goes over every byte once and makes no copies; what the values say is for their readers to check. A name that comes
// twice should count the last time, as in encoding/json.
func Each(line []byte, keep func(name, value []byte)) bool {
	s := scanner{line, 0}
	s.blank()
	if !s.take('{') {
		return false
	}
	for s.blank(); !s.take('}'); {
		name, ok := s.text()
		if !ok || !s.colon() {
			return false
		}
		value, ok := s.value()
		if !ok {
			return false
		}
		keep(name, value)
		s.blank()
		if s.take(',') {
			s.blank()
			if s.at < len(s.line) && s.line[s.at] == '}' {
				return false
			}
		} else if s.at >= len(s.line) || s.line[s.at] != '}' {
			return false
		}
	}
	s.blank()
	return s.at == len(s.line)
}

// keep remembers the value of a name that has a role.
func (p *Parser) keep(name, value []byte) {
	for r := range Roles {
		if p.Has[r] && string(name) == p.name[r] {
			p.Values[r] = value
		}
	}
}

// A scanner goes through JSON.
type scanner struct {
	line []byte
	at   int
}

func (s *scanner) blank() {
	for s.at < len(s.line) && (s.line[s.at] == ' ' || s.line[s.at] == '\t' || s.line[s.at] == '\r') {
		s.at++
	}
}

func (s *scanner) take(c byte) bool {
	if s.at < len(s.line) && s.line[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) colon() bool {
	s.blank()
	ok := s.take(':')
	s.blank()
	return ok
}

// text returns a string with its quotes.
func (s *scanner) text() ([]byte, bool) {
	start := s.at
	if !s.take('"') {
		return nil, false
	}
	for ; s.at < len(s.line); s.at++ {
		switch c := s.line[s.at]; {
		case c == '\\':
			s.at++
		case c == '"':
			s.at++
			return s.line[start:s.at], true
		case c < ' ':
			return nil, false
		}
	}
	s.at = len(s.line)
	return nil, false
}

// value returns a string, number, true, false or null. Lists and objects are passed
// over by their brackets and count as no value.
func (s *scanner) value() ([]byte, bool) {
	if s.at >= len(s.line) {
		return nil, false
	}
	switch s.line[s.at] {
	case '"':
		return s.text()
	case '{', '[':
		return nil, s.nested()
	}
	start := s.at
	for s.at < len(s.line) && bytes.IndexByte([]byte(",}] \t\r:\"{["), s.line[s.at]) < 0 {
		s.at++
	}
	return s.line[start:s.at], literal(s.line[start:s.at])
}

func literal(b []byte) bool {
	switch string(b) {
	case "true", "false", "null":
		return true
	}
	return number(b)
}

// number reports whether b is a number by JSON's grammar (RFC 8259, section 6).
func number(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("-"))
	whole := digits(b)
	if whole == 0 || whole > 1 && b[0] == '0' {
		return false
	}
	b = b[whole:]
	if len(b) > 0 && b[0] == '.' {
		n := digits(b[1:])
		if n == 0 {
			return false
		}
		b = b[1+n:]
	}
	if len(b) == 0 {
		return true
	}
	if b[0]|0x20 != 'e' {
		return false
	}
	b = b[1:]
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		b = b[1:]
	}
	return len(b) > 0 && digits(b) == len(b)
}

func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}

// nested passes over a list or an object.
func (s *scanner) nested() bool {
	for depth := 0; s.at < len(s.line); {
		switch s.line[s.at] {
		case '"':
			if _, ok := s.text(); !ok {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		s.at++
		if depth == 0 {
			return true
		}
	}
	return false
}

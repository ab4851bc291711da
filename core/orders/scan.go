package orders

import "math/bits"

// maxColumns is the number of columns of a record whose positions are kept.
const maxColumns = 512

// Byte classes of the scanner.
const (
	classPlain = iota
	classDelimiter
	classLineEnd
	classQuote
	classNUL
)

// What record returns instead of a position.
const (
	scanMore      = -1 // the window ended before the record did
	scanOpenQuote = -2 // the file ended within quotes
)

// field is the position of a column's text, without its quotes.
type field struct {
	start, end int32
	escaped    bool // holds doubled quotes
}

// scanner splits records. It reads eight bytes at a time, each once, and allocates nothing.
type scanner struct {
	class      [256]uint8
	delimiters uint64  // the delimiter, eight times
	blanks     bool    // runs of blanks separate: empty fields do not exist
	fields     []field // maxColumns
	n          int     // columns of the record; those past maxColumns are only counted
	textEnd    int     // end of the record without its line end
	lines      uint32  // line ends in the record, those within quotes included
	ended      bool    // the record ended with a line end, not with the file
	nul        bool    // holds a NUL byte
	inQuote    bool    // the window ended within quotes
	stray      bool    // holds a quote that its line does not close
}

// use sets the delimiter; a space stands for runs of spaces and tabs.
func (s *scanner) use(delimiter byte) {
	clear(s.class[:]) // an array literal would become 256 stores under TinyGo
	s.class['\n'], s.class['\r'] = classLineEnd, classLineEnd
	s.class['"'], s.class[0] = classQuote, classNUL
	s.class[delimiter] = classDelimiter
	s.delimiters = uint64(delimiter) * 0x0101010101010101
	s.blanks = delimiter == ' '
	if s.blanks {
		s.class['\t'] = classDelimiter
	}
	if s.fields == nil {
		s.fields = make([]field, maxColumns)
	}
}

// record splits the record that starts at pos and returns the position after it,
// scanMore or scanOpenQuote. With lineQuotes a quote ends at its line's end at the
// latest. With final the end of buf is the end of the file.
func (s *scanner) record(buf []byte, pos int, lineQuotes, final bool) int {
	s.n, s.lines = 0, 0
	s.nul, s.inQuote, s.stray, s.ended = false, false, false, false
	start, i := pos, pos
	quoted := field{start: -1}
	fields, delimiter := s.fields[:maxColumns], byte(s.delimiters)
	if s.blanks {
		delimiter = 0 // fields may be none
	}
words:
	for i < len(buf) {
		var specials uint64 // a bit for each byte of the word that may mean something
		if i+8 <= len(buf) {
			specials = s.specials(word(buf[i : i+8]))
		} else {
			specials = s.specials(lastWord(buf[i:]))
		}
		at := i
		for i += 8; specials != 0; specials &= specials - 1 {
			k := at + bits.TrailingZeros64(specials)>>3
			c := buf[k]
			if c == delimiter && quoted.start < 0 && c != 0 && s.n < len(fields) {
				fields[s.n] = field{start: int32(start), end: int32(k)}
				s.n++
				start = k + 1
				continue
			}
			switch s.class[c] {
			case classDelimiter:
				s.add(buf, start, k, quoted)
				start, quoted.start = k+1, -1
			case classLineEnd:
				s.add(buf, start, k, quoted)
				s.textEnd, s.ended = k, true
				s.lines++
				return k + 1
			case classQuote:
				if quoted.start >= 0 || !blank(buf[start:k]) {
					continue
				}
				if quoted, i = s.quoted(buf, k, lineQuotes, final); i < 0 {
					return i
				}
				continue words
			case classNUL:
				s.nul = true
			}
		}
	}
	if !final {
		return scanMore
	}
	s.add(buf, start, len(buf), quoted)
	s.textEnd = len(buf)
	return len(buf)
}

// plain is record for one that ends before the last word of buf, whose quotes stand around whole columns and which holds no NUL: the
// number of columns and the end of its text, or a negative number for any other. It keeps the columns in fields and leaves those of
// the scanner alone, but for what it adds to lines for line ends within quotes.
func (s *scanner) plain(buf []byte, pos int, fields []field) (n, textEnd int) {
	start, i := pos, pos
	delimiter := byte(s.delimiters)
words:
	for i+8 <= len(buf) {
		specials, at := s.specials(word(buf[i:])), i
		i += 8
		for ; specials != 0; specials &= specials - 1 {
			k := at + bits.TrailingZeros64(specials)>>3
			c := buf[k]
			if uint(n) >= uint(len(fields)) {
				return 0, -1
			}
			if c == delimiter {
				fields[n] = field{start: int32(start), end: int32(k)}
				n++
				start = k + 1
				continue
			}
			switch {
			case c == '\n' || c == '\r':
				fields[n] = field{start: int32(start), end: int32(k)}
				return n + 1, k
			case c == 0:
				return 0, -1
			case c == '"' && k == start:
				fields[n], i = s.quoted(buf, k, false, false)
				switch {
				case i < 0 || i == len(buf) || s.nul:
					return 0, -1
				case buf[i] == '\n' || buf[i] == '\r':
					return n + 1, i
				case buf[i] != delimiter:
					return 0, -1
				}
				n++
				i++
				start = i
				continue words
			case c == '"' && blank(buf[start:k]):
				return 0, -1
			}
		}
	}
	return 0, -1
}

const ones, highs = 0x0101010101010101, 0x8080808080808080

// specials marks the delimiters, the quotes and what is below 0x0E, line ends and tabs among them, of eight bytes: the
// highest bit of each (Mycroft's test for a zero byte). A byte after one of these may be marked too, and then has no class.
func (s *scanner) specials(w uint64) uint64 {
	delimiter, quote := w^s.delimiters, w^'"'*ones
	return ((w-0x0E*ones)&^w | (delimiter-ones)&^delimiter | (quote-ones)&^quote) & highs
}

// quiet reports whether none of eight bytes means anything within quotes.
func quiet(w uint64) bool {
	quote := w ^ '"'*ones
	return ((w-0x0E*ones)&^w|(quote-ones)&^quote)&highs == 0
}

// lastWord is the last bytes, fewer than eight, filled up with what means nothing.
func lastWord(b []byte) uint64 {
	w := uint64('a' * ones)
	for i := len(b) - 1; i >= 0; i-- {
		w = w<<8 | uint64(b[i])
	}
	return w
}

// quoted reads a quoted field that opens at i; it returns the field and the
// position after its closing quote, or scanMore or scanOpenQuote.
func (s *scanner) quoted(buf []byte, i int, lineQuotes, final bool) (field, int) {
	f := field{start: int32(i + 1)}
	for i++; i < len(buf); i++ {
		for i+8 < len(buf) && quiet(word(buf[i:i+8])) {
			i += 8
		}
		switch c := buf[i]; {
		case c == '"':
			if i+1 == len(buf) && !final {
				s.inQuote = true
				return f, scanMore
			}
			if i+1 < len(buf) && buf[i+1] == '"' {
				f.escaped = true
				i++
				continue
			}
			f.end = int32(i)
			return f, i + 1
		case c > '\r':
		case c == '\n' || c == '\r':
			if lineQuotes {
				s.stray = true
				f.end = int32(i)
				return f, i
			}
			if c == '\n' || i+1 == len(buf) || buf[i+1] != '\n' {
				s.lines++
			}
		case c == 0:
			s.nul = true
		}
	}
	s.inQuote = true
	if !final {
		return f, scanMore
	}
	if !lineQuotes {
		return f, scanOpenQuote
	}
	s.stray = true
	f.end = int32(i)
	return f, i
}

// add keeps the field buf[start:end], or the quoted text within it when only
// blanks surround the quotes.
func (s *scanner) add(buf []byte, start, end int, quoted field) {
	f := field{start: int32(start), end: int32(end)}
	if quoted.start >= 0 && blank(buf[min(int(quoted.end)+1, end):end]) {
		f = quoted
	} else if s.blanks && start == end {
		return
	}
	if s.n < maxColumns {
		s.fields[s.n] = f
	}
	s.n++
}

// text is the raw text of column i (0-based); empty when the record is shorter.
func (s *scanner) text(buf []byte, i int) []byte {
	if i < 0 || i >= s.n || i >= maxColumns {
		return nil
	}
	f := &s.fields[i]
	return buf[f.start:f.end]
}

// escaped says whether column i holds doubled quotes.
func (s *scanner) escaped(i int) bool {
	return i >= 0 && i < s.n && i < maxColumns && s.fields[i].escaped
}

// blank reports whether b holds only spaces and tabs.
func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// trim cuts spaces, tabs and no-break spaces from both ends.
func trim(b []byte) []byte {
	for len(b) > 0 {
		if b[0] == ' ' || b[0] == '\t' {
			b = b[1:]
		} else if len(b) > 1 && b[0] == 0xC2 && b[1] == 0xA0 {
			b = b[2:]
		} else {
			break
		}
	}
	for len(b) > 0 {
		n := len(b)
		if b[n-1] == ' ' || b[n-1] == '\t' {
			b = b[:n-1]
		} else if n > 1 && b[n-2] == 0xC2 && b[n-1] == 0xA0 {
			b = b[:n-2]
		} else {
			break
		}
	}
	return b
}

// unescape appends b to dst with doubled quotes made single.
func unescape(dst, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		dst = append(dst, b[i])
		if b[i] == '"' && i+1 < len(b) && b[i+1] == '"' {
			i++
		}
	}
	return dst
}

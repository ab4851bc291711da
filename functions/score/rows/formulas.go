package rows

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// negative is a number that begins with a minus: no formula.
var negative = regexp.MustCompile(`^-\d+(\.\d+)?([eE][+-]?\d+)?$`)

// Unarmed is a text that no spreadsheet takes for a formula: a sign that begins one, behind whatever a program may strip
// before it, gets an apostrophe in front. Line breaks, tabs and semicolons count as beginnings, since a program with other
// separators begins a cell there. The customers page writes its files so too (site/customers/csv.ts).
func Unarmed(text []byte) []byte {
	if !bytes.ContainsAny(text, "=+-@＝＋－＠\t\r\n") || negative.Match(text) {
		return text
	}
	var out []byte
	if len(text) > 0 && strings.IndexByte("\t\r\n", text[0]) >= 0 {
		out = append(out, '\'')
	}
	for i, c := range text {
		if begins := i == 0 && len(out) == 0 || i > 0 && strings.IndexByte(";\t\r\n", text[i-1]) >= 0; begins && armed(text[i:]) {
			out = append(out, '\'')
		}
		out = append(out, c)
	}
	return out
}

// armed tells whether a text begins with the sign of a formula.
func armed(text []byte) bool {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune("\"'`", r) {
			return strings.ContainsRune("=+-@＝＋－＠", r)
		}
		text = text[size:]
	}
	return false
}

package wire

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// sentence is a notice in words and, where a bound was passed, the hint of the field's unit.
func sentence(n notice.Notice, fields []catalogue.Field) string {
	text := n.String()
	if n.Code.Bounding() {
		if f := FieldAt(fields, n.Field); f != nil {
			return Sentences(text, catalogue.Units[f.Unit].Hint)
		}
	}
	return text
}

// FieldAt finds the field that a notice's path (customers/3/age) ends at.
func FieldAt(fields []catalogue.Field, path string) *catalogue.Field {
	name, rest, nested := strings.Cut(path, "/")
	i := IndexOf(fields, name, 0)
	if i < 0 {
		return nil
	}
	if nested && fields[i].Kind == catalogue.Records {
		if _, child, ok := strings.Cut(rest, "/"); ok {
			return FieldAt(fields[i].Fields, child)
		}
	}
	return &fields[i]
}

// Quoted is what a client wrote, short enough for a sentence.
func Quoted(text string) string {
	const longest = 60
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return string(AppendText(nil, text))
}

// AppendText writes a string as JSON.
func AppendText(dst []byte, text string) []byte {
	dst, _ = jsontext.AppendQuote(dst, text) // invalid UTF-8 becomes U+FFFD, which is what the error is about
	return dst
}

// Nearest is the word closest to what a client wrote, or "" where none is close. Case and the kind of separator do
// not count, so that churnRate and churn-rate find churn_rate; orders finds orders_per_year, which begins with it.
func Nearest(word string, words []string) string {
	word = plain(word)
	if len(word) == 0 || len(word) > 64 {
		return ""
	}
	farthest := len(word)/3 + 1
	best, least := "", farthest+1
	for _, candidate := range words {
		d := distance(word, plain(candidate))
		if d > farthest && len(word) > 2 && strings.HasPrefix(plain(candidate), word) {
			d = farthest
		}
		if d < least {
			best, least = candidate, d
		}
	}
	return best
}

func plain(word string) string {
	return strings.NewReplacer("_", "", "-", "", "/", "", " ", "").Replace(strings.ToLower(word))
}

// distance counts the insertions, deletions, replacements and swaps of neighbours between two words (optimal string
// alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func Names(fields []catalogue.Field) []string {
	list := make([]string, len(fields))
	for i := range fields {
		list[i] = fields[i].Name
	}
	return list
}

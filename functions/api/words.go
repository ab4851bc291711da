package api

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/notice"
)

// sentence is a notice in words: the catalogue's template with the wire name and the figure put in and, where a bound
// was passed, the unit's hint.
func sentence(n notice.Notice, fields []catalogue.Field) string {
	text := catalogue.Notices[n.Code]
	name := n.Field
	if name == "" {
		name = "the input"
	}
	text = strings.ReplaceAll(text, "{field}", name)
	if open := strings.Index(text, "{limit"); open >= 0 {
		if length := strings.IndexByte(text[open:], '}'); length >= 0 {
			text = text[:open] + figure(n.Limit) + text[open+length+1:]
		}
	}
	if n.Code == notice.TooMany && n.Limit >= customersListed {
		text += " The customers page and the command score take larger lists."
	}
	if bounding(n.Code) {
		if f := fieldAt(fields, n.Field); f != nil {
			if hint := catalogue.Units[f.Unit].Hint; hint != "" {
				text += " " + hint
			}
		}
	}
	return text
}

// customersListed is the longest list, that of customers: others have no longer way round.
const customersListed = 20000

// bounding tells whether a code is about a bound of a field.
func bounding(c notice.Code) bool {
	return c == notice.TooLow || c == notice.TooHigh || c == notice.NotAbove || c == notice.NotBelow
}

// limiting tells whether a notice's figure is a limit that was passed.
func limiting(c notice.Code) bool {
	return bounding(c) || c == notice.TooFew || c == notice.TooMany || c == notice.MoreThan
}

// fieldAt finds the field that a notice's path (customers/3/age) ends at.
func fieldAt(fields []catalogue.Field, path string) *catalogue.Field {
	name, rest, nested := strings.Cut(path, "/")
	i := indexOf(fields, name, 0)
	if i < 0 {
		return nil
	}
	if nested && fields[i].Kind == catalogue.Records {
		if _, child, ok := strings.Cut(rest, "/"); ok {
			return fieldAt(fields[i].Fields, child)
		}
	}
	return &fields[i]
}

// figure is a number within a sentence: whole, or six significant digits.
func figure(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	return string(appendNumber(nil, rounded))
}

// quoted is what a client wrote, short enough for a sentence.
func quoted(text string) string {
	const longest = 60
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return string(appendText(nil, text))
}

// appendText writes a string as JSON.
func appendText(dst []byte, text string) []byte {
	dst, _ = jsontext.AppendQuote(dst, text) // invalid UTF-8 becomes U+FFFD, which is what the error is about
	return dst
}

// choices lists options: month, quarter or year.
func choices(options []string) string {
	last := len(options) - 1
	if last < 1 {
		return strings.Join(options, "")
	}
	return strings.Join(options[:last], ", ") + " or " + options[last]
}

// nearest is the word closest to what a client wrote, or "" where none is close. Case and the kind of separator do
// not count, so that churnRate and churn-rate find churn_rate; orders finds orders_per_year, which begins with it.
func nearest(word string, words []string) string {
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

func names(fields []catalogue.Field) []string {
	list := make([]string, len(fields))
	for i := range fields {
		list[i] = fields[i].Name
	}
	return list
}

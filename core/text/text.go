// Package text prints results for a reader of Go programs: one line a struct, by the wire names, six significant digits,
// "none" for a figure that does not exist. Nothing of it is linked into the browser's modules.
package text

import (
	"strconv"
	"strings"

	"hourglass/core/notice"
)

// Optional is a figure that may not exist: fmt.Println("payback:", text.Optional(out.PaybackPeriods)).
func Optional(v *float64) string {
	if v == nil {
		return "none"
	}
	return notice.Figure(*v)
}

// A Line is a result being printed.
type Line struct{ strings.Builder }

func (l *Line) name(name string) {
	if l.Len() > 0 {
		l.WriteString(", ")
	}
	l.WriteString(name)
	l.WriteByte(' ')
}

// Number adds a figure.
func (l *Line) Number(name string, v float64) { l.Word(name, notice.Figure(v)) }

// Optional adds a figure that may not exist.
func (l *Line) Optional(name string, v *float64) { l.Word(name, Optional(v)) }

// Word adds an option.
func (l *Line) Word(name, word string) {
	l.name(name)
	l.WriteString(word)
}

// List adds a list by its length: a series would hide the other figures.
func (l *Line) List(name string, n int) { l.Word(name, "("+strconv.Itoa(n)+")") }

// Group adds a struct, printed.
func (l *Line) Group(name, printed string) { l.Word(name, "{"+printed+"}") }

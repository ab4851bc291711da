// Package boundary is the numbers-only calling convention of the engine: a calculation is called by its index with
// a stream of float64 and answers with one. The browser module exports it, and the API uses it too, so that both
// run the same decoding, checks and defaults. calls_gen.go holds one case per calculation; the catalogue's fields
// describe the streams.
//
// Into the call goes one entry per input field, in order:
//
//	number   its value; NaN where it is left out
//	option   the index of the option; NaN where it is left out
//	list     its length, then its numbers
//	records  their count, then the fields of each
//
// Out of the call comes [status, how many notices, the notices, and, when the status is Done, one entry per result
// field]. A notice is its code, its limit, the length of its field's path, and the path's bytes. In a result, a
// nested struct is its fields.
package boundary

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// The first number of an answer.
const (
	Done    = 0 // a result follows the notices
	Refused = 1 // the notices hold a problem; no result
	Misfit  = 2 // the input is not laid out as this version wants it; nothing follows
)

// All is what Calculate wants for a whole answer. One result is wanted by its place among the results, lists aside.
const All = -1

// Call is Calculate for a whole answer.
func Call(id int, in, buffer []float64) []float64 { return Calculate(id, All, in, buffer) }

// extent is how much of a calculation it takes to have the result that is wanted, given those that take a search.
func extent(want int, searched uint64) value.Extent {
	switch {
	case want < 0:
		return value.Whole
	case searched>>want&1 != 0:
		return value.Figures
	}
	return value.Quick
}

// maxList bounds what a length in a stream may claim, whatever the field's own limit.
const maxList = 1 << 20

type reader struct {
	in     []float64
	misfit bool
}

// The readers and writers, like the checks in notice, are kept out of line: inlined into every field of every
// calculation they make the WASM module half as large again, and no faster.

//go:noinline
func (r *reader) number() float64 {
	if len(r.in) == 0 {
		r.misfit = true
		return math.NaN()
	}
	v := r.in[0]
	r.in = r.in[1:]
	return v + 0 // -0 is 0: the compilers' libraries differ in its logarithm
}

//go:noinline
func (r *reader) numberOr(standard float64) float64 {
	if v := r.number(); v == v {
		return v
	}
	return standard
}

//go:noinline
func (r *reader) optional() *float64 {
	v := r.number()
	if v != v {
		return nil
	}
	return &v
}

// option is an index, or 255 (which no enumeration has) for what is not one.
//
//go:noinline
func (r *reader) option() uint8 {
	if v := r.number(); v >= 0 && v < 255 && v == math.Trunc(v) {
		return uint8(v)
	}
	return 255
}

//go:noinline
func (r *reader) optionOr(standard uint8) uint8 {
	if len(r.in) > 0 && r.in[0] != r.in[0] {
		r.in = r.in[1:]
		return standard
	}
	return r.option()
}

//go:noinline
func (r *reader) length() int {
	n := r.number()
	if !(n >= 0 && n <= maxList) {
		r.misfit = true
		return 0
	}
	return int(n)
}

//go:noinline
func (r *reader) numbers() []float64 {
	n := r.length()
	if n > len(r.in) {
		r.misfit = true
		return nil
	}
	list := r.in[:n:n]
	r.in = r.in[n:]
	for _, v := range list {
		if v == 0 && math.Signbit(v) {
			return unsigned(list)
		}
	}
	return list
}

// unsigned is a list without a minus before a zero: a copy, since the stream is the caller's.
func unsigned(list []float64) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = v + 0
	}
	return out
}

type writer struct {
	out      []float64
	overflow bool
}

// answer writes the head of an answer and tells whether the result is to follow.
//
//go:noinline
func (w *writer) answer(notes notice.List) bool {
	refused := notes.Refused()
	status := float64(Done)
	if refused {
		status = Refused
	}
	w.out = append(w.out, status, float64(len(notes)))
	for _, n := range notes {
		w.out = append(w.out, float64(n.Code), n.Limit, float64(len(n.Field)))
		for i := range len(n.Field) {
			w.out = append(w.out, float64(n.Field[i]))
		}
	}
	return !refused
}

//go:noinline
func (w *writer) number(v float64) {
	if v-v != 0 { // NaN or an infinity
		w.overflow = true
	}
	w.out = append(w.out, v)
}

//go:noinline
func (w *writer) optional(v *float64) {
	if v == nil {
		w.out = append(w.out, math.NaN())
		return
	}
	w.number(*v)
}

//go:noinline
func (w *writer) numbers(list []float64) {
	w.out = append(append(w.out, float64(len(list))), list...)
	for _, v := range list {
		if v-v != 0 {
			w.overflow = true
		}
	}
}

// finish is the answer as it leaves: a misfit or a result too large for a number says so instead.
//
//go:noinline
func (w *writer) finish(r *reader) []float64 {
	switch {
	case r.misfit || len(r.in) > 0:
		return append(w.out[:0], Misfit)
	case w.overflow:
		w.out = w.out[:0]
		w.answer(notice.List{{Code: notice.Overflow}})
	}
	return w.out
}

// Notices reads the notices back from an answer and returns what follows them.
func Notices(answer []float64) (notes notice.List, rest []float64) {
	count := int(answer[1])
	rest = answer[2:]
	for range count {
		length := int(rest[2])
		path := make([]byte, length)
		for i := range path {
			path[i] = byte(rest[3+i])
		}
		notes = append(notes, notice.Notice{Code: notice.Code(rest[0]), Limit: rest[1], Field: string(path)})
		rest = rest[3+length:]
	}
	return notes, rest
}

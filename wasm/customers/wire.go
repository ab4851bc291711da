package main

import "math"

// Readers and writers are kept out of line, as those of core/boundary are: inlined they make the module larger, and
// no faster. wire_gen.go puts them together.

// A reader takes the fields of an input stream. misfit is set by the first that is missing or out of its range.
type reader struct {
	in     []float64
	misfit bool
}

// number is 0 where it is absent.
//
//go:noinline
func (r *reader) number() float64 {
	if len(r.in) == 0 {
		r.misfit = true
		return 0
	}
	v := r.in[0]
	r.in = r.in[1:]
	if v != v {
		return 0
	}
	return v
}

// whole is a whole number from low to high, 0 where it is absent.
//
//go:noinline
func (r *reader) whole(low, high float64) int {
	v := r.number()
	if !(v >= low && v <= high) || v != math.Trunc(v) {
		r.misfit = true
		return 0
	}
	return int(v)
}

func (r *reader) truth() bool { return r.whole(0, 1) == 1 }

// length is that of a list, whose entries are all there.
func (r *reader) length() int { return r.whole(0, float64(len(r.in))) }

//go:noinline
func (r *reader) text() []byte {
	out := make([]byte, r.length())
	for i := range out {
		out[i] = byte(r.whole(0, 255))
	}
	return out
}

//go:noinline
func (r *reader) numbers() []float64 {
	out := make([]float64, r.length())
	for i := range out {
		out[i] = r.number()
	}
	return out
}

//go:noinline
func (r *reader) named() map[string]float64 {
	out := map[string]float64{}
	for range r.length() {
		name := string(r.text())
		out[name] = r.number()
	}
	return out
}

// done reports whether the stream was as it has to be, to its end.
func (r *reader) done() bool { return !r.misfit && len(r.in) == 0 }

// A writer appends the fields of an answer.
type writer struct{ out []float64 }

//go:noinline
func (w *writer) number(v float64) { w.out = append(w.out, v) }

// count makes room for a number that is counted up later and returns where.
func (w *writer) count() int {
	w.number(0)
	return len(w.out) - 1
}

//go:noinline
func (w *writer) truth(v bool) {
	if v {
		w.number(1)
	} else {
		w.number(0)
	}
}

//go:noinline
func (w *writer) text(b []byte) {
	w.number(float64(len(b)))
	for _, c := range b {
		w.number(float64(c))
	}
}

// list writes the length of a column and its entries.
//
//go:noinline
func list[T float64 | uint64 | uint32 | int32 | int](w *writer, column []T) {
	w.number(float64(len(column)))
	for _, v := range column {
		w.number(float64(v))
	}
}

// named writes numbers in the order of their names.
//
//go:noinline
func (w *writer) named(of map[string]float64) {
	w.number(float64(len(of)))
	last := ""
	for range of {
		next := ""
		for name := range of {
			if name > last && (next == "" || name < next) {
				next = name
			}
		}
		w.text([]byte(next))
		w.number(of[next])
		last = next
	}
}

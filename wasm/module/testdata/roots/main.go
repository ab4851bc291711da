// Command roots asks a compiler for what the customers' module relies on: memory that a function still uses is not given
// away by the collector. site/engine/roots.test.ts builds it as that module is built, and calls it.
package main

import "runtime"

func main() {}

// collect frees what nothing is seen to use, and writes over what was freed.
//
//go:noinline
func collect() {
	runtime.GC()
	for range 1000 {
		rest = make([]uint64, 4)
		for i := range rest {
			rest[i] = 0xfefefefefefefefe
		}
	}
}

var rest []uint64

type entry struct {
	code   uint8
	number float64
}

// A list is appended to by its methods, so that what these allocate hangs on a variable of their caller.
type list []entry

func (l *list) when(applies bool, code uint8, number float64) {
	if applies {
		*l = append(*l, entry{code, number})
	}
}

// describe adds the entry 1 alone for numbers of which none is far from the others. It is long enough to be called, and
// short enough that a linker which optimises puts it into its only caller.
func (l *list) describe(numbers []float64) {
	total, most := 0.0, 0.0
	for _, v := range numbers {
		total += v
		most = max(most, v)
	}
	mean := total / float64(len(numbers))
	var above, square float64
	for _, v := range numbers {
		if v > mean {
			above++
		}
		square += (v - mean) * (v - mean)
	}
	l.when(total > 0, 1, total)
	l.when(most > 2*mean+1, 2, most)
	l.when(above > float64(len(numbers)), 4, above)
	l.when(square < 0, 8, square)
}

//go:noinline
func codes(l list) (sum uint32) {
	for _, e := range l {
		sum += uint32(e.code)
	}
	return sum
}

// appended is 1: the code of a list's only entry after a collection.
//
//go:wasmexport appended
func appended(n uint32) uint32 {
	numbers := make([]float64, n)
	for i := range numbers {
		numbers[i] = float64(i)
	}
	var l list
	l.describe(numbers)
	collect()
	return codes(l)
}

// A choice keeps the best of several.
type choice struct {
	best    []float64
	highest float64
}

func (c *choice) offer(made []float64) {
	if c.best == nil || made[0] > c.highest {
		c.best, c.highest = made, made[0]
	}
}

// chosen is 7: what the first of n, which is the best, is filled with.
//
//go:wasmexport chosen
func chosen(n uint32) uint32 {
	var c choice
	for i := range n {
		made := make([]float64, 4)
		for k := range made {
			made[k] = 7 - float64(i)
		}
		c.offer(made)
		collect()
	}
	return uint32(c.best[3])
}

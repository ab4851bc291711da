// Command customers is the browser's third module, loaded when a customer list is to be read: order log in, every
// customer's value out. Like the first it passes numbers only, and builds with TinyGo (TINYGO_GC=precise, because a
// session outlives its calls) and with Go. site/engine/customers.mjs is its host.
//
// # Calls
//
// version, reserve, call and answer are those of wasm/module, for the calculations of boundary.Customers. All the rest
// is a session: one order log, one split of it in time, one model, one set of scores; each step replaces what an
// earlier one of its kind has left and voids what rested on it.
//
//	open(n)       starts a session with the n numbers of reserve as its options
//	buffer(n)     makes room for n bytes and returns where
//	charset(n)    how a text that begins with the first n of them is encoded: orders.Encoding
//	write(n)      reads the first n of them as the next of the file; returns the rows so far
//	close()       ends the file
//	report()      what was read, guessed and set aside; also before close
//	summarise(n)  splits the log in time
//	choose()      fits all models, tests them on held-out time, recommends one
//	fit(kind)     fits one model, without a test
//	spend()       fits what an order is worth
//	build(kind)   makes the model to score with, of what was fitted
//	model()       that model as numbers: customers.Model.Numbers
//	use(n)        takes a model from n such numbers instead
//	score(n)      values all customers
//	next(q)       when each will have ordered again, with probability q
//	segments() concentration(of) cohorts() tracking(days) calibration() warnings()
//	history(row)  one customer's orders and how P(alive) moved
//	sample()      the orders of an invented shop, to try all this on; the session does not change
//	column(id)    the address of a column with one entry a customer (length says how many entries); 0 if there is none
//
// Those that give something out put it where answer says, and return how many numbers it is: first a status, that of
// package customers or Misfit; the rest follows if it is Done.
//
// # Streams
//
// A number that is absent is NaN, and then takes its default. A text is its length in bytes, then its bytes as
// numbers; a list its length and its entries; a truth 0 or 1; an enumeration its Go value; days are counted from
// 1970-01-01. The order of the fields is that of the functions that write and read them: reader.options, split and
// terms; writer.report, summary, choice, candidate, spend, totals and so on. Whoever changes it raises Layout.
//
// # Progress
//
// The host gives one function, env.progress(phase, share): the module calls it every few milliseconds of a long step,
// with one of the phases and the share done of it, 0 to 1. Returning 0 ends the step with the status Cancelled; what
// earlier steps have left stands.
package main

import (
	"unsafe"

	"hourglass/core/boundary"
	"hourglass/core/customers"
	"hourglass/core/orders"
)

// Layout is the version of the session's streams; a host that knows another one must not call.
const Layout = 2

// The module is single-threaded. input and bytes stand until room is made anew, output until the next answer, column
// until the next one. They are held here for the collector not to take them from the host.
var (
	input, output []float64
	bytes         []byte
	column        columnData
	shop          = newSession(defaults)
)

func main() {}

// version is the layout of the calculations, as in the first module.
//
//go:wasmexport version
func version() uint32 { return boundary.Version }

//go:wasmexport layout
func layout() uint32 { return Layout }

// reserve makes room for n input values and returns where. Earlier addresses are void.
//
//go:wasmexport reserve
func reserve(n uint32) unsafe.Pointer {
	if int(n) > cap(input) {
		input = make([]float64, n)
	}
	return unsafe.Pointer(unsafe.SliceData(input))
}

// buffer does the same for bytes.
//
//go:wasmexport buffer
func buffer(n uint32) unsafe.Pointer {
	if int(n) > cap(bytes) {
		bytes = make([]byte, n)
	}
	return unsafe.Pointer(unsafe.SliceData(bytes))
}

// call runs calculation id on the first n input values and returns how many values the answer has.
//
//go:wasmexport call
func call(id, n uint32) uint32 {
	output = boundary.Customers(int(id), boundary.All, input[:n], output)
	return uint32(len(output))
}

// answer is where the last answer stands.
//
//go:wasmexport answer
func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(output)) }

//go:wasmexport open
func open(n uint32) uint32 {
	r := reader{in: input[:n]}
	options := r.options()
	if r.misfit {
		return give(Misfit, nil)
	}
	shop, column = nil, columnData{} // free before the new one grows
	shop = newSession(options)
	return give(customers.Done, nil)
}

//go:wasmexport write
func write(n uint32) uint32 { return shop.write(bytes[:n]) }

// charset is the encoding of a text that begins with the first n bytes: orders.Charset.
//
//go:wasmexport charset
func charset(n uint32) uint32 { return uint32(orders.Charset(bytes[:n])) }

//go:wasmexport close
func closeFile() uint32 {
	shop.close()
	return give(customers.Done, nil)
}

//go:wasmexport report
func report() uint32 {
	return give(customers.Done, func(w *writer) { w.report(shop.reader.Report()) })
}

//go:wasmexport summarise
func summarise(n uint32) uint32 {
	r := reader{in: input[:n]}
	split := r.split()
	if r.misfit {
		return give(Misfit, nil)
	}
	column = columnData{}
	return give(shop.summarise(split), func(w *writer) { w.summary(shop.summary, shop.base) })
}

//go:wasmexport choose
func choose() uint32 {
	return give(shop.choose(), func(w *writer) { w.choice(&shop.choice) })
}

//go:wasmexport fit
func fitOne(kind uint32) uint32 {
	return give(shop.fit(customers.Kind(min(kind, 255))), func(w *writer) { w.candidate(shop.choice.Candidate(customers.Kind(kind))) })
}

//go:wasmexport spend
func spend() uint32 {
	return give(shop.fitSpend(), func(w *writer) { w.spend(shop.spend) })
}

//go:wasmexport build
func build(kind uint32) uint32 {
	return give(shop.build(customers.Kind(min(kind, 255))), nil)
}

//go:wasmexport model
func model() uint32 {
	if !shop.model.Valid() {
		return give(customers.BadModel, nil)
	}
	return give(customers.Done, func(w *writer) { w.out = append(w.out, shop.model.Numbers()...) })
}

// use answers with the fault, 0 for none.
//
//go:wasmexport use
func use(n uint32) uint32 {
	fault := shop.use(input[:n])
	return give(customers.Done, func(w *writer) { w.number(float64(fault)) })
}

//go:wasmexport score
func score(n uint32) uint32 {
	r := reader{in: input[:n]}
	terms := r.terms()
	if r.misfit {
		return give(Misfit, nil)
	}
	return give(shop.score(terms), func(w *writer) { w.totals(shop.totals, shop.fresh) })
}

//go:wasmexport next
func next(q float64) uint32 { return give(shop.nextOrders(q), nil) }

//go:wasmexport segments
func segments() uint32 {
	return give(shop.scored(), func(w *writer) { w.segments(shop) })
}

//go:wasmexport concentration
func concentration(of uint32) uint32 {
	values := shop.summary.Spend
	if of == ofValue {
		values = shop.values.Value
	}
	return give(customers.Done, func(w *writer) { w.concentration(customers.Concentrate(values)) })
}

//go:wasmexport cohorts
func cohorts() uint32 {
	return give(customers.Done, func(w *writer) { w.cohorts(shop) })
}

//go:wasmexport tracking
func tracking(days int32) uint32 {
	return give(shop.track(days), func(w *writer) { w.tracking(shop.tracking) })
}

//go:wasmexport calibration
func calibration() uint32 {
	c, status := shop.model.Calibrate(shop.base, shop.summary)
	return give(status, func(w *writer) { w.calibration(c) })
}

//go:wasmexport warnings
func warnings() uint32 {
	return give(customers.Done, func(w *writer) { w.warnings(shop.warnings()) })
}

//go:wasmexport history
func history(row uint32) uint32 {
	if int(row) >= len(shop.summary.Customer) {
		return give(customers.BadOptions, nil)
	}
	return give(customers.Done, func(w *writer) { w.history(shop, int(row)) })
}

//go:wasmexport sample
func sample() uint32 {
	return give(customers.Done, func(w *writer) { w.rows(customers.SampleShop().Rows()) })
}

//go:wasmexport column
func columnAt(id uint32) unsafe.Pointer {
	column = shop.column(columnID(min(id, 255)), column)
	return column.address
}

//go:wasmexport length
func length() uint32 { return uint32(column.length) }

// Misfit is the status of a call whose input is not laid out as this version wants it.
const Misfit customers.Status = 255

// give makes an answer: the status and, if it is Done, what write adds to it.
func give(status customers.Status, write func(*writer)) uint32 {
	w := writer{out: append(output[:0], float64(status))}
	if status == customers.Done && write != nil {
		write(&w)
	}
	output = w.out
	return uint32(len(output))
}

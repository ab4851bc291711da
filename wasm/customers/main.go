// Command customers is the browser's third module, loaded when a customer list is to be read: order log in, every
// customer's value out. Like the first it passes numbers only, and builds with TinyGo (TINYGO_GC=precise, because a
// valuation outlives its calls) and with Go. site/engine/customers.ts is its host.
//
// # Calls
//
// reserve and answer are those of wasm/module. It has no calculation of the catalogue: no page calls one here (docs/decisions/0022). All is
// one customers.Valuation:
//
//	open(n)       starts a new log with the n numbers of reserve as the reader's options
//	buffer(n)     makes room for n bytes and returns where
//	charset(n)    how a text that begins with the first n of them is encoded: orders.Encoding
//	join(n)       as open, for several tables that become one log: orders.Join
//	table(n, all) adds one that begins with the first n bytes of buffer; all 1 says that these are the whole
//	plan()        what each is for, and which are to be read, in their order: orders.Plan
//	take(i)       begins table i; what is written is of it
//	write(n)      reads the first n of them as the next of the file; returns the rows so far
//	close()       ends the file
//	settings(n)   takes n numbers as what is wanted
//	costs(n)      reads the first n bytes of buffer as a list of what groups have cost: orders.ReadCosts
//	use(n)        takes a model file from n numbers, to value with; its fault
//	use(0)        back to models that are fitted here
//	work()        does the piece of work that is due: which, and what is due next
//	get(id)       one of the results, of row where it is of one customer; of a list of subscriptions what these bring, and
//	              each of them: what stands closed is read as one where it is
//	errand()      the next piece of work that another instance can do (errand.go); recall() takes them all back
//	do(n)         does the errand of another instance in n numbers; deliver(n) takes what came of one in
//	waits()       1 where all that is due is on errands
//	column(id)    the address of a column with one entry a customer (length says how many entries); 0 if there is none. Those of texts come after the others
//
// Those that give something out put it where answer says, and return how many numbers it is: first a status, that of
// package customers or Misfit; the rest follows if it is Done.
//
// # Streams
//
// wire_gen.go reads and writes the structs of core as streams of numbers. A number that is absent is NaN, and then takes
// its default. A text is its length in bytes, then its bytes as numbers; a list its length and its entries; a truth 0 or 1; an
// enumeration its Go value; days are counted from 1970-01-01. Layout is the fingerprint of all of them.
//
// # Progress
//
// The host gives one function, env.progress(stage, share): the module calls it every few milliseconds of a long piece,
// with its customers.Stage and the share done of it, 0 to 1. Returning 0 ends the piece with the status Cancelled; what
// earlier ones have left stands.
package main

import (
	"math"
	"unsafe"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/subscriptions"
)

// The module is single-threaded. input and bytes stand until room is made anew, output until the next answer, cells
// until the next column. They are held here for the collector not to take them from the host.
var (
	input, output []float64
	bytes         []byte
	cells         customers.Cells
	cellCount     int
	shop          = customers.NewValuation()
	joined        *orders.Join // where the log is of several tables
	joining       orders.Options
	beside        *subscriptions.Reader // of the same file, should it be a list of subscriptions
	subscribed    *subscriptions.Log    // what it then says; nil for other lists
)

func main() {}

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

// answer is where the last answer stands.
//
//go:wasmexport answer
func answer() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(output)) }

//go:wasmexport open
func open(n uint32) uint32 {
	r := reader{in: input[:n]}
	var options orders.Options
	readOptions(&r, &options)
	if !r.done() {
		return give(Misfit, nil)
	}
	cells, joined, subscribed = customers.Cells{}, nil, nil
	beside = subscriptions.NewReader(subscriptions.Options{Now: options.Now, Options: orders.Options{
		Reading: options.Reading, Currency: options.Currency, DateOrder: options.DateOrder, Decimal: options.Decimal, Delimiter: options.Delimiter}})
	shop.Read(options)
	return give(customers.Done, nil)
}

//go:wasmexport join
func join(n uint32) uint32 {
	r := reader{in: input[:n]}
	joining = orders.Options{}
	readOptions(&r, &joining)
	if !r.done() {
		return give(Misfit, nil)
	}
	cells, beside, subscribed = customers.Cells{}, nil, nil
	joined = orders.NewJoin(func(line []byte) { shop.Write(line) })
	return give(customers.Done, nil)
}

//go:wasmexport table
func table(n, whole uint32) uint32 {
	joined.Add(bytes[:n], whole == 1, joining)
	return give(customers.Done, nil)
}

//go:wasmexport plan
func plan() uint32 {
	p := orders.Plan{Order: joined.Plan(), Parts: joined.Parts()}
	shop.Read(joined.Options(joining))
	return give(customers.Done, func(w *writer) { writePlan(w, &p) })
}

//go:wasmexport take
func take(i uint32) uint32 {
	joined.Open(int(i))
	return give(customers.Done, nil)
}

//go:wasmexport write
func write(n uint32) uint32 {
	if joined != nil {
		joined.Write(bytes[:n])
	} else {
		shop.Write(bytes[:n])
		beside.Write(bytes[:n])
	}
	return uint32(min(shop.Report().Rows, math.MaxUint32))
}

// charset is the encoding of a text that begins with the first n bytes: orders.Charset.
//
//go:wasmexport charset
func charset(n uint32) uint32 { return uint32(orders.Charset(bytes[:n])) }

//go:wasmexport close
func closeFile() uint32 {
	if joined != nil {
		joined.Close()
	}
	shop.Close()
	if joined != nil {
		joined.Settle(shop.Report())
	}
	if beside != nil {
		subscribed = beside.Close()
	}
	if subscribed == nil && shop.Log != nil && shop.Log.Orders() > 0 {
		subscribed = subscriptions.FromOrders(shop.Log, 0, false)
	}
	return give(customers.Done, nil)
}

//go:wasmexport settings
func settings(n uint32) uint32 {
	r := reader{in: input[:n]}
	s := customers.Settings{Model: shop.Settings.Model}
	readSettings(&r, &s)
	if !r.done() {
		return give(Misfit, nil)
	}
	if !s.Options.Valid() {
		return give(customers.BadOptions, nil)
	}
	shop.Settings = s
	return give(customers.Done, nil)
}

//go:wasmexport costs
func costs(n uint32) uint32 {
	by := shop.Settings.By
	var first, last int32
	if shop.Log != nil {
		first, _ = shop.Log.Span()
		last, by = shop.Summary.Split.End, shop.ByName()
	}
	list := orders.ReadCosts(bytes[:n], by, first, last)
	return give(customers.Done, func(w *writer) { writeCosts(w, &list) })
}

//go:wasmexport use
func use(n uint32) uint32 {
	if n == 0 {
		shop.Settings.Model = nil
		return give(customers.Done, func(w *writer) { writeFault(w, &customers.Fault{}) })
	}
	r := reader{in: input[:n]}
	var file customers.File
	readFile(&r, &file)
	if r.misfit || len(r.in) > 0 {
		return give(Misfit, nil)
	}
	model, fault := file.Read()
	if fault.Code == customers.FileOK {
		shop.Settings.Model = &model
	}
	return give(customers.Done, func(w *writer) { writeFault(w, &fault) })
}

//go:wasmexport work
func work() uint32 {
	stage, status := shop.Next(func(stage customers.Stage, share float64) bool { return progress(uint32(stage), share) != 0 })
	return give(status, func(w *writer) { writeStep(w, stage) })
}

func writeStep(w *writer, done customers.Stage) {
	step := shop.StepResult(done)
	writeStepResult(w, &step)
}

//go:wasmexport get
func get(id, row uint32) uint32 {
	return give(customers.Done, func(w *writer) {
		switch id {
		case reportID:
			writeReport(w, shop.Report())
		case summaryID:
			s := shop.SummaryResult()
			writeSummaryResult(w, &s)
		case choiceID:
			c := shop.ChoiceResult()
			writeChoiceResult(w, &c)
		case modelID:
			if m, ok := shop.ModelResult(); ok {
				writeModelResult(w, &m)
				return
			}
			w.out[0] = float64(customers.BadModel)
		case answerID:
			if shop.Answer.Known == nil {
				w.out[0] = float64(customers.BadModel)
				return
			}
			a := shop.AnswerResult()
			writeAnswerResult(w, &a)
		case testID:
			t := shop.TestResult()
			writeTestResult(w, &t)
		case historyID:
			h, ok := shop.History(int(min(row, math.MaxInt32)))
			if !ok {
				w.out[0] = float64(customers.BadOptions)
				return
			}
			writeHistory(w, &h)
		case sampleID:
			rows := customers.SampleShop().Rows()
			writeRows(w, &rows)
		case planID:
			p := orders.Plan{}
			if joined != nil {
				p.Parts = joined.Parts()
			}
			writePlan(w, &p)
		case sourcesID:
			s := shop.Sources()
			if s == nil {
				w.out[0] = float64(customers.BadOptions)
				return
			}
			writeSources(w, s)
		case stepID:
			writeStep(w, customers.Idle)
		case subscriptionsID, subscribersID:
			if subscribed == nil {
				w.out[0] = float64(customers.BadOptions)
				return
			}
			o := shop.Settings.Options
			terms := subscriptions.Terms{Margin: o.Margin, AnnualDiscount: o.AnnualDiscount, HorizonDays: o.HorizonDays}
			r := subscribed.Value(terms)
			if id == subscriptionsID {
				writeResult(w, &r)
				return
			}
			writeSubscribers(w, &subscriptions.Subscribers{Each: subscribed.Each(terms, &r)})
		}
	})
}

// The columns that texts are, which have no customers.Column: the ids of the customers that are valued; then the ids of all, their ends, and of
// each kept column the texts, their ends, and which of them are consent.
const (
	idBytes = uint32(customers.Columns) + iota
	idEnds
	allBytes
	allEnds
	keptBytes
)

// keptColumn fills the room with one of those from allBytes on.
func keptColumn(id uint32) unsafe.Pointer {
	k := int(id-keptBytes) / 3
	text := func(c int) []byte { return shop.Log.KeptBy(k, c) }
	part := (id - keptBytes) % 3
	if id < keptBytes {
		text, part = shop.Log.ID, id-allBytes
	} else if k >= len(shop.Log.Kept) {
		return at(nil, 0)
	}
	cells.Bytes, cells.Counts = cells.Bytes[:0], cells.Counts[:0]
	size := 0
	for c := range shop.Log.Customers() {
		t := text(c)
		size += len(t)
		switch part {
		case 0:
			cells.Bytes = append(cells.Bytes, t...)
		case 1:
			cells.Counts = append(cells.Counts, uint32(size))
		case 2:
			consents := byte(0)
			if shop.Log.ConsentBy(k, c) {
				consents = 1
			}
			cells.Bytes = append(cells.Bytes, consents)
		}
	}
	if part == 1 {
		return at(unsafe.Pointer(unsafe.SliceData(cells.Counts)), len(cells.Counts))
	}
	return at(unsafe.Pointer(unsafe.SliceData(cells.Bytes)), len(cells.Bytes))
}

//go:wasmexport column
func columnAt(id uint32) unsafe.Pointer {
	switch {
	case (id == idBytes || id == idEnds) && shop.Log != nil:
		var ends []uint32
		cells.Bytes, ends = customers.IDs(shop.Log, shop.Answer.Summary, cells.Bytes[:0], cells.Counts[:0])
		cells.Counts = ends
		if id == idEnds {
			return at(unsafe.Pointer(unsafe.SliceData(ends)), len(ends))
		}
		return at(unsafe.Pointer(unsafe.SliceData(cells.Bytes)), len(cells.Bytes))
	case id >= allBytes && shop.Log != nil:
		return keptColumn(id)
	case id >= uint32(customers.Columns):
		return at(nil, 0)
	}
	c, made := shop.Answer.Column(customers.Column(id), cells)
	if made { // the room is kept for the next of its type
		switch customers.Column(id).Type() {
		case customers.Counts:
			cells.Counts = c.Counts
		case customers.Bytes:
			cells.Bytes = c.Bytes
		default:
			cells.Numbers = c.Numbers
		}
	}
	switch customers.Column(id).Type() {
	case customers.Counts:
		return at(unsafe.Pointer(unsafe.SliceData(c.Counts)), len(c.Counts))
	case customers.Days:
		return at(unsafe.Pointer(unsafe.SliceData(c.Days)), len(c.Days))
	case customers.Bytes:
		return at(unsafe.Pointer(unsafe.SliceData(c.Bytes)), len(c.Bytes))
	}
	return at(unsafe.Pointer(unsafe.SliceData(c.Numbers)), len(c.Numbers))
}

// at is an address of so many entries; nil of none.
func at(address unsafe.Pointer, length int) unsafe.Pointer {
	if cellCount = length; length == 0 {
		return nil
	}
	return address
}

//go:wasmexport length
func length() uint32 { return uint32(cellCount) }

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

// Package orders reads a log of orders, fed as chunks of bytes, into what the
// models need: one compact column of order days and amounts per customer, from
// which frequency, recency, age and spend are computed for any split of time.
//
// The reader takes what shops really export: comma, semicolon, tab, pipe or
// space separated; quoted or not; UTF-8, UTF-16 or Windows-1252; with or without
// a header; dates, amounts and columns in the customs of several countries. What
// it guessed, and why, stands in the [Report], and every guess can be overridden
// in [Options]. Nothing is dropped silently: every row is counted once, as an
// order, as a part of another order, or as set aside for a stated [Reason].
//
// The result depends on the bytes only, never on how they were cut into chunks.
// Memory is bounded by a fixed buffer plus 16 bytes an order (24 when an order
// id is mapped, 2 more for each column that is carried, 4 for each that is kept) and the bytes of the distinct customer ids.
package orders

const (
	headBytes   = 1 << 12 // raw bytes that decide encoding and file type
	bufferBytes = 1 << 18 // decoded bytes scanned at a time; the first are the sample
	maxRecord   = 1 << 17 // longest record, in decoded bytes
	maxID       = 255     // longest customer id, in bytes of UTF-8
	// MaxAmount is the largest amount taken for real; sums stay finite and exact
	// to the cent far beyond any shop.
	MaxAmount = 1e12
)

// Reader turns chunks of a file into a Log and a Report. Feed it with Write,
// end it with Close, then read Report and Log. It is an io.WriteCloser, so that
// io.Copy feeds it.
type Reader struct {
	Workers int // that may read side by side, as parallel.Cores has it; 0 for one. They have work where Write is given large chunks

	opts   Options
	named  Reading // what Options.Reading says
	report Report

	head    []byte // raw bytes until the encoding is known
	decoder decoder
	recast  recasting
	buf     []byte // decoded bytes not yet scanned
	started bool   // the encoding is known
	ending  bool   // the head is the whole file
	open    bool   // the record in buf is longer than a line
	sniffed bool   // delimiter, columns and formats are known

	scan     scanner
	ahead    ahead
	apart    []splitter // what other workers split with
	part     int        // bytes that one splits at a time
	quick    quickPath
	outer    *scanner // splits lines that stand in quotes; nil where they do not
	inner    []byte   // such a line without its quotes
	line     uint32   // physical line on which the current record starts
	afterCR  bool     // a line feed at the start belongs to the previous line end
	skipping bool     // inside an oversized record, until its line ends
	skipRows int      // rows before the data: "sep=" line, titles, header

	twoLines   bool // the names stand on two lines
	explained  bool // the second of them says what the columns are
	layout     layout
	money      money
	probe      *scanner // finds rows with another delimiter
	dates      dateState
	statuses   statusTable
	types      statusTable
	prevOrder  uint32
	again      bool     // the row has the order number of the row before
	unnumbered bool     // order numbers such as 0 are none
	lines      []uint32 // hashes of the rows of the current order
	scratch    []byte
	date       []byte     // of several columns
	name       []byte     // the same
	kinds      []cellKind // what stands in the columns

	statuses2       statusTable
	paysHere        [2]bool            // whether the columns of statuses are those of payments
	datevFrom       [2]int             // year and month in which the postings of a DATEV stack begin
	deposits        bool               // every row is a deposit: what customers have paid in
	live            bool               // the column of tests says yes for what is none
	lineTypes       bool               // the type column tells lines of an order from its head
	lineHeads       bool               // there are heads, which have the total
	histories       *histories         // of orders, where each of their states has a row; nil where not
	invoiced        bool               // orders have an invoice in the file, which counts in their place
	charged         bool               // payments have a row of what was charged, which counts in their place
	paidBack        bool               // refunds of a positive amount pay out what a negative document has taken back
	minus           uint64             // the mark of accounts behind amounts that take back: Cr or Dr, 0 for none
	indent          int                // columns at the left without a name
	month           int32              // the first day of the latest line that names a month
	above           []byte             // the latest date, where those below are blank
	over            [orderCells][]byte // the cells of the latest row that names its order, where those below are blank
	filled          []byte             // a row with these
	carried         uint32             // the customer whom a line above names
	carries         bool
	refundedHere    string            // a status that means refunded in this export alone
	refundedFully   bool              // the column of cancellation is of full refunds
	refundFlag      bool              // the refunded column says yes or no
	pivot           []pivotColumn     // the columns of a table of months, nil for any other
	refundWords     bool              // by a status or a day
	eventLog        bool              // the type column tells what happened, visits among it
	closedIsPaid    bool              // no other word of the status column says that an order was paid
	ofDocuments     bool              // the status column is of invoices or receipts
	numbered        *numberedStatuses // those of the status column, nil for none
	documents       *documentCodes    // those of the type column, nil for none
	instalments     bool              // the type column has payments of gifts that recur
	invoices        bool              // the type column has invoices
	negative        bool              // the amount of the row, while its type is judged
	lastAmount      float64           // of the row, before refunds
	rate            float64           // by which its money was converted
	scale           float64           // 0.01 where the amounts are in cents
	moneyIn         uint64            // the currency that the amounts' column is named after, which holds where nothing says a row's own; 0 for none
	netOfRefunds    bool              // the amounts are after the refunds of their column
	codes           int               // values of these that say nothing
	guessed         [2]bool           // status and type are columns of codes: unknown ones are orders, and asked about
	idRepeats       bool              // in the sample
	ids             int               // different ones in it
	damaged         uint64            // ids that a spreadsheet has rounded
	converted       int               // column of converted amounts, 0 for none
	paidFlag        bool              // the column of payment says yes or no
	ofCustomers     bool              // the columns are those of a list of customers
	ofSubscriptions bool              // the same of subscriptions

	sink  func(buf []byte)             // takes the rows instead, where the Reader only splits them
	aside func(Reason, uint32, []byte) // of a part: see NewPart
	taken uint64                       // rows that Take has given

	gift     giftCard
	people   identity
	carriers []*carrier
	keepers  []*Kept
	events   events
	log      *Log
}

// NewReader returns a reader with the given options.
func NewReader(o Options) *Reader {
	r := new(Reader)
	r.opts, r.named = o.read()
	r.line, r.scale, r.part = 1, 1, partBytes
	r.people.ids.init()
	if o.MergeDays < 1 {
		r.opts.MergeDays = 1
	}
	if o.Now != 0 {
		r.opts.Now++
	}
	return r
}

// Write takes the next bytes of the file, all of them; it keeps no reference to them.
// The only error is ErrClosed.
func (r *Reader) Write(chunk []byte) (int, error) {
	if r.log != nil {
		return 0, ErrClosed
	}
	r.report.Bytes += uint64(len(chunk))
	rest := chunk
	if !r.started {
		n := min(len(rest), headBytes-len(r.head))
		r.head = append(r.head, rest[:n]...)
		if rest = rest[n:]; len(r.head) < headBytes {
			return len(chunk), nil
		}
		r.start()
	}
	r.decode(rest)
	return len(chunk), nil
}

// Close ends the file, resolves duplicates, refunds and merges, and completes
// the report. It returns Report.Err: why there are no orders, if there are none.
// Calls after the first do no more than that.
func (r *Reader) Close() error {
	if r.log == nil {
		r.end()
	}
	return r.report.Err()
}

func (r *Reader) end() {
	if !r.started {
		r.ending = true
		r.start()
	}
	if r.recast.by != nil {
		r.recast.lines, r.report.Binary = r.recast.by.end(r.recast.lines[:0])
		if d, ok := r.recast.by.(*dump); ok {
			r.report.Table, r.report.Tables = d.of()
		}
		r.fillBuffer(r.recast.lines)
	}
	if r.report.Binary == BinaryNone {
		r.drain(true)
	}
	r.finish()
}

// Report says what was read, guessed and set aside. It is complete after Close.
func (r *Reader) Report() *Report { return &r.report }

// Log is the order log; nil before Close.
func (r *Reader) Log() *Log { return r.log }

// start decides encoding and file type from the first raw bytes.
func (r *Reader) start() {
	r.started = true
	head := r.head
	r.head = nil
	kind := sniffBinary(head)
	if r.recast.by = recastOf(decoded(head), kind, r.ending); r.recast.by == nil {
		r.report.Binary = kind
	}
	if r.report.Binary != BinaryNone {
		return
	}
	var skip int
	r.decoder.encoding, skip = sniffEncoding(head)
	r.report.Encoding = r.decoder.encoding
	r.buf = make([]byte, 0, bufferBytes)
	r.ahead.init()
	r.decode(head[skip:])
}

func (r *Reader) decode(chunk []byte) {
	if r.report.Binary != BinaryNone {
		return
	}
	if r.recast.by != nil {
		r.recastInto(chunk)
		return
	}
	for len(chunk) > 0 {
		if n := r.inPlace(chunk); n > 0 {
			chunk = chunk[n:]
			continue
		}
		var n int
		r.buf, n = r.decoder.decode(r.buf, chunk)
		chunk = chunk[n:]
		// The decoder stops when its longest sequence would not fit any more, a
		// point that depends on the bytes before it and not on the chunks.
		if len(chunk) > 0 {
			r.drain(false)
			r.open = false
		}
	}
}

// inPlace takes the whole records at the start of a chunk without a copy, once the format is known; 0 where there are none. What
// the chunk before has left is completed by the chunk's first line.
func (r *Reader) inPlace(chunk []byte) int {
	if !r.sniffed || r.decoder.encoding != EncodingUTF8 || len(chunk) < smallChunk {
		return 0
	}
	if len(r.buf) > 0 {
		n := 1
		for n < smallChunk && chunk[n-1] != '\n' {
			n++
		}
		if r.open || len(r.buf)+n > cap(r.buf) {
			return 0
		}
		r.buf = append(r.buf, chunk[:n]...)
		r.drain(false)
		r.open = len(r.buf) > 0 // a longer record: do not try again
		return n
	}
	own := r.buf
	r.open = false
	n := 0
	if r.Workers > 1 && r.quick.lean && len(chunk) >= 2*r.part {
		r.buf = chunk[:min(len(chunk), mostAtOnce)]
		n = r.sideBySide()
	} else {
		r.buf = chunk[:min(len(chunk), bufferBytes)]
		n = r.scanned(0, len(r.buf), false)
	}
	r.buf = own[:0]
	return n
}

const (
	smallChunk = 1 << 12 // a chunk, in bytes, that is not worth taking in its place
	partBytes  = 1 << 16 // what other workers have split of it is in the nearer memory when it is taken
	mostAtOnce = 1 << 30 // positions have 32 bits
)

// drain scans the records of the buffer and keeps the incomplete last one.
func (r *Reader) drain(final bool) {
	if !r.sniffed {
		r.sniffed = true
		r.sniff(final)
	}
	pos := r.scanned(0, len(r.buf), final)
	r.buf = r.buf[:copy(r.buf, r.buf[pos:])]
}

// scanned takes the records of the buffer that begin at pos and up to a position, and returns the one after them.
func (r *Reader) scanned(pos, until int, final bool) int {
	for pos < until {
		if r.afterCR {
			r.afterCR = false
			if r.buf[pos] == '\n' {
				pos++
				continue
			}
		}
		if r.skipping {
			pos = r.skipLine(pos)
			continue
		}
		next := r.scanAhead(pos)
		if next == pos {
			next = r.next(pos, final)
		}
		if next < 0 {
			break
		}
		pos = next
	}
	return pos
}

// next handles the record at pos and returns the position after it, or -1 when
// it does not end within the buffer and more bytes may come.
func (r *Reader) next(pos int, final bool) int {
	window := r.buf
	if len(window)-pos > maxRecord {
		window = window[:pos+maxRecord]
		final = false
	}
	full := len(window)-pos == maxRecord
	if r.outer != nil {
		return r.nextWrapped(window, pos, final, full)
	}
	end := r.scan.record(window, pos, false, final)
	switch {
	case end == scanOpenQuote, end == scanMore && full && r.scan.inQuote:
		return r.recover(window, pos, final)
	case end == scanMore && full:
		r.oversized(window[pos:])
		return len(window)
	case end == scanMore:
		return -1
	}
	r.record(window, pos, end)
	return end
}

// nextWrapped is next where lines stand in quotes as a whole.
func (r *Reader) nextWrapped(window []byte, pos int, final, full bool) int {
	end := r.outer.record(window, pos, full, final)
	if end == scanOpenQuote || end == scanMore && full {
		end = r.outer.record(window, pos, true, final)
	}
	switch {
	case end < 0 && full:
		r.oversized(window[pos:])
		return len(window)
	case end < 0:
		return -1
	}
	text := window[pos:r.outer.textEnd]
	if r.outer.n == 1 && r.outer.quotedField(0, window) {
		r.inner = unescape(r.inner[:0], r.outer.text(window, 0))
		text = r.inner
	}
	r.scan.record(text, 0, true, true)
	r.row(text, 0, r.scan.textEnd)
	r.line += r.outer.lines
	r.afterCR = end > pos && window[end-1] == '\r' && r.outer.ended
	return end
}

// recover rescans what an unclosed quote has swallowed with quotes that end at
// the end of their line, so that one stray quote costs one row, not the file.
// Every byte is scanned twice at most.
func (r *Reader) recover(window []byte, pos int, final bool) int {
	from := pos
	for pos < len(window) {
		if r.afterCR {
			r.afterCR = false
			if window[pos] == '\n' {
				pos++
				continue
			}
		}
		end := r.scan.record(window, pos, true, final)
		if end < 0 {
			break
		}
		r.record(window, pos, end)
		pos = end
	}
	if pos == from {
		r.oversized(window[pos:])
		return len(window)
	}
	return pos
}

// oversized sets a record aside of which only the start is at hand.
func (r *Reader) oversized(start []byte) {
	r.report.Rows++
	r.setAside(ReasonOversized, start)
	r.skipping = true
}

// skipLine drops the rest of an oversized record.
func (r *Reader) skipLine(pos int) int {
	for ; pos < len(r.buf); pos++ {
		if c := r.buf[pos]; c == '\n' || c == '\r' {
			r.afterCR = c == '\r'
			r.skipping = false
			r.line++
			return pos + 1
		}
	}
	return pos
}

// record handles the scanned record buf[pos:end] and moves the line counter on.
func (r *Reader) record(buf []byte, pos, end int) {
	r.row(buf, pos, r.scan.textEnd)
	r.line += r.scan.lines
	if end > pos {
		last := buf[end-1]
		r.afterCR = last == '\r' && r.scan.ended
	}
}

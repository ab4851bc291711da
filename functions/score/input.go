package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"os"
	"strconv"
	"strings"

	"hourglass/core/cbs"
	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/parallel"
	"hourglass/functions/model"
	"hourglass/functions/tables"
)

// A population is the customers to score, of a log or of a table of summaries.
type population struct {
	customers.Valuation
	id       func(i int) []byte
	form     rows.Form // in which ids are written
	spent    []bool    // where spend is known; nil for everyone
	hasID    bool
	hasMean  bool
	dated    bool // the days are real ones
	reading  string
	currency string
	along    *along // of the file; nil where nothing is asked for
}

const headBytes = 1 << 16

// unzipped takes gzip off.
func unzipped(in io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(in, headBytes)
	if head, _ := b.Peek(2); string(head) != "\x1f\x8b" {
		return b, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, fmt.Errorf("the input begins as gzip but is not: %w", err)
	}
	return z, nil
}

func loadModel(file string) (customers.Model, error) {
	in, err := os.Open(file)
	if err != nil {
		return customers.Model{}, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, model.MaxBytes+1))
	if err != nil {
		return customers.Model{}, err
	}
	m, err := model.Decode(text)
	if err != nil {
		return customers.Model{}, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// readPopulation reads a log or summaries, times in units of so many days.
func readPopulation(in io.Reader, stderr io.Writer, s *settings, unitDays float64, mean orders.SpendMean) (*population, error) {
	several, joined := in.(*tables.Joined)
	b := bufio.NewReaderSize(in, headBytes)
	head, err := b.Peek(headBytes)
	if err == nil || err == io.EOF {
		if s.given["json-path"] && !tables.IsJSON(head) && !(joined && several.JSON) {
			return nil, rows.Misuse("-json-path says where the list stands in JSON, and this is none. Leave it out")
		}
		if tables.IsJSON(head) && (s.reading.Path != "" || !flat(head)) {
			if in, err = tables.Rows(b, s.reading.Path); err != nil {
				return nil, err
			}
			b = bufio.NewReaderSize(in, headBytes)
			head, err = b.Peek(headBytes)
		}
	}
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading: %w", err)
	}
	head = bytes.Clone(head)
	table, err := s.isTable(head)
	if err != nil {
		return nil, err
	}
	if table {
		if err := s.ofLog(); err != nil {
			return nil, err
		}
		if err := s.refuse(tabling); err != nil {
			return nil, err
		}
		return readTable(b, stderr, s, unitDays, mean)
	}
	if s.given["unit"] && !s.summaries {
		return nil, rows.Misuse("-unit is that of recency and age in summaries, and this is an order log. Leave it out; -horizon takes a unit of its own, as in 26w")
	}
	return readLog(b, head, several, stderr, s, orders.Split{End: s.end, UnitDays: unitDays, Mean: mean})
}

// flat tells whether a text is JSON lines without lists or objects within them, which are read as a stream.
func flat(head []byte) bool {
	if !rows.IsObject(head) {
		return false
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(head, []byte(rows.ByteOrderMark))), []byte("\n"))
	nested := false
	return rows.Each(rows.TrimEnd(first), func(_, value []byte) { nested = nested || value == nil }) && !nested
}

// isTable decides between summaries and a log: by the options, else by the first line.
func (s *settings) isTable(head []byte) (bool, error) {
	ofTable, ofLog := "", ""
	for name := range s.columns {
		switch {
		case name == rows.RoleNames[rows.RoleID]:
		case strings.Contains("|"+strings.Join(rows.RoleNames[:], "|")+"|", "|"+name+"|"):
			ofTable = name
		default:
			ofLog = name
		}
	}
	if ofTable != "" && ofLog != "" {
		return false, rows.Misuse("-columns names %s, of summaries, and %s, of an order log", ofTable, ofLog)
	}
	switch s.input {
	case "orders":
		return false, nil
	case "summaries":
		return true, nil
	}
	first, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte(rows.ByteOrderMark)), []byte("\n"))
	if rows.IsObject(head) && ofTable == "" {
		return ofLog == "" && !s.summaries && rows.NamesFrequency(first), nil
	}
	return ofLog == "" && !s.summaries && (ofTable != "" || !bytes.HasPrefix(first, []byte("{")) && rows.Named(rows.TrimEnd(first))), nil
}

// readLog reads an order log, of several files where they are given.
func readLog(in io.Reader, head []byte, several *tables.Joined, stderr io.Writer, s *settings, split orders.Split) (*population, error) {
	options := s.orders
	if several != nil {
		options = several.Options(options)
	}
	var names *rows.Objects
	if rows.IsObject(head) {
		names = rows.NewObjects(in, head)
		in = names
		first, _ := io.ReadAll(rows.NewObjects(bytes.NewReader(head), head)) // from memory: nothing can fail
		head = append(names.Header(), first...)
	}
	for role, column := range s.inherited {
		if name := orders.Role(role).String(); column != "" && s.columns[name] == "" {
			s.columns[name] = column
		}
	}
	if err := s.mapColumns(head, &options); err != nil {
		return nil, err
	}
	if err := s.groupColumn(head, &options); err != nil {
		return nil, err
	}
	if err := s.keptColumns(head, &options); err != nil {
		return nil, err
	}
	if names != nil {
		options = guessed(head, options)
	}
	r := orders.NewReader(options)
	r.Workers = parallel.Cores()
	beside := s.subscriptionReader(options)
	if beside != nil && several == nil {
		in = io.TeeReader(in, beside)
	}
	if err := feed(r, in); err != nil {
		return nil, err
	}
	if s.subscribed(beside, r.Log()) {
		return nil, errSubscribed
	}
	report := r.Report()
	if several != nil {
		several.Settle(report)
		for _, note := range several.Notes() {
			if !s.quiet {
				fmt.Fprintln(stderr, "files: "+note)
			}
		}
	}
	if !s.quiet {
		printReport(stderr, report, several)
		if text := s.decided(report); text != "" {
			fmt.Fprintf(stderr, "settings: -reading %q\n", text)
		}
		s.sayUnused(stderr, report, r.Log())
	}
	if report.Status != orders.StatusOK {
		return nil, statusOfLog(report)
	}
	log := since(r.Log(), s.from)
	if err := s.sayAfter(stderr, log); err != nil {
		return nil, err
	}
	p := &population{form: rows.Plain, hasID: true, hasMean: true, dated: true, currency: report.Currency}
	p.reading = s.decided(report)
	p.Of(log)
	p.Settings.Split = split
	if status := p.Summarise(); status != customers.Done {
		return nil, statusError(status)
	}
	customer := p.Summary.Customer
	p.id = func(i int) []byte { return log.ID(int(customer[i])) }
	p.along = s.alongOf(r.Log(), log, customer)
	if len(customer) == 0 {
		return nil, s.nobody(report)
	}
	return p, nil
}

// nobody is what is wrong with days in which there is no order.
func (s *settings) nobody(r *orders.Report) error {
	runs := fmt.Sprintf("the log runs from %s to %s", dateText(r.FirstDay), dateText(r.LastDay))
	switch {
	case s.end == 0:
		return fmt.Errorf("nobody has ordered since -from %s: %s", dateText(s.from), runs)
	case s.from == 0:
		return fmt.Errorf("nobody had ordered by -calibration-end %s: %s", dateText(s.end), runs)
	}
	return fmt.Errorf("nobody ordered from %s to %s: %s", dateText(s.from), dateText(s.end), runs)
}

// chunkBytes are read at a time: enough parts for several cores.
const chunkBytes = 1 << 22

func feed(r *orders.Reader, in io.Reader) error {
	chunk, have := make([]byte, chunkBytes), 0
	for ended := false; !ended; {
		n, err := in.Read(chunk[have:])
		have += n
		if ended = err == io.EOF; err != nil && !ended {
			return fmt.Errorf("reading: %w", err)
		}
		if ended || have == len(chunk) {
			r.Write(chunk[:have])
			have = 0
		}
	}
	_ = r.Close() // the report says more: see statusOfLog
	return nil
}

// longestSilence is for how many days at the end nobody may have ordered, where orders came all the time before: a quarter.
const longestSilence = 91

// sayAfter tells of a last day that lies so far after the last order that the file may not reach it: customers would be taken to have left.
func (s *settings) sayAfter(stderr io.Writer, log *orders.Log) error {
	days, usual := log.Silence(s.end)
	if days == 0 {
		return nil
	}
	_, last := log.Span()
	text := fmt.Sprintf("-calibration-end is %s, and the last order is of %s: none in %d days, where about %s would be usual", dateText(s.end), dateText(last), days, grouped(usual))
	switch {
	case days > longestSilence:
		return fmt.Errorf("%s. Does the file end there? Leave -calibration-end out, or take a newer file", text)
	case !s.quiet:
		fmt.Fprintf(stderr, "note: %s. If the file ends there, leave -calibration-end out: customers are taken to have stopped\n", text)
	}
	return nil
}

// mapColumns turns the names of columns into numbers, by the header that the reader finds.
func (s *settings) mapColumns(head []byte, o *orders.Options) error {
	var found *orders.Report
	for r := range orders.NumRoles {
		column := s.columns[r.String()]
		if column == "" {
			continue
		}
		if column == "none" {
			o.Columns[r] = orders.None
			continue
		}
		if found == nil {
			found = probe(head, *o)
		}
		if k, err := strconv.Atoi(column); err == nil {
			if !hasColumn(found, k) {
				return rows.Misuse("-columns %s=%s: the file has columns 1 to %d", r, column, found.Width)
			}
			o.Columns[r] = k
			continue
		}
		for k, name := range found.Names {
			if strings.EqualFold(strings.TrimSpace(string(name)), column) {
				o.Columns[r] = k + 1
			}
		}
		if o.Columns[r] == 0 {
			return fmt.Errorf("no column is named %q: there are %s", column, seen(&orders.Report{Names: found.Names, Width: len(found.Names)}))
		}
	}
	return nil
}

// hasColumn reports whether a file has a column of this number; one without any has other faults, which are said of it.
func hasColumn(found *orders.Report, k int) bool {
	return k >= 1 && (k <= int(found.Width) || found.Width == 0)
}

// since returns a log without the orders before a day, as if it had begun then: it is
// written as a file and read again.
func since(l *orders.Log, day int32) *orders.Log {
	if first, _ := l.Span(); day <= first || day == 0 {
		return l
	}
	r := orders.NewReader(orders.Options{Columns: [orders.NumRoles]int{1, 2, 3, orders.None, orders.None, orders.None, orders.None, orders.None, orders.None},
		Preset: orders.PresetNone, Header: orders.HeaderPresent, Delimiter: ',', Decimal: '.', GroupBy: 4 * min(1, len(l.Carried))})
	line := []byte("id,date,amount,group\n")
	for i := range l.Customers() {
		amounts := l.Amounts(i)
		for k, d := range l.Days(i) {
			if d < day {
				continue
			}
			line = append(rows.AppendAlwaysQuoted(line, l.ID(i)), ',')
			line = append(append(line, dateText(d)...), ',')
			line = append(strconv.AppendFloat(line, amounts[k], 'f', -1, 64), ',')
			if len(l.Carried) > 0 {
				if g := l.CarriedBy(0, i); g >= 0 {
					line = rows.AppendAlwaysQuoted(line, l.Carried[0].Value(g))
				}
			}
			r.Write(append(line, '\n'))
			line = line[:0]
		}
	}
	r.Close()
	return r.Log()
}

// readTable reads summaries.
func readTable(in io.Reader, stderr io.Writer, s *settings, unitDays float64, mean orders.SpendMean) (*population, error) {
	l := rows.Lines{In: in}
	first, err := l.First()
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading: %w", err)
	case first == nil:
		return nil, fmt.Errorf("the input is empty")
	}
	var p rows.Parser
	if p.Layout, err = rows.NewLayout(first, s.columns); err != nil {
		return nil, err
	}
	if p.Header {
		l.Next()
	}
	t := newTable(s, unitDays, mean)
	for more := true; more; more = l.Fill() {
		for line, long, ok := l.Next(); ok; line, long, ok = l.Next() {
			r := rows.Summary{Fault: rows.LineTooLong}
			if !long {
				r = p.Row(line)
			}
			t.add(r, l.Number, line)
		}
	}
	if l.Err != nil {
		return nil, fmt.Errorf("reading: %w", l.Err)
	}
	if !s.quiet {
		t.tally.print(stderr, "skipped")
	}
	if len(t.X) == 0 {
		return nil, fmt.Errorf("no row of the summaries could be read: %s", t.tally.first())
	}
	return t.population(p.Layout)
}

// A table collects rows as the columns of a summary.
type table struct {
	orders.Summary
	tally    tally
	unitDays float64
	ids      []byte
	ends     []int // of each id in ids
	spent    []bool
}

func newTable(s *settings, unitDays float64, mean orders.SpendMean) *table {
	t := &table{unitDays: s.unitDays}
	t.Split = orders.Split{End: s.end, UnitDays: unitDays, Mean: mean}
	return t
}

// farDays keeps the first day of who has been observed for ages within a calendar.
const farDays = 90000

func (t *table) add(r rows.Summary, line uint64, text []byte) {
	age := r.Age * t.unitDays / t.Split.UnitDays
	if r.Fault == rows.Sound && !(age <= maxNumber) {
		r.Fault = rows.BadAge
	}
	if r.Fault != rows.Sound {
		t.tally.add(r.Fault, line, text)
		return
	}
	t.ids = append(t.ids, r.ID...)
	t.ends = append(t.ends, len(t.ids))
	t.X = append(t.X, r.X)
	t.TX = append(t.TX, r.Tx*t.unitDays/t.Split.UnitDays)
	t.T = append(t.T, age)
	t.First = append(t.First, t.Split.End-int32(min(r.Age*t.unitDays, farDays)))
	t.Spend = append(t.Spend, r.Spend)
	t.Mean = append(t.Mean, r.Mean)
	t.spent = append(t.spent, r.Spent)
}

func (t *table) population(l rows.Layout) (*population, error) {
	t.WithoutRepeats()
	base, fault := customers.Group(customers.Histories(t.Summary))
	if fault.Code != cbs.Valid {
		return nil, fmt.Errorf("customer %d has no valid history: %v", fault.Row+1, fault.Code)
	}
	p := &population{form: l.Form, spent: t.spent, hasID: l.Has[rows.RoleID], hasMean: l.Has[rows.RoleMean], dated: t.Split.End != 0}
	p.OfSummary(t.Summary, base)
	p.id = func(i int) []byte {
		start := 0
		if i > 0 {
			start = t.ends[i-1]
		}
		return t.ids[start:t.ends[i]]
	}
	return p, nil
}

// guessed maps the columns by their names and the first rows, for rows that come without a header.
func guessed(head []byte, options orders.Options) orders.Options {
	probe := orders.NewReader(options)
	probe.Write(head)
	probe.Close()
	options.Columns, options.Header, options.Delimiter = probe.Report().Columns, orders.HeaderAbsent, ','
	for role, column := range options.Columns {
		if column == 0 {
			options.Columns[role] = orders.None
		}
	}
	return options
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"hourglass/core/orders"
	"hourglass/functions/score/rows"
	"hourglass/functions/tables"
)

// A plan is what the names of the files and the beginning of the first tell; every worker has it.
type plan struct {
	Files     []string // by name: that is the order of the list
	Beginning []byte   // of the first of them, and of the next where it is short, as text in columns
	Whole     bool     // there is no more
	Names     [][]byte `json:",omitempty"` // in JSON's quotes, of its objects and of Parquet: each file is read by those of the first
	Options   orders.Options
	By        string `json:",omitempty"` // what new customers are grouped by
}

// A dialect is what no part of the list knows alone: a first pass over all of it, combined.
type dialect struct {
	orders.Settled
	DateAt, CurrencyAt int    // the files that settled it
	Rows               uint64 // of all files
}

// merge takes what another part has found: the file that comes first decides.
func (d *dialect) merge(o dialect) {
	if o.DateOrder != 0 && (d.DateOrder == 0 || o.DateAt < d.DateAt) {
		d.DateOrder, d.DateAt = o.DateOrder, o.DateAt
	}
	if o.Currency != "" && (d.Currency == "" || o.CurrencyAt < d.CurrencyAt) {
		d.Currency, d.CurrencyAt = o.Currency, o.CurrencyAt
	}
	d.Rows += o.Rows
}

// open opens a file, as text in columns.
func (p *plan) open(ctx context.Context, name string) (io.Reader, func(), error) {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	file, err := fs.OpenRead(ctx, name)
	if err != nil {
		fs.Close()
		return nil, nil, fmt.Errorf("%s cannot be opened: %w", name, err)
	}
	done := func() {
		file.Close()
		fs.Close()
	}
	in, copied, err := p.text(name, file)
	if err != nil {
		done()
		return nil, nil, err
	}
	return in, func() { copied(); done() }, nil
}

// text is a file as text in columns: unzipped, decoded, rows of JSON and Parquet by their names. done deletes what had to be copied.
func (p *plan) text(name string, file io.Reader) (in io.Reader, done func(), err error) {
	begun := bufio.NewReader(file)
	switch magic, _ := begun.Peek(len(parquetMagic)); string(magic) {
	case parquetMagic:
		at, size, done, err := seekable(file, begun)
		if err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", name, err)
		}
		t, err := newParquetText(name, at, size, p.Names)
		if err != nil {
			done()
			return nil, nil, err
		}
		p.name(name, t.names())
		return t, done, nil
	case parquetEncrypted:
		return nil, nil, fmt.Errorf("%s is encrypted Parquet, for which there is no key here: write it without", name)
	}
	list, err := tables.Open(name, begun)
	if err != nil {
		return nil, nil, err
	}
	if len(list) != 1 {
		return nil, nil, fmt.Errorf("%s holds %d tables and the pipeline reads one a file: export the orders as CSV or JSON lines", name, len(list))
	}
	b := bufio.NewReaderSize(list[0], 1<<16)
	head, err := b.Peek(1 << 16)
	if err != nil && err != io.EOF {
		return nil, nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if !rows.IsObject(head) {
		return b, func() {}, nil
	}
	o := rows.NewObjects(b, bytes.Clone(head))
	if p.Names != nil {
		o = rows.NewObjectsOf(b, p.Names)
	}
	p.name(name, o.Names())
	return io.MultiReader(bytes.NewReader(o.Header()), o), func() {}, nil
}

// name has all files read by the names of the first; where that has none of its own, as CSV, each file has a line of them.
func (p *plan) name(file string, names [][]byte) {
	if p.Names == nil && len(p.Files) > 0 && file == p.Files[0] {
		p.Names = names
	}
}

// listed finds the files and reads how they begin.
func (p *plan) listed(ctx context.Context, patterns []string) error {
	for _, pattern := range patterns {
		fs, err := filesystem.New(ctx, pattern)
		if err != nil {
			return err
		}
		files, err := fs.List(ctx, pattern)
		fs.Close()
		if err != nil {
			return fmt.Errorf("listing %s: %w", pattern, err)
		}
		p.Files = append(p.Files, files...)
	}
	slices.Sort(p.Files)
	p.Files = slices.Compact(p.Files)
	if len(p.Files) == 0 {
		return fmt.Errorf("no file matches %q", patterns)
	}
	for i, name := range p.Files {
		if i > 0 && p.Beginning[len(p.Beginning)-1] != '\n' {
			p.Beginning = append(p.Beginning, '\n')
		}
		in, done, err := p.open(ctx, name)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(io.LimitReader(in, int64(orders.BeginningBytes-len(p.Beginning)+1)))
		done()
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if i > 0 { // the names of the columns once
			if _, text, err = p.begins(name, text); err != nil {
				return err
			}
		}
		if p.Beginning = append(p.Beginning, text...); len(p.Beginning) > orders.BeginningBytes {
			p.Beginning = p.Beginning[:orders.BeginningBytes]
			return nil
		}
		if len(p.Beginning) == 0 {
			return fmt.Errorf("%s is empty: leave it out of the pattern", name)
		}
	}
	p.Whole = true
	return nil
}

// begins cuts the line of names off a text that begins as the first file does; without names there is nothing to cut.
func (p *plan) begins(name string, text []byte) (lines uint32, rest []byte, err error) {
	if !p.part(orders.Settled{}, nil).Report().HasHeader {
		return 0, text, nil
	}
	first, _, _ := bytes.Cut(unmarked(p.Beginning), []byte("\n"))
	own, rest, _ := bytes.Cut(unmarked(text), []byte("\n"))
	if !bytes.Equal(bytes.TrimRight(first, "\r"), bytes.TrimRight(own, "\r")) {
		return 0, nil, fmt.Errorf("%s begins with %q and %s with %q: all files of a list have the same first line", name, clip(own), p.Files[0], clip(first))
	}
	return 1, rest, nil
}

func unmarked(text []byte) []byte { return bytes.TrimPrefix(text, []byte(rows.ByteOrderMark)) }

func clip(text []byte) []byte { return text[:min(len(text), 80)] }

// part is the reader of one of the files.
func (p *plan) part(s orders.Settled, aside func(orders.Reason, uint32, []byte)) *orders.Reader {
	return orders.NewPart(p.Options, s, p.Beginning, p.Whole, aside)
}

// usable says what the beginning lacks.
func (p *plan) usable() error {
	report := p.part(orders.Settled{}, nil).Report()
	switch {
	case report.Binary != orders.BinaryNone:
		return fmt.Errorf("%s is %v and no list of orders that can be read", p.Files[0], report.Binary)
	case report.Columns[orders.RoleID] == 0:
		return fmt.Errorf("no column of %s is known to be the customer: name it, as in -reading column_id=buyer", p.Files[0])
	case report.Columns[orders.RoleDate] == 0:
		return fmt.Errorf("no column of %s is known to be the date: name it, as in -reading column_date=day", p.Files[0])
	case p.Options.SkipOutsized:
		return fmt.Errorf("skip=outsized needs all customers at once: name the customer with -skip")
	}
	return nil
}

// readFile feeds a file to a reader and calls took after each piece of it.
func (p *plan) readFile(ctx context.Context, name string, r *orders.Reader, took func() error) error {
	in, done, err := p.open(ctx, name)
	if err != nil {
		return err
	}
	defer done()
	b := bufio.NewReaderSize(in, 1<<18)
	head, err := b.Peek(1 << 17)
	if err != nil && err != io.EOF {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	if _, _, err := p.begins(name, head); err != nil {
		return err
	}
	piece := make([]byte, 1<<18)
	for {
		n, err := io.ReadFull(b, piece)
		r.Write(piece[:n])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if err := took(); err != nil {
			return err
		}
	}
	r.EndPart()
	return took()
}

// survey reads a file for what it settles.
func (p *plan) survey(ctx context.Context, index int) (d dialect, err error) {
	r := p.part(orders.Settled{}, nil)
	err = p.readFile(ctx, p.Files[index], r, func() error {
		r.Take(func(orders.Row) {}, func(_, _ []byte) {})
		return nil
	})
	d = dialect{r.Settled(), index, index, r.Report().Rows}
	return d, err
}

// A fault is a row that is no order, for the output of those.
type fault struct {
	File   string `json:"file"`
	Line   uint32 `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text,omitempty"`
}

// counts are those of a report that add up over files.
type counts struct {
	Rows, Blank, Orders, LineItems, Headings, Zero uint64
	SetAside                                       map[string]uint64 `json:",omitempty"`
	Currencies                                     map[string]uint64 `json:",omitempty"`
	Duplicates, Merged, RefundsNetted, Skipped     uint64
}

func (c *counts) merge(o counts) {
	c.Rows, c.Blank, c.Orders, c.LineItems, c.Headings, c.Zero = c.Rows+o.Rows, c.Blank+o.Blank, c.Orders+o.Orders, c.LineItems+o.LineItems, c.Headings+o.Headings, c.Zero+o.Zero
	c.Duplicates, c.Merged, c.RefundsNetted, c.Skipped = c.Duplicates+o.Duplicates, c.Merged+o.Merged, c.RefundsNetted+o.RefundsNetted, c.Skipped+o.Skipped
	c.SetAside, c.Currencies = added(c.SetAside, o.SetAside), added(c.Currencies, o.Currencies)
}

func added(to, from map[string]uint64) map[string]uint64 {
	if to == nil {
		to = map[string]uint64{}
	}
	for k, n := range from {
		to[k] += n
	}
	return to
}

func countsOf(r *orders.Report) counts {
	c := counts{Rows: r.Rows, Blank: r.Blank, Orders: r.Orders, LineItems: r.LineItems, Headings: r.Headings, Zero: r.Zero,
		Duplicates: r.Duplicates, Merged: r.Merged, RefundsNetted: r.RefundsNetted, Skipped: r.Skipped, SetAside: map[string]uint64{}, Currencies: map[string]uint64{}}
	for reason := range r.SetAside {
		if n := r.SetAside[reason].Rows; n > 0 {
			c.SetAside[orders.Reason(reason).String()] = n
		}
	}
	for _, one := range r.Currencies {
		c.Currencies[one.Code] = one.Rows
	}
	return c
}

// A sorter holds rows by bucket until there are enough of them for a pack.
type sorter struct {
	buckets uint64
	packs   map[uint64][]byte
	held    int
	emit    func(bucket uint64, pack []byte)
}

const (
	fullPack = 1 << 14 // bytes of a pack
	maxHeld  = 1 << 25 // bytes of all that are not full
)

// bucketOf is where all rows go that may be one customer's.
func bucketOf(id []byte, buckets uint64) uint64 {
	h := fnv.New64a()
	h.Write(orders.JoinKey(id))
	return h.Sum64() % max(1, buckets)
}

func (s *sorter) put(r filed) {
	k := bucketOf(r.ID, s.buckets)
	before := len(s.packs[k])
	pack := appendRow(s.packs[k], r)
	if s.held += len(pack) - before; len(pack) >= fullPack {
		s.held -= len(pack)
		s.emit(k, pack)
		delete(s.packs, k)
		return
	}
	if s.packs[k] = pack; s.held >= maxHeld {
		s.flush()
	}
}

func (s *sorter) flush() {
	for k, pack := range s.packs {
		s.emit(k, pack)
	}
	s.packs, s.held = map[uint64][]byte{}, 0
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own structs
	}
	return text
}

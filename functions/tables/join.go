package tables

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"hourglass/core/orders"
)

// A Joined is several tables as one: see orders.Join.
type Joined struct {
	JSON bool // one of them at least

	list  []*Table
	join  *orders.Join
	order []int // tables still to be read
	in    []byte
	text  []byte
	err   error
}

// Join makes several tables one, by what they are. path is that of the list in JSON. What it did is known once all is read:
// see Notes.
func Join(list []*Table, o orders.Options, path string) (*Joined, error) {
	d := &Joined{list: list, in: make([]byte, headBytes)}
	d.join = orders.NewJoin(func(line []byte) { d.text = append(d.text, line...) })
	for _, t := range list {
		b := bufio.NewReaderSize(t.in, headBytes)
		head, err := b.Peek(headBytes)
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("reading %s: %w", t.Name, err)
		}
		t.in = b
		if IsJSON(head) {
			d.JSON = true
			if t.in, err = Rows(b, path); err != nil {
				return nil, fmt.Errorf("%s: %w", t.Name, err)
			}
			b = bufio.NewReaderSize(t.in, headBytes)
			head, err = b.Peek(headBytes)
			t.in = b
		}
		d.join.Add(head, err == io.EOF, o)
	}
	d.order = d.join.Plan()
	if len(d.order) == 0 {
		return nil, fmt.Errorf("none of the %d tables has columns and rows", len(list))
	}
	return d, d.look()
}

// look reads all that is looked up, so that the lines can follow.
func (d *Joined) look() error {
	d.join.Open(d.order[0])
	for len(d.text) == 0 && d.err == nil {
		d.more()
	}
	if d.err != nil && d.err != io.EOF {
		return d.err
	}
	return nil
}

// more reads on.
func (d *Joined) more() {
	t := d.list[d.order[0]]
	n, err := t.in.Read(d.in)
	d.join.Write(d.in[:n])
	switch {
	case err == nil:
		return
	case err != io.EOF:
		d.err = fmt.Errorf("reading %s: %w", t.Name, err)
		return
	}
	if d.order = d.order[1:]; len(d.order) > 0 {
		d.join.Open(d.order[0])
		return
	}
	d.join.Close()
	d.err = io.EOF
}

// Read implements io.Reader.
func (d *Joined) Read(p []byte) (int, error) {
	for len(d.text) == 0 && d.err == nil {
		d.more()
	}
	if len(d.text) == 0 {
		return 0, d.err
	}
	n := copy(p, d.text)
	d.text = d.text[:copy(d.text, d.text[n:])]
	return n, nil
}

// Options are those with which what Read gives is to be read.
func (d *Joined) Options(o orders.Options) orders.Options { return d.join.Options(o) }

// Settle gives the examples of a report the places that they have in their files.
func (d *Joined) Settle(r *orders.Report) { d.join.Settle(r) }

// Name is that of file i, from 1.
func (d *Joined) Name(i uint32) string { return d.list[i-1].Name }

// Notes says what was done with each table.
func (d *Joined) Notes() []string {
	var notes, lists []string
	for i, p := range d.join.Parts() {
		name := d.list[i].Name
		if p.Use == orders.UseOrders {
			text := fmt.Sprintf("%s (%d rows", name, p.Rows)
			if p.Repeats > 0 {
				text += fmt.Sprintf(", %d of orders that another file has, counted once", p.Repeats)
			}
			lists = append(lists, text+damage(p)+")")
			continue
		}
		notes = append(notes, name+" "+purpose(p))
	}
	if len(lists) == 1 {
		return append([]string{"orders from " + lists[0]}, notes...)
	}
	return append([]string{"orders from each of " + strings.Join(lists, "; ")}, notes...)
}

func damage(p orders.Part) string {
	if p.Damaged == 0 {
		return ""
	}
	return fmt.Sprintf(", %d damaged and left out", p.Damaged)
}

func purpose(p orders.Part) string {
	switch p.Use {
	case orders.UseNoTable:
		return "holds no table with named columns and rows: left out"
	case orders.UseNoKey:
		return "shares no column of numbers or addresses with the orders: left out"
	case orders.UseKnown:
		return "has nothing that the orders lack: left out"
	}
	what := map[orders.Use]string{orders.UseCustomers: "tells who the customers are", orders.UseLines: "gives the amounts", orders.UseColumns: "adds to the orders"}[p.Use]
	text := fmt.Sprintf("%s, joined by %q", what, p.Key)
	if string(p.Other) != string(p.Key) {
		text += fmt.Sprintf(" and its own %q", p.Other)
	}
	text += fmt.Sprintf(": %d rows%s", p.Rows, damage(p))
	for _, part := range []struct {
		n    uint64
		what string
	}{{p.Repeats, "that another file has, counted once"}, {p.Unpaid, "not paid, by their status, and left out"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	if p.Missed > 0 {
		text += fmt.Sprintf("; %d rows of the orders found nothing there", p.Missed)
	}
	if p.Full {
		text += "; it is too large to be looked up whole: give a part of it"
	}
	return text
}

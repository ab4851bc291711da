package main

import (
	"fmt"
	"hourglass/functions/score/rows"
	"io"

	"hourglass/core/customers"
)

// stream answers every row with a row, in order, as soon as a read has brought it: what
// has been read is written before the next read, which may wait.
func stream(in io.Reader, stdout, stderr io.Writer, s *settings) error {
	m, err := loadModel(s.modelFile)
	if err != nil {
		return err
	}
	in, err = unzipped(in)
	if err != nil {
		return err
	}
	c := &conveyor{lines: rows.Lines{In: newAhead(in)}, memory: newMemory(s.valuer(m)), unitDays: s.unitDays}
	if err := c.begin(s); err != nil || c.writer == nil {
		return err
	}
	for more := true; more; more = c.lines.Fill() {
		c.collect()
		c.score()
		c.write()
		if _, err := stdout.Write(c.out); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		c.out = c.out[:0]
	}
	if !s.quiet {
		c.tally.print(stderr, "answered without values")
	}
	return c.lines.Err
}

// A conveyor takes rows through the stages of a chunk; its memory is reused.
type conveyor struct {
	lines    rows.Lines
	parser   rows.Parser
	memory   *memory
	writer   *rows.Writer
	tally    tally
	unitDays float64 // of the rows

	rows  []rows.Summary
	sound []int32  // rows to score, as indices
	row   []uint32 // of each of these in memory
	mean  []float64
	done  []valued // one for all of sound, or one for each of it
	out   []byte
}

// begin reads the first line and settles what rows look like. Without any line there is no
// writer.
func (c *conveyor) begin(s *settings) error {
	first, err := c.lines.First()
	if first == nil || err != nil {
		return err
	}
	if c.parser.Layout, err = rows.NewLayout(first, s.columns); err != nil {
		return err
	}
	if c.memory.model.Spend.Basis != customers.NoSpend && !c.parser.Has[rows.RoleMean] {
		return fmt.Errorf("the model values money and the rows have no mean_spend")
	}
	form, fields := c.parser.Form, s.fields
	if s.formatSet {
		form = s.format
	} else if form == rows.Ssv {
		form = rows.Csv
	}
	if !c.parser.Has[rows.RoleID] && fields[0] == rows.FieldID && len(fields) > 1 {
		fields = fields[1:]
	}
	c.writer = rows.NewWriter(form, fields)
	if c.parser.Header {
		c.out = c.writer.Header(c.out)
		c.lines.Next()
	}
	return nil
}

// collect parses the lines that have come.
func (c *conveyor) collect() {
	c.rows = c.rows[:0]
	for {
		line, long, ok := c.lines.Next()
		if !ok {
			return
		}
		r := rows.Summary{Fault: rows.LineTooLong}
		if !long {
			r = c.parser.Row(line)
		}
		r.Line, r.Text = c.lines.Number, line
		c.rows = append(c.rows, r)
	}
}

// score values the sound rows together, or one by one where that is too much for one
// of them.
func (c *conveyor) score() {
	c.sound, c.row, c.mean, c.done = c.sound[:0], c.row[:0], c.mean[:0], c.done[:0]
	if len(c.memory.bad) > maxKnown {
		c.memory.forget()
	}
	unit := c.memory.model.UnitDays
	for i := range c.rows {
		if r := &c.rows[i]; r.Fault == rows.Sound {
			c.sound = append(c.sound, int32(i))
			c.row = append(c.row, c.memory.find(r.X, r.Tx*c.unitDays/unit, r.Age*c.unitDays/unit))
			c.mean = append(c.mean, r.Mean)
		}
	}
	c.memory.learn()
	if all, ok := c.memory.value(c.row, c.mean); ok {
		c.done = append(c.done, all)
	} else {
		for k := range c.row {
			one, _ := c.memory.value(c.row[k:k+1], c.mean[k:k+1])
			c.done = append(c.done, one)
		}
	}
	for k, i := range c.sound {
		if c.memory.bad[c.row[k]] || c.of(k).values.Value == nil {
			c.rows[i].Fault = rows.TooLarge
		}
	}
}

// of is where the values of sound row k are.
func (c *conveyor) of(k int) *valued {
	if len(c.done) == 1 {
		return &c.done[0]
	}
	return &c.done[k]
}

// write writes a row for each line.
func (c *conveyor) write() {
	k := 0
	var row rows.Scored // one for all: what fills it makes it escape
	for i := range c.rows {
		r := &c.rows[i]
		row = rows.Scored{ID: r.ID, Form: c.parser.Form}
		if k < len(c.sound) && int(c.sound[k]) == i {
			if r.Fault == rows.Sound {
				c.result(k, &row)
			}
			k++
		}
		if r.Fault != rows.Sound {
			c.tally.add(r.Fault, r.Line, r.Text)
		}
		if r.Spent {
			row.Set(rows.FieldSpend, r.Spend)
		}
		c.out = c.writer.Row(c.out, &row)
	}
}

// result sets the values of sound row k.
func (c *conveyor) result(k int, to *rows.Scored) {
	paid := c.memory.model.Spend.Basis != customers.NoSpend
	if len(c.done) == 1 {
		c.done[0].fill(k, paid, to)
		return
	}
	c.done[k].fill(0, paid, to)
}

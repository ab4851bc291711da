package main

import (
	"fmt"
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
	c := &conveyor{lines: lines{in: newAhead(in)}, memory: newMemory(s.valuer(m)), unitDays: s.unitDays}
	if err := c.begin(s); err != nil || c.writer == nil {
		return err
	}
	for more := true; more; more = c.lines.fill() {
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
	return c.lines.err
}

// A conveyor takes rows through the stages of a chunk; its memory is reused.
type conveyor struct {
	lines    lines
	parser   parser
	memory   *memory
	writer   *writer
	tally    tally
	unitDays float64 // of the rows

	rows  []summary
	sound []int32  // rows to score, as indices
	row   []uint32 // of each of these in memory
	mean  []float64
	done  []valued // one for all of sound, or one for each of it
	out   []byte
}

// begin reads the first line and settles what rows look like. Without any line there is no
// writer.
func (c *conveyor) begin(s *settings) error {
	first, err := c.lines.first()
	if first == nil || err != nil {
		return err
	}
	if c.parser.layout, err = newLayout(first, s.columns); err != nil {
		return err
	}
	if c.memory.model.Spend.Basis != customers.NoSpend && !c.parser.has[roleMean] {
		return fmt.Errorf("the model values money and the rows have no mean_spend")
	}
	form, fields := c.parser.form, s.fields
	if s.formatSet {
		form = s.format
	} else if form == ssv {
		form = csv
	}
	if !c.parser.has[roleID] && fields[0] == fieldID && len(fields) > 1 {
		fields = fields[1:]
	}
	c.writer = newWriter(form, fields)
	if c.parser.header {
		c.out = c.writer.header(c.out)
		c.lines.next()
	}
	return nil
}

// first returns the first line, which next returns again; nil when there is none.
func (l *lines) first() ([]byte, error) {
	for l.fill() {
		line, long, ok := l.next()
		if long {
			return nil, fmt.Errorf("the first line is longer than 1 MiB: is this a table of summaries?")
		}
		if ok {
			l.start, l.number = 0, 0
			if len(line) >= 3 && string(line[:3]) == byteOrderMark {
				l.start = 3
			}
			return line[l.start:], nil
		}
	}
	return nil, l.err
}

const byteOrderMark = "\xef\xbb\xbf"

// collect parses the lines that have come.
func (c *conveyor) collect() {
	c.rows = c.rows[:0]
	for {
		line, long, ok := c.lines.next()
		if !ok {
			return
		}
		r := summary{fault: lineTooLong}
		if !long {
			r = c.parser.row(line)
		}
		r.line, r.text = c.lines.number, line
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
		if r := &c.rows[i]; r.fault == sound {
			c.sound = append(c.sound, int32(i))
			c.row = append(c.row, c.memory.find(r.x, r.tx*c.unitDays/unit, r.age*c.unitDays/unit))
			c.mean = append(c.mean, r.mean)
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
			c.rows[i].fault = tooLarge
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
	for i := range c.rows {
		r := &c.rows[i]
		row := scored{id: r.id, form: c.parser.form}
		if k < len(c.sound) && int(c.sound[k]) == i {
			if r.fault == sound {
				c.result(k, &row)
			}
			k++
		}
		if r.fault != sound {
			c.tally.add(r.fault, r.line, r.text)
		}
		if r.spent {
			row.set(fieldSpend, r.spend)
		}
		c.out = c.writer.row(c.out, &row)
	}
}

// result sets the values of sound row k.
func (c *conveyor) result(k int, to *scored) {
	if len(c.done) == 1 {
		c.done[0].fill(k, to)
		return
	}
	c.done[k].fill(0, to)
}

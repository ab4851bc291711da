package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"hourglass/core/cbs"
	"hourglass/core/orders"
)

// A role is what a column of summaries means.
type role uint8

const (
	roleID role = iota
	roleFrequency
	roleRecency
	roleAge
	roleMean
	roleSpend
	roles
)

var roleNames = [roles]string{"id", "frequency", "recency", "age", "mean_spend", "spend"}

// roleWords are the names of columns by which roles are known, those of other libraries
// among them.
var roleWords = [roles]string{"|id|customer|customer_id|", "|frequency|x|", "|recency|t_x|tx|", "|age|t|",
	"|mean_spend|monetary_value|monetary|", "|spend|total_spend|"}

// A summary is a row of a table of summaries, times in the table's unit.
type summary struct {
	id         []byte // as written; the row's memory
	x, tx, age float64
	mean       float64
	spend      float64 // of all orders
	spent      bool    // spend is given
	fault      fault
	line       uint64 // number of its line
	text       []byte // the line
}

// A fault says why a row cannot be scored.
type fault uint8

const (
	sound fault = iota
	blankLine
	lineTooLong
	openQuote
	badJSON
	noFrequency
	noRecency
	noAge
	badNumber
	badSpend
	badFrequency
	badRecency
	badAge
	recencyAfterAge
	recencyWithoutRepeat
	repeatWithoutRecency
	noMean
	tooLarge
	faults
)

var faultWords = [faults]string{"sound", "blank line", "longer than 1 MiB", "a quote that is not closed on its line",
	"not a JSON object of names and values", "no frequency", "no recency", "no age",
	"not a number", "mean spend or spend below zero or above 1e12", "frequency is not a whole number from 0 to 2^53",
	"recency is below zero or too large", "age is below zero or too large", "recency is greater than age",
	"recency without a repeat order", "repeat orders but no recency", "repeat orders but no mean spend",
	"the value is too large to compute"}

// A layout tells where the cells of a row are.
type layout struct {
	form   form
	comma  byte
	header bool
	column [roles]int    // 1-based; 0 for none; of csv and tsv
	name   [roles]string // of jsonl
	has    [roles]bool   // columns that the rows have; of jsonl those that are not set to none
}

// newLayout finds the layout in the first line of summaries.
func newLayout(first []byte, columns map[string]string) (layout, error) {
	var l layout
	if len(bytes.TrimSpace(first)) == 0 {
		return l, fmt.Errorf("the first line is empty: it must name the columns, or be a row")
	}
	if bytes.TrimSpace(first)[0] == '{' {
		return jsonLayout(columns), nil
	}
	switch l.comma = ','; {
	case bytes.IndexByte(first, '\t') >= 0:
		l.form, l.comma = tsv, '\t'
	case bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")):
		l.form, l.comma = ssv, ';'
	}
	cells, _ := l.split(first, nil)
	err := l.place(cells, columns)
	return l, err
}

// jsonLayout names the keys of objects.
func jsonLayout(columns map[string]string) layout {
	l := layout{form: jsonl}
	for r := range roles {
		l.name[r], l.has[r] = roleNames[r], true
		if c := columns[roleNames[r]]; c != "" {
			l.name[r], l.has[r] = c, c != "none"
		}
	}
	return l
}

// place finds the column of each role by the options and the names of a header.
func (l *layout) place(cells [][]byte, columns map[string]string) error {
	for r := range roles {
		want := columns[roleNames[r]]
		if want == "none" {
			continue
		}
		if k, err := strconv.Atoi(want); err == nil {
			if k < 1 || k > 1<<16 {
				return fmt.Errorf("-columns %s=%s: columns are numbered from 1", roleNames[r], want)
			}
			l.column[r] = k
			continue
		}
		for k, cell := range cells {
			name := strings.ToLower(strings.TrimSpace(string(decodeText(cell, l.form))))
			if want == "" && strings.Contains(roleWords[r], "|"+name+"|") || want != "" && name == strings.ToLower(want) {
				l.column[r], l.header = k+1, true
				break
			}
		}
		if want != "" && l.column[r] == 0 {
			return fmt.Errorf("no column is named %q in the first line, %.200q", want, bytes.Join(cells, []byte{l.comma}))
		}
	}
	for _, r := range [...]role{roleFrequency, roleRecency, roleAge} {
		if l.column[r] == 0 {
			return fmt.Errorf("the first line, %.200q, names no column %s: name it, or give the columns by number, such as -columns frequency=1,recency=2,age=3,mean_spend=4",
				bytes.Join(cells, []byte{l.comma}), roleNames[r])
		}
	}
	if !l.header && l.column[roleFrequency] <= len(cells) {
		cell := decodeText(cells[l.column[roleFrequency]-1], l.form)
		_, number := parseNumber(cell)
		l.header = !number && !missing(cell)
	}
	for r := range roles {
		l.has[r] = l.column[r] > 0
	}
	return nil
}

// named reports whether the first line of a file names the columns of summaries.
func named(first []byte) bool {
	l, err := newLayout(first, nil)
	return err == nil && (l.form == jsonl || l.header)
}

// namesFrequency reports whether an object is a row of summaries: an order has no frequency.
func namesFrequency(line []byte) (named bool) {
	each(line, func(name, _ []byte) { named = named || string(name[1:len(name)-1]) == roleNames[roleFrequency] })
	return named
}

// split cuts a line into cells. ok is false when a quote stays open.
func (l *layout) split(line []byte, cells [][]byte) (_ [][]byte, ok bool) {
	for {
		end := -1
		if l.form <= ssv && len(line) > 0 && line[0] == '"' {
			if end = quoted(line); end < 0 {
				return append(cells, line), false
			}
			if end < len(line) && line[end] != l.comma {
				return append(cells, line), false
			}
			if end == len(line) {
				end = -1
			}
		} else {
			end = bytes.IndexByte(line, l.comma)
		}
		if end < 0 {
			return append(cells, line), true
		}
		cells, line = append(cells, line[:end]), line[end+1:]
	}
}

// quoted returns the position after a cell in quotes, -1 when they stay open.
func quoted(line []byte) int {
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		if i+1 == len(line) || line[i+1] != '"' {
			return i + 1
		}
		i++
	}
	return -1
}

// A parser reads rows by a layout; it keeps memory from row to row.
type parser struct {
	layout
	cells  [][]byte
	values [roles][]byte
}

// row reads a line. The id points into the line.
func (p *parser) row(line []byte) summary {
	p.values = [roles][]byte{}
	var s summary
	if len(bytes.TrimSpace(line)) == 0 {
		s.fault = blankLine
		return s
	}
	if p.form == jsonl {
		s.fault = p.object(line)
	} else {
		s.fault = p.record(line)
	}
	s.id = p.values[roleID]
	if s.fault == sound {
		s.fault = p.numbers(&s)
	}
	return s
}

// record finds the cells of a line.
func (p *parser) record(line []byte) fault {
	var ok bool
	if p.cells, ok = p.split(line, p.cells[:0]); !ok {
		return openQuote
	}
	for r, k := range p.column {
		if k > 0 && k <= len(p.cells) {
			p.values[r] = p.cells[k-1]
		}
	}
	return sound
}

// number reads the cell of a role; given is false when it holds nothing.
func (p *parser) number(r role) (v float64, given, ok bool) {
	cell := p.values[r]
	if len(cell) == 0 {
		return 0, false, true
	}
	if cell[0] == '"' {
		cell = decodeText(cell, p.form)
	}
	if v, ok = parseNumber(cell); ok {
		return v, true, true
	}
	return 0, false, missing(bytes.TrimSpace(cell))
}

// numbers reads and checks the numbers of a row.
func (p *parser) numbers(s *summary) fault {
	for _, need := range [...]struct {
		role  role
		to    *float64
		fault fault
	}{{roleFrequency, &s.x, noFrequency}, {roleRecency, &s.tx, noRecency}, {roleAge, &s.age, noAge}} {
		v, given, ok := p.number(need.role)
		switch {
		case !ok:
			return badNumber
		case !given:
			return need.fault
		}
		*need.to = v
	}
	if f := checkHistory(s.x, s.tx, s.age); f != sound {
		return f
	}
	var given, ok bool
	if s.mean, given, ok = p.number(roleMean); !ok {
		return badNumber
	}
	if p.has[roleMean] && !given && s.x > 0 {
		return noMean
	}
	if s.spend, s.spent, ok = p.number(roleSpend); !ok {
		return badNumber
	}
	if !(s.mean >= 0 && s.mean <= orders.MaxAmount) || !(s.spend >= 0 && s.spend <= 1e3*orders.MaxAmount) {
		return badSpend
	}
	return sound
}

// checkHistory is cbs's check of a row, with age 0 allowed for who first ordered on
// the last day.
func checkHistory(x, tx, age float64) fault {
	if x == 0 && tx == 0 && age == 0 {
		return sound
	}
	one := [3]float64{x, tx, age}
	switch (cbs.Table{X: one[:1], TX: one[1:2], T: one[2:]}).Validate().Code {
	case cbs.BadFrequency:
		return badFrequency
	case cbs.BadRecency:
		return badRecency
	case cbs.BadAge:
		return badAge
	case cbs.RecencyAfterAge:
		return recencyAfterAge
	case cbs.RecencyWithoutRepeat:
		return recencyWithoutRepeat
	case cbs.RepeatWithoutRecency:
		return repeatWithoutRecency
	}
	return sound
}

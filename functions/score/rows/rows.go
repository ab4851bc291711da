// Package rows reads tables of summaries, a customer a row, and writes customers with what they are worth: CSV and its kin
// and JSON lines, as the command score takes and gives them.
package rows

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"hourglass/core/cbs"
	"hourglass/core/orders"
)

// A Role is what a column of summaries means.
type Role uint8

const (
	RoleID Role = iota
	RoleFrequency
	RoleRecency
	RoleAge
	RoleMean
	RoleSpend
	Roles
)

var RoleNames = [Roles]string{"id", "frequency", "recency", "age", "mean_spend", "spend"}

// roleWords are the names of columns by which roles are known, those of other libraries
// among them.
var roleWords = [Roles]string{"|id|customer|customer_id|", "|frequency|x|", "|recency|t_x|tx|", "|age|t|",
	"|mean_spend|monetary_value|monetary|", "|spend|total_spend|"}

// A Summary is a row of a table of summaries, times in the table's unit.
type Summary struct {
	ID         []byte // as written; the row's memory
	X, Tx, Age float64
	Mean       float64
	Spend      float64 // of all orders
	Spent      bool    // spend is given
	Fault      Fault
	Line       uint64 // number of its line
	Text       []byte // the line
}

// A Fault says why a row cannot be scored.
type Fault uint8

const (
	Sound Fault = iota
	BlankLine
	LineTooLong
	openQuote
	badJSON
	noFrequency
	noRecency
	noAge
	badNumber
	badSpend
	badFrequency
	badRecency
	BadAge
	recencyAfterAge
	recencyWithoutRepeat
	repeatWithoutRecency
	noMean
	TooLarge
	Faults
)

var FaultWords = [Faults]string{"sound", "blank line", "longer than 1 MiB", "a quote that is not closed on its line",
	"not a JSON object of names and values", "no frequency", "no recency", "no age",
	"not a number", "mean spend or spend below zero or above 1e12", "frequency is not a whole number from 0 to 2^53",
	"recency is below zero or too large", "age is below zero or too large", "recency is greater than age",
	"recency without a repeat order", "repeat orders but no recency", "repeat orders but no mean spend",
	"the value is too large to compute"}

// A Layout tells where the cells of a row are.
type Layout struct {
	Form   Form
	comma  byte
	Header bool
	column [Roles]int    // 1-based; 0 for none; of csv and tsv
	name   [Roles]string // of jsonl
	Has    [Roles]bool   // columns that the rows have; of jsonl those that are not set to none
}

// NewLayout finds the layout in the first line of summaries.
func NewLayout(first []byte, columns map[string]string) (Layout, error) {
	var l Layout
	if len(bytes.TrimSpace(first)) == 0 {
		return l, fmt.Errorf("the first line is empty: it must name the columns, or be a row")
	}
	if bytes.TrimSpace(first)[0] == '{' {
		return JSONLayout(columns), nil
	}
	switch l.comma = ','; {
	case bytes.IndexByte(first, '\t') >= 0:
		l.Form, l.comma = Tsv, '\t'
	case bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")):
		l.Form, l.comma = Ssv, ';'
	}
	cells, _ := l.split(first, nil)
	err := l.place(cells, columns)
	return l, err
}

// JSONLayout names the keys of objects.
func JSONLayout(columns map[string]string) Layout {
	l := Layout{Form: Jsonl}
	for r := range Roles {
		l.name[r], l.Has[r] = RoleNames[r], true
		if c := columns[RoleNames[r]]; c != "" {
			l.name[r], l.Has[r] = c, c != "none"
		}
	}
	return l
}

// place finds the column of each role by the options and the names of a header.
func (l *Layout) place(cells [][]byte, columns map[string]string) error {
	for r := range Roles {
		want := columns[RoleNames[r]]
		if want == "none" {
			continue
		}
		if k, err := strconv.Atoi(want); err == nil {
			if k < 1 || k > 1<<16 {
				return fmt.Errorf("-columns %s=%s: columns are numbered from 1", RoleNames[r], want)
			}
			l.column[r] = k
			continue
		}
		for k, cell := range cells {
			name := strings.ToLower(strings.TrimSpace(string(DecodeText(cell, l.Form))))
			if want == "" && strings.Contains(roleWords[r], "|"+name+"|") || want != "" && name == strings.ToLower(want) {
				l.column[r], l.Header = k+1, true
				break
			}
		}
		if want != "" && l.column[r] == 0 {
			return fmt.Errorf("no column is named %q in the first line, %.200q", want, bytes.Join(cells, []byte{l.comma}))
		}
	}
	for _, r := range [...]Role{RoleFrequency, RoleRecency, RoleAge} {
		if l.column[r] == 0 {
			return fmt.Errorf("the first line, %.200q, names no column %s: name it, or give the columns by number, such as -columns frequency=1,recency=2,age=3,mean_spend=4",
				bytes.Join(cells, []byte{l.comma}), RoleNames[r])
		}
	}
	if !l.Header && l.column[RoleFrequency] <= len(cells) {
		cell := DecodeText(cells[l.column[RoleFrequency]-1], l.Form)
		_, number := parseNumber(cell)
		l.Header = !number && !missing(cell)
	}
	for r := range Roles {
		l.Has[r] = l.column[r] > 0
	}
	return nil
}

// Named reports whether the first line of a file names the columns of summaries.
func Named(first []byte) bool {
	l, err := NewLayout(first, nil)
	return err == nil && (l.Form == Jsonl || l.Header)
}

// NamesFrequency reports whether an object is a row of summaries: an order has no frequency.
func NamesFrequency(line []byte) (named bool) {
	Each(line, func(name, _ []byte) { named = named || string(name[1:len(name)-1]) == RoleNames[RoleFrequency] })
	return named
}

// split cuts a line into cells. ok is false when a quote stays open.
func (l *Layout) split(line []byte, cells [][]byte) (_ [][]byte, ok bool) {
	for {
		end := -1
		if l.Form <= Ssv && len(line) > 0 && line[0] == '"' {
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

// A Parser reads rows by a layout; it keeps memory from row to row.
type Parser struct {
	Layout
	cells  [][]byte
	Values [Roles][]byte
}

// Row reads a line. The id points into the line.
func (p *Parser) Row(line []byte) Summary {
	p.Values = [Roles][]byte{}
	var s Summary
	if len(bytes.TrimSpace(line)) == 0 {
		s.Fault = BlankLine
		return s
	}
	if p.Form == Jsonl {
		s.Fault = p.Object(line)
	} else {
		s.Fault = p.record(line)
	}
	s.ID = p.Values[RoleID]
	if s.Fault == Sound {
		s.Fault = p.numbers(&s)
	}
	return s
}

// record finds the cells of a line.
func (p *Parser) record(line []byte) Fault {
	var ok bool
	if p.cells, ok = p.split(line, p.cells[:0]); !ok {
		return openQuote
	}
	for r, k := range p.column {
		if k > 0 && k <= len(p.cells) {
			p.Values[r] = p.cells[k-1]
		}
	}
	return Sound
}

// number reads the cell of a role; given is false when it holds nothing.
func (p *Parser) number(r Role) (v float64, given, ok bool) {
	cell := p.Values[r]
	if len(cell) == 0 {
		return 0, false, true
	}
	if cell[0] == '"' {
		cell = DecodeText(cell, p.Form)
	}
	if v, ok = parseNumber(cell); ok {
		return v, true, true
	}
	return 0, false, missing(bytes.TrimSpace(cell))
}

// numbers reads and checks the numbers of a row.
func (p *Parser) numbers(s *Summary) Fault {
	for _, need := range [...]struct {
		role  Role
		to    *float64
		fault Fault
	}{{RoleFrequency, &s.X, noFrequency}, {RoleRecency, &s.Tx, noRecency}, {RoleAge, &s.Age, noAge}} {
		v, given, ok := p.number(need.role)
		switch {
		case !ok:
			return badNumber
		case !given:
			return need.fault
		}
		*need.to = v
	}
	if f := checkHistory(s.X, s.Tx, s.Age); f != Sound {
		return f
	}
	var given, ok bool
	if s.Mean, given, ok = p.number(RoleMean); !ok {
		return badNumber
	}
	if p.Has[RoleMean] && !given && s.X > 0 {
		return noMean
	}
	if s.Spend, s.Spent, ok = p.number(RoleSpend); !ok {
		return badNumber
	}
	if !(s.Mean >= 0 && s.Mean <= orders.MaxAmount) || !(s.Spend >= 0 && s.Spend <= 1e3*orders.MaxAmount) {
		return badSpend
	}
	return Sound
}

// checkHistory is cbs's check of a row, with age 0 allowed for who first ordered on
// the last day.
func checkHistory(x, tx, age float64) Fault {
	if x == 0 && tx == 0 && age == 0 {
		return Sound
	}
	one := [3]float64{x, tx, age}
	switch (cbs.Table{X: one[:1], TX: one[1:2], T: one[2:]}).Validate().Code {
	case cbs.BadFrequency:
		return badFrequency
	case cbs.BadRecency:
		return badRecency
	case cbs.BadAge:
		return BadAge
	case cbs.RecencyAfterAge:
		return recencyAfterAge
	case cbs.RecencyWithoutRepeat:
		return recencyWithoutRepeat
	case cbs.RepeatWithoutRecency:
		return repeatWithoutRecency
	}
	return Sound
}

package orders

// What customers have cost: a list of channels and amounts, with or without days, as advertising tools export it or a person writes it down.

// A Cost is what was spent to win the customers of a group.
type Cost struct {
	Group  string
	Amount float64
}

// Costs are a list of them, read.
type Costs struct {
	Each    []Cost // one a group, in the order in which they come
	Rows    int
	Outside int // rows before or after the days asked for
	Skipped int // rows without a group, a readable amount or a readable day

	Group, Amount, Date int // columns, from 1; 0 for none
}

const (
	maxCostGroups = 1 << 12
	maxCostBytes  = 1 << 24
)

// ReadCosts reads such a list. The groups are in the column of that name, or in the one that names channels; where there is a column of days, those
// from the first to the last day count. A list may also be lines of a name and an amount.
func ReadCosts(text []byte, by string, first, last int32) Costs {
	text = text[:min(len(text), maxCostBytes)]
	c := costReader{by: normalise([]byte(by)), first: first, last: last, places: map[string]int{}}
	var o Options
	if !anyDelimiter(text) {
		o.Delimiter, o.Header = '\t', HeaderAbsent
	}
	c.Reader = NewReader(o)
	c.sink = c.take
	c.Reader.Write(text)
	c.Reader.Close()
	return c.Costs
}

// costReader splits rows by a Reader, and takes them itself.
type costReader struct {
	*Reader
	Costs
	by          []byte
	first, last int32
	planned     bool
	decimal     byte
	lines       bool // of a name and an amount, without columns
	places      map[string]int
}

// plan settles the columns by the sample that the reader has looked at.
func (c *costReader) plan() {
	c.planned = true
	sample, own, skip := c.buf, c.scan, c.skipRows
	c.scan = scanner{}
	c.scan.use(c.report.Delimiter)
	c.skipRows = c.report.Titles
	if separatorLine(sample) != 0 {
		c.skipRows++
	}
	stats := make([]columnStats, min(c.report.Width, maxColumns))
	words := newLexicon()
	text := make([]byte, 0, maxCell)
	c.eachSample(sample, true, func(i int) {
		for k := range stats {
			if text = c.cell(text[:0], sample, k); i == 0 && c.report.HasHeader {
				stats[k].head(text, words)
			} else {
				stats[k].look(text)
			}
		}
	})
	c.scan, c.skipRows = own, skip
	c.columns(stats)
}

func (c *costReader) columns(stats []columnStats) {
	var groups, amounts int
	for i := range stats {
		s := &stats[i]
		filled := s.cells.filled
		switch {
		case filled == 0:
		case s.cells.dates*2 >= filled && s.cells.numbers*2 < filled || s.meaning&(ofDate|ofClock) != 0 && s.cells.dates*2 >= filled:
			if c.Date == 0 {
				c.Date = i + 1
			}
		case s.cells.numbers*2 >= filled:
			if score := costScore(s); score > amounts {
				amounts, c.Amount = score, i+1
			}
		default:
			score := 1
			for k, word := range carryFirst {
				if hasWord(s.name, word) {
					score = max(score, 100-k)
				}
			}
			if len(c.by) > 0 && string(s.name) == string(c.by) {
				score = 1000
			}
			if score > groups {
				groups, c.Group = score, i+1
			}
		}
	}
	c.lines, c.decimal = c.report.Width < 2, '.'
	if c.report.Decimal == ',' {
		c.decimal = ','
	}
}

// costScore is how well a column of numbers suits as what was spent.
func costScore(s *columnStats) int {
	switch {
	case s.meaning&(ofCost|ofSpent) != 0 && s.meaning&(ofPrice|ofUnit|ofMeasure|ofQuantity) == 0:
		return 4
	case s.meaning&(ofAmount|ofTotal) != 0 && s.meaning&ofMeasure == 0:
		return 3
	case s.meaning&(ofQuantity|ofMeasure|ofID) == 0:
		return 2
	}
	return 1
}

// take takes in a row.
func (c *costReader) take(buf []byte) {
	if !c.planned {
		c.plan()
	}
	c.Rows++
	var group, amount []byte
	if c.lines {
		group, amount = lastBlank(trim(c.scan.text(buf, 0)))
	} else {
		group, amount = c.costCell(buf, c.Group), c.costCell(buf, c.Amount)
	}
	v, _, said := parseNumber(amount, c.decimal)
	if said != readOK { // the first amounts may have been possible both ways
		if v, _, said = parseNumber(amount, '.'+','-c.decimal); said == readOK {
			c.decimal = '.' + ',' - c.decimal
		}
	}
	if len(group) == 0 || len(amount) == 0 || said != readOK || !(v >= -MaxAmount && v <= MaxAmount) || totalLine(group) {
		c.Skipped++
		return
	}
	if c.Date > 0 {
		d, ok := parseDate(c.costCell(buf, c.Date), c.dates.order)
		switch {
		case !ok:
			c.Skipped++
			return
		case d.day < c.first || d.day > c.last:
			c.Outside++
			return
		}
	}
	c.add(string(group), v)
}

func (c *costReader) add(group string, v float64) {
	key := string(lower([]byte(group)))
	at, known := c.places[key]
	if !known {
		if len(c.Each) == maxCostGroups {
			c.Skipped++
			return
		}
		at = len(c.Each)
		c.places[key] = at
		c.Each = append(c.Each, Cost{Group: group})
	}
	c.Each[at].Amount += v
}

// costCell is a cell of the row at hand, its column counted from 1.
func (c *costReader) costCell(buf []byte, column int) []byte {
	if column == 0 || column > c.scan.n {
		return nil
	}
	return c.cell(nil, buf, column-1)
}

// lastBlank parts a line at its last blank.
func lastBlank(line []byte) (before, after []byte) {
	parts := func(c byte) bool { return c == ' ' || c == ':' || c == '=' }
	at := len(line)
	for at > 0 && !parts(line[at-1]) {
		at--
	}
	end := at
	for end > 0 && parts(line[end-1]) {
		end--
	}
	return line[:end], line[at:]
}

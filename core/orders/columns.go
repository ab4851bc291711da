package orders

import "math"

// columnStats says what the cells of a column look like.
type columnStats struct {
	name    []byte    // the first record's text, normalised
	first   cellStats // the first record, a name or a cell
	cells   cellStats // the others
	present bool      // the first record's cell is not blank
}

// cellStats counts cells by what they can be.
type cellStats struct {
	filled, dates, numbers int
	plainDates             int // dates that are hardly anything else
	fractions              int // numbers with decimals
	bare                   int // dates, and numbers without letters or signs
}

// fits reports whether the cells can have the role; an empty column can.
func (c *columnStats) fits(role Role) bool {
	switch role {
	case RoleDate:
		return c.cells.dates*2 >= c.cells.filled
	case RoleAmount, RoleQuantity:
		return c.cells.numbers*2 >= c.cells.filled
	}
	return true
}

// sniffColumns looks at the cells of the sample and keeps names and preview.
func (r *Reader) sniffColumns(sample []byte, final bool) []columnStats {
	stats := make([]columnStats, min(r.report.Width, maxColumns))
	text := make([]byte, 0, maxCell)
	r.eachSample(sample, final, func(i int) {
		r.preview(sample, i)
		for c := range stats {
			text = r.cell(text[:0], sample, c)
			stats[c].look(text, i == 0)
		}
	})
	r.sniffHeader(stats)
	return stats
}

// look takes in one cell.
func (c *columnStats) look(text []byte, first bool) {
	if len(text) == 0 {
		return
	}
	if first {
		c.name, c.present = normalise(text), true
		c.first.look(text)
		return
	}
	c.cells.look(text)
}

func (c *cellStats) look(text []byte) {
	c.filled++
	v, currency, verdict := parseNumber(text, '.')
	_, isDate := parseDate(text, MonthFirst)
	if isDate || verdict != readBad && currency == 0 {
		c.bare++
	}
	if verdict != readBad {
		c.numbers++
		if verdict == readConflict || v != math.Trunc(v) {
			c.fractions++
		}
	}
	if isDate {
		c.dates++
		// Bare digits are a date without a name only as YYYYMMDD or an epoch.
		if n := len(text); verdict == readBad || n == 8 || n == 10 || n == 13 {
			c.plainDates++
		}
	}
}

// sniffHeader decides whether the first record holds names: none of its cells is
// a date or a bare number ("tax1" may be an amount in a currency). Without a header its cells count as contents.
func (r *Reader) sniffHeader(stats []columnStats) {
	named, values := false, false
	for i := range stats {
		named = named || stats[i].present
		values = values || stats[i].first.bare > 0
	}
	r.report.HasHeader = named && !values
	if r.opts.Header != HeaderAuto {
		r.report.HasHeader = r.opts.Header == HeaderPresent
	}
	if r.report.HasHeader {
		r.skipRows++
		r.report.Width = max(r.report.Width, len(r.report.Names))
		return
	}
	r.report.Names = nil
	for i := range stats {
		c, f := &stats[i].cells, stats[i].first
		c.filled += f.filled
		c.dates += f.dates
		c.plainDates += f.plainDates
		c.numbers += f.numbers
		c.fractions += f.fractions
	}
}

// preview keeps the first records: the first as names, in case it is a header.
func (r *Reader) preview(sample []byte, i int) {
	if i > maxPreview {
		return
	}
	n := min(r.scan.n, maxColumns)
	if i > 0 {
		n = min(n, maxCells)
	}
	cells := make([][]byte, n)
	for c := range cells {
		cells[c] = r.cell(nil, sample, c)
		cells[c] = cells[c][:min(len(cells[c]), maxCell)]
	}
	if i == 0 {
		r.report.Names = cells
	}
	r.report.Preview = append(r.report.Preview, cells[:min(n, maxCells)])
}

// cell appends the text of column c: unescaped and trimmed.
func (r *Reader) cell(dst, buf []byte, c int) []byte {
	text := r.scan.text(buf, c)
	if r.scan.escaped(c) {
		text = unescape(dst, text)
		return trim(text)
	}
	return append(dst, trim(text)...)
}

// mapColumns settles which column has which role: options before presets before
// names before contents.
func (r *Reader) mapColumns(stats []columnStats) {
	names := make([][]byte, len(stats))
	var columns [NumRoles]int
	var rule *presetRule
	if r.report.HasHeader {
		for i := range stats {
			names[i] = stats[i].name
		}
		columns, rule = r.fromNames(names, stats)
	} else {
		columns = fromContents(stats)
	}
	for role, c := range r.opts.Columns {
		if c == None {
			columns[role] = 0
		} else if c > 0 {
			columns[role] = c
		}
	}
	r.report.Columns = columns
	r.report.Preset = PresetNone
	r.report.Amounts = r.opts.Amounts
	r.layout.of(columns)
	if rule != nil {
		r.report.Preset = rule.preset
		if r.report.Amounts == AmountAuto {
			r.report.Amounts = rule.amounts
		}
	}
	if c := columns[RoleDate]; c > 0 && c <= len(names) {
		r.dates.utc = hasWord(names[c-1], "utc") || hasWord(names[c-1], "gmt")
	}
	if r.report.HasHeader && len(r.report.Preview) > 0 {
		r.report.Preview = r.report.Preview[1:]
	} else if len(r.report.Preview) > maxPreview {
		r.report.Preview = r.report.Preview[:maxPreview]
	}
}

func (r *Reader) fromNames(names [][]byte, stats []columnStats) ([NumRoles]int, *presetRule) {
	if r.opts.Preset != PresetNone {
		if rule := findPreset(names, r.opts.Preset); rule != nil {
			return rule.resolve(names), rule
		}
	}
	return guessColumns(names, stats), nil
}

// fromContents maps a file without names: the first column of dates; the last
// other column of numbers, those with decimals first; the first of the rest, which
// identifies the customer in every log that we know.
func fromContents(stats []columnStats) (columns [NumRoles]int) {
	for i := range stats {
		if c := &stats[i].cells; columns[RoleDate] == 0 && c.plainDates > 0 && c.plainDates*10 >= c.filled*9 {
			columns[RoleDate] = i + 1
		}
	}
	for i := range stats {
		if i+1 != columns[RoleDate] {
			columns[RoleID] = i + 1
			break
		}
	}
	for i := range stats {
		c := &stats[i].cells
		if taken(columns, i) && columns[RoleAmount] != i+1 || c.numbers == 0 || c.numbers*10 < c.filled*9 {
			continue
		}
		if a := columns[RoleAmount]; a == 0 || c.fractions > 0 || stats[a-1].cells.fractions == 0 {
			columns[RoleAmount] = i + 1
		}
	}
	return columns
}

package orders

import "math"

// Binary is a kind of file that is not text, so that a page can say how to export.
type Binary uint8

// Binary kinds. A zip is what .xlsx, .ods and .numbers files are.
const (
	BinaryNone Binary = iota
	BinaryZip         // PK: .xlsx, .ods, .numbers, .zip
	BinaryXLS         // OLE2: .xls, .doc
	BinaryGzip
	BinaryZstd
	BinaryBzip2
	BinaryXZ
	BinaryPDF
	BinaryPNG
	BinaryJPEG
	BinaryGIF
	BinaryParquet
	BinarySQLite
	BinaryOther // mostly control bytes
)

func (b Binary) String() string {
	return pick(int(b), "none", "zip", "xls", "gzip", "zstd", "bzip2", "xz", "pdf", "png", "jpeg", "gif", "parquet", "sqlite", "other")
}

// magics are the first bytes of files, in the order of Binary from BinaryZip.
var magics = [...]string{"PK\x03\x04", "\xD0\xCF\x11\xE0", "\x1F\x8B", "\x28\xB5\x2F\xFD", "BZh", "\xFD7zXZ\x00",
	"%PDF-", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "PAR1", "SQLite format 3\x00"}

// sniffBinary recognises files that are not text.
func sniffBinary(head []byte) Binary {
	for i, m := range magics {
		if len(head) >= len(m) && string(head[:len(m)]) == m {
			return BinaryZip + Binary(i)
		}
	}
	if encoding, _ := sniffEncoding(head); encoding != EncodingUTF8 {
		return BinaryNone
	}
	control := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B {
			control++
		}
	}
	if control > 8 && control*10 > len(head) {
		return BinaryOther
	}
	return BinaryNone
}

// sniffEncoding finds the encoding and the length of the byte order mark. UTF-16
// without one shows by a zero in (nearly) every second byte.
func sniffEncoding(head []byte) (Encoding, int) {
	if len(head) >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF {
		return EncodingUTF8, 3
	}
	if len(head) >= 2 && head[0] == 0xFF && head[1] == 0xFE {
		return EncodingUTF16LE, 2
	}
	if len(head) >= 2 && head[0] == 0xFE && head[1] == 0xFF {
		return EncodingUTF16BE, 2
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
	case zeros[1]*10 >= half*7 && zeros[0]*10 <= half:
		return EncodingUTF16LE, 0
	case zeros[0]*10 >= half*7 && zeros[1]*10 <= half:
		return EncodingUTF16BE, 0
	}
	return EncodingUTF8, 0
}

// sampleRecords is how many records of the sample are looked at.
const sampleRecords = 500

// delimiters are tried in this order; the first of equals wins.
const delimiters = ";\t|, "

// sniff settles all that the first bytes can tell: delimiter, header, columns,
// and the guesses for decimal mark, day order and currency.
func (r *Reader) sniff(final bool) {
	sample := r.buf
	sep := separatorLine(sample)
	if sep != 0 {
		r.skipRows++
	}
	delimiter := r.opts.Delimiter
	if delimiter == 0 {
		delimiter = sep
	}
	if !validDelimiter(delimiter) {
		delimiter = r.sniffDelimiter(sample, final)
	}
	r.report.Delimiter = delimiter
	r.scan.use(delimiter)
	r.report.Width, _ = r.width(sample, final)
	stats := r.sniffColumns(sample, final)
	r.mapColumns(stats)
	r.sniffValues(sample, final)
}

func validDelimiter(c byte) bool {
	for i := 0; i < len(delimiters); i++ {
		if delimiters[i] == c {
			return true
		}
	}
	return false
}

// separatorLine reads the line "sep=;" that spreadsheets write and obey.
func separatorLine(b []byte) byte {
	if len(b) > 5 && equalFold(b[:4], "sep=") && (b[5] == '\r' || b[5] == '\n') && validDelimiter(b[4]) {
		return b[4]
	}
	return 0
}

// sniffDelimiter takes the delimiter that splits most records into the same
// number of columns, two at least; the more columns the better.
func (r *Reader) sniffDelimiter(sample []byte, final bool) byte {
	best, bestScore := byte(','), 0
	for i := 0; i < len(delimiters); i++ {
		r.scan.use(delimiters[i])
		width, share := r.width(sample, final)
		if width < 2 {
			continue
		}
		score := share*1000 + min(width, 500)
		if delimiters[i] == ' ' { // blanks stand within the text of other formats
			score = share*1000 - 200000
		}
		if score > bestScore {
			best, bestScore = delimiters[i], score
		}
	}
	return best
}

// width is the most frequent number of columns of the sample's records, and the
// thousandths of the records that have it.
func (r *Reader) width(sample []byte, final bool) (width, share int) {
	counts := make([]uint16, maxColumns+1)
	total := 0
	r.eachSample(sample, final, func(int) bool {
		counts[min(r.scan.n, maxColumns)]++
		total++
		return true
	})
	for n, c := range counts {
		if int(c) > int(counts[width]) || c > 0 && c == counts[width] && n > width {
			width = n
		}
	}
	if total == 0 {
		return 0, 0
	}
	return width, int(counts[width]) * 1000 / total
}

// eachSample scans the first records of the sample that are not blank, without
// those that skipRows says come before the data, until f returns false.
func (r *Reader) eachSample(sample []byte, final bool, f func(i int) bool) {
	final = final && len(sample) <= maxRecord
	window := sample[:min(len(sample), maxRecord)]
	skip := r.skipRows
	for pos, i := 0, 0; pos < len(window) && i < sampleRecords; {
		lineQuotes := false
		end := r.scan.record(window, pos, false, final)
		if end < 0 { // a stray quote, or the sample's last record
			lineQuotes = true
			end = r.scan.record(window, pos, lineQuotes, final)
		}
		if end < 0 {
			return
		}
		blank := r.emptyRow(window)
		pos = end
		if blank {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if !f(i) {
			return
		}
		i++
	}
}

// emptyRow reports whether all columns of the scanned record are blank.
func (r *Reader) emptyRow(buf []byte) bool {
	for i := 0; i < min(r.scan.n, maxColumns); i++ {
		if !hollow(r.scan.text(buf, i)) {
			return false
		}
	}
	return r.scan.n <= maxColumns
}

// hollow reports whether b holds only blanks and delimiters of any kind.
func hollow(b []byte) bool {
	for _, c := range b {
		if !validDelimiter(c) {
			return false
		}
	}
	return true
}

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
	r.eachSample(sample, final, func(i int) bool {
		r.preview(sample, i)
		for c := range stats {
			text = r.cell(text[:0], sample, c)
			stats[c].look(text, i == 0)
		}
		return true
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

package orders

import "bytes"

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
	BinaryHTML  // text, but a page and no table
	BinaryJSON  // text that its host turns into rows
	BinaryXML   // text, but no table
	BinarySQL   // statements, but no rows
)

func (b Binary) String() string {
	return pick(int(b), "none", "zip", "xls", "gzip", "zstd", "bzip2", "xz", "pdf", "png", "jpeg", "gif", "parquet", "sqlite", "other", "html", "json", "xml", "sql")
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
	if b := markup(head); b != BinaryNone {
		return b
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

// markup recognises pages and JSON by how they begin.
func markup(head []byte) Binary {
	if len(head) >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF {
		head = head[3:]
	}
	for len(head) > 0 && (head[0] == ' ' || head[0] == '\n' || head[0] == '\r' || head[0] == '\t') {
		head = head[1:]
	}
	for _, tag := range [...]string{"<!doctype", "<html", "<table", "<head", "<body", "<meta", "<style", "<div"} {
		if len(head) > len(tag) && equalFold(head[:len(tag)], tag) {
			return BinaryHTML
		}
	}
	if len(head) > 5 && string(head[:5]) == "<?xml" {
		if contains(head, "<html") {
			return BinaryHTML
		}
		return BinaryXML
	}
	if len(head) > 1 && (head[0] == '[' || head[0] == '{') {
		for _, c := range head[1:] {
			switch c {
			case ' ', '\n', '\r', '\t', '[', '{':
				continue
			case '"':
				return BinaryJSON
			}
			break
		}
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
	r.datevFrom[0], r.datevFrom[1] = datevYear(sample)
	remarks := remarks(sample)
	r.skipRows += remarks
	if r.wrapped(sample, final) {
		r.report.Wrapped = true
		sample = r.unwrap(sample, final)
	}
	delimiter := r.opts.Delimiter
	if delimiter == 0 {
		delimiter = sep
	}
	if r.recast.by != nil {
		delimiter = ','
	}
	if !validDelimiter(delimiter) {
		delimiter = r.sniffDelimiter(sample, final)
	}
	r.report.Delimiter = delimiter
	r.scan.use(delimiter)
	r.report.Width, _ = r.width(sample, final)
	r.sniffTitles(sample, final)
	r.report.Titles += remarks
	stats := r.sniffColumns(sample, final)
	r.mapColumns(stats)
	r.sniffValues(sample, final)
	r.planCarried(stats)
	r.planKept()
	r.planQuick()
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

// remarks counts the lines at the begin of b that start with #, as Google Analytics' do, and say something about the file. Names of
// columns may start so ("#Order"), and so do the numbers of Shopify's orders.
func remarks(b []byte) int {
	lines, split := 0, false
	for len(b) > 1 && b[0] == '#' && (b[1] < '0' || b[1] > '9') {
		line, rest, whole := bytes.Cut(b, []byte{'\n'})
		if !whole {
			return 0
		}
		split = split || anyDelimiter(line)
		lines, b = lines+1, rest
	}
	if lines == 1 && split {
		return 0
	}
	return lines
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
	r.eachSample(sample, final, func(int) {
		counts[min(r.scan.n, maxColumns)]++
		total++
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

// maxTitles is how many lines are looked at for the header.
const maxTitles = 30

// sniffTitles finds the lines above the header: they fill fewer columns than the rows do, or
// none of their words is that of a column where a later line's are.
func (r *Reader) sniffTitles(sample []byte, final bool) {
	if r.report.Width < 2 || r.report.Delimiter == ' ' || r.opts.Header != HeaderAuto {
		return
	}
	words := newLexicon()
	var filled, known, units, sentences [maxTitles]int
	var values [maxTitles]bool
	var years, months, others [maxTitles]int
	counts := make([]uint16, maxColumns+1)
	text := make([]byte, 0, maxCell)
	lines := 0
	r.eachSample(sample, final, func(i int) {
		n := 0
		for c := range min(r.scan.n, maxColumns) {
			text = r.cell(text[:0], sample, c)
			if len(text) == 0 {
				continue
			}
			n++
			if i < maxTitles {
				var s cellStats
				s.look(text)
				values[i] = values[i] || s.bare > 0
				switch _, assumed, ok := headDay(text, DayFirst); {
				case yearOf(text) > 0:
					years[i]++
				case ok && assumed, isQuarter(text):
					months[i]++
				case s.bare > 0:
					others[i]++
				}
				if m, _ := words.name(normalise(text)); m&^ofNothing != 0 {
					known[i]++
				}
				if c := text[len(text)-1]; c == ')' && text[0] == '(' || c == ']' && text[0] == '[' {
					units[i]++
				}
				if blanks := bytes.Count(text, []byte{' '}); blanks >= 4 || blanks >= 2 && text[len(text)-1] == '.' {
					sentences[i]++
				}
			}
		}
		counts[n]++
		if i < maxTitles {
			filled[i], lines = n, i+1
		}
	})
	most := 0
	counts[0], counts[1] = 0, 0 // titles, and names of customers above their rows, may be more than the rows
	for n, c := range counts {
		if c > counts[most] || c > 0 && c == counts[most] && n > most {
			most = n
		}
	}
	if lines == 0 || most < 2 {
		return
	}
	for i := 1; i < lines; i++ {
		if months[i] >= leastPivot && years[i-1] > 0 && years[i-1] <= months[i] && others[i-1] == 0 { // years above their months
			r.twoLines, r.report.Titles = true, i-1
			r.skipRows += i - 1
			return
		}
	}
	first := -1
	for i := range lines {
		if filled[i]*2 <= most || filled[i] < 2 {
			continue
		}
		if first < 0 {
			first = i
		}
		if !values[i] && known[i] >= 2 {
			if known[first] < 2 || values[first] {
				first = i
			}
			break
		}
	}
	if first > 0 {
		r.report.Titles = first
		r.skipRows += first
	}
	// A second line of names, or one of units, or of sentences about the columns, stands between the first and rows that have values.
	if h := max(first, 0); h+2 < lines && !values[h] && !values[h+1] && values[h+2] && known[h] > 0 && filled[h+1] >= 2 {
		r.explained = sentences[h] == 0 && sentences[h+1] >= 3
		r.twoLines = r.explained || known[h+1] >= 2 || units[h+1] == filled[h+1]
	}
}

// lineMark is a delimiter that no text holds: with it a scanner splits lines alone.
const lineMark = 0x1F

// wrapped reports whether most lines stand in quotes as a whole, columns and all.
func (r *Reader) wrapped(sample []byte, final bool) bool {
	r.scan.use(lineMark)
	lines, quoted := 0, 0
	r.eachSample(sample, final, func(int) {
		lines++
		if r.scan.n == 1 && r.scan.quotedField(0, sample) && anyDelimiter(r.scan.text(sample, 0)) {
			quoted++
		}
	})
	return lines > 1 && quoted*10 >= lines*7
}

// quotedField reports whether column i stands in quotes.
func (s *scanner) quotedField(i int, buf []byte) bool {
	f := &s.fields[i]
	return f.start > 0 && buf[f.start-1] == '"' && int(f.end) < len(buf) && buf[f.end] == '"'
}

func anyDelimiter(b []byte) bool {
	for _, c := range b {
		if c == ',' || c == ';' || c == '\t' || c == '|' {
			return true
		}
	}
	return false
}

// unwrap takes the lines of the sample out of their quotes.
func (r *Reader) unwrap(sample []byte, final bool) []byte {
	out := make([]byte, 0, len(sample))
	skip := r.skipRows
	r.skipRows = 0
	r.scan.use(lineMark)
	r.eachSample(sample, final, func(int) {
		text := r.scan.text(sample, 0)
		if r.scan.quotedField(0, sample) {
			out = unescape(out, text)
		} else {
			out = append(out, text...)
		}
		out = append(out, '\n')
	})
	r.skipRows = skip
	r.outer = new(scanner)
	r.outer.use(lineMark)
	return out
}

// eachSample scans the first records of the sample that are not blank, without
// those that skipRows says come before the data.
func (r *Reader) eachSample(sample []byte, final bool, f func(i int)) {
	final = final && len(sample) <= maxRecord
	window := sample[:min(len(sample), maxRecord)]
	skip, stray := r.skipRows, false
	for pos, i := 0, 0; pos < len(window) && i < sampleRecords; {
		end := r.scan.record(window, pos, stray, final)
		if end < 0 && !stray { // open to the end of the sample: do not try again
			stray = true
			end = r.scan.record(window, pos, stray, final)
		}
		if end < 0 {
			return
		}
		pos = end
		switch {
		case r.emptyRow(window):
		case skip > 0:
			skip--
		default:
			f(i)
			i++
		}
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

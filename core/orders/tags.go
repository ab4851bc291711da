package orders

import (
	"bytes"
	"unicode/utf8"
)

// tags reads the rows of tables of HTML, as shops save them under the name .xls, and of SpreadsheetML 2003 (Microsoft, "XML Spreadsheet Reference"). Cells over several columns
// stand in the first of them, cells over several rows in the first of those.
type tags struct {
	kind  Binary
	sheet bool // SpreadsheetML

	tag    []byte // what is open: a tag, or an entity
	in     tagPart
	hidden []byte // the element whose text is none: script, style
	row    tableRow
	cell   []byte
	open   bool // within a cell
	data   bool // within the data of a cell
	within bool // within a row
	gap    bool // a blank is due
	wide   int  // columns of the cell
	high   int  // rows of it
	below  []int
	rows   int
	done   bool // a sheet has been read; others follow
}

type tagPart uint8

const (
	inText tagPart = iota
	inTag
	inQuotes
	inApostrophes
	inComment
	inEntity
)

const (
	maxTag    = 1 << 12 // bytes of a tag that are kept
	maxEntity = 10
	maxSpan   = 1000
)

// isSheet reports whether XML is that of a spreadsheet.
func isSheet(head []byte) bool {
	return contains(head, "office:spreadsheet") || contains(head, `progid="Excel.Sheet"`) || contains(head, "<Workbook")
}

func (t *tags) take(dst, text []byte) []byte {
	for _, c := range text {
		switch t.in {
		case inText:
			switch c {
			case '<':
				t.in, t.tag = inTag, t.tag[:0]
			case '&':
				t.in, t.tag = inEntity, t.tag[:0]
			default:
				t.letter(c)
			}
		case inEntity:
			dst = t.entity(dst, c)
		case inQuotes, inApostrophes:
			t.keep(c)
			if c == '"' && t.in == inQuotes || c == '\'' && t.in == inApostrophes {
				t.in = inTag
			}
		case inComment:
			if t.keep(c); c == '>' && bytes.HasSuffix(t.tag, []byte("-->")) {
				t.in = inText
			} else if len(t.tag) > maxTag/2 { // all that counts is its end
				t.tag = append(t.tag[:0], t.tag[len(t.tag)-2:]...)
			}
		case inTag:
			dst = t.tagged(dst, c)
		}
	}
	return dst
}

func (t *tags) keep(c byte) {
	if len(t.tag) < maxTag {
		t.tag = append(t.tag, c)
	}
}

// tagged takes in a byte of a tag.
func (t *tags) tagged(dst []byte, c byte) []byte {
	switch {
	case c == '>':
		t.in = inText
		return t.element(dst)
	case len(t.tag) == 0 && c != '/' && c != '!' && c != '?' && (c|0x20 < 'a' || c|0x20 > 'z'): // "a < b"
		t.in = inText
		t.letter('<')
		t.letter(c)
		return dst
	case c == '"' && len(t.hidden) == 0:
		t.in = inQuotes
	case c == '\'' && len(t.hidden) == 0:
		t.in = inApostrophes
	}
	if t.keep(c); len(t.tag) == 3 && string(t.tag) == "!--" {
		t.in = inComment
	}
	return dst
}

// letter takes in a byte of text.
func (t *tags) letter(c byte) {
	if !t.open || t.sheet && !t.data || len(t.hidden) > 0 {
		return
	}
	if c == ' ' || c == '\n' || c == '\r' || c == '\t' {
		t.gap = len(t.cell) > 0
		return
	}
	if len(t.cell) > maxRecord/4 {
		return
	}
	if t.gap {
		t.cell, t.gap = append(t.cell, ' '), false
	}
	t.cell = append(t.cell, c)
}

// entity takes in a byte of one, or what stands in its place.
func (t *tags) entity(dst []byte, c byte) []byte {
	if c != ';' && len(t.tag) < maxEntity && (c == '#' || c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z') {
		t.tag = append(t.tag, c)
		return dst
	}
	t.in = inText
	text, known := entityText(t.tag)
	if !known {
		t.letter('&')
		text = string(t.tag)
	}
	for i := range len(text) {
		t.letter(text[i])
	}
	if known && c == ';' {
		return dst
	}
	if c == '<' {
		t.in, t.tag = inTag, t.tag[:0]
	} else if c == '&' {
		t.in, t.tag = inEntity, t.tag[:0]
	} else {
		t.letter(c)
	}
	return dst
}

// entityText is the letter that an entity stands for.
func entityText(name []byte) (string, bool) {
	if len(name) > 1 && name[0] == '#' {
		base, digits, n := 10, name[1:], 0
		if digits[0]|0x20 == 'x' {
			base, digits = 16, digits[1:]
		}
		for _, c := range digits {
			if v := int(hexValue(c)); v < base && n <= utf8.MaxRune {
				n = n*base + v
			} else {
				return "", false
			}
		}
		if n == 0 || n > utf8.MaxRune {
			return "", false
		}
		if n == 0xA0 {
			return " ", true
		}
		if n >= 0x80 && n < 0xA0 { // as browsers take these
			n = int(windows1252[n-0x80])
		}
		return string(rune(n)), true
	}
	for list := entities; len(list) > 0; {
		var entry string
		entry, list = cutBlank(list)
		if at := indexByte(entry, '='); entry[:at] == string(name) {
			return entry[at+1:], true
		}
	}
	if string(name) == "nbsp" {
		return " ", true
	}
	return "", false
}

// entities of HTML 4 (W3C, section 24) that names, amounts and titles have.
const entities = `amp=& lt=< gt=> quot=" apos=' euro=€ pound=£ yen=¥ cent=¢ sect=§ copy=© reg=® deg=° ordf=ª ordm=º ndash=– mdash=— lsquo=‘ rsquo=’ ldquo=“ rdquo=” laquo=« raquo=» hellip=… middot=· bull=• ` +
	`Agrave=À Aacute=Á Acirc=Â Atilde=Ã Auml=Ä Aring=Å AElig=Æ Ccedil=Ç Egrave=È Eacute=É Ecirc=Ê Euml=Ë Igrave=Ì Iacute=Í Icirc=Î Iuml=Ï Ntilde=Ñ Ograve=Ò Oacute=Ó Ocirc=Ô Otilde=Õ Ouml=Ö Oslash=Ø Ugrave=Ù Uacute=Ú Ucirc=Û Uuml=Ü Yacute=Ý szlig=ß ` +
	`agrave=à aacute=á acirc=â atilde=ã auml=ä aring=å aelig=æ ccedil=ç egrave=è eacute=é ecirc=ê euml=ë igrave=ì iacute=í icirc=î iuml=ï ntilde=ñ ograve=ò oacute=ó ocirc=ô otilde=õ ouml=ö oslash=ø ugrave=ù uacute=ú ucirc=û uuml=ü yacute=ý yuml=ÿ OElig=Œ oelig=œ Scaron=Š scaron=š`

// element takes in a whole tag.
func (t *tags) element(dst []byte) []byte {
	name, rest := t.tag, []byte(nil)
	closes := len(name) > 0 && name[0] == '/'
	if closes {
		name = name[1:]
	}
	if i := bytes.IndexAny(name, " \t\r\n/"); i >= 0 {
		name, rest = name[:i], name[i:]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 { // ss:Row
		name = name[i+1:]
	}
	if len(t.hidden) > 0 {
		if closes && equalFold(name, string(t.hidden)) {
			t.hidden = t.hidden[:0]
		}
		return dst
	}
	is := func(a, b string) bool { return equalFold(name, b) && t.sheet || equalFold(name, a) && !t.sheet }
	switch {
	case is("tr", "row"):
		dst = t.endRow(dst)
		t.within = !closes
	case is("table", "table"):
		dst = t.endRow(dst)
		t.within, t.below = false, t.below[:0]
	case is("", "worksheet"):
		t.done = t.done || closes && t.rows > 1
	case is("td", "cell"), is("th", ""):
		t.endCell()
		if t.within && !closes && !t.done {
			t.begin(rest)
		}
		if bytes.HasSuffix(rest, []byte("/")) {
			t.endCell()
		}
	case is("", "data"):
		t.data = !closes
	case is("br", ""), is("p", ""), is("div", ""), is("li", ""):
		t.gap = len(t.cell) > 0
	case !closes && !t.sheet && (equalFold(name, "script") || equalFold(name, "style")):
		t.hidden = append(t.hidden[:0], "script"...)
		if equalFold(name, "style") {
			t.hidden = append(t.hidden[:0], "style"...)
		}
	}
	return dst
}

// begin begins a cell with the attributes of its tag.
func (t *tags) begin(attributes []byte) {
	t.open, t.data, t.gap, t.cell, t.wide, t.high = true, false, false, t.cell[:0], 1, 1
	if t.sheet {
		for at := attribute(attributes, "index"); t.row.cells+1 < min(at, maxSpan); {
			t.row.add(nil)
		}
		t.wide += min(max(attribute(attributes, "mergeacross"), 0), maxSpan)
		return
	}
	t.wide, t.high = span(attribute(attributes, "colspan")), span(attribute(attributes, "rowspan"))
	t.passBelow()
}

func span(n int) int { return min(max(n, 1), maxSpan) }

// attribute is the whole number that a tag gives a name, -1 for none.
func attribute(text []byte, name string) int {
	for i := 0; i+len(name) < len(text); i++ {
		if !equalFold(text[i:i+len(name)], name) || i > 0 && text[i-1] != ' ' && text[i-1] != ':' && text[i-1] != '\n' && text[i-1] != '\t' {
			continue
		}
		rest := bytes.TrimLeft(text[i+len(name):], " ")
		if len(rest) == 0 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], ` "'`)
		n, digits := 0, 0
		for ; digits < len(rest) && rest[digits]-'0' <= 9 && n < 1e6; digits++ {
			n = 10*n + int(rest[digits]-'0')
		}
		if digits > 0 {
			return n
		}
	}
	return -1
}

// passBelow leaves the columns blank that a cell above reaches into.
func (t *tags) passBelow() {
	for t.row.cells < len(t.below) && t.below[t.row.cells] > 0 {
		t.below[t.row.cells]--
		t.row.add(nil)
	}
}

func (t *tags) endCell() {
	if !t.open {
		return
	}
	t.open, t.data = false, false
	for i := range t.wide {
		if t.high > 1 && t.row.cells < maxColumns {
			for len(t.below) <= t.row.cells {
				t.below = append(t.below, 0)
			}
			t.below[t.row.cells] = t.high - 1
		}
		if i == 0 {
			t.row.add(t.cell)
		} else {
			t.row.add(nil)
		}
	}
}

func (t *tags) endRow(dst []byte) []byte {
	t.endCell()
	if t.row.cells > 0 {
		t.passBelow()
	}
	if t.row.cells > 1 {
		t.rows++
	}
	return t.row.line(dst)
}

func (t *tags) end(dst []byte) ([]byte, Binary) {
	if dst = t.endRow(dst); t.rows < 2 {
		return dst, t.kind
	}
	return dst, BinaryNone
}

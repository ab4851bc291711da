// Package tables opens what order lists come in: text in any encoding, gzip, .xlsx workbooks, zip
// archives of any of these, and JSON, nested or not. Each becomes text in columns that core/orders
// reads. Several files are joined by what they are (see Join). It guesses nothing about orders: that
// is the reader's work.
package tables

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/thedatashed/xlsxreader" // workbooks as a stream of rows, dates by their formats, without dependencies
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"hourglass/core/orders"
)

const (
	headBytes = 1 << 16
	// MaxArchive is the largest zip archive or workbook that is read from a pipe, which has to be held
	// whole: its directory stands at the end.
	MaxArchive = 1 << 30
	maxTables  = 100
	maxDepth   = 3 // a workbook in a zip in a gzip
)

// A Table is text in columns.
type Table struct {
	Name     string // of the file, and the sheet or member within it
	Encoding orders.Encoding
	in       io.Reader
}

// Read implements io.Reader.
func (t *Table) Read(p []byte) (int, error) { return t.in.Read(p) }

// Open finds the tables in a file. Those of an archive are in its order.
func Open(name string, in io.Reader) ([]*Table, error) { return open(name, in, 0) }

func open(name string, in io.Reader, depth int) ([]*Table, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%s: more than %d archives within one another: unpack it first", name, maxDepth)
	}
	b := bufio.NewReaderSize(in, headBytes)
	head, err := b.Peek(headBytes)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("%s begins as gzip but is not: %w", name, err)
		}
		return open(strings.TrimSuffix(name, ".gz"), z, depth+1)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return archive(name, b, depth)
	}
	encoding := orders.Charset(head)
	text := decoded(b, encoding)
	if encoding < orders.EncodingWindows1250 {
		encoding = orders.EncodingUTF8 // the reader sees for itself
	}
	return []*Table{{Name: name, Encoding: encoding, in: text}}, nil
}

// decoded turns what the reader of orders cannot read into UTF-8.
func decoded(in io.Reader, e orders.Encoding) io.Reader {
	var from encoding.Encoding
	switch e {
	case orders.EncodingWindows1250:
		from = charmap.Windows1250
	case orders.EncodingWindows1251:
		from = charmap.Windows1251
	case orders.EncodingWindows1254:
		from = charmap.Windows1254
	case orders.EncodingWindows1256:
		from = charmap.Windows1256
	case orders.EncodingShiftJIS:
		from = japanese.ShiftJIS
	case orders.EncodingEUCKR:
		from = korean.EUCKR
	case orders.EncodingGBK:
		from = simplifiedchinese.GBK
	case orders.EncodingBig5:
		from = traditionalchinese.Big5
	case orders.EncodingWindows1253:
		from = charmap.Windows1253
	case orders.EncodingWindows1255:
		from = charmap.Windows1255
	case orders.EncodingWindows874:
		from = charmap.Windows874
	case orders.EncodingEUCJP:
		from = japanese.EUCJP
	default:
		return in
	}
	return from.NewDecoder().Reader(in)
}

// archive opens a workbook, or the members of a zip.
func archive(name string, in io.Reader, depth int) ([]*Table, error) {
	whole, err := io.ReadAll(io.LimitReader(in, MaxArchive+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(whole) > MaxArchive {
		return nil, fmt.Errorf("%s: archives up to %d MB are read: unpack it, and give the file in it", name, MaxArchive>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		return nil, fmt.Errorf("%s begins as a zip archive but is none: was it cut short? %w", name, err)
	}
	members := map[string]*zip.File{}
	for _, f := range z.File {
		members[f.Name] = f
	}
	switch {
	case members["xl/workbook.xml"] != nil:
		return workbook(name, z)
	case members["mimetype"] != nil && members["content.xml"] != nil:
		return openDocument(name, members["content.xml"])
	case members["Index/Document.iwa"] != nil || members["Index.zip"] != nil:
		return nil, fmt.Errorf("%s is a Numbers document: export it as Excel or CSV (File, Export To)", name)
	}
	var tables []*Table
	for _, f := range z.File {
		if !isTable(f.Name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s in %s: %w", f.Name, name, err)
		}
		more, err := open(name+"/"+f.Name, r, depth+1)
		if err != nil {
			return nil, err
		}
		if tables = append(tables, more...); len(tables) > maxTables {
			return nil, fmt.Errorf("%s holds more than %d tables: unpack it, and give those of the orders", name, maxTables)
		}
	}
	if len(tables) == 0 {
		return nil, fmt.Errorf("%s is a zip archive without a CSV, text, JSON or Excel file in it", name)
	}
	return tables, nil
}

// isTable tells whether a member of an archive may be a table: by its name, hidden files left out.
func isTable(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") {
		return false
	}
	switch strings.ToLower(path.Ext(strings.TrimSuffix(base, ".gz"))) {
	case ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".ods", ".xls", ".sql":
		return true
	}
	return false
}

// workbook opens the sheets that hold anything.
func workbook(name string, z *zip.Reader) ([]*Table, error) {
	book, err := xlsxreader.NewReaderZip(z)
	if err != nil {
		return nil, fmt.Errorf("%s: the workbook cannot be read: %w", name, err)
	}
	var tables []*Table
	for _, sheet := range book.Sheets {
		s := &sheetReader{rows: book.ReadRows(sheet)}
		if s.more(); len(s.text) == 0 {
			if s.err != nil && !errors.Is(s.err, io.EOF) {
				return nil, fmt.Errorf("%s, sheet %s: %w", name, sheet, s.err)
			}
			continue
		}
		tables = append(tables, &Table{Name: name + "/" + sheet, in: s})
	}
	if len(tables) == 0 {
		return nil, fmt.Errorf("%s: no sheet of the workbook has any cell filled", name)
	}
	return tables, nil
}

// A sheetReader writes the rows of a sheet as CSV.
type sheetReader struct {
	rows chan xlsxreader.Row
	text []byte
	line int
	err  error
}

// more writes the next rows.
func (s *sheetReader) more() {
	for s.err == nil && len(s.text) < headBytes {
		row, ok := <-s.rows
		switch {
		case !ok:
			s.err = io.EOF
		case row.Error != nil:
			s.err = row.Error
		default:
			s.write(row)
		}
	}
}

func (s *sheetReader) write(row xlsxreader.Row) {
	for s.line++; s.line < row.Index; s.line++ {
		s.text = append(s.text, '\n') // rows without cells count as lines
	}
	at := 0
	for _, c := range row.Cells {
		for column := c.ColumnIndex(); at < column; at++ {
			s.text = append(s.text, ',')
		}
		value := c.Value
		if c.Type == xlsxreader.TypeDateTime {
			value = strings.TrimSuffix(value, "Z") // a sheet knows no zones
		}
		s.text = appendCell(s.text, value)
	}
	s.text = append(s.text, '\n')
}

// Read implements io.Reader.
func (s *sheetReader) Read(p []byte) (int, error) {
	if len(s.text) == 0 {
		s.more()
	}
	if len(s.text) == 0 {
		return 0, s.err
	}
	n := copy(p, s.text)
	s.text = s.text[:copy(s.text, s.text[n:])]
	return n, nil
}

// appendCell quotes where RFC 4180 asks for it.
func appendCell(dst []byte, text string) []byte {
	if !strings.ContainsAny(text, ",\"\r\n;\t|") {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(text, `"`, `""`)...)
	return append(dst, '"')
}

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"hourglass/functions/score/rows"
)

// Parquet is read as the rows of text that it stands for, by the names of its columns, so that it is read, guessed at and reported on like any other
// list. Beam's parquetio holds a file whole and asks for its columns when it is compiled; here a batch of rows is held, of whatever columns there are.

const (
	parquetMagic     = "PAR1"
	parquetEncrypted = "PARE"
	batchRows        = 256
)

// seekable is a file that can be read at any place, and what ends it. What storage gives as a stream is put on the worker's disk: a Parquet file says at its
// end where its columns are.
func seekable(file io.Reader, begun io.Reader) (at io.ReaderAt, size int64, done func(), err error) {
	if local, is := file.(*os.File); is {
		info, err := local.Stat()
		if err != nil {
			return nil, 0, nil, err
		}
		return local, info.Size(), func() {}, nil
	}
	copied, err := os.CreateTemp("", "pipeline-*.parquet")
	if err != nil {
		return nil, 0, nil, err
	}
	done = func() {
		copied.Close()
		os.Remove(copied.Name())
	}
	if size, err = io.Copy(copied, begun); err != nil {
		done()
		return nil, 0, nil, err
	}
	return copied, size, done, nil
}

// A parquetText is a Parquet file as rows of text, a line each.
type parquetText struct {
	name    string
	groups  []parquet.RowGroup
	rows    parquet.Rows
	batch   []parquet.Row
	columns []parquetColumn
	place   []int // of a column of the file among these, -1 for none
	cells   [][]byte
	text    []byte // written and not yet read
}

// A parquetColumn is one of a file; write is nil where the file has none of its name.
type parquetColumn struct {
	name  []byte // in JSON's quotes, as plan.Names has it
	write func(dst []byte, v parquet.Value) []byte
}

// newParquetText reads by names, as plan.Names has them; nil are those of the file. A column of lists has no one value in a row and is left out.
func newParquetText(name string, at io.ReaderAt, size int64, names [][]byte) (t *parquetText, err error) {
	defer func() { unreadable(name, recover(), &err) }()
	f, err := parquet.OpenFile(at, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%s begins as Parquet and cannot be read: was it cut short? %w", name, err)
	}
	t = &parquetText{name: name, groups: f.RowGroups(), batch: make([]parquet.Row, batchRows)}
	place := map[string]int{}
	for i, one := range names {
		t.columns = append(t.columns, parquetColumn{name: one})
		place[string(one)] = i
	}
	found := 0
	for _, path := range f.Schema().Columns() {
		leaf, _ := f.Schema().Lookup(path...)
		quoted, err := json.Marshal(strings.Join(path, "."))
		if err != nil {
			return nil, err
		}
		at, wanted := place[string(quoted)]
		switch {
		case leaf.MaxRepetitionLevel > 0 || names != nil && !wanted:
			at = -1
		case names == nil:
			at = len(t.columns)
			t.columns = append(t.columns, parquetColumn{name: quoted})
		}
		if at >= 0 {
			t.columns[at].write = writerOf(leaf.Node.Type())
			found++
		}
		t.place = append(t.place, at)
	}
	if found == 0 {
		return nil, fmt.Errorf("%s has none of the columns that the first file of the list has: give each list a pattern of its own", name)
	}
	t.cells = make([][]byte, len(t.columns))
	for i, c := range t.columns {
		if i > 0 {
			t.text = append(t.text, ',')
		}
		t.text = rows.AppendQuoted(t.text, oneLine(rows.DecodeText(c.name, rows.Jsonl)))
	}
	t.text = append(t.text, '\n')
	return t, nil
}

// unreadable makes an error of what a damaged file has the library do.
func unreadable(name string, fault any, err *error) {
	if fault != nil {
		*err = fmt.Errorf("%s is damaged: its pages are not what its end says (%v): write it again", name, fault)
	}
}

// names are those of the columns.
func (t *parquetText) names() (out [][]byte) {
	for _, c := range t.columns {
		out = append(out, c.name)
	}
	return out
}

// Read implements io.Reader.
func (t *parquetText) Read(to []byte) (_ int, err error) {
	defer func() { unreadable(t.name, recover(), &err) }()
	for len(t.text) == 0 {
		if t.rows == nil {
			if len(t.groups) == 0 {
				return 0, io.EOF
			}
			t.rows, t.groups = t.groups[0].Rows(), t.groups[1:]
		}
		n, err := t.rows.ReadRows(t.batch)
		for _, row := range t.batch[:n] {
			t.row(row)
		}
		if err == io.EOF {
			err = t.rows.Close()
			t.rows = nil
		}
		if err != nil {
			return 0, fmt.Errorf("%s is damaged: %w", t.name, err)
		}
	}
	n := copy(to, t.text)
	t.text = t.text[:copy(t.text, t.text[n:])]
	return n, nil
}

func (t *parquetText) row(row parquet.Row) {
	for i := range t.cells {
		t.cells[i] = t.cells[i][:0]
	}
	for _, v := range row {
		if at := t.place[v.Column()]; at >= 0 && !v.IsNull() {
			t.cells[at] = t.columns[at].write(t.cells[at], v)
		}
	}
	for i, cell := range t.cells {
		if i > 0 {
			t.text = append(t.text, ',')
		}
		t.text = rows.AppendQuoted(t.text, oneLine(cell))
	}
	t.text = append(t.text, '\n')
}

// oneLine keeps a row on one line, so that its number is that of the row.
func oneLine(cell []byte) []byte {
	if bytes.ContainsAny(cell, "\r\n") {
		return bytes.Map(func(r rune) rune {
			if r == '\r' || r == '\n' {
				return ' '
			}
			return r
		}, cell)
	}
	return cell
}

// writerOf writes the values of a type as a text that can be read in one way only.
func writerOf(of parquet.Type) func([]byte, parquet.Value) []byte {
	var logical format.LogicalTypeValue
	if t := of.LogicalType(); t != nil {
		logical = t.Value
	}
	switch t := logical.(type) {
	case *format.DateType:
		return func(dst []byte, v parquet.Value) []byte {
			return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
		}
	case *format.TimestampType:
		layout := "2006-01-02T15:04:05"
		if t.IsAdjustedToUTC {
			layout += "Z07:00"
		}
		each := timestampUnit(t)
		return func(dst []byte, v parquet.Value) []byte {
			per := int64(time.Second / each)
			s := v.Int64() / per
			if v.Int64()%per < 0 {
				s--
			}
			return time.Unix(s, 0).UTC().AppendFormat(dst, layout)
		}
	case *format.DecimalType:
		return func(dst []byte, v parquet.Value) []byte { return appendDecimal(dst, unscaled(v), int(t.Scale)) }
	case *format.IntType:
		if !t.IsSigned {
			return func(dst []byte, v parquet.Value) []byte {
				if v.Kind() == parquet.Int32 {
					return strconv.AppendUint(dst, uint64(v.Uint32()), 10)
				}
				return strconv.AppendUint(dst, v.Uint64(), 10)
			}
		}
	case *format.UUIDType:
		return func(dst []byte, v parquet.Value) []byte { return append(dst, v.String()...) }
	}
	return func(dst []byte, v parquet.Value) []byte {
		switch v.Kind() {
		case parquet.Boolean:
			return strconv.AppendBool(dst, v.Boolean())
		case parquet.Int32:
			return strconv.AppendInt(dst, int64(v.Int32()), 10)
		case parquet.Int64:
			return strconv.AppendInt(dst, v.Int64(), 10)
		case parquet.Int96: // a time, by older writers: nanoseconds of a Julian day
			i := v.Int96()
			const epoch = 2440588 // the Julian day of 1970-01-01
			return time.Unix((int64(i[2])-epoch)*86400, int64(i[1])<<32|int64(i[0])).UTC().AppendFormat(dst, "2006-01-02T15:04:05")
		case parquet.Float:
			return appendReal(dst, float64(v.Float()), 32)
		case parquet.Double:
			return appendReal(dst, v.Double(), 64)
		}
		return append(dst, v.ByteArray()...)
	}
}

func timestampUnit(t *format.TimestampType) time.Duration {
	switch t.Unit.Value.(type) {
	case *format.NanoSeconds:
		return time.Nanosecond
	case *format.MicroSeconds:
		return time.Microsecond
	}
	return time.Millisecond
}

// unscaled is a decimal's digits.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := v.ByteArray() // two's complement, the highest byte first
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

func appendDecimal(dst []byte, n *big.Int, scale int) []byte {
	text := new(big.Int).Abs(n).String()
	if short := scale + 1 - len(text); short > 0 {
		text = strings.Repeat("0", short) + text
	}
	if n.Sign() < 0 {
		dst = append(dst, '-')
	}
	dst = append(dst, text[:len(text)-scale]...)
	if scale > 0 {
		dst = append(append(dst, '.'), text[len(text)-scale:]...)
	}
	return unmistaken(dst, scale)
}

func appendReal(dst []byte, v float64, bits int) []byte {
	dst = strconv.AppendFloat(dst, v, 'f', -1, bits)
	if point := bytes.IndexByte(dst, '.'); point >= 0 {
		return unmistaken(dst, len(dst)-point-1)
	}
	return dst
}

// unmistaken adds a zero to three decimals, which could be read as thousands.
func unmistaken(number []byte, decimals int) []byte {
	if decimals == 3 {
		return append(number, '0')
	}
	return number
}

// parquetFile is rows of the output as a file of Parquet. A field that a row has no number for is null.
func parquetFile(fields []rows.Field, list []rows.Scored) ([]byte, error) {
	var members []reflect.StructField
	for i, f := range fields {
		of, options := reflect.TypeFor[float64](), ",optional"
		switch {
		case f.Text():
			of, options = reflect.TypeFor[string](), ""
		case f.Whole():
			of, options = reflect.TypeFor[int64](), ""
		}
		members = append(members, reflect.StructField{Name: "F" + strconv.Itoa(i), Type: of, Tag: reflect.StructTag(`parquet:"` + f.String() + options + `"`)})
	}
	var out bytes.Buffer
	w := parquet.NewWriter(&out, parquet.SchemaOf(reflect.New(reflect.StructOf(members)).Interface()), parquet.Compression(&parquet.Snappy), parquet.CreatedBy("hourglass", "pipeline", ""))
	row := make(parquet.Row, len(fields))
	for i := range list {
		s := &list[i]
		for k, f := range fields {
			level := 0
			switch number, given := s.Number(f); {
			case f.Text():
				row[k] = parquet.ByteArrayValue(s.TextOf(f))
			case f.Whole():
				row[k] = parquet.Int64Value(int64(number))
			case given && !math.IsNaN(number):
				row[k], level = parquet.DoubleValue(number), 1
			default:
				row[k] = parquet.NullValue()
			}
			row[k] = row[k].Level(0, level, k)
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

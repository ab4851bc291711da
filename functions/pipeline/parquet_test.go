package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"hourglass/core/orders"
)

// An order is one of a shop as a warehouse has it: a day, a decimal, nothing for nothing.
type parquetOrder struct {
	Customer string  `parquet:"customer"`
	Email    *string `parquet:"email,optional,snappy"`
	Date     int32   `parquet:"date,date"`
	Amount   *int64  `parquet:"amount,optional,decimal(2:12),zstd"`
	Order    string  `parquet:"order,dict"`
	Lines    []int32 `parquet:"lines,list"` // has no one value, and is left out
}

// parquetShop is a shop as the lines of a CSV, days as ISO has them, and as orders.
func parquetShop(t *testing.T, customers int, seed uint64) (header string, lines []string, list []parquetOrder) {
	t.Helper()
	header, given := shop(customers, seed)
	for i, line := range given {
		cells := strings.Split(line, ",")
		day, err := time.Parse("02/01/2006", cells[2])
		if err != nil {
			day = time.Date(2023, 2, 28, 0, 0, 0, 0, time.UTC) // the shop has a 30 February
		}
		cells[2] = day.Format(time.DateOnly)
		o := parquetOrder{Customer: cells[0], Date: int32(day.Unix() / 86400), Order: cells[4], Lines: []int32{int32(i), 1}}
		if cells[1] != "" {
			o.Email = &cells[1]
		}
		if cells[3] == "n/a" {
			cells[3] = "" // what a column of numbers has instead
		} else {
			cents, err := strconv.ParseInt(strings.Replace(cells[3], ".", "", 1), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			o.Amount = &cents
		}
		lines, list = append(lines, strings.Join(cells, ",")), append(list, o)
	}
	return header, lines, list
}

// A list in Parquet is read as the same list in CSV is, in any number of files, and written with the numbers of the CSV; a row that is no order is told of by
// file, row and reason.
func TestParquet(t *testing.T) {
	header, lines, list := parquetShop(t, 300, 8)
	bad := map[int]string{}
	spoil := func(at int, reason orders.Reason, how func(*parquetOrder), cells ...string) {
		how(&list[at])
		lines[at], bad[at] = strings.Join(cells, ","), reason.String()
	}
	spoil(len(list)/2, orders.ReasonMissingID, func(o *parquetOrder) { *o = parquetOrder{Date: 19500, Amount: new(int64)} }, "", "", "2023-05-23", "0.00", "")
	spoil(len(list)/3, orders.ReasonFuture, func(o *parquetOrder) { *o = parquetOrder{Customer: "x", Date: 47481, Amount: new(int64)} }, "x", "", "2099-12-31", "0.00", "")
	refund := int64(-500)
	spoil(len(list)/4, orders.ReasonRefundUnmatched, func(o *parquetOrder) {
		*o = parquetOrder{Customer: "nobody", Date: 19500, Amount: &refund, Order: "R1"}
	},
		"nobody", "", "2023-05-23", "-5.00", "R1")
	dir := t.TempDir()
	put(t, dir+"/whole.csv", header+"\n"+strings.Join(lines, "\n")+"\n")
	want := score(t, "-quiet", "-horizon", "365.25", dir+"/whole.csv")
	for _, shards := range []int{1, 3, 17} {
		t.Run(strconv.Itoa(shards), func(t *testing.T) {
			dir := t.TempDir()
			for i := range shards {
				part := list[len(list)*i/shards : len(list)*(i+1)/shards]
				if err := parquet.WriteFile(fmt.Sprintf("%s/orders-%03d.parquet", dir, i), part, parquet.MaxRowsPerRowGroup(100)); err != nil {
					t.Fatal(err)
				}
			}
			s := settingsOf(t, "-input", dir+"/*.parquet", "-rows-per-bucket", strconv.Itoa(2000/shards), "-customers-per-file", "90", "-format", "parquet")
			got, r, err := run(t, s)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, want)
			if r.Rows != uint64(len(list)) {
				t.Errorf("%d rows of %d", r.Rows, len(list))
			}
			told := map[int]string{}
			for _, one := range setAside(t, s.output) {
				var file int
				if _, err := fmt.Sscanf(filepath.Base(one.File), "orders-%d", &file); err != nil {
					t.Fatal(err)
				}
				told[len(list)*file/shards+int(one.Line)-1] = one.Reason
			}
			if !maps.Equal(told, bad) {
				t.Errorf("rows that are no orders: %v, want %v", told, bad)
			}
		})
	}
}

// parquetRows are the rows of a file of the output in Parquet as score writes them.
func parquetRows(t testing.TB, name string) (out [][]string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	p, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range p.Schema().Columns() {
		names = append(names, path[0])
	}
	out = append(out, names)
	rows := make([]parquet.Row, p.NumRows())
	if _, err := parquet.NewReader(p).ReadRows(rows); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	for _, row := range rows {
		var cells []string
		for _, v := range row {
			switch {
			case v.IsNull():
				cells = append(cells, "")
			case v.Kind() == parquet.Double:
				cells = append(cells, strconv.FormatFloat(v.Double(), 'g', -1, 64))
			default:
				cells = append(cells, v.String())
			}
		}
		out = append(out, cells)
	}
	return out
}

// What each type says, as text; times and decimals by hand.
func TestParquetTypes(t *testing.T) {
	type all struct {
		Name    string           `parquet:"name"`
		Raw     []byte           `parquet:"raw"`
		Fixed   [3]byte          `parquet:"fixed,decimal(4:6)"`
		Small   int32            `parquet:"small,decimal(3:9)"`
		Real    float64          `parquet:"real"`
		Short   float32          `parquet:"short"`
		Thirds  float64          `parquet:"thirds"`
		Day     int32            `parquet:"day,date"`
		Milli   int64            `parquet:"milli,timestamp(millisecond)"`
		Micro   int64            `parquet:"micro,timestamp(microsecond:local)"`
		Nano    int64            `parquet:"nano,timestamp(nanosecond)"`
		Old     deprecated.Int96 `parquet:"old"`
		Yes     bool             `parquet:"yes"`
		Count   uint32           `parquet:"count"`
		Big     uint64           `parquet:"big"`
		Nothing *string          `parquet:"nothing,optional"`
		Who     struct {
			Email string `parquet:"email"`
		} `parquet:"who"`
	}
	row := all{Name: "two\nlines, \"one\"", Raw: []byte("x"), Fixed: [3]byte{0xff, 0xff, 0xfe}, Small: -5, Real: -1234.5, Short: 0.1, Thirds: 1.234, Day: -1,
		Milli: -1, Micro: 1700000000123456, Nano: 1700000000123456789, Old: deprecated.Int96{0, 0, 2440588 + 19675}, Yes: true, Count: math.MaxUint32, Big: math.MaxUint64}
	row.Who.Email = "a@b.example"
	name := t.TempDir() + "/types.parquet"
	if err := parquet.WriteFile(name, []all{row}); err != nil {
		t.Fatal(err)
	}
	p := plan{Files: []string{name}}
	if err := p.listed(t.Context(), []string{name}); err != nil {
		t.Fatal(err)
	}
	const want = "name,raw,fixed,small,real,short,thirds,day,milli,micro,nano,old,yes,count,big,nothing,who.email\n" +
		`"two lines, ""one""",x,-0.0002,-0.0050,-1234.5,0.1,1.2340,1969-12-31,1969-12-31T23:59:59Z,2023-11-14T22:13:20,2023-11-14T22:13:20Z,2023-11-14T00:00:00,true,4294967295,18446744073709551615,,a@b.example` + "\n"
	if string(p.Beginning) != want {
		t.Errorf("%s\nwant %s", p.Beginning, want)
	}
	for _, one := range []struct {
		digits int64
		scale  int
		want   string
	}{{0, 2, "0.00"}, {7, 0, "7"}, {-123456, 3, "-123.4560"}, {5, 5, "0.00005"}} {
		if got := string(appendDecimal(nil, big.NewInt(one.digits), one.scale)); got != one.want {
			t.Errorf("%d, %d digits behind the point: %s, want %s", one.digits, one.scale, got, one.want)
		}
	}
}

// A file that another has no column in common with, one that is cut short and one that is damaged are errors that name it.
func TestParquetFaults(t *testing.T) {
	dir := t.TempDir()
	_, _, list := parquetShop(t, 40, 4)
	if err := parquet.WriteFile(dir+"/a.parquet", list); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(dir + "/a.parquet")
	if err != nil {
		t.Fatal(err)
	}
	type other struct{ Colour string }
	if err := parquet.WriteFile(dir+"/b.parquet", []other{{"red"}}); err != nil {
		t.Fatal(err)
	}
	damaged := slices.Clone(whole)
	for i := 4; i < len(damaged)/2; i++ {
		damaged[i] ^= 0x5a
	}
	for name, text := range map[string]string{"cut": string(whole[:len(whole)/2]), "damaged": string(damaged), "encrypted": "PARE" + string(whole[4:]), "short": "PAR1"} {
		put(t, dir+"/"+name+".parquet", text)
	}
	read := func(name string, names [][]byte) error {
		p := plan{Files: []string{"first"}, Names: names}
		in, done, err := p.open(t.Context(), dir+"/"+name+".parquet")
		if err != nil {
			return err
		}
		defer done()
		b := make([]byte, 1<<16)
		for err == nil {
			_, err = in.Read(b)
		}
		if err == io.EOF {
			return nil
		}
		return err
	}
	if err := read("a", nil); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"b": "none of the columns", "cut": "cut short", "damaged": "damaged", "encrypted": "encrypted", "short": "cut short"} {
		if err := read(name, [][]byte{[]byte(`"customer"`)}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name+".parquet") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What storage gives as a stream is copied, and the copy deleted.
	at, size, done, err := seekable(nil, strings.NewReader(string(whole)))
	if err != nil || size != int64(len(whole)) {
		t.Fatal(err, size)
	}
	if _, err := newParquetText("stream", at, size, nil); err != nil {
		t.Error(err)
	}
	name := at.(*os.File).Name()
	if done(); func() bool { _, err := os.Stat(name); return err == nil }() {
		t.Errorf("%s is left behind", name)
	}
}

//go:build unix

package orders

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// benchFile makes a shop's log of n orders by n/10 customers.
func benchFile(n int) []byte {
	rng := rand.New(rand.NewSource(1))
	var b bytes.Buffer
	b.WriteString("customer_id,order_date,amount\n")
	for range n {
		day := time.Unix(int64(1640995200+rng.Intn(730)*86400), 0).UTC()
		fmt.Fprintf(&b, "C%07d,%s,%d.%02d\n", rng.Intn(n/10), day.Format("2006-01-02"), rng.Intn(300), rng.Intn(100))
	}
	return b.Bytes()
}

// benchWide is a Shopify-like file: 20 columns, quotes, date-times with offsets.
func benchWide(n int) []byte {
	rng := rand.New(rand.NewSource(1))
	var b bytes.Buffer
	b.WriteString("Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal," +
		"Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Refunded Amount,Cancelled at\n")
	for i := range n {
		at := time.Unix(int64(1640995200+rng.Intn(730*86400)), 0).UTC().Format("2006-01-02 15:04:05 -0700")
		total := fmt.Sprintf("%d.%02d", rng.Intn(300), rng.Intn(100))
		fmt.Fprintf(&b, "#%d,customer%06d@example.com,paid,%s,fulfilled,%s,no,USD,%s,0.00,0.00,%s,,0.00,Standard,%s,1,\"Mug, blue, large\",0.00,\n",
			1001+i, rng.Intn(n/10), at, at, total, total, at)
	}
	return b.Bytes()
}

const benchRows = 300_000

// readAll reads a file with the Reader, up to frequency, recency, age and spend of each customer.
func readAll(b *testing.B, data []byte) {
	r := NewReader(Options{})
	for at := 0; at < len(data); at += 1 << 16 {
		r.Write(data[at:min(at+1<<16, len(data))])
	}
	r.Close()
	if r.Report().Rows != benchRows || r.Report().SetAsideRows() != 0 {
		b.Fatalf("%+v", r.Report())
	}
	runtime.KeepAlive(r.Log().Summaries(Split{}))
}

// summariseCSV does the same work with the standard library as one would write it:
// parse, collect the orders of each customer, sort them, merge the days, and sum up
// frequency, recency, age and spend.
func summariseCSV(b *testing.B, data []byte, id, date, amount int, layout string) {
	customers := readCSV(b, data, id, date, amount, layout)
	end := int32(0)
	for _, c := range customers {
		for _, e := range c {
			end = max(end, e.day)
		}
	}
	rows := make([][4]float64, 0, len(customers))
	for _, c := range customers {
		slices.SortFunc(c, func(p, q csvOrder) int { return int(p.day - q.day) })
		x, spend := -1.0, 0.0
		for i, e := range c {
			if i == 0 || e.day != c[i-1].day {
				x++
			}
			spend += e.amount
		}
		rows = append(rows, [4]float64{x, float64(c[len(c)-1].day-c[0].day) / 7, float64(end-c[0].day) / 7, spend})
	}
	runtime.KeepAlive(rows)
}

type csvOrder struct {
	day    int32
	amount float64
}

func readCSV(b *testing.B, data []byte, id, date, amount int, layout string) map[string][]csvOrder {
	c := csv.NewReader(bytes.NewReader(data))
	c.ReuseRecord = true
	if _, err := c.Read(); err != nil {
		b.Fatal(err)
	}
	customers := map[string][]csvOrder{}
	for {
		f, err := c.Read()
		if err == io.EOF {
			return customers
		}
		if err != nil {
			b.Fatal(err)
		}
		day, err := time.Parse(layout, f[date])
		if err != nil {
			b.Fatal(err)
		}
		v, err := strconv.ParseFloat(f[amount], 64)
		if err != nil {
			b.Fatal(err)
		}
		customers[f[id]] = append(customers[f[id]], csvOrder{int32(day.Unix() / 86400), v})
	}
}

// sideBySide runs both readers in turn and reports by how much the Reader is faster: the ratio of the processor time, garbage
// collection included, of the least disturbed pass of each, and of the medians.
func sideBySide(b *testing.B, data []byte, id, date, amount int, layout string) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var own, other []float64
	for b.Loop() {
		runtime.GC()
		start := processorTime(b)
		readAll(b, data)
		own = append(own, processorTime(b)-start)
		runtime.GC()
		start = processorTime(b)
		summariseCSV(b, data, id, date, amount, layout)
		other = append(other, processorTime(b)-start)
	}
	slices.Sort(own)
	slices.Sort(other)
	b.ReportMetric(other[0]/own[0], "x-encoding/csv")
	b.ReportMetric(other[len(other)/2]/own[len(own)/2], "x-median")
	b.ReportMetric(benchRows/own[0], "rows/s")
	b.ReportMetric(0, "ns/op") // of both: says nothing
}

func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

const wideLayout = "2006-01-02 15:04:05 -0700"

func BenchmarkNarrow(b *testing.B) { sideBySide(b, benchFile(benchRows), 0, 1, 2, time.DateOnly) }
func BenchmarkWide(b *testing.B)   { sideBySide(b, benchWide(benchRows), 1, 15, 11, wideLayout) }

// BenchmarkReader and BenchmarkReaderWide are for profiles.
func BenchmarkReader(b *testing.B)     { benchReader(b, benchFile(benchRows)) }
func BenchmarkReaderWide(b *testing.B) { benchReader(b, benchWide(benchRows)) }

func benchReader(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		readAll(b, data)
	}
}

// benchShop is an export with eight columns by which customers can be grouped, as shops have them.
func benchShop(n int) []byte {
	rng := rand.New(rand.NewSource(1))
	var b bytes.Buffer
	b.WriteString("Name,Email,Created at,Total,Source,Billing Country,Discount Code,Tags,Lineitem name,Billing City,Vendor,Campaign\n")
	of := func(name string, n int) string {
		k := int(float64(n) * rng.Float64() * rng.Float64())
		return fmt.Sprintf("%s %d", name, k)
	}
	for i := range n {
		at := time.Unix(int64(1640995200+rng.Intn(730*86400)), 0).UTC().Format(time.DateOnly)
		fmt.Fprintf(&b, "#%d,customer%06d@example.com,%s,%d.%02d,%s,%s,%s,%s,%s,%s,%s,%s\n", 1001+i, rng.Intn(3*n/8), at, rng.Intn(300), rng.Intn(100),
			of("source", 8), of("country", 40), of("CODE", 60), of("label", 20), of("product", 800), of("city", 400), of("maker", 30), of("campaign", 100))
	}
	return b.Bytes()
}

// BenchmarkCarried reads 200,000 such orders without the columns and with all eight.
func BenchmarkCarried(b *testing.B) {
	data := benchShop(200_000)
	for _, carry := range []int{0, MaxCarried} {
		b.Run(fmt.Sprintf("%d columns", carry), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(Options{Carry: carry})
				r.Write(data)
				r.Close()
				if len(r.Log().Carried) != carry {
					b.Fatal(len(r.Log().Carried))
				}
			}
		})
	}
}

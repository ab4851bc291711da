// Command extract turns CDNOW's order log into the customer table that package
// cdnow embeds, one line a customer in the order of their ids:
//
//	go run ./internal/cdnow/extract core/orders/testdata/CDNOW_sample.txt.gz | gzip -9n > internal/cdnow/sample.csv.gz
//	go run ./internal/cdnow/extract core/orders/testdata/CDNOW_master.txt.gz | gzip -9n > internal/cdnow/master.csv.gz
//
// It shares no code with core/orders, so that each can be checked against the other.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"log"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	calibrationEnd = time.Date(1997, 9, 30, 0, 0, 0, 0, time.UTC)
	holdoutEnd     = time.Date(1998, 6, 30, 0, 0, 0, 0, time.UTC)
)

// spending is one customer's log: cents by day, orders of one day merged.
type spending map[time.Time]int64

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: extract CDNOW_log.txt.gz")
	}
	customers, err := read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintln(out, "frequency,recency_days,age_days,holdout_orders,repeat_spend_cents")
	for _, id := range slices.Sorted(maps.Keys(customers)) {
		fmt.Fprintln(out, summarise(customers[id]))
	}
}

// read returns every customer's log. The columns are an id, in the sample a
// second id, the date, the number of CDs and dollars.
func read(path string) (map[string]spending, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	customers := map[string]spending{}
	lines := bufio.NewScanner(plain)
	for lines.Scan() {
		field := strings.Fields(lines.Text())
		if len(field) < 4 || field[0] == "customer_id" {
			continue
		}
		day, err := time.Parse("20060102", field[len(field)-3])
		if err != nil {
			return nil, err
		}
		dollars, err := strconv.ParseFloat(field[len(field)-1], 64)
		if err != nil {
			return nil, err
		}
		if customers[field[0]] == nil {
			customers[field[0]] = spending{}
		}
		customers[field[0]][day] += int64(math.Round(100 * dollars))
	}
	return customers, lines.Err()
}

func summarise(s spending) string {
	days := slices.SortedFunc(maps.Keys(s), time.Time.Compare)
	first, last := days[0], days[0]
	var repeats, holdout, cents int64
	for _, day := range days[1:] {
		switch {
		case !day.After(calibrationEnd):
			repeats++
			last = day
			cents += s[day]
		case !day.After(holdoutEnd):
			holdout++
		}
	}
	between := func(a, b time.Time) int64 { return int64(b.Sub(a).Hours()) / 24 }
	return fmt.Sprintf("%d,%d,%d,%d,%d", repeats, between(first, last), between(first, calibrationEnd), holdout, cents)
}

package tables

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/orders"
)

// TestExports reads the exports of testdata, whose README says what is right.
func TestExports(t *testing.T) {
	text, err := os.ReadFile("testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) != 6 || !strings.Contains(cells[0], ".") {
			continue
		}
		seen++
		name := strings.TrimPrefix(cells[0], "| ")
		customers, _ := strconv.Atoi(cells[1])
		count, _ := strconv.ParseUint(cells[2], 10, 64)
		revenue, err := strconv.ParseFloat(cells[3], 64)
		if err != nil {
			t.Fatal(line, err)
		}
		p := readExport(t, name)
		asked := ""
		for _, q := range p.Questions {
			asked += q.Code.String() + " "
		}
		if p.Customers != customers || p.Orders != count || math.Abs(p.Spend-revenue) > 0.001 || !strings.Contains(asked, cells[4]) {
			t.Errorf("%s: %d customers, %d orders, %v, asked %q; want %v", name, p.Customers, p.Orders, p.Spend, asked, cells[1:5])
		}
	}
	if files, err := os.ReadDir("testdata/exports"); err != nil || len(files) != seen {
		t.Errorf("%d files, %d of them in the README, %v", len(files), seen, err)
	}
}

// TestShapes holds what JSON becomes to testdata/shapes.txt, as site/test/archive.test.ts does; UPDATE=1 writes it.
func TestShapes(t *testing.T) {
	var got strings.Builder
	files, _ := filepath.Glob("testdata/exports/*.json*")
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := Rows(bytes.NewReader(text), "")
		if err != nil || !IsJSON(text) {
			t.Fatal(name, err)
		}
		csv, _ := io.ReadAll(rows)
		fmt.Fprintf(&got, "## %s\n%s", filepath.Base(name), csv)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/shapes.txt", []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile("testdata/shapes.txt"); err != nil || got.String() != string(want) {
		t.Errorf("the rows are not those of testdata/shapes.txt (UPDATE=1 writes it): %v\n%s", err, got.String())
	}
}

func readExport(t *testing.T, name string) *orders.Report {
	t.Helper()
	file, err := os.Open("testdata/exports/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := Open(name, file)
	if err != nil {
		t.Fatal(name, err)
	}
	whole, err := Join(list, orders.Options{}, "")
	if err != nil {
		t.Fatal(name, err)
	}
	r := orders.NewReader(whole.Options(orders.Options{}))
	if _, err := io.Copy(r, whole); err != nil {
		t.Fatal(name, err)
	}
	r.Close() // the report says more
	return r.Report()
}

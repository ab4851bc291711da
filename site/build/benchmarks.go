package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// benchmarksPath is the folder of the page of published figures; benchmarksFile is what it is made of, and is published too.
const (
	benchmarksPath = "benchmarks/"
	benchmarksFile = "benchmarks.json"
)

// A benchmark is a published figure: site/base/benchmarks.ts has the same.
type benchmark struct {
	ID, Metric, Trade   string
	Low, High           float64
	Takes               *float64 `json:"use"` // the figure that may be taken over
	Year                int
	Source, Report      string
	Sample              *string
	Quote, URL          string
	Fields              []string
	Range, Use, Address string // in the page's language: the figures, and the way to a calculator that takes them
}

// A benchmarkText is how a benchmark reads in a language.
type benchmarkText struct{ Range, Use string }

// readBenchmarks reads the published figures.
func (s *site) readBenchmarks() ([]benchmark, []byte, error) {
	var all []benchmark
	body, err := os.ReadFile(filepath.Join(s.src, benchmarksFile))
	if err != nil {
		return nil, nil, err
	}
	return all, body, json.Unmarshal(body, &all)
}

// Benchmarks are the published figures of the page's business, of all where it is of none.
func (p page) Benchmarks() ([]benchmark, error) {
	all, _, err := p.site.readBenchmarks()
	var list []benchmark
	for _, b := range all {
		if p.Business != "" && b.Trade != p.Business {
			continue
		}
		text := p.site.examples[p.Lang].Benchmarks[b.ID]
		b.Range, b.Use = text.Range, text.Use
		if len(b.Fields) > 0 && b.Takes != nil {
			calculation, field, _ := strings.Cut(b.Fields[0], ".")
			b.Address = calculation + "/?" + field + "=" + strconv.FormatFloat(*b.Takes, 'g', -1, 64)
		}
		list = append(list, b)
	}
	return list, err
}

// renderBenchmarks writes the page of published figures in a language.
func (s *site) renderBenchmarks(base page, l language) error {
	_, body, err := s.readBenchmarks()
	if err != nil {
		return err
	}
	s.files[benchmarksFile] = body
	p, err := base.in(l, benchmarksPath)
	if err != nil {
		return err
	}
	p.Currencies = nil // no money stands there
	p.Heading, p.Lede, p.Description = p.Words["benchmarks_title"], p.Words["benchmarks_lede"], p.Words["benchmarks_lede"]
	return s.renderNamed(l, benchmarksPath, "benchmarks_title", "benchmarks.html", p)
}

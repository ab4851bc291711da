// Package cdnow is the data set that the literature's figures are printed for, as
// the tests of every model need it: customers who first bought at the CD shop
// CDNOW in the first quarter of 1997, summarised at 1997-09-30, with what they
// did until 1998-06-30 held out. Published by Bruce Hardie
// (brucehardie.com/datasets); package extract says how the tables were made.
package cdnow

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"strconv"

	"hourglass/core/cbs"
)

var (
	//go:embed sample.csv.gz
	sample []byte
	//go:embed master.csv.gz
	master []byte
)

// Customers is one row a customer, in the order of their ids.
type Customers struct {
	cbs.Table           // times in weeks of seven days; W is nil
	Holdout   []float64 // orders in the 39 weeks after 1997-09-30
	Spend     []float64 // mean dollars of the repeat orders; 0 when there is none
}

// Sample returns the 2,357 customers of the 1/10 sample.
func Sample() Customers { return read(sample) }

// Master returns the 23,570 customers of the whole cohort.
func Master() Customers { return read(master) }

// Repeaters returns the columns of the Gamma-Gamma model: repeat orders
// and their mean value, of the customers who have any (946 of the sample).
func (c Customers) Repeaters() (x, spend []float64) {
	for i, n := range c.X {
		if n > 0 {
			x, spend = append(x, n), append(spend, c.Spend[i])
		}
	}
	return x, spend
}

// read panics on bad data: they are embedded, and tests its only callers.
func read(packed []byte) Customers {
	plain, err := gzip.NewReader(bytes.NewReader(packed))
	must(err)
	rows, err := csv.NewReader(plain).ReadAll()
	must(err)
	var c Customers
	for _, row := range rows[1:] {
		var v [5]float64
		for i, text := range row {
			v[i], err = strconv.ParseFloat(text, 64)
			must(err)
		}
		c.X = append(c.X, v[0])
		c.TX = append(c.TX, v[1]/7)
		c.T = append(c.T, v[2]/7)
		c.Holdout = append(c.Holdout, v[3])
		c.Spend = append(c.Spend, v[4]/100/max(v[0], 1))
	}
	return c
}

func must(err error) {
	if err != nil {
		panic("cdnow: " + err.Error())
	}
}

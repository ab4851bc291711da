package main

import (
	"bytes"
	"fmt"
	"math"
	"time"

	"hourglass/core/cbs"
	"hourglass/core/customers"
	"hourglass/core/orders"
)

const (
	customersEntry  = "customers/page.mjs"
	customersModule = "customers.wasm"

	// customersPath is the folder of the page and of its workers: what is in it is served with the headers that let
	// memory be shared between them (api.SiteHeaders).
	customersPath = "customers/"
)

// customersWorkers are the scripts that run beside the customers page, by the module they begin with.
var customersWorkers = map[string]string{"engine.js": "engine/customers-worker.mjs", "sheets.js": "customers/sheet-worker.mjs"}

// bundleCustomers makes what the customers page has besides its script: the workers' scripts and the style around it.
func (s *site) bundleCustomers() error {
	style, err := s.esbuild("styles/customers-page.css")
	if err != nil {
		return err
	}
	s.addAsset("customers.css", style)
	for name, module := range customersWorkers {
		body, err := s.esbuild(module)
		if err != nil {
			return err
		}
		s.addFile(customersPath, name, body)
	}
	return nil
}

// A customersPage has the page's computed example: the sample shop, as the page itself reckons it.
type customersPage struct {
	page
	Example shopExample
}

// A shopExample is what the page answers about the sample shop within a year, at its starting settings.
type shopExample struct {
	Orders, Customers, Expected, ExpectedLow, ExpectedHigh string
	Value, ValueLow, ValueHigh, TopShare, Slipping         string
	Best                                                   []shopCustomer
}

type shopCustomer struct{ Rank, ID, Orders, Spend, Alive, Expected, Value string }

func (s *site) renderCustomers() error {
	example, err := sampleShop()
	if err != nil {
		return err
	}
	p := customersPage{page: page{site: s, Base: "../", Home: "../"}, Example: example}
	p.Title, p.Heading = "Which customers are worth most? – Hourglass", "Which of your customers matter most?"
	p.Description = "Drop an order list and see what each customer will be worth, who is slipping away, and how sure that is. It is worked out in your browser: the file never leaves it."
	p.Parts = s.needed(customersEntry)
	return s.render(customersPath+"index.html", "customers.html", p)
}

// sampleShop reckons the sample shop natively, step by step as site/customers/session.mjs does in the browser.
func sampleShop() (shopExample, error) {
	log := shopLog(customers.SampleShop().Rows())
	summary := log.Summaries(orders.Split{})
	base, fault := customers.Group(customers.Histories(summary))
	if fault.Code != cbs.Valid {
		return shopExample{}, fmt.Errorf("the sample shop: %v", fault.Code)
	}
	choice, status := customers.Choose(log, summary, nil)
	best := choice.Best()
	spend := customers.FitSpend(summary.X, summary.Mean, summary.Split.Mean, nil)
	uncertainty, _ := best.Uncertain(base.Fittable(), nil)
	model := customers.Build(best, uncertainty, spend.Spend, summary)
	terms := customers.Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 1, Level: 0.95}
	scores, s1 := model.Score(base, terms, nil)
	outcomes, s2 := model.Outcomes(base, terms, nil)
	values, s3 := model.Value(base, summary.Mean, scores, outcomes, terms)
	totals, s4 := model.Total(base, scores, outcomes, values, terms)
	segments, s5 := customers.Segments(base, scores, values, customers.Cuts{}, model.UnitDays)
	for _, s := range []customers.Status{status, s1, s2, s3, s4, s5} {
		if s != customers.Done {
			return shopExample{}, fmt.Errorf("the sample shop: %v", s)
		}
	}
	counts, _ := customers.BySegment(segments, values.Value)
	whole := func(v float64) string { return format(math.Round(v), "count", "", true) }
	money := func(v float64) string { return format(v, "money", "", true) }
	// As exact as a forecast can be read, like about in answer.mjs.
	about := func(v float64) float64 {
		scale := math.Pow(10, math.Floor(math.Log10(v))-2)
		return math.Round(v/scale) * scale
	}
	example := shopExample{
		Orders: whole(float64(log.Orders())), Customers: whole(float64(base.Len())),
		Expected: whole(about(totals.Orders.Value)), ExpectedLow: whole(about(totals.Orders.Low)), ExpectedHigh: whole(about(totals.Orders.High)),
		Value: money(about(totals.Value.Value)), ValueLow: money(about(totals.Value.Low)), ValueHigh: money(about(totals.Value.High)),
		TopShare: format(customers.Concentrate(values.Value).TopDecile, "share", "", true),
		Slipping: whole(counts[customers.SlippingChampion] + counts[customers.SlippingRegular]),
		Best:     make([]shopCustomer, 5),
	}
	for i, rank := range values.Rank {
		if int(rank) > len(example.Best) {
			continue
		}
		history := base.Row[i]
		example.Best[rank-1] = shopCustomer{
			Rank: fmt.Sprint(rank), ID: string(log.ID(int(summary.Customer[i]))), Orders: whole(summary.X[i] + 1), Spend: money(summary.Spend[i]),
			Alive: format(scores.Alive[history], "share", "", true), Expected: decimal(scores.Expected[history], 1), Value: money(values.Value[i]),
		}
	}
	return example, nil
}

// shopLog reads the rows as the page does: as a file.
func shopLog(rows customers.Rows) *orders.Log {
	var file bytes.Buffer
	file.WriteString("customer,date,amount\n")
	for i, id := range rows.ID {
		day := time.Unix(int64(rows.Day[i])*86400, 0).UTC().Format(time.DateOnly)
		fmt.Fprintf(&file, "%d,%s,%.2f\n", id, day, rows.Amount[i])
	}
	r := orders.NewReader(orders.Options{})
	r.Write(file.Bytes())
	r.Close()
	return r.Log()
}

// Customers prints, as JSON, what native Go makes of the order log that comes on its standard input: the answers that
// both builds of wasm/customers have to agree with. On purpose it does not use customers.Valuation but goes straight to the
// steps that it is made of, so that the valuation and its streams are checked too.
//
//	customers END OBSERVED_TO   days of the split, counted from 1970-01-01
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// The terms that the tests score with.
var terms = customers.Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5, Level: 0.95}

const acquisition = 20

type golden struct {
	Words         map[string][]string     `json:"words"`
	Candidates    []candidate             `json:"candidates"`
	Recommended   string                  `json:"recommended"`
	Reason        string                  `json:"reason"`
	Square        []float64               `json:"square"`
	Spend         [3]float64              `json:"spend"`
	Models        map[string]model        `json:"models"`
	Cohorts       orders.Cohorts          `json:"cohorts"`
	Concentration customers.Concentration `json:"concentration"` // of past spend
	FirstDays     []int32                 `json:"first_days"`
	LastDays      []int32                 `json:"last_days"`
	IDs           []string                `json:"ids"`
	Money         []float64               `json:"money"`
	Sample        sample                  `json:"sample"`
}

// A sample is what the sample shop has sold.
type sample struct {
	Orders int     `json:"orders"`
	Spend  float64 `json:"spend"`
}

type candidate struct {
	Kind           string    `json:"kind"`
	Parameters     []float64 `json:"parameters"`
	LogLikelihood  float64   `json:"log_likelihood"`
	StandardErrors []float64 `json:"standard_errors"`
	AIC            float64   `json:"aic"`
	Status         string    `json:"status"`
}

// A model is what scoring with one kind gives; customers in the order of the log.
type model struct {
	File        customers.File        `json:"file"`
	Totals      customers.Totals      `json:"totals"`
	New         customers.NewCustomer `json:"new"`
	Alive       []float64             `json:"p_alive"`
	Expected    []float64             `json:"expected_orders"`
	High        []float64             `json:"clv_high"`
	Value       []float64             `json:"clv"`
	Rank        []uint32              `json:"rank"`
	Segment     []int                 `json:"segment"`
	Next        []float64             `json:"next_order_days"`
	Tracking    customers.Tracking    `json:"tracking"`
	Calibration customers.Calibration `json:"calibration"`
	Warnings    []string              `json:"warnings"`
	First       []float64             `json:"first"` // P(alive) of the first customer by day
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "customers:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 3 {
		return fmt.Errorf("usage: customers END OBSERVED_TO < orders")
	}
	end, err := strconv.Atoi(os.Args[1])
	if err != nil {
		return err
	}
	observed, err := strconv.Atoi(os.Args[2])
	if err != nil {
		return err
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	reader := orders.NewReader(orders.Options{})
	reader.Write(text)
	reader.Close()
	out, err := answers(reader.Log(), orders.Split{End: int32(end), ObservedTo: int32(observed)})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

func answers(log *orders.Log, split orders.Split) (golden, error) {
	split.Gaps = true // of which one of the models makes use
	s := log.Summaries(split)
	base, fault := customers.Group(customers.Histories(s))
	if fault.Code != 0 {
		return golden{}, fmt.Errorf("row %d: %v", fault.Row, fault.Code)
	}
	choice, status := customers.Choose(log, s, nil)
	if status != customers.Done {
		return golden{}, fmt.Errorf("choose: %v", status)
	}
	spend := customers.FitSpend(s, nil)
	g := golden{
		Models: map[string]model{}, Cohorts: log.Cohorts(), Concentration: customers.Concentrate(s.Spend),
		Recommended: choice.Recommended.String(), Reason: choice.Reason.String(), Square: choice.Square,
		Spend:     [3]float64{spend.Params.P, spend.Params.Q, spend.Params.Gamma},
		FirstDays: s.First, LastDays: s.Last, Money: s.Spend,
	}
	shop := customers.SampleShop().Rows()
	g.Sample.Orders = len(shop.ID)
	for _, a := range shop.Amount {
		g.Sample.Spend += a
	}
	for _, c := range s.Customer {
		g.IDs = append(g.IDs, string(log.ID(int(c))))
	}
	for k := range customers.Kinds() {
		c := &choice.Candidates[k]
		g.Candidates = append(g.Candidates, candidate{k.String(), c.Parameters, c.Result.LogLikelihood,
			c.Result.StandardErrors, c.AIC, c.Result.Status.String()})
		u, _ := c.Uncertain(base.Fittable(), nil)
		m := customers.Build(c, u, spend.Spend, s)
		of := choice
		of.Recommended = k
		var err error
		if g.Models[k.String()], err = scored(&m, log, s, base, &of, spend); err != nil {
			return golden{}, fmt.Errorf("%v: %w", k, err)
		}
	}
	return g, nil
}

func scored(m *customers.Model, log *orders.Log, s orders.Summary, b customers.Base, c *customers.Choice, f customers.FittedSpend) (out model, err error) {
	done := func(status customers.Status) {
		if status != customers.Done && err == nil {
			err = fmt.Errorf("%v", status)
		}
	}
	scores, status := m.Score(b, terms, nil)
	done(status)
	outcomes, status := m.Outcomes(b, terms, nil)
	done(status)
	values, status := m.Value(b, s.Mean, scores, outcomes, terms)
	done(status)
	segments, status := customers.Segments(b, scores, values, customers.Cuts{}, m.UnitDays)
	done(status)
	next, status := m.NextOrders(b, 0.5, nil)
	done(status)
	out = model{File: m.File(), High: values.High, Value: values.Value, Rank: values.Rank}
	out.Totals, status = m.Total(b, scores, outcomes, values, terms)
	done(status)
	record, status := customers.Roll(log, m.Kind, s.Split, terms.HorizonDays, nil)
	done(status)
	out.Tracking, status = m.Track(log, 7, s.Split.End, nil)
	done(status)
	record.Follow(out.Tracking, log, terms.HorizonDays)
	out.Totals = out.Totals.Checked(&record, terms)
	out.New, status = m.NewCustomer(terms, acquisition)
	done(status)
	out.Calibration, status = m.Calibrate(b, s)
	done(status)
	for i, row := range b.Row {
		out.Alive = append(out.Alive, scores.Alive[row])
		out.Expected = append(out.Expected, scores.Expected[row])
		out.Next = append(out.Next, next[row])
		out.Segment = append(out.Segment, int(segments[i]))
	}
	for _, w := range customers.Warnings(c, s, f, out.Tracking, terms) {
		out.Warnings = append(out.Warnings, w.Code.String())
	}
	first := int(s.Customer[0])
	out.First = m.Survival(log.Days(first)[:int(s.X[0])+1], s.Split.End)
	return out, err
}

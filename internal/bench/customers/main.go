// Customers is the native half of site/engine/bench-customers.mjs.
//
//	customers shop N      prints an order log of about N orders by N/10 customers, in order of time
//	customers time FILE   prints how long native Go takes for each stage from that file to ranked customers, as JSON
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"time"

	"hourglass/core/customers"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/paretonbd"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "customers:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "shop" {
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return shop(n)
	}
	if len(args) == 2 && args[0] == "time" {
		return stages(args[1])
	}
	return errors.New("usage: customers shop N | time FILE")
}

// shop invents two years in which a customer orders ten times on average.
func shop(n int) error {
	s := customers.Shop{Seed: 2026, Customers: n / 10, First: 19723, Days: 731,
		Orders: paretonbd.Params{R: 0.9, Alpha: 18, S: 0.6, Beta: 110}, Spend: gammagamma.Params{P: 6, Q: 4, Gamma: 22.5}}
	rows := s.Rows()
	order := make([]int, len(rows.ID))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(rows.Day[a] - rows.Day[b]) })
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "customer_id,order_date,amount")
	for _, i := range order {
		year, month, day := orders.Civil(rows.Day[i])
		fmt.Fprintf(w, "C%07d,%04d-%02d-%02d,%.2f\n", rows.ID[i], year, month, day, rows.Amount[i])
	}
	return w.Flush()
}

// A clock measures stages, in milliseconds.
type clock struct {
	at     time.Time
	Stages map[string]float64 `json:"stages"`
}

func (c *clock) stage(name string) {
	now := time.Now()
	c.Stages[name] += float64(now.Sub(c.at).Microseconds()) / 1000
	c.at = time.Now()
}

func stages(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	c := clock{at: time.Now(), Stages: map[string]float64{}}
	r := orders.NewReader(orders.Options{})
	for at := 0; at < len(text); at += 1 << 18 {
		r.Write(text[at:min(at+1<<18, len(text))])
	}
	r.Close()
	c.stage("read")
	log := r.Log()
	s := log.Summaries(orders.Split{})
	b, _ := customers.Group(customers.Histories(s))
	c.stage("summarise")
	for k := range customers.Kinds() {
		customers.Fit(k, b.Fittable(), nil)
		c.stage("fit " + k.String())
	}
	choice, status := customers.Choose(log, s, nil)
	if status != customers.Done {
		return fmt.Errorf("choose: %v", status)
	}
	c.stage("choose")
	spend := customers.FitSpend(s.X, s.Mean, s.Split.Mean, nil)
	c.stage("fit spend")
	u, _ := choice.Best().Uncertain(b.Fittable(), nil)
	m := customers.Build(choice.Best(), u, spend.Spend, s)
	c.stage("build")
	if err := value(&m, b, s, &c); err != nil {
		return err
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"stages": c.Stages, "orders": log.Orders(), "customers": b.Len(), "histories": b.Table.Len(),
		"recommended": choice.Recommended.String(), "memory": memory.HeapSys,
	})
}

// value does what score does in the module.
func value(m *customers.Model, b customers.Base, s orders.Summary, c *clock) error {
	o := customers.Options{HorizonDays: 365, AnnualDiscount: 0.1, Margin: 0.5, Level: 0.95}
	scores, first := m.Score(b, o, nil)
	outcomes, second := m.Outcomes(b, o, nil)
	if first != customers.Done || second != customers.Done {
		return fmt.Errorf("score: %v, %v", first, second)
	}
	values, _ := m.Value(b, s.Mean, scores, outcomes, o)
	m.Total(b, scores, outcomes, values, o)
	m.NewCustomer(o, 0)
	customers.Segments(b, scores, values, customers.Cuts{}, m.UnitDays)
	c.stage("score")
	m.NextOrders(b, 0.5, nil)
	c.stage("next orders")
	return nil
}

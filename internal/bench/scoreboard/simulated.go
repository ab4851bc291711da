package main

import (
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/internal/bench/shops"
)

// sizes of the shops that are invented of each kind, customers and days.
var sizes = [][2]int{{600, 1095}, {2500, 730}}

// A cell is how the ranges of one kind of shop did. Plain is the 95 % range by earlier forecasts alone, without the pace of the latest quarter and the
// spread around the model.
type cell struct {
	row
	half, warned                     float64
	plainHold, plainScore, plainHalf float64
}

func (c *cell) add(actual float64, r *customers.Record, total customers.Estimate, deviation float64, money, warned bool) {
	c.row.add(actual, total, r.Range(total.Value, deviation, 0.8, money), 0, true)
	c.half += math.Log(total.High/total.Low) / 2
	if warned {
		c.warned++
	}
	plain := *r
	plain.Pace, plain.Spread = customers.Pace{}, 0
	e := plain.Range(total.Value, deviation, 0.95, money)
	c.plainHold += held(actual, e)
	c.plainScore += score(actual, e, 0.95)
	c.plainHalf += math.Log(e.High/e.Low) / 2
}

func (c *cell) merge(o cell) {
	c.n, c.error, c.bias, c.half, c.warned = c.n+o.n, c.error+o.error, c.bias+o.bias, c.half+o.half, c.warned+o.warned
	c.plainHold, c.plainScore, c.plainHalf = c.plainHold+o.plainHold, c.plainScore+o.plainScore, c.plainHalf+o.plainHalf
	c.hold95, c.hold80, c.score95, c.score80 = c.hold95+o.hold95, c.hold80+o.hold80, c.score95+o.score95, c.score80+o.score80
}

func (c *cell) text(name string) string {
	of := func(v float64) string { return fmt.Sprintf("%.2f", v/c.n) }
	return fmt.Sprintf("| %s | %.0f | %s | %+.2f | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", name, c.n, of(c.error), c.bias/c.n, of(c.hold95), of(c.hold80), of(c.score95),
		of(c.score80), of(c.half), of(c.warned), of(c.plainHold), of(c.plainScore), of(c.plainHalf))
}

// simulated holds the ranges against invented shops, so many seeds of each kind and size.
func simulated(out *strings.Builder, seeds int, only string) {
	type result struct{ orders, money cell }
	var worlds []shops.World
	for _, w := range shops.Worlds() {
		if strings.Contains(w.Name, only) {
			worlds = append(worlds, w)
		}
	}
	results := make([]result, len(worlds))
	type job struct{ world, people, days, seed int }
	jobs := make(chan job)
	var lock sync.Mutex
	var working sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		working.Go(func() {
			for j := range jobs {
				orders, money := shop(worlds[j.world].Log(j.people, j.days, uint64(j.seed)))
				lock.Lock()
				results[j.world].orders.merge(orders)
				results[j.world].money.merge(money)
				lock.Unlock()
			}
		})
	}
	for seed := 1; seed <= seeds; seed++ {
		for w := range worlds {
			for _, size := range sizes {
				jobs <- job{w, size[0], size[1], seed}
			}
		}
	}
	close(jobs)
	working.Wait()
	for _, part := range []struct {
		name string
		of   func(r *result) *cell
	}{{"orders", func(r *result) *cell { return &r.orders }}, {"money", func(r *result) *cell { return &r.money }}} {
		fmt.Fprintf(out, "| %s | forecasts | error | bias | holds 95%% | 80%% | score 95%% | 80%% | half-width | told | plain 95%% | score | half-width |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n", part.name)
		for w := range worlds {
			if c := part.of(&results[w]); c.n > 0 {
				out.WriteString(c.text(worlds[w].Name))
			}
		}
		out.WriteString("\n")
	}
}

// shop makes the rolling forecasts of one log.
func shop(l *orders.Log) (count, money cell) {
	first, last := l.Span()
	for _, h := range horizons {
		for _, share := range cuts {
			at := first + int32(share*float64(last-first))
			if at+h > last {
				continue
			}
			s, _, status := customers.Summarise(l, orders.Split{End: at, ObservedTo: at + h, UnitDays: 7})
			if status != customers.Done {
				continue
			}
			choice, status := customers.Choose(nil, s, nil) // by likelihood, as always; without the test, which has no say
			if status != customers.Done || choice.Reason == customers.NoneUsable {
				continue
			}
			v := customers.NewValuation()
			v.Of(l)
			v.Settings = customers.Settings{Split: orders.Split{End: at, UnitDays: 7}, Pick: customers.Picked(choice.Recommended),
				Options: customers.Options{HorizonDays: float64(h), Margin: 1, Level: 0.95}, Wants: customers.Wants{Intervals: true, Totals: true, Tracking: true}}
			if v.Run(nil) != customers.Done || !v.Answer.Answerable() {
				continue
			}
			t, record := v.Answer.Totals, &v.Answer.Known.Record
			warned := isWarned(v.Warnings())
			count.add(sum(s.HoldoutX), record, t.Orders, t.OrdersDeviation, false, warned)
			if t.Spend.Value > 0 {
				money.add(sum(s.HoldoutSpend), record, t.Spend, t.MoneyDeviation, true, warned)
			}
		}
	}
	return count, money
}

// isWarned reports whether a warning says that the shop moves in a way that the model does not know, or that its forecasts missed.
func isWarned(warnings []customers.Warning) bool {
	for _, w := range warnings {
		switch w.Code {
		case customers.TrendUnknown, customers.SeasonUnknown, customers.MissesHoldout:
			return true
		}
	}
	return false
}

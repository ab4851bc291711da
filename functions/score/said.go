package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// say tells, beside the total, of its season and months, of the segments, and how far earlier forecasts can be relied on.
func (p *population) say(out io.Writer, o customers.Options) {
	p.saySeason(out, o.HorizonDays)
	p.saySegments(out, o)
	p.sayEvidence(out)
}

// saySeason says which season is in the forecast, or why none is, and what is expected of each month.
func (p *population) saySeason(out io.Writer, horizon float64) {
	a := p.AnswerResult()
	s := &a.Season
	switch {
	case p.Log == nil:
		return
	case s.Known:
		high, low := s.Extremes()
		fmt.Fprintf(out, "season: %s brings %+.0f%% against the year around it, %s %+.0f%% (%.0f years); the forecast has that\n", time.Month(high),
			100*(s.Index[high-1]-1), time.Month(low), 100*(s.Index[low-1]-1), s.Years)
	case s.Years > 0:
		fmt.Fprintf(out, "season: none is clear in %.0f years, so none is in the forecast\n", s.Years)
	default:
		fmt.Fprintf(out, "season: none is in the forecast; to see one takes two whole years\n")
	}
	var ahead []string
	for _, m := range a.Months {
		if !m.Ahead {
			continue
		}
		year, month, day := orders.Civil(m.First)
		_, _, last := orders.Civil(m.Last)
		text := fmt.Sprintf("%s %d", time.Month(month), year)
		if _, _, next := orders.Civil(m.Last + 1); last == day {
			text = fmt.Sprintf("%d %s", day, text)
		} else if day > 1 || next > 1 { // a part of one
			text = fmt.Sprintf("%d to %d %s", day, last, text)
		}
		ahead = append(ahead, text+" "+whole(m.Expected))
	}
	if len(ahead) > 1 {
		fmt.Fprintf(out, "orders by month: %s\n", strings.Join(ahead, ", "))
	}
}

// saySegments writes a line for each segment that somebody is in.
func (p *population) saySegments(out io.Writer, o customers.Options) {
	a := &p.Answer
	level, money, currency := o.Level, a.Known.Model.Spend.Basis != customers.NoSpend, ""
	if p.Log != nil && !a.Known.Record.Checked() {
		level = min(level, 0.8)
	}
	if p.currency != "" {
		currency = " " + p.currency
	}
	fmt.Fprintf(out, "segments: what each brings within %s, with %g%% probability\n", days(o.HorizonDays), 100*level)
	for k, s := range a.BySegment() {
		if s.Customers == 0 {
			continue
		}
		r := s.Ranges
		text := fmt.Sprintf("segment %s: %s, %s of them expected to be active; %s expected, %s to %s", segmentName(customers.Segment(k)),
			counted(uint64(s.Customers), "customer"), whole(s.Alive), counted(uint64(math.Round(s.ExpectedOrders)), "order"), whole(r.Orders.Low), whole(r.Orders.High))
		if money {
			text += fmt.Sprintf("; value %s%s", whole(s.Value), currency)
			if r.Told {
				text += fmt.Sprintf(", %s to %s", whole(r.Value.Low), whole(r.Value.High))
			}
		}
		fmt.Fprintln(out, text)
	}
}

// segmentName is a segment by the glossary; the rows have its wire name.
func segmentName(s customers.Segment) string {
	return strings.NewReplacer("_", " ", "slipping", "at-risk", "newcomer", "new customer", "occasional", "occasional customer").Replace(s.String())
}

// sayEvidence says how earlier forecasts did beside rules that need no model, and whether ranking customers by value finds more than simpler rankings.
func (p *population) sayEvidence(out io.Writer) {
	e := p.AnswerResult().Evidence
	if e.Forecasts == 0 {
		return
	}
	fmt.Fprintf(out, "evidence: %s of orders over %s %s off by %s; as many orders as a year before (or just before) by %s, each customer's own rate for ever by %s; "+
		"the 95%% range would have held %d of %d\n", counted(uint64(e.Forecasts), "earlier forecast"), days(e.HorizonDays), map[bool]string{true: "was", false: "were"}[e.Forecasts == 1],
		percent(e.Forecast.Miss), percent(e.SameAgain.Miss), percent(e.RateOn.Miss), e.Held, e.Forecasts)
	for k, miss := range [...]float64{e.SameAgain.Miss, e.RateOn.Miss} {
		if miss+nearer < e.Forecast.Miss {
			fmt.Fprintf(out, "evidence: here %s would have been nearer than the model\n", [...]string{"as many orders as a year before", "each customer's own rate"}[k])
		}
	}
	what := "revenue"
	if p.Answer.Known.Model.Spend.Basis == customers.NoSpend {
		what = "orders"
	}
	verdict := "no more than chance makes of it, so use either ranking"
	switch {
	case e.RFM.Leads > 0:
		verdict = "more than chance makes of it"
	case e.RFM.Leads < 0:
		verdict = "less: rank by RFM"
	}
	fmt.Fprintf(out, "ranking: of the %s that came in the latest of them, the best 20%% by expected value brought %s, by recency, frequency and spend (RFM) %s, by spend so far %s; against RFM that is %s\n",
		what, percent(e.Model.Fifth), percent(e.RFM.Fifth), percent(e.Spent.Fifth), verdict)
}

// nearer is by how much less a rule has to miss for that to be told: a twentieth of a total moves no plan.
const nearer = 0.05

func percent(share float64) string { return fmt.Sprintf("%.0f%%", 100*share) }

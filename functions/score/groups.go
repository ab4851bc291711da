package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/score/rows"
	"hourglass/functions/sources"
)

// groupColumn finds the column of -by and has the reader look at it.
func (s *settings) groupColumn(head []byte, o *orders.Options) error {
	if s.by == "" || s.by == customers.FirstMonth {
		return nil
	}
	if k, err := strconv.Atoi(s.by); err == nil {
		if found := probe(head, *o); !hasColumn(found, k) {
			return rows.Misuse("-by %s: the file has columns 1 to %d", s.by, found.Width)
		}
		o.GroupBy = k
		return nil
	}
	names := probe(head, *o).Names
	if o.GroupBy = columnNamed(names, s.by); o.GroupBy == 0 {
		return fmt.Errorf("-by: no column is named %q: there are %s, and %s", s.by, seen(&orders.Report{Names: names, Width: len(names)}), customers.FirstMonth)
	}
	return nil
}

// probe is what the reader finds in the beginning of a file.
func probe(head []byte, o orders.Options) *orders.Report {
	r := orders.NewReader(o)
	r.Write(head)
	r.Close()
	return r.Report()
}

// byGroup tells where the customers come from, and what they cost.
func (p *population) byGroup(s *settings, stderr io.Writer) (*customers.Sources, error) {
	by := s.by
	if by != customers.FirstMonth {
		by = strconv.Itoa(p.Log.Carried[0].Column)
	}
	out, status := p.Answer.Sources(p.Log, by, nil)
	if status != customers.Done {
		return nil, statusError(status)
	}
	if s.spend == "" {
		return out, nil
	}
	text, err := os.ReadFile(s.spend)
	if err != nil {
		return nil, err
	}
	first, _ := p.Log.Span()
	costs := orders.ReadCosts(text, s.by, first, p.Summary.Split.End)
	if len(costs.Each) == 0 {
		return nil, fmt.Errorf("-spend: no costs in %s, %s: it needs a column that names the group and one of amounts; where it has days, those outside the days of the orders do not count", s.spend, counted(uint64(costs.Rows), "row"))
	}
	out.Pay(costs.Each)
	if !s.quiet {
		text := fmt.Sprintf("spend: %s for %s", counted(uint64(costs.Rows-costs.Outside-costs.Skipped), "row"), counted(uint64(len(costs.Each)), "group"))
		if costs.Outside > 0 {
			text += fmt.Sprintf("; %s outside the days of the orders", grouped(uint64(costs.Outside)))
		}
		if costs.Skipped > 0 {
			text += fmt.Sprintf("; %s without a group, an amount or a day", grouped(uint64(costs.Skipped)))
		}
		if len(out.Unused) > 0 {
			text += fmt.Sprintf("; no customers came from %s", quotedList(out.Unused))
		}
		fmt.Fprintln(stderr, text)
	}
	return out, nil
}

// quotedList names the first few of a list.
func quotedList(names []string) string {
	var out []string
	for _, one := range names[:min(len(names), 5)] {
		out = append(out, strconv.Quote(one))
	}
	if more := len(names) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("%d more", more))
	}
	return strings.Join(out, ", ")
}

// sayGroups writes a line a group, and what the differences are.
func sayGroups(out io.Writer, g *customers.Sources, by string, o customers.Options, money bool, currency string) {
	what := "value after margin and discount"
	if !money {
		what = "orders"
	}
	if currency != "" {
		currency = " " + currency
	}
	of := func(e, repeats customers.Estimate) string {
		if !money {
			return fmt.Sprintf("%.2f repeat orders (%.2f to %.2f)", repeats.Value, repeats.Low, repeats.High)
		}
		return fmt.Sprintf("%s%s (%s to %s)", coins(e.Value), currency, coins(e.Low), coins(e.High))
	}
	fmt.Fprintf(out, "groups: a new customer by %s, %s within %s of the first order, with %g%% probability; of all %s\n", by, what, days(o.HorizonDays), 100*o.Level,
		of(g.All.Value, g.All.Repeats))
	for k := range g.Each {
		one := &g.Each[k]
		against := "not told from all others"
		if one.Differs {
			against = fmt.Sprintf("%+.0f%% against all (%+.0f to %+.0f%%)", 100*(one.Against.Value-1), 100*(one.Against.Low-1), 100*(one.Against.High-1))
		}
		fmt.Fprintf(out, "group %q: %s, %s ordered again; %s; %s; %.0f%% from its own orders\n", sources.Name(one.GroupName), counted(uint64(one.Customers), "customer"),
			grouped(uint64(one.Repeaters)), of(one.Value, one.Repeats), against, 100*one.Own)
		if text := grownText(&one.Growth, money, currency); text != "" {
			fmt.Fprintf(out, "group %q: %s\n", sources.Name(one.GroupName), text)
		}
		if one.Payback.Known {
			fmt.Fprintf(out, "group %q: cost %s%s; CAC %s; CLV:CAC %.2f (%.2f to %.2f); %s\n", sources.Name(one.GroupName), coins(one.Cost), currency, coins(one.CAC),
				one.Ratio.Value, one.Ratio.Low, one.Ratio.High, paybackText(one.Payback))
		}
	}
	if g.Paid.Payback.Known {
		fmt.Fprintf(out, "groups: CAC %s over every customer; over those of groups with a cost %s, CLV:CAC %.2f\n", coins(g.All.CAC), coins(g.Paid.CAC), g.Paid.Ratio.Value)
	}
	if g.Overlap {
		fmt.Fprintf(out, "groups: the column holds several values: a customer is in the group of each, so the groups overlap and their customers add up to more than the %s of all\n", grouped(uint64(g.All.Customers)))
	}
	if g.Differ == 0 {
		fmt.Fprintf(out, "groups: no group differs from the others by more than chance explains\n")
	}
}

// shownAges are the ages, of customers.GrowthAges, that a report has.
var shownAges = [...]int{1, 3, 6, 12}

// grownText is what customers did by equal age, as far as enough of them are that old.
func grownText(g *customers.Growth, money bool, currency string) string {
	var again, margin []string
	for _, at := range shownAges {
		if at >= g.Seen {
			break
		}
		again = append(again, fmt.Sprintf("%.0f%%", 100*g.Again[at].Value))
		margin = append(margin, coins(g.Margin[at].Value))
	}
	if len(again) == 0 {
		return ""
	}
	text := fmt.Sprintf("ordered again within %s days of the first order %s", agesText(len(again)), strings.Join(again, ", "))
	if money {
		text += fmt.Sprintf("; margin per customer by then %s%s", strings.Join(margin, ", "), currency)
	}
	return text
}

func agesText(n int) string {
	var days []string
	for _, at := range shownAges[:n] {
		days = append(days, strconv.Itoa(int(customers.GrowthAges[at])))
	}
	return strings.Join(days, ", ")
}

// paybackText is when a cost is earned.
func paybackText(p customers.Payback) string {
	switch {
	case p.TooEarly:
		return "too early to tell when it is paid back"
	case p.Month == customers.NeverPaid:
		return "not paid back within 12 months"
	case p.Month == 0:
		return "paid back by the first order"
	case p.Forecast:
		return fmt.Sprintf("paid back in month %d, by the forecast", p.Month)
	}
	return fmt.Sprintf("paid back in month %d", p.Month)
}

// coins is an amount for one customer.
func coins(v float64) string {
	if v >= 1000 {
		return whole(v)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

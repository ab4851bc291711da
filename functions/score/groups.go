package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/score/rows"
)

// firstMonth is the -by that is no column: the month of the first order.
const firstMonth = "first-month"

// groupColumn finds the column of -by and has the reader look at it.
func (s *settings) groupColumn(head []byte, o *orders.Options) error {
	if s.by == "" || s.by == firstMonth {
		return nil
	}
	if k, err := strconv.Atoi(s.by); err == nil {
		if k < 1 {
			return rows.Misuse("-by %s: columns are numbered from 1", s.by)
		}
		o.GroupBy = k
		return nil
	}
	names := headerNames(head, *o)
	if o.GroupBy = 1 + slices.IndexFunc(names, func(name []byte) bool { return strings.EqualFold(string(bytes.TrimSpace(name)), s.by) }); o.GroupBy == 0 {
		return fmt.Errorf("-by: no column is named %q: there are %s, and %s", s.by, seen(&orders.Report{Names: names, Width: len(names)}), firstMonth)
	}
	return nil
}

// headerNames are those that the reader finds in the beginning of a file.
func headerNames(head []byte, o orders.Options) [][]byte {
	probe := orders.NewReader(o)
	probe.Write(head)
	probe.Close()
	return probe.Report().Names
}

// groups are those of -by, with their names, the largest first.
type groups struct {
	customers.Groups
	names []string
}

// Names of groups that are none.
const (
	unnamed = "(empty)"
	others  = "(all others)"
)

// byGroup values a new customer of each group.
func (p *population) byGroup(s *settings) (g groups, err error) {
	name := p.groupName(s.by)
	size := map[string]int{}
	for i := range p.Summary.X {
		size[name(i)]++
	}
	for one := range size {
		g.names = append(g.names, one)
	}
	slices.SortFunc(g.names, func(a, b string) int {
		if size[a] != size[b] {
			return size[b] - size[a]
		}
		return strings.Compare(a, b)
	})
	if len(g.names) > customers.MostGroups {
		g.names = append(g.names[:customers.MostGroups-1], others)
	}
	number := map[string]uint32{}
	for k, one := range g.names {
		number[one] = uint32(k)
	}
	of := make([]uint32, len(p.Summary.X))
	for i := range of {
		k, ok := number[name(i)]
		if !ok {
			k = uint32(len(g.names) - 1)
		}
		of[i] = k
	}
	var status customers.Status
	if g.Groups, status = p.Answer.Known.Model.Groups(p.Summary, of, len(g.names), s.value, nil); status != customers.Done {
		return g, statusError(status)
	}
	return g, nil
}

// groupName returns a function that names the group of a customer of the summary.
func (p *population) groupName(by string) func(i int) string {
	if by == firstMonth {
		return func(i int) string { return dateText(p.Summary.First[i])[:len("2024-01")] }
	}
	log := p.Log
	return func(i int) string {
		if g := log.Group[p.Summary.Customer[i]]; g > 0 {
			return string(log.GroupName(int(g) - 1))
		}
		return unnamed
	}
}

// say writes a line a group, and what the differences are.
func (g *groups) say(out io.Writer, by string, o customers.Options, money bool, currency string) {
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
	fmt.Fprintf(out, "groups: a new customer by %s, %s within %.0f days of the first order, with %g%% probability; of all %s\n", by, what, o.HorizonDays, 100*o.Level,
		of(g.All.Value, g.All.Repeats))
	noise := 0
	for k, one := range g.Each {
		against := "not told from all others"
		if one.Differs {
			against = fmt.Sprintf("%+.0f%% against all (%+.0f to %+.0f%%)", 100*(one.Against.Value-1), 100*(one.Against.Low-1), 100*(one.Against.High-1))
		} else {
			noise++
		}
		fmt.Fprintf(out, "group %q: %s, %s ordered again; %s; %s; %.0f%% from its own orders\n", g.names[k], counted(uint64(one.Customers), "customer"),
			grouped(uint64(one.Repeaters)), of(one.Value, one.Repeats), against, 100*one.Own)
	}
	if noise == len(g.Each) {
		fmt.Fprintf(out, "groups: no group differs from the others by more than chance explains\n")
	}
}

// coins is an amount for one customer.
func coins(v float64) string {
	if v >= 1000 {
		return whole(v)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

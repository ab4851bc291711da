package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/orders"
	"hourglass/functions/score/rows"
)

// foundConsent stands for the column that the reader takes for consent by its name.
const foundConsent = "found"

// parseAlong reads the columns that -carry and -consent name.
func (s *settings) parseAlong(carry, consent string) error {
	if s.given["carry"] && strings.TrimSpace(carry) == "" || s.given["consent"] && strings.TrimSpace(consent) == "" {
		return rows.Misuse("-carry and -consent name columns of the file, by name or number: found is the one of consent whose name says so")
	}
	if carry != "" {
		for name := range strings.SplitSeq(carry, ",") {
			if name = strings.TrimSpace(name); name == "" {
				return rows.Misuse("-carry names an empty column")
			}
			s.carry = append(s.carry, name)
		}
	}
	s.consent = strings.TrimSpace(consent)
	if len(s.carry) > orders.MaxKept-1 {
		return rows.Misuse("-carry names %d columns, and %d are carried at most", len(s.carry), orders.MaxKept-1)
	}
	return nil
}

// alongs reports whether columns of the file are asked for.
func (s *settings) alongs() bool { return len(s.carry) > 0 || s.consent != "" }

// keptColumns has the reader keep what -carry and -consent name: the columns of -carry in their order, and last that of -consent.
func (s *settings) keptColumns(head []byte, o *orders.Options) error {
	if !s.alongs() {
		return nil
	}
	report := probe(head, *o)
	column := func(option, name string) error {
		k, err := strconv.Atoi(name)
		switch {
		case err != nil:
			k = columnNamed(report.Names, name)
		case k < 1 || k > report.Width:
			return rows.Misuse("-%s %s: the file has columns 1 to %d", option, name, report.Width)
		}
		if k == 0 {
			return fmt.Errorf("-%s: no column is named %q: there are %s", option, name, seen(report))
		}
		o.Keep = append(o.Keep, strconv.Itoa(k))
		return nil
	}
	for _, name := range s.carry {
		if err := column("carry", name); err != nil {
			return err
		}
	}
	if s.consent == "" {
		return nil
	}
	if strings.EqualFold(s.consent, foundConsent) && columnNamed(report.Names, s.consent) == 0 {
		if report.Consent == 0 {
			return fmt.Errorf("-consent found: no column's name says who accepts marketing: there are %s; name it", seen(report))
		}
		o.Keep = append(o.Keep, strconv.Itoa(report.Consent))
		return nil
	}
	return column("consent", s.consent)
}

// columnNamed is the number of a column by its name, 0 for none.
func columnNamed(names [][]byte, name string) int {
	return 1 + slices.IndexFunc(names, func(of []byte) bool { return strings.EqualFold(string(bytes.TrimSpace(of)), name) })
}

// An along is what stands in the file of the customers that are valued.
type along struct {
	log     *orders.Log
	row     func(i int) int // the customer's place in it
	names   []string        // of the columns of -carry
	consent int             // place among the kept columns, -1 for none
}

// alongOf finds it in a log, of which valued may be a part.
func (s *settings) alongOf(log, valued *orders.Log, customer []uint32) *along {
	if !s.alongs() {
		return nil
	}
	a := &along{log: log, row: func(i int) int { return int(customer[i]) }, consent: -1}
	if log != valued {
		place := map[string]int{}
		for c := range log.Customers() {
			place[string(log.ID(c))] = c
		}
		a.row = func(i int) int { return place[string(valued.ID(int(customer[i])))] }
	}
	for i := range log.Kept {
		if i == len(s.carry) {
			a.consent = i
			continue
		}
		name := string(log.Kept[i].Name)
		if name == "" {
			name = "column " + strconv.Itoa(log.Kept[i].Column)
		}
		a.names = append(a.names, name)
	}
	return a
}

// cells are a customer's, in the order of the names; what they are put into is used again.
func (a *along) cells(i int, to [][]byte) [][]byte {
	to = to[:0]
	for k := range a.names {
		to = append(to, a.log.KeptBy(k, a.row(i)))
	}
	return to
}

// consents reports whether a customer is written.
func (a *along) consents(i int) bool {
	return a == nil || a.consent < 0 || a.log.ConsentBy(a.consent, a.row(i))
}

// say tells how many of the customers consent.
func (a *along) say(out io.Writer, customers int) {
	if a == nil || a.consent < 0 {
		return
	}
	yes := 0
	for i := range customers {
		if a.consents(i) {
			yes++
		}
	}
	fmt.Fprintf(out, "consent: %s of %s by %q; the others are valued, and not written\n", grouped(uint64(yes)), counted(uint64(customers), "customer"), a.log.Kept[a.consent].Name)
}

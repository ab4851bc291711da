package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
	"hourglass/functions/score/rows"
)

// A purpose is what a call is for, by which options have an effect.
type purpose struct {
	does string   // as a sentence ends
	uses []string // options that have an effect
	next string   // what to do with the others
}

// reading are the options of how an order log is read.
var reading = []string{"columns", "identity", "statuses", "keep", "refunds", "currency", "rates", "skip", "sheet", "json-path", "date-order", "decimal", "reading", "from", "calibration-end"}

var (
	printing = purpose{"with -sql, which prints a text and reads nothing", []string{"sql", "table", "columns", "calibration-end", "quiet"}, "Leave it out"}
	piping   = purpose{"with -stream, which reads a row of summaries at a time", []string{"stream", "model-file", "input", "columns", "unit", "horizon", "margin", "discount", "level", "format", "fields", "raw-ids", "quiet", "subscriptions"}, "Leave it out"}
	summing  = purpose{"with -summaries, which values nothing", append([]string{"summaries", "input", "unit", "format", "raw-ids", "quiet", "subscriptions"}, reading...), "Give it when you score the summaries"}
	tabling  = purpose{"on summaries, which have a row for each customer and no orders", []string{"input", "columns", "unit", "sheet", "json-path", "horizon", "margin", "discount", "level", "model", "model-file", "save-model", "calibration-end",
		"format", "fields", "raw-ids", "quiet", "subscriptions", "by", "spend", "evidence", "carry", "consent"}, "Leave it out, or give it when you make the summaries"}
)

// renewing is what values a list by retention: of orders that come as regularly as renewals, what tells how they are read has an effect too.
func (s *settings) renewing() purpose {
	uses := []string{"subscriptions", "input", "columns", "currency", "date-order", "decimal", "sheet", "json-path", "reading", "calibration-end", "margin", "discount", "horizon", "level", "format", "raw-ids", "quiet"}
	if s.found.Form == subscriptions.Orders {
		uses = append(uses, reading...)
	}
	return purpose{"on " + formWords[s.found.Form], uses, "Leave it out, or value the list as repeat purchases with -subscriptions no"}
}

// refuse finds an option of the command line that has no effect.
func (s *settings) refuse(p purpose) error {
	for _, name := range slices.Sorted(maps.Keys(s.given)) {
		if !slices.Contains(p.uses, name) {
			return rows.Misuse("-%s has no effect %s. %s", name, p.does, p.next)
		}
	}
	return nil
}

// checkUsed finds what the command line alone tells to have no effect.
func (s *settings) checkUsed() error {
	for _, file := range s.files {
		if strings.HasPrefix(file, "-") && file != "-" {
			return rows.Misuse("options stand before files, and %s stands behind one", file)
		}
	}
	if err := s.checkOptions(); err != nil {
		return err
	}
	return s.checkRoles()
}

func (s *settings) checkOptions() error {
	switch {
	case s.sql != "" && len(s.files) > 0:
		return rows.Misuse("-sql prints a text and reads no file, such as %s. Name the table in your warehouse with -table", s.files[0])
	case s.sql != "":
		return s.refuse(printing)
	case s.given["table"]:
		return rows.Misuse("-table names the table of -sql. Leave it out, or choose a warehouse with -sql")
	case s.stream:
		return s.refuse(piping)
	case s.summaries:
		return s.refuse(summing)
	case s.input == "summaries":
		return s.refuse(tabling)
	}
	return nil
}

// checkRoles finds a column of what is not read.
func (s *settings) checkRoles() error {
	roles, what := []string(nil), ""
	switch {
	case s.sql != "":
		roles, what = []string{"id", "date", "amount"}, "-sql"
	case s.stream || s.input == "summaries":
		roles, what = rows.RoleNames[:], "summaries"
	case s.summaries || s.input == "orders":
		roles, what = orderRoles(), "an order log"
	default:
		return nil
	}
	for _, role := range slices.Sorted(maps.Keys(s.columns)) {
		if !slices.Contains(roles, role) {
			return rows.Misuse("-columns names %s, and the columns of %s are %s", role, what, strings.Join(roles, ", "))
		}
	}
	return nil
}

// quoted puts each in quotes.
func quoted(list []string) (out []string) {
	for _, text := range list {
		out = append(out, strconv.Quote(text))
	}
	return out
}

// sayUnused tells of options that find nothing in the log.
func (s *settings) sayUnused(out io.Writer, r *orders.Report, log *orders.Log) {
	say := func(option, what, next string) {
		if s.given[option] {
			fmt.Fprintf(out, "note: -%s: %s (%s)\n", option, what, next)
		}
	}
	if len(log.Unskipped) > 0 {
		say("skip", "nobody is called "+strings.Join(quoted(log.Unskipped), ", "), "it takes ids as the file has them; -identity says in which column they stand")
	}
	if s.reading.SkipOutsized && r.Skipped == 0 {
		say("skip", "nobody has far more rows than a person has", "name the customer by id")
	}
	for _, rule := range s.reading.Statuses {
		if !slices.ContainsFunc(r.Statuses, func(c orders.StatusCount) bool { return c.Chosen && strings.EqualFold(string(c.Text), rule.Text) }) && r.StatusOverflow == 0 {
			say("statuses", fmt.Sprintf("no row has the status %q", rule.Text), "the report lists the values after status: or type:; -columns status=... names the column")
		}
	}
	for _, rate := range s.reading.Rates {
		if !slices.ContainsFunc(r.Currencies, func(c orders.CurrencyCount) bool { return strings.EqualFold(c.Code, rate.Code) }) && r.CurrencyOverflow == 0 {
			say("rates", "no row is in "+rate.Code, "-columns currency=... names the column of currencies")
		}
	}
	if r.RefundsNetted == 0 && r.RefundedAmount == 0 && r.SetAside[orders.ReasonRefundDropped].Rows == 0 && r.SetAside[orders.ReasonRefundUnmatched].Rows == 0 {
		say("refunds", "no row is a refund", "refunds are negative amounts, or rows of that status or type")
	}
	if r.DependentDates == 0 {
		say("date-order", "no date can be read in two ways", "leave it out")
	}
}

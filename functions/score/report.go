package main

import (
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"math"
	"strconv"
	"strings"

	"hourglass/core/orders"
	"hourglass/functions/tables"
)

// A tally counts rows that could not be scored and keeps a few examples.
type tally struct {
	count   [rows.Faults]uint64
	example [rows.Faults][]string
}

const (
	examples    = 3
	exampleText = 60
)

func (t *tally) add(f rows.Fault, line uint64, text []byte) {
	t.count[f]++
	if len(t.example[f]) < examples {
		t.example[f] = append(t.example[f], fmt.Sprintf("line %d %q", line, text[:min(len(text), exampleText)]))
	}
}

// print says what happened to the rows that could not be scored.
func (t *tally) print(out io.Writer, what string) {
	for f, n := range t.count {
		if n > 0 {
			fmt.Fprintf(out, "%s: %s, %s: %s\n", what, counted(n, "row"), rows.FaultWords[f], strings.Join(t.example[f], ", "))
		}
	}
}

// first is the first example, for an error.
func (t *tally) first() string {
	for f, n := range t.count {
		if n > 0 && rows.Fault(f) != rows.BlankLine {
			return rows.FaultWords[f] + ", " + t.example[f][0]
		}
	}
	return "there are none"
}

// printReport says what the reader of orders found, guessed and skipped.
func printReport(out io.Writer, r *orders.Report, several *tables.Joined) {
	var columns []string
	for role, k := range r.Columns {
		if k > 0 {
			column := fmt.Sprintf("%v %d", orders.Role(role), k)
			if r.HasHeader && k <= len(r.Names) && (r.Status == orders.StatusOK || orders.KnownName(r.Names[k-1])) {
				column += fmt.Sprintf(" %q", r.Names[k-1])
			}
			columns = append(columns, column)
		}
	}
	if len(columns) > 0 {
		fmt.Fprintf(out, "columns: %s\n", strings.Join(columns, ", "))
	}
	fmt.Fprintf(out, "read: %s = %s", counted(r.Rows, "row"), counted(r.Orders, "order"))
	for _, part := range []struct {
		n    uint64
		what string
	}{{r.Merged, "merged with an order of the same day"}, {r.LineItems, "further lines of an order"}, {r.Duplicates, "duplicates"},
		{r.RefundsNetted, "refunds netted"}, {r.Headings, "lines that name the customer or the month of those below"}, {r.Skipped, "of customers who are left out"}, {r.SetAsideRows(), "skipped"}} {
		if part.n > 0 {
			fmt.Fprintf(out, " + %s %s", grouped(part.n), part.what)
		}
	}
	fmt.Fprintln(out)
	for reason, t := range r.SetAside {
		if t.Rows == 0 {
			continue
		}
		var lines []string
		for _, e := range t.Examples {
			place := fmt.Sprintf("line %d", e.Line)
			if e.File > 0 {
				place += " of " + several.Name(e.File)
			} else if e.Line == 0 {
				place = "one"
			}
			if r.Status == orders.StatusOK && len(e.Text) > 0 { // what is not understood may be anybody's name
				place += fmt.Sprintf(" %q", e.Text)
			}
			lines = append(lines, place)
		}
		text := fmt.Sprintf("skipped: %s, %s", counted(t.Rows, "row"), strings.ReplaceAll(orders.Reason(reason).String(), "_", " "))
		if len(lines) > 0 {
			text += ": " + strings.Join(lines, ", ")
		}
		fmt.Fprintln(out, text)
	}
	if r.Blank > 0 {
		fmt.Fprintf(out, "note: %s skipped\n", counted(r.Blank, "blank row"))
	}
	printUnderstood(out, r)
	printGuesses(out, r)
	printQuestions(out, r)
}

// printGuesses says what the reader was not sure of.
func printGuesses(out io.Writer, r *orders.Report) {
	if n := r.SetAside[orders.ReasonGiftCard].Rows; n > 0 {
		fmt.Fprintf(out, "note: %s of gift cards set aside: what a card buys is the order (-keep gift-cards counts both)\n", counted(n, "sale"))
	}
	if r.DateAmbiguous {
		fmt.Fprintf(out, "note: all %s dates could be month first or day first; taken %s first (-date-order mdy or dmy decides)\n", grouped(r.DependentDates), map[bool]string{true: "month", false: "day"}[r.DateOrder == orders.MonthFirst])
	}
	if r.DecimalReason == orders.DecimalByGuess {
		fmt.Fprintf(out, "note: it is a guess that %q is the decimal mark (-decimal decides)\n", r.Decimal)
	}
	if r.RefundExcess > 0 {
		fmt.Fprintf(out, "note: refunds exceed their orders by %.2f together, which is left out\n", r.RefundExcess)
	}
}

// statusOfLog says why a log has nothing to score.
func statusOfLog(r *orders.Report) error {
	switch r.Status {
	case orders.StatusNoID:
		return fmt.Errorf("no column for the customer was found in %s: name it with -identity, by name or number", seen(r))
	case orders.StatusNoDate:
		return fmt.Errorf("no column for the date was found in %s: name it with -columns date=..., by name or number", seen(r))
	}
	if rows := r.SetAside[orders.ReasonOtherCurrency].Rows; r.Status == orders.StatusNoOrders && 2*rows > r.SetAsideRows() {
		var codes []string
		for _, c := range r.Currencies {
			codes = append(codes, c.Code)
		}
		other := strings.Join(codes, ", ")
		if other == "" {
			other = "another currency"
		}
		return fmt.Errorf("no order is in %s: the amounts are in %s. Leave -currency out, or convert them with -rates", r.Currency, other)
	}
	if r.Status == orders.StatusNoOrders {
		return fmt.Errorf("no row could be read as an order: see what was skipped, and why")
	}
	return r.Err()
}

func dateText(day int32) string {
	y, m, d := orders.Civil(day)
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// days is a length of time, to the day.
func days(n float64) string {
	if n = math.Round(n); n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%.0f days", n)
}

// counted is a number and what it counts.
func counted(n uint64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped writes a number with commas.
func grouped(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

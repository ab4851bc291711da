package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
	"hourglass/functions/score/rows"
)

// errSubscribed ends the reading of a list that is one of subscriptions: settings.found holds it.
var errSubscribed = errors.New("a list of subscriptions")

// asksForSubscriptions reports whether a list of subscriptions is taken for one: always with -subscriptions yes, and where no option asks for what repeat purchases
// alone have.
func (s *settings) asksForSubscriptions() bool {
	if s.subscriptions == "auto" {
		return s.scored == nil && s.by == "" && !s.alongs() && s.evidence == "" && s.saveModel == "" && !s.summaries && s.input == "auto" && s.model == "auto"
	}
	return s.subscriptions == "yes"
}

// subscriptionReader is what reads a list of subscriptions beside the reader of orders; nil where none is wanted.
func (s *settings) subscriptionReader(o orders.Options) *subscriptions.Reader {
	if !s.asksForSubscriptions() {
		return nil
	}
	return subscriptions.NewReader(subscriptions.Options{AsOf: s.end, Now: s.orders.Now, Options: orders.Options{Currency: o.Currency, DateOrder: o.DateOrder, Decimal: o.Decimal, Encoding: o.Encoding}})
}

// subscribed reports whether what was read is a list of subscriptions, and keeps it.
func (s *settings) subscribed(r *subscriptions.Reader, log *orders.Log) bool {
	if !s.asksForSubscriptions() {
		return false
	}
	if r != nil {
		s.found = r.Close()
	}
	if s.found == nil && log != nil && log.Orders() > 0 {
		s.found = subscriptions.FromOrders(since(log, s.from), s.end, s.subscriptions == "yes")
	}
	return s.found != nil
}

// writeSubscriptions writes a row for each subscription, the most valuable first, and says what they come to.
func (s *settings) writeSubscriptions(out, stderr io.Writer) error {
	if err := s.refuse(s.renewing()); err != nil {
		return err
	}
	terms := subscriptions.Terms{Margin: s.value.Margin, AnnualDiscount: s.value.AnnualDiscount, HorizonDays: s.value.HorizonDays}
	r := s.found.Value(terms)
	if !s.quiet {
		if s.value.Level != 0.95 {
			fmt.Fprintln(stderr, "note: -level: the intervals of renewals are those of 95% (it is for repeat purchases, as with -subscriptions no)")
		}
		saySubscriptions(stderr, &r, s)
	}
	each := s.found.Each(terms, &r)
	slices.SortStableFunc(each, func(a, b subscriptions.Subscriber) int { return cmp.Compare(b.Residual, a.Residual) })
	w := subscriptionWriter{form: s.format, guard: !s.rawIDs}
	line := w.header(nil)
	for i := range each {
		line = w.row(line, &each[i])
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("writing: %w", err)
		}
		line = line[:0]
	}
	return nil
}

var subscriptionFields = [...]string{"id", "customer", "plan", "interval", "start", "tenure", "status", "reason", "due", "amount", "p_renew", "residual_value", "clv"}

// A subscriptionWriter writes rows of subscriptions.
type subscriptionWriter struct {
	form  rows.Form
	guard bool
	at    int
}

func (w *subscriptionWriter) header(dst []byte) []byte {
	if w.form == rows.Jsonl {
		return dst
	}
	separator := ","
	if w.form == rows.Tsv {
		separator = "\t"
	}
	return append(append(dst, strings.Join(subscriptionFields[:], separator)...), '\n')
}

// before writes what stands before the next field.
func (w *subscriptionWriter) before(dst []byte) []byte {
	switch {
	case w.form == rows.Jsonl && w.at == 0:
		dst = append(dst, '{')
	case w.at > 0 && w.form == rows.Tsv:
		dst = append(dst, '\t')
	case w.at > 0:
		dst = append(dst, ',')
	}
	if w.form == rows.Jsonl {
		dst = append(append(append(dst, '"'), subscriptionFields[w.at]...), '"', ':')
	}
	w.at++
	return dst
}

func (w *subscriptionWriter) text(dst []byte, text string) []byte {
	dst = w.before(dst)
	if text == "" {
		return rows.AppendNothing(dst, w.form)
	}
	bytes := []byte(text)
	if w.guard && w.form != rows.Jsonl {
		bytes = rows.Unarmed(bytes)
	}
	return rows.AppendText(dst, bytes, rows.Plain, w.form)
}

func (w *subscriptionWriter) number(dst []byte, v float64, told bool) []byte {
	if dst = w.before(dst); !told {
		return rows.AppendNothing(dst, w.form)
	}
	return rows.AppendNumber(dst, v)
}

func (w *subscriptionWriter) row(dst []byte, one *subscriptions.Subscriber) []byte {
	w.at = 0
	begun := one.State != subscriptions.Trial && one.State != subscriptions.Planned
	reason, due := "", ""
	if one.State == subscriptions.Ended {
		reason = one.Reason.String()
	}
	if begun {
		due = dateText(one.Due)
	}
	dst = w.text(dst, one.ID)
	dst = w.text(dst, one.Customer)
	dst = w.text(dst, one.Plan)
	dst = w.text(dst, one.Interval.String())
	dst = w.text(dst, dateText(one.Start))
	dst = w.number(dst, float64(one.Renewals)+1, begun)
	dst = w.text(dst, one.State.String())
	dst = w.text(dst, reason)
	dst = w.text(dst, due)
	dst = w.number(dst, one.Amount, begun)
	dst = w.number(dst, one.Renew, one.Told)
	dst = w.number(dst, one.Residual, one.Told)
	dst = w.number(dst, one.Ahead, one.Told)
	if w.form == rows.Jsonl {
		dst = append(dst, '}')
	}
	return append(dst, '\n')
}

var formWords = map[subscriptions.Form]string{subscriptions.Subscriptions: "a list of subscriptions", subscriptions.Invoices: "a list of invoices", subscriptions.Orders: "orders that come as regularly as renewals"}

var asideWords = map[subscriptions.Aside]string{subscriptions.NoStart: "without a readable date", subscriptions.NoCustomer: "without a subscriber", subscriptions.NoAmount: "without a readable amount",
	subscriptions.EndBeforeStart: "with an end before the start", subscriptions.OtherCurrency: "in another currency (-currency decides)", subscriptions.NotPaid: "void, draft or never begun",
	subscriptions.NoPeriod: "whose billing period cannot be told"}

var perWords = map[subscriptions.Interval]string{subscriptions.Week: "week", subscriptions.TwoWeeks: "two weeks", subscriptions.FourWeeks: "four weeks", subscriptions.Month: "month",
	subscriptions.TwoMonths: "two months", subscriptions.Quarter: "quarter", subscriptions.HalfYear: "half-year", subscriptions.Year: "year"}

func share(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }

// saySubscriptions says what was understood, and what it comes to.
func saySubscriptions(out io.Writer, r *subscriptions.Result, s *settings) {
	currency := ""
	if r.Currency != "" {
		currency = " " + r.Currency
	}
	n := func(state subscriptions.State) string {
		return grouped(uint64(r.States[state])) + " " + strings.ReplaceAll(state.String(), "_", " ")
	}
	fmt.Fprintf(out, "subscriptions: %s, %s of %s as of %s: %s, %s, %s, %s\n", formWords[r.Form], counted(uint64(r.Subscriptions), "subscription"), counted(uint64(r.Subscribers), "subscriber"), dateText(r.AsOf),
		n(subscriptions.Active), n(subscriptions.Late), n(subscriptions.Ending), n(subscriptions.Ended))
	for why, rows := range r.Aside {
		if rows > 0 {
			fmt.Fprintf(out, "skipped: %s %s\n", counted(uint64(rows), "row"), asideWords[subscriptions.Aside(why)])
		}
	}
	if r.OneOff > 0 || r.OneOffs > 0 {
		fmt.Fprintf(out, "note: %s without a subscription, %s of %s%s in all, are not valued here\n", counted(uint64(r.OneOff), "customer"), counted(uint64(r.OneOffs), "payment"), whole(r.OneOffSum), currency)
	}
	if r.Free > 0 {
		fmt.Fprintf(out, "note: %s never paid\n", counted(uint64(r.Free), "subscription"))
	}
	if r.Pauses {
		fmt.Fprintln(out, "note: subscribers come back after a period without payment: such a period is a pause")
	}
	if r.Again > 0 {
		fmt.Fprintf(out, "note: %s began after an earlier one of the same customer had ended, and count as new\n", counted(uint64(r.Again), "subscription"))
	}
	if r.TrialsEnded+r.TrialsRunning > 0 {
		text := fmt.Sprintf("trials: %s running", grouped(uint64(r.TrialsRunning)))
		if r.TrialsEnded > 0 {
			text += fmt.Sprintf("; of %s that ended, %s converted (%s, 95%% interval %s to %s)", grouped(uint64(r.TrialsEnded)), grouped(uint64(r.TrialsConverted)), share(r.Converted), share(r.ConvertedLow), share(r.ConvertedHigh))
		}
		fmt.Fprintln(out, text)
	}
	if r.Lost > 0 {
		fmt.Fprintf(out, "churn: %s lost: %.0f voluntary, %.0f payment failed, %.0f for reasons unknown\n", counted(uint64(r.Lost), "renewal"), r.LostVoluntary, r.LostFailed, r.Lost-r.LostVoluntary-r.LostFailed)
	}
	for i := range r.Plans {
		fmt.Fprintln(out, planText(&r.Plans[i], currency))
	}
	if r.Checked != 0 {
		fmt.Fprintln(out, checkText(r))
	}
	fmt.Fprintln(out, equityText(r, s, currency))
}

func planText(p *subscriptions.PlanFigures, currency string) string {
	name := "all"
	if p.Name != "" {
		name = fmt.Sprintf("%q", p.Name)
	}
	text := fmt.Sprintf("plan: %s, per %s: %s, %s running, %.2f%s per period on average", name, perWords[p.Interval], counted(uint64(p.Started), "subscription"), grouped(uint64(p.Running)), p.Amount, currency)
	if p.ChurnHigh > 0 {
		text += fmt.Sprintf("; churn %s per %s (95%% interval %s to %s)", share(p.Churn), perWords[p.Interval], share(p.ChurnLow), share(p.ChurnHigh))
	}
	switch {
	case p.Basis == subscriptions.NobodyDue:
		return text + "; no renewal was due yet: no forecast"
	case p.Basis == subscriptions.NobodyLost:
		return text + "; nobody has left yet: no forecast, as no churn can be told"
	case p.Basis == subscriptions.TooFewLost:
		return text + fmt.Sprintf("; fewer than %d renewals were lost of all plans with this period: no forecast, as churn is hardly known", subscriptions.LeastLost)
	case p.Constant:
		text += "; constant churn"
	case p.C != 1:
		course := "rises"
		if p.C < 1 {
			course = "falls"
		}
		text += fmt.Sprintf("; retention curve alpha %.3g, beta %.3g, c %.3g (the chance that a subscriber leaves %s with time)", p.Alpha, p.Beta, p.C, course)
	default:
		text += fmt.Sprintf("; retention curve alpha %.3g, beta %.3g", p.Alpha, p.Beta)
	}
	if p.Basis == subscriptions.AllPlans {
		text += fmt.Sprintf(", of all plans with this period (fewer than %d lost renewals, or %d tenures, are too few for its own)", subscriptions.OwnLost, subscriptions.OwnTenures)
		if p.Own < 1 {
			text += fmt.Sprintf(", moved by its own renewals, which are %.0f%% of what is known", 100*p.Own)
		}
	}
	text += fmt.Sprintf("; value of its subscribers %s%s", whole(p.Equity), currency)
	if p.Ranged && !p.Open {
		text += fmt.Sprintf(" (%s to %s)", whole(p.EquityLow), whole(p.EquityHigh))
	}
	return text
}

// checkText says how the renewals of the list's last third were foreseen.
func checkText(r *subscriptions.Result) string {
	return fmt.Sprintf("check: curves of the list until %s alone expect %s renewals after that day of those who were there; %s came (%s)", dateText(r.Checked), whole(r.Forecast), whole(r.Came), signed((r.Came-r.Forecast)/r.Forecast))
}

func equityText(r *subscriptions.Result, s *settings, currency string) string {
	if r.Valued == 0 {
		return "No subscriber can be valued: the lines above say why. -subscriptions no values the list as repeat purchases."
	}
	text := fmt.Sprintf("%s run on: their renewals to come bring a margin of %s%s, discounted", counted(uint64(r.Valued), "subscription"), whole(r.Equity), currency)
	if r.Ranged {
		if r.Open {
			text += fmt.Sprintf(" (95%% interval of the curve: at least %s)", whole(r.EquityLow))
		} else {
			text += fmt.Sprintf(" (95%% interval of the curve: %s to %s)", whole(r.EquityLow), whole(r.EquityHigh))
		}
	}
	if !r.Bounded {
		text += fmt.Sprintf(", counted over %.0f years because the value has no limit", r.Years)
	}
	return text + fmt.Sprintf("; %s%s of it within the %s after %s. -subscriptions no values the list as repeat purchases.", whole(r.Ahead), currency, days(s.value.HorizonDays), dateText(r.AsOf))
}

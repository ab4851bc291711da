package subscriptions_test

import (
	"fmt"
	"strings"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
)

const bills = "customer,subscription,invoice date,plan,amount paid,currency,status\n"

// monthly is invoices of a subscription on the same day of months.
func monthly(customer, plan, amount string, year, month, day, n int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "%s,s-%s,%s,%s,%s,EUR,paid\n", customer, customer, daytext(later(orders.Day(year, month, day), k)), plan, amount)
	}
	return b.String()
}

func daytext(n int32) string { return day(n) }

// crowd are subscribers from whom the file's habits are learnt: twenty who pay 10 for Solo from 2024-01 on, until all of 2024.
func crowd() string {
	var b strings.Builder
	for i := range 20 {
		b.WriteString(monthly(fmt.Sprintf("x%d", i), "Solo", "10.00", 2024, 1, 5, 12))
	}
	return b.String()
}

func spellsOf(l *subscriptions.Log, customer string) (list []subscriptions.Spell) {
	for i := range l.Spells {
		if l.Customer(&l.Spells[i]) == customer {
			list = append(list, l.Spells[i])
		}
	}
	return list
}

func TestRulesOfInvoices(t *testing.T) {
	type want struct {
		state    subscriptions.State
		renewals int
		interval subscriptions.Interval
		reason   subscriptions.Reason
	}
	const m, y = subscriptions.Month, subscriptions.Year
	for _, c := range []struct {
		name, rows string
		want       []want
		check      func(*testing.T, *subscriptions.Log)
	}{
		{"who pays all along is active", monthly("a", "Solo", "10", 2024, 2, 5, 11), []want{{subscriptions.Active, 10, m, 0}}, nil},
		{"month ends: 31 January, 29 February, 31 March", monthly("a", "Solo", "10", 2024, 1, 31, 12), []want{{subscriptions.Active, 11, m, 0}}, nil},
		{"who stops has ended", monthly("a", "Solo", "10", 2024, 2, 5, 4), []want{{subscriptions.Ended, 3, m, 0}}, nil},
		{"an invoice that failed tells why", monthly("a", "Solo", "10", 2024, 2, 5, 4) + "a,s-a,2024-06-05,Solo,0,EUR,uncollectible\n", []want{{subscriptions.Ended, 3, m, subscriptions.PaymentFailed}}, nil},
		{"failed, then paid a week later, is paid", monthly("a", "Solo", "10", 2024, 2, 5, 4) + "a,s-a,2024-06-05,Solo,0,EUR,failed\na,s-a,2024-06-12,Solo,10,EUR,paid\n" + monthly("a", "Solo", "10", 2024, 7, 5, 6),
			[]want{{subscriptions.Active, 10, m, 0}}, nil},
		{"where others fail, who stops without has cancelled", monthly("a", "Solo", "10", 2024, 2, 5, 4) + monthly("b", "Solo", "10", 2024, 1, 5, 3) + "b,s-b,2024-04-05,Solo,0,EUR,open\n",
			[]want{{subscriptions.Ended, 3, m, subscriptions.Voluntary}}, nil},
		{"void invoices and drafts are none", monthly("a", "Solo", "10", 2024, 2, 5, 4) + "a,s-a,2024-06-05,Solo,10,EUR,void\na,s-a,2024-06-05,Solo,10,EUR,draft\n", []want{{subscriptions.Ended, 3, m, 0}},
			func(t *testing.T, l *subscriptions.Log) {
				if l.Aside[subscriptions.NotPaid] != 2 {
					t.Errorf("%d set aside", l.Aside[subscriptions.NotPaid])
				}
			}},
		{"a free month before the first payment is a trial", "a,s-a,2024-01-05,Solo,0,EUR,paid\n" + monthly("a", "Solo", "10", 2024, 2, 5, 11), []want{{subscriptions.Active, 10, m, 0}},
			func(t *testing.T, l *subscriptions.Log) {
				if l.Trials != (subscriptions.TrialCounts{Ended: 1, Converted: 1}) {
					t.Errorf("%+v", l.Trials)
				}
			}},
		{"a trial that nothing followed", "a,s-a,2024-01-05,Solo,0,EUR,paid\n", nil, func(t *testing.T, l *subscriptions.Log) {
			if l.Trials != (subscriptions.TrialCounts{Ended: 1}) {
				t.Errorf("%+v", l.Trials)
			}
		}},
		{"a coupon of 100% between payments is a period", monthly("a", "Solo", "10", 2024, 1, 5, 4) + "a,s-a,2024-05-05,Solo,0,EUR,paid\n" + monthly("a", "Solo", "10", 2024, 6, 5, 7), []want{{subscriptions.Active, 11, m, 0}}, nil},
		{"a plan that is always free is no subscription that is paid", strings.ReplaceAll(monthly("a", "Solo", "10", 2024, 1, 5, 12), ",10,", ",0,"), nil, func(t *testing.T, l *subscriptions.Log) {
			if l.Free != 1 {
				t.Errorf("%d free", l.Free)
			}
		}},
		{"an addition within a period renews nothing", monthly("a", "Solo", "10", 2024, 2, 5, 11) + "a,s-a,2024-04-15,Solo,3.20,EUR,paid\n", []want{{subscriptions.Active, 10, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			if l.Extras != 1 {
				t.Errorf("%d extras", l.Extras)
			}
		}},
		{"a payment that went back in full is none", monthly("a", "Solo", "10", 2024, 2, 5, 4) + "a,s-a,2024-05-07,Solo,-10,EUR,paid\n", []want{{subscriptions.Ended, 2, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			if l.Refunds != 1 {
				t.Errorf("%d refunds", l.Refunds)
			}
		}},
		{"a part that went back changes no period", monthly("a", "Solo", "10", 2024, 2, 5, 11) + "a,s-a,2024-05-07,Solo,-4,EUR,paid\n", []want{{subscriptions.Active, 10, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			near(t, "paid", spellsOf(l, "a")[0].Paid, 106, 1e-9)
		}},
		{"who comes back after months begins anew", monthly("a", "Solo", "10", 2024, 1, 5, 3) + monthly("a", "Solo", "10", 2024, 8, 5, 5), []want{{subscriptions.Ended, 2, m, 0}, {subscriptions.Active, 4, m, 0}},
			func(t *testing.T, l *subscriptions.Log) {
				if s := spellsOf(l, "a"); !s[1].Again || s[0].Again {
					t.Error("who came back is not told")
				}
			}},
		{"another plan with the same period goes on", monthly("a", "Solo", "10", 2024, 1, 5, 6) + monthly("a", "Team", "30", 2024, 7, 5, 6), []want{{subscriptions.Active, 11, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			s := spellsOf(l, "a")[0]
			if l.Plans[s.Plan].Name != "Team" || s.Amount != 30 {
				t.Errorf("%+v of %v", s, l.Plans[s.Plan])
			}
		}},
		{"from monthly to yearly has neither ended nor renewed", monthly("a", "Solo", "10", 2024, 1, 5, 6) + "a,s-a,2024-07-05,Year,100,EUR,paid\n" + "b,s-b,2022-12-01,Year,100,EUR,paid\nb,s-b,2023-12-01,Year,100,EUR,paid\nb,s-b,2024-12-01,Year,100,EUR,paid\n",
			[]want{{subscriptions.Moved, 5, m, 0}, {subscriptions.Active, 0, y, 0}}, nil},
		{"two subscriptions of a customer are two", monthly("a", "Solo", "10", 2024, 1, 5, 12) + strings.ReplaceAll(monthly("a", "Solo", "10", 2024, 3, 9, 10), "s-a", "s-2"), []want{{subscriptions.Active, 11, m, 0}, {subscriptions.Active, 9, m, 0}}, nil},
		{"another currency is set aside", monthly("a", "Solo", "10", 2024, 2, 5, 4) + strings.ReplaceAll(monthly("b", "Solo", "10", 2024, 2, 5, 4), "EUR", "USD"), []want{{subscriptions.Ended, 3, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			if l.Aside[subscriptions.OtherCurrency] != 4 || l.Currency != "EUR" {
				t.Errorf("%v %s", l.Aside, l.Currency)
			}
		}},
		{"an invoice without a subscription is no payment of one", monthly("a", "Solo", "10", 2024, 2, 5, 11) + "b,,2024-05-01,,75,EUR,paid\n", []want{{subscriptions.Active, 10, m, 0}}, func(t *testing.T, l *subscriptions.Log) {
			if l.OneOff != 1 || l.OneOffs != 1 || l.OneOffSum != 75 {
				t.Errorf("%d customers, %d payments, %g", l.OneOff, l.OneOffs, l.OneOffSum)
			}
		}},
		{"a renewal that is due and may still come is open", monthly("a", "Solo", "10", 2024, 2, 20, 10), []want{{subscriptions.Late, 9, m, 0}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := read(t, bills+crowd()+c.rows, subscriptions.Options{AsOf: orders.Day(2024, 12, 31)})
			got := spellsOf(l, "a")
			if len(got) != len(c.want) {
				t.Fatalf("%d spells: %+v", len(got), got)
			}
			for i, w := range c.want {
				if s := got[i]; s.State != w.state || s.Renewals != w.renewals || l.Plans[s.Plan].Interval != w.interval || s.Reason != w.reason {
					t.Errorf("spell %d: %v after %d renewals by the %v, %v; want %v", i, s.State, s.Renewals, l.Plans[s.Plan].Interval, s.Reason, w)
				}
			}
			if c.check != nil {
				c.check(t, l)
			}
		})
	}
}

// Where subscribers come back after a month without payment, such a month is a pause.
func TestPauses(t *testing.T) {
	rows := crowd()
	for i := range 5 {
		name := fmt.Sprintf("p%d", i)
		rows += monthly(name, "Solo", "10", 2024, 1, 5, 4) + monthly(name, "Solo", "10", 2024, 6, 5, 7)
	}
	l := read(t, bills+rows, subscriptions.Options{AsOf: orders.Day(2024, 12, 31)})
	if s := spellsOf(l, "p0"); !l.Pauses || len(s) != 1 || s[0].Renewals != 10 {
		t.Errorf("pauses %v: %+v", l.Pauses, s)
	}
	// The month that was left out was no renewal, and none that was lost.
	p := l.Value(terms).Plans[0]
	near(t, "due after four payments", p.AtRisk[3], 20, 0)
	near(t, "lost", p.Lost, 0, 0)
}

// The numbers at risk are those of renewals that can be known, and add up as they do by hand.
func TestTheTableIsThatOfAHand(t *testing.T) {
	var b strings.Builder
	b.WriteString(bills)
	// Ten begin in January 2024; of these 2 stop after one payment, 3 after three, the others pay until the end.
	for i := range 10 {
		n := 12
		if i < 2 {
			n = 1
		} else if i < 5 {
			n = 3
		}
		b.WriteString(monthly(fmt.Sprintf("a%d", i), "Solo", "10", 2024, 1, 5, n))
	}
	// Four begin in November: of one the renewal in December is due on the 5th, of three on the 20th.
	b.WriteString(monthly("n0", "Solo", "10", 2024, 11, 5, 1))
	for i := range 3 {
		b.WriteString(monthly(fmt.Sprintf("n%d", i+1), "Solo", "10", 2024, 11, 20, 2))
	}
	l := read(t, b.String(), subscriptions.Options{AsOf: orders.Day(2024, 12, 31)})
	p := l.Value(terms).Plans[0]
	// 22 days (three quarters of a month) have passed since 5 December, and not since the 20th.
	for k, want := range []float64{11, 8, 8, 5, 5, 5, 5, 5, 5, 5, 5} {
		near(t, fmt.Sprint("at risk ", k), p.AtRisk[k], want, 0)
	}
	for k, want := range []float64{3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0} {
		near(t, fmt.Sprint("lost ", k), p.LostBy[k], want, 0)
	}
	if len(p.Cohorts) != 2 || p.Cohorts[0].Size != 10 || p.Cohorts[1].Size != 4 {
		t.Fatalf("cohorts %+v", p.Cohorts)
	}
	near(t, "January after three renewals were due", p.Cohorts[0].Left[3], 0.5, 1e-12)
}

const list = "id,Customer ID,Customer Email,Plan,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),Current Period Start (UTC),Current Period End (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC),Cancel At Period End,Cancellation Reason\n"

func TestRulesOfSubscriptions(t *testing.T) {
	rows := list +
		"s1,c1,,Solo,eur,month,10,active,2024-01-31,2024-01-31,2024-12-31,2025-01-31,,,,false,\n" + // all along: due on the 29th, the 31st ...
		"s2,c2,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-03-20,2024-04-10,true,cancellation_requested\n" + // at the period's end
		"s3,c3,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-03-20,2024-03-20,false,\n" + // at once
		"s4,c4,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-04-24,2024-04-24,false,payment_failed\n" + // after two weeks of retries
		"s5,c5,,Solo,eur,month,10,active,2024-06-10,2024-06-10,2024-12-10,2025-01-10,,2024-12-15,,true,\n" + // ends with its period
		"s6,c6,,Solo,eur,month,10,trialing,2024-12-20,2024-12-20,2024-12-20,2025-01-03,2025-01-03,,,false,\n" +
		"s7,c7,,Solo,eur,month,10,canceled,2024-05-01,2024-05-01,,,2024-05-15,2024-05-14,2024-05-15,true,\n" + // a trial, and no more
		"s8,c8,,Solo,eur,month,10,active,2024-05-01,2024-05-01,2024-12-15,2025-01-15,2024-05-15,,,false,\n" + // a trial, and then
		"s9,c9,,Solo,eur,month,10,past_due,2024-10-20,2024-10-20,2024-12-20,2025-01-20,,,,false,\n" +
		"s10,c10,,Solo,eur,month,10,canceled,2024-05-01,2024-05-01,,,,2024-04-01,2024-04-01,false,\n" + // ends before it starts
		"s11,c11,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-06-10,2024-06-10,false,\n" + // and the same day:
		"s12,c11,,Team,eur,month,30,active,2024-06-10,2024-06-10,2024-12-10,2025-01-10,,,,false,\n" +
		"s13,c13,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-06-10,2024-06-10,false,\n" +
		"s14,c13,,Year,eur,year,100,active,2024-06-10,2024-06-10,2024-06-10,2025-06-10,,,,false,\n" +
		"s15,c15,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-03-10,2024-03-10,false,\n" +
		"s16,c15,,Solo,eur,month,10,active,2024-09-10,2024-09-10,2024-12-10,2025-01-10,,,,false,\n" + // came back
		"s17,c17,,Solo,eur,month,10,incomplete_expired,2024-01-10,2024-01-10,,,,,,false,\n" +
		"s18,c18,,Solo,usd,month,10,active,2024-01-10,2024-01-10,2024-12-10,2025-01-10,,,,false,\n" +
		"s19,c19,,Solo,eur,month,10,paused,2024-01-10,2024-01-10,2024-12-10,2025-01-10,,,,false,\n"
	l := read(t, rows, subscriptions.Options{})
	if day(l.AsOf) != "2024-12-31" || l.Form != subscriptions.Subscriptions {
		t.Fatalf("%v as of %s", l.Form, day(l.AsOf))
	}
	for id, want := range map[string]struct {
		state    subscriptions.State
		renewals int
		reason   subscriptions.Reason
	}{
		"s1": {subscriptions.Active, 11, 0}, "s2": {subscriptions.Ended, 2, subscriptions.Voluntary}, "s3": {subscriptions.Ended, 2, 0},
		"s4": {subscriptions.Ended, 2, subscriptions.PaymentFailed}, "s5": {subscriptions.Ending, 6, 0}, "s6": {subscriptions.Trial, 0, 0},
		"s8": {subscriptions.Active, 7, 0}, "s9": {subscriptions.Late, 1, 0}, "s12": {subscriptions.Active, 11, 0}, "s13": {subscriptions.Moved, 4, 0},
		"s14": {subscriptions.Active, 0, 0}, "s15": {subscriptions.Ended, 1, 0}, "s16": {subscriptions.Active, 3, 0}, "s19": {subscriptions.Paused, 11, 0},
	} {
		found := false
		for i := range l.Spells {
			if s := &l.Spells[i]; l.ID(s) == id {
				found = true
				if s.State != want.state || s.Renewals != want.renewals || s.Reason != want.reason {
					t.Errorf("%s: %v after %d renewals, %v; want %v", id, s.State, s.Renewals, s.Reason, want)
				}
			}
		}
		if !found {
			t.Errorf("no %s", id)
		}
	}
	if l.Trials != (subscriptions.TrialCounts{Running: 1, Ended: 2, Converted: 1}) {
		t.Errorf("trials %+v", l.Trials)
	}
	for why, n := range map[subscriptions.Aside]int{subscriptions.EndBeforeStart: 1, subscriptions.NotPaid: 1, subscriptions.OtherCurrency: 1} {
		if l.Aside[why] != n {
			t.Errorf("%v: %d", why, l.Aside[why])
		}
	}
	r := l.Value(terms)
	if r.States[subscriptions.Moved] != 1 || r.Again != 1 {
		t.Errorf("%v, %d again", r.States, r.Again)
	}
	// The plan that was left counts no loss, and the renewals that it had.
	if p := planOf(t, r, "Team"); p.Lost != 0 || p.Started != 1 {
		t.Errorf("Team: %+v", p)
	}
}

// Other vendors' names, as their documentation has them.
func TestFormsOfVendors(t *testing.T) {
	for name, text := range map[string]string{
		"Chargebee": "id,customer_id,plan_id,billing_period,billing_period_unit,plan_amount,currency_code,status,started_at,current_term_start,current_term_end,cancelled_at,cancel_reason\n" +
			"s1,c1,gold,1,month,20,EUR,active,2024-01-10,2024-12-10,2025-01-10,,\ns2,c2,gold,1,month,20,EUR,cancelled,2024-01-10,,,2024-04-10,no_card\ns3,c3,gold,1,month,20,EUR,non_renewing,2024-03-10,2024-12-10,2025-01-10,2025-01-10,\n",
		"Recurly": "uuid,account_code,plan_code,state,unit_amount_in_cents,quantity,currency,activated_at,current_period_started_at,current_period_ends_at,canceled_at,expires_at\n" +
			"s1,c1,gold,active,2000,1,EUR,2024-01-10T08:00:00Z,2024-12-10T08:00:00Z,2025-01-10T08:00:00Z,,\ns2,c2,gold,expired,2000,1,EUR,2024-01-10T08:00:00Z,,,2024-03-11T08:00:00Z,2024-04-10T08:00:00Z\n" +
			"s3,c3,gold,canceled,2000,1,EUR,2024-03-10T08:00:00Z,2024-12-10T08:00:00Z,2025-01-10T08:00:00Z,2024-12-11T08:00:00Z,2025-01-10T08:00:00Z\n",
		"Paddle": "id,customer_id,status,price_id,billing_cycle.interval,billing_cycle.frequency,currency_code,unit_price,started_at,next_billed_at,canceled_at\n" +
			"s1,c1,active,gold,month,1,EUR,20,2024-01-10T08:00:00Z,2025-01-10T08:00:00Z,\ns2,c2,canceled,gold,month,1,EUR,20,2024-01-10T08:00:00Z,,2024-04-10T08:00:00Z\ns3,c3,active,gold,month,1,EUR,20,2024-12-10T08:00:00Z,2025-01-10T08:00:00Z,\n",
		"Baremetrics": "plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,subscription_oid,subscription_started_at,subscription_canceled_at,subscription_quantity\n" +
			"p,gold,EUR,2000,month,1,c1,s1,2024-01-10,,1\np,gold,EUR,2000,month,1,c2,s2,2024-01-10,2024-04-10,1\np,gold,EUR,2000,month,1,c3,s3,2024-12-10,,1\n",
	} {
		t.Run(name, func(t *testing.T) {
			l := read(t, text, subscriptions.Options{})
			if len(l.Spells) != 3 || l.Plans[0] != (subscriptions.PlanName{Name: "gold", Interval: subscriptions.Month}) {
				t.Fatalf("%d spells of %v", len(l.Spells), l.Plans)
			}
			if s := &l.Spells[1]; s.State != subscriptions.Ended || s.Renewals != 2 {
				t.Errorf("%+v", *s)
			}
			if name != "Paddle" { // whose price is in an item of its own
				near(t, "amount", l.Spells[0].Amount, 20, 1e-12)
			}
			if name == "Chargebee" && (l.Spells[2].State != subscriptions.Ending || l.Spells[1].Reason != subscriptions.PaymentFailed) {
				t.Errorf("%+v", l.Spells)
			}
			if name == "Recurly" && l.Spells[2].State != subscriptions.Ending {
				t.Errorf("%+v", l.Spells[2])
			}
		})
	}
}

// Payments as billing services export them; the first subscription was paid three times, the second twice, its last payment failed or came back.
func TestInvoicesOfVendors(t *testing.T) {
	for name, c := range map[string]struct{ head, first, rest string }{
		"Chargebee": {"Invoice Number,Subscription Id,Customer Id,Customer Email,Invoice Date,Due Date,Paid On,Status,Currency,Total,Amount Paid,Amount Due,Plan Id\n",
			"1,s1,c1,a@x.example,10-Jan-2024 10:00,10-Jan-2024 10:00,10-Jan-2024 10:00,Paid,EUR,20.00,20.00,0.00,gold\n2,s1,c1,a@x.example,10-Feb-2024 10:00,,,Paid,EUR,20.00,20.00,0.00,gold\n3,s1,c1,a@x.example,10-Mar-2024 10:00,,,Paid,EUR,20.00,20.00,0.00,gold\n",
			"4,s2,c2,b@x.example,10-Jan-2024 10:00,,,Paid,EUR,20.00,20.00,0.00,gold\n5,s2,c2,b@x.example,10-Feb-2024 10:00,,,Paid,EUR,20.00,20.00,0.00,gold\n6,s2,c2,b@x.example,10-Mar-2024 10:00,,,Payment Due,EUR,20.00,0.00,20.00,gold\n"},
		"Recurly": {"id,invoice_number,account_code,subscription_id,plan_code,state,created_at,currency,subtotal,total,balance\n",
			"x1,1,c1,s1,gold,paid,2024-01-10T10:00:00Z,EUR,20.00,20.00,0.00\nx2,2,c1,s1,gold,paid,2024-02-10T10:00:00Z,EUR,20.00,20.00,0.00\nx3,3,c1,s1,gold,paid,2024-03-10T10:00:00Z,EUR,20.00,20.00,0.00\n",
			"x4,4,c2,s2,gold,paid,2024-01-10T10:00:00Z,EUR,20.00,20.00,0.00\nx5,5,c2,s2,gold,paid,2024-02-10T10:00:00Z,EUR,20.00,20.00,0.00\nx6,6,c2,s2,gold,past_due,2024-03-10T10:00:00Z,EUR,20.00,20.00,20.00\n"},
		"Paddle": {"id,status,customer_id,subscription_id,origin,currency_code,total,earnings,created_at,billed_at,product_name\n",
			"t1,completed,c1,s1,subscription_recurring,EUR,20.00,19,2024-01-10T10:00:00Z,2024-01-10T10:00:00Z,gold\nt2,completed,c1,s1,subscription_recurring,EUR,20.00,19,2024-02-10T10:00:00Z,2024-02-10T10:00:00Z,gold\nt3,completed,c1,s1,subscription_recurring,EUR,20.00,19,2024-03-10T10:00:00Z,2024-03-10T10:00:00Z,gold\n",
			"t4,completed,c2,s2,web,EUR,20.00,19,2024-01-10T10:00:00Z,2024-01-10T10:00:00Z,gold\nt5,completed,c2,s2,subscription_recurring,EUR,20.00,19,2024-02-10T10:00:00Z,2024-02-10T10:00:00Z,gold\nt6,past_due,c2,s2,subscription_recurring,EUR,20.00,19,2024-03-10T10:00:00Z,2024-03-10T10:00:00Z,gold\n"},
		"Braintree": {"Transaction ID,Subscription ID,Transaction Type,Transaction Status,Created Datetime,Amount Submitted For Settlement,Currency ISO Code,Customer ID,Plan ID\n",
			"t1,s1,sale,settled,01/10/2024 10:00:00,20.00,EUR,c1,gold\nt2,s1,sale,settled,02/10/2024 10:00:00,20.00,EUR,c1,gold\nt3,s1,sale,settled,03/10/2024 10:00:00,20.00,EUR,c1,gold\n",
			"t4,s2,sale,settled,01/10/2024 10:00:00,20.00,EUR,c2,gold\nt5,s2,sale,settled,02/10/2024 10:00:00,20.00,EUR,c2,gold\nt6,s2,sale,processor_declined,03/10/2024 10:00:00,20.00,EUR,c2,gold\nt7,s3,sale,settled,03/25/2024 10:00:00,20.00,EUR,c3,gold\n"},
	} {
		l := read(t, c.head+c.first+c.rest, subscriptions.Options{})
		if l.Form != subscriptions.Invoices || len(l.Spells) < 2 || l.Plans[0].Name != "gold" {
			t.Errorf("%s: %v, %d spells of %v", name, l.Form, len(l.Spells), l.Plans)
			continue
		}
		if a, b := &l.Spells[0], &l.Spells[1]; a.Renewals != 2 || b.Renewals != 1 || a.Amount != 20 {
			t.Errorf("%s: %+v %+v", name, *a, *b)
		}
	}
}

// Day and month are found out by the dates that leave no choice.
func TestDatesOfBothOrders(t *testing.T) {
	rows := "customer,subscription,invoice date,amount paid\n"
	for i := range 12 {
		rows += fmt.Sprintf("a,s,%02d/%02d/2024,10\n", 5, i+1) + fmt.Sprintf("b,t,%02d/%02d/2024,10\n", 25, i+1)
	}
	l := read(t, rows, subscriptions.Options{})
	if day(l.AsOf) != "2024-12-25" || len(l.Spells) != 2 || l.Spells[0].Renewals != 11 {
		t.Errorf("as of %s: %+v", day(l.AsOf), l.Spells)
	}
}

// Where nobody has left there is no curve, and no value.
func TestNobodyLeft(t *testing.T) {
	r := read(t, bills+crowd(), subscriptions.Options{AsOf: orders.Day(2024, 12, 31)}).Value(terms)
	p := r.Plans[0]
	if p.Basis != subscriptions.NobodyLost || r.Equity != 0 || r.Valued != 0 || r.Unvalued != 20 || r.Ranged {
		t.Errorf("%v: %+v", p.Basis, r.Equity)
	}
	young := read(t, list+"s1,c1,,Solo,eur,year,10,active,2024-05-31,2024-05-31,2024-05-31,2025-05-31,,,,false,\n", subscriptions.Options{}).Value(terms)
	if young.Plans[0].Basis != subscriptions.NobodyDue || young.Equity != 0 || young.Unvalued != 1 {
		t.Errorf("%+v", young.Plans[0].Basis)
	}
}

// A plan with few losses follows the curve of all plans with its period.
func TestFewFollowAll(t *testing.T) {
	var b strings.Builder
	b.WriteString(bills)
	for i := range 120 {
		b.WriteString(monthly(fmt.Sprintf("a%d", i), "Solo", "10", 2024, 1, 5, 1+i%12))
	}
	for i := range 10 {
		b.WriteString(monthly(fmt.Sprintf("b%d", i), "Team", "50", 2024, 1, 5, 12-i%2))
	}
	r := read(t, b.String(), subscriptions.Options{AsOf: orders.Day(2024, 12, 31)}).Value(terms)
	solo, team := planOf(t, r, "Solo"), planOf(t, r, "Team")
	if solo.Basis != subscriptions.OwnCurve || team.Basis != subscriptions.AllPlans || !(team.Equity > 0) {
		t.Errorf("%v, %v: %g", solo.Basis, team.Basis, team.Equity)
	}
	near(t, "all plans together", r.Equity, solo.Equity+team.Equity, 1e-9*r.Equity)
}

// A list of orders is one of subscriptions where orders come by the calendar, and not where they come by chance.
func TestOrdersThatComeRegularly(t *testing.T) {
	text := "customer,date,amount\n"
	for i := range 30 {
		for k := range 4 + i%8 {
			text += fmt.Sprintf("c%d,%s,%d\n", i, day(later(orders.Day(2024, 1, 1+i%28), k)), 12+7*(i%2))
		}
	}
	text += "walk,2024-03-03,120\nwalk2,2024-04-09,80\n"
	chance := "customer,date,amount\n"
	for i := range 60 {
		at := orders.Day(2024, 1, 1)
		for k := range 8 {
			at += int32(3 + (i*i*7+k*k*k*11+i*k*5)%57)
			chance += fmt.Sprintf("c%d,%s,%d\n", i, day(at), 20+k)
		}
	}
	logOf := func(text string) *orders.Log {
		r := orders.NewReader(orders.Options{})
		r.Write([]byte(text))
		r.Close()
		return r.Log()
	}
	l := subscriptions.FromOrders(logOf(text), 0, false)
	if l == nil {
		t.Fatal("regular orders are not seen")
	}
	if l.OneOff != 2 || l.Subscribers() != 30 || len(l.Plans) != 1 || l.Plans[0].Interval != subscriptions.Month {
		t.Errorf("%d without, %d with: %v", l.OneOff, l.Subscribers(), l.Plans)
	}
	if subscriptions.FromOrders(logOf(chance), 0, false) != nil {
		t.Error("orders by chance are taken for subscriptions")
	}
}

// A list of orders is none of subscriptions by its columns.
func TestOtherFilesAreNone(t *testing.T) {
	for _, text := range []string{
		"Name,Email,Financial Status,Paid at,Total,Created at,Cancelled at\n#1,a@b.c,paid,2024-01-01,12,2024-01-01,\n",
		"id,Created (UTC),Amount,Currency,Customer ID,Status,Description\nch_1,2024-01-01,12,eur,cus_1,Paid,\n",
		"customer,date,amount\na,2024-01-01,12\n", "1,2,3\n4,5,6\n", "", "PK\x03\x04",
	} {
		r := subscriptions.NewReader(subscriptions.Options{})
		r.Write([]byte(text))
		if l := r.Close(); l != nil {
			t.Errorf("%.60q is taken for %v", text, l.Form)
		}
	}
}

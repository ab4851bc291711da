package predict_test

import (
	"math"
	"testing"

	"hourglass/core/notice"
	"hourglass/core/predict"
	"hourglass/core/sample"
)

// Twelve customers, and every list that can be made of them: none brings more than the one that the calculation makes. What a list brings is added up here
// customer by customer, by a pace of so many orders in a year.
func TestCampaignAgainstEveryList(t *testing.T) {
	u := sample.NewSource(11).Uniform
	for range 20 {
		in := predict.CampaignInput{HorizonDays: 365, ResponseRate: 0.02 + 0.1*u(), Contact: 2 * u(), Incentive: 6 * u(), OfferDays: 30}
		worth := func(i int, response float64) float64 {
			active := in.Value[i] / in.Alive[i]
			anyway := in.Alive[i] * (1 - math.Exp(-in.ExpectedOrders[i]/in.Alive[i]*30/365))
			return response*active - in.Contact - in.Incentive*(response+anyway)
		}
		for range 12 {
			in.Value, in.Alive, in.ExpectedOrders = append(in.Value, 80*u()), append(in.Alive, 0.05+0.9*u()), append(in.ExpectedOrders, 3*u())
		}
		best := 0.0
		for list := range 1 << 12 {
			sum := 0.0
			for i := range 12 {
				if list>>i&1 == 1 {
					sum += worth(i, in.ResponseRate)
				}
			}
			best = max(best, sum)
		}
		out, notes := predict.PlanCampaign(in)
		if notes.Refused() {
			t.Fatal(notes)
		}
		near(t, "profit", out.Profit, best, 1e-9)
		near(t, "parts", out.Margin-out.ContactTotal-out.IncentiveCost-out.Given, out.Profit, 1e-9)
		all, half, double, listed := 0.0, 0.0, 0.0, 0.0
		for i, one := range out.Each {
			near(t, "profit of a contact", one.Profit, worth(i, in.ResponseRate), 1e-9)
			all += worth(i, in.ResponseRate)
			if one.Listed == 1 {
				listed++
				half, double = half+worth(i, in.ResponseRate/2), double+worth(i, 2*in.ResponseRate)
			}
			if (one.Listed == 1) != (one.Rank <= out.Best) || (one.Listed == 1) != (worth(i, in.ResponseRate) > 0) {
				t.Errorf("customer %d of %v is on the list: %v, rank %v", i, out.Best, one.Listed, one.Rank)
			}
		}
		near(t, "all", out.ProfitAll, all, 1e-9)
		near(t, "half", out.ProfitHalf, half, 1e-9)
		near(t, "double", out.ProfitDouble, double, 1e-9)
		if listed != out.Best || out.Contacted != listed || out.HeldOut != 0 || out.Least != nil {
			t.Errorf("%v on the list of %v: %+v", listed, out.Best, out)
		}
	}
}

// A holdout is left out of the letters, and what it can show agrees with Fleiss (1981, section 3.2), by hand: a base of 7.33 % and 4 points more take
// (1.95996 + 0.84162)^2 (0.067926 + 0.100497) / 0.0016 = 826.2 customers in each group.
func TestCampaignHoldout(t *testing.T) {
	in := predict.CampaignInput{HorizonDays: 365, ResponseRate: 0.04, Contact: 1, OfferDays: 30, Holdout: 0.1}
	pace := -math.Log(1-0.0733) / 30 * 365 // orders in a year that make 7.33 % order within 30 days
	for range 600 {
		in.Value, in.Alive, in.ExpectedOrders = append(in.Value, 90), append(in.Alive, 1), append(in.ExpectedOrders, pace)
	}
	out, notes := predict.PlanCampaign(in)
	if notes.Refused() || out.Best != 600 || out.HeldOut != 60 || out.Contacted != 540 || out.Needed == nil || *out.Needed != 827 {
		t.Fatalf("%v %+v", notes, out)
	}
	near(t, "base", out.Base, 0.0733, 1e-12)
	near(t, "profit", out.Profit, 540*(0.04*90-1), 1e-9)
	// The least uplift u solves u = 2.80159 sqrt(p(1-p)/540 + q(1-q)/60) with q = 0.0733, p = q + u.
	u, q := *out.Least, 0.0733
	near(t, "least uplift", u, 2.8015852*math.Sqrt((q+u)*(1-q-u)/540+q*(1-q)/60), 1e-6)
	// With a next order by day 7 as likely as not, an active customer's pace is ln 2 / 7 a day.
	in.NextOrder = make([]float64, 600)
	in.NextOrder[0] = 7
	out, _ = predict.PlanCampaign(in)
	near(t, "anyway", out.Each[0].Anyway, 1-math.Exp(-30*math.Ln2/7), 1e-12)
}

// Campaigns are played out: the intervals hold the difference that is there, and an effect that is not there is not said to be.
func TestUpliftOfCampaignsPlayedOut(t *testing.T) {
	u := sample.NewSource(12).Uniform
	group := func(n int, share float64) (ordered float64, spend []float64) {
		for range n {
			if u() < share {
				ordered++
				spend = append(spend, 10*sample.Gamma(4, u)) // 40 on average
			}
		}
		return ordered, spend
	}
	rounds := 1500
	if testing.Short() {
		rounds = 500
	}
	for _, c := range []struct {
		p, q float64
		n, m int
	}{{0.11, 0.07, 500, 60}, {0.05, 0.05, 900, 300}, {0.3, 0.2, 200, 200}} {
		rate, spend, shown := 0.0, 0.0, 0.0
		for range rounds {
			in := predict.UpliftInput{Treated: float64(c.n), Control: float64(c.m), Level: 0.95}
			in.TreatedOrdered, in.TreatedSpend = group(c.n, c.p)
			in.ControlOrdered, in.ControlSpend = group(c.m, c.q)
			out, notes := predict.CampaignUplift(in)
			if notes.Refused() {
				t.Fatal(notes)
			}
			near(t, "uplift", out.Uplift, in.TreatedOrdered/float64(c.n)-in.ControlOrdered/float64(c.m), 1e-12)
			if out.UpliftLower <= c.p-c.q && c.p-c.q <= out.UpliftUpper {
				rate++
			}
			if truth := 40 * (c.p - c.q); out.Spend == nil || *out.SpendLower <= truth && truth <= *out.SpendUpper {
				spend++
			}
			shown += out.Shown
		}
		n := float64(rounds)
		// Four deviations of so many rounds below 95 %; money of a small holdout is skewed.
		if rate/n < 0.95-4*math.Sqrt(.95*.05/n) || spend/n < 0.9 {
			t.Errorf("%+v: intervals hold %.3f, of the spend %.3f", c, rate/n, spend/n)
		}
		if c.p == c.q && shown/n > 0.05+4*math.Sqrt(.95*.05/n) {
			t.Errorf("an effect that is not there is shown in %.3f", shown/n)
		}
	}
	// Newcombe (1998), table II, (a): 56/70 against 48/80 by method 10 is 0.0524 to 0.3339.
	out, _ := predict.CampaignUplift(predict.UpliftInput{Treated: 70, TreatedOrdered: 56, Control: 80, ControlOrdered: 48, Level: 0.95})
	near(t, "lower", out.UpliftLower, 0.0524, 5e-5)
	near(t, "upper", out.UpliftUpper, 0.3339, 5e-5)
	if out.Spend != nil || out.Shown != 1 {
		t.Errorf("%+v", out)
	}
}

func TestCampaignsThatCannotBe(t *testing.T) {
	in := predict.CampaignInput{Value: []float64{1, 2}, Alive: []float64{1}, ExpectedOrders: []float64{1, 1}, HorizonDays: 365, ResponseRate: .1, OfferDays: 30}
	if _, notes := predict.PlanCampaign(in); !has(notes, notice.LengthsDiffer, "p_alive") {
		t.Error(notes)
	}
	in.Alive, in.Contact = []float64{1, 0}, 100
	if out, notes := predict.PlanCampaign(in); notes.Refused() || out.Best != 0 || out.Profit != 0 || out.Base != 0 || out.Needed != nil {
		t.Errorf("no letter pays: %v %+v", notes, out)
	}
	past := predict.UpliftInput{Treated: 5, TreatedOrdered: 6, Control: 5, ControlOrdered: 1, Level: .95}
	if _, notes := predict.CampaignUplift(past); !has(notes, notice.TooHigh, "treated_ordered") {
		t.Error(notes)
	}
	past.TreatedOrdered, past.TreatedSpend = 2, []float64{5}
	if _, notes := predict.CampaignUplift(past); !has(notes, notice.LengthsDiffer, "treated_spend") {
		t.Error(notes)
	}
}

package customers

import (
	"math"
	"slices"

	"hourglass/core/special"
)

// A campaign before and after it: whom to write to, what that brings at other response rates, how large a holdout must be to show it, and what
// a past one has changed.
//
// A letter makes a share of those who get it order who would not have come by themselves: each is then worth what somebody of their history is
// who is still there. It costs what it costs, and whoever orders anyway while the offer holds takes the incentive too.

// A Campaign is what is planned; rates are fractions.
type Campaign struct {
	Response  float64 // share of those written to who order because of it
	Contact   float64 // cost of one letter
	Incentive float64 // cost of the offer for each order that takes it
	Days      float64 // for which the offer holds
	Holdout   float64 // share of the list that gets nothing
}

// likelyActive is from what chance to be active on a customer's next order tells their pace.
const likelyActive = 0.6

const mostPace = 1e9 // orders a day

// Paces are orders a day of customers while they are still there. The day by which an order is as likely as not tells it: that an active
// customer has ordered by then. The orders of a whole horizon tell less, since customers leave within it; of those who are probably lost they are
// all there is, and are raised by as much as they are too few of the others.
//
// next are those days, 0 for none; nil where they are not known.
func Paces(alive, expected, next []float64, horizon float64) []float64 {
	pace := make([]float64, len(alive))
	known := func(i int) bool { return next != nil && alive[i] >= likelyActive && next[i] > 0 }
	sum, by := 0.0, 0.0
	for i, p := range alive {
		if p > 0 {
			pace[i] = min(mostPace, expected[i]/p/horizon)
		}
		if !known(i) {
			continue
		}
		by += pace[i]
		pace[i] = -math.Log(1-0.5/p) / next[i]
		sum += pace[i]
	}
	for i := range pace {
		if !known(i) && by > 0 {
			pace[i] *= sum / by
		}
	}
	return pace
}

// An Audience is customers in the order in which to write to them, and what is expected of them.
type Audience struct {
	Rows   []int     // the best first
	Gain   []float64 // margin that one who comes back brings, by place in Rows
	Anyway []float64 // chance to order anyway while the offer holds
}

// Audience puts those first of whom a letter brings most: of customers with a value, a chance to be active and a pace.
func (c Campaign) Audience(value, alive, pace []float64) (a Audience) {
	n := len(value)
	gain, anyway, each := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		a.Rows = append(a.Rows, i)
		if alive[i] > 0 {
			gain[i] = finite(value[i] / alive[i])
		}
		anyway[i] = alive[i] * -math.Expm1(-pace[i]*c.Days)
		each[i] = c.Letter(gain[i], anyway[i])
	}
	slices.SortStableFunc(a.Rows, func(i, j int) int {
		switch {
		case each[i] > each[j]:
			return -1
		case each[i] < each[j]:
			return 1
		}
		return 0
	})
	for _, i := range a.Rows {
		a.Gain, a.Anyway = append(a.Gain, gain[i]), append(a.Anyway, anyway[i])
	}
	return a
}

// Letter is what one letter is expected to bring.
func (c Campaign) Letter(gain, anyway float64) float64 {
	return c.Response*(gain-c.Incentive) - anyway*c.Incentive - c.Contact
}

// Best is how many of an audience to write to: each of them is expected to bring more than the letter costs.
func (c Campaign) Best(a Audience) (n int) {
	for n < len(a.Gain) && c.Letter(a.Gain[n], a.Anyway[n]) > 0 {
		n++
	}
	return n
}

// HeldOut is how many of a list are held out: at least one where any are.
func (c Campaign) HeldOut(listed int) int {
	if !(c.Holdout > 0) || listed < 2 {
		return 0
	}
	return min(listed-1, max(1, int(math.Floor(c.Holdout*float64(listed)+0.5))))
}

// A CampaignOutcome is what writing to so many comes to; the parts add up to the profit.
type CampaignOutcome struct {
	Listed     float64 // customers, those of the holdout among them
	Letters    float64
	Responders float64
	Margin     float64 // that they bring
	Contact    float64 // cost of the letters
	Incentive  float64 // for those who come because of the letter
	Anyway     float64 // customers who take it without that
	Given      float64 // to them
	Profit     float64
}

// Outcome is that of writing to the first so many of an audience; the holdout is drawn evenly from them.
func (c Campaign) Outcome(a Audience, listed int) (o CampaignOutcome) {
	letters := listed - c.HeldOut(listed)
	share := ratio(float64(letters), float64(listed))
	gains, came := 0.0, 0.0
	for i := range listed {
		gains, came = gains+a.Gain[i], came+a.Anyway[i]
	}
	o.Listed, o.Letters = float64(listed), float64(letters)
	o.Responders, o.Anyway = c.Response*o.Letters, share*came
	o.Margin, o.Contact = finite(c.Response*share*gains), c.Contact*o.Letters
	o.Incentive, o.Given = c.Incentive*o.Responders, c.Incentive*o.Anyway
	o.Profit = o.Margin - o.Contact - o.Incentive - o.Given
	return o
}

// At is the campaign at so many times the response.
func (c Campaign) At(times float64) Campaign {
	c.Response = min(1, times*c.Response)
	return c
}

// What a holdout can show: an effect that is there is seen four times in five, one that is not once in twenty. The normal distribution's
// quantiles at 0.8 and 0.975, as constants: what is computed when a package begins is linked into every module.
const (
	seenQuantile = 0.841621233572914205178705677
	sureQuantile = 1.959963984540054235524594430
)

// SizeFor is the number of customers in each of two groups that show an uplift over a share (Fleiss, Statistical Methods for Rates and Proportions,
// 1981, section 3.2, without its correction); 0 where there is none to show.
func SizeFor(base, uplift float64) float64 {
	up := min(1, base+uplift)
	if !(uplift > 0) || !(up > base) {
		return 0
	}
	return math.Ceil(square(sureQuantile+seenQuantile) * (base*(1-base) + up*(1-up)) / square(up-base))
}

// LeastUplift is the least uplift that two groups of these sizes show; false where none does.
func LeastUplift(base, letters, holdout float64) (uplift float64, ok bool) {
	if letters < 1 || holdout < 1 {
		return 0, false
	}
	shows := func(uplift float64) bool {
		up := base + uplift
		return uplift >= (sureQuantile+seenQuantile)*math.Sqrt(max(0, up*(1-up))/letters+base*(1-base)/holdout)
	}
	low, high := 0.0, 1-base
	if !shows(high) {
		return 0, false
	}
	for high-low > 1e-9 {
		if middle := (low + high) / 2; shows(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high, true
}

// A CampaignGroup is one of the two groups of a past campaign.
type CampaignGroup struct {
	Customers float64
	Ordered   float64 // of them, while it ran
	Spend     float64 // of all of them together since the list was written
	Squares   float64 // sum of the squares of what each has spent
}

// An Uplift is what a campaign has changed.
type Uplift struct {
	Rate  Estimate // difference of the shares that ordered
	Spend Estimate // difference of the spend per customer
	Shown bool     // the interval of the rate leaves out 0
}

// UpliftOf compares two groups, neither empty: the difference of two shares, and of two means (Newcombe, Statistics in Medicine 17, 1998, method 10).
func UpliftOf(test, control CampaignGroup, level float64) (u Uplift) {
	z := special.NormalQuantile(0.5 + level/2)
	share := func(g CampaignGroup) Estimate {
		low, high := wilson(g.Ordered, g.Customers, z)
		return Estimate{g.Ordered / g.Customers, low, high}
	}
	u.Rate = difference(share(test), share(control))
	u.Shown = u.Rate.Low > 0 || u.Rate.High < 0
	if orders := test.Ordered + control.Ordered; orders > 0 {
		amount := (test.Spend + control.Spend) / orders
		u.Spend = difference(test.mean(amount, z), control.mean(amount, z))
	}
	return u
}

func difference(a, b Estimate) Estimate {
	value := a.Value - b.Value
	return Estimate{value, value - math.Hypot(a.Value-a.Low, b.High-b.Value), value + math.Hypot(a.High-a.Value, b.Value-b.Low)}
}

// mean is the spend per customer, most of whom spend nothing: the interval of the share that ordered, of as many as amounts that differ are worth
// (Kish, Survey Sampling, 1965, section 11.7). Student's would be too narrow above where few have ordered. amount is that of an order, where none
// came.
func (g CampaignGroup) mean(amount, z float64) Estimate {
	if !(g.Spend > 0) {
		_, high := wilson(0, g.Customers, z)
		return Estimate{0, 0, amount * high}
	}
	alike := g.Spend * g.Spend / g.Squares // orders that are alike
	low, high := wilson(alike, g.Customers*alike/g.Ordered, z)
	each := g.Spend / g.Ordered
	return Estimate{g.Spend / g.Customers, each * low, each * high}
}

// wilson is Wilson's interval of a share.
func wilson(x, n, z float64) (low, high float64) {
	p := x / n
	middle, half := (p+z*z/(2*n))/(1+z*z/n), z/(1+z*z/n)*math.Sqrt(max(0, p*(1-p))/n+z*z/(4*n*n))
	return max(0, min(p, middle-half)), min(1, max(p, middle+half))
}

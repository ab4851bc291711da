package predict

import (
	"hourglass/core/customers"
	"hourglass/core/notice"
)

// CampaignInput is customers with what a model expects of them, and a campaign.
type CampaignInput struct {
	Value          []float64 `json:"clv" words:"own" unit:"money" jsonschema:"title=Value of each customer,minItems=1,maxItems=20000" jsonschema_description:"Margin expected within the forecast period, as clv of customers/value or of score."`
	Alive          []float64 `json:"p_alive" words:"own" unit:"share" jsonschema:"title=Probability of being active,minItems=1,maxItems=20000" jsonschema_description:"The probability that each customer has not left for good."`
	ExpectedOrders []float64 `json:"expected_orders" words:"own" unit:"count" jsonschema:"title=Expected orders,minItems=1,maxItems=20000" jsonschema_description:"Of each customer within the forecast period."`
	NextOrder      []float64 `json:"next_order_days" unit:"days" jsonschema:"title=Days to the next order,minItems=0,maxItems=20000" jsonschema_description:"The day by which an order of each customer is as likely as not, as score gives it; 0 for none. It makes p_anyway more accurate."`
	HorizonDays    float64   `json:"horizon_days" words:"own" unit:"days" jsonschema:"title=Forecast period (days),minimum=1,default=365" jsonschema_description:"The period that clv and expected_orders are for."`
	ResponseRate   float64   `json:"response_rate" unit:"share" jsonschema:"title=Response rate,exclusiveMinimum=0,maximum=1,default=0.04" jsonschema_description:"Share of the customers you contact who order because of it."`
	Contact        float64   `json:"contact_cost" unit:"money" jsonschema:"title=Cost per contact,default=1" jsonschema_description:"What one letter, message or call costs."`
	Incentive      float64   `json:"incentive" unit:"money" jsonschema:"title=Incentive,default=0" jsonschema_description:"What the offer costs you for each order that uses it."`
	OfferDays      float64   `json:"offer_days" unit:"days" jsonschema:"title=Days of the offer,minimum=1,maximum=365,default=30" jsonschema_description:"How many days the offer is valid."`
	Holdout        float64   `json:"holdout_share" unit:"share" jsonschema:"title=Holdout share,maximum=0.9,default=0.1" jsonschema_description:"Share of the list that you do not contact, drawn at random, so that the effect can be measured."`
}

// CampaignResult is whom to write to, and what that comes to.
type CampaignResult struct {
	Best          float64        `json:"best_customers" unit:"count" jsonschema:"title=Customers on the list" jsonschema_description:"The number at which the expected profit is highest, holdout included: after them, each contact costs more than it brings."`
	Contacted     float64        `json:"contacted" unit:"count" jsonschema:"title=Customers to contact" jsonschema_description:"The list without the holdout."`
	HeldOut       float64        `json:"held_out" unit:"count" jsonschema:"title=Customers in the holdout" jsonschema_description:"Draw them at random from the list."`
	Profit        float64        `json:"profit" unit:"money" jsonschema:"title=Expected profit" jsonschema_description:"Margin less contacts and incentives."`
	ProfitHalf    float64        `json:"profit_half" unit:"money" jsonschema:"title=Profit at half the response" jsonschema_description:"The same list, if half as many customers respond."`
	ProfitDouble  float64        `json:"profit_double" unit:"money" jsonschema:"title=Profit at double the response" jsonschema_description:"The same list, if twice as many customers respond, at most all."`
	ProfitAll     float64        `json:"profit_all" unit:"money" jsonschema:"title=Profit if you contact all" jsonschema_description:"All customers of the input on the list, holdout included."`
	Responders    float64        `json:"responders" unit:"count" jsonschema:"title=Customers who respond" jsonschema_description:"Who order because of the campaign."`
	Margin        float64        `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin of those who respond" jsonschema_description:"Within the forecast period."`
	ContactTotal  float64        `json:"contact_total" unit:"money" jsonschema:"title=Cost of the contacts" jsonschema_description:"For the customers you contact."`
	IncentiveCost float64        `json:"incentive_total" unit:"money" jsonschema:"title=Incentives for those who respond" jsonschema_description:"Without those who order anyway."`
	Anyway        float64        `json:"ordering_anyway" unit:"count" jsonschema:"title=Customers who order anyway" jsonschema_description:"Of those you contact, who order during the offer without the campaign."`
	Given         float64        `json:"given_anyway" unit:"money" jsonschema:"title=Incentives for those who order anyway" jsonschema_description:"What the offer costs for orders that would have come without it."`
	Base          float64        `json:"base_rate" unit:"share" jsonschema:"title=Order rate without the campaign" jsonschema_description:"Share of the list that orders during the offer anyway."`
	Least         *float64       `json:"least_uplift,omitempty" unit:"share" jsonschema:"title=Smallest effect that the holdout shows" jsonschema_description:"As a difference of shares, with 95% confidence and 80% power. Empty if the groups are too small to show any."`
	Needed        *float64       `json:"sample_size,omitempty" unit:"count" jsonschema:"title=Customers in each group to show the response" jsonschema_description:"How many customers the contacted group and the holdout each need to show this response rate, with 95% confidence and 80% power."`
	Each          []CampaignEach `json:"by_row" words:"own" jsonschema:"title=By row" jsonschema_description:"One entry per customer, in the order of the input."`
}

// CampaignEach is one customer's part.
type CampaignEach struct {
	Rank   float64 `json:"rank" words:"own" unit:"count" jsonschema:"title=Rank" jsonschema_description:"By what a contact brings; 1 is the first to contact."`
	Listed float64 `json:"listed" unit:"number" jsonschema:"title=On the list" jsonschema_description:"1 if the customer is among the best; 0 if not."`
	Profit float64 `json:"contact_profit" unit:"money" jsonschema:"title=Profit of a contact" jsonschema_description:"Expected of contacting this customer."`
	Gain   float64 `json:"value_if_active" unit:"money" jsonschema:"title=Value if active" jsonschema_description:"What the customer brings if they are active: clv divided by p_alive."`
	Anyway float64 `json:"p_anyway" unit:"share" jsonschema:"title=Probability of ordering anyway" jsonschema_description:"During the offer, without the campaign."`
}

// PlanCampaign says whom to write to.
func PlanCampaign(in CampaignInput) (out CampaignResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	n := len(in.Value)
	sameLength(&notes, "p_alive", len(in.Alive), n)
	sameLength(&notes, "expected_orders", len(in.ExpectedOrders), n)
	next := in.NextOrder
	if len(next) > 0 {
		sameLength(&notes, "next_order_days", len(next), n)
	} else {
		next = nil
	}
	if notes.Refused() {
		return
	}
	c := customers.Campaign{Response: in.ResponseRate, Contact: in.Contact, Incentive: in.Incentive, Days: in.OfferDays, Holdout: in.Holdout}
	a := c.Audience(in.Value, in.Alive, customers.Paces(in.Alive, in.ExpectedOrders, next, in.HorizonDays))
	best := c.Best(a)
	o := c.Outcome(a, best)
	out.Best, out.Contacted, out.HeldOut = o.Listed, o.Letters, o.Listed-o.Letters
	out.Profit, out.ProfitHalf, out.ProfitDouble = o.Profit, c.At(0.5).Outcome(a, best).Profit, c.At(2).Outcome(a, best).Profit
	out.ProfitAll = c.Outcome(a, n).Profit
	out.Responders, out.Margin, out.ContactTotal, out.IncentiveCost = o.Responders, o.Margin, o.Contact, o.Incentive
	out.Anyway, out.Given = o.Anyway, o.Given
	for i := range best {
		out.Base += a.Anyway[i] / float64(best)
	}
	if least, ok := customers.LeastUplift(out.Base, o.Letters, out.HeldOut); ok {
		out.Least = &least
	}
	if needed := customers.SizeFor(out.Base, c.Response); best > 0 && needed > 0 {
		out.Needed = &needed
	}
	out.Each = make([]CampaignEach, n)
	for place, row := range a.Rows {
		gain, anyway := a.Gain[place], a.Anyway[place]
		out.Each[row] = CampaignEach{float64(place + 1), truth(place < best), c.Letter(gain, anyway), gain, anyway}
	}
	return
}

// UpliftInput is what the two groups of a past campaign have done.
type UpliftInput struct {
	Treated        float64   `json:"treated_customers" unit:"count" jsonschema:"title=Customers contacted,multipleOf=1,minimum=1" jsonschema_description:"How many customers of the list you contacted."`
	TreatedOrdered float64   `json:"treated_ordered" unit:"count" jsonschema:"title=Those contacted who ordered,multipleOf=1" jsonschema_description:"How many of them ordered during the campaign."`
	Control        float64   `json:"control_customers" unit:"count" jsonschema:"title=Customers in the control group,multipleOf=1,minimum=1" jsonschema_description:"How many customers of the list you did not contact."`
	ControlOrdered float64   `json:"control_ordered" unit:"count" jsonschema:"title=Those of the control group who ordered,multipleOf=1" jsonschema_description:"How many of them ordered during the campaign."`
	TreatedSpend   []float64 `json:"treated_spend" unit:"money" jsonschema:"title=Spend of those contacted who ordered,minItems=0,maxItems=20000" jsonschema_description:"The amount that each of them spent during the campaign. If empty, only orders are compared."`
	ControlSpend   []float64 `json:"control_spend" unit:"money" jsonschema:"title=Spend of the control group's who ordered,minItems=0,maxItems=20000" jsonschema_description:"The amount that each of them spent during the campaign."`
	Level          float64   `json:"interval_level" jsonschema:"default=0.95"`
}

// UpliftResult is what the campaign has changed.
type UpliftResult struct {
	TreatedRate  float64  `json:"treated_rate" unit:"share" jsonschema:"title=Order rate of those contacted" jsonschema_description:"Share that ordered."`
	ControlRate  float64  `json:"control_rate" unit:"share" jsonschema:"title=Order rate of the control group" jsonschema_description:"Share that ordered."`
	Uplift       float64  `json:"uplift" words:"own" unit:"number" jsonschema:"title=Uplift" jsonschema_description:"Difference of the two order rates: 0.02 is 2 percentage points."`
	UpliftLower  float64  `json:"uplift_lower" unit:"number" jsonschema:"title=Uplift\\, lower end" jsonschema_description:"Lower end of the interval."`
	UpliftUpper  float64  `json:"uplift_upper" unit:"number" jsonschema:"title=Uplift\\, upper end" jsonschema_description:"Upper end of the interval."`
	Shown        float64  `json:"shown" unit:"number" jsonschema:"title=Effect shown" jsonschema_description:"1 if the interval leaves out 0; 0 if chance can explain the difference."`
	Extra        float64  `json:"extra_customers" unit:"number" jsonschema:"title=Extra customers who ordered" jsonschema_description:"Uplift, multiplied by the customers contacted."`
	Spend        *float64 `json:"spend_uplift,omitempty" unit:"number" jsonschema:"title=Uplift in spend per customer" jsonschema_description:"Spend per customer contacted, less that of the control group, before any cost."`
	SpendLower   *float64 `json:"spend_uplift_lower,omitempty" unit:"number" jsonschema:"title=Uplift in spend\\, lower end" jsonschema_description:"Lower end of the interval."`
	SpendUpper   *float64 `json:"spend_uplift_upper,omitempty" unit:"number" jsonschema:"title=Uplift in spend\\, upper end" jsonschema_description:"Upper end of the interval."`
	TreatedSpend *float64 `json:"treated_spend_mean,omitempty" unit:"money" jsonschema:"title=Spend per customer contacted" jsonschema_description:"Customers who did not order count with 0."`
	ControlSpend *float64 `json:"control_spend_mean,omitempty" unit:"money" jsonschema:"title=Spend per customer of the control group" jsonschema_description:"Customers who did not order count with 0."`
}

// CampaignUplift compares those written to with those held out.
func CampaignUplift(in UpliftInput) (out UpliftResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.TreatedOrdered > in.Treated {
		notes.Add(notice.TooHigh, "treated_ordered", in.Treated)
	}
	if in.ControlOrdered > in.Control {
		notes.Add(notice.TooHigh, "control_ordered", in.Control)
	}
	paid := len(in.TreatedSpend)+len(in.ControlSpend) > 0
	if paid {
		sameLength(&notes, "treated_spend", len(in.TreatedSpend), int(in.TreatedOrdered))
		sameLength(&notes, "control_spend", len(in.ControlSpend), int(in.ControlOrdered))
	}
	if notes.Refused() {
		return
	}
	group := func(n, ordered float64, spend []float64) customers.CampaignGroup {
		g := customers.CampaignGroup{Customers: n, Ordered: ordered}
		for _, amount := range spend {
			g.Spend, g.Squares = g.Spend+amount, g.Squares+amount*amount
		}
		return g
	}
	test, control := group(in.Treated, in.TreatedOrdered, in.TreatedSpend), group(in.Control, in.ControlOrdered, in.ControlSpend)
	u := customers.UpliftOf(test, control, in.Level)
	out.TreatedRate, out.ControlRate = test.Ordered/test.Customers, control.Ordered/control.Customers
	out.Uplift, out.UpliftLower, out.UpliftUpper, out.Shown = u.Rate.Value, u.Rate.Low, u.Rate.High, truth(u.Shown)
	out.Extra = u.Rate.Value * test.Customers
	if paid {
		a, b := test.Spend/test.Customers, control.Spend/control.Customers
		out.TreatedSpend, out.ControlSpend = &a, &b
		out.Spend, out.SpendLower, out.SpendUpper = &u.Spend.Value, &u.Spend.Low, &u.Spend.High
	}
	return
}

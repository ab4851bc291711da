package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// maxRows is how many rows a list may have.
const maxRows = 50

// slack is by how much a share may be beyond its ends, which is rounding.
const slack = 1e-9

// ChannelsInput is what each channel cost in a period, how many customers it brought, and what they bring.
type ChannelsInput struct {
	Channels           []Channel           `json:"channels" row:"Channel" jsonschema:"title=Channels,minItems=1,maxItems=50" jsonschema_description:"One row per channel. A channel without spend counts as organic."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	SpendElasticity    *float64            `json:"spend_elasticity,omitempty" unit:"number" jsonschema:"title=Spend elasticity,minimum=0,maximum=1" jsonschema_description:"By how many percent new customers rise if you spend 1% more. 0.6 means 10% more spend brings 6% more customers."`
	NextSpend          *float64            `json:"next_spend,omitempty" unit:"money" jsonschema:"title=Next spend,exclusiveMinimum=0" jsonschema_description:"An amount to add to one channel. Hourglass shows what it brings in each."`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
}

// A Channel is one way by which customers come.
type Channel struct {
	Spend           float64  `json:"spend" words:"own" adds:"up" unit:"money" jsonschema:"title=Spend" jsonschema_description:"What the channel cost in the period: media, fees, people. 0 for organic customers."`
	Customers       float64  `json:"new_customers" words:"own" adds:"up" unit:"count" jsonschema:"title=New customers" jsonschema_description:"How many customers it brought in the period."`
	Margin          *float64 `json:"margin,omitempty" words:"own" unit:"money" jsonschema:"title=Margin per customer" jsonschema_description:"Margin of one customer in a period, after the cost of goods."`
	ChurnRate       *float64 `json:"churn_rate,omitempty" words:"own" unit:"share" jsonschema:"title=Churn rate" jsonschema_description:"The share of the channel's customers that leaves in one period."`
	CLV             *float64 `json:"clv,omitempty" words:"own" unit:"money" jsonschema:"title=CLV\\, if known" jsonschema_description:"Value of one customer. It replaces the value from margin and churn."`
	SpendElasticity *float64 `json:"spend_elasticity,omitempty" words:"own" unit:"number" jsonschema:"title=Elasticity,minimum=0,maximum=1" jsonschema_description:"Spend elasticity of this channel, if it differs."`
}

// ChannelsResult says what each channel earns, what all do, and where the next money does most. Paid are the channels with spend.
type ChannelsResult struct {
	Ratio        *float64       `json:"ltv_cac_ratio,omitempty" words:"own" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, paid channels" jsonschema_description:"Value of the customers from channels with spend, divided by that spend."`
	Blended      *float64       `json:"blended_ratio,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, all channels" jsonschema_description:"The same with organic customers, who make acquisition look cheaper than it is. Empty if there are none."`
	OrganicShare *float64       `json:"organic_value_share,omitempty" unit:"share" jsonschema:"title=Value from organic customers" jsonschema_description:"Share of the value that comes from channels without spend."`
	Next         *float64       `json:"next_channel,omitempty" unit:"row" jsonschema:"title=Channel for the next spend" jsonschema_description:"The row number of the channel in which the next spend brings the most value; 1 is the first. Empty without a spend elasticity."`
	NextValue    *float64       `json:"next_value,omitempty" unit:"money" jsonschema:"title=Value from the next spend" jsonschema_description:"What the next spend brings in that channel."`
	Paid         ChannelTotal   `json:"paid" jsonschema:"title=Paid channels" jsonschema_description:"The channels with spend."`
	All          ChannelTotal   `json:"blended" jsonschema:"title=All channels" jsonschema_description:"With organic customers."`
	Channels     []ChannelValue `json:"channels" words:"own" jsonschema:"title=Result by channel" jsonschema_description:"One row per channel, in your order."`
}

// A ChannelTotal is several channels together.
type ChannelTotal struct {
	Spend     float64  `json:"spend" words:"own" unit:"money" jsonschema:"title=Spend" jsonschema_description:"What they cost in the period."`
	Customers float64  `json:"new_customers" words:"own" unit:"count" jsonschema:"title=New customers" jsonschema_description:"How many customers they brought in the period."`
	Value     float64  `json:"acquired_value" unit:"money" jsonschema:"title=Value acquired" jsonschema_description:"CLV of all new customers."`
	Net       float64  `json:"net_value" unit:"money" jsonschema:"title=Value less spend" jsonschema_description:"Value acquired less spend."`
	CLV       *float64 `json:"clv,omitempty" words:"own" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Value acquired per new customer."`
	CAC       *float64 `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=CAC" jsonschema_description:"Spend per new customer."`
}

// A ChannelValue is what one channel earns.
type ChannelValue struct {
	CLV        float64  `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Value of one customer of this channel."`
	CAC        *float64 `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=CAC" jsonschema_description:"Spend per new customer. Empty without spend or customers."`
	Ratio      *float64 `json:"ltv_cac_ratio,omitempty" words:"own" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV divided by CAC."`
	Payback    *float64 `json:"payback_periods,omitempty" words:"own" never:"-" unit:"periods" jsonschema:"title=Payback period" jsonschema_description:"Periods until the expected margin, discounted, covers CAC. Empty if it never does, or without margin and churn."`
	Value      float64  `json:"acquired_value" unit:"money" jsonschema:"title=Value acquired" jsonschema_description:"CLV times new customers."`
	Net        float64  `json:"net_value" unit:"money" jsonschema:"title=Value less spend" jsonschema_description:"Value acquired less spend."`
	Share      *float64 `json:"value_share,omitempty" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value acquired by all channels."`
	SpendShare *float64 `json:"spend_share,omitempty" unit:"share" jsonschema:"title=Share of spend" jsonschema_description:"Of the spend on all channels."`
	Marginal   *float64 `json:"marginal_cac,omitempty" unit:"money" jsonschema:"title=Marginal CAC" jsonschema_description:"What one more customer costs at today's spend: CAC divided by the spend elasticity."`
	Return     *float64 `json:"marginal_return,omitempty" unit:"ratio" jsonschema:"title=Return on more spend" jsonschema_description:"Value gained per 1 more spent, at today's spend. Below 1, more spend loses money."`
	NextValue  *float64 `json:"next_value,omitempty" unit:"money" jsonschema:"title=Value from the next spend" jsonschema_description:"What the next spend brings here, with diminishing returns."`
}

// Channels sets the value of the customers that each channel brings against what it cost. With N_i customers for a spend of
// S_i, CAC_i = S_i/N_i, and the ratio of several channels is Σ N_i·CLV_i / Σ S_i: of those with spend alone ("paid"), or of all
// ("blended", which organic customers flatter).
//
// Where a spend elasticity e is given, customers follow N·(S/S_i)^e, the constant-elasticity response of Hanssens, Parsons & Schultz
// (2001), Market Response Models, 2nd ed., ch. 3. One more customer then costs CAC/e, one more unit of money brings e·CLV/CAC, and an
// amount Δ brings N·((1+Δ/S)^e - 1)·CLV. Customers' own value is taken to stay the same.
func Channels(in ChannelsInput) (out ChannelsResult, notes notice.List) {
	notes = in.Check()
	for i := range min(len(in.Channels), maxRows) { // of too many, those that are too many are enough to say
		in.Channels[i].complete(&notes, i)
	}
	if notes.Refused() {
		return
	}
	for i := range in.Channels {
		out.Channels = append(out.Channels, in.channel(&notes, i))
		out.All.add(&in.Channels[i], &out.Channels[i])
		if in.Channels[i].Spend > 0 {
			out.Paid.add(&in.Channels[i], &out.Channels[i])
		}
	}
	out.Paid.average()
	out.All.average()
	if out.Paid.Spend > 0 {
		out.Ratio = new(out.Paid.Value / out.Paid.Spend)
		if out.All.Customers > out.Paid.Customers {
			out.Blended = new(out.All.Value / out.Paid.Spend)
		}
	}
	out.share(in.Channels)
	return
}

// complete notes what a channel's value lacks: either the value itself, or margin and churn.
func (c *Channel) complete(notes *notice.List, i int) {
	at := notice.At("channels", i)
	switch {
	case c.CLV != nil:
	case c.Margin == nil:
		notes.Add(notice.Required, at+"/margin", 0)
	case c.ChurnRate == nil:
		notes.Add(notice.Required, at+"/churn_rate", 0)
	}
}

// channel is what channel i earns.
func (in *ChannelsInput) channel(notes *notice.List, i int) (out ChannelValue) {
	c, at := &in.Channels[i], notice.At("channels", i)
	if c.Spend > 0 && c.Customers > 0 {
		out.CAC = new(c.Spend / c.Customers)
	}
	if c.Margin != nil && c.ChurnRate != nil {
		each, own := in.customer(c, out.CAC)
		out.CLV, out.Payback = each.CLV, each.PaybackPeriods
		if c.CLV == nil {
			once(notes, own, at)
		}
	}
	if c.CLV != nil {
		out.CLV = *c.CLV
	}
	out.Value = c.Customers * out.CLV
	out.Net = out.Value - c.Spend
	if c.Spend > 0 {
		out.Ratio = new(out.Value / c.Spend)
		in.next(&out, c)
	}
	switch {
	case out.Return != nil && *out.Return < 1:
		notes.Add(notice.Overspent, at+"/spend", *out.Return)
	case out.Return == nil && out.CAC != nil && out.CLV < *out.CAC:
		notes.Add(notice.BelowCost, at+"/clv", out.CLV)
	}
	return
}

// customer is a customer of a channel as a subscriber whose price is the margin.
func (in *ChannelsInput) customer(c *Channel, cac *float64) (value.SubscriptionResult, notice.List) {
	s := value.NewSubscriptionInput()
	s.Price, s.GrossMargin, s.ChurnRate, s.Period = *c.Margin, 1, *c.ChurnRate, in.Period
	s.AnnualDiscountRate, s.PaymentTiming, s.HorizonPeriods, s.CAC = in.AnnualDiscountRate, in.PaymentTiming, in.HorizonPeriods, cac
	return value.SubscriptionFor(&s, value.Figures)
}

// once passes on what qualifies a customer's value, each kind for the first channel that it is true of: a note per
// channel would bury the others.
func once(notes *notice.List, own notice.List, at string) {
	for _, n := range own {
		if n.Code != notice.Unbounded && n.Code != notice.LongLifetime && n.Code != notice.NeverLeaves {
			continue // of the margin, which is none of theirs, or of the cost, which is said otherwise
		}
		known := false
		for _, told := range *notes {
			known = known || told.Code == n.Code
		}
		if !known {
			notes.Add(n.Code, at+"/churn_rate", n.Limit)
		}
	}
}

// next fills in what more spend would bring.
func (in *ChannelsInput) next(out *ChannelValue, c *Channel) {
	e := c.SpendElasticity
	if e == nil {
		e = in.SpendElasticity
	}
	if e == nil {
		return
	}
	out.Return = new(*e * *out.Ratio)
	if in.NextSpend != nil {
		out.NextValue = new(out.Value * math.Expm1(*e*math.Log1p(*in.NextSpend/c.Spend)))
	}
	if *e > 0 && out.CAC != nil {
		out.Marginal = new(*out.CAC / *e)
	}
}

func (t *ChannelTotal) add(c *Channel, v *ChannelValue) {
	t.Spend += c.Spend
	t.Customers += c.Customers
	t.Value += v.Value
	t.Net += v.Net
}

// average divides the totals by the customers, where there are any.
func (t *ChannelTotal) average() {
	if t.Customers > 0 {
		t.CLV, t.CAC = new(t.Value/t.Customers), new(t.Spend/t.Customers)
	}
}

// share sets each channel against all, and finds the one in which the next money does most: the next spend or, where no amount is given, the first of it.
func (out *ChannelsResult) share(channels []Channel) {
	most := -1.0
	if out.All.Value > 0 {
		out.OrganicShare = new((out.All.Value - out.Paid.Value) / out.All.Value)
	}
	for i := range out.Channels {
		c := &out.Channels[i]
		if out.All.Value > 0 {
			c.Share = new(c.Value / out.All.Value)
		}
		if out.All.Spend > 0 {
			c.SpendShare = new(channels[i].Spend / out.All.Spend)
		}
		gain := c.NextValue
		if gain == nil {
			gain = c.Return
		}
		if gain != nil && *gain > most {
			most, out.Next, out.NextValue = *gain, new(float64(i+1)), c.NextValue
		}
	}
}

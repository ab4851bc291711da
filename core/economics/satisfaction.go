package economics

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// SatisfactionInput is the three groups of the Net Promoter Score, and what differs between their customers.
type SatisfactionInput struct {
	Groups             []Opinion    `json:"groups" row:"Group" jsonschema:"title=Groups,minItems=3,maxItems=3" jsonschema_description:"Three rows in this order: promoters (9 and 10), passives (7 and 8), detractors (0 to 6)."`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin" words:"own" unit:"share" jsonschema:"title=Gross margin" jsonschema_description:"The share of the spend that remains after the cost of goods."`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
	ReferredValue      *float64     `json:"referred_value,omitempty" unit:"money" jsonschema:"title=Value of a referred customer" jsonschema_description:"CLV of a customer who comes by recommendation, with the CAC saved. Empty: the average value of your customers without referrals."`
	Customers          *float64     `json:"customer_count,omitempty" words:"own" unit:"count" jsonschema:"title=Customers" jsonschema_description:"How many customers you have, for totals."`
	Recovered          float64      `json:"recovered_share" unit:"share" jsonschema:"title=Detractors recovered,default=0.2" jsonschema_description:"The share of contacted detractors who become passives after you close the loop. Measure it against detractors you did not contact."`
	LoopCost           *float64     `json:"loop_cost,omitempty" unit:"money" jsonschema:"title=Cost per contact" jsonschema_description:"What contacting one detractor and fixing the cause costs."`
}

// An Opinion is customers who answered alike.
type Opinion struct {
	Answers     float64 `json:"answers" adds:"up" unit:"count" jsonschema:"title=Answers" jsonschema_description:"How many answered so. Shares work too."`
	Spend       float64 `json:"spend" words:"own" unit:"money" jsonschema:"title=Spend per period" jsonschema_description:"What one customer of the group pays per period, without tax."`
	ChurnRate   float64 `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate" jsonschema_description:"The share of the group that leaves in one period."`
	Referrals   float64 `json:"referrals" unit:"number" jsonschema:"title=Referred customers per period,minimum=-10,maximum=10,default=0" jsonschema_description:"New customers whom one customer brings per period. Below 0: prospects whom bad word of mouth keeps away."`
	ServiceCost float64 `json:"service_cost" words:"own" unit:"money" jsonschema:"title=Cost to serve,default=0" jsonschema_description:"Support, returns and complaints per customer and period."`
}

// SatisfactionResult is what each group is worth, and what it brings to move a customer from one to another.
type SatisfactionResult struct {
	NPS         float64        `json:"nps" unit:"number" jsonschema:"title=Net Promoter Score (NPS)" jsonschema_description:"Promoters less detractors, in percent of all answers: from -100 to 100."`
	CLV         float64        `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV of the average customer" jsonschema_description:"With the value of referrals, weighted by answers."`
	PointValue  float64        `json:"nps_point_value" unit:"money" jsonschema:"title=Value of one NPS point per customer" jsonschema_description:"If half of 1% of the customers turned from detractors into promoters, spread over all customers."`
	PointTotal  *float64       `json:"nps_point_total,omitempty" unit:"money" jsonschema:"title=Value of one NPS point" jsonschema_description:"For all your customers. Empty without their number."`
	Passive     float64        `json:"detractor_to_passive" unit:"money" jsonschema:"title=Detractor becomes passive" jsonschema_description:"What one such customer is worth more."`
	Promoter    float64        `json:"passive_to_promoter" unit:"money" jsonschema:"title=Passive becomes promoter" jsonschema_description:"What one such customer is worth more."`
	Whole       float64        `json:"detractor_to_promoter" unit:"money" jsonschema:"title=Detractor becomes promoter" jsonschema_description:"What one such customer is worth more."`
	Loss        *float64       `json:"detractor_cost_total,omitempty" unit:"money" jsonschema:"title=Value lost with detractors" jsonschema_description:"What all detractors would be worth more as passives. Empty without the number of customers."`
	MaxLoop     float64        `json:"max_loop_cost" unit:"money" jsonschema:"title=Maximum cost per contact" jsonschema_description:"With this cost per contacted detractor, closing the loop earns back exactly its cost."`
	LoopNet     *float64       `json:"loop_net,omitempty" unit:"money" jsonschema:"title=Gain per contact" jsonschema_description:"Maximum cost less the cost per contact. Empty without a cost."`
	LoopBreak   *float64       `json:"break_even_recovered,omitempty" never:"loop_cost" unit:"share" jsonschema:"title=Break-even recovery" jsonschema_description:"The share of contacted detractors who must become passives to earn back the cost. Empty without a cost, or if even all are not enough."`
	Referred    float64        `json:"referred_value_used" unit:"money" jsonschema:"title=Value of a referred customer used" jsonschema_description:"The one you entered, or the average value without referrals."`
	Discount    float64        `json:"discount_rate_per_period" per:"period"`
	HorizonUsed *float64       `json:"horizon_used_periods,omitempty"`
	Groups      []OpinionValue `json:"groups" words:"own" jsonschema:"title=Result by group" jsonschema_description:"Promoters, passives, detractors."`
}

// An OpinionValue is what a customer of one group is worth.
type OpinionValue struct {
	CLV        float64  `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Own margin and the value of referrals."`
	Own        float64  `json:"own_value" unit:"money" jsonschema:"title=Own value" jsonschema_description:"Margin after the cost to serve, expected and discounted."`
	Referral   float64  `json:"referral_value" words:"own" unit:"money" jsonschema:"title=Value of referrals" jsonschema_description:"Referred customers over the lifetime, times their value. Negative for bad word of mouth."`
	Lifetime   *float64 `json:"lifetime_periods,omitempty" words:"own" unit:"periods" jsonschema:"title=Customer lifetime" jsonschema_description:"How many periods a customer is expected to stay, within the time horizon if you set one. Empty if it has no limit."`
	Share      float64  `json:"answer_share" unit:"share" jsonschema:"title=Share of answers" jsonschema_description:"Of all answers."`
	ValueShare *float64 `json:"value_share,omitempty" words:"own" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value of all groups. Empty if that is not above 0."`
	MaxService float64  `json:"max_service_cost" words:"own" unit:"money" jsonschema:"title=Maximum cost to serve" jsonschema_description:"Per customer and period: with this cost, a customer of the group is worth 0, referrals included."`
}

// Satisfaction values promoters, passives and detractors apart, as Reichheld (2006), The Ultimate Question, ch. 3, and Owen & Brooks (2008) do: by how
// long they stay, what they buy, what they cost to serve and whom they bring. With A(c) the discounted periods of a customer,
//
//	V = (s·g - k)·A(c) + w·A(c)·W
//
// w the customers one brings a period and W the value of each, one generation only: what they bring in turn is theirs. A point of NPS is half of
// 1 % of the customers turned from detractors into promoters; it may also come in other ways, which are worth something else.
func Satisfaction(in SatisfactionInput) (out SatisfactionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	all := 0.0
	for i := range in.Groups {
		all += in.Groups[i].Answers
	}
	if all <= 0 {
		notes.Add(notice.NotAbove, notice.At("groups", 0)+"/answers", 0)
		return
	}
	out.Discount = value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())
	in.limit(&notes, &out)
	var times [3]float64
	for i := range in.Groups {
		g := &in.Groups[i]
		lived, own := in.periods(g.ChurnRate)
		once(&notes, own, notice.At("groups", i))
		times[i] = lived.CLV
		v := OpinionValue{Share: g.Answers / all, Own: (g.Spend*in.GrossMargin - g.ServiceCost) * lived.CLV, Lifetime: lived.LifetimePeriods}
		out.Referred += v.Share * v.Own
		out.Groups = append(out.Groups, v)
	}
	if in.ReferredValue != nil {
		out.Referred = *in.ReferredValue
	} else if out.Referred < 0 {
		out.Referred = 0 // nobody refers losses on purpose; said by the note below
	}
	for i := range out.Groups {
		v, g := &out.Groups[i], &in.Groups[i]
		v.Referral = g.Referrals * times[i] * out.Referred
		v.CLV = v.Own + v.Referral
		v.MaxService = g.Spend*in.GrossMargin + g.Referrals*out.Referred
		out.CLV += v.Share * v.CLV
	}
	for i := range out.Groups {
		if v := &out.Groups[i]; out.CLV > 0 {
			v.ValueShare = new(v.Share * v.CLV / out.CLV)
		}
	}
	out.move(&in, &notes)
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

// limit counts all groups within five years where one of them has no limit: else they could not be compared.
func (in *SatisfactionInput) limit(notes *notice.List, out *SatisfactionResult) {
	for i := range in.Groups {
		if in.HorizonPeriods != nil {
			break
		}
		if lived, _ := in.periods(in.Groups[i].ChurnRate); lived.HorizonUsedPeriods != nil {
			notes.Add(notice.Unbounded, notice.At("groups", i)+"/churn_rate", value.UnboundedYears)
			in.HorizonPeriods = lived.HorizonUsedPeriods
		}
	}
	out.HorizonUsed = in.HorizonPeriods
}

// move says what it brings to turn customers of one group into those of another.
func (out *SatisfactionResult) move(in *SatisfactionInput, notes *notice.List) {
	promoter, passive, detractor := &out.Groups[0], &out.Groups[1], &out.Groups[2]
	out.NPS = 100 * (promoter.Share - detractor.Share)
	out.Passive, out.Promoter, out.Whole = passive.CLV-detractor.CLV, promoter.CLV-passive.CLV, promoter.CLV-detractor.CLV
	out.PointValue = out.Whole / 200
	if in.Customers != nil {
		out.PointTotal = new(*in.Customers * out.PointValue)
		out.Loss = new(*in.Customers * detractor.Share * out.Passive)
	}
	out.MaxLoop = max(0, in.Recovered*out.Passive)
	if in.LoopCost != nil {
		out.LoopNet = new(in.Recovered*out.Passive - *in.LoopCost)
		if out.Passive > 0 && *in.LoopCost <= out.Passive {
			out.LoopBreak = new(*in.LoopCost / out.Passive)
		}
		if *out.LoopNet < 0 {
			notes.Add(notice.LoopLoses, "loop_cost", -*out.LoopNet)
		}
	}
	if out.Whole < 0 {
		notes.Add(notice.DetractorsWorthMore, "groups", -out.Whole)
	}
}

// periods is a customer who pays 1 a period.
func (in *SatisfactionInput) periods(churn float64) (value.SubscriptionResult, notice.List) {
	s := value.NewSubscriptionInput()
	s.Price, s.GrossMargin, s.ChurnRate, s.Period = 1, 1, churn, in.Period
	s.AnnualDiscountRate, s.HorizonPeriods = in.AnnualDiscountRate, in.HorizonPeriods
	return value.SubscriptionFor(&s, value.Figures)
}

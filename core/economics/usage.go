package economics

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// UsageInput is a mix of customers who pay for seats, for what they use, or a share of what they trade.
type UsageInput struct {
	Segments           []Segment           `json:"segments" row:"Segment" jsonschema:"title=Segments,minItems=1,maxItems=50" jsonschema_description:"One row per kind of customer. Fill in what it pays for: seats, usage, a share of its volume, or several."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	CAC                *float64            `json:"cac,omitempty"`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
}

// A Segment is one kind of customer, and what one of them pays per period at first.
type Segment struct {
	Customers   float64  `json:"new_customers" words:"own" adds:"up" unit:"count" jsonschema:"title=New customers" jsonschema_description:"How many new customers are of this kind. Shares work too."`
	Seats       float64  `json:"seats" unit:"count" jsonschema:"title=Seats,default=0" jsonschema_description:"Paid seats or licences of one customer."`
	SeatPrice   float64  `json:"seat_price" unit:"money" jsonschema:"title=Price per seat,default=0" jsonschema_description:"Per seat and period, without tax."`
	Usage       float64  `json:"usage" unit:"count" jsonschema:"title=Units used,default=0" jsonschema_description:"Units that one customer uses per period: calls, gigabytes, parcels."`
	UsagePrice  float64  `json:"usage_price" unit:"money" jsonschema:"title=Price per unit,default=0" jsonschema_description:"Per unit used, without tax."`
	Volume      float64  `json:"volume" unit:"money" jsonschema:"title=Volume (GMV),default=0" jsonschema_description:"What one customer sells or processes through you per period."`
	TakeRate    float64  `json:"take_rate" unit:"share" jsonschema:"title=Take rate,default=0" jsonschema_description:"Your share of the volume."`
	GrossMargin float64  `json:"gross_margin" words:"own" unit:"share" jsonschema:"title=Gross margin" jsonschema_description:"The share of your revenue that remains after the cost of goods: hosting, payment fees."`
	ChurnRate   float64  `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate" jsonschema_description:"The share of the segment's customers that leaves in one period."`
	Expansion   float64  `json:"expansion_rate" unit:"rate" jsonschema:"title=Expansion per period,minimum=-1,maximum=1,default=0" jsonschema_description:"By what percentage the revenue of a customer who stays rises per period: more seats, more usage."`
	ServiceCost float64  `json:"service_cost" words:"own" unit:"money" jsonschema:"title=Cost to serve,default=0" jsonschema_description:"Support and account management per customer and period."`
	CAC         *float64 `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=CAC" jsonschema_description:"Acquisition cost of a customer of this segment, if it differs."`
}

// UsageResult is what the mix is worth, what it pays for, and what each segment may cost to serve.
type UsageResult struct {
	CLV        float64      `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV of the average new customer" jsonschema_description:"Value of each segment, weighted by its new customers."`
	Ratio      *float64     `json:"ltv_cac_ratio,omitempty" words:"own" never:"-" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV of all new customers divided by their acquisition cost. Empty without CAC."`
	AvgCAC     *float64     `json:"average_cac,omitempty" words:"own" never:"-" unit:"money" jsonschema:"title=CAC of the average new customer" jsonschema_description:"CAC of each segment, weighted by its new customers. Empty if one has none."`
	Revenue    float64      `json:"first_revenue" unit:"money" jsonschema:"title=Revenue per new customer and period" jsonschema_description:"In the first period, on average."`
	SeatShare  *float64     `json:"seat_share,omitempty" unit:"share" jsonschema:"title=Revenue from seats" jsonschema_description:"Share of the first revenue. Empty without revenue."`
	UsageShare *float64     `json:"usage_share,omitempty" unit:"share" jsonschema:"title=Revenue from usage" jsonschema_description:"Share of the first revenue. Empty without revenue."`
	TakeShare  *float64     `json:"take_share,omitempty" unit:"share" jsonschema:"title=Revenue from volume" jsonschema_description:"Share of the first revenue. Empty without revenue."`
	Expansion  float64      `json:"expansion_value" unit:"money" jsonschema:"title=Value from expansion" jsonschema_description:"The part of CLV that comes from expansion. Negative if customers shrink."`
	Best       float64      `json:"best_segment" unit:"row" jsonschema:"title=Segment with the most value" jsonschema_description:"The row number of the segment that brings the largest share of the value; 1 is the first."`
	Serve      *float64     `json:"serve_segment,omitempty" unit:"row" jsonschema:"title=Segment to serve better" jsonschema_description:"The row number of the segment in which 1 percentage point less churn justifies the most extra service; 1 is the first."`
	Segments   []UsageValue `json:"segments" words:"own" jsonschema:"title=Result by segment" jsonschema_description:"One row per segment, in your order."`
}

// A UsageValue is one segment's result.
type UsageValue struct {
	CLV        float64  `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Value of one customer of this segment."`
	Revenue    float64  `json:"first_revenue" unit:"money" jsonschema:"title=Revenue per period" jsonschema_description:"Seats, usage and share of the volume, in the first period."`
	Margin     float64  `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin per period" jsonschema_description:"Of the first period: revenue times gross margin, less the cost to serve."`
	Lifetime   *float64 `json:"lifetime_periods,omitempty" words:"own" unit:"periods" jsonschema:"title=Customer lifetime" jsonschema_description:"How many periods a new customer is expected to stay, within the time horizon if you set one. Empty if it has no limit."`
	Retained   float64  `json:"nrr" words:"own" per:"period" unit:"share" jsonschema:"title=Net revenue retention (NRR)" jsonschema_description:"Per period: what stays after churn, with expansion. Above 100%, the segment's revenue grows by itself."`
	Ratio      *float64 `json:"ltv_cac_ratio,omitempty" words:"own" never:"-" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV divided by the segment's CAC. Empty without CAC."`
	Share      float64  `json:"customer_share" words:"own" unit:"share" jsonschema:"title=Share of new customers" jsonschema_description:"Of all new customers."`
	ValueShare *float64 `json:"value_share,omitempty" words:"own" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value of all segments. Empty if that is not above 0."`
	BreakEven  *float64 `json:"break_even_revenue,omitempty" unit:"money" jsonschema:"title=Break-even revenue per period" jsonschema_description:"With this first revenue, CLV is CAC, or 0 without CAC. Empty without margin."`
	MaxService float64  `json:"max_service_cost" words:"own" unit:"money" jsonschema:"title=Maximum cost to serve" jsonschema_description:"Per customer and period: with this cost, CLV is CAC, or 0 without CAC."`
	ExtraServe *float64 `json:"extra_service_cost,omitempty" words:"own" unit:"money" jsonschema:"title=Extra service that 1 point pays for" jsonschema_description:"Per customer and period: what service may cost more if it lowers churn by 1 percentage point. Empty without churn."`
}

// Usage values a mix of customers whose revenue is made of seats, units and a share of volume:
//
//	R = seats·price + units·price + volume·take rate,  CLV = R·g·A(c,e) - k·A(c,0)
//
// where A(c,e) = Σ [(1-c)(1+e)/(1+d)]^t is the discounted number of periods of a customer with churn c whose revenue rises by e a period
// (Gupta & Lehmann 2003 with growth), and k the cost to serve, which does not rise. The mix is the mean by new customers, as of price tiers.
func Usage(in UsageInput) (out UsageResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	all := 0.0
	for i := range in.Segments {
		all += in.Segments[i].Customers
	}
	if all <= 0 {
		notes.Add(notice.NotAbove, notice.At("segments", 0)+"/new_customers", 0)
		return
	}
	in.joinHorizon(&notes)
	var seats, units, take, expansion float64
	out.AvgCAC = new(0.0)
	for i := range in.Segments {
		s := &in.Segments[i]
		share := s.Customers / all
		v, grown := in.segment(&notes, i, share)
		out.CLV += share * v.CLV
		expansion += share * grown
		seats, units, take = seats+share*s.Seats*s.SeatPrice, units+share*s.Usage*s.UsagePrice, take+share*s.Volume*s.TakeRate
		if cac := in.cac(s); cac == nil {
			out.AvgCAC = nil
		} else if out.AvgCAC != nil {
			*out.AvgCAC += share * *cac
		}
		out.Segments = append(out.Segments, v)
	}
	out.Expansion = expansion
	if out.Revenue = seats + units + take; out.Revenue > 0 {
		out.SeatShare, out.UsageShare, out.TakeShare = new(seats/out.Revenue), new(units/out.Revenue), new(take/out.Revenue)
	}
	if out.AvgCAC != nil && *out.AvgCAC > 0 {
		out.Ratio = new(out.CLV / *out.AvgCAC)
	}
	out.compare()
	return
}

// joinHorizon counts all segments within five years where one of them has no limit: else its part would be beyond comparison.
func (in *UsageInput) joinHorizon(notes *notice.List) {
	if in.HorizonPeriods != nil {
		return
	}
	for i := range in.Segments {
		s := &in.Segments[i]
		grown, _ := in.periods(s.ChurnRate, s.Expansion, nil)
		flat, _ := in.periods(s.ChurnRate, 0, nil)
		if grown.HorizonUsedPeriods != nil || flat.HorizonUsedPeriods != nil {
			notes.Add(notice.Unbounded, notice.At("segments", i)+"/expansion_rate", value.UnboundedYears)
			in.HorizonPeriods = new(float64(value.UnboundedYears * in.Period.PerYear()))
			return
		}
	}
}

// revenue is what a customer pays in the first period.
func (s *Segment) revenue() float64 {
	return s.Seats*s.SeatPrice + s.Usage*s.UsagePrice + s.Volume*s.TakeRate
}

// cac is what a customer of a segment costs: its own figure, or that of all.
func (in *UsageInput) cac(s *Segment) *float64 {
	if s.CAC != nil {
		return s.CAC
	}
	return in.CAC
}

// periods is a customer who pays 1 at first, and more by a rate: its value is the discounted number of such payments. A horizon takes the place of the input's.
func (in *UsageInput) periods(churn, growth float64, horizon *float64) (value.SubscriptionResult, notice.List) {
	s := value.NewSubscriptionInput()
	s.Price, s.GrossMargin, s.ChurnRate, s.GrowthRate, s.Period = 1, 1, churn, growth, in.Period
	s.AnnualDiscountRate, s.PaymentTiming, s.HorizonPeriods = in.AnnualDiscountRate, in.PaymentTiming, in.HorizonPeriods
	if horizon != nil {
		s.HorizonPeriods = horizon
	}
	return value.SubscriptionFor(&s, value.Figures)
}

// worth is what a customer of a segment with such a churn is worth, within the horizon it takes, and within which that is.
func (in *UsageInput) worth(s *Segment, churn float64, horizon *float64) (clv, flat float64, used *float64) {
	grown, _ := in.periods(churn, s.Expansion, horizon)
	steady, _ := in.periods(churn, 0, horizon)
	used = grown.HorizonUsedPeriods
	if used == nil {
		used = steady.HorizonUsedPeriods
	}
	if used != nil && horizon == nil {
		return in.worth(s, churn, used)
	}
	return s.revenue()*s.GrossMargin*grown.CLV - s.ServiceCost*steady.CLV, steady.CLV, used
}

// segment is the result of segment i, and what of its value comes from expansion.
func (in *UsageInput) segment(notes *notice.List, i int, share float64) (out UsageValue, expansion float64) {
	s, at := &in.Segments[i], notice.At("segments", i)
	grown, _ := in.periods(s.ChurnRate, s.Expansion, nil)
	flat, own := in.periods(s.ChurnRate, 0, nil)
	once(notes, own, at)
	gross := s.revenue() * s.GrossMargin
	out.Share, out.Revenue, out.Margin = share, s.revenue(), gross-s.ServiceCost
	out.Retained = (1 - s.ChurnRate) * (1 + s.Expansion)
	out.CLV, out.Lifetime = gross*grown.CLV-s.ServiceCost*flat.CLV, flat.LifetimePeriods
	expansion = gross * (grown.CLV - flat.CLV)
	cost := 0.0
	if cac := in.cac(s); cac != nil {
		cost = *cac
		if cost > 0 {
			out.Ratio = new(out.CLV / cost)
		}
		if out.CLV < cost {
			notes.Add(notice.BelowCost, at+"/seat_price", out.CLV)
		}
	}
	if flat.CLV > 0 {
		out.MaxService = (gross*grown.CLV - cost) / flat.CLV
	}
	if per := s.GrossMargin * grown.CLV; per > 0 {
		out.BreakEven = new((cost + s.ServiceCost*flat.CLV) / per)
	}
	if s.ChurnRate > 0 {
		// Where less churn has no limit, both are counted within the same horizon.
		less, fewer, used := in.worth(s, max(0, s.ChurnRate-onePoint), nil)
		now := out.CLV
		if used != nil && in.HorizonPeriods == nil {
			now, _, _ = in.worth(s, s.ChurnRate, used)
		}
		out.ExtraServe = new((less - now) / fewer)
	}
	return
}

// compare sets the segments against each other.
func (out *UsageResult) compare() {
	best := 0
	for i := range out.Segments {
		v := &out.Segments[i]
		if out.CLV > 0 {
			v.ValueShare = new(v.Share * v.CLV / out.CLV)
		}
		if v.Share*v.CLV > out.Segments[best].Share*out.Segments[best].CLV {
			best = i
		}
		if v.ExtraServe != nil && *v.ExtraServe > 0 && (out.Serve == nil || *v.ExtraServe > *out.Segments[int(*out.Serve)-1].ExtraServe) {
			out.Serve = new(float64(i + 1))
		}
	}
	out.Best = float64(best + 1)
}

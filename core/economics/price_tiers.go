package economics

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// PriceTiersInput is a mix of customers: each tier one kind, with its price, its churn and what it costs to serve.
type PriceTiersInput struct {
	Tiers              []Tier              `json:"tiers" row:"Tier" jsonschema:"title=Price tiers,minItems=1,maxItems=50" jsonschema_description:"One row per tier, plan or kind of customer."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	CAC                *float64            `json:"cac,omitempty"`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
}

// A Tier is one kind of customer.
type Tier struct {
	Customers   float64  `json:"new_customers" words:"own" adds:"up" unit:"count" jsonschema:"title=New customers" jsonschema_description:"How many new customers choose this tier. Shares work too."`
	Price       float64  `json:"price" words:"own" unit:"money" jsonschema:"title=Price" jsonschema_description:"What one customer pays per period, without tax."`
	GrossMargin float64  `json:"gross_margin" words:"own" unit:"share" jsonschema:"title=Gross margin" jsonschema_description:"The share of the price that remains after the cost of goods."`
	ChurnRate   float64  `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate" jsonschema_description:"The share of the tier's customers that leaves in one period."`
	ServiceCost float64  `json:"service_cost" words:"own" unit:"money" jsonschema:"title=Cost to serve,default=0" jsonschema_description:"Support and account management per customer and period."`
	CAC         *float64 `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=CAC" jsonschema_description:"Acquisition cost of a customer of this tier, if it differs."`
}

// PriceTiersResult is what each tier is worth, what the mix is, and what may be spent to serve whom.
type PriceTiersResult struct {
	CLV       float64     `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV of the average new customer" jsonschema_description:"Value of each tier, weighted by its new customers."`
	Blurred   float64     `json:"average_figures_clv" unit:"money" jsonschema:"title=CLV from average figures" jsonschema_description:"What one price, one margin and one churn rate for all would say. It differs because loyal customers weigh more over time."`
	Ratio     *float64    `json:"ltv_cac_ratio,omitempty" words:"own" never:"-" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV of all new customers divided by their acquisition cost. Empty without CAC."`
	AvgCAC    *float64    `json:"average_cac,omitempty" never:"-" unit:"money" jsonschema:"title=CAC of the average new customer" jsonschema_description:"CAC of each tier, weighted by its new customers. Empty if one has none."`
	BestTier  float64     `json:"best_tier" unit:"row" jsonschema:"title=Tier with the most value" jsonschema_description:"The row number of the tier that brings the largest share of the value; 1 is the first."`
	ServeTier *float64    `json:"serve_tier,omitempty" unit:"row" jsonschema:"title=Tier to serve better" jsonschema_description:"The row number of the tier in which 1 percentage point less churn justifies the most extra service; 1 is the first."`
	Tiers     []TierValue `json:"tiers" words:"own" jsonschema:"title=Result by tier" jsonschema_description:"One row per tier, in your order."`
}

// A TierValue is one tier's result.
type TierValue struct {
	CLV        float64  `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Value of one customer of this tier."`
	Margin     float64  `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin per period" jsonschema_description:"Price times gross margin, less the cost to serve."`
	Lifetime   *float64 `json:"lifetime_periods,omitempty" words:"own" unit:"periods" jsonschema:"title=Customer lifetime" jsonschema_description:"How many periods a new customer is expected to stay, within the time horizon if you set one. Empty if it has no limit."`
	Ratio      *float64 `json:"ltv_cac_ratio,omitempty" words:"own" never:"-" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV divided by the tier's CAC. Empty without CAC."`
	Share      float64  `json:"customer_share" unit:"share" jsonschema:"title=Share of new customers" jsonschema_description:"Of all new customers."`
	ValueShare *float64 `json:"value_share,omitempty" words:"own" unit:"share" jsonschema:"title=Share of value" jsonschema_description:"Of the value of all tiers. Empty if that is not above 0."`
	BaseShare  *float64 `json:"base_share,omitempty" unit:"share" jsonschema:"title=Share of the base in time" jsonschema_description:"Of the active customers, once new and lost customers balance. Empty if a tier has no churn."`
	MaxService float64  `json:"max_service_cost" unit:"money" jsonschema:"title=Maximum cost to serve" jsonschema_description:"Per customer and period: with this cost, CLV is CAC, or 0 without CAC."`
	OnePoint   *float64 `json:"one_point_value,omitempty" unit:"money" jsonschema:"title=Value of 1 point less churn" jsonschema_description:"What one customer is worth more if churn falls by 1 percentage point, or to 0. Empty without churn."`
	ExtraServe *float64 `json:"extra_service_cost,omitempty" unit:"money" jsonschema:"title=Extra service that 1 point pays for" jsonschema_description:"Per customer and period: what service may cost more if it lowers churn by 1 percentage point. Empty without churn."`
}

// onePoint is by how much less churn a tier is tried.
const onePoint = 0.01

// PriceTiers values a mix of customers tier by tier. With A(c) the expected discounted number of periods of a customer whose churn is c, the value
// of tier i is m_i·A(c_i), m_i its price times its gross margin less its cost to serve, and that of the mix their mean by new customers. The mean
// of the figures is another: A is convex in c, so that one churn rate for all undervalues a mix (Fader & Hardie 2010, Marketing Science 29(1),
// on ignoring heterogeneity). A point less churn pays for x more service where (m-x)·A(c-0.01) = m·A(c).
func PriceTiers(in PriceTiersInput) (out PriceTiersResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	all := 0.0
	for i := range in.Tiers {
		all += in.Tiers[i].Customers
	}
	if all <= 0 {
		notes.Add(notice.NotAbove, notice.At("tiers", 0)+"/new_customers", 0)
		return
	}
	var mean Tier
	out.AvgCAC = new(0.0)
	for i := range in.Tiers {
		t := &in.Tiers[i]
		share := t.Customers / all
		v := in.tier(&notes, i, share)
		out.CLV += share * v.CLV
		mean.Price += share * t.Price
		mean.GrossMargin += share * t.Price * t.GrossMargin
		mean.ServiceCost += share * t.ServiceCost
		mean.ChurnRate += share * t.ChurnRate
		if cac := in.cac(t); cac == nil {
			out.AvgCAC = nil
		} else if out.AvgCAC != nil {
			*out.AvgCAC += share * *cac
		}
		out.Tiers = append(out.Tiers, v)
	}
	times, _ := in.periods(mean.ChurnRate, nil)
	out.Blurred = (mean.GrossMargin - mean.ServiceCost) * times.CLV
	if out.AvgCAC != nil && *out.AvgCAC > 0 {
		out.Ratio = new(out.CLV / *out.AvgCAC)
	}
	out.compare(in.Tiers)
	return
}

// cac is what a customer of a tier costs: its own figure, or that of all.
func (in *PriceTiersInput) cac(t *Tier) *float64 {
	if t.CAC != nil {
		return t.CAC
	}
	return in.CAC
}

// periods is a customer who pays 1 a period: its value is the discounted number of periods. A horizon takes the place of the input's.
func (in *PriceTiersInput) periods(churn float64, horizon *float64) (value.SubscriptionResult, notice.List) {
	s := value.NewSubscriptionInput()
	s.Price, s.GrossMargin, s.ChurnRate, s.Period = 1, 1, churn, in.Period
	s.AnnualDiscountRate, s.PaymentTiming, s.HorizonPeriods = in.AnnualDiscountRate, in.PaymentTiming, in.HorizonPeriods
	if horizon != nil {
		s.HorizonPeriods = horizon
	}
	return value.SubscriptionFor(&s, value.Figures)
}

// tier is the result of tier i.
func (in *PriceTiersInput) tier(notes *notice.List, i int, share float64) (out TierValue) {
	t, at := &in.Tiers[i], notice.At("tiers", i)
	times, own := in.periods(t.ChurnRate, nil)
	once(notes, own, at)
	out.Share = share
	out.Margin = t.Price*t.GrossMargin - t.ServiceCost
	out.CLV, out.Lifetime = out.Margin*times.CLV, times.LifetimePeriods
	out.MaxService = t.Price * t.GrossMargin
	if cac := in.cac(t); cac != nil {
		if times.CLV > 0 {
			out.MaxService -= *cac / times.CLV
		}
		if *cac > 0 {
			out.Ratio = new(out.CLV / *cac)
		}
		if out.CLV < *cac {
			notes.Add(notice.BelowCost, at+"/price", out.CLV)
		}
	}
	if t.ChurnRate > 0 {
		// Where less churn has no limit, both are counted within the same horizon.
		less, _ := in.periods(max(0, t.ChurnRate-onePoint), nil)
		now := times.CLV
		if less.HorizonUsedPeriods != nil && in.HorizonPeriods == nil {
			same, _ := in.periods(t.ChurnRate, less.HorizonUsedPeriods)
			now = same.CLV
		}
		out.OnePoint = new(out.Margin * (less.CLV - now))
		out.ExtraServe = new(out.Margin * (1 - now/less.CLV))
	}
	return
}

// compare sets the tiers against each other.
func (out *PriceTiersResult) compare(tiers []Tier) {
	base, best := 0.0, 0
	for i := range tiers {
		if tiers[i].ChurnRate == 0 && tiers[i].Customers > 0 {
			base = -1
		}
		if base >= 0 && tiers[i].Customers > 0 {
			base += tiers[i].Customers / tiers[i].ChurnRate
		}
		v := &out.Tiers[i]
		if out.CLV > 0 {
			v.ValueShare = new(v.Share * v.CLV / out.CLV)
		}
		if v.Share*v.CLV > out.Tiers[best].Share*out.Tiers[best].CLV {
			best = i
		}
		if v.ExtraServe != nil && *v.ExtraServe > 0 && (out.ServeTier == nil || *v.ExtraServe > *out.Tiers[int(*out.ServeTier)-1].ExtraServe) {
			out.ServeTier = new(float64(i + 1))
		}
	}
	out.BestTier = float64(best + 1)
	for i := range tiers {
		if base > 0 && tiers[i].Customers > 0 {
			out.Tiers[i].BaseShare = new(tiers[i].Customers / tiers[i].ChurnRate / base)
		}
	}
}

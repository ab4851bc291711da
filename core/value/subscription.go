package value

import (
	"math"

	"hourglass/core/notice"
)

// Bounds of what is computed payment by payment.
const (
	MaxPeriods     = 2400 // the longest horizon: 200 years of months, six and a half of days
	maxSeriesYears = 10   // the longest value-over-time series without a stated horizon
	seriesShare    = 0.95 // of the value, that such a series reaches if it can
	longLifetime   = 10   // years of expected lifetime from which the result warns
)

// SubscriptionInput is a recurring price that customers stop paying at a constant rate.
type SubscriptionInput struct {
	Price              float64       `json:"price" unit:"money" jsonschema:"title=Price per period" jsonschema_description:"What one customer pays per period, without tax."`
	Period             Period        `json:"period" jsonschema:"title=Period,default=month" jsonschema_description:"The unit of all figures per period: price, churn, growth, time horizon."`
	GrossMargin        float64       `json:"gross_margin"`
	ChurnRate          float64       `json:"churn_rate" unit:"share" jsonschema:"title=Churn rate per period" jsonschema_description:"The share of customers that leaves in one period."`
	AnnualDiscountRate float64       `json:"annual_discount_rate" unit:"rate" jsonschema:"title=Discount rate per year,default=0" jsonschema_description:"How much less next year's money is worth today, per year. Typical: your cost of capital, 8–15%."`
	GrowthPerPeriod    float64       `json:"growth_per_period" unit:"money" jsonschema:"title=Price increase per period\\, amount,default=0" jsonschema_description:"How much the price of a customer who stays rises per period, as an amount: upgrades, extra seats."`
	GrowthRate         float64       `json:"growth_rate" unit:"rate" jsonschema:"title=Price increase per period\\, %,minimum=-1,maximum=1,default=0" jsonschema_description:"By what percentage the price of a customer who stays rises per period."`
	HorizonPeriods     *float64      `json:"horizon_periods,omitempty" unit:"periods" jsonschema:"title=Time horizon,multipleOf=1" jsonschema_description:"How many periods to count. Leave it empty for the whole customer lifetime."`
	PaymentTiming      PaymentTiming `json:"payment_timing" jsonschema:"title=Payment timing,default=start" jsonschema_description:"At the start of a period, at its end, or at its end by customers who renewed."`
	CAC                *float64      `json:"cac,omitempty" unit:"money" jsonschema:"title=Customer acquisition cost (CAC)" jsonschema_description:"Marketing and sales cost per new customer."`
	TargetRatio        float64       `json:"target_ratio" unit:"ratio" jsonschema:"title=Target CLV:CAC ratio,exclusiveMinimum=0,default=3" jsonschema_description:"How many times the acquisition cost CLV should be. Often 3."`
	FirstPeriodChurn   *float64      `json:"first_period_churn,omitempty"`
	TrialConversion    *float64      `json:"trial_conversion,omitempty" unit:"share" jsonschema:"title=Trial conversion rate" jsonschema_description:"The share of trials that become paying customers. Leave it empty if there is no trial."`
	TrialCost          float64       `json:"trial_cost" unit:"money" jsonschema:"title=Cost per trial,default=0" jsonschema_description:"Cost of one trial without marketing: service, support, onboarding."`
	TrialStartRate     *float64      `json:"trial_start_rate,omitempty" unit:"share" jsonschema:"title=Trial start rate" jsonschema_description:"The share of visitors who start a trial."`
}

// SubscriptionResult is a subscriber's value. Discounting is at the effective rate per period, (1+d)^(1/m) - 1.
type SubscriptionResult struct {
	CLV             float64  `json:"clv" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"The margin expected from one customer, discounted: over the whole relationship or, if you set one, within the time horizon."`
	UndiscountedCLV *float64 `json:"undiscounted_clv,omitempty" never:"always" unit:"money" jsonschema:"title=Value without discounting" jsonschema_description:"The same margins without discounting. Empty if value has no limit."`
	RevenueLTV      *float64 `json:"revenue_ltv,omitempty" never:"always"`
	LifetimePeriods *float64 `json:"lifetime_periods,omitempty" never:"always" unit:"periods" jsonschema:"title=Customer lifetime (periods)" jsonschema_description:"How many periods a new customer is expected to stay, within the time horizon if you set one. Empty if it has no limit."`
	MarginMultiple  *float64 `json:"margin_multiple,omitempty" per:"period" unit:"ratio" jsonschema:"title=Margin multiple" jsonschema_description:"CLV divided by the margin of the first period."`
	AgainstCost
	DiscountPerPeriod  float64  `json:"discount_rate_per_period" per:"period" unit:"rate" jsonschema:"title=Discount rate per period" jsonschema_description:"The yearly rate, converted exactly to this period."`
	TimingFactor       float64  `json:"timing_factor" unit:"ratio" jsonschema:"title=Timing factor" jsonschema_description:"The factor of payment timing in the value: 1 if payments fall at the start."`
	HorizonUsedPeriods *float64 `json:"horizon_used_periods,omitempty" unit:"periods" jsonschema:"title=Time horizon used" jsonschema_description:"The time horizon you entered, or the one used because value over the whole lifetime has no limit."`
	SecondPayment      *float64 `json:"second_payment_factor,omitempty" per:"period" unit:"ratio" jsonschema:"title=Second payment factor" jsonschema_description:"Value of the second payment relative to the first, without growth. Empty if first-period churn is left out."`
	ValuePerTrial      *float64 `json:"value_per_trial,omitempty" unit:"money" jsonschema:"title=Value per trial" jsonschema_description:"CLV times the conversion rate, less the cost of the trial: the most that acquiring a trial may cost. Empty if no conversion rate is given."`
	ValuePerVisitor    *float64 `json:"value_per_visitor,omitempty" unit:"money" jsonschema:"title=Value per visitor" jsonschema_description:"Value per trial times the trial start rate: the most that a visitor may cost. Empty if no start rate is given."`
	BreakEvenTrial     *float64 `json:"break_even_trial_conversion,omitempty" unit:"share" jsonschema:"title=Break-even trial conversion rate" jsonschema_description:"With a lower conversion rate, a trial costs more than it brings. Empty if even full conversion is not enough."`
	Series             Series   `json:"series" jsonschema:"title=Value over time" jsonschema_description:"One row per period."`
}

// Series is the value over time: column i of each slice is period i+1.
type Series struct {
	Period     []float64 `json:"period" unit:"periods" jsonschema:"title=Period" jsonschema_description:"1 is the first."`
	Survival   []float64 `json:"survival" unit:"share" jsonschema:"title=Retention" jsonschema_description:"The share of customers who are active when the period begins."`
	Margin     []float64 `json:"margin" unit:"money" jsonschema:"title=Expected margin" jsonschema_description:"Margin of the period per new customer: discounted, with lost customers counted as zero."`
	Cumulative []float64 `json:"cumulative" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"The sum of the margins so far."`
}

// Subscription values a stream of margins under constant churn. With m = price·margin, r = 1 - churn, v = 1/(1+d)
// and F = 1, v or r·v for payments at the start, at the end or after the renewal,
//
//	CLV = F · [ m/(1 - r·v·(1+g)) + s·r·v/(1 - r·v)² ]
//
// where g is the growth rate and s the margin of the money growth (the perpetuity of Gupta & Lehmann 2003,
// generalised; with g = d = 0, s = 0: ARPA × margin ÷ churn). Where the first period's churn c1 is another, every payment
// after the first carries (1-c1)/(1-c) besides, and payments after the renewal have F = (1-c1)·v. Within a horizon the payments are
// added one by one.
func Subscription(in SubscriptionInput) (SubscriptionResult, notice.List) {
	return SubscriptionFor(&in, Whole)
}

// SubscriptionFor is Subscription to an extent.
func SubscriptionFor(in *SubscriptionInput, extent Extent) (out SubscriptionResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	perYear := in.Period.PerYear()
	s := in.stream()
	out.DiscountPerPeriod, out.TimingFactor = s.Discount, s.timingFactor()
	n := horizon(&notes, s, in.HorizonPeriods, perYear, "churn_rate")
	if n >= 0 {
		out.HorizonUsedPeriods = new(float64(n))
	}

	margin := s.scaled(in.GrossMargin)
	out.CLV = margin.value(n)
	if out.RevenueLTV = s.undiscounted().valueIfAny(n); out.RevenueLTV != nil {
		out.UndiscountedCLV = new(*out.RevenueLTV * in.GrossMargin)
	}
	out.LifetimePeriods = s.lifetime(n)
	if margin.First > 0 {
		out.MarginMultiple = new(out.CLV / margin.First)
	}
	out.AgainstCost.fill(&notes, margin, out.CLV, in.CAC, in.TargetRatio, n, perYear, extent)
	if in.FirstPeriodChurn != nil {
		out.SecondPayment = new(s.second())
	}
	out.trial(&notes, in)
	if extent == Whole {
		out.Series = margin.series(seriesLength(margin, out.CLV, n, perYear))
	}
	warnAboutRevenue(&notes, in.GrossMargin)
	WarnOfLongLife(&notes, "churn_rate", inYears(out.LifetimePeriods, perYear))
	return
}

// trial fills in what stands before the first payment, from which CLV counts.
func (out *SubscriptionResult) trial(notes *notice.List, in *SubscriptionInput) {
	if in.TrialConversion == nil {
		if in.TrialStartRate != nil {
			notes.Add(notice.NotUsed, "trial_start_rate", 0)
		}
		if in.TrialCost > 0 {
			notes.Add(notice.NotUsed, "trial_cost", 0)
		}
		return
	}
	worth := *in.TrialConversion*out.CLV - in.TrialCost
	out.ValuePerTrial = &worth
	if in.TrialStartRate != nil {
		out.ValuePerVisitor = new(*in.TrialStartRate * worth)
	}
	if out.CLV > 0 && in.TrialCost <= out.CLV {
		out.BreakEvenTrial = new(in.TrialCost / out.CLV)
	}
}

func (in *SubscriptionInput) stream() *stream {
	return &stream{
		First: in.Price, Step: in.GrowthPerPeriod, Growth: in.GrowthRate,
		Churn: in.ChurnRate, Discount: PerPeriod(in.AnnualDiscountRate, in.Period.PerYear()), Timing: in.PaymentTiming, Early: in.FirstPeriodChurn,
	}
}

// horizon is the number of payments to count: the stated one, -1 for the whole life, or UnboundedYears with a
// warning on field where the discounted whole-life sum has no limit.
func horizon(notes *notice.List, s *stream, stated *float64, perYear int, field string) int {
	switch {
	case stated != nil:
		return int(*stated)
	case s.bounded():
		return -1
	}
	notes.Add(notice.Unbounded, field, UnboundedYears)
	return UnboundedYears * perYear
}

// seriesLength is the horizon or, for a whole life, as many periods as reach most of the value: a year at least,
// maxSeriesYears at most.
func seriesLength(s *stream, clv float64, n, perYear int) int {
	if n >= 0 {
		return n
	}
	longest := min(maxSeriesYears*perYear, MaxPeriods)
	reach, ok := s.payback(seriesShare*clv, longest)
	if !ok {
		return longest
	}
	return max(perYear, int(math.Ceil(reach)))
}

// atMost caps the count k at the horizon n, where one is set.
func atMost(n, k int) int {
	if n >= 0 && n < k {
		return n
	}
	return k
}

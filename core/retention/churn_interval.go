// Package retention reads customer lifetime value from what was observed of retention: a few customers lost, or a
// cohort's survival curve.
package retention

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// z95 is the 97.5 % point of the standard normal distribution.
const z95 = 1.959963984540054

// relativePrecision is the half-width, relative to the churn, that customers_needed is about.
const relativePrecision = 0.1

// fewLost is how many lost customers it takes before the estimate is more than a hint.
const fewLost = 10

// ChurnIntervalInput is how many customers there were and how many left within one period.
type ChurnIntervalInput struct {
	Price              *float64            `json:"price,omitempty" place:"needed" words:"own" unit:"money" jsonschema:"title=Price per period" jsonschema_description:"What one customer pays per period, without tax. Leave it empty to see churn and lifetime alone."`
	Period             value.Period        `json:"period" jsonschema:"default=month"`
	GrossMargin        *float64            `json:"gross_margin,omitempty" place:"needed" words:"own" unit:"share" jsonschema:"title=Gross margin" jsonschema_description:"Share of the price that remains after the cost of goods. Needed with a price; with 100% the result is revenue, not value."`
	Customers          float64             `json:"customers" jsonschema:"title=Customers at the start,minimum=1,multipleOf=1" jsonschema_description:"The number of customers at the start of the period."`
	Lost               float64             `json:"lost" unit:"count" jsonschema:"title=Customers lost,multipleOf=1" jsonschema_description:"How many of these customers had cancelled by the end of the period."`
	AnnualDiscountRate float64             `json:"annual_discount_rate" jsonschema:"default=0"`
	GrowthPerPeriod    float64             `json:"growth_per_period" jsonschema:"default=0"`
	GrowthRate         float64             `json:"growth_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64            `json:"horizon_periods,omitempty"`
	PaymentTiming      value.PaymentTiming `json:"payment_timing" jsonschema:"default=start"`
	CAC                *float64            `json:"cac,omitempty"`
	TargetRatio        float64             `json:"target_ratio" jsonschema:"default=3"`
}

// ChurnIntervalResult is the churn and the value, each with the ends of a 95% interval.
type ChurnIntervalResult struct {
	CLV                *float64 `json:"clv,omitempty"`
	CLVLower           *float64 `json:"clv_lower,omitempty" unit:"money" jsonschema:"title=Value\\, lower end" jsonschema_description:"The value at the upper end of the churn interval."`
	CLVUpper           *float64 `json:"clv_upper,omitempty" never:"price" unit:"money" jsonschema:"title=Value\\, upper end" jsonschema_description:"The value at the lower end of the churn interval. Empty if it has no limit."`
	ChurnRate          float64  `json:"churn_rate" per:"period"`
	ChurnLower         float64  `json:"churn_lower" per:"period" unit:"share" jsonschema:"title=Churn rate\\, lower end" jsonschema_description:"Lower end of the 95% interval."`
	ChurnUpper         float64  `json:"churn_upper" per:"period" unit:"share" jsonschema:"title=Churn rate\\, upper end" jsonschema_description:"Upper end of the 95% interval."`
	LifetimePeriods    *float64 `json:"lifetime_periods,omitempty"`
	LifetimeLower      float64  `json:"lifetime_lower" unit:"periods" jsonschema:"title=Customer lifetime\\, lower end" jsonschema_description:"Customer lifetime at the upper end of the churn interval."`
	LifetimeUpper      *float64 `json:"lifetime_upper,omitempty" never:"always" unit:"periods" jsonschema:"title=Customer lifetime\\, upper end" jsonschema_description:"Customer lifetime at the lower end of the churn interval. Empty if it has no limit."`
	LTVCACRatio        *float64 `json:"ltv_cac_ratio,omitempty"`
	LTVCACLower        *float64 `json:"ltv_cac_lower,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, lower end" jsonschema_description:"At the upper end of the churn interval."`
	LTVCACUpper        *float64 `json:"ltv_cac_upper,omitempty" never:"cac" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, upper end" jsonschema_description:"At the lower end of the churn interval. Empty if it has no limit."`
	MaxCAC             *float64 `json:"max_cac,omitempty"`
	CustomersNeeded    *float64 `json:"customers_needed,omitempty" unit:"count" jsonschema:"title=Customers to track for ±10%" jsonschema_description:"How many customers to track for one period to know this churn rate to within ±10% of its value."`
	HorizonUsedPeriods *float64 `json:"horizon_used_periods,omitempty"`
}

// ChurnInterval estimates churn as lost/customers with the score interval of Wilson (1927), modified where few leave or few
// stay so that it holds its level there too (Brown, Cai & DasGupta 2001), and values a subscription at the estimate and
// at both ends. The value falls as churn rises, so that the ends change places. Where the value at the estimate has no
// limit, it and its lower end are counted within the same horizon; an upper end without a limit is nil. Without a price
// nothing is valued: churn and lifetime are found alone.
func ChurnInterval(in ChurnIntervalInput) (out ChurnIntervalResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.Lost > in.Customers {
		notes.Add(notice.MoreThan, "lost", in.Customers)
	}
	if in.Price != nil && in.GrossMargin == nil {
		notes.Add(notice.Required, "gross_margin", 0)
	}
	if notes.Refused() {
		return
	}
	out.ChurnRate = in.Lost / in.Customers
	out.ChurnLower, out.ChurnUpper = wilson(in.Lost, in.Customers)

	mid, high := in.at(out.ChurnRate, &notes), in.at(out.ChurnLower, nil)
	out.CLV, out.LifetimePeriods, out.LTVCACRatio = &mid.CLV, mid.LifetimePeriods, mid.LTVCACRatio
	out.MaxCAC, out.HorizonUsedPeriods = &mid.MaxCAC, mid.HorizonUsedPeriods
	switch {
	case in.HorizonPeriods != nil || high.HorizonUsedPeriods == nil:
		out.CLVUpper, out.LTVCACUpper, out.LifetimeUpper = &high.CLV, high.LTVCACRatio, high.LifetimePeriods
	case mid.HorizonUsedPeriods == nil:
		notes.Add(notice.NoLimit, "lost", 0)
		if out.ChurnLower > 0 { // a lifetime has a limit where growth takes the value's
			out.LifetimeUpper = new(1 / out.ChurnLower)
		}
	}
	in.HorizonPeriods = mid.HorizonUsedPeriods
	low := in.at(out.ChurnUpper, nil)
	out.CLVLower, out.LifetimeLower, out.LTVCACLower = &low.CLV, *low.LifetimePeriods, low.LTVCACRatio
	if in.Price == nil {
		out.CLV, out.CLVLower, out.CLVUpper, out.MaxCAC = nil, nil, nil, nil
		notes.Add(notice.NotGiven, "price", 0)
	}
	out.sampleSize(&notes, in.Lost)
	return
}

// sampleSize says how many customers would be enough: z²·(1-c)/(c·precision²), from the normal interval's width.
func (out *ChurnIntervalResult) sampleSize(notes *notice.List, lost float64) {
	if lost == 0 {
		notes.Add(notice.NoChurnSeen, "lost", out.ChurnUpper)
		return
	}
	needed := math.Ceil(z95 * z95 * (1 - out.ChurnRate) / (out.ChurnRate * relativePrecision * relativePrecision))
	out.CustomersNeeded = &needed
	if lost < fewLost {
		notes.Add(notice.FewCustomers, "lost", needed)
	}
}

// at values the subscription at one churn rate, of nothing where there is no price. The notes that it leaves name the
// field that the churn came from.
func (in *ChurnIntervalInput) at(churn float64, notes *notice.List) value.SubscriptionResult {
	s := value.SubscriptionInput{Period: in.Period, ChurnRate: churn, HorizonPeriods: in.HorizonPeriods, PaymentTiming: in.PaymentTiming, TargetRatio: in.TargetRatio}
	if in.Price != nil {
		s.Price, s.GrossMargin, s.CAC = *in.Price, *in.GrossMargin, in.CAC
		s.AnnualDiscountRate, s.GrowthPerPeriod, s.GrowthRate = in.AnnualDiscountRate, in.GrowthPerPeriod, in.GrowthRate
	}
	out, found := value.Subscription(s)
	if notes != nil {
		for _, n := range found {
			if n.Field == "churn_rate" {
				n.Field = "lost"
			}
			*notes = append(*notes, n)
		}
	}
	return out
}

// poissonLower are the λ at which k or more are seen with a chance of 5%: e^-λ·(1 + ... + λ^(k-1)/(k-1)!) = 0.95.
var poissonLower = [...]float64{0, 0.05129329438755058, 0.3553615106986621, 0.8176914465754137}

// wilson is the score interval of k out of n: (k + z²/2 ± z·sqrt(k(n-k)/n + z²/4)) / (n + z²). With up to three lost (two
// of 50 or fewer) its lower end is λ/n, since a churn just below Wilson's would be missed one time in six; and its upper
// end likewise where as few are left (the modified Wilson interval of Brown, Cai & DasGupta 2001, section 4.1.1).
func wilson(k, n float64) (low, high float64) {
	z2 := z95 * z95
	mid := (k + z2/2) / (n + z2)
	half := z95 * math.Sqrt(k*(n-k)/n+z2/4) / (n + z2)
	low, high = max(0, mid-half), min(1, mid+half)
	switch k { // but for rounding
	case 0:
		low = 0
	case n:
		high = 1
	}
	few := 3.0
	if n <= 50 {
		few = 2
	}
	if k > 0 && k <= few {
		low = min(low, poissonLower[int(k)]/n)
	}
	if left := n - k; left > 0 && left <= few {
		high = max(high, 1-poissonLower[int(left)]/n)
	}
	return low, high
}

package value

import (
	"math"

	"hourglass/core/notice"
)

// cashMonths is how far the cash of the two plans is followed: three years.
const cashMonths = 36

// AnnualPlanInput is a monthly plan, and a discount for those who pay a year in advance.
type AnnualPlanInput struct {
	MonthlyPrice       float64  `json:"monthly_price" unit:"money" jsonschema:"title=Monthly price" jsonschema_description:"What a customer on the monthly plan pays per month."`
	AverageMonths      float64  `json:"average_months" unit:"months" jsonschema:"title=Customer lifetime\\, monthly plan (months),minimum=1" jsonschema_description:"How many months a customer on the monthly plan stays, on average."`
	PlanDiscount       float64  `json:"plan_discount" unit:"share" jsonschema:"title=Discount for paying annually" jsonschema_description:"How much less twelve months cost when paid in advance."`
	AnnualRenewalRate  *float64 `json:"annual_renewal_rate,omitempty" unit:"share" jsonschema:"title=Annual renewal rate" jsonschema_description:"The share of annual customers who pay for another year. Leave it empty to calculate it from churn."`
	Reach              float64  `json:"reach" was:"adoption_share" words:"own" unit:"share" jsonschema:"title=Share on the annual plan,default=1" jsonschema_description:"The share of customers who choose the annual plan."`
	GrossMargin        float64  `json:"gross_margin"`
	AnnualDiscountRate float64  `json:"annual_discount_rate" jsonschema:"default=0"`
}

// AnnualPlanResult compares a customer on either plan.
type AnnualPlanResult struct {
	Uplift            float64    `json:"uplift" unit:"money" jsonschema:"title=Gain per annual customer" jsonschema_description:"CLV on the annual plan less CLV on the monthly plan."`
	MonthlyCLV        float64    `json:"monthly_clv" unit:"money" jsonschema:"title=CLV on the monthly plan" jsonschema_description:"The value of a customer who pays monthly."`
	AnnualCLV         float64    `json:"annual_clv" unit:"money" jsonschema:"title=CLV on the annual plan" jsonschema_description:"The value of a customer who pays a year in advance."`
	BlendedCLV        float64    `json:"blended_clv" unit:"money" jsonschema:"title=Value of an average customer" jsonschema_description:"With the stated share on the annual plan."`
	BreakEvenDiscount *float64   `json:"break_even_discount,omitempty" unit:"share" jsonschema:"title=Break-even discount" jsonschema_description:"With a larger discount, the monthly plan has the higher value."`
	Renewal           float64    `json:"renewal_assumed" unit:"share" jsonschema:"title=Renewal rate used" jsonschema_description:"The renewal rate you entered or, if empty, the share that would stay twelve months at the monthly churn."`
	BreakEvenRenewal  *float64   `json:"break_even_renewal_rate,omitempty" unit:"share" jsonschema:"title=Break-even renewal rate" jsonschema_description:"With a lower renewal rate, the monthly plan has the higher value. Empty if even full renewal is not enough."`
	HorizonYears      *float64   `json:"horizon_used_years,omitempty"`
	Series            CashSeries `json:"series" jsonschema:"title=Cash by month" jsonschema_description:"One row per month, for three years."`
}

// CashSeries is the expected cash received from one customer up to each month, undiscounted.
type CashSeries struct {
	Month   []float64 `json:"month" unit:"months" jsonschema:"title=Month" jsonschema_description:"1 is the first."`
	Monthly []float64 `json:"monthly_cash" unit:"money" jsonschema:"title=Cash on the monthly plan" jsonschema_description:"Cash received up to and including this month, before any cost."`
	Annual  []float64 `json:"annual_cash" unit:"money" jsonschema:"title=Cash on the annual plan" jsonschema_description:"Cash received up to and including this month, before any cost."`
}

// AnnualPlan values both plans as streams paid at the start: the monthly one with churn 1/average_months, so that
// without discounting it is worth price × months; the annual one with churn 1 - renewal. What is sold costs as much at
// any price, so that the discount comes out of the margin: a year leaves 12·price·(margin - discount). A renewal that is
// not stated is (1 - 1/average_months)^12: as many as would stay a year on the monthly plan.
func AnnualPlan(in AnnualPlanInput) (out AnnualPlanResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	monthly := &stream{First: in.MonthlyPrice, Churn: 1 / in.AverageMonths, Discount: PerPeriod(in.AnnualDiscountRate, 12)}
	out.Renewal = math.Exp(12 * math.Log1p(-monthly.Churn))
	if in.AnnualRenewalRate != nil {
		out.Renewal = *in.AnnualRenewalRate
	} else {
		notes.Add(notice.RenewalAssumed, "annual_renewal_rate", out.Renewal)
	}
	yearly := &stream{First: 12 * in.MonthlyPrice, Churn: 1 - out.Renewal, Discount: in.AnnualDiscountRate}
	years, months := -1, -1
	switch {
	case !yearly.bounded():
		years = horizon(&notes, yearly, nil, 1, "annual_renewal_rate")
	case !monthly.bounded():
		years = horizon(&notes, monthly, nil, 12, "average_months") / 12
	}
	if years >= 0 { // the two are compared, so that one without a limit puts both within its horizon
		months, out.HorizonYears = 12*years, new(float64(years))
	}

	out.MonthlyCLV = in.GrossMargin * monthly.value(months)
	listed := yearly.value(years) // what the years would bring at the full price, before any cost
	out.AnnualCLV = (in.GrossMargin - in.PlanDiscount) * listed
	out.Uplift = out.AnnualCLV - out.MonthlyCLV
	out.BlendedCLV = out.MonthlyCLV + in.Reach*out.Uplift
	if breakEven := in.GrossMargin - out.MonthlyCLV/listed; listed > 0 && breakEven >= 0 {
		out.BreakEvenDiscount = &breakEven
	} else if listed > 0 {
		notes.Add(notice.NoBreakEven, "plan_discount", -breakEven*listed)
	}
	out.breaksEven(&notes, *yearly, in.GrossMargin-in.PlanDiscount, years)
	if out.Uplift < 0 {
		notes.Add(notice.PlanLoses, "plan_discount", -out.Uplift)
	}
	if years < 0 {
		WarnOfLongLife(&notes, "average_months", inYears(&in.AverageMonths, 12))
		WarnOfLongLife(&notes, "annual_renewal_rate", yearly.lifetime(-1))
	}
	out.Series = cash(monthly.undiscounted(), yearly.scaled(1-in.PlanDiscount).undiscounted())
	return
}

// breaksEven fills in the renewal with which the years, of which each leaves margin of the full price, are worth as much
// as the monthly plan. Their value rises with it.
func (out *AnnualPlanResult) breaksEven(notes *notice.List, yearly stream, margin float64, years int) {
	worth := func(renewal float64) float64 {
		yearly.Churn = 1 - renewal
		if years < 0 && !yearly.bounded() {
			return math.Copysign(math.MaxFloat64, margin)
		}
		return margin * yearly.value(years)
	}
	low, high := 0.0, 1.0
	switch none, all := worth(low), worth(high); {
	case none >= out.MonthlyCLV:
		out.BreakEvenRenewal = new(0.0)
		return
	case !(all >= out.MonthlyCLV):
		notes.Add(notice.NoBreakEven, "annual_renewal_rate", out.MonthlyCLV-max(none, all))
		return
	}
	for range 60 {
		if middle := (low + high) / 2; worth(middle) < out.MonthlyCLV {
			low = middle
		} else {
			high = middle
		}
	}
	out.BreakEvenRenewal = &high
}

// cash follows the undiscounted revenue of a monthly and an annual stream month by month.
func cash(monthly, annual *stream) CashSeries {
	byMonth, byYear := monthly.series(cashMonths), annual.series(cashMonths/12)
	s := CashSeries{Month: byMonth.Period, Monthly: byMonth.Cumulative, Annual: make([]float64, cashMonths)}
	for k := range s.Annual {
		s.Annual[k] = byYear.Cumulative[k/12]
	}
	return s
}

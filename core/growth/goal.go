package growth

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// GoalInput is a customer, what they are to be worth, and by when.
type GoalInput struct {
	Price              float64      `json:"price" jsonschema:"exclusiveMinimum=0"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin" jsonschema:"exclusiveMinimum=0"`
	ChurnRate          float64      `json:"churn_rate" jsonschema:"exclusiveMinimum=0"`
	TargetCLV          float64      `json:"target_clv" unit:"money" jsonschema:"title=Target CLV,exclusiveMinimum=0" jsonschema_description:"What a customer is to be worth."`
	GoalPeriods        float64      `json:"goal_periods" unit:"periods" jsonschema:"title=Periods until the target,maximum=120,multipleOf=1,default=12" jsonschema_description:"By when the target is to be reached."`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
}

// GoalResult is the goal in figures to track: what each would have to become alone, and where it should stand when.
type GoalResult struct {
	Gap         float64    `json:"clv_gap" unit:"money" jsonschema:"title=Gap to the target" jsonschema_description:"Target CLV less CLV today. Negative if the target is already exceeded."`
	Discount    float64    `json:"discount_rate_per_period" per:"period"`
	CLV         float64    `json:"clv" words:"own" unit:"money" jsonschema:"title=CLV today" jsonschema_description:"Margin after cost to serve, discounted, while customers stay."`
	NeededChurn *float64   `json:"needed_churn_rate,omitempty" unit:"share" jsonschema:"title=Churn rate needed" jsonschema_description:"The churn rate per period with which the target is reached, all else as today. Empty if none is low enough."`
	NeededFall  *float64   `json:"needed_churn_fall,omitempty" unit:"share" jsonschema:"title=Churn reduction needed" jsonschema_description:"In percentage points, from today's churn rate."`
	NeededPrice float64    `json:"needed_price" unit:"money" jsonschema:"title=Price needed" jsonschema_description:"The price per period with which the target is reached, at today's churn and cost of goods."`
	NeededRise  float64    `json:"needed_frequency_rise" unit:"rate" jsonschema:"title=Increase in purchases needed" jsonschema_description:"How much more often customers must buy to reach the target, at today's churn."`
	Tracked     *float64   `json:"customers_to_track,omitempty" unit:"count" jsonschema:"title=Customers to track" jsonschema_description:"How many customers one period before and one after need to tell the churn reduction from chance: 95% confidence, 80% power."`
	MonthlyFall *float64   `json:"churn_step_per_period,omitempty" unit:"share" jsonschema:"title=Churn reduction per period\\, % of churn" jsonschema_description:"By how much of itself churn must fall each period to arrive in time."`
	Series      GoalSeries `json:"goal_series" jsonschema:"title=Milestones" jsonschema_description:"One row per period until the target. Empty if no churn rate reaches it."`
}

// GoalSeries is where churn and value should stand.
type GoalSeries struct {
	Period []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Period" jsonschema_description:"0 is today."`
	Churn  []float64 `json:"milestone_churn_rate" unit:"share" jsonschema:"title=Churn rate" jsonschema_description:"Where churn should stand."`
	CLV    []float64 `json:"milestone_clv" unit:"money" jsonschema:"title=CLV" jsonschema_description:"Value of a customer with that churn."`
}

// Goal turns a target into figures to track. A customer brings m = p·g - s per period and is worth V = m(1+d)/(c+d): the target V* takes
//
//	c* = m(1+d)/V* - d,  p* = p + (V*-V)(c+d)/(1+d),
//
// the cost of goods staying as it is, and churn that falls by the same part of itself in each of T periods.
func Goal(in GoalInput) (out GoalResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	d := value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())
	each := in.Price*in.GrossMargin - in.ServiceCost
	if !(each > 0) {
		notes.Add(notice.NotBelow, "service_cost", in.Price*in.GrossMargin)
		return
	}
	worth := func(churn float64) float64 { return each * (1 + d) / (churn + d) }
	out.Discount = d
	out.CLV = worth(in.ChurnRate)
	out.Gap = in.TargetCLV - out.CLV
	more := out.Gap * (in.ChurnRate + d) / (1 + d) // a period
	out.NeededPrice = in.Price + more
	out.NeededRise = more / (in.Price * in.GrossMargin)
	churn := each*(1+d)/in.TargetCLV - d
	if churn > 0 && churn <= 1+leftOver {
		churn = min(1, churn)
		out.NeededChurn, out.NeededFall = &churn, new(in.ChurnRate-churn)
		if churn < in.ChurnRate {
			out.Tracked = new(testSize(in.ChurnRate, churn))
		}
		step := math.Exp(math.Log(churn/in.ChurnRate) / in.GoalPeriods)
		out.MonthlyFall = new(1 - step)
		c := in.ChurnRate
		for k := range int(in.GoalPeriods) + 1 {
			out.Series.Period, out.Series.Churn, out.Series.CLV = append(out.Series.Period, float64(k)), append(out.Series.Churn, c), append(out.Series.CLV, worth(c))
			c *= step
		}
	} else {
		nearest := 1.0
		if churn <= 0 {
			nearest = 0
		}
		notes.Add(notice.GoalByChurn, "target_clv", worth(nearest))
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

package economics

import (
	"math"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// MixedInput is a customer who pays in several ways at their own times: a set-up fee at once, a plan billed for one period or several
// ahead, orders beside it; and how the base grows.
type MixedInput struct {
	Price              float64      `json:"price" words:"own" unit:"money" jsonschema:"title=Plan price per period" jsonschema_description:"What one customer pays for the plan per period, without tax and before the prepayment discount."`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	BillingPeriods     float64      `json:"billing_periods" unit:"periods" jsonschema:"title=Periods per bill,multipleOf=1,minimum=1,maximum=120,default=1" jsonschema_description:"How many periods one bill pays ahead: 12 if months are billed yearly. A customer who leaves stays to the end of the paid time."`
	PrepayDiscount     float64      `json:"prepay_discount" unit:"share" jsonschema:"title=Prepayment discount,default=0" jsonschema_description:"The share of the plan price that you give up because it is paid ahead."`
	GrossMargin        float64      `json:"gross_margin" words:"own" unit:"share" jsonschema:"title=Gross margin of the plan" jsonschema_description:"The share of the full plan price that remains after the cost of goods. Those costs fall in each period."`
	ChurnRate          float64      `json:"churn_rate" words:"own" unit:"share" jsonschema:"title=Churn rate per period" jsonschema_description:"The share of customers that decides to leave in one period, however they are billed."`
	SetupFee           float64      `json:"setup_fee" unit:"money" jsonschema:"title=Set-up fee,default=0" jsonschema_description:"Paid once, at the start."`
	SetupCost          float64      `json:"setup_cost" unit:"money" jsonschema:"title=Cost of set-up,default=0" jsonschema_description:"What the set-up costs you, once: installation, training."`
	OrderValue         float64      `json:"order_value" words:"own" unit:"money" jsonschema:"title=Order value,default=0" jsonschema_description:"Of one order beside the plan, without tax."`
	Orders             float64      `json:"orders_per_period" unit:"count" jsonschema:"title=Orders per period,default=0" jsonschema_description:"How many orders an active customer makes in one period."`
	OrderMargin        float64      `json:"order_margin" unit:"share" jsonschema:"title=Gross margin of orders,default=0.5" jsonschema_description:"The share of an order that remains after the cost of goods."`
	ServiceCost        float64      `json:"service_cost" words:"own" unit:"money" jsonschema:"title=Cost to serve,default=0" jsonschema_description:"Support and account management per customer and period."`
	CAC                *float64     `json:"cac,omitempty"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	NewCustomers       float64      `json:"new_customers_per_period" unit:"count" jsonschema:"title=New customers per period,default=10" jsonschema_description:"How many customers start in the first period of the cash plan."`
	Growth             float64      `json:"acquisition_growth" unit:"rate" jsonschema:"title=Growth of new customers,minimum=-1,maximum=1,default=0" jsonschema_description:"By what percentage new customers rise per period. Can be negative."`
	FixedCost          float64      `json:"fixed_cost_per_period" unit:"money" jsonschema:"title=Fixed costs per period,default=0" jsonschema_description:"Salaries, rent and tools that do not depend on the number of customers."`
	PlanPeriods        float64      `json:"plan_periods" unit:"periods" jsonschema:"title=Periods of the cash plan,multipleOf=1,minimum=1,maximum=120,default=36" jsonschema_description:"For how many periods cash is added up."`
}

// MixedResult is what such a customer is worth, stream by stream, and what cash a growing base takes.
type MixedResult struct {
	CLV          float64     `json:"clv" words:"own" unit:"money" jsonschema:"title=Customer lifetime value (CLV)" jsonschema_description:"Margin of all streams expected from one customer, discounted, before CAC."`
	Ratio        *float64    `json:"ltv_cac_ratio,omitempty" words:"own" never:"-" unit:"ratio" jsonschema:"title=CLV:CAC ratio" jsonschema_description:"CLV divided by CAC. Empty without CAC."`
	Payback      *float64    `json:"payback_periods,omitempty" words:"own" never:"cac" unit:"periods" jsonschema:"title=Payback period" jsonschema_description:"Periods until the cash of one customer covers CAC, with churn and discounted. Empty if it never does, or without CAC."`
	Setup        float64     `json:"setup_value" unit:"money" jsonschema:"title=Value of the set-up" jsonschema_description:"Set-up fee less the cost of the set-up."`
	Plan         float64     `json:"plan_value" unit:"money" jsonschema:"title=Value of the plan" jsonschema_description:"Bills less the cost of goods."`
	Orders       float64     `json:"orders_value" unit:"money" jsonschema:"title=Value of orders" jsonschema_description:"Margin of the orders beside the plan."`
	Service      float64     `json:"service_value" unit:"money" jsonschema:"title=Cost to serve over the lifetime" jsonschema_description:"Discounted, as a negative amount."`
	AheadGain    float64     `json:"prepay_gain" unit:"money" jsonschema:"title=Gain from paying ahead" jsonschema_description:"CLV less the CLV if every period were billed by itself at the full price."`
	MaxPrepay    *float64    `json:"break_even_prepay_discount,omitempty" unit:"share" jsonschema:"title=Break-even prepayment discount" jsonschema_description:"With a larger discount, paying ahead brings less than billing each period. Empty if there is none between 0 and 100%."`
	BreakEvenFee *float64    `json:"break_even_setup_fee,omitempty" never:"-" unit:"money" jsonschema:"title=Break-even set-up fee" jsonschema_description:"With this fee, CLV is CAC. Zero if no fee is needed. Empty without CAC."`
	BreakEven    *float64    `json:"break_even_price,omitempty" never:"-" unit:"money" jsonschema:"title=Break-even plan price" jsonschema_description:"With this price and the same cost of goods, CLV is CAC. Zero if none is needed. Empty without CAC."`
	Trough       float64     `json:"cash_trough" unit:"money" jsonschema:"title=Deepest cash position" jsonschema_description:"The lowest cash so far in the plan: what has to be financed, as a negative amount."`
	TroughPeriod float64     `json:"trough_period" unit:"place" jsonschema:"title=Period of the deepest position" jsonschema_description:"1 is the first."`
	TroughSingle float64     `json:"trough_without_prepay" unit:"money" jsonschema:"title=Deepest position with a bill per period" jsonschema_description:"The same if every period were billed by itself at the full price."`
	CashBack     *float64    `json:"cash_positive_period,omitempty" unit:"place" jsonschema:"title=Cash recovered in period" jsonschema_description:"From this period on, cash so far stays at 0 or above to the end of the plan. Empty if it does not."`
	EndCash      float64     `json:"end_cash" unit:"money" jsonschema:"title=Cash at the end of the plan" jsonschema_description:"All receipts less all payments, without discounting."`
	Periods      float64     `json:"discounted_periods" unit:"periods" jsonschema:"title=Discounted periods" jsonschema_description:"How many periods a new customer is expected to stay, discounted, to the end of the paid time."`
	Discount     float64     `json:"discount_rate_per_period" per:"period"`
	HorizonUsed  *float64    `json:"horizon_used_periods,omitempty"`
	Cash         MixedSeries `json:"cash" jsonschema:"title=Cash of the base" jsonschema_description:"One row per period of the plan."`
}

// MixedSeries is the cash of a base: element i of each slice is period i+1.
type MixedSeries struct {
	Period     []float64 `json:"period" words:"own" unit:"periods" jsonschema:"title=Period" jsonschema_description:"1 is the first."`
	Customers  []float64 `json:"customers" words:"own" unit:"count" jsonschema:"title=Customers" jsonschema_description:"With a plan paid for in the period."`
	Receipts   []float64 `json:"receipts" unit:"money" jsonschema:"title=Receipts" jsonschema_description:"Bills, set-up fees and orders."`
	Payments   []float64 `json:"payments" unit:"money" jsonschema:"title=Payments" jsonschema_description:"CAC, set-up, goods, service and fixed costs."`
	Cumulative []float64 `json:"cumulative" words:"own" unit:"money" jsonschema:"title=Cash so far" jsonschema_description:"Receipts less payments so far."`
}

// A deal is how a customer is billed and what they leave per period.
type deal struct {
	every    int     // periods a bill is for
	bill     float64 // what it says
	in, out  float64 // what comes in and goes out in each period, the bill apart
	running  float64 // the one less the other
	at       float64 // what comes at the start
	churn, d float64
	stay     float64 // the share that renews a bill
}

func (in *MixedInput) deal(every int, price, discount float64) deal {
	t := deal{every: every, bill: float64(every) * price * (1 - discount), at: in.SetupFee - in.SetupCost, churn: in.ChurnRate}
	t.in = in.Orders * in.OrderValue
	t.out = in.Orders*in.OrderValue*(1-in.OrderMargin) + price*(1-in.GrossMargin) + in.ServiceCost
	t.running = t.in - t.out
	t.stay = math.Exp(float64(every) * math.Log1p(-in.ChurnRate))
	t.d = value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())
	return t
}

// times is how often a bill is paid, discounted, and in how many periods a customer is there; within n periods where n >= 0.
func (t *deal) times(n int) (bills, periods float64) {
	term := float64(t.every) // periods of a bill, discounted
	if t.d > 0 {
		term = -math.Expm1(-float64(t.every)*math.Log1p(t.d)) * (1 + t.d) / t.d
	}
	if n < 0 {
		bills = -1 / math.Expm1(float64(t.every)*(math.Log1p(-t.churn)-math.Log1p(t.d))) // exact where nearly all renew
		return bills, bills * term
	}
	there := 1.0
	for k := range n {
		if k%t.every == 0 {
			if k > 0 {
				there *= t.stay
			}
			bills += there * math.Exp(-float64(k)*math.Log1p(t.d))
		}
		periods += there * math.Exp(-float64(k)*math.Log1p(t.d))
	}
	return bills, periods
}

// bounded tells whether what a customer pays has a limit.
func (t *deal) bounded() bool { return t.churn+t.d >= value.MinDecay }

// Mixed adds streams that come at their own times. With x = ((1-c)/(1+d))^B the discounted share that renews a bill for B periods,
// a = Σ_{t<B} (1+d)^-t and goods k = p(1-g),
//
//	CLV = fee - cost + [B·p(1-δ) + a·(n·v·h - k - s)]/(1-x)
//
// for a customer who leaves at the end of the time paid for: the bill comes at its start, goods, orders and service period by period. Cash of a base
// is the same undiscounted, cohort by cohort; its trough is the J-curve of Skok, SaaS Economics: The SaaS Cash Flow Trough (2013).
func Mixed(in MixedInput) (MixedResult, notice.List) { return MixedFor(&in, value.Whole) }

// MixedFor is Mixed to an extent.
func MixedFor(in *MixedInput, extent value.Extent) (out MixedResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	ahead, single := in.deal(int(in.BillingPeriods), in.Price, in.PrepayDiscount), in.deal(1, in.Price, 0)
	out.Discount = ahead.d
	n := -1
	if !ahead.bounded() {
		n = value.UnboundedYears * in.Period.PerYear()
		notes.Add(notice.Unbounded, "churn_rate", value.UnboundedYears)
		out.HorizonUsed = new(float64(n))
	}
	bills, periods := ahead.times(n)
	out.Periods = periods
	out.Setup = ahead.at
	goods := in.Price * (1 - in.GrossMargin)
	out.Plan = bills*ahead.bill - periods*goods
	out.Orders = periods * in.Orders * in.OrderValue * in.OrderMargin
	out.Service = -periods * in.ServiceCost
	out.CLV = out.Setup + out.Plan + out.Orders + out.Service
	each, stays := single.times(n)
	apart := out.Setup + each*single.bill + stays*single.running
	out.AheadGain = out.CLV - apart
	if full := bills * ahead.bill; in.PrepayDiscount < 1 && full > 0 {
		// With which discount the value is that of single bills; the gain without any is what may be given up.
		full /= 1 - in.PrepayDiscount
		if even := (out.CLV - bills*ahead.bill + full - apart) / full; even >= -slack && even <= 1+slack {
			out.MaxPrepay = new(min(1, max(0, even)))
		}
	}
	if in.CAC != nil {
		out.against(in, &notes, &ahead, bills, n)
	}
	out.cash(in, &ahead, &single, extent)
	if out.AheadGain < 0 && in.PrepayDiscount > 0 {
		notes.Add(notice.PlanLoses, "prepay_discount", -out.AheadGain)
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	return
}

// against sets the value against what the customer cost.
func (out *MixedResult) against(in *MixedInput, notes *notice.List, t *deal, bills float64, n int) {
	cac := *in.CAC
	if cac > 0 {
		out.Ratio = new(out.CLV / cac)
	}
	missing := cac - out.CLV
	out.BreakEvenFee = new(max(0, in.SetupFee+missing))
	if per := bills * float64(t.every) * (1 - in.PrepayDiscount); per > 0 {
		out.BreakEven = new(max(0, in.Price+missing/per))
	}
	if missing > 0 {
		notes.Add(notice.BelowCost, "cac", out.CLV)
	}
	most := value.MaxPeriods
	if n >= 0 {
		most = n
	}
	sum, there, worth := t.at, 1.0, 1.0
	for k := range most {
		if k > 0 && k%t.every == 0 {
			there *= t.stay
		}
		got := there * worth * t.running
		if k%t.every == 0 {
			got += there * worth * t.bill
		}
		if sum += got; sum >= cac {
			out.Payback = new(float64(k))
			return
		}
		worth /= 1 + t.d
	}
}

// cash follows the base through the plan: with its bills, and with one a period.
func (out *MixedResult) cash(in *MixedInput, ahead, single *deal, extent value.Extent) {
	n := int(in.PlanPeriods)
	series := in.follow(ahead, n)
	out.TroughPeriod = 1
	for k, sum := range series.Cumulative {
		if sum < out.Trough {
			out.Trough, out.TroughPeriod = sum, float64(k+1)
		}
		switch {
		case sum < 0:
			out.CashBack = nil
		case out.CashBack == nil:
			out.CashBack = new(float64(k + 1))
		}
	}
	out.EndCash = series.Cumulative[n-1]
	for _, sum := range in.follow(single, n).Cumulative {
		out.TroughSingle = min(out.TroughSingle, sum)
	}
	if extent == value.Whole {
		out.Cash = series
	}
}

// follow adds up the cash of all cohorts, period by period.
func (in *MixedInput) follow(t *deal, n int) (s MixedSeries) {
	column := make([]float64, 6*n)
	s = MixedSeries{column[:n:n], column[n : 2*n : 2*n], column[2*n : 3*n : 3*n], column[3*n : 4*n : 4*n], column[4*n : 5*n : 5*n]}
	bills := column[5*n:] // how many are written
	cac := 0.0
	if in.CAC != nil {
		cac = *in.CAC
	}
	come, sum := in.NewCustomers, 0.0
	for k := range n {
		there := come
		for age := 0; k+age < n; age++ {
			if age%t.every == 0 {
				if age > 0 {
					there *= t.stay
				}
				bills[k+age] += there
			}
			s.Customers[k+age] += there
		}
		s.Period[k] = float64(k + 1)
		s.Receipts[k] = bills[k]*t.bill + s.Customers[k]*t.in + come*in.SetupFee
		s.Payments[k] = s.Customers[k]*t.out + come*(in.SetupCost+cac) + in.FixedCost
		sum += s.Receipts[k] - s.Payments[k]
		s.Cumulative[k] = sum
		come *= 1 + in.Growth
	}
	return s
}

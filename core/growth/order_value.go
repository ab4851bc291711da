package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// OrderValueInput is a baseline and a limit, bundle or bonus that makes some orders larger.
type OrderValueInput struct {
	Baseline
	OrderValue      float64  `json:"order_value" words:"own" unit:"money" jsonschema:"title=Average order value (AOV) today,exclusiveMinimum=0" jsonschema_description:"Price per period divided by this is the number of orders per period."`
	LiftedShare     float64  `json:"lifted_order_share" unit:"share" jsonschema:"title=Orders that grow" jsonschema_description:"The share of today's orders to which customers add something to reach the limit, or for which they take the bundle."`
	AddedValue      float64  `json:"added_value" unit:"money" jsonschema:"title=Added value per such order" jsonschema_description:"How much more they buy in such an order, after the bundle's discount."`
	AddedMargin     *float64 `json:"extra_margin,omitempty"`
	QualifyingShare float64  `json:"qualifying_order_share" unit:"share" jsonschema:"title=Orders above the limit anyway,default=0" jsonschema_description:"The share of today's orders that get the benefit without buying more. That is what a limit set too low costs."`
	BenefitCost     float64  `json:"benefit_cost" unit:"money" jsonschema:"title=Cost of the benefit per order,default=0" jsonschema_description:"Shipping that you pay, a gift, or the discount on goods that the customer would have bought anyway."`
	LostShare       float64  `json:"lost_order_share" unit:"share" jsonschema:"title=Orders lost,default=0" jsonschema_description:"The share of today's orders that no longer come, for example because smaller orders now pay for shipping."`
	FixedCost       float64  `json:"fixed_cost" jsonschema:"default=0"`
}

// OrderValueResult is what larger orders are worth.
type OrderValueResult struct {
	Net             float64  `json:"net_gain"`
	BreakEvenLifted *float64 `json:"break_even_lifted_order_share,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even share of orders that grow" jsonschema_description:"How many of today's orders must grow to cover the benefit of all and the orders lost."`
	MaxBenefit      *float64 `json:"max_benefit_cost,omitempty" quick:"-" unit:"money" jsonschema:"title=Maximum cost of the benefit per order" jsonschema_description:"With a higher cost, the larger orders do not pay for it. Empty if no order gets it, or if it loses even without cost."`
	OrderValueAfter float64  `json:"order_value_after" unit:"money" jsonschema:"title=Average order value (AOV) after" jsonschema_description:"Of the orders that still come."`
	Orders          float64  `json:"customer_orders_per_period" unit:"count" jsonschema:"title=Orders per customer per period" jsonschema_description:"Price per period divided by average order value."`
	TakeUp          float64  `json:"take_up" words:"own" unit:"share" jsonschema:"title=Orders that grow" jsonschema_description:"As entered: the take-up rate of a growth plan."`
	ExtraSpend      float64  `json:"extra_spend" words:"own" unit:"money" jsonschema:"title=Extra spend per period if all orders grew" jsonschema_description:"Orders per period times added value: the extra spend of a growth plan."`
	CostPerPeriod   float64  `json:"cost_per_period" words:"own" unit:"money" jsonschema:"title=Cost of the benefit per customer per period" jsonschema_description:"For orders that grow and those above the limit anyway."`
	FrequencyRise   float64  `json:"frequency_rise" words:"own" unit:"rate" jsonschema:"title=Change in the number of orders" jsonschema_description:"The share of orders lost, as a negative figure."`
	PeriodsBefore   float64  `json:"discounted_periods_before"`
	Outcome         Outcome  `json:"outcome"`
}

// OrderValue values larger orders. Of n orders per period the share u grows by E at margin g', the share q has the benefit
// B without growing, and the share l no longer comes:
//
//	gain = [n(u·E·g' - (u+q)·B) - l·p·g]·a(n).
func OrderValue(in OrderValueInput) (OrderValueResult, notice.List) {
	return OrderValueFor(&in, value.Whole)
}

// OrderValueFor is OrderValue to an extent.
func OrderValueFor(in *OrderValueInput, extent value.Extent) (out OrderValueResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if most := 1 - in.QualifyingShare - in.LostShare; in.LiftedShare > most+leftOver {
		notes.Add(notice.TooHigh, "lifted_order_share", max(0, most))
		return
	}
	n := in.Price / in.OrderValue
	lever := func(lifted float64) Lever {
		return Lever{
			Kind: KindOrderValue, Reach: 1, TakeUp: lifted, ExtraSpend: n * in.AddedValue, ExtraMargin: in.AddedMargin, FrequencyRise: -in.LostShare,
			CostPerPeriod: n * (lifted + in.QualifyingShare) * in.BenefitCost, FixedCost: in.FixedCost,
		}
	}
	p := newPlan(&notes, &in.Baseline, nil, []Lever{lever(in.LiftedShare)}, false)
	p.quick = extent == value.Quick
	rename(notes, "frequency_rise", "lost_order_share")
	if notes.Refused() {
		return
	}
	l := &p.levers[0]
	out.Orders, out.TakeUp, out.ExtraSpend, out.CostPerPeriod, out.FrequencyRise = n, l.TakeUp, l.ExtraSpend, l.CostPerPeriod, l.FrequencyRise
	out.OrderValueAfter = in.OrderValue
	if in.LostShare < 1 {
		out.OrderValueAfter += in.LiftedShare * in.AddedValue / (1 - in.LostShare)
	}
	out.Net = p.outcome(&out.Outcome, &notes, "lifted_order_share")
	out.PeriodsBefore = p.periods(0)
	if most := 1 - in.QualifyingShare - in.LostShare; most > 0 {
		out.BreakEvenLifted = p.crossing(&notes, func(x float64) float64 {
			*l = lever(x)
			return p.gain()
		}, 0, most, "lifted_order_share")
		*l = lever(in.LiftedShare)
	}
	if with := n * (in.LiftedShare + in.QualifyingShare) * out.PeriodsBefore; with > 0 && extent != value.Quick {
		out.MaxBenefit = bearable(in.BenefitCost, out.Net/with)
	}
	return
}

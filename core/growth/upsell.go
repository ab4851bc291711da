package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// UpsellInput is a baseline and the offer of a better, dearer version.
type UpsellInput struct {
	Baseline
	Reach       float64  `json:"reach" jsonschema:"default=1"`
	TakeUp      float64  `json:"take_up" jsonschema:"default=0"`
	ExtraSpend  float64  `json:"extra_spend" was:"price_step" words:"own" unit:"money" jsonschema:"title=Price difference per period" jsonschema_description:"How much more the better version costs per period."`
	ExtraMargin *float64 `json:"extra_margin,omitempty"`
	OfferPeriod float64  `json:"offer_period" jsonschema:"default=0"`
	OfferCost   float64  `json:"offer_cost" jsonschema:"default=0"`
	FixedCost   float64  `json:"fixed_cost" jsonschema:"default=0"`
}

// CrossSellInput is a baseline and the offer of something else, bought once or every period.
type CrossSellInput struct {
	Baseline
	Reach         float64  `json:"reach" jsonschema:"default=1"`
	TakeUp        float64  `json:"take_up" jsonschema:"default=0"`
	ExtraSpend    float64  `json:"extra_spend" jsonschema:"default=0"`
	OneOffSpend   float64  `json:"one_off_spend" jsonschema:"default=0"`
	ExtraMargin   *float64 `json:"extra_margin,omitempty"`
	ReplacedShare float64  `json:"replaced_share" jsonschema:"default=0"`
	OfferPeriod   float64  `json:"offer_period" jsonschema:"default=0"`
	OfferCost     float64  `json:"offer_cost" jsonschema:"default=0"`
	FixedCost     float64  `json:"fixed_cost" jsonschema:"default=0"`
}

// OfferResult is what an offer to the customers still there is worth. Upsell and cross-sell share it, so that the two
// can be set side by side.
type OfferResult struct {
	Net             float64  `json:"net_gain"`
	BreakEvenTakeUp *float64 `json:"break_even_take_up,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even take-up rate" jsonschema_description:"The share of customers with the offer who must accept to cover the cost."`
	StillThere      float64  `json:"still_there" unit:"share" jsonschema:"title=Active at the offer" jsonschema_description:"The share of new customers who are active when the offer comes. Only they can accept, so low churn raises this."`
	ValuePerTaker   *float64 `json:"value_per_taker,omitempty" unit:"money" jsonschema:"title=Margin per acceptance" jsonschema_description:"Extra margin of one customer who accepts, valued at the time of the offer."`
	ShareAtOffer    float64  `json:"discounted_share_at_offer" unit:"share" jsonschema:"title=Share active at the offer\\, discounted" jsonschema_description:"The share of customers active when the offer comes, discounted to today. Zero if the offer comes after the time horizon."`
	PeriodsOnOffer  float64  `json:"discounted_periods_from_offer" unit:"periods" jsonschema:"title=Discounted periods from the offer on" jsonschema_description:"Expected periods of a new customer from the offer on, each discounted to today."`
	Outcome         Outcome  `json:"outcome"`
}

// Upsell values a price step of P, taken up by the share u of those still there after k periods:
//
//	gain = r·u·P·g'·(a(n) - a(k)), and the offers cost r·f·S(k)v^k.
func Upsell(in UpsellInput) (OfferResult, notice.List) { return UpsellFor(&in, value.Whole) }

// UpsellFor is Upsell to an extent.
func UpsellFor(in *UpsellInput, extent value.Extent) (out OfferResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	return offer(notes, extent, &in.Baseline, Lever{
		Kind: KindUpsell, Reach: in.Reach, TakeUp: in.TakeUp, ExtraSpend: in.ExtraSpend, ExtraMargin: in.ExtraMargin,
		OfferPeriod: in.OfferPeriod, OfferCost: in.OfferCost, FixedCost: in.FixedCost,
	})
}

// CrossSell values something else sold to the share u of those still there after k periods, for E each period or O
// once; the share z of it replaces what they would have bought anyway, at today's margin g:
//
//	gain = r·u·(g' - z·g)·(E·(a(n) - a(k)) + O·S(k)v^k).
func CrossSell(in CrossSellInput) (OfferResult, notice.List) { return CrossSellFor(&in, value.Whole) }

// CrossSellFor is CrossSell to an extent.
func CrossSellFor(in *CrossSellInput, extent value.Extent) (out OfferResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	return offer(notes, extent, &in.Baseline, Lever{
		Kind: KindCrossSell, Reach: in.Reach, TakeUp: in.TakeUp, ExtraSpend: in.ExtraSpend, OneOffSpend: in.OneOffSpend,
		ExtraMargin: in.ExtraMargin, ReplacedShare: in.ReplacedShare,
		OfferPeriod: in.OfferPeriod, OfferCost: in.OfferCost, FixedCost: in.FixedCost,
	})
}

func offer(notes notice.List, extent value.Extent, b *Baseline, l Lever) (out OfferResult, _ notice.List) {
	p := newPlan(&notes, b, nil, []Lever{l}, false)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return out, notes
	}
	out.Net = p.outcome(&out.Outcome, &notes, "take_up")
	out.BreakEvenTakeUp = p.breakEven(&notes, &p.levers[0].TakeUp, 0, 1, "take_up")

	customer := p.reach(0)
	from := int(l.OfferPeriod)
	there := customer.undiscounted()
	out.StillThere = there.present(from)
	if p.horizon >= 0 && from >= p.horizon {
		return out, notes
	}
	out.ShareAtOffer = customer.present(from)
	out.PeriodsOnOffer = customer.from(from, p.horizon)
	if out.ShareAtOffer > 0 {
		out.ValuePerTaker = new(p.extraMargin(&l) * (l.OneOffSpend + l.ExtraSpend*out.PeriodsOnOffer/out.ShareAtOffer))
	}
	return out, notes
}

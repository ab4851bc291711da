package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// OffersInput is one customer and two offers at the same time: more of the same, or something else; and the first of them with a
// promotion.
type OffersInput struct {
	Price              float64      `json:"price"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin"`
	ChurnRate          float64      `json:"churn_rate"`
	FirstPeriodChurn   *float64     `json:"first_period_churn,omitempty"`
	OfferPeriod        float64      `json:"offer_period" jsonschema:"default=0"`
	OfferCost          float64      `json:"offer_cost" jsonschema:"default=0"`
	UpsellTakeUp       float64      `json:"upsell_take_up"`
	UpsellSpend        float64      `json:"upsell_spend"`
	UpsellMargin       *float64     `json:"upsell_margin,omitempty" unit:"share" jsonschema:"title=Gross margin of the upsell" jsonschema_description:"Of the price difference. Leave it empty if it equals your gross margin."`
	CrossSellTakeUp    float64      `json:"cross_sell_take_up"`
	CrossSellSpend     float64      `json:"cross_sell_spend"`
	CrossSellMargin    *float64     `json:"cross_sell_margin,omitempty" unit:"share" jsonschema:"title=Gross margin of the cross-sell" jsonschema_description:"Of the other product. Leave it empty if it equals your gross margin."`
	ReplacedShare      float64      `json:"replaced_share" words:"own" unit:"share" jsonschema:"title=Cannibalised by the cross-sell,default=0" jsonschema_description:"The share of the other product's sales that replaces what the same customers would have bought."`
	PromoTakeUp        *float64     `json:"promo_take_up,omitempty" unit:"share" jsonschema:"title=Upsell take-up rate with a promo code" jsonschema_description:"The share of active customers who accept with the discount, including those who would have paid the full price."`
	PromoDiscount      float64      `json:"promo_discount" unit:"share" jsonschema:"title=Promo discount on the upsell,default=0" jsonschema_description:"Off the price difference, for everybody who accepts."`
	PromoPeriods       float64      `json:"promo_periods" unit:"periods" jsonschema:"title=Periods with the promo discount,multipleOf=1,default=1" jsonschema_description:"How many periods the discount lasts. Then the full price applies."`
	ServiceCost        float64      `json:"service_cost" jsonschema:"default=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	HorizonPeriods     *float64     `json:"horizon_periods,omitempty"`
}

// OffersResult sets the two side by side, each alone.
type OffersResult struct {
	Lead           float64  `json:"upsell_lead" unit:"money" jsonschema:"title=Upsell less cross-sell" jsonschema_description:"Net gain of the upsell less that of the cross-sell, per new customer. Negative if the cross-sell brings more."`
	Upsell         float64  `json:"upsell_gain" unit:"money" jsonschema:"title=Net gain of the upsell" jsonschema_description:"Per new customer, at the full price, after the cost of offers."`
	CrossSell      float64  `json:"cross_sell_gain" unit:"money" jsonschema:"title=Net gain of the cross-sell" jsonschema_description:"Per new customer, after cannibalised sales and the cost of offers."`
	EqualTakeUp    *float64 `json:"equal_cross_sell_take_up,omitempty" unit:"share" jsonschema:"title=Cross-sell take-up rate that equals the upsell" jsonschema_description:"With a higher one, the cross-sell brings more. Empty if no take-up rate does."`
	Times          *float64 `json:"take_up_ratio,omitempty" unit:"ratio" jsonschema:"title=Upsell : cross-sell take-up" jsonschema_description:"Upsell take-up rate divided by cross-sell take-up rate, from your own figures."`
	Promo          *float64 `json:"promo_upsell_gain,omitempty" unit:"money" jsonschema:"title=Net gain of the upsell with promo code" jsonschema_description:"Per new customer, after the discount and the cost of offers. Empty without a take-up rate with a promo code."`
	PromoGain      *float64 `json:"promo_gain,omitempty" unit:"money" jsonschema:"title=Gain from the promo code" jsonschema_description:"Upsell with promo code less upsell at the full price, per new customer."`
	PromoGivenAway *float64 `json:"promo_given_away,omitempty" unit:"money" jsonschema:"title=Discount to customers who would have paid in full" jsonschema_description:"Per new customer: what the promo code cannibalises."`
	BreakEvenPromo *float64 `json:"break_even_promo_take_up,omitempty" unit:"share" jsonschema:"title=Break-even take-up rate with a promo code" jsonschema_description:"With a lower one, the full price brings more. Empty if even 100% is not enough."`
	StillThere     float64  `json:"still_there"`
	PeriodsOnOffer float64  `json:"discounted_periods_from_offer"`
	ShareAtOffer   float64  `json:"discounted_share_at_offer"`
	PromoPeriods   float64  `json:"discounted_promo_periods" unit:"periods" jsonschema:"title=Discounted periods with the promo" jsonschema_description:"Expected periods of a new customer in which the discount applies, each discounted to today."`
	CLV            float64  `json:"clv_before" words:"own" unit:"money" jsonschema:"title=Value today" jsonschema_description:"The value of a customer without either offer."`
}

// Offers values two offers to those still there after k periods, each alone: an upsell brings u·P·g', a cross-sell u'·E·(g” - z·g), over the
// discounted periods A_k from the offer on. A promotion takes δ·P off for the first h periods, from all who accept, those included who would
// have paid in full.
func Offers(in OffersInput) (out OffersResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &Baseline{Price: in.Price, Period: in.Period, GrossMargin: in.GrossMargin, ChurnRate: in.ChurnRate, FirstPeriodChurn: in.FirstPeriodChurn,
		ServiceCost: in.ServiceCost, AnnualDiscountRate: in.AnnualDiscountRate, HorizonPeriods: in.HorizonPeriods}, nil, nil, false)
	if notes.Refused() {
		return
	}
	t, from := p.reach(0), int(in.OfferPeriod)
	whole := t.undiscounted()
	out.StillThere = whole.present(from)
	today := p.worth(0, p.horizon)
	out.CLV = today.net()
	if p.horizon >= 0 && from >= p.horizon {
		subject{notes: &notes}.unused("offer_period", in.OfferPeriod)
	} else {
		out.ShareAtOffer, out.PeriodsOnOffer = t.present(from), t.from(from, p.horizon)
		until := from + int(in.PromoPeriods)
		if p.horizon >= 0 {
			until = min(until, p.horizon)
		}
		out.PromoPeriods = t.from(from, until)
	}
	margin := func(own *float64) float64 {
		if own != nil {
			return *own
		}
		return in.GrossMargin
	}
	offers := in.OfferCost * out.ShareAtOffer
	full := in.UpsellSpend * margin(in.UpsellMargin) * out.PeriodsOnOffer // of one who accepts
	other := in.CrossSellSpend * (margin(in.CrossSellMargin) - in.ReplacedShare*in.GrossMargin) * out.PeriodsOnOffer
	out.Upsell, out.CrossSell = in.UpsellTakeUp*full-offers, in.CrossSellTakeUp*other-offers
	out.Lead = out.Upsell - out.CrossSell
	if other > 0 {
		out.EqualTakeUp = within(in.UpsellTakeUp * full / other)
	}
	if in.CrossSellTakeUp > 0 {
		out.Times = finite(in.UpsellTakeUp / in.CrossSellTakeUp)
	}
	if in.PromoTakeUp == nil {
		subject{notes: &notes}.unused("promo_discount", in.PromoDiscount)
	} else {
		off := in.PromoDiscount * in.UpsellSpend * out.PromoPeriods
		out.Promo = new(*in.PromoTakeUp*(full-off) - offers)
		out.PromoGain = new(*out.Promo - out.Upsell)
		out.PromoGivenAway = new(min(in.UpsellTakeUp, *in.PromoTakeUp) * off)
		if full-off > 0 {
			out.BreakEvenPromo = within(in.UpsellTakeUp * full / (full - off))
		}
		if *out.PromoGain < 0 {
			notes.Add(notice.LeverLoses, "promo_take_up", -*out.PromoGain)
		}
	}
	p.warnOfLongLife(&notes)
	return
}

// within is x where it is a share. What only rounding takes below 0 or above 1 is 0 or 1.
func within(x float64) *float64 {
	if x < -leftOver || x > 1+leftOver {
		return nil
	}
	return new(between01(x))
}

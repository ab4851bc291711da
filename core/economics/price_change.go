package economics

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// PriceChangeInput is a customer as today, and another price with what it does.
type PriceChangeInput struct {
	Price              float64      `json:"price" jsonschema:"exclusiveMinimum=0"`
	Period             value.Period `json:"period" jsonschema:"default=month"`
	GrossMargin        float64      `json:"gross_margin" jsonschema:"exclusiveMinimum=0"`
	ChurnRate          float64      `json:"churn_rate" jsonschema:"exclusiveMinimum=0"`
	AnnualDiscountRate float64      `json:"annual_discount_rate" jsonschema:"default=0"`
	PriceRise          float64      `json:"price_rise" unit:"rate" jsonschema:"title=Price change,minimum=-1,maximum=10" jsonschema_description:"By how much the price rises, in %. Negative if it falls."`
	ChurnRise          float64      `json:"churn_rise" unit:"share" jsonschema:"title=Churn increase,minimum=-1,default=0" jsonschema_description:"By how many percentage points more customers leave per period at the new price."`
	VolumeLoss         float64      `json:"volume_loss" unit:"share" jsonschema:"title=Customers lost at once,default=0" jsonschema_description:"Share of customers who do not accept the new price: who cancel at once or do not buy."`
	Grandfathered      float64      `json:"grandfathered_share" unit:"share" jsonschema:"title=Share on the old price,default=0" jsonschema_description:"Share of customers who keep today's price (grandfathering)."`
	Customers          *float64     `json:"customer_count,omitempty" unit:"count" jsonschema:"title=Number of customers" jsonschema_description:"Today's customers. For the total."`
}

// PriceChangeResult is what another price is worth, and how much it may cost in customers.
type PriceChangeResult struct {
	Gain                float64     `json:"gain_per_customer" unit:"money" jsonschema:"title=Gain per customer" jsonschema_description:"Value of an average customer after the change less today's value. Negative for a loss."`
	CLVBefore           float64     `json:"clv_before" words:"own" unit:"money" jsonschema:"title=CLV at today's price" jsonschema_description:"Margin per period, discounted, while customers stay."`
	CLVAfter            float64     `json:"clv_after" words:"own" unit:"money" jsonschema:"title=CLV at the new price" jsonschema_description:"Of a customer who accepts it, with the churn increase."`
	BreakEvenChurnRise  *float64    `json:"break_even_churn_rise,omitempty" unit:"share" jsonschema:"title=Break-even churn increase" jsonschema_description:"With a larger churn increase, the new price loses value. Negative for a lower price. Empty if no churn rate is enough."`
	BreakEvenChurnRate  *float64    `json:"break_even_churn_rate,omitempty" unit:"share" jsonschema:"title=Break-even churn rate" jsonschema_description:"Today's churn rate plus the break-even increase."`
	BreakEvenVolumeLoss *float64    `json:"break_even_volume_loss,omitempty" unit:"share" jsonschema:"title=Break-even loss of customers" jsonschema_description:"With a larger share lost at once, the new price loses value, given the churn increase. Negative: so many more customers are needed. Empty without margin at the new price."`
	NewPrice            float64     `json:"new_price" unit:"money" jsonschema:"title=New price" jsonschema_description:"Per period."`
	MarginBefore        float64     `json:"margin_before" unit:"money" jsonschema:"title=Margin per period today" jsonschema_description:"Price times gross margin."`
	MarginAfter         float64     `json:"margin_after" unit:"money" jsonschema:"title=Margin per period after" jsonschema_description:"The cost of goods stays, so the whole price change is margin."`
	DiscountRate        float64     `json:"discount_rate_per_period"`
	PeriodsBefore       float64     `json:"discounted_periods_before"`
	PeriodsAfter        float64     `json:"discounted_periods_after" words:"own" unit:"periods" jsonschema:"title=Discounted periods after" jsonschema_description:"The same with the churn increase."`
	TotalGain           *float64    `json:"total_gain,omitempty" unit:"money" jsonschema:"title=Total gain" jsonschema_description:"Gain per customer times the number of customers. Empty without that number."`
	Bridge              PriceBridge `json:"bridge" words:"own" jsonschema:"title=From today's value to the new value" jsonschema_description:"Each step is one effect of the new price."`
}

// PriceBridge leads from the value of a customer today to that of an average customer after the change.
type PriceBridge struct {
	Before        float64 `json:"clv_before" words:"own" unit:"money" jsonschema:"title=CLV at today's price" jsonschema_description:"Per customer."`
	Price         float64 `json:"price_step" unit:"money" jsonschema:"title=Price" jsonschema_description:"More margin at today's churn."`
	Churn         float64 `json:"churn_step" unit:"money" jsonschema:"title=Churn" jsonschema_description:"Customers stay less long."`
	Loss          float64 `json:"loss_step" unit:"money" jsonschema:"title=Customers lost at once" jsonschema_description:"Their value is gone."`
	Grandfathered float64 `json:"grandfathered_step" unit:"money" jsonschema:"title=Old price kept" jsonschema_description:"Customers for whom nothing changes."`
	After         float64 `json:"value_after" unit:"money" jsonschema:"title=Value after the change" jsonschema_description:"Per customer of today."`
}

// PriceChange values a customer before and after. What is sold costs as much at any price, so that with price p, margin g and rise x
// the margin becomes p(g+x). At the start of each period, with churn c and discount rate d per period, a customer brings margin times
// a(c) = (1+d)/(c+d). The rise of churn that takes it all is
//
//	((g+x)/g - 1)·(c+d),
//
// and the loss of customers 1 - g/(g+x) where churn stays: the break-even sales change of Nagle, Hogan & Zale.
func PriceChange(in PriceChangeInput) (out PriceChangeResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	churn := in.ChurnRate + in.ChurnRise
	switch {
	case churn > 1:
		notes.Add(notice.TooHigh, "churn_rise", 1-in.ChurnRate)
		return
	case !(churn > 0):
		notes.Add(notice.NotAbove, "churn_rise", -in.ChurnRate)
		return
	}
	d := value.PerPeriod(in.AnnualDiscountRate, in.Period.PerYear())
	periods := func(churn float64) float64 { return (1 + d) / (churn + d) }
	before, after := in.Price*in.GrossMargin, in.Price*(in.GrossMargin+in.PriceRise)
	out.DiscountRate, out.PeriodsBefore, out.PeriodsAfter = d, periods(in.ChurnRate), periods(churn)
	out.NewPrice, out.MarginBefore, out.MarginAfter = in.Price*(1+in.PriceRise), before, after
	out.CLVBefore, out.CLVAfter = before*out.PeriodsBefore, after*out.PeriodsAfter

	lost := in.VolumeLoss * out.CLVAfter
	b := &out.Bridge
	b.Before = out.CLVBefore
	b.Price = (after - before) * out.PeriodsBefore
	b.Churn = after * (out.PeriodsAfter - out.PeriodsBefore)
	b.Loss = -lost
	b.Grandfathered = -in.Grandfathered * (out.CLVAfter - lost - out.CLVBefore)
	out.Gain = (1 - in.Grandfathered) * (out.CLVAfter - lost - out.CLVBefore)
	b.After = out.CLVBefore + out.Gain
	if in.Customers != nil {
		out.TotalGain = new(*in.Customers * out.Gain)
	}
	if after > 0 {
		out.BreakEvenVolumeLoss = new(1 - out.CLVBefore/out.CLVAfter)
	} else {
		notes.Add(notice.MarginGone, "price_rise", -in.GrossMargin)
	}
	rise := in.PriceRise / in.GrossMargin * (in.ChurnRate + d)
	if most := in.ChurnRate + rise; most > 0 && most <= 1+slack {
		most = min(1, most)
		out.BreakEvenChurnRise, out.BreakEvenChurnRate = &rise, &most
	}
	if in.GrossMargin == 1 {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	value.WarnOfLongLife(&notes, "churn_rate", new(1/in.ChurnRate/float64(in.Period.PerYear())))
	return
}

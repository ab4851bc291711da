package economics

import "hourglass/core/notice"

// AcquisitionCostInput is what was spent on new customers in some time, and how many came in it.
type AcquisitionCostInput struct {
	MediaSpend    float64  `json:"media_spend" unit:"money" jsonschema:"title=Media spend" jsonschema_description:"Ads on all channels, in the time that the new customers are from."`
	AgencyCost    float64  `json:"agency_cost" unit:"money" jsonschema:"title=Agencies and freelancers,default=0" jsonschema_description:"Their fees, content and creative work."`
	SalaryCost    float64  `json:"salary_cost" unit:"money" jsonschema:"title=Salaries,default=0" jsonschema_description:"Marketing and sales staff who work on new customers, with commissions and employer's costs."`
	ToolCost      float64  `json:"tool_cost" unit:"money" jsonschema:"title=Tools,default=0" jsonschema_description:"Software for marketing and sales."`
	PromotionCost float64  `json:"promotion_cost" unit:"money" jsonschema:"title=Free trials and promotions,default=0" jsonschema_description:"Cost of free trials, samples, first-order discounts and referral rewards."`
	NewCustomers  float64  `json:"new_customers" words:"own" unit:"count" jsonschema:"title=New customers,exclusiveMinimum=0" jsonschema_description:"Customers who paid for the first time in the same time, from all sources."`
	PaidCustomers *float64 `json:"paid_customers,omitempty" unit:"count" jsonschema:"title=New customers from ads" jsonschema_description:"Those of them who came through paid media. For paid CAC."`
	MonthlyMargin *float64 `json:"monthly_margin,omitempty" unit:"money" jsonschema:"title=Margin per customer per month" jsonschema_description:"Revenue times gross margin. For the payback period."`
	NetNewMRR     *float64 `json:"net_new_mrr,omitempty" unit:"money" jsonschema:"title=Net new MRR,minimum=-1000000000000" jsonschema_description:"Monthly recurring revenue at the end of the same time less that at its start. For the magic number."`
	Cash          *float64 `json:"cash,omitempty" unit:"money" jsonschema:"title=Cash" jsonschema_description:"In the bank today. For the runway."`
	NetBurn       *float64 `json:"net_burn,omitempty" unit:"money" jsonschema:"title=Net burn per month" jsonschema_description:"By how much cash falls in a month. For the runway."`
}

// AcquisitionCostResult is what a customer really costs, and what that cost means.
type AcquisitionCostResult struct {
	CAC         float64    `json:"cac" words:"own" unit:"money" jsonschema:"title=Blended CAC" jsonschema_description:"All acquisition costs divided by all new customers."`
	PaidCAC     *float64   `json:"paid_cac,omitempty" unit:"money" jsonschema:"title=Paid CAC" jsonschema_description:"Media and agencies divided by the new customers from ads. Empty without those."`
	TotalCost   float64    `json:"acquisition_cost" unit:"money" jsonschema:"title=Total acquisition cost" jsonschema_description:"Media, agencies, salaries, tools, free trials and promotions."`
	UnpaidShare *float64   `json:"unpaid_share,omitempty" unit:"share" jsonschema:"title=Share of customers without ads" jsonschema_description:"New customers who did not come through paid media. Empty without the number of those who did."`
	Payback     *float64   `json:"payback_months,omitempty" words:"own" unit:"months" jsonschema:"title=CAC payback period" jsonschema_description:"Months of margin that cover blended CAC. Empty without a margin."`
	MagicNumber *float64   `json:"magic_number,omitempty" unit:"number" jsonschema:"title=Magic number" jsonschema_description:"Annualised net new recurring revenue per 1 spent on acquisition. From 0.75, more spend is usually advised. Empty without net new MRR or cost."`
	Runway      *float64   `json:"runway_months,omitempty" unit:"months" jsonschema:"title=Runway" jsonschema_description:"Months until the cash is used up at today's net burn. Empty without cash or net burn."`
	Shares      CostShares `json:"cost_shares" jsonschema:"title=Shares of the cost" jsonschema_description:"Each kind of cost as a share of the total. Empty without cost."`
	Bridge      CACBridge  `json:"bridge" words:"own" jsonschema:"title=Blended CAC by kind of cost" jsonschema_description:"Each step is one kind of cost per new customer."`
}

// CostShares are the kinds of cost as shares of the total.
type CostShares struct {
	Media      *float64 `json:"media_share,omitempty" unit:"share" jsonschema:"title=Media spend" jsonschema_description:"Share of the total acquisition cost."`
	Agencies   *float64 `json:"agency_share,omitempty" unit:"share" jsonschema:"title=Agencies and freelancers" jsonschema_description:"Share of the total acquisition cost."`
	Salaries   *float64 `json:"salary_share,omitempty" unit:"share" jsonschema:"title=Salaries" jsonschema_description:"Share of the total acquisition cost."`
	Tools      *float64 `json:"tool_share,omitempty" unit:"share" jsonschema:"title=Tools" jsonschema_description:"Share of the total acquisition cost."`
	Promotions *float64 `json:"promotion_share,omitempty" unit:"share" jsonschema:"title=Free trials and promotions" jsonschema_description:"Share of the total acquisition cost."`
}

// CACBridge adds up the cost of a new customer by its kinds.
type CACBridge struct {
	Media      float64 `json:"media_step" unit:"money" jsonschema:"title=Media spend" jsonschema_description:"Per new customer: what many take for CAC."`
	Agencies   float64 `json:"agency_step" unit:"money" jsonschema:"title=Agencies and freelancers" jsonschema_description:"Per new customer."`
	Salaries   float64 `json:"salary_step" unit:"money" jsonschema:"title=Salaries" jsonschema_description:"Per new customer."`
	Tools      float64 `json:"tool_step" unit:"money" jsonschema:"title=Tools" jsonschema_description:"Per new customer."`
	Promotions float64 `json:"promotion_step" unit:"money" jsonschema:"title=Free trials and promotions" jsonschema_description:"Per new customer."`
	CAC        float64 `json:"cac" words:"own" unit:"money" jsonschema:"title=Blended CAC" jsonschema_description:"All of them."`
}

// AcquisitionCost is all that was spent on new customers by their number. The magic number is that of Leckie (2008): the rise of
// recurring revenue, annualised, by what was spent to get it; the rise of MRR is twelve times itself in a year.
func AcquisitionCost(in AcquisitionCostInput) (out AcquisitionCostResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.PaidCustomers != nil && *in.PaidCustomers > in.NewCustomers {
		notes.Add(notice.TooHigh, "paid_customers", in.NewCustomers)
		return
	}
	total := in.MediaSpend + in.AgencyCost + in.SalaryCost + in.ToolCost + in.PromotionCost
	out.TotalCost, out.CAC = total, total/in.NewCustomers
	if in.PaidCustomers != nil {
		out.UnpaidShare = new(1 - *in.PaidCustomers/in.NewCustomers)
		out.PaidCAC = quotient(in.MediaSpend+in.AgencyCost, *in.PaidCustomers)
	}
	if in.MonthlyMargin != nil {
		out.Payback = quotient(out.CAC, *in.MonthlyMargin)
	}
	if in.NetNewMRR != nil {
		out.MagicNumber = quotient(12**in.NetNewMRR, total)
	}
	if in.Cash != nil && in.NetBurn != nil {
		out.Runway = quotient(*in.Cash, *in.NetBurn)
	}
	out.Shares = CostShares{quotient(in.MediaSpend, total), quotient(in.AgencyCost, total), quotient(in.SalaryCost, total), quotient(in.ToolCost, total), quotient(in.PromotionCost, total)}
	out.Bridge = CACBridge{in.MediaSpend / in.NewCustomers, in.AgencyCost / in.NewCustomers, in.SalaryCost / in.NewCustomers, in.ToolCost / in.NewCustomers, in.PromotionCost / in.NewCustomers, out.CAC}
	if in.SalaryCost == 0 && in.ToolCost == 0 {
		notes.Add(notice.MediaOnly, "salary_cost", 0)
	}
	return
}

// quotient is a by b; nil where there is no b.
func quotient(a, b float64) *float64 {
	if !(b > 0) {
		return nil
	}
	return new(a / b)
}

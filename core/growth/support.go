package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// SupportInput is a baseline and its tickets: how many, how many of them are answered well, what that costs, and how many
// more leave after a poor answer.
type SupportInput struct {
	Baseline
	Tickets          float64 `json:"tickets_per_period" unit:"count" jsonschema:"title=Tickets per customer per period,maximum=1000" jsonschema_description:"How often one customer asks for help in one period, on all channels."`
	ServedShare      float64 `json:"served_share" unit:"share" jsonschema:"title=Tickets answered well today" jsonschema_description:"The share solved within your target time, or with a good rating."`
	TargetShare      float64 `json:"target_served_share" unit:"share" jsonschema:"title=Tickets answered well\\, planned" jsonschema_description:"The share with more staff, a knowledge base or a faster tier."`
	PoorChurn        float64 `json:"poor_answer_churn_rise" unit:"share" jsonschema:"title=Extra churn after a poor answer,minimum=-1" jsonschema_description:"How many percentage points more customers leave after a poor answer than after a good one."`
	TicketCost       float64 `json:"ticket_cost" unit:"money" jsonschema:"title=Cost per ticket today,default=0" jsonschema_description:"Support cost divided by tickets."`
	TargetTicketCost float64 `json:"target_ticket_cost" unit:"money" jsonschema:"title=Cost per ticket\\, planned,default=0" jsonschema_description:"Average over all channels. Lower if customers help themselves."`
	FixedCost        float64 `json:"fixed_cost" jsonschema:"default=0"`
}

// SupportResult is what better answers are worth.
type SupportResult struct {
	Net                float64  `json:"net_gain"`
	BreakEvenPoorChurn *float64 `json:"break_even_poor_answer_churn_rise,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even extra churn after a poor answer" jsonschema_description:"How many percentage points more must leave after a poor answer for better answers to cover their cost."`
	MaxTicketCost      *float64 `json:"max_ticket_cost,omitempty" quick:"-" unit:"money" jsonschema:"title=Maximum cost per ticket" jsonschema_description:"The planned cost per ticket at which better answers break even. Empty without tickets."`
	ChurnFall          float64  `json:"churn_fall"`
	CostPerPeriod      float64  `json:"cost_per_period" words:"own" unit:"money" jsonschema:"title=Extra support cost per customer per period" jsonschema_description:"Tickets per period times the change in cost per ticket. Negative if support gets cheaper."`
	TicketCosts        float64  `json:"support_cost_per_period" unit:"money" jsonschema:"title=Support cost per customer per period today" jsonschema_description:"Tickets per period times cost per ticket."`
	PeriodsBefore      float64  `json:"discounted_periods_before"`
	PeriodsAfter       float64  `json:"discounted_periods_after"`
	Outcome            Outcome  `json:"outcome"`
}

// Support values answers. With t tickets per period, the share s of them answered well and y more leaving after a poor answer,
// t(1-s)y of churn is due to poor answers: raising s to s' takes x = t(s'-s)y off, at t(κ'-κ) per period.
func Support(in SupportInput) (SupportResult, notice.List) { return SupportFor(&in, value.Whole) }

// SupportFor is Support to an extent.
func SupportFor(in *SupportInput, extent value.Extent) (out SupportResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	b := in.Baseline
	out.TicketCosts = in.Tickets * in.TicketCost
	b.ServiceCost += out.TicketCosts
	better := in.Tickets * (in.TargetShare - in.ServedShare)
	out.ChurnFall, out.CostPerPeriod = better*in.PoorChurn, in.Tickets*(in.TargetTicketCost-in.TicketCost)
	p := newPlan(&notes, &b, nil, []Lever{{Kind: KindService, Reach: 1, ChurnFall: out.ChurnFall, CostPerPeriod: out.CostPerPeriod, FixedCost: in.FixedCost}}, false)
	p.quick = extent == value.Quick
	rename(notes, "churn_fall", "poor_answer_churn_rise")
	if notes.Refused() {
		return
	}
	out.Net = p.outcome(&out.Outcome, &notes, "target_served_share")
	out.PeriodsBefore, out.PeriodsAfter = p.periods(0), p.periods(1)
	low, high := p.churnFalls()
	if l := &p.levers[0]; better > 0 {
		out.BreakEvenPoorChurn = p.crossing(&notes, func(x float64) float64 {
			l.ChurnFall = better * x
			return p.gain()
		}, max(-1, low/better), min(1, high/better), "poor_answer_churn_rise")
		l.ChurnFall = out.ChurnFall
	}
	if in.Tickets > 0 && extent != value.Quick {
		// The gain falls in a straight line as tickets cost more.
		out.MaxTicketCost = finite(in.TargetTicketCost + out.Net/(in.Tickets*out.PeriodsAfter))
		if out.MaxTicketCost != nil && *out.MaxTicketCost < 0 {
			out.MaxTicketCost = nil
		}
	}
	return
}

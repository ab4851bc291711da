package growth

import (
	"hourglass/core/notice"
	"hourglass/core/value"
)

// GrowthPlanInput is a baseline and the levers that are to raise its value.
type GrowthPlanInput struct {
	Baseline
	FirstSale
	CAC    *float64 `json:"cac,omitempty"`
	Levers []Lever  `json:"levers" jsonschema:"title=Levers,maxItems=12" jsonschema_description:"What you would do, each with its effect and its cost."`
}

// GrowthPlanResult is what the plan is worth and which lever brings how much of it.
type GrowthPlanResult struct {
	Net              float64       `json:"net_gain"`
	Levers           []LeverPart   `json:"levers" jsonschema:"title=Parts of the levers" jsonschema_description:"One row a lever, in the order of the plan. The parts add up to the whole plan."`
	Interaction      float64       `json:"interaction" unit:"money" jsonschema:"title=Gained by working together" jsonschema_description:"The plan's net gain less what the levers would bring each on its own. Negative when they take from each other."`
	Interactions     []Interaction `json:"interactions" jsonschema:"title=Pairs of levers" jsonschema_description:"One row a pair."`
	Bridge           Bridge        `json:"bridge" jsonschema:"title=From today's value to tomorrow's" jsonschema_description:"The first row is today; each later row adds one lever, in the order of the plan."`
	LTVCACBefore     *float64      `json:"ltv_cac_before,omitempty" unit:"ratio" jsonschema:"title=LTV to CAC today" jsonschema_description:"The value today as a multiple of the cost to win a customer."`
	LTVCACAfter      *float64      `json:"ltv_cac_after,omitempty" unit:"ratio" jsonschema:"title=LTV to CAC with the plan" jsonschema_description:"The value with the plan as a multiple of the cost to win a customer."`
	BreakEvenRenewal *float64      `json:"break_even_renewal_rate,omitempty" quick:"-" unit:"share" jsonschema:"title=Renewal that breaks even" jsonschema_description:"With a smaller share that renews the year, the plan brings more without its annual plan. Empty where it has none, or where not even full renewal is enough."`
	Outcome          Outcome       `json:"outcome"`
}

// A LeverPart is one lever's share in the plan, per customer won. Gain, cost and net are Shapley values.
type LeverPart struct {
	Kind  Kind    `json:"kind"`
	Gain  float64 `json:"margin_part" unit:"money" jsonschema:"title=Part of the margin gained" jsonschema_description:"The average of what it adds over all orders in which the levers could come in."`
	Cost  float64 `json:"cost_part" unit:"money" jsonschema:"title=Part of the cost" jsonschema_description:"Its own cost, and its part of what others cost more or less because of it."`
	Net   float64 `json:"net_part" unit:"money" jsonschema:"title=Part of the net gain" jsonschema_description:"Part of the margin gained less part of the cost. The parts of all levers add up to the plan."`
	Alone float64 `json:"net_alone" unit:"money" jsonschema:"title=Net gain on its own" jsonschema_description:"What it would bring as the only lever."`
	Last  float64 `json:"net_last" unit:"money" jsonschema:"title=Net gain on top of the others" jsonschema_description:"What the plan would lose without it."`
}

// An Interaction is what two levers bring together beyond what each brings alone.
type Interaction struct {
	First  float64 `json:"first" unit:"count" jsonschema:"title=Lever" jsonschema_description:"Its row in the plan, 1 for the first."`
	Second float64 `json:"second" unit:"count" jsonschema:"title=With lever" jsonschema_description:"Its row in the plan."`
	Net    float64 `json:"net_together" unit:"money" jsonschema:"title=Gained together" jsonschema_description:"Net gain of the two together less that of each alone."`
}

// A Bridge leads from one value to another; element i of each list is row i.
type Bridge struct {
	Change []float64 `json:"change" unit:"money" jsonschema:"title=Change" jsonschema_description:"What the row adds."`
	Level  []float64 `json:"level" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"The value after the row."`
}

// GrowthPlan values any set of levers on one baseline and splits the result among them by Shapley value, so that the
// parts add up to the whole and no order of the levers is better than another. With one lever it is that lever's own
// calculation, with none the baseline's value.
func GrowthPlan(in GrowthPlanInput) (GrowthPlanResult, notice.List) {
	return GrowthPlanFor(&in, value.Whole)
}

// GrowthPlanFor is GrowthPlan to an extent.
func GrowthPlanFor(in *GrowthPlanInput, extent value.Extent) (out GrowthPlanResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	p := newPlan(&notes, &in.Baseline, &in.FirstSale, in.Levers, true)
	p.quick = extent == value.Quick
	if notes.Refused() {
		return
	}
	p.remember()
	if p.endlessChain(&notes, "levers") {
		return
	}
	out.Net = p.outcome(&out.Outcome, &notes, "levers")
	sets := p.value()
	out.Interaction = out.Net
	for i := range in.Levers {
		out.Interaction -= alone(sets, i)
	}
	if extent != value.Quick {
		out.BreakEvenRenewal = p.renewalBreakEven(&notes)
	}
	if extent == value.Whole {
		out.list(sets, in.Levers)
	}
	if in.CAC != nil && *in.CAC > 0 {
		out.LTVCACBefore, out.LTVCACAfter = new(out.Outcome.CLVBefore / *in.CAC), new(out.Outcome.CLVAfter / *in.CAC)
		if out.Outcome.CLVAfter < *in.CAC {
			notes.Add(notice.BelowCost, "cac", out.Outcome.CLVAfter)
		}
	}
	return
}

// list splits the result among the levers.
func (out *GrowthPlanResult) list(sets []worth, levers []Lever) {
	n := len(levers)
	out.Bridge = Bridge{make([]float64, n+1), make([]float64, n+1)}
	out.Bridge.Change[0], out.Bridge.Level[0] = out.Outcome.CLVBefore, out.Outcome.CLVBefore
	for i := range levers {
		part := attribute(sets, n, i)
		part.Kind = levers[i].Kind
		out.Levers = append(out.Levers, part)
		out.Bridge.Change[i+1], out.Bridge.Level[i+1] = part.Net, out.Bridge.Level[i]+part.Net
	}
	out.Interactions = interactions(sets, n)
}

// renewalBreakEven is the renewal with which the plan's annual plan adds nothing to what the other levers bring: that is
// taken off as a fixed cost of it.
func (p *plan) renewalBreakEven(notes *notice.List) *float64 {
	for i := range p.levers {
		if p.levers[i].Kind != KindAnnualPlan || p.levers[i].Reach == 0 {
			continue
		}
		q := *p
		q.levers, q.customers = append([]Lever(nil), p.levers...), nil
		others := p.value()[p.all()&^(1<<i)]
		others.cost += p.value()[0].net()
		l := &q.levers[i]
		l.FixedCost += others.net() * p.NewCustomers
		l.AnnualRenewalRate = new(0.0)
		if q.gain() >= 0 {
			return l.AnnualRenewalRate
		}
		most := 1.0
		if p.horizon < 0 {
			most = min(1, 1+p.AnnualDiscountRate-value.MinDecay)
		}
		return q.breakEven(notes, l.AnnualRenewalRate, 0, most, notice.At("levers", i)+"/annual_renewal_rate")
	}
	return nil
}

// alone is what lever i brings without the others.
func alone(sets []worth, i int) float64 { return sets[1<<i].net() - sets[0].net() }

// attribute is lever i's part of what n levers bring.
func attribute(sets []worth, n, i int) (part LeverPart) {
	part.Gain, part.Cost = shapley(sets, n, i)
	part.Net = part.Gain - part.Cost
	all := len(sets) - 1
	part.Alone = alone(sets, i)
	part.Last = sets[all].net() - sets[all&^(1<<i)].net()
	return part
}

// interactions lists the pairs among n levers.
func interactions(sets []worth, n int) (pairs []Interaction) {
	for j := 1; j < n; j++ {
		for i := range j {
			a, b := 1<<i, 1<<j
			together := sets[a|b].net() - sets[a].net() - sets[b].net() + sets[0].net()
			pairs = append(pairs, Interaction{float64(i + 1), float64(j + 1), together})
		}
	}
	return pairs
}

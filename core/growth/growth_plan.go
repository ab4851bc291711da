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
	Levers []Lever  `json:"levers" jsonschema:"title=Levers,maxItems=12" jsonschema_description:"The levers of your plan, each with its effect and cost."`
}

// GrowthPlanResult is what the plan is worth and which lever brings how much of it.
type GrowthPlanResult struct {
	Net              float64       `json:"net_gain"`
	Levers           []LeverPart   `json:"levers" jsonschema:"title=Shares of the levers" jsonschema_description:"One row per lever, in the order of the plan. The shares add up to the whole plan."`
	Interaction      float64       `json:"interaction" unit:"money" jsonschema:"title=Gain from combining levers" jsonschema_description:"Net gain of the plan less the levers' net gains on their own. Negative if levers overlap."`
	Interactions     []Interaction `json:"interactions" jsonschema:"title=Pairs of levers" jsonschema_description:"One row per pair."`
	Bridge           Bridge        `json:"bridge" jsonschema:"title=From value today to value with the plan" jsonschema_description:"The first row is today; each later row adds one lever, in the order of the plan."`
	LTVCACBefore     *float64      `json:"ltv_cac_before,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio today" jsonschema_description:"Today's CLV divided by CAC."`
	LTVCACAfter      *float64      `json:"ltv_cac_after,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio with the plan" jsonschema_description:"CLV with the plan divided by CAC."`
	BreakEvenRenewal *float64      `json:"break_even_renewal_rate,omitempty" quick:"-" unit:"share" jsonschema:"title=Break-even renewal rate" jsonschema_description:"Below this renewal rate, the plan brings more without its annual plan. Empty if it has no annual plan, or if even full renewal is not enough."`
	Outcome          Outcome       `json:"outcome"`
}

// A LeverPart is one lever's share in the plan, per customer won. Gain, cost and net are Shapley values.
type LeverPart struct {
	Kind  Kind    `json:"kind"`
	Gain  float64 `json:"margin_part" unit:"money" jsonschema:"title=Share of the margin gain" jsonschema_description:"Average contribution over all sequences in which the levers can be added."`
	Cost  float64 `json:"cost_part" unit:"money" jsonschema:"title=Share of the cost" jsonschema_description:"Its own cost plus its share of the change in the other levers' costs."`
	Net   float64 `json:"net_part" unit:"money" jsonschema:"title=Share of the net gain" jsonschema_description:"Share of the margin gain less share of the cost. The shares of all levers add up to the plan."`
	Alone float64 `json:"net_alone" unit:"money" jsonschema:"title=Net gain on its own" jsonschema_description:"Net gain if this were the only lever."`
	Last  float64 `json:"net_last" unit:"money" jsonschema:"title=Net gain added to the others" jsonschema_description:"What the plan loses without this lever."`
}

// An Interaction is what two levers bring together beyond what each brings alone.
type Interaction struct {
	First  float64 `json:"first" unit:"count" jsonschema:"title=Lever" jsonschema_description:"The row number in the plan; 1 is the first."`
	Second float64 `json:"second" unit:"count" jsonschema:"title=With lever" jsonschema_description:"The row number in the plan."`
	Net    float64 `json:"net_together" unit:"money" jsonschema:"title=Joint gain" jsonschema_description:"Net gain of both levers together, less the net gain of each on its own."`
}

// A Bridge leads from one value to another; element i of each list is row i.
type Bridge struct {
	Change []float64 `json:"change" unit:"money" jsonschema:"title=Change" jsonschema_description:"What the row adds."`
	Level  []float64 `json:"level" unit:"money" jsonschema:"title=Value so far" jsonschema_description:"The value after this row."`
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
		l.FixedCost += others.net() * p.sharing
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

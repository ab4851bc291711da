// Package sources writes where customers come from as JSON: the evidence of the command score and the report of the pipeline.
package sources

import "hourglass/core/customers"

// Names of groups that are none.
const (
	unnamed = "(empty)"
	others  = "(all others)"
)

// Name is a group as reports write it.
func Name(g customers.GroupName) string {
	switch g.Kind {
	case customers.UnnamedGroup:
		return unnamed
	case customers.OtherGroups:
		return others
	}
	return g.Text
}

// A Group is what a new customer of it is worth.
type Group struct {
	Group      string   `json:"group"`
	Customers  float64  `json:"customers"`
	Repeaters  float64  `json:"ordered_again"`
	Repeats    Interval `json:"repeat_orders"`
	OrderValue Interval `json:"order_value"`
	Value      Interval `json:"value"`
	Against    Interval `json:"value_against_all"`
	Own        float64  `json:"share_from_own_orders"`
	Differs    bool     `json:"differs_from_all"`
	ByAge      []ByAge  `json:"by_days_since_first_order"`
	Cost       *Cost    `json:"acquisition,omitempty"`
}

// ByAge is what a group's customers did by the same age.
type ByAge struct {
	Days      float64   `json:"days"`
	OldEnough float64   `json:"customers_old_enough"`
	Again     *Interval `json:"share_ordered_again,omitempty"`
	Margin    *Interval `json:"margin,omitempty"`
	Path      Interval  `json:"margin_with_forecast"`
	Forecast  bool      `json:"forecast"` // fewer than 30 customers are old enough: the model continues
}

// Cost is what the customers of a group cost.
type Cost struct {
	Cost     float64  `json:"cost"`
	CAC      float64  `json:"cac"`
	Ratio    Interval `json:"clv_cac"`
	Month    *int     `json:"payback_month,omitempty"` // 0 by the first order; left out where it is not within 12 months
	Forecast bool     `json:"payback_by_forecast"`
	TooEarly bool     `json:"too_early_to_tell"`
}

// An Interval is an estimate and its ends.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Of tells of all groups what a report says, and more ages.
func Of(g *customers.Sources) (out []Group) {
	for k := range g.Each {
		one := &g.Each[k]
		to := Group{Name(one.GroupName), one.Customers, one.Repeaters, Interval(one.Repeats), Interval(one.OrderValue), Interval(one.Value),
			Interval(one.Against), one.Own, one.Differs, nil, nil}
		for at, days := range customers.GrowthAges {
			by := ByAge{days, one.OldEnough[at], nil, nil, Interval(one.Path[at]), at >= one.Seen}
			if one.OldEnough[at] > 0 {
				again, margin := Interval(one.Again[at]), Interval(one.Margin[at])
				by.Again, by.Margin = &again, &margin
			}
			to.ByAge = append(to.ByAge, by)
		}
		if p := one.Payback; p.Known {
			cost := Cost{one.Cost, p.CAC, Interval(p.Ratio), nil, p.Forecast, p.TooEarly}
			if p.Month != customers.NeverPaid {
				cost.Month = &p.Month
			}
			to.Cost = &cost
		}
		out = append(out, to)
	}
	return out
}

package main

import (
	"encoding/json"
	"os"

	"hourglass/core/customers"
)

// evidence is what -evidence writes: how the model did on the shop's own past.
type evidence struct {
	Model       string             `json:"model"`
	Reason      string             `json:"reason"`
	AIC         map[string]float64 `json:"aic"`
	HorizonDays float64            `json:"horizon_days"`          // of the earlier forecasts
	Same        bool               `json:"same_as_asked"`         // that is the horizon asked for
	Miss        float64            `json:"root_mean_square_miss"` // of their totals, relative
	Forecasts   []pastForecast     `json:"earlier_forecasts"`     // the latest first
	Pace        *quarter           `json:"latest_quarter,omitempty"`
	Spread      float64            `json:"spread_around_model"` // of stretches of the horizon, relative, beyond chance
	Drift       float64            `json:"drift"`               // 1 rising, -1 falling, 0 not known to do either
	Groups      []groupOf          `json:"new_customers_by_group,omitempty"`
	Latest      *latest            `json:"latest_by_customer,omitempty"`
}

// quarter is the repeat orders of the last days known against what the model expects of them.
type quarter struct {
	Days     float64 `json:"days"`
	Actual   float64 `json:"actual"`
	Expected float64 `json:"expected"`
}

// groupOf is what a new customer of a group is worth.
type groupOf struct {
	Group      string   `json:"group"`
	Customers  float64  `json:"customers"`
	Repeaters  float64  `json:"ordered_again"`
	Repeats    interval `json:"repeat_orders"`
	OrderValue interval `json:"order_value"`
	Value      interval `json:"value"`
	Against    interval `json:"value_against_all"`
	Own        float64  `json:"share_from_own_orders"`
	Differs    bool     `json:"differs_from_all"`
}

type interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type pastForecast struct {
	KnownUntil    string  `json:"known_until"`
	ForecastUntil string  `json:"forecast_until"`
	Customers     float64 `json:"customers"`
	Orders        check   `json:"orders"`
	Spend         *check  `json:"spend,omitempty"`
}

type check struct {
	Forecast  float64 `json:"forecast"`
	Actual    float64 `json:"actual"`
	Deviation float64 `json:"own_relative_deviation"` // that parameters and chance gave it
}

// latest is the measures of the latest earlier forecast.
type latest struct {
	MAE      float64             `json:"mae_over_mean"`
	Gini     float64             `json:"normalised_gini"`
	Spearman float64             `json:"spearman"`
	Tenths   []tenth             `json:"tenths"` // the highest forecast first
	Caught   map[string]caughtBy `json:"share_of_value_caught"`
	Same     float64             `json:"orders_same_as_before"`
	RateOn   float64             `json:"orders_rate_for_ever"`
}

type tenth struct {
	Forecast float64 `json:"forecast"`
	Actual   float64 `json:"actual"`
}

type caughtBy struct {
	Tenth float64 `json:"top_10_percent"`
	Fifth float64 `json:"top_20_percent"`
}

// saveEvidence writes the evidence, if it is asked for.
func (s *settings) saveEvidence(p *population, g groups) error {
	if s.evidence == "" {
		return nil
	}
	r := &p.Answer.Known.Record
	e := evidence{Model: p.Answer.Known.Model.Kind.String(), Reason: p.Choice.Reason.String(), AIC: map[string]float64{},
		HorizonDays: r.HorizonDays, Same: r.Same, Miss: r.Miss(false), Forecasts: []pastForecast{}}
	for i := range p.Choice.Candidates {
		if c := &p.Choice.Candidates[i]; c.Usable() {
			e.AIC[c.Kind.String()] = c.AIC
		}
	}
	for _, f := range r.Past {
		past := pastForecast{dateText(f.End), dateText(f.ObservedTo), f.Customers, check{f.Orders.Forecast, f.Orders.Actual, f.Orders.Deviation}, nil}
		if f.Money.One > 0 {
			past.Spend = &check{f.Money.Forecast, f.Money.Actual, f.Money.Deviation}
		}
		e.Forecasts = append(e.Forecasts, past)
	}
	if r.Pace.Days > 0 {
		q := quarter(r.Pace)
		e.Pace = &q
	}
	e.Spread, e.Drift = r.Spread, r.Drift()
	for k, one := range g.Each {
		e.Groups = append(e.Groups, groupOf{g.names[k], one.Customers, one.Repeaters, interval(one.Repeats), interval(one.OrderValue), interval(one.Value),
			interval(one.Against), one.Own, one.Differs})
	}
	if len(r.Past) > 0 {
		e.Latest = latestOf(&r.Latest)
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.evidence, append(text, '\n'), 0o644)
}

func latestOf(e *customers.Evidence) *latest {
	l := &latest{MAE: e.MAE, Gini: e.Gini, Spearman: e.Spearman, Caught: map[string]caughtBy{}, Same: e.SameAgain, RateOn: e.RateOn}
	for _, t := range e.Tenths {
		l.Tenths = append(l.Tenths, tenth(t))
	}
	for k, c := range e.Caught {
		l.Caught[customers.Ranking(k).String()] = caughtBy(c)
	}
	return l
}

package main

import (
	"encoding/json"
	"os"

	"hourglass/core/customers"
	"hourglass/functions/sources"
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
	Groups      []sources.Group    `json:"new_customers_by_group,omitempty"`
	Overlap     bool               `json:"groups_overlap,omitempty"` // a customer may be in several groups
	Held        *held              `json:"ranges_held,omitempty"`
	Rules       map[string]byRule  `json:"by_rule,omitempty"`

	Caught map[string]caughtBy `json:"share_of_value_caught,omitempty"` // by the latest earlier forecast
}

// quarter is the repeat orders of the last days known against what the model expects of them, and their amounts.
type quarter struct {
	Days     float64 `json:"days"`
	Actual   float64 `json:"actual"`
	Expected float64 `json:"expected"`
	Prices   float64 `json:"amounts_over_usual"` // of the same customers' orders, relative; 0 within chance
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

// byRule is how a rule did over the earlier forecasts that count.
type byRule struct {
	Miss   float64 `json:"root_mean_square_miss"` // of their totals, relative
	Latest measure `json:"latest_by_customer"`    // of the latest of them
}

// measure is how a rule did in the latest earlier forecast.
type measure struct {
	Orders   float64 `json:"orders"`
	MAE      float64 `json:"mae_over_mean"`
	Gini     float64 `json:"normalised_gini"`
	Spearman float64 `json:"spearman"`
	Tenths   []tenth `json:"tenths"` // the highest forecast first
}

type tenth struct {
	Forecast float64 `json:"forecast"`
	Actual   float64 `json:"actual"`
}

type caughtBy struct {
	Tenth float64 `json:"top_10_percent"`
	Fifth float64 `json:"top_20_percent"`
	Leads float64 `json:"model_leads"` // 1 where the model's top 20% catch more, -1 less, 0 no more than chance makes
}

// held is how often the ranges of the earlier forecasts that count would have held.
type held struct {
	Forecasts int `json:"forecasts"`
	At95      int `json:"held_at_95_percent"`
	At80      int `json:"held_at_80_percent"`
}

// saveEvidence writes the evidence, if it is asked for.
func (s *settings) saveEvidence(p *population, g *customers.Sources) error {
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
		e.Pace = &quarter{r.Pace.Days, r.Pace.Actual, r.Pace.Expected, r.PriceChange()}
	}
	e.Spread, e.Drift = r.Spread, r.Drift()
	if g != nil {
		e.Groups, e.Overlap = sources.Of(g), g.Overlap
	}
	if len(r.Past) > 0 {
		e.measure(r)
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.evidence, append(text, '\n'), 0o644)
}

// measure tells how the earlier forecasts did beside the rules that need no model.
func (e *evidence) measure(r *customers.Record) {
	at95, n := r.Held(0.95)
	at80, _ := r.Held(0.8)
	e.Held, e.Rules, e.Caught = &held{n, at95, at80}, map[string]byRule{}, map[string]caughtBy{}
	for rule, m := range r.Latest.Rules {
		one := byRule{r.MissOf(customers.Rule(rule)), measure{m.Total, m.MAE, m.Gini, m.Spearman, nil}}
		for _, t := range m.Tenths {
			one.Latest.Tenths = append(one.Latest.Tenths, tenth(t))
		}
		e.Rules[customers.Rule(rule).String()] = one
	}
	for k, c := range r.Latest.Caught {
		e.Caught[customers.Ranking(k).String()] = caughtBy{c.Tenth, c.Fifth, r.Latest.Leads(customers.Ranking(k))}
	}
}

package main

import (
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"os"
	"strings"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/parallel"
	"hourglass/functions/model"
)

// unitOfFits is the unit of time that models are fitted in, a week, as in the literature.
const unitOfFits = 7

// value fits the model that the settings name, the one that is best, or takes that of a
// file, and values the population by it.
func (p *population) value(s *settings, m *customers.Model) error {
	v := &p.Valuation
	v.Settings.Options, v.Settings.Model, v.Workers = s.value, m, parallel.Cores()
	if kind, one := customers.KindOf(s.model); one {
		v.Settings.Pick = customers.Picked(kind)
	}
	v.Settings.Wants = customers.Wants{Intervals: s.wants(rows.FieldLower, rows.FieldUpper) || !s.quiet || s.evidence != "", Totals: !s.quiet || s.evidence != "",
		NextOrders: s.wants(rows.FieldNext), Tracking: !s.quiet && m == nil}
	switch status := v.Run(nil); status {
	case customers.Done:
		return nil
	case customers.NoModel:
		return fmt.Errorf("no model can be fitted to these customers: %s", p.hopeless())
	case customers.BadModel:
		if best := v.Choice.Best(); m == nil {
			return fmt.Errorf("the fitted model cannot be used: %v ended as %v", best.Kind, best.Result.Status)
		}
		return statusError(status)
	default:
		return statusError(status)
	}
}

// sayModel says which model was taken and why, and what to know before relying on it.
func (p *population) sayModel(stderr io.Writer) {
	fmt.Fprintf(stderr, "model: %s\n", chosen(p.Choice, p.Answer.Known.Model))
	for _, w := range p.Warnings() {
		fmt.Fprintf(stderr, "warning: %v\n", w)
	}
}

// hopeless says why no model could be fitted.
func (p *population) hopeless() string {
	for _, t := range p.Summary.T {
		if t > 0 {
			return "the likelihood has no maximum that could be found"
		}
	}
	return "all of them first ordered on the last day"
}

// save writes the model file, if one is asked for.
func (s *settings) save(m customers.Model, p *population) error {
	if s.saveModel == "" {
		return nil
	}
	if !p.dated {
		return rows.Misuse("-save-model with summaries needs -calibration-end, the day to which the ages run")
	}
	m.Reading = p.reading
	text, err := model.Encode(m)
	if err != nil {
		return err
	}
	return os.WriteFile(s.saveModel, text, 0o644)
}

// chosen says which model was taken and why.
func chosen(c customers.Choice, m customers.Model) string {
	text := c.Recommended.Model().Title + " "
	switch c.Reason {
	case customers.OnlyUsable:
		text += "(the only one fitted)"
	default:
		text += "fits best"
		if c.Lead >= 0.01 {
			text += fmt.Sprintf(", by %.3g in AIC", c.Lead)
		}
	}
	if regular := m.Kind.Model().MostRegular; regular != nil {
		if k, _ := regular(m.Parameters); k > 1 {
			text += fmt.Sprintf("; customers order more regularly than chance has it: k = %g", k)
		}
	}
	var parameters []string
	for i, letter := range m.Kind.Model().Parameters {
		parameters = append(parameters, fmt.Sprintf("%s %.6g", letter, m.Parameters[i]))
	}
	text += "; " + strings.Join(parameters, ", ") + " (weeks)"
	if m.Spend.Basis != customers.NoSpend {
		g := m.Spend.Params
		text += fmt.Sprintf("; Gamma-Gamma by %v, p %.6g, q %.6g, gamma %.6g", m.Spend.Basis, g.P, g.Q, g.Gamma)
	}
	return text
}

// convention is the unit and the mean spend that a population is read in.
func convention(m customers.Model, fitted bool) (unitDays float64, mean orders.SpendMean) {
	if fitted {
		return unitOfFits, orders.MeanRepeat
	}
	return m.UnitDays, m.Spend.Mean
}

package main

import (
	"fmt"
	"hourglass/functions/score/rows"

	"hourglass/core/customers"
)

// A valuer turns histories and mean spends into values, with a model.
type valuer struct {
	model     customers.Model
	options   customers.Options
	intervals bool
	next      bool
}

func (s *settings) valuer(m customers.Model) valuer {
	return valuer{m, s.value, s.wants(rows.FieldLower, rows.FieldUpper), s.wants(rows.FieldNext)}
}

// Valued is what is known of customers, by history and by customer.
type valued struct {
	base     customers.Base
	scores   customers.Scores
	outcomes customers.Outcomes // empty unless intervals are wanted
	next     []float64          // nil unless wanted
	values   customers.Values
}

// histories computes what depends on the histories alone.
func (v valuer) histories(b customers.Base) (out valued, status customers.Status) {
	out.base = b
	if out.scores, status = v.model.ScoreApart(b, v.options); status != customers.Done {
		return out, status
	}
	if v.intervals {
		if out.outcomes, status = v.model.OutcomesApart(b, v.options); status != customers.Done {
			return out, status
		}
	}
	if v.next {
		out.next, status = v.model.NextOrders(b, 0.5, nil)
	}
	return out, status
}

// money adds what depends on the spend.
func (v valuer) money(out *valued, mean []float64) (status customers.Status) {
	out.values, status = v.model.ValueApart(out.base, mean, out.scores, out.outcomes, v.options)
	return status
}

// fill sets the numbers of customer i; those of money where amounts were paid: a value of 0 would say that it is known.
func (v *valued) fill(i int, paid bool, to *rows.Scored) {
	row := v.base.Row[i]
	to.Set(rows.FieldOrders, v.base.Table.X[row]+1)
	to.Set(rows.FieldAlive, v.scores.Alive[row])
	to.Set(rows.FieldExpectedOrders, v.scores.Expected[row])
	if v.next != nil && v.next[row] > 0 {
		to.Set(rows.FieldNext, v.next[row])
	}
	if !paid {
		return
	}
	to.Set(rows.FieldExpectedSpend, min(v.scores.Expected[row]*v.values.OrderValue[i], maxNumber))
	to.Set(rows.FieldCLV, v.values.Value[i])
	if v.values.Low != nil {
		to.Set(rows.FieldLower, v.values.Low[i])
		to.Set(rows.FieldUpper, v.values.High[i])
	}
}

const maxNumber = 1e300

// statusError says in words why a step could not be done.
func statusError(status customers.Status) error {
	switch status {
	case customers.TooLarge:
		return fmt.Errorf("a value is too large to compute: are amounts and times in the units that they should be in?")
	case customers.BadModel:
		return fmt.Errorf("the model's numbers are outside their domain")
	}
	return fmt.Errorf("the customers cannot be scored: %v", status)
}

// Package btyd says what a buy-till-you-die model is: what choosing, scoring, the model
// file and every page need to know of one. A model's own package describes it by a
// Model; core/customers lists those that there are, a line each, and its conformance test
// (internal/conformance) holds it to what all have in common.
//
// Histories are (x, t_x, T) as in package cbs. Times are in any unit, the same
// throughout. Parameters are lists, in the order of Model.Parameters.
package btyd

import (
	"hourglass/core/cbs"
	"hourglass/core/fit"
	"hourglass/core/special"
)

// A Model is one buy-till-you-die model. Its values are never changed.
type Model struct {
	Name       string   // on the wire and in model files: it must not change
	Title      string   // as the literature writes it
	Parameters []string // the literature's letters, as names on the wire
	Limits     []string // the simpler models that data may call for; the first is "none"

	// Memoryless says that what comes, given that the customer is still there, does not
	// depend on t_x: then far fewer predictions are to be computed than there are histories.
	Memoryless bool

	// Immortal says that who never came back is alive for certain.
	Immortal bool

	// NeedsGaps says that the likelihood needs Table.Gaps; without them it cannot be fitted.
	NeedsGaps bool

	// MostRegular returns how regular the gaps between orders are by the parameters, and whether the model knows none
	// more regular; nil where they are always left to chance.
	MostRegular func(parameters []float64) (k float64, most bool)

	// Fit maximises the likelihood of a valid table. step may be nil (see fit.Problem).
	Fit func(t cbs.Table, step func(fit.Progress) bool) Fitted

	// Refit is Fit of much the same table as one that was fitted, such as a part of it or a resample: it climbs from
	// those parameters alone, and Result has the point without the evidence. No point where they are invalid. near.Result.Hessian is that of as many
	// customers as t has, nil where nobody knows.
	Refit func(near Fitted, t cbs.Table, step func(fit.Progress) bool) Fitted

	// Special is the model that this one is at its simplest; nil where it is no model of its own.
	Special *Special

	// LogLikelihood is that of a valid table, less what does not depend on the parameters; 0 for invalid ones.
	LogLikelihood func(parameters []float64, t cbs.Table) float64

	// Shifted returns the parameters of customers who order e^rate times as fast, and who leave the sooner the higher leaving is: a
	// shift of the logit of the mean chance of leaving after an order, or of the logarithm of the rate of leaving. What makes one
	// customer differ from the other stays (the covariates of the models' own packages).
	Shifted func(parameters []float64, rate, leaving float64) []float64

	// Process returns the model with parameters, as many as it has.
	Process func(parameters []float64) Process
}

// A Special is a model that another contains: what is known of its fit saves the other's from climbing there again.
type Special struct {
	Name string // the model's

	// Fit and Refit are those of the model that contains it, where its own of the same table is known.
	Fit   func(known Fitted, t cbs.Table, step func(fit.Progress) bool) Fitted
	Refit func(near, known Fitted, t cbs.Table, step func(fit.Progress) bool) Fitted
}

// A Fitted model is the parameters and the evidence for them. When Limit is not 0,
// Parameters are a point far out on the way to the limit: predictions from them are
// the limit's, but their digits mean nothing.
type Fitted struct {
	Parameters []float64
	Limit      uint8 // index into Model.Limits
	Result     fit.Result
}

// A Process is a model with its parameters. Horizons and the continuous discount rate
// delta are finite and in its unit of time.
type Process interface {
	// Valid reports whether all parameters are within their domain.
	Valid() bool

	// PAlive returns the probability that a customer with this history is still there.
	PAlive(x, tx, age float64) float64

	// Score answers for all rows of a valid table at once; (0, 0, 0) is a new customer.
	Score(t cbs.Table, horizon, delta float64) (Scores, special.Outcome)

	// Repeats returns a function of the horizon: the orders that Score expects of a new customer. Of many horizons it is quicker, and by one goroutine
	// at a time.
	Repeats() func(horizon float64) (float64, special.Outcome)

	// ScoreTogether is Score to a relative 1e-10, and quicker the more rows there are of one x, in sequence. A row's last digits depend on
	// which others are asked about.
	ScoreTogether(t cbs.Table, horizon, delta float64) (Scores, special.Outcome)

	// Alive is PAlive of the rows of a table, to a relative 1e-12, likewise.
	Alive(t cbs.Table) []float64

	// NextOrderWithin returns the time after T within which the next order comes with
	// probability q; Unbounded when that is never.
	NextOrderWithin(x, tx, age, q float64) (float64, special.Outcome)

	// Rate returns about how many orders a unit of time to expect of someone who is there.
	Rate(x, tx, age float64) float64

	// Count appends to p the probabilities of n = 0, 1, ... orders within the horizon of
	// someone who is there; of n bundles of so many orders where bundle > 1. What is less
	// probable than Negligible, or beyond MaxCount, goes to the last.
	Count(x, tx, age, horizon, bundle float64, p []float64) []float64
}

// Where Process.Count ends.
const (
	Negligible = 1e-7 // probability of more orders that is not told apart
	MaxCount   = 4000 // orders or bundles counted
)

// Scores are the answers for the rows of a table, as columns of its length.
type Scores struct {
	Alive    []float64 // P(alive)
	Expected []float64 // orders expected within the horizon
	DERT     []float64 // the same, each discounted to T
}

// Alive is Process.Alive of a process whose rows have nothing in common.
func Alive(p Process, t cbs.Table) []float64 {
	alive := make([]float64, t.Len())
	for i := range alive {
		alive[i] = p.PAlive(t.X[i], t.TX[i], t.T[i])
	}
	return alive
}

// NewScores returns scores of n rows in one piece of memory.
func NewScores(n int) Scores {
	all := make([]float64, 3*n)
	return Scores{all[:n:n], all[n : 2*n : 2*n], all[2*n:]}
}

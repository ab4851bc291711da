package api

import (
	"math"
	"strconv"
	"strings"
	"time"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// Every request has a cost, computed from its size before it starts: the microseconds that it takes one core of the
// machine that the prices were measured on (docs/benchmarks.md). What is over the limit is refused with how to split it.

// MaxWork is the limit where a deployment sets none: a second.
const MaxWork = 1e6

// heavyFrom is the cost from which a request waits for a place beside the others that are heavy.
const heavyFrom = 20_000

// largeFrom is the size of a body from which its reading and weighing, milliseconds of them, wait for a place: many at once
// would leave no core for small requests, although none of them computes yet.
const largeFrom = 8 << 10

// patience is how long such a request waits before it is sent away.
const patience = 2 * time.Second

// A price is what a calculation costs.
type price struct {
	call    float64  // each time
	item    float64  // each number of its lists
	period  float64  // each of its time horizon, where that is given
	history float64  // each of its customers, or each whose history no other has
	columns []string // that make a history; nil where alike ones are not computed once
	held    float64  // each customer that a row stands for
	subsets string   // of the entries of this list, each of which is valued
}

var (
	inTime   = []string{"frequency", "recency", "age"}
	inTurns  = []string{"frequency", "recency", "opportunities"}
	observed = []string{"frequency", "age"} // all that a quadrature over the chance of leaving depends on
)

// prices are those of calculations that take lists, each with room for hard data; BenchmarkPrices measures them. The
// others cost standard.
var prices = map[string]price{
	"retention-curve":    {call: 800, item: 2},
	"churn-interval":     {call: standard.call, period: 0.05},
	"releases":           {call: standard.call, period: 0.15},
	"growth-plan":        {call: 60, item: 2, subsets: "levers"},
	"sbg/fit":            {call: 15_000, item: 0.5},
	"bgnbd/fit":          {call: 5000, history: 40, columns: inTime},
	"mbgnbd/fit":         {call: 5000, history: 40, columns: inTime},
	"paretonbd/fit":      {call: 8000, history: 180, columns: inTime},
	"bgbb/fit":           {call: 20_000, history: 800, columns: inTurns},
	"gammagamma/fit":     {call: 2000, item: 10},
	"mbgcnbd/fit":        {call: 20_000, history: 400, columns: []string{"frequency", "recency", "age", "log_gaps"}},
	"bgnbd/predict":      {call: 100, item: 0.5, history: 60, columns: observed},
	"mbgnbd/predict":     {call: 100, item: 0.5, history: 60, columns: observed},
	"mbgcnbd/predict":    {call: 100, item: 0.5, history: 60},
	"paretonbd/predict":  {call: 100, item: 3},
	"bgbb/predict":       {call: 100, item: 2},
	"gammagamma/predict": {call: 50, item: 0.3},
	"customers/value":    {call: 40_000, history: 700, columns: []string{"frequency", "recency", "age", "group"}, held: 2},
	"customers/groups":   {call: 150_000, item: 14},
	"customers/campaign": {call: 200, item: 1},
	"customers/uplift":   {call: 50, item: 0.1},
	"customers/segments": {call: 40_000, history: 700, columns: inTime, held: 2},
}

var (
	standard = price{call: 40}
	unknown  = price{call: 20_000, item: 250} // takes lists, and nobody has measured it
)

// subset is what one of the subsets of a plan's levers costs, with those that its payback takes.
const subset = 5

// Factors of what a calculation costs by how it is asked.
const (
	discounted = 8   // a quadrature over time around that over the chance of leaving
	staged     = 3.5 // for each stage between orders, where there are several
	grouped    = 1.5 // for a likelihood of each group besides, some hundreds of times
)

// byModel is the factor of a model that customers are valued with, where it is one that costs less than unmeasured: the
// replicates of its intervals each take its likelihood. Left to the data, it may be any of those fitted.
var byModel = map[string]float64{"bgnbd": 1, "mbgnbd": 1, "auto": 3.6}

const unmeasured = 6

// priceOf is the price of a calculation.
func priceOf(c *wire.Calculation) price {
	if p, ok := prices[c.ID]; ok {
		return p
	}
	for i := range c.Inputs {
		if c.Inputs[i].Kind > catalogue.Option {
			return unknown
		}
	}
	return standard
}

// costOf is what a calculation costs on its stream. What is out of bounds, which the engine refuses at once, costs no more than what is
// within them: who sends too much of it is to read which limit that is, and no wild guess of seconds.
func costOf(c *wire.Calculation, stream []float64) float64 {
	p := priceOf(c)
	cost := p.call
	columns := map[string][]float64{}
	at := stream
	for i := range c.Inputs {
		if len(at) == 0 {
			break
		}
		rest := wire.Skip(&c.Inputs[i], at)
		columns[c.Inputs[i].Name] = at[:len(at)-len(rest)]
		if c.Inputs[i].Kind > catalogue.Option {
			cost += p.item * float64(len(at)-len(rest)-1)
		}
		at = rest
	}
	if horizon := columns["horizon_periods"]; p.period > 0 && len(horizon) == 1 && horizon[0] > 0 {
		cost += p.period * min(horizon[0], wire.FieldAt(c.Inputs, "horizon_periods").Max)
	}
	if p.history > 0 {
		cost += p.history * float64(histories(columns, p)) * asked(c, columns)
	}
	if list := columns[p.subsets]; len(list) > 0 {
		cost += subset * math.Exp2(min(list[0], float64(wire.FieldAt(c.Inputs, p.subsets).MaxItems)))
	}
	if weights := columns["weights"]; p.held > 0 && len(weights) > 1 {
		for _, w := range weights[1:] {
			if w > 0 && w <= math.MaxInt32 {
				cost += p.held * w
			}
		}
	}
	return cost
}

// asked is the factor by which the settings of a calculation over histories raise its cost.
func asked(c *wire.Calculation, columns map[string][]float64) float64 {
	factor := 1.0
	if rate := columns["discount_rate"]; len(rate) == 1 && rate[0] > 0 {
		factor *= discounted
	}
	if k := columns["k"]; len(k) == 1 && k[0] > 1 {
		factor *= staged * min(k[0], wire.FieldAt(c.Inputs, "k").Max)
	}
	if group := columns["group"]; len(group) > 1 {
		factor *= grouped
	}
	if model := columns["model"]; len(model) == 1 {
		named := byModel["auto"] // where it is left out
		if f := wire.FieldAt(c.Inputs, "model"); f != nil && model[0] >= 0 && int(model[0]) < len(f.Options) {
			if named = byModel[f.Options[int(model[0])]]; named == 0 {
				named = unmeasured
			}
		}
		factor *= named
	}
	return factor
}

// histories counts the rows, or those that differ in the price's columns, each of which begins with its length.
func histories(columns map[string][]float64, p price) int {
	first := columns["frequency"]
	if len(first) == 0 || p.columns == nil {
		return max(0, len(first)-1)
	}
	seen := make(map[[4]float64]struct{}, len(first))
	for i := 1; i < len(first); i++ {
		var row [4]float64
		for k, name := range p.columns {
			if column := columns[name]; i < len(column) {
				row[k] = column[i]
			}
		}
		seen[row] = struct{}{}
	}
	return len(seen)
}

// limit is what a request may cost.
func (x *exchange) limit() float64 {
	limit := x.options.Work
	if limit == 0 {
		limit = MaxWork
	}
	if x.Work > 0 {
		limit = min(limit, x.Work)
	}
	return limit
}

// charge adds a calculation to the cost of the request, and tells what stands against running it. The rows of a request
// that has been weighed are paid for.
func (x *exchange) charge(c *wire.Calculation, stream []float64) *wire.Problem {
	if x.weighed {
		return nil
	}
	x.cost += costOf(c, stream)
	if x.weighing {
		return nil
	}
	size, unit := items(c, stream)
	return x.admit(size, unit)
}

// What a run within a tool costs, without the reading and writing: most results are a formula, a break-even is a search.
const (
	formula  = 8
	searched = 50
	followed = 250 // period by period
)

// priceOfRuns is what a tool pays for one run of a calculation on streams like this one and for each further one, for a result.
func priceOfRuns(c *wire.Calculation, stream []float64, result string) (once, again float64) {
	once = costOf(c, stream)
	switch {
	case priceOf(c).call != standard.call:
		return once, once
	case strings.Contains(result, "payback") && (c.ID == "referral" || c.ID == "hourglass"):
		return once, followed
	case strings.HasPrefix(result, "break_even"), strings.HasPrefix(result, "outcome.payback"), strings.HasPrefix(result, "outcome.equivalent"):
		return once, searched
	}
	return once, formula
}

// chargeRuns is charge for a tool that runs a calculation so many times.
func (x *exchange) chargeRuns(c *wire.Calculation, stream []float64, runs float64, result string) *wire.Problem {
	once, again := priceOfRuns(c, stream, result)
	x.cost += once + runs*again
	return x.admit(int(runs), "draws, or cells of the grid,")
}

// mostRuns is how many runs a tool can pay for.
func (x *exchange) mostRuns(c *wire.Calculation, stream []float64, result string) float64 {
	once, again := priceOfRuns(c, stream, result)
	return max(0, math.Floor((x.limit()-x.cost-once)/again))
}

// items is the length of a calculation's longest list, and what it is of.
func items(c *wire.Calculation, stream []float64) (size int, unit string) {
	for i := range c.Inputs {
		if len(stream) == 0 {
			break
		}
		f := &c.Inputs[i]
		if n := stream[0]; f.Kind > catalogue.Option && n > float64(size) {
			size, unit = int(n), "entries of "+f.Name
		}
		stream = wire.Skip(f, stream)
	}
	return size, unit
}

// weigh computes what the rows of a request cost together, by a function that goes over them without running any.
func (x *exchange) weigh(rows func() (count int)) *wire.Problem {
	x.weighing = true
	count := rows()
	x.weighing, x.weighed = false, true
	return x.admit(count, "rows")
}

// admit refuses a request that costs more than the limit, with the part of its size that would not, and lets a heavy
// one wait for its place.
func (x *exchange) admit(size int, unit string) *wire.Problem {
	if limit := x.limit(); x.cost > limit {
		bad := tooMuch(x.cost, limit, size, unit)
		return &bad
	}
	if x.cost < heavyFrom || x.slots == nil || x.held {
		return nil
	}
	x.endReading()
	timer := time.NewTimer(x.patience)
	defer timer.Stop()
	select {
	case x.slots <- struct{}{}:
		x.held = true
		return nil
	case <-x.Done:
		return &wire.Problem{Kind: wire.Stopped, Detail: "The request was given up before its turn came."}
	case <-timer.C:
		return &wire.Problem{Kind: wire.Busy, Detail: wire.TooManyAtOnce.Say(wire.RetryAfter),
			Headers: []wire.Header{{Name: "Retry-After", Value: wire.RetryAfter}}}
	}
}

// tooMuch is the problem of a request over the limit: of so many of a unit, how many one request may have.
func tooMuch(cost, limit float64, size int, unit string) wire.Problem {
	instead := "Send less in one request, or run a server of your own with a higher limit."
	if fits := int(float64(size) * limit / cost * 0.9); fits > 0 {
		instead = wire.SendAtMost.Say(strconv.Itoa(fits), unit)
	}
	detail := wire.Sentences(wire.WouldTake.Say(seconds(cost), seconds(limit)), instead)
	var f wire.Faults
	f.Add(wire.Fault{Code: "too_much_work", Detail: detail, Limit: math.Round(limit) / 1e6, Limited: true})
	return wire.Problem{Kind: wire.TooMuchWork, Detail: detail, Faults: f}
}

// seconds writes a cost.
func seconds(cost float64) string {
	switch s := cost / 1e6; {
	case s < 1:
		return strconv.FormatFloat(math.Ceil(s*1000), 'f', 0, 64) + " ms"
	case s < 10:
		return strconv.FormatFloat(s, 'f', 1, 64) + " s"
	default:
		return strconv.FormatFloat(s, 'f', 0, 64) + " s"
	}
}

// beginReading waits for a place to read a large body in, or one that may be once it is unpacked.
func (x *exchange) beginReading() {
	if x.readers == nil || len(x.Body) < largeFrom && x.header("Content-Encoding") == "" {
		return
	}
	select {
	case x.readers <- struct{}{}:
		x.reading = true
	case <-x.Done:
		panic(abandoned{})
	}
}

func (x *exchange) endReading() {
	if x.reading {
		<-x.readers
		x.reading = false
	}
}

// release gives the request's places to the next.
func (x *exchange) release() {
	x.endReading()
	if x.held {
		<-x.slots
		x.held = false
	}
}

// gone tells whether nobody waits for the answer any more.
func (x *exchange) gone() bool {
	select {
	case <-x.Done:
		return true
	default:
		return false
	}
}

// abandoned is what the work of a request panics with that nobody waits for; Handle turns it into an answer.
type abandoned struct{}

// reckon runs a calculation unless nobody waits for it.
func (x *exchange) reckon(index, want int, in, buffer []float64) []float64 {
	if x.gone() {
		panic(abandoned{})
	}
	return x.call(index, want, in, buffer)
}

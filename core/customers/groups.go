package customers

import (
	"math"

	"hourglass/core/cbs"
	"hourglass/core/gammagamma"
	"hourglass/core/orders"
	"hourglass/core/special"
)

// MostGroups is how many groups are told apart.
const MostGroups = 50

// A GroupValue is customers who have something in common, and what a new one like them is worth.
type GroupValue struct {
	Customers  float64
	Repeaters  float64 // who ordered again
	Repeats    Estimate
	OrderValue Estimate
	Value      Estimate // as NewCustomer's
	Against    Estimate // Value over that of a new customer of all
	Own        float64  // share, 0 to 1, of the group's orders in what it differs by; the rest is borrowed from all
	Differs    bool     // the interval of Against leaves out 1: more than noise

	ahead []float64 // money that a new customer is expected to have brought by each of GrowthAges, the first order included
	noise float64   // squared relative error of that
}

// Groups are all of them, and what they differ by.
type Groups struct {
	All  NewCustomer
	Each []GroupValue

	// Standard deviations among groups of the logarithm of the order rate, of the shift of leaving (btyd.Model.Shifted) and of the logarithm of
	// what an order is worth.
	Rates, Leaving, Spend float64

	ahead []float64 // as GroupValue's, of all
	noise float64
}

// How groups are pooled. Their effects are normal with a variance that the groups themselves tell (empirical Bayes: Morris, "Parametric
// empirical Bayes inference", JASA 78, 1983); one more group stands in for those that are not there, so that a few that happen to be alike are
// not taken for the same.
const (
	priorGroups = 1
	priorEffect = 0.25 // its effect: a quarter more or less
	firstEffect = 0.5  // that the search begins with
	shapePrior  = 1    // deviation of the logarithm of what customers of one group differ by, from what all do
	groupRounds = 40   // of the search for the variances
	climbSteps  = 3    // of each effect within a round: the next begins where they end
	settledAt   = 0.02 // relative change of a variance that ends it
)

// An effect is what a group differs by in two ways, with the covariance of what is known of it.
type effect struct {
	at  [2]float64    // rate and leaving
	cov [2][2]float64 // posterior
}

// Groups values a new customer of each group. group holds the number of the group of each customer, below n; effects on rate and leaving are those of
// covariates (Fader & Hardie, note 019, 2007), pooled among the groups, and so is what an order is worth.
//
// Small groups borrow from all: with few orders they are worth nearly what all are, within a wide interval.
func (m *Model) Groups(s orders.Summary, group []uint32, n int, o Options, step Step) (Groups, Status) {
	if n < 1 || n > MostGroups || len(group) != len(s.X) {
		return Groups{}, BadData
	}
	members := make([][]uint32, n)
	for i, g := range group {
		if int(g) >= n {
			return Groups{}, BadData
		}
		members[g] = append(members[g], uint32(i))
	}
	return m.groups(s, members, o, &ungrouped{}, step)
}

// ungrouped is what of groups is the same whatever the groups are: worked out by the first of them.
type ungrouped struct {
	spend  *gammagamma.Credibility
	growth *Growth
}

// groups values those of members, which may have customers in common: each is pooled as if the others' customers were others.
func (m *Model) groups(s orders.Summary, members [][]uint32, o Options, same *ungrouped, step Step) (Groups, Status) {
	each, count := make([]groupData, len(members)), counted(s.X, s.Split.Mean)
	for g, of := range members {
		one := &each[g]
		t := cbs.Table{X: pick(s.X, of), TX: pick(s.TX, of), T: pick(s.T, of)}
		if s.Gaps != nil {
			t.Gaps = pick(s.Gaps, of)
		}
		b, fault := Group(t)
		if fault.Code != cbs.Valid {
			return Groups{}, BadData
		}
		one.histories, one.spend = b.Fittable(), gammagamma.Table{X: pick(count, of), Mean: pick(s.Mean, of)}
		for _, i := range of {
			one.customers++
			if s.X[i] > 0 {
				one.repeaters++
			}
		}
	}
	if same.spend == nil && m.Spend.Basis != NoSpend {
		all := gammagamma.Empirical(gammagamma.Table{X: count, Mean: s.Mean, Within: within(s)})
		same.spend = &all
	}
	return m.pooledGroups(each, same.spend, o, step)
}

// groupData is what is known of a group's customers.
type groupData struct {
	histories            cbs.Table // those that carry information on the parameters
	spend                gammagamma.Table
	customers, repeaters float64
}

// pooledGroups values groups; spend is how orders of all differ, not read without money.
func (m *Model) pooledGroups(each []groupData, spend *gammagamma.Credibility, o Options, step Step) (Groups, Status) {
	n := len(each)
	switch {
	case !o.Valid():
		return Groups{}, BadOptions
	case !m.Valid():
		return Groups{}, BadModel
	case n < 1 || n > MostGroups:
		return Groups{}, BadData
	}
	out := Groups{Each: make([]GroupValue, n)}
	var status Status
	if out.All, status = m.NewCustomer(o, 0); status != Done {
		return Groups{}, status
	}
	tables := make([]cbs.Table, n)
	for g := range each {
		tables[g] = each[g].histories
		out.Each[g].Customers, out.Each[g].Repeaters = each[g].customers, each[g].repeaters
	}
	pool, ok := m.pool(tables, step)
	if !ok {
		return Groups{}, Cancelled
	}
	spends := m.spendEffects(each, spend)
	out.Rates, out.Leaving, out.Spend = math.Sqrt(pool.among[0]), math.Sqrt(pool.among[1]), math.Sqrt(spends.among)
	p := m.pooled(o, pool, spends.among)
	out.ahead = p.ahead(m.Spend.newcomer(), func(p *pooled) (float64, float64, Status) { return p.fresh(m.Parameters) })
	out.noise = p.orders + p.spend
	for g := range out.Each {
		if status = p.value(&out.Each[g], pool.each[g], spends.each[g]); status != Done {
			return Groups{}, status
		}
	}
	return out, Done
}

// A pool is the effects of groups on their customers' orders, and what they have in common.
type pool struct {
	each  []effect
	mean  [2]float64 // of the effects
	among [2]float64 // their variances
	shape effect     // logarithms of factors on the first two parameters and on the others: their ratios, the mean rates, stay
}

// shaped returns parameters with a shape. What customers of one group differ by among themselves is less than what all differ by.
func shaped(p Parameters, shape [2]float64) Parameters {
	out := append(Parameters(nil), p...)
	for k := range 4 {
		out[k] *= math.Exp(shape[k/2])
	}
	return out
}

// likelihood is that of the histories of a group with effects.
func (m *Model) likelihood(t cbs.Table, shape, at [2]float64) float64 {
	if t.Len() == 0 {
		return 0
	}
	model := m.Kind.Model()
	p := Parameters(model.Shifted(shaped(m.Parameters, shape), at[0], at[1]))
	if !p.usable(m.Kind) {
		return math.Inf(-1)
	}
	return model.LogLikelihood(p, t)
}

// pool finds the effects of all groups: by turns each group's most probable effect given the others, with the curvature there (Laplace), the
// shape that all share, and the effects' mean and variances. The likelihoods are those of a bowl around where the last search has ended: to go
// through all histories for each step would take ten times as long, and ends at the same place. A part of a large group's histories tells where
// that nearly is, and how the bowl bends; once that has settled, all of them tell the slope, and with it the place.
func (m *Model) pool(tables []cbs.Table, step Step) (p pool, ok bool) {
	p.each = make([]effect, len(tables))
	p.among = [2]float64{firstEffect * firstEffect, firstEffect * firstEffect}
	bowls := make([]bowl, len(tables))
	for rough, look := true, 0; look < bowlLooks; look++ {
		for g, t := range tables {
			if step.stopped(look*len(tables)+g, bowlLooks*len(tables)) {
				return p, false
			}
			of := func(t cbs.Table) func(x [4]float64) float64 {
				return func(x [4]float64) float64 { return m.likelihood(t, [2]float64{x[0], x[1]}, [2]float64{x[2], x[3]}) }
			}
			some, scale := someOf(t)
			bowls[g] = bowlAround(p.place(g), of(some)).times(scale)
			if !rough && scale > 1 {
				bowls[g].lean(of(t))
			}
		}
		p.search(bowls)
		moved := 0.0
		for g := range bowls {
			moved = max(moved, bowls[g].farthest(p.place(g)))
		}
		if moved < bowlSettled && !rough {
			break
		}
		rough = rough && moved >= bowlSettled && look < bowlLooks/2
	}
	return p, true
}

// place is where a bowl of a group stands.
func (p *pool) place(g int) [4]float64 {
	return [4]float64{p.shape.at[0], p.shape.at[1], p.each[g].at[0], p.each[g].at[1]}
}

// someOf is every so many of a table's histories, and by what their likelihood is to be multiplied to be that of all.
func someOf(t cbs.Table) (some cbs.Table, scale float64) {
	every := min(mostSkipped, t.Len()/partHistories)
	if every < 2 {
		return t, 1
	}
	column := func(of []float64) (out []float64) {
		for i := every / 2; i < len(of); i += every {
			out = append(out, of[i])
		}
		return out
	}
	some = cbs.Table{X: column(t.X), TX: column(t.TX), T: column(t.T), W: column(t.W), Gaps: column(t.Gaps)}
	return some, ratio(t.Customers(), some.Customers())
}

// search finds the effects by the bowls.
func (p *pool) search(bowls []bowl) {
	for range groupRounds {
		n := float64(priorGroups + len(bowls))
		var mean, among [2]float64
		for g := range bowls {
			p.each[g].climb(p.mean, p.among, func(at [2]float64) float64 { return bowls[g].height(p.shape.at, at) })
			for k := range mean {
				mean[k] += p.each[g].at[k] / n
			}
		}
		p.shape.climb([2]float64{}, [2]float64{shapePrior * shapePrior, shapePrior * shapePrior}, func(at [2]float64) (sum float64) {
			for g := range bowls {
				sum += bowls[g].height(at, p.each[g].at)
			}
			return sum
		})
		settled := true
		for k := range among {
			among[k] = priorGroups * priorEffect * priorEffect / n
			for _, e := range p.each {
				among[k] += (square(e.at[k]-mean[k]) + e.cov[k][k]) / n
			}
			settled = settled && math.Abs(among[k]-p.among[k]) <= settledAt*p.among[k]
		}
		if p.mean, p.among = mean, among; settled {
			return
		}
	}
}

// How often the likelihoods are looked at, and how little a look has to change.
const (
	bowlLooks   = 6
	bowlSettled = 0.05
	bowlWide    = 1.5  // how far a bowl is trusted
	bowlStep    = 0.02 // of its differences
)

// A part of a group's histories is at least so many, and at least one of so many.
const (
	partHistories = 300
	mostSkipped   = 8
)

// A bowl is a likelihood of shape and effect to the second order, around a point.
type bowl struct {
	at, slope [4]float64
	bend      [4][4]float64
	top       float64
}

// bowlAround looks at a likelihood by central differences.
func bowlAround(at [4]float64, likelihood func([4]float64) float64) (b bowl) {
	const h = bowlStep
	b.at, b.top = at, likelihood(at)
	var up, down [4]float64
	shifted := func(i, j int, by float64) float64 {
		x := at
		x[i] += by
		if j >= 0 {
			x[j] += by
		}
		return likelihood(x)
	}
	for i := range at {
		up[i], down[i] = shifted(i, -1, h), shifted(i, -1, -h)
		b.slope[i], b.bend[i][i] = (up[i]-down[i])/(2*h), (up[i]+down[i]-2*b.top)/(h*h)
	}
	for i := range at {
		for j := range i {
			both := (shifted(i, j, h) - up[i] - up[j] + b.top + shifted(i, j, -h) - down[i] - down[j] + b.top) / (2 * h * h)
			b.bend[i][j], b.bend[j][i] = both, both
		}
	}
	return b
}

// times is the bowl of so many times as many histories.
func (b bowl) times(scale float64) bowl {
	b.top *= scale
	for i := range b.slope {
		b.slope[i] *= scale
		for j := range b.bend[i] {
			b.bend[i][j] *= scale
		}
	}
	return b
}

// lean takes the slope from another likelihood, by differences to one side: what it bends on the way is known.
func (b *bowl) lean(likelihood func([4]float64) float64) {
	const h = bowlStep
	b.top = likelihood(b.at)
	for i := range b.at {
		x := b.at
		x[i] += h
		b.slope[i] = (likelihood(x)-b.top)/h - h*b.bend[i][i]/2
	}
}

// height is the likelihood by the bowl, level where it is not trusted.
func (b *bowl) height(shape, effect [2]float64) float64 {
	x, sum := [4]float64{shape[0], shape[1], effect[0], effect[1]}, b.top
	for i := range x {
		x[i] = max(-bowlWide, min(bowlWide, x[i]-b.at[i]))
	}
	for i := range x {
		sum += b.slope[i] * x[i]
		for j := range x {
			sum += b.bend[i][j] * x[i] * x[j] / 2
		}
	}
	return sum
}

// farthest is by how much a point is away from the bowl's, in one of its ways.
func (b *bowl) farthest(from [4]float64) (most float64) {
	for i := range from {
		most = max(most, math.Abs(from[i]-b.at[i]))
	}
	return most
}

// climb moves an effect to where a likelihood and a normal prior are highest together, by Newton's steps.
func (e *effect) climb(mean, spread [2]float64, likelihood func(at [2]float64) float64) {
	height := func(at [2]float64) float64 {
		return likelihood(at) - square(at[0]-mean[0])/spread[0]/2 - square(at[1]-mean[1])/spread[1]/2
	}
	const h = 1e-3
	for range climbSteps {
		a, here := e.at, height(e.at)
		value := func(i, j float64) float64 { return height([2]float64{a[0] + i*h, a[1] + j*h}) }
		up, down, right, left := value(1, 0), value(-1, 0), value(0, 1), value(0, -1)
		cross := (value(1, 1) + value(-1, -1) + 2*here - up - down - right - left) / 2
		gradient := [2]float64{(up - down) / (2 * h), (right - left) / (2 * h)}
		// Minus the second derivatives, at least those of the prior: of a likelihood that bends up the information is none.
		c := [3]float64{max((2*here-up-down)/(h*h), 1/spread[0]), -cross / (h * h), max((2*here-right-left)/(h*h), 1/spread[1])}
		if c[1]*c[1] > 0.98*c[0]*c[2] {
			c[1] = 0
		}
		determinant := c[0]*c[2] - c[1]*c[1]
		e.cov = [2][2]float64{{c[2] / determinant, -c[1] / determinant}, {-c[1] / determinant, c[0] / determinant}}
		move := [2]float64{e.cov[0][0]*gradient[0] + e.cov[0][1]*gradient[1], e.cov[1][0]*gradient[0] + e.cov[1][1]*gradient[1]}
		share := 1.0
		for ; share > 1e-4; share /= 2 {
			if to := [2]float64{a[0] + share*move[0], a[1] + share*move[1]}; height(to) >= here {
				e.at = to
				break
			}
		}
		if share <= 1e-4 || math.Abs(move[0])+math.Abs(move[1]) < 1e-4 {
			return
		}
	}
}

// A spendEffect is by how much a group's orders are worth more than those of all, as a logarithm, and the variance of what is known of it.
type spendEffect struct{ at, variance float64 }

type spendEffects struct {
	each  []spendEffect
	among float64
}

// spendEffects pools what an order is worth: a group's mean is that of credibility theory, with the variances of all.
func (m *Model) spendEffects(each []groupData, c *gammagamma.Credibility) spendEffects {
	out := spendEffects{each: make([]spendEffect, len(each))}
	if m.Spend.Basis == NoSpend {
		return out // no effect, known for certain
	}
	typical := m.Spend.newcomer()
	own := make([]spendEffect, len(each)) // of the group's orders alone; no variance for nothing known
	for g := range each {
		t := &each[g].spend
		var sum, precision float64
		for i, x := range t.X {
			if v := c.Among + ratio(c.Within, x); x > 0 && v > 0 {
				w := t.Weight(i)
				sum, precision = sum+w*t.Mean[i]/v, precision+w/v
			}
		}
		if mean := ratio(sum, precision); mean > 0 && c.Overall > 0 && typical > 0 {
			own[g] = spendEffect{math.Log(mean / typical), 1 / precision / (c.Overall * c.Overall)}
		}
	}
	out.among = firstEffect * firstEffect
	mean, n := 0.0, float64(priorGroups+len(own))
	for range groupRounds {
		sum := 0.0
		for g, e := range own {
			out.each[g] = spendEffect{mean, out.among}
			if e.variance > 0 {
				weight := out.among / (out.among + e.variance)
				out.each[g] = spendEffect{mean + weight*(e.at-mean), weight * e.variance}
			}
			sum += out.each[g].at
		}
		mean = sum / n
		next := priorGroups * priorEffect * priorEffect / n
		for _, e := range out.each {
			next += (square(e.at-mean) + e.variance) / n
		}
		settled := math.Abs(next-out.among) <= settledAt*out.among
		if out.among = next; settled {
			break
		}
	}
	return out
}

// pooled is what the groups borrow from.
type pooled struct {
	m              *Model
	o              Options
	horizon, delta float64
	pool           pool
	amongSpend     float64
	typical        float64 // discounted orders of a new customer of all, the first included
	prior          float64 // squared coefficient of variation of that among groups

	// Squared relative errors of what all are worth: of repeat orders, of their discounted number, of an order's value.
	repeats, orders, spend float64
}

func (m *Model) pooled(o Options, among pool, amongSpend float64) pooled {
	p := pooled{m: m, o: o, pool: among, amongSpend: amongSpend, spend: m.Spend.noise()}
	p.horizon, p.delta = o.terms(m.UnitDays)
	_, p.typical, _ = p.fresh(m.Parameters)
	_, p.prior = p.around(effect{among.mean, [2][2]float64{{among.among[0], 0}, {0, among.among[1]}}}, p.at)
	var counts, values []float64
	for _, q := range m.Uncertainty.points(m.Parameters) {
		if n, v, status := p.fresh(q); status == Done {
			counts, values = append(counts, n), append(values, v)
		}
	}
	p.repeats, p.orders = spreadOf(counts), spreadOf(values)
	return p
}

// fresh returns the repeat orders of a new customer, and all their orders discounted.
func (p *pooled) fresh(q Parameters) (repeats, value float64, status Status) {
	if !q.usable(p.m.Kind) {
		return 0, 0, TooLarge
	}
	n, d, status := fresh(p.m.Kind.process(q), p.horizon, p.delta)
	return n, 1 + d, status
}

// ahead is the money that a new customer brings by each of GrowthAges, not discounted; fresh tells their further orders.
func (p *pooled) ahead(each float64, fresh func(*pooled) (float64, float64, Status)) []float64 {
	out := make([]float64, len(GrowthAges))
	out[0] = each
	for k := 1; k < len(GrowthAges); k++ { // never sliced: see gauss in package paretonbd
		q := *p
		q.horizon, q.delta = GrowthAges[k]/p.m.UnitDays, 0
		out[k] = out[k-1]
		if n, _, status := fresh(&q); status == Done {
			out[k] = finite(each * (1 + n))
		}
	}
	return out
}

// at is fresh of a group with effects.
func (p *pooled) at(e [2]float64) (repeats, value float64, status Status) {
	return p.fresh(p.m.Kind.Model().Shifted(shaped(p.m.Parameters, p.pool.shape.at), e[0], e[1]))
}

// around returns the squared coefficients of variation that the uncertainty of two effects makes.
func (p *pooled) around(e effect, at func([2]float64) (float64, float64, Status)) (ofRepeats, ofValue float64) {
	var counts, values []float64
	for _, e := range e.scatter() {
		if n, v, status := at(e); status == Done {
			counts, values = append(counts, n), append(values, v)
		}
	}
	return spreadOf(counts), spreadOf(values)
}

// scatter returns four equally likely points of a normal variable: see points.
func (e effect) scatter() (out [4][2]float64) {
	a := math.Sqrt(max(0, e.cov[0][0]))
	b := ratio(e.cov[0][1], a)
	c := math.Sqrt(max(0, e.cov[1][1]-b*b))
	for k, d := range [...][2]float64{{a, b}, {-a, -b}, {0, c}, {0, -c}} {
		out[k] = [2]float64{e.at[0] + math.Sqrt2*d[0], e.at[1] + math.Sqrt2*d[1]}
	}
	return out
}

// value values a new customer of a group with effects. That what all are worth is not known for certain counts as far as the group borrows from
// them.
func (p *pooled) value(g *GroupValue, e effect, s spendEffect) Status {
	repeats, value, status := p.at(e.at)
	if status != Done {
		return status
	}
	ofRepeats, ofValue := p.around(e, p.at)
	borrowed := min(1, ratio(ofValue, p.prior))
	shapeRepeats, shapeValue := p.around(p.pool.shape, func(shape [2]float64) (float64, float64, Status) {
		return p.fresh(p.m.Kind.Model().Shifted(shaped(p.m.Parameters, shape), e.at[0], e.at[1]))
	})
	ofRepeats, ofValue = ofRepeats+shapeRepeats, ofValue+shapeValue
	factor, each, level := math.Exp(s.at), 0.0, p.o.level()
	noise := 0.0
	if p.m.Spend.Basis != NoSpend {
		each = factor * p.m.Spend.newcomer()
		noise = s.variance + square(min(1, ratio(s.variance, p.amongSpend)))*p.spend
	}
	g.Repeats = estimate(repeats, ofRepeats+square(borrowed)*p.repeats, level)
	g.OrderValue = estimate(finite(each), noise, level)
	g.Value = estimate(finite(p.o.Margin*each*value), ofValue+square(borrowed)*p.orders+noise, level)
	half := special.NormalQuantile(0.5+level/2) * math.Sqrt(ofValue+s.variance)
	against := factor * value / p.typical
	g.Against = Estimate{finite(against), against * math.Exp(-half), finite(against * math.Exp(half))}
	g.Own, g.Differs = 1-borrowed, g.Against.Low > 1 || g.Against.High < 1
	g.ahead = p.ahead(each, func(p *pooled) (float64, float64, Status) { return p.at(e.at) })
	g.noise = ofValue + square(borrowed)*p.orders + noise
	return Done
}

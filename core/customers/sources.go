package customers

import (
	"math"
	"slices"

	"hourglass/core/orders"
	"hourglass/core/special"
)

// Where good customers come from: what those of each group brought by the same age, what a new one like them is worth, and what may be paid
// for one.

// GrowthAges are the ages in days by which customers are compared: the first order, then months of 30 days, the last of 35.
var GrowthAges = [...]float64{0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 365}

// FewCustomers is how many customers are too few to tell: what they brought is shown in grey.
const FewCustomers = 30

// A GroupKind says what the customers of a group have in common.
type GroupKind uint8

// Group kinds.
const (
	NamedGroup   GroupKind = iota // a text
	UnnamedGroup                  // that there is none
	OtherGroups                   // texts beyond those that are told apart
)

// String returns the kind's name on the wire, empty for an unknown one.
func (k GroupKind) String() string { return name([]string{"named", "none", "others"}, int(k)) }

// A GroupName is a group's.
type GroupName struct {
	Kind GroupKind
	Text string // of a named one
}

// A Grouping tells the customers of a summary apart.
type Grouping struct {
	Names    []GroupName // the largest group first
	Members  [][]uint32  // of each group, rows of the summary, ascending
	Overlaps bool        // a customer may be in several groups
}

// FirstMonth is the grouping by the month of the first order; any other name is that of a carried column.
const FirstMonth = "first-month"

// GroupedBy tells the customers of a summary apart: by FirstMonth, or by a column that the log carries, named as in its header or by its number;
// false where there is none.
func GroupedBy(l *orders.Log, s orders.Summary, by string) (g Grouping, ok bool) {
	code := make([]int32, len(s.Customer))
	if by == FirstMonth {
		for i, day := range s.First {
			y, m, _ := orders.Civil(day)
			code[i] = int32(12*y + m - 1)
		}
		return sorted(code, func(code int32) []GroupName {
			return []GroupName{{Text: number(int(code/12)) + "-" + twoDigits(int(code%12)+1)}}
		}), true
	}
	at := carriedColumn(l, by)
	if at < 0 {
		return g, false
	}
	for i, c := range s.Customer {
		code[i] = int32(l.CarriedBy(at, int(c)))
	}
	c := &l.Carried[at]
	tags := tagsOf(c)
	g = sorted(code, func(code int32) []GroupName {
		switch {
		case code == orders.NoValue:
			return []GroupName{{Kind: UnnamedGroup}}
		case code == orders.OtherValue:
			return []GroupName{{Kind: OtherGroups}}
		case tags == nil:
			return []GroupName{{Text: string(c.Value(int(code)))}}
		case len(tags[code]) == 0: // separators alone
			return []GroupName{{Kind: UnnamedGroup}}
		}
		var names []GroupName
		for _, tag := range tags[code] {
			names = append(names, GroupName{Text: tag})
		}
		return names
	})
	g.Overlaps = tags != nil
	return g, true
}

// carriedColumn is the place of a column among those carried, -1 for none.
func carriedColumn(l *orders.Log, by string) int {
	if l == nil {
		return -1
	}
	for i := range l.Carried {
		c := &l.Carried[i]
		if by == number(c.Column) || alike(string(c.Name), by) {
			return i
		}
	}
	return -1
}

// alike reports whether two names are the same but for capitals, blanks and marks.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	x := orders.Normalise([]byte(a))
	return len(x) > 0 && string(x) == string(orders.Normalise([]byte(b)))
}

// number is a small number as text.
func number(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return number(n/10) + string(rune('0'+n%10))
}

func twoDigits(n int) string { return number(n/10) + number(n%10) }

// sorted makes a Grouping of what customers have, by code, which may stand for several names; of more than MostGroups, the smallest are one.
func sorted(codes []int32, name func(code int32) []GroupName) (g Grouping) {
	groups, places := map[int32][]uint32{}, map[GroupName]uint32{}
	var size []int
	of := make([][]uint32, len(codes))
	for i, code := range codes {
		if i > 0 && code == codes[i-1] { // neighbours are often alike
			of[i] = of[i-1]
		} else if known, ok := groups[code]; ok {
			of[i] = known
		} else {
			for _, one := range name(code) {
				key := GroupName{one.Kind, tagKey(one.Text)}
				place, known := places[key]
				if !known {
					place = uint32(len(g.Names))
					places[key] = place
					g.Names, size = append(g.Names, one), append(size, 0)
				}
				of[i] = append(of[i], place)
			}
			groups[code] = of[i]
		}
		for _, place := range of[i] {
			size[place]++
		}
	}
	order := make([]int, len(g.Names)) // the largest first
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := g.Names[a], g.Names[b]; {
		case (x.Kind == OtherGroups) != (y.Kind == OtherGroups): // last
			return int(x.Kind) - int(y.Kind)
		case size[a] != size[b]:
			return size[b] - size[a]
		case x.Kind != y.Kind:
			return int(x.Kind) - int(y.Kind)
		case x.Text < y.Text:
			return -1
		}
		return 1
	})
	to, names := make([]uint32, len(order)), make([]GroupName, 0, min(len(order), MostGroups))
	for place, k := range order {
		if len(order) > MostGroups && place >= MostGroups-1 {
			to[k] = MostGroups - 1
			if len(names) < MostGroups {
				names = append(names, GroupName{Kind: OtherGroups})
			}
			continue
		}
		to[k] = uint32(place)
		names = append(names, g.Names[k])
	}
	g.Names, g.Members = names, make([][]uint32, len(names))
	for i, in := range of {
		for _, k := range in {
			members := &g.Members[to[k]]
			if n := len(*members); n == 0 || (*members)[n-1] != uint32(i) { // two that are told apart no more count once
				*members = append(*members, uint32(i))
			}
		}
	}
	return g
}

// A Growth is what customers did by equal age. The entries of its lists are those of GrowthAges.
//
// Each step is the mean of those who are old enough for it, added to the steps before: young customers leave the later steps and not the earlier
// ones, so that it never falls because others are looked at (the chain ladder; of the share who came back, Kaplan & Meier, JASA 53, 1958).
type Growth struct {
	OldEnough []float64  // customers
	Again     []Estimate // share that has ordered again
	Margin    []Estimate // money per customer, after margin and not discounted; 0 from the age on that nobody is old enough for
	Path      []Estimate // the same; from Seen on it is continued by the model
	Seen      int        // ages for which at least FewCustomers are old enough

	tails []tail  // of Margin
	year  float64 // the last of Path by the model alone
}

// growth is that of some customers, whose spread borrows from that of all; of all where of is nil.
func (l growthLog) growth(of []uint32, all *Growth, level float64) (g Growth) {
	const n = len(GrowthAges)
	g.OldEnough, g.Again, g.Margin = make([]float64, n), make([]Estimate, n), make([]Estimate, n)
	var sum, atRisk, came [n]float64
	l.each(of, func(c customerGrowth) {
		for k := range c.steps {
			g.OldEnough[k]++
			sum[k] += c.money[k]
			if c.again >= k {
				atRisk[k]++
			}
			if c.again == k {
				came[k]++
			}
		}
	})
	var mean, squares, cubes [n]float64
	for k := range mean {
		mean[k] = ratio(sum[k], g.OldEnough[k])
	}
	l.each(of, func(c customerGrowth) { // what each customer adds to the error of the sums
		off := 0.0
		for k := range n {
			if k < c.steps {
				off += (c.money[k] - mean[k]) / g.OldEnough[k]
			}
			squares[k] += off * off
			cubes[k] += off * off * off
		}
	})
	total, stays, hazards := 0.0, 1.0, 0.0
	for k := range n {
		if g.OldEnough[k] == 0 {
			break
		}
		total += mean[k]
		one := tail{ratio(squares[k], total*total) * g.OldEnough[k], ratio(cubes[k], math.Pow(squares[k], 1.5)) * math.Sqrt(g.OldEnough[k])}
		if all != nil {
			one = one.pooled(all.tails[k], g.OldEnough[k])
		}
		g.tails = append(g.tails, one)
		g.Margin[k] = one.mean(l.margin*total, g.OldEnough[k], level)
		if k > 0 && atRisk[k] > 0 {
			h := came[k] / atRisk[k]
			stays *= 1 - h
			if h < 1 {
				hazards += h / (atRisk[k] * (1 - h))
			}
		}
		g.Again[k] = shareEstimate(1-stays, hazards, g.OldEnough[k], level)
		if g.OldEnough[k] >= FewCustomers {
			g.Seen = k + 1
		}
	}
	return g
}

// A tail is how customers differ in what they bring: squared coefficient of variation and skewness.
type tail struct{ variation, skewness float64 }

// tailCustomers is how many customers of all a group's tail borrows: whoever spends most is in few groups, and the others look surer than they are.
const tailCustomers = 100

func (t tail) pooled(all tail, customers float64) tail {
	own := customers / (customers + tailCustomers)
	return tail{own*t.variation + (1-own)*all.variation, own*t.skewness + (1-own)*all.skewness}
}

// mean is one of customers with such a tail, with an interval by the Edgeworth expansion of Student's ratio (Hall, The Bootstrap and Edgeworth
// Expansion, 1992, section 2.6); its lower end keeps to a third of the shift,
// with which it held best in trials: skewness is known badly itself.
func (t tail) mean(mean, customers, level float64) Estimate {
	z := special.NormalQuantile(0.5 + level/2)
	deviation := mean * math.Sqrt(t.variation/customers)
	shift := max(0, min(t.skewness/math.Sqrt(customers), mostSkew)) * (2*z*z + 1) / 6
	return Estimate{finite(mean), max(0, min(mean, mean+deviation*(shift/3-z))), finite(mean + deviation*(z+shift))}
}

const mostSkew = 1 // of the mean, beyond which the expansion does not hold

// shareEstimate is a share of customers with Wilson's interval, of as many as its variance is worth.
func shareEstimate(share, greenwood, customers, level float64) Estimate {
	n := customers
	if greenwood > 0 && share > 0 && share < 1 {
		n = max(n, share/((1-share)*greenwood)) // variance (1-share)^2 * greenwood, that of n customers share*(1-share)/n
	}
	z := special.NormalQuantile(0.5 + level/2)
	middle, half := (share+z*z/(2*n))/(1+z*z/n), z/(1+z*z/n)*math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	return Estimate{share, max(0, min(share, middle-half)), min(1, max(share, middle+half))}
}

// growthLog is what growth is of.
type growthLog struct {
	log     *orders.Log
	summary *orders.Summary
	margin  float64
}

// customerGrowth is what one customer did by the ages that they are old enough for.
type customerGrowth struct {
	steps int                      // ages
	money [len(GrowthAges)]float64 // spent since the age before
	again int                      // the age by which the second order came; one that is never reached where none did
}

func (l growthLog) each(of []uint32, see func(customerGrowth)) {
	s := l.summary
	n := len(of)
	if of == nil {
		n = len(s.Customer)
	}
	for k := range n {
		i := k
		if of != nil {
			i = int(of[k])
		}
		see(l.customer(int(s.Customer[i]), s.Split.End))
	}
}

func (l growthLog) customer(i int, end int32) (c customerGrowth) {
	days, amounts := l.log.Days(i), l.log.Amounts(i)
	for c.steps < len(GrowthAges) && float64(end-days[0]) >= GrowthAges[c.steps] {
		c.steps++
	}
	c.again = len(GrowthAges)
	at := 0
	for k, day := range days {
		age := float64(day - days[0])
		for at < len(GrowthAges) && age > GrowthAges[at] {
			at++
		}
		if at >= c.steps {
			break
		}
		c.money[at] += amounts[k]
		if k == 1 {
			c.again = at
		}
	}
	return c
}

// follow continues a growth by the model, from the first age that is not known.
func (g *Growth) follow(ahead []float64, noise, margin, level float64) {
	g.Path = slices.Clone(g.Margin)
	g.year = margin * ahead[len(ahead)-1]
	base, variance, from := 0.0, 0.0, 0.0
	if g.Seen > 0 {
		last := g.Margin[g.Seen-1]
		base, from = last.Value, ahead[g.Seen-1]
		z := special.NormalQuantile(0.5 + level/2)
		variance = square((last.High - last.Low) / (2 * z))
	}
	for k := g.Seen; k < len(GrowthAges); k++ {
		more := margin * (ahead[k] - from)
		value := base + more
		g.Path[k] = estimate(finite(value), ratio(variance+more*more*noise, value*value), level)
	}
}

// A Payback is when a cost is earned.
type Payback struct {
	Known    bool `wire:"has_cost"` // that there is a cost
	Month    int  // of GrowthAges: 0 by the first order; NeverPaid
	Soonest  int  // by the interval
	Latest   int
	TooEarly bool // to tell whether: the ends of the interval disagree, and customers are not old enough yet, or the model disagrees; or there are too few of them
	Forecast bool // the month lies where the model continues
	CAC      float64
	Ratio    Estimate // value of a new customer over that
}

// NeverPaid is the month of a cost that is not earned within the ages.
const NeverPaid = -1

// payback is when a cost per customer is earned.
func (g *Growth) payback(cac float64) (p Payback) {
	month := func(of func(Estimate) float64) int {
		for k := range g.Path {
			if of(g.Path[k]) >= cac {
				return k
			}
		}
		return NeverPaid
	}
	p.Known, p.CAC = true, cac
	p.Month = month(func(e Estimate) float64 { return e.Value })
	p.Soonest, p.Latest = month(func(e Estimate) float64 { return e.High }), month(func(e Estimate) float64 { return e.Low })
	p.Forecast = p.Month >= g.Seen || p.Month == NeverPaid && g.Seen < len(GrowthAges)
	unsure := (p.Soonest == NeverPaid) != (p.Latest == NeverPaid)
	differ := (p.Month == NeverPaid) != (g.year < cac) // what was seen and the model, which borrows from other groups
	p.TooEarly = len(g.OldEnough) == 0 || g.OldEnough[0] < FewCustomers || unsure && (differ || g.Seen < len(GrowthAges))
	return p
}

// A Source is one group.
type Source struct {
	GroupName
	GroupValue
	Growth
	Cost float64 // 0 for none known
	Payback
}

// Sources are all of them.
type Sources struct {
	By      string         // FirstMonth, or the number of a column
	Columns []SourceColumn // by which they could be, in the order in which they suit
	Ages    []float64      // GrowthAges
	All     Source         // of all together
	Paid    Source         // of those with a cost: its customers, cost and ratio alone
	Each    []Source
	Differ  int      // groups that differ from all by more than chance
	Overlap bool     // a customer may be in several groups, whose sums are then more than all
	Unused  []string // costs of groups that there are not

	members [][]uint32 // of each
}

// A SourceColumn is a carried column by which customers could be grouped.
type SourceColumn struct {
	Name   string
	Column int
	Values int
}

// Sources tells where the customers of the answer come from: by a carried column or FirstMonth.
func (a *Answer) Sources(l *orders.Log, by string, step Step) (*Sources, Status) {
	return a.sources(l, by, &ungrouped{}, step)
}

func (a *Answer) sources(l *orders.Log, by string, same *ungrouped, step Step) (*Sources, Status) {
	if a.Known == nil || l == nil {
		return nil, NoModel
	}
	g, ok := GroupedBy(l, a.Summary, by)
	if !ok {
		return nil, BadOptions
	}
	out, status := a.grouped(l, g, same, step)
	if status != Done {
		return nil, status
	}
	out.By = by
	for i := range l.Carried {
		c := &l.Carried[i]
		out.Columns = append(out.Columns, SourceColumn{string(c.Name), c.Column, c.Values()})
		if i == carriedColumn(l, by) && by != FirstMonth {
			out.By = number(c.Column)
		}
	}
	return out, Done
}

// Grouped is Sources by a grouping of one's own, without Columns.
func (a *Answer) Grouped(l *orders.Log, g Grouping, step Step) (*Sources, Status) {
	if a.Known == nil || l == nil {
		return nil, NoModel
	}
	return a.grouped(l, g, &ungrouped{}, step)
}

func (a *Answer) grouped(l *orders.Log, g Grouping, same *ungrouped, step Step) (*Sources, Status) {
	o := a.Settings.Options
	values, status := a.Known.Model.groups(a.Summary, g.Members, o, same, step)
	if status != Done {
		return nil, status
	}
	out := &Sources{Ages: GrowthAges[:], Overlap: g.Overlaps, members: g.Members}
	log, level := growthLog{l, &a.Summary, o.Margin}, o.level()
	out.All.Customers = float64(len(a.Summary.X))
	for _, x := range a.Summary.X {
		if x > 0 {
			out.All.Repeaters++
		}
	}
	out.All.Repeats, out.All.OrderValue, out.All.Value = values.All.Repeats, values.All.OrderValue, values.All.Value
	if same.growth == nil {
		all := log.growth(nil, nil, level)
		same.growth = &all
	}
	out.All.Growth = *same.growth
	out.All.follow(values.ahead, values.noise, o.Margin, level)
	for k, name := range g.Names {
		one := Source{GroupName: name, GroupValue: values.Each[k], Growth: log.growth(g.Members[k], &out.All.Growth, level)}
		one.follow(one.ahead, one.noise, o.Margin, level)
		if one.Differs {
			out.Differ++
		}
		out.Each = append(out.Each, one)
	}
	return out, Done
}

// Pay says what the groups have cost; costs of earlier calls are forgotten. A cost names its group as the column does, capitals or not, or by the
// String of OtherGroups and UnnamedGroup; of several for one group the sum counts.
func (s *Sources) Pay(costs []orders.Cost) {
	s.Unused = nil
	for k := range s.Each {
		s.Each[k].Cost, s.Each[k].Payback = 0, Payback{}
	}
	for _, c := range costs {
		if k := s.group(c.Group); k >= 0 {
			s.Each[k].Cost += c.Amount
		} else if !slices.Contains(s.Unused, c.Group) {
			s.Unused = append(s.Unused, c.Group)
		}
	}
	s.All.Cost, s.All.Payback, s.Paid = 0, Payback{}, Source{}
	worth, members := 0.0, 0.0
	for k := range s.Each {
		one := &s.Each[k]
		one.pay()
		if one.Payback.Known {
			s.Paid.Cost += one.Cost
			members += one.Customers
			worth += one.Value.Value * one.Customers
		}
	}
	s.Paid.Customers = members
	if s.Overlap {
		s.Paid.Customers = s.together(func(one *Source) bool { return one.Payback.Known })
	}
	if s.Paid.Customers > 0 {
		s.All.Cost = s.Paid.Cost
		s.All.pay()
		cac := s.Paid.Cost / s.Paid.Customers
		mean := finite(worth / members / cac)
		s.Paid.Payback = Payback{Known: true, CAC: cac, Ratio: Estimate{mean, mean, mean}}
	}
}

// together counts the customers of some groups, each once.
func (s *Sources) together(of func(*Source) bool) float64 {
	in := map[uint32]struct{}{}
	for k := range s.Each {
		if of(&s.Each[k]) {
			for _, i := range s.members[k] {
				in[i] = struct{}{}
			}
		}
	}
	return float64(len(in))
}

// pay works out what a source's cost comes to.
func (s *Source) pay() {
	if !(s.Cost > 0) || s.Customers == 0 {
		return
	}
	cac := s.Cost / s.Customers
	s.Payback = s.Growth.payback(cac)
	s.Ratio = Estimate{finite(s.Value.Value / cac), finite(s.Value.Low / cac), finite(s.Value.High / cac)}
}

// group is the place of a group, -1 for none.
func (s *Sources) group(name string) int {
	for k := range s.Each {
		one := &s.Each[k]
		text := one.Text
		if one.Kind != NamedGroup {
			text = one.Kind.String()
		}
		if alike(name, text) {
			return k
		}
	}
	return -1
}

// FirstColumn asks for the column that suits best, or FirstMonth where none is carried.
const FirstColumn = "auto"

// sourced is what the sources of a Valuation are of.
type sourced struct {
	known   *Known
	options Options
	by      string
	sources *Sources
	same    *ungrouped // of known and options
}

// by is what the customers are to be grouped by: what was asked for, as far as the log has it.
func (v *Valuation) by() string {
	by := v.Settings.By
	if by == FirstMonth || carriedColumn(v.Log, by) >= 0 {
		return by
	}
	if len(v.Log.Carried) > 0 {
		return number(v.Log.Carried[0].Column)
	}
	return FirstMonth
}

// ByName is the name of the column that customers are grouped by.
func (v *Valuation) ByName() string {
	by := v.by()
	if at := carriedColumn(v.Log, by); at >= 0 {
		return string(v.Log.Carried[at].Name)
	}
	return by
}

// toGroup reports whether sources are asked for, and not there.
func (v *Valuation) toGroup() bool {
	g := &v.sourced
	return v.Settings.By != "" && v.Log != nil &&
		(g.sources == nil || g.known != v.Answer.Known || g.options != v.Settings.Options || g.by != v.by())
}

func (v *Valuation) source(step Step) Status {
	by, g := v.by(), &v.sourced
	if g.same == nil || g.known != v.Answer.Known || g.options != v.Settings.Options {
		*g = sourced{known: v.Answer.Known, options: v.Settings.Options, same: &ungrouped{}}
	}
	s, status := v.Answer.sources(v.Log, by, g.same, step)
	if status == Done {
		g.by, g.sources = by, s
	}
	return status
}

// Sources are where the customers of the answer come from and what they cost; nil where that was not asked for, or is not there yet.
func (v *Valuation) Sources() *Sources {
	if v.Settings.By == "" || v.Log == nil || v.toGroup() {
		return nil
	}
	v.sourced.sources.Pay(v.Settings.Costs)
	return v.sourced.sources
}

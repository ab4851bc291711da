package customers

import (
	"cmp"
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

	sets []groupSet // where customers are counted and not listed: GroupsOf
}

// A GroupCode is how many customers have a code: what Log.CarriedBy says, or the month of the first order as MonthCode has it.
type GroupCode struct {
	Code      int32
	Customers uint64
}

// A groupSet is customers who are in the same groups.
type groupSet struct {
	of        []uint32 // numbers of the groups, ascending
	customers float64
}

// MonthCode is the code of the month of a first order.
func MonthCode(day int32) int32 {
	y, m, _ := orders.Civil(day)
	return int32(12*y + m - 1)
}

// GroupsOf tells customers apart of whom the codes are counted, each once, in the order in which the list of customers has them first; of a carried
// column, of months where that is nil. of are the numbers of the groups that the customers of each code are in. Who is a member is left to the caller.
func GroupsOf(c *orders.Carried, codes []GroupCode) (g Grouping, of [][]uint32) {
	naming, tags := namesOfMonths, [][]string(nil)
	if c != nil {
		naming, tags = namesOf(c)
	}
	g.Names, of = named(codes, naming)
	g.Overlaps = tags != nil
	for k, one := range codes {
		g.sets = append(g.sets, groupSet{of[k], float64(one.Customers)})
	}
	return g, of
}

// FirstMonth is the grouping by the month of the first order; any other name is that of a carried column.
const FirstMonth = "first-month"

// GroupedBy tells the customers of a summary apart: by FirstMonth, or by a column that the log carries, named as in its header or by its number;
// false where there is none.
func GroupedBy(l *orders.Log, s orders.Summary, by string) (g Grouping, ok bool) {
	code := make([]int32, len(s.Customer))
	if by == FirstMonth {
		for i, day := range s.First {
			code[i] = MonthCode(day)
		}
		return sorted(code, namesOfMonths), true
	}
	at := carriedColumn(l, by)
	if at < 0 {
		return g, false
	}
	for i, c := range s.Customer {
		code[i] = int32(l.CarriedBy(at, int(c)))
	}
	naming, tags := namesOf(&l.Carried[at])
	g = sorted(code, naming)
	g.Overlaps = tags != nil
	return g, true
}

func namesOfMonths(code int32) []GroupName {
	return []GroupName{{Text: number(int(code/12)) + "-" + twoDigits(int(code%12)+1)}}
}

// namesOf tells what groups the codes of a column stand for; tags are the values of each text, nil where each is one.
func namesOf(c *orders.Carried) (naming func(code int32) []GroupName, tags [][]string) {
	tags = tagsOf(c)
	return func(code int32) []GroupName {
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
	}, tags
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

// sorted makes a Grouping of what customers have, by code, which may stand for several names.
func sorted(codes []int32, name func(code int32) []GroupName) (g Grouping) {
	var counts []GroupCode
	places, place := map[int32]uint32{}, make([]uint32, len(codes))
	for i, code := range codes {
		if i > 0 && code == codes[i-1] { // neighbours are often alike
			place[i] = place[i-1]
		} else if at, known := places[code]; known {
			place[i] = at
		} else {
			place[i] = uint32(len(counts))
			places[code] = place[i]
			counts = append(counts, GroupCode{Code: code})
		}
		counts[place[i]].Customers++
	}
	names, of := named(counts, name)
	g.Names, g.Members = names, make([][]uint32, len(names))
	for i, at := range place {
		for _, k := range of[at] {
			g.Members[k] = append(g.Members[k], uint32(i))
		}
	}
	return g
}

// named names the groups of codes, the largest first, and tells which of them the customers of each code are in; of more than MostGroups, the smallest are one.
func named(codes []GroupCode, name func(code int32) []GroupName) (names []GroupName, of [][]uint32) {
	places := map[GroupName]uint32{}
	var all []GroupName
	var size []uint64
	of = make([][]uint32, len(codes))
	for i, code := range codes {
		for _, one := range name(code.Code) {
			key := GroupName{one.Kind, tagKey(one.Text)}
			place, known := places[key]
			if !known {
				place = uint32(len(all))
				places[key] = place
				all, size = append(all, one), append(size, 0)
			}
			of[i] = append(of[i], place)
			size[place] += code.Customers
		}
	}
	order := make([]int, len(all)) // the largest first
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := all[a], all[b]; {
		case (x.Kind == OtherGroups) != (y.Kind == OtherGroups): // last
			return int(x.Kind) - int(y.Kind)
		case size[a] != size[b]:
			return cmp.Compare(size[b], size[a])
		case x.Kind != y.Kind:
			return int(x.Kind) - int(y.Kind)
		case x.Text < y.Text:
			return -1
		}
		return 1
	})
	to := make([]uint32, len(order))
	for place, k := range order {
		if len(order) > MostGroups && place >= MostGroups-1 {
			to[k] = MostGroups - 1
			if len(names) < MostGroups {
				names = append(names, GroupName{Kind: OtherGroups})
			}
			continue
		}
		to[k] = uint32(place)
		names = append(names, all[k])
	}
	for _, in := range of {
		for i := range in {
			in[i] = to[in[i]]
		}
	}
	for i := range of { // two that are told apart no more count once
		slices.Sort(of[i])
		of[i] = slices.Compact(of[i])
	}
	return names, of
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

// GrowthSums are what a Growth is made of, summed over customers: in any order and any parts.
type GrowthSums struct {
	OldEnough, Money, AtRisk, Came [len(GrowthAges)]float64 // customers, what they spent since the age before, who had not ordered again before it, who has by it
	Squares, Cubes                 [len(GrowthAges)]float64 // what each customer adds to the error of the means: see CustomerGrowth.Errors
}

// Means are what a customer spent since the age before, of those who are old enough.
func (g *GrowthSums) Means() (mean [len(GrowthAges)]float64) {
	for k := range mean {
		mean[k] = ratio(g.Money[k], g.OldEnough[k])
	}
	return mean
}

// Errors are what a customer adds to the error of the sum of the means by each age; GrowthSums has their squares and cubes.
func (c *CustomerGrowth) Errors(g *GrowthSums, mean *[len(GrowthAges)]float64) (off [len(GrowthAges)]float64) {
	sum := 0.0
	for k := range off {
		if k < c.Steps {
			sum += (c.Money[k] - mean[k]) / g.OldEnough[k]
		}
		off[k] = sum
	}
	return off
}

// sums are those of some customers; of all where of is nil.
func (l growthLog) sums(of []uint32) (g GrowthSums) {
	l.each(of, func(c CustomerGrowth) {
		for k := range c.Steps {
			g.OldEnough[k]++
			g.Money[k] += c.Money[k]
			if c.Again >= k {
				g.AtRisk[k]++
			}
			if c.Again == k {
				g.Came[k]++
			}
		}
	})
	mean := g.Means()
	l.each(of, func(c CustomerGrowth) {
		for k, off := range c.Errors(&g, &mean) {
			g.Squares[k] += off * off
			g.Cubes[k] += off * off * off
		}
	})
	return g
}

// growth is that of some customers, whose spread borrows from that of all.
func (g *GrowthSums) growth(all *Growth, margin, level float64) (out Growth) {
	const n = len(GrowthAges)
	out.OldEnough, out.Again, out.Margin = slices.Clone(g.OldEnough[:]), make([]Estimate, n), make([]Estimate, n)
	mean := g.Means()
	total, stays, hazards := 0.0, 1.0, 0.0
	for k := range n {
		if g.OldEnough[k] == 0 {
			break
		}
		total += mean[k]
		one := tail{ratio(g.Squares[k], total*total) * g.OldEnough[k], ratio(g.Cubes[k], math.Pow(g.Squares[k], 1.5)) * math.Sqrt(g.OldEnough[k])}
		if all != nil {
			one = one.pooled(all.tails[k], g.OldEnough[k])
		}
		out.tails = append(out.tails, one)
		out.Margin[k] = one.mean(margin*total, g.OldEnough[k], level)
		if k > 0 && g.AtRisk[k] > 0 {
			h := g.Came[k] / g.AtRisk[k]
			stays *= 1 - h
			if h < 1 {
				hazards += h / (g.AtRisk[k] * (1 - h))
			}
		}
		out.Again[k] = shareEstimate(1-stays, hazards, g.OldEnough[k], level)
		if g.OldEnough[k] >= FewCustomers {
			out.Seen = k + 1
		}
	}
	return out
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
}

// A CustomerGrowth is what one customer did by the ages that they are old enough for.
type CustomerGrowth struct {
	Steps int                      // ages
	Money [len(GrowthAges)]float64 // spent since the age before
	Again int                      // the age by which the second order came; one that is never reached where none did
}

func (l growthLog) each(of []uint32, see func(CustomerGrowth)) {
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
		k := int(s.Customer[i])
		see(GrowthOf(l.log.Days(k), l.log.Amounts(k), s.Split.End))
	}
}

// GrowthOf is that of a customer's orders, ascending, known to a day.
func GrowthOf(days []int32, amounts []float64, end int32) (c CustomerGrowth) {
	for c.Steps < len(GrowthAges) && float64(end-days[0]) >= GrowthAges[c.Steps] {
		c.Steps++
	}
	c.Again = len(GrowthAges)
	at := 0
	for k, day := range days {
		age := float64(day - days[0])
		for at < len(GrowthAges) && age > GrowthAges[at] {
			at++
		}
		if at >= c.Steps {
			break
		}
		c.Money[at] += amounts[k]
		if k == 1 {
			c.Again = at
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

	together func(of func(k int) bool) float64 // customers of some of Each, who may be in several, each once
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
	log := growthLog{l, &a.Summary}
	if same.growth == nil {
		sums := log.sums(nil)
		all := sums.growth(nil, o.Margin, o.level())
		same.growth = &all
	}
	all := Source{Growth: *same.growth}
	all.Customers = float64(len(a.Summary.X))
	for _, x := range a.Summary.X {
		if x > 0 {
			all.Repeaters++
		}
	}
	out := values.sources(all, g, o, func(k int) GrowthSums { return log.sums(g.Members[k]) })
	out.together = func(of func(k int) bool) float64 {
		in := map[uint32]struct{}{}
		for k, members := range g.Members {
			if of(k) {
				for _, i := range members {
					in[i] = struct{}{}
				}
			}
		}
		return float64(len(in))
	}
	return out, Done
}

// sources puts what groups are worth and what they brought by each age together.
func (values *Groups) sources(all Source, g Grouping, o Options, grown func(k int) GrowthSums) *Sources {
	level := o.level()
	ages := GrowthAges
	out := &Sources{Ages: ages[:], Overlap: g.Overlaps, All: all}
	out.All.Repeats, out.All.OrderValue, out.All.Value = values.All.Repeats, values.All.OrderValue, values.All.Value
	out.All.follow(values.ahead, values.noise, o.Margin, level)
	for k, name := range g.Names {
		sums := grown(k)
		one := Source{GroupName: name, GroupValue: values.Each[k], Growth: sums.growth(&out.All.Growth, o.Margin, level)}
		one.follow(one.ahead, one.noise, o.Margin, level)
		if one.Differs {
			out.Differ++
		}
		out.Each = append(out.Each, one)
	}
	return out
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
		s.Paid.Customers = s.together(func(k int) bool { return s.Each[k].Payback.Known })
	}
	if s.Paid.Customers > 0 {
		s.All.Cost = s.Paid.Cost
		s.All.pay()
		cac := s.Paid.Cost / s.Paid.Customers
		mean := finite(worth / members / cac)
		s.Paid.Payback = Payback{Known: true, CAC: cac, Ratio: Estimate{mean, mean, mean}}
	}
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

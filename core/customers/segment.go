package customers

// A Segment is a group by value and risk, to act on.
type Segment uint8

// The segments: three levels of value by three of risk, and who is too new to tell.
const (
	Champion Segment = iota
	SlippingChampion
	LostChampion
	Regular
	SlippingRegular
	LostRegular
	Occasional
	SlippingOccasional
	LostOccasional
	Newcomer
	SegmentCount // how many there are
)

var segmentNames = [...]string{"champion", "slipping_champion", "lost_champion", "regular", "slipping_regular",
	"lost_regular", "occasional", "slipping_occasional", "lost_occasional", "newcomer"}

// String returns the segment's name on the wire, empty for an unknown segment.
func (s Segment) String() string { return name(segmentNames[:], int(s)) }

// Cuts are where segments part. The zero value is filled in with the numbers given: conventions, to be set as a shop acts. A fifth of the customers is the usual
// share of the best (Pareto's), half is where the typical customer stands; P(alive) in even thirds, nearly; within a month few shops expect a second order.
type Cuts struct {
	Champions float64 // share of the customers who are worth most if still there; 0.2
	Regulars  float64 // share of the next; 0.3
	Safe      float64 // P(alive) from which there is no worry; 0.7
	Lost      float64 // P(alive) below which there is little hope; 0.3
	NewDays   float64 // days since the first order within which one-time buyers are newcomers; 30
}

// Complete fills the zero value in.
func (c Cuts) Complete() Cuts {
	if c == (Cuts{}) {
		return Cuts{0.2, 0.3, 0.7, 0.3, 30}
	}
	return c
}

// AtStake returns what every customer would be worth if they are still there. Its
// difference from Values.Value is what is expected to be lost.
func AtStake(b Base, s Scores, v Values) []float64 {
	out := make([]float64, b.Len())
	for i, row := range b.Row {
		out[i] = finite(ratio(v.Value[i], s.Alive[row]))
	}
	return out
}

// Segments sorts customers by what they would be worth if they are still there,
// Value/P(alive), so that a good customer who slips away stays a good customer, and
// by P(alive). unitDays is Model.UnitDays.
func Segments(b Base, s Scores, v Values, cuts Cuts, unitDays float64) ([]Segment, Status) {
	if len(s.Alive) != b.Table.Len() || len(v.Value) != b.Len() {
		return nil, BadData
	}
	cuts = cuts.Complete()
	loyal := AtStake(b, s, v)
	out := make([]Segment, b.Len())
	for k, i := range descending(loyal) {
		row, part := b.Row[i], (float64(k)+0.5)/float64(b.Len())
		out[i] = cuts.SegmentAt(part, b.Table.X[row], b.Table.T[row]*unitDays, s.Alive[row])
	}
	return out, Done
}

// A SegmentSum is the customers of a segment together.
type SegmentSum struct {
	Customers      float64
	Alive          float64 // expected number still there
	Spend          float64 // so far
	ExpectedOrders float64 // within the horizon
	ExpectedSpend  float64 // their money
	Value          float64 // its margin, discounted
	Ranges         SegmentRanges
}

// SegmentRanges are those of a segment's sums as the headline gives the whole: with the level asked for where earlier forecasts
// could be checked, with 80 % where not. Zero without totals.
type SegmentRanges struct {
	Orders, Spend, Value Estimate
	Told                 bool // that of the value says something (Estimate.Told)
}

// BySegment adds the customers of each segment up.
func (a *Answer) BySegment() []SegmentSum {
	sums := make([]SegmentSum, SegmentCount)
	for i, part := range a.Segments {
		s, row := &sums[part], a.Base.Row[i]
		expected := a.Scores.Expected[row]
		s.Customers++
		s.Alive += a.Scores.Alive[row]
		s.Spend += a.Summary.Spend[i]
		s.ExpectedOrders += expected
		s.ExpectedSpend += expected * a.Values.OrderValue[i]
		s.Value += a.Values.Value[i]
	}
	if a.Parts == nil {
		return sums
	}
	r, o := a.record(), a.Settings.Options
	if !r.Checked() {
		o.Level = min(o.level(), likelyLevel)
	}
	for i := range sums {
		t := a.Parts[i].part(a.Totals, r, o)
		sums[i].Ranges = SegmentRanges{t.Orders, t.Spend, t.Value, t.Value.Told()}
	}
	return sums
}

// StakeBySegment adds up what the customers of each segment would be worth if all were still there.
func (a *Answer) StakeBySegment() (sum [SegmentCount]float64) {
	_, sum = BySegment(a.Segments, AtStake(a.Base, a.Scores, a.Values))
	return sum
}

// parts totals each segment: its customers' chance averages out among themselves alone, so that of a small one the range is wider
// than that of the whole.
func (a *Answer) parts(m *Model, o Options) ([]Totals, Status) {
	members := make([][]uint32, SegmentCount)
	for i, s := range a.Segments {
		members[s] = append(members[s], uint32(i))
	}
	out := make([]Totals, SegmentCount)
	place := make([]uint32, a.Base.Table.Len())
	for s, of := range members {
		if len(of) == 0 {
			continue
		}
		b, rows := a.Base.part(of, place)
		scores := Scores{Alive: pick(a.Scores.Alive, rows), Expected: pick(a.Scores.Expected, rows)}
		outcomes := Outcomes{None: pick(a.Outcomes.None, rows), Variance: pick(a.Outcomes.Variance, rows)}
		values := Values{OrderValue: pick(a.Values.OrderValue, of), Value: pick(a.Values.Value, of)}
		var status Status
		if out[s], status = m.totalFrom(sharedRows/int(SegmentCount), b, scores, outcomes, values, o); status != Done {
			return nil, status
		}
	}
	return out, Done
}

// checkParts gives the parts the intervals that a record gives them.
func (a *Answer) checkParts(r *Record) {
	for i, t := range a.Parts {
		a.Parts[i] = t.part(a.Totals, r, a.Settings.Options)
	}
}

// BySegment counts the customers of each segment and adds a column of theirs up.
func BySegment(segments []Segment, column []float64) (count, sum [SegmentCount]float64) {
	for i, s := range segments {
		if s < SegmentCount && i < len(column) {
			count[s]++
			sum[s] += column[i]
		}
	}
	return count, sum
}

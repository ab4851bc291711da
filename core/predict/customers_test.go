package predict_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"hourglass/core/cbs"
	"hourglass/core/customers"
	"hourglass/core/fit"
	"hourglass/core/mbgcnbd"
	"hourglass/core/notice"
	"hourglass/core/orders"
	"hourglass/core/predict"
	"hourglass/core/sample"
	"hourglass/core/sbg"
	"hourglass/core/special"
	"hourglass/internal/cdnow"
)

// cdnowCustomers are the 2,357 customers of the CDNOW sample with their mean spend, in weeks.
func cdnowCustomers(model predict.ModelChoice) predict.CustomersInput {
	c := cdnow.Sample()
	return predict.CustomersInput{Frequency: c.X, Recency: c.TX, Age: c.T, MeanSpend: c.Spend, UnitDays: 7, Model: model,
		HorizonDays: 273, GrossMargin: new(0.4), AnnualDiscountRate: 0.1}
}

const (
	auto predict.ModelChoice = iota
	byBGNBD
	byMBGNBD
	byParetoNBD
	byMBGCNBD
)

// What the calculation says of CDNOW is what core/customers says, to the last digit: values, intervals, ranks, segments,
// totals; and the sums are those of the reference values (recomputed with the R packages).
func TestValueIsThatOfCustomers(t *testing.T) {
	for _, want := range []struct {
		model           predict.ModelChoice
		alive, expected float64
	}{{byBGNBD, 1917.28, 1653.41}, {byMBGNBD, 1057.64, 1576.73}, {byParetoNBD, 1051.88, 1665.51}} {
		out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: cdnowCustomers(want.model), Level: 0.9, CAC: new(10.0)})
		if notes.Refused() {
			t.Fatal(notes)
		}
		near(t, "sum of P(alive)", *out.All.StillThere, want.alive, 0.005)
		near(t, "sum of expected orders", *out.All.Orders, want.expected, 0.005)
		if has(notes, notice.NeverReturnedAlive, "frequency") != (want.model == byBGNBD) {
			t.Errorf("%v: %v", want.model, notes)
		}
		compare(t, out, customers.Kind(want.model-1))
	}
	out, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: cdnowCustomers(auto), Level: 0.95})
	if out.Model != customers.MBGNBD || out.Reason != customers.FitsBest || out.New.Ratio != nil {
		t.Errorf("by AIC it is MBG/NBD: %v, %v, %v", out.Model, out.Reason, out.New.Ratio)
	}
}

// compare does what the calculation does with core/customers alone.
func compare(t *testing.T, got predict.CustomersValueResult, kind customers.Kind) {
	t.Helper()
	c := cdnow.Sample()
	s := orders.Summary{Split: orders.Split{UnitDays: 7}, X: c.X, TX: c.TX, T: c.T, Mean: c.Spend, First: make([]int32, c.Len())}
	b, _ := customers.Group(c.Table)
	best := customers.Fit(kind, b.Fittable(), nil)
	u, _ := best.Uncertain(b.Fittable(), nil)
	m := customers.Build(&best, u, customers.FitSpend(s, nil).Spend, s)
	o := customers.Options{HorizonDays: 273, AnnualDiscount: 0.1, Margin: 0.4, Level: 0.9}
	scores, _ := m.Score(b, o, nil)
	outcomes, _ := m.Outcomes(b, o, nil)
	v, _ := m.Value(b, s.Mean, scores, outcomes, o)
	segments, _ := customers.Segments(b, scores, v, customers.Cuts{}, 7)
	totals, _ := m.Total(b, scores, outcomes, v, o)
	fresh, _ := m.NewCustomer(o, 10)
	spread := customers.Concentrate(v.Value)
	for i, row := range b.Row {
		spend := scores.Expected[row] * v.OrderValue[i]
		want := predict.CustomerValue{Alive: scores.Alive[row], Orders: scores.Expected[row], OrderValue: &v.OrderValue[i],
			Spend: &spend, CLV: &v.Value[i], Lower: &v.Low[i], Upper: &v.High[i],
			Rank: float64(v.Rank[i]), Decile: float64(customers.Decile(v.Rank[i], uint32(c.Len()))), Segment: segments[i]}
		if !reflect.DeepEqual(got.Each[i], want) {
			t.Fatalf("customer %d: %+v, want %+v", i, got.Each[i], want)
		}
	}
	all := predict.Population{Customers: 2357, StillThere: &totals.Alive,
		Orders: &totals.Orders.Value, OrdersLower: &totals.Orders.Low, OrdersUpper: &totals.Orders.High,
		Spend: &totals.Spend.Value, SpendLower: &totals.Spend.Low, SpendUpper: &totals.Spend.High,
		CLV: &totals.Value.Value, CLVLower: &totals.Value.Low, CLVUpper: &totals.Value.High, Gini: &spread.Gini, TopTenthShare: &spread.TopDecile}
	if !reflect.DeepEqual(got.All, all) {
		t.Errorf("all: %+v, want %+v", got.All, all)
	}
	if *got.New.CLV != fresh.Value.Value || *got.New.CLVLower != fresh.Value.Low || *got.New.Ratio != fresh.Ratio.Value ||
		*got.New.RatioUpper != fresh.Ratio.High || *got.New.Repeats != fresh.Repeats.Value {
		t.Errorf("a new customer: %+v, want %+v", got.New, fresh)
	}
}

// The segments hold everyone once, and their sums are those of customers/value.
func TestSegmentsAddUp(t *testing.T) {
	in := cdnowCustomers(byMBGNBD)
	all, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
	out, notes := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: in, Level: 0.95})
	if notes.Refused() || len(out.Segments) != int(customers.SegmentCount) {
		t.Fatal(notes, len(out.Segments))
	}
	var count, alive, orders, clv, loss float64
	for _, s := range out.Segments {
		count += s.Customers
		alive += *s.StillThere
		orders += *s.Orders
		clv += *s.CLV
		loss += *s.Loss
		near(t, "loss", *s.AtStake-*s.CLV, *s.Loss, 1e-9*(1+*s.AtStake))
		if s.Customers > 0 && !(*s.OrdersLower < *s.Orders && *s.Orders < *s.OrdersUpper && *s.CLVLower < *s.CLV && *s.CLV < *s.CLVUpper) {
			t.Errorf("%+v", s)
		}
	}
	near(t, "customers", count, 2357, 0)
	near(t, "alive", alive, *all.All.StillThere, 1e-8)
	near(t, "orders", orders, *all.All.Orders, 1e-8)
	near(t, "value", clv, *all.All.CLV, 1e-8**all.All.CLV)
	near(t, "loss", loss, *out.Loss, 1e-8**out.Loss)
	near(t, "at stake", *out.AtStake-*out.Loss, *all.All.CLV, 1e-8**all.All.CLV)
	for i, c := range all.Each {
		if s := out.Segments[c.Segment]; s.Customers == 0 {
			t.Fatalf("customer %d is in %v, which is empty", i, c.Segment)
		}
	}
}

// A row that stands for several is as many rows.
func TestWeightsAreRows(t *testing.T) {
	in := predict.CustomersInput{UnitDays: 1, HorizonDays: 100, GrossMargin: new(0.5),
		Frequency: []float64{0, 1, 3, 7, 2}, Recency: []float64{0, 20, 90, 200, 15}, Age: []float64{100, 150, 120, 210, 200},
		MeanSpend: []float64{0, 10, 25, 12, 40}, Weights: []float64{30, 12, 9, 4, 11}}
	apart := in
	apart.Frequency, apart.Recency, apart.Age, apart.MeanSpend, apart.Weights = nil, nil, nil, nil, nil
	var rows []int
	for i, w := range in.Weights {
		for range int(w) {
			rows = append(rows, i)
			apart.Frequency, apart.Recency = append(apart.Frequency, in.Frequency[i]), append(apart.Recency, in.Recency[i])
			apart.Age, apart.MeanSpend = append(apart.Age, in.Age[i]), append(apart.MeanSpend, in.MeanSpend[i])
		}
	}
	a, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
	b, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: apart, Level: 0.95})
	if !reflect.DeepEqual(a.All, b.All) || *a.New.CLV != *b.New.CLV {
		t.Errorf("%+v\n%+v", a.All, b.All)
	}
	for k, i := range rows {
		if *a.Each[i].CLV != *b.Each[k].CLV || k > 0 && rows[k-1] == i {
			continue
		}
		if a.Each[i].Rank != b.Each[k].Rank {
			t.Errorf("row %d: rank %v, that of its first customer %v", i, a.Each[i].Rank, b.Each[k].Rank)
		}
	}
	s, _ := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: in, Level: 0.95})
	u, _ := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: apart, Level: 0.95})
	if !reflect.DeepEqual(s.Segments, u.Segments) {
		t.Error("the segments differ")
	}
}

func TestCustomersThatCannotBe(t *testing.T) {
	one := func(x, tx, age float64) predict.CustomersInput {
		return predict.CustomersInput{Frequency: []float64{x}, Recency: []float64{tx}, Age: []float64{age}, UnitDays: 1, HorizonDays: 365, GrossMargin: new(1.0)}
	}
	with := func(in predict.CustomersInput, change func(*predict.CustomersInput)) predict.CustomersInput {
		change(&in)
		return in
	}
	for name, c := range map[string]struct {
		in    predict.CustomersInput
		code  notice.Code
		field string
	}{
		"an empty list":       {predict.CustomersInput{UnitDays: 1}, notice.TooFew, "frequency"},
		"a list too long":     {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.Frequency = make([]float64, 20001) }), notice.TooMany, "frequency"},
		"too many customers":  {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.Weights = []float64{100001} }), notice.TooManyCustomers, "weights"},
		"half a customer":     {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.Weights = []float64{1.5} }), notice.NotWhole, "weights/0"},
		"no customer":         {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.Weights = []float64{0} }), notice.TooLow, "weights/0"},
		"lengths":             {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.MeanSpend = []float64{1, 2} }), notice.LengthsDiffer, "mean_spend"},
		"a negative amount":   {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.MeanSpend = []float64{-5} }), notice.TooLow, "mean_spend/0"},
		"t_x after T":         {one(1, 3, 2), notice.RecencyAfterAge, "recency/0"},
		"x without t_x":       {one(1, 0, 2), notice.RepeatWithoutRecency, "recency/0"},
		"t_x without x":       {one(0, 1, 2), notice.RecencyWithoutRepeat, "recency/0"},
		"half an order":       {one(0.5, 1, 2), notice.NotWhole, "frequency/0"},
		"all on the last day": {one(0, 0, 0), notice.NothingObserved, "age"},
		"an unknown model":    {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.Model = 255 }), notice.UnknownOption, "model"},
		"an unknown mean":     {with(one(1, 1, 2), func(in *predict.CustomersInput) { in.MeanSpendOf = 2 }), notice.UnknownOption, "mean_spend_of"},
	} {
		if _, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: c.in, Level: 0.95}); !has(notes, c.code, c.field) || !notes.Refused() {
			t.Errorf("%s: %v", name, notes)
		}
		if _, notes := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: c.in, Level: 0.95}); !has(notes, c.code, c.field) || !notes.Refused() {
			t.Errorf("%s, segments: %v", name, notes)
		}
	}
}

// What little data can tell is told, with a sentence beside it.
func TestFewCustomers(t *testing.T) {
	value := func(in predict.CustomersInput) (predict.CustomersValueResult, notice.List) {
		t.Helper()
		in.UnitDays, in.HorizonDays, in.GrossMargin = 1, 365, new(0.5)
		out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
		if notes.Refused() {
			t.Fatal(notes)
		}
		return out, notes
	}
	one, notes := value(predict.CustomersInput{Frequency: []float64{3}, Recency: []float64{90}, Age: []float64{120}, MeanSpend: []float64{20}})
	if !has(notes, notice.FewRepeats, "frequency") || len(one.Each) != 1 || one.Each[0].Rank != 1 || one.Each[0].Decile != 1 || !(*one.Each[0].CLV > 0) {
		t.Errorf("one customer: %+v, %v", one.Each, notes)
	}

	nobody := predict.CustomersInput{Frequency: make([]float64, 60), Recency: make([]float64, 60)}
	for i := range 60 {
		nobody.Age = append(nobody.Age, float64(30+i))
		nobody.MeanSpend = append(nobody.MeanSpend, float64(20+i%5))
	}
	out, notes := value(nobody)
	if !has(notes, notice.FirstOrdersOnly, "frequency") || !has(notes, notice.FewRepeats, "frequency") || out.SpendBasis == customers.NoSpend {
		t.Errorf("nobody came back: %v, %v", out.SpendBasis, notes)
	}
	near(t, "what a first order is worth", *out.New.OrderValue, 22, 1e-6)
	refuses(t, out, notes)

	nobody.MeanSpend = nil
	// What the data cannot tell is left out: a value of 0 would be a number.
	out, notes = value(nobody)
	c := out.Each[0]
	if !has(notes, notice.NoAmounts, "mean_spend") || c.OrderValue != nil || c.Spend != nil || c.CLV != nil || c.Lower != nil || c.Upper != nil ||
		out.New.OrderValue != nil || out.New.CLV != nil || out.All.Spend != nil || out.All.CLV != nil || out.All.Gini != nil || out.New.Ratio != nil {
		t.Errorf("no amounts: %+v, %+v, %+v, %v", c, out.New, out.All, notes)
	}
	seen := cdnowCustomers(byMBGNBD)
	seen.MeanSpend = nil
	without, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: seen, Level: 0.95})
	if without.All.Orders == nil || without.New.Repeats == nil || without.All.CLV != nil || without.New.CLV != nil || !(without.Each[0].Orders > 0) {
		t.Errorf("orders without amounts: %+v, %+v", without.All, without.New)
	}
	parts, _ := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: seen, Level: 0.95})
	if parts.Loss != nil || parts.AtStake != nil || parts.Segments[0].CLV != nil || parts.Segments[0].Spend != nil || parts.Segments[0].Orders == nil {
		t.Errorf("segments without amounts: %+v", parts.Segments[0])
	}

	// Bootstrap replicates of these four have a and b near 1e-23.
	four, notes := value(predict.CustomersInput{Frequency: []float64{2, 1, 0, 5}, Recency: []float64{30, 10, 0, 38},
		Age: []float64{38, 38, 30, 39}, MeanSpend: []float64{10, 20, 0, 30}})
	refuses(t, four, notes)
	for _, c := range four.Each {
		if !(*c.Lower <= *c.CLV && *c.CLV <= *c.Upper && *c.Upper < 1e4) {
			t.Errorf("four customers: %+v", c)
		}
	}
}

// refuses holds that there are no totals, and that both they and the single values say so.
func refuses(t *testing.T, out predict.CustomersValueResult, notes notice.List) {
	t.Helper()
	a, n := out.All, out.New
	if a.StillThere != nil || a.Orders != nil || a.SpendUpper != nil || a.CLV != nil || a.Gini != nil || n.CLV != nil || n.Repeats != nil || n.Ratio != nil {
		t.Errorf("%v, %v", a, n)
	}
	if !has(notes, notice.TooLittle, "horizon_days") || !has(notes, notice.TooLittle, "by_row") {
		t.Error(notes)
	}
}

// Ten times as far ahead as the data look back, there is no total; who is still there can be told all the same.
func TestTooFarAhead(t *testing.T) {
	in := cdnowCustomers(byMBGNBD)
	in.HorizonDays = 10 * 39 * 7
	out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95, CAC: new(1e6)})
	if out.All.Orders != nil || out.All.StillThere == nil || out.New.Ratio != nil || has(notes, notice.BelowCost, "cac") || !has(notes, notice.TooLittle, "by_row") {
		t.Errorf("%v, %v, %v", out.All, out.New, notes)
	}
	for _, n := range notes {
		if n.Code == notice.TooLittle && n.Limit != 1088 { // four times 38.86 weeks
			t.Error(n)
		}
	}
	parts, notes := predict.CustomersSegments(predict.CustomersSegmentsInput{CustomersInput: in, Level: 0.95})
	if one := parts.Segments[customers.Champion]; parts.Loss != nil || one.Orders != nil || one.CLVUpper != nil || one.StillThere == nil || !(one.Customers > 0) || !has(notes, notice.TooLittle, "segments") {
		t.Errorf("%v, %v", parts, notes)
	}
	in.HorizonDays = 1088
	if out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95}); out.All.Orders == nil || has(notes, notice.TooLittle, "horizon_days") {
		t.Error(out.All, notes)
	}
}

// With the logarithms of the gaps, regular buyers are told from others, alike whether rows stand for one customer or several; on CDNOW,
// where gaps are by chance, they change nothing that is chosen. Monthly gaps are taken for a subscription's.
func TestLogGaps(t *testing.T) {
	source := sample.NewSource(5)
	for _, c := range []struct {
		k      int
		days   float64 // between orders
		warned bool
	}{{3, 28, false}, {6, 30, true}, {6, 45, false}, {1, 30, false}} {
		k := float64(c.k)
		ages := make([]float64, 800)
		for i := range ages {
			ages[i] = 400 + 300*source.Uniform()
		}
		table := mbgcnbd.Params{K: c.k, R: 40, Alpha: 40 * c.days / k, A: .6, B: 8}.Simulate(ages, source.Uniform)
		in := predict.CustomersInput{Frequency: table.X, Recency: table.TX, Age: table.T, LogGaps: table.Gaps, UnitDays: 1, HorizonDays: 182, GrossMargin: new(0.5)}
		out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
		if notes.Refused() {
			t.Fatal(notes)
		}
		if regular := out.Model == customers.MBGCNBD; regular != (c.k > 1) || regular && *out.Parameters.K != k {
			t.Errorf("k = %d: %v", c.k, out)
		}
		if has(notes, notice.LikeSubscription, "model") != c.warned {
			t.Errorf("k = %d, %v days: %v", c.k, c.days, notes)
		}
	}

	in := predict.CustomersInput{UnitDays: 1, HorizonDays: 100, GrossMargin: new(0.5), Model: byMBGCNBD, Frequency: []float64{0, 2, 2, 7, 4}, Recency: []float64{0, 90, 90, 200, 150},
		Age: []float64{100, 150, 150, 210, 200}, LogGaps: []float64{0, 7.6, 6, 23, 14}, Weights: []float64{30, 12, 3, 14, 11}}
	apart := in
	apart.Frequency, apart.Recency, apart.Age, apart.LogGaps, apart.Weights = nil, nil, nil, nil, nil
	for i, w := range in.Weights {
		for range int(w) {
			apart.Frequency, apart.Recency = append(apart.Frequency, in.Frequency[i]), append(apart.Recency, in.Recency[i])
			apart.Age, apart.LogGaps = append(apart.Age, in.Age[i]), append(apart.LogGaps, in.LogGaps[i])
		}
	}
	a, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
	b, _ := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: apart, Level: 0.95})
	near(t, "rows that stand for several", *a.All.Orders, *b.All.Orders, 1e-6**b.All.Orders)

	for field, spoil := range map[string]func(in *predict.CustomersInput){
		"log_gaps":   func(in *predict.CustomersInput) { in.LogGaps = nil },
		"log_gaps/1": func(in *predict.CustomersInput) { in.LogGaps = []float64{0, 7.7, 6, 23, 14} }, // beyond 2 ln 45
	} {
		bad := in
		spoil(&bad)
		if _, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: bad, Level: 0.95}); !notes.Refused() || notes[0].Field != field {
			t.Errorf("%s: %v", field, notes)
		}
	}
}

// One customer who is most of the value is warned.
func TestGiant(t *testing.T) {
	in := cdnowCustomers(byMBGNBD)
	if _, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95}); has(notes, notice.OneGiant, "") {
		t.Error(notes)
	}
	in.MeanSpend = slices.Clone(in.MeanSpend)
	for i, x := range in.Frequency {
		if x >= 10 {
			in.MeanSpend[i] = 1e6
			break
		}
	}
	if _, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95}); !has(notes, notice.OneGiant, "") {
		t.Error(notes)
	}
}

// Several groups are one likelihood: that of their counts by age, and of one group cut in two.
func TestSBGFit(t *testing.T) {
	survivors := []float64{1000, 869, 743, 653, 593, 551, 517, 491}
	one, notes := predict.SBGFit(predict.SBGInput{Cohorts: []predict.Cohort{{Survivors: survivors}}, Discount: 0.1, Periods: 12})
	if len(notes) > 0 || one.Fit.Status != fit.Converged || one.Limit != sbg.NoLimit || one.Fit.Customers != 1000 {
		t.Fatalf("%+v %v", one, notes)
	}
	near(t, "alpha (Fader & Hardie 2007, High End)", one.Parameters.Alpha, .668088, 1e-6)
	near(t, "beta", one.Parameters.Beta, 3.806096, 4e-6)
	near(t, "log-likelihood", one.Fit.LogLikelihood, -1611.1581, 5e-5)
	near(t, "S(8)", one.Curve.Survival[7], 0.460, 5e-4)
	near(t, "DERL of the eighth renewal (2010)", one.Curve.DERL[7], 7.530, 5e-4)
	near(t, "observed retention", one.Curve.Observed[0], 0.869, 1e-12)
	if *one.StandardErrors.Alpha <= 0 || len(one.Curve.Observed) != 7 || len(one.Curve.Kept) != 12 {
		t.Errorf("%+v", one.Curve)
	}
	p := sbg.Params(one.Parameters)
	if want, outcome := p.DEL(0.1, sbg.Start); outcome != special.OK || *one.Lifetime != want {
		t.Errorf("lifetime %v, want %v", *one.Lifetime, want)
	}

	var halves []predict.Cohort
	for _, share := range []float64{0.3, 0.7} {
		var part []float64
		for _, n := range survivors {
			part = append(part, share*n)
		}
		halves = append(halves, predict.Cohort{Survivors: part})
	}
	two, _ := predict.SBGFit(predict.SBGInput{Cohorts: halves, Periods: 1})
	near(t, "alpha of both", two.Parameters.Alpha, one.Parameters.Alpha, 1e-8)
	near(t, "log-likelihood of both", two.Fit.LogLikelihood, one.Fit.LogLikelihood, 1e-7)
	if len(two.Curve.DERL) != 0 || two.Lifetime != nil {
		t.Error("alpha below 1 and nothing discounted: no limit", two.Curve.DERL)
	}

	for name, c := range map[string]struct {
		cohorts []predict.Cohort
		code    notice.Code
		field   string
	}{
		"no group":        {nil, notice.TooFew, "cohorts"},
		"one figure":      {[]predict.Cohort{{Survivors: []float64{5}}}, notice.TooFew, "cohorts/0/survivors"},
		"a rising count":  {[]predict.Cohort{{Survivors: survivors}, {Survivors: []float64{5, 4, 6}}}, notice.Rising, "cohorts/1/survivors/2"},
		"a negative":      {[]predict.Cohort{{Survivors: []float64{5, -1}}}, notice.TooLow, "cohorts/0/survivors/1"},
		"nobody":          {[]predict.Cohort{{Survivors: []float64{0, 0}}}, notice.NotAbove, "cohorts/0/survivors/0"},
		"nobody leaves":   {[]predict.Cohort{{Survivors: []float64{5, 5}}}, notice.AllSame, "cohorts"},
		"constant churn":  {[]predict.Cohort{{Survivors: []float64{1000, 500, 250, 125}}}, notice.LimitingModel, ""},
		"a single period": {[]predict.Cohort{{Survivors: []float64{10, 5}}}, notice.NotIdentified, ""},
	} {
		if out, notes := predict.SBGFit(predict.SBGInput{Cohorts: c.cohorts, Periods: 3}); !has(notes, c.code, c.field) {
			t.Errorf("%s: %v (%v)", name, notes, out.Fit.Status)
		}
	}
}

// The table of a fit takes nobody of age zero; a list of customers does, and values them like anyone new.
func TestWhoCameOnTheLastDay(t *testing.T) {
	in := cdnowCustomers(byMBGNBD)
	in.Frequency, in.Recency, in.Age, in.MeanSpend = append(slices.Clone(in.Frequency), 0), append(slices.Clone(in.Recency), 0),
		append(slices.Clone(in.Age), 0), append(slices.Clone(in.MeanSpend), 0)
	out, notes := predict.CustomersValue(predict.CustomersValueInput{CustomersInput: in, Level: 0.95})
	last := out.Each[len(out.Each)-1]
	if notes.Refused() || !(*last.CLV > 0) || last.Segment != customers.Newcomer || math.Abs(last.Orders-*out.New.Repeats) > 1e-9 {
		t.Errorf("%+v, %v", last, notes)
	}
	if fault := (cbs.Table{X: []float64{0}, TX: []float64{0}, T: []float64{0}}).Validate(); fault.Code != cbs.BadAge {
		t.Error(fault)
	}
}

// CDNOW's sample, 39 weeks ahead of the 39 that are known: what the test period says is what the evidence of an order log says, which is held to the literature's error; by
// orders alone the rankings are those of orders; rows that stand for several count as such; what does not fit is named.
func TestValueAgainstATestPeriod(t *testing.T) {
	in := predict.CustomersValueInput{CustomersInput: cdnowCustomers(byMBGNBD), Level: 0.95}
	in.TestOrders = cdnow.Sample().Holdout
	out, notes := predict.CustomersValue(in)
	if notes.Refused() || len(out.Test) != 2 || len(out.TestDeciles) != 10 || len(out.TestRanking) != 3 {
		t.Fatal(notes, out.Test)
	}
	model, on := out.Test[0], out.Test[1]
	near(t, "MAE of a customer", model.MAE*model.Actual/2357, .76478, 1e-2)
	near(t, "expected", model.Expected, *out.All.Orders, 1e-9*model.Expected)
	// The gain is in the sizes: by rank the rate so far is as good here.
	if model.Rule != customers.ByForecast || on.Rule != customers.RateOn || !(model.MAE < on.MAE && math.Abs(model.Gini-on.Gini) < .01 && model.Gini > .6 && model.Spearman > .4) {
		t.Errorf("%+v, %+v", model, on)
	}
	sum := 0.0
	for k, d := range out.TestDeciles {
		if sum += d.Actual; d.Decile != float64(k+1) {
			t.Errorf("%+v", d)
		}
	}
	near(t, "deciles", sum, model.Actual, 1e-9)
	if by := out.TestRanking; by[0].Ranking != customers.ByModel || by[0].Leads != 0 || !(by[0].Fifth > .5 && by[0].Tenth < by[0].Fifth) {
		t.Errorf("%+v", by)
	}
	far := in
	far.HorizonDays = 36500
	if out, _ := predict.CustomersValue(far); out.Test != nil || out.TestDeciles != nil || out.TestRanking != nil {
		t.Error("a test of no forecast")
	}
	for name, break_ := range map[string]func(*predict.CustomersValueInput){
		"too few": func(in *predict.CustomersValueInput) { in.TestOrders = in.TestOrders[1:] },
		"below zero": func(in *predict.CustomersValueInput) {
			in.TestOrders = slices.Clone(in.TestOrders)
			in.TestOrders[3] = -1
		},
		"spend without orders":   func(in *predict.CustomersValueInput) { in.TestSpend, in.TestOrders = in.TestOrders, nil },
		"spend of other lengths": func(in *predict.CustomersValueInput) { in.TestSpend = []float64{1} },
	} {
		bad := in
		break_(&bad)
		if _, notes := predict.CustomersValue(bad); !notes.Refused() {
			t.Error(name)
		}
	}
}

// A group by number: those who ordered often differ, those by lot do not, rows that stand for several are as many rows, and what is no group is named.
func TestValueByGroup(t *testing.T) {
	in := predict.CustomersValueInput{CustomersInput: cdnowCustomers(byMBGNBD), Level: 0.95}
	none, _ := predict.CustomersValue(in)
	if none.Groups != nil {
		t.Error("groups that nobody asked for")
	}
	lot := sample.NewSource(3)
	for range in.Frequency {
		in.Group = append(in.Group, float64(1+lot.Uint64()%3))
	}
	out, notes := predict.CustomersValue(in)
	if notes.Refused() || len(out.Groups) != 3 || !reflect.DeepEqual(out.All, none.All) {
		t.Fatal(notes, len(out.Groups))
	}
	for i, g := range out.Groups {
		if !(*g.AgainstLower < 1 && *g.AgainstUpper > 1 && *g.CLVLower < *g.CLV && *g.CLV < *g.CLVUpper && g.Own > 0 && g.Own < 1) {
			t.Errorf("by lot, group %d: %+v", i+1, g)
		}
	}
	for i, x := range in.Frequency {
		in.Group[i] = 1
		if x > 0 {
			in.Group[i] = 2
		}
	}
	if out, _ = predict.CustomersValue(in); !(*out.Groups[0].AgainstUpper < 1 && *out.Groups[1].AgainstLower > 1) {
		t.Errorf("those who came back and those who did not: %+v", out.Groups)
	}

	short := predict.CustomersValueInput{CustomersInput: cdnowCustomers(byMBGNBD), Level: 0.95}
	short.Group = []float64{1}
	if _, notes := predict.CustomersValue(short); !notes.Refused() {
		t.Error("one group for 2,357 rows")
	}
	for _, g := range []float64{0, 51, 1.5, -1} {
		in.Group[7] = g
		if _, notes := predict.CustomersValue(in); !notes.Refused() {
			t.Errorf("group %v", g)
		}
	}
}

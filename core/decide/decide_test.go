package decide

import (
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

// subscription is the value of a customer of margin in[0], churn in[1] and discount in[2] (Gupta & Lehmann 2003, with the
// first payment at once).
func subscription(in []float64) float64 {
	if !(in[1] > 0 && in[1] <= 1) {
		return math.NaN()
	}
	return in[0] * (1 + in[2]) / (in[1] + in[2])
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: %.17g, want %.17g", what, got, want)
	}
}

func TestTornadoIsDirectCalls(t *testing.T) {
	in := []float64{80, 0.05, 0.01}
	out := make([]float64, 4)
	Tornado(subscription, in, []Range{{At: 1, Low: 0.03, High: 0.07}, {At: 2, Low: 0, High: 0}}, out)
	for i, want := range [][]float64{{80, 0.03, 0.01}, {80, 0.07, 0.01}, {80, 0.05, 0}, {80, 0.05, 0}} {
		if out[i] != subscription(want) {
			t.Error(i, out[i])
		}
	}
	if in[1] != 0.05 || in[2] != 0.01 {
		t.Error("the stream is not as it was", in)
	}
}

func TestGridIsDirectCalls(t *testing.T) {
	in := []float64{80, 0.05, 0.01}
	a, b := Range{At: 0, Low: 1, High: 4, Whole: true}, Range{At: 1, Low: 0, High: 0.2}
	out := make([]float64, 4*5)
	Grid(subscription, in, &a, &b, 4, 5, out)
	for i, v := range out {
		want := subscription([]float64{float64(1 + i/5), 0.05 * float64(i%5), 0.01})
		if i%5 == 0 {
			if v == v {
				t.Error("no churn has no value here", v)
			}
			continue
		}
		near(t, "grid", v, want, 1e-15)
	}
}

// The closed form's inverse: churn = margin (1+d)/goal - d.
func TestSeekInverts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		in := []float64{math.Exp(random.Float64() * 10), random.Float64(), random.Float64() / 10}
		want := math.Exp(-12*random.Float64()) * 0.999
		goal := subscription([]float64{in[0], want, in[2]})
		value, result, verdict := Seek(subscription, in, Range{At: 1, Low: 0, High: 1}, goal)
		if verdict != Reached {
			t.Fatal(in, want, value, result, verdict)
		}
		near(t, "result", result/goal, 1, 1e-10)
		near(t, "churn", value, in[0]*(1+in[2])/goal-in[2], 1e-9)
	}
}

// A price bound of 1e12 does not hide a root a few units away.
func TestSeekWithFarBounds(t *testing.T) {
	for _, goal := range []float64{1e-9, 0.1, 1600, 3e14} {
		in := []float64{100, 0.05, 0}
		value, _, verdict := Seek(subscription, in, Range{At: 0, Low: 0, High: 1e15}, goal)
		if verdict != Reached || math.Abs(value/(goal*0.05)-1) > 1e-9 {
			t.Error(goal, value, verdict)
		}
	}
}

func TestSeekTakesTheNearestRoot(t *testing.T) {
	wave := func(in []float64) float64 { return math.Sin(in[0]) }
	for _, c := range []struct{ start, want float64 }{{0.3, 0}, {3, math.Pi}, {-2.9, -math.Pi}, {1.5, 0}, {1.6, math.Pi}} {
		value, _, verdict := Seek(wave, []float64{c.start}, Range{Low: -4, High: 4}, 0)
		if verdict != Reached {
			t.Error(c, verdict)
		}
		near(t, "root", value, c.want, 1e-12)
	}
}

func TestSeekOutOfReach(t *testing.T) {
	hill := func(in []float64) float64 { return 7 - (in[0]-0.3)*(in[0]-0.3) }
	value, result, verdict := Seek(hill, []float64{0.9}, Range{Low: 0, High: 1}, 8)
	if verdict != OutOfReach {
		t.Error(verdict)
	}
	near(t, "summit", value, 0.3, 1e-7)
	near(t, "its height", result, 7, 1e-14)
	if value, _, verdict = Seek(hill, []float64{0.9}, Range{Low: 0, High: 1}, 7); verdict != Reached { // touched, not crossed
		t.Error(value, verdict)
	}
	value, result, verdict = Seek(subscription, []float64{80, 0.05, 0.01}, Range{At: 1, Low: 0.02, High: 1}, 1e6)
	if value != 0.02 || result != subscription([]float64{80, 0.02, 0.01}) || verdict != OutOfReach {
		t.Error("at the end of the range", value, result, verdict)
	}
	if value, _, verdict = Seek(subscription, []float64{80, 0.05, 0.01}, Range{At: 1, Low: 0.02, High: 0.02}, 1e6); value != 0.02 || verdict != OutOfReach {
		t.Error("a range of no width", value, verdict)
	}
	nothing := func([]float64) float64 { return math.NaN() }
	if value, result, verdict = Seek(nothing, []float64{1}, Range{Low: 0, High: 1}, 1); verdict != Nowhere || value == value || result == result {
		t.Error(value, result, verdict)
	}
}

// Where the sign changes and the goal is not met: a pole, a jump, and whole numbers.
func TestSeekIsNotTakenInByJumps(t *testing.T) {
	pole := func(in []float64) float64 { return 1 / (in[0] - 0.5) }
	if _, _, verdict := Seek(pole, []float64{0.1}, Range{Low: 0, High: 1}, 0); verdict != OutOfReach {
		t.Error("pole", verdict)
	}
	jump := func(in []float64) float64 {
		if in[0] < 0.25 {
			return 1
		}
		return 3 + in[0]
	}
	value, result, verdict := Seek(jump, []float64{0.9}, Range{Low: 0, High: 1}, 2.2)
	if verdict != OutOfReach || result != 3.25 && result != 1 || math.Abs(value-0.25) > 0.25 {
		t.Error("jump", value, result, verdict)
	}
	square := func(in []float64) float64 { return in[0] * in[0] }
	if value, result, verdict = Seek(square, []float64{2}, Range{Low: 1, High: 100, Whole: true}, 49); value != 7 || result != 49 || verdict != Reached {
		t.Error("whole", value, result, verdict)
	}
	if value, result, verdict = Seek(square, []float64{2}, Range{Low: 1, High: 100, Whole: true}, 50); value != 7 || result != 49 || verdict != OutOfReach {
		t.Error("between whole numbers", value, result, verdict)
	}
}

func simulated(f Function, in []float64, ranges []Range, n int) []float64 {
	values := make([]float64, n)
	values = values[:Simulate(f, in, ranges, 7, values)]
	Sort(values)
	return values
}

func identity(in []float64) float64 { return in[0] }

// Means and standard deviations of the shapes: uniform, triangular and beta in closed form, the cut-off normal and
// lognormal by quadrature of their densities here. Held to five standard errors of the mean.
func TestShapesHaveTheirMoments(t *testing.T) {
	const n = 100000
	for _, r := range []Range{
		{Low: 2, High: 5},
		{Low: 2, High: 5, Middle: 2.5, Shape: Triangular},
		{Low: 2, High: 5, Middle: 5, Shape: Triangular},
		{Low: -9, High: 9, Middle: 1, Spread: 1, Shape: Normal},
		{Low: 0, High: 1, Middle: 0.05, Spread: 0.04, Shape: Normal},
		{Low: 3, High: 4, Middle: 0, Spread: 0.5, Shape: Normal}, // six standard deviations out
		{Low: -4, High: -3, Middle: 0, Spread: 0.5, Shape: Normal},
		{Low: 0, High: 1e4, Middle: 40, Spread: 30, Shape: LogNormal},
		{Low: 10, High: 50, Middle: 40, Spread: 30, Shape: LogNormal},
		{Low: 2, High: 5, Middle: 2.5, Shape: PERT},
	} {
		values := simulated(identity, []float64{1}, []Range{r}, n)
		mean, deviation := Moments(values)
		wantMean, wantDeviation := moments(r)
		near(t, "mean", (mean-wantMean)/(wantDeviation/math.Sqrt(n)), 0, 5)
		near(t, "deviation", deviation/wantDeviation, 1, 0.03)
		if values[0] < r.Low || values[n-1] > r.High {
			t.Error(r, "out of the range:", values[0], values[n-1])
		}
	}
}

// moments integrates the density of a shape by the midpoint rule.
func moments(r Range) (mean, deviation float64) {
	w := r.High - r.Low
	density := func(x float64) float64 {
		z := (x - r.Middle) / r.Spread
		switch r.Shape {
		case Triangular:
			if x < r.Middle {
				return (x - r.Low) / (r.Middle - r.Low)
			}
			return (r.High - x) / (r.High - r.Middle)
		case Normal:
			return math.Exp(-z * z / 2)
		case LogNormal:
			s2 := math.Log(1 + r.Spread*r.Spread/r.Middle/r.Middle)
			z = math.Log(x) - math.Log(r.Middle) + s2/2
			return math.Exp(-z*z/2/s2) / x
		case PERT:
			return math.Pow(x-r.Low, 4*(r.Middle-r.Low)/w) * math.Pow(r.High-x, 4*(r.High-r.Middle)/w)
		}
		return 1
	}
	const steps = 1000000
	var mass, first, second float64
	for i := range steps {
		x := r.Low + w*(float64(i)+0.5)/steps
		p := density(x)
		mass, first, second = mass+p, first+p*x, second+p*x*x
	}
	mean = first / mass
	return mean, math.Sqrt(second/mass - mean*mean)
}

// E[80/churn] for churn uniform on (0.03, 0.07) is 80 ln(7/3)/0.04.
func TestSimulatedMeanAgainstClosedForm(t *testing.T) {
	const n = 100000
	values := simulated(subscription, []float64{80, 0.05, 0}, []Range{{At: 1, Low: 0.03, High: 0.07}}, n)
	mean, deviation := Moments(values)
	near(t, "mean", (mean-80*math.Log(7.0/3)/0.04)/(deviation/math.Sqrt(n)), 0, 5)
	near(t, "P(result > 1600)", 1-float64(AtMost(values, 1600))/n, 0.5, 5*0.5/math.Sqrt(n))
	near(t, "median", Quantile(values, 0.5), 1600, 0.01)
}

func TestWidthlessSimulationIsTheCalculation(t *testing.T) {
	for shape := range Shapes {
		ranges := []Range{{At: 0, Low: 80, High: 80, Middle: 80, Shape: shape}, {At: 1, Low: 0, High: 1, Middle: 0.05, Shape: Normal}}
		values := simulated(subscription, []float64{1, 2, 0.01}, ranges, 100)
		mean, deviation := Moments(values)
		if want := subscription([]float64{80, 0.05, 0.01}); mean != want || deviation != 0 || Quantile(values, 0.3) != want {
			t.Error(shape, mean, deviation, want)
		}
	}
}

func TestWholeDrawsAreAllAlikely(t *testing.T) {
	values := simulated(identity, []float64{0}, []Range{{Low: 1, High: 4, Whole: true}}, 40000)
	for v := 1.0; v <= 4; v++ {
		near(t, "share", float64(AtMost(values, v)-AtMost(values, v-0.5))/40000, 0.25, 0.011)
	}
}

// One range more does not change the draws of the others, nor does their order.
func TestDrawsBelongToTheInput(t *testing.T) {
	first := func(in []float64) float64 { return in[1] }
	churn := Range{At: 1, Low: 0.03, High: 0.07, Middle: 0.04, Shape: PERT}
	price := Range{At: 0, Low: 1, High: 2}
	alone := simulated(first, make([]float64, 3), []Range{churn}, 100)
	both := simulated(first, make([]float64, 3), []Range{price, churn}, 100)
	for i := range alone {
		if alone[i] != both[i] {
			t.Fatal(i, alone[i], both[i])
		}
	}
}

func TestRefusedDrawsAreLeftOut(t *testing.T) {
	values := simulated(subscription, []float64{80, 0, 0}, []Range{{At: 1, Low: -1, High: 1}}, 10000)
	near(t, "share", float64(len(values))/10000, 0.5, 0.025)
}

func TestHistogramCountsAll(t *testing.T) {
	values := []float64{-5, 0, 0.5, 1, 1.5, 2, 9}
	bins := make([]float64, 2)
	Histogram(values, 0, 2, bins)
	if bins[0] != 4 || bins[1] != 3 {
		t.Error(bins)
	}
}

// R: quantile(c(1, 2, 4, 8), c(0.1, 0.5, 0.9)) = 1.3, 3, 6.8; sd = 3.095696.
func TestSummariesAgainstR(t *testing.T) {
	values := []float64{8, 1, 4, 2}
	Sort(values)
	near(t, "0.1", Quantile(values, 0.1), 1.3, 1e-15)
	near(t, "0.5", Quantile(values, 0.5), 3, 1e-15)
	near(t, "0.9", Quantile(values, 0.9), 6.8, 1e-15)
	_, deviation := Moments(values)
	near(t, "sd", deviation, 3.095696, 1e-6)
}

func TestNothingIsAllocatedAfterTheFirstEvaluation(t *testing.T) {
	in, out := []float64{80, 0.05, 0.01}, make([]float64, 100)
	ranges := []Range{{At: 0, Low: 1, High: 2, Middle: 1.5, Shape: PERT}, {At: 1, Low: 0, High: 1, Middle: 0.1, Spread: 0.1, Shape: Normal}}
	values := make([]float64, 1000)
	for name, tool := range map[string]func(Function){
		"tornado":  func(f Function) { Tornado(f, in, ranges, out) },
		"grid":     func(f Function) { Grid(f, in, &ranges[0], &ranges[1], 10, 10, out) },
		"seek":     func(f Function) { Seek(f, in, ranges[1], 1700) },
		"far":      func(f Function) { Seek(f, in, ranges[1], 1e9) },
		"simulate": func(f Function) { Simulate(f, in, ranges, 1, values) },
	} {
		var first, now runtime.MemStats
		started := false
		tool(func(in []float64) float64 {
			if !started {
				started = true
				runtime.ReadMemStats(&first)
			}
			return subscription(in)
		})
		runtime.ReadMemStats(&now)
		if now.Mallocs != first.Mallocs {
			t.Errorf("%s: %d allocations", name, now.Mallocs-first.Mallocs)
		}
	}
}

// Whatever the range and the goal, the answer is a number within the range, and its result is its own.
func FuzzSeek(f *testing.F) {
	f.Add(80.0, 0.05, 0.01, 0.0, 1.0, 1600.0)
	f.Add(1e300, 1e-300, -1.0, -1e308, 1e308, 1e308)
	f.Fuzz(func(t *testing.T, margin, churn, discount, low, high, goal float64) {
		for _, v := range []float64{margin, churn, discount, low, high, goal} {
			if v-v != 0 {
				return
			}
		}
		if low > high || high-low > math.MaxFloat64 {
			return
		}
		in := []float64{margin, churn, discount}
		value, result, verdict := Seek(subscription, in, Range{At: 1, Low: low, High: high}, goal)
		if verdict == Nowhere {
			return
		}
		if in[1] = value; !(value >= low && value <= high) || result != subscription(in) {
			t.Error(value, result, verdict)
		}
		if verdict == Reached && math.Abs(result-goal) > 1e-9*max(math.Abs(goal), 1e-9) && math.Abs(goal) > 1e-300 {
			t.Error(value, result, goal)
		}
	})
}

// Two crossings between two steps of the scan: -1, at which the result only just passes the goal, is nearer to 0.3 than 400.
func TestSeekSeesWhereTheResultTurns(t *testing.T) {
	for _, at := range []float64{3.3, 17, 90.5, -1.2, -40} {
		hump := func(in []float64) float64 { return 1 - (in[0]-at)*(in[0]-at)/(0.004*at*at) }
		value, _, verdict := Seek(hump, []float64{0.3}, Range{Low: -1000, High: 1000}, 0)
		if want := at * (1 - math.Sqrt(0.004)); verdict != Reached || math.Abs(value/want-1) > 1e-9 {
			t.Error(at, value, want, verdict)
		}
	}
}

package special

import (
	"math"
	"testing"
)

// Reference digits, unless a row says otherwise: computed with 80-digit
// decimal arithmetic (Python's decimal module) from DLMF 5.11.1-2 (gamma,
// digamma, trigamma after a shift to x >= 60), 15.2.1 and 15.8.4 (2F1), 8.17.7
// (incomplete beta), 8.11.4 (incomplete gamma) and the error function's series
// 7.6.1: methods other than the ones under test. Arguments are the float64s.

func near(t *testing.T, name string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*max(math.Abs(want), 1e-300)) {
		t.Errorf("%s = %.17g, want %.17g (off by %.1e, allowed %.1e)", name, got, want, got/want-1, rel)
	}
}

func TestLogBeta(t *testing.T) {
	for _, c := range [][3]float64{
		{0.5, 0.5, 1.1447298858494001741}, // log pi
		{3.8, 15.2, -9.1216600100985710242},
		{1e-300, 1, 690.77552789821370518},
		{1e-8, 1e12, 18.420680461869997725},
		{2.5, 1e12, -68.792869919350326361},
		{1e12, 1e12, -1.3862943611324406173e+12},
		{1e6, 1e11, -1.2512936453765224306e+7},
		{12, 13, -17.295207056576547201},
		{0.066, 0.267, 2.9155514528547824479},
	} {
		near(t, "LogBeta", LogBeta(c[0], c[1]), c[2], 1e-14)
		if LogBeta(c[0], c[1]) != LogBeta(c[1], c[0]) {
			t.Error("LogBeta is not symmetric at", c)
		}
	}
	if LogBeta(1, 1) != 0 {
		t.Error("LogBeta(1, 1) =", LogBeta(1, 1))
	}
}

func TestLogPochAndDigammaDiff(t *testing.T) {
	for _, c := range [][4]float64{
		{0.25, 3, -0.35222059358935209911, 5.2444444444444444444},
		{0.25, 17.5, 31.503260497571842477, 7.0754056212527816622},
		{1e-10, 40, 83.605909331128356626, 1.0000000004253542674e+10},
		{3, 0.001, 9.2298177645121155846e-4, 3.9485702976262452393e-4},
		{1e12, 5, 138.15510557965274104, 4.9999999999900000000e-12},
		{1e12, 1000, 2.7631021116428048208e+4, 9.9999999950050000033e-10},
		{7.5, 1e6, 1.2815600651136934576e+7, 11.868760073693729096},
		{1e12, 1e12, 2.8017315477048092253e+13, 0.69314718056019530942},
	} {
		tol := 3 * 0x1p-52 * (1 + c[1]*math.Abs(math.Log(c[0]+c[1])))
		if got := LogPoch(c[0], c[1]); math.Abs(got-c[2]) > tol {
			t.Errorf("LogPoch(%v, %v) = %.17g, want %.17g", c[0], c[1], got, c[2])
		}
		near(t, "DigammaDiff", DigammaDiff(c[0], c[1]), c[3], 16*0x1p-52)
	}
	// The product for integers and the series agree where they meet.
	for _, a := range []float64{1e-3, 0.7, 5, 9.99, 1e5} {
		near(t, "LogPoch step", LogPoch(a, 17)-LogPoch(a, 16), math.Log(a+16), 1e-13)
	}
}

// The false optimum at a, b ~ 1e11 that libraries find by subtracting lgammas
// (reference-values.md): the ratio must tend to the binomial's p^x q^y and never beat it.
func TestLogBetaRatioHasNoFalseOptimum(t *testing.T) {
	limit := 3*math.Log(0.25) + 2*math.Log(0.75)
	for e := 2.0; e <= 12; e++ {
		n := math.Pow(10, e)
		got := LogBetaRatio(0.25*n, 0.75*n, 3, 2)
		// B(np+3, nq+2)/B(np, nq) = p^3 q^2 (1 + (3/p + 1/q - 10)/n + O(n^-2)).
		near(t, "LogBetaRatio", got, limit+math.Log1p((3/0.25+1/0.75-10)/n), 8/(n*n)+1e-13)
	}
}

// Term by term.
func TestSquaresDiff(t *testing.T) {
	for _, a := range []float64{1e-60, 1e-3, 0.5, 1, 5.3, 29.9, 30, 31.7, 200, 1e4, 1e7, 1e12, 1e60} {
		for _, x := range []float64{0, 1, 2, 7, 24, 25, 26, 60, 1000, 100_000} {
			want, lost := 0.0, 0.0 // Kahan's sum
			for j := x - 1; j >= 0; j-- {
				term := 1/((a+j)*(a+j)) - lost
				sum := want + term
				lost, want = sum-want-term, sum
			}
			if got := SquaresDiff(a, x); math.Abs(got-want) > 1e-13*want {
				t.Errorf("a = %v, x = %v: %.17g, want %.17g", a, x, got, want)
			}
		}
	}
}

func TestDigammaTrigamma(t *testing.T) {
	for _, c := range [][3]float64{
		{1e-8, -1.0000000057721564636e+8, 1.0000000000000001226e+16},
		{0.1, -10.423754940411076232, 101.43329915079274770},
		{1, -0.57721566490153286061, 1.6449340668482264365},
		{2.5, 0.70315664064524318723, 0.49035775610023486497},
		{9.99, 2.2507003728312011220, 0.10527695014824178439},
		{10, 2.2517525890667211076, 0.10516633568168574612},
		{1234.5, 7.1180162318279978433, 8.1037272712696665270e-4},
		{1e12, 27.631021115928048208, 1.0000000000005e-12},
	} {
		near(t, "Digamma", Digamma(c[0]), c[1], 2e-15)
		near(t, "Trigamma", Trigamma(c[0]), c[2], 4*0x1p-52)
	}
}

func TestLogs(t *testing.T) {
	inf := math.Inf(1)
	near(t, "LogAddExp", LogAddExp(1000, 1001), 1001.3132616875182, 1e-15) // 1001 + log(1 + 1/e)
	near(t, "LogSumExp", LogSumExp([]float64{-1000, -1001, -inf}), -999.68673831248178, 1e-15)
	if LogAddExp(-inf, 3) != 3 || LogAddExp(-inf, -inf) != -inf || LogSumExp(nil) != -inf {
		t.Error("a probability of zero is mishandled")
	}
	near(t, "Log1mExp", Log1mExp(-1e-20), math.Log(1e-20), 1e-15)
	near(t, "Log1mExp", Log1mExp(-50), -math.Exp(-50), 1e-15)
	near(t, "Log1mExp", Log1mExp(-math.Ln2), -math.Ln2, 1e-15)
}

func TestNormal(t *testing.T) {
	for _, c := range [][2]float64{
		{-1, 0.15865525393145705141}, {0.3, 0.61791142218895263731}, {-5, 2.8665157187919391167e-7},
		{-8, 6.2209605742717841235e-16}, {2.5, 0.99379033467422386483},
	} {
		near(t, "NormalCDF", NormalCDF(c[0]), c[1], 1e-14)
		near(t, "NormalQuantile", NormalQuantile(c[1]), c[0], 1e-14)
	}
	near(t, "z", NormalQuantile(0.975), 1.9599639845400542355, 1e-14) // R qnorm(0.975)
	last := math.Inf(-1)
	for e := -307.0; e < -0.31; e += 0.5 {
		p := math.Pow(10, e)
		z := NormalQuantile(p)
		if !(z > last) {
			t.Fatal("NormalQuantile is not increasing at", p)
		}
		last = z
		if e > -299 {
			near(t, "round trip", NormalCDF(z), p, 1e-12) // the CDF's condition number is z^2
		}
	}
	if !math.IsNaN(NormalQuantile(0)) || !math.IsNaN(NormalQuantile(1.5)) {
		t.Error("NormalQuantile outside (0, 1) must be NaN")
	}
	if z := NormalQuantile(5e-324); !(z < -37 && z > -39) {
		t.Error("NormalQuantile of the smallest float64 =", z)
	}
}

func TestGammaPQ(t *testing.T) {
	for _, c := range [][4]float64{
		{0.5, 0.1, 0.34527915398142297956, 0.65472084601857702044},
		{3, 10, 0.99723060428448842406, 2.7693957155115759437e-3},
		{50, 40, 7.0335066659394954437e-2, 0.92966493334060504556},
		{0.01, 2, 0.99950333546278147320, 4.9666453721852680217e-4},
		{100, 130, 0.99724959163269347372, 2.7504083673065262770e-3},
	} {
		p, q := GammaPQ(c[0], c[1])
		near(t, "P", p, c[2], 1e-13)
		near(t, "Q", q, c[3], 1e-13)
	}
	near(t, "ChiSquareTail", ChiSquareTail(3.8414588206941236, 1), 0.05, 1e-13) // R qchisq(0.95, 1)
	near(t, "ChiSquareTail", ChiSquareTail(6, 2), math.Exp(-3), 1e-14)
	if p, q := GammaPQ(2, 0); p != 0 || q != 1 || ChiSquareTail(math.Inf(1), 3) != 0 {
		t.Error("GammaPQ(2, 0) =", p, q)
	}
}

func TestBetaCDFAndQuantile(t *testing.T) {
	for _, c := range [][4]float64{
		{0.3, 2, 5, 0.57982499999999997601},
		{0.9, 0.5, 0.5, 0.79516723530086657191},
		{0.001, 0.01, 30, 0.97061408497196753658},
		{0.5, 100, 110, 0.75539588942536624855},
		{0.02, 1000, 50000, 0.74048223164005713786},
		{0.99, 3, 0.2, 0.47624542913377230280},
	} {
		tol := 1e-13 + 0x1p-52*(c[1]+c[2])
		near(t, "BetaCDF", BetaCDF(c[0], c[1], c[2]), c[3], tol)
		near(t, "BetaQuantile", BetaQuantile(c[3], c[1], c[2]), c[0], 1e-12)
	}
	// Clopper-Pearson for 20 of 1,000 at 95 %: the p at which the binomial tail
	// (summed and bisected with 80 digits) is 0.025.
	near(t, "Clopper-Pearson lower", BetaQuantile(0.025, 20, 981), 0.012258267972406326101, 1e-12)
	near(t, "Clopper-Pearson upper", BetaQuantile(0.975, 21, 980), 0.030720032682609112077, 1e-12)
	for _, a := range []float64{1e-6, 0.3, 1, 40, 1e5, 1e9} {
		for _, b := range []float64{1e-6, 0.5, 7, 1e5, 1e9} {
			last := 0.0
			for _, p := range []float64{0, 1e-12, 0.025, 0.5, 0.975, 1 - 1e-12, 1} {
				x := BetaQuantile(p, a, b)
				if !(x >= last && x <= 1) {
					t.Fatalf("BetaQuantile(%v, %v, %v) = %v after %v", p, a, b, x, last)
				}
				last = x
				// An x next to 0 or 1 cannot carry the probability's digits.
				if x > 1e-300 && x < 0.999 && a+b > 1e-3 {
					if back := BetaCDF(x, a, b); math.Abs(back-p) > 1e-12+1e-15*(a+b) {
						t.Errorf("BetaCDF(BetaQuantile(%v; %v, %v)) = %v", p, a, b, back)
					}
				}
			}
		}
	}
}

func TestBetaAnnuity(t *testing.T) {
	for _, c := range [][4]float64{
		{0.067, 0.267, 0.1, 7.9734867826565216606},
		{3.8, 15.2, 0.1, 4.0089258372957905071},
		{0.668088, 11.806096, 0.1, 7.9951497050136436070},
		{1e-6, 1, 0.05, 20.999936065156544280},
		{0.5, 2, 1e-4, 232.66617525723293861},
		{0.5, 2, 1e-12, 2.3561914901970573375e+6},
		{2.5, 0.01, 1e-9, 1.0066666666465343397},
		{0.01, 700, 0.0002, 4.9142432562853707607e+3},
		{1e6, 1e6, 0.01, 1.9803931086091993003},
		{1e9, 3e8, 0.01, 1.2961500496498252725},
		{3, 4, 0.01, 2.8960529714987497208},
		{0.3, 1e-6, 0.2, 1.0000106564951396537},
		{5.5, 1e-6, 1e-6, 1.0000002222219365083},
	} {
		near(t, "BetaAnnuity", BetaAnnuity(c[0], c[1], c[2]), c[3], 1e-13)
	}
	near(t, "d = 0", BetaAnnuity(3, 4, 0), 3, 1e-15)
	near(t, "d -> 0", BetaAnnuity(3, 4, 1e-300), 3, 1e-13)
	near(t, "pole-free at a = 1", BetaAnnuity(1, 1, 0.1), 1.1*math.Log(11), 1e-13) // int (1+d)/(d+u) du
	if !math.IsInf(BetaAnnuity(1, 4, 0), 1) {
		t.Error("the undiscounted sum diverges for a <= 1")
	}
}

// Contiguity (DLMF 15.2.1 term by term): A(a, b, d) = 1 + v b/(a+b) A(a, b+1, d).
func TestBetaAnnuityRecurrence(t *testing.T) {
	for _, a := range []float64{1e-6, 0.01, 0.9, 1, 2, 50, 1e5, 1e9} {
		for _, b := range []float64{1e-6, 0.3, 1, 20, 1e4, 1e9} {
			for _, d := range []float64{1e-12, 1e-6, 1e-3, 0.1, 3, 1e6} {
				want := 1 + b/(a+b)/(1+d)*BetaAnnuity(a, b+1, d)
				if got := BetaAnnuity(a, b, d); !(math.Abs(got-want) <= 2e-13*want) {
					t.Errorf("a=%g b=%g d=%g: %.16g, recurrence %.16g (%.1e)", a, b, d, got, want, got/want-1)
				}
			}
		}
	}
}

// A fit that has run off to a limit still asks for values: they must be
// those of the geometric model, (1+d)/(d+churn), at once.
func TestBetaAnnuityFarOut(t *testing.T) {
	for _, n := range []float64{1e9, 1e12, 1e100, 1e300} {
		near(t, "geometric limit", BetaAnnuity(0.2*n, 0.8*n, 0.1), 1.1/0.3, 1.8/n+1e-15) // variance: 0.16/0.3^2/n
		near(t, "no churn", BetaAnnuity(2, n, 0.1), 11, 100/n+1e-13)
		near(t, "all leave", BetaAnnuity(n, 2, 0.1), 1, 10/n+1e-13)
	}
	// The recurrence across the seam between the two methods.
	near(t, "seam at 1e8", BetaAnnuity(3e8, 1e8, 0.01), 1+0.25/1.01*BetaAnnuity(3e8, 1e8+1, 0.01), 1e-14)
	near(t, "E[theta^-1]", BetaAnnuity(2e8, 3e8, 0), (5e8-1)/(2e8-1), 1e-15)
	near(t, "E[theta^-1]", BetaAnnuity(2e8, 3e8, 1e-300), (5e8-1)/(2e8-1), 1e-15)
}

func TestGaussBeta(t *testing.T) {
	for _, ab := range [][2]float64{{1, 1}, {0.5, 0.5}, {0.793, 2.426}, {1e-8, 3}, {2, 1e-6}, {1e-9, 1e-9}, {300, 0.01}, {1e7, 1e5}, {0.4, 0.6}} {
		a, b := ab[0], ab[1]
		for _, n := range []int{1, 2, 24, 64} {
			x, w := make([]float64, n), make([]float64, n)
			if !GaussBeta(a, b, x, w) {
				t.Fatal("no rule for", a, b, n)
			}
			moment := 1.0 // E[theta^k] = (a)_k/(a+b)_k
			for k := 0; k < min(2*n, 40); k++ {
				got := 0.0
				for i := range x {
					if !(x[i] >= 0 && x[i] <= 1+1e-15 && w[i] >= 0) || (i > 0 && x[i] < x[i-1]) {
						t.Fatal("bad node or weight", a, b, n, i, x[i], w[i])
					}
					got += w[i] * math.Pow(x[i], float64(k))
				}
				if math.Abs(got-moment) > 1e-13*moment+1e-15 {
					t.Errorf("a=%g b=%g n=%d: moment %d = %.17g, want %.17g", a, b, n, k, got, moment)
				}
				moment *= (a + float64(k)) / (a + b + float64(k))
			}
		}
	}
	x, w := make([]float64, 24), make([]float64, 24)
	GaussBeta(1, 1, x, w)
	// DLMF 3.5 / A&S 25.4, n = 24: smallest positive abscissa and its weight on [-1, 1].
	if math.Abs(2*x[12]-1-0.064056892862605626085) > 1e-15 || math.Abs(2*w[12]-0.127938195346752156974) > 1e-14 {
		t.Error("Gauss-Legendre 24:", 2*x[12]-1, 2*w[12])
	}
	if GaussBeta(0, 1, x, w) || GaussBeta(1, 1, x, w[:3]) {
		t.Error("bad arguments accepted")
	}
}

func TestOutsideTheDomainIsNaN(t *testing.T) {
	nan := math.NaN()
	for name, v := range map[string]float64{
		"Lgamma": Lgamma(-1), "LogPoch": LogPoch(0, 1), "LogPoch x": LogPoch(1, nan), "LogBeta": LogBeta(-1, 2),
		"Digamma": Digamma(0), "DigammaDiff": DigammaDiff(1, -1), "Trigamma": Trigamma(-2), "BetaCDF": BetaCDF(2, 1, 1),
		"BetaQuantile": BetaQuantile(-0.1, 1, 1), "BetaAnnuity": BetaAnnuity(1, 1, -0.1), "ChiSquareTail": ChiSquareTail(-1, 1),
	} {
		if !math.IsNaN(v) {
			t.Error(name, "=", v)
		}
	}
}

func BenchmarkBetaAnnuity(b *testing.B) {
	for b.Loop() {
		BetaAnnuity(0.668088, 11.806096, 0.1)
	}
}

func BenchmarkLogBetaRatio(b *testing.B) {
	for b.Loop() {
		LogBetaRatio(0.7, 2.4, 3, 20)
	}
}

func BenchmarkDigammaDiff(b *testing.B) {
	for b.Loop() {
		DigammaDiff(0.7, 20)
	}
}

func BenchmarkGaussBeta24(b *testing.B) {
	x, w := make([]float64, 24), make([]float64, 24)
	for b.Loop() {
		GaussBeta(0.7, 3.4, x, w)
	}
}

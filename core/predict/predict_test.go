package predict_test

import (
	"math"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/predict"
	"hourglass/internal/cdnow"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.10g, want %v ± %v", what, got, want, tolerance)
	}
}

func has(notes notice.List, code notice.Code, field string) bool {
	for _, n := range notes {
		if n.Code == code && n.Field == field {
			return true
		}
	}
	return false
}

func cdnowHistories() predict.HistoryInput {
	t := cdnow.Sample().Table
	return predict.HistoryInput{Frequency: t.X, Recency: t.TX, Age: t.T}
}

// The CDNOW rows of the reference table, from the request to the letters of the literature.
func TestFitsOfCDNOW(t *testing.T) {
	bg, notes := predict.BGNBDFit(cdnowHistories())
	near(t, "r", bg.Parameters.R, 0.242595, 5e-6)
	near(t, "alpha", bg.Parameters.Alpha, 4.413602, 5e-5)
	near(t, "a", bg.Parameters.A, 0.79292, 5e-5)
	near(t, "b", bg.Parameters.B, 2.42589, 5e-4)
	near(t, "standard error of r", *bg.StandardErrors.R, 0.01256, 5e-6)
	near(t, "log-likelihood", bg.Fit.LogLikelihood, -9582.42921, 5e-6)
	near(t, "AIC", bg.Fit.AIC, 2*4+2*9582.42921, 2e-5)
	if bg.Fit.Status != fit.Converged || bg.Fit.Customers != 2357 || !has(notes, notice.NeverReturnedAlive, "frequency/1") && len(notes) != 1 {
		t.Errorf("%+v %v", bg.Fit, notes)
	}
	mbg, notes := predict.MBGNBDFit(cdnowHistories())
	near(t, "log-likelihood", mbg.Fit.LogLikelihood, -9582.13572, 5e-6)
	if len(notes) > 0 {
		t.Errorf("MBG/NBD: %v", notes)
	}
	pareto, _ := predict.ParetoNBDFit(cdnowHistories())
	near(t, "s", pareto.Parameters.S, 0.60625, 5e-4)
	near(t, "log-likelihood", pareto.Fit.LogLikelihood, -9594.97616, 5e-5)
	x, spend := cdnow.Sample().Repeaters()
	gg, _ := predict.GammaGammaFit(predict.SpendInput{Frequency: x, MeanSpend: spend})
	near(t, "p (published 6.25)", gg.Parameters.P, 6.25, 5e-3)
	near(t, "q (published 3.74)", gg.Parameters.Q, 3.74, 5e-3)
	near(t, "log-likelihood", gg.Fit.LogLikelihood, -4055.917695, 5e-6)
}

// The per-customer rows of the reference table.
func TestPredictionsOfCDNOW(t *testing.T) {
	x, tx, age := []float64{2}, []float64{30.43}, []float64{38.86}
	bg, _ := predict.BGNBDPredict(predict.BetaGeoPredictInput{R: .242595, Alpha: 4.413602, A: .79292, B: 2.42589,
		Frequency: x, Recency: tx, Age: age, Horizon: 39})
	near(t, "BG E[X(39)]", bg.Customers.Purchases[0], 1.2259057, 2e-6)
	near(t, "BG P(alive)", bg.Customers.PAlive[0], .7266086, 2e-6)
	near(t, "no discount", bg.Customers.Discounted[0], bg.Customers.Purchases[0], 1e-9)
	mbg, _ := predict.MBGNBDPredict(predict.BetaGeoPredictInput{R: .524843, Alpha: 6.18309, A: .89136, B: 1.614,
		Frequency: x, Recency: tx, Age: age, Horizon: 39})
	near(t, "MBG E[X(39)]", mbg.Customers.Purchases[0], 1.2626694, 5e-6)
	pareto, _ := predict.ParetoNBDPredict(predict.ParetoPredictInput{R: .55327, Alpha: 10.5777, S: .60625, Beta: 11.669,
		Frequency: x, Recency: tx, Age: age, Horizon: 39})
	near(t, "Pareto E[X(39)]", pareto.Customers.Purchases[0], 1.4552178, 2e-4)
	near(t, "Pareto P(alive)", pareto.Customers.PAlive[0], .8691469, 5e-5)
	if pareto.Total != pareto.Customers.Purchases[0] {
		t.Errorf("the total of one customer is %v", pareto.Total)
	}
}

// The published parameters of Fader, Hardie & Shang (2010), table 3: 1.204, .750, .657, 2.783, LL -33225.6.
func TestDonations(t *testing.T) {
	in := predict.OpportunityInput{
		Frequency:     []float64{0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6},
		Recency:       []float64{0, 1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 3, 4, 5, 6, 4, 5, 6, 5, 6, 6},
		Opportunities: make([]float64, 22),
		Weights:       []float64{3464, 1091, 277, 129, 78, 119, 129, 613, 255, 155, 173, 234, 322, 181, 225, 357, 240, 284, 512, 335, 728, 1203},
	}
	for i := range in.Opportunities {
		in.Opportunities[i] = 6
	}
	out, notes := predict.BGBBFit(in)
	near(t, "alpha", out.Parameters.Alpha, 1.203522, 5e-6)
	near(t, "beta", out.Parameters.Beta, .749716, 5e-6)
	near(t, "gamma", out.Parameters.Gamma, .656718, 5e-6)
	near(t, "delta", out.Parameters.Delta, 2.783443, 5e-5)
	near(t, "log-likelihood", out.Fit.LogLikelihood, -33225.58127, 5e-5)
	if len(notes) > 0 || out.Fit.Customers != 11104 {
		t.Errorf("%v, %v customers", notes, out.Fit.Customers)
	}
	prediction, _ := predict.BGBBPredict(predict.BGBBPredictInput{Alpha: 1.203522, Beta: .749716, Gamma: .656718, Delta: 2.783443,
		Frequency: []float64{0, 2, 6}, Recency: []float64{0, 4, 6}, Opportunities: []float64{6, 6, 6}, Horizon: 5})
	for i, want := range []float64{.0729, 1.0576, 3.7525} {
		near(t, "E[5 years]", prediction.Customers.Purchases[i], want, 5e-5)
	}
	near(t, "alive at n", prediction.Customers.PAlive[1], .6337, 5e-5)
}

// Fader & Hardie, note 025: the expected spend of customers by their repeat orders and mean spend.
func TestExpectedSpend(t *testing.T) {
	x, spend := []float64{2, 1, 0, 7}, []float64{22.345, 11.77, 0, 73.74}
	out, _ := predict.GammaGammaPredict(predict.SpendPredictInput{P: 6.249349, Q: 3.744256, Gamma: 15.444307, Frequency: x, MeanSpend: spend})
	for i, want := range []float64{24.65, 18.91, 35.17, 71.46} {
		near(t, "expected spend", out.Spend[i], want, 0.006)
	}
	out, notes := predict.GammaGammaPredict(predict.SpendPredictInput{P: 1, Q: 0.5, Gamma: 10, Frequency: []float64{0}, MeanSpend: []float64{0}})
	if !has(notes, notice.NoMeanSpend, "mean_spend/0") || out.MeanSpend != nil || !(out.Spend[0] > 0) {
		t.Errorf("q < 1: %+v %v", out, notes)
	}
}

func TestTablesThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		in    predict.HistoryInput
		code  notice.Code
		field string
	}{
		"lengths":       {predict.HistoryInput{Frequency: []float64{1, 2}, Recency: []float64{1}, Age: []float64{2, 2}}, notice.LengthsDiffer, "recency"},
		"half an order": {predict.HistoryInput{Frequency: []float64{1.5}, Recency: []float64{1}, Age: []float64{2}}, notice.NotWhole, "frequency/0"},
		"too late":      {predict.HistoryInput{Frequency: []float64{1}, Recency: []float64{3}, Age: []float64{2}}, notice.RecencyAfterAge, "recency/0"},
		"no repeat":     {predict.HistoryInput{Frequency: []float64{0}, Recency: []float64{1}, Age: []float64{2}}, notice.RecencyWithoutRepeat, "recency/0"},
		"no recency":    {predict.HistoryInput{Frequency: []float64{1}, Recency: []float64{0}, Age: []float64{2}}, notice.RepeatWithoutRecency, "recency/0"},
		"no time":       {predict.HistoryInput{Frequency: []float64{0}, Recency: []float64{0}, Age: []float64{0}}, notice.NotAbove, "age/0"},
		"empty":         {predict.HistoryInput{}, notice.TooFew, "frequency"},
		"weights":       {predict.HistoryInput{Frequency: []float64{0}, Recency: []float64{0}, Age: []float64{1}, Weights: []float64{1, 1}}, notice.LengthsDiffer, "weights"},
	} {
		for _, fit := range []func(predict.HistoryInput) notice.List{
			func(in predict.HistoryInput) notice.List { _, n := predict.BGNBDFit(in); return n },
			func(in predict.HistoryInput) notice.List { _, n := predict.ParetoNBDFit(in); return n },
		} {
			if notes := fit(c.in); !has(notes, c.code, c.field) || !notes.Refused() {
				t.Errorf("%s: %v", name, notes)
			}
		}
	}
	_, notes := predict.BGBBFit(predict.OpportunityInput{Frequency: []float64{3}, Recency: []float64{2}, Opportunities: []float64{6}})
	if !has(notes, notice.TooManyPurchases, "frequency/0") {
		t.Errorf("three purchases in two opportunities: %v", notes)
	}
}

func TestNobodyCameBack(t *testing.T) {
	in := predict.HistoryInput{Frequency: []float64{0, 0}, Recency: []float64{0, 0}, Age: []float64{10, 20}, Weights: []float64{50, 50}}
	_, bg := predict.BGNBDFit(in)
	_, pareto := predict.ParetoNBDFit(in)
	for name, notes := range map[string]notice.List{"BG/NBD": bg, "Pareto/NBD": pareto} {
		if len(notes) == 0 {
			t.Errorf("%s: silent about data that cannot tell", name)
		}
	}
}

// What cannot be fitted is refused with the column and row at fault.
func TestWhatCannotBeFitted(t *testing.T) {
	row := func(x, tx, n float64) predict.OpportunityInput {
		return predict.OpportunityInput{Frequency: []float64{x}, Recency: []float64{tx}, Opportunities: []float64{n}}
	}
	many := predict.OpportunityInput{Frequency: make([]float64, 300), Recency: make([]float64, 300), Opportunities: make([]float64, 300)}
	for i := range 300 {
		many.Frequency[i], many.Recency[i], many.Opportunities[i] = float64(i), float64(i), 365
	}
	nobody := row(1, 1, 6)
	nobody.Weights = []float64{0}
	for name, c := range map[string]struct {
		in    predict.OpportunityInput
		code  notice.Code
		field string
	}{
		"no opportunity":      {row(0, 0, 0), notice.NotAbove, "opportunities/0"},
		"half an opportunity": {row(1, 1, 6.5), notice.NotWhole, "opportunities/0"},
		"bought in between":   {row(1, 1.5, 6), notice.NotWhole, "recency/0"},
		"a million":           {row(1, 1, 1e6), notice.TooLong, "opportunities"},
		"a year of days":      {many, notice.TooLong, "opportunities"},
		"nobody":              {nobody, notice.NothingToFit, ""},
	} {
		if _, notes := predict.BGBBFit(c.in); !has(notes, c.code, c.field) || !notes.Refused() {
			t.Errorf("%s: %v", name, notes)
		}
	}
	if _, notes := predict.BGBBPredict(predict.BGBBPredictInput{Alpha: 1, Beta: 1, Gamma: 1, Delta: 1, Frequency: make([]float64, 2000),
		Recency: make([]float64, 2000), Opportunities: many.Opportunities, Horizon: 5}); !has(notes, notice.LengthsDiffer, "opportunities") {
		t.Error(notes)
	}
	far := predict.BGBBPredictInput{Alpha: 1, Beta: 1, Gamma: 1, Delta: 1, Frequency: []float64{1}, Recency: []float64{1}, Opportunities: []float64{6}, Horizon: 10000}
	if _, notes := predict.BGBBPredict(far); notes.Refused() {
		t.Error(notes)
	}
	for range 1000 {
		far.Frequency, far.Recency, far.Opportunities = append(far.Frequency, 1), append(far.Recency, 1), append(far.Opportunities, 6)
	}
	if _, notes := predict.BGBBPredict(far); !has(notes, notice.TooLong, "opportunities") {
		t.Error(notes)
	}
	for _, in := range []predict.SpendInput{
		{Frequency: []float64{0, 0}, MeanSpend: []float64{10, 20}}, {Frequency: []float64{1, 2}, MeanSpend: []float64{0, 0}},
		{Frequency: []float64{1, 2}, MeanSpend: []float64{10, 20}, Weights: []float64{0, 0}},
	} {
		if _, notes := predict.GammaGammaFit(in); !has(notes, notice.NothingToFit, "") {
			t.Errorf("%v: %v", in, notes)
		}
	}
}

// Who placed a first order today is a new customer to every model.
func TestPredictingOfToday(t *testing.T) {
	zero, old := []float64{0, 0}, []float64{0, 30}
	bg := predict.BetaGeoPredictInput{R: .243, Alpha: 4.414, A: .793, B: 2.426, Frequency: zero, Recency: zero, Age: old, Horizon: 39}
	pareto := predict.ParetoPredictInput{R: .553, Alpha: 10.578, S: .606, Beta: 11.669, Frequency: zero, Recency: zero, Age: old, Horizon: 39}
	for name, of := range map[string]func() (predict.PredictResult, notice.List){
		"bg":     func() (predict.PredictResult, notice.List) { return predict.BGNBDPredict(bg) },
		"mbg":    func() (predict.PredictResult, notice.List) { return predict.MBGNBDPredict(bg) },
		"pareto": func() (predict.PredictResult, notice.List) { return predict.ParetoNBDPredict(pareto) },
	} {
		out, notes := of()
		if notes.Refused() {
			t.Errorf("%s: %v", name, notes)
			continue
		}
		alive := 1.0
		if name == "mbg" { // leaves after the first order with probability a/(a+b)
			alive = 2.426 / (.793 + 2.426)
		}
		near(t, name+" of today, P(alive)", out.Customers.PAlive[0], alive, 1e-12)
		near(t, name+" of today", out.Customers.Purchases[0], out.NewCustomer, 1e-10)
	}
	bg.Frequency, bg.Recency = []float64{1, 0}, []float64{1, 0}
	if _, notes := predict.BGNBDPredict(bg); !has(notes, notice.NotAbove, "age/0") {
		t.Error(notes)
	}
}

func TestMBGCNBD(t *testing.T) {
	h := cdnowHistories()
	gaps := make([]float64, len(h.Frequency)) // as if all gaps of a customer were equal: no less regular than that is possible
	for i, x := range h.Frequency {
		if x > 0 {
			gaps[i] = x * math.Log(h.Recency[i]/x)
		}
	}
	regular, notes := predict.MBGCNBDFit(predict.GapsInput{Frequency: h.Frequency, Recency: h.Recency, Age: h.Age, LogGaps: gaps})
	if regular.K != 12 || !has(notes, notice.LikeSubscription, "log_gaps") {
		t.Errorf("gaps all equal: k = %v, %v", regular.K, notes)
	}
	for i := range gaps {
		gaps[i] -= 0.6 * h.Frequency[i] // as uneven as chance makes them
	}
	one, notes := predict.MBGCNBDFit(predict.GapsInput{Frequency: h.Frequency, Recency: h.Recency, Age: h.Age, LogGaps: gaps})
	mbg, _ := predict.MBGNBDFit(h)
	if one.K != 1 || one.Parameters != mbg.Parameters || one.Fit.LogLikelihood != mbg.Fit.LogLikelihood || len(notes) > 0 {
		t.Errorf("k = %v, %+v, %v", one.K, one.Parameters, notes)
	}
	near(t, "AIC, with k a parameter", one.Fit.AIC, mbg.Fit.AIC+2, 1e-9)
	gaps[3] = 99
	if _, notes := predict.MBGCNBDFit(predict.GapsInput{Frequency: h.Frequency, Recency: h.Recency, Age: h.Age, LogGaps: gaps}); !has(notes, notice.GapsImpossible, "log_gaps/3") {
		t.Error(notes)
	}
	if _, notes := predict.MBGCNBDFit(predict.GapsInput{Frequency: h.Frequency, Recency: h.Recency, Age: h.Age, LogGaps: gaps[1:]}); !has(notes, notice.LengthsDiffer, "log_gaps") {
		t.Error(notes)
	}
	ask := predict.StagesPredictInput{K: 2, R: .9, Alpha: 6, A: .5, B: 1.5, Frequency: []float64{3}, Recency: []float64{22.5}, Age: []float64{40}, Horizon: 26}
	out, _ := predict.MBGCNBDPredict(ask)
	near(t, "P(alive) of the reference point", out.Customers.PAlive[0], .545323106406654, 1e-9)
	near(t, "E[26] of the reference point", out.Total, 1.14188614925897, 1e-9)
	ask.K = 1.5
	if _, notes := predict.MBGCNBDPredict(ask); !has(notes, notice.NotWhole, "k") {
		t.Error(notes)
	}
}

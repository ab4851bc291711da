package predict_test

import (
	"math"
	"slices"
	"testing"

	"hourglass/core/fit"
	"hourglass/core/notice"
	"hourglass/core/predict"
)

// extremes are shops whose likelihood has no maximum: each is 60 customers as frequency, recency and age.
var extremes = map[string]func(i int) (x, tx, age float64){
	"nobody came back":  func(i int) (float64, float64, float64) { return 0, 0, 10 + float64(i%7) },
	"all are alike":     func(int) (float64, float64, float64) { return 5, 10, 10.5 },
	"nobody left":       func(int) (float64, float64, float64) { return 10, 9.9, 10 },
	"all left at once":  func(int) (float64, float64, float64) { return 1, 1, 100 },
	"two kinds":         func(i int) (float64, float64, float64) { return float64(i%2) * 50, float64(i%2) * 99, 100 },
	"tiny units":        func(i int) (float64, float64, float64) { return 3, 1e-9 * float64(1+i%5), 1e-8 },
	"huge units":        func(i int) (float64, float64, float64) { return 3, 1e9 * float64(1+i%5), 1e10 },
	"huge counts":       func(int) (float64, float64, float64) { return 1e6, 9, 10 },
	"nothing too large": func(i int) (float64, float64, float64) { return float64(i % 4), float64(i%4) * 2, 20 },
}

func warns(notes notice.List, code notice.Code) bool {
	return slices.ContainsFunc(notes, func(n notice.Notice) bool { return n.Code == code })
}

// Whatever a fit returns, the same model's prediction takes and answers with numbers; and where the fit ended at a limit,
// it says so again.
func TestWhatAFitReturnsAPredictionTakes(t *testing.T) {
	for name, shop := range extremes {
		var in predict.HistoryInput
		turns := predict.OpportunityInput{}
		for i := range 60 {
			x, tx, age := shop(i)
			in.Frequency, in.Recency, in.Age = append(in.Frequency, x), append(in.Recency, tx), append(in.Age, age)
			x = min(x, 20)
			turn := 0.0
			if x > 0 {
				turn = max(x, math.Floor(min(tx, 20)))
			}
			turns.Frequency, turns.Recency, turns.Opportunities = append(turns.Frequency, x), append(turns.Recency, turn), append(turns.Opportunities, 20)
		}
		horizon := in.Age[0]
		answered := func(model string, ended fit.Status, notes notice.List, out predict.PredictResult) {
			t.Helper()
			if notes.Refused() {
				t.Errorf("%s, %s: %v", name, model, notes)
				return
			}
			if said := warns(notes, notice.LimitingModel); said != (ended == fit.Boundary) && ended != fit.NotIdentified {
				t.Errorf("%s, %s: the fit ended with %v, the prediction warns: %v", name, model, ended, said)
			}
			for _, v := range slices.Concat([]float64{out.Total, out.NewCustomer}, out.Customers.PAlive, out.Customers.Purchases, out.Customers.Discounted, out.Customers.None) {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
					t.Fatalf("%s, %s: %v", name, model, v)
				}
			}
		}
		bg, _ := predict.BGNBDFit(in)
		p := bg.Parameters
		out, notes := predict.BGNBDPredict(predict.BetaGeoPredictInput{R: p.R, Alpha: p.Alpha, A: p.A, B: p.B, Frequency: in.Frequency, Recency: in.Recency, Age: in.Age, Horizon: horizon, DiscountRate: 0.01})
		answered("bgnbd", bg.Fit.Status, notes, out)
		mbg, _ := predict.MBGNBDFit(in)
		p = mbg.Parameters
		out, notes = predict.MBGNBDPredict(predict.BetaGeoPredictInput{R: p.R, Alpha: p.Alpha, A: p.A, B: p.B, Frequency: in.Frequency, Recency: in.Recency, Age: in.Age, Horizon: horizon})
		answered("mbgnbd", mbg.Fit.Status, notes, out)
		pareto, _ := predict.ParetoNBDFit(in)
		q := pareto.Parameters
		out, notes = predict.ParetoNBDPredict(predict.ParetoPredictInput{R: q.R, Alpha: q.Alpha, S: q.S, Beta: q.Beta, Frequency: in.Frequency, Recency: in.Recency, Age: in.Age, Horizon: horizon, DiscountRate: 0.01})
		answered("paretonbd", pareto.Fit.Status, notes, out)
		bgbb, _ := predict.BGBBFit(turns)
		b := bgbb.Parameters
		out, notes = predict.BGBBPredict(predict.BGBBPredictInput{Alpha: b.Alpha, Beta: b.Beta, Gamma: b.Gamma, Delta: b.Delta, Frequency: turns.Frequency, Recency: turns.Recency, Opportunities: turns.Opportunities, Horizon: 10})
		answered("bgbb", bgbb.Fit.Status, notes, out)
		for _, spend := range []func(i int) float64{
			func(int) float64 { return 10 }, func(i int) float64 { return 10 + 1e-6*float64(i%3) },
			func(i int) float64 { return 1e-9 * float64(1+i%9) }, func(i int) float64 { return 1e10 * float64(1+i%9) },
		} {
			var means []float64
			for i := range in.Frequency {
				means = append(means, spend(i))
			}
			gg, _ := predict.GammaGammaFit(predict.SpendInput{Frequency: in.Frequency, MeanSpend: means})
			if gg.Parameters == (predict.SpendParameters{}) { // there was nothing to fit
				continue
			}
			g := gg.Parameters
			out, notes := predict.GammaGammaPredict(predict.SpendPredictInput{P: g.P, Q: g.Q, Gamma: g.Gamma, Frequency: in.Frequency, MeanSpend: means})
			if notes.Refused() {
				t.Errorf("%s, gammagamma: %v", name, notes)
			}
			for _, v := range out.Spend {
				if !(v >= 0 && v <= math.MaxFloat64) {
					t.Fatalf("%s, gammagamma: %v", name, v)
				}
			}
		}
	}
}

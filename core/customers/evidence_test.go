package customers

import (
	"math"
	"testing"

	"hourglass/core/orders"
)

// By hand: four customers, of whom the best two were forecast in the wrong order.
func TestEvidence(t *testing.T) {
	o := outcome{
		forecasts: [Rules][]float64{{3, 2, 1, 0}, {1, 0, 1, 0}, nil}, actual: []float64{2, 4, 0, 2},
		worth: []float64{3, 2, 1, 0}, paid: []float64{20, 40, 0, 20},
		silence: []float64{1, 2, 3, 4}, repeat: []float64{4, 3, 2, 1}, past: []float64{1, 9, 9, 1},
	}
	e := o.evidence()
	m, again := e.Rules[ByForecast], e.Rules[SameAgain]
	near(t, "MAE over the mean", m.MAE, 6.0/8, 1e-15)
	near(t, "MAE of another rule", again.MAE, 8.0/8, 1e-15)
	// In the order of the forecast the shares are 1/4, 3/4, 3/4, 1: the area is (1/8 + 1/2 + 3/4 + 7/8)/4. In their own: 1/2, 3/4, 1, 1.
	near(t, "Gini", m.Gini, (2*2.25/4-1)/(2*(.25+.625+.875+1)/4-1), 1e-15)
	// Two alike by that rule, who brought 2 and none, count as one each: the shares are 1/8, 1/4, 5/8, 1, whatever their order.
	near(t, "Gini of a rule with equals", again.Gini, (2*(.0625+.1875+.4375+.8125)/4-1)/(2*(.25+.625+.875+1)/4-1), 1e-15)
	near(t, "Spearman", m.Spearman, pearson([]float64{4, 3, 2, 1}, []float64{2.5, 4, 1, 2.5}), 1e-15)
	near(t, "the best tenth", e.Caught[ByModel].Tenth, .4*20.0/80, 1e-15)
	near(t, "the best fifth by spend, of two alike", e.Caught[BySpend].Fifth, .8/2*40/80, 1e-15)
	// The model's best fifth is .8 of the first, RFM's the same, that by spend .4 of the second and the third each: 16 and 16 of 80, with a noise of the
	// root of (.8 20)^2 + (.4 40)^2.
	near(t, "the model's best fifth", e.Caught[ByModel].Fifth, .8*20/80, 1e-15)
	near(t, "noise of the difference", e.Caught[BySpend].Noise, math.Hypot(.8*20, .4*40)/80, 1e-15)
	if e.Leads(BySpend) != 0 || e.Leads(ByModel) != 0 {
		t.Error("a lead of nothing")
	}
	e.Caught[BySpend] = Catch{Fifth: .1, Noise: .04}
	e.Caught[ByRFM] = Catch{Fifth: .4, Noise: .04}
	if e.Leads(BySpend) != 1 || e.Leads(ByRFM) != -1 {
		t.Error("leads beyond two standard errors")
	}
	if e := (&outcome{}).evidence(); e != (Evidence{}) {
		t.Errorf("of nobody: %+v", e)
	}
	nobody := outcome{forecasts: [Rules][]float64{{1, 1}}, actual: []float64{0, 0}, worth: []float64{1, 1}, paid: []float64{0, 0},
		silence: []float64{1, 1}, repeat: []float64{0, 0}, past: []float64{0, 0}}
	if e := nobody.evidence(); e.Rules[ByForecast].MAE != 0 || e.Rules[ByForecast].Gini != 0 || e.Rules[ByForecast].Spearman != 0 || e.Caught[ByRFM].Tenth != 0 {
		t.Errorf("nobody came: %+v", e)
	}
}

// CDNOW's sample: 39 weeks ahead of September 1997, where a package's authors report what the best tenth and fifth bring.
func TestEvidenceOfCDNOW(t *testing.T) {
	r, _ := Roll(sampleLog(t), MBGNBD, orders.Split{UnitDays: 7, End: calibration.ObservedTo}, 273, nil)
	e := r.Latest
	near(t, "customers", e.Customers, 2357, 0)
	near(t, "MAE of a customer, as the literature's split has it", e.Rules[ByForecast].MAE*r.Past[0].Orders.Actual/e.Customers, .76478, 1e-2)
	if model, rfm := e.Caught[ByModel].Fifth, e.Caught[ByRFM].Fifth; model < rfm-.05 || model < .5 {
		t.Errorf("the best fifth: %v by the model, %v by recency, frequency and spend", model, rfm)
	}
	forecast, actual := 0.0, 0.0
	for _, tenth := range e.Rules[ByForecast].Tenths {
		forecast, actual = forecast+tenth.Forecast, actual+tenth.Actual
	}
	near(t, "tenths", forecast, r.Past[0].Orders.Forecast, 1e-9*forecast)
	near(t, "tenths", actual, r.Past[0].Orders.Actual, 1e-9)
}

package predict

import (
	"hourglass/core/cbs"
	"hourglass/core/customers"
	"hourglass/core/notice"
	"hourglass/core/orders"
)

// A ModelChoice is the model to value customers with: a customers.Pick.
type ModelChoice customers.Pick

// Auto is the choice of the model that fits best.
const Auto = ModelChoice(customers.Auto)

// String is the choice's wire name, empty for an unknown one.
func (c ModelChoice) String() string { return customers.Pick(c).String() }

// maxCustomers is how many customers a list may stand for, its weights added up.
const maxCustomers = 100000

// CustomersInput is customers by their summaries, a column each, and how to look at them.
type CustomersInput struct {
	Frequency          []float64        `json:"frequency"`
	Recency            []float64        `json:"recency"`
	Age                []float64        `json:"age"`
	MeanSpend          []float64        `json:"mean_spend" unit:"money" jsonschema:"title=Mean spend,minItems=0,maxItems=20000" jsonschema_description:"Mean amount of each customer's orders; mean_spend_of says of which. If empty, orders are counted and money is not."`
	Weights            []float64        `json:"weights" unit:"count" jsonschema:"title=Customers per row,minItems=0,maxItems=20000,minimum=1" jsonschema_description:"How many customers each row stands for, at most 100,000 in total. If empty, one each."`
	LogGaps            []float64        `json:"log_gaps" unit:"number" jsonschema:"title=Logarithms of the gaps,minItems=0,maxItems=20000,minimum=-1e9,maximum=1e9" jsonschema_description:"Sum of the natural logarithms of the times between a customer's orders; 0 without a repeat order. Needed for MBG/CNBD-k."`
	MeanSpendOf        orders.SpendMean `json:"mean_spend_of" jsonschema:"title=Orders in mean spend,default=repeat_orders" jsonschema_description:"Whether the mean includes the first order. If no customer has ordered again, it is the mean of the first orders."`
	UnitDays           float64          `json:"unit_days" unit:"days" jsonschema:"title=Days per unit of time,minimum=1e-9,default=1" jsonschema_description:"The unit of recency and age: 1 for days, 7 for weeks."`
	Model              ModelChoice      `json:"model" jsonschema:"title=Model,default=auto" jsonschema_description:"The model that values the customers. auto fits all models that the columns allow and uses the one with the lowest AIC."`
	HorizonDays        float64          `json:"horizon_days" unit:"days" jsonschema:"title=Forecast period (days),exclusiveMinimum=0,default=365" jsonschema_description:"How many days to forecast."`
	GrossMargin        *float64         `json:"gross_margin,omitempty" place:"needed" words:"own" unit:"share" jsonschema:"title=Gross margin,exclusiveMinimum=0" jsonschema_description:"Share of the price that remains after the cost of goods. Needed with mean_spend; with 100% the result is revenue, not value."`
	AnnualDiscountRate float64          `json:"annual_discount_rate" jsonschema:"default=0"`
}

// options are those of a valuation; without amounts nothing is left or lost of them.
func (in *CustomersInput) options() customers.Options {
	o := customers.Options{HorizonDays: in.HorizonDays, AnnualDiscount: in.AnnualDiscountRate, Margin: 1}
	if in.GrossMargin != nil {
		o.Margin = *in.GrossMargin
	}
	return o
}

// A valuation is customers with a model and what they are worth by it.
type valuation struct {
	customers.Valuation
	first   []int // the first customer of each row of the input
	summary orders.Summary
	base    customers.Base
	fit     Evidence
}

// value fits a model to the customers and values them by it; notes is refused when that cannot be done.
func (in *CustomersInput) value(notes *notice.List, o customers.Options, cac float64, w customers.Wants) (v valuation) {
	if v.read(notes, in); notes.Refused() {
		return v
	}
	v.OfSummary(v.summary, v.base)
	v.Settings = customers.Settings{Pick: customers.Pick(in.Model), Options: o, CAC: cac, Wants: w}
	status := v.Run(nil)
	if status == customers.NoModel {
		notes.Add(notice.NoMaximum, "", 0)
		return v
	}
	best := v.Choice.Best()
	if v.fit = evidence(notes, best.Result, v.base.Table.Customers(), len(best.Parameters)); notes.Refused() {
		return v
	}
	if status != customers.Done {
		notes.Add(notice.Overflow, "", 0)
		return v
	}
	if o.Margin == 1 && v.Answer.Known.Model.Spend.Basis != customers.NoSpend {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	for _, w := range v.Warnings() {
		ofSummaries.warn(notes, w)
	}
	return v
}

// read turns the columns into a summary, a row for each customer.
func (v *valuation) read(notes *notice.List, in *CustomersInput) {
	n := len(in.Frequency)
	if len(in.MeanSpend) > 0 && in.GrossMargin == nil {
		notes.Add(notice.Required, "gross_margin", 0)
	}
	sameLength(notes, "recency", len(in.Recency), n)
	sameLength(notes, "age", len(in.Age), n)
	for _, column := range [...]struct {
		name string
		len  int
	}{{"mean_spend", len(in.MeanSpend)}, {"weights", len(in.Weights)}, {"log_gaps", len(in.LogGaps)}} {
		if column.len > 0 {
			sameLength(notes, column.name, column.len, n)
		}
	}
	if pick := customers.Pick(in.Model); pick != customers.Auto && customers.Kind(pick-1).Model().NeedsGaps {
		sameLength(notes, "log_gaps", len(in.LogGaps), n)
	}
	total := 0.0
	for i, w := range in.Weights {
		if w != float64(int64(w)) {
			notes.Add(notice.NotWhole, notice.At("weights", i), 0)
		}
		total += w
	}
	if total > maxCustomers {
		notes.Add(notice.TooManyCustomers, "weights", maxCustomers)
	}
	if notes.Refused() {
		return
	}
	base, fault := customers.Group(cbs.Table{X: in.Frequency, TX: in.Recency, T: in.Age})
	if faulty(notes, fault); notes.Refused() {
		return
	}
	for i, g := range in.LogGaps {
		if !possibleGaps(in.Frequency[i], in.Recency[i], g) {
			notes.Add(notice.GapsImpossible, notice.At("log_gaps", i), 0)
			return
		}
	}
	if base.Fittable().Len() == 0 {
		notes.Add(notice.NothingObserved, "age", 0)
		return
	}
	v.unfold(in, base)
}

// unfold makes a row for each customer of rows that stand for several.
func (v *valuation) unfold(in *CustomersInput, base customers.Base) {
	v.base.Table = base.Table
	v.base.Table.W = make([]float64, base.Table.Len())
	if len(in.LogGaps) > 0 {
		v.base.Table.Gaps = make([]float64, base.Table.Len())
	}
	s := &v.summary
	s.Split = orders.Split{UnitDays: in.UnitDays, Mean: in.MeanSpendOf}
	for i, row := range base.Row {
		n, mean := 1, 0.0
		if len(in.Weights) > 0 {
			n = int(in.Weights[i])
		}
		if len(in.MeanSpend) > 0 {
			mean = in.MeanSpend[i]
		}
		v.first = append(v.first, len(s.X))
		v.base.Table.W[row] += float64(n)
		for range n {
			v.base.Row = append(v.base.Row, row)
			s.X, s.TX, s.T = append(s.X, in.Frequency[i]), append(s.TX, in.Recency[i]), append(s.T, in.Age[i])
			s.Mean = append(s.Mean, mean)
		}
		if len(in.LogGaps) > 0 { // the likelihood is linear in them: customers of one history count by their mean
			v.base.Table.Gaps[row] += float64(n) * in.LogGaps[i]
		}
	}
	for row := range v.base.Table.Gaps {
		v.base.Table.Gaps[row] /= v.base.Table.W[row]
	}
	s.Spend, s.First = make([]float64, len(s.X)), make([]int32, len(s.X))
	s.WithoutRepeats()
}

// warned are the fields of an input that say what customers have ordered, when, and for how much.
type warned struct{ orders, time, money string }

// ofSummaries are those of customers by their summaries.
var ofSummaries = warned{orders: "frequency", time: "age", money: "mean_spend"}

// warn says of the customers what the fit and its evidence have not said.
func (of warned) warn(notes *notice.List, w customers.Warning) {
	field := ""
	switch w.Code {
	case customers.NotConverged, customers.AtLimit, customers.WeaklyIdentified, customers.TrendUnknown, customers.SeasonUnknown, customers.MissesHoldout:
		return
	case customers.TooFewRepeats, customers.AliveWithoutRepeat, customers.FirstOrdersOnly:
		field = of.orders
	case customers.ShortHistory, customers.NoFullYear:
		field = of.time
	case customers.FarHorizon, customers.TooLittle, customers.Unchecked:
		field = "horizon_days"
	case customers.LikeSubscription:
		field = "model"
	case customers.OneGiant: // of what they spend or of what they order
	default:
		field = of.money
	}
	notes.Add(w.Code.Notice(), field, w.Number)
}

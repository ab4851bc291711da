package predict

import (
	"math"

	"hourglass/core/customers"
	"hourglass/core/notice"
)

// CustomersValueInput is customers, and how sure to be of their value.
type CustomersValueInput struct {
	CustomersInput
	Level      float64   `json:"interval_level" unit:"share" jsonschema:"title=Interval level,minimum=0.01,maximum=0.999,default=0.95" jsonschema_description:"The probability that the true figure lies within the interval."`
	CAC        *float64  `json:"cac,omitempty"`
	Group      []float64 `json:"group" unit:"count" jsonschema:"title=Group,minItems=0,maxItems=20000,minimum=1,maximum=50" jsonschema_description:"The number of each row's group, from 1 to at most 50, for example the acquisition channel. Then by_group has the value of a new customer of each group."`
	TestOrders []float64 `json:"test_orders" unit:"count" jsonschema:"title=Orders in the test period,minItems=0,maxItems=20000,minimum=0" jsonschema_description:"Orders of each customer in the test period: the horizon_days after the end of age. They are in no other column. Then forecast_test, decile_test and ranking_test show how good the forecast was."`
	TestSpend  []float64 `json:"test_spend" unit:"money" jsonschema:"title=Spend in the test period,minItems=0,maxItems=20000,minimum=0" jsonschema_description:"The amount of these orders. If empty, rankings are tested by orders."`
}

// CustomersValueResult is what customers are worth, all together and each.
type CustomersValueResult struct {
	Model       customers.Kind        `json:"model_used" jsonschema:"title=Model used" jsonschema_description:"The model that valued the customers."`
	Reason      customers.Reason      `json:"model_reason" jsonschema:"title=Why this model" jsonschema_description:"Why this model was used."`
	Parameters  KindParameters        `json:"parameters"`
	Fit         Evidence              `json:"fit"`
	SpendBasis  customers.Basis       `json:"spend_basis" jsonschema:"title=Basis of spend" jsonschema_description:"The likelihood of the Gamma-Gamma model, or means and variances of the data if that model does not fit."`
	SpendReason customers.SpendReason `json:"spend_reason" jsonschema:"title=Reason for this basis" jsonschema_description:"Which assumption of the Gamma-Gamma model does not hold, if any."`
	All         Population            `json:"all_customers" jsonschema:"title=All customers" jsonschema_description:"Totals within the forecast period. The intervals cover uncertain parameters, chance, and the usual error of such models in real shops. Empty if the data are too short for this forecast period."`
	New         Newcomer              `json:"new_customer" jsonschema:"title=New customer" jsonschema_description:"The average customer acquired today, with the first order. The intervals are of the average. Empty if the data are too short for this forecast period."`
	Groups      []GroupValue          `json:"by_group,omitempty" jsonschema:"title=By group" jsonschema_description:"Value of a new customer of each group, one entry per group. Small groups borrow from the average of all. Left out without group, or if the data are too short for this forecast period."`
	Test        []ForecastTest        `json:"forecast_test,omitempty" jsonschema:"title=Test of the forecast" jsonschema_description:"How good the forecast was in the test period, compared with a rule that needs no model. Left out without test_orders, or if the data are too short for this forecast period."`
	TestDeciles []DecileTest          `json:"decile_test,omitempty" jsonschema:"title=Test by decile" jsonschema_description:"Expected and actual orders of each decile of customers, highest forecast first. Left out when forecast_test is."`
	TestRanking []RankingTest         `json:"ranking_test,omitempty" jsonschema:"title=Test of the ranking" jsonschema_description:"What the top customers of three rankings spent in the test period. Left out when forecast_test is."`
	Each        []CustomerValue       `json:"by_row" jsonschema:"title=By row" jsonschema_description:"One entry per row, in the order of the input. If the data are too short for this forecast period, use values for ranking only."`
}

// KindParameters are those of the model used; what it does not have is left out.
type KindParameters struct {
	R     float64  `json:"r"`
	Alpha float64  `json:"alpha" unit:"number" jsonschema:"title=alpha" jsonschema_description:"Scale of the order rates, in units of time. The mean rate is r/alpha."`
	A     *float64 `json:"a,omitempty"`
	B     *float64 `json:"b,omitempty"`
	S     *float64 `json:"s,omitempty"`
	Beta  *float64 `json:"beta,omitempty" unit:"number" jsonschema:"title=beta" jsonschema_description:"Scale of the rates of leaving, in units of time. The mean rate is s/beta."`
	K     *float64 `json:"k,omitempty"`
}

// Population is all customers together.
type Population struct {
	Customers     float64  `json:"customers" unit:"count" jsonschema:"title=Customers" jsonschema_description:"The number of customers."`
	StillThere    *float64 `json:"still_there,omitempty" unit:"count" jsonschema:"title=Active customers" jsonschema_description:"How many customers are expected to be active."`
	Orders        *float64 `json:"expected_orders,omitempty" unit:"count" jsonschema:"title=Expected orders" jsonschema_description:"Within the forecast period."`
	OrdersLower   *float64 `json:"expected_orders_lower,omitempty" unit:"count" jsonschema:"title=Expected orders\\, lower end" jsonschema_description:"Lower end of the interval."`
	OrdersUpper   *float64 `json:"expected_orders_upper,omitempty" unit:"count" jsonschema:"title=Expected orders\\, upper end" jsonschema_description:"Upper end of the interval."`
	Spend         *float64 `json:"expected_spend,omitempty" unit:"money" jsonschema:"title=Expected spend" jsonschema_description:"The amount of the orders within the forecast period, before any cost."`
	SpendLower    *float64 `json:"expected_spend_lower,omitempty" unit:"money" jsonschema:"title=Expected spend\\, lower end" jsonschema_description:"Lower end of the interval."`
	SpendUpper    *float64 `json:"expected_spend_upper,omitempty" unit:"money" jsonschema:"title=Expected spend\\, upper end" jsonschema_description:"Upper end of the interval."`
	CLV           *float64 `json:"clv,omitempty" unit:"money" jsonschema:"title=Value" jsonschema_description:"The margin of the orders within the forecast period, discounted."`
	CLVLower      *float64 `json:"clv_lower,omitempty" unit:"money" jsonschema:"title=Value\\, lower end" jsonschema_description:"Lower end of the interval."`
	CLVUpper      *float64 `json:"clv_upper,omitempty" unit:"money" jsonschema:"title=Value\\, upper end" jsonschema_description:"Upper end of the interval."`
	Gini          *float64 `json:"gini,omitempty" unit:"share" jsonschema:"title=Gini coefficient" jsonschema_description:"How unequally value is distributed: at 0 all customers have the same, near 1 one customer has it all."`
	TopTenthShare *float64 `json:"top_decile_share,omitempty" unit:"share" jsonschema:"title=Share of the top decile" jsonschema_description:"The share of the value that the top 10% of customers hold."`
}

// Newcomer is a customer won today, on average.
type Newcomer struct {
	Repeats    *float64 `json:"repeat_orders,omitempty" unit:"count" jsonschema:"title=Repeat orders" jsonschema_description:"Expected in the first forecast period after the first order."`
	OrderValue *float64 `json:"expected_order_value,omitempty" unit:"money" jsonschema:"title=Expected order value" jsonschema_description:"Expected amount of an order, before any cost."`
	CLV        *float64 `json:"clv,omitempty"`
	CLVLower   *float64 `json:"clv_lower,omitempty"`
	CLVUpper   *float64 `json:"clv_upper,omitempty"`
	Ratio      *float64 `json:"ltv_cac_ratio,omitempty"`
	RatioLower *float64 `json:"ltv_cac_lower,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, lower end" jsonschema_description:"Lower end of the interval."`
	RatioUpper *float64 `json:"ltv_cac_upper,omitempty" unit:"ratio" jsonschema:"title=CLV:CAC ratio\\, upper end" jsonschema_description:"Upper end of the interval."`
}

// GroupValue is what a customer of a group won today is worth, on average.
type GroupValue struct {
	Customers    float64  `json:"customers" unit:"count"`
	Repeats      float64  `json:"repeat_orders" unit:"count"`
	OrderValue   *float64 `json:"expected_order_value,omitempty" unit:"money"`
	CLV          *float64 `json:"clv,omitempty" unit:"money"`
	CLVLower     *float64 `json:"clv_lower,omitempty" unit:"money"`
	CLVUpper     *float64 `json:"clv_upper,omitempty" unit:"money"`
	Against      *float64 `json:"against_all,omitempty" unit:"ratio" jsonschema:"title=Relative to all" jsonschema_description:"Value of a new customer of the group, divided by that of all customers."`
	AgainstLower *float64 `json:"against_all_lower,omitempty" unit:"ratio" jsonschema:"title=Relative to all\\, lower end" jsonschema_description:"Lower end of the interval. If the interval includes 1, chance can explain the difference."`
	AgainstUpper *float64 `json:"against_all_upper,omitempty" unit:"ratio" jsonschema:"title=Relative to all\\, upper end" jsonschema_description:"Upper end of the interval."`
	Own          float64  `json:"own_share" unit:"share" jsonschema:"title=Weight of own orders" jsonschema_description:"How much the value is based on the group's own orders; the rest comes from the average of all."`
}

// ForecastTest is how a way to forecast did, customer by customer.
type ForecastTest struct {
	Rule     customers.Rule `json:"rule" jsonschema:"title=Rule" jsonschema_description:"The model's forecast, or each customer's own rate of repeat orders so far, continued."`
	Expected float64        `json:"expected_orders" unit:"count"`
	Actual   float64        `json:"actual_orders" unit:"count" jsonschema:"title=Actual orders" jsonschema_description:"In the test period."`
	MAE      float64        `json:"mae_over_mean" unit:"ratio" jsonschema:"title=Error per customer" jsonschema_description:"Mean absolute error of a customer's orders, divided by the mean number of orders."`
	Gini     float64        `json:"normalised_gini" unit:"ratio" jsonschema:"title=Normalised Gini" jsonschema_description:"How well the forecast ranks customers by their actual orders: 1 is perfect, 0 is random."`
	Spearman float64        `json:"spearman" unit:"ratio" jsonschema:"title=Rank correlation" jsonschema_description:"Spearman's coefficient of expected and actual orders."`
}

// DecileTest is a tenth of the customers.
type DecileTest struct {
	Decile   float64 `json:"decile" unit:"count" jsonschema:"title=Decile" jsonschema_description:"1 is the decile with the highest forecast."`
	Expected float64 `json:"expected_orders" unit:"count"`
	Actual   float64 `json:"actual_orders" unit:"count"`
}

// RankingTest is what a ranking finds.
type RankingTest struct {
	Ranking customers.Ranking `json:"ranking" jsonschema:"title=Ranking" jsonschema_description:"By expected value, by the sum of the fifths of recency, frequency and spend (RFM), or by spend so far."`
	Tenth   float64           `json:"top_10_percent" unit:"share" jsonschema:"title=Share of the top 10%" jsonschema_description:"The share of revenue in the test period from the top 10% of the ranking; of orders if there is no test_spend."`
	Fifth   float64           `json:"top_20_percent" unit:"share" jsonschema:"title=Share of the top 20%" jsonschema_description:"The same for the top 20%."`
	Leads   float64           `json:"model_leads" unit:"number" jsonschema:"title=The forecast leads" jsonschema_description:"1 if the top 20% by expected value spent more than those of this ranking, -1 if less, 0 if chance can explain the difference."`
}

// CustomerValue is what a customer is worth.
type CustomerValue struct {
	Alive      float64           `json:"p_alive"`
	Orders     float64           `json:"expected_orders"`
	OrderValue *float64          `json:"expected_order_value,omitempty"`
	Spend      *float64          `json:"expected_spend,omitempty"`
	CLV        *float64          `json:"clv,omitempty"`
	Lower      *float64          `json:"clv_lower,omitempty"`
	Upper      *float64          `json:"clv_upper,omitempty"`
	Rank       float64           `json:"rank" unit:"count" jsonschema:"title=Rank" jsonschema_description:"By value; 1 is the highest. For a row that stands for several customers, the rank of the first."`
	Decile     float64           `json:"decile" unit:"count" jsonschema:"title=Decile" jsonschema_description:"By value; 1 is the highest. For a row that stands for several customers, the decile of the middle one."`
	Segment    customers.Segment `json:"segment" jsonschema:"title=Segment" jsonschema_description:"By value and probability of being active. For a row that stands for several customers, the segment of the middle one."`
}

// CustomersValue fits a model to customers and values each of them by it.
func CustomersValue(in CustomersValueInput) (out CustomersValueResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	groups := in.groups(&notes)
	in.tested(&notes)
	if notes.Refused() {
		return
	}
	o := in.options()
	o.Level = in.Level
	cac := 0.0
	if in.CAC != nil {
		cac = *in.CAC
	}
	v := in.value(&notes, o, cac, customers.Wants{Intervals: true, Totals: true})
	if notes.Refused() {
		return
	}
	a := &v.Answer
	model, fresh := a.Known.Model, a.New
	out.Model, out.Reason, out.Fit = model.Kind, v.Choice.Reason, v.fit
	out.SpendBasis, out.SpendReason = model.Spend.Basis, v.Spend.Reason
	out.Parameters = kindParameters(model)
	answerable := a.Answerable()
	paid := model.Spend.Basis != customers.NoSpend
	out.All = population(a, answerable, paid)
	out.New = newcomer(fresh, answerable, paid)
	if !answerable {
		notes.Add(notice.TooLittle, "by_row", customers.Longest(a.Summary))
	}
	if answerable && paid && cac > 0 && fresh.Value.Value < cac {
		notes.Add(notice.BelowCost, "cac", fresh.Value.Value)
	}
	if answerable && groups > 0 {
		out.Groups = v.byGroup(&notes, in.Group, groups, o, paid)
	}
	if answerable && len(in.TestOrders) > 0 {
		out.test(v.test(in))
	}
	out.Each = v.rows(paid)
	return
}

// tested checks the columns of the test period.
func (in *CustomersValueInput) tested(notes *notice.List) {
	if len(in.TestOrders) > 0 {
		sameLength(notes, "test_orders", len(in.TestOrders), len(in.Frequency))
	}
	if len(in.TestSpend) > 0 {
		sameLength(notes, "test_spend", len(in.TestSpend), len(in.Frequency))
		sameLength(notes, "test_orders", len(in.TestOrders), len(in.Frequency))
	}
}

// test holds the answer against the test period; of the customers of one row all did the same.
func (v *valuation) test(in CustomersValueInput) customers.Evidence {
	n := len(v.base.Row)
	orders, spend := make([]float64, n), make([]float64, n)
	for k, from := range v.first {
		to := n
		if k+1 < len(v.first) {
			to = v.first[k+1]
		}
		for i := from; i < to; i++ {
			orders[i] = in.TestOrders[k]
			if len(in.TestSpend) > 0 {
				spend[i] = in.TestSpend[k]
			}
		}
	}
	if len(in.TestSpend) == 0 {
		spend = nil
	}
	return v.Answer.Against(orders, spend)
}

// test tells of the evidence.
func (out *CustomersValueResult) test(e customers.Evidence) {
	for _, rule := range [...]customers.Rule{customers.ByForecast, customers.RateOn} {
		m := e.Rules[rule]
		out.Test = append(out.Test, ForecastTest{rule, m.Total, e.Actual, m.MAE, m.Gini, m.Spearman})
	}
	for k, t := range e.Rules[customers.ByForecast].Tenths {
		out.TestDeciles = append(out.TestDeciles, DecileTest{float64(k + 1), t.Forecast, t.Actual})
	}
	for k, c := range e.Caught {
		by := customers.Ranking(k)
		out.TestRanking = append(out.TestRanking, RankingTest{by, c.Tenth, c.Fifth, e.Leads(by)})
	}
}

// groups returns the highest number of a group, 0 without any.
func (in *CustomersValueInput) groups(notes *notice.List) (highest int) {
	if len(in.Group) == 0 {
		return 0
	}
	sameLength(notes, "group", len(in.Group), len(in.Frequency))
	for i, g := range in.Group {
		if g != math.Floor(g) {
			notes.Add(notice.NotWhole, notice.At("group", i), 0)
			return 0
		}
		highest = max(highest, int(g))
	}
	return highest
}

// byGroup values a new customer of each group; of the customers of one row all are in its group.
func (v *valuation) byGroup(notes *notice.List, group []float64, n int, o customers.Options, paid bool) (out []GroupValue) {
	of := make([]uint32, len(v.base.Row))
	for k, from := range v.first {
		to := len(of)
		if k+1 < len(v.first) {
			to = v.first[k+1]
		}
		for i := from; i < to; i++ {
			of[i] = uint32(group[k]) - 1
		}
	}
	all, status := v.Answer.Known.Model.Groups(v.Answer.Summary, of, n, o, nil)
	if status != customers.Done {
		notes.Add(notice.Overflow, "", 0)
		return nil
	}
	for _, g := range all.Each {
		one := GroupValue{Customers: g.Customers, Repeats: g.Repeats.Value, Own: g.Own}
		if paid {
			one.OrderValue, one.CLV, one.CLVLower, one.CLVUpper = &g.OrderValue.Value, &g.Value.Value, &g.Value.Low, &g.Value.High
			one.Against, one.AgainstLower, one.AgainstUpper = &g.Against.Value, &g.Against.Low, &g.Against.High
		}
		out = append(out, one)
	}
	return out
}

// kindParameters are those that have a field here; a letter that no model has had before needs one, with its words.
func kindParameters(m customers.Model) (p KindParameters) {
	for i, letter := range m.Kind.Model().Parameters {
		v := m.Parameters[i]
		switch letter {
		case "r":
			p.R = v
		case "alpha":
			p.Alpha = v
		case "a":
			p.A = &v
		case "b":
			p.B = &v
		case "s":
			p.S = &v
		case "beta":
			p.Beta = &v
		case "k":
			p.K = &v
		}
	}
	return p
}

// population adds the customers up, where the data carry a forecast so far ahead. Who is still there takes a model, but no horizon; money takes
// amounts that were paid.
func population(a *customers.Answer, answerable, paid bool) Population {
	t := a.Totals
	out := Population{Customers: t.Customers}
	if customers.Longest(a.Summary) > 0 {
		out.StillThere = &t.Alive
	}
	if !answerable {
		return out
	}
	out.Orders, out.OrdersLower, out.OrdersUpper = &t.Orders.Value, &t.Orders.Low, &t.Orders.High
	if !paid {
		return out
	}
	c := customers.Concentrate(a.Worth)
	out.Spend, out.SpendLower, out.SpendUpper = &t.Spend.Value, &t.Spend.Low, &t.Spend.High
	out.CLV, out.CLVLower, out.CLVUpper = &t.Value.Value, &t.Value.Low, &t.Value.High
	out.Gini, out.TopTenthShare = &c.Gini, &c.TopDecile
	return out
}

// newcomer tells of a customer won today, where the data carry a forecast so far ahead. An order is worth what it is at any time.
func newcomer(n customers.NewCustomer, answerable, paid bool) (out Newcomer) {
	if paid {
		out.OrderValue = &n.OrderValue.Value
	}
	if !answerable {
		return out
	}
	out.Repeats = &n.Repeats.Value
	if !paid {
		return out
	}
	out.CLV, out.CLVLower, out.CLVUpper = &n.Value.Value, &n.Value.Low, &n.Value.High
	if n.Ratio != (customers.Estimate{}) {
		out.Ratio, out.RatioLower, out.RatioUpper = &n.Ratio.Value, &n.Ratio.Low, &n.Ratio.High
	}
	return out
}

// rows tells of each row of the input what holds for its first customer, or for the one in its middle where they differ.
func (v *valuation) rows(paid bool) []CustomerValue {
	a, n := &v.Answer, len(v.base.Row)
	out := make([]CustomerValue, len(v.first))
	for k, i := range v.first {
		end := n
		if k+1 < len(v.first) {
			end = v.first[k+1]
		}
		row, middle := v.base.Row[i], (i+end-1)/2
		one := CustomerValue{Alive: a.Scores.Alive[row], Orders: a.Scores.Expected[row],
			Rank: float64(a.Values.Rank[i]), Decile: float64(customers.Decile(a.Values.Rank[middle], uint32(n))),
			Segment: a.Segments[middle]}
		if paid {
			spend := min(math.MaxFloat64, one.Orders*a.Values.OrderValue[i])
			one.OrderValue, one.Spend = &a.Values.OrderValue[i], &spend
			one.CLV, one.Lower, one.Upper = &a.Values.Value[i], &a.Values.Low[i], &a.Values.High[i]
		}
		out[k] = one
	}
	return out
}

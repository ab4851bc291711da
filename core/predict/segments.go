package predict

import (
	"hourglass/core/customers"
	"hourglass/core/notice"
)

// SegmentsResult is customers sorted into segments by value and risk.
type SegmentsResult struct {
	Model    customers.Kind `json:"model_used"`
	AtStake  *float64       `json:"value_at_stake,omitempty" unit:"money" jsonschema:"title=Value if all were active" jsonschema_description:"Value of the customers within the forecast period if all of them were active."`
	Loss     *float64       `json:"expected_loss,omitempty" unit:"money" jsonschema:"title=Expected loss" jsonschema_description:"The part of that value that is expected to be lost, because some customers have left."`
	Segments []SegmentValue `json:"segments" jsonschema:"title=Segments" jsonschema_description:"One entry per segment, including empty ones."`
}

// SegmentValue is the customers of one segment together.
type SegmentValue struct {
	Segment     customers.Segment `json:"segment"`
	Customers   float64           `json:"customers" unit:"count" jsonschema:"title=Customers" jsonschema_description:"The number of customers."`
	StillThere  *float64          `json:"still_there,omitempty"`
	Orders      *float64          `json:"expected_orders,omitempty"`
	OrdersLower *float64          `json:"expected_orders_lower,omitempty"`
	OrdersUpper *float64          `json:"expected_orders_upper,omitempty"`
	Spend       *float64          `json:"expected_spend,omitempty"`
	SpendLower  *float64          `json:"expected_spend_lower,omitempty"`
	SpendUpper  *float64          `json:"expected_spend_upper,omitempty"`
	CLV         *float64          `json:"clv,omitempty"`
	CLVLower    *float64          `json:"clv_lower,omitempty"`
	CLVUpper    *float64          `json:"clv_upper,omitempty"`
	AtStake     *float64          `json:"value_at_stake,omitempty"`
	Loss        *float64          `json:"expected_loss,omitempty"`
}

// CustomersSegmentsInput is customers, and how sure to be of their segments' sums.
type CustomersSegmentsInput struct {
	CustomersInput
	Level float64 `json:"interval_level" place:"needed" jsonschema:"default=0.95"`
}

// CustomersSegments fits a model to customers and sorts them into segments by what they would be worth and by how
// likely they are still there.
func CustomersSegments(in CustomersSegmentsInput) (out SegmentsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	o := in.options()
	o.Level = in.Level
	v := in.value(&notes, o, 0, customers.Wants{Intervals: true, Totals: true})
	if notes.Refused() {
		return
	}
	a := &v.Answer
	out.Model = a.Known.Model.Kind
	longest := customers.Longest(a.Summary)
	paid := a.Known.Model.Spend.Basis != customers.NoSpend
	all, stake := 0.0, a.StakeBySegment()
	out.Segments = make([]SegmentValue, customers.SegmentCount)
	for s := range out.Segments {
		all += stake[s]
		out.Segments[s] = segmentValue(customers.Segment(s), a.Parts[s], stake[s], longest > 0, a.Answerable(), paid)
	}
	if a.Answerable() && paid {
		loss := all - a.Totals.Value.Value
		out.AtStake, out.Loss = &all, &loss
	}
	if !a.Answerable() {
		notes.Add(notice.TooLittle, "segments", longest)
	}
	return
}

// segmentValue tells of a segment what the data carry: who is still there takes a model, the rest a horizon too, money also amounts that
// were paid.
func segmentValue(s customers.Segment, t customers.Totals, stake float64, modelled, answerable, paid bool) SegmentValue {
	out := SegmentValue{Segment: s, Customers: t.Customers}
	if modelled {
		out.StillThere = &t.Alive
	}
	if !answerable {
		return out
	}
	out.Orders, out.OrdersLower, out.OrdersUpper = &t.Orders.Value, &t.Orders.Low, &t.Orders.High
	if !paid {
		return out
	}
	loss := stake - t.Value.Value
	out.Spend, out.SpendLower, out.SpendUpper = &t.Spend.Value, &t.Spend.Low, &t.Spend.High
	out.CLV, out.CLVLower, out.CLVUpper = &t.Value.Value, &t.Value.Low, &t.Value.High
	out.AtStake, out.Loss = &stake, &loss
	return out
}

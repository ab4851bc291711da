package predict

import (
	"hourglass/core/customers"
	"hourglass/core/notice"
)

// SegmentsResult is customers sorted into segments by value and risk.
type SegmentsResult struct {
	Model    customers.Kind `json:"model_used"`
	AtStake  float64        `json:"value_at_stake" unit:"money" jsonschema:"title=Value at stake" jsonschema_description:"What the customers would be worth within the horizon if all of them were still there."`
	Loss     float64        `json:"expected_loss" unit:"money" jsonschema:"title=Expected loss" jsonschema_description:"The part of the value at stake that is expected to be gone, because some have left."`
	Segments []SegmentValue `json:"segments" jsonschema:"title=Segments" jsonschema_description:"One entry a segment, also where nobody is in it."`
}

// SegmentValue is the customers of one segment together.
type SegmentValue struct {
	Segment    customers.Segment `json:"segment"`
	Customers  float64           `json:"customers" unit:"count" jsonschema:"title=Customers" jsonschema_description:"How many there are."`
	StillThere float64           `json:"still_there"`
	Orders     float64           `json:"expected_orders"`
	Spend      float64           `json:"expected_spend"`
	CLV        float64           `json:"clv"`
	AtStake    float64           `json:"value_at_stake"`
	Loss       float64           `json:"expected_loss"`
}

// CustomersSegments fits a model to customers and sorts them into segments by what they would be worth and by how
// likely they are still there.
func CustomersSegments(in CustomersInput) (out SegmentsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	v := in.value(&notes, in.options(), 0, customers.Wants{})
	if notes.Refused() {
		return
	}
	a := &v.Answer
	out.Model = a.Known.Model.Kind
	out.Segments = make([]SegmentValue, customers.SegmentCount)
	for s := range out.Segments {
		out.Segments[s].Segment = customers.Segment(s)
	}
	for i, loyal := range customers.AtStake(a.Base, a.Scores, a.Values) {
		s, row := &out.Segments[a.Segments[i]], a.Base.Row[i]
		s.Customers++
		s.StillThere += a.Scores.Alive[row]
		s.Orders += a.Scores.Expected[row]
		s.Spend += a.Scores.Expected[row] * a.Values.OrderValue[i]
		s.CLV += a.Values.Value[i]
		s.AtStake += loyal
		s.Loss += loyal - a.Values.Value[i]
	}
	for _, s := range out.Segments {
		out.AtStake += s.AtStake
		out.Loss += s.Loss
	}
	return
}

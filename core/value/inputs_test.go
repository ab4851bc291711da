package value_test

import (
	"encoding/json"
	"testing"

	"hourglass/core/value"
)

func TestDefaultsAreTheWires(t *testing.T) {
	in := value.NewSubscriptionInput()
	if in.GrossMargin != 0 || in.TargetRatio != 3 || in.Period != value.Month || in.PaymentTiming != value.Start || in.CAC != nil {
		t.Errorf("%+v", in)
	}
	if in := value.NewRetentionInput(); in.PaymentTiming != value.AfterRenewal {
		t.Errorf("%+v", in)
	}
}

func TestOptionsAreParsed(t *testing.T) {
	for _, p := range []value.Period{value.Month, value.Quarter, value.Year, value.Week, value.Day} {
		if got, err := value.ParsePeriod(p.String()); got != p || err != nil {
			t.Error(p, got, err)
		}
	}
	const want = `"Month" is not month, quarter, year, week or day`
	if _, err := value.ParsePeriod("Month"); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	in := value.NewSubscriptionInput()
	if err := json.Unmarshal([]byte(`{"price":100,"period":"year","payment_timing":"end"}`), &in); err != nil {
		t.Fatal(err)
	}
	if in.Period != value.Year || in.PaymentTiming != value.End || in.TargetRatio != 3 {
		t.Errorf("%+v", in)
	}
	if text, err := json.Marshal(value.Quarter); string(text) != `"quarter"` || err != nil {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := json.Marshal(value.Period(9)); err == nil {
		t.Error("a period that does not exist was written")
	}
}

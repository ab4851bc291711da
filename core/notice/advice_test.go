package notice

import "testing"

func TestAdviceInWords(t *testing.T) {
	for _, c := range []struct {
		n    Notice
		want string
	}{
		{Notice{Code: FewRepeats}, "No customer has ordered a second time."},
		{Notice{Code: FewRepeats, Limit: 1}, "Only 1 customer has ordered a second time."},
		{Notice{Code: FewRepeats, Limit: 12}, "Only 12 customers have ordered a second time."},
		{Notice{Code: FewSpenders, Limit: 1}, "The average order value comes from only 1 customer."},
		{Notice{Code: Trend, Limit: -0.1234}, "Orders have fallen behind the model by 12% over the time of the file."},
		{Notice{Code: Trend, Limit: 0.5}, "Orders have risen above the model by 50% over the time of the file."},
		{Notice{Code: NoFullYear, Limit: 80.6}, "The file covers 81 days, less than a year."},
		{Notice{Code: WeaklyIdentified, Limit: 0.7}, "Some parameters are known only to within a factor of 2."},
		{Notice{Code: SpendFollowsFrequency, Limit: -0.3123}, "Customers who order more often spend a different amount per order: correlation -0.31."},
		{Notice{Code: TooLittle}, "The history is too short for a forecast."},
		{Notice{Code: TooLittle, Limit: 1}, "The history is too short for this forecast period: 1 day at most."},
		{Notice{Code: TooLittle, Limit: 1088}, "The history is too short for this forecast period: 1088 days at most."},
		{Notice{Code: OneGiant, Limit: 0.934}, "One customer makes up 93% of the revenue or of the expected value."},
	} {
		says, do, _ := c.n.Code.Advice()
		if got, want := c.n.String(), c.want+" "+do; says == "" || got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// What is to be done has places of its own.
func TestUsualMiss(t *testing.T) {
	const want = "Only 1 earlier forecast of this length could be checked. The range allows for the usual error: 10% to 20%, up to 40% in some shops. It narrows after three checks."
	if got := (Notice{Code: Unchecked, Limit: 1}).String(); got != want {
		t.Error(got)
	}
}

func FuzzFilled(f *testing.F) {
	f.Add("{n, plural, =0 {Nobody} one {Only {shown} customer} other {Only {shown} customers}} ordered", 2.0)
	f.Add("{way, select, down {fall} other {rise", 1.0)
	f.Add("}{{,{,,}", -1.0)
	f.Fuzz(func(t *testing.T, text string, n float64) {
		values := map[string]string{"shown": "7", "way": "down"}
		if first, again := filled(text, values, n), filled(text, values, n); first != again {
			t.Error("not the same twice")
		}
	})
}

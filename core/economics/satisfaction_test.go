package economics

import (
	"testing"

	"hourglass/core/notice"
	"hourglass/core/value"
)

// Reichheld (2006), The Ultimate Question, ch. 3 (bain.com, Word-of-mouth economics at Dell): a customer is worth $210; 1 million of Dell's customers came from
// 40 million positive comments, so that a promoter's 8 comments a year are worth 8 × $210 / 40 = $42. Here all groups stay one year, spend 210 and
// promoters bring 8/40 customers in it.
func TestWordOfMouthAtDell(t *testing.T) {
	in := NewSatisfactionInput()
	in.Period, in.GrossMargin, in.ReferredValue = value.Year, 1, new(210.0)
	for _, brings := range []float64{8.0 / 40, 0, 0} {
		in.Groups = append(in.Groups, Opinion{Answers: 1, Spend: 210, ChurnRate: 1, Referrals: brings})
	}
	out, _ := Satisfaction(in)
	near(t, "word of mouth", &out.Groups[0].Referral, 42, 1e-9)
	near(t, "promoter", &out.Groups[0].CLV, 252, 1e-9)
	// The published ends, $328 for a promoter and -$57 for a detractor: a point of NPS, half a hundredth of the difference, is 1.925.
	in.Groups[0], in.Groups[2] = Opinion{Answers: 60, Spend: 328, ChurnRate: 1}, Opinion{Answers: 15, ChurnRate: 1, ServiceCost: 57}
	in.Groups[1].Answers = 25
	out, _ = Satisfaction(in)
	near(t, "NPS", &out.NPS, 45, 1e-9)
	near(t, "a point", &out.PointValue, (328+57)/200.0, 1e-9)
	near(t, "detractor", &out.Groups[2].CLV, -57, 1e-9)
}

// By hand without discounting: margins of 30, 24 and 17.5 less service, over churn.
func TestGroupsAndWhatItBringsToMoveThem(t *testing.T) {
	in := NewSatisfactionInput()
	in.GrossMargin, in.Customers, in.LoopCost, in.Recovered = 0.5, new(1000.0), new(30.0), 0.25
	in.Groups = []Opinion{
		{Answers: 50, Spend: 60, ChurnRate: 0.02, ServiceCost: 2, Referrals: 0.01},
		{Answers: 30, Spend: 48, ChurnRate: 0.04, ServiceCost: 4},
		{Answers: 20, Spend: 35, ChurnRate: 0.1, ServiceCost: 10, Referrals: -0.02},
	}
	out, notes := Satisfaction(in)
	if len(notes) != 0 {
		t.Error(notes)
	}
	near(t, "promoters' own", &out.Groups[0].Own, 1400, 1e-9)
	near(t, "passives", &out.Groups[1].CLV, 500, 1e-9)
	near(t, "detractors' own", &out.Groups[2].Own, 75, 1e-9)
	near(t, "a referred customer", &out.Referred, 0.5*1400+0.3*500+0.2*75, 1e-9)
	near(t, "promoters' referrals", &out.Groups[0].Referral, 0.5*865, 1e-9)
	near(t, "detractors", &out.Groups[2].CLV, 75-0.2*865, 1e-9)
	near(t, "to passive", &out.Passive, 500-(75-173), 1e-9)
	near(t, "a point in all", out.PointTotal, 1000*(1832.5+98)/200, 1e-9)
	near(t, "most per contact", &out.MaxLoop, 0.25*598, 1e-9)
	near(t, "gain", out.LoopNet, 0.25*598-30, 1e-9)
	near(t, "break-even recovery", out.LoopBreak, 30/598.0, 1e-9)
	in.Groups[2].ServiceCost = out.Groups[2].MaxService
	in.ReferredValue = &out.Referred
	out, _ = Satisfaction(in)
	near(t, "a detractor served at the most", &out.Groups[2].CLV, 0, 1e-9)
}

func TestSatisfactionAtTheEdge(t *testing.T) {
	in := NewSatisfactionInput()
	in.GrossMargin = 0.5
	in.Groups = []Opinion{{Spend: 1, ChurnRate: 0.1}, {Spend: 1, ChurnRate: 0.1}, {Spend: 1, ChurnRate: 0.1}}
	if _, notes := Satisfaction(in); len(notes) != 1 || notes[0].Code != notice.NotAbove || notes[0].Field != "groups/0/answers" {
		t.Error(notes)
	}
	in.Groups[0] = Opinion{Answers: 1, Spend: 1, ChurnRate: 0} // no limit: five years for all
	in.Groups[2].Spend, in.LoopCost = 9, new(1.0)
	out, notes := Satisfaction(in)
	codes := map[notice.Code]bool{}
	for _, n := range notes {
		codes[n.Code] = true
	}
	if !codes[notice.Unbounded] || !codes[notice.DetractorsWorthMore] || !codes[notice.LoopLoses] {
		t.Error(notes)
	}
	near(t, "five years", &out.Groups[0].CLV, 30, 1e-9)
	if out.LoopBreak != nil || out.PointTotal != nil || out.MaxLoop != 0 {
		t.Errorf("nothing to win: %v", out)
	}
	in.Groups = in.Groups[:2]
	if _, notes := Satisfaction(in); !notes.Refused() {
		t.Error("two groups pass")
	}
}

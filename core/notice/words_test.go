package notice_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"hourglass/core/notice"
)

func TestEveryCodeHasASentence(t *testing.T) {
	for code := range notice.CodeCount {
		text := code.Template()
		if says, do, ok := code.Advice(); ok {
			if text != "" {
				t.Errorf("%s: a template and an advice", code)
			}
			text = says + ". " + do
		}
		if text == "" || strings.Count(text, "{") != strings.Count(text, "}") || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q", code, text)
		}
		said := notice.Notice{Code: code, Field: "a_field", Limit: 3}.String()
		if strings.ContainsAny(said, "{}") {
			t.Errorf("%s: a place is left open: %q", code, said)
		}
	}
	if _, _, ok := notice.CodeCount.Advice(); ok || notice.CodeCount.Template() != "" {
		t.Error("what is no code has a sentence")
	}
}

func TestFigure(t *testing.T) {
	for v, want := range map[float64]string{3: "3", 0.05: "0.05", 1e14: "100000000000000", 1.0 / 3: "0.333333",
		123456.789: "123457", 1e-9: "1e-9", -1.5e21: "-1.5e+21", math.MaxFloat64: "1.79769e+308", math.Copysign(0, -1): "0", 1e-320: "1e-320"} {
		if got := notice.Figure(v); got != want {
			t.Errorf("%v: %s, want %s", v, got, want)
		}
	}
}

// A half is rounded away from zero, as on the page, and whatever the binary fraction of 2.675 is.
func TestHalves(t *testing.T) {
	for _, c := range []struct {
		n    notice.Notice
		want string
	}{
		{notice.Notice{Code: notice.LongLifetime, Limit: 12.5}, "is 13 years"},
		{notice.Notice{Code: notice.FirstSaleLoss, Limit: 39.625}, "loses 39.63;"},
		{notice.Notice{Code: notice.FirstSaleLoss, Limit: 2.675}, "loses 2.68;"},
		{notice.Notice{Code: notice.NeverPaysBack, Limit: -0.125}, "is -0.13."},
		{notice.Notice{Code: notice.NeverPaysBack}, "is 0."},
		{notice.Notice{Code: notice.NoChurnSeen, Limit: 0.03125}, "as 3.13%,"},
	} {
		if got := c.n.String(); !strings.Contains(got, c.want) {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestErrHoldsTheProblemsAlone(t *testing.T) {
	var l notice.List
	if l.Err() != nil {
		t.Error("an empty list is an error")
	}
	l.Add(notice.RevenueNotMargin, "gross_margin", 1)
	if l.Err() != nil || len(l.Warnings()) != 1 {
		t.Error("a warning is an error")
	}
	l.Add(notice.TooHigh, "churn_rate", 1)
	l.Add(notice.AllSame, "survivors", 0)
	err := fmt.Errorf("shop: %w", l.Err())
	const want = "shop: churn_rate must be at most 1. survivors never falls, so there is no churn to fit. Add more periods."
	if err.Error() != want {
		t.Errorf("%q, want %q", err, want)
	}
	var problems *notice.Error
	if !errors.As(err, &problems) || len(problems.Problems) != 2 || problems.Problems[0].Field != "churn_rate" {
		t.Errorf("%+v", problems)
	}
}

// A figure is rounded as its sentence's unit wants it, and a ratio is no money.
func TestSentencesRoundByTheirUnit(t *testing.T) {
	for _, c := range []struct {
		code  notice.Code
		limit float64
		says  string
	}{
		{notice.LongLifetime, 83.3333, "is 83 years."},
		{notice.ChurnRises, 0.4615384, "to 46.2% in the last period"},
		{notice.NoChurnSeen, 0.00382676, "as high as 0.383%,"},
		{notice.LeverLoses, 37.852132, "costs 37.85 more"},
		{notice.LeverLoses, 0.0042138, "costs 0.0042 more"},
		{notice.BelowCost, 304.8, "CLV, 304.8, is below"},
		{notice.Overspent, 0.456, "returns only 0.46."},
		{notice.FewCustomers, 383762.4, "Track 383762 customers"},
		{notice.EndlessChain, 4.0 / 3, "would bring 1.33 referred"},
		{notice.TooHigh, 0.123456, "must be at most 0.123456."},
	} {
		if said := (notice.Notice{Code: c.code, Field: "a_field", Limit: c.limit}).String(); !strings.Contains(said, c.says) {
			t.Errorf("%q does not say %q", said, c.says)
		}
	}
}

package betageo

import (
	"testing"

	"hourglass/internal/cdnow"
)

func TestQuick(t *testing.T) {
	tab := cdnow.Sample().Table
	for c := BG; c <= MBG; c++ {
		f := Fit(c, tab, nil)
		t.Logf("%+v %v %v\n%+v", f.Params, f.Limit, f.Result.Status, f.Result)
	}
}

func BenchmarkFitSample(b *testing.B) {
	tab := cdnow.Sample().Compress()
	for b.Loop() {
		Fit(BG, tab, nil)
	}
}

func BenchmarkLikelihood(b *testing.B) {
	tab := cdnow.Sample().Compress()
	p := Params{.242595, 4.413602, .79292, 2.42589}
	for b.Loop() {
		p.LogLikelihood(BG, tab)
	}
}

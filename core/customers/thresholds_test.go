package customers

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// docs/score.md names the thresholds as they are.
func TestThresholdsAreDocumented(t *testing.T) {
	body, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("fewer than %d customers ordered again, the file covers less than %d days, or the forecast period is more than %d times as long as the file", leastRepeaters, leastDays, timesAhead),
		fmt.Sprintf("| few repeats | fewer than %d customers", fewRepeats),
		fmt.Sprintf("shorter than %d times the mean time", shortAge),
		fmt.Sprintf("| no full year | fewer than %d days", int(math.Ceil(DaysPerYear-1))),
		fmt.Sprintf("fewer than %d earlier forecasts", checkedFrom),
		fmt.Sprintf("reaches to %g times the total, or down to the total over %g", wide, wide),
		fmt.Sprintf("more than %g%% from first to last, with p below %g, in at least %d weeks", 100*largeTrend, significant, patternPeriods),
		fmt.Sprintf("a yearly wave of more than %g%%", 100*largeSeason),
		fmt.Sprintf("an elasticity beyond %g), with p below %g", dependent, certain),
		fmt.Sprintf("fewer than %d of them, or a mean order known to no better than %g%%", fewRepeats, 100*uncertainSpend),
		fmt.Sprintf("one of at least %d customers is more than %g%% of", giantAmong, 100*giant),
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("docs/score.md does not say %q", want)
		}
	}
}

package turn

import (
	"slices"
	"strconv"
	"testing"
)

func TestNothingIsLeftOutForLong(t *testing.T) {
	list := []string{"a", "b", "c", "d", "e"}
	seen := map[string]int{}
	for n := range 5 {
		t.Setenv("TURN", strconv.Itoa(n))
		taken := Of(t, list, 2)
		if len(taken) != 2 {
			t.Errorf("turn %d takes %v", n, taken)
		}
		for _, one := range taken {
			seen[one]++
		}
	}
	for _, one := range list {
		if seen[one] != 2 {
			t.Errorf("%s was taken %d times in five turns of two, not twice", one, seen[one])
		}
	}
}

func TestAllAreTaken(t *testing.T) {
	list := []string{"a", "b", "c"}
	for turn, n := range map[string]int{"all": 1, "7": 3, "8": 4} {
		t.Setenv("TURN", turn)
		if got := Of(t, list, n); !slices.Equal(got, list) {
			t.Errorf("TURN=%s, %d: %v", turn, n, got)
		}
	}
}

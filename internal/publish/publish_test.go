package main

import (
	"strings"
	"testing"

	"hourglass/core/release"
)

// A published number that changed is told: readers compare.
func TestChangedNumbersAreTold(t *testing.T) {
	s, err := read("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range s.untold() {
		t.Error(problem)
	}
}

func made(changelog string) state {
	return state{
		source: `const Version = "` + release.Version + `"`, changelog: "# Changelog\n\n## Unreleased\n" + changelog + "\n## 0.0.1 - 2020-01-01\n\n### Numbers changed\n\n- `average`: of old.\n",
		last: numbers{"average": {"clv": "1", "cac": "2"}, "totals": {"clv": "5"}},
		now:  numbers{"average": {"clv": "1.5", "new": "7"}, "totals": {"clv": "5"}, "fresh": {"clv": "3"}},
	}
}

func TestANumberThatChangedMustBeTold(t *testing.T) {
	silent := made("\n### Added\n\n- `average` has a picture.\n").untold()
	if len(silent) != 1 || !strings.Contains(silent[0], "`clv` from 1 to 1.5") || !strings.Contains(silent[0], "`cac` from 2 to gone") {
		t.Errorf("%q", silent)
	}
	if told := made("\n### Numbers changed\n\n- `average`: 1 was wrong.\n").untold(); len(told) != 0 {
		t.Errorf("%q", told)
	}
}

func TestAReleaseMovesWhatIsUnreleased(t *testing.T) {
	after, problems := made("\n### Numbers changed\n\n- `average`: 1 was wrong.\n").released("99.0.0", "2026-12-01")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if !strings.Contains(after.changelog, "## Unreleased\n\n## 99.0.0 - 2026-12-01\n\n### Numbers changed\n\n- `average`: 1 was wrong.\n") {
		t.Error(after.changelog)
	}
	if after.source != `const Version = "99.0.0"` || len(after.changed()) != 0 {
		t.Error(after.source, after.changed())
	}
	_, problems = made("").released("0.0.1", "2026-12-01")
	if text := strings.Join(problems, "\n"); len(problems) != 3 || !strings.Contains(text, "three numbers above") || !strings.Contains(text, "nothing under Unreleased") {
		t.Errorf("%q", problems)
	}
}

func TestVersionsAreThreeNumbersAboveTheLast(t *testing.T) {
	for version, want := range map[string]bool{
		"1.2.4": true, "1.10.0": true, "2.0.0": true, "1.2.3": false, "1.2.2": false, "0.9.9": false,
		"": false, "1.3": false, "v1.3.0": false, "1.3.0-rc1": false, "1.3.0.1": false, "01.3.0": false, "1.3.0 ": false,
	} {
		if above(version, "1.2.3") != want {
			t.Errorf("%q above 1.2.3: %v", version, !want)
		}
	}
}

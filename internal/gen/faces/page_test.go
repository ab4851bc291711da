package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"hourglass/core/catalogue"
)

// A segment has one name: that of the customers page and that of the API's docs and sheets.
func TestSegmentsHaveOneName(t *testing.T) {
	body, err := os.ReadFile("../../../site/messages/en/segments.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(body, &words); err != nil {
		t.Fatal(err)
	}
	segments := 0
	for name, title := range words {
		if option, ok := catalogue.OptionTitles[name]; ok {
			segments++
			if title != option {
				t.Errorf("%s is %q on the page and %q elsewhere", name, title, option)
			}
		}
	}
	if segments != 10 {
		t.Errorf("%d segments", segments)
	}
}

// A calculation without special cases has an empty list of them: the page goes through it.
func TestWhatIsMissingIsAnEmptyList(t *testing.T) {
	if bare := (pageCalculation{ID: "bare"}).in(nil, messages{}.in); bare.Assumptions == nil || bare.Special == nil || bare.Symbols == nil {
		t.Errorf("%+v", bare)
	}
}

// What a calculation of the page can give has its text there; what only lists of customers can give has none.
func TestPageNoticesAreThoseThatCanBeGiven(t *testing.T) {
	t.Chdir("../../..")
	_, texts := pageNotices()
	for code, want := range map[string]bool{
		"required": true, "too_high": true, "overflow": true, "unbounded": true, "curve_is_flat": true, "lever_loses": false,
		"too_many_customers": false, "gaps_impossible": false, "season": false,
	} {
		if (texts[code] != "") != want {
			t.Errorf("%s: %q", code, texts[code])
		}
	}
	_, upsell := catalogue.Find("upsell")
	_, average := catalogue.Find("average")
	if own := noticesOf(upsell); own["lever_loses"] == "" || own["unbounded"] != "" {
		t.Errorf("a lever brings %q", own)
	}
	if own := noticesOf(average); len(own) != 0 {
		t.Errorf("the calculator's own module brings %q beside what every page has", own)
	}
}

// A new calculation with words of its own for a field leaves those of the others where their translations are.
func TestTranslatedWordsKeepTheirKeys(t *testing.T) {
	calculation := func(help string) pageCalculation {
		return pageCalculation{Inputs: []pageField{{Name: "margin", Help: help}}}
	}
	all := []pageCalculation{calculation("New."), calculation("New."), calculation("Old.")}
	old := messages{"margin.help": fmt.Sprintf("%x", sha256.Sum256([]byte("Old.")))[:8]}
	if usual := usualWords(all, old)["margin.help"]; usual != "Old." {
		t.Errorf("%q stands where the translations are of %q", usual, "Old.")
	}
	if usual := usualWords(all[:2], old)["margin.help"]; usual != "New." {
		t.Errorf("%q, though no field has the translated text any more", usual)
	}
	if usual := usualWords(all, nil)["margin.help"]; usual != "New." {
		t.Errorf("%q, not the words of most fields", usual)
	}
}

package main

import (
	"slices"
	"testing"
)

// Every calculator has its place in the menu: a question that there is, a part and a business that the menu names and, once
// it has a preset, names that people search for and its line in English: a calculation that was added is found by its title until then.
func TestMenu(t *testing.T) {
	s := &site{options: options{src: ".."}}
	words, err := s.words("en")
	if err != nil {
		t.Fatal(err)
	}
	p := page{Words: words, Groups: questions(scenarios(t))}
	placed := 0
	for _, g := range p.Groups {
		if words["ask_"+g.ID] == "" || len(g.Scenarios) == 0 {
			t.Errorf("the question %s has no words or no answer", g.ID)
		}
		shown := 0
		for _, part := range g.Parts() {
			shown += len(part.Scenarios)
		}
		if shown != len(g.Scenarios) {
			t.Errorf("%s: %d of %d scenarios are in a part that the menu has", g.ID, shown, len(g.Scenarios))
		}
		placed += len(g.Scenarios)
		for _, sc := range g.Scenarios {
			if !sc.Plain && (p.Also(sc.ID) == "" || p.Searched(sc.ID) == "") {
				t.Errorf("%s has no names to search for, or no line in the menu (also_… and names_… of site/messages/en/menu.json)", sc.ID)
			}
			for _, id := range sc.Business {
				if !slices.ContainsFunc(businesses, func(b business) bool { return b.ID == id }) {
					t.Errorf("%s is for %s, which is no business", sc.ID, id)
				}
			}
		}
	}
	if all := len(scenarios(t)); placed != all {
		t.Errorf("%d of %d scenarios have a question", placed, all)
	}
	for _, b := range businesses {
		if !slices.ContainsFunc(p.Groups[0].Scenarios, func(sc scenario) bool { return sc.ID == b.Lead && sc.isFor(b.ID) }) {
			t.Errorf("%s begins with %s, which is not for it", b.ID, b.Lead)
		}
	}
}

package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// ideas is how many ideas docs/ideas.md answers.
const ideas = 44

var quoted = regexp.MustCompile("`([^`]+)`")

// docs/ideas.md has each idea once, in order; the calculations and the pages that it names are there, and what has neither says so.
func TestIdeas(t *testing.T) {
	body, err := os.ReadFile("../../docs/ideas.md")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{"/customers/": true}
	for _, sc := range scenarios(t) {
		pages["/"+sc.ID+"/"] = true
	}
	next := 1
	for line := range strings.Lines(string(body)) {
		cells := strings.Split(line, "|")
		if len(cells) != 7 || strings.Trim(cells[1], " #-") == "" {
			continue
		}
		if want := strings.TrimSpace(cells[1]); want != strconv.Itoa(next) {
			t.Fatalf("idea %s stands where %d should", want, next)
		}
		next++
		named, shown := quoted.FindAllStringSubmatch(cells[3], -1), quoted.FindAllStringSubmatch(cells[4], -1)
		if answered := len(named) > 0 && len(shown) > 0; !answered && strings.TrimSpace(cells[5]) != "Not yet" {
			t.Errorf("idea%snames no calculation and page, and does not say so", cells[1])
		}
		for _, m := range named {
			if _, c := catalogue.Find(m[1]); c.ID == "" {
				t.Errorf("idea%snames %s, which is no calculation", cells[1], m[1])
			}
		}
		for _, m := range shown {
			if !pages[m[1]] {
				t.Errorf("idea%snames %s, which is no page", cells[1], m[1])
			}
		}
	}
	if next != ideas+1 {
		t.Errorf("%d ideas", next-1)
	}
}

package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// numbers are what the examples of docs/formulas come to, as they are printed: by calculation, by field.
type numbers map[string]map[string]string

var (
	exampleRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (.+?) \\|$")
	asked      = regexp.MustCompile(`http://127\.0\.0\.1:8080/v1/(\S+)`)
)

// printed reads the numbers off the pages.
func printed(folder string) (numbers, error) {
	pages, err := filepath.Glob(filepath.Join(folder, "*.md"))
	if err != nil {
		return nil, err
	}
	found := numbers{}
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		_, example, ok := strings.Cut(string(body), "\n## Example\n")
		calculation := asked.FindStringSubmatch(example)
		if !ok || calculation == nil {
			continue // the list of pages
		}
		rows := map[string]string{}
		for _, row := range exampleRow.FindAllStringSubmatch(example, -1) {
			rows[row[1]] = row[2]
		}
		found[calculation[1]] = rows
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no page has an example", folder)
	}
	return found, nil
}

// changed are the calculations that say something else than in the last release, each with its fields and what they
// were and are. A calculation or a field that is new changes nothing; one that is gone does.
func (s state) changed() map[string][]string {
	changes := map[string][]string{}
	for calculation, before := range s.last {
		for _, field := range slices.Sorted(maps.Keys(before)) {
			is, there := s.now[calculation][field]
			if !there {
				is = "gone"
			}
			if is != before[field] {
				changes[calculation] = append(changes[calculation], fmt.Sprintf("`%s` from %s to %s", field, before[field], is))
			}
		}
	}
	return changes
}

// untold are the changes that CHANGELOG.md does not tell, under "Numbers changed" of what is unreleased, by the calculation's name in
// backticks.
func (s state) untold() (problems []string) {
	_, changed, _ := strings.Cut(unreleased(s.changelog), "\n### Numbers changed\n")
	changed, _, _ = strings.Cut(changed, "\n### ")
	changes := s.changed()
	for _, calculation := range slices.Sorted(maps.Keys(changes)) {
		if !strings.Contains(changed, "`"+calculation+"`") {
			problems = append(problems, fmt.Sprintf("the example of `%s` changed and CHANGELOG.md does not say so: add a line under Unreleased, Numbers changed, with `%s`, what moved and why (%s)",
				calculation, calculation, some(changes[calculation])))
		}
	}
	return problems
}

// some are the first of many.
func some(texts []string) string {
	const shown = 4
	if len(texts) <= shown {
		return strings.Join(texts, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(texts[:shown], "; "), len(texts)-shown)
}

// unreleased is what CHANGELOG.md says since the last release.
func unreleased(changelog string) string {
	_, rest, _ := strings.Cut(changelog, "\n## Unreleased\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	return "\n" + section
}

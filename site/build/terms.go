package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The glossary: terms and their meanings stand in docs/glossary.md, with their names in seven languages; the meanings in the other six in
// site/learn/<language>/terms.json, by the English one, so that one that changed is asked for anew.

// A term of the glossary in a language.
type term struct {
	Name    string
	English string // its name in English, where Name is not that
	Means   string
	Own     bool   // Means is in the language; English stands in where it is not translated
	Anchor  string // on the glossary's page
}

var (
	shortName = regexp.MustCompile(`\(([A-Z]+)\)`)
	unnamed   = regexp.MustCompile(`[^a-z0-9]+`)
)

// anchorOf is where a term stands: by its short name where it has one.
func anchorOf(term string) string {
	if m := shortName.FindStringSubmatch(term); m != nil {
		return strings.ToLower(m[1])
	}
	term, _, _ = strings.Cut(term, " (")
	return strings.Trim(unnamed.ReplaceAllString(strings.ToLower(term), "-"), "-")
}

// meanings are what the terms mean in a language, by what they mean in English.
func (s *site) meanings(l language) (map[string]string, error) {
	body, err := os.ReadFile(filepath.Join(s.src, "learn", l.Tag, "terms.json"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var means map[string]string
	if err := json.Unmarshal(body, &means); err != nil {
		return nil, fmt.Errorf("learn/%s/terms.json: %w", l.Tag, err)
	}
	return means, nil
}

// terms are those of the glossary in a language.
func (s *site) terms(l language) ([]term, error) {
	body, err := os.ReadFile(s.root("docs", "glossary.md"))
	if err != nil {
		return nil, err
	}
	means, err := s.meanings(l)
	if err != nil {
		return nil, err
	}
	place := -1 // the language's column, in whatever order they stand
	called := map[string]string{}
	var list []term
	part := ""
	for line := range strings.Lines(string(body)) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			part = strings.TrimSpace(title)
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case cells[0] == "English":
			place = slices.Index(cells, l.Name)
		case cells[0] == "term" || strings.HasPrefix(cells[0], "--"):
		case len(cells) == 2 && part == "Terms":
			list = append(list, termOf(cells[0], cells[1], means, l))
		case len(cells) > 2 && place > 0 && place < len(cells):
			called[strings.ToLower(cells[0])] = cells[place]
		}
	}
	for i, t := range list {
		if own := called[strings.ToLower(t.Name)]; own != "" {
			list[i].Name, list[i].English = own, t.Name
		}
	}
	return list, nil
}

// termOf is a term with its meaning in a language.
func termOf(name, english string, means map[string]string, l language) term {
	t := term{Name: name, Means: plain(english), Anchor: anchorOf(name), Own: l.Tag == "en"}
	if own := means[english]; own != "" {
		t.Means, t.Own = own, true
	}
	return t
}

// A definedTerm is one that fields of a calculation are called by.
type definedTerm struct {
	term
	Fields string // their names
}

// defined are the terms that the fields of a calculation are called by, in the fields' order.
func (s *site) defined(id string, l language) ([]definedTerm, error) {
	fields, err := s.fieldTitles(id, s.languages[0])
	if err != nil {
		return nil, err
	}
	english, err := s.terms(s.languages[0])
	if err != nil {
		return nil, err
	}
	own, err := s.terms(l)
	if err != nil {
		return nil, err
	}
	var list []definedTerm
	for _, f := range fields {
		at := termIn(f.Title, english)
		if at < 0 {
			continue
		}
		seen := slices.IndexFunc(list, func(d definedTerm) bool { return d.Anchor == own[at].Anchor })
		if seen < 0 {
			list = append(list, definedTerm{own[at], f.Name})
		} else if !slices.Contains(strings.Fields(list[seen].Fields), f.Name) {
			list[seen].Fields += " " + f.Name
		}
	}
	return list, nil
}

// termIn is which term a title says, -1 where it says none. Of several it is the one of most words: the payback period of "CAC payback period".
func termIn(title string, terms []term) int {
	found, most := -1, 0
	for i, t := range terms {
		for _, name := range namesOf(t.Name) {
			if n := said(title, name); n > most {
				found, most = i, n
			}
		}
	}
	return found
}

// namesOf are the names that a term goes by: "Customer acquisition cost (CAC)" by two.
func namesOf(term string) []string {
	long, _, _ := strings.Cut(term, " (")
	names := strings.Split(long, ", ")
	if m := shortName.FindStringSubmatch(term); m != nil {
		names = append(names, m[1])
	}
	return names
}

// said is how much of a title a name is, 0 where the title does not say it. A single word has many uses: it counts where the title is that word, or that
// word for a time ("Value, 30 days").
func said(title, name string) int {
	const many = 1000 // more letters than a title has
	switch {
	case strings.ContainsAny(name, " -"):
		if hasWords(strings.ToLower(title), strings.ToLower(name)) {
			return 2*many + len(name)
		}
	case name == strings.ToUpper(name):
		if hasWords(title, name) {
			return many + len(name)
		}
	case strings.EqualFold(title, name) || strings.HasPrefix(title, name+",") || strings.HasPrefix(title, name+" per "):
		return len(name)
	}
	return 0
}

// hasWords tells whether a text has words as they stand, not within others.
func hasWords(text, words string) bool {
	letter := func(s string, at int) bool {
		return at >= 0 && at < len(s) && unnamed.FindStringIndex(strings.ToLower(s[at:at+1])) == nil
	}
	for from := 0; ; {
		at := strings.Index(text[from:], words)
		if at < 0 {
			return false
		}
		at += from
		if !letter(text, at-1) && !letter(text, at+len(words)) {
			return true
		}
		from = at + 1
	}
}

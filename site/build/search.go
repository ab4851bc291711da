package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A found thing is one that the header's search finds: site/menu/search.ts has the same.
type found struct {
	Title string `json:"title"`
	Says  string `json:"says"`            // beside it: its question, its meaning, its first sentence
	Path  string `json:"path"`            // from the site's root
	Names string `json:"names,omitempty"` // that people use for it
	Words string `json:"words,omitempty"` // its fields and results
}

// A searchIndex is what the search of a language knows; the page of all calculators says where it is.
type searchIndex struct {
	Calculators []found `json:"calculators"`
	Terms       []found `json:"terms"`
	Docs        []found `json:"docs"`
}

// indexOf is the asset of a language's index.
func indexOf(l language) string { return "search-" + l.Tag + ".json" }

// writeIndex makes the index of a language: calculators in its words, the glossary's terms, and the documentation, which is English.
func (s *site) writeIndex(p page, l language) error {
	var index searchIndex
	english, err := s.words("en")
	if err != nil {
		return err
	}
	inEnglish := page{Words: english}
	for _, g := range p.Groups {
		for _, sc := range g.Scenarios {
			fields, err := s.fieldTitles(sc.Calculation, l)
			if err != nil {
				return err
			}
			var words []string
			for _, f := range fields {
				words = append(words, f.Title)
			}
			e := p.Examples[sc.ID]
			names := []string{p.Searched(sc.ID), p.Also(sc.ID)}
			if l.Tag != "en" { // the trade's terms are English everywhere
				names = append(names, inEnglish.Also(sc.ID))
			}
			names = slices.DeleteFunc(names, func(name string) bool { return name == "" })
			index.Calculators = append(index.Calculators, found{e.Title, e.Heading, l.folder() + sc.ID + "/", strings.Join(names, ", "), strings.Join(words, " ")})
		}
	}
	index.Calculators = append(index.Calculators, found{Title: p.Words["customers"], Says: p.Words["customers_heading"], Path: l.folder() + customersPath, Names: "RFM, BG/NBD, Pareto/NBD, churn prediction, order list, cohort, win-back, reactivation, dormant"})
	terms, err := s.terms(l)
	if err != nil {
		return err
	}
	for _, t := range terms {
		index.Terms = append(index.Terms, found{Title: t.Name, Says: t.Means, Path: l.folder() + glossaryPath + "#" + t.Anchor, Names: t.English})
	}
	articles, err := s.readArticles()
	if err != nil {
		return err
	}
	for _, a := range articles {
		text, err := s.articleIn(a, l)
		if err == nil {
			text, err = s.filled(text, l)
		}
		if err != nil {
			return err
		}
		index.Docs = append(index.Docs, found{Title: text.Heading, Says: text.Lede, Path: l.folder() + learnPath + a.ID + "/"})
	}
	sections, err := s.readDocs()
	if err != nil {
		return err
	}
	for _, section := range sections {
		for _, d := range section.Listed() {
			if d.File != "" && section.Name != "formulas" && !strings.Contains(d.File, "/decisions/") {
				index.Docs = append(index.Docs, found{Title: d.Title, Says: d.Lede, Path: d.Path})
			}
		}
	}
	body, err := json.Marshal(index)
	s.addAsset(indexOf(l), body)
	return err
}

// A titledField is an input or a result by its name and its title.
type titledField struct{ Name, Title string }

// fieldTitles are the inputs and results of a calculation with their titles, each title once.
func (s *site) fieldTitles(id string, l language) ([]titledField, error) {
	file := wordsOf(id)
	if l.Tag != "en" {
		file = "messages/" + l.Tag + "/calculations/" + id + ".gen.json"
	}
	body, err := os.ReadFile(filepath.Join(s.src, file))
	if err != nil {
		return nil, err
	}
	var calc struct{ Inputs, Results []titledField }
	if err := json.Unmarshal(body, &calc); err != nil {
		return nil, err
	}
	var titled []titledField
	for _, f := range slices.Concat(calc.Inputs, calc.Results) {
		if !slices.ContainsFunc(titled, func(o titledField) bool { return o.Title == f.Title }) {
			titled = append(titled, f)
		}
	}
	return titled, nil
}

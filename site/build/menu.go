package main

import (
	"slices"
	"strings"
)

// The menu is a page: /calculators/ has every calculator by the question that it answers. The header's script reads it on the first
// touch and shows it in place, so that no other page carries its names; without a script its link leads there.

// calculatorsPath is the folder of the menu's page.
const calculatorsPath = "calculators/"

// worth is the group of the calculations that say what a customer is worth.
const worth = "worth"

// asked are the questions of the menu, in the order in which they are asked.
var asked = []string{worth, "pay", "raise", "base", "disagree"}

// A business is who one is: the message business_…, and the calculator that such a visitor begins with.
type business struct{ ID, Lead string }

var businesses = []business{{"shop", "average"}, {"subscription", "subscription"}, {"app", "app"}, {"services", "retention"}, {"donations", "donors"}}

// ledBy is the business that begins with a scenario.
func ledBy(id string) string {
	for _, b := range businesses {
		if b.Lead == id {
			return b.ID
		}
	}
	return ""
}

// A question of the menu, the message ask_…, and the scenarios that answer it.
type question struct {
	ID        string
	Scenarios []scenario
}

// questions stand in the order in which they are asked; what a business begins with stands before the rest.
func questions(all []scenario) []question {
	var list []question
	for i, id := range asked {
		list = append(list, question{ID: id})
		for _, sc := range all {
			if sc.Group == list[i].ID {
				list[i].Scenarios = append(list[i].Scenarios, sc)
			}
		}
		slices.SortStableFunc(list[i].Scenarios, func(a, b scenario) int { return rank(a.ID) - rank(b.ID) })
	}
	return list
}

// rank is where a scenario stands among those that a business begins with; the others stand behind them.
func rank(id string) int {
	if at := slices.IndexFunc(businesses, func(b business) bool { return b.Lead == id }); at >= 0 {
		return at
	}
	return len(businesses)
}

// First is where the group's question leads.
func (g question) First() string {
	if g.ID == worth {
		return home
	}
	return g.Scenarios[0].ID
}

// Parts are the group's scenarios under headings, the messages part_…; those without one come first.
func (g question) Parts() []question {
	var list []question
	for _, id := range []string{"", "keep", "earn", "acquire"} {
		part := question{ID: id}
		for _, sc := range g.Scenarios {
			if sc.Part == id {
				part.Scenarios = append(part.Scenarios, sc)
			}
		}
		if len(part.Scenarios) > 0 {
			list = append(list, part)
		}
	}
	return list
}

// isFor tells whether a scenario is for a business.
func (sc scenario) isFor(business string) bool {
	return len(sc.Business) == 0 || slices.Contains(sc.Business, business)
}

// For is who a scenario is for, as an attribute; empty where it is for every business.
func (sc scenario) For() string { return strings.Join(sc.Business, " ") }

// Asked are the questions' ids, for pages that have no scenarios.
func (p page) Asked() []string { return asked }

// Businesses are those that one may choose.
func (p page) Businesses() []business { return businesses }

// Shown are the groups of a business's page, without those that have nothing for it; all of them on the menu's own.
func (p page) Shown() []question {
	list := slices.Clone(p.Groups)
	if p.Business == "" {
		return list
	}
	for i := range list {
		list[i].Scenarios = slices.DeleteFunc(slices.Clone(list[i].Scenarios), func(sc scenario) bool { return !sc.isFor(p.Business) })
	}
	return slices.DeleteFunc(list, func(g question) bool { return len(g.Scenarios) == 0 })
}

// Searched is what people call a scenario, shown under its title.
func (p page) Searched(id string) string { return p.Words["names_"+strings.ReplaceAll(id, "-", "_")] }

// Also is what people call a scenario who search for it, separated as a list is in the language.
func (p page) Also(id string) string { return p.Words["also_"+strings.ReplaceAll(id, "-", "_")] }

// renderMenu writes the menu's page in a language, and the page of each business.
func (s *site) renderMenu(base page, l language, c pageCatalogue, all []scenario) error {
	p, err := base.in(l, calculatorsPath)
	if err != nil {
		return err
	}
	if err := s.writeIndex(p, l); err != nil {
		return err
	}
	p.Index = indexOf(l)
	p.Currencies = nil // no figures stand there
	p.Heading, p.Lede, p.Description = p.Words["all_calculators"], p.Words["calculators_lede"], p.Words["calculators_description"]
	if err := s.renderNamed(l, calculatorsPath, "all_calculators", "calculators.html", p); err != nil {
		return err
	}
	for _, b := range businesses {
		path := "for/" + b.ID + "/"
		if p, err = base.in(l, path); err != nil {
			return err
		}
		lead := slices.IndexFunc(all, func(sc scenario) bool { return sc.ID == b.Lead })
		if err := p.fill(c, all[lead]); err != nil {
			return err
		}
		p.Business, p.Own = b.ID, true
		p.Heading, p.Lede, p.Description = p.Words["for_"+b.ID], p.Example.Heading, p.Words["for_"+b.ID]+". "+p.Example.Description
		if err := s.renderNamed(l, path, "for_"+b.ID, "calculator.html", p); err != nil {
			return err
		}
	}
	return nil
}

// collection says that a page is a list of calculators. None where the site does not know where it stands.
func (p page) collection() thing {
	if p.Canonical == "" {
		return nil
	}
	return thing{"@context": "https://schema.org", "@type": "CollectionPage", "name": p.Heading, "url": p.Canonical, "description": p.Summary(), "inLanguage": p.Lang}
}

// renderNamed writes a page whose title and card are its heading.
func (s *site) renderNamed(l language, path, heading, template string, p page) error {
	english, err := s.words("en")
	if err != nil {
		return err
	}
	p.Title = fullTitle(p.Heading)
	p.Linked = p.collection()
	if p.Picture, err = s.picture(l.folder()+path, card{Title: p.Heading}, card{Title: english[heading]}); err != nil {
		return err
	}
	return s.render(l.folder()+path+"index.html", template, p)
}

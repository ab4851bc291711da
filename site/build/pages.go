package main

import (
	"bytes"
	"html/template"
	"path/filepath"
	"regexp"
	"slices"
)

// home is the scenario that the first page shows.
const home = "subscription"

// glassPage is the scenario with the largest view of its own.
const glassPage = "hourglass"

// driverModule says what drives an answer, of which it stands below the number.
const driverModule = "calculator/decide/driver.ts"

// nexts are the three scenarios that a visitor of one may ask next, each of which the page answers for its customer.
func nexts(sc scenario, all []question) []string {
	var list []string
	switch {
	case sc.Calculation == "app", sc.Calculation == "freemium":
		list = []string{"ad-budget", "acquisition-cost", "subscription", "channels"}
	case sc.Calculation == "donors":
		list = []string{"ad-budget", "acquisition-cost", "channels"}
	case sc.ID == "hourglass": // it shows where value is lost; levers are valued elsewhere
		list = []string{"growth-plan", "adoption", "price-change"}
	case sc.Group == worth, sc.Group == "base":
		list = []string{"ad-budget", "growth-plan", "customer-equity", "hourglass", "subscription"}
	case sc.Group == "pay":
		list = []string{"average", "ad-budget", "margin", "acquisition-cost", "channels"}
	case sc.Group == "raise":
		list = []string{"growth-plan", "subscription", "hourglass", "reconcile"}
	default:
		list = []string{"subscription", "growth-plan", "hourglass"}
	}
	list = slices.DeleteFunc(list, func(id string) bool {
		return id == sc.ID || !slices.ContainsFunc(all, func(g question) bool {
			return slices.ContainsFunc(g.Scenarios, func(other scenario) bool { return other.ID == id })
		})
	})
	return list[:min(3, len(list))]
}

// A page is what a template sees.
type page struct {
	Lang, Dir   string
	First       bool              // the one that chooses the visitor's language
	Start       bool              // the first page of a language
	Languages   []translation     // the same page in each; none where it is in English only
	Canonical   string            // its address, where it is known
	Picture     posted            // its card
	Linked      thing             // what it is, for search engines
	Words       map[string]string // the page's own
	Base        string            // the way to the site's root
	Root        string            // the way to the first page of the language
	Home        string            // the same as a link
	Title       string
	Heading     string
	Lede        string
	Description string
	Currencies  []string
	Groups      []question
	Group       question // of the scenario
	Business    string   // whose page it is, or whose first calculator
	Own         bool     // the page of a business
	Index       string   // of the search, on the menu's own page
	Next        []string // scenarios
	Scenario    scenario
	Calculation calculation
	Examples    map[string]example // by scenario
	Example     example
	Parts       []string // of the script, that this page needs
	Defined     []definedTerm

	site *site
}

// Source is the address of the source, empty where it is not known.
func (p page) Source() string { return p.site.source }

// inverted is a French verb with the pronoun behind it, as a question has them.
var inverted = regexp.MustCompile(`\p{L}+-(?:t-)?(?:ils?|elles?|on|vous|nous|je|ce)\b`)

// Held is a text in which no line ends within such a verb: "se crée-|t-elle".
func (page) Held(text string) template.HTML {
	return template.HTML(inverted.ReplaceAllString(template.HTMLEscapeString(text), `<span class="held">$0</span>`))
}

// Asset is the path of an asset from the site's root.
func (p page) Asset(name string) (string, error) { return p.site.asset(name) }

// A symbol is a letter of the formula and what it stands for.
type symbol struct {
	Letter       template.HTML
	Title, Value string
}

func (s *site) renderPages() error {
	c, err := s.readCatalogue()
	if err != nil {
		return err
	}
	scenarios, err := s.readScenarios(c)
	if err != nil {
		return err
	}
	figures := struct {
		Scenarios []computed     `json:"scenarios"`
		Learn     []quotedFigure `json:"learn"`
		Shop      shop           `json:"shop"`
	}{}
	for _, sc := range scenarios {
		out, err := c.computed(sc)
		if err != nil {
			return err
		}
		figures.Scenarios = append(figures.Scenarios, out)
	}
	if figures.Learn, err = s.quotes(c, scenarios); err != nil {
		return err
	}
	if figures.Shop, err = sampleShop(); err != nil {
		return err
	}
	if err := s.writeExamples(figures); err != nil {
		return err
	}
	base := page{site: s, Currencies: s.currencies, Groups: questions(scenarios)}
	for _, l := range s.languages {
		base.Examples = s.examples[l.Tag].Scenarios
		for _, sc := range scenarios {
			if err := s.renderScenario(base, l, c, sc); err != nil {
				return err
			}
		}
		if err := s.renderMenu(base, l, c, scenarios); err != nil {
			return err
		}
		if err := s.renderBenchmarks(base, l); err != nil {
			return err
		}
		if err := s.renderLearn(base, l, c, scenarios); err != nil {
			return err
		}
		if err := s.renderCustomers(l); err != nil {
			return err
		}
	}
	return s.renderMissing(base)
}

// A missingPage is what stands in the place of any address that is not there.
type missingPage struct {
	page
	InEach []missingPage // the same in each language
	Folder string        // of the language
}

// renderMissing writes the page for what is not there. Its links cannot be relative.
func (s *site) renderMissing(base page) error {
	var all []missingPage
	for _, l := range s.languages {
		p, err := base.in(l, "")
		if err != nil {
			return err
		}
		p.Base, p.Root, p.Home, p.Canonical, p.Languages = "/", "/", "/", "", nil
		p.Examples = s.examples[l.Tag].Scenarios
		p.Title, p.Description = fullTitle(p.Words["missing_title"]), p.Words["missing_title"]
		all = append(all, missingPage{page: p, Folder: l.folder()})
	}
	english := all[0]
	english.InEach = all
	return s.render("404.html", "404.html", english)
}

// renderScenario writes a scenario's page in a language; that of the first one stands at the language's root too.
func (s *site) renderScenario(base page, l language, c pageCatalogue, sc scenario) error {
	p, err := base.in(l, sc.ID+"/")
	if err != nil {
		return err
	}
	e := base.Examples[sc.ID]
	if err := p.fill(c, sc); err != nil {
		return err
	}
	p.Title, p.Heading, p.Description, p.Business = p.calculatorTitle(sc), e.Heading, e.Description, ledBy(sc.ID)
	english := cardOf(s.examples["en"].Scenarios[sc.ID])
	if p.Picture, err = s.picture(l.folder()+sc.ID+"/", cardOf(e), english); err != nil {
		return err
	}
	p.Linked = p.linkedData()
	if err := s.render(l.folder()+sc.ID+"/index.html", "calculator.html", p); err != nil || sc.ID != home {
		return err
	}
	if p, err = p.in(l, ""); err != nil {
		return err
	}
	p.Start = true
	p.First = l.Tag == "en"
	p.Title, p.Heading, p.Lede, p.Description = p.Words["home_title"], p.Words["ask_worth"], p.Words["home_lede"], p.Words["home_description"]
	words, err := s.words("en")
	if err != nil {
		return err
	}
	own := cardOf(e)
	own.Title, english.Title = p.Heading, words["ask_worth"]
	if p.Picture, err = s.picture(l.folder(), own, english); err != nil {
		return err
	}
	p.Linked = p.linkedData()
	return s.render(l.folder()+"index.html", "calculator.html", p)
}

func (s *site) render(path, name string, p any) error {
	dir := filepath.Join(s.src, "pages")
	t, err := template.New("").Option("missingkey=error").ParseFiles(filepath.Join(dir, "layout.html"), filepath.Join(dir, name))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout.html", p); err != nil {
		return err
	}
	s.files[path] = out.Bytes()
	if q, ok := p.(interface{ mapped() *listed }); ok {
		if one := q.mapped(); one != nil {
			s.pages = append(s.pages, one)
		}
	}
	return nil
}

// cardOf is the card of a scenario's page.
func cardOf(e example) card { return card{e.Heading, e.Answer.Name, e.Answer.Figure} }

// fill gives the page what its scenario says in its language, and what its script needs for it.
func (p *page) fill(c pageCatalogue, sc scenario) error {
	calc, err := c.find(sc.Calculation)
	if err != nil {
		return err
	}
	p.Scenario, p.Calculation, p.Example = sc, calc, p.Examples[sc.ID]
	p.Group = p.Groups[slices.IndexFunc(p.Groups, func(g question) bool { return g.ID == sc.Group })]
	p.Next = nexts(sc, p.Groups)
	at := slices.IndexFunc(p.site.languages, func(l language) bool { return l.Tag == p.Lang })
	if p.Defined, err = p.site.defined(calc.ID, p.site.languages[at]); err != nil {
		return err
	}
	modules := []string{entry, wordsOf(calc.ID), driverModule}
	if p.Lang != "en" {
		modules = []string{entry, driverModule}
		for _, part := range []string{"page.gen.mjs", "decide.gen.mjs", "catalogue.gen.mjs", "calculations/" + calc.ID + ".gen.json"} {
			modules = append(modules, "messages/"+p.Lang+"/"+part)
		}
	}
	if sc.View != "" {
		modules = append(modules, "calculator/views/"+sc.View+".ts")
		if p.Lang != "en" {
			modules = append(modules, "messages/"+p.Lang+"/growth.gen.mjs")
		}
	}
	p.Parts = p.site.needed(modules[0], modules[1:]...)
	return nil
}

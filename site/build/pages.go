package main

import (
	"bytes"
	"html/template"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hourglass/core/catalogue"
)

// home is the scenario that the first page shows.
const home = "subscription"

// currencies are those of the header's list; format.mjs has the same.
var currencies = strings.Fields("USD EUR GBP JPY CHF CAD AUD BRL INR CNY SEK MXN")

// worth is the group of the calculations that say what a customer is worth.
const worth = "worth"

// A question of the chooser, and the scenarios that answer it.
type question struct {
	ID, Title string
	Scenarios []scenario
}

// questions stand in the order in which they are asked.
func questions(all []scenario) []question {
	list := []question{{ID: worth, Title: "What is a customer worth?"}, {ID: "raise", Title: "What would raise it?"},
		{ID: "disagree", Title: "Why do calculators disagree?"}}
	for i := range list {
		for _, sc := range all {
			if sc.Group == list[i].ID {
				list[i].Scenarios = append(list[i].Scenarios, sc)
			}
		}
	}
	return list
}

// First is where the group's question leads.
func (g question) First() string {
	if g.ID == worth {
		return home
	}
	return g.Scenarios[0].ID
}

// Menu is the scenarios that stand in the chooser, and Further those that its list holds.
func (g question) Menu() []scenario    { return g.only(false) }
func (g question) Further() []scenario { return g.only(true) }

func (g question) only(more bool) []scenario {
	return slices.DeleteFunc(slices.Clone(g.Scenarios), func(sc scenario) bool { return sc.More != more })
}

// A way leads on to another scenario with the figures that both share.
type way struct{ ID, Calculation, Text string }

// ways are where one goes from a scenario: from a value to what would raise it, from a lever to the plan.
func ways(sc scenario) (asks string, list []way) {
	to := func(id, text string) { list = append(list, way{id, id, text}) }
	switch {
	case sc.Group == worth:
		asks = "What would raise it?"
		to("growth-plan", "Plan what to do")
		to("onboarding", "A better start")
		to("service", "Better service")
		to("loyalty-programme", "A loyalty programme")
		to("upsell", "An upsell")
		to("referral", "Referral")
		to("reconcile", "Why do other calculators say something else?")
	case sc.View == "lever", sc.Calculation == "annual-plan":
		asks = "What is it worth doing?"
		to("growth-plan", "Put it into a plan with other levers")
		to("subscription", "What is this customer worth today?")
	case sc.Calculation == "growth-plan":
		asks = "Where does it come from?"
		to("subscription", "What is this customer worth today?")
		to("reconcile", "Why do other calculators say something else?")
	default:
		asks = "What would raise it?"
		to("growth-plan", "Plan what to do")
		to("subscription", "What is this customer worth?")
	}
	return asks, list
}

// A page is what a template sees.
type page struct {
	Base        string // the way to the site's root
	Home        string
	Title       string
	Heading     string
	Lede        string
	Description string
	Currencies  []string
	Groups      []question
	Group       question // of the scenario
	Question    string
	Ways        []way
	Scenario    scenario
	Calculation calculation
	Answer      answer
	Given       []line
	Figures     []line
	Symbols     []symbol
	Parts       []string // of the script, that this page needs

	site *site
}

// Asset is the path of an asset from the site's root.
func (p page) Asset(name string) (string, error) { return p.site.asset(name) }

type answer struct {
	Name, Figure, Sentence string
	Length                 int
	Warnings               []string
}

type line struct{ Title, Value, Help string }

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
	base := page{site: s, Currencies: currencies, Groups: questions(scenarios)}
	for _, sc := range scenarios {
		p := base
		p.Base, p.Home = "../", "../"
		p.Title, p.Heading, p.Description = sc.Title+" – Hourglass", sc.Heading, sc.Description
		if err := p.fill(c, sc); err != nil {
			return err
		}
		if err := s.render(sc.ID+"/index.html", "calculator.html", p); err != nil {
			return err
		}
		if sc.ID == home {
			p.Base, p.Home = "", "./"
			p.Title, p.Heading = "Hourglass – what is a customer worth?", "What is a customer worth?"
			p.Lede = "Choose what you run, put in your figures, and read the answer. Every formula is shown."
			p.Description = "An open calculator of customer lifetime value. It runs in your browser, shows every formula with your own numbers in it, and keeps nothing."
			if err := s.render("index.html", "calculator.html", p); err != nil {
				return err
			}
		}
	}
	missing := base
	// Served in the place of any address, so that its links cannot be relative.
	missing.Base, missing.Home = "/", "/"
	missing.Title, missing.Description = "Not found – Hourglass", "There is no such page."
	return s.render("404.html", "404.html", missing)
}

func (s *site) render(path, name string, p any) error {
	dir := filepath.Join(s.src, "pages")
	t, err := template.ParseFiles(filepath.Join(dir, "layout.html"), filepath.Join(dir, name))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout.html", p); err != nil {
		return err
	}
	s.files[path] = out.Bytes()
	return nil
}

// fill computes the scenario's example and puts it into words.
func (p *page) fill(c pageCatalogue, sc scenario) error {
	calc, err := c.find(sc.Calculation)
	if err != nil {
		return err
	}
	input := sc.start(calc)
	out, err := c.compute(calc, input)
	if err != nil {
		return err
	}
	v := view{calc, out, "year"}
	if period, ok := input["period"].(string); ok {
		v.period = period
	}
	p.Scenario, p.Calculation = sc, calc
	p.Group = p.Groups[slices.IndexFunc(p.Groups, func(g question) bool { return g.ID == sc.Group })]
	p.Question, p.Ways = ways(sc)
	p.Parts = p.site.needed(entry, wordsOf(calc.ID))
	if sc.View != "" {
		p.Parts = p.site.needed(entry, wordsOf(calc.ID), "elements/views/"+sc.View+".mjs")
	}
	p.Answer = v.answer(sc)
	p.Given, p.Figures, p.Symbols = v.lines(calc.Inputs), v.lines(calc.Results), v.symbols()
	return nil
}

// A view says the figures of an outcome.
type view struct {
	calc   calculation
	out    outcome
	period string
}

func (v view) field(name string) field {
	all := slices.Clone(v.calc.Results)
	for _, f := range v.calc.Results {
		if f.Kind == "group" {
			all = append(all, f.Fields...)
		}
	}
	for _, f := range append(all, v.calc.Inputs...) {
		if f.Name == name {
			return f
		}
	}
	return field{Name: name, Title: name}
}

// shown is a figure in words; ok is false where there is none.
func (v view) shown(name string, rounded bool) (text string, ok bool) {
	switch x := v.out.values[name].(type) {
	case float64:
		return format(x, v.field(name).Unit, v.period, rounded), true
	case string:
		return catalogue.OptionTitles[x], true
	}
	return "–", false
}

func (v view) answer(sc scenario) answer {
	a := answer{Name: v.field(sc.Headline).Title}
	a.Figure, _ = v.shown(sc.Headline, true)
	a.Length = min(20, utf8.RuneCountInString(a.Figure))
	sentence := sc.Sentence
	if x, ok := v.out.values[sc.Headline].(float64); ok && x < 0 && sc.Loss != "" {
		sentence = sc.Loss
	}
	a.Sentence = v.fillIn(sentence)
	for _, w := range v.out.warnings {
		a.Warnings = append(a.Warnings, v.warning(w))
	}
	return a
}

var (
	clause      = regexp.MustCompile(`\[([^\]]*)\]`)
	placeholder = regexp.MustCompile(`\{(\w+)(:\w+)?\}`)
)

// fillIn is sentence.mjs: {name} is a figure, and a [clause] without one of its figures is left out.
func (v view) fillIn(template string) string {
	text := clause.ReplaceAllStringFunc(template, func(part string) string {
		part = part[1 : len(part)-1]
		for _, m := range placeholder.FindAllStringSubmatch(part, -1) {
			if _, ok := v.shown(m[1], true); !ok {
				return ""
			}
		}
		return part
	})
	text = placeholder.ReplaceAllStringFunc(text, func(mark string) string {
		m := placeholder.FindStringSubmatch(mark)
		shown, _ := v.shown(m[1], true)
		x, _ := v.out.values[m[1]].(float64)
		switch m[2] {
		case ":abs":
			return strings.TrimPrefix(shown, "-")
		case ":points":
			return points(x)
		case ":plain":
			return decimal(x, 2)
		}
		return shown
	})
	return strings.TrimSpace(text)
}

func (v view) warning(w warning) string {
	return placeholder.ReplaceAllStringFunc(w.text, func(mark string) string {
		m := placeholder.FindStringSubmatch(mark)
		if m[1] == "field" {
			return v.field(w.field).Title
		}
		unit := strings.TrimPrefix(m[2], ":")
		switch unit {
		case "years", "months":
			unit = "count"
		case "":
			unit = v.field(w.field).Unit
		}
		return format(w.limit, unit, v.period, unit == "money")
	})
}

func (v view) lines(fields []field) []line {
	var out []line
	for _, f := range fields {
		if shown, ok := v.shown(f.Name, false); ok {
			out = append(out, line{f.Title, shown, f.Help})
		}
		if f.Kind == "group" {
			out = append(out, v.lines(f.Fields)...)
		}
	}
	return out
}

// symbols cuts each letter out of the formula.
func (v view) symbols() []symbol {
	var out []symbol
	for _, s := range v.calc.Symbols {
		letter := regexp.MustCompile(`<(m\w+) data-field="` + s.Field + `">.*?</m\w+>`).FindString(string(v.calc.Formula))
		shown, _ := v.shown(s.Field, false)
		out = append(out, symbol{template.HTML("<math>" + letter + "</math>"), v.field(s.Field).Title, shown})
	}
	return out
}

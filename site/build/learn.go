package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Learn: articles in plain words, each round a calculator. What is the same in every language stands in site/learn/articles.json; the
// words are a Markdown file an article and language. No figure is typed into them: {case.field} is what the engine answers for a case,
// {name.field} without a case of that name the example of a scenario, {a.x - b.x} a difference, {benchmark.id} a published figure; {case.field:abs} is
// without its sign, {case.field:points} in percentage points.

// learnPath is the folder of the articles, glossaryPath that of the terms.
const (
	learnPath    = "learn/"
	glossaryPath = learnPath + "glossary/"
)

// An article is what its languages share.
type article struct {
	ID         string
	Group      string                 // of the list of articles: the message learn_…
	Calculator string                 // the scenario that it is built round
	Cases      map[string]articleCase // worked examples, by the names that the texts use
	Next       []string               // articles
	Sources    []string               // in Markdown
	Steps      bool                   // its headings are the steps of doing it
}

// An articleCase is a scenario with some of its figures changed.
type articleCase struct {
	Scenario string
	Set      map[string]any
}

// An articleText is an article in a language.
type articleText struct {
	article
	Title, Heading, Lede, Description, Body string
	Sourced                                 []string // by the figures in it: benchmarks
}

// An articleGroup is a part of the list of articles.
type articleGroup struct {
	ID       string
	Articles []articleText
}

// A learnPage is what the templates of Learn see.
type learnPage struct {
	page
	All     []articleGroup
	Article articleText
	Content template.HTML
	Sources []template.HTML
	Related []articleText
	Terms   []term
}

// articleGroups are the parts of the list, in order.
var articleGroups = []string{"measure", "understand", "raise"}

// A quotedFigure is a place in an article, as examples.ts takes it.
type quotedFigure struct {
	Key    string `json:"key"` // the article and the place as it stands in the text
	ID     string `json:"id"`  // of the scenario
	Field  string `json:"field"`
	Value  any    `json:"value"`
	How    string `json:"how"` // as a scenario's sentence has it: abs, points, plain
	Period any    `json:"period"`
}

var figurePlace = regexp.MustCompile(`\{([a-z0-9-]+)\.([a-z0-9_.-]+?)(?: - ([a-z0-9-]+)\.([a-z0-9_.]+))?(?::(abs|points|plain))?\}`)

// readArticles reads what the languages share.
func (s *site) readArticles() ([]article, error) {
	var all []article
	body, err := os.ReadFile(filepath.Join(s.src, "learn", "articles.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, fmt.Errorf("learn/articles.json: %w", err)
	}
	return all, nil
}

// articleIn reads an article in a language: lines of name: text, an empty line, Markdown. English stands in where it is not translated yet.
func (s *site) articleIn(a article, l language) (articleText, error) {
	out := articleText{article: a}
	name := filepath.Join(s.src, "learn", l.Tag, a.ID+".md")
	source, err := os.ReadFile(name)
	if os.IsNotExist(err) && l.Tag != "en" {
		return s.articleIn(a, language{Tag: "en"})
	}
	if err != nil {
		return out, err
	}
	front, body, found := strings.Cut(string(source), "\n\n")
	fields := map[string]*string{"title": &out.Title, "heading": &out.Heading, "lede": &out.Lede, "description": &out.Description}
	for line := range strings.Lines(front) {
		key, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if fields[key] == nil || text == "" {
			return out, fmt.Errorf("%s begins with %q: it may say title, heading, lede and description", name, line)
		}
		*fields[key] = text
	}
	if !found || out.Title == "" || out.Heading == "" || out.Lede == "" || out.Description == "" {
		return out, fmt.Errorf("%s lacks its title, heading, lede, description or text", name)
	}
	out.Body = body
	return out, nil
}

// texts are the article's words that may quote figures.
func (a articleText) texts() string { return a.Lede + "\n" + a.Description + "\n" + a.Body }

// quotes are the figures that all articles quote, calculated; each place once.
func (s *site) quotes(c pageCatalogue, scenarios []scenario) ([]quotedFigure, error) {
	articles, err := s.readArticles()
	if err != nil {
		return nil, err
	}
	var all []quotedFigure
	for _, a := range articles {
		seen := map[string]bool{}
		for _, l := range s.languages {
			text, err := s.articleIn(a, l)
			if err != nil {
				return nil, err
			}
			for _, m := range figurePlace.FindAllStringSubmatch(text.texts(), -1) {
				if m[1] == "benchmark" || seen[m[0]] {
					continue
				}
				seen[m[0]] = true
				q, err := a.quote(c, scenarios, m)
				if err != nil {
					return nil, fmt.Errorf("%s in %s: %s: %w", a.ID, l.Tag, m[0], err)
				}
				all = append(all, q)
			}
		}
	}
	return all, nil
}

// quote calculates a place.
func (a article) quote(c pageCatalogue, scenarios []scenario, m []string) (quotedFigure, error) {
	id, values, err := a.work(c, scenarios, m[1])
	if err != nil {
		return quotedFigure{}, err
	}
	q := quotedFigure{Key: a.ID + " " + m[0], ID: id, Field: m[2], Value: values[m[2]], How: m[5], Period: values["period"]}
	if m[3] != "" {
		_, less, err := a.work(c, scenarios, m[3])
		if err != nil {
			return q, err
		}
		from, isNumber := q.Value.(float64)
		by, alsoNumber := less[m[4]].(float64)
		if !isNumber || !alsoNumber {
			return q, fmt.Errorf("one of the two is no number")
		}
		q.Value = from - by
	}
	switch q.Value.(type) {
	case float64, string:
		return q, nil
	}
	return q, fmt.Errorf("there is no such figure")
}

// work calculates a case of the article, or a scenario's example where no case has the name.
func (a article) work(c pageCatalogue, scenarios []scenario, name string) (id string, values map[string]any, err error) {
	one, known := a.Cases[name]
	if !known {
		one.Scenario = name
	}
	at := slices.IndexFunc(scenarios, func(sc scenario) bool { return sc.ID == one.Scenario })
	if at < 0 {
		return "", nil, fmt.Errorf("%q is neither a case nor a scenario", name)
	}
	sc := scenarios[at]
	calc, err := c.find(sc.Calculation)
	if err != nil {
		return "", nil, err
	}
	sc.Start = sc.start(calc)
	for field, value := range one.Set {
		if _, known := sc.Start[field]; !known {
			return "", nil, fmt.Errorf("%s has no %s", sc.ID, field)
		}
		sc.Start[field] = value
	}
	out, err := c.computed(sc)
	return sc.ID, out.Values, err
}

// Drawn is how many of the scenario's first fields the facade draws: it has no lists.
func (p learnPage) Drawn() (n int) {
	for _, first := range p.Scenario.Primary {
		for _, f := range p.Calculation.Inputs {
			if f.Name == first.Field && f.Kind != "list" && f.Kind != "records" {
				n++
			}
		}
	}
	return n
}

// Names are those of the calculation's inputs, as an attribute.
func (c calculation) Names() string {
	var names []string
	for _, f := range c.Inputs {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// renderLearn writes the articles in a language, their list and the glossary.
func (s *site) renderLearn(base page, l language, c pageCatalogue, scenarios []scenario) error {
	articles, err := s.readArticles()
	if err != nil {
		return err
	}
	var all []articleText
	for _, a := range articles {
		text, err := s.articleIn(a, l)
		if err != nil {
			return err
		}
		if text, err = s.filled(text, l); err != nil {
			return err
		}
		all = append(all, text)
	}
	for _, text := range all {
		if err := s.renderArticle(base, l, c, scenarios, text, all); err != nil {
			return err
		}
	}
	if err := s.renderLearnIndex(base, l, all); err != nil {
		return err
	}
	return s.renderGlossary(base, l)
}

// filled is a text with its figures.
func (s *site) filled(a articleText, l language) (articleText, error) {
	var missing error
	fill := func(text string) string {
		return figurePlace.ReplaceAllStringFunc(text, func(at string) string {
			m := figurePlace.FindStringSubmatch(at)
			shown := s.examples[l.Tag].Learn[a.ID+" "+at]
			if m[1] == "benchmark" {
				shown = s.examples[l.Tag].Benchmarks[m[2]].Range
				if !slices.Contains(a.Sourced, m[2]) {
					a.Sourced = append(a.Sourced, m[2])
				}
			}
			if shown == "" {
				missing = fmt.Errorf("learn/%s/%s.md: nothing is known of %s", l.Tag, a.ID, at)
			}
			return shown
		})
	}
	a.Lede, a.Description, a.Body = fill(a.Lede), fill(a.Description), fill(a.Body)
	return a, missing
}

func (s *site) renderArticle(base page, l language, c pageCatalogue, scenarios []scenario, a articleText, all []articleText) error {
	path := learnPath + a.ID + "/"
	in, err := base.in(l, path)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(scenarios, func(sc scenario) bool { return sc.ID == a.Calculator })
	if at < 0 {
		return fmt.Errorf("the article %s is built round %q, which is no calculator", a.ID, a.Calculator)
	}
	if err := in.fill(c, scenarios[at]); err != nil {
		return err
	}
	p := learnPage{page: in, Article: a}
	p.Currencies = nil // its figures are an example's
	p.Heading, p.Lede, p.Description = a.Heading, a.Lede, a.Description
	if p.Content, err = markdownOf(a.Body, p.Root); err != nil {
		return err
	}
	if p.Sources, err = s.sourcesOf(a); err != nil {
		return err
	}
	for _, id := range a.Next {
		i := slices.IndexFunc(all, func(o articleText) bool { return o.ID == id })
		if i < 0 {
			return fmt.Errorf("the article %s leads to %q, which is none", a.ID, id)
		}
		p.Related = append(p.Related, all[i])
	}
	return s.renderLearned(l, path, a.Title, "article.html", p)
}

// sourcesOf are an article's sources, those of the published figures that it quotes among them.
func (s *site) sourcesOf(a articleText) ([]template.HTML, error) {
	sources := slices.Clone(a.Sources)
	all, _, err := s.readBenchmarks()
	if err != nil {
		return nil, err
	}
	for _, id := range a.Sourced {
		b := all[slices.IndexFunc(all, func(b benchmark) bool { return b.ID == id })]
		sources = append(sources, fmt.Sprintf("%s (%d). [%s](%s).", b.Source, b.Year, b.Report, b.URL))
	}
	var out []template.HTML
	for _, source := range sources {
		html, err := markdownOf(source, "")
		if err != nil {
			return nil, err
		}
		line := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(html)), "<p>"), "</p>")
		out = append(out, template.HTML(line))
	}
	return out, nil
}

// markdownOf turns a text into HTML; a link that begins with / begins at the language's first page.
func markdownOf(text, root string) (template.HTML, error) {
	var out bytes.Buffer
	err := markdown.Convert([]byte(strings.ReplaceAll(text, "](/", "]("+root)), &out)
	return template.HTML(strings.ReplaceAll(out.String(), "<th></th>", "<td></td>")), err
}

func (s *site) renderLearnIndex(base page, l language, all []articleText) error {
	in, err := base.in(l, learnPath)
	if err != nil {
		return err
	}
	p := learnPage{page: in}
	p.Currencies = nil
	for _, id := range articleGroups {
		group := articleGroup{ID: id}
		for _, a := range all {
			if a.Group == id {
				group.Articles = append(group.Articles, a)
			}
		}
		if len(group.Articles) > 0 {
			p.All = append(p.All, group)
		}
	}
	p.Heading, p.Lede, p.Description = p.Words["learn_heading"], p.Words["learn_lede"], p.Words["learn_description"]
	return s.renderLearned(l, learnPath, p.Words["learn_title"], "learn.html", p)
}

// renderGlossary writes the terms of docs/glossary.md, with their names in the language.
func (s *site) renderGlossary(base page, l language) error {
	in, err := base.in(l, glossaryPath)
	if err != nil {
		return err
	}
	p := learnPage{page: in}
	p.Currencies = nil
	if p.Terms, err = s.terms(l); err != nil {
		return err
	}
	p.Heading, p.Lede, p.Description = p.Words["glossary"], p.Words["glossary_lede"], p.Words["glossary_description"]
	return s.renderLearned(l, glossaryPath, p.Words["glossary_title"], "glossary.html", p)
}

// renderLearned writes a page of Learn.
func (s *site) renderLearned(l language, path, title, template string, p learnPage) (err error) {
	p.Title = fullTitle(title)
	english, err := s.englishHeading(p)
	if err != nil {
		return err
	}
	own, other := card{Title: p.Heading}, card{Title: english}
	if p.Article.ID != "" {
		own.Name, own.Figure = p.Example.Answer.Name, p.Example.Answer.Figure
		e := s.examples["en"].Scenarios[p.Article.Calculator].Answer
		other.Name, other.Figure = e.Name, e.Figure
	}
	if p.Picture, err = s.picture(l.folder()+path, own, other); err != nil {
		return err
	}
	p.Linked = p.learned()
	return s.render(l.folder()+path+"index.html", template, p)
}

// englishHeading is the heading of the page in English, for a card whose letters the font has not.
func (s *site) englishHeading(p learnPage) (string, error) {
	if p.Article.ID != "" {
		english, err := s.articleIn(p.Article.article, s.languages[0])
		return english.Heading, err
	}
	words, err := s.words("en")
	if p.Terms != nil {
		return words["glossary"], err
	}
	return words["learn_heading"], err
}

// learned says what a page of Learn is: an article or steps, a list of terms; and the way to it.
func (p learnPage) learned() thing {
	if p.Canonical == "" {
		return nil
	}
	way := []crumb{{"Hourglass", p.inLanguage("")}, {p.Words["learn"], p.inLanguage(learnPath)}}
	about := thing{"@type": "CollectionPage", "name": p.Heading}
	switch {
	case p.Article.ID != "":
		about = thing{"@type": "Article", "headline": p.Heading, "image": p.Picture.Address}
		if p.Article.Steps {
			about = thing{"@type": "HowTo", "name": p.Heading, "step": steps(p.Article.Body)}
		}
		way = append(way, crumb{p.Heading, p.Canonical})
	case p.Terms != nil:
		about = thing{"@type": "DefinedTermSet", "name": p.Heading, "hasDefinedTerm": defined(p.Terms)}
		way = append(way, crumb{p.Heading, p.Canonical})
	}
	maps.Copy(about, thing{"url": p.Canonical, "description": p.Summary(), "inLanguage": p.Lang})
	return thing{"@context": "https://schema.org", "@graph": []thing{about, breadcrumbs(way...)}}
}

// steps are a text's parts under headings.
func steps(body string) (list []thing) {
	for _, part := range strings.Split("\n"+body, "\n## ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		list = append(list, thing{"@type": "HowToStep", "name": name, "text": plain(text)})
	}
	return list
}

func defined(terms []term) (list []thing) {
	for _, t := range terms {
		list = append(list, thing{"@type": "DefinedTerm", "name": t.Name, "description": t.Means})
	}
	return list
}

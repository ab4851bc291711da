package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// learning is a site with the figures of its articles, not yet in words.
func learning(t *testing.T) (*site, []article, []quotedFigure) {
	t.Helper()
	s := &site{options: options{src: ".."}, examples: map[string]examples{}}
	if err := s.readLists(); err != nil {
		t.Fatal(err)
	}
	c, err := s.readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	scenarios, err := s.readScenarios(c)
	if err != nil {
		t.Fatal(err)
	}
	articles, err := s.readArticles()
	if err != nil {
		t.Fatal(err)
	}
	figures, err := s.quotes(c, scenarios)
	if err != nil {
		t.Fatal(err)
	}
	return s, articles, figures
}

// What an article says in figures is what the engine answers: another answer is another text.
func TestArticlesQuoteTheEngine(t *testing.T) {
	s, articles, figures := learning(t)
	values := map[string]any{}
	for _, q := range figures {
		values[q.Key] = q.Value
	}
	// 100 a month, 80% of it margin, 5% churn: 100/0.05 and 80/0.05.
	for place, want := range map[string]float64{"revenue_ltv": 2000, "undiscounted_clv": 1600, "lifetime_periods": 20} {
		got, _ := values["clv-subscription {subscription."+place+"}"].(float64)
		if d := got - want; d > 1e-9 || d < -1e-9 {
			t.Errorf("%s is %v, not %v", place, got, want)
		}
	}
	for _, answer := range []string{"«one»", "«another»"} {
		shown := map[string]string{}
		for _, q := range figures {
			shown[q.Key] = answer
		}
		ranges := map[string]benchmarkText{}
		all, _, err := s.readBenchmarks()
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range all {
			ranges[b.ID] = benchmarkText{Range: answer}
		}
		for _, l := range s.languages {
			s.examples[l.Tag] = examples{Learn: shown, Benchmarks: ranges}
			for _, a := range articles {
				text, err := s.articleIn(a, l)
				if err != nil {
					t.Fatal(err)
				}
				places := len(figurePlace.FindAllString(text.texts(), -1))
				if text, err = s.filled(text, l); err != nil {
					t.Error(err)
				}
				if got := strings.Count(text.texts(), answer); got != places || places == 0 {
					t.Errorf("%s in %s shows %d of %d figures", a.ID, l.Tag, got, places)
				}
			}
		}
	}
	missing := articleText{article: articles[0], Lede: "{subscription.clv_of_nobody}"}
	if _, err := s.filled(missing, s.languages[0]); err == nil {
		t.Error("a figure that nobody calculated was left out")
	}
}

// named has a digit and is no figure: an address, days of use by their names, what Japanese counts with.
var named = regexp.MustCompile(`\]\([^)]*\)|D1\b|D7\b|D30\b|[1-9](?:人|か月|つ|年)`)

// No figure is typed into an article, and all languages have the same parts, links and figures.
func TestArticlesTypeNoFigures(t *testing.T) {
	s, articles, _ := learning(t)
	links := regexp.MustCompile(`\]\(([^)]*)\)`)
	for _, a := range articles {
		english, err := s.articleIn(a, s.languages[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range s.languages {
			text, err := s.articleIn(a, l)
			if err != nil {
				t.Fatal(err)
			}
			said := text.Title + "\n" + text.Heading + "\n" + named.ReplaceAllString(figurePlace.ReplaceAllString(text.texts(), ""), "")
			if i := strings.IndexFunc(said, unicode.IsDigit); i >= 0 {
				t.Errorf("%s in %s has a figure typed: …%s", a.ID, l.Tag, said[max(0, i-30):min(len(said), i+10)])
			}
			if n := utf8.RuneCountInString(text.Title); n > longestTitle {
				t.Errorf("%s in %s: the title has %d letters", a.ID, l.Tag, n)
			}
			if got, want := strings.Count(text.Body, "\n## "), strings.Count(english.Body, "\n## "); got != want {
				t.Errorf("%s in %s has %d parts, not %d", a.ID, l.Tag, got, want)
			}
			for name, find := range map[string]func(string) []string{
				"links":   func(s string) []string { return links.FindAllString(s, -1) },
				"figures": func(s string) []string { return figurePlace.FindAllString(s, -1) },
			} {
				if got, want := strings.Join(unique(find(text.Body)), " "), strings.Join(unique(find(english.Body)), " "); got != want {
					t.Errorf("%s in %s has other %s:\n%s\n%s", a.ID, l.Tag, name, got, want)
				}
			}
		}
	}
}

// unique are texts, each once and in order.
func unique(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

// A language has all articles and the meanings of all terms, or none yet: then English stands in.
func TestArticlesAreTranslatedTogether(t *testing.T) {
	s, articles, _ := learning(t)
	for _, l := range s.languages {
		folder := filepath.Join(s.src, "learn", l.Tag)
		if _, err := os.Stat(folder); os.IsNotExist(err) {
			t.Logf("%s: no article is translated yet", l.Tag)
			continue
		}
		files := []string{}
		for _, a := range articles {
			files = append(files, a.ID+".md")
		}
		if l.Tag != "en" {
			files = append(files, "terms.json")
		}
		for _, file := range files {
			if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
				t.Errorf("%v: English would stand in for it alone", err)
			}
		}
	}
}

// Each term has its name and its meaning in every language that has begun with them, and no language has the meaning of a term that is gone or has another one.
func TestTerms(t *testing.T) {
	s, _, _ := learning(t)
	english, err := s.terms(s.languages[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range s.languages[1:] {
		terms, err := s.terms(l)
		if err != nil || len(terms) != len(english) {
			t.Fatal(l.Tag, len(terms), err)
		}
		if means, err := s.meanings(l); err == nil && means == nil {
			t.Logf("%s: no term is translated yet", l.Tag)
			continue
		}
		seen := map[string]string{}
		for i, one := range terms {
			if !one.Own || one.English == "" || one.Anchor != english[i].Anchor {
				t.Errorf("%s: %s has no name or no meaning", l.Tag, english[i].Name)
			}
			if other := seen[one.Means]; other != "" {
				t.Errorf("%s: %s and %s mean the same", l.Tag, one.Name, other)
			}
			seen[one.Means] = one.Name
		}
		if means, err := s.meanings(l); err != nil || len(means) != len(english) {
			t.Errorf("%s has %d meanings for %d terms: %v", l.Tag, len(means), len(english), err)
		}
	}
}

// A language added among the others moves no one's names, and has none itself until the glossary has its column.
func TestTermsOfANewLanguage(t *testing.T) {
	s, _, _ := learning(t)
	last := s.languages[len(s.languages)-1]
	before, err := s.terms(last)
	if err != nil {
		t.Fatal(err)
	}
	added := language{Tag: "xx", Name: "Xx"}
	s.languages = slices.Insert(slices.Clone(s.languages), 1, added)
	if after, err := s.terms(last); err != nil || !slices.Equal(before, after) {
		t.Errorf("%s: %v, %d terms, %d before", last.Tag, err, len(after), len(before))
	}
	own, err := s.terms(added)
	for _, one := range own {
		if err != nil || one.English != "" || one.Own {
			t.Fatalf("%+v, %v", one, err)
		}
	}
}

// A field is called by the term that its title says, of several by the one that says most; a word with other uses is no term.
func TestDefined(t *testing.T) {
	s, _, _ := learning(t)
	terms, err := s.terms(s.languages[0])
	if err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]string{
		"Churn rate per period": "churn-rate", "Discount rate per year": "discount-rate", "Target CLV:CAC ratio": "clv-cac-ratio", "CAC payback period": "payback-period",
		"Customer acquisition cost (CAC)": "cac", "Maximum CAC": "cac", "Paid CAC": "blended-cac-paid-cac", "Revenue per active user and day (ARPDAU)": "arpdau", "Value, 30 days": "value",
		"Margin per period": "margin", "Value of the base": "", "Discounted periods today": "", "Customers at the start": "", "Beta": "",
	} {
		got := ""
		if at := termIn(title, terms); at >= 0 {
			got = terms[at].Anchor
		}
		if got != want {
			t.Errorf("%q says %q, not %q", title, got, want)
		}
	}
	defined, err := s.defined("subscription", s.languages[0])
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(defined, func(d definedTerm) bool { return d.Anchor == "churn-rate" }); i < 0 || defined[i].Fields != "churn_rate" {
		t.Errorf("the terms of the subscription: %v", defined)
	}
}

package main

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What search engines, chats and home screens are told: the title of a result, the picture of a link, the list of pages, the icon.

// How many letters a search shows of a title and of a description; of a shorter description too little is known.
const (
	longestTitle        = 60
	longestDescription  = 155
	shortestDescription = 80
)

// calculatorTitle is what people type into a search for the page: the longest way to say it that is shown whole.
func (p page) calculatorTitle(sc scenario) string {
	named := func(words string) string { return strings.ReplaceAll(p.Words[words], "{title}", p.Example.Title) }
	if full := named("title_worth"); sc.Group == worth && utf8.RuneCountInString(full) <= longestTitle {
		return fullTitle(full)
	}
	return fullTitle(named("title_tool"))
}

// fullTitle is a title with the site's name, where both are shown.
func fullTitle(title string) string {
	if full := title + " – Hourglass"; utf8.RuneCountInString(full) <= longestTitle {
		return full
	}
	return title
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?؟]\s|。`)
	clauseEnd   = regexp.MustCompile(`\s*[,;:،؛]\s|[、；：]`)
	wordEnd     = regexp.MustCompile(`\s`)
)

// Summary is the page's description as far as a search shows it: whole sentences, or clauses where these say too little.
func (p page) Summary() string {
	all := []rune(p.Description)
	if len(all) <= longestDescription {
		return p.Description
	}
	shown := string(all[:longestDescription])
	last := func(end *regexp.Regexp) (before, with string) {
		if all := end.FindAllStringIndex(shown, -1); len(all) > 0 {
			at := all[len(all)-1]
			return shown[:at[0]], strings.TrimSpace(shown[:at[1]])
		}
		return "", ""
	}
	if _, whole := last(sentenceEnd); utf8.RuneCountInString(whole) >= shortestDescription {
		return whole
	}
	for _, end := range []*regexp.Regexp{clauseEnd, wordEnd} {
		if before, _ := last(end); utf8.RuneCountInString(before) >= shortestDescription {
			return before + "…"
		}
	}
	return string(all[:longestDescription-1]) + "…"
}

// A thing is a piece of data by the vocabulary of schema.org.
type thing map[string]any

// linkedData says what a calculator's page is: a program that runs in the browser and costs nothing, two questions that the page answers, the way to it.
// None where the site does not know where it stands.
func (p page) linkedData() thing {
	if p.Canonical == "" {
		return nil
	}
	program := thing{
		"@type": "WebApplication", "name": p.Title, "url": p.Canonical, "description": p.Summary(),
		"inLanguage": p.Lang, "applicationCategory": "FinanceApplication", "operatingSystem": "Any", "browserRequirements": "JavaScript, WebAssembly",
		"isAccessibleForFree": true, "offers": thing{"@type": "Offer", "price": 0, "priceCurrency": "USD"},
	}
	all := []thing{program, p.answered()}
	if !p.Start {
		question := "ask_" + p.Group.ID
		all = append(all, breadcrumbs(crumb{"Hourglass", p.inLanguage("")}, crumb{p.Words[question], p.inLanguage(calculatorsPath + "#" + p.Group.ID)}, crumb{p.Heading, p.Canonical}))
	}
	return thing{"@context": "https://schema.org", "@graph": all}
}

// answered are the questions that the page's own words answer: its heading, by the example's sentence, which a calculation without a preset has not; how
// that is calculated, by the assumptions.
func (p page) answered() thing {
	question := func(name string, texts ...string) thing {
		return thing{"@type": "Question", "name": name, "acceptedAnswer": thing{"@type": "Answer", "text": strings.Join(texts, " ")}}
	}
	var asked []thing
	if p.Example.Answer.Sentence != "" {
		asked = append(asked, question(p.Heading, p.Example.Answer.Sentence))
	}
	if len(p.Example.Assumptions) > 0 {
		asked = append(asked, question(p.Example.Title+": "+p.Words["howItWorks"], p.Example.Assumptions...))
	}
	return thing{"@type": "FAQPage", "inLanguage": p.Lang, "mainEntity": asked}
}

// inLanguage is the address of a page in this one's language.
func (p page) inLanguage(path string) string {
	at := slices.IndexFunc(p.site.languages, func(l language) bool { return l.Tag == p.Lang })
	return p.site.address(p.site.languages[at].folder() + path)
}

// A crumb is a page on the way to another.
type crumb struct{ name, address string }

// breadcrumbs are the way to a page, which is the last.
func breadcrumbs(way ...crumb) thing {
	var items []thing
	for i, c := range way {
		items = append(items, thing{"@type": "ListItem", "position": i + 1, "name": c.name, "item": c.address})
	}
	return thing{"@type": "BreadcrumbList", "itemListElement": items}
}

// trail is the way to a page of the documentation.
func (p docPage) trail() thing {
	if p.Canonical == "" {
		return nil
	}
	way := []crumb{{"Hourglass", p.site.address("")}, {"Documentation", p.site.address("docs/")}}
	if p.Path != "docs/" {
		way = append(way, crumb{p.Heading, p.Canonical})
	}
	out := breadcrumbs(way...)
	out["@context"] = "https://schema.org"
	return out
}

// A posted picture stands beside a link to a page: where it is, and what it says, in the page's language.
type posted struct{ Address, Says string }

// picture draws a page's card, and says where it is: an absolute address, without which nobody takes it. Where the font lacks the letters the
// fallback's card, in English, stands in (docs/decisions/0023-cards.md); what it says is told in the page's language then too.
func (s *site) picture(path string, c, fallback card) (posted, error) {
	if s.origin == "" {
		return posted{}, nil
	}
	if s.painter == nil {
		p, err := newPainter()
		if err != nil {
			return posted{}, err
		}
		s.painter = &p
	}
	own := c.spaced()
	can := s.painter.can(own.Title, own.Name, own.Figure)
	if !can {
		own = fallback.spaced()
	}
	body, says, err := s.painter.paint(own)
	if !can {
		says = c.says()
	}
	s.files[cardPath(path)] = body
	out := posted{s.address(cardPath(path)), says}
	if path == "" {
		s.homeCard = out
	}
	return out, err
}

// cardPath is where the card of a page is kept.
func cardPath(page string) string {
	return "cards/" + cmp.Or(strings.ReplaceAll(strings.TrimSuffix(page, "/"), "/", "-"), "home") + ".png"
}

// A listed page is an entry of the sitemap.
type listed struct {
	XMLName struct{}    `xml:"url"`
	Address string      `xml:"loc"`
	Others  []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel     string `xml:"rel,attr"`
	Tag     string `xml:"hreflang,attr"`
	Address string `xml:"href,attr"`
}

// mapped is the page's entry, none where it has no address.
func (p page) mapped() *listed {
	if p.Canonical == "" {
		return nil
	}
	out := &listed{Address: p.Canonical}
	for _, other := range p.Languages {
		out.Others = append(out.Others, alternate{"alternate", other.Tag, other.Address})
	}
	return out
}

var titled = regexp.MustCompile(`<html lang="([^"]*)"[\s\S]*<title>([^<]*)</title>\s*<meta name="description" content="([^"]*)"`)

// toldApart is an error where two pages of a language would stand in a search's list as the same.
func (s *site) toldApart() error {
	seen := map[string]string{}
	for path, body := range s.files {
		m := titled.FindSubmatch(body)
		if m == nil || !strings.HasSuffix(path, "index.html") {
			continue
		}
		for _, text := range m[2:] {
			in := string(m[1]) + " " + string(text)
			if other := seen[in]; other != "" {
				return fmt.Errorf("%s and %s are both found by %q", path, other, text)
			}
			seen[in] = path
		}
	}
	return nil
}

// writeFound writes robots.txt with the list of all pages, where their addresses are known, and what makes the site an app on a home screen.
func (s *site) writeFound() error {
	if err := s.toldApart(); err != nil {
		return err
	}
	robots := "User-agent: *\nAllow: /\n"
	if s.origin != "" {
		robots += "\nSitemap: " + s.origin + "sitemap.xml\n"
		slices.SortFunc(s.pages, func(a, b *listed) int { return strings.Compare(a.Address, b.Address) })
		body, err := xml.Marshal(struct {
			XMLName struct{} `xml:"urlset"`
			Space   string   `xml:"xmlns,attr"`
			Links   string   `xml:"xmlns:xhtml,attr"`
			Pages   []*listed
		}{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", Links: "http://www.w3.org/1999/xhtml", Pages: s.pages})
		if err != nil {
			return err
		}
		s.files["sitemap.xml"] = append([]byte(xml.Header), body...)
	}
	s.files["robots.txt"] = []byte(robots)
	type image struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	manifest := struct {
		Name       string  `json:"name"`
		ShortName  string  `json:"short_name"`
		Start      string  `json:"start_url"`
		Scope      string  `json:"scope"`
		Display    string  `json:"display"`
		Background string  `json:"background_color"`
		Theme      string  `json:"theme_color"`
		Icons      []image `json:"icons"`
	}{"Hourglass: what is a customer worth?", "Hourglass", "./", "./", "standalone", "#fbf9f5", "#fbf9f5",
		[]image{{"icon-192.png", "192x192", "image/png", "any maskable"}, {"icon-512.png", "512x512", "image/png", "any maskable"}}}
	for name, size := range map[string]int{"icon-192.png": 192, "icon-512.png": 512, "apple-touch-icon.png": 180} {
		body, err := icon(size)
		if err != nil {
			return err
		}
		s.files[name] = body
	}
	body, err := json.MarshalIndent(manifest, "", "  ")
	s.files["manifest.webmanifest"] = body
	return err
}

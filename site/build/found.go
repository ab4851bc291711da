package main

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
)

// What search engines, chats and home screens are told: the title of a result, the picture of a link, the list of pages, the icon.

// calculatorTitle is what people type into a search for the page.
func (p page) calculatorTitle(sc scenario) string {
	words := "title_tool"
	if sc.Group == worth {
		words = "title_worth"
	}
	return strings.ReplaceAll(p.Words[words], "{title}", p.Example.Title) + " – Hourglass"
}

// A thing is a piece of data by the vocabulary of schema.org.
type thing map[string]any

// linkedData says what a calculator's page is: a program that runs in the browser and costs nothing. None where the site does not know where it stands.
func (p page) linkedData() thing {
	if p.Canonical == "" {
		return nil
	}
	return thing{
		"@context": "https://schema.org", "@type": "WebApplication", "name": p.Title, "url": p.Canonical, "description": p.Description,
		"inLanguage": p.Lang, "applicationCategory": "FinanceApplication", "operatingSystem": "Any", "browserRequirements": "JavaScript, WebAssembly",
		"isAccessibleForFree": true, "offers": thing{"@type": "Offer", "price": 0, "priceCurrency": "USD"},
	}
}

// trail is the way to a page of the documentation.
func (p docPage) trail() thing {
	if p.Canonical == "" {
		return nil
	}
	item := func(position int, name, address string) thing {
		return thing{"@type": "ListItem", "position": position, "name": name, "item": address}
	}
	items := []thing{item(1, "Hourglass", p.site.address("")), item(2, "Documentation", p.site.address("docs/"))}
	if p.Path != "docs/" {
		items = append(items, item(3, p.Heading, p.Canonical))
	}
	return thing{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
}

// picture draws a page's card, and says where it is: an absolute address, without which nobody takes it. Where the font lacks the letters the
// fallback's card stands in.
func (s *site) picture(path string, c, fallback card) (string, error) {
	if s.origin == "" {
		return "", nil
	}
	if s.painter == nil {
		p, err := newPainter()
		if err != nil {
			return "", err
		}
		s.painter = &p
	}
	c = c.spaced()
	if !s.painter.can(c.Title, c.Name, c.Figure) {
		c = fallback.spaced()
	}
	body, err := s.painter.paint(c)
	s.files[cardPath(path)] = body
	return s.cardAddress(path), err
}

// cardPath is where the card of a page is kept.
func cardPath(page string) string {
	return "cards/" + cmp.Or(strings.ReplaceAll(strings.TrimSuffix(page, "/"), "/", "-"), "home") + ".png"
}

// cardAddress is the address of the card of a page, empty where the site does not know where it stands.
func (s *site) cardAddress(page string) string { return s.address(cardPath(page)) }

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

// writeFound writes robots.txt with the list of all pages, where their addresses are known, and what makes the site an app on a home screen.
func (s *site) writeFound() error {
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

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"html"
	"image"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// told is the pages with all that search engines and chats read of them.
func told(t *testing.T) *site {
	t.Helper()
	s := &site{options: options{src: "..", origin: "https://clv.example.com/", source: "https://code.example.com/clv"}, files: map[string][]byte{}, assets: map[string]string{}}
	for _, name := range []string{"page.css", "page.js", "numbers.js", "menu.css", "menu.js", "calculators.js", "learn.css", "learn.js", "missing.js", "favicon.svg", "customers.css", "customers.js", "reference.js", "engine.js", "sheets.js", customersModule} {
		s.assets[name] = "assets/" + name
	}
	for _, m := range pageModules() {
		s.assets[wasmOf(m)] = "assets/" + wasmOf(m)
	}
	few := func() error { // one with signs of its own and one whose letters the font has not: all would be twice the work
		s.languages = slices.DeleteFunc(s.languages, func(l language) bool { return l.Tag != "en" && l.Tag != "fr" && l.Tag != "ar" })
		return nil
	}
	for _, step := range []func() error{s.readLists, few, s.renderPages, s.renderDocs, s.writeFound} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

var (
	canonical = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)
	pictured  = regexp.MustCompile(`<meta property="og:image" content="https://clv\.example\.com/([^"]*)">`)
	data      = regexp.MustCompile(`<script type="application/ld\+json">([\s\S]*?)</script>`)
)

// A link that is posted shows a title and a description of its own, a picture that is there, and data that can be read; the sitemap has each page once.
func TestFound(t *testing.T) {
	s := told(t)
	titles, descriptions, addresses := map[string]string{}, map[string]string{}, map[string]bool{}
	for path, body := range s.files {
		if !strings.HasSuffix(path, "index.html") {
			continue
		}
		m, at := titled.FindSubmatch(body), canonical.FindSubmatch(body)
		if m == nil || at == nil {
			t.Errorf("%s has no title, description or address", path)
			continue
		}
		addresses[string(at[1])] = true
		for text, seen := range map[string]map[string]string{string(m[2]): titles, string(m[3]): descriptions} {
			longest := longestTitle
			if text == string(m[3]) {
				longest = longestDescription
			}
			if n := utf8.RuneCountInString(html.UnescapeString(text)); n > longest && !strings.HasPrefix(path, "docs/") {
				t.Errorf("%s: %d letters of %q are not shown by a search", path, n-longest, text)
			}
			in := string(m[1]) + " " + text
			if other := seen[in]; other != "" || len(text) < 12 {
				t.Errorf("%s is found by %q as %q", path, text, other)
			}
			seen[in] = path
		}
		for _, property := range []string{"og:title", "og:description"} {
			if !bytes.Contains(body, []byte(`<meta property="`+property+`" content="`)) {
				t.Errorf("%s has no %s", path, property)
			}
		}
		if !bytes.Contains(body, []byte(`<p><a href="https://code.example.com/clv">`)) {
			t.Errorf("%s does not lead to its source", path)
		}
		if p := pictured.FindSubmatch(body); p == nil || s.files[string(p[1])] == nil {
			t.Errorf("%s has no picture: %s", path, p)
		} else {
			cardSays(t, s, path, string(m[1]))
		}
		linked := data.FindSubmatch(body)
		var about map[string]any
		if strings.HasSuffix(path, customersPath+"index.html") {
			continue
		}
		if linked == nil || json.Unmarshal(linked[1], &about) != nil || about["@context"] != "https://schema.org" {
			t.Errorf("%s says nothing of itself: %s", path, linked)
		}
		if strings.Contains(string(body), "<hourglass-calculator kind=") && strings.Contains(string(body), `"WebApplication"`) {
			calculatorTold(t, path, string(body), about, html.UnescapeString(string(m[2])))
		}
	}
	if len(titles) < 150 {
		t.Errorf("%d pages", len(titles))
	}
	if got := string(s.files["subscription/index.html"]); !strings.Contains(got, "<title>Subscription: customer lifetime value (CLV) calculator</title>") {
		t.Error("the subscription's page is not called what people search for")
	}

	var list struct {
		Pages []struct {
			Address string `xml:"loc"`
			Others  []struct {
				Tag     string `xml:"hreflang,attr"`
				Address string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(s.files["sitemap.xml"], &list); err != nil {
		t.Fatal(err)
	}
	for _, page := range list.Pages {
		if !addresses[page.Address] {
			t.Errorf("the sitemap has %s, which is no page or has been there", page.Address)
		}
		delete(addresses, page.Address)
		if !strings.Contains(page.Address, "/docs/") && len(page.Others) != len(s.languages) {
			t.Errorf("%s in %d languages", page.Address, len(page.Others))
		}
	}
	if len(addresses) > 0 {
		t.Errorf("not in the sitemap: %v", addresses)
	}
	if got := string(s.files["robots.txt"]); !strings.Contains(got, "Sitemap: https://clv.example.com/sitemap.xml\n") {
		t.Error(got)
	}
}

var (
	pictureAlt  = regexp.MustCompile(`<meta property="og:image:alt" content="([^"]*)">`)
	pageHeading = regexp.MustCompile(`<h1[^>]*>([^<]*)</h1>`)
)

// cardSays holds what can be read in a page's picture to what its link says of it, and that to the page's question; a page of the documentation has the home
// page's picture. Where the font has not the letters the picture is the English page's, and the link says what the page asks.
func cardSays(t *testing.T, s *site, path, lang string) {
	t.Helper()
	page := s.files[path]
	alt := pictureAlt.FindSubmatch(page)
	if alt == nil {
		t.Errorf("%s does not say what its picture shows", path)
		return
	}
	told := html.UnescapeString(string(alt[1]))
	drawn := told
	if strings.ContainsFunc(told, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) { // not so where nothing is translated yet
		if english := pictureAlt.FindSubmatch(s.files[strings.TrimPrefix(path, lang+"/")]); english != nil {
			drawn = html.UnescapeString(string(english[1]))
		}
	}
	picture := s.files[string(pictured.FindSubmatch(page)[1])]
	if _, text, found := bytes.Cut(picture, []byte(descriptionOf)); !found || !bytes.HasPrefix(text, []byte(drawn)) {
		t.Errorf("%s: the picture says %.80q for %q", path, text, drawn)
	}
	asked := pageHeading.FindSubmatch(page)
	if strings.HasPrefix(path, "docs/") || asked == nil {
		return
	}
	plain := func(text string) string {
		return strings.Join(strings.Fields(spaces.Replace(html.UnescapeString(text))), " ")
	}
	if title := plain(string(asked[1])); !strings.HasPrefix(plain(told), title) {
		t.Errorf("%s asks %q, its picture's link says %q", path, title, told)
	}
}

// calculatorTold is of a calculator's page: what it calls itself, that the answers to its questions can be read on it, and that the way to it ends there.
func calculatorTold(t *testing.T, path, body string, about map[string]any, title string) {
	t.Helper()
	text, err := json.Marshal(about["@graph"])
	var all []struct {
		Type, Name, URL string
		MainEntity      []struct{ AcceptedAnswer struct{ Text string } }
		ItemListElement []struct{ Name, Item string }
	}
	if err != nil || json.Unmarshal(bytes.ReplaceAll(text, []byte(`"@type"`), []byte(`"type"`)), &all) != nil || len(all) < 2 || all[0].Name != title {
		t.Fatalf("%s, %q, says of itself: %s", path, title, text)
	}
	shown := html.UnescapeString(body[strings.Index(body, "<main"):])
	for _, question := range all[1].MainEntity {
		answer := question.AcceptedAnswer.Text
		first, _, _ := strings.Cut(answer, ". ")
		if answer == "" || !strings.Contains(shown, first) {
			t.Errorf("%s: the page does not say %q", path, answer)
		}
	}
	if len(all) == 2 {
		if at := canonical.FindStringSubmatch(body); strings.Count(at[1], "/") > 4 {
			t.Errorf("%s says no way to it", path)
		}
		return
	}
	if way := all[2].ItemListElement; len(way) != 3 || way[2].Item != all[0].URL || !strings.Contains(way[1].Item, "/calculators/#") {
		t.Errorf("%s: the way to it is %v", path, way)
	}
}

// A calculation without a preset has no sentence, and its page asks nothing that it does not answer.
func TestNoQuestionWithoutAnAnswer(t *testing.T) {
	var p page
	p.Heading, p.Example.Title, p.Example.Assumptions = "Share of wallet", "Share of wallet", []string{"Spend stays the same."}
	if asked := p.answered()["mainEntity"].([]thing); len(asked) != 1 || asked[0]["name"] == p.Heading {
		t.Error(asked)
	}
	p.Example.Answer.Sentence = "A third of the spend is yours."
	if asked := p.answered()["mainEntity"].([]thing); len(asked) != 2 || asked[0]["name"] != p.Heading {
		t.Error(asked)
	}
}

// The manifest's icons are there, in the size that it says.
func TestManifest(t *testing.T) {
	s := &site{files: map[string][]byte{}}
	if err := s.writeFound(); err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Icons []struct{ Src, Sizes string }
	}
	if err := json.Unmarshal(s.files["manifest.webmanifest"], &manifest); err != nil || len(manifest.Icons) != 2 {
		t.Fatal(err, manifest)
	}
	for _, one := range manifest.Icons {
		c, err := png.DecodeConfig(bytes.NewReader(s.files[one.Src]))
		if err != nil || !strings.HasPrefix(one.Sizes, strings.TrimSuffix(strings.TrimPrefix(one.Src, "icon-"), ".png")+"x") || c.Width != c.Height {
			t.Error(one, c, err)
		}
	}
	if got := string(s.files["robots.txt"]); strings.Contains(got, "Sitemap") || s.files["sitemap.xml"] != nil {
		t.Error("a sitemap without addresses:", got)
	}
}

// What a card says stands within its margins; what would be cut is an error, and letters that the font has not are known before.
func TestCard(t *testing.T) {
	p, err := newPainter()
	if err != nil {
		t.Fatal(err)
	}
	blank := inked(t, p, card{})
	full := inked(t, p, card{"What is a customer with a yearly contract worth?", "Customer lifetime value (CLV)", "$1,391"})
	if full.Min.X < cardMargin-4 || full.Min.Y < cardMargin-12 || full.Max.X > cardWidth-cardMargin || full.Max.Y > cardHeight-cardMargin+20 {
		t.Errorf("written over the margins: %v", full)
	}
	if !(full.Dx() > 3*blank.Dx() && full.Dy() > 3*blank.Dy()) {
		t.Errorf("the words are not there: %v beside the mark's %v", full, blank)
	}
	for _, long := range []card{{Title: strings.Repeat("worth ", 40)}, {Title: strings.Repeat("w", 60)}, {Name: strings.Repeat("value ", 20), Figure: "$1"}} {
		if _, _, err := p.paint(long); err == nil {
			t.Errorf("%v was cut", long)
		}
	}
	if p.can("顧客") || p.can("القيمة") || !p.can("Größe", "señal à œuvre", "€1.391") || !p.can((card{Figure: "6,84\u202f$"}).spaced().Figure) {
		t.Error("what the font has")
	}
}

// inked is where a card is not paper.
func inked(t *testing.T, p painter, c card) (box image.Rectangle) {
	t.Helper()
	body, _, err := p.paint(c)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil || img.Bounds() != image.Rect(0, 0, cardWidth, cardHeight) {
		t.Fatal(err)
	}
	for y := range cardHeight {
		for x := range cardWidth {
			if r, g, b, _ := img.At(x, y).RGBA(); [3]uint32{r >> 8, g >> 8, b >> 8} != [3]uint32{uint32(paper.R), uint32(paper.G), uint32(paper.B)} {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// What a search shows of a description ends with a sentence, or with a clause.
func TestSummary(t *testing.T) {
	long := strings.Repeat("Words that say much. ", 9)
	for text, want := range map[string]string{
		"Short.":                                "Short.",
		long:                                    strings.TrimSpace(strings.Repeat("Words that say much. ", 7)),
		strings.Repeat("CLV:CAC of 1,000, ", 9): strings.TrimSuffix(strings.Repeat("CLV:CAC of 1,000, ", 8), ", ") + "…",
		strings.Repeat("顧客、", 60):               strings.TrimSuffix(strings.Repeat("顧客、", 51), "、") + "…",
		strings.Repeat("a", 200):                strings.Repeat("a", 154) + "…",
	} {
		got := page{Description: text}.Summary()
		if got != want || utf8.RuneCountInString(got) > longestDescription {
			t.Errorf("%q\n%q", got, want)
		}
	}
}

// Two pages that a search could not tell apart do not come out.
func TestToldApart(t *testing.T) {
	one := []byte(`<html lang="de"><title>Rechner</title><meta name="description" content="eins">`)
	other := []byte(`<html lang="de"><title>Rechner</title><meta name="description" content="zwei">`)
	s := &site{files: map[string][]byte{"a/index.html": one}}
	if err := s.toldApart(); err != nil {
		t.Error(err)
	}
	s.files["b/index.html"] = other
	if s.toldApart() == nil {
		t.Error("two pages have one title")
	}
}

package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// rendered is the documentation as it is built, without the rest of the site.
func rendered(t *testing.T) map[string][]byte {
	t.Helper()
	s := &site{options: options{src: ".."}, files: map[string][]byte{}, assets: map[string]string{"page.css": "assets/page.css", "favicon.svg": "assets/favicon.svg", "numbers.js": "assets/numbers.js", "menu.js": "assets/menu.js", "reference.js": "assets/reference.js"}}
	for _, m := range pageModules() {
		s.assets[wasmOf(m)] = "assets/" + wasmOf(m)
	}
	if err := s.renderDocs(); err != nil {
		t.Fatal(err)
	}
	return s.files
}

// ownScript is that of the docs, or of the header.
var ownScript = regexp.MustCompile(`<script type="module" src="(\.\./)+assets/(reference|menu)\.js"></script>`)

// unwanted are tags that load from elsewhere or run inline; the text of an example may show them.
var unwanted = regexp.MustCompile(`<(script|style)\b|<[^<>]* (style=|src="http)`)

var linked = regexp.MustCompile(`(href|src)="([^"]*)"`)

// Every link within the documentation leads somewhere, and nothing is loaded from elsewhere or runs inline.
func TestDocsHoldTogether(t *testing.T) {
	files := rendered(t)
	served := map[string]bool{"index.html": true, "customers/index.html": true, "embed/index.html": true, "v1": true, "openapi.json": true, "assets/page.css": true, "assets/favicon.svg": true,
		"apple-touch-icon.png": true, "manifest.webmanifest": true}
	for name := range files {
		served[name] = true
	}
	for _, page := range scenarios(t) {
		served[page.ID+"/index.html"] = true
	}
	for _, b := range businesses {
		served["for/"+b.ID+"/index.html"] = true
	}
	for _, list := range []string{calculatorsPath, benchmarksPath, learnPath, glossaryPath} {
		served[list+"index.html"] = true
	}
	pages := 0
	for name, body := range files {
		if !strings.HasPrefix(name, "docs/") {
			continue
		}
		pages++
		if tag := unwanted.Find(ownScript.ReplaceAll(body, nil)); tag != nil {
			t.Errorf("%s has %s", name, tag)
		}
		for _, m := range linked.FindAllStringSubmatch(string(body), -1) {
			target, fragment, _ := strings.Cut(m[2], "#")
			if strings.Contains(target, "://") && m[1] == "href" { // Hardie's notes are served without TLS
				continue
			}
			file := path.Join(path.Dir(name), target)
			switch {
			case target == "":
				file = name
			case strings.HasSuffix(target, "/"):
				file = path.Join(file, "index.html")
			}
			if !served[file] && !strings.HasPrefix(file, "assets/") {
				t.Errorf("%s links to %s, which is not there", name, m[2])
			}
			if file == calculatorsPath+"index.html" && (fragment == "" || slices.Contains(asked, fragment)) {
				continue
			}
			if fragment != "" && !strings.Contains(string(files[file]), `id="`+fragment+`"`) {
				t.Errorf("%s links to %s, which has no such place", name, m[2])
			}
		}
	}
	if pages < len(catalogue.Calculations) {
		t.Errorf("only %d pages", pages)
	}
}

// scenarios are the calculator's pages: those of scenarios.json, and one for each calculation that it does not mention.
func scenarios(t *testing.T) []scenario {
	t.Helper()
	s := &site{options: options{src: ".."}}
	c, err := s.readCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.readScenarios(c)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestDocsOfEveryCalculation(t *testing.T) {
	files := rendered(t)
	api := string(files["docs/api/index.html"])
	for _, c := range catalogue.Calculations {
		file := strings.ReplaceAll(c.ID, "/", "-")
		if !strings.Contains(api, `<div id="`+file+`">`) || !strings.Contains(api, "<code>GET /v1/"+c.ID+"?") {
			t.Errorf("the API's page has no %s", c.ID)
		}
		call := string(files["docs/api/"+file+"/index.html"])
		for _, label := range []string{"curl", "JavaScript", "Python", "Go", "R"} {
			if !strings.Contains(call, `<h3 id="`+label+`">`) || strings.Count(call, "127.0.0.1:8080/v1/"+c.ID) < 5 {
				t.Errorf("%s: its page has no example in %s", c.ID, label)
			}
		}
		page := string(files["docs/formulas/"+file+"/index.html"])
		if strings.Contains(page, "<td>$") || strings.Count(page, "<math") != formulas(c)+len(c.Symbols) || strings.Contains(page, "<math></math>") {
			t.Errorf("%s: its formula or one of its letters is not MathML", c.ID)
		}
	}
	for _, status := range []string{"400", "404", "405", "406", "413", "414", "415", "422", "500", "501"} {
		if !strings.Contains(api, `id="problem-`+status+`"`) {
			t.Errorf("the API's page has no problem %s", status)
		}
	}
}

// formulas counts those of a calculation's page.
func formulas(c catalogue.Calculation) int {
	n := 1 + len(c.Cases)
	if c.Where != "" {
		n++
	}
	return n
}

// The index goes by its readers, and every file that it names is there.
func TestContentsAreInTheOrderOfReaders(t *testing.T) {
	index := string(rendered(t)["docs/index.html"])
	at := 0
	for _, section := range contents {
		i := strings.Index(index, `<section id="`+section.name+`">`)
		if i < at {
			t.Errorf("%s is missing or out of order", section.name)
		}
		at = max(at, i)
		for _, file := range section.files {
			if !strings.Contains(index, `docs/`+strings.TrimSuffix(strings.TrimPrefix(file, "docs/"), ".md")) {
				t.Errorf("%s: nothing of %s", section.name, file)
			}
		}
	}
}

func TestExamplesAreLaidOut(t *testing.T) {
	got := laidOut([]byte(`{"a":1,"b":[1,2,3,4,5],"c":{},"d":[{"e":"x, {y}"}],"f":null}`), "")
	want := "{\n  \"a\": 1,\n  \"b\": [1, 2, 3, … 2 more],\n  \"c\": {},\n  \"d\": [{\n    \"e\": \"x, {y}\"\n  }],\n  \"f\": null\n}"
	if got != want {
		t.Errorf("%s", got)
	}
}

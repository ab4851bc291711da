package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The page of the workbooks links to every file that there is, the reader's own language first, and to none that is not there.
func TestWorkbooksAreLinked(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"average.en.xlsx", "average.en.ods", "average.de.xlsx", "average.de.ods", "subscription.en.xlsx", "subscription.en.ods", "totals.de.xlsx", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := &site{options: options{src: "..", workbooks: folder}, files: map[string][]byte{}, assets: map[string]string{"page.css": "assets/page.css", "favicon.svg": "assets/favicon.svg", "numbers.js": "assets/numbers.js", "menu.js": "assets/menu.js"}}
	for _, step := range []func() error{s.readLists, s.copyWorkbooks, s.renderWorkbooks} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	for page, wanted := range map[string][]string{
		"workbooks/index.html":    {"Average customer", "../workbooks/average.en.xlsx", "../workbooks/average.en.ods", "../workbooks/average.de.xlsx", "../workbooks/subscription.en.ods"},
		"de/workbooks/index.html": {"Durchschnittskunde", "../../workbooks/average.de.xlsx", "../../workbooks/subscription.en.xlsx", `dir="ltr"`},
		"ar/workbooks/index.html": {"../../workbooks/average.en.xlsx", `dir="rtl"`},
	} {
		body := string(s.files[page])
		for _, text := range wanted {
			if !strings.Contains(body, text) {
				t.Errorf("%s says nothing of %s", page, text)
			}
		}
		if strings.Contains(body, "totals.") || strings.Contains(body, "notes.txt") {
			t.Errorf("%s links to what is not there or is no workbook", page)
		}
	}
	if s.files["workbooks/notes.txt"] != nil || string(s.files["workbooks/average.de.ods"]) != "average.de.ods" {
		t.Error("the wrong files were taken over")
	}
	if strings.Index(string(s.files["de/workbooks/index.html"]), "average.de.xlsx") > strings.Index(string(s.files["de/workbooks/index.html"]), "average.en.xlsx") {
		t.Error("the page's own language does not come first")
	}
}

// A site without workbooks has neither the page nor a link to it.
func TestWithoutWorkbooks(t *testing.T) {
	for name, body := range rendered(t) {
		if strings.Contains(string(body), `href="../workbooks/`) {
			t.Errorf("%s links to a page that is not there", name)
		}
	}
}

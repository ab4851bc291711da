package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/internal/gen/files"
)

// A paneInput is an input as the pane beside a sheet asks for it, in the order of the function's arguments.
type paneInput struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Help     string   `json:"help,omitempty"`
	Kind     string   `json:"kind"`
	Optional bool     `json:"optional,omitempty"`
	Standing string   `json:"standing,omitempty"` // what a blank stands for
	Options  []string `json:"options,omitempty"`
}

type paneResult struct {
	Path  string `json:"path"`
	Title string `json:"title"`
}

type paneCalculation struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"` // of the function
	Page     string       `json:"page"`
	Title    string       `json:"title"`
	Question string       `json:"question"`
	Inputs   []paneInput  `json:"inputs"`
	Results  []paneResult `json:"results"`
}

type paneWords struct {
	Choose       string            `json:"choose"`
	Result       string            `json:"result"`
	Optional     string            `json:"optional"`
	Words        map[string]string `json:"words"`
	Options      map[string]string `json:"options"`
	Calculations []paneCalculation `json:"calculations"`
}

// writePane writes the pane that Excel and Google Sheets show beside a sheet: its script and style, its page in each, and its words in each language.
func writePane(out *files.Set, languages []languageWords) {
	for _, name := range []string{"pane.css", "taskpane.js"} {
		out.Add("functions/sheets/excel/"+name, part(name))
	}
	var directions object // of its languages
	for _, l := range files.Languages() {
		directions = append(directions, member{l.Code, l.Dir})
	}
	out.Add("functions/sheets/excel/pane.js", bytes.Replace(part("pane.js"), []byte(`"{directions}"`), compact(directions), 1))
	out.Add("functions/sheets/google/sidebar.txt", part("hourglass.html")) // text to paste, not a page of the site
	for _, l := range languages {
		own := map[string]map[string]string{}
		for _, name := range []string{"sheets", "widget", "decide", "page"} {
			list := messagesOf(l.code, name)
			own[name] = list
		}
		words := paneWords{own["widget"]["choose"], own["decide"]["result"], own["page"]["optional"], own["sheets"], l.options, nil}
		for i, c := range l.calculations {
			words.Calculations = append(words.Calculations, paneOf(catalogue.Calculations[i], c))
		}
		out.Add("functions/sheets/excel/words."+l.code+".gen.json", append(compact(words), '\n'))
	}
}

// paneOf is a calculation with its words in a language.
func paneOf(c catalogue.Calculation, said pageCalculation) paneCalculation {
	p := paneCalculation{ID: c.ID, Name: capitals(c), Page: fileName(c), Title: said.Title, Question: said.Question}
	for _, f := range arguments(c) {
		t := fieldOf(said.Inputs, f.Name)
		input := paneInput{Name: f.Name, Title: t.Title, Kind: f.Kind.String(), Optional: f.Optional || f.Default != nil, Options: f.Options}
		if f.Default != nil {
			input.Standing = defaultOf(f)
		}
		if !input.Optional {
			input.Help = t.Help
		}
		p.Inputs = append(p.Inputs, input)
	}
	p.Results = paneResults(nil, "", "", said.Results)
	return p
}

// paneResults are the results that are one value each. One in a group is called by both names.
func paneResults(dst []paneResult, path, title string, fields []pageField) []paneResult {
	for _, f := range fields {
		named := f.Title
		if title != "" {
			named = title + ": " + f.Title
		}
		switch f.Kind {
		case "group":
			dst = paneResults(dst, path+f.Name+".", named, f.Fields)
		case "number", "option":
			dst = append(dst, paneResult{path + f.Name, named})
		}
	}
	return dst
}

// googleMenu is what the script's menu says, by language.
func googleMenu(languages []languageWords) string {
	var entries []string
	for _, l := range languages {
		list := messagesOf(l.code, "sheets")
		entries = append(entries, fmt.Sprintf("  %q: %s,\n", l.code, compact(list["insert"])))
	}
	return "/** What the menu says, by language. */\nconst hourglassMenu_ = {\n" + strings.Join(entries, "") + "};"
}

// messagesOf are a part's messages in a language; what it has not yet is English.
func messagesOf(code, name string) map[string]string {
	list := map[string]string{}
	read("site/messages/en/"+name+".json", &list)
	own := "site/messages/" + code + "/" + name + ".json"
	if _, err := os.Stat(own); err == nil {
		read(own, &list)
	}
	return list
}

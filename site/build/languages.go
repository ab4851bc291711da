package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A language is one that every page but the documentation stands in: English at the site's root, the others each in a
// folder of its own.
type language struct {
	Tag       string `json:"code"`
	Name, Dir string
}

// readLists reads the one list of languages, and that of the currencies which the header offers.
func (s *site) readLists() error {
	for name, list := range map[string]any{"languages.json": &s.languages, "currencies.json": &s.currencies} {
		body, err := os.ReadFile(filepath.Join(s.src, name))
		if err != nil {
			return err
		}
		if err := json.Unmarshal(body, list); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// folder is where the pages of the language are.
func (l language) folder() string {
	if l.Tag == "en" {
		return ""
	}
	return strings.ToLower(l.Tag) + "/"
}

// A translation is where a page is found in a language: as a link, and as an address for search engines.
type translation struct{ Tag, Name, Href, Address string }

// in is the page at a path of every language, as it is linked, named and told.
func (p page) in(l language, path string) (page, error) {
	full := l.folder() + path
	up := func(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }
	p.Lang, p.Dir, p.Base, p.Root = l.Tag, l.Dir, up(full), up(path)
	p.Home = p.Root
	if p.Home == "" {
		p.Home = "./"
	}
	p.Canonical, p.Languages = p.site.address(full), nil
	for _, other := range p.site.languages {
		href := p.Base + other.folder() + path
		if href == "" {
			href = "./"
		}
		p.Languages = append(p.Languages, translation{other.Tag, other.Name, href, p.site.address(other.folder() + path)})
	}
	words, err := p.site.words(l.Tag)
	p.Words = words
	return p, err
}

// Language is the name of the page's language, in itself.
func (p page) Language() string {
	for _, l := range p.site.languages {
		if l.Tag == p.Lang {
			return l.Name
		}
	}
	return p.Lang
}

// words are what the pages themselves say in a language; those with figures in them are said by say.ts.
func (s *site) words(tag string) (map[string]string, error) {
	words := map[string]string{}
	for _, part := range []string{"page", "site", "menu", "benchmarks"} {
		own, err := s.messages(tag, part)
		if err != nil {
			return nil, err
		}
		maps.Copy(words, own)
	}
	return words, nil
}

// messages are those of a part in a language; English stands in for what it has not got.
func (s *site) messages(tag, part string) (map[string]string, error) {
	words := map[string]string{}
	for _, tag := range []string{"en", tag} {
		body, err := os.ReadFile(filepath.Join(s.src, "messages", tag, part+".json"))
		if tag != "en" && errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &words); err != nil {
			return nil, fmt.Errorf("%s/%s.json: %w", tag, part, err)
		}
	}
	return words, nil
}

// Examples are those of the pages in one language.
type examples struct {
	Scenarios  map[string]example
	Facades    map[string]json.RawMessage // what the widget shows of each before it is loaded (widget/facade.ts)
	Shop       shopExample
	Benchmarks map[string]benchmarkText
	Learn      map[string]string // figures that articles quote, by article and place
}

// An example is a scenario in words, with what it starts with and what comes of it.
type example struct {
	Title, Heading, Description string
	Answer                      answer
	Tables                      []rows
	Beside                      []beside
	Given, Figures              []line
	Formula, Where              template.HTML
	Symbols                     []symbol
	Assumptions, Special        []string
}

// beside is what stands under an input, whose place is kept until it comes.
type beside struct{ Field, Text, Use string }

type answer struct {
	Name, Figure, Sentence string
	Length                 int
	Driver                 driver
	Warnings               []string
}

// A driver is what drives an answer, as calculator/decide/driver.ts says it: nothing where there is nothing to say.
type driver struct{ Says, Room string }

type line struct{ Title, Value, Help string }

// node is a command that runs a module of this folder.
func (s *site) node(module string, arguments ...string) *exec.Cmd {
	return exec.Command("node", append([]string{"--no-warnings", "--import", filepath.Join(s.absSrc(), "build", "typescript.mjs"), filepath.Join(s.src, "build", module)}, arguments...)...)
}

// Rows are a list of the input as a table.
type rows struct {
	Title, Help string
	Heads       []string
	Rows        []struct {
		Name  string
		Cells []string
	}
}

// writeExamples puts figures into words, in every language.
func (s *site) writeExamples(figures any) error {
	input, err := json.Marshal(figures)
	if err != nil {
		return err
	}
	var modules []string
	for _, m := range pageModules() {
		if file := s.wasm[wasmOf(m)]; file != "" { // tests of the pages have no engine
			modules = append(modules, "--module", strings.ToLower(m.String())+"="+file)
		}
	}
	cmd := s.node("examples.ts", modules...)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), os.Stderr
	body, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("writing the examples: %w", err)
	}
	var out struct{ Examples map[string]examples }
	err = json.Unmarshal(body, &out)
	s.examples = out.Examples
	return err
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// workbooksPath is the page of the workbooks that are ready to download, and where they are.
const workbooksPath = "workbooks/"

// A gallery is the page of the workbooks.
type gallery struct {
	page
	Workbooks []book
}

// A book is a calculation's, in the page's language and in others.
type book struct {
	Title, Question string
	Xlsx, Ods       string
	Tag             string // of the language that these are in
	Others          []bookIn
}

// A bookIn is the same in another language.
type bookIn struct{ Tag, Name, Xlsx, Ods string }

// copyWorkbooks takes over what site/build/workbooks.ts wrote: <id>.<language>.xlsx and .ods.
func (s *site) copyWorkbooks() error {
	if s.workbooks == "" {
		return nil
	}
	entries, err := os.ReadDir(s.workbooks)
	if err != nil {
		return fmt.Errorf("the workbooks: %w", err)
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext != ".xlsx" && ext != ".ods" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(s.workbooks, e.Name()))
		if err != nil {
			return err
		}
		name := workbooksPath + e.Name()
		if s.files[name], err = s.own(name, body); err != nil {
			return err
		}
	}
	return nil
}

// renderWorkbooks writes the page in each language, where there are workbooks.
func (s *site) renderWorkbooks() error {
	if s.workbooks == "" {
		return nil
	}
	c, err := s.readCatalogue()
	if err != nil {
		return err
	}
	for _, l := range s.languages {
		p, err := page{site: s}.in(l, workbooksPath)
		if err != nil {
			return err
		}
		p.Title, p.Heading, p.Lede = p.Words["workbooks_heading"]+" – Hourglass", p.Words["workbooks_heading"], p.Words["workbooks_lede"]
		p.Description = p.Lede
		g := gallery{page: p}
		for _, calc := range c.Calculations {
			b, err := s.bookOf(calc.ID, l, p.Base)
			if err != nil {
				return err
			}
			if b.Xlsx != "" {
				g.Workbooks = append(g.Workbooks, b)
			}
		}
		if err := s.render(l.folder()+workbooksPath+"index.html", "workbooks.html", g); err != nil {
			return err
		}
	}
	return nil
}

// bookOf is a calculation's workbook in a language, or in English where there is none.
func (s *site) bookOf(id string, l language, base string) (book, error) {
	words := filepath.Join(s.src, "base", "calculations", id+".gen.json")
	if l.Tag != "en" {
		words = filepath.Join(s.src, "messages", l.Tag, "calculations", id+".gen.json")
	}
	var b book
	body, err := os.ReadFile(words)
	if err != nil {
		return b, err
	}
	if err := json.Unmarshal(body, &b); err != nil {
		return b, fmt.Errorf("%s: %w", words, err)
	}
	var all []bookIn
	for _, other := range s.languages {
		file := workbooksPath + id + "." + other.Tag
		if s.files[file+".xlsx"] != nil && s.files[file+".ods"] != nil {
			all = append(all, bookIn{other.Tag, other.Name, base + file + ".xlsx", base + file + ".ods"})
		}
	}
	if len(all) == 0 {
		return b, nil
	}
	own := max(0, slices.IndexFunc(all, func(o bookIn) bool { return o.Tag == l.Tag }))
	b.Xlsx, b.Ods, b.Tag = all[own].Xlsx, all[own].Ods, all[own].Tag
	b.Others = slices.Delete(all, own, own+1)
	return b, nil
}

// Gallery tells whether there are workbooks to link to.
func (p page) Gallery() bool { return p.site.workbooks != "" }

// Upper is a language's tag as it is shown: DE, PT-BR.
func (o bookIn) Upper() string { return strings.ToUpper(o.Tag) }

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// offlineWorker is the script by which a browser keeps the site. It stands at the root, since a browser gives it what stands beside and below.
const (
	offlineWorker = "sw.js"
	offlineEntry  = "offline/worker.ts"
)

// Offline is the address of the service worker; empty while developing, where files keep their names when their content changes.
func (p page) Offline() string {
	if !p.site.prod {
		return ""
	}
	return p.Base + offlineWorker
}

// An offlineList is what a language's calculators and its customers page are made of.
type offlineList struct {
	Pages map[string]string `json:"pages"` // by address, with the digest of each
	Files []string          `json:"files"`
}

// writeOffline writes the service worker, and for each language the list of what it keeps.
func (s *site) writeOffline() error {
	if !s.prod {
		return nil
	}
	lists := map[string]string{}
	for _, l := range s.languages {
		body, err := json.Marshal(s.offlineIn(l))
		if err != nil {
			return err
		}
		lists[l.Tag] = s.put("assets/", "offline-"+l.Tag+".json", body)
	}
	script, err := s.esbuild(offlineEntry)
	if err != nil {
		return err
	}
	names, err := json.Marshal(lists)
	if err != nil {
		return err
	}
	version := sha256.Sum256(append(names, script...))
	s.files[offlineWorker] = fmt.Appendf(nil, "const VERSION=%q,LISTS=%s;\n%s", hex.EncodeToString(version[:8]), names, script)
	return nil
}

// offlineIn lists a language's pages of calculators and of customers, and the files that they load first or later.
func (s *site) offlineIn(l language) offlineList {
	list := offlineList{Pages: map[string]string{}}
	for file, body := range s.files {
		folder := strings.TrimSuffix(file, "index.html")
		runs := bytes.Contains(body, []byte("<hourglass-calculator")) || bytes.Contains(body, []byte("<hourglass-customers")) || folder == l.folder()+"calculators/"
		reads := strings.HasPrefix(folder, l.folder()+learnPath) // an article, whose calculator is the widget
		if folder == file || !runs || reads || s.languageOf(folder) != l.Tag {
			continue
		}
		sum := sha256.Sum256(body)
		list.Pages[folder] = hex.EncodeToString(sum[:8])
	}
	add := func(file string) {
		if _, ok := s.files[file]; ok && !slices.Contains(list.Files, file) {
			list.Files = append(list.Files, file)
		}
	}
	for _, script := range []string{entry, menuEntry, calculatorsEntry, customersEntry} {
		for _, file := range s.partsFor(script).reached(script, l.speaks) {
			add(file)
		}
	}
	for name, file := range s.assets {
		switch {
		case path.Ext(name) == ".wasm" && !strings.HasPrefix(name, embedFolder), slices.Contains([]string{"page.css", "menu.css", "customers.css", "favicon.svg", "numbers.js"}, name), customersWorkers[name] != "":
			add(file)
		}
	}
	add(s.assets[indexOf(l)])
	slices.Sort(list.Files)
	return list
}

// languageOf is that of a page, by its folder.
func (s *site) languageOf(folder string) string {
	for _, l := range s.languages {
		if l.folder() != "" && strings.HasPrefix(folder, l.folder()) {
			return l.Tag
		}
	}
	return "en"
}

// speaks tells whether a module is of use in a language: it has no words, or this one's.
func (l language) speaks(module string) bool {
	_, rest, found := strings.Cut(module, "messages/")
	tag, _, within := strings.Cut(rest, "/")
	return !found || !within || tag == l.Tag || tag == "en"
}

// reached are the files that a script loads at once or later, but for modules that are not wanted.
func (p parts) reached(script string, wanted func(module string) bool) []string {
	var list []string
	var add func(path string)
	add = func(path string) {
		if entry := p.Outputs[path].EntryPoint; slices.Contains(list, path) || entry != "" && !wanted(entry) {
			return
		}
		list = append(list, path)
		for _, i := range p.Outputs[path].Imports {
			add(i.Path)
		}
	}
	if path, ok := p.of(script); ok {
		add(path)
	}
	return list
}

// Build makes the site: it bundles the modules and styles, writes the prerendered pages, and puts everything beside
// the engine into one folder of static files that works from any place on any server.
//
//	go run ./site/build -out build/site -engine build/engine.wasm -growth build/growth.wasm \
//		-economics build/economics.wasm -customers build/customers.wasm [-prod]
//
// With -prod files are minified and named by their content, and it prints what the first view of the calculator page and of the
// customers page loads, against their budgets. With -compress they stand there compressed too, for a server that sends them so.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hourglass/core/catalogue"
)

// What the first view of a page may load, in bytes, brotli: of the calculator with its engine, of the customers page
// before there is a file to read.
const (
	firstLoadBudget      = 90 << 10
	customersFirstBudget = 120 << 10
	docsFirstBudget      = 25 << 10 // of a page of the documentation
)

type options struct {
	src, out, pack, oxt string
	wasm                map[string]string // by module, the file that it was compiled to
	origin              string
	source              string
	workbooks           string
	prod, compress      bool
}

func main() {
	var o options
	flag.StringVar(&o.src, "src", "site", "the site's sources")
	flag.StringVar(&o.out, "out", "build/site", "where the site goes; what is there and not of it is removed")
	o.wasm = map[string]string{}
	for m := range catalogue.ModuleCount {
		o.wasm[wasmOf(m)] = "build/" + wasmOf(m)
		flag.Func(m.Stem(), "the engine's module "+m.String()+" (default "+o.wasm[wasmOf(m)]+")", func(file string) error {
			o.wasm[wasmOf(m)] = file
			return nil
		})
	}
	flag.StringVar(&o.origin, "origin", "", "where the site will stand, as https://example.com/clv/: said to search engines, whose links must be absolute; nothing is said without it")
	flag.StringVar(&o.source, "source", "", "where the source stands, for the link at the foot of each page; none without it")
	flag.StringVar(&o.pack, "package", "", "fill this folder of the widget's npm package, and nothing else")
	flag.StringVar(&o.oxt, "oxt", "", "write LibreOffice's extension to this file, and nothing else")
	flag.StringVar(&o.workbooks, "workbooks", "", "a folder with the workbooks to download, as site/build/workbooks.ts writes them; without it there is no page of them")
	flag.BoolVar(&o.prod, "prod", false, "minify, name by content")
	flag.BoolVar(&o.compress, "compress", false, "write compressed copies beside the files")
	flag.Parse()
	run := build
	if o.pack != "" {
		run = packageWidget
	}
	if o.oxt != "" {
		run = writeExtension
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func build(o options) error {
	if o.origin != "" {
		o.origin = strings.TrimSuffix(o.origin, "/") + "/"
	}
	site := &site{options: o, assets: map[string]string{}, files: map[string][]byte{}, travels: map[string]int{}}
	for _, step := range []func() error{site.readLists, site.bundle, site.bundleWidget, site.bundleCustomers, site.bundleConfigurator, site.copyAssets, site.copyWorkbooks, site.renderPages, site.renderWidget, site.renderConfigurator, site.renderWorkbooks, site.renderDocs, site.writeFound, site.writeOffline, site.write, site.report} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// A site is what is being built: files by their path, and where an asset went.
type site struct {
	options
	assets     map[string]string // by source name: "page.js" -> "assets/page-1A2B3C.js"
	files      map[string][]byte
	parts      []parts // of the pages' scripts, by kind
	widget     parts
	facade     string // the file of a calculation's, KIND in the place of its name
	languages  []language
	currencies []string
	examples   map[string]examples // by language
	pages      []*listed           // that search engines are to know
	painter    *painter            // of cards, once there is one to draw
	homeCard   posted
	travels    map[string]int // by path, the size of a file as it travels
}

// asset is the path of an asset by its source name, as the pages write it.
func (s *site) asset(name string) (string, error) {
	if path, ok := s.assets[name]; ok {
		return path, nil
	}
	return "", fmt.Errorf("no asset %q", name)
}

// address is that of a page by its path, as search engines take it; empty where the site does not know where it stands.
func (s *site) address(path string) string {
	if s.origin == "" {
		return ""
	}
	return s.origin + path
}

// write puts the site in the place of the one that was there, file by file, so that a server beside it always has one to serve. What
// stays the same keeps its time, by which a server or an upload knows it.
func (s *site) write() error {
	kept := map[string]bool{}
	var uncompressed []string
	for path, body := range s.files {
		full := filepath.Join(s.out, filepath.FromSlash(path))
		pack := s.compress && compressible(path)
		kept[full], kept[full+".br"], kept[full+".gz"] = true, pack, pack
		old, err := os.ReadFile(full)
		same := err == nil && bytes.Equal(old, body)
		if pack && !(same && compressed(full)) {
			uncompressed = append(uncompressed, full)
		}
		if same {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := replace(full, body); err != nil {
			return err
		}
	}
	if err := s.precompress(uncompressed); err != nil {
		return fmt.Errorf("compressing: %w", err)
	}
	return removeAllBut(s.out, kept)
}

// replace writes a file beside its place and moves it there, so that nobody reads half of it.
func replace(path string, body []byte) error {
	if err := os.WriteFile(path+".new", body, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// removeAllBut removes the files of a folder that are not kept, and folders left empty.
func removeAllBut(folder string, kept map[string]bool) error {
	var folders []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			folders = append(folders, path)
		case !kept[path]:
			return os.Remove(path)
		}
		return nil
	})
	for _, path := range slices.Backward(folders) {
		_ = os.Remove(path) // refused unless it is empty
	}
	return err
}

// report says what was built. Of a production site it says what the browser loads for the first view of a calculation, of the customers
// page and of the widget, as it travels, against their budgets: nothing else is minified.
func (s *site) report() error {
	if !s.prod {
		fmt.Printf("%s: %d files\n", s.out, len(s.files))
		return nil
	}
	calculator := []string{home + "/index.html", s.assets["page.css"], s.assets[wasmOf(catalogue.Calculator)], s.assets["favicon.svg"]}
	if err := s.firstLoad("first load", append(calculator, s.needed(entry, menuEntry, wordsOf(home))...), firstLoadBudget); err != nil {
		return err
	}
	glass := []string{glassPage + "/index.html", s.assets["page.css"], s.assets[wasmOf(catalogue.Growth)], s.assets["favicon.svg"]}
	if err := s.firstLoad("first load of the hourglass", append(glass, s.needed(entry, menuEntry, wordsOf(glassPage), "calculator/views/"+glassPage+".ts")...), firstLoadBudget); err != nil {
		return err
	}
	docs := []string{"docs/index.html", s.assets["page.css"], s.assets["docs.css"], s.assets["favicon.svg"]}
	if err := s.firstLoad("first load of the documentation", append(docs, append(s.needed(docsEntry), s.needed(menuEntry)...)...), docsFirstBudget); err != nil {
		return err
	}
	customers := []string{customersPath + "index.html", s.assets["page.css"], s.assets["customers.css"], s.assets["favicon.svg"]}
	if err := s.firstLoad("first load of customers", append(customers, s.needed(customersEntry)...), customersFirstBudget); err != nil {
		return err
	}
	return s.reportWidget()
}

func (s *site) firstLoad(name string, files []string, budget int) error {
	total := 0
	for _, path := range files {
		size, known := s.travels[path]
		if !known {
			var err error
			if size, err = brotliSize(s.files[path]); err != nil {
				return err
			}
			s.travels[path] = size
		}
		fmt.Printf("  %-28s %7d bytes  %6d brotli\n", path, len(s.files[path]), size)
		total += size
	}
	fmt.Printf("  %s %.1f KB of %d KB, brotli\n", name, float64(total)/1024, budget>>10)
	if total > budget {
		return fmt.Errorf("the %s is over its budget", name)
	}
	return nil
}

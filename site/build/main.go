// Build makes the site: it bundles the modules and styles, writes the prerendered pages, and puts everything beside
// the engine into one folder of static files that works from any place on any server.
//
//	go run ./site/build -out build/site -engine build/engine.wasm -growth build/growth.wasm [-prod]
//
// With -prod files are minified, named by their content and precompressed. Either way it prints what the first view of
// the calculator page loads, against its budget.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// firstLoadBudget is what the first view of the calculator page may load, in bytes, brotli, engine included.
const firstLoadBudget = 90 << 10

type options struct {
	src, out, engine, growth string
	prod                     bool
}

func main() {
	var o options
	flag.StringVar(&o.src, "src", "site", "the site's sources")
	flag.StringVar(&o.out, "out", "build/site", "where the site goes; emptied first")
	flag.StringVar(&o.engine, "engine", "build/engine.wasm", "the engine's first module")
	flag.StringVar(&o.growth, "growth", "build/growth.wasm", "its second module")
	flag.BoolVar(&o.prod, "prod", false, "minify, name by content, precompress")
	flag.Parse()
	if err := build(o); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

func build(o options) error {
	if err := os.RemoveAll(o.out); err != nil {
		return err
	}
	site := &site{options: o, assets: map[string]string{}, files: map[string][]byte{}}
	for _, step := range []func() error{site.bundle, site.copyAssets, site.renderPages, site.renderDocs, site.write, site.report} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// A site is what is being built: files by their path, and where an asset went.
type site struct {
	options
	assets map[string]string // by source name: "page.js" -> "assets/page-1A2B3C.js"
	files  map[string][]byte
	parts  parts
}

// asset is the path of an asset by its source name, as the pages write it.
func (s *site) asset(name string) (string, error) {
	if path, ok := s.assets[name]; ok {
		return path, nil
	}
	return "", fmt.Errorf("no asset %q", name)
}

func (s *site) write() error {
	for path, body := range s.files {
		full := filepath.Join(s.out, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, body, 0o644); err != nil {
			return err
		}
		if s.prod {
			if err := precompress(full, body); err != nil {
				return err
			}
		}
	}
	return nil
}

// report prints what the browser loads for the first view of a calculation, as it travels.
func (s *site) report() error {
	total := 0
	loaded := []string{home + "/index.html", s.assets["page.css"], s.assets[modules["calculator"]], s.assets["favicon.svg"]}
	for _, path := range append(loaded, s.needed(entry, wordsOf(home))...) {
		size, err := brotliSize(s.files[path])
		if err != nil {
			return err
		}
		fmt.Printf("  %-28s %7d bytes  %6d brotli\n", path, len(s.files[path]), size)
		total += size
	}
	fmt.Printf("  first load %.1f KB of %d KB, brotli%s\n", float64(total)/1024, firstLoadBudget>>10, map[bool]string{false: " (not minified: -prod is)"}[s.prod])
	if s.prod && total > firstLoadBudget {
		return fmt.Errorf("the first load is over its budget")
	}
	return nil
}

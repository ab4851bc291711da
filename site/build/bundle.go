package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// browsers are those that know light-dark(), which the colours are written with.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "123"}, {Name: api.EngineFirefox, Version: "120"}, {Name: api.EngineSafari, Version: "17.5"},
}

// entry is the page's script, docsEntry that of the docs, menuEntry that of the header of all.
const (
	entry     = "calculator/page.ts"
	docsEntry = "reference/page.ts"
	menuEntry = "menu/page.ts"

	calculatorsEntry = "menu/calculators.ts" // of the menu's own page
	learnEntry       = "learn/page.ts"       // of an article
	missingEntry     = "menu/missing.ts"     // of the page for what is not there
)

// bundle makes the stylesheet, and the script in parts: what a page shows only sometimes is a part of its own.
func (s *site) bundle() error {
	style, err := s.esbuild("styles/page.css")
	if err != nil {
		return err
	}
	s.addAsset("page.css", style)
	if style, err = s.esbuild("styles/menu.css"); err != nil {
		return err
	}
	s.addAsset("menu.css", style)
	if style, err = s.esbuild("styles/learn.css"); err != nil {
		return err
	}
	s.addAsset("learn.css", style)
	numbers, err := s.esbuild("base/numbers-worker.ts")
	if err != nil {
		return err
	}
	s.addAsset("numbers.js", numbers)
	s.assets[embedFolder+"numbers.js"] = s.put(embedFolder, "numbers.js", numbers) // of /widget.html, which is isolated as all there is
	// Each kind of page by itself: what it shares with another kind would be a file of its own, and a phone pays for each file.
	for _, entries := range [][]string{{entry, menuEntry, calculatorsEntry}, {customersEntry}, {configuratorEntry}, {docsEntry}, {learnEntry}, {missingEntry}} {
		options := s.buildOptions(entries...)
		options.Plugins = []api.Plugin{s.styleAsText(strings.TrimSpace)}
		together, err := s.keepTogether(entries[0], options)
		if err != nil {
			return err
		}
		options.Plugins = append(options.Plugins, together)
		made, err := s.bundleInto("assets", options)
		if err != nil {
			return err
		}
		s.parts = append(s.parts, made)
	}
	for name, module := range map[string]string{"page.js": entry, "customers.js": customersEntry, "embed.js": configuratorEntry,
		"reference.js": docsEntry, "menu.js": menuEntry, "calculators.js": calculatorsEntry, "learn.js": learnEntry, "missing.js": missingEntry} {
		s.assets[name], _ = s.partsFor(module).of(module)
	}
	return nil
}

// keepTogether makes one file of the modules that a page loads at once. Split by who else needs them, as esbuild does, they would be some twenty:
// so each module of the page's own room that is loaded later, and needs one of them, is made to need them all. (The menu's are loaded on other pages too.)
func (s *site) keepTogether(script string, options api.BuildOptions) (api.Plugin, error) {
	options.Splitting, options.Metafile, options.Format, options.Outdir, options.Write = true, true, api.FormatESModule, s.out, false
	result := api.Build(options)
	if err := firstError(result.Errors); err != nil {
		return api.Plugin{}, err
	}
	split, err := s.partsOf(result.Metafile)
	if err != nil {
		return api.Plugin{}, err
	}
	first, room := split.needed(script), filepath.Join(s.src, filepath.Dir(script))+"/"
	var later, shared []string
	for path, part := range split.Outputs {
		switch {
		case slices.Contains(first, path) && part.EntryPoint == "":
			shared = slices.AppendSeq(shared, maps.Keys(part.Inputs))
		case strings.HasPrefix(part.EntryPoint, room) && slices.ContainsFunc(split.neededBy(path), func(p string) bool { return slices.Contains(first, p) }):
			later = append(later, part.EntryPoint)
		}
	}
	slices.Sort(shared)
	return api.Plugin{Name: "keep-together", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: "^together$"}, func(api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: "together", Namespace: "together", SideEffects: api.SideEffectsTrue}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "together"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
			var text strings.Builder
			for _, module := range shared {
				fmt.Fprintf(&text, "import %q;\n", "./"+filepath.ToSlash(module))
			}
			contents := text.String()
			return api.OnLoadResult{Contents: &contents, ResolveDir: filepath.Dir(s.absSrc())}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `\.ts$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			if !slices.ContainsFunc(later, func(module string) bool { return strings.HasSuffix(args.Path, "/"+filepath.ToSlash(module)) }) {
				return api.OnLoadResult{}, nil
			}
			body, err := os.ReadFile(args.Path)
			contents := string(body) + "\nimport \"together\";\n"
			return api.OnLoadResult{Contents: &contents, Loader: api.LoaderTS}, err
		})
	}}, nil
}

// bundleInto makes scripts with the parts that they share, puts them into a folder, and tells of them.
func (s *site) bundleInto(folder string, options api.BuildOptions) (parts, error) {
	options.Splitting, options.Metafile, options.Format = true, true, api.FormatESModule
	folder = strings.TrimSuffix(s.kept(folder+"/"), "/")
	options.Outdir, options.ChunkNames = folder, "[name]-[hash]"
	if s.prod {
		options.EntryNames = "[name]-[hash]"
	}
	result := api.Build(options)
	if err := firstError(result.Errors); err != nil {
		return parts{}, err
	}
	for _, file := range result.OutputFiles {
		s.files[folder+"/"+filepath.Base(file.Path)] = file.Contents
	}
	return s.partsOf(result.Metafile)
}

// parts are a script's files, as esbuild tells of them.
type parts struct {
	src     string
	Outputs map[string]struct {
		EntryPoint string
		Inputs     map[string]struct{}
		Imports    []struct{ Path, Kind string }
	}
}

// partsOf reads esbuild's account of what it made.
func (s *site) partsOf(metafile string) (parts, error) {
	p := parts{src: s.src}
	err := json.Unmarshal([]byte(metafile), &p)
	return p, err
}

// of is the file that a module is the beginning of; ok is false where it has none of its own.
func (p parts) of(module string) (path string, ok bool) {
	for path, part := range p.Outputs {
		if withoutExtension(part.EntryPoint) == withoutExtension(filepath.Join(p.src, module)) {
			return path, true
		}
	}
	return "", false
}

// withoutExtension is a module whether it is written in JavaScript or in TypeScript.
func withoutExtension(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) }

// needed are the files that a page loads for these modules, each before those that import it: a browser told of
// them at once need not find out one by one.
func (p parts) needed(modules ...string) []string {
	var list []string
	for _, module := range modules {
		if path, ok := p.of(module); ok {
			list = p.add(list, path)
		}
	}
	return list
}

// neededBy are the files that a file loads with it, itself the last.
func (p parts) neededBy(path string) []string { return p.add(nil, path) }

// add puts a file to those that are loaded, after what it imports.
func (p parts) add(list []string, path string) []string {
	if slices.Contains(list, path) {
		return list
	}
	for _, i := range p.Outputs[path].Imports {
		if i.Kind == "import-statement" {
			list = p.add(list, i.Path)
		}
	}
	return append(list, path)
}

// partsFor are the files of the kind of page that a module is the script of; none before they are made.
func (s *site) partsFor(module string) parts {
	for _, p := range s.parts {
		if _, ok := p.of(module); ok {
			return p
		}
	}
	return parts{}
}

// needed are the files that a page of the site loads for its script and what that will ask for.
func (s *site) needed(script string, others ...string) []string {
	return s.partsFor(script).needed(append([]string{script}, others...)...)
}

// buildOptions name what is built of a module page.mjs by its folder: there are several.
func (s *site) buildOptions(entries ...string) api.BuildOptions {
	var points []api.EntryPoint
	for _, entry := range entries {
		name := withoutExtension(filepath.Base(entry))
		if entry == customersEntry || entry == configuratorEntry || entry == docsEntry || entry == menuEntry || entry == learnEntry {
			name = filepath.Base(filepath.Dir(entry))
		}
		points = append(points, api.EntryPoint{InputPath: filepath.Join(s.src, entry), OutputPath: name})
	}
	return api.BuildOptions{
		EntryPointsAdvanced: points,
		Bundle:              true,
		Loader:              map[string]api.Loader{".sql": api.LoaderText}, // shown on the customers page
		Engines:             browsers,
		MinifyWhitespace:    s.prod,
		MinifyIdentifiers:   s.prod,
		MinifySyntax:        s.prod,
		LegalComments:       api.LegalCommentsNone,
		Charset:             api.CharsetUTF8, // or Japanese and Arabic would be written in escapes
	}
}

// esbuild is a stylesheet or a module with those that it imports, in one file.
func (s *site) esbuild(entry string) ([]byte, error) {
	options := s.buildOptions(entry)
	options.Format = api.FormatESModule
	result := api.Build(options)
	if err := firstError(result.Errors); err != nil {
		return nil, err
	}
	return result.OutputFiles[0].Contents, nil
}

// styleAsText lets a module import a stylesheet as text, bundled and minified like the others: an element adopts it.
func (s *site) styleAsText(finish func(css string) string) api.Plugin {
	return api.Plugin{Name: "style-as-text", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `\.css$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			entry, err := filepath.Rel(s.absSrc(), args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			body, err := s.esbuild(entry)
			text := finish(string(body))
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, err
		})
	}}
}

func (s *site) absSrc() string {
	abs, err := filepath.Abs(s.src)
	if err != nil {
		return s.src
	}
	return abs
}

func firstError(messages []api.Message) error {
	if len(messages) == 0 {
		return nil
	}
	return errors.New(strings.Join(api.FormatMessages(messages, api.FormatMessagesOptions{Kind: api.ErrorMessage}), "\n"))
}

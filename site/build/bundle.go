package main

import (
	"encoding/json"
	"errors"
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
	options := s.buildOptions(entry, customersEntry, configuratorEntry, docsEntry, menuEntry, calculatorsEntry)
	options.Plugins = []api.Plugin{s.styleAsText(strings.TrimSpace)}
	if s.parts, err = s.bundleInto("assets", options); err != nil {
		return err
	}
	s.assets["page.js"], _ = s.parts.of(entry)
	s.assets["customers.js"], _ = s.parts.of(customersEntry)
	s.assets["embed.js"], _ = s.parts.of(configuratorEntry)
	s.assets["reference.js"], _ = s.parts.of(docsEntry)
	s.assets["menu.js"], _ = s.parts.of(menuEntry)
	s.assets["calculators.js"], _ = s.parts.of(calculatorsEntry)
	return nil
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
	var add func(path string)
	add = func(path string) {
		if slices.Contains(list, path) {
			return
		}
		for _, i := range p.Outputs[path].Imports {
			if i.Kind == "import-statement" {
				add(i.Path)
			}
		}
		list = append(list, path)
	}
	for _, module := range modules {
		if path, ok := p.of(module); ok {
			add(path)
		}
	}
	return list
}

// needed are the files that a page of the site loads for these modules.
func (s *site) needed(modules ...string) []string { return s.parts.needed(modules...) }

// buildOptions name what is built of a module page.mjs by its folder: there are several.
func (s *site) buildOptions(entries ...string) api.BuildOptions {
	var points []api.EntryPoint
	for _, entry := range entries {
		name := withoutExtension(filepath.Base(entry))
		if entry == customersEntry || entry == configuratorEntry || entry == docsEntry || entry == menuEntry {
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

package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"hourglass/core/catalogue"
	"hourglass/core/release"
)

const (
	// embedFolder is where everything that other sites load stands; it is served so that they may (api.SiteHeaders).
	embedFolder = "embed/"

	widgetEntry = "widget/embed.ts" // the element
	framedEntry = "widget/page.ts"  // the script of widget.html
	hostEntry   = "widget/host.ts"  // of the page around that
	facadeEntry = "widget/facade.ts"
	lookEntry   = "widget/look-of.ts" // of a facade that is not to look as usual
	modesEntry  = "widget/modes.ts"   // of a widget behind a button

	// What the widget may load, brotli: its facade, which comes first; by its script whole, engine included, once it is touched or
	// in view; and in a frame.
	facadeBudget = 5 << 10
	widgetBudget = 70 << 10
	framedBudget = 70 << 10
)

// bundleWidget makes the embed folder: the element in parts, the loader that names them, the engine, and v1.json for
// those who pin a version.
func (s *site) bundleWidget() error {
	if err := s.putEngine(); err != nil {
		return err
	}
	element := api.EntryPoint{InputPath: filepath.Join(s.src, widgetEntry), OutputPath: "embed"}
	framed := api.EntryPoint{InputPath: filepath.Join(s.src, framedEntry), OutputPath: "page"}
	look := api.EntryPoint{InputPath: filepath.Join(s.src, lookEntry), OutputPath: "look"}
	modes := api.EntryPoint{InputPath: filepath.Join(s.src, modesEntry), OutputPath: "modes"}
	if err := s.bundleElement(element, framed, look, modes); err != nil {
		return err
	}
	style, err := s.esbuild("styles/widget-page.css")
	if err != nil {
		return err
	}
	s.assets["widget.css"] = s.put(embedFolder, "widget.css", style)
	return nil
}

// packageWidget fills the npm package's folder: the element in parts under plain names, and the engine beside it, for
// bundlers to take up. What a bundler minifies is left readable.
func packageWidget(o options) error {
	o.prod = false
	s := &site{options: o, assets: map[string]string{}, files: map[string][]byte{}}
	if err := s.putEngine(); err != nil {
		return err
	}
	if err := s.bundleElement(api.EntryPoint{InputPath: filepath.Join(s.src, widgetEntry), OutputPath: "embed"}); err != nil {
		return err
	}
	if err := os.RemoveAll(o.pack); err != nil {
		return err
	}
	s.out = o.pack
	s.files = trimmed(s.files, embedFolder)
	return s.write()
}

// trimmed are files without the folder that they are in.
func trimmed(files map[string][]byte, folder string) map[string][]byte {
	out := map[string][]byte{}
	for name, body := range files {
		out[strings.TrimPrefix(name, folder)] = body
	}
	return out
}

// putEngine puts the engine's modules beside the element.
func (s *site) putEngine() error {
	for _, m := range pageModules() {
		name := wasmOf(m)
		body, err := os.ReadFile(s.wasm[name])
		if err != nil {
			return err
		}
		s.assets[embedFolder+name] = s.put(embedFolder, name, body)
	}
	return nil
}

// bundleElement makes the element's script and what else begins with it, in parts that they share.
func (s *site) bundleElement(entries ...api.EntryPoint) error {
	options := s.buildOptions()
	options.EntryPointsAdvanced = entries
	options.Plugins = []api.Plugin{s.styleAsText(relativeToHost), s.enginePlaces()}
	var err error
	s.widget, err = s.bundleInto(strings.TrimSuffix(embedFolder, "/"), options)
	s.assets["widget.js"], _ = s.widget.of(widgetEntry)
	s.assets["widget-page.js"], _ = s.widget.of(framedEntry)
	s.assets["widget-look.js"], _ = s.widget.of(lookEntry)
	s.assets["widget-modes.js"], _ = s.widget.of(modesEntry)
	return err
}

// enginePlaces writes the engine's hashed names where the element says what lies beside it.
func (s *site) enginePlaces() api.Plugin {
	return api.Plugin{Name: "engine-places", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `widget/places\.(mjs|ts)$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			body, err := os.ReadFile(args.Path)
			text := string(body)
			for _, m := range pageModules() {
				name := wasmOf(m)
				text = strings.ReplaceAll(text, `"./`+name+`"`, `"./`+path.Base(s.assets[embedFolder+name])+`"`)
			}
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, err
		})
	}}
}

var (
	rem       = regexp.MustCompile(`(\d*\.?\d+)rem\b`)
	condition = regexp.MustCompile(`@(container|media)[^{]*`)
)

// relativeToHost writes a stylesheet's lengths as multiples of the widget's own (widget.css), since rem is the host
// page's to set; conditions, which cannot use it, keep theirs.
func relativeToHost(css string) string {
	var out strings.Builder
	for {
		at := condition.FindStringIndex(css)
		if at == nil {
			break
		}
		out.WriteString(inWidget(css[:at[0]]))
		out.WriteString(css[at[0]:at[1]])
		css = css[at[1]:]
	}
	out.WriteString(inWidget(css))
	return out.String()
}

// inWidget writes the lengths of a part that has no conditions.
func inWidget(css string) string {
	return strings.ReplaceAll(rem.ReplaceAllString(css, "calc($1*var(--hourglass-rem))"), "calc(1*var(--hourglass-rem))", "var(--hourglass-rem)")
}

// putFacades puts what the widget shows of each calculation in each language before it is loaded, a module each. One hash is in all
// their names, so that the script finds any without a list.
func (s *site) putFacades() error {
	bodies, sum := map[string][]byte{}, sha256.New()
	for _, l := range s.languages {
		for _, id := range slices.Sorted(maps.Keys(s.examples[l.Tag].Facades)) {
			var body bytes.Buffer
			if err := json.Compact(&body, s.examples[l.Tag].Facades[id]); err != nil {
				return err
			}
			bodies[id+"."+l.Tag] = slices.Concat([]byte("export default "), body.Bytes())
			fmt.Fprint(sum, id, l.Tag, body.String())
		}
	}
	s.facade = s.kept(embedFolder) + "facade-KIND-" + base32.StdEncoding.EncodeToString(sum.Sum(nil)[:5]) + ".js"
	for name, body := range bodies {
		s.files[s.facadeOf(name)] = body
	}
	return nil
}

// facadeOf is the file of a calculation's facade, by its kind and language: "subscription.en".
func (s *site) facadeOf(name string) string { return strings.Replace(s.facade, "KIND", name, 1) }

var customProperty = regexp.MustCompile(`(--[\w-]+):[^;{}]*;?`)

// withoutUnused leaves out the custom properties that nothing in a stylesheet uses.
func withoutUnused(css string) string {
	return customProperty.ReplaceAllStringFunc(css, func(declaration string) string {
		name, _, _ := strings.Cut(declaration, ":")
		if strings.Contains(css, "var("+name) {
			return declaration
		}
		return ""
	})
}

// loader is the script that shows the facade and loads the element, by the way to both from a folder.
func (s *site) loader(folder string) ([]byte, error) {
	from := func(path string) string { return `"./` + strings.TrimPrefix(path, folder) + `"` }
	return s.script(api.BuildOptions{
		EntryPoints: []string{filepath.Join(s.src, facadeEntry)}, Bundle: true, Format: api.FormatIIFE, Charset: api.CharsetUTF8,
		Define:  map[string]string{"HOURGLASS_MODULE": from(s.assets["widget.js"]), "HOURGLASS_FACADE": from(s.facade), "HOURGLASS_LOOK": from(s.assets["widget-look.js"]), "HOURGLASS_MODES": from(s.assets["widget-modes.js"])},
		Plugins: []api.Plugin{s.styleAsText(func(css string) string { return relativeToHost(withoutUnused(css)) })},
	})
}

// script is a small script in one file.
func (s *site) script(options api.BuildOptions) ([]byte, error) {
	options.Engines, options.LegalComments = browsers, api.LegalCommentsNone
	options.MinifyWhitespace, options.MinifyIdentifiers, options.MinifySyntax = s.prod, s.prod, s.prod
	result := api.Build(options)
	if err := firstError(result.Errors); err != nil {
		return nil, err
	}
	return result.OutputFiles[0].Contents, nil
}

// A pinned file is what a page that wants one version and no other writes down.
type pinned struct {
	URL       string `json:"url"` // beside v1.json
	Integrity string `json:"integrity"`
}

// publish puts the scripts that pages name, the element's facade and the frame's host, under a name that stays and
// under one that holds their content, and lists the latter, with all that they load, in v1.json.
func (s *site) publish() error {
	host, err := s.script(api.BuildOptions{EntryPoints: []string{filepath.Join(s.src, hostEntry)}, Bundle: true, Format: api.FormatIIFE})
	if err != nil {
		return err
	}
	var list struct {
		Version string            `json:"version"`
		Scripts map[string]pinned `json:"scripts"`
		Files   []pinned          `json:"files"`
	}
	list.Version, list.Scripts = release.Version, map[string]pinned{}
	for _, file := range slices.Sorted(maps.Keys(s.files)) {
		if strings.HasPrefix(file, embedFolder) && path.Ext(file) != ".css" {
			list.Files = append(list.Files, s.pin(file))
		}
	}
	loader, err := s.loader(embedFolder)
	if err != nil {
		return err
	}
	pinnable, err := s.loader(s.kept(embedFolder))
	if err != nil {
		return err
	}
	s.files[embedFolder+"v1.js"], s.files[embedFolder+"frame.js"] = loader, host
	list.Scripts["v1.js"] = s.pin(s.put(embedFolder, "v1.js", pinnable))
	list.Scripts["frame.js"] = s.pin(s.put(embedFolder, "frame.js", host))
	body, err := json.MarshalIndent(list, "", " ")
	s.files[embedFolder+"v1.json"] = append(body, '\n')
	return err
}

func (s *site) pin(file string) pinned {
	sum := sha512.Sum384(s.files[file])
	return pinned{strings.TrimPrefix(file, embedFolder), "sha384-" + base64.StdEncoding.EncodeToString(sum[:])}
}

// renderWidget makes the page in a frame, with the first scenario's example for where nothing runs.
func (s *site) renderWidget() error {
	c, err := s.readCatalogue()
	if err != nil {
		return err
	}
	scenarios, err := s.readScenarios(c)
	if err != nil {
		return err
	}
	p := page{site: s, Lang: "en", Home: "./", Groups: questions(scenarios), Examples: s.examples["en"].Scenarios}
	first := scenarios[slices.IndexFunc(scenarios, func(sc scenario) bool { return sc.ID == home })]
	if err := p.fill(c, first); err != nil {
		return err
	}
	if err := s.putFacades(); err != nil {
		return err
	}
	if err := s.publish(); err != nil {
		return err
	}
	p.Parts = s.widget.needed(framedEntry, wordsOf(home))
	t, err := template.ParseFiles(filepath.Join(s.src, "pages", "widget.html"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	err = t.Execute(&out, p)
	s.files["widget.html"] = out.Bytes()
	return err
}

// reportWidget prints what each form of the widget loads before it answers, against its budget.
func (s *site) reportWidget() error {
	engine := s.assets[embedFolder+wasmOf(catalogue.Calculator)]
	facade := []string{embedFolder + "v1.js", s.facadeOf(home + ".en")}
	if err := s.firstLoad("first load of the widget's facade", facade, facadeBudget); err != nil {
		return err
	}
	script := append(facade, append(s.widget.needed(widgetEntry, wordsOf(home)), engine)...)
	if err := s.firstLoad("first load of the widget by script, touched", script, widgetBudget); err != nil {
		return err
	}
	framed := append([]string{"widget.html", s.assets["widget.css"]}, append(s.widget.needed(framedEntry, wordsOf(home)), engine)...)
	return s.firstLoad("first load of the widget in a frame", framed, framedBudget)
}

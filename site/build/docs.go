package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"image/png"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"hourglass/core/catalogue"
)

// A doc is one page of the documentation: a Markdown file of docs/, or the API's reference.
type doc struct {
	File  string // docs/formulas/average.md
	Path  string // of its page: docs/formulas/average/
	Title string
	Lede  string // its first paragraph, plain
	body  []byte // without the title
}

// A section is what one kind of reader looks for.
type section struct {
	Title, Name string
	Docs        []doc
}

// Listed are the documents of a section without the folder's own page, which lists them itself.
func (s section) Listed() []doc {
	return slices.DeleteFunc(slices.Clone(s.Docs), func(d doc) bool { return path.Base(d.File) == "README.md" })
}

// A docPage is what the documentation's templates see.
type docPage struct {
	page
	Sections []section
	Section  string // that the page is in
	Path     string
	Content  template.HTML
	API      apiDocs
	Call     apiCalculation
}

// contents are the sections in the order of their readers, each with its files and folders in the order of the index. What stands in
// none of them is the project's.
var contents = []struct {
	name, title string
	files       []string
}{
	{"use", "Use it", []string{"customers.md", "decision-tools.md", "decision-tools-reference.md", "ideas.md", "glossary.md"}},
	{"tools", "Put it in your tools", []string{"embed.md", "widget.md", "spreadsheets/", "warehouses/", "score.md", "pipeline.md"}},
	{"api", "API", []string{"api-guide.md", apiPath, "assistants.md"}},
	{"run", "Run it", []string{"deploy-cloudflare.md", "deploy-aws.md", "private-deployment.md"}},
	{"formulas", "Methods", []string{"formulas/"}},
	{projectSection, "Project", []string{"architecture.md", "words.md", "benchmarks.md", "decisions/"}},
}

const projectSection = "project"

// sectionOf is the section of a file of docs/, and its place there.
func sectionOf(file string) (name string, place int) {
	for _, section := range contents {
		for i, listed := range section.files {
			if file == "docs/"+listed || strings.HasSuffix(listed, "/") && strings.HasPrefix(file, "docs/"+listed) {
				return section.name, i
			}
		}
	}
	return projectSection, len(contents)
}

// renderDocs makes the documentation: a page for each Markdown file of docs/, the API's reference, and their index;
// and takes over the spreadsheets' functions, which the pages tell how to install.
func (s *site) renderDocs() error {
	if err := s.copySheets(); err != nil {
		return err
	}
	style, err := s.esbuild("styles/docs.css")
	if err != nil {
		return err
	}
	s.addAsset("docs.css", style)
	formulas, err := s.readFormulas()
	if err != nil {
		return err
	}
	sections, err := s.readDocs()
	if err != nil {
		return err
	}
	words, err := s.words("en")
	if err != nil {
		return err
	}
	base := docPage{page: page{site: s, Lang: "en", Dir: "ltr", Words: words, Currencies: s.currencies}, Sections: sections}
	if err := s.renderAPI(base); err != nil {
		return err
	}
	for _, section := range sections {
		for _, d := range section.Docs {
			if d.File == "" {
				continue
			}
			p := base.at(d.Path, section.Name, d.Title, d.Lede)
			if p.Content, err = s.markdown(d, formulas, p.Base); err != nil {
				return err
			}
			if err := s.render(d.Path+"index.html", "docs.html", p); err != nil {
				return err
			}
		}
	}
	index := base.at("docs/", "", "Documentation", "Use the calculators and the customers page, put them in your tools, call the API, run it yourself; and every formula, with its source.")
	return s.render("docs/index.html", "docs-index.html", index)
}

// at is the page at a path.
func (p docPage) at(path, section, title, lede string) docPage {
	p.Base = strings.Repeat("../", strings.Count(path, "/"))
	p.Root, p.Home, p.Canonical, p.Path, p.Section = p.Base, p.Base, p.site.address(path), path, section
	p.Title, p.Heading, p.Description = title+" – Hourglass", title, cmp.Or(lede, title+", in the documentation of Hourglass.")
	if section == "formulas" && path != "docs/formulas/" {
		p.Title, p.Description = title+": formula – Hourglass", title+". "+lede+" The formula, its assumptions, its source and a worked example."
	}
	p.Picture, p.Linked = p.site.homeCard, p.trail()
	return p
}

// Summary is the description of a page of the documentation, which two of a calculation tell apart at its end.
func (p docPage) Summary() string { return p.Description }

// root is a path of the repository.
func (s *site) root(elements ...string) string {
	return filepath.Join(append([]string{s.src, ".."}, elements...)...)
}

// copySheets takes over the functions for spreadsheets.
func (s *site) copySheets() error {
	for _, folder := range []string{"google", "excel"} {
		files, err := os.ReadDir(s.root("functions", "sheets", folder))
		if err != nil {
			return err
		}
		for _, file := range files {
			body, err := os.ReadFile(s.root("functions", "sheets", folder, file.Name()))
			if err != nil {
				return err
			}
			name := path.Join("sheets", folder, strings.Replace(file.Name(), ".gen.", ".", 1))
			if s.files[name], err = s.own(name, body); err != nil {
				return err
			}
		}
	}
	extension, err := s.extension()
	s.files["sheets/libreoffice/hourglass.oxt"] = extension
	return err
}

// readDocs reads docs/, in sections.
func (s *site) readDocs() ([]section, error) {
	docs := map[string][]doc{"api": {{Path: apiPath, Title: "Reference", Lede: "Every route with its fields, bounds, examples and problems."}}}
	err := filepath.WalkDir(s.root("docs"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".md" {
			return err
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.root(), file)
		d := newDoc(filepath.ToSlash(rel), source)
		section, _ := sectionOf(d.File)
		docs[section] = append(docs[section], d)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(docs["formulas"], func(a, b doc) int { return place(a) - place(b) })
	var sections []section
	for _, t := range contents {
		if t.name != "formulas" {
			slices.SortStableFunc(docs[t.name], func(a, b doc) int {
				_, first := sectionOf(a.File)
				_, second := sectionOf(b.File)
				return first - second
			})
		}
		if len(docs[t.name]) > 0 {
			sections = append(sections, section{Title: t.title, Name: t.name, Docs: docs[t.name]})
		}
	}
	return sections, nil
}

// place orders the formulas as the catalogue does, their list first.
func place(d doc) int {
	return slices.IndexFunc(catalogue.Calculations, func(c catalogue.Calculation) bool {
		return pagePath("docs/formulas/"+strings.ReplaceAll(c.ID, "/", "-")+".md") == d.Path
	})
}

var (
	comments = regexp.MustCompile(`(?s)<!--.*?-->\s*`)
	heading  = regexp.MustCompile(`(?m)^# (.*)\n+`)
)

// newDoc takes the title and the lede out of a Markdown file.
func newDoc(file string, source []byte) doc {
	source = comments.ReplaceAll(source, nil)
	d := doc{File: file, Path: pagePath(file), Title: path.Base(file)}
	if m := heading.FindSubmatchIndex(source); m != nil {
		d.Title = string(source[m[2]:m[3]])
		source = source[m[1]:]
	}
	d.body = source
	if first, _, _ := bytes.Cut(source, []byte("\n\n")); len(first) > 0 && (bytes.HasPrefix(first, []byte("**")) || !bytes.ContainsAny(first[:1], "#|`-*")) {
		d.Lede = firstSentence(strings.TrimPrefix(plain(string(first)), "Decision. "))
	}
	return d
}

var markup = regexp.MustCompile("\\[([^\\]]*)\\]\\([^)]*\\)|[`*]")

// plain is a paragraph of Markdown without its marks.
func plain(text string) string {
	return strings.Join(strings.Fields(markup.ReplaceAllString(text, "$1")), " ")
}

func firstSentence(text string) string {
	if first, _, more := strings.Cut(text, ". "); more {
		return first + "."
	}
	return text
}

// pagePath is where the page of a Markdown file goes.
func pagePath(file string) string {
	name := strings.TrimSuffix(file, ".md")
	if path.Base(name) == "README" {
		return path.Dir(name) + "/"
	}
	return name + "/"
}

var markdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Linkify),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(html.WithUnsafe()), // the files are the project's own, and formulas are MathML in them
)

// markdown turns a file into HTML: links lead to pages, formulas are MathML, wide tables scroll.
func (s *site) markdown(d doc, formulas map[string][]string, base string) (template.HTML, error) {
	source := withFormulas(d, formulas)
	tree := markdown.Parser().Parse(text.NewReader(source))
	for _, link := range nodes[*ast.Link](tree) {
		s.direct(link, d, base)
	}
	for _, image := range nodes[*ast.Image](tree) {
		if err := s.show(image, d, base); err != nil {
			return "", err
		}
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, source, tree); err != nil {
		return "", err
	}
	return template.HTML(reachable.Replace(out.String())), nil
}

// reachable lets the keyboard scroll what is wider than a screen, and leaves no heading without words.
var reachable = strings.NewReplacer("<table>", `<div class="wide" tabindex="0" role="group" aria-label="Table"><table>`, "</table>", "</table></div>",
	"<pre>", `<pre tabindex="0">`, "<th></th>", "<td></td>")

// nodes are all of one kind below a node.
func nodes[N ast.Node](n ast.Node) []N {
	var out []N
	if found, ok := n.(N); ok {
		out = append(out, found)
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		out = append(out, nodes[N](child)...)
	}
	return out
}

// show puts a picture of docs/ onto the site and points to it there; its size is told, so that no text moves when it comes.
func (s *site) show(image *ast.Image, d doc, base string) error {
	target := path.Join(path.Dir(d.File), string(image.Destination))
	body, err := os.ReadFile(s.root(filepath.FromSlash(target)))
	if err != nil {
		return err
	}
	width, height, err := sizeOf(body)
	if err != nil {
		return fmt.Errorf("%s: %w", target, err)
	}
	s.files[target] = body
	image.Destination = []byte(base + target)
	image.SetAttributeString("width", []byte(fmt.Sprint(width)))
	image.SetAttributeString("height", []byte(fmt.Sprint(height)))
	image.SetAttributeString("loading", []byte("lazy"))
	return nil
}

var viewBox = regexp.MustCompile(`<svg[^>]* viewBox="0 0 (\d+) (\d+)"`)

// sizeOf is the size of a picture: a drawing that says it, or a PNG.
func sizeOf(body []byte) (width, height int, err error) {
	if m := viewBox.FindSubmatch(body); m != nil {
		_, err = fmt.Sscan(string(m[1])+" "+string(m[2]), &width, &height)
		return width, height, err
	}
	size, err := png.DecodeConfig(bytes.NewReader(body))
	return size.Width, size.Height, err
}

// direct points a link within the repository to where its file is on the site: a page for a file of docs/ or a template of
// site/pages/, a copy for the functions of spreadsheets; to nothing where it is not there.
func (s *site) direct(link *ast.Link, d doc, base string) {
	file, fragment, anchored := strings.Cut(string(link.Destination), "#")
	if file == "" || strings.Contains(file, "://") {
		return
	}
	target := path.Join(path.Dir(d.File), file)
	sheet, isSheet := strings.CutPrefix(target, "functions/")
	page, isPage := strings.CutPrefix(target, "site/pages/")
	_, err := os.Stat(s.root(filepath.FromSlash(target)))
	switch {
	case err == nil && strings.HasPrefix(target, "docs/") && path.Ext(target) == ".md":
		target = base + pagePath(target)
	case err == nil && isPage:
		target = base + strings.TrimSuffix(page, ".html") + "/"
	case err == nil && isSheet && strings.HasPrefix(sheet, "sheets/"):
		target = base + sheet
	default:
		unlink(link)
		return
	}
	if anchored {
		target += "#" + fragment
	}
	link.Destination = []byte(target)
}

// unlink leaves the words of a link.
func unlink(link *ast.Link) {
	parent := link.Parent()
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		parent.InsertBefore(parent, link, child)
	}
	parent.RemoveChild(parent, link)
}

// readFormulas reads the MathML of every calculation's formula.
func (s *site) readFormulas() (map[string][]string, error) {
	body, err := os.ReadFile(s.root("docs", "formulas", "mathml_gen.json"))
	if err != nil {
		return nil, err
	}
	var formulas map[string][]string
	return formulas, json.Unmarshal(body, &formulas)
}

// withFormulas puts MathML in the place of the TeX of a formula's page.
func withFormulas(d doc, formulas map[string][]string) []byte {
	i := place(d)
	if i < 0 {
		return d.body
	}
	c, source := catalogue.Calculations[i], string(d.body)
	pieces := formulas[c.ID]
	tex := []string{c.Formula}
	if c.Where != "" {
		tex = append(tex, c.Where)
	}
	for _, special := range c.Cases {
		tex = append(tex, special.Formula)
	}
	for k, formula := range tex {
		source = strings.Replace(source, "```math\n"+formula+"\n```", `<div class="formula" tabindex="0" role="group" aria-label="Formula">`+pieces[k]+"</div>", 1)
	}
	for k, symbol := range c.Symbols {
		source = strings.ReplaceAll(source, "$"+symbol.TeX+"$", pieces[len(tex)+k])
	}
	return []byte(source)
}

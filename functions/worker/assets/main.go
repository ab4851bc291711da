// Assets writes beside a site's files what Cloudflare reads about them: _headers, from the table that the server sends
// its headers by (api.SiteHeaders), and .assetsignore, which keeps copies compressed beforehand at home.
//
//	assets dist
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"hourglass/functions/api"
)

// maxRules is how many rules Cloudflare reads.
const maxRules = 100

// ignored is .assetsignore: Cloudflare compresses by itself.
const ignored = "*.br\n*.gz\n.assetsignore\n"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("usage: assets folder")
	}
	files, err := list(arguments[0])
	if err != nil {
		return err
	}
	rules := rulesFor(files)
	if len(rules) > maxRules {
		return fmt.Errorf("%d rules of headers, but Cloudflare reads %d: put the files whose names hold a hash into folders of their own", len(rules), maxRules)
	}
	if err := os.WriteFile(filepath.Join(arguments[0], "_headers"), []byte(text(rules)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(arguments[0], ".assetsignore"), []byte(ignored), 0o644)
}

// list is the paths of the files that Cloudflare will serve, from the first slash.
func list(folder string) ([]string, error) {
	var files []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && !slices.Contains([]string{".br", ".gz"}, path.Ext(name)) &&
			name != "_headers" && name != ".assetsignore" {
			files = append(files, "/"+name)
		}
		return err
	})
	return files, err
}

// A rule gives headers to the paths of a pattern, in which * stands for anything. All rules that match apply in turn.
type rule struct {
	pattern string
	headers []api.Header
}

// rulesFor are the rules that give each file its headers: the pages', the widget's, and those of what may be kept for
// ever, a folder at a time where all of its files agree.
func rulesFor(files []string) []rule {
	rules := []rule{
		{"/*", api.SiteHeaders("/index.html")},
		{"/widget*", api.SiteHeaders("/widget.html")},
		{"/embed/*", api.SiteHeaders("/embed/v1.js")},
		{"/customers/*", api.SiteHeaders("/customers/index.html")},
	}
	for _, file := range files {
		want := api.SiteHeaders(file)
		if slices.Equal(effective(rules, file), want) {
			continue
		}
		pattern := path.Dir(file) + "/*"
		if path.Dir(file) == "/" || slices.ContainsFunc(files, func(other string) bool {
			return strings.HasPrefix(other, path.Dir(file)+"/") && !slices.Equal(api.SiteHeaders(other), want)
		}) {
			pattern = file
		}
		rules = append(rules, rule{pattern, want})
	}
	return rules
}

// effective is the headers that the last matching rule leaves a file with, since each rule first takes away what the
// ones before it gave.
func effective(rules []rule, file string) []api.Header {
	var headers []api.Header
	for _, r := range rules {
		prefix, splat := strings.CutSuffix(r.pattern, "*")
		if file == r.pattern || splat && strings.HasPrefix(file, prefix) {
			headers = r.headers
		}
	}
	return headers
}

// text writes rules in the form of a _headers file.
func text(rules []rule) string {
	var out strings.Builder
	var names []string // of headers given so far
	for _, r := range rules {
		out.WriteString(r.pattern + "\n")
		for _, name := range names {
			out.WriteString("  ! " + name + "\n")
		}
		for _, h := range r.headers {
			if !slices.Contains(names, h.Name) {
				names = append(names, h.Name)
			}
			out.WriteString("  " + h.Name + ": " + h.Value + "\n")
		}
	}
	return out.String()
}

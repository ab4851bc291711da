// Package layers holds who may import whom (docs/architecture.md), and reads it from the sources of the site for the picture of its rooms.
package layers

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A Room is a line of the table in site/README.md: a folder of site/, and those that it may import.
type Room struct {
	Name string
	May  []string
}

var roomLine = regexp.MustCompile("(?m)^\\| `(\\w+)/` \\| [^|]+ \\| ([^|]*)\\|$")

// Rooms reads the table; site is the folder.
func Rooms(site string) ([]Room, error) {
	body, err := os.ReadFile(filepath.Join(site, "README.md"))
	if err != nil {
		return nil, err
	}
	var rooms []Room
	for _, m := range roomLine.FindAllStringSubmatch(string(body), -1) {
		rooms = append(rooms, Room{m[1], strings.Fields(strings.ReplaceAll(m[2], "`", ""))})
	}
	if len(rooms) < 8 {
		return nil, fmt.Errorf("%s/README.md: only %d rooms were found in the table", site, len(rooms))
	}
	return rooms, nil
}

// An Import is one module or stylesheet naming another, both by their paths in site/; what is elsewhere in the repository begins with "../".
type Import struct {
	From, To string
	Line     int
}

// String is "site/base/words.ts:3 imports engine/engine.ts".
func (i Import) String() string { return fmt.Sprintf("site/%s:%d imports %s", i.From, i.Line, i.To) }

// ForTests reports whether a file of a room is a test or a benchmark, which may import any room.
func ForTests(file string) bool {
	base := path.Base(file)
	return strings.Contains(base, ".test.") || base == "bench.ts" || strings.HasPrefix(base, "bench-")
}

// A specifier stands behind from, behind a bare import, or in import(...): as a statement, as a call, as a type, in TypeScript and in JSDoc; in
// require(...); in new URL(..., import.meta.url), as workers are named; in a reference to types. In a stylesheet it stands behind @import. Where an
// address is made up as the module runs, what can be read of it is taken.
const comment = `(?:/\*[^*]*\*/\s*)*`

var (
	specifier = regexp.MustCompile("(?:\\bfrom|\\bimport|\\brequire)\\s*\\(?\\s*" + comment + "[\"'`]([^\"'`\\n]+)[\"'`]" +
		"|\\bnew URL\\(\\s*" + comment + "[\"'`]([^\"'`\\n]+\\.(?:ts|mjs|js))[\"'`],\\s*import\\.meta\\.url" +
		"|(?m:^)///\\s*<reference path=[\"']([^\"'\\n]+)[\"']")
	styled  = regexp.MustCompile(`@import\s+(?:url\(\s*)?["']?([^"')\s;]+)`)
	madeUp  = regexp.MustCompile("\\bimport\\s*\\(\\s*" + comment + "[^\"'`\\s/*).]")
	modules = []string{".mjs", ".ts", ".js", ".css"}
)

// imported are the files that a module names; those of packages are left out.
func imported(file, source string) (found []Import) {
	statement := specifier
	if path.Ext(file) == ".css" {
		statement = styled
	}
	at := func(offset int) int { return 1 + strings.Count(source[:offset], "\n") }
	for _, m := range statement.FindAllStringSubmatchIndex(source, -1) {
		for group := 2; group < len(m); group += 2 {
			if m[group] < 0 {
				continue
			}
			name := source[m[group]:m[group+1]]
			if strings.HasPrefix(name, ".") && !strings.Contains(name, "/node_modules/") {
				found = append(found, Import{file, path.Join(path.Dir(file), name), at(m[group])})
			}
		}
	}
	if path.Ext(file) != ".css" {
		for _, m := range madeUp.FindAllStringIndex(source, -1) {
			found = append(found, Import{file, Unknown, at(m[0])})
		}
	}
	return found
}

// Unknown is what an import names whose address is made up wholly as the module runs.
const Unknown = "an address that is made up as it runs"

// SiteFiles are the modules and stylesheets in the folders of site/, tests among them, with their texts.
func SiteFiles(site string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(site, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file, err := filepath.Rel(site, name)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		switch {
		case entry.IsDir() && (entry.Name() == "node_modules" || file == "widget/dist" || file == "package/dist"):
			return filepath.SkipDir
		case entry.IsDir() || !strings.Contains(file, "/") || !slices.Contains(modules, path.Ext(file)):
			return nil
		}
		body, err := os.ReadFile(name)
		files[file] = string(body)
		return err
	})
	return files, err
}

// Imports are those of all files, in the order of their names.
func Imports(files map[string]string) (all []Import) {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, imported(name, files[name])...)
	}
	return all
}

// RoomOf is the folder of site/ that a file is in.
func RoomOf(file string) string {
	room, _, _ := strings.Cut(file, "/")
	return room
}

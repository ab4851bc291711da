package layers

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The rooms of site/ and whom each may import stand in site/README.md.
var roomLine = regexp.MustCompile("(?m)^\\| `(\\w+)/` \\| [^|]+ \\| ([^|]*)\\|$")

// data may be read by every room; outside is what a room reads from elsewhere in the repository.
var (
	data    = []string{"languages.json"}
	outside = map[string]string{"customers": "functions/score/sql/"} // shown on the page as text
)

func siteRooms(t *testing.T) map[string][]string {
	t.Helper()
	body, err := os.ReadFile("../../site/README.md")
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string][]string{}
	for _, m := range roomLine.FindAllStringSubmatch(string(body), -1) {
		rooms[m[1]] = strings.Fields(strings.ReplaceAll(m[2], "`", ""))
	}
	if len(rooms) < 8 {
		t.Fatalf("only the rooms %v were found", rooms)
	}
	return rooms
}

// A specifier stands behind from, behind a bare import, or in import(...): as a statement, as a call, as a type, in TypeScript and in
// JSDoc. In a stylesheet it stands behind @import.
var (
	specifier = regexp.MustCompile("(?:\\bfrom|\\bimport)\\s*\\(?\\s*[\"'`]([^\"'`\\n]+)[\"'`]")
	styled    = regexp.MustCompile(`@import\s+(?:url\()?["']?([^"')\s;]+)`)
)

// imported are the files that a module names, by their paths in site/; those of packages are left out.
func imported(file, source string) (paths []string) {
	statement := specifier
	if path.Ext(file) == ".css" {
		statement = styled
	}
	for _, m := range statement.FindAllStringSubmatch(source, -1) {
		if strings.HasPrefix(m[1], ".") && !strings.Contains(m[1], "/node_modules/") {
			paths = append(paths, path.Join(path.Dir(file), m[1]))
		}
	}
	return paths
}

// strays are the imports of a module that its room may not have.
func strays(rooms map[string][]string, file, source string) (found []string) {
	room, _, _ := strings.Cut(file, "/")
	for _, target := range imported(file, source) {
		to, _, _ := strings.Cut(target, "/")
		elsewhere, ok := outside[room]
		switch {
		case to == room, slices.Contains(rooms[room], to), slices.Contains(data, target):
		case ok && strings.HasPrefix(target, "../"+elsewhere):
		case !there(to): // the text of a module that messages/compile writes
		default:
			found = append(found, target)
		}
	}
	return found
}

func there(entry string) bool {
	_, err := os.Stat("../../site/" + entry)
	return err == nil
}

func TestTheRoomsOfTheSite(t *testing.T) {
	rooms := siteRooms(t)
	read := map[string]int{}
	err := filepath.WalkDir("../../site", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file := strings.TrimPrefix(filepath.ToSlash(name), "../../site/")
		room, _, _ := strings.Cut(file, "/")
		switch {
		case entry.IsDir() && (entry.Name() == "node_modules" || file == "widget/dist"):
			return filepath.SkipDir
		case entry.IsDir() || rooms[room] == nil, strings.Contains(path.Base(file), ".test."), strings.HasPrefix(path.Base(file), "bench"):
			return nil
		case !slices.Contains([]string{".mjs", ".ts", ".js", ".css"}, path.Ext(file)):
			return nil
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		read[room]++
		for _, target := range strays(rooms, file, string(body)) {
			t.Errorf("site/%s imports %s, which %s/ may not: site/README.md says whom it may", file, target, room)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if read[room] == 0 && room != "learn" {
			t.Errorf("site/%s has no modules: is it still there?", room)
		}
	}
}

// Whom a room may import may not, by any way, import it.
func TestTheRoomsOfTheSiteGoOneWay(t *testing.T) {
	rooms := siteRooms(t)
	var follow func(room string, way []string)
	follow = func(room string, way []string) {
		if slices.Contains(way, room) {
			t.Errorf("a circle: %s", strings.Join(append(way, room), " imports "))
			return
		}
		others, ok := rooms[room]
		if !ok {
			t.Errorf("%s is no room", room)
		}
		for _, other := range others {
			follow(other, append(slices.Clone(way), room))
		}
	}
	for room := range rooms {
		follow(room, nil)
	}
}

// Each way of naming a module is seen, and nothing else is taken for one.
func TestAWrongImportIsSeen(t *testing.T) {
	rooms := siteRooms(t)
	for source, want := range map[string]int{
		`import { engine } from "../engine/engine.mjs";`:                         1,
		"import {\n  one,\n  other,\n} from '../calculator/field.ts';":           1,
		`import "../widget/element.mjs";`:                                        1,
		`export { engine } from "../engine/engine.mjs";`:                         1,
		`export * from "../engine/engine.ts"`:                                    1,
		`import type { Engine } from "../engine/engine.ts";`:                     1,
		`const { engine } = await import("../engine/engine.mjs");`:               1,
		"import(`../calculator/views/${name}.mjs`)":                              1,
		`/** @typedef {import("../customers/state.ts").State} State */`:          1,
		`let state: import("../customers/types.ts").State;`:                      1,
		`import data from "../build/data.json" with { type: "json" };`:           1,
		`import sql from "../../functions/score/sql/ansi.sql";`:                  1,
		`import { words } from "./words.ts"; import en from "../messages/en.ts"`: 0,
		`import languages from "../languages.json";`:                             0,
		`import { html } from "lit"; export const from = "../engine/";`:          0,
	} {
		if got := strays(rooms, "base/planted.ts", source); len(got) != want {
			t.Errorf("%s: %d strays, want %d", source, len(got), want)
		}
	}
	if got := strays(rooms, "styles/planted.css", `@import "../customers/root.css";`); len(got) != 1 {
		t.Errorf("a stylesheet's import: %v", got)
	}
	if got := strays(rooms, "customers/planted.ts", `import sql from "../../functions/score/sql/ansi.sql";`); len(got) != 0 {
		t.Errorf("the queries that the page shows: %v", got)
	}
}

package layers

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

const site = "../../site"

// data may be read by every room, where it is listed for it alone by that; outside is what a room reads from elsewhere in the repository.
var (
	data    = map[string]string{"languages.json": "", "benchmarks.json": "base", "currencies.json": "base"}
	outside = map[string]string{"customers": "../functions/score/sql/"} // shown on the page as text
)

// beside are the folders of site/ that are no rooms, and what they may import besides every room and themselves.
var beside = map[string][]string{"build": nil, "pages": nil, "assets": nil, "lighthouse": nil, "test": {"build"}}

// writes is the module with the text of others in it: an import of theirs leads, from here, to nowhere.
const writes = "messages/compile.ts"

// runs are the modules that load an address which they are told: the widget's script loads the module that its package or page names.
var runs = []string{"widget/facade.ts"}

func siteRooms(t *testing.T) []Room {
	t.Helper()
	rooms, err := Rooms(site)
	if err != nil {
		t.Fatal(err)
	}
	return rooms
}

// read is the site's files and what they import, once for all tests.
var read = sync.OnceValues(func() (map[string]string, error) { return SiteFiles(site) })
var imports = sync.OnceValue(func() []Import {
	files, _ := read()
	return Imports(files)
})

func siteFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// wrong says what is wrong with an import and what to do about it; "" where nothing is.
func wrong(rooms []Room, i Import) string {
	from, to := RoomOf(i.From), RoomOf(i.To)
	place := slices.IndexFunc(rooms, func(r Room) bool { return r.Name == from })
	if place < 0 {
		also, known := beside[from]
		switch {
		case !known:
			return fmt.Sprintf("site/%s is in no room: give %s/ a line in the table of site/README.md, or name it in internal/layers if it is none", i.From, from)
		case to == from || slices.Contains(also, to):
			return ""
		case to == "test":
			return fmt.Sprintf("%v: nothing but tests may. Move what both need to %s/ or to a room", i, from)
		}
		if _, is := beside[to]; is {
			return fmt.Sprintf("%v, which %s/ may not: it may import any room, and itself", i, from)
		}
		return ""
	}
	if ForTests(i.From) {
		return "" // may import any room, and test/
	}
	room := rooms[place]
	owner, isData := data[i.To]
	switch {
	case i.To == Unknown:
		if slices.Contains(runs, i.From) {
			return ""
		}
		return fmt.Sprintf("%v: name the module in a string, so that it can be held to the rooms", i)
	case ForTests(i.To):
		return fmt.Sprintf("%v, which is there for tests: move what both need to a module of %s/", i, from)
	case to == from, slices.Contains(room.May, to), isData && (owner == "" || owner == from):
		return ""
	case i.From == writes && !there(to):
		return ""
	case outside[from] != "" && strings.HasPrefix(i.To, outside[from]):
		return ""
	}
	if len(room.May) == 0 {
		return fmt.Sprintf("%v, but %s/ may import no other room (the table of site/README.md). Write what it needs there, or have the room above hand it over", i, from)
	}
	return fmt.Sprintf("%v, but %s/ may import only %s/ (the table of site/README.md). Move what both need to one of these, or have the room above hand it over; "+
		"a wider table is for a change of the site's order", i, from, strings.Join(room.May, "/, "))
}

func there(entry string) bool {
	_, err := os.Stat(site + "/" + entry)
	return err == nil
}

func TestTheRoomsOfTheSite(t *testing.T) {
	rooms, files := siteRooms(t), siteFiles(t)
	used := map[string]bool{}
	for _, i := range imports() {
		if what := wrong(rooms, i); what != "" {
			t.Error(what)
		}
		if !ForTests(i.From) {
			used[RoomOf(i.From)+" "+RoomOf(i.To)] = true
		}
	}
	for _, room := range rooms {
		if !slices.ContainsFunc(keys(files), func(file string) bool { return RoomOf(file) == room.Name }) {
			t.Errorf("site/%s has no modules: is it still there?", room.Name)
		}
		for _, other := range room.May {
			if !used[room.Name+" "+other] {
				t.Errorf("%s/ may import %s/ by the table of site/README.md, and nothing there does: take it off the list", room.Name, other)
			}
		}
	}
	for _, file := range keys(files) {
		if what := wrong(rooms, Import{file, file, 1}); what != "" && !ForTests(file) {
			t.Error(what)
		}
	}
}

func keys(files map[string]string) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Whom a room may import may not, by any way, import it.
func TestTheRoomsOfTheSiteGoOneWay(t *testing.T) {
	may := map[string][]string{}
	for _, room := range siteRooms(t) {
		may[room.Name] = room.May
	}
	for room, others := range may {
		for _, other := range others {
			if _, ok := may[other]; !ok {
				t.Errorf("%s/, which %s/ may import, is no room of site/README.md", other, room)
			}
		}
	}
	if way := circle(may); way != nil {
		t.Errorf("rooms in a circle: %s", strings.Join(way, " imports "))
	}
}

// No module imports itself by way of others, not for a type either: what is in such a circle can only be understood, moved and loaded together.
func TestNoModulesImportEachOther(t *testing.T) {
	files, graph := siteFiles(t), map[string][]string{}
	for _, i := range imports() {
		if _, ok := files[i.To]; ok && i.To != i.From {
			graph[i.From] = append(graph[i.From], i.To)
		}
	}
	if way := circle(graph); way != nil {
		t.Errorf("modules in a circle:\n  site/%s\nMove what two of them need, often a type, to a module that imports neither.", strings.Join(way, "\n  imports site/"))
	}
}

// circle is a way that leads back to where it begins; nil where there is none.
func circle(graph map[string][]string) (way []string) {
	done := map[string]bool{}
	var follow func(at string) []string
	follow = func(at string) []string {
		if i := slices.Index(way, at); i >= 0 {
			return append(slices.Clone(way[i:]), at)
		}
		if done[at] {
			return nil
		}
		way = append(way, at)
		for _, next := range graph[at] {
			if found := follow(next); found != nil {
				return found
			}
		}
		way, done[at] = way[:len(way)-1], true
		return nil
	}
	starts := make([]string, 0, len(graph))
	for start := range graph {
		starts = append(starts, start)
	}
	slices.Sort(starts)
	for _, start := range starts {
		if found := follow(start); found != nil {
			return found
		}
	}
	return nil
}

func TestACircleIsFound(t *testing.T) {
	graph := map[string][]string{"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": nil}
	if way := circle(graph); way != nil {
		t.Error(way)
	}
	graph["d"] = []string{"c"}
	if way := circle(graph); strings.Join(way, " ") != "d c d" && strings.Join(way, " ") != "c d c" {
		t.Error(way)
	}
}

// Each way of naming a module is seen, and nothing else is taken for one.
func TestAWrongImportIsSeen(t *testing.T) {
	rooms := siteRooms(t)
	for _, planted := range []struct {
		file, source string
		says         string // "" where nothing is wrong
	}{
		{"base/planted.ts", `import { engine } from "../engine/engine.mjs";`, "base/ may import only messages/ "},
		{"base/planted.ts", "import {\n  one,\n  other,\n} from '../calculator/field.ts';", "planted.ts:4 imports calculator/field.ts"},
		{"base/planted.ts", `import "../widget/element.mjs";`, "imports widget/element.mjs"},
		{"base/planted.ts", `export { engine } from "../engine/engine.mjs";`, "imports engine/engine.mjs"},
		{"base/planted.ts", `export * from "../engine/engine.ts"`, "imports engine/engine.ts"},
		{"base/planted.ts", `import type { Engine } from "../engine/engine.ts";`, "imports engine/engine.ts"},
		{"base/planted.ts", `import { type Engine } from "../engine/engine.ts";`, "imports engine/engine.ts"},
		{"base/planted.ts", `const { engine } = await import("../engine/engine.mjs");`, "imports engine/engine.mjs"},
		{"base/planted.ts", `import(/* webpackIgnore: true */ "../engine/engine.mjs")`, "imports engine/engine.mjs"},
		{"base/planted.ts", "import(`../calculator/views/${name}.mjs`)", "imports calculator/views"},
		{"base/planted.ts", "import(`../${room}/views.ts`)", "imports ${room}/views.ts"},
		{"base/planted.ts", `import("../" + room)`, "imports ."},
		{"base/planted.ts", `import(room)`, "name the module in a string"},
		{"base/planted.ts", `/** @typedef {import("../customers/state.ts").State} State */`, "imports customers/state.ts"},
		{"base/planted.ts", `/** @import { State } from "../customers/state.ts" */`, "imports customers/state.ts"},
		{"base/planted.ts", `let state: import("../customers/types.ts").State;`, "imports customers/types.ts"},
		{"base/planted.ts", `import data from "../build/data.json" with { type: "json" };`, "imports build/data.json"},
		{"base/planted.ts", `import sql from "../../functions/score/sql/ansi.sql";`, "imports ../functions/score/sql/ansi.sql"},
		{"base/planted.ts", `const state = require("../customers/state.ts");`, "imports customers/state.ts"},
		{"base/planted.ts", `import state = require("../customers/state.ts");`, "imports customers/state.ts"},
		{"base/planted.ts", `new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module" })`, "imports engine/worker.ts"},
		{"base/planted.ts", "/// <reference path=\"../customers/page.d.ts\" />", "imports customers/page.d.ts"},
		{"base/planted.ts", `import { site } from "../test/site.ts";`, "imports test/site.ts"},
		{"base/planted.ts", `import { golden } from "./url.test.ts";`, "there for tests"},
		{"engine/planted.ts", `import { golden } from "./bench.ts";`, "there for tests"},
		{"base/benchmarks.ts", `import { engine } from "../engine/engine.ts";`, "imports engine/engine.ts"}, // a module, not a benchmark
		{"learn/planted.ts", `import figures from "../benchmarks.json";`, "imports benchmarks.json"},
		{"offline/planted.ts", `import { words } from "../base/words.ts";`, "offline/ may import no other room"},
		{"styles/planted.css", `@import "../customers/root.css";`, "imports customers/root.css"},
		{"styles/planted.css", `@import url(../customers/root.css) screen;`, "imports customers/root.css"},
		{"styles/planted.css", `@import url( "../customers/root.css" );`, "imports customers/root.css"},
		{"build/planted.ts", `import { site } from "../test/site.ts";`, "nothing but tests may"},
		{"build/planted.ts", `import { run } from "../lighthouse/run.mjs";`, "build/ may not"},
		{"attic/planted.ts", `import "../base/words.ts"`, "in no room"},

		{"base/planted.ts", `import { words } from "./words.ts"; import en from "../messages/en.ts"`, ""},
		{"base/planted.ts", `import languages from "../languages.json"; import figures from "../benchmarks.json"`, ""},
		{"base/planted.ts", `import { html } from "lit"; export const from = "../engine/"; const here = import.meta.url;`, ""},
		{"build/planted.ts", `import { Engine } from "../engine/engine.ts";`, ""},
		{"test/planted.ts", `import { made } from "../build/workbooks.ts"; import { State } from "../customers/state.ts"`, ""},
		{"engine/planted.test.ts", `import { State } from "../customers/state.ts"; import { here } from "../test/turn.ts"`, ""},
		{"styles/planted.css", `@import "./tokens.css";`, ""},
		{"customers/planted.ts", `import sql from "../../functions/score/sql/ansi.sql";`, ""},
	} {
		var said []string
		for _, i := range imported(planted.file, planted.source) {
			if what := wrong(rooms, i); what != "" {
				said = append(said, what)
			}
		}
		if all := strings.Join(said, "\n"); planted.says == "" && all != "" || planted.says != "" && (len(said) != 1 || !strings.Contains(all, planted.says)) {
			t.Errorf("%s in %s: %q, want %q", planted.source, planted.file, all, planted.says)
		}
	}
}

// Each folder of site/ is a room or one of those beside the rooms: else nothing would hold its modules.
func TestEachFolderOfTheSiteHasItsPlace(t *testing.T) {
	entries, err := os.ReadDir(site)
	if err != nil {
		t.Fatal(err)
	}
	rooms := siteRooms(t)
	for _, entry := range entries {
		_, known := beside[entry.Name()]
		if entry.IsDir() && !known && !slices.ContainsFunc(rooms, func(r Room) bool { return r.Name == entry.Name() }) {
			t.Errorf("site/%s/ is in no table: give it a line in site/README.md, whom it may import, or name it in internal/layers if it is no room", entry.Name())
		}
	}
}

// The picture shows every room, and each above all that it imports: no arrow goes up.
func TestThePictureOfTheRooms(t *testing.T) {
	rooms := siteRooms(t)
	siteFiles(t)
	p, err := Draw(rooms, imports())
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Boxes) != len(rooms) || len(p.Arrows) < len(rooms) {
		t.Errorf("%d boxes of %d rooms, %d arrows", len(p.Boxes), len(rooms), len(p.Arrows))
	}
	at := map[string]Box{}
	for _, b := range p.Boxes {
		at[b.Room] = b
	}
	for _, arrow := range p.Arrows {
		if from, to := at[arrow[0]], at[arrow[1]]; from.Y+boxHeight >= to.Y {
			t.Errorf("the arrow from %s to %s goes up", arrow[0], arrow[1])
		}
	}
	three := []Room{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	way := []Import{{"a/1.ts", "b/1.ts", 1}, {"b/1.ts", "c/1.ts", 1}, {"a/2.ts", "c/1.ts", 1}, {"c/1.test.ts", "a/1.ts", 1}}
	if p, err = Draw(three, way); err != nil || fmt.Sprint(p.Arrows) != "[[a b] [b c]]" {
		t.Errorf("%v, %v: want those that follow from no others, without the test's", p.Arrows, err)
	}
	if _, err = Draw(three, append(way, Import{"c/1.ts", "a/1.ts", 1})); err == nil || !strings.Contains(err.Error(), "imports a") {
		t.Errorf("a circle: %v", err)
	}
}

// Bindings turns the struct tags of the calculations into code: each input's Check method, the boundary's reading and
// writing, and the catalogue's field tables.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/core/value"
	"hourglass/internal/gen/files"
)

// A call is a calculation with its Go types and settled fields.
type call struct {
	catalogue.Calculation
	function, partly    string // value.Average; partly may be empty
	searched            uint64 // bit i stands for result i, lists aside: it is not quick
	input, result       reflect.Type
	inShapes, outShapes []*shape
	layout              catalogue.Layout
}

func main() {
	out := files.New("core/*/check_gen.go", "core/*/inputs_gen.go", "core/*/results_gen.go", "functions/api/*_gen.go")
	calls, err := read()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	tools, err := readTools()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, write := range []func() error{
		func() error { return writeChecks(out, calls) },
		func() error { return writeInputs(out, calls) },
		func() error { return writeResults(out, calls) },
		func() error { return goFile(out, "core/catalogue/fields_gen.go")(fieldTables(calls, tools)) },
		func() error { return goFile(out, "core/boundary/calls_gen.go")(boundaryCalls(calls)) },
		func() error { return writeTools(out, tools) },
		func() error { return writeLanguages(out) },
	} {
		if err := write(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	out.Exit()
}

// writeLanguages writes the folders of the site's other languages, for the API to know their pages.
func writeLanguages(out *files.Set) error {
	source := "package api\n\n// pageLanguages are the languages of the site besides English, each with a folder of its own.\nvar pageLanguages = []string{"
	for _, l := range files.Languages()[1:] {
		source += fmt.Sprintf("%q,", l.Code)
	}
	out.Go("functions/api/languages_gen.go", []byte(source+"}\n"))
	return nil
}

// goFile adds a file made by a template, unless that failed.
func goFile(out *files.Set, path string) func(source []byte, err error) error {
	return func(source []byte, err error) error {
		if err == nil {
			out.Go(path, source)
		}
		return err
	}
}

func read() ([]call, error) {
	tags := &tagReader{home: map[string]*shape{}, many: map[string]string{}}
	var calls []call
	for i, c := range catalogue.Calculations {
		if i > 0 && c.Module < calls[i-1].Module {
			tags.errorf("%s: its Module is %s, and it stands after one of %s: give it the Module of those beside it, or move it, since the calculations of a module stand together, in the order of the modules", c.ID, c.Module, calls[i-1].Module)
		}
		f := reflect.TypeOf(c.Func)
		k := call{Calculation: c, input: f.In(0), result: f.Out(0)}
		k.function = functionName(c.Func)
		if c.Partly != nil {
			k.partly = functionName(c.Partly)
			form := reflect.FuncOf([]reflect.Type{reflect.PointerTo(f.In(0)), reflect.TypeFor[value.Extent]()}, []reflect.Type{f.Out(0), f.Out(1)}, false)
			if reflect.TypeOf(c.Partly) != form {
				tags.errorf("%s: %s is not a %s", c.ID, k.partly, form)
			}
		}
		if reflect.TypeOf(c.Example) != k.input {
			tags.errorf("%s: the example is not a %s", c.ID, k.input)
		}
		k.inShapes, k.outShapes = tags.shapes(k.input), tags.shapes(k.result)
		place := 0
		k.searched = searched(k.outShapes, &place, false)
		if place > 64 {
			tags.errorf("%s: more than 64 results", c.ID)
		}
		calls = append(calls, k)
	}
	tags.unlisted(calls)
	for i := range calls {
		k := &calls[i]
		k.layout.Inputs = tags.settle(k.ID, k.inShapes, true)
		k.layout.Results = tags.settle(k.ID, k.outShapes, false)
		nameRows(k.layout)
	}
	return calls, errors.Join(tags.errs...)
}

var inputType = regexp.MustCompile(`(?m)^type (\w+Input) struct`)

// unlisted tells of inputs that are checked, in the file that declares them, and that no calculation takes: their Check would be undefined, of
// which the compiler does not say why.
func (t *tagReader) unlisted(calls []call) {
	taken := map[string]bool{}
	for _, k := range calls {
		taken[k.input.String()] = true
	}
	sources, _ := filepath.Glob("core/*/*.go") // the pattern is a good one
	for _, file := range sources {
		body, err := os.ReadFile(file)
		if err != nil {
			t.errorf("%v", err)
		}
		for _, m := range inputType.FindAllSubmatch(body, -1) {
			name := filepath.Base(filepath.Dir(file)) + "." + string(m[1])
			if bytes.Contains(body, []byte("in.Check()")) && !taken[name] {
				t.errorf("%s: no calculation takes a %s: add its entry to one of the lists in core/catalogue", file, name)
			}
		}
	}
}

// nameRows lets the rows of a result have the names of the input's rows that they are of: those of the list of the same name.
func nameRows(l catalogue.Layout) {
	for i := range l.Results {
		for _, f := range l.Inputs {
			if f.Row != "" && f.Name == l.Results[i].Name && l.Results[i].Kind == catalogue.Records {
				l.Results[i].Row = f.Row
			}
		}
	}
}

// functionName is a function as another package writes it.
func functionName(f any) string {
	return path.Base(runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name())
}

// searched marks the results tagged quick:"-", alone or with their group, the first result being at place, which moves
// on. What lists hold has none.
func searched(shapes []*shape, place *int, group bool) (marks uint64) {
	for _, s := range shapes {
		slow := group || s.slow
		switch {
		case s.embedded || s.Kind == catalogue.Group:
			marks |= searched(s.children, place, slow)
		case s.Kind == catalogue.Number || s.Kind == catalogue.Option:
			if slow {
				marks |= 1 << *place
			}
			*place++
		}
	}
	return marks
}

// goName is a type as another package writes it: value.Period.
func goName(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

// cut splits a json tag at its first comma.
func cut(tag string) (name, options string, found bool) { return strings.Cut(tag, ",") }

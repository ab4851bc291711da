// Bindings turns the struct tags of the calculations into code: each input's Check method, the boundary's reading and
// writing, and the catalogue's field tables.
package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"reflect"
	"runtime"
	"strings"

	"hourglass/core/catalogue"
	"hourglass/internal/gen/files"
)

// A call is a calculation with its Go types and settled fields.
type call struct {
	catalogue.Calculation
	function            string // value.Average
	input, result       reflect.Type
	inShapes, outShapes []*shape
	layout              catalogue.Layout
}

func main() {
	out := files.New()
	calls, err := read()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	writeChecks(out, calls)
	out.Go("core/catalogue/fields_gen.go", fieldTables(calls))
	out.Go("core/boundary/calls_gen.go", boundaryCalls(calls))
	out.Exit()
}

func read() ([]call, error) {
	tags := &tagReader{home: map[string]*shape{}, many: map[string]bool{}}
	var calls []call
	for i, c := range catalogue.Calculations {
		if i > 0 && c.Module < calls[i-1].Module {
			tags.errorf("%s: the calculations of a module stand together, in the order of the modules", c.ID)
		}
		f := reflect.TypeOf(c.Func)
		k := call{Calculation: c, input: f.In(0), result: f.Out(0)}
		k.function = path.Base(runtime.FuncForPC(reflect.ValueOf(c.Func).Pointer()).Name())
		if reflect.TypeOf(c.Example) != k.input {
			tags.errorf("%s: the example is not a %s", c.ID, k.input)
		}
		k.inShapes, k.outShapes = tags.shapes(k.input), tags.shapes(k.result)
		calls = append(calls, k)
	}
	for i := range calls {
		k := &calls[i]
		k.layout.Inputs = tags.settle(k.ID, k.inShapes, true)
		k.layout.Results = tags.settle(k.ID, k.outShapes, false)
	}
	return calls, errors.Join(tags.errs...)
}

// goName is a type as another package writes it: value.Period.
func goName(t reflect.Type) string { return path.Base(t.PkgPath()) + "." + t.Name() }

// cut splits a json tag at its first comma.
func cut(tag string) (name, options string, found bool) { return strings.Cut(tag, ",") }

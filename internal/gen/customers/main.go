// Customers writes the customers module's side of the boundary and the site's, from the structs that cross it: the
// settings and results of customers.Valuation, the reader's options and its report, the model file.
//
//	wasm/customers/wire_gen.go       reads the inputs, writes the results
//	site/engine/customers.gen.mjs    writes the inputs, reads the results; the words of the enumerations; the models; the columns
//
// A field is on the wire by its name in snake case, or as its tag wire says; wire:"-" leaves it out. Other tags: by names
// the enumeration that a list is indexed by; sparse, under that name, leaves out of such a list what has no rows;
// min and max bound a whole number that is read.
package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"reflect"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/subscriptions"
	"hourglass/internal/gen/files"
)

// A root is a struct that crosses by itself.
type root struct {
	name string
	typ  reflect.Type
}

// inputs are read by the module, results are written by it. Their places are their numbers on the wire.
var (
	inputs = []root{
		{"options", reflect.TypeFor[orders.Options]()},
		{"settings", reflect.TypeFor[customers.Settings]()},
		{"model_file", reflect.TypeFor[customers.File]()},
	}
	results = []root{
		{"report", reflect.TypeFor[orders.Report]()},
		{"summary", reflect.TypeFor[customers.SummaryResult]()},
		{"choice", reflect.TypeFor[customers.ChoiceResult]()},
		{"model", reflect.TypeFor[customers.ModelResult]()},
		{"answer", reflect.TypeFor[customers.AnswerResult]()},
		{"test", reflect.TypeFor[customers.TestResult]()},
		{"history", reflect.TypeFor[customers.History]()},
		{"sample", reflect.TypeFor[customers.Rows]()},
		{"fault", reflect.TypeFor[customers.Fault]()},
		{"step", reflect.TypeFor[customers.StepResult]()},
		{"plan", reflect.TypeFor[orders.Plan]()},
		{"sources", reflect.TypeFor[customers.Sources]()},
		{"costs", reflect.TypeFor[orders.Costs]()},
		{"subscriptions", reflect.TypeFor[subscriptions.Result]()},
		{"subscribers", reflect.TypeFor[subscriptions.Subscribers]()},
	}
)

func main() {
	out := files.New("site/engine/customers*.gen.mjs")
	g := newGenerator()
	for _, r := range inputs {
		g.use(r.typ)
	}
	for _, r := range results {
		g.use(r.typ)
	}
	// Enumerations that cross only as the words of others.
	g.words(reflect.TypeFor[customers.Segment]())
	g.words(reflect.TypeFor[orders.Reason]())
	g.words(reflect.TypeFor[customers.Status]())
	g.words(reflect.TypeFor[subscriptions.Aside]())
	g.checkIndexes()
	if err := g.err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	h := fnv.New32a()
	fmt.Fprint(h, g.signature())
	out.Go("wasm/customers/wire_gen.go", g.goSide(h.Sum32()))
	out.Add("site/engine/customers.gen.mjs", g.siteSide(h.Sum32()))
	out.Exit()
}

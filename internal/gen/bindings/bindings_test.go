package main

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"hourglass/core/catalogue"
	"hourglass/core/value"
)

// shopInput is an input with a field of each kind.
type shopInput struct {
	Price  float64      `json:"price" unit:"money" jsonschema:"title=Price" jsonschema_description:"What one pays."`
	Period value.Period `json:"period" jsonschema:"title=Period,default=year" jsonschema_description:"The unit."`
	Share  float64      `json:"share" unit:"share" jsonschema:"title=Share,exclusiveMinimum=0,default=0.5" jsonschema_description:"A share."`
	Limit  *float64     `json:"limit,omitempty" unit:"count" jsonschema:"title=Limit,multipleOf=1" jsonschema_description:"May be left out."`
	Counts []float64    `json:"counts" unit:"count" jsonschema:"title=Counts,minItems=1,maxItems=9" jsonschema_description:"A list."`
	Parts  []shopPart   `json:"parts" jsonschema:"title=Parts,maxItems=3" jsonschema_description:"Records."`
}

type shopPart struct {
	Price float64 `json:"price"`
}

// shapesOf reads a struct as a calculation's input.
func shapesOf(t reflect.Type) ([]*shape, []catalogue.Field, error) {
	tags := &tagReader{home: map[string]*shape{}, many: map[string]string{}}
	shapes := tags.shapes(t)
	fields := tags.settle("shop", shapes, true)
	return shapes, fields, errors.Join(tags.errs...)
}

func TestTagsBecomeFields(t *testing.T) {
	_, fields, err := shapesOf(reflect.TypeFor[shopInput]())
	if err != nil {
		t.Fatal(err)
	}
	half, year := 0.5, 2.0
	want := []catalogue.Field{
		{Name: "price", Title: "Price", Help: "What one pays.", Unit: "money", Max: 1e12},
		{Name: "period", Title: "Period", Help: "The unit.", Kind: catalogue.Option, Default: &year, Options: []string{"month", "quarter", "year", "week", "day"}},
		{Name: "share", Title: "Share", Help: "A share.", Unit: "share", Max: 1, Above: true, Default: &half},
		{Name: "limit", Title: "Limit", Help: "May be left out.", Unit: "count", Max: 1e12, Whole: true, Optional: true},
		{Name: "counts", Title: "Counts", Help: "A list.", Unit: "count", Kind: catalogue.List, Max: 1e12, MinItems: 1, MaxItems: 9},
		{Name: "parts", Title: "Parts", Help: "Records.", Kind: catalogue.Records, MaxItems: 3, Fields: []catalogue.Field{
			{Name: "price", Title: "Price", Help: "What one pays.", Unit: "money", Max: 1e12}, // explained once
		}},
	}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("%+v\nwant %+v", fields, want)
	}
}

func TestBadTagsAreRefused(t *testing.T) {
	for want, bad := range map[string]any{
		"has no title": struct {
			A float64 `json:"a" unit:"money"`
		}{},
		"no known unit": struct {
			A float64 `json:"a" unit:"florins" jsonschema:"title=A"`
		}{},
		"needs maxItems": struct {
			A []float64 `json:"a" unit:"money" jsonschema:"title=A"`
		}{},
		"is not an option": struct {
			A value.Period `json:"a" jsonschema:"title=A,default=decade"`
		}{},
		`both "Fee" and "Toll"`: struct {
			B struct {
				A float64 `json:"a" unit:"money" jsonschema:"title=Fee"`
			} `json:"b" jsonschema:"title=B"`
			C struct {
				A float64 `json:"a" unit:"money" jsonschema:"title=Toll"`
			} `json:"c" jsonschema:"title=C"`
			D struct {
				A float64 `json:"a"`
			} `json:"d" jsonschema:"title=D"`
		}{},
		"a and b are both called": struct {
			A float64 `json:"a" unit:"money" jsonschema:"title=A"`
			B float64 `json:"b" unit:"money" jsonschema:"title=A"`
		}{},
		`" discounted" in its tag says nothing`: struct {
			A float64 `json:"a" unit:"money" jsonschema:"title=A, discounted"`
		}{},
		"no wire form": struct {
			A bool `json:"a" jsonschema:"title=A"`
		}{},
	} {
		if _, _, err := shapesOf(reflect.TypeOf(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestChecksAndDefaultsAreWritten(t *testing.T) {
	shapes, _, err := shapesOf(reflect.TypeFor[shopInput]())
	if err != nil {
		t.Fatal(err)
	}
	var checks bytes.Buffer
	if err := checksTemplate.Execute(&checks, checksFile{"shop", []check{{Type: "shopInput", Fields: fieldsOf(shapes)}}}); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`l.Number("price", in.Price, 0, 1e+12)`,
		`l.Option("period", int(in.Period), 5)`,
		`l.Above("share", in.Share, 0, 1)`,
		"if in.Limit != nil {\n\t\tl.Whole(\"limit\", *in.Limit, 0, 1e+12)\n\t}",
		`l.Count("counts", len(in.Counts), 1, 9)`,
		`in.Parts[i].check(l)`,
	} {
		if !strings.Contains(checks.String(), line) {
			t.Errorf("%s\nhas no %s", checks.String(), line)
		}
	}
	want := []fieldDefault{{"Period", "2 // year"}, {"Share", "0.5"}}
	if got := defaults("", shapes); !reflect.DeepEqual(got, want) {
		t.Errorf("defaults %v, want %v", got, want)
	}
}

// TestEveryDefaultOfTheWireHasAConstructor reads the declarations as they are.
func TestEveryDefaultOfTheWireHasAConstructor(t *testing.T) {
	calls, err := read()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range calls {
		n := 0
		for _, s := range flattened(c.inShapes) {
			if s.Default != nil && (*s.Default != 0 || s.pointer) {
				n++
			}
		}
		if got := len(defaults("", c.inShapes)); got != n {
			t.Errorf("%s: %d defaults, want %d", c.ID, got, n)
		}
	}
}

func TestAnInputThatNoCalculationTakesIsTold(t *testing.T) {
	t.Chdir("../../..")
	calls, err := read()
	if err != nil {
		t.Fatal(err)
	}
	const first = "core/value/average.go: no calculation takes a value.AverageInput"
	if calls[0].input != reflect.TypeFor[value.AverageInput]() {
		t.Fatal(calls[0].input)
	}
	var tags tagReader
	tags.unlisted(calls[1:])
	if len(tags.errs) != 1 || !strings.HasPrefix(tags.errs[0].Error(), first) {
		t.Error(tags.errs)
	}
}

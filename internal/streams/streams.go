// Package streams makes boundary input streams for tests: a calculation's own example, and random ones within its
// bounds.
package streams

import (
	"math"
	"math/rand/v2"
	"reflect"

	"hourglass/core/catalogue"
)

// Example is the catalogue's example of c.
func Example(c catalogue.Calculation) []float64 {
	return record(nil, reflect.ValueOf(c.Example))
}

func record(out []float64, v reflect.Value) []float64 {
	for _, field := range Values(v) {
		out = value(out, field)
	}
	return out
}

// Values are the fields of a struct in boundary order, those of an embedded struct in its place.
func Values(v reflect.Value) (values []reflect.Value) {
	for i := range v.NumField() {
		if v.Type().Field(i).Anonymous {
			values = append(values, Values(v.Field(i))...)
		} else {
			values = append(values, v.Field(i))
		}
	}
	return values
}

func value(out []float64, v reflect.Value) []float64 {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return append(out, math.NaN())
		}
		return append(out, v.Elem().Float())
	case reflect.Uint8:
		return append(out, float64(v.Uint()))
	case reflect.Slice:
		out = append(out, float64(v.Len()))
		for i := range v.Len() {
			if e := v.Index(i); e.Kind() == reflect.Struct {
				out = record(out, e)
			} else {
				out = append(out, e.Float())
			}
		}
		return out
	}
	return append(out, v.Float())
}

// Random is an input of c with every number chosen by pick; a list's length is chosen as a number between its limits,
// six more than the least at most.
func Random(c catalogue.Calculation, pick func(catalogue.Field) float64) []float64 {
	return fields(nil, c.Layout().Inputs, pick)
}

func fields(out []float64, list []catalogue.Field, pick func(catalogue.Field) float64) []float64 {
	for _, f := range list {
		if f.Kind != catalogue.List && f.Kind != catalogue.Records {
			out = append(out, pick(f))
			continue
		}
		least, most := float64(f.MinItems), float64(min(f.MaxItems, f.MinItems+6))
		n := math.Round(pick(catalogue.Field{Name: "length", Min: least, Max: most, Whole: true}))
		out = append(out, n)
		for range int(n) {
			if f.Kind == catalogue.List {
				out = append(out, pick(f))
			}
			out = fields(out, f.Fields, pick)
		}
	}
	return out
}

// Anywhere picks numbers all over a field's bounds, their ends and the neighbourhood of the lower one above all.
func Anywhere(random *rand.Rand) func(catalogue.Field) float64 {
	return func(f catalogue.Field) float64 {
		low, high := bounds(f)
		v := low + random.Float64()*(high-low)
		switch random.IntN(8) {
		case 0:
			v = low
		case 1:
			v = high
		case 2:
			v = low + (high-low)*1e-12
		case 3:
			if f.Optional || f.Default != nil {
				return math.NaN()
			}
		case 4, 5:
			v = low + math.Exp(-30*random.Float64())*(high-low)
		}
		if f.Whole || f.Kind == catalogue.Option {
			v = math.Floor(v)
		}
		return v
	}
}

func bounds(f catalogue.Field) (low, high float64) {
	if f.Kind == catalogue.Option {
		return 0, float64(len(f.Options) - 1)
	}
	return f.Min, f.Max
}

// Near picks numbers near those of an example stream, in its order, so that a calculation gets figures that make sense
// together. Options, lengths and absent values stay as they are.
func Near(random *rand.Rand, c catalogue.Calculation) []float64 {
	out := Example(c)
	i := 0
	nudge(random, out, &i, c.Layout().Inputs)
	return out
}

func nudge(random *rand.Rand, out []float64, i *int, list []catalogue.Field) {
	for _, f := range list {
		switch f.Kind {
		case catalogue.Option:
			*i++
		case catalogue.List, catalogue.Records:
			n := int(out[*i])
			*i++
			for range n {
				if f.Kind == catalogue.List {
					*i++ // survivors must stay in order
				}
				nudge(random, out, i, f.Fields)
			}
		default:
			v := out[*i] * (0.8 + 0.4*random.Float64())
			if f.Whole {
				v = math.Round(v)
			}
			if v >= f.Min && v <= f.Max {
				out[*i] = v
			}
			*i++
		}
	}
}

package model

import (
	"bytes"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/gammagamma"
)

func example(k customers.Kind) customers.Model {
	size := len(k.Model().Parameters)
	m := customers.Model{Engine: [3]float64{0, 1, 0}, Kind: k, Parameters: customers.Parameters{1.0 / 3, 10.577, 0.1 + 0.2, 1e-30, 2}[:size],
		UnitDays: 7, First: 9862, Last: 10134, Customers: 2357, Orders: 4814}
	m.Covariance = make([]float64, size*size)
	for i := range m.Covariance {
		m.Covariance[i] = -1.0 / float64(3*i+1)
	}
	m.Spend = customers.Spend{Basis: customers.Likelihood, Params: gammagamma.Params{P: 6.25, Q: 3.74, Gamma: 15.44}, Mean: 1}
	m.Spend.Covariance[8] = 1e-7 / 3
	if k == customers.ParetoNBD {
		m.Replicates = []customers.Parameters{{1, 2, 3, 4}, {1.0 / 7, 2, 3, 5e30}}
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	for k := range customers.Kinds() {
		m := example(k)
		text, err := Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !reflect.DeepEqual(m, back) {
			t.Errorf("%v\n%+v\nback\n%+v", k, m, back)
		}
		again, _ := Encode(back)
		if !bytes.Equal(text, again) {
			t.Errorf("%v: written differently the second time", k)
		}
	}
	if _, err := Encode(customers.Model{}); err == nil {
		t.Error("an invalid model was written")
	}
}

var (
	covariances     = regexp.MustCompile(`(\n\t"log_parameter_covariance": )\[[^]]*\],`)
	spendCovariance = regexp.MustCompile(`(\n\t\t"log_parameter_covariance": )\[[^]]*\]`)
)

func TestRefusals(t *testing.T) {
	good, err := Encode(example(customers.BGNBD))
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, new string) string {
		if !strings.Contains(string(good), old) {
			t.Fatalf("no %q in\n%s", old, good)
		}
		return strings.Replace(string(good), old, new, 1)
	}
	for _, c := range []struct{ text, message string }{
		{"", "not a model file"},
		{"[1]", "not a model file"},
		{"{}", `its format is "", not "hourglass-model"`},
		{change(`"version": 1`, `"version": 2`), "version 2 and this engine reads version 1"},
		{change(`"version": 1`, `"version": 2, "new": 1`), "version 2 and this engine reads version 1"},
		{change(`"model": "bgnbd"`, `"model": "bgnbd2"`), `"bgnbd2", which this engine does not know: it knows ["bgnbd" `},
		{change(`"model": "bgnbd"`, `"model": "paretonbd"`), `the parameters of paretonbd are ["r" "alpha" "s" "beta"], each once`},
		{change(`"basis": "likelihood"`, `"basis": "magic"`), `it knows ["none" "likelihood" "moments"]`},
		{change(`"all_orders"`, `"some"`), `it knows ["repeat_orders" "all_orders"]`},
		{change(`"engine": "0.1.0"`, `"engine": "0.1"`), "three numbers"},
		{change(`"1997-01-01"`, `"1997-13-01"`), "not a day"},
		{change(`"1997-01-01"`, `"2997-01-01"`), "outside its domain"},
		{change(`"time_unit_days": 7`, `"time_unit_days": 0`), "outside its domain"},
		{change(`"r": 0.3333333333333333`, `"r": -1`), "outside its domain"},
		{change(`"r": 0.3333333333333333`, `"r": 1e999`), "cannot be read"},
		{change(`"customers"`, `"clients"`), "unknown field"},
		{strings.Replace(string(good), "log_parameter_covariance", "", 1), "unknown field"},
		{covariances.ReplaceAllString(string(good), `$1[],`), "log_parameter_covariance has 0 numbers, not 16"},
		{covariances.ReplaceAllString(string(good), `$1[1, 2],`), "log_parameter_covariance has 2 numbers, not 16"},
		{covariances.ReplaceAllString(string(good), `$1[1`+strings.Repeat(", 2", 16)+`],`), "log_parameter_covariance has 17 numbers, not 16"},
		{covariances.ReplaceAllString(string(good), `$1[null`+strings.Repeat(", 2", 15)+`],`), "null stands where a number has to"},
		{covariances.ReplaceAllString(string(good), ``), "log_parameter_covariance has 0 numbers, not 16"},
		{spendCovariance.ReplaceAllString(string(good), `$1[1]`), "spend.log_parameter_covariance has 1 numbers, not 9"},
		{string(good) + "{}", "more text"},
		{strings.Repeat(" ", MaxBytes+1), "another file"},
	} {
		m, err := Decode([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%.60q: %v, want %q", c.text, err, c.message)
		}
		if !reflect.DeepEqual(m, customers.Model{}) {
			t.Errorf("%.60q: a model beside the error", c.text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for k := range customers.Kinds() {
		text, err := Encode(example(k))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"format":"hourglass-model","version":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Decode(text)
		if err != nil {
			return
		}
		again, err := Encode(m)
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		back, err := Decode(again)
		if err != nil || !reflect.DeepEqual(m, back) {
			t.Fatalf("%v: %+v became %+v", err, m, back)
		}
	})
}

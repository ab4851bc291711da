package subscriptions_test

import (
	"math"
	"reflect"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/subscriptions"
)

// finite finds a number that is none in whatever a value holds.
func finite(t *testing.T, v reflect.Value, where string) {
	switch v.Kind() {
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			t.Fatalf("%s is %v", where, f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				finite(t, v.Field(i), where+"."+f.Name)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			finite(t, v.Index(i), where)
		}
	}
}

// Whatever the bytes are, and however they are cut: no panic, the same result, no number that is none, shares within 0 and 1.
func FuzzReader(f *testing.F) {
	f.Add([]byte(list+"s1,c1,,Solo,eur,month,10,active,2024-01-31,2024-01-31,2024-12-31,2025-01-31,,,,false,\ns2,c2,,Solo,eur,month,10,canceled,2024-01-10,2024-01-10,,,,2024-03-20,2024-04-10,true,x\n"), 7)
	f.Add([]byte(bills+monthly("a", "Solo", "10", 2024, 1, 31, 5)+monthly("b", "Solo", "1e11", 2024, 1, 31, 2)+"a,s-a,2024-05-07,Solo,-10,EUR,paid\n"), 40)
	f.Add([]byte("customer;subscription;invoice date;amount paid\na;1;31/01/2024;0\na;1;29/02/2024;9,90\na;1;31/03/2024;9,90\na;1;01.01.2099;9,90\n"), 1)
	f.Add([]byte("id,start,end,plan,interval\n1,2024-01-01,2024-02-01,A,P1M\n2,2024-01-01,,A,400 days\n3,1950-01-01,2100-01-01,,every 2 weeks\n"), 3)
	f.Fuzz(func(t *testing.T, text []byte, cut int) {
		o := subscriptions.Options{Options: orders.Options{}}
		whole := subscriptions.NewReader(o)
		whole.Write(text)
		l := whole.Close()
		parts := subscriptions.NewReader(o)
		if cut = 1 + (cut%4096+4096)%4096; cut < len(text) {
			parts.Write(text[:cut])
			parts.Write(text[cut:])
		} else {
			parts.Write(text)
		}
		again := parts.Close()
		if (l == nil) != (again == nil) {
			t.Fatal("the cut decides")
		}
		if l == nil {
			return
		}
		terms := subscriptions.Terms{Margin: 0.7, HorizonDays: 365}
		r := l.Value(terms)
		if other := again.Value(terms); other.Equity != r.Equity || other.Subscriptions != r.Subscriptions {
			t.Fatalf("%v cut, %v whole", other, r)
		}
		each := l.Each(terms, &r)
		finite(t, reflect.ValueOf(r), "result")
		finite(t, reflect.ValueOf(each), "subscriber")
		for _, s := range each {
			if s.Renew < 0 || s.Renew > 1 || s.Residual < 0 {
				t.Fatalf("%+v", s)
			}
		}
		for _, p := range r.Plans {
			for k, n := range p.AtRisk {
				if p.LostBy[k] > n {
					t.Fatalf("%v lost of %v", p.LostBy, p.AtRisk)
				}
			}
		}
	})
}

package client

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// An operation is one of the API's description that takes a body.
type operation struct {
	path, name string // its method's name in the client
	example    map[string]any
	whole      map[string]bool // fields that are whole numbers
}

// described are the operations that take a body, with their examples.
func described(t *testing.T) (list []operation) {
	t.Helper()
	text, err := os.ReadFile("../../../functions/api/openapi_gen.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]struct {
			Post *struct {
				OperationID string
				RequestBody struct {
					Content map[string]struct{ Example any }
				}
			}
		}
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	whole := map[string]bool{}
	for _, m := range regexp.MustCompile(`"(\w+)":\s*\{\s*"type":\s*"integer"`).FindAllSubmatch(text, -1) {
		whole[string(m[1])] = true
	}
	for path, item := range document.Paths {
		if item.Post == nil {
			continue
		}
		example, ok := item.Post.RequestBody.Content["application/json"].Example.(map[string]any)
		if name := item.Post.OperationID; ok && !strings.Contains(path, "{") && path != "/mcp" {
			list = append(list, operation{path, strings.ToUpper(name[:1]) + name[1:], example, whole})
		}
	}
	return list
}

// TestCatalogue calls every operation by the body of its example, and by others near it, as the generated types have it: nothing of a body or of an
// answer is lost on the way through them.
func TestCatalogue(t *testing.T) {
	c, r := client(t)
	operations := described(t)
	if len(operations) < 35 {
		t.Fatalf("%d operations", len(operations))
	}
	for _, o := range operations {
		t.Run(o.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(18, 6))
			for try := range 4 {
				body := o.example
				if try > 0 {
					body = varied(random, o.example, o.whole).(map[string]any)
				}
				want, _ := json.Marshal(body)
				if o.call(t, c, r, want); t.Failed() {
					t.Fatalf("%s\nsent %s\ncame %.500s", want, r.sent, r.came)
				}
				if try == 0 && bytes.Contains(r.came, []byte(`"status":422`)) {
					t.Fatalf("the example is refused: %s", r.came)
				}
			}
		})
	}
}

// call sends a body by the types that the client has for it, and reads the answer by those that it has for that.
func (o operation) call(t *testing.T, c any, r *record, text []byte) {
	t.Helper()
	method := reflect.ValueOf(c).MethodByName(o.name + "WithResponse")
	if !method.IsValid() {
		t.Fatalf("the client has no %s", o.name)
	}
	arguments := []reflect.Value{reflect.ValueOf(context.Background())}
	for i := 1; i < method.Type().NumIn()-1; i++ { // what follows are editors of the request
		arguments = append(arguments, reflect.Zero(method.Type().In(i)))
	}
	body := arguments[len(arguments)-1].Type()
	arguments[len(arguments)-1] = typed(t, body, text)
	out := method.Call(arguments)
	if err, _ := out[1].Interface().(error); err != nil {
		t.Fatal(err)
	}
	same(t, "sent", r.sent, text)
	answer := out[0].Elem()
	read := false
	for i := range answer.NumField() {
		field := answer.Type().Field(i)
		if v := answer.Field(i); strings.Contains(field.Name, "JSON") && v.Kind() == reflect.Pointer && !v.IsNil() {
			again, err := json.Marshal(typed(t, v.Type().Elem(), r.came).Interface())
			if err != nil {
				t.Fatal(err)
			}
			same(t, field.Name, again, r.came)
			read = true
		}
	}
	if !read {
		t.Error("no type of the client has the answer")
	}
}

// typed is JSON as a type of the client has it: of a union, as its first member has it, which is the single input or result.
func typed(t *testing.T, of reflect.Type, text []byte) reflect.Value {
	t.Helper()
	v := reflect.New(of)
	if err := json.Unmarshal(text, v.Interface()); err != nil {
		t.Fatalf("%s: %v", of, err)
	}
	for i := range v.NumMethod() {
		name := v.Type().Method(i).Name
		if !strings.HasPrefix(name, "As") || !strings.HasSuffix(name, "Input") && !strings.HasSuffix(name, "Result") {
			continue
		}
		out := v.Method(i).Call(nil)
		if err, _ := out[1].Interface().(error); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		whole := reflect.New(of)
		if err, _ := whole.MethodByName("From" + name[2:]).Call(out[:1])[0].Interface().(error); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return whole.Elem()
	}
	return v.Elem()
}

// same compares what was to be said with what the types made of it: a member that is null may be left out.
func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	var a, b any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal(want, &b) != nil || !reflect.DeepEqual(told(a), told(b)) {
		t.Errorf("%s: %.1000s\nwant %.1000s", what, got, want)
	}
}

func told(v any) any {
	switch in := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, one := range in {
			if one != nil {
				out[name] = told(one)
			}
		}
		return out
	case []any:
		out := make([]any, len(in))
		for i, one := range in {
			out[i] = told(one)
		}
		return out
	}
	return v
}

// varied is a body with every figure a little different, so that 32 bits cannot hold it, but for those of whole fields. A body that goes
// against itself then is refused, which is an answer too.
func varied(r *rand.Rand, v any, whole map[string]bool) any {
	switch in := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, one := range in {
			if out[name] = one; !whole[name] {
				out[name] = varied(r, one, whole)
			}
		}
		return out
	case []any:
		out := make([]any, len(in))
		for i, one := range in {
			out[i] = varied(r, one, whole)
		}
		return out
	case float64:
		return in * (1 + 0.01*(r.Float64()-0.5))
	}
	return v
}

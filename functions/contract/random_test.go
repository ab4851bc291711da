package contract

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
)

// Requests made up from the published schemas, at and beyond their bounds, get an answer that the schemas promise, and never
// a 5xx. HOURGLASS_RANDOM is how many, 600 unless it is set; each tenth asks for many rows or for a batch.
func TestRandomRequests(t *testing.T) {
	count := 600
	if text := os.Getenv("HOURGLASS_RANDOM"); text != "" {
		count, _ = strconv.Atoi(text)
	}
	t.Run("server", func(t *testing.T) { ask(t, server(t, site(t)), count) })
	t.Run("lambda", func(t *testing.T) { ask(t, lambda(t), count) })
	t.Run("worker", func(t *testing.T) { ask(t, worker(t, sites(t)[0]), count) })
}

// A published calculation is its schemas: of what it takes, as JSON, and of what it answers.
type published struct {
	id     string
	input  map[string]any
	result *jsonschema.Resolved
}

func publishedSchemas(t *testing.T) (list []published) {
	t.Helper()
	text, err := os.ReadFile("../api/schemas_gen.json")
	if err != nil {
		t.Fatal(err)
	}
	var documents map[string]struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(text, &documents); err != nil {
		t.Fatal(err)
	}
	for id, document := range documents {
		one := published{id: id}
		var schema jsonschema.Schema
		if err := json.Unmarshal(document.Defs["input"], &one.input); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(document.Defs["result"], &schema); err != nil {
			t.Fatal(err)
		}
		if one.result, err = schema.Resolve(nil); err != nil {
			t.Fatal(id, err)
		}
		list = append(list, one)
	}
	return list
}

// ask sends so many requests and looks at each answer.
func ask(t *testing.T, p platform, count int) {
	calculations := publishedSchemas(t)
	g := generator{rand.New(rand.NewPCG(1, uint64(count)))}
	statuses := map[int]int{}
	for i := range count {
		c := calculations[g.IntN(len(calculations))]
		path, body := "/v1/"+c.id, g.value(c.input, 0)
		_, tool := c.input["properties"].(map[string]any)["calculation"]
		switch {
		case tool && i%3 > 0: // of a calculation that there is
			of := calculations[g.IntN(len(calculations))]
			if members, ok := body.(map[string]any); ok {
				members["calculation"], members["input"] = of.id, g.value(of.input, 0)
			}
		case i%20 == 10 && !tool:
			body = []any{body, g.value(c.input, 0), body}
		case i%20 == 0 && !tool:
			path, body = "/v1/batch", []any{map[string]any{"calculation": c.id, "input": body}, map[string]any{"calculation": "average", "input": g.value(calculations[0].input, 0)}}
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		answer := send(t, p, post("", path, string(text), 0, ""))
		statuses[answer.status]++
		var parsed any
		if err := json.Unmarshal([]byte(answer.body), &parsed); err != nil || answer.status >= 500 || answer.status < 200 {
			t.Errorf("%s %.300s: %d %s", path, text, answer.status, excerpt(answer.body))
			continue
		}
		if _, one := parsed.(map[string]any); answer.status == 200 && one && path != "/v1/batch" {
			if err := c.result.Validate(parsed); err != nil {
				t.Errorf("%s %.300s: %v in %s", path, text, err, excerpt(answer.body))
			}
		}
	}
	t.Logf("%s: by status %v", p.name, statuses)
	if statuses[200]*10 < count {
		t.Errorf("only %d of %d were well enough made up to be answered", statuses[200], count)
	}
}

// A generator makes up values.
type generator struct{ *rand.Rand }

// value is one that a schema describes, now and then one that it does not.
func (g generator) value(schema map[string]any, depth int) any {
	if g.IntN(150) == 0 {
		return []any{nil, "", "x", true, -1.0, []any{}, map[string]any{}, 1e300, strings.Repeat("é", 99)}[g.IntN(9)]
	}
	if options, ok := schema["enum"].([]any); ok {
		return options[g.IntN(len(options))]
	}
	switch kind := schema["type"]; kind {
	case "object", nil:
		members := map[string]any{}
		properties, _ := schema["properties"].(map[string]any)
		required := fmt.Sprint(schema["required"])
		length := 1 + g.IntN(6)
		for name, property := range properties {
			if strings.Contains(required, name) && g.IntN(60) > 0 || g.IntN(3) == 0 {
				members[name] = g.column(property.(map[string]any), length, depth)
			}
		}
		return members
	case "array":
		return g.column(schema, 1+g.IntN(6), depth)
	case "boolean":
		return g.IntN(2) == 0
	case "string":
		return []string{"clv", "price", "average", "", "a/0/b", "Ünï", "\u0000"}[g.IntN(7)]
	}
	return g.number(schema)
}

// column is a value; a list is as long as the other columns beside it.
func (g generator) column(schema map[string]any, length, depth int) any {
	items, ok := schema["items"].(map[string]any)
	if !ok || depth > 4 {
		return g.value(schema, depth+1)
	}
	list := []any{}
	for range length {
		list = append(list, g.value(items, depth+1))
	}
	return list
}

// number is within its bounds or at one, seldom beyond, and small more often than not.
func (g generator) number(schema map[string]any) any {
	least, most := -1e6, 1e6
	if v, ok := schema["minimum"].(float64); ok {
		least = v
	}
	if v, ok := schema["exclusiveMinimum"].(float64); ok {
		least = math.Nextafter(v, math.Inf(1))
	}
	if v, ok := schema["maximum"].(float64); ok {
		most = v
	}
	v := 0.0
	switch g.IntN(12) {
	case 0:
		v = least
	case 1:
		v = most
	case 2:
		v = math.Nextafter(most, math.Inf(1))
	case 3, 4:
		v = least + (most-least)*g.Float64()
	case 5:
		v = math.Exp(g.NormFloat64() * 30)
	default:
		v = math.Exp(g.NormFloat64() * 2)
	}
	if g.IntN(40) > 0 {
		v = min(max(v, least), most)
	}
	if schema["type"] == "integer" || schema["multipleOf"] == 1.0 {
		v = math.Round(v)
	}
	if math.IsInf(v, 0) {
		v = math.MaxFloat64
	}
	return v
}

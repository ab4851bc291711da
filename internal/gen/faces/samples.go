package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// sampleHost is where the samples ask: what make run serves.
const sampleHost = "http://127.0.0.1:8080"

// A call is the example of an operation: what is asked, and which part of the answer a program would print.
type call struct {
	method, path string
	query        object
	body         any    // of a POST
	show         string // clv, or problems.0.title
	text         bool   // the answer is no JSON
}

// samples are the call in the languages that people ask in, each a program that runs as it stands (functions/clients runs them all).
func (c call) samples() []object {
	one := func(language, label, source string) object {
		return object{{"lang", language}, {"label", label}, {"source", source}}
	}
	return []object{
		one("Shell", "curl", c.curl()), one("JavaScript", "JavaScript", c.javaScript()), one("Python", "Python", c.python()),
		one("Go", "Go", c.golang()), one("R", "R", c.r()),
	}
}

// url is the address with its query.
func (c call) url() string {
	address := sampleHost + c.path
	if len(c.query) > 0 {
		address += "?" + queryOf(c.query)
	}
	return address
}

func queryOf(values object) string {
	var parts []string
	for _, m := range values {
		text := string(compact(m.value))
		if s, ok := m.value.(string); ok {
			text = s
		}
		if _, ok := m.value.([]float64); ok {
			text = strings.Trim(text, "[]")
		}
		parts = append(parts, m.key+"="+strings.ReplaceAll(url.QueryEscape(text), "%2C", ","))
	}
	return strings.Join(parts, "&")
}

// places are the steps to what is shown.
func (c call) places() []string { return strings.Split(c.show, ".") }

func quotedForShell(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

func (c call) curl() string {
	if c.method == "GET" {
		return "curl " + quotedForShell(c.url())
	}
	return "curl " + quotedForShell(c.url()) + " \\\n  -H 'Content-Type: application/json' \\\n  -d " + quotedForShell(string(compact(c.body)))
}

func (c call) javaScript() string {
	var w strings.Builder
	if c.method == "GET" {
		fmt.Fprintf(&w, "const reply = await fetch(%q);\n", c.url())
	} else {
		fmt.Fprintf(&w, "const reply = await fetch(%q, {\n  method: \"POST\",\n  headers: { \"Content-Type\": \"application/json\" },\n  body: JSON.stringify(%s),\n});\n",
			c.url(), spaced(c.body, "null", "true", "false"))
	}
	w.WriteString("if (!reply.ok) throw new Error(await reply.text());\n")
	if c.text {
		w.WriteString("console.log(await reply.text());")
		return w.String()
	}
	w.WriteString("const answer = await reply.json();\nconsole.log(answer" + steps(c.places(), 0) + ");")
	return w.String()
}

// steps are the subscripts of JavaScript and Python.
func steps(places []string, first int) string {
	var w strings.Builder
	for _, place := range places {
		if n, err := strconv.Atoi(place); err == nil {
			fmt.Fprintf(&w, "[%d]", n+first)
		} else {
			fmt.Fprintf(&w, "[%q]", place)
		}
	}
	return w.String()
}

func (c call) python() string {
	var w strings.Builder
	w.WriteString("import requests\n\n")
	if c.method == "GET" {
		fmt.Fprintf(&w, "reply = requests.get(%q, timeout=30)\n", c.url())
	} else {
		fmt.Fprintf(&w, "reply = requests.post(\n    %q,\n    json=%s,\n    timeout=30,\n)\n", c.url(), spaced(c.body, "None", "True", "False"))
	}
	w.WriteString("reply.raise_for_status()\n")
	if c.text {
		w.WriteString("print(reply.text)")
		return w.String()
	}
	w.WriteString("print(reply.json()" + steps(c.places(), 0) + ")")
	return w.String()
}

func (c call) golang() string {
	imports := []string{"fmt", "log", "net/http"}
	ask := fmt.Sprintf("http.Get(%q)", c.url())
	if c.method != "GET" {
		imports = append(imports, "strings")
		ask = fmt.Sprintf("http.Post(%q, \"application/json\", strings.NewReader(`%s`))", c.url(), compact(c.body))
	}
	read := "\tbody, err := io.ReadAll(reply.Body)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(string(body))\n"
	if c.text {
		imports = append([]string{"fmt", "io"}, imports[1:]...)
	} else {
		imports = append([]string{"encoding/json"}, imports...)
		shape, at := shapeOf(c.places())
		read = "\tvar answer " + shape + "\n\tif err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tfmt.Println(answer" + at + ")\n"
	}
	return "package main\n\nimport (\n\t\"" + strings.Join(imports, "\"\n\t\"") + "\"\n)\n\nfunc main() {\n\treply, err := " + ask +
		"\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tdefer reply.Body.Close()\n\tif reply.StatusCode != http.StatusOK {\n\t\tlog.Fatal(reply.Status)\n\t}\n" + read + "}"
}

// shapeOf is a type of Go that holds what is shown, and the way to it.
func shapeOf(places []string) (shape, at string) {
	shape = "any"
	for i := len(places) - 1; i >= 0; i-- {
		if _, err := strconv.Atoi(places[i]); err == nil {
			shape, at = "[]"+shape, "["+places[i]+"]"+at
			continue
		}
		name := goName(places[i])
		shape, at = "struct {\n\t\t"+name+" "+strings.ReplaceAll(shape, "\n", "\n\t")+" `json:\""+places[i]+"\"`\n\t}", "."+name+at
	}
	return shape, at
}

// goName turns monthly_clv into MonthlyCLV.
func goName(name string) string {
	var w strings.Builder
	for _, part := range strings.Split(name, "_") {
		switch part {
		case "clv", "cac", "ltv":
			w.WriteString(strings.ToUpper(part))
		default:
			w.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return w.String()
}

func (c call) r() string {
	var w strings.Builder
	fmt.Fprintf(&w, "library(httr2)\n\nreply <- request(%q) |>\n", c.url())
	if c.method != "GET" {
		fmt.Fprintf(&w, "  req_body_raw(r\"(%s)\", type = \"application/json\") |>\n", compact(c.body))
	}
	w.WriteString("  req_perform()\n")
	if c.text {
		w.WriteString("cat(resp_body_string(reply), \"\\n\")")
		return w.String()
	}
	w.WriteString("print(resp_body_json(reply, check_type = FALSE)" + strings.NewReplacer("[", "[[", "]", "]]").Replace(steps(c.places(), 1)) + ")")
	return w.String()
}

// spaced is a value as a literal of JavaScript or Python, in one line with a space after each comma and colon.
func spaced(v any, null, yes, no string) string {
	v, err := inOrderOf(compact(v))
	if err != nil {
		panic(err) // just encoded: cannot fail
	}
	switch v := v.(type) {
	case object:
		var parts []string
		for _, m := range v {
			parts = append(parts, strconv.Quote(m.key)+": "+spaced(m.value, null, yes, no))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, spaced(one, null, yes, no))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case nil:
		return null
	case bool:
		if v {
			return yes
		}
		return no
	}
	return string(compact(v))
}

// UnmarshalJSON reads the members in order, objects within them too.
func (o *object) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(strings.NewReader(string(text)))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		value, err := inOrderOf(raw)
		if err != nil {
			return err
		}
		*o = append(*o, member{fmt.Sprint(key), value})
	}
	return nil
}

// inOrderOf is a JSON value whose objects keep their order.
func inOrderOf(raw json.RawMessage) (any, error) {
	switch raw[0] {
	case '{':
		var o object
		err := json.Unmarshal(raw, &o)
		return o, err
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return nil, err
		}
		out := make([]any, len(list))
		for i := range list {
			var err error
			if out[i], err = inOrderOf(list[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	var v any
	err := json.Unmarshal(raw, &v)
	return v, err
}

package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A sample is the example of an operation in one language, as the API's description has it.
type sample struct{ operation, label, source string }

// Every sample of the description is run as its reader would run it, and prints the same in each language. A language that is
// not on this machine is left out, and said.
func TestSamples(t *testing.T) {
	base := server(t, site(t)).base
	byLabel := samples(t, base)
	said := map[string]map[string]string{}
	for label, run := range map[string]func(*testing.T, string, []sample) string{
		"curl": runCurl, "JavaScript": runJavaScript, "Python": runPython, "Go": runGo, "R": runR,
	} {
		t.Run(label, func(t *testing.T) {
			out := run(t, t.TempDir(), byLabel[label])
			said[label] = answers(t, out, byLabel[label])
		})
	}
	for _, one := range byLabel["JavaScript"] {
		want := said["JavaScript"][one.operation]
		for _, label := range []string{"Python", "Go", "R"} {
			if got, ran := said[label][one.operation]; ran && !alike(got, want) {
				t.Errorf("%s: %s prints %s, JavaScript %s", one.operation, label, excerpt(got), excerpt(want))
			}
		}
	}
}

// samples are those of the description, asking the server at base.
func samples(t *testing.T, base string) map[string][]sample {
	t.Helper()
	reply, err := http.Get(base + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = reply.Body.Close() }()
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	host := strings.TrimPrefix(base, "http://")
	here := strings.NewReplacer("127.0.0.1:8080", host, "127.0.0.1%3A8080", strings.Replace(host, ":", "%3A", 1))
	list := map[string][]sample{}
	for path, methods := range d.Paths {
		for method, raw := range methods {
			var operation struct {
				ID      string                           `json:"operationId"`
				About   string                           `json:"description"`
				Samples []struct{ Label, Source string } `json:"x-codeSamples"`
			}
			if method == "parameters" {
				continue
			}
			if err := json.Unmarshal(raw, &operation); err != nil {
				t.Fatal(path, err)
			}
			if operation.ID == "" || operation.About == "" || len(operation.Samples) != 5 {
				t.Errorf("%s %s: id %q, description %q, %d samples", method, path, operation.ID, operation.About, len(operation.Samples))
			}
			for _, s := range operation.Samples {
				list[s.Label] = append(list[s.Label], sample{operation.ID, s.Label, here.Replace(s.Source)})
			}
		}
	}
	if len(list["curl"]) < 100 {
		t.Errorf("%d operations with samples", len(list["curl"]))
	}
	return list
}

// mark begins the output of a sample.
const mark = "=====sample "

// answers parts what was printed by sample.
func answers(t *testing.T, out string, list []sample) map[string]string {
	t.Helper()
	printed := map[string]string{}
	for _, part := range strings.Split(out, mark)[1:] {
		id, text, _ := strings.Cut(part, "\n")
		printed[id] = strings.TrimSpace(text)
	}
	for _, s := range list {
		switch text := printed[s.operation]; text {
		case "", "null", "None", "NULL", "undefined", "<nil>", "nil":
			t.Errorf("%s in %s prints %q", s.operation, s.label, text)
		}
	}
	return printed
}

// alike compares what two languages print: numbers to the digits that R shows, text without quotes and R's counter of lines.
func alike(a, b string) bool {
	plain := func(text string) string { return strings.Trim(strings.TrimPrefix(text, "[1] "), `"`) }
	a, b = plain(a), plain(b)
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err1 == nil && err2 == nil {
		return x == y || x-y < 1e-6*(x+y) && y-x < 1e-6*(x+y)
	}
	return a == b
}

// program runs one that prints all samples' output.
func program(t *testing.T, folder, name string, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, name, arguments...)
	command.Dir = folder
	var out, failure bytes.Buffer
	command.Stdout, command.Stderr = &out, &failure
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s\n%s", name, err, excerpt(out.String()), excerpt(failure.String()))
	}
	return out.String()
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// without leaves out a language that this machine does not have.
func without(t *testing.T, name string, arguments ...string) {
	t.Helper()
	if exec.Command(name, arguments...).Run() != nil {
		t.Skipf("%s is not installed, or lacks what %v loads", name, arguments)
	}
}

func runCurl(t *testing.T, folder string, list []sample) string {
	script := "set -euo pipefail\n"
	for _, s := range list {
		script += "echo '" + mark + s.operation + "'\n" + strings.Replace(s.source, "curl ", "curl -sS --fail-with-body --max-time 20 ", 1) + "\necho\n"
	}
	write(t, folder, "samples.sh", script)
	return program(t, folder, "bash", "samples.sh")
}

func runJavaScript(t *testing.T, folder string, list []sample) string {
	all := ""
	for i, s := range list {
		write(t, folder, fmt.Sprintf("s%d.mjs", i), s.source)
		all += fmt.Sprintf("console.log(%q);\nawait import(\"./s%d.mjs\");\n", mark+s.operation, i)
	}
	write(t, folder, "samples.mjs", all)
	return program(t, folder, "node", "samples.mjs")
}

func runPython(t *testing.T, folder string, list []sample) string {
	without(t, "python3", "-c", "import requests")
	all := ""
	for i, s := range list {
		write(t, folder, fmt.Sprintf("s%d.py", i), s.source)
		all += fmt.Sprintf("print(%q)\nexec(open(\"s%d.py\").read(), {})\n", mark+s.operation, i)
	}
	write(t, folder, "samples.py", all)
	return program(t, folder, "python3", "samples.py")
}

// runGo builds one program of all of them: each as a package with its main under another name.
func runGo(t *testing.T, folder string, list []sample) string {
	write(t, folder, "go.mod", "module samples\n\ngo 1.26.0\n")
	calls := ""
	for i, s := range list { // one package, a file each: a hundred packages take a minute of a compiler
		name := fmt.Sprintf("sample%d", i)
		write(t, folder, name+".go", strings.Replace(s.source, "func main() {", "func "+name+"() {", 1))
		calls += fmt.Sprintf("\tfmt.Println(%q)\n\t%s()\n", mark+s.operation, name)
	}
	write(t, folder, "main.go", "package main\n\nimport \"fmt\"\n\nfunc main() {\n"+calls+"}\n")
	program(t, folder, "go", "vet", ".")
	return program(t, folder, "go", "run", ".")
}

func runR(t *testing.T, folder string, list []sample) string {
	without(t, "Rscript", "-e", "library(httr2); library(jsonlite)") // httr2 reads JSON by it, and does not install it
	all := ""
	for i, s := range list {
		write(t, folder, fmt.Sprintf("s%d.R", i), s.source)
		all += fmt.Sprintf("cat(%q, \"\\n\", sep = \"\")\nsource(\"s%d.R\", local = new.env())\n", mark+s.operation, i)
	}
	write(t, folder, "samples.R", all)
	return program(t, folder, "Rscript", "samples.R")
}

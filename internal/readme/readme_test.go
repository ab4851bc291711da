// Package readme holds that what README shows of the library works as it stands there, and that the docs name each model.
package readme

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	program = regexp.MustCompile("(?s)```go\n(package main\n.*?)```")
	modules = regexp.MustCompile("(?s)```\n(require hourglass [^\n]+\nreplace hourglass => (\\S+)\n)```")
	printed = regexp.MustCompile(`fmt\.Println\(.*\) // (.+)`)
)

// TestTheSnippetRuns builds README's program in a module of its own, by README's two lines, without a network.
func TestTheSnippetRuns(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	source, lines := program.FindSubmatch(body), modules.FindSubmatch(body)
	if source == nil || lines == nil {
		t.Fatal("README has no program, or no two lines for go.mod")
	}
	dir := filepath.Join(t.TempDir(), "program")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(root, filepath.Join(dir, string(lines[2]))); err != nil { // the clone beside the program
		t.Fatal(err)
	}
	for name, text := range map[string]string{"main.go": string(source[1]), "go.mod": "module program\n\n" + version(t, root) + "\n\n" + string(lines[1])} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("go", "run", ".")
	run.Dir = dir
	// With what make sets for all: without it the library and the engine are compiled once more.
	run.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-trimpath", "GOWORK=off")
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var want []string
	for _, m := range printed.FindAllSubmatch(source[1], -1) {
		want = append(want, string(m[1]))
	}
	if got := strings.TrimSpace(string(out)); len(want) == 0 || got != strings.Join(want, "\n") {
		t.Errorf("printed %q, README says %q", got, want)
	}
}

// version is the line of go.mod that says which Go the library needs; go mod init writes one as new or newer.
func version(t *testing.T, root string) string {
	body, err := os.ReadFile(filepath.Join(root, "go.mod"))
	line := regexp.MustCompile(`(?m)^go .*$`).Find(body)
	if err != nil || line == nil {
		t.Fatal("go.mod names no Go: ", err)
	}
	return string(line)
}

// TestTheExamplesAreThere follows README's links to the programs.
func TestTheExamplesAreThere(t *testing.T) {
	body, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\((core/\w+/example_test\.go)\)`).FindAllSubmatch(body, -1)
	if len(links) != 3 {
		t.Errorf("%d links to examples, want 3", len(links))
	}
	for _, link := range links {
		text, err := os.ReadFile(filepath.Join("../..", string(link[1])))
		if err != nil || !strings.Contains(string(text), "\nfunc Example() {") || !strings.Contains(string(text), "// Output:") {
			t.Errorf("%s: no example that runs: %v", link[1], err)
		}
	}
}

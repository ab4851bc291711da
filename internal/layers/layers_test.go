package layers

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"hourglass/core/catalogue"
)

// A pkg is one of ours: its files, and what it is made of, itself aside.
type pkg struct {
	path        string
	files, deps []string
}

// packages are all of ours, asked for once: each start of go list takes longer than what it tells is worth.
var packages = sync.OnceValues(func() (all []pkg, err error) {
	command := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{join .GoFiles " "}}|{{join .Deps " "}}`, "hourglass/core/...", "hourglass/functions/...", "hourglass/wasm/...")
	out, err := command.Output()
	for line := range strings.Lines(string(out)) {
		part := strings.Split(strings.TrimSpace(line), "|")
		all = append(all, pkg{part[0], strings.Fields(part[1]), strings.Fields(part[2])})
	}
	return all, err
})

// matching are our packages by go list's pattern.
func matching(t *testing.T, pattern string) (found []pkg) {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	root, below := strings.CutSuffix("hourglass/"+pattern, "/...")
	for _, p := range all {
		if p.path == root || below && strings.HasPrefix(p.path, root+"/") {
			found = append(found, p)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no package is %s", pattern)
	}
	return found
}

// deps are the packages that the ones matching pattern are made of, themselves included.
func deps(t *testing.T, pattern string) (all []string) {
	t.Helper()
	for _, p := range matching(t, pattern) {
		all = append(append(all, p.path), p.deps...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func list(t *testing.T, pattern string) (paths []string) {
	t.Helper()
	for _, p := range matching(t, pattern) {
		paths = append(paths, p.path)
	}
	return paths
}

// models are the packages with a likelihood, but for what BG/NBD and MBG/NBD share.
func models(t *testing.T) (names []string) {
	t.Helper()
	for _, p := range matching(t, "core/...") {
		if name := strings.TrimPrefix(p.path, "hourglass/core/"); name != "betageo" && slices.Contains(p.files, "likelihood.go") {
			names = append(names, name)
		}
	}
	if len(names) < 6 {
		t.Fatalf("only the models %q were found", names)
	}
	return names
}

func TestTheModuleLinksNoTextMachinery(t *testing.T) {
	for m := range catalogue.ModuleCount {
		module := "wasm"
		if m != catalogue.Calculator {
			module += "/" + m.Stem()
		}
		for _, d := range deps(t, module) {
			if slices.Contains([]string{"fmt", "encoding/json", "reflect", "time", "net", "os", "hourglass/core/catalogue"}, d) {
				t.Errorf("%s depends on %s", module, d)
			}
		}
	}
}

func TestCoreIsPure(t *testing.T) {
	for _, p := range list(t, "core/...") {
		name := strings.TrimPrefix(p, "hourglass/")
		if name == "core/catalogue" {
			continue // words, linked natively only; its examples need the calculations alone
		}
		for _, d := range deps(t, name) {
			if slices.Contains([]string{"fmt", "encoding/json", "reflect", "time", "net", "os", "log"}, d) {
				t.Errorf("%s depends on %s", name, d)
			}
		}
	}
}

func TestModelsDoNotKnowEachOther(t *testing.T) {
	models := models(t)
	for _, m := range models {
		for _, p := range list(t, "core/"+m+"/...") {
			for _, d := range deps(t, strings.TrimPrefix(p, "hourglass/")) {
				for _, other := range models {
					if other != m && d == "hourglass/core/"+other {
						t.Errorf("%s depends on %s", m, other)
					}
				}
			}
		}
	}
}

func TestTheHandlerDoesNotKnowAnyPlatform(t *testing.T) {
	for _, d := range deps(t, "functions/api") {
		if d == "net/http" || strings.HasPrefix(d, "github.com/syumai/") || strings.HasPrefix(d, "github.com/aws/") {
			t.Errorf("functions/api depends on %s", d)
		}
	}
}

// The Worker's start and size are those of what it links (docs/decisions/0006-warm-worker-instance.md).
func TestTheWorkerLinksNoServer(t *testing.T) {
	command := exec.Command("go", "list", "-deps", "hourglass/functions/worker")
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range strings.Fields(string(out)) {
		if slices.Contains([]string{"net/http", "net", "crypto/tls", "crypto/x509"}, d) {
			t.Errorf("functions/worker depends on %s", d)
		}
	}
}

func TestNobodyLinksTheGenerator(t *testing.T) {
	for _, p := range []string{"functions/...", "wasm/...", "core/..."} {
		for _, d := range deps(t, p) {
			if strings.HasPrefix(d, "hourglass/internal/gen") || strings.HasPrefix(d, "github.com/invopop/") {
				t.Errorf("%s depends on %s", p, d)
			}
		}
	}
}

func TestTheRoomsOfTheAPI(t *testing.T) {
	for room, strangers := range map[string][]string{
		"wire":      {"functions/api", "functions/api/tools", "core/boundary"},
		"tools":     {"functions/api", "functions/api/mcp", "functions/api/warehouse"},
		"mcp":       {"functions/api", "functions/api/warehouse", "core/boundary"},
		"warehouse": {"functions/api", "functions/api/mcp", "core/boundary"},
	} {
		for _, d := range deps(t, "functions/api/"+room) {
			if slices.Contains(strangers, strings.TrimPrefix(d, "hourglass/")) {
				t.Errorf("functions/api/%s depends on %s", room, d)
			}
		}
	}
}

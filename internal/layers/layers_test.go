package layers

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"hourglass/core/catalogue"
)

// deps are the packages that the ones matching pattern are made of, themselves included.
func deps(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "hourglass/"+pattern).Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	return strings.Fields(string(out))
}

func list(t *testing.T, pattern string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "hourglass/"+pattern).Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	return strings.Fields(string(out))
}

// models are the packages with a likelihood, but for what BG/NBD and MBG/NBD share.
func models(t *testing.T) (names []string) {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .GoFiles}} {{.}}{{end}}`, "hourglass/core/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		files := strings.Fields(line)
		if name := strings.TrimPrefix(files[0], "hourglass/core/"); name != "betageo" && slices.Contains(files, "likelihood.go") {
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

// Package layers holds who may import whom (docs/architecture.md).
package layers

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
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

var models = []string{"sbg", "bgnbd", "mbgnbd", "paretonbd", "bgbb", "gammagamma"}

func TestTheModuleLinksNoTextMachinery(t *testing.T) {
	for _, module := range []string{"wasm", "wasm/growth", "wasm/customers"} {
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

func TestNobodyLinksTheGenerator(t *testing.T) {
	for _, p := range []string{"functions/...", "wasm/...", "core/..."} {
		for _, d := range deps(t, p) {
			if strings.HasPrefix(d, "hourglass/internal/gen") || strings.HasPrefix(d, "github.com/invopop/") {
				t.Errorf("%s depends on %s", p, d)
			}
		}
	}
}

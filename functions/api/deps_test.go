package api

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestDependencies holds what the Worker's size and start depend on: no net/http, no encoding/json, no cryptography.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Fields(string(out))
	for _, banned := range []string{"net/http", "net", "encoding/json", "crypto/tls", "github.com/invopop/jsonschema"} {
		if slices.Contains(list, banned) {
			t.Errorf("functions/api imports %s", banned)
		}
	}
}

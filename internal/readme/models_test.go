package readme

import (
	"os"
	"regexp"
	"testing"

	"hourglass/core/customers"
)

// Nobody who chooses a model by hand, and no program with types, is to miss one.
func TestEachModelIsNamed(t *testing.T) {
	for k := range customers.Kinds() {
		m := k.Model()
		for file, want := range map[string]string{
			"docs/score.md":           "`" + m.Name + "`",
			"docs/customers.md":       m.Title,
			"docs/architecture.md":    m.Name + "/",
			"site/package/index.d.ts": `"` + m.Name + `"`,
		} {
			body, err := os.ReadFile("../../" + file)
			if err != nil {
				t.Fatal(err)
			}
			// NBD is not named where BG/NBD is.
			if !regexp.MustCompile(`(^|[^/\w])` + regexp.QuoteMeta(want) + `($|[^/\w])`).Match(body) {
				t.Errorf("name the model %s in %s, as %s", m.Title, file, want)
			}
		}
	}
}

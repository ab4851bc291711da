package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// made adds the files of a run and finishes it.
func made(t *testing.T, s *Set, files map[string]string) (status int, said string) {
	t.Helper()
	for path, body := range files {
		s.Add(path, []byte(body))
	}
	var w strings.Builder
	status = s.finish(&w)
	return status, w.String()
}

func TestTheSetOwnsItsGlobs(t *testing.T) {
	t.Chdir(t.TempDir())
	glob := filepath.Join("docs", "*.md")
	if status, said := made(t, newSet(false, false, glob), map[string]string{"docs/a.md": "a", "docs/b.md": "b"}); status != 0 {
		t.Fatal(said)
	}
	if err := os.WriteFile("docs/own.txt", nil, 0o644); err != nil {
		t.Fatal(err)
	}

	status, said := made(t, newSet(true, false, glob), map[string]string{"docs/a.md": "changed"})
	const want = "docs/a.md is out of date: run `make generate`\ndocs/b.md is no longer made: run `make generate`\n"
	if status != 1 || said != want {
		t.Errorf("-check: %d, %q", status, said)
	}
	if body, _ := os.ReadFile("docs/a.md"); string(body) != "a" {
		t.Error("-check has written")
	}

	if status, said := made(t, newSet(false, false, glob), map[string]string{"docs/a.md": "changed"}); status != 0 {
		t.Error(said)
	}
	left, _ := filepath.Glob("docs/*")
	if strings.Join(left, " ") != "docs/a.md docs/own.txt" {
		t.Error("left:", left)
	}
	if status, said := made(t, newSet(true, false, glob), map[string]string{"docs/a.md": "changed"}); status != 0 {
		t.Error(said)
	}
}

func TestNothingIsDeletedAfterAnError(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a_gen.go", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := newSet(false, false, "*_gen.go")
	s.Go("a_gen.go", []byte("package a\n\nfunc {"))
	var w strings.Builder
	if status := s.finish(&w); status != 1 || !strings.Contains(w.String(), "a_gen.go") {
		t.Error(status, w.String())
	}
	if _, err := os.Stat("a_gen.go"); err != nil {
		t.Error("deleted:", err)
	}
}

func TestGoIsFormattedUnderItsHeader(t *testing.T) {
	t.Chdir(t.TempDir())
	s := newSet(false, false)
	s.Go("a_gen.go", []byte("package a\nvar  x=1"))
	if body, err := os.ReadFile("a_gen.go"); err != nil || string(body) != Header+"package a\n\nvar x = 1\n" {
		t.Errorf("%q, %v", body, err)
	}
}

// What git ignores is written in any case, and only that with -site.
func TestWhatIsNotCommittedIsAlwaysMade(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"gone.gen.json", "gone.md"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]string{"words.gen.mjs": "export {}", "page.md": "# Page"}
	if status, said := made(t, newSet(true, false, "*.gen.json", "*.md"), files); status != 1 || strings.Contains(said, ".gen.") {
		t.Errorf("-check: %d, %q", status, said)
	}
	left, _ := filepath.Glob("*")
	if strings.Join(left, " ") != "gone.md words.gen.mjs" {
		t.Error("after -check:", left)
	}
	if err := os.Remove("words.gen.mjs"); err != nil {
		t.Fatal(err)
	}
	if status, said := made(t, newSet(false, true, "*.gen.json", "*.md"), files); status != 0 {
		t.Error(said)
	}
	if left, _ = filepath.Glob("*"); strings.Join(left, " ") != "gone.md words.gen.mjs" {
		t.Error("after -site:", left)
	}
}

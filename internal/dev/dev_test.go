package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPagesAreGivenTheScriptAndToldOfABuild(t *testing.T) {
	real := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".json") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `"</head>"`)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<head></head>")
	}))
	defer real.Close()
	at, _ := url.Parse(real.URL)
	changes := newChanges()
	front := httptest.NewServer(proxy(&server{at: at}, changes))
	defer front.Close()
	get := func(path string) string {
		r, err := http.Get(front.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return string(body)
	}
	if page := get("/"); page != `<head><script src="/.dev/reload.js"></script></head>` {
		t.Error(page)
	}
	if answer := get("/a.json"); answer != `"</head>"` {
		t.Error(answer)
	}
	r, err := http.Get(front.URL + "/.dev/changes")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	lines := bufio.NewScanner(r.Body)
	lines.Scan()
	first := lines.Text()
	changes.tell()
	lines.Scan()
	if lines.Scan(); !strings.HasPrefix(first, "data: ") || lines.Text() == first {
		t.Errorf("%q after %q", lines.Text(), first)
	}
}

func TestAChangeWhileABuildRunsIsSeen(t *testing.T) {
	folder := t.TempDir()
	write := func(name, body string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.go", "1")
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	var builds [][]string
	time.AfterFunc(often/2, func() {
		write("b.go", "1")
		write("b_test.go", "1") // of no build
	})
	watch(ctx, folder).each(func(names []string) {
		builds = append(builds, names)
		if len(builds) == 1 {
			_ = os.Remove(filepath.Join(folder, "a.go"))
			return
		}
		stop()
	})
	if len(builds) != 2 || len(builds[0]) != 1 || filepath.Base(builds[0][0]) != "b.go" || filepath.Base(builds[1][0]) != "a.go" {
		t.Errorf("%q", builds)
	}
}

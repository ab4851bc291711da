package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// A site takes the place of the one before it: what is new is there, what is gone is not, what stays was not touched.
func TestWriteReplacesTheSiteBefore(t *testing.T) {
	out := t.TempDir()
	built := func(files map[string]string) {
		t.Helper()
		s := &site{options: options{out: out}, files: map[string][]byte{}}
		for path, body := range files {
			s.files[path] = []byte(body)
		}
		if err := s.write(); err != nil {
			t.Fatal(err)
		}
		var found []string
		for path := range files {
			if body, err := os.ReadFile(filepath.Join(out, path)); err != nil || string(body) != files[path] {
				t.Errorf("%s: %q, %v", path, body, err)
			}
		}
		err := filepath.Walk(out, func(path string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() {
				name, _ := filepath.Rel(out, path)
				found = append(found, filepath.ToSlash(name))
			}
			return err
		})
		if want := slices.Sorted(maps.Keys(files)); err != nil || !slices.Equal(found, want) {
			t.Errorf("found %v, want %v; %v", found, want, err)
		}
	}
	built(map[string]string{"a.html": "1", "docs/b.html": "2", "gone/c.html": "3", "gone/too/d.js": "4"})
	before, _ := os.Stat(filepath.Join(out, "a.html"))
	built(map[string]string{"a.html": "1", "docs/b.html": "two", "new/e.js": "5"})
	if after, _ := os.Stat(filepath.Join(out, "a.html")); !after.ModTime().Equal(before.ModTime()) {
		t.Error("a file that stays the same was written again")
	}
	if _, err := os.Stat(filepath.Join(out, "gone")); err == nil {
		t.Error("an empty folder was left")
	}
}

// Compressed copies give back the file, follow it when it changes, and go when they are no longer wanted; what is compressed already has none.
func TestCompressedCopies(t *testing.T) {
	out := t.TempDir()
	text := strings.Repeat("Customers who order often. ", 99)
	write := func(body string, compress bool) {
		t.Helper()
		s := &site{options: options{src: "..", out: out, compress: compress}, files: map[string][]byte{"docs/a.html": []byte(body), "b.png": []byte(body)}}
		if err := s.write(); err != nil {
			t.Fatal(err)
		}
	}
	for _, body := range []string{text, text + "Some do not."} {
		write(body, true)
		for ending, reader := range map[string]func(io.Reader) (io.Reader, error){
			".br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			".gz": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		} {
			packed, err := os.ReadFile(filepath.Join(out, "docs/a.html"+ending))
			if err != nil {
				t.Fatal(err)
			}
			r, err := reader(bytes.NewReader(packed))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != body || len(packed) > len(body)/9 {
				t.Errorf("%s: %d bytes give %.40q, %v", ending, len(packed), got, err)
			}
		}
	}
	write(text, false)
	if names, _ := filepath.Glob(filepath.Join(out, "*/*")); len(names) != 1 {
		t.Errorf("found %v", names)
	}
	if names, _ := filepath.Glob(filepath.Join(out, "*.*")); len(names) != 1 {
		t.Errorf("found %v", names)
	}
}

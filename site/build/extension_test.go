package main

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// The extension has the names that its manifest lists, knows its server where the site does, and is the same each time.
func TestExtension(t *testing.T) {
	unpacked := func(origin string) (map[string]string, []byte) {
		s := &site{options: options{src: "..", origin: origin}}
		body, err := s.extension()
		if err != nil {
			t.Fatal(err)
		}
		r, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range r.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(in)
			files[f.Name] = string(text)
		}
		return files, body
	}
	files, body := unpacked("")
	for _, part := range strings.Split(files["META-INF/manifest.xml"], `full-path="`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if files[name] == "" {
			t.Errorf("%s is not there", name)
		}
	}
	if _, again := unpacked(""); !bytes.Equal(body, again) {
		t.Error("the same files make other bytes")
	}
	if !strings.Contains(files["Sheets.xcs"], "<value>http://127.0.0.1:8080</value>") {
		t.Error("the extension asks another server than that of make run")
	}
	if files, _ := unpacked("https://clv.example.com/"); !strings.Contains(files["Sheets.xcs"], "<value>https://clv.example.com</value>") {
		t.Error(files["Sheets.xcs"])
	}
	own, err := (&site{options: options{origin: "https://clv.example.com/"}}).own("sheets/a.json", []byte(`"https://YOUR-SERVER/sheets/"`))
	if err != nil || string(own) != `"https://clv.example.com/sheets/"` {
		t.Errorf("%s: %v", own, err)
	}
}

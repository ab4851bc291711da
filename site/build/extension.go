package main

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hourglass/functions/sheets"
)

// writeExtension writes LibreOffice's extension to the file that the options name.
func writeExtension(o options) error {
	body, err := (&site{options: o}).extension()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(o.oxt), 0o755); err != nil {
		return err
	}
	return os.WriteFile(o.oxt, body, 0o644)
}

// extension packs functions/sheets/oxt. What is generated there has .gen in its name, here it has not. Names are in order and no time is told, so that the same files
// make the same bytes.
func (s *site) extension() ([]byte, error) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	folder := os.DirFS(s.root("functions", "sheets", "oxt"))
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".pyc") {
			return err
		}
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		if name == "Sheets.xcs" && s.origin != "" {
			body = bytes.ReplaceAll(body, []byte("http://127.0.0.1:8080"), []byte(strings.TrimSuffix(s.origin, "/")))
		}
		file, err := w.CreateHeader(&zip.FileHeader{Name: strings.Replace(name, ".gen.", ".", 1), Method: zip.Deflate})
		if err == nil {
			_, err = file.Write(body)
		}
		return err
	})
	if err == nil {
		err = w.Close()
	}
	return packed.Bytes(), err
}

// own writes the site's own address into a file that a spreadsheet loads, where the site knows where it will stand.
func (s *site) own(name string, body []byte) ([]byte, error) {
	if s.origin == "" {
		return body, nil
	}
	return sheets.Own(name, body, s.origin)
}

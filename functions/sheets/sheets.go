// Package sheets writes a server's own address into the files that spreadsheets load: they are opened far from where they were got, and
// must know where Hourglass runs.
package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Placeholder stands for the server's address in the files as they are made.
const Placeholder = "https://YOUR-SERVER"

// Names tells whether a file of the site, by its path without a slash in front, may say where the server is.
func Names(file string) bool {
	switch folder, _, _ := strings.Cut(file, "/"); folder {
	case "sheets":
		return slices.Contains([]string{".xml", ".json", ".gs"}, path.Ext(file))
	case "workbooks":
		return isBook(file)
	}
	return false
}

func isBook(file string) bool { return path.Ext(file) == ".xlsx" || path.Ext(file) == ".ods" }

// Own is a file with the server's address in the place of Placeholder, within a workbook's parts too. It returns the body itself where
// it says no address. The origin, such as https://clv.example.com, is written as it is: nothing in it may need escaping. A workbook that
// is no archive is an error.
func Own(file string, body []byte, origin string) ([]byte, error) {
	if !isBook(file) {
		return replaced(body, origin), nil
	}
	book, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	changed := false
	for _, part := range book.File {
		said, err := contents(part)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, part.Name, err)
		}
		if own := replaced(said, origin); len(said) > 0 && &own[0] != &said[0] {
			changed = true
			err = write(w, part, own)
		} else {
			err = w.Copy(part)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, part.Name, err)
		}
	}
	if err := w.Close(); err != nil || !changed {
		return body, err
	}
	return out.Bytes(), nil
}

// replaced returns the body itself where there is nothing to replace.
func replaced(body []byte, origin string) []byte {
	if !bytes.Contains(body, []byte(Placeholder)) {
		return body
	}
	return bytes.ReplaceAll(body, []byte(Placeholder), []byte(strings.TrimSuffix(origin, "/")))
}

// contents are a part's bytes; nil for a part that cannot name the server: of a workbook only the page and what it links to does, and the long
// tables are not unpacked for nothing.
func contents(part *zip.File) ([]byte, error) {
	if !slices.Contains([]string{"xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "content.xml"}, part.Name) {
		return nil, nil
	}
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// write packs a part anew, with the time that it had.
func write(w *zip.Writer, part *zip.File, body []byte) error {
	out, err := w.CreateHeader(&zip.FileHeader{Name: part.Name, Method: part.Method, Modified: part.Modified})
	if err == nil {
		_, err = out.Write(body)
	}
	return err
}

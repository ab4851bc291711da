package sheets

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

func packed(t *testing.T, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		method := zip.Deflate
		if parts[i] == "mimetype" {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A workbook's link is the server's in all parts that say it; every other part and the order of parts stay, so that an .ods still begins with its kind.
func TestOwnWorkbook(t *testing.T) {
	body := packed(t, "mimetype", "kind", "content.xml", `<a href="https://YOUR-SERVER/x?a=1"/>https://YOUR-SERVER/x`, "other.xml", "https://YOUR-SERVER stays")
	own, err := Own("workbooks/a.en.ods", body, "https://clv.example.com/")
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(own), int64(len(own)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"mimetype", "kind", "content.xml", `<a href="https://clv.example.com/x?a=1"/>https://clv.example.com/x`, "other.xml", "https://YOUR-SERVER stays"}
	for i, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(in)
		if f.Name != want[2*i] || string(said) != want[2*i+1] {
			t.Errorf("%s: %s", f.Name, said)
		}
	}
	if r.File[0].Method != zip.Store {
		t.Error("the kind of an .ods must not be compressed")
	}
}

func TestOwnLeavesWhatSaysNoAddress(t *testing.T) {
	body := packed(t, "xl/worksheets/sheet1.xml", "<sheet/>")
	for file, body := range map[string][]byte{"workbooks/a.xlsx": body, "sheets/excel/manifest.xml": []byte("<a/>")} {
		if own, err := Own(file, body, "https://clv.example.com"); err != nil || !bytes.Equal(own, body) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := Own("workbooks/a.xlsx", []byte("no archive"), "https://clv.example.com"); err == nil {
		t.Error("what is no archive is taken for a workbook")
	}
}

func TestNames(t *testing.T) {
	for file, want := range map[string]bool{
		"sheets/excel/manifest.xml": true, "sheets/google/hourglass.gs": true, "sheets/excel/functions.js": false, "workbooks/subscription.de.ods": true, "workbooks/index.html": false, "docs/a.xlsx": false,
	} {
		if Names(file) != want {
			t.Errorf("%s: %v", file, !want)
		}
	}
}

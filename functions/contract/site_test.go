package contract

import (
	"cmp"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hourglass/functions/api"
	"hourglass/functions/sheets"
	"hourglass/internal/turn"
)

// Every address of the real site, as developers and as visitors get it, is answered alike by server, Worker and CloudFront:
// the same status, headers and body, and one address for each page to which the others lead. A key keeps the API private and no file: the production site's Worker has one.
func TestEveryAddressOfTheSite(t *testing.T) {
	variables := [][]string{nil, {"HOURGLASS_API_KEY:" + privateKey}}
	for i, folder := range sites(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			list, kept := addresses(t, folder), keptOffline(t, folder)
			all := slices.Clone(list)
			for _, f := range kept {
				all = append(all, f.address)
			}
			reference, cloudflare, cloudfront := server(t, folder), worker(t, folder, variables[i]...), cloudFront(t, folder, all)
			for _, address := range list {
				want := unnamed(t, folder, send(t, reference, get("", address, 0, "")), reference.base)
				compareAddress(t, want, "worker", send(t, cloudflare, want.request))
				compareAddress(t, want, "cloudfront", cloudfront(want.request))
			}
			for _, f := range kept {
				asked := get("", f.address, 0, "")
				compareKept(t, folder, f, "server", send(t, reference, asked))
				compareKept(t, folder, f, "worker", send(t, cloudflare, asked))
				compareKept(t, folder, f, "cloudfront", cloudfront(asked))
			}
			t.Logf("%d addresses, %d of them for the service worker", len(all), len(kept))
		})
	}
}

// sites are the real ones: make builds them, plain go test leaves them out.
func sites(t *testing.T) []string {
	t.Helper()
	if os.Getenv("HOURGLASS_CONTRACT") == "" {
		t.Skip("the real site is compared with HOURGLASS_CONTRACT=1 and built, as in make test")
	}
	folders := []string{filepath.Join(root(t), "build/site"), filepath.Join(root(t), "build/prod")}
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "index.html")); err != nil {
			t.Fatalf("%s is not built: make build/site/index.html build/prod/index.html", folder)
		}
	}
	return folders
}

// addresses are those that a site answers: each file by its name and, where it is a page, by the page's own address; each
// folder of a page without its slash; and some that lead nowhere. Of files that a host tells apart by nothing but a name a run takes some, in turn.
func addresses(t *testing.T, folder string) []string {
	t.Helper()
	languages := languageFolders(t)
	var kinds []string
	byKind := map[string][]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !deployed(name) {
			return err
		}
		kind := kindOf(name, languages)
		if byKind[kind] == nil {
			kinds = append(kinds, kind)
		}
		byKind[kind] = append(byKind[kind], name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"/nothing.js", "/docs/nothing.txt", "/assets/immutable/nothing.js"}
	for i, kind := range kinds {
		all := byKind[kind]
		from := i % len(all) // so that a run has every language, each of other pages
		for _, name := range turn.Of(t, slices.Concat(all[from:], all[:from]), some(kind, len(all))) {
			list = append(list, "/"+name)
			switch page, isPage := strings.CutSuffix(name, ".html"); {
			case name == "index.html":
				list = append(list, "/", "/?price=1&a=%2F")
			case path.Base(name) == "index.html":
				list = append(list, "/"+path.Dir(name), "/"+path.Dir(name)+"/", "/"+path.Dir(name)+"?price=1&a=%2F")
			case isPage:
				list = append(list, "/"+page, "/"+page+"?kind=subscription")
			}
		}
	}
	return list
}

// some is how many files of a kind a run takes: each page in one language beside English, and of hundreds of scripts, whose names say nothing to a host, a lesser share.
func some(kind string, all int) int {
	switch {
	case strings.HasPrefix(kind, "language/"):
		return 1
	case all > 200:
		return all / 32
	}
	return max(2, all/8)
}

// kindOf is what a host's rules can tell of a file: its folders, how its name ends, whether it is a folder's page. The languages' folders are alike, and so are the pages of
// a part of the docs. A spreadsheet loads its files by name.
func kindOf(name string, languages []string) string {
	folders, base := path.Split(name)
	top, rest, _ := strings.Cut(folders, "/")
	switch {
	case top == "sheets":
		return name
	case base != "index.html":
		return folders + "*" + path.Ext(base)
	case slices.Contains(languages, top):
		return "language/" + rest + base
	case rest == "":
		return name
	}
	return path.Dir(path.Clean(folders)) + "/*/" + base
}

// languageFolders are those of the site, English's aside, which stands at the top.
func languageFolders(t *testing.T) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(root(t), "site/messages"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			list = append(list, strings.ToLower(entry.Name()))
		}
	}
	return list
}

// deployed tells whether a file is one that the hosts serve.
func deployed(name string) bool {
	return !slices.Contains([]string{".br", ".gz"}, path.Ext(name)) && name != "_headers" && name != ".assetsignore"
}

// unnamed is the server's answer without its own name, which it alone writes into what a spreadsheet loads: such a file is opened far from where it was got, and
// must know where Hourglass runs. Elsewhere a site that was not built with its ORIGIN says YOUR-SERVER in them (docs/spreadsheets/). What the server sends must be the
// site's file with its name in it, and all the rest the hosts' byte for byte.
func unnamed(t *testing.T, folder string, a answer, base string) answer {
	t.Helper()
	name := strings.TrimPrefix(a.request.target, "/")
	if !sheets.Names(name) {
		return a
	}
	body, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	own, err := sheets.Own(name, body, base)
	if err != nil || a.body != string(own) {
		t.Errorf("server: %s is not the site's file with %s in it: %v: %s", a.request.target, base, err, excerpt(a.body))
	}
	a.body = string(body)
	return a
}

// compareAddress holds an answer to the server's. The validators are each host's own, and so is what is said of an address
// that leads nowhere, but for the policy; a host where TLS ends promises TLS.
func compareAddress(t *testing.T, want answer, host string, got answer) {
	t.Helper()
	at := want.request.target
	if want.status != got.status || want.body != got.body {
		t.Errorf("%s: %s: %d %s against %d %s", host, at, want.status, excerpt(want.body), got.status, excerpt(got.body))
	}
	if host != "cloudfront" || got.status < 300 || got.status > 399 { // its function's own answers carry no policy
		if promise := got.header.Get(api.TransportSecurity.Name); promise != api.TransportSecurity.Value {
			t.Errorf("%s: %s promises no TLS: %q", host, at, promise)
		}
	}
	names := []string{"Location", "Content-Type"}
	for _, rule := range api.SiteRules() {
		for _, h := range rule.Headers {
			names = append(names, h.Name)
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		ours, theirs := want.header.Get(name), got.header.Get(name)
		switch {
		case want.status == http.StatusNotFound && name == "Cache-Control",
			host == "cloudfront" && want.status == http.StatusTemporaryRedirect && name != "Location":
			continue
		case ours != theirs:
			t.Errorf("%s: %s: %s: %q against %q", host, at, name, ours, cmp.Or(theirs, "nothing"))
		}
	}
}

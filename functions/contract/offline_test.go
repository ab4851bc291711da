package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hourglass/internal/turn"
)

// A keptFile is one that the service worker asks a host for, or the worker's own script: its address, its file, and of a page the digest that it is held to.
type keptFile struct{ address, file, digest string }

var offlineLists = regexp.MustCompile(`,LISTS=(\{.*?\});`)

// keptOffline is the service worker, its lists, and what one language's list names, another language's at each turn; nothing of a site that has none.
func keptOffline(t *testing.T, folder string) []keptFile {
	t.Helper()
	script, err := os.ReadFile(filepath.Join(folder, "sw.js"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	named := offlineLists.FindSubmatch(script)
	if named == nil {
		t.Fatalf("sw.js names no lists: %s", excerpt(string(script)))
	}
	lists := map[string]string{}
	if err := json.Unmarshal(named[1], &lists); err != nil || len(lists) != len(languageFolders(t)) {
		t.Fatalf("%d lists: %v", len(lists), err)
	}
	out := []keptFile{{"/sw.js", "sw.js", ""}}
	for _, file := range slices.Sorted(maps.Values(lists)) {
		out = append(out, keptFile{"/" + file, file, ""})
	}
	for _, language := range turn.Of(t, slices.Sorted(maps.Keys(lists)), 1) {
		var list struct {
			Pages map[string]string
			Files []string
		}
		text, err := os.ReadFile(filepath.Join(folder, lists[language]))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &list); err != nil || len(list.Pages) == 0 || len(list.Files) == 0 {
			t.Fatalf("%s: %d pages, %d files: %v", lists[language], len(list.Pages), len(list.Files), err)
		}
		for page, digest := range list.Pages {
			out = append(out, keptFile{"/" + page, page + "index.html", digest})
		}
		for _, file := range list.Files {
			out = append(out, keptFile{"/" + file, file, ""})
		}
	}
	return out
}

// keptTypes are those without which a browser does not run a script or compile a module, or shows a page as text.
var keptTypes = map[string]string{
	".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml",
}

// compareKept holds an answer to what the service worker takes: the file as it was built, not by way of another address. Otherwise it keeps nothing, and says nothing. The
// script that a browser asks for again must not come out of a cache, or no new version would ever take over. It stands at the root, and
// so needs no Service-Worker-Allowed; its own policy must let it fetch.
func compareKept(t *testing.T, folder string, f keptFile, host string, got answer) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(folder, f.file))
	if err != nil {
		t.Fatal(err)
	}
	if got.status != http.StatusOK || got.body != string(body) {
		t.Errorf("%s: %s: %d and not the site's %s: %s", host, f.address, got.status, f.file, excerpt(got.body))
	}
	if sum := sha256.Sum256([]byte(got.body)); f.digest != "" && f.digest != hex.EncodeToString(sum[:8]) {
		t.Errorf("%s: %s has not the digest that its list says", host, f.address)
	}
	sent := got.header.Get("Content-Type")
	if kind, _, err := mime.ParseMediaType(sent); err != nil || kind != keptTypes[path.Ext(f.file)] {
		t.Errorf("%s: %s is sent as %q", host, f.address, sent)
	}
	caching := "public, max-age=0, must-revalidate"
	if strings.Contains(f.address, "/immutable/") {
		caching = "public, max-age=31536000, immutable"
	}
	if sent := got.header.Get("Cache-Control"); sent != caching {
		t.Errorf("%s: %s: Cache-Control %q for %q", host, f.address, sent, caching)
	}
	policy := got.header.Get("Content-Security-Policy")
	for _, allowed := range []string{"worker-src 'self'", "connect-src 'self'"} {
		if !strings.Contains(policy, allowed) {
			t.Errorf("%s: %s: the policy has no %s: %q", host, f.address, allowed, policy)
		}
	}
}

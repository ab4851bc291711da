package api

import "testing"

func header(path, name string) string {
	for _, h := range SiteHeaders(path) {
		if h.Name == name {
			return h.Value
		}
	}
	return ""
}

// Memory is shared between threads only where page and workers both let in nothing unasked.
func TestCustomersPageIsIsolated(t *testing.T) {
	for _, path := range []string{"/customers/index.html", "/customers/engine-1A2B3C4D.js"} {
		if header(path, "Cross-Origin-Embedder-Policy") != "require-corp" || header(path, "Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s is not isolated", path)
		}
	}
	for _, path := range []string{"/index.html", "/widget.html", "/assets/page-1A2B3C4D.js", "/docs/formulas/customers-value/index.html"} {
		if got := header(path, "Cross-Origin-Embedder-Policy"); got != "" {
			t.Errorf("%s has the embedder policy %q", path, got)
		}
	}
	if got := header("/customers/engine-1A2B3C4D.js", "Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("the worker is kept %q", got)
	}
}

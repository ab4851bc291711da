package api

import (
	"strings"
	"testing"
)

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
	for _, path := range []string{"/customers/index.html", "/de/customers/index.html", "/customers/immutable/engine-1A2B3C4D.js"} {
		if header(path, "Cross-Origin-Embedder-Policy") != "require-corp" || header(path, "Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s is not isolated", path)
		}
	}
	for _, path := range []string{"/index.html", "/sheets/excel/functions.html", "/assets/immutable/page-1A2B3C4D.js", "/docs/formulas/customers-value/index.html"} {
		if got := header(path, "Cross-Origin-Embedder-Policy"); got != "" {
			t.Errorf("%s has the embedder policy %q", path, got)
		}
	}
	if got := header("/customers/immutable/engine-1A2B3C4D.js", "Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("the worker is kept %q", got)
	}
}

// Other sites frame and load the widget's files, and no others.
func TestWidgetIsOpenAndItsConfiguratorIsNot(t *testing.T) {
	for path, open := range map[string]bool{
		"/widget": true, "/widget.html": true, "/embed/v1.js": true, "/embed/v1.json": true, "/embed/immutable/engine-1A2B3C4D.wasm": true, "/sheets/excel/functions.html": true,
		"/embed/": false, "/embed/index.html": false, "/de/embed/index.html": false, "/index.html": false, "/assets/immutable/engine-1A2B3C4D.wasm": false,
	} {
		shared := header(path, "Access-Control-Allow-Origin") == "*" && header(path, "Cross-Origin-Resource-Policy") == "cross-origin" && header(path, "X-Frame-Options") == ""
		if shared != open {
			t.Errorf("%s is open: %v", path, shared)
		}
		// A frame from a file, of Electron or of Capacitor has an ancestor that no list of frame-ancestors lets in, and one of a host that
		// shares memory must let in nothing unasked. Office's script is let in.
		listed, isolated := strings.Contains(header(path, "Content-Security-Policy"), "frame-ancestors"), header(path, "Cross-Origin-Embedder-Policy") != ""
		if listed == open || isolated != (open && !strings.HasPrefix(path, "/sheets/excel/functions")) {
			t.Errorf("%s: frame-ancestors %v, embedder policy %v", path, listed, isolated)
		}
	}
	for path, want := range map[string]string{"/embed/v1.js": "public, max-age=3600", "/embed/": "public, max-age=0, must-revalidate", "/assets/page-1A2B3C4D.js": "public, max-age=0, must-revalidate",
		"/embed/immutable/v1-1A2B3C4D.js": "public, max-age=31536000, immutable", "/widget.html": "public, max-age=0, must-revalidate"} {
		if got := header(path, "Cache-Control"); got != want {
			t.Errorf("%s is kept %q", path, got)
		}
	}
}

package api

import (
	"path"
	"strings"

	"hourglass/functions/api/wire"
)

// A SiteRule gives headers to the addresses of a pattern: * stands for anything, and :language for one part between
// slashes. It is Cloudflare's language for them, so that its file of rules is this table written out.
type SiteRule struct {
	Pattern string
	Headers []wire.Header
}

// How long a browser may keep a file before it asks again.
const (
	revalidated = "public, max-age=0, must-revalidate"
	anHour      = "public, max-age=3600"
	forEver     = "public, max-age=31536000, immutable"
)

// siteRules are the headers of the site's files, which every host of it (the server, the Worker, CloudFront) must send. Of
// the rules that match an address, the last one counts. A folder immutable holds the files whose names hold a hash of
// their content, and no others. The widget's pages and files and those of the spreadsheets may
// be framed and loaded by any page; the page that makes the widget's snippets shares their folder, not their openness.
// The customers page and its workers are isolated, so that they may share memory (in other languages it is
// /de/customers/ and the like).
var siteRules = []SiteRule{
	{"/*", unshared(revalidated)},
	{"/assets/immutable/*", unshared(forEver)},
	{"/widget*", embeddable(revalidated)},
	{"/embed/*", embeddable(anHour)},
	{"/embed/immutable/*", embeddable(forEver)},
	{"/embed/", unshared(revalidated)},
	{"/embed/index.html", unshared(revalidated)},
	{"/sheets/*", embeddable(revalidated)},
	{"/sheets/excel/functions", shared(officeScript, revalidated)},
	{"/sheets/excel/functions.html", shared(officeScript, revalidated)},
	{"/customers/*", isolated(revalidated)},
	{"/customers/immutable/*", isolated(forEver)},
	{"/:language/customers/*", isolated(revalidated)},
	{"/sheets/google/hourglass.gs", append(embeddable(revalidated), wire.Header{Name: "Content-Type", Value: siteTypes[".gs"]})}, // which Cloudflare does not know
}

// officeScript is where the page in which Excel runs the add-in's functions takes Office's own script: only Microsoft
// serves it.
const officeScript = " https://appsforoffice.microsoft.com"

// TransportSecurity promises that a host answers by TLS for a year. Where TLS ends adds it: Cloudflare, CloudFront, and the
// handler for requests that came by TLS.
var TransportSecurity = wire.Header{Name: "Strict-Transport-Security", Value: "max-age=31536000"}

// SiteRules are the rules of the site's headers. They are to be read only.
func SiteRules() []SiteRule { return siteRules }

// SiteHeaders are the headers of an address of the site. They are to be read only.
func SiteHeaders(address string) []wire.Header {
	for i := len(siteRules) - 1; i > 0; i-- {
		if siteRules[i].Matches(address) {
			return siteRules[i].Headers
		}
	}
	return siteRules[0].Headers
}

// Matches tells whether a rule is for an address.
func (r SiteRule) Matches(path string) bool {
	pattern := r.Pattern
	for pattern != "" {
		switch pattern[0] {
		case '*': // always the last
			return true
		case ':':
			slash, end := strings.IndexByte(pattern, '/'), strings.IndexByte(path, '/')
			if end < 1 {
				return false
			}
			pattern, path = pattern[slash:], path[end:]
		default:
			if path == "" || path[0] != pattern[0] {
				return false
			}
			pattern, path = pattern[1:], path[1:]
		}
	}
	return path == ""
}

// unshared are the headers of what no other site may frame or load.
func unshared(caching string) []wire.Header {
	return append(ofAll("", "; frame-ancestors 'none'", "same-origin", caching), wire.Header{Name: "X-Frame-Options", Value: "DENY"})
}

// isolated are those of what may share memory with its workers: browsers allow it to pages that let in nothing from
// another origin unasked.
func isolated(caching string) []wire.Header {
	return append(unshared(caching), wire.Header{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"})
}

// shared are those of what every site may frame and load, with the scripts of one more origin. Nothing is said of frame-ancestors: its * means hosts by http and https,
// and keeps out pages from a file, of Electron and of Capacitor.
func shared(scripts, caching string) []wire.Header {
	return append(ofAll(scripts, "", "cross-origin", caching), wire.Header{Name: "Access-Control-Allow-Origin", Value: "*"})
}

// embeddable are shared for a host that shares memory with its workers: its frames and workers must let in nothing unasked.
func embeddable(caching string) []wire.Header {
	return append(shared("", caching), wire.Header{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"})
}

// ofAll are the headers that every file has. A page loads its own files, runs WebAssembly and workers, and nothing
// else; none runs inline code. The scripts of one other origin may be let in.
func ofAll(scripts, framing, sharing, caching string) []wire.Header {
	return []wire.Header{
		{Name: "Content-Security-Policy", Value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" + scripts + "; style-src 'self'; img-src 'self' data:; " +
			"font-src 'self'; connect-src 'self'" + scripts + "; worker-src 'self'; manifest-src 'self'; frame-src 'self'; " +
			"base-uri 'none'; form-action 'self'" + framing},
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		{Name: "Referrer-Policy", Value: "strict-origin-when-cross-origin"},
		{Name: "Permissions-Policy", Value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
		{Name: "Cross-Origin-Resource-Policy", Value: sharing},
		{Name: "Cache-Control", Value: caching},
	}
}

// siteTypes are the media types of the site, stated here because a machine's own table may lack them.
var siteTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".html": "text/html; charset=utf-8",
	".gs": "text/plain; charset=utf-8", ".ico": "image/x-icon", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".map": "application/json", ".md": "text/markdown; charset=utf-8", ".oxt": "application/vnd.openofficeorg.extension", ".mjs": "text/javascript; charset=utf-8",
	".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
	".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".xml": "application/xml",
	".ods": "application/vnd.oasis.opendocument.spreadsheet", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// SiteType is the media type of a file of the site, by its name.
func SiteType(name string) string {
	if known, ok := siteTypes[path.Ext(name)]; ok {
		return known
	}
	return "application/octet-stream"
}

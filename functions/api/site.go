package api

import "strings"

// SiteHeaders are the headers of a file of the site, by its path: what every host of the site (the server, the Worker,
// CloudFront) must send. The widget's pages and those of the spreadsheets may stand in any frame and their files be
// loaded by any page; everything else may not be framed. No page runs inline code, and none but the one that Excel opens
// loads anything from another origin.
func SiteHeaders(path string) []Header {
	framing, sharing := "frame-ancestors 'none'", "same-origin"
	embedded := Embeddable(path)
	if embedded {
		framing, sharing = "frame-ancestors *", "cross-origin"
	}
	headers := []Header{
		{"Content-Security-Policy", sitePolicy(path) + framing},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", sharing},
		{"Cache-Control", siteCaching(path)},
	}
	if Isolated(path) {
		headers = append(headers, Header{"Cross-Origin-Embedder-Policy", "require-corp"})
	}
	if embedded {
		return append(headers, Header{"Access-Control-Allow-Origin", "*"})
	}
	return append(headers, Header{"X-Frame-Options", "DENY"})
}

// officePage is where Excel runs the add-in's functions; it needs Office's own script, which only Microsoft serves.
const (
	officePage   = "/sheets/excel/functions.html"
	officeScript = " https://appsforoffice.microsoft.com"
)

// sitePolicy lets a page load its own files, run WebAssembly and workers, and nothing else.
func sitePolicy(path string) string {
	office := ""
	if path == officePage {
		office = officeScript
	}
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" + office + "; style-src 'self'; img-src 'self' data:; " +
		"font-src 'self'; connect-src 'self'" + office + "; worker-src 'self'; manifest-src 'self'; frame-src 'self'; " +
		"base-uri 'none'; form-action 'self'; "
}

// Embeddable tells whether a path belongs to the widget or to a spreadsheet's functions, which other sites load or frame.
// The page that makes snippets shares the widget's folder, not its openness.
func Embeddable(path string) bool {
	configurator := path == "/embed/" || path == "/embed/index.html"
	return strings.HasPrefix(path, "/widget") || strings.HasPrefix(path, "/embed/") && !configurator || strings.HasPrefix(path, "/sheets/")
}

// Isolated tells whether a path belongs to the customers page, whose workers share memory with it so that a long step
// can be cancelled: browsers allow that to pages which let in nothing from another origin unasked. In other languages it
// is /de/customers/ and the like.
func Isolated(path string) bool { return strings.Contains(path, "/customers/") }

// siteCaching keeps a file whose name holds a hash of its content for ever, and asks again for the others.
func siteCaching(path string) string {
	switch {
	case Hashed(path):
		return "public, max-age=31536000, immutable"
	case strings.HasPrefix(path, "/embed/"):
		return "public, max-age=3600"
	}
	return "public, max-age=0, must-revalidate"
}

// Hashed tells whether a file's name holds a hash of its content: name-1A2B3C4D.js, name.1a2b3c4d.wasm.
func Hashed(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == '-' })
	for i := 1; i < len(parts)-1; i++ {
		if hash(parts[i]) {
			return true
		}
	}
	return false
}

// hash tells whether a part of a name looks like a hash: eight characters or more of one case, with a digit. esbuild
// writes eight of base 32 in capitals.
func hash(part string) bool {
	if len(part) < 8 {
		return false
	}
	digits := 0
	for i := range len(part) {
		switch c := part[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return digits > 0 || strings.ToUpper(part) == part
}

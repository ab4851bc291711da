package api

import (
	"slices"
	"strings"

	"hourglass/functions/api/wire"
)

// Headers that many answers share.
var (
	// An answer depends on the request and the engine's version alone, so that it may be kept for a while and shown
	// stale while a newer engine's is fetched.
	forAnHour = wire.Header{Name: "Cache-Control", Value: "public, max-age=3600, stale-while-revalidate=86400"}
)

// common is on every answer. The API serves anybody's page: it has no cookies and nothing secret to protect.
var common = []wire.Header{
	{Name: "Engine-Version", Value: Version},
	{Name: "Access-Control-Allow-Origin", Value: "*"},
	{Name: "Access-Control-Expose-Headers", Value: "ETag, Engine-Version, X-Request-Id, Link, Allow, Retry-After, Rows-Failed, Result-Warnings, Deprecation, Sunset"},
	{Name: "X-Content-Type-Options", Value: "nosniff"},
	{Name: "Content-Security-Policy", Value: "default-src 'none'; frame-ancestors 'none'"},
	{Name: "Cross-Origin-Resource-Policy", Value: "cross-origin"},
	{Name: "Referrer-Policy", Value: "no-referrer"},
}

// preflight answers OPTIONS, so that a browser may ask once a day what it may send.
func preflight(allow string) Response {
	return Response{Status: 204, Header: []wire.Header{
		{Name: "Allow", Value: allow},
		{Name: "Access-Control-Allow-Methods", Value: allow},
		{Name: "Access-Control-Allow-Headers", Value: "Accept, Authorization, Content-Type, Content-Encoding, If-None-Match, X-API-Key, X-Request-Id, " +
			"MCP-Protocol-Version, MCP-Session-Id, Mcp-Method, Mcp-Name, Last-Event-ID"},
		{Name: "Access-Control-Max-Age", Value: "86400"},
		{Name: "Cache-Control", Value: "public, max-age=86400"},
	}}
}

// finish adds what every answer carries. What a client asked for by TLS it is told to ask for by TLS only.
func (x *exchange) finish(answer Response) Response {
	headers := make([]wire.Header, 0, len(answer.Header)+len(common)+2)
	headers = append(append(append(headers, answer.Header...), common...), departing(&answer)...)
	if id := x.requestID(); id != "" && !slices.Contains(answer.Header, forAnHour) { // a shared cache would give it to others
		headers = append(headers, wire.Header{Name: "X-Request-Id", Value: id})
	}
	if x.header("X-Forwarded-Proto") == "https" {
		headers = append(headers, TransportSecurity)
	}
	if x.Handler != nil && len(x.keys) > 0 {
		headers = private(headers)
	}
	answer.Header = headers
	answer.Panicked = answer.Panicked || x.panicked
	return answer
}

// requestID is the client's, where it is fit to be repeated in a header, or the adapter's.
func (x *exchange) requestID() string {
	id := x.header("X-Request-Id")
	if id == "" || len(id) > 128 {
		return x.ID
	}
	for i := range len(id) {
		if c := id[i]; !letterOrDigit(c) && !strings.ContainsRune("-_.:/+=", rune(c)) {
			return x.ID
		}
	}
	return id
}

func letterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// cacheable adds a strong validator to the answer to a GET, and leaves its body out where the client has it.
func (x *exchange) cacheable(answer Response) Response {
	return x.tagged(answer, entityTag(answer.Body))
}

// tagged is cacheable for an answer whose validator is known.
func (x *exchange) tagged(answer Response, tag string) Response {
	matched := matches(x.header("If-None-Match"), tag)
	if matched == "" {
		answer.Header = append(answer.Header, wire.Header{Name: "ETag", Value: tag}, forAnHour)
		return answer
	}
	kept := []wire.Header{{Name: "ETag", Value: matched}, forAnHour}
	for _, h := range answer.Header {
		if h.Name == "Vary" || h.Name == "Link" {
			kept = append(kept, h)
		}
	}
	return Response{Status: 304, Header: kept}
}

// entityTag is a quoted FNV-1a hash of a body: it tells versions of one answer apart, nobody gains by a collision.
func entityTag(body []byte) string {
	h := uint64(14695981039346656037)
	for _, c := range body {
		h = (h ^ uint64(c)) * 1099511628211
	}
	const hex = "0123456789abcdef"
	tag := [18]byte{0: '"', 17: '"'}
	for i := 16; i > 0; i-- {
		tag[i] = hex[h&15]
		h >>= 4
	}
	return string(tag[:])
}

// matches returns the tag of an If-None-Match list that stands for this body: the tag itself or, where an adapter
// sent it compressed, the tag with the coding's name before its last quote (TaggedFor).
func matches(list, tag string) string {
	if strings.TrimSpace(list) == "*" {
		return tag
	}
	for candidate := range strings.SplitSeq(list, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == tag || candidate == TaggedFor(tag, "gzip") || candidate == TaggedFor(tag, "br") {
			return candidate
		}
	}
	return ""
}

// TaggedFor is the entity tag of a body that an adapter compressed: strong tags differ by coding.
func TaggedFor(tag, coding string) string {
	return strings.TrimSuffix(tag, `"`) + "-" + coding + `"`
}

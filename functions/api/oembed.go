package api

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"hourglass/functions/api/wire"
)

// oEmbed (https://oembed.com) tells a site that was given the address of a calculation how to show it: as a frame with
// the widget, with the same figures.

// The size of the frame where the site names no limit. The widget tells the page around how high it is; a site that
// does not listen gives it this.
const (
	oembedWidth  = 720
	oembedHeight = 620
)

// pageless are the scenarios of the site whose page is not named like their calculation.
var pageless = map[string]string{
	"rare-purchases": "repeat-purchase", "integrations": "adoption", "community": "adoption", "control-group": "adoption",
}

// oembed answers GET /oembed?url=...&maxwidth=...&maxheight=...&format=json.
func (x *exchange) oembed() Response {
	list, bad := wire.Parameters(x.Query)
	if bad != nil {
		return x.problem(*bad)
	}
	given := map[string]string{}
	for _, p := range list {
		given[p.Name] = p.Value
	}
	if format := given["format"]; format != "" && format != "json" {
		return x.problem(wire.Problem{Kind: wire.OembedFormat, Detail: "There is no " + wire.Quoted(format) + ": ask for json."})
	}
	width, ok1 := limited(oembedWidth, given["maxwidth"])
	height, ok2 := limited(oembedHeight, given["maxheight"])
	if !ok1 || !ok2 {
		return x.problem(wire.Problem{Kind: wire.MalformedQuery, Detail: "maxwidth and maxheight are whole numbers of pixels, from 1."})
	}
	shown, ok := x.embedded(given["url"])
	if !ok {
		return x.problem(wire.Problem{Kind: wire.UnknownAddress, Detail: "url must be the address of a calculation here, such as " + x.origin() + "/subscription/."})
	}
	frame := `<iframe src="` + html.EscapeString(shown.address) + `" title="` + html.EscapeString(shown.title) + `" width="` + strconv.Itoa(width) +
		`" height="` + strconv.Itoa(height) + `" frameborder="0" loading="lazy"></iframe>`
	body := append([]byte(nil), `{"version":"1.0","type":"rich","provider_name":"Hourglass","provider_url":`...)
	body = wire.AppendText(body, x.origin()+"/")
	body = append(body, `,"title":`...)
	body = wire.AppendText(body, shown.title)
	body = append(body, `,"cache_age":86400,"width":`...)
	body = strconv.AppendInt(body, int64(width), 10)
	body = append(body, `,"height":`...)
	body = strconv.AppendInt(body, int64(height), 10)
	body = append(body, `,"html":`...)
	body = append(wire.AppendText(body, frame), '}')
	// The answer names the host that was asked, so that no cache between may keep it.
	return Response{Status: 200, Body: body, Header: []wire.Header{wire.JSONType, wire.NoStore}}
}

// limited is a size within the limit that is given, if any is.
func limited(size int, limit string) (int, bool) {
	if limit == "" {
		return size, true
	}
	n, err := strconv.Atoi(limit)
	return min(size, n), err == nil && n > 0
}

// A calculation as it is embedded.
type embed struct{ address, title string }

// embedded is the widget's address for that of a page; ok is false for what is no page of this site. An address without
// a host is one of this site: its pages, which do not know where they are served, name themselves so.
func (x *exchange) embedded(page string) (e embed, ok bool) {
	at, err := url.Parse(page)
	if err != nil || page == "" {
		return e, false
	}
	if at.Host != "" && (at.Host != x.host() || at.Scheme != "https" && at.Scheme != "http") || at.Host == "" && at.Scheme != "" {
		return e, false
	}
	figures := at.Query()
	kind, language := pageOf(at.Path)
	if kind == "widget" || kind == "widget.html" {
		kind = figures.Get("kind")
	}
	if kind == "" {
		kind = "subscription"
	}
	c := x.find(kind)
	if c == nil {
		c = x.find(pageless[kind])
	}
	if c == nil || strings.Contains(kind, "/") {
		return e, false
	}
	figures.Set("kind", kind)
	if language != "" {
		figures.Set("lang", language)
	}
	return embed{x.origin() + "/widget.html?" + figures.Encode(), c.Title}, true
}

// pageOf reads a path like /de/subscription/: the calculation's page and the language, either of them empty for the first.
func pageOf(path string) (page, language string) {
	page = strings.Trim(path, "/")
	for _, tag := range pageLanguages {
		if folder, rest, _ := strings.Cut(page, "/"); strings.EqualFold(folder, tag) {
			return rest, tag
		}
	}
	return page, ""
}

// host is where the client thinks it is: what stands before this server says so, or the request itself.
func (x *exchange) host() string {
	if host := x.header("X-Forwarded-Host"); host != "" {
		return host
	}
	return x.header("Host")
}

// origin is the site's, as a client writes it.
func (x *exchange) origin() string {
	name, _, _ := strings.Cut(x.host(), ":")
	if name == "localhost" || name == "127.0.0.1" {
		return "http://" + x.host()
	}
	return "https://" + x.host()
}

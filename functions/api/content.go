package api

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"hourglass/functions/api/wire"
)

// content is the body of a POST, unpacked, and whether it is a form. What curl -d sends is called a form and is JSON
// all the same.
func (x *exchange) content() (body []byte, form bool, bad *wire.Problem) {
	mediaType, params, _ := strings.Cut(x.header("Content-Type"), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	switch {
	case mediaType == "", mediaType == "text/plain", mediaType == "application/json", strings.HasSuffix(mediaType, "+json"):
	case mediaType == "application/x-www-form-urlencoded":
		form = true
	default:
		return nil, false, &wire.Problem{
			Kind:    wire.UnsupportedType,
			Detail:  "A body is JSON, not " + wire.Quoted(mediaType) + ". Send Content-Type: application/json.",
			Headers: []wire.Header{{Name: "Accept-Post", Value: "application/json, application/x-www-form-urlencoded"}},
		}
	}
	if !utf8Charset(params) {
		return nil, false, &wire.Problem{Kind: wire.UnsupportedType, Detail: "A body is in UTF-8. Send Content-Type: application/json."}
	}
	if body, bad = x.unpacked(); bad != nil {
		return nil, false, bad
	}
	body = bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF")) // a byte order mark, from a spreadsheet
	if wire.ShapeOf(body).Depth > wire.MaxDepth {
		return nil, false, wire.TooDeep()
	}
	return body, form && isForm(body), nil
}

// isForm tells whether what is called a form is one: names with values.
func isForm(body []byte) bool {
	first := bytes.TrimLeft(body, " \t\r\n")
	return bytes.IndexByte(first, '=') > 0 && !wire.Wide(body) && first[0] != '{' && first[0] != '[' && first[0] != '"'
}

// utf8Charset tells whether a content type's parameters name no other charset than UTF-8.
func utf8Charset(params string) bool {
	for part := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if strings.EqualFold(name, "charset") {
			value = strings.Trim(value, `"`)
			return strings.EqualFold(value, "utf-8") || strings.EqualFold(value, "utf8") || strings.EqualFold(value, "us-ascii")
		}
	}
	return true
}

// unpacked undoes the Content-Encoding of a body, which a warehouse may compress.
func (x *exchange) unpacked() ([]byte, *wire.Problem) {
	coding := strings.ToLower(strings.TrimSpace(x.header("Content-Encoding")))
	switch coding {
	case "", "identity":
		return x.Body, nil
	case "gzip", "x-gzip":
	default:
		return nil, &wire.Problem{
			Kind:    wire.UnsupportedType,
			Detail:  wire.BodyCoding.Say(wire.Quoted(coding)),
			Headers: []wire.Header{{Name: "Accept-Encoding", Value: "gzip"}},
		}
	}
	packed, err := gzip.NewReader(bytes.NewReader(x.Body))
	if err != nil {
		return nil, &wire.Problem{Kind: wire.MalformedJSON, Detail: "The body is not the gzip that Content-Encoding says it is."}
	}
	body, err := io.ReadAll(io.LimitReader(packed, MaxBody+1))
	switch {
	case err != nil:
		return nil, &wire.Problem{Kind: wire.MalformedJSON, Detail: "The body is not the gzip that Content-Encoding says it is."}
	case len(body) > MaxBody:
		return nil, &wire.Problem{Kind: wire.BodyTooLarge, Detail: "A body may have 5242880 bytes (5 MiB) once it is unpacked. Send the rows in several requests."}
	}
	return body, nil
}

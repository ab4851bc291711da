package api

import (
	"bytes"
	"slices"
	"strings"

	"hourglass/core/notice"
	"hourglass/functions/api/wire"
)

// A departure is something that goes away from /v1. An answer that depended on it says so in its headers, for six months at least
// (docs/api-guide.md).
type departure struct {
	told  notice.Code // the warning of answers that depended on it
	since string      // when it was announced, as seconds of Unix behind an @ (RFC 9745)
	gone  string      // from when on it is not there any more, as a date of HTTP (RFC 8594)
}

var departures = []departure{
	// Old names of fields: announced on 2026-11-29.
	{notice.Renamed, "@1795910400", "Wed, 30 Jun 2027 00:00:00 GMT"},
}

// departing are the headers of an answer that depended on what goes away. Warnings stand in the body, or in a header beside a table.
func departing(answer *Response) []wire.Header {
	for _, d := range departures {
		name := d.told.String()
		inHeader := slices.ContainsFunc(answer.Header, func(h wire.Header) bool { return h.Name == "Result-Warnings" && strings.Contains(h.Value, name) })
		if inHeader || bytes.Contains(answer.Body, []byte(`"code":"`+name+`"`)) || bytes.Contains(answer.Body, []byte("<code>"+name+"</code>")) {
			return []wire.Header{{Name: "Deprecation", Value: d.since}, {Name: "Sunset", Value: d.gone}}
		}
	}
	return nil
}

package main

import (
	"net/url"
	"strings"

	"hourglass/functions/api"
)

// An event is what the API wants of an HTTP event, in either of the formats that AWS has: payload format 2.0 (Function URLs
// and HTTP APIs) and 1.0 (REST APIs). The library's own types take twice as long to decode, for fields that nobody reads.
type event struct {
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Encoded bool              `json:"isBase64Encoded"`
	Context struct {
		RequestID string `json:"requestId"`
		Stage     string `json:"stage"`
		HTTP      struct {
			Method string `json:"method"`
		} `json:"http"` // of 2.0
	} `json:"requestContext"`

	// Payload format 2.0.
	RawPath  string `json:"rawPath"`
	RawQuery string `json:"rawQueryString"`

	// Payload format 1.0: values decoded, names of headers as the client wrote them.
	Method      string              `json:"httpMethod"`
	Path        string              `json:"path"`
	Query       map[string]string   `json:"queryStringParameters"`
	Queries     map[string][]string `json:"multiValueQueryStringParameters"`
	ManyHeaders map[string][]string `json:"multiValueHeaders"`
}

// isHTTP tells an HTTP event from others.
func (e *event) isHTTP() bool { return e.method() != "" }

// rest tells whether the event is of format 1.0, whose gateway takes an answer's base64 for text unless it is told.
func (e *event) rest() bool { return e.Context.HTTP.Method == "" }

func (e *event) method() string {
	if e.rest() {
		return e.Method
	}
	return e.Context.HTTP.Method
}

// path is the API's own: without the stage that an HTTP API puts before it, or the base path of a custom domain.
func (e *event) path() string {
	path := e.RawPath
	if e.rest() {
		path = e.Path
	}
	if decoded, err := url.PathUnescape(path); err == nil && !e.rest() {
		path = decoded
	}
	if e.Context.Stage != "" && e.Context.Stage != "$default" {
		if own, ok := strings.CutPrefix(path, "/"+e.Context.Stage); ok && (own == "" || own[0] == '/') {
			path = own
		}
	}
	if !api.Owns(path) && len(path) > 1 {
		if slash := strings.IndexByte(path[1:], '/'); slash >= 0 && api.Owns(path[1+slash:]) {
			path = path[1+slash:]
		}
	}
	return path
}

// query is the raw query.
func (e *event) query() string {
	if !e.rest() {
		return e.RawQuery
	}
	values := url.Values(e.Queries)
	if values == nil {
		values = url.Values{}
		for name, value := range e.Query {
			values.Set(name, value)
		}
	}
	return values.Encode()
}

// header is a header by its name in any case.
func (e *event) header(name string) string {
	for other, values := range e.ManyHeaders {
		if strings.EqualFold(other, name) {
			return strings.Join(values, ", ")
		}
	}
	if value, ok := e.Headers[strings.ToLower(name)]; ok {
		return value
	}
	for other, value := range e.Headers {
		if strings.EqualFold(other, name) {
			return value
		}
	}
	return ""
}

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"hourglass/functions/api"
)

const (
	// gzipFrom is the size from which an answer is compressed: below, the frame costs as much as it saves.
	gzipFrom = 1400
	// maxPayload is what Lambda takes as an answer: 6 MB, of which some are left for the headers.
	maxPayload = 6<<20 - 64<<10
)

// A request is what the API wants of an event in payload format 2.0: the library's own type takes twice as long to
// decode, for fields that nobody reads.
type request struct {
	Path    string            `json:"rawPath"`
	Query   string            `json:"rawQueryString"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Encoded bool              `json:"isBase64Encoded"`
	Context struct {
		RequestID string `json:"requestId"`
		HTTP      struct {
			Method string `json:"method"`
		} `json:"http"`
	} `json:"requestContext"`
}

// http answers an event of a Function URL or an HTTP API, which are alike.
func (f function) http(e *request) events.LambdaFunctionURLResponse {
	body := []byte(e.Body)
	if e.Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(e.Body); err != nil {
			return refusal(400, "malformed-json", "The body is not JSON", "The body is not the base64 that the event says it is.")
		}
	}
	path := e.Path
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	answer := f.handler.Handle(api.Request{
		Method: e.Context.HTTP.Method, Path: path, Query: e.Query, Body: body, ID: e.Context.RequestID,
		Header: func(name string) string { return e.Headers[strings.ToLower(name)] },
	})
	return responseOf(answer, takesGzip(e.Headers["accept-encoding"]))
}

// responseOf is the answer in payload format 2.0, compressed where that pays: a Function URL does not do it.
func responseOf(answer api.Response, compress bool) events.LambdaFunctionURLResponse {
	response := events.LambdaFunctionURLResponse{StatusCode: answer.Status, Headers: map[string]string{}}
	for _, h := range answer.Header {
		if before, repeated := response.Headers[h.Name]; repeated {
			h.Value = before + ", " + h.Value
		}
		response.Headers[h.Name] = h.Value
	}
	response.Body = string(answer.Body)
	if len(answer.Body) >= gzipFrom {
		vary(response.Headers)
		if compress {
			packed(&response, answer.Body)
		}
	}
	if len(response.Body) > maxPayload {
		return refusal(413, "too-large", "Too much at once", "An answer may have "+strconv.Itoa(maxPayload)+
			" bytes on this deployment. Send the rows in several requests, or pick results with field=.")
	}
	return response
}

// takesGzip tells whether an Accept-Encoding header names gzip with a weight above nothing.
func takesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) == "gzip" {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}

func vary(headers map[string]string) {
	if before := headers["Vary"]; before != "" {
		headers["Vary"] = before + ", Accept-Encoding"
		return
	}
	headers["Vary"] = "Accept-Encoding"
}

// packed makes the response one in gzip, under an entity tag of its own.
func packed(response *events.LambdaFunctionURLResponse, body []byte) {
	var buffer bytes.Buffer
	packer, _ := gzip.NewWriterLevel(&buffer, gzip.BestSpeed) // the level exists
	_, _ = packer.Write(body)
	_ = packer.Close() // a buffer takes everything
	response.Body, response.IsBase64Encoded = base64.StdEncoding.EncodeToString(buffer.Bytes()), true
	response.Headers["Content-Encoding"] = "gzip"
	if tag := response.Headers["ETag"]; tag != "" {
		response.Headers["ETag"] = api.TaggedFor(tag, "gzip")
	}
}

// refusal is a problem of the platform in the API's form.
func refusal(status int, slug, title, detail string) events.LambdaFunctionURLResponse {
	return events.LambdaFunctionURLResponse{
		StatusCode: status,
		Headers:    map[string]string{"Content-Type": "application/problem+json", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"},
		Body:       `{"type":"/v1/problems/` + slug + `","title":"` + title + `","status":` + strconv.Itoa(status) + `,"detail":"` + detail + `"}`,
	}
}

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
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

var errNotHTTP = errors.New("the event is neither HTTP in payload format 2.0 nor a Redshift UDF call")

// http answers an event of a Function URL or an HTTP API, which are alike.
func (f function) http(event []byte) ([]byte, error) {
	var e events.LambdaFunctionURLRequest
	if err := json.Unmarshal(event, &e); err != nil || e.RequestContext.HTTP.Method == "" {
		return nil, errNotHTTP
	}
	request, err := requestOf(&e)
	if err != nil {
		return json.Marshal(refusal(400, "malformed-json", "The body is not JSON", "The body is not the base64 that the event says it is."))
	}
	answer := f.handler.Handle(request)
	return json.Marshal(responseOf(answer, strings.Contains(e.Headers["accept-encoding"], "gzip")))
}

func requestOf(e *events.LambdaFunctionURLRequest) (api.Request, error) {
	body := []byte(e.Body)
	if e.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(e.Body); err != nil {
			return api.Request{}, err
		}
	}
	path := e.RawPath
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	return api.Request{
		Method: e.RequestContext.HTTP.Method, Path: path, Query: e.RawQueryString, Body: body, ID: e.RequestContext.RequestID,
		Header: func(name string) string { return e.Headers[strings.ToLower(name)] },
	}, nil
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

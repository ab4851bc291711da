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
		return nil, err
	}
	answer := f.handler.Handle(request)
	return json.Marshal(responseOf(answer, strings.Contains(e.Headers["accept-encoding"], "gzip")))
}

func requestOf(e *events.LambdaFunctionURLRequest) (api.Request, error) {
	body := []byte(e.Body)
	if e.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(e.Body); err != nil {
			return api.Request{}, errNotHTTP
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
		return tooLarge()
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

// tooLarge says in the API's words what Lambda would answer as a fault of the function.
func tooLarge() events.LambdaFunctionURLResponse {
	return events.LambdaFunctionURLResponse{
		StatusCode: 413,
		Headers:    map[string]string{"Content-Type": "application/problem+json", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"},
		Body: `{"type":"/v1/problems/too-large","title":"Too much at once","status":413,"detail":"An answer may have ` +
			strconv.Itoa(maxPayload) + ` bytes on this deployment. Send the rows in several requests, or pick results with field=."}`,
	}
}

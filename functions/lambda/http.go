package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"hourglass/functions/api"
)

const (
	// gzipFrom is the size from which an answer is compressed: below, the frame costs as much as it saves.
	gzipFrom = 1400
	// maxPayload is what Lambda takes as an answer: 6 MB, of which some are left for the headers.
	maxPayload = 6<<20 - 64<<10
)

// http answers an HTTP event.
func (f function) http(ctx context.Context, e *event) events.LambdaFunctionURLResponse {
	body := []byte(e.Body)
	if e.Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(e.Body); err != nil {
			return responseOf(api.Refusal(400, "The body is not the base64 that the event says it is."), "GET", false)
		}
	}
	answer := f.handler.Handle(api.Request{
		Method: e.method(), Path: e.path(), Query: e.query(), Body: body, ID: e.Context.RequestID, Header: e.header,
		Done: ctx.Done(), Work: left(ctx),
	})
	return responseOf(answer, e.method(), !e.rest() && takesGzip(e.header("Accept-Encoding")))
}

// wholeCore is the memory, in MB, from which AWS gives a function a whole core.
const wholeCore = 1769

// left is what a request may cost in the time that the function has left, a second of it kept for the answer, at its part of
// a core; 0 where there is no end.
func left(ctx context.Context) float64 {
	deadline, ok := ctx.Deadline()
	if !ok {
		return 0
	}
	share := 1.0
	if memory, err := strconv.ParseFloat(os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), 64); err == nil {
		share = min(1, memory/wholeCore)
	}
	return max(1, float64((time.Until(deadline)-time.Second).Microseconds())*share)
}

// responseOf is the answer to a method in the form that both formats take, compressed where that pays: a Function URL does
// not do it.
func responseOf(answer api.Response, method string, compress bool) events.LambdaFunctionURLResponse {
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
			packed(&response, answer)
		}
	}
	if len(response.Body) > maxPayload {
		return responseOf(api.Refusal(413, "An answer may have "+strconv.Itoa(maxPayload)+
			" bytes on this deployment. Send the rows in several requests, or pick results with field=."), method, false)
	}
	if method == "HEAD" {
		length := len(response.Body)
		if response.IsBase64Encoded {
			length = base64.StdEncoding.DecodedLen(length) - strings.Count(response.Body[max(0, length-2):], "=")
		}
		if !answer.Unsized {
			response.Headers["Content-Length"] = strconv.Itoa(length)
		}
		response.Body, response.IsBase64Encoded = "", false
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
func packed(response *events.LambdaFunctionURLResponse, answer api.Response) {
	if answer.Packed == nil {
		var buffer bytes.Buffer
		packer, _ := gzip.NewWriterLevel(&buffer, gzip.BestSpeed) // the level exists
		_, _ = packer.Write(answer.Body)
		_ = packer.Close() // a buffer takes everything
		answer.Packed = buffer.Bytes()
	}
	response.Body, response.IsBase64Encoded = base64.StdEncoding.EncodeToString(answer.Packed), true
	response.Headers["Content-Encoding"] = "gzip"
	if tag := response.Headers["ETag"]; tag != "" {
		response.Headers["ETag"] = api.TaggedFor(tag, "gzip")
	}
}

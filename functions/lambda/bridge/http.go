package bridge

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// maxEvent is the largest event that Lambda takes.
const maxEvent = 6 << 20

// ServeHTTP answers a request as the function's URL would.
func (b *Bridge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxEvent+1))
	if err != nil {
		http.Error(w, `{"Message":"Bad Request"}`, http.StatusBadRequest)
		return
	}
	event, err := json.Marshal(eventOf(r, body))
	if err != nil || len(event) > maxEvent {
		w.Header().Set("Connection", "close")
		http.Error(w, `{"Message":"Request Entity Too Large"}`, http.StatusRequestEntityTooLarge)
		return
	}
	answer, err := b.Invoke(r.Context(), event)
	if err != nil {
		http.Error(w, `{"Message":"Internal Server Error"}`, http.StatusBadGateway)
		return
	}
	write(w, answer)
}

// eventOf is a request as an event. A body that is not text goes as base64, and so does every other type than the few
// that Lambda takes for text.
func eventOf(r *http.Request, body []byte) events.LambdaFunctionURLRequest {
	headers := map[string]string{"host": r.Host}
	for name, values := range r.Header {
		headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	now := time.Now()
	e := events.LambdaFunctionURLRequest{
		Version: "2.0", RawPath: r.URL.EscapedPath(), RawQueryString: r.URL.RawQuery, Headers: headers,
		RequestContext: events.LambdaFunctionURLRequestContext{
			RequestID: requestID(int(now.UnixNano() % 1e12)), Time: now.UTC().Format("02/Jan/2006:15:04:05 -0700"), TimeEpoch: now.UnixMilli(),
			HTTP: events.LambdaFunctionURLRequestContextHTTPDescription{Method: r.Method, Path: r.URL.Path, Protocol: r.Proto, UserAgent: r.UserAgent()},
		},
	}
	if e.IsBase64Encoded = len(body) > 0 && !(text(r.Header) && utf8.Valid(body)); e.IsBase64Encoded {
		e.Body = base64.StdEncoding.EncodeToString(body)
	} else {
		e.Body = string(body)
	}
	return e
}

func text(h http.Header) bool {
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	return h.Get("Content-Encoding") == "" && (strings.HasPrefix(kind, "text/") || kind == "application/json" || kind == "application/xml")
}

// write sends the function's answer.
func write(w http.ResponseWriter, answer []byte) {
	var response events.LambdaFunctionURLResponse
	if err := json.Unmarshal(answer, &response); err != nil || response.StatusCode == 0 {
		http.Error(w, `{"Message":"Internal Server Error"}`, http.StatusBadGateway)
		return
	}
	body := []byte(response.Body)
	if response.IsBase64Encoded {
		body, _ = base64.StdEncoding.DecodeString(response.Body)
	}
	for name, value := range response.Headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(body)
}

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hourglass/functions/api"
)

const (
	input  = `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`
	target = "/v1/subscription?price=100&period=month&gross_margin=0.8&churn_rate=0.05"
)

// start serves the API and a site of a few files on a port of its own.
func start(t testing.TB) (base string, folder string) {
	folder = t.TempDir()
	for name, body := range map[string]string{
		"index.html": "<!doctype html><title>Home</title>", "404.html": "<!doctype html><title>Nothing here</title>",
		"docs/index.html": "docs", "about.html": "about", "assets/immutable/app-1A2B3C4D.js": "let a", "assets/immutable/app-1A2B3C4D.js.br": "brotli", "assets/immutable/app-1A2B3C4D.js.gz": "gzip", "_headers": "no",
		"engine.wasm": "\x00asm", "engine.mjs": "export {}", "widget.html": "widget", "sheets/excel/functions.html": "f", "sheets/excel/other.html": "o", "embed/v1.js": "let w", ".secret": "no",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server, err := newServer(folder, api.Options{TestPanic: true})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(nil)
	s.Config = server
	s.Listener = problems{s.Listener}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL, folder
}

var plain = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// fetch sends a request and reads the answer; headers are names and values in turn.
func fetch(t testing.TB, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer, err := plain.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

// TestCurl runs the two calls that the project was asked for, as curl sends them, and the spreadsheet's.
func TestCurl(t *testing.T) {
	base, _ := start(t)
	var result struct {
		CLV, Uplift float64
		MonthlyCLV  float64 `json:"monthly_clv"`
		AnnualCLV   float64 `json:"annual_clv"`
	}
	_, text := fetch(t, "POST", base+"/v1/subscription", input, "Content-Type", "application/x-www-form-urlencoded", "User-Agent", "curl/8", "Accept", "*/*")
	if err := json.Unmarshal([]byte(text), &result); err != nil || result.CLV < 1600-1e-9 || result.CLV > 1600+1e-9 {
		t.Errorf("%v %s", err, text)
	}
	_, text = fetch(t, "GET", base+"/v1/annual-plan?monthly_price=100&gross_margin=1&average_months=7&plan_discount=0.25&annual_renewal_rate=0", "")
	if err := json.Unmarshal([]byte(text), &result); err != nil || result.MonthlyCLV != 700 || result.AnnualCLV != 900 || result.Uplift != 200 {
		t.Errorf("%v %s", err, text)
	}
	if _, text = fetch(t, "GET", base+target+"&format=value&field=clv", ""); text != "1600" {
		t.Errorf("value %q", text)
	}
}

func TestCompression(t *testing.T) {
	base, _ := start(t)
	whole, text := fetch(t, "GET", base+target, "")
	packed, body := fetch(t, "GET", base+target, "", "Accept-Encoding", "br;q=0.5, gzip")
	unpacker, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, _ := io.ReadAll(unpacker); string(unpacked) != text || packed.Header.Get("Content-Encoding") != "gzip" || len(body) >= len(text) {
		t.Error("gzip differs")
	}
	if tag := packed.Header.Get("ETag"); tag == whole.Header.Get("ETag") {
		t.Error("two codings share a strong ETag")
	} else if again, _ := fetch(t, "GET", base+target, "", "Accept-Encoding", "gzip", "If-None-Match", tag); again.StatusCode != 304 || again.Header.Get("ETag") != tag {
		t.Errorf("revalidated: %d %s", again.StatusCode, again.Header.Get("ETag"))
	}
	for _, refused := range []string{"gzip;q=0", "br", ""} {
		if r, _ := fetch(t, "GET", base+target, "", "Accept-Encoding", refused); r.Header.Get("Content-Encoding") != "" {
			t.Errorf("%q is answered with gzip", refused)
		}
	}
	if r, _ := fetch(t, "GET", base+"/healthz", "", "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
	if vary := whole.Header.Values("Vary"); strings.Join(vary, ", ") != "Accept, Accept-Encoding" {
		t.Errorf("Vary %v", vary)
	}
}

func TestHeadAndOptions(t *testing.T) {
	base, _ := start(t)
	get, text := fetch(t, "GET", base+target, "")
	head, body := fetch(t, "HEAD", base+target, "")
	// Of a calculation it says only what takes no calculation.
	if head.StatusCode != 200 || body != "" || head.ContentLength != -1 || head.Header.Get("ETag") != "" || head.Header.Get("Content-Type") != get.Header.Get("Content-Type") || text == "" {
		t.Errorf("HEAD %d %d %v", head.StatusCode, head.ContentLength, head.Header)
	}
	get, text = fetch(t, "GET", base+"/v1", "")
	if head, body := fetch(t, "HEAD", base+"/v1", ""); head.StatusCode != 200 || body != "" || head.ContentLength != int64(len(text)) || head.Header.Get("ETag") != get.Header.Get("ETag") {
		t.Errorf("HEAD /v1 %d %d", head.StatusCode, head.ContentLength)
	}
	if r, _ := fetch(t, "OPTIONS", base+"/v1/average", "", "Origin", "https://example.com", "Access-Control-Request-Method", "POST"); r.StatusCode != 204 || r.Header.Get("Access-Control-Max-Age") == "" {
		t.Errorf("OPTIONS %d %v", r.StatusCode, r.Header)
	}
	if r, _ := fetch(t, "POST", base+"/v1/subscription", input); len(r.Header.Get("X-Request-Id")) != 24 {
		t.Errorf("request id %q", r.Header.Get("X-Request-Id"))
	}
	if r, _ := fetch(t, "POST", base+"/v1/subscription", input, "X-Request-Id", "abc"); r.Header.Get("X-Request-Id") != "abc" {
		t.Error("the client's request id is lost")
	}
}

func TestBadRequests(t *testing.T) {
	base, _ := start(t)
	for _, row := range []struct {
		method, path, body string
		headers            []string
		status             int
	}{
		{"POST", "/v1/subscription", strings.Repeat("[", 10000), nil, 422},
		{"POST", "/v1/subscription", strings.Repeat(" ", 10<<20), nil, 413},
		{"POST", "/v1/subscription", input[:20], nil, 400},
		{"POST", "/v1/subscription", input, []string{"Content-Type", "text/xml"}, 415},
		{"PUT", "/v1/subscription", input, nil, 405},
		{"GET", "/v1/subscription?price=" + strings.Repeat("1", 16<<10), "", nil, 414},
		{"GET", "/v1/../../etc/passwd", "", nil, 404},
		{"GET", "/v1/%2e%2e/%2e%2e/etc/passwd", "", nil, 404},
		{"POST", "/v1/subscription", input, []string{"X-Test-Panic", "1"}, 500},
		{"POST", "/v1/subscription", input, nil, 200},
		{"GET", "/v1/nothing", "", nil, 404},
	} {
		r, text := fetch(t, row.method, base+row.path, row.body, row.headers...)
		if r.StatusCode != row.status {
			t.Errorf("%s %.40s: %d, want %d: %.200s", row.method, row.path, r.StatusCode, row.status, text)
		}
		if row.status >= 400 && strings.HasPrefix(row.path, "/v1/s") && r.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", row.path, r.Header.Get("Content-Type"))
		}
	}
	// A body without a length, longer than may be.
	r, err := plain.Post(base+"/v1/subscription", "application/json", io.LimitReader(zeros{}, 2*api.MaxBody))
	if err != nil || r.StatusCode != 413 {
		t.Errorf("chunked and too long: %v %v", r, err)
	}
}

// zeros reads as spaces without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte{' '}, len(p))), nil }

// TestSlowBody lets a body trickle: the server ends it by its deadline, and serves others meanwhile.
func TestSlowBody(t *testing.T) {
	server, err := newServer("", api.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server.ReadTimeout = 200 * time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, server, listener) }()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "POST /v1/average HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
	if r, _ := fetch(t, "GET", "http://"+listener.Addr().String()+"/healthz", ""); r.StatusCode != 200 {
		t.Errorf("others wait: %d", r.StatusCode)
	}
	_ = connection.SetReadDeadline(time.Now().Add(5 * time.Second))
	answer, _ := io.ReadAll(connection)
	if !strings.HasPrefix(string(answer), "HTTP/1.1 408 ") {
		t.Errorf("a slow body is answered %q", answer)
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("shutdown: %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the server does not end")
	}
}

func TestSite(t *testing.T) {
	base, _ := start(t)
	for _, row := range []struct {
		path, body, kind, cache string
		status                  int
	}{
		{"/", "<!doctype html><title>Home</title>", "text/html; charset=utf-8", "must-revalidate", 200},
		{"/docs/", "docs", "text/html; charset=utf-8", "must-revalidate", 200},
		{"/about", "about", "text/html; charset=utf-8", "must-revalidate", 200},
		{"/engine.wasm", "\x00asm", "application/wasm", "must-revalidate", 200},
		{"/engine.mjs", "export {}", "text/javascript; charset=utf-8", "must-revalidate", 200},
		{"/assets/immutable/app-1A2B3C4D.js", "let a", "text/javascript; charset=utf-8", "immutable", 200},
		{"/none", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
		{"/_headers", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
		{"/assets/immutable/app-1A2B3C4D.js.br", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
		{"/.secret", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
		{"/%2e%2e/%2e%2e/etc/passwd", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
		{"/..%2f..%2fetc%2fpasswd", "<!doctype html><title>Nothing here</title>", "text/html; charset=utf-8", "no-store", 404},
	} {
		r, text := fetch(t, "GET", base+row.path, "")
		if r.StatusCode != row.status || text != row.body || r.Header.Get("Content-Type") != row.kind || !strings.Contains(r.Header.Get("Cache-Control"), row.cache) {
			t.Errorf("%s: %d %q %v", row.path, r.StatusCode, text, r.Header)
		}
		policy := r.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy %q lacks %s", row.path, policy, part)
			}
		}
		if r.Header.Get("X-Content-Type-Options") != "nosniff" || r.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %v", row.path, r.Header)
		}
	}
	for path, want := range map[string]string{
		"/docs?a=b": "/docs/?a=b", "/docs/index.html": "/docs/", "/index.html?a": "/?a", "/about.html": "/about", "/about/": "/about", "//docs": "/docs/",
	} {
		if r, _ := fetch(t, "GET", base+path, ""); r.StatusCode != 307 || r.Header.Get("Location") != want {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
	if r, _ := fetch(t, "POST", base+"/", ""); r.StatusCode != 405 {
		t.Errorf("POST /: %d", r.StatusCode)
	}
	for coding, want := range map[string]string{"br": "brotli", "gzip": "gzip", "gzip, br": "brotli", "br;q=0, gzip": "gzip", "": "let a"} {
		r, text := fetch(t, "GET", base+"/assets/immutable/app-1A2B3C4D.js", "", "Accept-Encoding", coding)
		if text != want || r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q %v", coding, text, r.Header)
		}
	}
	r, _ := fetch(t, "GET", base+"/", "")
	if again, _ := fetch(t, "GET", base+"/", "", "If-None-Match", r.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("revalidated: %d", again.StatusCode)
	}
}

func TestEmbeddableFiles(t *testing.T) {
	base, _ := start(t)
	for _, path := range []string{"/widget", "/embed/v1.js"} {
		r, _ := fetch(t, "GET", base+path, "")
		if r.StatusCode != 200 || strings.Contains(r.Header.Get("Content-Security-Policy"), "frame-ancestors") || r.Header.Get("X-Frame-Options") != "" ||
			r.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || r.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %d %v", path, r.StatusCode, r.Header)
		}
	}
}

// Only the page that Excel opens may load Office's script from Microsoft.
func TestOfficePage(t *testing.T) {
	base, _ := start(t)
	const office = "https://appsforoffice.microsoft.com"
	for path, want := range map[string]bool{"/sheets/excel/functions": true, "/sheets/excel/other": false, "/": false, "/widget": false} {
		r, _ := fetch(t, "GET", base+path, "")
		policy := r.Header.Get("Content-Security-Policy")
		if r.StatusCode != 200 || strings.Contains(policy, "script-src 'self' 'wasm-unsafe-eval' "+office+";") != want || strings.Contains(policy, office) != want {
			t.Errorf("%s: %d %s", path, r.StatusCode, policy)
		}
	}
}

// A site is built again while it is served: its folder may be another one, and is away for a while.
// What a spreadsheet loads carries the address that it was asked at.
func TestSheetsKnowTheirServer(t *testing.T) {
	base, folder := start(t)
	for name, body := range map[string]string{"manifest.xml": `<a b="https://YOUR-SERVER/x"/>`, "functions.json": `{"helpUrl":"https://YOUR-SERVER/docs/"}`, "functions.js": "// https://YOUR-SERVER"} {
		if err := os.WriteFile(filepath.Join(folder, "sheets", "excel", name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(path, host string) (*http.Response, string) {
		r, _ := http.NewRequest("GET", base+path, nil)
		r.Host = host
		answer, err := plain.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		return answer, string(body)
	}
	for _, row := range [][3]string{
		{"/sheets/excel/manifest.xml", "clv.example.com", `<a b="https://clv.example.com/x"/>`},
		{"/sheets/excel/manifest.xml", "localhost:8080", `<a b="http://localhost:8080/x"/>`},
		{"/sheets/excel/manifest.xml", "clv.example.com:8443", `<a b="https://clv.example.com:8443/x"/>`},
		{"/sheets/excel/manifest.xml", "a&b", `<a b="https://YOUR-SERVER/x"/>`},
		{"/sheets/excel/functions.json", "clv.example.com", `{"helpUrl":"https://clv.example.com/docs/"}`},
		{"/sheets/excel/functions.js", "clv.example.com", "// https://YOUR-SERVER"},
	} {
		r, body := ask(row[0], row[1])
		if r.StatusCode != 200 || body != row[2] || r.ContentLength != int64(len(body)) || r.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s at %s: %d %s %v", row[0], row[1], r.StatusCode, body, r.Header)
		}
	}
	if head, body := fetch(t, "HEAD", base+"/sheets/excel/manifest.xml", ""); head.StatusCode != 200 || body != "" {
		t.Errorf("HEAD %d %q", head.StatusCode, body)
	}
}

func TestSiteIsBuiltAgain(t *testing.T) {
	base, folder := start(t)
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if r, body := fetch(t, "GET", base+"/", ""); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Errorf("without a folder: %d %s", r.StatusCode, body)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "index.html"), []byte("again"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r, body := fetch(t, "GET", base+"/", ""); r.StatusCode != http.StatusOK || body != "again" {
		t.Errorf("built again: %d %s", r.StatusCode, body)
	}
}

func TestSiteMustExist(t *testing.T) {
	if _, err := newServer(filepath.Join(t.TempDir(), "none"), api.Options{}); err == nil {
		t.Error("a site that is not there is served")
	}
}

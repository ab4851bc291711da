// Package contract holds server, Worker and Lambda to one behaviour: the same requests must get the same status,
// headers and body from each, numbers to a relative 1e-12. The Worker runs on the real workerd with the wrangler.toml
// that is deployed, Lambda as the binary that is deployed, against a served Runtime API.
package contract

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var client = &http.Client{
	Timeout:       2 * time.Minute, // what no machine needs, however busy
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// send asks a platform.
func send(t *testing.T, p platform, r request) answer {
	t.Helper()
	var body io.Reader
	if r.method == http.MethodPost {
		body = strings.NewReader(r.body)
	}
	q, err := http.NewRequestWithContext(t.Context(), r.method, p.base+r.target, body)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("User-Agent", "contract")
	for i := 0; i < len(r.header); i += 2 {
		q.Header.Set(r.header[i], r.header[i+1])
	}
	a, err := client.Do(q)
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	return answer{r, a.StatusCode, a.Header, string(text)}
}

func TestEveryPlatformSaysTheSame(t *testing.T) {
	site := site(t)
	reference := server(t, site)
	list := requests(t)
	var wants []answer
	for _, r := range list {
		want := send(t, reference, r)
		if want.status != r.status || !strings.Contains(want.body, r.has) {
			t.Errorf("%s, %s: status %d for %d, %s without %q", r.name, reference.name, want.status, r.status, excerpt(want.body), r.has)
		}
		wants = append(wants, want)
	}
	t.Run("worker", func(t *testing.T) { compare(t, list, wants, worker(t, sites(t)[0])) })
	t.Run("lambda", func(t *testing.T) { compare(t, list, wants, lambda(t)) })
}

// compare runs the set on another platform than the server, whose answers are known.
func compare(t *testing.T, list []request, wants []answer, other platform) {
	for i, r := range list {
		t.Run(r.name, func(t *testing.T) {
			want := wants[i]
			for _, time := range []string{"first", "second"} { // the Worker answers a closed form of its own once Go has answered one
				for _, difference := range differences(want, send(t, other, r)) {
					t.Errorf("server against %s, %s time: %s", other.name, time, difference)
				}
			}
		})
	}
	t.Run("revalidated", func(t *testing.T) { revalidate(t, other) })
}

// revalidate asks again with the tag of an answer, which does not depend on the order of the query.
func revalidate(t *testing.T, p platform) {
	first := send(t, p, get("", "/v1/subscription?"+query, 200, ""))
	tag := first.header.Get("ETag")
	again := send(t, p, get("", "/v1/subscription?churn_rate=0.05&gross_margin=0.8&period=month&price=100", 304, "", "If-None-Match", tag))
	if tag == "" || strings.HasPrefix(tag, "W/") || again.status != 304 || again.body != "" || again.header.Get("ETag") != tag {
		t.Errorf("%s: tag %q, then %d with tag %q and %d bytes", p.name, tag, again.status, again.header.Get("ETag"), len(again.body))
	}
}

// site writes a site of nothing but a page: site_test.go compares the real one.
func site(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"index.html", "404.html"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("<!doctype html><title>Home</title>"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

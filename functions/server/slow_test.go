package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"hourglass/functions/api"
)

// raw sends bytes and reads what comes of them.
func raw(t *testing.T, base, text string) *http.Response {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	_ = connection.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// What net/http refuses before any handler runs is a problem as every other 4xx is.
func TestRefusalsAreProblems(t *testing.T) {
	base, _ := start(t)
	for name, row := range map[string]struct {
		text   string
		status int
	}{
		"not HTTP":          {"nonsense\r\n\r\n", 400},
		"no host":           {"GET / HTTP/1.1\r\n\r\n", 400},
		"a bad header":      {"GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", 400},
		"large headers":     {"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431},
		"a body cut short":  {"POST /v1/average HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
		"a body of no size": {"POST /v1/average HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400},
	} {
		answer := raw(t, base, row.text)
		var problem struct {
			Type, Title, Detail string
			Status              int
		}
		err := json.NewDecoder(answer.Body).Decode(&problem)
		if err != nil || answer.StatusCode != row.status || problem.Status != row.status || answer.Header.Get("Content-Type") != "application/problem+json" ||
			answer.Header.Get("Cache-Control") != "no-store" || problem.Detail == "" {
			t.Errorf("%s: %d %v %+v %v", name, answer.StatusCode, answer.Header, problem, err)
			continue
		}
		if r, text := fetch(t, "GET", base+problem.Type, ""); r.StatusCode != 200 {
			t.Errorf("%s is not explained: %s", problem.Type, text)
		}
	}
}

// HEAD tells what GET would send, compressed or not. (Of a calculation it tells less: TestHeadAndOptions.)
func TestHeadIsGetWithoutBody(t *testing.T) {
	base, _ := start(t)
	for _, path := range []string{"/openapi.json", "/v1", "/healthz", "/v1/average/schema", "/", "/nothing"} {
		for _, coding := range []string{"", "gzip"} {
			get, text := fetch(t, "GET", base+path, "", "Accept-Encoding", coding)
			head, none := fetch(t, "HEAD", base+path, "", "Accept-Encoding", coding)
			for _, h := range []http.Header{get.Header, head.Header} {
				h.Del("Date")
				h.Del("X-Request-Id")
			}
			if none != "" || head.StatusCode != get.StatusCode || fmt.Sprint(head.Header) != fmt.Sprint(get.Header) || head.ContentLength != int64(len(text)) {
				t.Errorf("HEAD %s %q: %d %v, not %d %v", path, coding, head.StatusCode, head.Header, get.StatusCode, get.Header)
			}
		}
	}
}

// rows is a request whose answer is some thirty times as long.
func rows(n int) string {
	const row = `{"price":100,"churn_rate":0.05,"period":"month","gross_margin":0.8}`
	return "[" + strings.Repeat(row+",", n-1) + row + "]"
}

// A client that does not read is cut off, and others are served meanwhile; one that reads slowly gets everything.
func TestClientsThatDoNotRead(t *testing.T) {
	handler := api.New(api.Options{})
	ended := make(chan error, 4)
	server := http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" {
			return
		}
		slow := patient(w)
		slow.timeout = 2 * time.Second
		body, _ := io.ReadAll(r.Body)
		_, err := slow.Write([]byte(strings.Repeat(string(handler.Handle(api.Request{Method: "POST", Path: "/v1/subscription", Body: body}).Body), 40)))
		ended <- err
	}), WriteTimeout: 200 * time.Millisecond}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	body := rows(1000)
	request := fmt.Sprintf("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, request); err != nil {
		t.Fatal(err)
	}
	if r, _ := fetch(t, "GET", "http://"+listener.Addr().String()+"/healthz", ""); r.StatusCode != 200 {
		t.Errorf("others wait: %d", r.StatusCode)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Error("who does not read got everything")
		}
	case <-time.After(10 * time.Second):
		t.Error("who does not read is not cut off")
	}
	slow := raw(t, "http://"+listener.Addr().String(), request)
	total, chunk := 0, make([]byte, 1<<20)
	for {
		n, err := slow.Body.Read(chunk)
		total += n
		if err != nil {
			break
		}
		if total < 4<<20 {
			time.Sleep(5 * time.Millisecond)
		}
	}
	if err := <-ended; err != nil {
		t.Errorf("who reads slowly is cut off after %d bytes: %v", total, err)
	}
}

// Small requests are answered beside as many heavy ones as the machine has cores, and all get an answer.
func TestSmallBesideHeavy(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	server, err := newServer("", api.Options{Heavy: 1})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	base := "http://" + listener.Addr().String()
	var ages strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&ages, ",%g", 2+float64(i)/100)
	}
	columns := func(value string) string { return "[" + strings.Repeat(value+",", 1499) + value + "]" }
	heavy := `{"r":0.24,"alpha":4.4,"a":0.79,"b":2.4,"horizon":1000,"discount_rate":0.001,"frequency":` + columns("1") + `,"recency":` + columns("1") + `,"age":[` + ages.String()[1:] + `]}`
	var all sync.WaitGroup
	statuses := make(chan int, 45)
	for range 45 {
		all.Go(func() {
			r, _ := fetch(t, "POST", base+"/v1/bgnbd/predict", heavy)
			statuses <- r.StatusCode
		})
	}
	answered := 0
	for range 20 {
		if r, _ := fetch(t, "GET", base+"/healthz", ""); r.StatusCode == 200 {
			answered++
		}
	}
	if len(statuses) == 45 {
		t.Error("the heavy requests were over before the small ones: nothing was seen")
	}
	all.Wait()
	close(statuses)
	counts := map[int]int{}
	for status := range statuses {
		counts[status]++
	}
	if answered != 20 || counts[200] == 0 || counts[200]+counts[503] != 45 {
		t.Errorf("%d of 20 small requests, heavy ones by status: %v", answered, counts)
	}
}

// Dev serves page and API, and builds them again whenever a source changes: `make dev`. Open pages load again by themselves. The
// engine is built by Go's compiler, which takes seconds; only the module that a change is in is built.
//
// The server behind it is the real one. What is added on the way is one script, in pages.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Where the site goes: not where `make run` and the tests have theirs.
const site = "build/dev"

// script is what pages are given: they load again when the stream says that there is something new, or that there is a server again.
const script = `let before = null;
new EventSource("/.dev/changes").onmessage = ({ data }) => {
  if (before !== null && data !== before) location.reload();
  before = data;
};
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if err := build(ctx); err != nil {
		return fmt.Errorf("the first build failed: %w", err)
	}
	behind := &server{}
	defer behind.stop()
	if err := behind.start(ctx); err != nil {
		return err
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	changes := newChanges()
	go watch(ctx, "core", "wasm", "functions", "site", "docs", "go.mod").each(func(names []string) {
		fmt.Printf("%s: building\n", strings.Join(names, ", "))
		start := time.Now()
		if err := build(ctx); err != nil {
			fmt.Println("that did not build; what was served before is served still")
			return
		}
		if err := behind.startIfNew(ctx); err != nil {
			fmt.Println("dev:", err)
			return
		}
		fmt.Printf("built in %.1f s\n", time.Since(start).Seconds())
		changes.tell()
	})
	front := &http.Server{Addr: "127.0.0.1:" + port, Handler: proxy(behind, changes), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = front.Close()
	}()
	fmt.Printf("page and API on http://127.0.0.1:%s; built again at each change\n", port)
	if err := front.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// build has make do what there is to do.
func build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "make", "--no-print-directory", "compiler=go", "site="+site, site+"/index.html", "build/server")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if err != nil {
		_, _ = os.Stderr.Write(out.Bytes())
	}
	return err
}

// A server is the real one, on a port of its own.
type server struct {
	lock sync.Mutex
	cmd  *exec.Cmd
	made time.Time // of its program
	at   *url.URL
}

// address is where it listens.
func (s *server) address() *url.URL {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.at
}

var listening = regexp.MustCompile(`http://[0-9.:]+`)

func (s *server) start(ctx context.Context) error {
	info, err := os.Stat("build/server")
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "build/server", "-site", site)
	cmd.Env = append(os.Environ(), "PORT=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line := make([]byte, 200)
	n, _ := out.Read(line)
	at, err := url.Parse(string(listening.Find(line[:n])))
	if err != nil || at.Host == "" {
		_ = cmd.Process.Kill()
		return fmt.Errorf("the server did not start: %s", line[:n])
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	s.lock.Lock()
	old := s.cmd
	s.cmd, s.made, s.at = cmd, info.ModTime(), at
	s.lock.Unlock()
	end(old)
	return nil
}

// startIfNew starts the server's program again if it is another one.
func (s *server) startIfNew(ctx context.Context) error {
	if info, err := os.Stat("build/server"); err == nil && info.ModTime().Equal(s.made) {
		return nil
	}
	return s.start(ctx)
}

func (s *server) stop() { end(s.cmd) }

func end(cmd *exec.Cmd) {
	if cmd != nil {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}
}

// proxy hands requests on to the server, and pages the script.
func proxy(behind *server, changes *changes) http.Handler {
	handOn := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(behind.address())
			r.Out.Host = r.In.Host
			r.Out.Header.Del("Accept-Encoding")
			r.Out.Header.Del("If-None-Match") // a page is never the one before
			r.Out.Header.Del("If-Modified-Since")
		},
		ModifyResponse: func(r *http.Response) error {
			r.Header.Set("Cache-Control", "no-store")
			if !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || r.Request.Method == http.MethodHead {
				return nil
			}
			page, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			_ = r.Body.Close()
			page = bytes.Replace(page, []byte("</head>"), []byte(`<script src="/.dev/reload.js"></script></head>`), 1)
			r.Body = io.NopCloser(bytes.NewReader(page))
			r.ContentLength = int64(len(page))
			r.Header.Set("Content-Length", strconv.Itoa(len(page)))
			return nil
		},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.dev/reload.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = io.WriteString(w, script)
	})
	mux.Handle("GET /.dev/changes", changes)
	mux.Handle("/", handOn)
	return mux
}

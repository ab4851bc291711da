// Server serves the API and, with -site, the page: on a desk, in a container, behind any proxy. With -mcp-stdio it is an assistant's
// tool instead: it speaks the Model Context Protocol on its standard input and output, and opens no port.
//
//	PORT   the port, 8080 unless set; 0 takes a free one
//	HOST   the address to listen on, 127.0.0.1 unless set; a container sets 0.0.0.0
//	HOURGLASS_API_KEY   the key that requests to the API must carry; several with commas between. Without it the API is open
//	HOURGLASS_WORK   how many seconds of one core a request may take by its size, 1 unless set; above 15 it may be cut off
//
// It logs where it listens and what fails to start, and nothing of any request.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"hourglass/functions/api"
)

// Times that a client may take. A body that trickles in is cut off, so that slow clients cannot hold the server.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 10 * time.Second
	workTimeout   = 20 * time.Second // so that an answer, or its refusal, comes before the write timeout
)

func main() {
	site := flag.String("site", "", "folder of the site to serve beside the API")
	stdio := flag.Bool("mcp-stdio", false, "speak the Model Context Protocol on standard input and output, and open no port")
	tools := flag.String("mcp-tools", "usual", "with -mcp-stdio: usual, the tools most asked for, or all, one for each calculation")
	flag.Parse()
	var err error
	switch {
	case *tools != "usual" && *tools != "all":
		err = fmt.Errorf("-mcp-tools is usual or all, not %q", *tools)
	case *stdio:
		err = speak(api.New(api.Options{}), "tools="+url.QueryEscape(*tools), os.Stdin, os.Stdout)
	default:
		err = run(*site)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "server:", err)
		os.Exit(1)
	}
}

func run(site string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", net.JoinHostPort(setting("HOST", "127.0.0.1"), setting("PORT", "8080")))
	if err != nil {
		return err
	}
	work, err := seconds(setting("HOURGLASS_WORK", "1"))
	if err != nil {
		return err
	}
	keys, err := api.Keys(os.Getenv("HOURGLASS_API_KEY"))
	if err != nil {
		return err
	}
	server, err := newServer(site, api.Options{
		Keys: keys, Work: work * 1e6, Heavy: max(1, runtime.GOMAXPROCS(0)-1), TestPanic: os.Getenv("HOURGLASS_TEST_PANIC") != "",
	})
	if err != nil {
		return err
	}
	fmt.Printf("Hourglass %s on http://%s\n", api.Version, listener.Addr())
	return serve(ctx, server, listener)
}

// seconds reads a number of them.
func seconds(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n > 0 && n <= 3600) {
		return 0, fmt.Errorf("HOURGLASS_WORK must be a number of seconds above 0, up to 3600, not %q", text)
	}
	return n, nil
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

// newServer makes the HTTP server of the API and, where site names a folder, of the site.
func newServer(site string, options api.Options) (*http.Server, error) {
	var pages http.Handler
	if site != "" {
		files, err := newSite(site)
		if err != nil {
			return nil, err
		}
		pages = files
	}
	return &http.Server{
		Handler:           newHandler(api.New(options), pages),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    32 << 10,
	}, nil
}

// serve runs the server until the context ends, and then lets the requests under way finish.
func serve(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(problems{listener}) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

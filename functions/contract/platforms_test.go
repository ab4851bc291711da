package contract

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"hourglass/functions/lambda/bridge"
)

// A platform is a place where the API runs, and its address.
type platform struct{ name, base string }

// root is the repository.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// built are the commands compiled so far, each once for all tests, by their pattern; folder has them.
var built = struct {
	sync.Mutex
	folder string
	binary map[string]string
}{binary: map[string]string{}}

// workers are those that run, for all tests, by their site and variables, of a program that was built once.
var workers = struct {
	sync.Mutex
	built   bool
	running map[string]running
}{running: map[string]running{}}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, w := range workers.running {
		w.end()
	}
	_ = os.RemoveAll(built.folder) // none where nothing was made
	os.Exit(code)
}

// made is the folder of what tests share.
func made(t *testing.T) string {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	if built.folder == "" {
		folder, err := os.MkdirTemp("", "contract-")
		if err != nil {
			t.Fatal(err)
		}
		built.folder = folder
	}
	return built.folder
}

// build compiles a command for this machine.
func build(t *testing.T, pattern string, flags ...string) string {
	t.Helper()
	folder := made(t)
	built.Lock()
	defer built.Unlock()
	if binary, ok := built.binary[pattern]; ok {
		return binary
	}
	binary := filepath.Join(folder, filepath.Base(pattern))
	command := exec.Command("go", append(append([]string{"build"}, flags...), "-o", binary, pattern)...)
	command.Dir = root(t)
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", pattern, err, out)
	}
	built.binary[pattern] = binary
	return binary
}

// server runs functions/server with a site.
func server(t *testing.T, site string) platform {
	t.Helper()
	return serverWith(t, site)
}

// serverWith is server with more in its environment.
func serverWith(t *testing.T, site string, environment ...string) platform {
	t.Helper()
	command := exec.Command(build(t, "./functions/server"), "-site", site)
	command.Env = append(append(os.Environ(), "PORT=0", "HOST=127.0.0.1", "HOURGLASS_TEST_PANIC=1"), environment...)
	return platform{"server", launch(t, command)}
}

// lambda runs the binary that is deployed, built for this machine's processor, against a served Runtime API.
func lambda(t *testing.T, environment ...string) platform {
	t.Helper()
	binary := build(t, "./functions/lambda", "-tags", "lambda.norpc", "-trimpath", "-ldflags=-s -w")
	function, err := bridge.Start(binary, append(environment, "HOURGLASS_TEST_PANIC=1")...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(function.Close)
	url := httptest.NewServer(function)
	t.Cleanup(url.Close)
	return platform{"lambda", url.URL}
}

// worker is workerd by wrangler dev, with the wrangler.toml that is deployed and a real site: starting it takes seconds of the processor, so that
// tests share one where they want the same site and variables. A Worker answers a closed form by a way of its own once Go has answered one:
// TestEveryPlatformSaysTheSame is the first to ask its own for them.
func worker(t *testing.T, site string, variables ...string) platform {
	t.Helper()
	tool, folder := wrangler(t), made(t)
	workers.Lock()
	defer workers.Unlock()
	key := fmt.Sprint(site, variables)
	w, ok := workers.running[key]
	if !ok {
		if !workers.built {
			finish(t, "functions/worker/build.sh")
			workers.built = true
		}
		finish(t, "go", "run", "./functions/worker/assets", site)
		kept, err := os.MkdirTemp(folder, "worker-")
		if err != nil {
			t.Fatal(err)
		}
		arguments := []string{"dev", "--assets", site, "--ip", "127.0.0.1", "--port", freePort(t), "--inspector-port", freePort(t),
			"--persist-to", kept, "--show-interactive-dev-session=false", "--var", "HOURGLASS_TEST_PANIC:1", "--var", "HOURGLASS_FITS:on"}
		for _, v := range variables {
			arguments = append(arguments, "--var", v)
		}
		command := exec.Command(tool, arguments...)
		command.Dir = root(t)
		command.Env = append(os.Environ(), "CI=1", "WRANGLER_SEND_METRICS=false", "WRANGLER_LOG_PATH="+kept, "WORKER_BUILT=1")
		w = start(t, command)
		workers.running[key] = w
	}
	ready(t, w.base)
	return platform{"worker", w.base}
}

// finish runs a command in the repository.
func finish(t *testing.T, name string, arguments ...string) {
	t.Helper()
	command := exec.Command(name, arguments...)
	command.Dir = root(t)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

// wrangler is the tool that functions/worker/package.json pins. Starting it takes seconds and its files 200 MB, so that
// plain go test leaves the Worker out: make test sets HOURGLASS_CONTRACT.
func wrangler(t *testing.T) string {
	t.Helper()
	if os.Getenv("HOURGLASS_CONTRACT") == "" {
		t.Skip("the Worker runs with HOURGLASS_CONTRACT=1 and wrangler installed (npm ci --prefix functions/worker), as in make test")
	}
	tool := filepath.Join(root(t), "functions/worker/node_modules/.bin/wrangler")
	if _, err := os.Stat(tool); err != nil {
		t.Fatal("wrangler is not installed: npm ci --prefix functions/worker")
	}
	return tool
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return fmt.Sprint(listener.Addr().(*net.TCPAddr).Port)
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1|localhost):\d+`)

// A running process has an address, and an end, its children's too.
type running struct {
	base string
	end  func()
}

// launch starts a process, waits until it answers, and ends it with the test.
func launch(t *testing.T, command *exec.Cmd) string {
	t.Helper()
	r := start(t, command)
	t.Cleanup(r.end)
	ready(t, r.base)
	return r.base
}

// start starts a process that prints its address.
func start(t *testing.T, command *exec.Cmd) running {
	t.Helper()
	read, write := io.Pipe()
	command.Stdout, command.Stderr = write, write
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.WaitDelay = 5 * time.Second
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	end := func() {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) // the group that Setpgid made
		_ = command.Wait()
		_ = write.Close()
	}
	found := make(chan string, 1)
	go func() {
		defer close(found)
		var said string
		sent := false
		for lines := bufio.NewScanner(read); lines.Scan(); {
			said += lines.Text() + "\n"
			if at := address.FindString(lines.Text()); at != "" && !sent {
				found <- at
				sent = true
			}
		}
		if !sent {
			found <- "no address: " + said
		}
	}()
	select {
	case at := <-found:
		if address.MatchString(at) {
			return running{at, end}
		}
		end()
		t.Fatal(at)
	case <-time.After(2 * time.Minute):
		end()
		t.Fatalf("%s did not start", command.Path)
	}
	return running{}
}

func ready(t *testing.T, base string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		request, _ := http.NewRequestWithContext(ctx, http.MethodGet, base+"/healthz", nil)
		if answer, err := http.DefaultClient.Do(request); err == nil {
			_ = answer.Body.Close()
			return
		}
		runtime.Gosched()
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not answer", base)
}

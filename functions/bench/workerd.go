package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A worker is a process of workerd that serves one Worker.
type worker struct {
	address   string
	inspector string
	process   *exec.Cmd
}

// A module is a file of a Worker under the name that the others import it by.
type module struct{ name, kind, file string }

// workerd finds the runtime that npm installed for wrangler.
func workerd() (string, error) {
	found, err := filepath.Glob("functions/worker/node_modules/@cloudflare/workerd-*/bin/workerd")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("workerd is not installed: npm ci --prefix functions/worker")
	}
	return found[0], nil
}

// configuration is a workerd configuration file for one Worker on a free port of the loopback.
func configuration(modules []module) string {
	var list strings.Builder
	for _, m := range modules {
		fmt.Fprintf(&list, "    (name = %q, %s = embed %q),\n", m.name, m.kind, m.file)
	}
	return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ["--expose-gc"],
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  compatibilityDate = "2026-04-26",
  bindings = [(name = "HOURGLASS_FITS", text = "off")],
  modules = [
` + list.String() + "  ],\n);\n"
}

// start runs a Worker and waits until it listens. Files are named relative to folder.
func start(folder, name string, modules []module) (*worker, error) {
	binary, err := workerd()
	if err != nil {
		return nil, err
	}
	config := filepath.Join(folder, name+".capnp")
	if err := os.WriteFile(config, []byte(configuration(modules)), 0o644); err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	command := exec.Command(binary, "serve", config, "--control-fd=3", "--inspector-addr=127.0.0.1:0")
	command.ExtraFiles = []*os.File{write}
	command.Stderr = os.Stderr
	err = command.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	w := &worker{process: command}
	if err := w.listening(read); err != nil {
		w.stop()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return w, nil
}

// listening reads from workerd's control pipe which ports it took.
func (w *worker) listening(control *os.File) error {
	_ = control.SetReadDeadline(time.Now().Add(20 * time.Second))
	for lines := bufio.NewScanner(control); lines.Scan(); {
		var event struct {
			Event string
			Port  int
		}
		_ = json.Unmarshal(lines.Bytes(), &event) // an event of another shape is of no interest
		switch event.Event {
		case "listen":
			w.address = fmt.Sprintf("127.0.0.1:%d", event.Port)
		case "listen-inspector":
			w.inspector = fmt.Sprintf("127.0.0.1:%d", event.Port)
		}
		if w.address != "" && w.inspector != "" {
			return nil
		}
	}
	return errors.New("workerd did not start")
}

func (w *worker) stop() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}

// bundle makes the files of the three Workers that are compared: ours as wrangler deploys it, the stock template's and
// the plain one. It returns what wrangler says of the size of ours.
func bundle(folder string) (modules map[string][]module, size string, err error) {
	wrangler := "functions/worker/node_modules/.bin/wrangler"
	out, err := command(nil, wrangler, "deploy", "--dry-run", "--outdir", filepath.Join(folder, "ours"), "--assets", "build/site")
	if err != nil {
		return nil, "", err
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "Total Upload:") {
			size = strings.TrimSpace(line)
		}
	}
	wasm, err := filepath.Glob(filepath.Join(folder, "ours", "*.wasm"))
	if err != nil || len(wasm) != 3 {
		return nil, "", fmt.Errorf("wrangler made %d WASM modules", len(wasm))
	}
	stock := filepath.Join(folder, "stock")
	if _, err := command(nil, "go", "run", "github.com/syumai/workers/cmd/workers-assets-gen", "-mode=go", "-o", stock); err != nil {
		return nil, "", err
	}
	if _, err := command([]string{"GOOS=js", "GOARCH=wasm"}, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(stock, "app.wasm"),
		"./functions/bench/stock"); err != nil {
		return nil, "", err
	}
	for name, to := range map[string]string{"plain.mjs": "plain.mjs", "memory.mjs": "ours/memory.mjs", "capture.mjs": "ours/capture.mjs"} {
		text, err := os.ReadFile("functions/bench/" + name)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, to), text, 0o644)
		}
		if err != nil {
			return nil, "", err
		}
	}
	ours := []module{
		{"memory.mjs", "esModule", "ours/memory.mjs"}, {"capture.mjs", "esModule", "ours/capture.mjs"},
		{"worker.js", "esModule", "ours/worker.js"},
	}
	for _, file := range wasm {
		hashed := filepath.Base(file)
		ours = append(ours, module{hashed, "wasm", "ours/" + hashed})
	}
	return map[string][]module{
		"ours":  ours,
		"plain": {{"plain.mjs", "esModule", "plain.mjs"}},
		"stock": {
			{"worker.mjs", "esModule", "stock/worker.mjs"}, {"wasm_exec.js", "esModule", "stock/wasm_exec.js"},
			{"runtime.mjs", "esModule", "stock/runtime.mjs"}, {"app.wasm", "wasm", "stock/app.wasm"},
		},
	}, size, nil
}

// command runs a tool to its end and returns what it printed.
func command(environment []string, name string, arguments ...string) (string, error) {
	c := exec.Command(name, arguments...)
	c.Env = append(append(os.Environ(), "CI=1", "WRANGLER_SEND_METRICS=false"), environment...)
	out, err := c.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return string(out), nil
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A worker is a process of workerd that serves one Worker.
type worker struct {
	address string
	process *exec.Cmd
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
	command := exec.Command(binary, "serve", config, "--control-fd=3")
	command.ExtraFiles = []*os.File{write}
	command.Stderr = os.Stderr
	err = command.Start()
	write.Close()
	if err != nil {
		return nil, err
	}
	w := &worker{process: command}
	port, err := listening(read)
	if err != nil {
		w.stop()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w.address = fmt.Sprintf("127.0.0.1:%d", port)
	return w, nil
}

// listening reads from workerd's control pipe which port it took.
func listening(control *os.File) (int, error) {
	_ = control.SetReadDeadline(time.Now().Add(20 * time.Second))
	lines := bufio.NewScanner(control)
	for lines.Scan() {
		var event struct {
			Event string
			Port  int
		}
		if json.Unmarshal(lines.Bytes(), &event) == nil && event.Event == "listen" {
			return event.Port, nil
		}
	}
	return 0, fmt.Errorf("workerd did not start")
}

func (w *worker) stop() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}

// memory is the resident memory of the process in bytes (Linux).
func (w *worker) memory() int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.process.Process.Pid))
	for line := range strings.Lines(string(status)) {
		var kilobytes int
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	return 0
}

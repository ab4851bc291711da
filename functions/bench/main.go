package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	root, _ := os.Getwd()
	folder, _ := os.MkdirTemp("", "bench")
	defer os.RemoveAll(folder)
	run := func(env []string, name string, args ...string) {
		c := exec.Command(name, args...)
		c.Env = append(os.Environ(), env...)
		c.Stderr = os.Stderr
		if err := c.Run(); err != nil {
			panic(err)
		}
	}
	run(nil, "go", "run", "github.com/syumai/workers/cmd/workers-assets-gen", "-mode=go", "-o", filepath.Join(folder, "stock"))
	run([]string{"GOOS=js", "GOARCH=wasm"}, "go", "build", "-ldflags=-s -w", "-o", filepath.Join(folder, "stock/app.wasm"), "./functions/bench/stock")
	run(nil, "functions/worker/build.sh")
	must := func(w *worker, err error) *worker {
		if err != nil {
			panic(err)
		}
		return w
	}
	ours := must(start(folder, "ours", []module{
		{"functions/worker/worker.mjs", "esModule", root + "/functions/worker/worker.mjs"},
		{"build/worker/wasm_exec.js", "esModule", root + "/build/worker/wasm_exec.js"},
		{"build/worker/hourglass.wasm", "wasm", root + "/build/worker/hourglass.wasm"}}))
	defer ours.stop()
	stock := must(start(folder, "stock", []module{
		{"worker.mjs", "esModule", "stock/worker.mjs"}, {"wasm_exec.js", "esModule", "stock/wasm_exec.js"},
		{"runtime.mjs", "esModule", "stock/runtime.mjs"}, {"app.wasm", "wasm", "stock/app.wasm"}}))
	defer stock.stop()
	plain := must(start(folder, "plain", []module{{"plain.mjs", "esModule", root + "/functions/bench/plain.mjs"}}))
	defer plain.stop()
	c := post("/v1/average", `{"order_value":50,"orders_per_year":4,"lifespan_years":3,"gross_margin":0.4}`, func(s int, b []byte) error {
		if s != 200 {
			return fmt.Errorf("%d %s", s, b)
		}
		return nil
	})
	for _, w := range []*worker{ours, stock, plain} {
		d, err := load(w.address, c, 1, 1)
		fmt.Println("first", d, err, w.memory()>>20)
	}
	for range 4 {
		for _, w := range []*worker{ours, stock, plain} {
			n := 2000
			if w == stock {
				n = 100
			}
			d, err := load(w.address, c, n, 4)
			fmt.Println(float64(n)/d.Seconds(), err, w.memory()>>20)
		}
	}
	for i := range 10 {
		_, err := load(ours.address, c, 5000, 4)
		fmt.Println(i, err, ours.memory()>>20)
	}
	_ = time.Now
}

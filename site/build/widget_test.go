package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

func TestRelativeToHost(t *testing.T) {
	const css = "a{margin:1.5rem .25rem}@container (width >= 36rem){a{font:400 1rem/1.5 b}}@media (width<2rem){c{d:0}}"
	const want = "a{margin:calc(1.5*var(--hourglass-rem)) calc(.25*var(--hourglass-rem))}@container (width >= 36rem){a{font:400 var(--hourglass-rem)/1.5 b}}@media (width<2rem){c{d:0}}"
	if got := relativeToHost(css); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// What npm packs, a bundler can use: the element and, by its own name, the engine. The engine's bytes do not matter here.
func TestPackage(t *testing.T) {
	folder := t.TempDir()
	engine := filepath.Join(folder, "engine.wasm")
	if err := os.WriteFile(engine, []byte("\x00asm"), 0o644); err != nil {
		t.Fatal(err)
	}
	installed := filepath.Join(folder, "node_modules", "@hourglass", "calculator")
	if err := os.CopyFS(installed, os.DirFS("../widget")); err != nil {
		t.Fatal(err)
	}
	wasm, modules := map[string]string{}, []string{}
	for _, m := range pageModules() {
		wasm[wasmOf(m)], modules = engine, append(modules, "dist/"+wasmOf(m))
	}
	if err := packageWidget(options{src: "..", wasm: wasm, pack: filepath.Join(installed, "dist")}); err != nil {
		t.Fatal(err)
	}
	files := packed(t, installed, folder)
	for _, file := range append(modules, "package.json", "README.md", "index.d.ts", "react.d.ts", "vue.d.ts", "svelte.d.ts", "server.js", "custom-elements.json", "dist/embed.js") {
		if !slices.Contains(files, file) {
			t.Errorf("npm packs no %s", file)
		}
	}
	if slices.Contains(files, "element.ts") {
		t.Error("npm packs the sources too")
	}
	result := api.Build(api.BuildOptions{
		Stdin: &api.StdinOptions{
			Contents: `import engine from "@hourglass/calculator/engine.wasm"; import { HourglassCalculator } from "@hourglass/calculator"; console.log(engine, HourglassCalculator)`, ResolveDir: folder,
		},
		Bundle: true, Format: api.FormatESModule, Splitting: true, Outdir: filepath.Join(folder, "out"), Loader: map[string]api.Loader{".wasm": api.LoaderFile},
	})
	if err := firstError(result.Errors); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range result.OutputFiles {
		all.Write(file.Contents)
	}
	for _, part := range []string{`"hourglass-calculator"`, "engine-", "\x00asm"} {
		if !strings.Contains(all.String(), part) {
			t.Errorf("the bundle lacks %s", part)
		}
	}
}

// packed are the files that npm packs of a folder.
func packed(t *testing.T, from, into string) []string {
	t.Helper()
	pack := exec.Command("npm", "pack", "--silent", "--pack-destination", into, from)
	pack.Dir = into
	if out, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("npm pack: %v\n%s", err, out)
	}
	archives, _ := filepath.Glob(filepath.Join(into, "*.tgz"))
	out, err := exec.Command("tar", "-tzf", archives[0]).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(strings.ReplaceAll(string(out), "package/", ""))
}

// Gen writes every generated file of the repository: `go generate ./...`. Those that Go compiles or embeds, or that people read, are
// committed; with -check it leaves them as they are and tells which are out of date. The others (name.gen.mjs, name.gen.json), which only the
// site's build needs, git ignores: they are written in any case, and with -site nothing else is, which make does.
//
// It runs in three stages. The bindings (checks, boundary code, field tables) are made with the present bindings
// overlaid by empty ones, so that a renamed field does not leave the generator unable to compile; then the boundary of the
// customers module. The faces (OpenAPI,
// the page's catalogue, the formula pages with their computed examples) are then made by the engine as it now is.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

var inputType = regexp.MustCompile(`(?m)^type (\w+Input) struct`)

func main() {
	check := flag.Bool("check", false, "fail when a committed file is out of date, and leave it; the others are written")
	site := flag.Bool("site", false, "write only what is not committed, for the site's build")
	flag.Parse()
	if err := run(*check, *site); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(check, site bool) error {
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return err
	}
	if err := os.Chdir(strings.TrimSpace(string(root))); err != nil {
		return err
	}
	mode := []string{fmt.Sprintf("-check=%v", check), fmt.Sprintf("-site=%v", site)}
	if !site {
		if err := bindings(mode); err != nil {
			return err
		}
	}
	if err := goRun(append([]string{"./internal/gen/customers"}, mode...)...); err != nil {
		return err
	}
	return goRun(append([]string{"./internal/gen/faces"}, mode...)...)
}

// bindings makes the first stage.
func bindings(mode []string) error {
	tmp, err := os.MkdirTemp("", "hourglass-gen")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	overlay, err := emptyChecks(tmp)
	if err != nil {
		return err
	}
	return goRun(append([]string{"-overlay=" + overlay, "./internal/gen/bindings"}, mode...)...)
}

func goRun(args ...string) error {
	cmd := exec.Command("go", append([]string{"run"}, args...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// absolute is a path below the root, which is the working directory.
func absolute(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return whole
}

// emptyChecks writes an overlay in which every check_gen.go of core holds empty Check methods and constructors, and no
// inputs_gen.go is there.
func emptyChecks(tmp string) (string, error) {
	files, err := filepath.Glob("core/*/*.go")
	if err != nil {
		return "", err
	}
	stubs := map[string]string{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		dir := filepath.Dir(file)
		for _, m := range inputType.FindAllSubmatch(source, -1) {
			if stubs[dir] == "" {
				stubs[dir] = fmt.Sprintf("package %s\n\nimport \"hourglass/core/notice\"\n", filepath.Base(dir))
			}
			stubs[dir] += fmt.Sprintf("\nfunc (in *%[1]s) Check() notice.List { return nil }\n\nfunc New%[1]s() (in %[1]s) { return }\n", m[1])
		}
	}
	replace := map[string]string{}
	for dir, stub := range stubs {
		replace[absolute(filepath.Join(dir, "inputs_gen.go"))] = "" // not there
		replace[absolute(filepath.Join(dir, "results_gen.go"))] = ""
		path := filepath.Join(tmp, filepath.Base(dir)+".go")
		if err := os.WriteFile(path, []byte(stub), 0o600); err != nil {
			return "", err
		}
		replace[absolute(filepath.Join(dir, "check_gen.go"))] = path
	}
	body, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(tmp, "overlay.json")
	return path, os.WriteFile(path, body, 0o600)
}

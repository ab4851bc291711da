// Publish prepares a release: the version, its section of CHANGELOG.md and the numbers that the next one is held to.
//
//	go run ./internal/publish -version 0.2.0          says what would be done, and what stands in the way; changes nothing
//	go run ./internal/publish -version 0.2.0 -write   does it, and says what is left to do by hand
//
// CONTRIBUTING.md has the steps around it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"hourglass/core/release"
)

// Where a release stands written.
const (
	versionFile   = "core/release/release.go"
	changelogFile = "CHANGELOG.md"
	numbersFile   = "internal/publish/numbers.json"
)

func main() {
	version := flag.String("version", "", "the version to release: three numbers, above "+release.Version)
	write := flag.Bool("write", false, "do it; otherwise it is only said")
	flag.Parse()
	if err := run(*version, *write); err != nil {
		fmt.Fprintln(os.Stderr, "publish:", err)
		os.Exit(1)
	}
}

func run(version string, write bool) error {
	before, err := read(".")
	if err != nil {
		return err
	}
	after, problems := before.released(version, time.Now().UTC().Format(time.DateOnly))
	if write {
		problems = append(problems, uncommitted()...)
	}
	if len(problems) > 0 {
		return fmt.Errorf("not yet:\n  %s", strings.Join(problems, "\n  "))
	}
	fmt.Printf("%-28s %s -> %s\n", versionFile, release.Version, version)
	fmt.Printf("%-28s what is under Unreleased becomes %s\n", changelogFile, version)
	fmt.Printf("%-28s %d of %d calculations have other numbers than in %s\n", numbersFile, len(before.changed()), len(before.now), release.Version)
	if !write {
		fmt.Println("Nothing was changed: -write does it.")
		return nil
	}
	if err := after.write("."); err != nil {
		return err
	}
	fmt.Printf(`Written. Now:
  make generate && make test
  git commit -am "Release %[1]s" && git tag -a v%[1]s -m "Hourglass %[1]s"
  make widget && npm publish site/widget
  make engine-package && npm publish site/package
  git push --follow-tags
and deploy: docs/deploy-cloudflare.md, docs/deploy-aws.md.
`, version)
	return nil
}

// A state is what a release changes.
type state struct {
	source    string  // of core/release/release.go
	changelog string  // CHANGELOG.md
	last, now numbers // of the last release, and as they are
}

func read(root string) (s state, err error) {
	source, err := os.ReadFile(filepath.Join(root, versionFile))
	if err != nil {
		return s, err
	}
	changelog, err := os.ReadFile(filepath.Join(root, changelogFile))
	if err != nil {
		return s, err
	}
	last, err := os.ReadFile(filepath.Join(root, numbersFile))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(last, &s.last); err != nil {
		return s, fmt.Errorf("%s: %w", numbersFile, err)
	}
	s.source, s.changelog = string(source), string(changelog)
	s.now, err = printed(filepath.Join(root, "docs/formulas"))
	return s, err
}

func (s state) write(root string) error {
	last, err := json.MarshalIndent(s.last, "", " ")
	if err != nil {
		return err
	}
	for path, body := range map[string]string{versionFile: s.source, changelogFile: s.changelog, numbersFile: string(last) + "\n"} {
		if err := os.WriteFile(filepath.Join(root, path), []byte(body), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// released is the state after a release, or what stands in its way.
func (s state) released(version, day string) (after state, problems []string) {
	if !above(version, release.Version) {
		problems = append(problems, fmt.Sprintf("-version is %q: give three numbers above %s, as semver.org has them", version, release.Version))
	}
	section := unreleased(s.changelog)
	if !strings.Contains(section, "\n- ") {
		problems = append(problems, "CHANGELOG.md has nothing under Unreleased: say what changed for users")
	}
	problems = append(problems, s.untold()...)
	heading := "## Unreleased\n"
	after = s
	after.source = strings.Replace(s.source, `"`+release.Version+`"`, `"`+version+`"`, 1)
	after.changelog = strings.Replace(s.changelog, heading, heading+"\n## "+version+" - "+day+"\n", 1)
	after.last = s.now
	return after, problems
}

// above tells whether a version is one, and above another.
func above(version, than string) bool {
	var a, b [3]int
	var rest string
	if n, _ := fmt.Sscanf(version+" .", "%d.%d.%d %s", &a[0], &a[1], &a[2], &rest); n != 4 || rest != "." || fmt.Sprintf("%d.%d.%d", a[0], a[1], a[2]) != version {
		return false
	}
	_, _ = fmt.Sscanf(than, "%d.%d.%d", &b[0], &b[1], &b[2])
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

// uncommitted says which files differ from the last commit, since a release is what was tested.
func uncommitted() []string {
	out, err := exec.Command("git", "status", "--porcelain").Output()
	if err != nil {
		return []string{"git status: " + err.Error()}
	}
	if len(out) > 0 {
		return []string{"commit or undo these first:\n" + strings.TrimRight(string(out), "\n")}
	}
	return nil
}

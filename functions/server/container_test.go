package main

import (
	"bufio"
	"context"
	"encoding/json"
	"go/version"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every image that the container is built from is pinned, its Go is no older than go.mod wants, and what was installed or built here stays out.
func TestContainer(t *testing.T) {
	read := func(file string) string {
		t.Helper()
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	images := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(read("Dockerfile"), -1)
	if len(images) != 2 {
		t.Fatalf("%d images", len(images))
	}
	pinned := regexp.MustCompile(`^[\w./-]+:([\w.-]+)@sha256:[0-9a-f]{64}$`)
	for i, image := range images {
		m := pinned.FindStringSubmatch(image[1])
		if m == nil {
			t.Errorf("%s has no digest", image[1])
		} else if wanted := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(read("../../go.mod")); i == 0 && version.Compare("go"+m[1], "go"+wanted[1]) < 0 {
			t.Errorf("%s is older than go.mod's %s", image[1], wanted[1])
		}
	}
	ignored := strings.Fields(read("../../.dockerignore"))
	for _, folder := range []string{".git", "**/node_modules", "build"} {
		if !slices.Contains(ignored, folder) {
			t.Errorf(".dockerignore lets %s in", folder)
		}
	}
}

// A container is built by its Dockerfile here too, where there is no docker: what is copied is copied, as far as .dockerignore lets it, what is run is run, and the
// entry point answers. Only the images that it starts from are this machine.
func TestContainerBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the server")
	}
	at := t.TempDir() // what / is in the container
	b := container{t: t, root: "../..", at: at, work: at}
	body, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "", "#", "FROM", "EXPOSE", "USER": // the machine's; files of the second stage are those of the first
		case "WORKDIR":
			b.work = filepath.Join(at, rest)
			if err := os.MkdirAll(b.work, 0o755); err != nil {
				t.Fatal(err)
			}
		case "COPY":
			if !strings.HasPrefix(rest, "--from=") {
				b.copy(strings.Fields(rest))
			} else if from := strings.Fields(rest)[1]; !b.has(from) {
				t.Errorf("%s: there is no %s", line, from)
			}
		case "RUN":
			b.run(rest)
		case "ENV":
			b.env = append(b.env, strings.Fields(rest)...)
		case "ENTRYPOINT":
			b.enter(rest)
		default:
			t.Errorf("%q: no instruction that this test knows", line)
		}
	}
	if !b.entered {
		t.Error("it has no entry point")
	}
}

// A container that is being built in a folder.
type container struct {
	t              *testing.T
	root, at, work string
	env            []string
	entered        bool
}

func (b *container) has(path string) bool {
	_, err := os.Stat(filepath.Join(b.at, path))
	return err == nil
}

// copy copies files and folders, the last of its words being where to.
func (b *container) copy(words []string) {
	b.t.Helper()
	to := words[len(words)-1]
	from, target := b.work, to
	if strings.HasPrefix(to, "/") {
		from, target = b.at, to
	}
	target = filepath.Join(from, target)
	for _, pattern := range words[:len(words)-1] {
		found, err := filepath.Glob(filepath.Join(b.root, pattern))
		if err != nil || len(found) == 0 && !strings.Contains(pattern, "[") {
			b.t.Fatalf("COPY: %s: %v", pattern, err)
		}
		for _, file := range found {
			into := target
			if info, err := os.Stat(file); err == nil && !info.IsDir() {
				into = filepath.Join(target, filepath.Base(file))
			}
			if err := b.tree(file, into); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// tree copies what .dockerignore does not leave out.
func (b *container) tree(from, to string) error {
	ignored, err := os.ReadFile(filepath.Join(b.root, ".dockerignore"))
	if err != nil {
		return err
	}
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(b.root, path)
		for pattern := range strings.Lines(string(ignored)) {
			anywhere, deep := strings.CutPrefix(strings.TrimSpace(pattern), "**/")
			if match, _ := filepath.Match(anywhere, filepath.Base(path)); match && (deep || name == anywhere) {
				if entry.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
		}
		rel, _ := filepath.Rel(from, path)
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		body, err := os.ReadFile(path)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o755)
		}
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), body, 0o644)
	})
}

// rooted is a line with the paths of the container in the folder.
func (b *container) rooted(line string) string {
	return regexp.MustCompile(`(^|[ "])/`).ReplaceAllString(line, "${1}"+b.at+"/")
}

func (b *container) run(line string) {
	b.t.Helper()
	c := exec.Command("sh", "-c", b.rooted(line))
	c.Dir = b.work
	if out, err := c.CombinedOutput(); err != nil {
		b.t.Fatalf("RUN %s: %v %s", line, err, out)
	}
}

// enter starts the server as the container does, on a free port, and asks it.
func (b *container) enter(line string) {
	b.t.Helper()
	var words []string
	if err := json.Unmarshal([]byte(b.rooted(line)), &words); err != nil {
		b.t.Fatal(err)
	}
	ctx, end := context.WithTimeout(b.t.Context(), time.Minute)
	defer end()
	c := exec.CommandContext(ctx, words[0], words[1:]...)
	c.Env = append(append([]string{}, b.env...), "PORT=0")
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	said, _ := bufio.NewReader(out).ReadString('\n')
	port := regexp.MustCompile(`:(\d+)\s*$`).FindStringSubmatch(said)
	if port == nil {
		b.t.Fatalf("the server says %q", said)
	}
	r, text := fetch(b.t, "GET", "http://127.0.0.1:"+port[1]+"/healthz", "")
	b.entered = r.StatusCode == 200 && strings.Contains(text, `"ok"`)
}

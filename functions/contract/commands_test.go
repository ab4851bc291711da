package contract

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hourglass/core/catalogue"
	"hourglass/functions/api"
)

// A command is one that a page of the documentation tells its reader to run.
type command struct {
	at   string // file and line
	text string
	says string // what the page shows as the answer to it, or a part of that
}

// A practice is how a command is held to what the page says of it: by running it, or by a reason why not here.
type practice struct {
	command *regexp.Regexp
	run     func(*reader, command)
	reason  string
}

// practices are tried in turn. A command that none of them knows fails the test: a new command is a new test.
var practices = []practice{
	{known(`^make run\b`), (*reader).serves, ""},
	{known(`^make worker\b`), (*reader).serves, ""},
	{known(`^make lambda\b`), (*reader).serves, ""},
	{known(`^make deploy-worker\b`), (*reader).deploysWorker, ""},
	{known(`^make deploy-lambda\b`), (*reader).deploysLambda, ""},
	{known(`^make test\b`), nil, "it is what runs this"},
	{known(`^npx .*wrangler login\b`), nil, "it wants an account at Cloudflare"},
	{known(`^HOURGLASS_API_KEY=\S+ make run\b`), (*reader).servesPrivately, ""},
	{known(`^openssl `), (*reader).makesKey, ""},
	{known(`^curl `), (*reader).asks, ""},
	{known(`^(cd functions/pipeline|go build -o pipeline|\./pipeline -input)\b`), nil, "functions/pipeline's TestCommandsOfThePage runs it: a module of its own"},
	{known(`^\./pipeline -runner\b`), nil, "it wants a cluster"},
	{known(`^(printf |go build|go run|build/score|\./score|ls summaries)`), (*reader).shell, ""},
	{known(`^parallel `), nil, "GNU parallel is not installed by make; score reads what it would pipe in functions/score's tests"},
	{known(`^duckdb `), nil, "functions/score/sql/summaries.test.ts runs the queries and the rows in DuckDB"},
	{known(`^npx openapi-typescript\b`), (*reader).generates, ""},
	{known(`^docker buildx imagetools\b`), (*reader).inspects, ""},
	{known(`^docker build `), nil, "functions/server's TestContainerBuilds does what the Dockerfile says without docker"},
	{known(`^(docker push|gcloud|bq|EXPORT DATA) `), nil, "it wants an account at Google"},
	{known(`^CREATE API INTEGRATION\b`), nil, "it wants an account at Snowflake"},
	{known(`^SELECT .*hourglass_\w+\(`), (*reader).calls, ""},
}

func known(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?s)` + pattern) }

// Every command of the README and of docs/ is run as its reader would run it, or a reason stands here why not.
func TestCommandsOfTheDocumentation(t *testing.T) {
	r := &reader{t: t, base: server(t, site(t)).base, folder: t.TempDir()}
	for _, c := range commands(t) {
		t.Run(c.at, func(t *testing.T) {
			for _, p := range practices {
				if !p.command.MatchString(c.text) {
					continue
				}
				if p.run == nil {
					t.Skipf("%s: %s", c.text, p.reason)
				}
				r.t = t
				p.run(r, c)
				return
			}
			t.Errorf("no test of %q, and no reason why there is none", c.text)
		})
	}
}

// commands are those of all pages: fenced blocks of shell and SQL, and indented ones that begin with a command.
func commands(t *testing.T) (list []command) {
	t.Helper()
	pages := []string{"README.md"}
	err := filepath.WalkDir(filepath.Join(root(t), "docs"), func(path string, _ fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(root(t), path); filepath.Ext(path) == ".md" {
			pages = append(pages, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(filepath.Join(root(t), page))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, commandsOf(page, string(text))...)
	}
	if len(list) < 20 {
		t.Errorf("only %d commands found: the pages have more", len(list))
	}
	return list
}

var (
	fence    = regexp.MustCompile("^ *```(\\w*)")
	indented = regexp.MustCompile(`^ {4}(make|npx|curl|go|sam|aws|docker) `)
	remark   = regexp.MustCompile(`\s{2,}# .*$`)
)

// commandsOf are the commands of a page.
func commandsOf(page, text string) (list []command) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		m := fence.FindStringSubmatch(lines[i])
		switch {
		case m == nil && indented.MatchString(lines[i]):
			list = append(list, split(page, i, lines[i:i+1], "sh")...)
		case m == nil:
		default:
			end := i + 1
			for end < len(lines) && !fence.MatchString(lines[end]) {
				end++
			}
			kind := m[1]
			if body := strings.TrimSpace(strings.Join(lines[i+1:end], "\n")); kind == "" && strings.HasPrefix(body, "curl ") {
				kind = "sh"
			}
			if kind == "json" && len(list) > 0 && strings.HasPrefix(list[len(list)-1].at, page+":") && list[len(list)-1].says == "" {
				answer, _, _ := strings.Cut(strings.Join(lines[i+1:end], "\n"), ", ...")
				if end-i == 2 { // in one line, as it is sent
					list[len(list)-1].says = answer
				}
			}
			list = append(list, split(page, i+1, lines[i+1:end], kind)...)
			i = end
		}
	}
	return list
}

// split parts a block into its commands: a line each, but for quotes and backslashes that reach over several.
func split(page string, from int, lines []string, kind string) (list []command) {
	if kind == "sql" {
		return []command{{at: fmt.Sprintf("%s:%d", page, from+1), text: strings.TrimSpace(strings.Join(lines, "\n"))}}
	}
	if kind != "sh" && kind != "bash" && kind != "console" {
		return nil
	}
	for i := 0; i < len(lines); i++ {
		line, at := lines[i], from+i+1
		for (strings.Count(remark.ReplaceAllString(line, ""), "'")%2 == 1 || strings.HasSuffix(line, `\`)) && i+1 < len(lines) {
			i++
			line += "\n" + lines[i]
		}
		line = strings.TrimSpace(remark.ReplaceAllString(line, ""))
		if line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, command{at: fmt.Sprintf("%s:%d", page, at), text: line})
		}
	}
	return list
}

// A reader does what the pages say, in a clone of their own for what writes files.
type reader struct {
	t      *testing.T
	base   string // of a server that answers the curl lines
	folder string // of a clone
	cloned bool
}

// run runs a shell command in a folder, for six minutes at most, and returns what it prints.
func (r *reader) run(folder, text string, environment ...string) string {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 6*time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", text)
	shell.Dir, shell.Env = folder, append(os.Environ(), environment...)
	var out, failure bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &failure
	if err := shell.Run(); err != nil {
		r.t.Errorf("%s: %v\n%s%s", text, err, excerpt(out.String()), failure.String())
	}
	return out.String()
}

// asks sends a curl line to a server and compares what comes with what the page shows.
func (r *reader) asks(c command) {
	text := strings.NewReplacer("http://127.0.0.1:8080", r.base, "localhost:8080", r.base, "https://YOUR-SERVER", r.base).Replace(c.text)
	out := r.run(r.t.TempDir(), strings.Replace(text, "curl ", "curl -sS --fail-with-body --max-time 20 ", 1))
	if strings.TrimSpace(out) == "" || !strings.Contains(out, c.says) {
		r.t.Errorf("%s says %s, not %s", c.text, excerpt(out), excerpt(c.says))
	}
}

// clone is the working tree without what is built, with an order log in it.
func (r *reader) clone() string {
	r.t.Helper()
	folder := r.folder
	if r.cloned {
		return folder
	}
	r.cloned = true
	r.run(root(r.t), "git ls-files -co --exclude-standard -z -- core functions go.mod go.sum internal/cdnow | tar --null -T - -cf - | tar -xf - -C '"+folder+"'")
	channels := []string{"search", "mail", "fair"}
	orders := "customer,date,amount,channel\n"
	for i := range 300 {
		for k := range 1 + i%5 {
			orders += fmt.Sprintf("c%d,2025-%02d-%02d,%d.50,%s\n", i, 1+(i+k*2)%12, 1+(i*7+k)%28, 10+(i*13+k)%90, channels[i%len(channels)])
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "orders.csv"), []byte(orders), 0o644); err != nil {
		r.t.Fatal(err)
	}
	for name, head := range map[string]string{"spend.csv": "date,channel,cost\n", "invoices.csv": "customer,subscription,invoice date,plan,"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(shownIn(r.t, "docs/score.md", head)), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "summaries"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = io.WriteString(w, "id,frequency,recency,age,mean_spend\na,2,100,200,30\nb,0,0,50,0\n")
	_ = w.Close()
	if err := os.WriteFile(filepath.Join(folder, "summaries", "a.csv.gz"), packed.Bytes(), 0o644); err != nil {
		r.t.Fatal(err)
	}
	return folder
}

// shownIn is the block of a page that begins with a head, as a reader would save it.
func shownIn(t *testing.T, page, head string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root(t), page))
	if err != nil {
		t.Fatal(err)
	}
	_, block, found := strings.Cut(string(text), "```csv\n"+head)
	if !found {
		t.Fatalf("%s shows no block that begins with %q", page, head)
	}
	block, _, _ = strings.Cut(block, "```")
	return head + block
}

var written = regexp.MustCompile(`> (?:\{\}|([\w.]+))`)

// shell runs a line in the clone; what it writes to a file must be something.
func (r *reader) shell(c command) {
	folder := r.clone()
	out := r.run(folder, c.text)
	if m := written.FindStringSubmatch(c.text); m != nil && m[1] != "" {
		if info, err := os.Stat(filepath.Join(folder, m[1])); err != nil || info.Size() == 0 {
			r.t.Errorf("%s leaves no %s", c.text, m[1])
		}
	} else if strings.HasPrefix(c.text, "go run") && out == "" {
		r.t.Errorf("%s prints nothing", c.text)
	}
	if strings.HasPrefix(c.text, "ls summaries") {
		if scored, err := os.ReadFile(filepath.Join(folder, "summaries", "a.csv.gz.scored")); err != nil || strings.Count(string(scored), "\n") != 3 {
			r.t.Errorf("%s: %q %v", c.text, scored, err)
		}
	}
}

var function = regexp.MustCompile(`hourglass_(\w+?)(?:_clv)?\(([^()]*)\)`)

// calls holds the arguments of a warehouse's function to the calculation's inputs: they go by position.
func (r *reader) calls(c command) {
	m := function.FindStringSubmatch(c.text)
	if m == nil {
		r.t.Fatalf("no call in %s", c.text)
	}
	for _, one := range catalogue.Calculations {
		if strings.NewReplacer("-", "_", "/", "_").Replace(one.ID) == m[1] {
			if got, want := strings.Count(m[2], ",")+1, len(one.Layout().Inputs); got != want {
				r.t.Errorf("%s: %d arguments for %d inputs", c.text, got, want)
			}
			return
		}
	}
	if m[1] != "clv" { // score's own function, of four columns
		r.t.Errorf("%s: no calculation %s", c.text, m[1])
	}
}

// serves runs a target that serves until it is stopped, on a free port, and asks it for what it serves.
func (r *reader) serves(c command) {
	heavy(r.t)
	port := freePort(r.t)
	target := strings.Fields(c.text)[1]
	make := exec.Command("make", target)
	make.Dir = root(r.t)
	make.Env = append(os.Environ(), "PORT="+port, "CI=1")
	launch(r.t, make)
	base := "http://127.0.0.1:" + port
	ready(r.t, base)
	if answer := send(r.t, platform{target, base}, get("", "/v1/subscription?"+query+"&format=value&field=clv", 200, "")); answer.status != 200 || answer.body != "1600" {
		r.t.Errorf("%s: %d %s", c.text, answer.status, excerpt(answer.body))
	}
	if target == "lambda" { // the API alone
		return
	}
	page := send(r.t, platform{target, base}, get("", "/", 200, ""))
	if page.status != http.StatusOK || !strings.Contains(page.body, "<hourglass-calculator") || page.header.Get("Content-Security-Policy") == "" {
		r.t.Errorf("%s: the page: %d %v", c.text, page.status, page.header)
	}
}

// servesPrivately runs the server with the key that the line sets, and asks with and without it.
func (r *reader) servesPrivately(c command) {
	key := strings.TrimPrefix(strings.Fields(c.text)[0], "HOURGLASS_API_KEY=")
	p := serverWith(r.t, site(r.t), "HOURGLASS_API_KEY="+key)
	if answer := send(r.t, p, get("", "/v1/subscription?"+query, 401, "")); answer.status != http.StatusUnauthorized {
		r.t.Errorf("%s: %d without the key", c.text, answer.status)
	}
	if answer := send(r.t, p, get("", "/v1/subscription?"+query, 200, "", "X-API-Key", key)); answer.status != http.StatusOK {
		r.t.Errorf("%s: %d with the key: %s", c.text, answer.status, excerpt(answer.body))
	}
}

// makesKey runs a line that makes a key, which the API must take for one.
func (r *reader) makesKey(c command) {
	if keys, err := api.Keys(r.run(r.t.TempDir(), c.text)); err != nil || len(keys) != 1 {
		r.t.Errorf("%s: %v %v", c.text, keys, err)
	}
}

// generates is a line that make test-clients runs, on the description where it lies.
func (r *reader) generates(c command) {
	body, err := os.ReadFile(filepath.Join(root(r.t), "Makefile"))
	if err != nil {
		r.t.Fatal(err)
	}
	made := strings.NewReplacer("npx ", "npx --no-install ", " openapi.json ", " ../../../functions/api/openapi_gen.json ").Replace(c.text)
	if !strings.Contains(string(body), made) {
		r.t.Errorf("make test-clients does not run %q", made)
	}
}

// inspects asks a registry for the digest of an image that the container is built from, and holds it to the pinned one where docker and a registry are at hand.
func (r *reader) inspects(c command) {
	image := c.text[strings.LastIndexByte(c.text, ' ')+1:]
	body, err := os.ReadFile(filepath.Join(root(r.t), "functions/server/Dockerfile"))
	if err != nil {
		r.t.Fatal(err)
	}
	if !strings.Contains(string(body), "FROM "+image+"@sha256:") {
		r.t.Errorf("%s: the Dockerfile starts from no %s with a digest", c.text, image)
	}
	if _, err := exec.LookPath("docker"); err != nil {
		r.t.Skipf("%s: there is no docker here; the image is one of the Dockerfile's", c.text)
	}
	ctx, end := context.WithTimeout(r.t.Context(), time.Minute)
	defer end()
	out, err := exec.CommandContext(ctx, "sh", "-c", c.text).CombinedOutput()
	switch digest := regexp.MustCompile(`(?m)^Digest:\s*(sha256:[0-9a-f]{64})`).FindSubmatch(out); {
	case err != nil:
		r.t.Skipf("%s: no registry is to be had here: %s", c.text, out)
	case digest == nil:
		r.t.Errorf("%s tells no digest: %s", c.text, out)
	}
}

// heavy leaves out what takes long, or wants what make test builds.
func heavy(t *testing.T) {
	t.Helper()
	if os.Getenv("HOURGLASS_CONTRACT") == "" {
		t.Skip("make's targets run with HOURGLASS_CONTRACT=1, as in make test")
	}
}

// deploysWorker goes as far as the network, with the production site that is built: make makes dist by the same command.
func (r *reader) deploysWorker(c command) {
	heavy(r.t)
	out := r.run(root(r.t), c.text+" DIST=build/prod WRANGLER_OPTIONS='--dry-run --assets build/prod --outdir "+r.t.TempDir()+"'", "CI=1", "WRANGLER_SEND_METRICS=false")
	for _, part := range []string{"rules of headers", "--dry-run"} {
		if !strings.Contains(out, part) {
			r.t.Errorf("%s says nothing of %q: %s", c.text, part, excerpt(out))
		}
	}
}

// deploysLambda runs deploy.sh with the tools of AWS replaced by a scribe: each file of the site must be uploaded once, with
// its own headers. The tools themselves want an account.
func (r *reader) deploysLambda(command) {
	heavy(r.t)
	site, tools := filepath.Join(root(r.t), "build/prod"), r.t.TempDir()
	log := filepath.Join(tools, "log")
	for _, tool := range []string{"sam", "aws"} {
		script := "#!/bin/sh\nprintf '%s\\037' " + tool + ` "$@" >>` + log + "\necho >>" + log + "\necho name\n"
		if err := os.WriteFile(filepath.Join(tools, tool), []byte(script), 0o755); err != nil {
			r.t.Fatal(err)
		}
	}
	r.run(root(r.t), "functions/lambda/deploy.sh clv "+site, "PATH="+tools+":"+os.Getenv("PATH"))
	text, err := os.ReadFile(log)
	if err != nil {
		r.t.Fatal(err)
	}
	uploaded := map[string]int{}
	for line := range strings.Lines(string(text)) {
		words := strings.Split(line, "\x1f")
		if len(words) > 2 && words[1] == "s3" && words[2] == "cp" {
			for i, word := range words {
				if word == "--include" {
					uploaded[words[i+1]]++
				}
			}
		}
	}
	want := objectHeaders(r.t, site)
	for file := range want {
		if uploaded[file] != 1 {
			r.t.Errorf("%s is uploaded %d times", file, uploaded[file])
		}
	}
	if len(uploaded) != len(want) {
		r.t.Errorf("%d files are uploaded of %d", len(uploaded), len(want))
	}
}

package readme

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A practice is how a command in the midst of a sentence is held to what there is, or a reason why not here. Commands in blocks of README
// and docs/ are run by functions/contract's TestCommandsOfTheDocumentation.
type practice struct {
	command *regexp.Regexp
	check   func(t *testing.T, words []string)
	reason  string
}

var practices = []practice{
	{regexp.MustCompile(`^make `), makes, ""},
	{regexp.MustCompile(`^go test `), tests, ""},
	{regexp.MustCompile(`^go run `), runs, ""},
	{regexp.MustCompile(`^node `), loads, ""},
	{regexp.MustCompile(`^\./score -model-file `), nil, "site/test/elsewhere.test.ts runs the command that the page writes"},
	{regexp.MustCompile(`^curl -O https://YOUR-SERVER/workbooks/`), nil, "functions/sheets/gallery.test.ts holds the names of the workbooks; what the site has is served as it is"},
	{regexp.MustCompile(`^npm ci\b`), nil, "wasm/toolchain/node.sh, which each make runs first, stands for it"},
	{regexp.MustCompile(`^(npm install|npx esbuild|cp node_modules/)`), nil, "internal/clients/npm installs the packages and runs the recipes of their READMEs"},
	{regexp.MustCompile(`^(npx --prefix functions/worker )?wrangler `), nil, "it wants an account at Cloudflare; functions/contract runs make deploy-worker as a rehearsal"},
	{regexp.MustCompile(`^sam delete$`), nil, "it wants an account at AWS"},
	{regexp.MustCompile(`^git (commit|tag|push)\b`), nil, "it is git's own"},
	{regexp.MustCompile(`^npm publish (site/widget|site/package)$`), nil, "it publishes; internal/clients/npm packs both with npm"},
}

var (
	inline  = regexp.MustCompile("`(?:[A-Z]+=\\S+ )?((?:make|go (?:run|test|build|generate|tool|vet)|node|npx|npm|curl|docker|sam|aws|wrangler|gcloud|\\./\\w+) [^`\n]*)`")
	blocks  = regexp.MustCompile("(?s)```sh\n(.*?)```")
	remark  = regexp.MustCompile(`(?m)\s{2,}# .*$`)
	strange = regexp.MustCompile(`^-[a-z]+$`)
)

// What the pages tell their readers to run is there: targets of make, packages with such tests, programs.
func TestCommandsAreThere(t *testing.T) {
	pages, err := exec.Command("git", "-C", "../..", "ls-files", "*.md", ":!CHANGELOG.md", ":!site/learn").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for page := range strings.FieldsSeq(string(pages)) {
		body, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range commandsOf(page, string(body)) {
			found++
			at := slices.IndexFunc(practices, func(p practice) bool { return p.command.MatchString(command) })
			switch {
			case at < 0:
				t.Errorf("%s: no test of %q, and no reason why there is none", page, command)
			case practices[at].check != nil:
				t.Run(page+" "+command, func(t *testing.T) { practices[at].check(t, words(command)) })
			}
		}
	}
	t.Run("targets", targets)
	if found < 100 {
		t.Errorf("only %d commands found: the pages have more", found)
	}
}

// commandsOf are those within sentences, and of pages outside docs/ also those in blocks.
func commandsOf(page, body string) (list []string) {
	for _, m := range inline.FindAllStringSubmatch(body, -1) {
		list = append(list, m[1])
	}
	if page == "README.md" || strings.HasPrefix(page, "docs/") {
		return list
	}
	for _, m := range blocks.FindAllStringSubmatch(body, -1) {
		for line := range strings.SplitSeq(remark.ReplaceAllString(m[1], ""), "\n") {
			for part := range strings.SplitSeq(line, " && ") {
				if part = strings.TrimSpace(part); part != "" {
					list = append(list, part)
				}
			}
		}
	}
	return list
}

var word = regexp.MustCompile(`(?:[^\s']|'[^']*')+`)

// words are a command's, without quotes.
func words(command string) []string {
	list := word.FindAllString(command, -1)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "'", "")
	}
	return list
}

// asked are the targets of make that the pages name.
var asked = map[string]bool{}

// makes notes the targets, and looks for the test that TEST names.
func makes(t *testing.T, words []string) {
	file := ""
	for _, word := range words[1:] {
		name, value, variable := strings.Cut(word, "=")
		switch {
		case variable && name == "FILE":
			file = value
		case variable && name == "TEST":
			if body, err := os.ReadFile("../../site/test/browser/" + file + ".test.ts"); err != nil || !strings.Contains(string(body), `test("`+value) {
				t.Errorf("no test of %s begins with %q: %v", file, value, err)
			}
		case !variable:
			asked[word] = true
		}
	}
}

// targets asks make what it would do for all of them, and help for each.
func targets(t *testing.T) {
	all := slices.Sorted(maps.Keys(asked))
	dry(t, append([]string{"-n"}, all...)...)
	help := dry(t, "help")
	for _, target := range all {
		if !strings.Contains(help, "  make "+target+" ") {
			t.Errorf("make help does not name %s: give it a ## comment", target)
		}
	}
}

var stopped = regexp.MustCompile(`(?m)^make.*\*\*\*.*$`)

func dry(t *testing.T, args ...string) string {
	command := exec.Command("make", args...)
	command.Dir = "../.."
	command.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "MAKE") || strings.HasPrefix(v, "MFLAGS") })
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("make %s: %v\n%s", strings.Join(args, " "), err, strings.Join(stopped.FindAllString(string(out), -1), "\n"))
	}
	return string(out)
}

// ran are the flags whose value is a pattern, with what the names of its tests begin with.
var ran = map[string]string{"-run": "Test", "-bench": "Benchmark"}

// own are go test's flags of a value.
var own = []string{"-benchtime", "-timeout", "-count"}

// tests looks for the package and for tests by these names; each flag that is not go test's is the package's.
func tests(t *testing.T, words []string) {
	var sources string
	for _, word := range words {
		if strings.HasPrefix(word, "./") {
			sources = testsOf(t, word)
		}
	}
	if sources == "" && len(words) > 3 { // go test -fuzz names no package
		t.Fatal("no package with tests is named")
	}
	for i, word := range words[:len(words)-1] {
		value, _, _ := strings.Cut(words[i+1], "/")
		begins, pattern := ran[word]
		switch {
		case pattern && value == "^$":
		case pattern:
			if !regexp.MustCompile(`(?m)^func ` + begins + `\w*(` + strings.NewReplacer("$", `\b`).Replace(value) + `)`).MatchString(sources) {
				t.Errorf("no %s is called like %q", begins, value)
			}
		case strange.MatchString(word) && !strings.HasPrefix(value, "-") && !slices.Contains(own, word) && word != "-v":
			if !strings.Contains(sources, `"`+word[1:]+`"`) {
				t.Errorf("the tests have no option %s", word)
			}
		}
	}
}

// testsOf are the tests of a package, or of all below it.
func testsOf(t *testing.T, pattern string) string {
	folder, all := strings.CutSuffix(pattern, "/...")
	globs := []string{"../../" + folder + "/*_test.go"}
	if all {
		globs = append(globs, "../../"+folder+"/*/*_test.go")
	}
	var sources strings.Builder
	for _, glob := range globs {
		files, _ := filepath.Glob(glob) // whose only error is a bad pattern
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(body)
		}
	}
	return sources.String()
}

// runs looks for the program.
func runs(t *testing.T, words []string) {
	if files, _ := filepath.Glob("../../" + words[2] + "/*.go"); len(files) == 0 {
		t.Errorf("%s is no program", words[2])
	}
}

// loads looks for the files that node is given.
func loads(t *testing.T, words []string) {
	for _, word := range words {
		if !strings.HasSuffix(word, ".ts") && !strings.HasSuffix(word, ".mjs") {
			continue
		}
		if _, err := os.Stat("../../" + word); err != nil {
			t.Error(err)
		}
	}
}

// Assets writes beside a site's files what Cloudflare reads about them: _headers, which is the table that the server
// sends its headers by (api.SiteRules), and .assetsignore, which keeps copies compressed beforehand at home.
//
//	assets dist
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hourglass/functions/api"
)

// What Cloudflare reads at most: rules, and characters of a line.
const (
	maxRules = 100
	maxLine  = 2000
)

// ignored is .assetsignore: Cloudflare compresses by itself.
const ignored = "*.br\n*.gz\n.assetsignore\n"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: assets folder")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	if _, err := os.Stat(filepath.Join(folder, "index.html")); err != nil {
		return fmt.Errorf("%s holds no site: make dist builds one", folder)
	}
	rules := text(api.SiteRules())
	for line := range strings.Lines(rules) {
		if len(line) > maxLine {
			return fmt.Errorf("a line of %d characters, but Cloudflare reads %d: %.60s", len(line), maxLine, line)
		}
	}
	if count := len(api.SiteRules()); count > maxRules {
		return fmt.Errorf("%d rules of headers, but Cloudflare reads %d", count, maxRules)
	}
	if err := os.WriteFile(filepath.Join(folder, "_headers"), []byte(rules), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, ".assetsignore"), []byte(ignored), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d rules of headers of at most %d\n", folder, len(api.SiteRules()), maxRules)
	return nil
}

// text writes rules in the form of a _headers file, with the promise of TLS, which ends at Cloudflare. There all rules that match apply in turn, so that each first takes
// away what those before it gave.
func text(rules []api.SiteRule) string {
	var out strings.Builder
	var names []string // of headers given so far
	for _, r := range rules {
		if out.WriteString(r.Pattern + "\n"); r.Pattern == "/*" {
			out.WriteString("  " + api.TransportSecurity.Name + ": " + api.TransportSecurity.Value + "\n")
		}
		for _, name := range names {
			out.WriteString("  ! " + name + "\n")
		}
		for _, h := range r.Headers {
			if !slices.Contains(names, h.Name) {
				names = append(names, h.Name)
			}
			out.WriteString("  " + h.Name + ": " + h.Value + "\n")
		}
	}
	return out.String()
}

// Objects lists the files of a site with what their objects in the bucket are given: a path, a Cache-Control and a
// Content-Type a line, parted by tabs, pages last. deploy.sh uploads by it.
//
//	objects dist
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"hourglass/functions/api"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: objects folder")
		os.Exit(2)
	}
	files, err := list(os.DirFS(os.Args[1]))
	if err != nil {
		fmt.Fprintln(os.Stderr, "objects:", err)
		os.Exit(1)
	}
	for _, file := range files {
		fmt.Printf("%s\t%s\t%s\n", file, caching(file), api.SiteType(file))
	}
}

// list is the files that a bucket holds, what pages load before the pages: a visitor finds either the old site or the
// whole new one. CloudFront compresses by itself, and Cloudflare's files are not for it.
func list(site fs.FS) ([]string, error) {
	var files, pages []string
	err := fs.WalkDir(site, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil, !entry.Type().IsRegular(), slices.Contains([]string{".br", ".gz"}, path.Ext(name)),
			name == "_headers", strings.HasPrefix(name, "."):
		case path.Ext(name) == ".html":
			pages = append(pages, name)
		default:
			files = append(files, name)
		}
		return err
	})
	return append(files, pages...), err
}

// caching is the Cache-Control of a file at the address of its page.
func caching(file string) string {
	address, _ := strings.CutSuffix("/"+file, "index.html")
	for _, h := range api.SiteHeaders(address) {
		if h.Name == "Cache-Control" {
			return h.Value
		}
	}
	return ""
}

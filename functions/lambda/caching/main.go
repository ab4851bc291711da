// Caching lists the files of a site that a browser may keep, with how long: a path and a Cache-Control a line, parted
// by a tab. The others are asked for again each time. deploy.sh gives them to the objects in the bucket.
//
//	caching dist
package main

import (
	"fmt"
	"io/fs"
	"os"

	"hourglass/functions/api"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: caching folder")
		os.Exit(2)
	}
	err := fs.WalkDir(os.DirFS(os.Args[1]), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && caching("/"+name) != caching("/index.html") {
			fmt.Printf("%s\t%s\n", name, caching("/"+name))
		}
		return err
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "caching:", err)
		os.Exit(1)
	}
}

// caching is the Cache-Control of a file of the site.
func caching(path string) string {
	for _, h := range api.SiteHeaders(path) {
		if h.Name == "Cache-Control" {
			return h.Value
		}
	}
	return ""
}

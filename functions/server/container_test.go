package main

import (
	"go/version"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
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

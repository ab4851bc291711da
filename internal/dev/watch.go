package main

import (
	"context"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// often is how often files are looked at: two thousand of them take some milliseconds, on any system alike.
const often = 300 * time.Millisecond

// A watcher sees which files of some folders change.
type watcher struct {
	ctx   context.Context
	roots []string
}

func watch(ctx context.Context, roots ...string) watcher { return watcher{ctx, roots} }

// each calls back with the names of the files that changed since the last call, until the context ends. What a build itself writes is
// seen by the one that follows, which has nothing to do.
func (w watcher) each(changed func(names []string)) {
	before := w.times()
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-time.After(often):
		}
		now := w.times()
		names := differing(before, now)
		if len(names) == 0 {
			continue
		}
		before = now // not what is there after the build: something may have changed while it ran
		changed(names[:min(len(names), 3)])
	}
}

// times are those of all files.
func (w watcher) times() map[string]time.Time {
	found := map[string]time.Time{}
	for _, root := range w.roots {
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // gone meanwhile
			}
			name := entry.Name()
			if entry.IsDir() && (name == "node_modules" || name == "dist" || name == "testdata" || strings.HasPrefix(name, ".")) {
				return filepath.SkipDir
			}
			if entry.IsDir() || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, ".gen.") {
				return nil
			}
			if info, err := entry.Info(); err == nil {
				found[path] = info.ModTime()
			}
			return nil
		})
	}
	return found
}

// differing are the files that are not the same in both, in order.
func differing(before, now map[string]time.Time) []string {
	names := map[string]bool{}
	for name, at := range now {
		if was, ok := before[name]; !ok || !was.Equal(at) {
			names[name] = true
		}
	}
	for name := range before {
		if _, ok := now[name]; !ok {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// changes tells open pages, each by a stream of its own, which build is served.
type changes struct {
	lock  sync.Mutex
	build int64
	next  chan struct{} // closed at the next build
}

func newChanges() *changes {
	return &changes{build: time.Now().UnixNano(), next: make(chan struct{})}
}

func (c *changes) tell() {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.build++
	close(c.next)
	c.next = make(chan struct{})
}

func (c *changes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	for {
		c.lock.Lock()
		build, next := c.build, c.next
		c.lock.Unlock()
		if _, err := w.Write([]byte("data: " + strconv.FormatInt(build, 10) + "\n\n")); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-next:
		case <-r.Context().Done():
			return
		}
	}
}

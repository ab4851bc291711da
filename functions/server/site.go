package main

import (
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"

	"hourglass/functions/api"
)

// types are the media types of the site, stated here because a machine's own table may lack them.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".html": "text/html; charset=utf-8",
	".gs": "text/plain; charset=utf-8", ".ico": "image/x-icon", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".map": "application/json", ".md": "text/markdown; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm",
	".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".xml": "application/xml",
}

// newSite serves the files of a folder. It is opened anew for each request, so that a site that was built again, in a new folder of the
// same name, is served without a restart.
func newSite(folder string) (http.Handler, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	defer root.Close()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		root, err := os.OpenRoot(folder)
		if err != nil {
			w.Header().Set("Retry-After", "1")
			http.Error(w, "The site is not there: it is being built, or was removed.", http.StatusServiceUnavailable)
			return
		}
		defer root.Close()
		(&site{root.FS()}).ServeHTTP(w, r)
	}), nil
}

// A site serves the files of a folder, which it cannot leave.
type site struct{ files fs.FS }

// ServeHTTP answers GET and HEAD with a file, its folder's index.html, or the page for what is not there.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	if found, folder := s.find(name); found != "" {
		if folder && !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, "/"+name+"/"+querySuffix(r), http.StatusMovedPermanently)
			return
		}
		s.send(w, r, found, http.StatusOK)
		return
	}
	s.send(w, r, "404.html", http.StatusNotFound)
}

// find returns the file for a path: itself, with .html, or the index of a folder, which folder tells.
func (s *site) find(name string) (file string, folder bool) {
	if hidden(name) {
		return "", false
	}
	if s.isFile(name) {
		return name, false
	}
	if s.isFile(name + ".html") {
		return name + ".html", false
	}
	if index := path.Join(name, "index.html"); s.isFile(index) {
		return index, true
	}
	return "", false
}

func (s *site) isFile(name string) bool {
	info, err := fs.Stat(s.files, name)
	return err == nil && info.Mode().IsRegular()
}

// hidden tells whether any part of a path begins with a dot; such files are not for the public.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

func querySuffix(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return "?" + r.URL.RawQuery
}

// codings are the suffixes of files compressed beforehand, best first.
var codings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// send writes a file, or the smallest of its compressed copies that the client takes.
func (s *site) send(w http.ResponseWriter, r *http.Request, name string, status int) {
	header := w.Header()
	for _, h := range api.SiteHeaders("/" + name) {
		header.Set(h.Name, h.Value)
	}
	header.Set("Vary", "Accept-Encoding")
	if status != http.StatusOK {
		header.Set("Cache-Control", "no-store")
	}
	stored, coding := name, ""
	for _, c := range codings {
		if accepts(r, c.name) && s.isFile(name+c.suffix) {
			stored, coding = name+c.suffix, c.name
			break
		}
	}
	file, err := s.files.Open(stored)
	if err != nil {
		header.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, "There is nothing at this address.\n")
		return
	}
	defer file.Close()
	header.Set("Content-Type", typeOf(name))
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	s.stream(w, r, file, status)
}

// stream sends a file's bytes. The validator is its time and size: a file is replaced by another, not edited.
func (s *site) stream(w http.ResponseWriter, r *http.Request, file fs.File, status int) {
	info, err := file.Stat()
	if err != nil {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	if seeker, ok := file.(io.ReadSeeker); ok && status == http.StatusOK {
		w.Header().Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
		http.ServeContent(w, r, "", info.ModTime(), seeker)
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, file)
	}
}

func typeOf(name string) string {
	extension := path.Ext(name)
	if known, ok := types[extension]; ok {
		return known
	}
	if guessed := mime.TypeByExtension(extension); guessed != "" {
		return guessed
	}
	return "application/octet-stream"
}

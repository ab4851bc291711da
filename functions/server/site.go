package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hourglass/functions/api"
	"hourglass/functions/sheets"
)

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
	file, address := s.find(name)
	if page, ok := strings.CutSuffix(name, "/index.html"); ok && file == "" {
		file, address = s.find(page)
	}
	switch {
	case file == "":
		s.send(w, r, "404.html", http.StatusNotFound)
	case address != r.URL.Path:
		s.redirect(w, r, address)
	default:
		s.send(w, r, file, http.StatusOK)
	}
}

// find returns the file for a path, and the one address that it is served at: a page has its name without .html, a
// folder's index the folder's name with a slash, as on Cloudflare.
func (s *site) find(name string) (file, address string) {
	if hidden(name) {
		return "", ""
	}
	page, isPage := strings.CutSuffix(name, ".html")
	switch {
	case s.isFile(name) && isPage && path.Base(page) == "index":
		return name, "/" + strings.TrimSuffix(page, "index")
	case s.isFile(name) && isPage:
		return name, "/" + page
	case s.isFile(name):
		return name, "/" + name
	case s.isFile(name + ".html"):
		return name + ".html", "/" + name
	case s.isFile(path.Join(name, "index.html")):
		return path.Join(name, "index.html"), "/" + name + "/"
	}
	return "", ""
}

// redirect leads to another address of the site with the same query.
func (s *site) redirect(w http.ResponseWriter, r *http.Request, address string) {
	to := url.URL{Path: address, RawQuery: r.URL.RawQuery}
	setHeaders(w.Header(), r.URL.Path)
	w.Header().Set("Location", to.String())
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func setHeaders(header http.Header, address string) {
	for _, h := range api.SiteHeaders(address) {
		header.Set(h.Name, h.Value)
	}
}

func (s *site) isFile(name string) bool {
	info, err := fs.Stat(s.files, name)
	return err == nil && info.Mode().IsRegular()
}

// hidden tells whether a file is not for the public: any part of its path begins with a dot, it is Cloudflare's file of
// rules, or a copy compressed beforehand, which is sent in the place of its file.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") || name == "_headers" ||
		slices.ContainsFunc(codings, func(c coding) bool { return strings.HasSuffix(name, c.suffix) })
}

// codings are the suffixes of files compressed beforehand, best first.
var codings = []coding{{"br", ".br"}, {"gzip", ".gz"}}

type coding struct{ name, suffix string }

// send writes a file, or the smallest of its compressed copies that the client takes.
func (s *site) send(w http.ResponseWriter, r *http.Request, name string, status int) {
	header := w.Header()
	setHeaders(header, r.URL.Path)
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
	if sheets.Names(name) && s.own(w, r, name) {
		return
	}
	file, err := s.files.Open(stored)
	if err != nil {
		header.Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, "There is nothing at this address.\n")
		return
	}
	defer file.Close()
	header.Set("Content-Type", api.SiteType(name))
	if coding != "" {
		header.Set("Content-Encoding", coding)
	}
	s.stream(w, r, file, status)
}

// own sends a file that a spreadsheet loads with this server's own address for YOUR-SERVER, and tells whether it did: not where the file has none, or the client
// names no host that can stand in an address.
func (s *site) own(w http.ResponseWriter, r *http.Request, name string) bool {
	body, err := fs.ReadFile(s.files, name)
	if err != nil || !plainHost.MatchString(r.Host) {
		return false
	}
	scheme := "https://"
	if host, _, _ := strings.Cut(r.Host, ":"); host == "localhost" || host == "127.0.0.1" {
		scheme = "http://"
	}
	own, err := sheets.Own(name, body, scheme+r.Host)
	if err != nil || bytes.Equal(own, body) {
		return false
	}
	w.Header().Set("Content-Type", api.SiteType(name))
	w.Header().Add("Vary", "Host")
	w.Header().Set("Content-Length", strconv.Itoa(len(own)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(own)
	}
	return true
}

// plainHost is a host with or without a port, free of what XML, JSON or a script would read.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

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
	w.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, file)
	}
}

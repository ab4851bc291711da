package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
)

// kept is where a folder's files go that are named by their content: in production a folder of their own, which holds
// nothing else and may be kept for ever (api.SiteHeaders). While developing, names stay, and so do files.
func (s *site) kept(folder string) string {
	if s.prod {
		return folder + "immutable/"
	}
	return folder
}

// addAsset puts a file into assets/; in production its name carries its content, so that it may be cached for ever.
func (s *site) addAsset(name string, body []byte) {
	s.addFile("assets/", name, body)
}

// addFile does the same in another folder.
func (s *site) addFile(folder, name string, body []byte) {
	s.assets[name] = s.put(folder, name, body)
}

// put is the path that a file is given in a folder.
func (s *site) put(folder, name string, body []byte) string {
	target := folder + name
	if s.prod {
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		target = s.kept(folder) + strings.TrimSuffix(name, ext) + "-" + base32.StdEncoding.EncodeToString(sum[:5]) + ext
	}
	s.files[target] = body
	return target
}

// copyAssets takes over what is not built here: the engine's modules, the icon.
func (s *site) copyAssets() error {
	copied := maps.Clone(s.wasm)
	copied["favicon.svg"] = filepath.Join(s.src, "assets", "favicon.svg")
	for name, path := range copied {
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.addAsset(name, body)
	}
	return nil
}

// compressible tells whether a server would compress such a file.
func compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".map", ".svg", ".wasm", ".json", ".txt", ".xml":
		return true
	}
	return false
}

// compressed tells whether a file has its compressed copies.
func compressed(name string) bool {
	_, br := os.Stat(name + ".br")
	_, gz := os.Stat(name + ".gz")
	return br == nil && gz == nil
}

// precompress writes name.br and name.gz beside each of the files.
func (s *site) precompress(names []string) error {
	if len(names) == 0 {
		return nil
	}
	cmd := s.node("compress.ts")
	cmd.Stdin, cmd.Stderr = strings.NewReader(strings.Join(names, "\n")), os.Stderr
	return cmd.Run()
}

func pack(w io.WriteCloser, body []byte) error {
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// packer is what brotliSize asks one file after another: its tables are large, and made once.
var packer = brotli.NewWriterLevel(nil, brotli.BestCompression)

func brotliSize(body []byte) (int, error) {
	var out bytes.Buffer
	packer.Reset(&out)
	err := pack(packer, body)
	return out.Len(), err
}

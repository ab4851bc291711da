package main

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"

	"hourglass/functions/api"
)

// gzipFrom is the size from which an answer is compressed: below, the frame costs as much as it saves.
const gzipFrom = 1400

// newHandler puts the API, and the pages where there are any, behind net/http.
func newHandler(handler *api.Handler, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pages != nil && !api.Owns(r.URL.Path) {
			pages.ServeHTTP(w, r)
			return
		}
		body, err := readBody(w, r)
		if err != nil {
			refuseBody(w, err)
			return
		}
		answer := handler.Handle(api.Request{
			Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Body: body, ID: newID(r),
			Header: func(name string) string { return header(r, name) },
		})
		write(w, answer, accepts(r, "gzip"))
	})
}

// header is a header of a request; net/http keeps that of the host apart.
func header(r *http.Request, name string) string {
	if name == "Host" {
		return r.Host
	}
	return strings.Join(r.Header.Values(name), ", ")
}

// readBody reads a body up to one byte more than the API takes, so that the API can say that it is too long.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > 0 && r.ContentLength <= api.MaxBody {
		body := make([]byte, r.ContentLength)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, api.MaxBody+1))
	if len(body) > api.MaxBody {
		w.Header().Set("Connection", "close") // the rest is not read
	}
	return body, err
}

// refuseBody answers a body that did not arrive whole or in time.
func refuseBody(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	if errors.Is(err, os.ErrDeadlineExceeded) {
		status = http.StatusRequestTimeout
	}
	w.Header().Set("Connection", "close")
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"type":"about:blank","title":"`+http.StatusText(status)+`","status":`+strconv.Itoa(status)+
		`,"detail":"The body did not arrive whole."}`)
}

// newID is a request's id where the client sends none.
func newID(r *http.Request) string {
	if r.Header.Get("X-Request-Id") != "" {
		return ""
	}
	var id [12]byte
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	return hex.EncodeToString(id[:])
}

// write sends an answer, compressed where that pays.
func write(w http.ResponseWriter, answer api.Response, compress bool) {
	header := w.Header()
	values := make([]string, len(answer.Header)) // one allocation for all; Add makes one each
	for i, h := range answer.Header {
		values[i] = h.Value
		name := http.CanonicalHeaderKey(h.Name)
		if header[name] == nil {
			header[name] = values[i : i+1 : i+1]
		} else {
			header[name] = append(header[name], h.Value)
		}
	}
	if len(answer.Body) >= gzipFrom {
		header.Add("Vary", "Accept-Encoding")
		if compress {
			compressed(header, &answer)
		}
	}
	if answer.Status != http.StatusNotModified && answer.Status != http.StatusNoContent && header.Get("Content-Length") == "" {
		header.Set("Content-Length", strconv.Itoa(len(answer.Body)))
	}
	w.WriteHeader(answer.Status)
	_, _ = w.Write(answer.Body)
}

var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return packer
}}

// compressed replaces the body of an answer by its gzip, under an entity tag of its own.
func compressed(header http.Header, answer *api.Response) {
	var packed bytes.Buffer
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(&packed)
	_, _ = packer.Write(answer.Body)
	_ = packer.Close() // a buffer takes everything
	answer.Body = packed.Bytes()
	header.Set("Content-Encoding", "gzip")
	if tag := header.Get("ETag"); tag != "" {
		header.Set("ETag", api.TaggedFor(tag, "gzip"))
	}
}

// accepts tells whether a client takes a content coding.
func accepts(r *http.Request, coding string) bool {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight, _ := strings.Cut(part, ";")
		if name = strings.TrimSpace(name); strings.EqualFold(name, coding) || name == "*" {
			_, q, _ := strings.Cut(weight, "=")
			value, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
			return err != nil || value > 0
		}
	}
	return false
}

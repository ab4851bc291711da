package main

import (
	"bytes"
	"compress/gzip"
	"context"
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
			pages.ServeHTTP(patient(w), r)
			return
		}
		write(w, r, answer(handler, w, r))
	})
}

// answer is what the API says to a request, or its refusal. The work stops when the client leaves and when the time is up.
func answer(handler *api.Handler, w http.ResponseWriter, r *http.Request) api.Response {
	body, err := readBody(w, r)
	if err != nil {
		w.Header().Set("Connection", "close")
		status := http.StatusBadRequest
		if errors.Is(err, os.ErrDeadlineExceeded) {
			status = http.StatusRequestTimeout
		}
		return api.Refusal(status, "The body did not arrive whole.")
	}
	ctx, cancel := context.WithTimeout(r.Context(), workTimeout)
	defer cancel()
	return handler.Handle(api.Request{
		Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Body: body, ID: newID(r), Done: ctx.Done(),
		Header: func(name string) string { return header(r, name) },
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
	if r.ContentLength > api.MaxBody {
		w.Header().Set("Connection", "close") // nothing of it is read
		return tooLong, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, api.MaxBody+1))
	if len(body) > api.MaxBody {
		w.Header().Set("Connection", "close") // the rest is not read
	}
	return body, err
}

// tooLong stands for every body that says of itself that it is too long: of such a one the API looks at the length alone.
var tooLong = make([]byte, api.MaxBody+1)

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
func write(w http.ResponseWriter, r *http.Request, answer api.Response) {
	if size := int64(len(answer.Body)); size >= large {
		defer waiting.Add(-size)
		if waiting.Add(size) > maxWaiting {
			answer = api.Busy()
		}
	}
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
		if accepts(r, "gzip") {
			compressed(header, &answer)
		}
	}
	if answer.Status != http.StatusNotModified && answer.Status != http.StatusNoContent && !answer.Unsized {
		header.Set("Content-Length", strconv.Itoa(len(answer.Body)))
	}
	w.WriteHeader(answer.Status)
	if _, err := patient(w).Write(answer.Body); err != nil && len(answer.Body) >= large { // net/http leaves out what HEAD does not want
		giveBack()
	}
}

var packers = sync.Pool{New: func() any {
	packer, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return packer
}}

// compressed replaces the body of an answer by its gzip, under an entity tag of its own.
func compressed(header http.Header, answer *api.Response) {
	if answer.Packed == nil {
		answer.Packed = packed(answer.Body)
	}
	answer.Body = answer.Packed
	header.Set("Content-Encoding", "gzip")
	if tag := header.Get("ETag"); tag != "" {
		header.Set("ETag", api.TaggedFor(tag, "gzip"))
	}
}

// packed is a body's gzip.
func packed(body []byte) []byte {
	var packed bytes.Buffer
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(&packed)
	_, _ = packer.Write(body)
	_ = packer.Close() // a buffer takes everything
	return packed.Bytes()
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

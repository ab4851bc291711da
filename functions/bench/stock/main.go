//go:build js && wasm

// Stock is the same API as the template of github.com/syumai/workers has it: net/http, and an instance a request.
package main

import (
	"io"
	"net/http"

	"github.com/syumai/workers"

	"hourglass/functions/api"
)

func main() {
	handler := api.New(api.Options{})
	workers.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(err)
		}
		answer := handler.Handle(api.Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header.Get, Body: body})
		for _, h := range answer.Header {
			w.Header().Add(h.Name, h.Value)
		}
		w.WriteHeader(answer.Status)
		_, _ = w.Write(answer.Body)
	}))
}

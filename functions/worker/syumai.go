//go:build js && wasm

package main

import (
	"syscall/js"
	_ "unsafe" // for go:linkname

	// For what it links: the runtime context of github.com/syumai/workers.
	_ "github.com/syumai/workers/cloudflare/kv"
)

// Two things are wanted of github.com/syumai/workers: a variable of the Worker's, and the sign that the program is ready.
// Its functions for them, cloudflare.Getenv and workers.Ready, share their packages with its HTTP client and server, which
// link net/http, crypto/tls and crypto/x509: a quarter of the program's size and half of its start, for nothing that runs
// here. So that both are taken from where these functions take them themselves.

//go:linkname runtimeEnv github.com/syumai/workers/cloudflare/internal/cfruntimecontext.MustGetRuntimeContextEnv
func runtimeEnv() js.Value

//go:wasmimport workers ready
func ready()

// getenv is a variable of the Worker's, empty where it has none.
func getenv(name string) string {
	if value := runtimeEnv().Get(name); !value.IsUndefined() {
		return value.String()
	}
	return ""
}

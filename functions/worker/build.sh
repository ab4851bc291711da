#!/usr/bin/env bash
# build.sh  makes what worker.ts imports: the Go program, and the host code of the Go that compiled it
set -euo pipefail
# A test that starts several Workers has built what they share, and builds nothing anew beneath one that runs.
[[ -z ${WORKER_BUILT-} ]] || exit 0
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mkdir -p build/worker
# Without its rules a site would go out with no policy at all.
for site in dist build/site; do
	[ ! -f $site/index.html ] || go run ./functions/worker/assets $site
done
{ echo "// @ts-nocheck: Go's own"; cat "$(go env GOROOT)/lib/wasm/wasm_exec.js"; } >build/worker/wasm_exec.js
# The page's engine, for closed forms.
make --no-print-directory worker-modules
GOOS=js GOARCH=wasm go build -trimpath -ldflags='-s -w' -o build/worker/hourglass.wasm ./functions/worker

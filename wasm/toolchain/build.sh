#!/usr/bin/env bash
# build.sh {tinygo|go} PACKAGE OUT.wasm  compiles a package of the module in the current folder to WebAssembly
#
# Either way the result is a reactor: call _initialize once, then the //go:wasmexport functions. TinyGo's imports nothing;
# Go's imports what site/engine/wasi.ts provides. TINYGO_OPT is TinyGo's -opt: s (default, the smaller) or 2 (for models fitted
# to many customers);
# TINYGO_GC its -gc: leaking (default: wasm/arena.go frees after each call) or precise.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

usage="usage: build.sh {tinygo|go} PACKAGE OUT.wasm"
compiler=${1:?$usage} package=${2:?$usage} out=${3:?$usage}

with_tinygo() {
	local tinygo target=wasm-unknown root
	tinygo=$("$here/tinygo.sh" path) || die "no TinyGo here: run wasm/toolchain/tinygo.sh install"
	[[ $tinygo != "$CACHE"/* ]] || target=$here/target.json
	root=$("$tinygo" env TINYGOROOT)
	# A release of TinyGo brings a wasm-opt of its own.
	local wasmopt=${WASMOPT:-$(type -P "$root/bin/wasm-opt" wasm-opt | head -n 1)}
	WASMOPT=$wasmopt "$tinygo" build -target="$target" -opt="${TINYGO_OPT:-s}" -no-debug -panic=trap \
		-gc="${TINYGO_GC:-leaking}" -scheduler=none -ldflags="-extldflags '-z stack-size=262144'" -o "$stage/tinygo.wasm" "$package"
	# TinyGo runs wasm-opt too, but keeps the names of all functions.
	"$wasmopt" -O3 --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int \
		--strip-debug --strip-producers "$stage/tinygo.wasm" -o "$stage/out.wasm"
}

with_go() {
	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -o "$stage/out.wasm" "$package"
}

# Built aside and moved into place, so that nobody ever reads half a module.
mkdir -p "$(dirname "$out")"
stage=$(mktemp -d "$out.XXXXXX")
trap 'rm -rf "$stage"' EXIT
case $compiler in
tinygo) with_tinygo ;;
go) with_go ;;
*) die "$usage" ;;
esac
# What it is made of, for make: files of either compiler, and the folders, to which files may be added.
note_sources() {
	local list='{{if and (not .Standard) .Module}}{{$d := .Dir}}{{$d}}/.{{range .GoFiles}} {{$d}}/{{.}}{{end}}{{range .IgnoredGoFiles}} {{$d}}/{{.}}{{end}}{{end}}' files
	files=$(GOOS=wasip1 GOARCH=wasm go list -deps -f "$list" "$package" | tr ' ' '\n' | sed "s|^$PWD/||" | grep -v '_test\.go$')
	{
		printf '%s:' "$out"
		printf ' %s' $files
		printf '\n'
		printf '%s:\n' $files # one that is gone is no error
	} >"$stage/out.d"
}
note_sources
mv "$stage/out.wasm" "$out"
mv "$stage/out.d" "$out.d"

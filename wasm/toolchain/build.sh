#!/usr/bin/env bash
# build.sh {tinygo|go} PACKAGE OUT.wasm  compiles a package of the module in the current folder to WebAssembly
#
# Either way the result is a reactor: call _initialize once, then the //go:wasmexport functions. TinyGo's imports nothing;
# Go's imports what site/engine/wasi.ts provides. TINYGO_OPT is TinyGo's -opt: s (default, the smaller) or 2 (for models fitted
# to many customers);
# TINYGO_GC its -gc: leaking (default: wasm/arena.go frees after each call) or precise.
#
# What was compiled on this machine before, of the same sources by the same tools, is taken from the cache: another clone's, or one's own before a change was undone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

usage="usage: build.sh {tinygo|go} PACKAGE OUT.wasm"
compiler=${1:?$usage} package=${2:?$usage} out=${3:?$usage}

find_tinygo() {
	local root
	target=wasm-unknown
	tinygo=$("$here/tinygo.sh" path) || die "no TinyGo here: run wasm/toolchain/tinygo.sh install"
	[[ $tinygo != "$CACHE"/* ]] || target=$here/target.json
	root=$("$tinygo" env TINYGOROOT)
	# A release of TinyGo brings a wasm-opt of its own.
	wasmopt=${WASMOPT:-$(type -P "$root/bin/wasm-opt" wasm-opt | head -n 1 || true)}
}

with_tinygo() {
	local gc=${TINYGO_GC:-leaking} link="-z stack-size=262144"
	# TinyGo notes for the collector where pointers are kept before it links. A function that the linker's optimiser inlines takes its notes
	# away while its caller goes on with what it made, so that it inlines none: docs/decisions/0019-collected-memory.md.
	[[ $gc == leaking ]] || link+=" -mllvm -inline-threshold=-100000"
	# Such a heap grows by doubling: 127 pages are 65,024 after nine times, of 65,536 that there can be. TinyGo's own 40 end at 40,960, since 80,000 are too many.
	[[ $gc == leaking ]] || link+=" --initial-memory=$((127 * 65536))"
	# Between the link and wasm-opt, which may cut data in other pieces, a module learns where its variables begin: internal/roots.
	if [[ $gc != leaking ]]; then
		go -C "$here/../.." build -o "$stage/roots" ./internal/roots
		printf '#!/usr/bin/env bash\nfor file; do [[ ! -f $file ]] || { %q "$file" || exit 1; break; }; done\nexec %q "$@"\n' "$stage/roots" "$wasmopt" >"$stage/wasm-opt"
		chmod +x "$stage/wasm-opt"
	fi
	# The linker keeps what it made, and does not see that it was made by other flags: each have a cache of their own.
	GOCACHE=$(go env GOCACHE) XDG_CACHE_HOME=$CACHE/linked-$(cat - "$here/../../internal/roots/main.go" <<<"$link" | cksum | cut -d ' ' -f 1) \
		WASMOPT=$([[ $gc == leaking ]] && echo "$wasmopt" || echo "$stage/wasm-opt") "$tinygo" build -target="$target" -opt="${TINYGO_OPT:-s}" -no-debug -panic=trap \
		-gc="$gc" -scheduler=none -ldflags="-extldflags '$link'" -o "$stage/tinygo.wasm" "$package"
	# TinyGo runs wasm-opt too, but keeps the names of all functions.
	"$wasmopt" -O3 --enable-bulk-memory --enable-sign-ext --enable-nontrapping-float-to-int \
		--strip-debug --strip-producers "$stage/tinygo.wasm" -o "$stage/out.wasm"
}

with_go() {
	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -o "$stage/out.wasm" "$package"
}

# The files that it is made of, of either compiler, and the folders, to which files may be added.
sources() {
	local list='{{if and (not .Standard) .Module}}{{$d := .Dir}}{{$d}}/.{{range .GoFiles}} {{$d}}/{{.}}{{end}}{{range .IgnoredGoFiles}} {{$d}}/{{.}}{{end}}{{end}}'
	GOOS=wasip1 GOARCH=wasm go list -deps -f "$list" "$package" | tr ' ' '\n' | sed "s|^$PWD/||" | grep -v '_test\.go$'
}

# The name in the cache: of what the result depends on.
key() {
	{
		echo "$compiler $package ${TINYGO_OPT:-s} ${TINYGO_GC:-leaking} ${GOFLAGS-} $(go version)"
		[[ $compiler != tinygo ]] || { echo "$tinygo" && "$tinygo" version && "$wasmopt" --version; }
		sha256sum "$here/build.sh" "$here/target.json" "$here/../../internal/roots/main.go" go.mod | cut -d ' ' -f 1
		grep -vE '(^|/)\.$' <<<"$1" | xargs sha256sum
	} | sha256sum | cut -d ' ' -f 1
}

case $compiler in
tinygo) find_tinygo ;;
go) ;;
*) die "$usage" ;;
esac
files=$(sources)
kept=$CACHE/modules/$(key "$files").wasm
# Built aside and moved into place, so that nobody ever reads half a module.
mkdir -p "$(dirname "$out")" "$CACHE/modules"
stage=$(realpath "$(mktemp -d "$out.XXXXXX")")
trap 'rm -rf "$stage"' EXIT
if [[ -e $kept ]]; then
	cp "$kept" "$stage/out.wasm"
else
	"with_$compiler"
	# Kept under its sources' name only if nobody changed them while it was compiled.
	if [[ $kept == "$CACHE/modules/$(key "$files").wasm" ]]; then
		cp "$stage/out.wasm" "$stage/kept.wasm"
		mv "$stage/kept.wasm" "$kept" 2>/dev/null || true # of the same sources, whoever was first
	fi
	find "$CACHE/modules" -name '*.wasm' -mtime +30 -delete
fi
# For make.
{
	printf '%s:' "$out"
	printf ' %s' $files
	printf '\n'
	printf '%s:\n' $files # one that is gone is no error
} >"$stage/out.d"
mv "$stage/out.wasm" "$out"
mv "$stage/out.d" "$out.d"

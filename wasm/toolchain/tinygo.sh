#!/usr/bin/env bash
# tinygo.sh path     prints the path of a usable TinyGo; exits 1 without a word when there is none
# tinygo.sh install  obtains one first if need be, then prints its path
#
# A release on PATH is used as it is if it is recent enough. Otherwise the TinyGo pinned in go.mod is built from the Go
# module proxy against Debian's LLVM and kept in the cache folder.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

llvm=19
module=github.com/tinygo-org/tinygo
version=$(sed -n "s|^[[:space:]]*$module v\([0-9.]*\).*|\1|p" "$here/go.mod")
home=$CACHE/tinygo-$version-llvm$llvm-$(cksum <"$here/go.sum" | cut -d ' ' -f 1)
# Releases before this one miscompile new(expr) of Go 1.26: see go.mod.
oldest_release=0.42.0
packages=(g++ "llvm-$llvm-dev" "clang-$llvm" "libclang-$llvm-dev" "lld-$llvm" wasi-libc binaryen)

released() {
	local found have
	found=$(type -P tinygo) || return 1
	have=$(tinygo version 2>/dev/null | awk '{print $3}') || return 1
	[[ $(printf '%s\n' "$oldest_release" "$have" | sort -V | head -n 1) == "$oldest_release" ]] && echo "$found"
}

# The cached build leans on Debian packages, which another container sharing the cache may lack.
cached() {
	"$home/bin/tinygo" version >/dev/null 2>&1 || return 1
	type -P "clang-$llvm" "wasm-ld-$llvm" wasm-opt >/dev/null || return 1
	[[ -e /usr/lib/wasm32-wasi/libc.a ]] && echo "$home/bin/tinygo"
}

usable() { released || cached; }

# The module zip lacks the git submodules of TinyGo; target.json needs none of them, and the compiler only wants
# src/net, one of them, to exist.
build() {
	local source
	source=$(GOWORK=off go -C "$here" mod download -json "$module@v$version" | sed -n 's/^[[:space:]]*"Dir": "\([^"]*\)".*/\1/p')
	stage=$(mktemp -d "$CACHE/stage.XXXXXX")
	trap 'rm -rf "$stage"' EXIT
	cp -R "$source/src" "$source/targets" "$source/lib" "$stage"
	chmod -R u+w "$stage"
	chmod 755 "$stage"
	mkdir -p "$stage/src/net"
	GOWORK=off CGO_ENABLED=1 go -C "$here" build -trimpath -tags "llvm$llvm" -ldflags='-s -w' -o "$stage/bin/tinygo" "$module"
	rm -rf "$home"
	mv "$stage" "$home"
}

obtain() {
	usable && return
	type -P go >/dev/null || die "Go is missing: see https://go.dev/doc/install"
	mkdir -p "$CACHE"
	# Where there is no flock (macOS) two at once both build, and the last one's, whole, stays.
	if type -P flock >/dev/null; then
		exec 9>"$CACHE/tinygo.lock"
		flock 9
	fi
	usable && return # another process was faster
	SECONDS=0
	need_packages "${packages[@]}"
	if ! usable; then
		say "building TinyGo $version, once for this machine"
		build
	fi
	usable || die "TinyGo $version was built into $home but does not run: $("$home/bin/tinygo" version 2>&1)"
	say "TinyGo $version is ready after $SECONDS s"
}

case ${1-} in
path) usable ;;
install) obtain ;;
*) die "usage: tinygo.sh path|install" ;;
esac

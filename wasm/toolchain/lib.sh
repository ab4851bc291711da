# shellcheck shell=bash
# Sourced by the other scripts. Messages go to stderr, so that stdout carries only a script's answer.

# Outside every checkout, so that a second clone on the same machine finds what the first one built.
# shellcheck disable=SC2034  # used by the scripts that source this file
CACHE=${HOURGLASS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hourglass}

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

# need_packages PACKAGE...: makes sure these Debian packages are installed; touches nothing when they are.
need_packages() {
	(($#)) || return 0
	type -P apt-get >/dev/null || die "no apt-get here; install by hand what these Debian packages hold: $*"
	local missing=() package
	for package; do
		dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
	done
	((${#missing[@]})) || return 0
	((EUID == 0)) || die "run as root: apt-get install --no-install-recommends ${missing[*]}"
	say "installing with apt-get: ${missing[*]}"
	local start=$SECONDS
	# The package lists are fetched only when the ones at hand do not do.
	apt_install "${missing[@]}" 2>/dev/null || { apt-get update -qq >&2 && apt_install "${missing[@]}"; }
	say "installed after $((SECONDS - start)) s"
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" >/dev/null
}

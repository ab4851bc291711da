#!/usr/bin/env bash
# chromium.sh  makes sure there is a Chromium for the tests, with fonts for Latin, Arabic and Japanese, and prints its
#              path. Set CHROMIUM to use another browser; FONTS=0 leaves the fonts alone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

# Small ones: 6 MB together, where fonts-noto-cjk alone is 57.
fonts=(fonts-liberation fonts-noto-ui-core fonts-vlgothic)

find_browser() {
	local name
	for name in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
		type -P "$name" && return
	done
	return 1
}

packages=()
find_browser >/dev/null || packages+=(chromium)
[[ ${FONTS-1} == 0 ]] || packages+=("${fonts[@]}")
SECONDS=0
if ((${#packages[@]})) && { ((EUID == 0)) || ! find_browser >/dev/null; }; then
	need_packages "${packages[@]}"
fi
((SECONDS < 2)) || say "the browser is ready after $SECONDS s"
find_browser

#!/usr/bin/env bash
# chromium.sh [--fonts]  makes sure there is a Chromium for the tests and prints its path. With --fonts also installs
#                        fonts for Latin, Arabic and Japanese, which screenshots want. CHROMIUM names another browser.
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
[[ ${1-} != --fonts ]] || packages+=("${fonts[@]}")
need_packages "${packages[@]}"
find_browser

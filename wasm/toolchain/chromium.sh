#!/usr/bin/env bash
# chromium.sh [--fonts]  makes sure there is a Chromium for the tests and prints its path. With --fonts also installs
#                        fonts for Latin, Arabic and Japanese, which screenshots want. CHROMIUM names another browser.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

# Small ones: 6 MB together, where fonts-noto-cjk alone is 57.
fonts=(fonts-liberation fonts-noto-ui-core fonts-vlgothic)

macos=("/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

find_browser() {
	local name
	if [[ -n ${CHROMIUM-} ]]; then
		type -P "$CHROMIUM"
		return
	fi
	for name in chromium chromium-browser google-chrome google-chrome-stable "${macos[@]}"; do
		type -P "$name" && return
	done
	return 1
}

packages=()
find_browser >/dev/null || packages+=(chromium)
# Elsewhere than on Debian the system has fonts.
[[ ${1-} != --fonts ]] || ! type -P apt-get >/dev/null || packages+=("${fonts[@]}")
# macOS has bash 3.2, to which an empty list is an unset one.
need_packages ${packages[@]+"${packages[@]}"}
find_browser

#!/usr/bin/env bash
# chromium.sh [--fonts]  makes sure there is a Chromium for the tests and prints its path. With --fonts also installs
#                        fonts for Latin, Arabic and Japanese, which screenshots want. CHROMIUM names another browser.
#
# Where Debian has it, that is Chromium's headless shell: the same engine without a window around the page, so that a test costs a
# third less.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

# Small ones: 6 MB together, where fonts-noto-cjk alone is 57.
fonts=(fonts-liberation fonts-noto-ui-core fonts-vlgothic)

shell=chromium-headless-shell
macos=("/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

find_browser() {
	local name
	if [[ -n ${CHROMIUM-} ]]; then
		type -P "$CHROMIUM"
		return
	fi
	for name in $shell chromium chromium-browser google-chrome google-chrome-stable "${macos[@]}"; do
		type -P "$name" && return
	done
	return 1
}

packages=()
# Elsewhere than on Debian apt-get knows no such package.
if [[ -z ${CHROMIUM-} ]] && ! type -P "$shell" >/dev/null && grep -qsx 'ID=debian' /etc/os-release; then
	packages+=("$shell")
	# A browser that is there does for whoever may not install another, or cannot.
	! find_browser >/dev/null || { (need_packages "$shell") || true; packages=(); }
else
	find_browser >/dev/null || packages+=(chromium)
fi
# Elsewhere than on Debian the system has fonts.
[[ ${1-} != --fonts ]] || ! type -P apt-get >/dev/null || packages+=("${fonts[@]}")
# macOS has bash 3.2, to which an empty list is an unset one.
need_packages ${packages[@]+"${packages[@]}"}
find_browser

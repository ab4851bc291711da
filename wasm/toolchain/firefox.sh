#!/usr/bin/env bash
# firefox.sh  makes sure there is a Firefox for the tests and prints its path. FIREFOX names another.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

find_browser() {
	local name
	if [[ -n ${FIREFOX-} ]]; then
		type -P "$FIREFOX"
		return
	fi
	for name in firefox-esr firefox /Applications/Firefox.app/Contents/MacOS/firefox; do
		type -P "$name" && return
	done
	return 1
}

find_browser >/dev/null || need_packages firefox-esr
find_browser

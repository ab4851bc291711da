#!/usr/bin/env bash
# webkit.sh  makes sure there is a WebKit for the tests, with its driver and a screen that nobody sees, and prints the path of its
#            MiniBrowser. MINIBROWSER names another. Only Debian's WebKit for GTK is known to work: on macOS, Safari is driven otherwise.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

find_browser() {
	local path
	if [[ -n ${MINIBROWSER-} ]]; then
		type -P "$MINIBROWSER"
		return
	fi
	for path in /usr/lib/*/webkit2gtk-4.*/MiniBrowser; do
		[[ ! -x $path ]] || { echo "$path"; return; }
	done
	return 1
}

if ! find_browser >/dev/null || ! type -P WebKitWebDriver Xvfb >/dev/null; then
	need_packages webkit2gtk-driver xvfb xauth
fi
find_browser

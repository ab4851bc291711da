#!/usr/bin/env bash
# libreoffice.sh  makes sure there is a LibreOffice Calc for the tests and prints its path. LIBREOFFICE names another.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../wasm/toolchain/lib.sh
. "$here/../../wasm/toolchain/lib.sh"

find_office() {
	local name
	for name in ${LIBREOFFICE:-soffice libreoffice}; do
		type -P "$name" && return
	done
	return 1
}

# libreoffice-core has soffice without Calc, its languages and Python, so the packages decide unless LIBREOFFICE does, or another system's own.
if [[ -z ${LIBREOFFICE-} ]] && { type -P apt-get >/dev/null || ! find_office >/dev/null; }; then
	need_packages libreoffice-calc libreoffice-script-provider-python python3-uno libreoffice-l10n-{ar,de,es,fr,ja,pt-br}
fi
find_office

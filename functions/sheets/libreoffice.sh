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

# libreoffice-core has soffice without Calc, so the package decides unless LIBREOFFICE does.
[[ -n ${LIBREOFFICE-} ]] || find_office >/dev/null || need_packages libreoffice-calc
find_office

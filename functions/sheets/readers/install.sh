#!/usr/bin/env bash
# install.sh  makes sure that Gnumeric and openpyxl are there, which the tests read workbooks with.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=../../../wasm/toolchain/lib.sh
. "$here/../../../wasm/toolchain/lib.sh"

type -P ssconvert >/dev/null || need_packages gnumeric
"${PYTHON:-/usr/bin/python3}" -c 'import openpyxl' 2>/dev/null || need_packages python3-openpyxl

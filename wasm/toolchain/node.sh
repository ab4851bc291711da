#!/usr/bin/env bash
# node.sh  makes node_modules what package-lock.json says; does nothing when it already is
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# npm writes this file last, so an interrupted install is not taken for a finished one.
stamp=node_modules/.package-lock.json
[[ -e $stamp && ! package-lock.json -nt $stamp ]] || npm ci

#!/usr/bin/env bash
# compare.sh ORDERS.csv [MODEL]: score against pandas and lifetimes on one order log, in one run; says so where they are not here.
# LIFETIMES names the folder that holds the sources of lifetimes and autograd (docs/benchmarks.md); PYTHON the interpreter that has pandas.
set -euo pipefail
orders=$1 model=${2:-bgnbd} here=$(dirname "$0")
python=${PYTHON:-/usr/bin/python3}
export PYTHONPATH=${LIFETIMES:-} OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
if ! "$python" -c 'import pandas, lifetimes' 2>/dev/null; then
	echo "pandas and lifetimes are not here: docs/benchmarks.md says where they come from"
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/score" ./functions/score
# Seconds of processor and of wall time of a command.
timed() {
	local TIMEFORMAT='%U %S %R'
	{ time "$@" >"$work/out" 2>"$work/err"; } 2>&1
}
one=$(timed "$work/score" -model "$model" -discount 0.1 -quiet -fields id,orders,p_alive,expected_orders,expected_spend,clv "$orders")
all=$(timed "$work/score" -discount 0.1 "$orders")
browser=none
module=build/customers-tinygo.wasm
[[ ! -f $module ]] || browser=$(node --import ./site/build/typescript.mjs site/engine/bench-one.ts "$orders" "$model" "$module")
theirs=$(timed "$python" "$here/value.py" "$model" "$orders" "$work/theirs.csv")
awk -v one="$one" -v all="$all" -v theirs="$theirs" -v browser="$browser" 'BEGIN {
	split(one, o); split(all, a); split(theirs, t)
	tc = t[1] + t[2]; oc = o[1] + o[2]; ac = a[1] + a[2]
	printf "pandas and lifetimes, one model: %.2f s of processor, %.2f s in all\n", tc, t[3]
	printf "score, the same outputs:         %.2f s of processor, %.2f s in all: %.1f x and %.1f x\n", oc, o[3], tc / oc, t[3] / o[3]
	printf "score, everything:               %.2f s of processor, %.2f s in all: %.1f x and %.1f x\n", ac, a[3], tc / ac, t[3] / a[3]
	if (split(browser, b) == 4) {
		printf "the browser'"'"'s module, first file:  %.2f s of processor, %.2f s in all: %.1f x and %.1f x\n", b[1], b[2], tc / b[1], t[3] / b[2]
		printf "the browser'"'"'s module, second file: %.2f s of processor, %.2f s in all: %.1f x and %.1f x\n", b[3], b[4], tc / b[3], t[3] / b[4]
	}
}'

// The customers page's own work on large tables, in ms: sorting, filtering and writing a file, the best of five rounds, and
// the longest piece of it for which the page has no turn.
//
//	node --import ./site/build/typescript.mjs site/customers/bench.ts
import { shop } from "../test/table.ts";
import { customersCsv } from "./csv.ts";
import { type Filter, EVERYBODY, atOnce, filtering, selecting, sorting } from "./rows.ts";

const ROUNDS = 5;
const best = (round: () => number) => Math.min(...Array.from({ length: ROUNDS }, round));

function timed(work: () => void) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** The longest step of a selection. */
function longest(steps: Generator<unknown>) {
  let most = 0;
  for (let done = false; !done; ) most = Math.max(most, timed(() => (done = Boolean(steps.next().done))));
  return most;
}

const some: Filter = { ...EVERYBODY, segments: [3], ranges: { clv: [10, 90], orders: [2, null] } };

console.log(`${"".padEnd(26)}${"best".padStart(9)}${"piece".padStart(9)}`);
for (const n of [200_000, 1_000_000]) {
  const table = shop(n);
  const order = atOnce(sorting(table, { column: "clv", descending: true }));
  const tasks: Record<string, () => Generator<void>> = {
    "sort by value": () => sorting(table, { column: "clv", descending: true }),
    "sort by orders": () => sorting(table, { column: "orders", descending: false }),
    "sort by id": () => sorting(table, { column: "id", descending: false }),
    "search ids": () => filtering(table, order, { ...EVERYBODY, text: "r-00123" }),
    "segment and two ranges": () => filtering(table, order, some),
    "sort, search and range": () => selecting(table, { column: "id", descending: true }, { ...some, text: "12" }, null),
  };
  console.log(`${n.toLocaleString("en")} customers`);
  for (const [name, task] of Object.entries(tasks)) {
    const whole = best(() => timed(() => atOnce(task())));
    console.log(`  ${name.padEnd(24)}${whole.toFixed(1).padStart(9)}${best(() => longest(task())).toFixed(1).padStart(9)}`);
  }
}

const n = 1_000_000;
const table = shop(n);
for (const name of ["expected_orders", "expected_spend", "clv_low", "clv_high"] as const) table.columns[name] = table.columns.clv;
table.columns.rank = table.columns.orders;
const rows = Uint32Array.from({ length: n }, (_, i) => i);
let pause = 0;
let last = performance.now();
const others = setInterval(() => {
  pause = Math.max(pause, performance.now() - last);
  last = performance.now();
});
const began = performance.now();
const file = await customersCsv(table, rows, { money: true });
clearInterval(others);
console.log(`CSV of ${n.toLocaleString("en")} customers, ${Math.round(file.size / 1e6)} MB`);
console.log(`  ${"write".padEnd(24)}${(performance.now() - began).toFixed(0).padStart(9)}${pause.toFixed(1).padStart(9)}`);

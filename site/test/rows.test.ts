/** Sorting and filtering by columns, held to the language's own sort and to filters written as plainly as can be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Filter, type Ranged, type Sort, EVERYBODY, PIECE, atOnce, filtering, isOpen, selecting, sorting, sumOf } from "../customers/rows.ts";
import type { Table } from "../customers/state.ts";
import { random, shop, tableOf } from "./table.ts";

const sorted = (table: Table, sort: Sort) => atOnce(sorting(table, sort));
const filtered = (table: Table, order: Uint32Array, filter: Filter) => atOnce(filtering(table, order, filter));

const rowsOf = (table: Table, filter: Partial<Filter>) => [...filtered(table, Uint32Array.from({ length: table.length }, (_, i) => i), { ...EVERYBODY, ...filter })];

for (const n of [0, 1, 2, 100, 5000]) {
  test(`columns of ${n} are sorted as by the language's own stable sort`, () => {
    const table = shop(n);
    for (const column of ["p_alive", "orders", "last_day", "decile", "spend"] as const) {
      for (const descending of [false, true]) {
        const values = table.columns[column];
        const want = Array.from({ length: n }, (_, i) => i).sort((a, b) => (descending ? values[b] - values[a] : values[a] - values[b]));
        assert.ok([...sorted(table, { column, descending })].join() === want.join(), `${column} ${descending}`);
      }
    }
  });
}

test("by the value at risk: what customers would be worth if they were still there", () => {
  const table = tableOf(["a", "b", "c", "d"], { clv: Float64Array.of(30, 20, 90, 0), p_alive: Float64Array.of(0.5, 0.1, 0.9, 0) }); // 60, 200, 100 and nothing
  assert.deepEqual([...sorted(table, { column: "stake", descending: true })], [1, 2, 0, 3]);
});

test("what is not known comes last whichever way, equal ones stay in the file's order", () => {
  const spend = Float64Array.of(NaN, 0, 1, -0, -Infinity, NaN, Infinity, 1, -5e-324, 5e-324);
  const table = tableOf(Array(10).fill("x"), { spend });
  assert.deepEqual([...sorted(table, { column: "spend", descending: false })], [4, 8, 1, 3, 9, 2, 7, 6, 0, 5]);
  assert.deepEqual([...sorted(table, { column: "spend", descending: true })], [6, 2, 7, 9, 1, 3, 8, 4, 0, 5]);
  const next = tableOf(["a", "b", "c", "d"], { next_order_days: Float64Array.of(0, 30, 0, 3) });
  assert.deepEqual([...sorted(next, { column: "next_order_days", descending: false })], [3, 1, 0, 2]);
  assert.deepEqual([...sorted(next, { column: "next_order_days", descending: true })], [1, 3, 0, 2]);
});

test("ids are sorted by letter, capitals or not; by number where all are numbers", () => {
  const sort = (ids: string[], descending = false) => [...sorted(tableOf(ids), { column: "id", descending })].map((i) => ids[i]);
  assert.deepEqual(sort(["10", "9", "007", "1"]), ["1", "007", "9", "10"]);
  assert.deepEqual(sort(["b", "A", "a", "ab", "", "B"]), ["", "A", "a", "ab", "b", "B"]);
  assert.deepEqual(sort(["b", "A", "a", "ab", "", "B"], true), ["b", "B", "ab", "A", "a", ""]);
  const long = "x".repeat(5000);
  assert.deepEqual(sort([`${long}b`, `${long}a`, long]), [long, `${long}a`, `${long}b`]);
  const next = random(3);
  const names = Array.from({ length: 6000 }, () => Array.from({ length: Math.floor(12 * next()) }, () => "abé-"[Math.floor(4 * next())]).join(""));
  const bytes = (s: string) => Buffer.from(s);
  const want = names.map((_, i) => i).sort((a, b) => Buffer.compare(bytes(names[a]), bytes(names[b])));
  assert.equal([...sorted(tableOf(names), { column: "id", descending: false })].join(), want.join());
});

test("ids are found by any part, capitals or not, never across two ids", () => {
  const names = ["Anna@x.example", "banna", "ANNA", "an", "na", "ÄRZTIN", "ärger", "👩‍👩‍👧", "", "<script>"];
  const find = (text: string) => rowsOf(tableOf(names), { text });
  assert.deepEqual(find("anna"), [0, 1, 2]);
  assert.deepEqual(find("ä"), [5, 6]);
  assert.deepEqual(find("ÄR"), [5, 6]);
  assert.deepEqual(find("👩"), [7]);
  assert.deepEqual(find("<S"), [9]);
  assert.deepEqual(find("nana"), []);
  assert.deepEqual(find(""), names.map((_, i) => i));
});

test("filters are those written plainly", () => {
  const table = shop(3000);
  const { columns: c, ids } = table;
  const next = random(7);
  for (let trial = 0; trial < 200; trial++) {
    const pick = <T>(value: T) => (next() < 0.5 ? null : value);
    const filter: Filter = {
      text: pick(String(Math.floor(100 * next()))) ?? "",
      segments: next() < 0.5 ? [] : Array.from({ length: 1 + Math.floor(2 * next()) }, () => Math.floor(10 * next())),
      decile: pick(Math.ceil(10 * next())),
      ranges: { p_alive: [pick(next() / 2), pick(next())], orders: [pick(2), pick(9)], last_day: [pick(10_100), pick(10_600)], clv: [pick(next() * 50), null] },
    };
    const want = [];
    for (let i = 0; i < table.length; i++) {
      const inside = Object.entries(filter.ranges).every(([name, [low, high]]) => (low === null || c[name as Ranged][i] >= low) && (high === null || c[name as Ranged][i] <= high));
      if (inside && ids.at(i).includes(filter.text) && (filter.segments.length === 0 || filter.segments.includes(c.segment[i]))
        && (filter.decile === null || c.decile[i] === filter.decile)) want.push(i);
    }
    assert.ok(rowsOf(table, filter).join() === want.join(), JSON.stringify(filter));
  }
});

test("a filter keeps the order it is given", () => {
  const table = shop(500);
  const order = sorted(table, { column: "clv", descending: true });
  assert.equal(filtered(table, order, EVERYBODY), order);
  assert.ok(isOpen({ ...EVERYBODY, ranges: { clv: [null, null] } }));
  const rows = filtered(table, order, { ...EVERYBODY, segments: [4] });
  assert.deepEqual([...rows], [...order].filter((i) => table.columns.segment[i] === 4));
  assert.equal(sumOf(table.columns.orders, rows), [...rows].reduce((sum, i) => sum + table.columns.orders[i], 0));
});

test("a large table is selected in pieces, so that the page has its turn between them", () => {
  const n = 4 * PIECE;
  const table = shop(n);
  for (const [column, text] of [["clv", ""], ["orders", "12"], ["id", "r-00123"]] as const) {
    const steps = selecting(table, { column, descending: true }, { ...EVERYBODY, text, ranges: { clv: [10, null] } }, null);
    let pieces = 1;
    while (!steps.next().done) pieces++;
    // Sorting goes through the rows once at least, and the filter once more.
    assert.ok(pieces > 2 * (n / PIECE), `${column}: ${pieces} pieces`);
  }
});

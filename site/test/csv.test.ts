/** Files that are written are read back by RFC 4180's grammar. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, csv, customersCsv, customersCsvParts, FIELDS, nextDateOf } from "../customers/csv.ts";
import type { Table } from "../customers/state.ts";

/** A reader of RFC 4180, after its grammar and nothing else. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (pattern.lastIndex < text.length) {
    const m = pattern.exec(text);
    assert.ok(m, `not CSV: ${text.slice(0, 200)}`);
    row.push(m[1] !== undefined ? m[1].replaceAll('""', '"') : m[2]);
    if (m[3] === "\r\n") row = (rows.push(row), []);
  }
  return rows;
}

test("numbers keep their digits, and what is not there is empty", () => {
  assert.equal(cell(1234.5), "1234.5");
  assert.equal(cell(-3), "-3");
  assert.equal(cell(0.1 + 0.2), "0.30000000000000004");
  assert.equal(cell(-0), "0");
  assert.equal(cell(NaN), "");
  assert.equal(cell(Infinity), "");
  assert.equal(cell(null), "");
  assert.equal(cell("-12.5e3"), "-12.5e3");
});

test("what a spreadsheet would run becomes text", () => {
  // OWASP's list, "CSV Injection", and the ways around a check of the first character alone.
  for (const text of [
    "=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", '"=1', "'=1", "\u200b=1", "\ufeff=1", "＝1", "+44 20",
    "-", "--1", "-1;=2", "\n@a",
  ]) {
    const [[read]] = parse(`${cell(text)}\r\n`);
    assert.equal(read[0], "'", text);
    assert.ok(read.endsWith(text.slice(-1)), text);
  }
});

test("a formula behind another program's separator does not begin a cell either", () => {
  assert.equal(cell("a;=1"), `"a;'=1"`);
  assert.equal(cell("a\n=1"), `"a\n'=1"`);
  assert.equal(cell("a; =1"), `"a;' =1"`);
});

test("other text comes back as it was", () => {
  for (const text of [
    "", "a", "a,b", 'say "hi"', "two\r\nlines", " padded ", "a-b=c", "x@y.example", "<script>alert(1)</script>", "عميل", "👩‍👩‍👧", "0012", "x".repeat(5000),
  ]) {
    assert.deepEqual(parse(`${cell(text)},2\r\n`), [[text, "2"]]);
  }
});

test("rows of cells make a file", () => {
  assert.equal(csv([["a", 1], ["b,c", null]]), 'a,1\r\n"b,c",\r\n');
});

function tableOf(n: number) {
  const numbers = (f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i));
  return {
    length: n,
    ids: { length: n, at: (i: number) => (i === 1 ? "=cmd()" : `customer, ${i}`) },
    columns: {
      orders: Uint32Array.from({ length: n }, (_, i) => i + 1),
      spend: numbers((i) => i * 1.1), p_alive: numbers((i) => 1 / (i + 1)), expected_orders: numbers((i) => i / 7),
      expected_spend: numbers((i) => i / 3), clv: numbers((i) => i / 9), clv_low: numbers(() => 0), clv_high: numbers((i) => i),
      next_order_days: numbers((i) => (i % 2 ? i / 3 : 0)), rank: Uint32Array.from({ length: n }, (_, i) => n - i),
      decile: Uint8Array.from({ length: n }, () => 10), segment: Uint8Array.from({ length: n }, (_, i) => i % 10),
    },
  } as unknown as Table; // without the columns that no file has
}

test("customers are written in the order asked for, to the last digit", () => {
  const table = tableOf(12);
  const rows = parse([...customersCsvParts(table, Uint32Array.of(4, 1), { money: true })].join(""));
  assert.deepEqual(rows[0], [...FIELDS]);
  assert.deepEqual(rows[1], [
    "customer, 4", "5", String(4 * 1.1), "0.2", String(4 / 7), String(4 / 3), String(4 / 9), "0", "4", "", "8", "10", "slipping_regular",
  ]);
  assert.equal(rows[2][0], "'=cmd()");
  assert.equal(Number(rows[2][9]), 1 / 3);
  assert.equal(rows.length, 3);
});

test("the columns that were chosen, with days as days", () => {
  const columns = { ...tableOf(12).columns, first_day: Int32Array.from({ length: 12 }, () => 20_000), last_day: Int32Array.from({ length: 12 }, () => 20_787), order_value: new Float64Array(12).fill(7) };
  const fields = ["id", "value_at_risk", "order_value", "first_order", "last_order", "next_order"] as const;
  const rows = parse([...customersCsvParts({ ...tableOf(12), columns }, Uint32Array.of(3, 4), { money: true, fields, end: 20_787 })].join(""));
  // The third's value is 3/9 at a chance of 1/4; the next order is one day after the last of the list. The fourth has none.
  assert.deepEqual(rows, [[...fields], ["customer, 3", String((3 / 9) / (1 / 4)), "7", "2024-10-04", "2026-11-30", "2026-12-01"],
    ["customer, 4", String((4 / 9) / (1 / 5)), "7", "2024-10-04", "2026-11-30", ""]]);
});

test("a next order is on the day that it comes by; one after the year 9999 has none", () => {
  assert.equal(nextDateOf(20_787, 0.2), "2026-12-01");
  assert.equal(nextDateOf(20_787, 2_932_896 - 20_787), "9999-12-31");
  for (const days of [2_932_897 - 20_787, 1e300, 0]) assert.equal(nextDateOf(20_787, days), "");
});

test("without amounts, what is money is empty: a 0 would be a number", () => {
  const [names, first] = parse([...customersCsvParts(tableOf(12), Uint32Array.of(4), { money: false })].join(""));
  const empty = ["spend", "expected_spend", "clv", "clv_lower", "clv_upper", "next_order_days"]; // it has no next order either
  assert.deepEqual(names.filter((_, i) => first[i] === ""), empty);
});

test("columns that no step has made yet are empty", () => {
  const table = tableOf(1);
  const columns = Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, column.slice(0, 0)])) as Table["columns"];
  assert.deepEqual(parse([...customersCsvParts({ ...table, columns }, [0], { money: true })].join(""))[1], ["customer, 0", ...Array(12).fill("")]);
});

test("many rows leave the thread to others", async () => {
  const rows = Uint32Array.from({ length: 200_000 }, (_, i) => i);
  let turns = 0;
  const others = setInterval(() => turns++);
  const file = await customersCsv(tableOf(rows.length), rows, { money: true, onProgress: (share) => assert.ok(share > 0 && share <= 1) });
  clearInterval(others);
  assert.ok(turns > 10, `${turns} turns`); // at once, it would be none
  assert.equal((await file.slice(-40).text()).split("\r\n").length, 2);
});

test("a file can be given up", async () => {
  const stop = new AbortController();
  const rows = Uint32Array.from({ length: 200_000 }, (_, i) => i);
  await assert.rejects(customersCsv(tableOf(200_000), rows, { money: true, signal: stop.signal, onProgress: () => stop.abort() }), { name: "AbortError" });
});

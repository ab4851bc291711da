// Runs ansi.sql in DuckDB and compares every row with what core/orders makes of the same orders.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const query = readFileSync(new URL("ansi.sql", import.meta.url), "utf8");
const sample = gunzipSync(readFileSync(`${root}core/orders/testdata/CDNOW_sample.txt.gz`)).toString();

type Figure = "frequency" | "recency" | "age" | "mean_spend" | "spend";
type Summary = { id: string } & Record<Figure, number>;

/** What Hourglass's own reader makes of a log. */
function expected(log: string, end: string, ...options: string[]): Map<string, Summary> {
  const args = ["run", "./functions/score", "-quiet", "-summaries", "-format", "jsonl", "-calibration-end", end, ...options];
  const lines = execFileSync("go", args, { cwd: root, input: log }).toString().trim().split("\n");
  return new Map(lines.map((line): Summary => JSON.parse(line)).map((row) => [row.id, row]));
}

/** Id, day, amount. */
type Order = readonly [id: string | null, day: string | null, amount: string | number | null];

/** What the query makes of the same orders. */
async function queried(rows: readonly Order[], end: string) {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    await connection.run("CREATE TABLE orders (customer_id VARCHAR, ordered_at TIMESTAMP, amount DECIMAL(12, 2))");
    const values = rows.map(([id, day, amount]) => `(${[id, day, amount].map(literal).join(", ")})`);
    await connection.run(`INSERT INTO orders VALUES ${values.join(", ")}`);
    const result = await connection.runAndReadAll(query.replace("DATE '2026-12-31'", `DATE '${end}'`));
    return result.getRowObjects().map((row) => ({ ...row, frequency: Number(row.frequency), recency: Number(row.recency), age: Number(row.age) }) as Summary);
  } finally {
    connection.closeSync();
  }
}

const literal = (value: Order[number]) => (value === null ? "NULL" : `'${String(value).replaceAll("'", "''")}'`);

/** Times and counts are equal; money is to a relative 1e-12, for sums are taken in another order. */
function compare(rows: Summary[], want: Map<string, Summary>) {
  assert.equal(rows.length, want.size);
  for (const row of rows) {
    const other = want.get(row.id);
    assert.ok(other, row.id);
    for (const name of ["frequency", "recency", "age"] as const) assert.equal(row[name], other[name], `${name} of ${row.id}`);
    for (const name of ["mean_spend", "spend"] as const) {
      assert.ok(Math.abs(row[name] - other[name]) <= 1e-12 * Math.max(1, other[name]), `${name} of ${row.id}: ${row[name]}, ${other[name]}`);
    }
  }
}

const cdnow = sample.trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/))
  .map(([id, , day, , amount]) => [id, day.replace(/(....)(..)(..)/, "$1-$2-$3"), amount] as const);

test("CDNOW, the whole time and the calibration of the literature", async () => {
  for (const [end, repeats, alive] of [["1998-06-30", 4339, 2357], ["1997-09-30", 2457, 2357]] as const) {
    const rows = await queried(cdnow, end);
    assert.equal(rows.length, alive);
    assert.equal(rows.reduce((sum, row) => sum + row.frequency, 0), repeats); // 1,882 of them in the holdout
    compare(rows, expected(sample, end));
  }
});

test("times of day, refunds, gaps and late orders", async () => {
  const rows: (readonly [id: string, day: string, amount: number])[] = [
    ["a", "2024-01-05 09:00:00", 20], ["a", "2024-01-05 23:59:59", 5], // one day, one order
    ["a", "2024-02-10 00:00:00", 30], ["a", "2024-02-10 12:00:00", -10], // a refund of the day
    ["b", "2024-03-01 08:00:00", 12.3], ["b", "2024-03-01 09:00:00", -40], // and one larger than its order
    ["b", "2024-03-02 08:00:00", 12.3], ["b", "2024-03-02 09:00:00", -12.3], ["b", "2024-03-03 08:00:00", 1], // and one in full
    ["c", "2024-01-01 10:00:00", 9], ["c", "2024-05-01 10:00:00", -9], // and one without an order that day
    ["d", "2024-07-01 10:00:00", 9], // after the end
    ["e'\"", "2024-06-30 23:00:00", 0], ["e'\"", "2024-01-31 10:00:00", 7.25],
  ];
  const log = ["id,date,amount", ...rows.map(([id, day, amount]) => `"${id.replaceAll('"', '""')}",${day},${amount}`)].join("\n");
  const gaps: Order[] = [[null, "2024-01-01", 1], ["f", null, 1], ["g", "2024-01-01", null]];
  compare(await queried([...rows, ...gaps], "2024-06-30"), expected(log, "2024-06-30", "-refunds", "same-day"));
});

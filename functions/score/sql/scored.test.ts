// Runs the query that the customers page writes, with fitted parameters in it, in DuckDB, and compares every customer's
// P(alive) and order value with those of the engine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { scoredSql, summariesSql } from "../../../site/customers/elsewhere.ts";
import { CustomersEngine } from "../../../site/engine/customers.ts";
import { value } from "../../../site/test/valued.ts";

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const log = gunzipSync(readFileSync(at("core/orders/testdata/CDNOW_sample.txt.gz")));
const text = readFileSync(new URL("ansi.sql", import.meta.url), "utf8");
const names = { table: "sales", id: "buyer", date: "day", amount: "net" };

const rows = log.toString().trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/))
  .map(([id, , day, , amount]) => `('${id}', DATE '${day.replace(/(....)(..)(..)/, "$1-$2-$3")}', ${amount})`);

async function queried(sql: string) {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    await connection.run("CREATE TABLE sales (buyer VARCHAR, day DATE, net DECIMAL(12, 2))");
    await connection.run(`INSERT INTO sales VALUES ${rows.join(", ")}`);
    return (await connection.runAndReadAll(sql)).getRowObjects();
  } finally {
    connection.closeSync();
  }
}

for (const kind of ["bgnbd", "mbgnbd"] as const) {
  for (const mean of ["repeat_orders", "all_orders"] as const) {
    test(`${kind}, the mean spend over ${mean}: P(alive) and order value are the engine's`, async () => {
      const engine = await CustomersEngine.load(readFileSync(at("build/customers-tinygo.wasm")));
      const { last_day } = value(engine, log, { pick: kind, split: { mean } });
      const { file } = engine.get("model");
      const { p_alive, order_value } = engine.columns(["p_alive", "order_value"]);
      const ids = engine.ids();
      const rowOf = new Map(Array.from({ length: ids.length }, (_, row) => [ids.at(row), row]));
      const got = await queried(scoredSql(summariesSql(text, names, last_day), file));
      assert.equal(got.length, 2357);
      // A sum of money in another order, and exp and log of another library.
      const near = (a: number, b: number, where: string) => assert.ok(Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(b)), `${where}: ${a}, engine ${b}`);
      for (const row of got) {
        const i = rowOf.get(String(row.id));
        assert.ok(i !== undefined, String(row.id));
        near(Number(row.p_alive), p_alive[i], `${row.id} p_alive`);
        near(Number(row.order_value), order_value[i], `${row.id} order_value`);
      }
    });
  }
}

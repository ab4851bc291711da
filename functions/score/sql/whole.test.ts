// The whole way in a warehouse: orders -> summaries by SQL -> model and values by score -> the ranking by SQL, in DuckDB, against score on the
// orders themselves.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const query = readFileSync(new URL("ansi.sql", import.meta.url), "utf8").replace("DATE '2026-12-31'", "DATE '1998-06-30'");
const sample = gunzipSync(readFileSync(`${root}core/orders/testdata/CDNOW_sample.txt.gz`)).toString();
const FIGURES = ["p_alive", "expected_orders", "expected_spend", "clv"] as const;

test("orders, summaries, model and values by way of DuckDB are those of score on the orders", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hourglass-sql-"));
  const file = (name: string) => join(folder, name);
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    execFileSync("go", ["build", "-o", file("score"), "./functions/score"], { cwd: root });
    const score = (...args: string[]) => execFileSync(file("score"), ["-quiet", ...args]);
    const valued = ["-model", "mbgnbd", "-discount", "0.1", "-format", "csv", "-fields", ["id", "rank", "decile", ...FIGURES].join(",")];
    writeFileSync(file("orders.txt"), sample);
    writeFileSync(file("direct.csv"), score(...valued, file("orders.txt")));

    const rows = sample.trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/)).map(([id, , day, , amount]) => `${id},${day.replace(/(....)(..)(..)/, "$1-$2-$3")},${amount}`);
    writeFileSync(file("orders.csv"), ["customer_id,ordered_at,amount", ...rows].join("\n"));
    await connection.run(`CREATE TABLE orders AS SELECT * FROM read_csv('${file("orders.csv")}', types = {'customer_id': 'VARCHAR', 'ordered_at': 'DATE', 'amount': 'DECIMAL(12, 2)'})`);
    await connection.run(`COPY (${query}) TO '${file("summaries.csv")}' (HEADER)`);
    score(...valued, "-calibration-end", "1998-06-30", "-save-model", file("model.json"), file("summaries.csv"));
    const stream = execFileSync(file("score"), ["-quiet", "-stream", "-model-file", file("model.json"), "-discount", "0.1", "-fields", ["id", ...FIGURES].join(",")], { input: readFileSync(file("summaries.csv")) });
    writeFileSync(file("stream.csv"), stream);
    await connection.run(`CREATE TABLE valued AS SELECT *, RANK() OVER (ORDER BY clv DESC) AS place, COUNT(*) OVER (PARTITION BY clv) AS alike FROM read_csv('${file("stream.csv")}', types = {'id': 'VARCHAR'})`);
    const got = await connection.runAndReadAll(
      `SELECT COUNT(*) AS customers, ${FIGURES.map((name) => `MAX(ABS(v.${name} - s.${name}) / GREATEST(1, ABS(s.${name}))) AS ${name}`).join(", ")},
        SUM(CASE WHEN v.alike = 1 THEN ABS(v.place - s.rank) ELSE v.place > s.rank END) AS moved, SUM(CASE WHEN v.alike = 1 THEN 1 ELSE 0 END) AS alone
      FROM valued v JOIN read_csv('${file("direct.csv")}', types = {'id': 'VARCHAR'}) s USING (id)`);
    const [row] = got.getRowObjects();
    assert.equal(Number(row.customers), 2357);
    // Ten digits are written; a stream values each customer for itself, a file together (docs/decisions/0020-two-cores.md).
    for (const name of FIGURES) assert.ok(Number(row[name]) <= 1e-9, `${name}: ${row[name]}`);
    assert.equal(Number(row.moved), 0); // who is worth as much as another stands behind them in the order of the file
    assert.ok(Number(row.alone) > 1000, `${row.alone} customers are worth what nobody else is`);
  } finally {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  }
});

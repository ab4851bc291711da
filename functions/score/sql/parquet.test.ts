// The whole way of a warehouse through the pipeline: DuckDB writes orders as Parquet, the pipeline values them, DuckDB reads what it wrote. Its writer and
// its reader are not the pipeline's; the figures are those of score on the same orders as CSV.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const orders = gunzipSync(readFileSync(`${root}core/orders/testdata/CDNOW_sample.txt.gz`)).toString().trim().split(/\r?\n/)
  .map((line) => line.trim().split(/\s+/)).map(([id, , day, , amount]) => [id, day.replace(/(....)(..)(..)/, "$1-$2-$3"), amount]);
/** In two files, each with its customers: of equals the one whose first order stands first comes first. */
const parts = [orders.filter(([id]) => Number(id) % 3 === 0), orders.filter(([id]) => Number(id) % 3 !== 0)];
const options = ["-calibration-end", "1997-09-30", "-horizon", "273", "-model", "bgnbd", "-today", "2026-01-01"];

/** How a warehouse may have the same orders: as text, in its own types, with codecs, without a value. */
const TYPES: Record<string, [columns: string, how: string]> = {
  "days and decimals": ["buyer VARCHAR, day DATE, net DECIMAL(12, 2)", "COMPRESSION snappy, ROW_GROUP_SIZE 2048"],
  "times, large decimals": ["buyer BIGINT, day TIMESTAMP, net DECIMAL(38, 9)", "COMPRESSION zstd, PARQUET_VERSION v2"],
  "times of a zone, doubles": ["buyer VARCHAR, day TIMESTAMPTZ, net DOUBLE", "COMPRESSION gzip"],
};

test("orders that DuckDB wrote as Parquet are valued as score values them, and DuckDB reads the values", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hourglass-"));
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    const pipeline = join(folder, "pipeline");
    execFileSync("go", ["-C", "functions/pipeline", "build", "-ldflags=-s -w", "-o", pipeline, "."], { cwd: root });
    const csv = `buyer,day,net\n${parts.flat().map((row) => row.join(",")).join("\n")}\n`;
    const scored = execFileSync("go", ["run", "./functions/score", "-quiet", "-format", "jsonl", ...options.slice(0, -2)], { cwd: root, input: csv });
    const want = new Map(scored.toString().trim().split("\n").map((line): Record<string, unknown> => JSON.parse(line)).map((row) => [Number(row.id), row]));
    assert.equal(want.size, 2357);
    await connection.run("SET TimeZone = 'UTC'");
    for (const [name, [columns, how]] of Object.entries(TYPES)) {
      const at = join(folder, name.replaceAll(/\W+/g, "-"));
      for (const [part, rows] of parts.entries()) {
        await connection.run(`CREATE OR REPLACE TABLE sales (${columns})`);
        await connection.run(`INSERT INTO sales VALUES ${rows.map(([id, day, amount]) => `('${id}', '${day}', ${amount})`).join(", ")}`);
        await connection.run(`COPY sales TO '${at}-${part}.parquet' (FORMAT parquet, ${how})`);
      }
      execFileSync(pipeline, ["-input", `${at}-*.parquet`, "-output", `${at}/values`, "-format", "parquet", ...options], { stdio: ["ignore", "ignore", "pipe"] });
      const got = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${at}/values-*.parquet')`)).getRowObjects();
      assert.equal(got.length, want.size, name);
      for (const row of got) {
        const same = want.get(Number(row.id));
        for (const field of ["orders", "spend", "p_alive", "expected_orders", "clv", "clv_lower", "clv_upper", "rank"]) {
          const [a, b] = [Number(row[field]), Number(same?.[field])];
          assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b)), `${name}, ${row.id}: ${field} ${a}, score ${b}`);
        }
      }
    }
  } finally {
    connection.closeSync();
    rmSync(folder, { recursive: true });
  }
});

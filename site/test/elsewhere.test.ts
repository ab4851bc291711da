// What the page says to do elsewhere, done: its commands by functions/score, its SQL beside functions/score -sql. (That SQL runs
// in DuckDB in functions/score/sql/scored.test.ts.)
import assert from "node:assert/strict";
import { execFileSync, execSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { customersCsvParts } from "../customers/csv.ts";
import { command, isClosed, summariesCommand, summariesSql, withoutOption } from "../customers/elsewhere.ts";
import { START } from "../customers/settings.ts";
import { columns } from "../engine/customers.gen.mjs";
import { type ModelFile, CustomersEngine, writeModelFile } from "../engine/customers.ts";
import { value } from "./valued.ts";
import { type Model, type Settings, hasMoney } from "../customers/state.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hourglass-elsewhere-"));
const wasm = readFileSync(join(root, "build/customers-tinygo.wasm"));
const log = gunzipSync(readFileSync(join(root, "core/orders/testdata/CDNOW_sample.txt.gz")));
/** A name that a shell would stumble over. */
const name = "orders of Tom's shop.txt";

before(() => {
  execFileSync("go", ["build", "-o", join(folder, "score"), "./functions/score"], { cwd: root });
  writeFileSync(join(folder, name), log);
});
after(() => rmSync(folder, { recursive: true }));

/** The page's state for a file, and its table as CSV. */
async function paged(changes: Partial<typeof START>, reading = "", file: { name: string, log: Uint8Array } = { name, log }) {
  const settings = { ...START, ...changes } as Settings;
  const engine = await CustomersEngine.load(wasm);
  const { horizon_days, annual_discount, margin, level } = settings;
  const wanted = { horizon_days, annual_discount, margin, level, pick: settings.kind, next_orders: true };
  const report = value(engine, file.log, wanted, { reading });
  if (settings.holdout_days > 0) {
    engine.set({ ...wanted, intervals: true, totals: true, split: { end: report.last_day - settings.holdout_days } });
    engine.settle();
  }
  const summary = engine.get("summary");
  const { kind, file: fitted } = engine.get("model");
  const all = engine.columns(Object.keys(columns) as (keyof typeof columns)[]);
  const table = { length: all.rank.length, ids: engine.ids(), columns: all };
  const order = Array.from(all.rank, (_, row) => row).sort((a, b) => all.rank[a] - all.rank[b]);
  const model = { kind, origin: settings.kind === "auto" ? "recommended" : "picked", file: fitted, text: writeModelFile(fitted) } as Model;
  const { totals, evidence, season, months } = engine.get("answer");
  const { lead } = engine.get("choice");
  const state = { settings, options: {}, reading, report, summary, model, totals, source: { name: file.name, size: file.log.length, kind: "file" as const } };
  return { state, evidence, season, months, lead, csv: [...customersCsvParts(table, order, { money: hasMoney(state) })].join("") };
}

/** Runs a command as a user would; the table it wrote. */
function run(line: string) {
  execSync(line, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return readFileSync(join(folder, "customers.csv"), "utf8");
}

/**
 * Every cell is the same, numbers to a tolerance. Of one model both write the same ten digits that the command writes; two fits of
 * it, here and there, agree to 1e-8 (docs/architecture.md).
 */
function same(page: string, command: string, tolerance = 1e-8) {
  const [ours, theirs] = [page.trim().split(/\r?\n/), command.trim().split("\n")].map((lines) => lines.map((line) => line.split(",")));
  assert.equal(ours.length, theirs.length);
  const equal = (a: string, b: string) => a === b || Math.abs(Number(a) - Number(b)) <= tolerance * Math.abs(Number(b));
  ours.forEach((cells, i) => cells.forEach((cell, k) => assert.ok(equal(cell, theirs[i][k]), `${cells} page\n${theirs[i]}`)));
}

/** Half of the tenth digit. */
const DIGITS = 5.1e-10;

test("the command gives the page's table", async () => {
  const { state, csv } = await paged({ margin: 0.4, horizon_days: 182, level: 0.9 });
  const line = command(state);
  assert.equal(line, `./score -horizon 182 -margin 0.4 -discount 0.1 -level 0.9 'orders of Tom'\\''s shop.txt' > customers.csv`);
  same(csv, run(line));
});

test("the command says the page's totals and ranges, to the last digit that it writes", async () => {
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  for (const [horizon_days, checked] of [[91, true], [182, true], [365, false]] as const) {
    const { state } = await paged({ horizon_days, margin: 0.4 });
    const { totals: { orders, spend, value: worth, likely } } = state;
    const line = command(state).replace(/ > .*/, "");
    const printed = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 24 }).stderr;
    assert.equal(likely.checked, checked, `${horizon_days} days: ${likely.checks} checks`);
    const range = (name: "orders" | "spend" | "value", e: typeof orders) => {
      const [at95, at80] = [e, likely[name]].map(({ low, high }) => `${whole.format(low)} to ${whole.format(high)} with`);
      return checked ? `${at95} 95% probability` : `${at80} 80% probability and ${at95} 95% probability`;
    };
    for (const text of [
      `in the ${horizon_days} days after that ${whole.format(orders.value)} orders are expected, ${range("orders", orders)}`,
      `their revenue is ${whole.format(spend.value)}, ${range("spend", spend)}`,
      `value after margin and discount is ${whole.format(worth.value)}, `,
    ]) assert.ok(printed.includes(text), `${text}\n${printed}`);
  }
});

/** A shop whose customers order every third time that chance would have them: three years of it, and the season of its Decembers. */
function regularShop() {
  let seed = 7;
  const uniform = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const lines = ["customer,date,amount"];
  const start = Date.UTC(2021, 0, 1) / 86_400_000;
  for (let id = 1; id <= 150; id++) {
    const mean = 8 + 20 * uniform();
    for (let [day, last] = [200 * uniform(), -1]; day < 1095; ) {
      const whole = Math.floor(day);
      const date = new Date((start + whole) * 86_400_000).toISOString().slice(0, 10);
      if (whole > last) lines.push(`${id},${date},${(10 + 20 * uniform()).toFixed(2)}`);
      last = whole;
      if (uniform() < 0.02) break;
      const high = date.slice(5, 7) === "12" ? 2 : 1;
      for (let stage = 0; stage < 3; stage++) day -= (Math.log(uniform()) * mean) / 3 / high;
    }
  }
  return new TextEncoder().encode(lines.join("\n") + "\n");
}

test("the command says the page's choice, k, season, months, evidence and rankings: on CDNOW and on a regular shop", async () => {
  const shop = { name: "regular.csv", log: regularShop() };
  writeFileSync(join(folder, shop.name), shop.log);
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const percent = (v: number) => `${Math.round(100 * v)}%`;
  for (const [file, regular] of [[{ name, log }, false], [shop, true]] as const) {
    const { state, evidence: e, season, months, lead } = await paged({ horizon_days: 91, margin: 0.4 }, "", file);
    const printed = spawnSync("sh", ["-c", command(state).replace(/ > .*/, "")], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 24 }).stderr;
    const { k } = state.model.file.parameters;
    assert.equal(state.model.kind, regular ? "mbgcnbd" : "mbgnbd");
    assert.equal(season.known, regular);
    const { orders } = state.totals;
    const by = Number(/^.*model: \S+ fits best(?:, by (\S+) in AIC)?;/m.exec(printed)?.[1] ?? 0);
    assert.ok(Math.abs(by - lead) <= Math.max(0.01, 5.1e-3 * lead), `a lead of ${by}, the page's is ${lead}`); // three digits; less than 0.01 is none
    for (const text of [
      `model: ${regular ? "MBG/CNBD-k" : "MBG/NBD"} fits best`,
      ...(regular ? [`more regularly than chance has it: k = ${k};`, "season: December brings +"] : ["season: none is in the forecast"]),
      `${whole.format(orders.value)} orders are expected, ${whole.format(orders.low)} to ${whole.format(orders.high)} with 95% probability`,
      `${e.forecasts} earlier forecasts of orders over 91 days were off by ${percent(e.forecast.miss)}; as many orders as a year before (or just before) by ${percent(e.same_again.miss)}, ` +
        `each customer's own rate for ever by ${percent(e.rate_on.miss)}; the 95% range would have held ${e.held} of ${e.forecasts}`,
      `by expected value brought ${percent(e.model.fifth)}, by recency, frequency and spend (RFM) ${percent(e.rfm.fifth)}, by spend so far ${percent(e.spent.fifth)};`,
      ...months.filter((m) => m.ahead).map((m) => ` ${whole.format(m.expected)}`),
    ]) assert.ok(printed.includes(text), `${text}\n${printed}`);
  }
});

test("so it does with a model that was picked, a holdout, and what was said about the file", async () => {
  const reading = "column_id=1&column_date=3&column_amount=5&column_order=none&date_order=month_first&decimal=.";
  const { state, csv } = await paged({ kind: "bgnbd", holdout_days: 90, annual_discount: 0 }, reading);
  const line = command(state);
  assert.ok(line.includes(`-model bgnbd -calibration-end 1998-04-01 -reading '${reading}' `), line);
  assert.equal(state.report.reading, reading);
  same(csv, run(line));
});

test("with a model file, and with summaries in the place of orders", async () => {
  const { state, csv } = await paged({ margin: 0.4 });
  writeFileSync(join(folder, "model.json"), state.model.text);
  same(csv, run(command({ ...state, model: { ...state.model, origin: "file" } })), DIGITS);
  const summaries = execFileSync(join(folder, "score"), ["-quiet", "-summaries", name], { cwd: folder });
  writeFileSync(join(folder, "summaries.csv"), summaries);
  same(csv, run(summariesCommand(state.settings)), DIGITS);
});

test("what the command has no option for is told", () => {
  assert.deepEqual(withoutOption({}), []);
  assert.deepEqual(withoutOption({ preset: "auto", delimiter: "", reading: "column_id=2" }), []);
  assert.deepEqual(withoutOption({ preset: "shopify", delimiter: ";", drop_zero: true, zone_minutes: 0 }), ["preset", "delimiter", "zone_minutes", "drop_zero"]);
});

test("the SQL is that of the command, whatever the names", () => {
  const names = [
    { table: "orders", id: "customer_id", date: "ordered_at", amount: "amount" },
    { table: "`shop.$1.orders`", id: "buyer", date: "ordered_at AT TIME ZONE 'Europe/Berlin'", amount: "net / 100" },
    { table: "sales", id: "amount_owner", date: "at", amount: "total_amount" },
  ];
  for (const dialect of ["ansi", "bigquery", "snowflake", "redshift"]) {
    const text = readFileSync(join(root, `functions/score/sql/${dialect}.sql`), "utf8");
    for (const n of names) {
      const want = execFileSync(join(folder, "score"), ["-sql", dialect, "-table", n.table, "-columns", `id=${n.id},date=${n.date},amount=${n.amount}`, "-calibration-end", "1998-06-30"], { encoding: "utf8" });
      assert.equal(summariesSql(text, n, 10407), want);
    }
  }
});

test("SQL knows who is still there with two of the models", () => {
  const closed = (model: string, basis = "likelihood", q = 3) => isClosed({ model, spend: { basis, q } } as ModelFile);
  assert.deepEqual(["bgnbd", "mbgnbd", "paretonbd"].map((model) => closed(model)), [true, true, false]);
  assert.deepEqual([closed("bgnbd", "none", 0), closed("bgnbd", "likelihood", 0.9)], [true, false]);
});

// The page's model file against functions/model, by way of the command score: what Go writes is read and written again to
// the byte; what the page writes scores in Go as the engine does in WebAssembly; and both refuse the same.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { words } from "../engine/customers.gen.mjs";
import { type Settings, CustomersEngine, MAX_MODEL_BYTES, ModelFileError, writeModelFile } from "../engine/customers.ts";
import { value } from "./valued.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cdnow = join(root, "core/orders/testdata/CDNOW_sample.txt.gz");
const folder = mkdtempSync(join(tmpdir(), "hourglass-model-"));
const score = join(folder, "score");
const module = new WebAssembly.Module(readFileSync(join(root, "build/customers-tinygo.wasm")));

before(() => execFileSync("go", ["build", "-o", score, "./functions/score"], { cwd: root }));
after(() => rmSync(folder, { recursive: true }));

/** The model file that Go fits to CDNOW's whole log. */
function fitted(kind: string) {
  const file = join(folder, `${kind}.json`);
  execFileSync(score, ["-quiet", "-model", kind, "-save-model", file, "-fields", "id", cdnow]);
  return readFileSync(file, "utf8");
}

const log = gunzipSync(readFileSync(cdnow));

/** The engine with CDNOW's whole log in it, valued. */
async function loaded(settings: Settings = {}) {
  const engine = await CustomersEngine.load(module);
  value(engine, log, { pick: "bgnbd", ...settings });
  return engine;
}

/** Values anew, with the model of a file. */
function valueBy(engine: CustomersEngine, text: string, settings?: Settings) {
  engine.useModel(text);
  engine.set({ horizon_days: 365, margin: 1, intervals: true, totals: true, ...settings });
  engine.settle();
}

const written = (engine: CustomersEngine) => writeModelFile(engine.get("model").file);

test("how a list was read goes through the engine as it is", async () => {
  const file = join(folder, "reading.json");
  execFileSync(score, ["-quiet", "-model", "bgnbd", "-reading", "refunds=drop&currency=EUR", "-save-model", file, "-fields", "id", cdnow]);
  const text = readFileSync(file, "utf8");
  assert.match(text, /"reading": "refunds=drop&currency=EUR"/);
  const engine = await loaded();
  valueBy(engine, text);
  assert.equal(written(engine), text);
});

for (const kind of words.kind) {
  test(`${kind}: what Go writes is read and written again to the byte`, async () => {
    const text = fitted(kind);
    const engine = await loaded();
    valueBy(engine, text);
    assert.equal(written(engine), text);
  });

  test(`${kind}: a file from the page scores in Go as in the page`, async () => {
    const engine = await loaded({ pick: kind, annual_discount: 0.1, margin: 0.4 });
    const file = join(folder, `page-${kind}.json`);
    writeFileSync(file, written(engine));
    const { clv, p_alive, rank } = engine.columns(["clv", "p_alive", "rank"]);
    const ids = engine.ids();
    const rows = new Map(Array.from({ length: ids.length }, (_, row) => [ids.at(row), row]));
    const options = ["-quiet", "-model-file", file, "-horizon", "365", "-discount", "0.1", "-margin", "0.4", "-fields", "id,p_alive,clv,rank"];
    const lines = execFileSync(score, [...options, cdnow], { encoding: "utf8" }).trim().split("\n").slice(1);
    assert.equal(lines.length, 2357);
    for (const line of lines) {
      const [id, alive, worth, place] = line.split(",");
      const row = rows.get(id) as number;
      same(p_alive[row], alive, `${id} p_alive`);
      same(clv[row], worth, `${id} clv`);
      assert.equal(rank[row], Number(place), `${id} rank`);
    }
  });

  test(`${kind}: read again, the engine's model scores to the last bit alike`, async () => {
    const fit = await loaded({ pick: kind });
    const again = await loaded();
    valueBy(again, written(fit));
    const names = ["p_alive", "expected_orders", "clv", "clv_low", "clv_high", "rank", "segment"] as const;
    assert.deepEqual(again.columns(names), fit.columns(names));
  });
}

/** The command writes ten digits. */
function same(got: number, want: string, where: string) {
  assert.equal(Number(got.toPrecision(10)), Number(want), where);
}

test("the same numbers with bootstrap replicates, signs of zero and the smallest digits", async () => {
  const replicate = { a: 1e-40, alpha: 1 / 3, b: 1e21, r: 0.1 + 0.2 };
  const { bootstrap: _, ...file } = JSON.parse(fitted("bgnbd"));
  const { spend, time_unit_days, data, ...head } = file;
  const bits = { ...head, bootstrap: [replicate, replicate], spend, time_unit_days, data };
  bits.log_parameter_covariance[3] = 5e-324;
  const text = `${JSON.stringify(bits, null, "\t")}\n`.replace('"log_parameter_covariance": [\n\t\t0', '"log_parameter_covariance": [\n\t\t-0');
  const engine = await loaded();
  valueBy(engine, text);
  assert.equal(written(engine), text);
});

test("what is no model file is refused, by Go too", async () => {
  const engine = await loaded();
  const good = fitted("bgnbd");
  const change = (old: string | RegExp, text: string) => {
    assert.notEqual(good.replace(old, text), good, `nothing to change: ${old}`);
    return good.replace(old, text);
  };
  const cases: [string, string][] = [
    ["not_json", ""],
    ["not_json", `${good}{}`],
    ["not_json", "customer,date\n1,2"],
    ["unknown_format", "[1]"],
    ["unknown_format", "{}"],
    ["unknown_format", change("hourglass-model", "hourglass")],
    ["unknown_version", change('"version": 1', '"version": 2')],
    ["unknown_version", change('"version": 1', '"version": 2, "new": 1')],
    ["unknown_kind", change('"bgnbd"', '"bgnbd2"')],
    ["missing", change('"bgnbd"', '"paretonbd"')],
    ["unknown_field", change('"customers"', '"clients"')],
    ["unknown_field", change('"basis"', '"new": 1, "basis"')],
    ["unknown_spend_model", change(/"basis": "\w+"/, '"basis": "magic"')],
    ["unknown_spend_model", change(/"mean_of": "\w+"/, '"mean_of": "some"')],
    ["bad_engine", change(/"engine": "[\d.]+"/, '"engine": "0.1"')],
    ["bad_engine", change(/"engine": "[\d.]+"/, '"engine": "0.1.99999"')],
    ["bad_engine", change(/"engine": "[\d.]+"/, '"engine": "0.01.0"')],
    ["bad_day", change(/"first_day": "[\d-]+"/, '"first_day": "1997-02-30"')],
    ["bad_day", change(/"first_day": "[\d-]+"/, '"first_day": "today"')],
    ["bad_number", change(/"r": [\d.e-]+/, '"r": 1e999')],
    ["bad_number", change(/"r": [\d.e-]+/, '"r": "1"')],
    ["missing", change(/"r": [\d.e-]+,?/, "").replace(/,\s*\}/, "}")],
    ["too_large", " ".repeat(MAX_MODEL_BYTES + 1)],
  ];
  const path = join(folder, "bad.json");
  for (const [code, text] of cases) {
    assert.throws(() => engine.useModel(text), (e: unknown) => e instanceof ModelFileError && e.code === code, `${code}: ${text.slice(0, 60)}`);
    writeFileSync(path, text);
    assert.equal(spawnSync(score, ["-quiet", "-model-file", path, cdnow]).status, 1, `Go takes ${code}: ${text.slice(0, 60)}`);
  }
});

test("numbers out of their domain are refused", async () => {
  const engine = await loaded();
  const file = JSON.parse(fitted("bgnbd"));
  for (const change of [{ time_unit_days: 0 }, { parameters: { ...file.parameters, r: -1 } }, { data: { ...file.data, first_day: "2997-01-01" } }]) {
    assert.throws(() => engine.useModel(JSON.stringify({ ...file, ...change })), { name: "ModelFileError", code: "bad_number" });
  }
});

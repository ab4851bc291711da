// Both builds of the engine against native Go, and the host module's conduct when the engine fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import catalogue, { type Calculation, type Layout as Field, type Module } from "../base/catalogue.gen.mjs";
import { everyNth } from "../test/turn.ts";
import { laid } from "../base/laid.ts";
import layouts from "../base/layouts.gen.mjs";
import { type Sources, Engine, EngineTrap, encode } from "./engine.ts";

const build = new URL("../../build/", import.meta.url);
type Golden = { id: string, index: number, module: string, in: (number | null)[], out: (number | null)[] };
/** The cases of these modules' calculations; the others are customers.test.ts's. */
const golden: Golden[] = JSON.parse(readFileSync(new URL("golden.json", build), "utf8")).filter((g: Golden) => g.module !== "Customers");

/**
 * Closed forms agree to 1e-12; what a search or a fit finds, to 1e-8; intervals that rest on a fit's second derivatives, which are
 * differences of its gradient, to 1e-6.
 */
const SEARCHED: Record<string, number> = { "retention-curve": 1e-8, "acquisition-retention": 1e-8, "customer-equity": 1e-6 };

const wordsOf = ({ id }: { id: string }): Calculation => JSON.parse(readFileSync(new URL(`../base/calculations/${id}.gen.json`, import.meta.url), "utf8"));

const numbers = (list: (number | null)[]) => Float64Array.from(list, (v) => v ?? NaN);

/** Where an answer's results begin. */
function afterNotices(answer: Float64Array) {
  let at = 2;
  for (let notices = answer[1]; notices > 0; notices--) at += 3 + answer[at + 2];
  return at;
}

/**
 * How far a running sum rounds: as many times as it has terms, in the last digit of the largest so far in its column and those before it in its
 * group. 0 where a number is in no list.
 */
function rounding(fields: Field[], answer: Float64Array) {
  const off = new Float64Array(answer.length);
  let at = afterNotices(answer);
  const group = (inside: Field[]) => {
    const columns: number[] = []; // the largest up to each row
    for (const field of inside) {
      if (field.kind === "group") {
        group(field.fields ?? []);
        continue;
      }
      const size = answer[at++];
      if (field.kind === "records") for (let n = size; n > 0; n--) group(field.fields ?? []);
      if (field.kind !== "list") continue;
      for (let row = 0; row < size; row++, at++) {
        columns[row] = Math.max(columns[row] ?? 0, columns[row - 1] ?? 0, Math.abs(answer[at]) || 0);
        off[at] = columns[row] * (row + 1) * Number.EPSILON;
      }
    }
  };
  if (at < answer.length) group(fields);
  assert.equal(at, answer.length, "the layout is not the answer's");
  return off;
}

/** @param tolerance relative */
function assertClose(results: Field[], got: Float64Array, want: Float64Array, tolerance: number, where = "") {
  assert.equal(got.length, want.length, `${where}: length`);
  // A difference of two values is as exact as they are, so that the answer's headline sets the scale too; a sum so far, as what it adds up.
  const headline = Math.abs(want[afterNotices(want)] || 0) * 1e-3;
  const off = rounding(results, want);
  for (let i = 0; i < want.length; i++) {
    if (Number.isNaN(want[i]) && Number.isNaN(got[i])) continue;
    const scale = Math.max(Math.abs(want[i]), Math.abs(got[i]), headline);
    assert.ok(Math.abs(got[i] - want[i]) <= Math.max(tolerance * scale, off[i]), `${where}[${i}]: ${got[i]}, native ${want[i]}`);
  }
}

/** The codes of the notices in an answer. */
function codesIn(answer: Float64Array) {
  const codes: number[] = [];
  for (let at = 2; codes.length < answer[1]; at += 3 + answer[at + 2]) codes.push(answer[at]);
  return codes;
}

/** Those that have a calculation of the page. */
const MODULES = [...new Set(catalogue.calculations.map((c) => c.module))];

const fileOf = (module: Module, compiler: string) => (module === "calculator" ? compiler : `${module}-${compiler}`);

const moduleAt = (name: string) => new WebAssembly.Module(readFileSync(new URL(`${name}.wasm`, build)));

for (const compiler of ["tinygo", "go"]) {
  const modules: Sources = Object.fromEntries(MODULES.map((name) => [name, moduleAt(fileOf(name, compiler))]));

  test(`${compiler}: every calculation agrees with native Go`, async () => {
    const engine = await Engine.load(modules, ...layouts);
    const words = new Map(catalogue.calculations.map(wordsOf).map((c) => [c.id, c]));
    assert.ok(golden.length >= 50 * catalogue.calculations.length);
    // What is published is TinyGo's. The same code by Go's compiler is held to a third of the cases, in turn.
    const cases = compiler === "tinygo" ? [...golden.entries()] : everyNth(golden, 3);
    assert.equal(new Set(cases.map(([, c]) => c.id)).size, new Set(golden.map((c) => c.id)).size);
    for (const [n, c] of cases) {
      const tolerance = SEARCHED[c.id] ?? 1e-12;
      const { results = [], notices } = words.get(c.id) ?? {};
      assertClose(results, engine.run(c.index, numbers(c.in)), numbers(c.out), tolerance, `${c.id} case ${n}`);
      for (const number of codesIn(numbers(c.out))) {
        const code = catalogue.codes[number];
        assert.ok(catalogue.notices[code] || notices?.[code], `${c.id} case ${n}: ${code} has no text`);
      }
    }
  });

  test(`${compiler}: the examples of the catalogue, as objects`, async () => {
    const engine = await Engine.load(modules, ...layouts);
    for (const c of catalogue.calculations.map(wordsOf)) {
      const { result, problems } = engine.call(c.id, c.example);
      assert.deepEqual(problems, [], c.id);
      assert.deepEqual(Object.keys(result ?? {}), c.results.map((f) => f.name), c.id);
      const stream: number[] = [];
      encode(c.inputs, c.example, stream);
      const native = golden.find((g) => g.id === c.id);
      const withDefaults = engine.run(native?.index ?? -1, stream).slice();
      assertClose(c.results, withDefaults, numbers(native?.out ?? []), SEARCHED[c.id] ?? 1e-12, c.id);
    }
  });

  test(`${compiler}: the brief's own numbers`, async () => {
    const engine = await Engine.load(modules, ...laid("annual-plan"));
    const plan = engine.call("annual-plan", { monthly_price: 100, average_months: 7, plan_discount: 0.25, gross_margin: 1, annual_renewal_rate: 0 }).result;
    assert.ok(Math.abs(plan?.monthly_clv - 700) < 1e-9);
    assert.ok(Math.abs(plan?.annual_clv - 900) < 1e-9);
    assert.ok(Math.abs(plan?.uplift - 200) < 1e-9);
  });

  test(`${compiler}: problems name each field, warnings come with the result`, async () => {
    const engine = await Engine.load(modules, ...laid("subscription", "retention-curve"));
    const bad = engine.call("subscription", { price: -1, gross_margin: 80, period: "fortnight", horizon_periods: 0 });
    assert.equal(bad.result, null);
    assert.deepEqual(bad.problems.map((p) => [p.field, p.code]), [
      ["price", "too_low"], ["period", "unknown_option"], ["gross_margin", "too_high"],
      ["churn_rate", "required"], ["horizon_periods", "too_low"],
    ]);
    const endless = engine.call("subscription", { price: 100, gross_margin: 0.8, churn_rate: 0 });
    assert.deepEqual(endless.warnings, [{ code: "unbounded", field: "churn_rate", limit: 5 }]);
    assert.equal(endless.result?.horizon_used_periods, 60);
    const rising = engine.call("retention-curve", { survivors: [10, 11, 9], margin: 1 });
    assert.deepEqual(rising.problems, [{ code: "rising", field: "survivors/1", limit: 10 }]);
  });

  test(`${compiler}: a trap drops the instance and the next call is served by a fresh one`, async () => {
    const engine = await Engine.load(modules, ...laid("average"));
    const print = console.error;
    console.error = () => {}; // Go's build writes the panic
    try {
      assert.throws(
        () => engine.run(0, { length: 2 ** 29 } as number[]),
        (e: unknown) => {
          assert.ok(e instanceof EngineTrap);
          return true;
        },
      );
    } finally {
      console.error = print;
    }
    await engine.ready;
    assert.equal(engine.restarts, 1);
    assert.equal(engine.call("average", { order_value: 75, orders_per_year: 3, lifespan_years: 2.5, gross_margin: 1 }).result?.clv, 562.5);
  });

  test(`${compiler}: memory stays flat over many calls`, async () => {
    const engine = await Engine.load(modules, ...laid("subscription"));
    const input = { price: 100, gross_margin: 0.8, churn_rate: 0.01, annual_discount_rate: 0.1 };
    for (let i = 0; i < 2_000; i++) engine.call("subscription", input);
    const early = engine.memoryBytes;
    for (let i = 0; i < 20_000; i++) engine.call("subscription", input);
    const grown = engine.memoryBytes - early;
    // TinyGo's module frees all after each call; Go's heap takes a late step now and then. A result left behind by each call,
    // whose series alone is of more than a hundred numbers, would make 16 MB.
    assert.ok(compiler === "tinygo" ? grown === 0 : grown < (20_000 * 100 * 8) / 2, `${grown} bytes`);
  });
}

test("TinyGo's modules import nothing", () => {
  for (const name of MODULES) assert.deepEqual(WebAssembly.Module.imports(moduleAt(fileOf(name, "tinygo"))), []);
});

test("a module loads when it is needed, and may be asked for again after it failed to", async () => {
  const levers = moduleAt("levers-tinygo");
  const sources: Sources = { calculator: moduleAt("tinygo"), levers: new Uint8Array([1]) };
  const engine = await Engine.load(sources, ...laid("average"));
  assert.throws(() => engine.call("upsell", {}), /“upsell” was not asked for/);
  await assert.rejects(engine.need(...laid("upsell")), WebAssembly.CompileError);
  sources.levers = levers;
  await engine.need(...laid("upsell", "average"));
  assert.ok(engine.call("upsell", {}).problems.length > 0);
  assert.equal(engine.call("average", { order_value: 75, orders_per_year: 3, lifespan_years: 2.5, gross_margin: 1 }).result?.clv, 562.5);
  await assert.rejects(engine.need({ id: "nothing", inputs: [], results: [] }), /no calculation/);
});

test("another layout's module is refused in words", async () => {
  const version = catalogue.version;
  catalogue.version = version + 1;
  try {
    await assert.rejects(Engine.load({ calculator: moduleAt("tinygo") }, ...laid("average")), /speaks layout/);
  } finally {
    catalogue.version = version;
  }
});

// The tools over calculations: both builds against native Go, and as objects against direct calls.
import { laid } from "../base/laid.ts";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { decide } from "./decide.ts";
import { Engine } from "./engine.ts";

const root = new URL("../../", import.meta.url);
type Decision = { id: string, tool: number, in: (number | null)[], out: (number | null)[] };
const native: Decision[] = JSON.parse(execFileSync("go", ["run", "./internal/decisions"], { cwd: fileURLToPath(root), encoding: "utf8" }));

const subscription = { price: 100, period: "month", gross_margin: 0.8, churn_rate: 0.05, cac: 400 };

const moduleAt = (name: string) => new WebAssembly.Module(readFileSync(new URL(`build/${name}.wasm`, root)));
const load = (compiler: string) => Engine.load({ calculator: moduleAt(compiler), growth: moduleAt(`growth-${compiler}`), levers: moduleAt(`levers-${compiler}`) }, ...laid("subscription", "growth-plan", "referral"));

for (const compiler of ["tinygo", "go"]) {
  test(`${compiler}: every tool agrees with native Go, draws included`, async () => {
    const engine = await load(compiler);
    for (const d of native) {
      const got = engine.runTool(d.tool, d.in.map((v) => v ?? NaN));
      assert.equal(got.length, d.out.length, `${d.id} tool ${d.tool}`);
      for (const [i, want] of d.out.entries()) {
        if (want === null) assert.ok(Number.isNaN(got[i]), `${d.id} tool ${d.tool} [${i}]`);
        else assert.ok(Math.abs(got[i] - want) <= 1e-12 * Math.max(Math.abs(want), 1e-3), `${d.id} tool ${d.tool} [${i}]: ${got[i]}, native ${want}`);
      }
    }
  });

  test(`${compiler}: sensitivity and grid are direct calls`, async () => {
    const engine = await load(compiler);
    const clv = (change: object) => engine.call("subscription", { ...subscription, ...change }).result?.clv;
    const ranges = [{ field: "gross_margin", low: 0.79, high: 0.81 }, { field: "churn_rate", low: 0.03, high: 0.07 }];
    const { result } = decide(engine, "sensitivity", "subscription", subscription, { result: "clv", ranges });
    assert.deepEqual(result?.bars.map((b) => [b.field, b.result_low, b.result_high]), [
      ["churn_rate", clv({ churn_rate: 0.03 }), clv({ churn_rate: 0.07 })],
      ["gross_margin", clv({ gross_margin: 0.79 }), clv({ gross_margin: 0.81 })],
    ]);
    const axes = { rows: { ...ranges[1], steps: 3 }, columns: { ...ranges[0], steps: 2 } };
    const grid = decide(engine, "grid", "subscription", subscription, { result: "clv", ...axes }).result;
    assert.deepEqual(grid?.results, grid?.rows.map((churn_rate) => grid.columns.map((gross_margin) => clv({ churn_rate, gross_margin }))));
  });

  test(`${compiler}: the churn of 3:1, and a goal out of reach`, async () => {
    const engine = await load(compiler);
    const range = { field: "churn_rate", low: 0, high: 1 };
    const found = decide(engine, "goal-seek", "subscription", subscription, { result: "ltv_cac_ratio", goal: 3, range }).result;
    assert.equal(found?.status, "reached");
    assert.ok(Math.abs((found?.value ?? 0) - 80 / 1200) < 1e-12);
    const far = decide(engine, "goal-seek", "subscription", subscription, { result: "ltv_cac_ratio", goal: 3, range: { ...range, low: 0.1 } }).result;
    assert.deepEqual([far?.status, far?.value, far?.result], ["out_of_reach", 0.1, 2]);
  });

  test(`${compiler}: what is never is beyond every number`, async () => {
    const engine = await load(compiler);
    const costly = { ...subscription, cac: 1500 };
    const ranges = [{ field: "price", low: 99, high: 110 }, { field: "churn_rate", low: 0.049, high: 0.054 }];
    const [first, second] = decide(engine, "sensitivity", "subscription", costly, { result: "payback_periods", ranges }).result?.bars ?? [];
    assert.deepEqual([first.field, first.never, first.swing, first.result_high, second.never], ["churn_rate", "high", null, null, "none"]);
    const churn = [{ field: "churn_rate", low: 0.03, high: 0.07 }];
    const found = decide(engine, "simulate", "subscription", costly, { result: "payback_periods", ranges: churn, target: 1000 }).result;
    assert.ok(found && Math.abs(found.never / 10_000 - (1 - (80 / 1500 - 0.03) / 0.04)) < 0.02 && found.refused === 0);
    assert.ok(Math.abs((found.probability_above_target ?? 0) - found.never / 10_000) < 1e-12 && found.mean === null && found.max === null);
    const { cac, ...free } = subscription;
    assert.equal(decide(engine, "simulate", "subscription", free, { result: "payback_periods", ranges: churn, draws: 10 }).result?.refused, 10);
  });

  test(`${compiler}: a simulation in pieces is the whole`, async () => {
    const engine = await load(compiler);
    const asked = { result: "clv", seed: 7, target: 1000, ranges: [{ field: "churn_rate", low: 0.03, high: 0.07 }, { field: "gross_margin", low: 0.7, high: 0.9 }] };
    const whole = decide(engine, "simulate", "subscription", subscription, asked).result;
    const values: number[] = [];
    for (const draws of [100, 1, 899, 9000]) {
      values.push(...(decide(engine, "simulate", "subscription", subscription, { ...asked, skip: values.length, draws }).result?.values ?? []));
    }
    assert.deepEqual(decide(engine, "simulate", "subscription", subscription, { result: "clv", ranges: [], values, target: 1000 }).result, whole);
  });

  test(`${compiler}: a simulation, its memory flat`, async () => {
    const engine = await load(compiler);
    const options = { result: "clv", ranges: [{ field: "churn_rate", low: 0.03, high: 0.07 }], draws: 20_000, target: 1600 };
    const { result } = decide(engine, "simulate", "subscription", subscription, options);
    const want = (80 * Math.log(7 / 3)) / 0.04; // E[80/churn]
    assert.ok(Math.abs((result?.mean ?? 0) - want) < 5 * (result?.standard_error ?? 0), `${result?.mean}, closed form ${want}`);
    assert.ok(Math.abs((result?.probability_above_target ?? 0) - 0.5) < 0.02);
    assert.equal(result?.histogram.counts.reduce((a, b) => a + b), 20_000);
    const simulate = (times: number) => {
      for (let i = 0; i < times; i++) decide(engine, "simulate", "subscription", subscription, options);
      return engine.memoryBytes;
    };
    const early = simulate(10);
    const grown = simulate(40) - early;
    // TinyGo's module frees all after each call. Go's heap grows in steps, now and then a late one; one list of draws that each
    // call left behind would make 40 of 20,000 numbers.
    assert.ok(compiler === "tinygo" ? grown === 0 : grown < (40 * 20_000 * 8) / 2, `${grown} bytes`);
    const bad = decide(engine, "simulate", "subscription", { ...subscription, price: -1 }, options);
    assert.deepEqual([bad.result, bad.problems[0].code, bad.problems[0].field], [null, "too_low", "price"]);
  });

  test(`${compiler}: fields of records and results behind lists`, async () => {
    const engine = await load(compiler);
    const plan = JSON.parse(readFileSync(new URL("../base/calculations/growth-plan.gen.json", import.meta.url), "utf8")).example;
    const direct = engine.call("growth-plan", plan).result;
    const { result } = decide(engine, "sensitivity", "growth-plan", plan, { result: "interaction", ranges: [{ field: "levers/0/reach", low: 0.5, high: 1 }] });
    assert.equal(result?.base, direct?.interaction);
    const less = structuredClone(plan);
    less.levers[0].reach = 0.5;
    assert.equal(result?.bars[0].result_low, engine.call("growth-plan", less).result?.interaction);
  });
}

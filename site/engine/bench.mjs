// One closed-form call across the WASM boundary against the same formula written in JavaScript, in one run. Both sides
// get plain numbers and make the same results, the value-over-time columns included. Prints ratios of the best of many
// rounds, the two sides taking turns, so that a busy machine weighs on both.
import { readFileSync } from "node:fs";
import { Engine } from "./engine.mjs";

const module = (/** @type {string} */ name) =>
  new WebAssembly.Module(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));

/** @param {number[]} input order of core/value.SubscriptionInput */
function subscription([price, , grossMargin, churn, annualRate, step, growth, , , cac, target]) {
  const d = Math.expm1(Math.log1p(annualRate) / 12);
  const v = 1 / (1 + d);
  const x = (1 - churn) * v;
  const whole = (/** @type {number} */ rate) => {
    const w = 1 / (1 + rate);
    const y = (1 - churn) * w;
    const rest = (churn + rate) * w;
    return price / ((churn - growth * (1 - churn) + rate) * w) + (step * y) / (rest * rest);
  };
  /** @param {number} n */
  const within = (n) => {
    let sum = 0;
    let geo = 1;
    let lin = 1;
    for (let k = 0; k < n; k++) {
      sum += (price * geo + step * k * lin) * grossMargin;
      geo *= x * (1 + growth);
      lin *= x;
    }
    return sum;
  };
  /** @param {number} cost @param {number} n */
  const payback = (cost, n) => {
    let sum = 0;
    let geo = 1;
    let lin = 1;
    for (let k = 0; k < n; k++) {
      const p = (price * geo + step * k * lin) * grossMargin;
      if (sum + p >= cost) return k + (cost - sum) / p;
      sum += p;
      geo *= x * (1 + growth);
      lin *= x;
    }
    return null;
  };
  const clv = whole(d) * grossMargin;
  const revenue = whole(0);
  const length = Math.max(12, Math.ceil(payback(0.95 * clv, 120) ?? 120));
  const series = {
    period: new Float64Array(length),
    survival: new Float64Array(length),
    margin: new Float64Array(length),
    cumulative: new Float64Array(length),
  };
  let sum = 0;
  let survival = 1;
  let geo = 1;
  let lin = 1;
  for (let k = 0; k < length; k++) {
    const p = (price * geo + step * k * lin) * grossMargin;
    sum += p;
    series.period[k] = k + 1;
    series.survival[k] = survival;
    series.margin[k] = p;
    series.cumulative[k] = sum;
    survival *= 1 - churn;
    geo *= x * (1 + growth);
    lin *= x;
  }
  return {
    clv, undiscounted_clv: revenue * grossMargin, revenue_ltv: revenue, lifetime_periods: 1 / churn,
    margin_multiple: clv / (price * grossMargin), ltv_cac_ratio: clv / cac, payback_periods: payback(cac, 2400),
    simple_payback_periods: cac / (price * grossMargin), max_cac: clv / target, value_within_12_months: within(12),
    value_within_36_months: within(36), value_within_60_months: within(60), discount_rate_per_period: d, series,
  };
}

/** @param {number[]} input order of core/value.AverageInput */
function average([orderValue, ordersPerYear, lifespanYears, grossMargin]) {
  const customerValue = orderValue * ordersPerYear;
  const revenue = customerValue * lifespanYears;
  return { clv: revenue * grossMargin, revenue_ltv: revenue, customer_value: customerValue };
}

/** Nanoseconds of one call, the best of the rounds. */
class Timer {
  best = Infinity;
  /** @param {(i: number) => unknown} call */
  constructor(call) {
    this.call = call;
  }
  round(calls = 2000) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) this.call(i);
    this.best = Math.min(this.best, Number(process.hrtime.bigint() - start) / calls);
  }
}

/** @param {string} compiler */
const load = (compiler) => Engine.load({ calculator: module(compiler), growth: module(`growth-${compiler}`) }, "subscription", "hourglass");
const engines = { TinyGo: await load("tinygo"), Go: await load("go") };
const cases = [
  { id: "subscription", index: 2, formula: subscription, input: [100, 0, 0.8, 0.05, 0.1, 1, 0, NaN, 0, 400, 3] },
  { id: "average", index: 0, formula: average, input: [75, 3, 2.5, 0.6] },
];
console.log("one closed-form call, ns (ratio to the same formula in JavaScript)");
for (const { id, index, formula, input } of cases) {
  let sink = 0; // keeps the calls from being optimised away
  const js = new Timer((i) => {
    input[0] = 100 + (i & 7);
    sink += formula(input).clv;
  });
  const wasm = Object.entries(engines).map(([name, engine]) => {
    const timer = new Timer((i) => {
      input[0] = 100 + (i & 7);
      sink += engine.run(index, input)[2];
    });
    return { name, timer };
  });
  for (let round = 0; round < 60; round++) {
    js.round();
    for (const { timer } of wasm) timer.round();
  }
  const figures = wasm.map(({ name, timer }) => `${name} ${timer.best.toFixed(0)} (${(timer.best / js.best).toFixed(2)} x)`);
  console.log(`  ${id.padEnd(13)} JavaScript ${js.best.toFixed(0)}   ${figures.join("   ")}`);
  if (!Number.isFinite(sink)) throw new Error("the calls made nonsense");
}

// The decision tools in one call across the boundary, against the same loop around the formula in JavaScript, which draws
// and evaluates but neither sorts nor sums up.
const inputs = { price: 100, gross_margin: 0.8, churn_rate: 0.05, annual_discount_rate: 0.1, growth_per_period: 1, cac: 400, target_ratio: 3 };
const prospects = { prospects: 10000, acquisition_spend: 20000, conversion: 0.02, activation: 0.8, onboarding_cost: 5, price: 40,
  gross_margin: 0.7, churn_rate: 0.05, service_cost: 2, upsell_take_up: 0.1, price_step: 10, cross_sell_take_up: 0.1, extra_spend: 8 };
/** @param {Record<string, number>} of */
const around = (of, count = 12) => Object.entries(of).slice(0, count).map(([field, v]) => ({ field, low: 0.9 * v, high: Math.min(1.1 * v, v < 1 ? 1 : Infinity) }));
const stream = [100, 0, 0.8, 0.05, 0.1, 1, 0, NaN, 0, 400, 3];
/** @type {{ name: string, engine: (engine: Engine) => unknown, loop?: () => unknown }[]} */
const decisions = [
  { name: "sensitivity, subscription, 7 inputs",
    engine: (e) => e.decide("sensitivity", "subscription", inputs, { result: "clv", ranges: around(inputs) }),
    loop: () => { for (let i = 0; i < 15; i++) subscription(stream); } },
  { name: "sensitivity, hourglass, 12 inputs", engine: (e) => e.decide("sensitivity", "hourglass", prospects, { result: "clv", ranges: around(prospects) }) },
  { name: "10,000 draws, subscription",
    engine: (e) => e.decide("simulate", "subscription", inputs, { result: "clv", ranges: around(inputs, 3), target: 1000 }),
    loop: () => { for (let i = 0; i < 10_000; i++) { for (const at of [0, 2, 3]) stream[at] *= 1 + 1e-9 * Math.random(); subscription(stream); } } },
  { name: "10,000 draws, hourglass", engine: (e) => e.decide("simulate", "hourglass", prospects, { result: "clv", ranges: around(prospects, 3) }) },
  { name: "goal-seek, subscription", engine: (e) => e.decide("goal-seek", "subscription", inputs, { result: "ltv_cac_ratio", goal: 3, range: { field: "churn_rate", low: 0, high: 1 } }) },
];
console.log("decision tools, ms (ratio to the same loop in JavaScript); a frame is 16.7");
for (const { name, engine, loop } of decisions) {
  const js = loop && new Timer(loop);
  const wasm = Object.entries(engines).map(([compiler, e]) => ({ compiler, timer: new Timer(() => engine(e)) }));
  const end = Date.now() + 4000; // the best of sixty rounds, or of as many as four seconds hold
  for (let round = 0; round < 60 && Date.now() < end; round++) {
    js?.round(1);
    for (const { timer } of wasm) timer.round(1);
  }
  const ms = (/** @type {Timer} */ t) => (t.best / 1e6).toFixed(2);
  const figures = wasm.map(({ compiler, timer }) => `${compiler} ${ms(timer)}${js ? ` (${(timer.best / js.best).toFixed(2)} x)` : ""}`);
  console.log(`  ${name.padEnd(36)} ${js ? `JavaScript ${ms(js)}   ` : ""}${figures.join("   ")}`);
}

// One closed-form call across the WASM boundary against the same formula written in JavaScript, in one run. Both sides
// get plain numbers and make the same results, the value-over-time columns included. Prints ratios of the best of many
// rounds, the two sides taking turns, so that a busy machine weighs on both.
import { laid } from "../base/laid.ts";
import { readFileSync } from "node:fs";
import { decide } from "./decide.ts";
import { Engine } from "./engine.ts";

const module = (name: string) =>
  new WebAssembly.Module(readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url)));

/** The figures alone. @param input order of core/value.SubscriptionInput */
function subscriptionFigures([price, , grossMargin, churn, annualRate, step, growth, , , cac, target]: number[]) {
  const d = Math.expm1(Math.log1p(annualRate) / 12);
  const v = 1 / (1 + d);
  const x = (1 - churn) * v;
  const whole = (rate: number) => {
    const w = 1 / (1 + rate);
    const y = (1 - churn) * w;
    const rest = (churn + rate) * w;
    return price / ((churn - growth * (1 - churn) + rate) * w) + (step * y) / (rest * rest);
  };
  const within = (n: number) => {
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
  const payback = (cost: number, n: number) => {
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
  return {
    clv, undiscounted_clv: revenue * grossMargin, revenue_ltv: revenue, lifetime_periods: 1 / churn,
    margin_multiple: clv / (price * grossMargin), ltv_cac_ratio: clv / cac,
    simple_payback_periods: cac / (price * grossMargin), max_cac: clv / target, value_within_12_months: within(12),
    value_within_36_months: within(36), value_within_60_months: within(60), discount_rate_per_period: d,
    payback, x,
  };
}

/** The same with the payback and the columns over time. */
function subscription(input: number[]) {
  const [price, , grossMargin, churn, , step, growth, , , cac] = input;
  const { payback, x, ...figures } = subscriptionFigures(input);
  const length = Math.max(12, Math.ceil(payback(0.95 * figures.clv, 120) ?? 120));
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
  return { ...figures, payback_periods: payback(cac, 2400), series };
}

/** What core/growth.HourglassFor says of a whole life without stages. @param input order of HourglassInput */
function hourglassFigures([
  prospects, spend, conversion, activation, onboarding, price, , grossMargin, churn, first, service, offered, upsell, step, crossSell,
  extra, extraMargin, invitations, won, reward, annualRate,
]: number[]) {
  const d = Math.expm1(Math.log1p(annualRate) / 12);
  const start = Number.isNaN(first) ? churn : first;
  const staying = (1 - start) * activation;
  const periods = 1 + staying / (churn + d);
  const life = 1 + staying / churn;
  const before = offered === 0 ? 0 : 1 + (staying * -Math.expm1((offered - 1) * (Math.log1p(-churn) - Math.log1p(d)))) / (churn + d);
  const takers = (upsell * step + crossSell * extra) * (periods - before);
  const margin = price * grossMargin * periods + (Number.isNaN(extraMargin) ? grossMargin : extraMargin) * takers;
  const friends = (invitations * won * periods) / (1 + d);
  const serving = onboarding + service * periods;
  const cost = serving + reward * friends;
  const clv = (margin - cost) / (1 - friends);
  const customers = prospects * conversion;
  const value = (customers * margin) / (1 - friends);
  const costs = spend + (customers * cost) / (1 - friends);
  return {
    clv, own_clv: margin - serving, cac: spend / customers, ltv_cac_ratio: (clv * customers) / spend, lifetime_periods: life,
    referral_multiplier: 1 / (1 - invitations * won * life), total_value: value, total_cost: costs, total_net: value - costs,
  };
}

/** @param input order of core/value.AverageInput */
function average([orderValue, ordersPerYear, lifespanYears, grossMargin]: number[]) {
  const customerValue = orderValue * ordersPerYear;
  const revenue = customerValue * lifespanYears;
  return { clv: revenue * grossMargin, revenue_ltv: revenue, customer_value: customerValue };
}

/** Nanoseconds of one call, the best of the rounds. */
class Timer {
  best = Infinity;
  constructor(readonly call: (i: number) => unknown) {}
  round(calls = 2000) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) this.call(i);
    this.best = Math.min(this.best, Number(process.hrtime.bigint() - start) / calls);
  }
}

const load = (compiler: string) => Engine.load({ calculator: module(compiler), growth: module(`growth-${compiler}`) }, ...laid("subscription", "growth-plan"));
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

// The decision tools in one call across the boundary, against the same loop in JavaScript, which evaluates the figures as
// often, with as many random inputs, but neither checks, sorts nor sums up.
const around = (of: Record<string, number>, count = 12) =>
  Object.entries(of).slice(0, count).map(([field, v]) => ({ field, low: 0.9 * v, high: Math.min(1.1 * v, v < 1 ? 1 : Infinity) }));
const customer = { price: 100, gross_margin: 0.8, churn_rate: 0.05, annual_discount_rate: 0.1, growth_per_period: 1, cac: 400, target_ratio: 3 };
const customerStream = [100, 0, 0.8, 0.05, 0.1, 1, 0, NaN, 0, 400, 3];
const journey = { price: 40, gross_margin: 0.7, churn_rate: 0.05, prospects: 10000, acquisition_spend: 20000, conversion: 0.02, activation: 0.8,
  onboarding_cost: 5, service_cost: 2, upsell_take_up: 0.1, upsell_spend: 10, cross_sell_take_up: 0.1, cross_sell_spend: 8, invitations_per_period: 0.1,
  referral_conversion: 0.1, referral_reward: 10 };
const journeyStream = [10000, 20000, 0.02, 0.8, 5, 40, 0, 0.7, 0.05, NaN, 2, 1, 0.1, 10, 0.1, 8, NaN, 0.1, 0.1, 10, 0, NaN];

const today = { price: 40, gross_margin: 0.7, churn_rate: 0.1, first_period_churn: 0.2, service_cost: 2, annual_discount_rate: 0.1, new_customers: 1000, days_to_sale: 60 };
const service = { ...today, churn_fall: 0.01, cost_per_period: 0.2 };
/** Twelve levers, each of a part of the customers and with an effect of its own. */
const levers = [
  { kind: "onboarding", reach: 0.9, first_churn_fall: 0.03, cost_per_customer: 2 },
  { kind: "service", reach: 0.8, churn_fall: 0.003, cost_per_period: 0.1 },
  { kind: "personalisation", reach: 0.7, churn_fall: 0.002, frequency_rise: 0.02, cost_per_period: 0.05 },
  { kind: "loyalty_programme", reach: 0.4, churn_fall: 0.004, reward_cost_rate: 0.02 },
  { kind: "upsell", reach: 0.9, take_up: 0.1, extra_spend: 10, offer_period: 3, offer_cost: 0.1 },
  { kind: "cross_sell", reach: 0.8, take_up: 0.1, extra_spend: 8, offer_period: 2 },
  { kind: "annual_plan", reach: 0.2, plan_discount: 0.1, annual_renewal_rate: 0.6 },
  { kind: "referral", reach: 0.5, referral_rate: 0.01, referral_reward: 10 },
  { kind: "sales_cycle", reach: 0.9, days_saved: 10, cost_per_customer: 1 },
  { kind: "service", reach: 0.3, churn_fall: 0.001, fixed_cost: 100 },
  { kind: "personalisation", reach: 0.6, frequency_rise: 0.01 },
  { kind: "onboarding", reach: 0.5, first_churn_fall: 0.01 },
];

/** A loop of count evaluations, the inputs at these places moving. */
const loop = (figures: (input: number[]) => { clv: number }, stream: number[], at: number[], count: number) => () => {
  const input = [...stream];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (const k of at) input[k] = stream[k] * (0.9 + 0.2 * Math.random());
    sum += figures(input).clv;
  }
  return sum;
};

// What both sides compute, before it is timed.
for (const { id, figures, input, stream } of [
  { id: "subscription", figures: subscriptionFigures, input: customer, stream: customerStream },
  { id: "hourglass", figures: hourglassFigures, input: journey, stream: journeyStream },
]) {
  const { clv } = engines.TinyGo.call(id, input).result ?? {};
  if (!(Math.abs(clv - figures(stream).clv) < 1e-9 * clv)) throw new Error(`${id}: JavaScript computes something else`);
}

const decisions: { name: string, engine: (engine: Engine) => unknown, loop?: () => unknown }[] = [
  { name: "sensitivity, subscription, 7 inputs",
    engine: (e) => decide(e, "sensitivity", "subscription", customer, { result: "clv", ranges: around(customer) }),
    loop: loop(subscriptionFigures, customerStream, [0], 15) },
  { name: "sensitivity, hourglass, 12 inputs",
    engine: (e) => decide(e, "sensitivity", "hourglass", journey, { result: "clv", ranges: around(journey) }),
    loop: loop(hourglassFigures, journeyStream, [0], 25) },
  { name: "10,000 draws, subscription",
    engine: (e) => decide(e, "simulate", "subscription", customer, { result: "clv", ranges: around(customer, 3), target: 1000 }),
    loop: loop(subscriptionFigures, customerStream, [0, 2, 3], 10_000) },
  { name: "10,000 draws, hourglass",
    engine: (e) => decide(e, "simulate", "hourglass", journey, { result: "clv", ranges: around(journey, 3), target: 300 }),
    loop: loop(hourglassFigures, journeyStream, [5, 7, 8], 10_000) },
  { name: "10,000 draws, hourglass, payback",
    engine: (e) => decide(e, "simulate", "hourglass", journey, { result: "payback_periods", ranges: around(journey, 3) }) },
  { name: "10,000 draws, service",
    engine: (e) => decide(e, "simulate", "service", service, { result: "net_gain", ranges: around(service, 3) }) },
  { name: "goal-seek, subscription", engine: (e) => decide(e, "goal-seek", "subscription", customer, { result: "ltv_cac_ratio", goal: 3, range: { field: "churn_rate", low: 0, high: 1 } }) },
  { name: "growth-plan of 12 levers", engine: (e) => e.call("growth-plan", { ...today, levers }) },
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
  const ms = (t: Timer) => (t.best / 1e6).toFixed(2);
  const figures = wasm.map(({ compiler, timer }) => `${compiler} ${ms(timer)}${js ? ` (${(timer.best / js.best).toFixed(2)} x)` : ""}`);
  console.log(`  ${name.padEnd(36)} ${js ? `JavaScript ${ms(js)}   ` : ""}${figures.join("   ")}`);
}

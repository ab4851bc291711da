// What campaigns must bring, held against the engine on the sample shop and against arithmetic by hand.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import {
  MOVES, SLIPPING, averageCustomer, breakEven, costOf, isPossible, loyaltyOf, rowsOf, stakesOf, sumOf,
} from "../customers/campaign.ts";
import { columns, words } from "../engine/customers.gen.mjs";
import { type Results, type Totals, CustomersEngine } from "../engine/customers.ts";
import { Engine } from "../engine/engine.ts";
import { value } from "./valued.ts";
import { laid } from "../base/laid.ts";
import catalogue from "../base/catalogue.gen.mjs";
import type { Table } from "../customers/state.ts";
import { START } from "../customers/settings.ts";
import type { Figures } from "../base/figures.ts";

const wasm = (name: string) => readFileSync(new URL(`../../build/${name}.wasm`, import.meta.url));
const asked = { horizon_days: 365, annual_discount: 0.1, margin: 0.4, cac: 20 };
const settings = { ...START, ...asked };

let table: Table;
let totals: Totals;
let segments: Results["answer"]["segments"];

before(async () => {
  const engine = await CustomersEngine.load(wasm("customers-tinygo"));
  value(engine, engine.sampleFile(), { ...asked, pick: "mbgnbd" });
  ({ totals, segments } = engine.get("answer"));
  const all = engine.columns(Object.keys(columns) as (keyof typeof columns)[]);
  table = { length: all.rank.length, ids: engine.ids(), columns: all };
});

/** @param tolerance relative: sums in another order */
const near = (got: number, want: number, tolerance = 1e-12) => assert.ok(Math.abs(got - want) <= tolerance * Math.max(1, Math.abs(want)), `${got}, not ${want}`);

test("stakes are the engine's segments, and what they would be worth if all were there", () => {
  const stakes = stakesOf(table);
  words.segment.forEach((name, i) => {
    assert.equal(stakes[i].customers, segments[name].customers, name);
    near(stakes[i].alive, segments[name].alive);
    near(stakes[i].alive + stakes[i].gone, stakes[i].customers);
    near(stakes[i].spend, segments[name].spend);
    near(stakes[i].orders, segments[name].expected_orders);
    near(stakes[i].expected_spend, segments[name].expected_spend);
    near(stakes[i].value, segments[name].value);
    assert.ok(stakes[i].stake >= stakes[i].value);
  });
  const all = sumOf(stakes);
  assert.equal(all.customers, totals.customers);
  near(all.value, totals.value.value);
});

test("the list of a segment is the whole of it, best first", () => {
  const indices = SLIPPING.map((name) => words.segment.indexOf(name));
  const rows = rowsOf(table, indices);
  assert.equal(rows.length, SLIPPING.reduce((sum, name) => sum + segments[name].customers, 0));
  rows.forEach((row, i) => assert.ok(indices.includes(table.columns.segment[row]) && (i === 0 || table.columns.rank[rows[i - 1]] < table.columns.rank[row])));
});

// 1,240 customers of whom half have left; they would be worth 200 each. 1 a letter and 160 for the design is 1,400: seven.
const hand = { customers: 1240, alive: 620, gone: 620, spend: 0, orders: 1000, expected_spend: 310_000, value: 124_000, stake: 248_000 };
const cost = { per_customer: 1, fixed: 160 };

test("so many won back pay for the campaign", () => {
  assert.equal(costOf(cost, hand.customers), 1400);
  assert.deepEqual(breakEven("win_back", hand, cost, totals), { cost: 1400, each: 200, needed: 7, of: 620 });
  assert.deepEqual(breakEven("keep", hand, cost, totals), { cost: 1400, each: 200, needed: 7, of: 620 });
  assert.deepEqual(breakEven("orders", hand, cost, totals), { cost: 1400, each: 124, needed: 12, of: Infinity });
  assert.equal(breakEven("friends", hand, cost, totals).each, totals.new_customer.value.value);
  assert.equal(breakEven("win_back", hand, { per_customer: 0, fixed: 0 }, totals).needed, 0);
  // Ten times 0.3 is not quite 3 in binary: no eleventh customer is asked for.
  assert.equal(breakEven("win_back", { ...hand, gone: 10, stake: 3, value: 0 }, { per_customer: 0, fixed: 3 }, totals).needed, 10);
});

test("what cannot pay is told from what can", () => {
  assert.ok(isPossible(breakEven("win_back", hand, cost, totals)));
  assert.ok(!isPossible(breakEven("win_back", hand, { per_customer: 101, fixed: 0 }, totals)), "626 of 620");
  const worthless = { ...hand, value: 0, stake: 0 };
  assert.equal(breakEven("win_back", worthless, cost, totals).needed, null);
  assert.ok(!isPossible(breakEven("win_back", worthless, cost, totals)));
  assert.equal(breakEven("win_back", sumOf([]), cost, totals).needed, null, "nobody");
});

test("every segment has a lever of the catalogue", () => {
  for (const name of words.segment) {
    assert.ok(MOVES[name].length > 0, name);
    for (const { lever } of MOVES[name]) assert.ok(catalogue.calculations.some((c) => c.id === lever), lever);
  }
});

test("a loyalty programme's cannibalisation is that of the engine's calculation", async () => {
  const engine = await Engine.load({ levers: wasm("levers-tinygo") }, ...laid("loyalty-programme"));
  const programme = { reward_rate: 0.05, cost_per_member: 2, rise: 0.1 };
  const loyalty = loyaltyOf(hand, settings, programme);
  // One period, the horizon, in which each of them spends what the model expects.
  const { result, problems } = engine.call("loyalty-programme", {
    price: hand.value / settings.margin / hand.customers, gross_margin: settings.margin, churn_rate: 0, horizon_periods: 1, new_customers: hand.customers,
    reach: 1, reward_rate: programme.reward_rate, frequency_rise: programme.rise, cost_per_customer: programme.cost_per_member,
  });
  assert.deepEqual(problems, []);
  const { rewards_on_sales_anyway, break_even_frequency_rise, outcome } = result as Figures;
  near(loyalty.anyway, rewards_on_sales_anyway * hand.customers);
  near(loyalty.needed as number, break_even_frequency_rise, 1e-9); // a root that the engine searches for
  near(loyalty.net, outcome.total_net);
  // 124,000 of margin at 40 % is 310,000 of spend: 5 % of it goes back.
  near(loyalty.anyway, 15_500);
  assert.equal(loyaltyOf(hand, settings, { ...programme, reward_rate: 0.4 }).needed, null, "the reward takes the whole margin");
});

test("the average new customer makes the orders that the model expects", async () => {
  const average = averageCustomer(table, totals, settings) as NonNullable<ReturnType<typeof averageCustomer>>;
  const engine = await Engine.load({ calculator: wasm("tinygo") }, ...laid("average", "repeat-purchase"));
  const { order_value, orders_per_year, lifespan_years, gross_margin, interval_days, horizon_years, chance } = average;
  near(orders_per_year * lifespan_years, 1 + totals.new_customer.repeats.value);
  const plain = engine.call("average", { order_value, orders_per_year, lifespan_years, gross_margin });
  // Undiscounted, it is the engine's new customer.
  near((plain.result as Figures).clv, settings.margin * totals.new_customer.order_value.value * (1 + totals.new_customer.repeats.value));
  const repeated = engine.call("repeat-purchase", {
    spend: order_value, purchase_interval_days: interval_days, relationship_years: horizon_years, repurchase_probability: chance, gross_margin,
  });
  near((repeated.result as Figures).purchases, 1 + totals.new_customer.repeats.value, 1e-9);
});

test("who orders more often than fits has no chance to come back", () => {
  const busy = { ...totals, new_customer: { ...totals.new_customer, repeats: { value: 1000, low: 0, high: 0 } } };
  assert.equal(averageCustomer(table, busy, settings)?.chance, null);
});

test("where nobody came back there is no average customer", () => {
  const once = { ...table, length: 1, columns: { ...table.columns, orders: Uint32Array.of(1), first_day: Int32Array.of(9), last_day: Int32Array.of(9) } };
  assert.equal(averageCustomer(once, totals, settings), null);
});

// Of values that no binary fraction holds a difference of products would leave a speck, and a rise of billions of percent.
test("a reward of the whole margin never pays, whatever the value", () => {
  const stake = { customers: 1, orders: 1 } as Parameters<typeof loyaltyOf>[0];
  for (let n = 1; n < 200; n++) {
    for (const margin of [0.1, 0.3, 0.4, 0.7]) assert.equal(loyaltyOf({ ...stake, value: n / 7 }, { margin }, { reward_rate: margin, cost_per_member: 0, rise: 0 }).needed, null);
  }
});

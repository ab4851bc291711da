/** A customer who follows a link stays the same customer, from every calculator to every other, and back. */
import assert from "node:assert/strict";
import test from "node:test";
import { moved } from "../calculator/carry.ts";
import { type Scenario, blankOf, calculationOf, loadScenario, scenarioIds, startOf } from "../base/scenarios.ts";
import { readState, same, writeBack, writeMoved, writeWhole } from "../base/url.ts";
import type { Figures } from "../base/figures.ts";

const scenarios = await Promise.all(scenarioIds.map((id) => loadScenario(id)));
const read = (scenario: Scenario, query: string) => readState(scenario, new URLSearchParams(query), "en-US");

/** A customer typed by somebody: nothing of it is the example's. */
function typed(scenario: Scenario) {
  const start = startOf(scenario);
  return Object.fromEntries(calculationOf(scenario).inputs.map((f) => {
    const usual = start[f.name];
    if (f.kind !== "number") return [f.name, f.kind === "option" ? f.options?.at(-1) : usual];
    if (usual) return [f.name, f.whole ? usual + 1 : Number((usual * 0.93).toPrecision(6))];
    const value = f.unit === "money" ? 7 : f.unit === "periods" || f.unit === "days" ? 31 : 0.013;
    return [f.name, Math.min(f.max ?? Infinity, value)];
  }));
}

for (const from of scenarios) {
  test(`${from.id}: every figure comes along, is converted or is told, and is back on the way back`, () => {
    const state = { ...read(from, "?currency=EUR&theme=dark"), input: typed(from), kept: [{ ...typed(from), [calculationOf(from).inputs[0].name]: null }] };
    for (const to of scenarios) {
      if (to === from) continue;
      const along = moved(from.calculation, state.input, to.calculation);
      const link = writeMoved(from, state, to.id, Object.fromEntries(Object.entries(along).map(([name, known]) => [name, known.value])));
      const there = read(to, link);
      const context = `${from.id} to ${to.id}`;
      const blank = blankOf(to);
      for (const { name } of calculationOf(to).inputs) {
        const expected = along[name] ? along[name].value : blank[name];
        assert.ok(same(there.input[name], expected), `${context}: ${name} is ${there.input[name]}, not ${expected}`);
      }
      assert.deepEqual([there.currency, there.theme, there.from], ["EUR", "dark", from.id], context);
      assert.deepEqual(read(from, writeBack(there)), state, `${context} and back`);
    }
  });

  test(`${from.id}: a link to give away names every figure`, () => {
    const state = { ...read(from, ""), input: typed(from) };
    const query = new URLSearchParams(writeWhole(from, state));
    for (const { name } of calculationOf(from).inputs) assert.ok(query.has(name), name);
    assert.ok(query.has("currency"));
    assert.deepEqual(read(from, query.toString()).input, state.input);
    const carried = { ...state, from: "average", was: ["average?order_value=1"] };
    assert.deepEqual(read(from, writeWhole(from, carried)).input, state.input);
  });
}

/** What a customer is worth is the same however it is asked: figure, from, to. */
const CONVERTED: [string, Figures, string, Record<string, number | string>][] = [
  ["average", { order_value: 75, orders_per_year: 3, lifespan_years: 2.5, gross_margin: 0.6 }, "subscription", { period: "year", price: 225, churn_rate: 0.4, gross_margin: 0.6 }],
  ["average", { order_value: 75, orders_per_year: 12, lifespan_years: 0.5, gross_margin: 0.6 }, "subscription", { period: "month", price: 75, churn_rate: 1 / 6 }],
  ["totals", { revenue: 5e6, orders: 5e5, customers: 2e5, total_lifespan_years: 3e5, gross_margin: 0.4 }, "average", { order_value: 10, orders_per_year: 2.5, lifespan_years: 1.5 }],
  ["subscription", { price: 30, period: "quarter", churn_rate: 0.1, gross_margin: 0.5 }, "average", { order_value: 30, orders_per_year: 4, lifespan_years: 2.5, gross_margin: 0.5 }],
  ["subscription", { price: 30, period: "quarter", churn_rate: 0.1, gross_margin: 0.5 }, "annual-plan", { monthly_price: 10, average_months: 30 }],
  ["subscription", { price: 100, period: "month", churn_rate: 0.05, gross_margin: 0.8 }, "retention", { margin: 960, retention_rate: 0.95 ** 12 }],
  ["retention", { margin: 400, retention_rate: 0.75, annual_discount_rate: 0.1 }, "subscription", { period: "year", price: 400, gross_margin: 1, churn_rate: 0.25 }],
  ["retention-curve", { margin: 20, period: "month" }, "retention", { margin: 240 }],
  ["churn-interval", { price: 10, lost: 20, customers: 1000, period: "month" }, "subscription", { churn_rate: 0.02 }],
  ["hourglass", { prospects: 20000, acquisition_spend: 60000, conversion: 0.03, price: 40, churn_rate: 0.05, activation: 1 }, "subscription", { cac: 100 }],
  ["hourglass", { prospects: 20000, acquisition_spend: 60000, conversion: 0.03, price: 40, churn_rate: 0.05, activation: 0.9 }, "service", { new_customers: 600, first_period_churn: 0.145 }],
  ["acquisition-retention", { margin: 50, spend_per_prospect: 5, acquisition_rate: 0.25, spend_per_customer: 6, retention_rate: 0.6 }, "subscription", { price: 50, cac: 20, churn_rate: 0.4 }],
  ["repeat-purchase", { spend: 60, purchase_interval_days: 365 / 12, repurchase_probability: 0.9, relationship_years: 3, gross_margin: 0.25 }, "subscription", { price: 60, churn_rate: 0.1, horizon_periods: 36 }],
  ["net-retention", { starting_revenue: 27000, lost_revenue: 1350, customers: 90, period: "month", gross_margin: 0.8 }, "subscription", { price: 300, churn_rate: 0.05, gross_margin: 0.8 }],
  ["net-retention", { starting_revenue: 27000, lost_revenue: 1350, customers: 90, period: "month" }, "totals", { customers: 1, orders: 12, revenue: 3600 }],
  ["churn-interval", { price: 10, lost: 20, customers: 1000, period: "month" }, "totals", { customers: 1, orders: 12, revenue: 120 }],
  ["freemium", { price: 12, churn_rate: 0.04, gross_margin: 0.8, period: "month" }, "subscription", { price: 12, churn_rate: 0.04, gross_margin: 0.8 }],
  ["app", { cpi: 1.2, arpdau: 0.1 }, "subscription", { cac: 1.2 }],
  ["subscription", { price: 9, cac: 3, churn_rate: 0.1, period: "month" }, "app", { cpi: 3 }],
  ["donors", { gift: 60, gifts_per_year: 1.5, first_year_retention: 0.25, retention_rate: 0.6, fundraising_cost_rate: 0.2, cac: 50 }, "subscription", { period: "year", price: 90, gross_margin: 0.8, churn_rate: 0.4, first_period_churn: 0.75, cac: 50 }],
  ["subscription", { price: 10, period: "month", churn_rate: 0.02, gross_margin: 0.8 }, "donors", { gift: 120, gifts_per_year: 1, retention_rate: 0.98 ** 12, first_year_retention: 0.98 ** 12, fundraising_cost_rate: 0.2 }],
  ["subscription", { price: 10, period: "year", churn_rate: 0.2, first_period_churn: 0.5, gross_margin: 0.8 }, "donors", { retention_rate: 0.8, first_year_retention: 0.5 }],
  ["customer-equity", { margin: 20, period: "month" }, "subscription", { price: 20, gross_margin: 1 }],
  ["subscription", { price: 50, gross_margin: 0.4, churn_rate: 0.1, period: "month" }, "customer-equity", { margin: 20 }],
  ["mixed", { price: 80, order_value: 60, orders_per_period: 1, churn_rate: 0.1, gross_margin: 0.5, period: "month" }, "average", { order_value: 80, orders_per_year: 12 }],
  ["average", { order_value: 75, orders_per_year: 3, lifespan_years: 2.5, gross_margin: 0.6 }, "mixed", { order_value: 75, orders_per_period: 3, order_margin: 0.6, churn_rate: 0.4 }],
  ["growth-plan", { price: 9, churn_rate: 0.1, levers: [{ kind: "upsell", take_up: 0.2, extra_spend: 15 }] }, "upsell", { take_up: 0.2, extra_spend: 15 }],
];

test("what is asked in another way is converted", () => {
  for (const [from, figures, to, expected] of CONVERTED) {
    const along = moved(from, figures, to);
    for (const [name, value] of Object.entries(expected)) {
      const got = along[name]?.value;
      assert.ok(typeof value === "number" ? Math.abs(got - value) < 1e-9 * Math.abs(value) : got === value, `${from} to ${to}: ${name} is ${got}, not ${value}`);
    }
  }
});

test("an effect that is about one lever is not taken for another's", () => {
  const along = moved("onboarding", { price: 40, churn_rate: 0.05, new_customers: 600, reach: 0.5, cost_per_customer: 10, fixed_cost: 900 }, "service");
  assert.deepEqual(Object.keys(along).sort(), ["churn_rate", "new_customers", "price"]);
});

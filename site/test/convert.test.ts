import assert from "node:assert/strict";
import test from "node:test";
import { converted } from "../calculator/convert.ts";
import { calculationOf, loadScenario } from "../base/scenarios.ts";

const fieldsOf = async (id: string) => calculationOf(await loadScenario(id)).inputs;
const near = (got: number, want: number) => assert.ok(Math.abs(got - want) <= 1e-5 * Math.abs(want), `${got}, want ${want}`);

test("churn of a month is that of a year, and back", async () => {
  const fields = await fieldsOf("subscription");
  const month = { period: "month", price: 100, gross_margin: 0.8, churn_rate: 0.05, growth_per_period: 2, growth_rate: 0.01, horizon_periods: 36, annual_discount_rate: 0.1, cac: 400 };
  const year = converted(fields, month, "year");
  assert.ok(year);
  near(year.churn_rate, 1 - 0.95 ** 12);
  near(year.growth_rate, 1.01 ** 12 - 1);
  assert.deepEqual({ ...year, churn_rate: 0, growth_rate: 0 }, { ...month, period: "year", price: 1200, churn_rate: 0, growth_per_period: 288, growth_rate: 0, horizon_periods: 3 });
  const back = converted(fields, year, "month");
  assert.ok(back);
  near(back.churn_rate, 0.05);
  near(back.price, 100);
  // 52 weeks or 365 days a year, as the engine counts them
  near(converted(fields, month, "day")?.churn_rate, 1 - 0.95 ** (12 / 365));
  near(converted(fields, { ...month, period: "week" }, "year")?.price, 5200);
});

test("who is there after a year has stayed in the first month too; a lever's effects are of what they were of", async () => {
  const fields = await fieldsOf("onboarding");
  const month = { period: "month", price: 40, churn_rate: 0.05, first_period_churn: 0.2, first_churn_fall: 0.04, new_customers: 600 };
  const year = converted(fields, month, "year");
  assert.ok(year);
  near(1 - year.first_period_churn, 0.8 * 0.95 ** 11);
  near(1 - (year.first_period_churn - year.first_churn_fall), 0.84 * 0.95 ** 11);
  near(converted(fields, year, "month")?.first_period_churn, 0.2);
  const plan = converted(await fieldsOf("growth-plan"), { ...month, levers: [{ kind: "service", churn_fall: 0.01, cost_per_period: 2, fixed_cost: 9 }, { kind: "upsell", extra_spend: 15, offer_period: 6 }] }, "quarter");
  assert.ok(plan);
  near(plan.levers[0].churn_fall, 0.96 ** 3 - 0.95 ** 3);
  assert.deepEqual(plan.levers, [{ kind: "service", churn_fall: plan.levers[0].churn_fall, cost_per_period: 6, fixed_cost: 9 }, { kind: "upsell", extra_spend: 45, offer_period: 2 }]);
});

test("where a figure cannot be told by another period, nothing is offered", async () => {
  assert.equal(converted(await fieldsOf("churn-interval"), { period: "month", customers: 1000, lost: 20, price: 100 }, "year"), null);
  assert.equal(converted(await fieldsOf("reconcile"), { period: "month", price: 100, churn_rate: 0.05, second_period_churn: 0.04 }, "year"), null);
});

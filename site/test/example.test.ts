import assert from "node:assert/strict";
import test from "node:test";
import { CURRENCIES } from "../base/format.ts";
import { calculationOf, loadScenario, scenarioIds, startOf } from "../base/scenarios.ts";
import { exampleIn, inCurrency, isExample } from "../calculator/example.ts";

test("an example is what it is in dollars, its money in the currency, within every bound and slider", async () => {
  for (const id of scenarioIds) {
    const scenario = await loadScenario(id);
    const { inputs } = calculationOf(scenario);
    assert.deepEqual(exampleIn(scenario, "USD"), startOf(scenario));
    assert.equal(inCurrency(scenario, "EUR"), scenario);
    for (const currency of [...CURRENCIES, "KRW", "IDR", "LBP"]) {
      const figures = exampleIn(scenario, currency);
      const here = inCurrency(scenario, currency);
      assert.deepEqual(startOf(here), figures);
      assert.ok(isExample(scenario, figures, currency));
      for (const { name, unit, max, kind } of inputs) {
        if (kind === "records") continue; // below
        if (unit !== "money") assert.deepEqual(figures[name], startOf(scenario)[name], `${id} ${name}`);
        else assert.ok((figures[name] ?? 0) <= (max ?? Infinity), `${id} ${name} ${currency}`);
        const slider = here.primary.find((p) => p.field === name);
        const usual = scenario.primary.find((p) => p.field === name);
        if (unit === "money" && slider?.from && figures[name]) assert.ok(Math.abs((figures[name] * (usual?.from ?? NaN)) / slider.from / startOf(scenario)[name] - 1) < 1e-12, `${id} ${name}`);
      }
    }
  }
});

test("of a row the money is in yen, and its name stays", async () => {
  const channels = await loadScenario("channels");
  const [dollars, yen] = [startOf(channels), exampleIn(channels, "JPY")].map((f) => f.channels);
  assert.deepEqual(yen[0], { ...dollars[0], spend: 100 * dollars[0].spend, margin: 100 * dollars[0].margin });
  assert.equal(yen[0].name, "Referral");
});

test("a subscription costs 10,000 yen, and a plan's levers are in yen too", async () => {
  const { price, cac, churn_rate } = exampleIn(await loadScenario("subscription"), "JPY");
  assert.deepEqual([price, cac, churn_rate], [10_000, 40_000, 0.05]);
  const plan = await loadScenario("growth-plan");
  const [dollars, yen] = [startOf(plan), exampleIn(plan, "JPY")].map((f) => f.levers);
  assert.ok(dollars.length > 0);
  for (const [i, lever] of dollars.entries()) {
    for (const [name, value] of Object.entries(lever)) {
      const unit = calculationOf(plan).inputs.find((f) => f.name === "levers")?.fields?.find((f) => f.name === name)?.unit;
      assert.equal(yen[i][name], unit === "money" ? Number(value) * 100 : value, name);
    }
  }
});

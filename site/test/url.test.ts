import assert from "node:assert/strict";
import test from "node:test";
import { type Scenario, calculationOf, loadScenario, scenarioIds, startOf } from "../base/scenarios.ts";
import { readState, writeChoices, writeQuery } from "../base/url.ts";

const scenarios = await Promise.all(scenarioIds.map((id) => loadScenario(id)));
const [subscription, plan, app] = await Promise.all(["subscription", "growth-plan", "app"].map((id) => loadScenario(id)));
const read = (query: string, scenario = subscription) => readState(scenario, new URLSearchParams(query), "en-US");

for (const scenario of scenarios) {
  test(`${scenario.id}: the starting figures need no query, and every other figure comes back from one`, () => {
    const start = read("", scenario);
    assert.deepEqual(start.input, startOf(scenario));
    assert.equal(writeQuery(scenario, start), "");
    const changed = { ...start, currency: "EUR", theme: "dark", locale: "de-DE", input: other(scenario) };
    assert.deepEqual(read(writeQuery(scenario, changed), scenario), changed);
  });
}

/** Figures that all differ from the start. */
function other(scenario: Scenario) {
  const start = startOf(scenario);
  return Object.fromEntries(
    calculationOf(scenario).inputs.map((f) => {
      if (f.kind === "option") return [f.name, f.options?.find((o) => o !== start[f.name])];
      if (f.kind === "list") return [f.name, [1, 0.5, 0.25]];
      if (f.kind === "records") return [f.name, [{ [f.fields?.[0].name ?? ""]: f.fields?.[0].options?.[1] ?? 1 }]];
      return [f.name, f.optional && start[f.name] !== null ? null : (start[f.name] ?? 0) / 3 + 0.1];
    }),
  );
}

test("a cleared figure is in the query, empty", () => {
  const state = read("");
  state.input = { ...state.input, cac: null };
  assert.match(writeQuery(subscription, state), /[?&]cac=(&|$)/);
  assert.equal(read("?cac=").input.cac, null);
});

test("the currency goes with any figure", () => {
  assert.match(writeQuery(subscription, read("?price=120")), /currency=USD/);
  assert.equal(read("", subscription).currency, "USD");
  assert.equal(readState(subscription, new URLSearchParams(), "de-DE").currency, "EUR");
});

test("what makes no sense stays as text, to be pointed out beside its field", () => {
  assert.equal(read("?price=abc").input.price, "abc");
  assert.equal(read("?price=1&price=2").input.price, "1 and 2");
  assert.equal(read("?price=0x10").input.price, "0x10");
  assert.equal(read("?price=NaN").input.price, "NaN");
  assert.equal(read("?price=1e400").input.price, Number.MAX_VALUE);
  assert.equal(read("?price=-5").input.price, -5);
  assert.equal(read("?levers=[1]", plan).input.levers, "[1]");
  assert.equal(read("?levers={", plan).input.levers, "{");
  assert.deepEqual(read("?days=1,,x&retained=0.4,0.2,0.1", app).input.days, [1, null, "x"], "of a table, cell by cell");
  assert.equal(read("?period=fortnight").input.period, "fortnight");
  assert.equal(read("?price=%3Cscript%3Ealert(1)%3C/script%3E").input.price, "<script>alert(1)</script>");
});

test("unknown names and choices are left alone", () => {
  const state = read("?utm_source=x&__proto__=1&constructor=2&theme=pink&locale=%3Cb%3E&currency=dollars");
  assert.deepEqual(state, read(""));
});

test("hostile text goes through a query and comes back the same", () => {
  for (const text of ["a&b=c", "#x", "ü%20", "1+1", "\u202e5", "'; drop table"]) {
    const state = read("");
    state.input = { ...state.input, price: text };
    assert.equal(read(writeQuery(subscription, state)).input.price, text.trim());
  }
});

test("how things look goes along to another calculation, figures do not", () => {
  assert.equal(writeChoices(read("?price=9&theme=dark&currency=GBP")), "?currency=GBP&theme=dark");
  assert.equal(writeChoices(read("?price=9")), "");
});

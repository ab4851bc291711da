// Published figures: each is complete, stands in the sentence that it was taken from, and belongs to an input that there is.
import assert from "node:assert/strict";
import test from "node:test";
import { benchmarkOf, benchmarks } from "../base/benchmarks.ts";
import { isPercent } from "../base/format.ts";
import { calculationOf, loadScenario } from "../base/scenarios.ts";
import words from "../messages/en/benchmarks.gen.mjs";
import menu from "../messages/en/menu.gen.mjs";

const digits = (share: number) => String(Number((100 * share).toPrecision(6)));

for (const one of benchmarks) {
  test(`${one.id}: the figures stand in the quoted sentence`, () => {
    const figures: string[] = one.quote.match(/\d+(?:\.\d+)?/g) ?? [];
    for (const share of [one.low, one.high, ...(one.use === null ? [] : [one.use])]) {
      const said = one.id === "saas-gross-margin" ? String(100 * share) : digits(share);
      assert.ok(figures.includes(said), `${said} is not in “${one.quote}”`);
    }
    assert.ok(one.low <= one.high && (one.use === null || (one.low <= one.use && one.use <= one.high)));
  });

  test(`${one.id}: it has its source, its year, its address, its words`, () => {
    assert.ok(one.source && one.short && one.report && one.quote);
    assert.equal(new URL(one.url).protocol.startsWith("http"), true);
    assert.ok(Number.isInteger(one.year) && one.year >= 2005 && one.year <= new Date().getFullYear());
    assert.ok(`metric_${one.metric}` in words && `business_${one.trade}` in menu);
  });

  test(`${one.id}: the inputs that it stands beside are shares that may be so`, async () => {
    for (const path of one.fields) {
      const [id, name] = path.split(".");
      const field = calculationOf(await loadScenario(id)).inputs.find((f) => f.name === name);
      assert.ok(field && isPercent(field.unit), path);
      assert.ok(one.low >= (field.min ?? 0) && one.high <= (field.max ?? 1), path);
      assert.equal(benchmarkOf(id, name), one, `another stands beside ${path}`);
    }
  });
}

test("each has an id of its own, and every business has some", () => {
  assert.equal(new Set(benchmarks.map(({ id }) => id)).size, benchmarks.length);
  assert.deepEqual([...new Set(benchmarks.map(({ trade }) => trade))].sort(), ["app", "donations", "services", "shop", "subscription"]);
});

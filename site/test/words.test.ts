import assert from "node:assert/strict";
import test from "node:test";
import { crossing, ticks, timeTicks } from "../charts/axis.ts";
import { Format } from "../base/format.ts";
import { NOT_A_NUMBER, fieldOf, sentenceOf } from "../base/notices.ts";
import { type Scenario, calculationOf, chartsOf, loadScenario, scenarioIds, startOf } from "../base/scenarios.ts";
import { type How, fillSentence, inSentence, untold } from "../base/sentence.ts";
import { toCsv, toCurl, toJson } from "../base/share.ts";
import { STEPS, nudge, rangeOf, toPosition, toValue } from "../calculator/slider.ts";
import { english, wordsFor, wordsIn } from "../base/words.ts";
import { LANGUAGES, type Language } from "../base/languages.gen.mjs";
import catalogue, { type Field } from "../base/catalogue.gen.mjs";

const format = new Format({ locale: "en-US", currency: "USD" });
const scenarios = await Promise.all(scenarioIds.map((id) => loadScenario(id)));
/** What is said in a language by all calculations together. */
async function everything(lang: Language) {
  const loaded = await Promise.all(scenarioIds.map((id) => loadScenario(id, lang)));
  return loaded.reduce((words, scenario) => wordsFor(words, calculationOf(scenario)), await wordsIn(lang));
}
const all = await everything("en");

const inputsOf = (id: string) => calculationOf(scenarios.find((s) => s.id === id) as Scenario).inputs;

test("notices name the field by its title and the limit in its unit", () => {
  const say = (code: string, field: string, limit: number) =>
    sentenceOf({ code, field, limit }, inputsOf("subscription"), format, all);
  assert.equal(say("too_low", "price", 0), "Price per period must be at least $0.00.");
  assert.equal(say("too_high", "gross_margin", 1), "Gross margin must be at most 100%.");
  assert.equal(say("too_low", "horizon_periods", 1), "Time horizon must be at least 1.");
  assert.match(say("unbounded", "churn_rate", 5), /so 5 years are counted/);
  assert.match(say("below_cost", "cac", 123.456), /\$123/);
  assert.match(say("overspent", "cac", 0.456), /returns only 0\.46\. Spend/);
  assert.match(say("long_lifetime", "churn_rate", 83.333), /is 83 years/);
  assert.match(say(NOT_A_NUMBER, "price", 0), /^Price per period is not a number/);
  const rising = { code: "rising", field: "survivors/3", limit: 0 };
  assert.match(sentenceOf(rising, inputsOf("retention-curve"), format, english), /^Retention, value 4, is higher than/);
  assert.equal(fieldOf(rising), "survivors");
});

test("no sentence of the catalogue is left with a placeholder", () => {
  for (const code of catalogue.codes.filter(Boolean)) {
    assert.doesNotMatch(sentenceOf({ code, field: "price", limit: 2 }, inputsOf("subscription"), format, all), /[{}]|undefined|NaN/);
  }
});

test("a sentence leaves out the clause whose figure does not exist", () => {
  const figure = (name: string, how: string | undefined) => ({ clv: how === "abs" ? "$5" : "-$5" })[name] ?? null;
  assert.equal(fillSentence("Worth {clv}. [Up to {max_cac}.]", figure), "Worth -$5.");
  assert.equal(fillSentence("Loses {clv:abs} over {life}.", figure), "Loses $5 over –.");
});

// A ratio stands without a currency in every language, also in yen; a share has its per cent, and a time its unit.
test("what a sentence says is in its unit, in every language", async () => {
  for (const lang of Object.keys(LANGUAGES) as Language[]) {
    const money = new Format({ locale: lang, currency: "JPY", words: await wordsIn(lang) });
    const words = await everything(lang);
    for (const [code, text] of Object.entries(all.notices)) {
      const sentence = words.notices[code];
      for (const [, unit] of sentence.matchAll(/\{limit:(\w+)\}/g)) {
        assert.ok(text.includes(`{limit:${unit}}`), `${lang}: ${code} says another unit than English`);
        const shown = sentenceOf({ code, field: "cac", limit: 0.456 }, inputsOf("subscription"), money, words);
        assert.equal(/[¥￥]|JPY|円/.test(shown), unit === "money", `${lang}: ${shown}`);
        if (unit === "share") assert.match(shown, /[%٪؜]/, `${lang}: ${shown}`);
        if (unit === "years") assert.match(sentence, /year|Jahr|año|an\b|ans\b|ano|年|سنة|سنوات|عام/, `${lang}: ${sentence}`);
      }
    }
    for (const id of scenarioIds) {
      const scenario = await loadScenario(id, lang);
      const { inputs, results } = calculationOf(scenario);
      const fields = [...inputs, ...results, ...results.flatMap((f) => f.fields ?? [])];
      for (const template of [scenario.sentence, scenario.loss, scenario.lever?.sentence]) {
        for (const [mark, name, how] of (template ?? "").matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
          const unit = fields.find((f) => f.name === name)?.unit;
          const shown = inSentence(2.5, unit, how as How, money);
          assert.equal(/[¥￥]|JPY|円/.test(shown), unit === "money", `${lang}: ${id}: ${mark} is ${shown}`);
          if (unit && !["money", "count", "number"].includes(unit) && how !== "plain") assert.match(shown, /[^\d.,٠-٩٫]/, `${lang}: ${id}: ${mark} is ${shown}`);
        }
      }
    }
  }
});

test("a time of nothing is not told", () => {
  const fields = calculationOf(scenarios.find((s) => s.id === "onboarding") as Scenario).results.flatMap((f) => [f, ...(f.fields ?? [])]);
  const unit = fields.find((f) => f.name === "payback_months")?.unit;
  assert.ok(untold(0, unit) && !untold(0.1, unit) && !untold(0, "money"));
});

test("every scenario names fields that exist", () => {
  for (const s of scenarios) {
    const calculation = calculationOf(s);
    const inputs = calculation.inputs.map((f) => f.name);
    const results = calculation.results.flatMap((f) => [f, ...(f.fields ?? [])]).map((f) => f.name);
    for (const p of s.primary) assert.ok(inputs.includes(p.field), `${s.id}: ${p.field}`);
    for (const name of Object.keys(s.start ?? {})) assert.ok(inputs.includes(name), `${s.id}: ${name}`);
    assert.ok(results.includes(s.headline), `${s.id}: ${s.headline}`);
    if (s.without) assert.ok(results.includes(s.without.headline), `${s.id}: ${s.without.headline}`);
    for (const [, name] of `${s.sentence}${s.loss}${s.without?.sentence}`.matchAll(/\{(\w+)/g)) assert.ok([...inputs, ...results].includes(name), `${s.id}: ${name}`);
    for (const c of chartsOf(s)) {
      const columns = calculation.results.find((f) => f.name === c.group)?.fields?.map((f) => f.name) ?? [];
      for (const name of [c.x, ...c.lines, ...(c.dots ? [c.dots] : [])]) assert.ok(columns.includes(name), `${s.id}: ${c.group}.${name}`);
    }
    for (const name of (s.ranges ?? []).flat()) assert.ok(results.includes(name), `${s.id}: ${name}`);
  }
  for (const c of catalogue.calculations) assert.ok(scenarios.some((s) => s.calculation === c.id), c.id);
});

test("a slider gives back the value it is set to, within its grain", () => {
  for (const s of scenarios) {
    const start = startOf(s);
    for (const p of s.primary) {
      const field = calculationOf(s).inputs.find((f) => f.name === p.field) as Field;
      if (field.kind !== "number") continue;
      const range = rangeOf(p, field, start[p.field]);
      if (start[p.field] != null) assert.ok(start[p.field] >= range.from && start[p.field] <= range.to, `${s.id}: ${p.field} starts off its slider`);
      for (let at = 0; at <= STEPS; at += 50) {
        const value = toValue(at, range, field.whole);
        assert.ok(value >= (field.min ?? -Infinity) && value <= (field.max ?? Infinity), `${s.id}: ${p.field} ${value}`);
        assert.ok(Math.abs(toPosition(value, range) - at) <= 26, `${s.id}: ${p.field} ${at}`);
      }
    }
  }
  // Nobody says where the slider of a calculation without a preset ends: not beyond what its field takes, nor between whole numbers.
  const rank = { name: "rank", title: "Rank", kind: "number", unit: "number", min: 1, max: 15 } as Field;
  assert.deepEqual(rangeOf({ field: "rank" }, rank, 2), { from: 1, to: 15, scale: "log", step: 14 / STEPS });
  const brands = rangeOf({ field: "brands" }, { ...rank, whole: true }, 3);
  assert.deepEqual([0, 0.1, 0.5, 1].map((share) => toValue(share * STEPS, brands, true)), [1, 2, 8, 15]);
  assert.equal(nudge(100, 1), 110);
  assert.equal(nudge(0.05, -1), 0.049);
});

test("axes are marked with round numbers, time by years", () => {
  assert.deepEqual(ticks(0, 1391, 4), [0, 500, 1000]);
  assert.deepEqual(ticks(-25, 570, 4), [0, 200, 400]);
  assert.deepEqual(timeTicks(0, 51, 6, true), [0, 12, 24, 36, 48]);
  assert.deepEqual(timeTicks(0, 5, 6, false), [0, 1, 2, 3, 4, 5]);
});

test("break-even is where the line reaches the height", () => {
  assert.equal(crossing([0, 1, 2], [0, 10, 20], 15), 1.5);
  assert.equal(crossing([0, 1, 2], [-5, 3, 4], 0, true), 1);
  assert.equal(crossing([0, 1, 2], [5, 6, 7], 0), null);
  assert.equal(crossing([0, 1, 2], [0, 1, 2], 9), null);
});

test("an answer leaves as JSON, cURL and CSV at full precision", async () => {
  const subscription = calculationOf(await loadScenario("subscription"));
  const input = { price: 100, period: "month", cac: null };
  const series = { period: new Float64Array([1, 2]), survival: new Float64Array([1, 0.95]), margin: new Float64Array([80, 0.1 + 0.2]), cumulative: new Float64Array([80, 80.3]) };
  const answered = { input, result: { clv: 1 / 3, series }, warnings: [] };
  const json = JSON.parse(toJson(subscription, answered));
  assert.deepEqual(json.input, { price: 100, period: "month" });
  assert.deepEqual(json.result.series.period, [1, 2]);
  assert.equal(json.result.clv, 1 / 3);
  assert.equal(
    toCurl(subscription, input, "https://example.org"),
    `curl -H 'Content-Type: application/json' -d '{"price":100,"period":"month"}' https://example.org/v1/subscription`,
  );
  assert.equal(toCsv(subscription, answered), "period,survival,margin,cumulative\r\n1,1,80,80\r\n2,0.95,0.30000000000000004,80.3\r\n");
});

/**
 * Writes the computed examples of the prerendered pages in every language, with the page's own modules: what is read
 * before the page's script has run does not change when it does.
 *
 *   node --import ./site/build/typescript.mjs site/build/examples.ts < figures.json > examples.json
 */

import { readFileSync } from "node:fs";
import type { Field } from "../base/catalogue.gen.mjs";
import { keysOf } from "../base/certain.ts";
import { dates } from "../base/dates.ts";
import { about } from "../base/figures.ts";
import { Format } from "../base/format.ts";
import { LANGUAGES, type Language } from "../base/messages.ts";
import { type Notice, sentenceOf } from "../base/notices.ts";
import { calculationOf, loadScenario } from "../base/scenarios.ts";
import { type How, fillSentence, inSentence, untold } from "../base/sentence.ts";
import { wordsFor, wordsIn } from "../base/words.ts";
import { formulaFor, symbolsIn } from "../calculator/equation.ts";
import type customersWords from "../messages/en/customers.gen.mjs";
import type siteWords from "../messages/en/site.gen.mjs";

/** A row of a list, which may have a name. */
type Row = Record<string, number | string>;

/** What a scenario's starting figures give. */
interface Computed {
  id: string;
  values: Record<string, number | string | null | Row[]>; // inputs and results by wire name
  warnings: Notice[];
}

/** A forecast, and between which it lies. */
interface Range {
  value: number;
  low: number;
  high: number;
}

/** What the sample shop gives. */
interface Shop {
  orders: number;
  customers: number;
  topShare: number;
  slipping: number;
  end: number; // last day, since 1970-01-01
  expected: Range;
  value: Range;
  best: { rank: number; id: string; orders: number; spend: number; alive: number; expected: number; value: number }[];
}

async function example({ id, values, warnings }: Computed, lang: Language) {
  const scenario = await loadScenario(id, lang);
  const calculation = calculationOf(scenario);
  const words = wordsFor(await wordsIn(lang), calculation);
  const { inputs, results, where, assumptions, special } = calculation;
  const period = String(values.period ?? "year");
  const format = new Format({ locale: lang, currency: "USD", period, words });
  const grouped = results.filter((f) => f.kind === "group").flatMap((f) => f.fields ?? []);
  const field = (path: string) => {
    const [name, within] = path.split(".").reverse();
    const from = within ? (results.find((f) => f.name === within)?.fields ?? []) : [...results, ...inputs, ...grouped];
    return from.find((f) => f.name === name);
  };
  const formula = formulaFor(calculation, (name) => (typeof values[name] === "number" ? values[name] : null));
  const shown = (name: string, rounded = false, how?: How) => {
    const value = values[name];
    if (typeof value === "string") return words.options[value];
    return typeof value === "number" ? inSentence(value, field(name)?.unit, how, format, rounded) : null;
  };
  const lines = (fields: Field[]): { title: string; value: string; help: string }[] => fields.flatMap((f) => {
    const value = shown(f.name);
    const own = value === null ? [] : [{ title: f.title, value, help: f.help ?? "" }];
    return [...own, ...(f.kind === "group" ? lines(f.fields ?? []) : [])];
  });
  const { headline, sentence = "", loss } = scenario;
  const figure = shown(headline, true) ?? "–";
  return {
    title: scenario.title, heading: scenario.heading, description: scenario.description,
    answer: {
      name: field(headline)?.title, figure, length: Math.min(20, figure.length),
      sentence: fillSentence((Number(values[headline]) < 0 && loss) || sentence, (name, how) => (untold(values[name], field(name)?.unit) ? null : shown(name, true, how))),
      warnings: warnings.map((w) => sentenceOf(w, inputs, format, words, values)),
    },
    tables: inputs.flatMap((f) => (f.row ? [rowsOf(f, values[f.name], format)] : [])),
    given: lines(inputs), figures: lines(results),
    formula, where,
    symbols: symbolsIn(calculation, formula).map(({ letter, field: name = "", else: other = "", text }) => ({
      letter, title: text ?? field(name)?.title, value: text ? "" : (shown(name) ?? shown(other) ?? "–"),
    })),
    assumptions, special,
  };
}

/** A list of rows as its table shows it: the columns that have figures. */
function rowsOf(list: Field, value: Computed["values"][string], format: Format) {
  const rows = Array.isArray(value) ? value : [];
  const columns = (list.fields ?? []).filter((f) => !f.optional || rows.some((row) => row[f.name] !== undefined));
  return {
    title: list.title, help: list.help ?? "", heads: [list.row, ...columns.map((f) => f.title)],
    rows: rows.map((row) => ({ name: String(row.name ?? ""), cells: columns.map((f) => (typeof row[f.name] === "number" ? format.value(Number(row[f.name]), f.unit, true) : "")) })),
  };
}

async function shopExample({ orders, customers, expected, value, topShare, slipping, end, best }: Shop, lang: Language) {
  const { default: words }: { default: typeof customersWords } = await import(`../messages/${lang}/customers.gen.mjs`);
  const { default: site }: { default: typeof siteWords } = await import(`../messages/${lang}/site.gen.mjs`);
  const format = new Format({ locale: lang, currency: "USD", words: await wordsIn(lang) });
  const count = (v: number) => format.value(Math.round(v), "count");
  const money = (v: number) => format.money(v, true);
  const forecast = words.answer_orders_value_after({
    day: dates(lang).longDay(end), horizon: words.horizon_12, n: Math.round(expected.value), shown: count(about(expected.value)), low: count(about(expected.low)), high: count(about(expected.high)),
    value: money(about(value.value)), value_low: money(about(value.low)), value_high: money(about(value.high)),
  });
  return {
    sentence: format.sentences([
      words.answer_customers({ n: customers, shown: count(customers) }), forecast,
      words.answer_top({ tenth: format.percent(0.1), share: format.percent(topShare, true) }),
      words.answer_slipping({ n: slipping, shown: count(slipping) }),
    ]),
    table: site.shop_table({ orders: count(orders) }),
    best: best.map((b) => ({
      rank: count(b.rank), id: b.id, orders: count(b.orders), spend: money(b.spend), alive: format.percent(b.alive, true),
      expected: format.value(Number(b.expected.toFixed(1)), "count"), value: money(b.value),
    })),
  };
}

const { scenarios, shop }: { scenarios: Computed[]; shop: Shop } = JSON.parse(readFileSync(0, "utf8"));
const examples: Record<string, unknown> = {};
for (const lang of keysOf(LANGUAGES)) {
  const listed = await Promise.all(scenarios.map(async (s) => [s.id, await example(s, lang)]));
  examples[lang] = { scenarios: Object.fromEntries(listed), shop: await shopExample(shop, lang) };
}
process.stdout.write(JSON.stringify({ examples }));

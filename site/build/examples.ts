/**
 * Writes the computed examples of the prerendered pages in every language, with the page's own modules: what is read
 * before the page's script has run does not change when it does.
 *
 *   node --import ./site/build/typescript.mjs site/build/examples.ts [--module NAME=FILE]... < figures.json > examples.json
 */

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type BenchmarkWords, benchmarkOf, benchmarks, rangeText } from "../base/benchmarks.ts";
import type { Calculation, Field } from "../base/catalogue.gen.mjs";
import { keysOf } from "../base/certain.ts";
import { dates } from "../base/dates.ts";
import { about } from "../base/figures.ts";
import { Format, TYPED } from "../base/format.ts";
import { LANGUAGES, type Language } from "../base/messages.ts";
import { type Notice, sentenceOf } from "../base/notices.ts";
import { type Primary, type Scenario, calculationOf, loadScenario, startOf } from "../base/scenarios.ts";
import { type How, fillSentence, inSentence, untold } from "../base/sentence.ts";
import { type Words, wordsFor, wordsIn } from "../base/words.ts";
import { driverOf } from "../calculator/decide/driver.ts";
import { formulaFor, symbolsIn } from "../calculator/equation.ts";
import { SIDE_BY_SIDE } from "../calculator/options.ts";
import { STEPS, rangeOf, toPosition } from "../calculator/slider.ts";
import type { Branch, Facade } from "../widget/facade.ts";
import type customersWords from "../messages/en/customers.gen.mjs";
import type siteWords from "../messages/en/site.gen.mjs";
import { engineOf } from "./engine.ts";

const { values: { module: modules } } = parseArgs({ options: { module: { type: "string", multiple: true, default: [] } } });
const engine = modules.length ? await engineOf(modules) : null;

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

/** A format that leaves a place for each number, and notes what belongs there: region and currency are those of whoever looks. */
class Places extends Format {
  readonly numbers: Facade["numbers"] = [];

  protected override number(value: number, how: Intl.NumberFormatOptions) {
    const { currency: _, signDisplay, maximumSignificantDigits, ...others } = how;
    const kept = { ...others, ...(signDisplay !== "auto" && { signDisplay }), ...(maximumSignificantDigits !== TYPED && { maximumSignificantDigits }) };
    const known = this.numbers.findIndex((noted) => JSON.stringify(noted) === JSON.stringify(noteOf(value, kept)));
    if (known < 0) this.numbers.push(noteOf(value, kept));
    return `⟨${known < 0 ? this.numbers.length - 1 : known}⟩`;
  }
}

/** A number with more digits than any way of writing shows. */
const noteOf = (value: number, how: Intl.NumberFormatOptions): Facade["numbers"][number] =>
  Object.values(how).some((v) => v !== undefined) ? [Number(value.toPrecision(12)), how] : [Number(value.toPrecision(12))];

/** What the widget's facade shows of a scenario: its answer and the fields that come first. */
async function facade({ id, values }: Computed, lang: Language): Promise<Facade> {
  const scenario = await loadScenario(id, lang);
  const calculation = calculationOf(scenario);
  const words = wordsFor(await wordsIn(lang), calculation);
  const format = new Places({ locale: lang, currency: "USD", period: String(values.period ?? "year"), words });
  const { name = "", figure, sentence } = told(scenario, calculation, values, format, words);
  const fields = scenario.primary.flatMap((primary) => {
    const field = calculation.inputs.find((f) => f.name === primary.field);
    return field ? shownField(field, primary, values[field.name], format, words) : [];
  });
  const tree: Branch = ["div", { class: "calculator" },
    ["section", { class: "answer", part: "answer" }, ["h2", { class: "eyebrow" }, name], ["p", { class: "figure", part: "figure" }, figure], ["p", { class: "sentence", part: "sentence" }, sentence]],
    ["form", { class: "inputs", part: "inputs" }, ...fields]];
  return { tree, numbers: format.numbers };
}

/** A field with its figure, as calculator/field.ts draws it; none where it is a list, which the calculator alone can show. */
function shownField({ name, title, kind, unit, options = [], ...field }: Field, primary: Primary, value: Computed["values"][string] | undefined, format: Format, words: Words): Branch[] {
  const own = { class: "field", part: "field", "data-name": name };
  const label: Branch = ["label", { class: "name", for: name }, title];
  const chosen = (option: string, as: string): Record<string, string> => (option === value ? { [as]: "" } : {});
  if (kind === "option" && options.length > SIDE_BY_SIDE) {
    return [["div", own, label, ["select", { id: name }, ...options.map((o): Branch => ["option", { value: o, ...chosen(o, "selected") }, words.options[o] ?? o])]]];
  }
  if (kind === "option") {
    const radio = (o: string): Branch => ["label", {}, ["input", { type: "radio", name, value: o, ...chosen(o, "checked") }], ["span", {}, words.options[o] ?? o]];
    return [["fieldset", { ...own, class: "field choice" }, ["legend", { class: "name" }, title], ["div", { class: "options" }, ...options.map(radio)]]];
  }
  if (kind !== "number" || (value !== null && typeof value !== "number")) return [];
  const { before, after } = unit === "money" ? { before: "⟨before⟩", after: "⟨after⟩" } : format.beside(unit);
  const beside = (text: string): Branch[] => (text ? [["span", { class: "unit" }, text]] : []);
  const range = rangeOf(primary, { name, title, kind, unit, ...field }, value);
  const shown: Record<string, string> = value === null ? { placeholder: words.optional } : { value: format.typed(value, unit) };
  return [["div", own, label,
    ["span", { class: "entry", part: "entry" }, ...beside(before), ["input", { id: name, part: "input", inputmode: "decimal", autocomplete: "off", dir: "ltr", ...shown }], ...beside(after)],
    ["input", { type: "range", part: "slider", max: String(STEPS), value: String(toPosition(value ?? range.from, range)), "aria-label": title }]]];
}

/** The answer in words. */
function told(scenario: Scenario, { inputs, results }: Calculation, values: Computed["values"], format: Format, words: Words) {
  const grouped = results.filter((f) => f.kind === "group").flatMap((f) => f.fields ?? []);
  const field = (path: string) => {
    const [name, within] = path.split(".").reverse();
    const from = within ? (results.find((f) => f.name === within)?.fields ?? []) : [...results, ...inputs, ...grouped];
    return from.find((f) => f.name === name);
  };
  const shown = (name: string, rounded = false, how?: How) => {
    const value = values[name];
    if (typeof value === "string") return words.options[value];
    return typeof value === "number" ? inSentence(value, field(name)?.unit, how, format, rounded) : null;
  };
  const { headline, sentence = "", loss }: { headline: string, sentence?: string, loss?: string } = scenario.without && values[scenario.headline] == null ? scenario.without : scenario;
  // The totals of one customer are that customer's.
  const known = (name: string) => (name === "new_customers" ? values[name] !== 1 : !untold(values[name], field(name)?.unit));
  return {
    field, shown, name: field(headline)?.title, figure: shown(headline, true) ?? "–",
    sentence: fillSentence((Number(values[headline]) < 0 && loss) || sentence, (name, how) => (known(name) ? shown(name, true, how) : null)),
  };
}

/** What drives the answer to the starting figures; nothing is said without an engine. */
function driver(scenario: Scenario, calculation: Calculation, format: Format, words: Words) {
  if (!engine) return { says: "", room: "" };
  const input = startOf(scenario);
  const { result, warnings } = engine.call(calculation.id, input);
  if (!result) throw new Error(`The engine refuses the starting figures of ${scenario.id}.`);
  return driverOf({ scenario, calculation, engine, answered: { input, result, warnings }, words, format });
}

/** The published figure beside each input, as calculator/benchmarks.ts says it: the page keeps its place until it comes. */
async function besideOf({ id, inputs }: Calculation, period: string, format: Format, lang: Language) {
  const { default: words }: { default: BenchmarkWords } = await import(`../messages/${lang}/benchmarks.gen.mjs`);
  const { default: menu }: { default: Record<string, string> } = await import(`../messages/${lang}/menu.gen.mjs`);
  return inputs.flatMap(({ name }) => {
    const one = benchmarkOf(id, name);
    if (!one || (one.period && one.period !== period)) return [];
    const says = [words.benchmark_of({ trade: menu[`business_${one.trade}`], range: rangeText(one, format, words) }), words.benchmark_source({ source: one.short, year: String(one.year) })];
    return [{ field: name, text: says.join(" "), use: one.use === null ? "" : words.benchmark_use({ value: format.percent(one.use) }) }];
  });
}

async function example({ id, values, warnings }: Computed, lang: Language) {
  const scenario = await loadScenario(id, lang);
  const calculation = calculationOf(scenario);
  const words = wordsFor(await wordsIn(lang), calculation);
  const { inputs, results, where, assumptions, special } = calculation;
  const period = String(values.period ?? "year");
  const format = new Format({ locale: lang, currency: "USD", period, words });
  const { field, shown, name, figure, sentence } = told(scenario, calculation, values, format, words);
  const formula = formulaFor(calculation, (name) => (typeof values[name] === "number" ? values[name] : null));
  const lines = (fields: Field[]): { title: string; value: string; help: string }[] => fields.flatMap((f) => {
    const value = shown(f.name);
    const own = value === null ? [] : [{ title: f.title, value, help: f.help ?? "" }];
    return [...own, ...(f.kind === "group" ? lines(f.fields ?? []) : [])];
  });
  return {
    title: scenario.title, heading: scenario.heading, description: scenario.description,
    answer: {
      name, figure, length: Math.min(20, figure.length), sentence, driver: driver(scenario, calculation, format, words),
      warnings: warnings.map((w) => sentenceOf(w, inputs, format, words, values)),
    },
    beside: await besideOf(calculation, period, format, lang),
    tables: inputs.flatMap((f) => (f.row ? [rowsOf(f, values[f.name], format)] : f.table ? [pairOf(f, inputs, values, format)] : [])),
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

/** Two lists as the table that they are. */
function pairOf(list: Field, inputs: Field[], values: Computed["values"], format: Format) {
  const columns = [list, ...inputs.filter((f) => f.name === list.beside)].map((field) => {
    const given = values[field.name];
    return { title: field.title, cells: Array.isArray(given) ? given.map((v) => format.value(Number(v), field.unit, true)) : [] };
  });
  const [first, ...others] = columns;
  return {
    title: list.table ?? list.title, help: list.help ?? "", heads: columns.map((c) => c.title),
    rows: first.cells.map((name, i) => ({ name, cells: others.map((c) => c.cells[i] ?? "") })),
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

/** Published figures as they are read in a language, by their ids. */
async function benchmarkTexts(lang: Language) {
  const { default: words }: { default: BenchmarkWords } = await import(`../messages/${lang}/benchmarks.gen.mjs`);
  const format = new Format({ locale: lang, currency: "USD", words: await wordsIn(lang) });
  return Object.fromEntries(benchmarks.map((one) => [one.id, { range: rangeText(one, format, words), use: one.use === null ? "" : words.benchmark_use({ value: format.percent(one.use) }) }]));
}

/** A figure that an article quotes: its place, whose field it is, how much. */
interface Quoted {
  key: string;
  id: string; // of the scenario
  field: string;
  value: number | string;
  how: How | "";
  period: string | null;
}

/** The figures that articles quote, by their places. */
async function quotedTexts(quotes: Quoted[], lang: Language) {
  const texts = quotes.map(async ({ key, id, field: path, value, how, period }) => {
    const calculation = calculationOf(await loadScenario(id, lang));
    const words = wordsFor(await wordsIn(lang), calculation);
    const format = new Format({ locale: lang, currency: "USD", period: period ?? "year", words });
    if (typeof value === "string") return [key, words.options[value]];
    const [name, within] = path.split(".").reverse();
    const fields = [...calculation.results, ...calculation.inputs];
    const field = (within ? fields.find((f) => f.name === within)?.fields : [...fields, ...fields.flatMap((f) => (f.kind === "group" ? (f.fields ?? []) : []))])?.find((f) => f.name === name);
    return [key, inSentence(value, field?.unit, how || undefined, format, true)];
  });
  return Object.fromEntries(await Promise.all(texts));
}

const { scenarios, shop, learn }: { scenarios: Computed[]; shop: Shop; learn: Quoted[] } = JSON.parse(readFileSync(0, "utf8"));
const examples: Record<string, unknown> = {};
for (const lang of keysOf(LANGUAGES)) {
  const listed = await Promise.all(scenarios.map(async (s) => [s.id, await example(s, lang)]));
  const facades = await Promise.all(scenarios.map(async (s) => [s.id, await facade(s, lang)]));
  examples[lang] = { scenarios: Object.fromEntries(listed), facades: Object.fromEntries(facades), shop: await shopExample(shop, lang), benchmarks: await benchmarkTexts(lang), learn: await quotedTexts(learn, lang) };
}
process.stdout.write(JSON.stringify({ examples }));

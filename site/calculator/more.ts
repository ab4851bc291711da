/**
 * What a calculator shows beyond its answer and the figures that go in: verdict, charts, all figures, the formula. A
 * part of its own, since a small widget shows none of it.
 */

import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { formulaFor, hasFigures, symbolsIn } from "./equation.ts";
import { required } from "../base/certain.ts";
import { type Chart, chartsOf } from "../base/scenarios.ts";
import { symbolic, withFigures } from "./formula.ts";
import { PER_YEAR } from "../base/periods.ts";
import { rangePicture } from "./ranges.ts";
import evidence from "../styles/evidence.css";
import paper from "../styles/print.css";
import "./chart.ts";
import type { Shown } from "./shown.ts";
import type { CatalogueSymbol, Field } from "../base/catalogue.gen.mjs";
import type { Figure, Figures } from "../base/figures.ts";
import { isOpen } from "../base/events.ts";
import { rowName } from "../base/format.ts";

/** The look of all this. */
export const style = new CSSStyleSheet();
style.replaceSync(evidence);
export const print = new CSSStyleSheet();
print.replaceSync(paper);

export { actions } from "./actions.ts";
export { default as decide } from "../messages/decide.gen.mjs";

/** How the lists are read. */
export interface Reading {
  index: number | null; // the row that is read; null for the usual one
  tabled: boolean; // whether their tables are open
  table: (tabled: boolean) => void; // opens them
}

/** What the value is against its cost, where the cost is known. */
export function verdict(shown: Shown) {
  const ratio = shown.figure("ltv_cac_ratio");
  const target = shown.figure("target_ratio");
  if (ratio === null || target === null) return nothing;
  const { words } = shown;
  const aim = { target: shown.format.value(target, "ratio") };
  const says = ratio < 1 ? words.ratioLoss : ratio < target ? words.ratioBelow(aim) : words.ratioMeets(aim);
  return html`<dl class="verdict">
    <div>
      <dt>${shown.title("ltv_cac_ratio")}</dt>
      <dd>${shown.format.value(ratio, "ratio", true)}</dd>
      ${ratioScale(ratio, target)}
      <dd class="says">${says}</dd>
    </div>
    ${payback(shown)}
  </dl>`;
}

function ratioScale(ratio: number, target: number) {
  const end = Math.max(2 * target, 1.1 * ratio);
  const at = (v: number) => (200 * v) / end;
  return html`<dd class="scale" aria-hidden="true"><svg viewBox="0 0 200 12" preserveAspectRatio="none">
    <path class="track" d="M0,6H200" /><path class="reach" d="M0,6H${at(ratio)}" /><path class="aim" d="M${at(target)},0V12" />
  </svg></dd>`;
}

function payback(shown: Shown) {
  const { words } = shown;
  const name = ["payback_periods", "payback_days", "payback_years"].find((n) => shown.field(n));
  if (!name) return nothing;
  const payback = shown.say(name, false);
  const simple = shown.say("simple_payback_periods", false);
  const says = !payback ? words.paybackNeverSays : simple ? words.paybackSays({ simple }) : words.paybackPlain;
  return html`<div>
    <dt>${words.payback}</dt>
    <dd>${payback ?? words.paybackNever}</dd>
    <dd class="says">${says}</dd>
  </div>`;
}

export function ranges(shown: Shown) {
  const { ranges } = shown.scenario;
  if (!ranges) return nothing;
  return html`<section class="ranges" aria-label=${shown.words.ranges}>
    ${ranges.map((names) => {
      const [low, middle, high] = names.map((name) => shown.figure(name));
      if (low === null || middle === null || high === null) return nothing;
      const field = required(shown.field(names[1]), `field ${names[1]}`);
      return rangePicture(field.title, [low, middle, high], (v) => shown.format.value(v, field.unit, true));
    })}
  </section>`;
}

/** The charts of each group of lists, and the table that says the same; those named by their first line only, where any are. */
export function charts(shown: Shown, reading: Reading, named: string[] | null) {
  const { result } = shown.answered;
  const all = chartsOf(shown.scenario).filter((c) => [c.x, ...c.lines].every((name) => result[c.group]?.[name]?.length > 1));
  const drawn = named ? all.filter((c) => named.includes(c.lines[0])) : all;
  const elsewhere = shown.view?.results ?? [];
  const groups = shown.calculation.results.filter((f) => f.kind === "group" && f.fields?.every((g) => g.kind === "list") && !elsewhere.includes(f.name));
  return groups
    .filter(({ name }) => !named || drawn.some((c) => c.group === name))
    .map(({ name }) => html`${drawn.filter((c) => c.group === name).map((c) => chart(shown, reading, c))} ${table(shown, reading, name)}`);
}

function chart(shown: Shown, { index }: Reading, chart: Chart) {
  const group = required(shown.field(chart.group), `group ${chart.group}`);
  const columns = shown.answered.result[chart.group];
  const level = typeof chart.level === "string" ? shown.figure(chart.level) : (chart.level ?? null);
  return html`<hourglass-chart
    .chart=${chart} .group=${group} .columns=${columns} .level=${level}
    .levelTitle=${typeof chart.level === "string" ? (shown.field(chart.level)?.title ?? "") : ""}
    .total=${chart.total ? shown.figure(chart.total) : null} .format=${shown.format} .words=${shown.words}
    .index=${index ?? usualIndex(columns, group, shown.format.period, columns[dotsOf(shown, group.name)]?.length)}></hourglass-chart>`;
}

/** The list of a group that was observed. */
function dotsOf(shown: Shown, group: string) {
  return chartsOf(shown.scenario).find((c) => c.group === group && c.dots)?.dots ?? "";
}

/** The charts' twin. Its rows are written when it is opened. */
function table(shown: Shown, reading: Reading, name: string) {
  const group = required(shown.field(name), `group ${name}`);
  const columns = shown.answered.result[name];
  const fields = (group.fields ?? []).filter((f) => f.kind === "list" && columns[f.name].length > 0);
  const rows = reading.tabled ? Array.from(columns[fields[0].name], (_, i) => i) : [];
  return html`<details class="table" @toggle=${(e: Event) => reading.table(isOpen(e))}>
    <summary>${shown.words.table}</summary>
    <div class="scroll" role="region" tabindex="0" aria-label=${group.title}>
      <table>
        <thead><tr>${fields.map((f) => html`<th scope="col">${f.title}</th>`)}</tr></thead>
        <tbody>${rows.map((i) => html`<tr>${fields.map((f, k) => cell(inTable(shown, f, columns[f.name][i], k), k))}</tr>`)}</tbody>
      </table>
    </div>
  </details>`;
}

function inTable({ format }: Shown, field: Field, value: number, column: number) {
  // The first column counts the rows, where it is no money.
  return column === 0 && field.unit !== "money" ? format.value(value, "count") : format.value(value, field.unit);
}

/** All figures of the answer. */
export function figures(shown: Shown) {
  const { results } = shown.calculation;
  const { result } = shown.answered;
  const elsewhere = shown.view?.results ?? [];
  const groups = shown.groups.filter((g) => !elsewhere.includes(g.name));
  return html`<section class="figures">
    <h2>${shown.words.figures}</h2>
    ${listing(shown, results, result)}
    ${groups.map((g) => html`<h3>${g.title}</h3>${listing(shown, g.fields ?? [], result[g.name])}`)}
    ${results.filter((f) => f.kind === "records" && !elsewhere.includes(f.name)).map((f) => rows(shown, f, result[f.name]))}
  </section>`;
}

/** Some figures of the answer, by wire name. */
export function some(shown: Shown, names: string[]) {
  const fields = names.flatMap((name) => shown.field(name) ?? []);
  return html`<section class="figures" aria-label=${shown.words.figures}>
    ${listing(shown, fields, Object.fromEntries(names.map((name) => [name, shown.figure(name)])))}
  </section>`;
}

/** Figures one by one, those that exist. */
function listing(shown: Shown, fields: Field[], values: Figures) {
  const there = fields.filter((f) => ["number", "option"].includes(f.kind) && values[f.name] != null);
  return html`<dl>
    ${there.map((f) => html`<div><dt>${f.title}</dt><dd class="value">${sayValue(f, values[f.name], shown)}</dd><dd class="help">${f.help}</dd></div>`)}
  </dl>`;
}

/** A list of objects as a table. */
function rows(shown: Shown, field: Field, records: Figures[]) {
  const fields = field.fields ?? [];
  if (records.length === 0) return nothing;
  return html`<h3>${field.title}</h3>
    <div class="scroll" role="region" tabindex="0" aria-label=${field.title}>
      <table>
        <thead><tr>${fields.map((f) => html`<th scope="col">${f.title}</th>`)}</tr></thead>
        <tbody>${records.map((r) => html`<tr>${fields.map((f, k) => cell(sayValue(f, r[f.name], shown), k))}</tr>`)}</tbody>
      </table>
    </div>`;
}

function sayValue(field: Field, value: Figure, { format, words, calculation, answered }: Shown) {
  if (field.kind === "option") return words.options[value] ?? value;
  // Which row: by its name, where it has one.
  const list = field.unit === "row" ? calculation.inputs.find((f) => f.row) : undefined;
  return list ? rowName(answered.input[list.name][value - 1], list.row ?? "", value, format) : format.value(value, field.unit);
}

/** The formula, with letters and with figures, and what it assumes. */
export function working(shown: Shown) {
  const { words } = shown;
  const c = shown.calculation;
  const formula = formulaFor(c, shown.figure);
  return html`<section class="working">
    <h2>${words.howItWorks}</h2>
    <div class="formula" role="group" tabindex="0" aria-label=${words.formula}>${guard([formula], () => symbolic(formula))}</div>
    ${c.where ? html`<div class="formula where" role="group" tabindex="0" aria-label=${words.formulaWhere}>${guard([c], () => symbolic(c.where ?? ""))}</div>` : nothing}
    ${withYours(shown, formula)}
    <h3>${words.symbols}</h3>
    <dl class="symbols">
      ${symbolsIn(c, formula).map((s) => symbol(shown, s))}
    </dl>
    ${listed(words.assumptions, c.assumptions)}
    ${listed(words.special, c.special)}
    <p class="source"><b>${words.source}</b> <bdi lang="en">${c.source}</bdi></p>
  </section>`;
}

const listed = (title: string, texts: string[]) => texts.length ? html`<h3>${title}</h3><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>` : nothing;

/** The formula with one's own figures; none where what it defines does not exist, since a figure that it needs was left out, or where it has none. */
function withYours({ calculation, words, figure, format, say }: Shown, formula: string) {
  const answer = say(calculation.defines, false);
  if (answer === null || !hasFigures(calculation, formula)) return nothing;
  return html`<h3>${words.withYours}</h3>
    <div class="formula figures" role="group" tabindex="0" aria-label=${words.withYours}>${withFigures(formula, figure, format, answer)}</div>`;
}

/** A letter of the formula, what it means, and its figure. */
function symbol(shown: Shown, { letter, field = "", else: other = "", text }: CatalogueSymbol) {
  const value = text ? nothing : html`<dd class="value">${shown.say(field, false) ?? shown.say(other, false) ?? "–"}</dd>`;
  return html`<div class=${text ? "meaning" : "figured"}><dt>${guard([letter], () => symbolic(letter))}</dt><dd>${text ?? shown.title(field)}</dd>${value}</div>`;
}

/** The first column is a heading of its row. */
function cell(text: string, column: number) {
  return column === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`;
}

/**
 * The row that is read before anybody points: the last that was observed; that of a year, where rows are periods; else
 * in the middle.
 */
function usualIndex(columns: Record<string, ArrayLike<number>>, group: Field, period: string, observed?: number) {
  if (observed) return observed - 1;
  const first = group.fields?.[0];
  const count = columns[first?.name ?? ""]?.length ?? 1;
  const year = first?.unit === "months" ? 12 : first?.unit === "periods" ? PER_YEAR[period] : undefined;
  if (!year) return Math.ceil(count / 2) - 1;
  // Rows counted from 0 have one more before the year is over.
  const before = columns[first?.name ?? ""]?.[0] === 0 ? 0 : 1;
  return Math.min(count - 1, year - before);
}

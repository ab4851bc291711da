import { html, nothing } from "lit";
import type { Format } from "../../base/format.ts";
import { isTicked } from "../../base/events.ts";
import { words as wire } from "../../engine/customers.gen.mjs";
import type { ReadOptions, Report } from "../../engine/customers.ts";
import type { CustomerWords } from "../words.ts";
import { roleOf } from "./preview.ts";

type Question = Report["questions"][number];
type Standing = Report["statuses"][number]["standing"];

/** Reads the file again. */
type Change = (options: ReadOptions) => void;

/** How many cells of a column are shown. */
const EXAMPLES = 2;

/** Columns of a file that are offered, at most. */
const COLUMNS = 200;

/** A column's name, or its number where it has none. @param column from 1 */
const nameOf = (report: Report, column: number, words: CustomerWords) => (report.has_header && report.names[column - 1]) || words.preview_nameless({ n: String(column) });

/** What each column is taken for, with examples; those that are not used behind a fold. */
export function columnsTable(report: Report, options: ReadOptions, words: CustomerWords, change: Change) {
  const all = Array.from({ length: Math.min(COLUMNS, report.width) }, (_, i) => i + 1);
  const roles = wire.role.map((role) => report.columns[role]);
  const used = all.filter((column) => roles.includes(column)).sort((a, b) => roles.indexOf(a) - roles.indexOf(b));
  const others = all.filter((column) => !roles.includes(column));
  const rows = (list: number[]) => list.map((column) => html`<tr>
    <th scope="row"><code dir="auto">${nameOf(report, column, words)}</code></th>
    <td>${roleOf(column, nameOf(report, column, words), report, words, (columns) => change({ ...options, columns }))}</td>
    <td dir="auto" class="eg">${report.preview.map((cells) => cells[column - 1]).filter(Boolean).slice(0, EXAMPLES).join(" · ")}</td>
  </tr>`);
  const table = (list: number[]) => html`<div class="wide"><table class="taken">
    <thead><tr><th scope="col">${words.understood_column}</th><th scope="col">${words.understood_role}</th><th scope="col">${words.understood_examples}</th></tr></thead>
    <tbody>${rows(list)}</tbody>
  </table></div>`;
  return html`<p class="help">${words.understood_used({ used: String(used.length), all: String(report.width) })}</p>
    ${used.length ? table(used) : nothing}
    ${others.length ? html`<details ?open=${used.length < 2}><summary>${words.understood_others}</summary>${table(others)}</details>` : nothing}`;
}

/** The values of the status and type columns, with their rows and how each was taken. A tick makes rows orders. */
export function statusList(report: Report, options: ReadOptions, words: CustomerWords, format: Format, change: Change) {
  if (report.statuses.length === 0) return nothing;
  const onChange = (text: string, standing: Standing) => (event: Event) => {
    const checked = isTicked(event);
    const taken = checked ? "paid" : standing === "paid" ? "cancelled" : standing;
    change({ ...options, statuses: { ...options.statuses, [text]: taken } });
  };
  return html`<fieldset class="statuses"><legend>${words.status_title}</legend>
    <p class="help">${words.status_lede}</p>
    <ul>${report.statuses.map(({ text, rows, standing }) => html`<li><label class="check">
      <input type="checkbox" data-status=${text} .checked=${standing === "paid"} @change=${onChange(text, standing)}>
      <span><b dir="auto">${text}</b> ${words.status_rows({ n: rows, shown: format.value(rows, "count") })} <span class="help">${words[`standing_${standing}`]}</span></span>
    </label></li>`)}</ul>
  </fieldset>`;
}

/** What could be otherwise: asked with the answer in use, never in the way. */
export function questionList(report: Report, options: ReadOptions, words: CustomerWords, format: Format, change: Change) {
  // The order of dates and the currency are asked about before there is an answer, and have their own choices.
  const asked = report.questions.filter(({ code }) => code !== "date_order");
  if (asked.length === 0) return nothing;
  return html`<section class="questions" aria-labelledby="questions-title">
    <h3 id="questions-title">${words.questions_title}</h3>
    <p class="help">${words.questions_lede}</p>
    <ul>${asked.map((q) => html`<li data-question=${q.code}><p>${questionText(report, q, words, format)}</p>${answers(report, q, options, words, change)}</li>`)}</ul>
  </section>`;
}

function questionText(report: Report, q: Question, words: CustomerWords, format: Format) {
  const column = nameOf(report, q.column, words);
  const other = nameOf(report, q.other, words);
  const share = new Intl.NumberFormat(format.locale, { style: "percent", maximumFractionDigits: 0 }).format(q.share);
  const values = { column: q.code === "currency" ? report.currency : column, other, share, text: q.text, n: q.rows, shown: format.value(q.rows, "count") };
  const says = words[`question_${q.code}`];
  return typeof says === "string" ? says : says(values);
}

/** The role that a question is about. */
const ABOUT: Partial<Record<Question["code"], typeof wire.role[number]>> = { id: "id", new_ids: "id", one_id: "id", date: "date", amount: "amount", zero_money: "amount" };

function answers(report: Report, q: Question, options: ReadOptions, words: CustomerWords, change: Change) {
  const button = (text: string, changed: ReadOptions) =>
    html`<button type="button" class="button" @click=${() => change(changed)}>${text}</button>`;
  const columns = (changed: NonNullable<ReadOptions["columns"]>) => ({ ...options, columns: { ...options.columns, ...changed } });
  const role = ABOUT[q.code];
  if (role && q.other > 0) return html`<div class="row">${button(words.question_use({ column: nameOf(report, q.other, words) }), columns({ [role]: q.other }))}</div>`;
  if (q.code === "unit_price") return html`<div class="row">${button(words.question_use({ column: nameOf(report, q.column, words) }), columns({ quantity: null }))}</div>`;
  if (q.code !== "currency") return nothing;
  return html`<div class="row">
    ${report.currencies.filter(({ code }) => code !== report.currency).map(({ code, rows }) => button(words.ask_currency_rows({ code, n: rows, shown: String(rows) }), { ...options, currency: code }))}
    ${q.other > 0 ? button(words.question_use({ column: nameOf(report, q.other, words) }), columns({ amount: q.other, currency: null })) : nothing}
  </div>`;
}

import { html, nothing } from "lit";
import type { Format } from "../../base/format.ts";
import { textIn } from "../../base/events.ts";
import { words as wire } from "../../engine/customers.gen.mjs";
import type { ReadOptions, Report } from "../../engine/customers.ts";
import type { CustomerWords } from "../words.ts";

type Role = typeof wire.role[number];

/** @param column from 1 */
export function roleOf(column: number, name: string, report: Report, words: CustomerWords, change: (columns: NonNullable<ReadOptions["columns"]>) => void) {
  const now = wire.role.find((role) => report.columns[role] === column);
  const onChange = (event: Event) => change(mapping(report, column, textIn(event) as Role | ""));
  return html`<select aria-label=${words.preview_column({ column: name })} data-column=${column} ?data-used=${now} @change=${onChange}>
    <option value="" ?selected=${!now}>${words.role_none}</option>
    ${wire.role.map((role) => html`<option value=${role} ?selected=${role === now}>${words[`role_${role}`]}</option>`)}
  </select>`;
}

/** The columns with one of them taken for something else. */
function mapping({ columns }: Report, column: number, role: Role | "") {
  const changed = wire.role.map((other) => {
    const at = other === role ? column : columns[other];
    return [other, at === 0 || (at === column && other !== role) ? null : at];
  });
  return Object.fromEntries(changed);
}

/** What else may have been guessed wrong. */
export function readingOptions(report: Report, options: ReadOptions, words: CustomerWords, format: Format, change: (options: ReadOptions) => void) {
  /** @param now what holds, told in the option "found out" @param choices the first one is the page's own guess */
  const choice = (label: string, name: keyof ReadOptions, now: string, choices: [value: string, text: string][]) => {
    const chosen = options[name];
    const given = typeof chosen === "boolean" ? (chosen ? "1" : "") : String(chosen ?? choices[0][0]);
    const onChange = (event: Event) => {
      const value = textIn(event);
      change({ ...options, ...(name === "preset" && { columns: {} }), [name]: name === "keep_unpaid" ? value !== "" : value || undefined });
    };
    return html`<label class="control"><span>${label}</span>
      <select data-option=${name} @change=${onChange}>
        ${choices.map(([value, text], i) => html`<option value=${value} ?selected=${value === given}>${i === 0 && now ? format.titled(text, now) : text}</option>`)}
      </select></label>`;
  };
  const found = report.date_order === "auto" ? "" : words[`date_order_${report.date_order}`];
  const known = report.preset === "auto" || report.preset === "none" ? "" : words[`preset_${report.preset}`];
  return html`<div class="row options">
    ${choice(words.preset, "preset", known, wire.preset.map((p) => [p, words[`preset_${p}`]]))}
    ${choice(words.date_order, "date_order", found, [["auto", words.date_order_auto], ["day_first", words.date_order_day_first], ["month_first", words.date_order_month_first]])}
    ${choice(words.decimal, "decimal", report.decimal === "," ? words.decimal_comma : words.decimal_point, [["", words.decimal_auto], [".", words.decimal_point], [",", words.decimal_comma]])}
    ${choice(words.header, "header", report.has_header ? words.header_present : words.header_absent, [["auto", words.header_auto], ["present", words.header_present], ["absent", words.header_absent]])}
    ${choice(words.refunds, "refunds", "", wire.refunds.map((r) => [r, words[`refunds_${r}`]]))}
    ${choice(words.keep_unpaid, "keep_unpaid", "", [["", words.keep_unpaid_no], ["1", words.keep_unpaid_yes]])}
    ${report.currencies.length > 1 ? choice(words.data_currency, "currency", report.currency, [["", words.preset_auto], ...(report.currencies.map(({ code }) => [code, code]) as [string, string][])]) : nothing}
  </div>`;
}

/** How many rows were set aside. */
export const asideRows = ({ set_aside }: Report) => set_aside.reduce((sum, { rows }) => sum + rows, 0);

/** A date of the preview that reads as two different days. */
export function ambiguousDate({ columns, preview: rows }: Report) {
  for (const cells of rows) {
    const text = cells[columns.date - 1] ?? "";
    const [, a, b, year] = (/^\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2,4})\b/.exec(text) ?? []).map(Number);
    if (a <= 12 && b <= 12 && a !== b) return { text: text.trim(), dayFirst: dayOf(year, b, a), monthFirst: dayOf(year, a, b) };
  }
  return null;
}

/** Days from 1970-01-01. @param year of two digits or four */
const dayOf = (year: number, month: number, day: number) => Date.UTC(year < 100 ? 2000 + year : year, month - 1, day) / 86_400_000;

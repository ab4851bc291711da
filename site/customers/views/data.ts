import { html, nothing, unsafeCSS } from "lit";
import { dates } from "../../base/dates.ts";
import { download } from "../../base/share.ts";
import { isTicked } from "../../base/events.ts";
import type { Report } from "../../engine/customers.ts";
import common from "../../styles/customers.css";
import { csv } from "../csv.ts";
import { View } from "../view.ts";
import type { CustomerWords } from "../words.ts";
import own from "./data.css";
import { asideRows } from "./preview.ts";
import "./understood.ts";

type Fact = [title: string, value: string, help?: string];

/**
 * What was read: every row accounted for, and how the file was understood, which can be changed here.
 *
 * @fires customers:ask
 */
export class HourglassCustomersData extends View<CustomerWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  override render() {
    const { state, words } = this;
    const report = state?.report;
    if (!report) return nothing;
    return html`<div class="stack">
      <header>
        <h2>${words.data_title}</h2>
        <p class="lede">${words.data_lede}</p>
        ${this.#sum(report)}
        <div class="row noprint">
          <button type="button" class="button" @click=${() => download("hourglass-data.csv", reportCsv(report), "text/csv;charset=utf-8")}>${words.data_download_csv}</button>
          <button type="button" class="button" @click=${() => download("hourglass-data.json", JSON.stringify(report, null, 2), "application/json")}>${words.data_download_json}</button>
        </div>
      </header>
      <hourglass-customers-understood class="noprint" .state=${state} .format=${this.format} .words=${words}></hourglass-customers-understood>
      ${this.#facts("", this.#counts(report))}
      ${this.#aside(report)}
      ${this.#facts(words.data_file, this.#file(report))}
      ${this.#keeping()}
    </div>`;
  }

  #count(n: number) {
    return this.format.value(n, "count");
  }

  /** Where all rows went. */
  #sum(report: Report) {
    const { words } = this;
    const folded = report.merged + report.line_items + report.duplicates + report.refunds_netted + report.headings;
    const parts: [string, number, string][] = [["", report.rows, words.sum_rows], ["=", report.orders, words.sum_orders], ["+", folded, words.sum_folded], ["+", asideRows(report), words.sum_aside]];
    return html`<p class="sum">${parts.map(([sign, n, what]) => html`<span class="sign">${sign}</span> <span><b>${this.#count(n)}</b> ${what}</span> `)}</p>`;
  }

  #facts(title: string, facts: Fact[]) {
    return html`<section class="part">
      ${title ? html`<h3>${title}</h3>` : nothing}
      <dl class="facts">${facts.map(([name, value, help]) => html`<div>
        <dt>${name}</dt><dd dir="auto">${value}</dd>${help ? html`<dd class="help">${help}</dd>` : nothing}
      </div>`)}</dl>
    </section>`;
  }

  #counts(report: Report): Fact[] {
    const { words, format } = this;
    const { day } = dates(format.locale);
    const money = (v: number) => format.money(v, true);
    /** those that are nothing are left out, where nothing is the usual */
    const facts: (Fact | false)[] = [
      [words.data_rows, this.#count(report.rows)],
      [words.data_orders, this.#count(report.orders), words.data_orders_help],
      [words.data_customers, this.#count(report.customers)],
      report.orders > 0 && [words.data_period, words.data_period_value({ first: day(report.first_day), last: day(report.last_day) })],
      report.spend !== 0 && [words.data_spend, money(report.spend)],
      report.spend !== 0 && [words.data_per_order, money(report.spend / report.orders)],
      report.merged > 0 && [words.data_merged, this.#count(report.merged)],
      report.line_items > 0 && [words.data_line_items, this.#count(report.line_items)],
      report.duplicates > 0 && [words.data_duplicates, this.#count(report.duplicates)],
      report.refunds_netted > 0 && [words.data_refunds, this.#count(report.refunds_netted)],
      report.refunded_amount > 0 && [words.data_refunded_amount, money(report.refunded_amount)],
      report.refund_excess > 0 && [words.data_refund_excess, money(report.refund_excess)],
      report.headings > 0 && [words.data_headings, this.#count(report.headings)],
      report.skipped > 0 && [words.data_skipped, this.#count(report.skipped)],
      report.converted > 0 && [words.data_converted, this.#count(report.converted)],
      report.respelled > 0 && [words.data_respelled, this.#count(report.respelled)],
      report.rejoined > 0 && [words.data_rejoined, this.#count(report.rejoined)],
      report.zero > 0 && [words.data_zero, this.#count(report.zero)],
      report.blank > 0 && [words.data_blank, this.#count(report.blank)],
      [words.data_set_aside, this.#count(asideRows(report))],
    ];
    return facts.filter((fact) => fact !== false);
  }

  #file(report: Report): Fact[] {
    const { words, format } = this;
    const others = report.currencies.filter(({ code }) => code !== report.currency);
    const marks: Record<string, string> = {
      ",": words.data_delimiter_comma, ";": words.data_delimiter_semicolon, "\t": words.data_delimiter_tab, " ": words.data_delimiter_space,
    };
    const facts: (Fact | false)[] = [
      [words.data_encoding, report.encoding.toUpperCase()],
      [words.data_delimiter, marks[report.delimiter] ?? report.delimiter],
      [words.data_bytes, words.data_bytes_value({ n: format.value(report.bytes / 2 ** 20, "count") })],
      report.preset !== "none" && report.preset !== "auto" && [words.data_preset, words[`preset_${report.preset}`]],
      [words.data_dates, report.date_order === "auto" ? words.data_dates_not_needed : words[`date_order_${report.date_order}`]],
      [words.decimal, report.decimal === "," ? words.decimal_comma : words.decimal_point],
      [words.data_currency, report.currency || words.data_currency_none],
      others.length > 0 && [words.data_other_currencies, format.facts(others.map(({ code, rows }) => format.counted(code, this.#count(rows))))],
      report.tables > 0 && [words.data_table, report.table],
      report.tables > 1 && [words.data_tables, this.#count(report.tables)],
      report.titles > 0 && [words.data_titles, this.#count(report.titles)],
      report.wrapped && [words.data_wrapped, words.data_yes],
      report.recoded > 0 && [words.data_recoded, this.#count(report.recoded)],
    ];
    return facts.filter((fact) => fact !== false);
  }

  /** Which of several files. */
  #place(file: number) {
    const name = this.state.tables.filter(({ used }) => used)[file - 1]?.name;
    return name ? html`<bdi>${name}</bdi>, ` : nothing;
  }

  /** What was set aside. */
  #aside({ set_aside }: Report) {
    const { words } = this;
    return html`<section class="part">
      <h3>${words.data_aside_title}</h3>
      ${set_aside.length === 0 ? html`<p>${words.data_aside_none}</p>` : html`<div class="wide"><table class="aside">
        <thead><tr><th scope="col">${words.data_aside_reason}</th><th scope="col" class="n">${words.data_aside_rows}</th><th scope="col">${words.data_aside_examples}</th></tr></thead>
        <tbody>${set_aside.map(({ reason, rows, examples }) => html`<tr>
          <th scope="row">${words[`aside_${reason}`]}</th>
          <td class="n">${this.#count(rows)}</td>
          <td><ul>${examples.map(({ file, line, text }) => html`<li><span class="line">${this.#place(file)}${words.data_line({ line: String(line) })}</span> <code dir="auto">${text}</code></li>`)}</ul></td>
        </tr>`)}</tbody>
      </table></div>`}
    </section>`;
  }

  #keeping() {
    const { state, words } = this;
    const onChange = (event: Event) => this.ask({ what: "store", keep: isTicked(event) });
    return html`<section class="part noprint">
      <h3>${words.kept}</h3>
      <label class="check"><input type="checkbox" .checked=${state.stored} @change=${onChange}> ${words.keep}</label>
      <p class="help">${words.keep_help}</p>
      ${state.stored ? html`<div><button type="button" class="button" @click=${() => this.ask({ what: "forget" })}>${words.forget}</button></div>` : nothing}
    </section>`;
  }
}
customElements.define("hourglass-customers-data", HourglassCustomersData);

/** The report as a table: a line for each number, and one for each example of what was set aside. */
function reportCsv(report: Report) {
  const plain = Object.entries(report).flatMap(([name, value]) => (typeof value === "object" ? [] : [[name, value]]));
  const rows: (string | number | boolean)[][] = [
    ["what", "value", "line", "text"],
    ...plain,
    ...Object.entries(report.columns).map(([role, column]) => [`column_${role}`, column]),
    ...report.currencies.map(({ code, rows: n }) => [`rows_${code}`, n]),
    ...report.set_aside.flatMap(({ reason, rows: n, examples }) => [
      [`set_aside_${reason}`, n],
      ...examples.map(({ line, text }) => [`example_${reason}`, "", line, text]),
    ]),
  ];
  return csv(rows.map((row) => Array.from({ length: 4 }, (_, i) => row[i])));
}

import { html, nothing, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { dates } from "../../base/dates.ts";
import { isTicked, textIn } from "../../base/events.ts";
import { words as wire } from "../../engine/customers.gen.mjs";
import type { Report } from "../../engine/customers.ts";
import common from "../../styles/customers.css";
import { type Role, decide, decided, takeColumn, takeStatus, useColumn } from "../reading.ts";
import type { Given } from "../state.ts";
import { View } from "../view.ts";
import type { CustomerWords } from "../words.ts";
import { masked } from "./preview.ts";
import own from "./understood.css";

type Question = Report["questions"][number];
type Standing = Report["statuses"][number]["standing"];

/** One way to take something, of which a person chooses one. */
interface Way {
  label: string;
  evidence?: string;
  chosen: boolean;
  choose: () => void;
}

/** How many cells of a column are shown in the table, and with a question. */
const EXAMPLES = 2;
const EVIDENCE = 3;

/** Columns of a file that are offered, at most. */
const COLUMNS = 200;

/** Questions about more than a column: its cells say nothing. */
const ABOUT_MORE: Question["code"][] = ["stray", "pivot"];

/** The role that a question is about. */
const ABOUT: Partial<Record<Question["code"], Role>> = { id: "id", new_ids: "id", one_id: "id", date: "date", amount: "amount", zero_money: "amount" };

/**
 * How files are understood: what each is for, what could be otherwise, what each column is taken for. Everything can be
 * changed here; the files are then read again.
 *
 * @fires customers:ask
 */
export class HourglassCustomersUnderstood extends View<CustomerWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  override render() {
    const report = this.state?.report;
    if (!report || (report.width === 0 && this.state.tables.length === 0)) return nothing;
    const known = report.width > 0;
    return [this.#files(), known ? [this.#questions(report), this.#columns(report), this.#statuses(report), this.#options(report)] : nothing];
  }

  #decide(reading: string) {
    this.ask({ what: "reading", reading });
  }

  #count(n: number) {
    return this.format.value(n, "count");
  }

  /** A column's name, or its number where it has none. @param column from 1 */
  #name(report: Report, column: number) {
    return (report.has_header && report.names[column - 1]) || this.words.preview_nameless({ n: String(column) });
  }

  #rows = (n: number) => this.words.rows_read({ n, shown: this.#count(n) });

  // Files.

  /** Files and sheets that are read together, and lists in JSON. */
  #files() {
    const { state: { tables, lists, reading }, words } = this;
    if (tables.length < 2 && lists.length < 2) return nothing;
    const onPath = (event: Event) => this.#decide(decide(reading, { path: textIn(event) }));
    return html`<section class="part" data-part="files">
      <h3>${words.files_title}</h3>
      ${tables.length < 2 ? nothing : html`<fieldset><legend class="help">${words.files_lede}</legend>
        <ul class="list">${tables.map((table, i) => html`<li>${this.#file(table, i)}</li>`)}</ul></fieldset>`}
      ${lists.length < 2 ? nothing : html`<label class="control"><span>${words.json_list}</span>
        <select data-option="path" @change=${onPath}>
          <option value="" ?selected=${!decided(reading, "path")}>${words.preset_auto}</option>
          ${lists.map(({ path, length }) => html`<option value=${path} ?selected=${path === decided(reading, "path")}>${path} (${this.#count(length)})</option>`)}
        </select></label>`}
    </section>`;
  }

  #file({ name, used, part }: Given, i: number) {
    const { tables } = this.state;
    const onChange = (event: Event) => this.ask({ what: "tables", used: tables.map((table, k) => (k === i ? isTicked(event) : table.used)) });
    const last = used && tables.filter((table) => table.used).length === 1;
    return html`<label class="check"><input type="checkbox" data-table=${i} .checked=${used} ?disabled=${last} @change=${onChange}>
      <span><b dir="auto">${name}</b> <span class="help">${used && part ? this.#use(part) : nothing}</span></span></label>`;
  }

  /** What became of a table. */
  #use({ use, key, rows, repeats, damaged, unpaid, missed, full }: NonNullable<Given["part"]>) {
    const { words } = this;
    const joined = ["customers", "lines", "columns"].includes(use);
    const facts = [
      words[`use_${use}`],
      rows > 0 && this.#rows(rows),
      joined && words.files_key({ column: key }),
      repeats > 0 && words.files_repeats({ n: repeats, shown: this.#count(repeats) }),
      missed > 0 && words.files_missed({ n: missed, shown: this.#count(missed) }),
      damaged + unpaid > 0 && words.file_aside({ n: damaged + unpaid, shown: this.#count(damaged + unpaid) }),
      full && words.files_full,
    ];
    return this.format.row(facts.filter((text) => typeof text === "string"));
  }

  // Questions.

  /** What could be otherwise: asked with the answer in use, never in the way; what was answered can be answered anew. */
  #questions(report: Report) {
    const { words, state: { reading, readingGiven, asked } } = this;
    // The order of dates is asked about before there is an answer, and has its own choice.
    const open = report.questions.map(({ code }) => code);
    const list = asked.filter((q) => q.code !== "date_order" && (open.includes(q.code) || this.#answers(report, q).length > 0))
      .sort((a, b) => wire.question.indexOf(a.code) - wire.question.indexOf(b.code));
    if (list.length === 0 && !reading && !report.missing) return nothing;
    return html`<section class="part questions" aria-labelledby="questions-title">
      <h3 id="questions-title">${list.length > 0 ? words.questions_title : words.reading_title}</h3>
      ${list.some((q) => this.#answers(report, q).length > 0) ? html`<p class="help">${words.questions_lede}</p>` : nothing}
      ${list.length > 0 ? html`<ol>${repeat(list, ({ code }) => code, (q) => html`<li data-question=${q.code}>${this.#question(report, q)}</li>`)}</ol>` : nothing}
      ${report.missing ? html`<p class="note">${words.reading_missing({ column: report.missing })}</p>` : nothing}
      ${reading ? html`<div class="row"><p class="help">${readingGiven ? words.reading_note_model : words.reading_note}</p>
        <button type="button" class="quiet" data-clear @click=${() => this.#decide("")}>${words.reading_clear}</button></div>` : nothing}
    </section>`;
  }

  #question(report: Report, q: Question) {
    const answers = this.#answers(report, q);
    const text = this.#asked(report, q);
    const eg = q.code === "status" ? this.#unknown(report) : q.column > 0 && !ABOUT_MORE.includes(q.code) ? this.#cells(report, q.column, EVIDENCE) : "";
    if (answers.length === 0) return html`<p><b>${text}</b></p>${eg ? html`<p class="evidence"><bdi>${eg}</bdi></p>` : nothing}`;
    return html`<fieldset><legend>${text}</legend>${answers.map(({ label, evidence, chosen, choose }) => html`<label class="check">
      <input type="radio" name=${q.code} .checked=${chosen} @change=${choose}>
      <span>${label}${evidence ? html` <bdi class="evidence">${evidence}</bdi>` : nothing}</span></label>`)}
      ${q.code === "currency" ? this.#rates(report) : nothing}</fieldset>`;
  }

  #asked(report: Report, q: Question) {
    const { words, format } = this;
    const share = format.wholePercent(q.share);
    const column = q.code === "currency" ? report.currency : this.#name(report, q.column);
    // Shopify's Total is what was paid, its Subtotal that before shipping and added tax: help.shopify.com, "Exporting orders".
    if (q.code === "amount" && q.other > 0 && report.preset === "shopify") return words.question_amount_taxed({ column: this.#name(report, q.column), other: this.#name(report, q.other) });
    const { day } = dates(format.locale);
    const says = words[`question_${q.code}`];
    return typeof says === "string" ? says
      : says({ column, other: this.#name(report, q.other), share, text: q.text, n: q.rows, shown: this.#count(q.rows), from: day(q.from), to: day(q.to) });
  }

  /** Ways to take it. */
  #answers(report: Report, q: Question): Way[] {
    const { words, state: { reading, options } } = this;
    const { column, other } = q;
    const name = (at: number) => this.#name(report, at);
    const cells = (at: number) => this.#cells(report, at, EVIDENCE);
    const decision = (changes: Record<string, string>) => () => this.#decide(decide(reading, changes));
    const role = ABOUT[q.code];
    if (role && other > 0) {
      return [column, other].map((at) => ({
        label: words.question_use({ column: name(at) }), evidence: cells(at), chosen: report.columns[role] === at, choose: () => this.#decide(useColumn(reading, report, role, at)),
      }));
    }
    switch (q.code) {
      case "unit_price":
        return [
          { label: `${name(column)} × ${name(other)}`, evidence: this.#products(report, q), chosen: report.columns.quantity > 0, choose: () => this.#decide(useColumn(reading, report, "quantity", other)) },
          { label: words.question_use({ column: name(column) }), evidence: cells(column), chosen: report.columns.quantity === 0, choose: () => this.#decide(useColumn(reading, report, "quantity", null)) },
        ];
      case "outsized": {
        const skipped = decided(reading, "skip") !== "";
        return [
          { label: words.question_keep, chosen: !skipped, choose: decision({ skip: "" }) },
          { label: words.question_skip({ n: q.rows, shown: this.#count(q.rows) }), chosen: skipped, choose: decision({ skip: "outsized" }) },
        ];
      }
      case "top_customer": {
        const others = (options.skip ?? []).filter((id) => id !== q.text);
        const skip = (ids: string[]) => () => this.ask({ what: "options", options: { ...options, skip: ids } });
        const skipped = others.length < (options.skip ?? []).length;
        return [{ label: words.question_keep, chosen: !skipped, choose: skip(others) }, { label: words.question_leave, chosen: skipped, choose: skip([...others, q.text]) }];
      }
      case "currency": {
        const converted = other > 0 && report.columns.amount === other;
        const codes = [...report.currencies].sort((a, b) => b.rows - a.rows).map(({ code, rows }) => ({
          label: words.ask_currency_rows({ code, n: rows, shown: this.#count(rows) }), chosen: !converted && code === report.currency, choose: decision({ currency: code, column_amount: "", column_currency: "" }),
        }));
        const use = () => this.#decide(useColumn(useColumn(reading, report, "amount", other), report, "currency", null));
        return other > 0 ? [...codes, { label: words.question_use({ column: name(other) }), evidence: cells(other), chosen: converted, choose: use }] : codes;
      }
    }
    return [];
  }

  /** Rows in other currencies are converted by rates that are typed in. */
  #rates(report: Report) {
    const { reading } = this.state;
    const others = report.currencies.filter(({ code }) => code !== report.currency);
    const onChange = (code: string) => (event: Event) => {
      const value = textIn(event);
      this.#decide(decide(reading, { currency: report.currency, [`rate_${code}`]: Number(value) > 0 ? value : "" }));
    };
    return others.map(({ code }) => html`<label class="rate" dir="ltr"><span>1 ${code} =</span>
      <input inputmode="decimal" data-rate=${code} .value=${decided(reading, `rate_${code}`)} @change=${onChange(code)}> ${report.currency}</label>`);
  }

  /** Cells of a column, those of the first rows. */
  #cells(report: Report, column: number, n: number) {
    return this.format.row(report.preview.map((cells) => cells[column - 1]).filter(Boolean).slice(0, n).map(masked));
  }

  /** Different cells of a column. */
  #examples(report: Report, column: number) {
    const texts = new Set(report.preview.map((cells) => cells[column - 1]).filter(Boolean).map(masked));
    return this.format.row([...texts].slice(0, EXAMPLES));
  }

  /** The values of which nobody knows what they mean. */
  #unknown({ statuses }: Report) {
    return this.format.row(statuses.filter(({ standing }) => standing === "unknown").slice(0, EVIDENCE).map(({ text, rows }) => this.format.counted(text, this.#count(rows))));
  }

  #products(report: Report, { column, other }: Question) {
    return this.format.row(report.preview.slice(0, EVIDENCE).map((cells) => `${cells[column - 1] ?? ""} × ${cells[other - 1] ?? ""}`));
  }

  // Columns.

  /** What each column is taken for, with examples and what was found in it; those that are not used behind a fold. */
  #columns(report: Report) {
    const { words } = this;
    const all = Array.from({ length: Math.min(COLUMNS, report.width) }, (_, i) => i + 1);
    const roles = wire.role.map((role) => report.columns[role]);
    const used = all.filter((column) => roles.includes(column)).sort((a, b) => roles.indexOf(a) - roles.indexOf(b));
    // A table of months is read in all its months, of which the first stands for the day and the amount.
    const months = report.questions.find(({ code }) => code === "pivot");
    const isMonth = (column: number) => !!months && column >= months.column && column <= months.other;
    const others = all.filter((column) => !roles.includes(column) && !isMonth(column));
    const unused = others.length + Math.max(0, report.width - COLUMNS);
    const rows = (list: number[]) => list.map((column) => html`<tr>
      <th scope="row"><code dir="auto">${this.#name(report, column)}</code></th>
      <td>${this.#role(report, column)}</td>
      <td class="eg"><bdi>${this.#examples(report, column)}</bdi></td>
      <td class="saw">${this.#saw(report, column)}</td>
    </tr>`);
    const table = (list: number[]) => html`<table class="taken">
      <thead><tr><th scope="col">${words.understood_column}</th><th scope="col">${words.understood_role}</th>
        <th scope="col">${words.understood_examples}</th><th scope="col">${words.understood_saw}</th></tr></thead>
      <tbody>${rows(list)}</tbody>
    </table>`;
    return html`<section class="part">
      <h3>${words.preview_title}</h3>
      <p class="help">${words.preview_lede} ${words.understood_used({ used: this.#count(report.width - unused), all: this.#count(report.width) })}</p>
      ${used.length ? table(used) : nothing}
      ${others.length ? html`<details ?open=${used.length < 2}><summary>${words.understood_others}</summary>${table(others)}</details>` : nothing}
    </section>`;
  }

  #role(report: Report, column: number) {
    const { words, state: { reading } } = this;
    const now = wire.role.find((role) => report.columns[role] === column);
    const onChange = (event: Event) => this.#decide(takeColumn(reading, report, column, wire.role.find((role) => role === textIn(event)) ?? ""));
    return html`<select aria-label=${words.preview_column({ column: this.#name(report, column) })} data-column=${column} ?data-used=${now} @change=${onChange}>
      <option value="" ?selected=${!now}>${words.role_none}</option>
      ${wire.role.map((role) => html`<option value=${role} ?selected=${role === now}>${words[`role_${role}`]}</option>`)}
    </select>`;
  }

  /** What was found in a column, in figures. */
  #saw(report: Report, column: number) {
    const { words, format } = this;
    const taken = wire.role.filter((role) => report.columns[role] === column);
    const counts = (list: { text: string, rows: number }[]) => format.facts(list.slice(0, 3).map(({ text, rows }) => format.counted(text, this.#count(rows))));
    const statuses = (role: Role) => counts(report.statuses.filter((status) => status.role === role));
    const of: Partial<Record<Role, string>> = {
      id: report.customers > 0 ? format.titled(words.data_customers, this.#count(report.customers)) : "",
      date: report.date_parts[0] > 0 ? format.row([column, ...report.date_parts].filter(Boolean).map((at) => this.#name(report, at))) : report.date_order === "auto" ? words.data_dates_not_needed : words[`date_order_${report.date_order}`],
      amount: format.row([
        report.spend !== 0 ? format.titled(words.data_spend, format.money(report.spend, true)) : "",
        report.scale !== 1 ? words.understood_scale({ n: format.value(report.scale, "number") }) : "",
      ].filter(Boolean)),
      order: report.orders > 0 ? format.titled(words.data_orders, this.#count(report.orders)) : "",
      status: statuses("status"),
      type: statuses("type"),
      currency: counts(report.currencies.map(({ code, rows }) => ({ text: code, rows }))),
      refunded: report.refunded_amount > 0 ? format.titled(words.data_refunded_amount, format.money(report.refunded_amount, true)) : "",
      email: report.fallback.email > 0 ? this.#rows(report.fallback.email) : "",
      phone: report.fallback.phone > 0 ? this.#rows(report.fallback.phone) : "",
      name: report.fallback.name > 0 ? this.#rows(report.fallback.name) : "",
    };
    return format.row(taken.map((role) => of[role] ?? ""));
  }

  /** The values of the status and type columns, with their rows and how each was taken. A tick makes rows orders. */
  #statuses(report: Report) {
    const { words, state: { reading } } = this;
    if (report.statuses.length === 0) return nothing;
    const onChange = (text: string, standing: Standing) => (event: Event) => {
      this.#decide(takeStatus(reading, text, isTicked(event) ? "paid" : standing === "paid" ? "cancelled" : standing));
    };
    return html`<section class="part"><fieldset class="statuses"><legend>${words.status_title}</legend>
      <p class="help">${words.status_lede}</p>
      <ul class="list">${report.statuses.map(({ text, rows, standing }) => html`<li><label class="check">
        <input type="checkbox" data-status=${text} .checked=${standing === "paid"} @change=${onChange(text, standing)}>
        <span><b dir="auto">${text}</b> ${words.status_rows({ n: rows, shown: this.#count(rows) })} <span class="help">${words[`standing_${standing}`]}</span></span>
      </label></li>`)}</ul>
    </fieldset></section>`;
  }

  // What else may have been guessed wrong.

  #options(report: Report) {
    const { words, format, state: { options, reading } } = this;
    /** @param given the choice in force @param now what holds, told with the page's own guess, which comes first */
    const choice = (label: string, name: string, given: string, now: string, choices: [value: string, text: string][], change: (value: string) => void) =>
      html`<label class="control"><span>${label}</span>
        <select data-option=${name} @change=${(event: Event) => change(textIn(event))}>
          ${choices.map(([value, text], i) => html`<option value=${value} ?selected=${value === given}>${i === 0 && now ? format.titled(text, now) : text}</option>`)}
        </select></label>`;
    const ofReading = (label: string, name: string, now: string, choices: [string, string][]) =>
      choice(label, name, decided(reading, name) || choices[0][0], now, choices, (value) => this.#decide(decide(reading, { [name]: value })));
    const ofFile = (label: string, name: "preset" | "header", now: string, choices: [string, string][]) =>
      choice(label, name, String(options[name] ?? choices[0][0]), now, choices, (value) => this.ask({ what: "options", options: { ...options, [name]: value } }));
    const found = report.date_order === "auto" ? "" : words[`date_order_${report.date_order}`];
    const known = report.preset === "auto" || report.preset === "none" ? "" : words[`preset_${report.preset}`];
    const codes = report.currencies.map(({ code }): [string, string] => [code, code]);
    return html`<section class="part"><h3>${words.options_title}</h3><div class="options">
      ${ofFile(words.preset, "preset", known, wire.preset.map((p) => [p, words[`preset_${p}`]]))}
      ${ofReading(words.date_order, "date_order", found, [["", words.date_order_auto], ["day_first", words.date_order_day_first], ["month_first", words.date_order_month_first]])}
      ${ofReading(words.decimal, "decimal", report.decimal === "," ? words.decimal_comma : words.decimal_point, [["", words.decimal_auto], [".", words.decimal_point], [",", words.decimal_comma]])}
      ${ofFile(words.header, "header", report.has_header ? words.header_present : words.header_absent, [["auto", words.header_auto], ["present", words.header_present], ["absent", words.header_absent]])}
      ${ofReading(words.refunds, "refunds", "", [["", words.refunds_net_earlier], ["net_same_day", words.refunds_net_same_day], ["drop", words.refunds_drop]])}
      ${ofReading(words.keep_unpaid, "keep", "", [["", words.keep_unpaid_no], ["unpaid", words.keep_unpaid_yes]])}
      ${decided(reading, "gift_cards") || report.set_aside.some(({ reason }) => reason === "gift_card") ? ofReading(words.gift_cards, "gift_cards", "", [["", words.gift_cards_skip], ["keep", words.gift_cards_keep]]) : nothing}
      ${codes.length > 1 ? ofReading(words.data_currency, "currency", report.currency, [["", words.preset_auto], ...codes]) : nothing}
      ${decided(reading, "skip") ? ofReading(words.outsized, "skip", "", [["", words.question_keep], ["outsized", words.question_leave]]) : nothing}
    </div></section>`;
  }
}
customElements.define("hourglass-customers-understood", HourglassCustomersUnderstood);

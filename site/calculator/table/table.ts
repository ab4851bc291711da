/** A table input: rows with names, typed as in a sheet or pasted from one. A part of its own, loaded where a calculation has one. */

import { LitElement, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { Shown } from "../shown.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import { define } from "../../base/define.ts";
import { textIn } from "../../base/events.ts";
import type { Figure, Figures } from "../../base/figures.ts";
import { NOT_A_NUMBER, type Notice, sentenceOf } from "../../base/notices.ts";
import words from "../../messages/table.gen.mjs";
import look from "../../styles/table.css";
import { pooled } from "./cohorts.ts";
import { type Column, type Pasted, isTable, readCell, readPaste, upright } from "./paste.ts";

export { words };

export type Words = typeof words.en;

/** The look of a table. */
export const style = new CSSStyleSheet();
style.replaceSync(look);

/** From more columns on than these they are narrower. */
const MANY = 9;

/** How many steps back there are. */
const MAX_PAST = 50;

/** The place of a cell: its row, and the name of its column. */
type Place = { row: number, column: string };

/**
 * A table of rows with names. What is typed goes into the cell, Enter goes down, Tab on, arrows as in a sheet; a paste fills
 * from the cell on. It renders into the calculator's own tree.
 */
export class HourglassTable extends LitElement {
  @property({ attribute: false }) field!: Field;
  @property({ attribute: false }) shown!: Shown;
  @property({ attribute: false }) words: Words = words.en;
  /** Whether its cells can only be read. */ @property({ attribute: false }) locked = false;
  /** A row that has no figure yet, which the engine does not get. */ @state() begun: Figures | null = null;
  /** What is being typed. */ @state() draft: (Place & { text: string }) | null = null;
  /** The row that the focus is in. */ @state() within: number | null = null;
  /** The row that is open, where there is room for one. */ @state() open: number | null = null;
  /** Columns that were asked for. */ @state() asked: string[] = [];
  /** Whether the box to paste into is open. */ @state() pasting = false;
  /** What came of the last paste. */ @state() said: string[] = [];
  past: Figures[][] = [];
  /** How many rows there were. */ count = Infinity;
  /** Where the focus goes after the next update. */ next: Place | null = null;

  override createRenderRoot() {
    return this;
  }

  override focus() {
    this.querySelector<HTMLElement>("input")?.focus();
  }

  /** The lists that are its columns; none of a list of rows. */
  get #lists(): Field[] {
    const { field } = this;
    return field.table ? [field, ...this.shown.calculation.inputs.filter((f) => f.name === field.beside)] : [];
  }

  /** The rows as they stand; none where the address has something else. */
  get #value(): Figures[] {
    const { input } = this.shown;
    const listOf = (name: string): Figure[] => (Array.isArray(input[name]) ? input[name] : []);
    if (!this.field.table) return listOf(this.field.name);
    const lists = this.#lists.map(({ name }) => ({ name, list: listOf(name) }));
    const length = Math.max(...lists.map(({ list }) => list.length));
    return Array.from({ length }, (_, i) => Object.fromEntries(lists.map(({ name, list }) => [name, list[i] ?? null])));
  }

  get #rows() {
    return this.begun ? [...this.#value, this.begun] : this.#value;
  }

  get #most() {
    return this.field.maxItems ?? Infinity;
  }

  get #columns(): Column[] {
    const name: Column = { name: "name", title: this.field.row ?? "", kind: "name" };
    const numbers = (fields: Field[]) => fields.map((field): Column => ({ name: field.name, title: field.title, kind: "number", field }));
    return this.field.table ? numbers(this.#lists) : [name, ...numbers(this.field.fields ?? [])];
  }

  /** The column that a row begins with. */
  get #first() {
    return this.#columns[0].name;
  }

  /** The columns that are seen: those that may be left out, once they have a figure or were asked for. */
  get #seen() {
    const start = Object.entries(this.shown.scenario.start ?? {}).find(([name]) => name === this.field.name)?.[1] ?? [];
    const used = (name: string) => [...start, ...this.#rows].some((row: Figures) => row[name] != null);
    return this.#columns.filter(({ name, field }) => !field?.optional || used(name) || this.asked.includes(name));
  }

  /** @param remember whether it can be undone */
  #change(rows: Figures[], remember: boolean) {
    if (remember) this.past = [...this.past, this.#value].slice(-MAX_PAST);
    const names = this.#columns.map((c) => c.name);
    // In the order of the columns, so that a link reads like the table.
    const ordered = rows.map((row) => Object.fromEntries(names.filter((name) => row[name] != null).map((name) => [name, row[name]])));
    const changed = this.field.table ? Object.fromEntries(names.map((name) => [name, ordered.map((row) => plain(row[name]))])) : { [this.field.name]: ordered };
    this.shown.change({ ...this.shown.input, ...changed }, this.field.name, true);
  }

  #undo() {
    const before = this.past.at(-1);
    if (!before) return;
    this.past = this.past.slice(0, -1);
    this.said = [];
    this.begun = null;
    this.#change(before, false);
  }

  override willUpdate() {
    // The row that was begun is among the others once they have come back; until then it stays, and with it the focus.
    const count = this.#value.length;
    if (count > this.count) this.begun = null;
    this.count = count;
    // A paste that went back, or a link: what was typed is another's.
    if (this.draft && this.draft.row >= this.#rows.length) this.draft = null;
  }

  override updated() {
    const { next } = this;
    if (!next) return;
    this.next = null;
    const cell = this.#cell(next);
    cell?.focus();
    cell?.select();
  }

  #cell({ row, column }: Place) {
    return this.querySelector<HTMLInputElement>(`input[data-row="${row}"][data-column="${column}"]`);
  }

  override render() {
    const { field, words } = this;
    const rows = this.#rows;
    const columns = this.#seen;
    const loose = this.#problems.filter((p) => !p.field.includes("/"));
    return html`<section class="table-input" part="field" ?data-pair=${Boolean(field.table)} ?data-many=${columns.length > MANY} aria-labelledby="table-${field.name}" data-of=${field.name} tabindex="-1" @paste=${this.#onPaste} @keydown=${this.#onKey} @focusout=${this.#onLeave}>
      <h2 id="table-${field.name}">${field.table ?? field.title}</h2>
      ${field.help ? html`<p class="help">${field.help}</p>` : nothing}
      ${loose.map((p) => html`<p class="problem" part="problem">${this.#says(p)}</p>`)}
      <table role="table" aria-labelledby="table-${field.name}" aria-describedby="table-${field.name}-keys">
        <thead role="rowgroup"><tr role="row">${columns.map((c) => this.#heading(c))}<td role="cell"></td></tr></thead>
        <tbody role="rowgroup">${rows.map((row, i) => this.#row(row, i, columns))}</tbody>
        <tfoot role="rowgroup">${this.#sums(columns)}</tfoot>
      </table>
      <p class="unseen" id="table-${field.name}-keys">${words.keys}</p>
      ${this.locked ? nothing : this.#actions(rows.length, columns)}
      ${this.pasting ? this.#box() : nothing}
      <div class="pasted" role="status">${this.said.map((text) => html`<p>${text}</p>`)}</div>
    </section>`;
  }

  #actions(count: number, columns: Column[]) {
    const { words } = this;
    return html`<div class="table-actions">
        ${count < this.#most ? html`<button type="button" class="add-row" @click=${this.#onAdd}>${words.addRow}</button>` : nothing}
        <button type="button" class="quiet" aria-expanded=${this.pasting} @click=${this.#onPasting}>${words.paste}</button>
        ${this.#columns.filter((c) => !columns.some((seen) => seen.name === c.name)).map((c) => html`<button type="button" class="quiet" @click=${() => this.#ask(c)}>${words.addColumn({ column: c.title })}</button>`)}
        ${this.past.length ? html`<button type="button" class="quiet" @click=${this.#undo}>${words.undo}</button>` : nothing}
      </div>`;
  }

  #heading({ title, field, kind }: Column) {
    const { before, after } = this.shown.format.beside(field?.unit);
    const unit = before || after;
    return html`<th role="columnheader" scope="col" class=${kind}>${title}${unit && kind === "number" ? html` <span class="unit">${unit}</span>` : nothing}</th>`;
  }

  /** What a row is called. */
  #nameOf(row: Figures, i: number) {
    return row.name ? String(row.name) : this.words.rowNumber({ n: this.shown.format.value(i + 1, "count") });
  }

  #row(row: Figures, i: number, columns: Column[]) {
    const { words } = this;
    const name = this.#nameOf(row, i);
    const problems = this.#problemsOf(i, row);
    const open = this.open === i;
    return html`<tr role="row" ?data-open=${open} ?data-problem=${problems.length > 0}>
        ${columns.map((c) => this.#field(row, i, c, problems))}
        <td role="cell" class="row-line">
          <b>${name}</b>
          <button type="button" class="quiet" aria-expanded=${open} aria-label=${open ? words.closeRow({ name }) : words.editRow({ name })} @click=${() => this.#onOpen(i)}>${open ? words.done : words.edit}</button>
          <span class="what">${this.#line(row, columns)}</span>
        </td>
        <td role="cell" class="row-end">
          ${this.locked ? nothing : html`<button type="button" class="clear" aria-label=${words.removeRow({ name })} @click=${() => this.#remove(i)}>
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg><span class="remove-word">${words.remove}</span>
          </button>`}
        </td>
      </tr>
      ${problems.length ? html`<tr role="row" class="row-problems"><td role="cell" colspan=${columns.length + 2} id=${this.#problemId(i)}>${problems.map((p) => html`<p class="problem" part="problem">${this.#says(p)}</p>`)}</td></tr>` : nothing}`;
  }

  #problemId = (i: number) => `table-${this.field.name}-${i}-problem`;

  #field(row: Figures, i: number, column: Column, problems: Notice[]) {
    const { name, title, kind, field } = column;
    const wrong = problems.some((p) => p.field.endsWith(`/${name}`));
    const { draft } = this;
    const text = draft?.row === i && draft.column === name ? draft.text : this.#text(row[name], column);
    return html`<td role=${kind === "name" ? "rowheader" : "cell"} class=${kind} data-title=${title} ?data-problem=${wrong}>
      <input type="text" part="input" data-row=${i} data-column=${name} inputmode=${kind === "name" ? "text" : "decimal"} dir=${kind === "name" ? "auto" : "ltr"}
        autocomplete="off" spellcheck="false" ?readonly=${this.locked} .value=${live(text)} placeholder=${field?.optional ? this.shown.words.optional : nothing}
        aria-label=${this.words.cell({ column: title, row: this.#nameOf(row, i) })} aria-invalid=${wrong || nothing} aria-describedby=${wrong ? this.#problemId(i) : nothing}
        @input=${(e: InputEvent) => this.#onTyping(i, column, textIn(e))} @focus=${() => this.#onFocus(i)} @blur=${() => (this.draft = null)} />
    </td>`;
  }

  /** A figure as it stands in its cell. */
  #text(value: Figure, { field }: Column) {
    if (value == null) return "";
    return typeof value === "number" ? this.shown.format.typed(value, field?.unit) : String(value);
  }

  /** A row in a line: its figures in their units. */
  #line(row: Figures, columns: Column[]) {
    const { format, words } = this.shown;
    return format.row(columns.filter((c) => c.kind === "number" && row[c.name] != null).map((c) => {
      const value = row[c.name];
      return typeof value !== "number" ? String(value) : format.titled(c.title, format.value(value, c.field?.unit, true));
    })) || words.optional;
  }

  /** What costs and counts, added up. */
  #sums(columns: Column[]) {
    const { format } = this.shown;
    const rows = this.#value;
    const adds = ({ field }: Column) => field?.adds;
    const sum = ({ name, field }: Column) => format.value(rows.reduce((n, row) => n + (typeof row[name] === "number" ? row[name] : 0), 0), field?.unit, true);
    if (rows.length < 2 || !columns.some(adds)) return nothing;
    return html`<tr role="row">
      ${columns.map((c) => (c.kind === "name" ? html`<th role="rowheader" scope="row" class="name">${this.words.total}</th>` : html`<td role="cell" class="number" data-title=${c.title}>${adds(c) ? sum(c) : nothing}</td>`))}<td role="cell" class="row-end"></td>
    </tr>`;
  }

  get #problems() {
    const lists = this.#lists.map((f) => f.name);
    const own = lists.length ? lists : [this.field.name];
    return this.shown.problems.filter((p) => own.includes(p.field.split("/")[0]) && p.code !== NOT_A_NUMBER).map((p) => {
      // An element of a list is the cell of a row.
      const [name, row] = p.field.split("/");
      return lists.length && row !== undefined ? { ...p, field: `${this.field.name}/${row}/${name}` } : p;
    });
  }

  /** The problems of a row; a figure that is still to be typed is none while the focus is in the row. */
  #problemsOf(i: number, row: Figures): Notice[] {
    if (this.begun && i === this.#value.length) return [];
    const typed = this.#columns.filter((c) => c.kind === "number" && typeof row[c.name] === "string").map((c) => ({ code: NOT_A_NUMBER, field: `${this.field.name}/${i}/${c.name}`, limit: 0 }));
    const own = this.#problems.filter((p) => p.field.split("/")[1] === String(i));
    return [...typed, ...own].filter((p) => p.code !== "required" || this.within !== i);
  }

  /** A problem with its column's name, where it has one. */
  #says(p: Notice) {
    const { format, words } = this.shown;
    const inner = this.#columns.find((c) => c.name === p.field.split("/")[2])?.field;
    return inner ? sentenceOf({ ...p, field: inner.name }, [inner], format, words) : sentenceOf(p, [this.field, ...this.#lists], format, words);
  }

  #box() {
    const { words } = this;
    const onFill = () => {
      const text = this.querySelector("textarea")?.value ?? "";
      if (!this.#fillCohorts(text)) this.#fill(readPaste(this.#upright(text), this.#columns, this.#most, this.shown.format), 0, true);
    };
    return html`<div class="paste-box">
      <label for="table-paste">${words.pasteHere}</label>
      <textarea id="table-paste" rows="6" spellcheck="false" dir="auto"></textarea>
      <button type="button" class="add-row" @click=${onFill}>${words.fill}</button>
    </div>`;
  }

  #onPasting() {
    this.pasting = !this.pasting;
    if (this.pasting) this.updateComplete.then(() => this.querySelector("textarea")?.focus());
  }

  #upright = (text: string) => (this.field.table ? upright(text) : text);

  /** @param at the row to begin with @param whole whether it takes the place of all rows */
  #fill(pasted: Pasted, at: number, whole: boolean) {
    this.said = this.#tell(pasted);
    if (pasted.rows.length === 0) return;
    const before = whole ? [] : this.#value;
    const rows = [...before.slice(0, at), ...pasted.rows.map((row, k) => ({ ...before[at + k], ...row })), ...before.slice(at + pasted.rows.length)];
    this.pasting = false;
    this.begun = null;
    this.draft = null;
    this.within = null;
    this.#change(rows, true);
  }

  /** Fills a table by tenure from a cohort table, which takes the place of all rows; false where the text is none. */
  #fillCohorts(text: string) {
    const found = this.#columns.some((c) => c.name === "at_risk") ? pooled(text, this.shown.format) : null;
    if (!found) return false;
    const { words } = this;
    const { format } = this.shown;
    const count = (n: number) => format.value(n, "count");
    const counted = { n: found.cohorts, shown: count(found.cohorts) };
    // Each cohort keeps its rows where it is to have a curve of its own, as far as there is room for them.
    const apart = this.shown.input.cohort_curves === "by_cohort" && found.apart.length <= this.#most;
    const rows = apart ? found.apart : found.rows;
    this.said = [rows.length === 0 ? words.cohortShares : apart ? words.cohortsKept(counted) : words.cohortsTaken(counted)];
    const over = rows.length - this.#most;
    if (over > 0) this.said.push(words.leftRows({ n: over, shown: count(over), most: count(this.#most) }));
    if (rows.length === 0) return true;
    this.pasting = false;
    this.begun = null;
    this.draft = null;
    this.within = null;
    this.#change(rows.slice(0, this.#most), true);
    return true;
  }

  /** What was taken and what was not, in sentences. */
  #tell({ rows, columns, left, total, over, bad, fractions }: Pasted) {
    const { words } = this;
    const { format } = this.shown;
    const count = (n: number) => format.value(n, "count");
    if (rows.length === 0) return [words.nothingTaken];
    return [
      words.taken({ n: rows.length, shown: count(rows.length), columns: format.list(columns.map((c) => c.title)) }),
      ...fractions.map(({ title, from }) => words.asFraction({ column: title, from: format.plain(from), to: format.percent(from) })),
      left.length ? words.leftColumns({ n: left.length, columns: format.list(left) }) : "",
      total ? words.leftTotal : "",
      over ? words.leftRows({ n: over, shown: count(over), most: count(this.#most) }) : "",
      bad ? words.badCells({ n: bad, shown: count(bad) }) : "",
    ].filter(Boolean);
  }

  #onPaste(event: ClipboardEvent) {
    const cell = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!(cell instanceof HTMLInputElement) || !isTable(text) || this.locked) return;
    event.preventDefault();
    if (this.#fillCohorts(text)) return;
    const { row, column = "" } = cell.dataset;
    const at = Number(row);
    const columns = this.#seen;
    const from = columns.slice(columns.findIndex((c) => c.name === column));
    // A heading names its columns, wherever the paste begins; without one it fills from the cell on.
    this.#fill(readPaste(this.#upright(text), from.length === columns.length ? this.#columnsInOrder(columns) : from, this.#most - at, this.shown.format), at, false);
  }

  /** All columns, those that are seen first. */
  #columnsInOrder(seen: Column[]) {
    return [...seen, ...this.#columns.filter((c) => !seen.some((s) => s.name === c.name))];
  }

  #onTyping(i: number, column: Column, text: string) {
    this.draft = { row: i, column: column.name, text };
    this.said = [];
    const value = column.kind === "name" ? text || null : readCell(text, column, this.shown.format);
    const rows = this.#value;
    const { [column.name]: _, ...others } = i < rows.length ? rows[i] : (this.begun ?? {});
    const row = value === null ? others : { ...others, [column.name]: value };
    if (i < rows.length) return this.#change(rows.with(i, row), false);
    if (Object.keys(row).some((name) => name !== "name")) this.#change([...rows, row], true);
    else this.begun = row;
  }

  #onFocus(i: number) {
    this.within = i;
  }

  /** Whether the focus has left the table's rows; the problems of a row show when it has. */
  #onLeave(event: FocusEvent) {
    const to = event.relatedTarget;
    if (!(to instanceof HTMLElement) || !this.contains(to) || to.dataset.row === undefined) this.within = null;
  }

  #onAdd() {
    this.begun ??= {};
    const row = this.#value.length;
    this.open = row;
    this.next = { row, column: this.#first };
    this.requestUpdate();
  }

  #ask({ name }: Column) {
    this.asked = [...this.asked, name];
    this.next = { row: 0, column: name };
  }

  #onOpen(i: number) {
    this.open = this.open === i ? null : i;
  }

  #remove(i: number) {
    const rows = this.#value;
    this.open = null;
    this.said = [];
    if (i >= rows.length) this.begun = null;
    else this.#change(rows.toSpliced(i, 1), true);
    this.next = { row: Math.max(0, i - 1), column: this.#first };
    this.requestUpdate();
  }

  #onKey(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && this.draft === null && this.past.length) {
      event.preventDefault();
      return this.#undo();
    }
    const cell = event.target;
    if (!(cell instanceof HTMLInputElement) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = this.#target(event.key, event.shiftKey, cell);
    if (!to) return;
    event.preventDefault();
    if (to.row < 0) return;
    if (to.row >= this.#rows.length) {
      if (event.key !== "Enter" || this.begun || this.locked || this.#rows.length >= this.#most) return;
      this.begun = {};
      this.open = to.row;
    }
    this.next = to;
    this.requestUpdate();
  }

  /** Where a key leads from a cell: Enter and the arrows up and down to the row beside, the others at the end of the text to the column beside. */
  #target(key: string, back: boolean, cell: HTMLInputElement): Place | null {
    const row = Number(cell.dataset.row);
    const { column = "" } = cell.dataset;
    const by = { Enter: back ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key];
    if (by !== undefined) return { row: row + by, column };
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const { selectionStart: from, selectionEnd: to, value } = cell;
    const whole = from === 0 && to === value.length;
    if (aside === undefined || back || !(whole || (from === to && from === (aside < 0 ? 0 : value.length)))) return null;
    const columns = this.#seen;
    const forth = this.matches(":dir(rtl)") ? -aside : aside;
    const next = columns[columns.findIndex((c) => c.name === column) + forth];
    return next ? { row, column: next.name } : null;
  }
}

/** A figure of a list, in which a comma would part two in an address; null where there is none. */
const plain = (value: Figure) => (typeof value === "string" ? value.replaceAll(",", " ") : (value ?? null));

define("hourglass-table", HourglassTable);

/** @param locked whether its cells can only be read */
export function table(shown: Shown, field: Field, words: Words, locked: boolean) {
  return html`<hourglass-table data-name=${field.name} .field=${field} .shown=${shown} .words=${words} .locked=${locked}></hourglass-table>`;
}

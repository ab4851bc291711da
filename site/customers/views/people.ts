import { type PropertyValues, html, nothing, unsafeCSS } from "lit";
import { keysOf, part, required } from "../../base/certain.ts";
import { inputOf, textIn } from "../../base/events.ts";
import { state } from "lit/decorators.js";
import { words as wire } from "../../engine/customers.gen.mjs";
import common from "../../styles/customers.css";
import { breath, customersCsv } from "../csv.ts";
import { type Filter, type Range, type Ranged, type Sort, isOpen, selecting, sumOf } from "../rows.ts";
import { nameOf, save } from "../save.ts";
import { type Shown, filterOf, showOf, showText } from "../settings.ts";
import { type Person, type Table, known } from "../state.ts";
import { View } from "../view.ts";
import type { PeopleWords } from "../words.ts";
import { type Draw, type Name, COLUMNS, drawer, NARROW, NARROW_RANKED, titleOf } from "./people-columns.ts";
import { HourglassPeopleGrid } from "./people-grid.ts";
import own from "./people.css";
import "./person.ts";

type Wanted = { table: Table, sort: Sort, show: string, text: string };
type Selection = { table: Table, sort: Sort, order: Uint32Array, rows: Uint32Array, worth: number };

/** How long the page may be busy without a pause, in milliseconds: with the piece that ends it, less than 50. */
const BURST_MS = 35;

/** Below this width, in pixels, the table has three columns. */
const NARROW_BELOW = 640;

const DAY = 86_400_000;

/** What ranges are typed as. */
const RANGES: Record<Ranged, "share" | "money" | "count" | "date"> = { p_alive: "share", clv: "money", orders: "count", last_day: "date" };

/** The customers: all of them in a table, or one of them. */
export class HourglassCustomersPeople extends View<PeopleWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** What is searched for: the rest of the filter stands in the settings. */ @state() text = "";
  @state() sort: Sort = { column: "rank", descending: false };
  @state() chosen = new Set(COLUMNS.filter((c) => c.chosen).map((c) => c.name));
  @state() narrow = false;
  /** Of the file that is being made. */ @state() share: number | null = null;
  resized = new ResizeObserver(([entry]) => (this.narrow = entry.contentRect.width < NARROW_BELOW));
  /** The customers to show, once they are known. */ @state() selected: Selection | null = null;
  /** The selection that was begun last. */ wanted: Wanted | null = null;
  closing = (event: Event) => this.#closePanels(event.composedPath());

  override connectedCallback() {
    super.connectedCallback();
    this.resized.observe(this);
    document.addEventListener("pointerdown", this.closing);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
    document.removeEventListener("pointerdown", this.closing);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!this.state.table || !(["state", "text", "sort"] as const).some((name) => changed.has(name))) return;
    const { table, settings: { show } } = this.state;
    const wanted = { table, sort: this.sort, show, text: this.text };
    if (this.wanted && isSame(this.wanted, wanted)) return;
    this.wanted = wanted;
    this.#select(wanted);
  }

  /** Selects customers in one go where that is quick, else in pieces between which the page answers. */
  async #select(wanted: Wanted) {
    const { table, sort } = wanted;
    const last = this.selected;
    const known = last && last.table === table && last.sort === sort ? last.order : null;
    const steps = selecting(table, sort, this.#filter, known);
    let began = performance.now();
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        // What is drawn of it is a task of its own.
        if (performance.now() - began > BURST_MS / 4) await breath();
        if (this.wanted !== wanted) return;
        const rows = step.value.rows.subarray(0, this.#shown.top ?? undefined);
        return void (this.selected = { table, sort, worth: sumOf(this.#worthOf(table), rows), order: step.value.order, rows });
      }
      if (performance.now() - began < BURST_MS) continue;
      await breath();
      if (this.wanted !== wanted) return;
      began = performance.now();
    }
  }

  /** What a selection is worth together: money, or orders where no amounts are known. */
  #worthOf({ columns }: Table) {
    return this.hasMoney ? columns.clv : columns.expected_orders;
  }

  override updated(changed: PropertyValues<this>) {
    const before = changed.get("state");
    if (before?.person && !this.state.person) this.#backTo(before.person.row);
  }

  /** Returns to the table, at the customer who was open. */
  async #backTo(row: number) {
    const grid = this.#grid;
    await grid.updateComplete;
    const index = this.selected?.rows.indexOf(row) ?? -1;
    grid.focusRow(index < 0 ? undefined : index);
  }

  get #grid() {
    return part(this.renderRoot, "hourglass-people-grid", HourglassPeopleGrid);
  }

  override render() {
    const { state, format, words, segmentWords } = this;
    const { selected } = this;
    // Rows of a table with other customers mean nothing in this one; with other figures they do until they are sorted anew.
    if (!state.table || !selected || selected.table.length !== state.table.length) return nothing;
    const draw = drawer(state, format, words, segmentWords);
    const { rows } = selected;
    return html`
      ${state.person ? this.#person(draw, selected, state.person) : nothing}
      <section class="list" ?hidden=${state.person !== null} aria-label=${words.title}>
        <header><h2>${words.title}</h2><p class="lede">${words.lede({ horizon: draw.horizon })}</p></header>
        ${this.tooLittle()}
        ${this.#tools(draw)}
        ${this.#summary(draw, selected)}
        <hourglass-people-grid ?hidden=${rows.length === 0} .state=${state} .words=${words} .draw=${draw} .rows=${rows}
          .columns=${this.#columns} .sort=${this.sort} .narrow=${this.narrow} .name=${words.table({ sorted: this.#saySort(this.sort) })}
          @people:sort=${(e: CustomEvent<Name>) => this.#sortBy(e.detail)}
          @people:open=${(e: CustomEvent<number>) => this.ask({ what: "person", row: e.detail })}></hourglass-people-grid>
        ${rows.length === 0 ? html`<p class="none">${words.none_shown}</p>` : nothing}
      </section>
    `;
  }

  get #known() {
    return COLUMNS.filter((c) => (!c.money || this.hasMoney) && !(c.ahead && this.rankedOnly));
  }

  get #columns() {
    const known = this.#known;
    const narrow = this.rankedOnly ? NARROW_RANKED : NARROW;
    return this.narrow ? narrow.flatMap((name) => known.find((c) => c.name === name) ?? []) : known.filter((c) => this.chosen.has(c.name));
  }

  #person(draw: Draw, { rows, order }: Selection, person: Person) {
    const shown = rows.includes(person.row) ? rows : order;
    return html`<hourglass-customers-person .state=${this.state} .person=${person} .format=${this.format} .words=${this.words}
      .segmentWords=${this.segmentWords} .warningWords=${this.warningWords} .draw=${draw} .rows=${shown} .money=${this.hasMoney}
      @person:go=${(e: CustomEvent<number | null>) => this.ask({ what: "person", row: e.detail })}></hourglass-customers-person>`;
  }

  get #shown() {
    return showOf(this.state.settings.show);
  }

  get #filter(): Filter {
    return { ...filterOf(this.#shown), text: this.text };
  }

  // What is asked for

  /** Closes what lies over the table when something else is pressed. */
  #closePanels(path: EventTarget[] = []) {
    for (const panel of this.renderRoot.querySelectorAll("details")) if (!path.includes(panel)) panel.open = false;
  }

  #onKey(event: KeyboardEvent) {
    const open = event.target instanceof Element ? event.target.closest("details[open]") : null;
    if (event.key !== "Escape" || !open) return;
    this.#closePanels();
    open.querySelector("summary")?.focus();
  }

  #tools(draw: Draw) {
    const { words } = this;
    const filter = this.#shown;
    const on = Object.values(filter.ranges).flat().filter((end) => end !== null).length + Number(filter.decile !== null) + Number(filter.top !== null);
    return html`<div class="tools noprint" @keydown=${this.#onKey}>
      <label class="control find"><span>${words.search}</span>
        <input type="search" placeholder=${words.search_hint} autocomplete="off" spellcheck="false" dir="auto" .value=${this.text}
          @input=${(e: Event) => this.#search(textIn(e).trim())}></label>
      <label class="control"><span>${words.segment}</span>
        <select @change=${(e: Event) => this.#askSegment(textIn(e))}>
          <option value="" .selected=${filter.segment === null}>${words.any}</option>
          <option value="at_risk" .selected=${filter.segment === "at_risk"}>${words.at_risk}</option>
          ${wire.segment.map((name, i) => html`<option value=${i} .selected=${filter.segment === i}>${this.segmentWords[name]}</option>`)}
        </select></label>
      ${this.narrow ? this.#sortChoice() : nothing}
      <details class="more">
        <summary class="button">${on ? words.filters_on({ n: on, shown: draw.count(on) }) : words.filters}</summary>
        <div class="panel filters">${this.#topField()} ${this.#decileChoice(draw)} ${this.#ranged.map((name) => this.#range(name))}</div>
      </details>
      ${this.narrow ? nothing : html`<details class="more">
        <summary class="button">${words.columns}</summary>
        <div class="panel">${this.#known.filter((c) => c.name !== "id").map((c) => this.#columnChoice(c.name))}</div>
      </details>`}
    </div>`;
  }

  get #ranged() {
    return keysOf(RANGES).filter((name) => this.#known.some((c) => c.name === name));
  }

  #sortChoice() {
    const options = this.#known.flatMap(({ name }) => [false, true].map((descending) => ({ column: name, descending })));
    return html`<label class="control"><span>${this.words.sort}</span>
      <select @change=${(e: Event) => (this.sort = options[Number(textIn(e))])}>
        ${options.map((o, i) => html`<option value=${i} .selected=${o.column === this.sort.column && o.descending === this.sort.descending}>${this.#saySort(o)}</option>`)}
      </select></label>`;
  }

  #saySort({ column, descending }: Sort) {
    const name = { column: titleOf(this.words, column) };
    return descending ? this.words.descending(name) : this.words.ascending(name);
  }

  #decileChoice(draw: Draw) {
    const { words } = this;
    const filter = this.#shown;
    const say = (d: number) => {
      const n = draw.count(d);
      return d === 1 ? words.decile_best({ n }) : d === 10 ? words.decile_last({ n }) : n;
    };
    return html`<label class="control"><span>${words.decile}</span>
      <select @change=${(e: Event) => this.#change({ decile: textIn(e) === "" ? null : Number(textIn(e)) })}>
        <option value="" .selected=${filter.decile === null}>${words.any}</option>
        ${Array.from({ length: 10 }, (_, i) => html`<option value=${i + 1} .selected=${filter.decile === i + 1}>${say(i + 1)}</option>`)}
      </select></label>`;
  }

  /** How many of the order are shown, and downloaded. */
  #topField() {
    const { top } = this.#shown;
    return html`<label class="control"><span>${this.words.top}</span>
      <input inputmode="numeric" autocomplete="off" placeholder=${this.words.any} .value=${top === null ? "" : this.format.typed(top, "count")} @change=${(e: Event) => this.#changeTop(inputOf(e))}></label>`;
  }

  #changeTop(input: HTMLInputElement) {
    const value = this.format.parse(input.value, "count");
    const bad = typeof value === "string" || (value !== null && !(value >= 1 && Number.isInteger(value)));
    input.setCustomValidity(bad ? this.words.bad_top : "");
    input.setAttribute("aria-invalid", String(!input.reportValidity()));
    if (!bad) this.#change({ top: value });
  }

  /** Two fields that are empty where nothing is asked. */
  #range(name: Ranged) {
    const { words } = this;
    const what = words[`range_${name}`];
    return html`<fieldset class="control range"><legend>${what}</legend>
      ${[0, 1].map((end) => html`
        <input type=${RANGES[name] === "date" ? "date" : "text"} inputmode="decimal" autocomplete="off" placeholder=${end ? words.to : words.from}
          aria-label=${end ? words.range_to({ what }) : words.range_from({ what })}
          .value=${this.#typed(name, this.#shown.ranges[name]?.[end] ?? null)}
          @change=${(e: Event) => this.#changeRange(name, end, inputOf(e))}>`)}
    </fieldset>`;
  }

  #typed(name: Ranged, value: number | null) {
    if (value === null) return "";
    return RANGES[name] === "date" ? new Date(value * DAY).toISOString().slice(0, 10) : this.format.typed(value, RANGES[name]);
  }

  #changeRange(name: Ranged, end: number, input: HTMLInputElement) {
    const isDate = RANGES[name] === "date";
    const value = isDate ? (input.value ? Date.parse(input.value) / DAY : null) : this.format.parse(input.value, RANGES[name]);
    input.setCustomValidity(typeof value === "string" ? this.words.bad_number : "");
    input.setAttribute("aria-invalid", String(!input.reportValidity()));
    if (typeof value === "string") return;
    const { ranges } = this.#shown;
    const range: Range = [...(ranges[name] ?? [null, null])];
    range[end] = value;
    this.#change({ ranges: { ...ranges, [name]: range } });
  }

  #columnChoice(name: Name) {
    return html`<label class="check"><input type="checkbox" .checked=${this.chosen.has(name)} @change=${() => this.#choose(name)}>
      ${titleOf(this.words, name)}</label>`;
  }

  #choose(name: Name) {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(name)) chosen.add(name);
    this.chosen = chosen;
  }

  // What it comes to

  #summary(draw: Draw, { rows, worth }: Selection) {
    const { words } = this;
    const table = known(this.state, "table");
    const isAll = rows.length === table.length;
    const [n, shown, all] = [rows.length, draw.count(rows.length), draw.count(table.length)];
    return html`<div class="summary">
      <p role="status"><b>${isAll ? words.all_shown({ n, shown }) : words.some_shown({ n: table.length, shown, all })}</b>${n === 0 || this.rankedOnly
        ? nothing
        : html`, ${this.hasMoney ? words.worth({ value: this.format.money(Math.round(worth), true) }) : words.orders_ahead({ n: Math.round(worth), shown: draw.count(Math.round(worth)) })}`}</p>
      ${isAll && isOpen(this.#filter) && this.#shown.top === null ? nothing : html`<button class="quiet" @click=${this.#reset}>${words.reset}</button>`}
      <button class="button download" ?disabled=${n === 0 || this.share !== null} @click=${() => this.#download(rows)}>
        ${this.share === null ? words.download({ n, shown }) : words.preparing({ share: this.format.percent(Math.round(100 * this.share) / 100) })}</button>
    </div>`;
  }

  async #download(rows: Uint32Array) {
    this.share = 0;
    const table = known(this.state, "table");
    const fields = this.#known.filter((c) => c.name === "id" || this.chosen.has(c.name)).flatMap((c) => c.fields); // also where a narrow screen shows fewer
    const file = await customersCsv(table, rows, { money: this.hasMoney, ranked: this.rankedOnly, fields, end: known(this.state, "summary").end, onProgress: (share) => (this.share = share) });
    this.share = null;
    save(file, nameOf(this.state, this.words.file_name, ".csv"));
  }

  // What changes

  #change(shown: Partial<Shown>) {
    this.change({ show: showText({ ...this.#shown, ...shown }) });
    this.#grid.toStart();
  }

  #search(text: string) {
    this.text = text;
    this.#grid.toStart();
  }

  #reset() {
    this.text = "";
    this.change({ show: "" });
    part(this.renderRoot, ".find input", HTMLElement).focus();
  }

  /** By a column, the more telling end first; by the same again, the other way. */
  #sortBy(column: Name) {
    const { fall = false } = required(COLUMNS.find((c) => c.name === column), `column ${column}`);
    this.sort = { column, descending: this.sort.column === column ? !this.sort.descending : fall };
  }

  #askSegment(value: string) {
    this.#change({ segment: value === "" ? null : value === "at_risk" ? value : Number(value) });
  }
}

const isSame = (a: Wanted, b: Wanted) => keysOf(b).every((name) => a[name] === b[name]);

customElements.define("hourglass-customers-people", HourglassCustomersPeople);

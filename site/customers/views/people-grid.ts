import { type PropertyValues, LitElement, html, nothing, unsafeCSS } from "lit";
import { property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { part } from "../../base/certain.ts";
import common from "../../styles/customers.css";
import type { Sort } from "../rows.ts";
import type { State } from "../state.ts";
import { styled } from "../styled.ts";
import type { PeopleWords } from "../words.ts";
import { type Column, type Draw, cell, titleOf } from "./people-columns.ts";
import own from "./people-grid.css";
import { Scroll } from "./people-scroll.ts";

/** Heights in rem. Rows are all alike, so that any can be found by its number. */
const ROW = 2.875;
const NARROW_ROW = 3.75;

/** Rows drawn above and below those seen: what a quick finger sees before the next drawing. */
const BEYOND = 6;

/**
 * A table of any number of customers, of which only those in view are drawn. One stop of the keyboard: the grid has the
 * focus and says which of its cells is meant, since the cell itself may be scrolled out of existence.
 *
 * @fires people:sort - detail: the name of a column
 * @fires people:open - detail: a row of the table
 */
export class HourglassPeopleGrid extends LitElement {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  @property({ attribute: false }) state!: State;
  @property({ attribute: false }) words!: PeopleWords;
  @property({ attribute: false }) draw!: Draw;
  /** Customers, in their order. */ @property({ attribute: false }) rows = new Uint32Array();
  @property({ attribute: false }) columns: Column[] = [];
  @property({ attribute: false }) sort: Sort = { column: "rank", descending: false };
  @property({ type: Boolean, reflect: true }) narrow = false;
  @property({ attribute: false }) name = "";
  /** The cell that keys go to; row -1 is the header. */ @state() active = { row: 0, column: 0 };
  /** What is at the top, in pixels of all rows. */ @state() top = 0;
  /** Height of what is seen of the rows. */ @state() view = 400;
  /** Of a row, in pixels. */ height = 40;
  mapping = new Scroll(0, this.view);
  resized = new ResizeObserver(() => this.#measure());

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  /** Measured once the page has laid itself out, which need not be done twice. */
  override firstUpdated() {
    this.resized.observe(this.#grid);
  }

  override willUpdate(changed: PropertyValues) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.height = Math.round((this.narrow ? NARROW_ROW : ROW) * rem);
    this.mapping = new Scroll(this.rows.length * this.height, this.view, globalThis.devicePixelRatio);
    if (changed.has("rows")) {
      this.active = { row: Math.min(this.active.row, this.rows.length - 1), column: Math.min(this.active.column, this.columns.length - 1) };
      this.top = Math.min(this.top, this.mapping.last);
    }
  }

  /** Shows the first rows. */
  toStart() {
    this.active = { row: 0, column: this.active.column };
    this.#scrollTo(0);
  }

  /** Takes the focus, at a customer. */
  focusRow(index: number = this.active.row) {
    this.active = { ...this.active, row: index };
    this.#reveal();
    this.#grid.focus({ preventScroll: true });
  }

  get #grid() {
    return part(this.renderRoot, ".grid", HTMLElement);
  }

  #measure() {
    const header = part(this.renderRoot, ".header", HTMLElement);
    const view = this.#grid.clientHeight - header.offsetHeight;
    if (view <= 0) return; // hidden
    this.view = view;
    // What is shown again has forgotten where it was.
    if (this.#grid.scrollTop === 0 && this.top > 0) this.#scrollTo(this.top);
  }

  override render() {
    const { rows, columns, height } = this;
    const first = Math.max(0, Math.floor(this.top / height) - BEYOND);
    const last = Math.min(rows.length, Math.ceil((this.top + this.view) / height) + BEYOND);
    const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    const bar = this.mapping.barOf(this.top);
    const { row, column } = this.active;
    const isDrawn = row < 0 || (row >= first && row < last);
    return html`
      <div class="grid" role="grid" tabindex="0" aria-label=${this.name} aria-rowcount=${rows.length + 1} aria-colcount=${columns.length}
        aria-activedescendant=${isDrawn ? idOf(row, column) : nothing} aria-describedby="keys" aria-readonly="true"
        style=${styled({ "--columns": columns.map((c) => this.#width(c)).join(" "), "--row": `${height}px`, "--width": this.#least })}
        @scroll=${this.#onScroll} @keydown=${this.#onKey} @click=${this.#onClick}>
        <div class="header line" role="row" aria-rowindex="1">${columns.map((c, i) => this.#heading(c, i))}</div>
        <div class="all" role="rowgroup" style=${styled({ blockSize: `${this.mapping.height}px` })}>
          <div class="shown" role="presentation" style=${styled({ transform: `translateY(${bar - (this.top - first * height)}px)` })}>
            ${repeat(shown, (i) => i, (i) => this.#row(i))}
          </div>
        </div>
      </div>
      <p id="keys" class="unseen">${this.words.keys}</p>
    `;
  }

  /** The least width of all columns: more than the screen has, where many were chosen. */
  get #least() {
    return this.narrow ? "0" : `${this.columns.reduce((sum, c) => sum + c.width, 0)}rem`;
  }

  #width({ name, width }: Column) {
    if (this.narrow) return name === "id" ? "minmax(0, 1.3fr)" : name === "p_alive" ? "minmax(0, 0.8fr)" : "minmax(0, 1.2fr)";
    return `minmax(${width}rem, ${width}fr)`;
  }

  #heading({ name, figures }: Column, index: number) {
    const isSorted = this.sort.column === name;
    const way = isSorted ? (this.sort.descending ? "descending" : "ascending") : "none";
    return html`<div class="cell heading ${name} ${figures ? "figures" : ""}" role="columnheader" id=${idOf(-1, index)} aria-colindex=${index + 1}
      aria-sort=${way} ?data-active=${this.active.row < 0 && this.active.column === index} data-sort=${name}>
      <span>${titleOf(this.words, name)}</span></div>`;
  }

  #row(index: number) {
    const row = this.rows[index];
    return html`<div class="line" role="row" aria-rowindex=${index + 2} data-index=${index}>${this.columns.map(
      ({ name, figures }, k) => html`<div class="cell ${name} ${figures ? "figures" : ""}" role=${name === "id" ? "rowheader" : "gridcell"}
        id=${idOf(index, k)} aria-colindex=${k + 1} ?data-active=${this.active.row === index && this.active.column === k}
        >${cell(this.state, this.words, this.draw, name, row, this.narrow)}</div>`)}</div>`;
  }

  #onScroll() {
    const bar = this.#grid.scrollTop;
    // Where a pixel of the bar is several, the position set by #scrollTo is kept rather than read back.
    if (Math.abs(bar - this.mapping.barOf(this.top)) >= 1) this.top = this.mapping.topOf(bar);
  }

  #scrollTo(top: number) {
    this.top = Math.max(0, Math.min(this.mapping.last, top));
    this.#grid.scrollTop = this.mapping.barOf(this.top);
  }

  /** Brings the active cell into view. */
  async #reveal() {
    const { row } = this.active;
    if (row >= 0) {
      const above = row * this.height;
      const below = above + this.height - this.view;
      if (this.top > above) this.#scrollTo(above);
      else if (this.top < below) this.#scrollTo(below);
    }
    await this.updateComplete;
    this.renderRoot.querySelector("[data-active]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #onClick(event: MouseEvent) {
    const on = event.target instanceof Element ? event.target.closest("[data-sort], [data-index]") : null;
    if (on instanceof HTMLElement && on.dataset.sort) this.#tell("people:sort", on.dataset.sort);
    else if (on instanceof HTMLElement) this.#open(Number(on.dataset.index));
  }

  #open(index: number) {
    this.active = { ...this.active, row: index };
    this.#tell("people:open", this.rows[index]);
  }

  #tell(type: string, detail: string | number) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #onKey(event: KeyboardEvent) {
    const { row, column } = this.active;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (row < 0) this.#tell("people:sort", this.columns[column].name);
      else if (row < this.rows.length) this.#open(row);
      return;
    }
    const to = this.#goal(event);
    if (!to) return;
    event.preventDefault();
    this.active = {
      row: Math.max(-1, Math.min(this.rows.length - 1, to.row ?? row)),
      column: Math.max(0, Math.min(this.columns.length - 1, to.column ?? column)),
    };
    this.#reveal();
  }

  /** The cell that a key leads to, as in the ARIA practices' grid. */
  #goal({ key, ctrlKey, metaKey }: KeyboardEvent): { row?: number, column?: number } | undefined {
    const { row, column } = this.active;
    const page = Math.max(1, Math.floor(this.view / this.height) - 1);
    const forward = this.matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
    const all = ctrlKey || metaKey;
    switch (key) {
      case "ArrowDown":
        return { row: all ? this.rows.length - 1 : row + 1 };
      case "ArrowUp":
        return { row: all ? 0 : row - 1 };
      case "PageDown":
        return { row: row + page };
      case "PageUp":
        return { row: Math.max(0, row - page) };
      case "Home":
        return all ? { row: 0, column: 0 } : { column: 0 };
      case "End":
        return all ? { row: this.rows.length - 1, column: this.columns.length - 1 } : { column: this.columns.length - 1 };
      case "ArrowLeft":
      case "ArrowRight":
        return { column: column + (key === forward ? 1 : -1) };
    }
  }
}

const idOf = (row: number, column: number) => (row < 0 ? `h-${column}` : `c-${row}-${column}`);

customElements.define("hourglass-people-grid", HourglassPeopleGrid);

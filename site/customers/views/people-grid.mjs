import { LitElement, html, nothing, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import common from "../../styles/customers.css";
import own from "./people-grid.css";
import { styled } from "../styled.mjs";
import { cell, titleOf } from "./people-columns.mjs";
import { Scroll } from "./people-scroll.mjs";

/** @typedef {import("./people-columns.mjs").Column} Column */

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
  static styles = [unsafeCSS(common), unsafeCSS(own)];

  static properties = {
    state: { attribute: false },
    words: { attribute: false },
    draw: { attribute: false },
    rows: { attribute: false },
    columns: { attribute: false },
    sort: { attribute: false },
    narrow: { type: Boolean, reflect: true },
    name: { attribute: false },
    active: { state: true },
    top: { state: true },
    view: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../types.d.ts").State} */ this.state = /** @type {any} */ (null);
    /** @type {import("./people-columns.mjs").Words} */ this.words = /** @type {any} */ (null);
    /** @type {import("./people-columns.mjs").Draw} */ this.draw = /** @type {any} */ (null);
    /** @type {Uint32Array} customers, in their order */ this.rows = new Uint32Array();
    /** @type {Column[]} */ this.columns = [];
    /** @type {import("../rows.mjs").Sort} */ this.sort = { column: "rank", descending: false };
    /** @type {boolean} */ this.narrow = false;
    /** @type {string} */ this.name = "";
    /** The cell that keys go to; row -1 is the header. */ this.active = { row: 0, column: 0 };
    /** What is at the top, in pixels of all rows. */ this.top = 0;
    /** Height of what is seen of the rows. */ this.view = 400;
    /** Of a row, in pixels. */ this.height = 40;
    this.mapping = new Scroll(0, this.view);
    this.resized = new ResizeObserver(() => this.#measure());
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  firstUpdated() {
    this.resized.observe(this.#grid);
    this.#measure();
  }

  /** @param {import("lit").PropertyValues} changed */
  willUpdate(changed) {
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

  /** Takes the focus, at a customer. @param {number} [index] */
  focusRow(index = this.active.row) {
    this.active = { ...this.active, row: index };
    this.#reveal();
    this.#grid.focus({ preventScroll: true });
  }

  get #grid() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector(".grid"));
  }

  #measure() {
    const header = /** @type {HTMLElement} */ (this.renderRoot.querySelector(".header"));
    const view = this.#grid.clientHeight - header.offsetHeight;
    if (view <= 0) return; // hidden
    this.view = view;
    // What is shown again has forgotten where it was.
    if (this.#grid.scrollTop === 0 && this.top > 0) this.#scrollTo(this.top);
  }

  render() {
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

  /** @param {Column} column */
  #width({ name, width }) {
    if (this.narrow) return name === "id" ? "minmax(0, 1.3fr)" : name === "p_alive" ? "minmax(0, 0.8fr)" : "minmax(0, 1.2fr)";
    return `minmax(${width}rem, ${width}fr)`;
  }

  /** @param {Column} column @param {number} index */
  #heading({ name, figures }, index) {
    const isSorted = this.sort.column === name;
    const way = isSorted ? (this.sort.descending ? "descending" : "ascending") : "none";
    return html`<div class="cell heading ${name} ${figures ? "figures" : ""}" role="columnheader" id=${idOf(-1, index)} aria-colindex=${index + 1}
      aria-sort=${way} ?data-active=${this.active.row < 0 && this.active.column === index} data-sort=${name}>
      <span>${titleOf(this.words, name)}</span></div>`;
  }

  /** @param {number} index */
  #row(index) {
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

  /** @param {number} top */
  #scrollTo(top) {
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

  /** @param {MouseEvent} event */
  #onClick(event) {
    const on = /** @type {Element} */ (event.target).closest("[data-sort], [data-index]");
    if (on instanceof HTMLElement && on.dataset.sort) this.#tell("people:sort", on.dataset.sort);
    else if (on instanceof HTMLElement) this.#open(Number(on.dataset.index));
  }

  /** @param {number} index */
  #open(index) {
    this.active = { ...this.active, row: index };
    this.#tell("people:open", this.rows[index]);
  }

  /** @param {string} type @param {string | number} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
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

  /** The cell that a key leads to, as in the ARIA practices' grid. @param {KeyboardEvent} event @returns {{ row?: number, column?: number } | undefined} */
  #goal({ key, ctrlKey, metaKey }) {
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

/** @param {number} row @param {number} column */
const idOf = (row, column) => (row < 0 ? `h-${column}` : `c-${row}-${column}`);

customElements.define("hourglass-people-grid", HourglassPeopleGrid);

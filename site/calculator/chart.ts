import { LitElement, html, nothing, svg } from "lit";
import { crossing, ticks, timeTicks } from "../base/axis.ts";
import { type Format, isPercent } from "../base/format.ts";
import { type Words, amid, english } from "../base/words.ts";
import { crowd, glass } from "./glass.ts";
import { define } from "../base/define.ts";
import { property, state } from "lit/decorators.js";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Chart } from "../base/scenarios.ts";

export type Columns = Record<string, ArrayLike<number>>;

export type Plot = { x: (v: number) => number, y: (v: number) => number, left: number, right: number, top: number, bottom: number, xTicks: number[], yTicks: number[] };

const HEIGHT = { small: 136, large: 256 };

/** Room for what stands outside the plot. */
const ABOVE = 14;
const BELOW = 28;
const LEFT = 48;
const CHARACTER = 7.2;

/** About how wide a text is drawn: a sign of Chinese or Japanese takes twice the room. */
const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c > "\u2e7f" && c < "\ufffe" ? 2 : 1), 0) * CHARACTER;

/** The plot runs from left to right; a text within it runs as its letters do. */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** Of a text: where it begins, on which line, and how wide it is. */
export type Place = { x: number, y: number, wide: number };

/** How high a text is, with room. */
const LINE = 16;

/** The first place within the plot where a text meets none of those that stand; the first of all where there is none. */
function freePlace(places: Place[], taken: Place[], plot: Plot) {
  const meets = (a: Place, b: Place) => Math.abs(a.y - b.y) < LINE && a.x < b.x + b.wide && b.x < a.x + a.wide;
  return places.find((p) => p.y > plot.top && p.y < plot.bottom - 4 && !taken.some((t) => meets(p, t))) ?? places[0];
}

/** A name as far as the plot is wide enough for it. */
const shorter = (name: string, short: string, { left, right }: Plot) => (widthOf(name) < right - left - 8 ? name : short);

/** About how many pixels one mark on an axis needs. */
const PER_X_TICK = 78;
const PER_Y_TICK = 44;

/**
 * A line chart of a group of lists, with a hairline that reads it: by pointer, by touch, by arrow keys. It renders
 * into the calculator's own tree.
 *
 * @fires hourglass:read - detail { index }: the row of the lists that is read
 */
export class HourglassChart extends LitElement {
  @property({ attribute: false }) chart!: Chart;
  @property({ attribute: false }) group!: Field;
  @property({ attribute: false }) columns: Columns = {};
  /** A height to mark. */ @property({ attribute: false }) level: number | null = null;
  @property({ attribute: false }) levelTitle: string = "";
  /** What the first line approaches. */ @property({ attribute: false }) total: number | null = null;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) words: Words = english;
  /** The row that is read. */ @property({ attribute: false }) index: number = 0;
  @state() width = 560;
  resized = new ResizeObserver(([entry]) => (this.width = Math.max(220, Math.round(entry.contentRect.width))));

  override createRenderRoot() {
    return this;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) this.firstUpdated();
  }

  override firstUpdated() {
    this.resized.observe((this.querySelector(".plot") as Element));
  }

  #field(name: string): Field {
    return (this.group.fields?.find((f) => f.name === name) as Field);
  }

  /** The points of a line; from 0 where the chart says so: from nothing, or from its first value where it is held. */
  #line(name: string) {
    const ys = Array.from(this.columns[name]);
    const xs = Array.from(this.columns[this.chart.x]).slice(0, ys.length);
    const first = this.chart.step === "before" ? ys[0] : 0;
    return this.chart.origin ? { xs: [0, ...xs], ys: [first, ...ys] } : { xs, ys };
  }

  override render() {
    const [first] = this.chart.lines;
    const title = this.#field(first).title;
    const count = this.columns[this.chart.x].length;
    const index = Math.min(this.index, count - 1);
    return html`
      <figure class="chart ${this.chart.small ? "small" : ""}" part="chart">
        <figcaption>
          <span class="chart-title">${this.chart.lines.length > 1 ? this.group.title : title}</span>
          ${this.#readout(index)}
        </figcaption>
        <div class="chart-body">
          ${this.chart.crowd ? this.#crowd(index) : this.chart.indent ? html`<div class="glass-side"></div>` : this.#glass(index)}
          <div
            class="plot" part="plot" role="slider" tabindex="0" dir="ltr" aria-label=${this.words.readAt({ title })}
            aria-valuemin="1" aria-valuemax=${count} aria-valuenow=${index + 1} aria-valuetext=${this.#says(index)}
            @pointermove=${this.#onPointer} @pointerdown=${this.#onPointer} @keydown=${this.#onKey}>
            ${this.#picture(index)}
          </div>
        </div>
      </figure>
    `;
  }

  /** What the lines say at a row: the place on the axis, then each line's value. */
  #parts(index: number) {
    const row = this.#nameOfRow && !this.chart.small ? [this.#nameOfRow] : [];
    const { dots } = this.chart;
    const seen = dots && index < this.columns[dots].length ? [dots] : [];
    return [...row, ...this.chart.lines, ...seen].map((name) => ({ name, title: this.#field(name).title, value: this.#shown(name, index) }));
  }

  /** The list that counts the rows, where the axis is another one. */
  get #nameOfRow() {
    const first = this.group.fields?.[0].name;
    return first !== this.chart.x && !this.chart.lines.includes(first ?? "") ? first : null;
  }

  #shown(name: string, index: number) {
    return this.format.value(this.columns[name][index], this.#field(name).unit, true);
  }

  /** The place on the axis: "Month 12", since it is that month of which the row tells. */
  #place(index: number) {
    const { unit } = this.#field(this.chart.x);
    const count = this.format.value(this.columns[this.chart.x][index], "count");
    // Rows counted from 0 tell what is left after so long, not what a period brings.
    if (this.columns[this.chart.x][0] === 0) return this.#shown(this.chart.x, index);
    const period = unit === "periods" ? this.format.period : unit === "months" ? "month" : null;
    return period ? this.words[(`place_${period}` as "place_month")]({ n: count }) : this.#shown(this.chart.x, index);
  }

  #says(index: number) {
    return [this.#place(index), ...this.#parts(index).map((p) => `${p.title} ${p.value}`)].join(", ");
  }

  #readout(index: number) {
    return html`<span class="readout" aria-hidden="true">
      <span class="at">${this.#place(index)}</span>
      ${this.#parts(index).map((p) => {
        const line = this.chart.lines.indexOf(p.name);
        const key = this.chart.lines.length > 1 && line >= 0 ? html`<span class="key line-${line}"></span>` : nothing;
        const what = this.chart.lines.length > 1 || line < 0 ? html`<span class="what">${p.title}</span> ` : nothing;
        return html`<span class="reading">${key}${what}<b>${p.value}</b></span>`;
      })}
    </span>`;
  }

  #glass(index: number) {
    if (!this.total || this.total <= 0) return nothing;
    const { unit } = this.#field(this.chart.lines[0]);
    const arrived = Math.max(0, this.columns[this.chart.lines[0]][index]);
    const left = Math.max(0, this.total - arrived);
    const say = (v: number) => this.format.value(v, unit, true);
    return html`<div class="glass-side">
      <span class="glass-word" aria-hidden="true"><b>${say(left)}</b> ${this.words.toCome}</span>
      ${glass(arrived / this.total, this.words.hourglass({ fallen: say(arrived), left: say(left) }))}
      <span class="glass-word" aria-hidden="true"><b>${say(arrived)}</b> ${this.words.arrived}</span>
    </div>`;
  }

  #crowd(index: number) {
    const name = this.chart.lines[0];
    const share = this.columns[name][index];
    const text = this.words.of({ part: this.format.value(Math.round(100 * share), "count"), whole: this.format.value(100, "count") });
    return html`<div class="glass-side">${crowd(share, `${this.#field(name).title}: ${text}`)}<span class="glass-word" aria-hidden="true">${text}</span></div>`;
  }

  #picture(index: number) {
    const plot = this.#plot();
    const { width } = this;
    const height = this.chart.small ? HEIGHT.small : HEIGHT.large;
    /** what names on the plot have taken up */ const taken: Place[] = [];
    return svg`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMinYMid meet" aria-hidden="true">
      ${this.#yAxis(plot)} ${this.#xAxis(plot)}
      ${this.chart.lines.map((name, i) => this.#drawLine(plot, name, i)).reverse()}
      ${this.#drawDots(plot)} ${this.#drawTotal(plot, taken)} ${this.#drawReading(plot, index)} ${this.#drawLevel(plot, taken)}
    </svg>`;
  }

  #plot(): Plot {
    const height = this.chart.small ? HEIGHT.small : HEIGHT.large;
    const lines = this.chart.lines.map((name) => this.#line(name));
    const ys = lines.flatMap((l) => l.ys);
    const percent = isPercent(this.#field(this.chart.lines[0]).unit);
    const low = Math.min(0, ...ys);
    const high = percent ? 1 : Math.max(...ys, this.#shownLevel(ys) ?? 0, this.#shownTotal(ys) ?? 0, low + 1e-9);
    const yTicks = ticks(low, high, (height - ABOVE - BELOW) / PER_Y_TICK);
    const step = yTicks.length > 1 ? yTicks[1] - yTicks[0] : high;
    const top = percent ? 1 : Math.max(high, ...yTicks);
    const labels = yTicks.map((t) => this.#yLabel(t).length);
    const left = Math.max(LEFT, Math.ceil(Math.max(...labels) * CHARACTER) + 8);
    const right = this.width - 10;
    const [{ xs }] = lines;
    const [from, to] = [xs[0], Math.max(xs[xs.length - 1], xs[0] + 1e-9)];
    const bottom = height - BELOW;
    const floor = low < 0 ? Math.min(low, Math.floor(low / step) * step) : 0;
    return {
      left, right, top: ABOVE, bottom, yTicks,
      xTicks: timeTicks(from, to, Math.max(2, (right - left) / PER_X_TICK), this.#inMonths),
      x: (v) => left + ((v - from) / (to - from)) * (right - left),
      y: (v) => bottom - ((v - floor) / (top - floor)) * (bottom - ABOVE),
    };
  }

  get #inMonths() {
    const { unit } = this.#field(this.chart.x);
    return unit === "months" || (unit === "periods" && this.format.period === "month");
  }

  /** The level, unless it is so far above the line that showing it would flatten the line. */
  #shownLevel(ys: number[]) {
    return this.level !== null && this.level <= 3 * Math.max(...ys) ? this.level : null;
  }

  /** What the line approaches, where that is near enough to show. */
  #shownTotal(ys: number[]) {
    const top = Math.max(...ys);
    return this.total !== null && this.total > top * 1.004 && this.total <= top * 1.3 ? this.total : null;
  }

  #yLabel(value: number) {
    return this.format.axis(value, this.#field(this.chart.lines[0]).unit);
  }

  #yAxis(plot: Plot) {
    return plot.yTicks.map(
      (t) => svg`<path class=${t === 0 ? "base" : "grid"} d="M${plot.left},${plot.y(t)}H${plot.right}" />
        <text class="tick" x=${plot.left - 8} y=${plot.y(t) + 4} text-anchor="end">${isolated(this.#yLabel(t))}</text>`,
    );
  }

  #xAxis(plot: Plot) {
    const last = plot.xTicks.length - 1;
    // Nobody counts in 36 and 48 months: where all marks are whole years, the axis is one of years.
    const inYears = this.#inMonths && plot.xTicks[last] >= 24 && plot.xTicks.every((t) => t % 12 === 0);
    const unit = inYears ? "years" : this.#field(this.chart.x).unit;
    return plot.xTicks.map((t, i) => {
      const x = plot.x(t);
      const anchor = x > plot.right - 24 ? "end" : "middle";
      const count = this.format.value(inYears ? t / 12 : t, "count");
      const label = i === last ? `${count} ${this.format.beside(unit).after}` : count;
      return svg`<text class="tick" x=${anchor === "end" ? plot.right : x} y=${plot.bottom + 20} text-anchor=${i === last ? anchor : "middle"}>${isolated(label)}</text>`;
    });
  }

  #drawLine(plot: Plot, name: string, order: number) {
    const { xs, ys } = this.#line(name);
    const points = xs.map((x, i) => `${plot.x(x).toFixed(1)},${plot.y(ys[i]).toFixed(1)}`);
    const path = this.#path(points);
    const area = `${path}V${plot.y(0)}H${plot.x(xs[0])}Z`;
    return svg`${order === 0 ? svg`<path class="area" d=${area} />` : nothing}<path class="line line-${order}" d=${path} />`;
  }

  #drawDots(plot: Plot) {
    if (!this.chart.dots) return nothing;
    const { xs, ys } = this.#line(this.chart.dots);
    return ys.map((y, i) => svg`<circle class="seen" cx=${plot.x(xs[i])} cy=${plot.y(y)} r="4" />`);
  }

  #path(points: string[]) {
    const [first, ...rest] = points;
    const corner = (p: string) => {
      const [x, y] = p.split(",");
      return this.chart.step === "before" ? `V${y}H${x}` : `H${x}V${y}`;
    };
    return this.chart.step ? `M${first}${rest.map(corner).join("")}` : `M${points.join("L")}`;
  }

  #drawTotal(plot: Plot, taken: Place[]) {
    const total = this.#shownTotal(this.#line(this.chart.lines[0]).ys);
    if (total === null) return nothing;
    const y = plot.y(total);
    const name = shorter(`${this.words.wholeLife} ${this.format.money(total, true)}`, this.format.money(total, true), plot);
    taken.push({ x: plot.left + 8, y: y - 5, wide: widthOf(name) });
    return svg`<path class="whole" d="M${plot.left},${y}H${plot.right}" />
      <text x=${plot.left + 8} y=${y - 5}>${isolated(name)}</text>`;
  }

  #drawLevel(plot: Plot, taken: Place[]) {
    const { xs, ys } = this.#line(this.chart.lines[0]);
    const level = this.#shownLevel(ys);
    if (level === null) return nothing;
    const at = crossing(xs, ys, level, Boolean(this.chart.step));
    const y = plot.y(level);
    const money = this.format.money(level, true);
    const name = shorter(`${this.levelTitle} ${money}`, money, plot);
    const wide = widthOf(name);
    const x = plot.right - wide;
    const place = freePlace([y - 6, y + 16].map((y) => ({ x, y, wide })), taken, plot);
    if (level !== 0) taken.push(place);
    return svg`
      ${level === 0 ? nothing : svg`<path class="level" d="M${plot.left},${y}H${plot.right}" />
        <text class="level-name" x=${plot.right} y=${place.y} text-anchor="end">${isolated(name)}</text>`}
      ${at === null ? nothing : this.#drawBreakEven(plot, at, y, taken)}`;
  }

  #drawBreakEven(plot: Plot, at: number, y: number, taken: Place[]) {
    const x = plot.x(at);
    const label = `${this.words.breakEven} ${this.#placeOf(at)}`;
    const wide = widthOf(label);
    const [after, before] = [x + 12, Math.max(plot.left + 4, x - 10 - wide)];
    const under = Math.min(y + 20, plot.bottom - 7);
    const sides = after + wide < plot.right ? [after, before] : [before];
    const places = [under, y - 10, y - 26, y + 36].flatMap((y) => sides.map((x) => ({ x, y, wide })));
    const { x: start, y: below } = freePlace(places, taken, plot);
    return svg`<circle class="mark" cx=${x} cy=${y} r="5" />
      <text class="mark-name" x=${start} y=${below}>${isolated(label)}</text>`;
  }

  /** Where on the axis, by the row's own count where it has one: "purchase 3". */
  #placeOf(at: number) {
    const row = this.#nameOfRow;
    if (!row || !this.chart.step) return this.format.value(at, this.#field(this.chart.x).unit);
    const index = Array.from(this.columns[this.chart.x]).indexOf(at);
    return `${amid(this.#field(row).title, this.words.lang)} ${this.#shown(row, index)}`;
  }

  #drawReading(plot: Plot, index: number) {
    const x = plot.x(this.columns[this.chart.x][index]);
    return svg`<path class="hair" d="M${x},${plot.top}V${plot.bottom}" />
      ${this.chart.lines.map((name, i) => svg`<circle class="dot line-${i}" cx=${x} cy=${plot.y(this.columns[name][index])} r="4" />`)}`;
  }

  #read(index: number) {
    const last = this.columns[this.chart.x].length - 1;
    const kept = Math.min(last, Math.max(0, index));
    this.dispatchEvent(new CustomEvent("hourglass:read", { bubbles: true, composed: true, detail: { index: kept } }));
  }

  #onPointer(event: PointerEvent) {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const plot = this.#plot();
    const xs = Array.from(this.columns[this.chart.x]);
    const pointer = ((event.clientX - box.left) / box.width) * this.width;
    let nearest = 0;
    xs.forEach((x, i) => {
      if (Math.abs(plot.x(x) - pointer) < Math.abs(plot.x(xs[nearest]) - pointer)) nearest = i;
    });
    this.#read(nearest);
  }

  #onKey(event: KeyboardEvent) {
    const last = this.columns[this.chart.x].length - 1;
    const to = {
      ArrowRight: this.index + 1, ArrowUp: this.index + 1, ArrowLeft: this.index - 1, ArrowDown: this.index - 1,
      PageUp: this.index + 12, PageDown: this.index - 12, Home: 0, End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#read(to);
  }
}

define("hourglass-chart", HourglassChart);

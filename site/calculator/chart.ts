import { html, nothing, svg } from "lit";
import { property } from "lit/decorators.js";
import type { Field } from "../base/catalogue.gen.mjs";
import { required } from "../base/certain.ts";
import { define } from "../base/define.ts";
import { type Format, isPercent } from "../base/format.ts";
import type { Chart } from "../base/scenarios.ts";
import { type Words, amid, english } from "../base/words.ts";
import { crossing, ticks, timeTicks } from "../charts/axis.ts";
import { type Area, BARE, PER_Y_MARK, area, dot, hair, xMark, yAxis } from "../charts/frame.ts";
import { type Place, freePlace, isolated, shorter, widthOf } from "../charts/labels.ts";
import { ReadablePlot } from "../charts/plot.ts";
import { type Scale, linear, path } from "../charts/scale.ts";
import { crowd, glass } from "./glass.ts";

export type Columns = Record<string, ArrayLike<number>>;

/** Where the data go: the area, its scales, the marks on its axes. */
type Layout = Area & { x: Scale, y: Scale, xTicks: number[], yTicks: number[] };

const HEIGHT = { small: 136, large: 256 };

/** About how many pixels one mark of time needs. */
const PER_X_MARK = 78;

/** How many rows Page Up and Page Down go: a year, where a row is a month. */
const PAGE = 12;

/**
 * A line chart of a group of lists, with a hairline that reads it: by pointer, by touch, by arrow keys. It renders
 * into the calculator's own tree.
 *
 * @fires hourglass:read - detail { index }: the row of the lists that is read
 */
export class HourglassChart extends ReadablePlot {
  @property({ attribute: false }) chart!: Chart;
  @property({ attribute: false }) group!: Field;
  @property({ attribute: false }) columns: Columns = {};
  /** A height to mark. */ @property({ attribute: false }) level: number | null = null;
  @property({ attribute: false }) levelTitle: string = "";
  /** What the first line approaches. */ @property({ attribute: false }) total: number | null = null;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) words: Words = english;
  /** The row that is read. */ @property({ attribute: false }) index: number = 0;
  layout!: Layout;

  override willUpdate() {
    this.layout = this.#layout();
  }

  #field(name: string): Field {
    return required(this.group.fields?.find((f) => f.name === name), `field ${name}`);
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
          ${this.slider({ name: this.words.readAt({ title }), at: index, count, says: this.#says(index), height: this.#height, picture: this.#picture(index), page: PAGE })}
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
    const { unit, title } = this.#field(this.chart.x);
    const count = this.format.value(this.columns[this.chart.x][index], "count");
    // A bare count says nothing: "Generation 2".
    if (unit === "count") return this.format.labelled(title, count);
    // Rows counted from 0 tell what is left after so long, not what a period brings.
    if (this.columns[this.chart.x][0] === 0) return this.#shown(this.chart.x, index);
    const period = unit === "periods" ? this.format.period : unit === "months" ? "month" : null;
    return period ? this.format.place(this.columns[this.chart.x][index], period) : this.#shown(this.chart.x, index);
  }

  #says(index: number) {
    return this.format.facts([this.#place(index), ...this.#parts(index).map((p) => this.format.labelled(p.title, p.value))]);
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
    return html`<div class="glass-side">${crowd(share, this.format.titled(this.#field(name).title, text))}<span class="glass-word" aria-hidden="true">${text}</span></div>`;
  }

  #picture(index: number) {
    const { layout } = this;
    /** what names on the plot have taken up */ const taken: Place[] = [];
    return svg`${yAxis(layout, layout.y, layout.yTicks, layout.yTicks.map((t) => this.#yLabel(t)))} ${this.#xAxis(layout)}
      ${this.chart.lines.map((name, i) => this.#drawLine(layout, name, i)).reverse()}
      ${this.#drawDots(layout)} ${this.#drawTotal(layout, taken)} ${this.#drawReading(layout, index)} ${this.#drawLevel(layout, taken)}`;
  }

  get #height() {
    return this.chart.small ? HEIGHT.small : HEIGHT.large;
  }

  #layout(): Layout {
    const lines = this.chart.lines.map((name) => this.#line(name));
    const ys = lines.flatMap((l) => l.ys);
    const percent = isPercent(this.#field(this.chart.lines[0]).unit);
    const low = Math.min(0, ...ys);
    const high = percent ? 1 : Math.max(...ys, this.#shownLevel(ys) ?? 0, this.#shownTotal(ys) ?? 0, low + 1e-9);
    const yTicks = ticks(low, high, (this.#height - BARE.above - BARE.below) / PER_Y_MARK);
    const step = yTicks.length > 1 ? yTicks[1] - yTicks[0] : high;
    const top = percent ? 1 : Math.max(high, ...yTicks);
    const floor = low < 0 ? Math.min(low, Math.floor(low / step) * step) : 0;
    const box = area(this.width, this.#height, yTicks.map((t) => this.#yLabel(t)), BARE);
    const [{ xs }] = lines;
    const [from, to] = [xs[0], Math.max(xs[xs.length - 1], xs[0] + 1e-9)];
    return {
      ...box, yTicks,
      xTicks: timeTicks(from, to, Math.max(2, (box.right - box.left) / PER_X_MARK), this.#inMonths),
      x: linear(from, to, box.left, box.right),
      y: linear(floor, top, box.bottom, box.top),
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

  #xAxis(plot: Layout) {
    const last = plot.xTicks.length - 1;
    // Nobody counts in 36 and 48 months: where all marks are whole years, the axis is one of years.
    const inYears = this.#inMonths && plot.xTicks[last] >= 24 && plot.xTicks.every((t) => t % 12 === 0);
    const unit = inYears ? "years" : this.#field(this.chart.x).unit;
    return plot.xTicks.map((t, i) => {
      const x = plot.x(t);
      const anchor = x > plot.right - 24 ? "end" : "middle";
      const count = this.format.value(inYears ? t / 12 : t, "count");
      const label = i !== last ? count : unit === "years" ? this.format.value(inYears ? t / 12 : t, unit) : unit === "count" ? this.format.labelled(this.#field(this.chart.x).title, count) : this.format.labelled(count, this.format.beside(unit).after);
      return xMark(anchor === "end" ? plot.right : x, plot.bottom + 20, label, i === last ? anchor : "middle");
    });
  }

  #drawLine(plot: Layout, name: string, order: number) {
    const { xs, ys } = this.#line(name);
    const line = path(xs, ys, plot.x, plot.y, this.chart.step);
    const under = `${line}V${plot.y(0)}H${plot.x(xs[0])}Z`;
    return svg`${order === 0 ? svg`<path class="area" d=${under} />` : nothing}<path class="line line-${order}" d=${line} />`;
  }

  #drawDots(plot: Layout) {
    if (!this.chart.dots) return nothing;
    const { xs, ys } = this.#line(this.chart.dots);
    return ys.map((y, i) => svg`<circle class="seen" cx=${plot.x(xs[i])} cy=${plot.y(y)} r="4" />`);
  }

  #drawTotal(plot: Layout, taken: Place[]) {
    const total = this.#shownTotal(this.#line(this.chart.lines[0]).ys);
    if (total === null) return nothing;
    const y = plot.y(total);
    const name = shorter(this.format.labelled(this.words.wholeLife, this.format.money(total, true)), this.format.money(total, true), plot);
    taken.push({ x: plot.left + 8, y: y - 5, wide: widthOf(name) });
    return svg`<path class="whole" d="M${plot.left},${y}H${plot.right}" />
      <text x=${plot.left + 8} y=${y - 5}>${isolated(name)}</text>`;
  }

  #drawLevel(plot: Layout, taken: Place[]) {
    const { xs, ys } = this.#line(this.chart.lines[0]);
    const level = this.#shownLevel(ys);
    if (level === null) return nothing;
    const at = crossing(xs, ys, level, Boolean(this.chart.step));
    const y = plot.y(level);
    const money = this.format.money(level, true);
    const name = shorter(this.format.labelled(this.levelTitle, money), money, plot);
    const wide = widthOf(name);
    // At the end where the line is farther away.
    const points = xs.map((x, i) => ({ x: plot.x(x), y: plot.y(ys[i]) + 6, wide: 1 }));
    const ends = [plot.right - wide, plot.left + 8];
    const place = freePlace(ends.flatMap((x) => [y - 6, y + 16].map((y) => ({ x, y, wide }))), [...taken, ...points], plot);
    if (level !== 0) taken.push(place);
    return svg`
      ${level === 0 ? nothing : svg`<path class="level" d="M${plot.left},${y}H${plot.right}" />
        <text class="label" x=${place.x === ends[0] ? plot.right : place.x} y=${place.y} text-anchor=${place.x === ends[0] ? "end" : "start"}>${isolated(name)}</text>`}
      ${at === null ? nothing : this.#drawBreakEven(plot, at, y, taken)}`;
  }

  #drawBreakEven(plot: Layout, at: number, y: number, taken: Place[]) {
    const x = plot.x(at);
    const label = this.format.labelled(this.words.breakEven, this.#placeOf(at));
    const wide = widthOf(label);
    const [after, before] = [x + 12, Math.max(plot.left + 4, x - 10 - wide)];
    const under = Math.min(y + 20, plot.bottom - 7);
    const sides = after + wide < plot.right ? [after, before] : [before];
    const places = [under, y - 10, y - 26, y + 36].flatMap((y) => sides.map((x) => ({ x, y, wide })));
    const { x: start, y: below } = freePlace(places, taken, plot);
    return svg`<circle class="mark" cx=${x} cy=${y} r="5" />
      <text class="label break-even" x=${start} y=${below}>${isolated(label)}</text>`;
  }

  /** Where on the axis, by the row's own count where it has one: "purchase 3". */
  #placeOf(at: number) {
    const row = this.#nameOfRow;
    if (!row || !this.chart.step) return this.format.value(at, this.#field(this.chart.x).unit);
    const index = Array.from(this.columns[this.chart.x]).indexOf(at);
    return this.format.labelled(amid(this.#field(row).title, this.words.lang), this.#shown(row, index));
  }

  #drawReading(plot: Layout, index: number) {
    const x = plot.x(this.columns[this.chart.x][index]);
    return svg`${hair(plot, x)} ${this.chart.lines.map((name, i) => dot(`line-${i}`, x, plot.y(this.columns[name][index]), 4))}`;
  }

  protected override places() {
    return Array.from(this.columns[this.chart.x], this.layout.x);
  }

  protected override go(index: number) {
    this.dispatchEvent(new CustomEvent("hourglass:read", { bubbles: true, composed: true, detail: { index } }));
  }
}

define("hourglass-chart", HourglassChart);

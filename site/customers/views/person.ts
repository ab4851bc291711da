import { html, nothing, svg, unsafeCSS } from "lit";
import { property } from "lit/decorators.js";
import { ticks } from "../../charts/axis.ts";
import { part } from "../../base/certain.ts";
import { monthTicks } from "../../base/dates.ts";
import { cuts, words as wire } from "../../engine/customers.gen.mjs";
import { type Area, dot, hair, marksAcross, xMark, yMark } from "../../charts/frame.ts";
import "../../charts/reading.ts";
import type { Drawn, Plot } from "../../charts/reading.ts";
import { type Scale, linear, path } from "../../charts/scale.ts";
import charts from "../../styles/charts.css";
import common from "../../styles/customers.css";
import { type Person, known } from "../state.ts";
import { View } from "../view.ts";
import { type Why, cutOf, why } from "../why.ts";
import type { PeopleWords } from "../words.ts";
import { type Draw, isBlank, rounded } from "./people-columns.ts";
import own from "./person.css";

/** The plot: the chance above, what was paid below. */
const HEIGHT = 330;
const TOP = 14;
const CHANCE_BOTTOM = 176;
const PAID_TOP = 206;
const PAID_BOTTOM = 292;
const LEFT = 58;

/** With more orders than this, marks are small and not tied to the line. */
const CROWDED = 40;

/** An id of more letters than this is text rather than a heading, and may have to be scrolled. */
const LONG = 80;

/** Fewer orders to come than this are none in a sentence. */
const HARDLY = 0.05;

/** From so many orders on there is a usual time between them. */
const PACED = 4;

/**
 * One customer: what to know in sentences, the figures, every order on a line of time and how likely it was on each day that
 * they are still a customer.
 *
 * @fires person:go - detail: the row of another customer, or null for back
 */
export class HourglassCustomersPerson extends View<PeopleWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(charts), unsafeCSS(own)];

  @property({ attribute: false }) person!: Person;
  @property({ attribute: false }) draw!: Draw;
  /** The customers one can go on to. */ @property({ attribute: false }) rows = new Uint32Array();
  /** Whether amounts are known. */ @property({ attribute: false }) money = true;

  constructor() {
    super();
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#go(null);
    });
  }

  override firstUpdated() {
    this.#title.focus({ preventScroll: true });
    this.renderRoot.querySelector("nav")?.scrollIntoView({ block: "nearest" });
  }

  get #title() {
    return part(this.renderRoot, "h2", HTMLElement);
  }

  #go(row: number | null) {
    this.dispatchEvent(new CustomEvent("person:go", { detail: row, bubbles: true, composed: true }));
  }

  override render() {
    const { words, draw, person: { row } } = this;
    const segment = wire.segment[known(this.state, "table").columns.segment[row]];
    const id = draw.id(row);
    return html`
      <article aria-labelledby="title">
        ${this.#navigation()}
        <header>
          <p class="eyebrow">${words.customer}</p>
          <h2 id="title" tabindex=${id.length > LONG ? 0 : -1} ?data-long=${id.length > LONG}>${isBlank(id) ? words.empty_id : html`<bdi>${id}</bdi>`}</h2>
          <p class="who"><span class="tag">${this.#tag(segment)}</span></p>
        </header>
        <div class="story">${this.#sentences().map((s) => html`<p>${s}</p>`)}</div>
        ${this.rankedOnly ? [this.tooLittle(), this.#twin()] : [this.#why(segment), this.#chart()]}
        <dl class="facts">${this.#facts()}</dl>
        ${this.rankedOnly ? nothing : html`<p class="help">${words.certainty({ level: this.format.percent(this.state.settings.level) })}</p>`}
      </article>
    `;
  }

  #chart() {
    const { words } = this;
    return html`<section class="part">
      <h3>${words.chart}</h3>
      <p class="help">${this.#lowest()}</p>
      <hourglass-reading .format=${this.format} .plot=${this.#plot()}></hourglass-reading>
      <details class="table"><summary>${words.twin}</summary>${this.#twin()}</details>
    </section>`;
  }

  /** What one customer of a segment is called; who ordered once is no regular yet. */
  #tag(segment: typeof wire.segment[number]) {
    const { words, person: { row } } = this;
    const { risk } = cutOf(segment);
    return this.#columns.orders[row] === 1 && risk ? words[`once_${risk}`] : words[`one_${segment}`];
  }

  /** The value taken apart, and the cuts that made the segment. */
  #why(segment: typeof wire.segment[number]) {
    const { words, draw, format, money, person, state } = this;
    const of = why(known(state, "table"), person, state.settings, state.model?.file.spend ?? null);
    const { chance, orders, cut } = of;
    const line = { chance: draw.chance(chance), orders: draw.orders(orders) };
    const share = (v: number) => format.wholePercent(v);
    const cutting = cut.risk === null ? this.segmentWords[`who_${segment}`] : format.sentences([
      words.why_level({ place: draw.count(of.place), all: draw.count(known(state, "table").length), level: cut.level, from: share(cut.from), to: share(cut.to) }),
      words.why_risk({ risk: cut.risk, safe: share(cuts.safe), lost: share(cuts.lost) }),
    ]);
    return html`<section class="part why">
      <h3>${words.why}</h3>
      <p class="line">${money
        ? words.why_line({ ...line, each: draw.money(of.each), margin: format.percent(of.margin, true), discounted: format.percent(of.discounted, true), value: draw.money(of.value) })
        : words.why_line_orders({ ...line, expected: draw.orders(chance * orders) })}</p>
      ${money ? html`<p>${this.#average(of)} ${words.why_stake({ stake: draw.money(of.stake), gap: draw.money(of.stake - of.value) })}</p>` : nothing}
      <p>${cutting}</p>
    </section>`;
  }

  /** Whose average an order's money is. */
  #average({ average }: Why) {
    const { words, draw } = this;
    if (!average) return nothing;
    const { own, orders: n, weight, all } = average;
    if (own === null) return words.why_all({ all: draw.money(all) });
    return words.why_own({ weight: this.format.wholePercent(weight), n, shown: draw.count(n), own: draw.money(own), all: draw.money(all) });
  }

  #navigation() {
    const { words, draw, rows } = this;
    const at = rows.indexOf(this.person.row);
    const button = (to: number, name: string, kind: string) => html`
      <button class="button ${kind}" aria-disabled=${to < 0 || to >= rows.length} @click=${() => to in rows && this.#go(rows[to])}>${name}</button>`;
    return html`<nav class="row" aria-label=${words.title}>
      <button class="button back" @click=${() => this.#go(null)}>${words.back}</button>
      <span class="place" role="status">${words.place({ at: draw.count(at + 1), all: draw.count(rows.length) })}</span>
      ${button(at - 1, words.previous, "previous")} ${button(at + 1, words.next, "next")}
    </nav>`;
  }

  get #columns() {
    return known(this.state, "table").columns;
  }

  /** The last day that the models know of. */
  get #end() {
    const { days, p_alive } = this.person.history;
    return days[0] + p_alive.length - 1;
  }

  #sentences() {
    const { words, draw, money, person: { row, history: { days, p_alive } } } = this;
    const c = this.#columns;
    const last = days[days.length - 1];
    const quiet = draw.days(this.#end - last);
    const paced = days.length >= PACED;
    const past = this.format.sentences([
      words.history({ n: days.length, shown: draw.count(days.length), first: draw.day(days[0]), last: draw.day(last) }),
      paced ? words.pace({ gap: draw.days(usualGap(days)), quiet }) : words.quiet({ quiet }),
    ]);
    if (this.rankedOnly) return [past];
    const n = c.expected_orders[row];
    const [low, high] = [draw.count(c.expected_orders_low[row]), draw.count(c.expected_orders_high[row])];
    // A plural is of the figure as it is shown.
    const expected = { n: rounded(n), shown: draw.orders(n), horizon: draw.horizon, end: draw.day(this.#end), low, high };
    const worth = { value: draw.money(c.clv[row]), value_low: draw.money(c.clv_low[row]), value_high: draw.money(c.clv_high[row]) };
    const share = draw.chance(c.p_alive[row]);
    const since = lostSince(p_alive);
    const next = draw.nextDay(row);
    return [
      past,
      since === null ? words.alive({ share }) : words.lost({ since: draw.day(days[0] + since), share }),
      n < HARDLY ? words.expect_none(expected) : this.format.sentences([
        money ? words.expect({ ...expected, ...worth }) : words.expect_plain(expected),
        next ? words.next_by({ date: next }) : words.next_none,
      ]),
    ];
  }

  #facts() {
    const { words, draw, money, person: { row } } = this;
    const c = this.#columns;
    const fact = (name: string, value: string, more?: string) => html`<div><dt>${name}</dt><dd>${value}</dd>${more ? html`<dd class="help">${more}</dd>` : nothing}</div>`;
    const ahead = () => [
      money ? fact(words.fact_value({ horizon: draw.horizon }), draw.money(c.clv[row]), draw.clvRange(row)) : nothing,
      fact(words.fact_expected, draw.orders(c.expected_orders[row]), draw.ordersRange(row)),
      fact(words.fact_alive, draw.chance(c.p_alive[row])),
      fact(words.fact_next, draw.nextDay(row) || words.no_next),
    ];
    return [
      this.rankedOnly ? nothing : ahead(),
      money ? fact(words.fact_spend, draw.money(c.spend[row])) : nothing,
      money ? fact(words.fact_per_order, draw.money(c.spend[row] / c.orders[row])) : nothing,
      fact(words.fact_rank, words.fact_rank_of({ rank: draw.count(c.rank[row]), all: draw.count(c.rank.length) })),
      fact(words.fact_decile, draw.count(c.decile[row])),
    ];
  }

  #lowest() {
    const { words, draw, person: { history: { days, p_alive } } } = this;
    const end = p_alive.length - 1;
    const lowest = p_alive.reduce((least, p, i) => (p <= p_alive[least] ? i : least), 0);
    const atEnd = { end: draw.day(days[0] + end), share: draw.chance(p_alive[end]) };
    if (lowest === end) return words.chart_lowest(atEnd);
    return words.chart_summary({ ...atEnd, low: draw.chance(p_alive[lowest]), low_date: draw.day(days[0] + lowest) });
  }

  #plot(): Plot {
    const { words, draw, money, person: { history: { days, amounts, p_alive } } } = this;
    const orderOn = new Map(Array.from(days, (day, i) => [day - days[0], i]));
    return {
      name: words.chart_read,
      height: HEIGHT,
      start: p_alive.length - 1,
      draw: (width) => this.#draw(width),
      read(i) {
        const order = orderOn.get(i);
        const parts = [{ title: words.chart_alive, value: draw.chance(p_alive[i]), key: "chance" }];
        if (order !== undefined) parts.push({ title: words.chart_order, value: money ? draw.money(amounts[order]) : "", key: "paid" });
        return { at: draw.day(days[0] + i), parts };
      },
    };
  }

  #draw(width: number): Drawn {
    const { words, format, money, person: { history: { days, amounts, p_alive } } } = this;
    const [first, box] = [days[0], { left: LEFT, right: width - 14, top: TOP, bottom: PAID_BOTTOM }];
    const x = linear(0, Math.max(1, p_alive.length - 1), LEFT, box.right);
    const chance = linear(0, 1, CHANCE_BOTTOM, TOP);
    const most = Math.max(...amounts, 0);
    const paid = linear(0, most || 1, PAID_BOTTOM, PAID_TOP);
    const line = path(p_alive.map((_, i) => i), p_alive, x, chance);
    const marks = monthTicks(first, this.#end, marksAcross(width));
    const body = svg`
      ${[0, 0.5, 1].map((p) => yMark(box, chance(p), format.percent(p), p === 0.5 ? "even" : "grid"))}
      ${marks.map((day) => svg`<path class="month" d="M${x(day - first)},${TOP}V${PAID_BOTTOM}" />`)}
      ${this.#monthNames(marks, x, box.right)}
      <path class="area" d="${line}L${x(p_alive.length - 1)},${chance(0)}L${x(0)},${chance(0)}Z" />
      ${days.length > CROWDED ? nothing : Array.from(days, (day) => svg`<path class="link" d="M${x(day - first)},${chance(p_alive[day - first])}V${PAID_BOTTOM}" />`)}
      <path class="chance" d=${line} />
      <path class="base" d="M${LEFT},${PAID_BOTTOM}H${box.right}" />
      ${money ? this.#amountMarks(most, paid, box) : svg`<text class="tick" x="0" y=${PAID_TOP - 8}>${words.chart_orders}</text>`}
      ${Array.from(days, (day, i) => this.#order(x(day - first), money ? paid(Math.max(0, amounts[i])) : (PAID_TOP + PAID_BOTTOM) / 2))}`;
    return { body, xs: Array.from(p_alive, (_, i) => x(i)), mark: (i) => [hair(box, x(i)), dot("", x(i), chance(p_alive[i]), 4)] };
  }

  #order(x: number, y: number) {
    return svg`<path class="stem" d="M${x},${PAID_BOTTOM}V${y}" /><circle class="order" cx=${x} cy=${y} r=${this.person.history.days.length > CROWDED ? 3 : 4.5} />`;
  }

  #amountMarks(most: number, paid: Scale, box: Area) {
    return ticks(0, most, 2).filter((t) => t > 0 && t <= most).map((t) => yMark(box, paid(t), this.format.axis(t, "money")));
  }

  #monthNames(marks: number[], x: Scale, right: number) {
    return marks.map((day) => xMark(Math.min(x(day - this.person.history.days[0]), right - 26), PAID_BOTTOM + 20, this.draw.month(day)));
  }

  #twin() {
    const { words, draw, money, person: { history: { days, amounts, p_alive } } } = this;
    const chance = (i: number) => (i < 0 || i >= p_alive.length ? "–" : draw.chance(p_alive[i]));
    const kept = this.rankedOnly ? 1 : 3; // without the chances
    const heads = [...(money ? [words.twin_amount] : []), ...[words.twin_gap, words.twin_before, words.twin_after].slice(0, kept)];
    const row = (name: string, amount: string, ...cells: string[]) => html`<tr><th scope="row">${name}</th>
      ${[...(money ? [amount] : []), ...cells.slice(0, kept)].map((cell, i) => html`<td class="n" data-title=${cell ? heads[i] : nothing}>${cell}</td>`)}</tr>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.twin}><table class="cards">
      <thead><tr><th scope="col">${words.twin_day}</th>${heads.map((head) => html`<th scope="col" class="n">${head}</th>`)}</tr></thead>
      <tbody>${Array.from(days, (day, i) => row(draw.day(day), draw.money(amounts[i]), i ? draw.count(day - days[i - 1]) : "–", i ? chance(day - days[0] - 1) : "–", chance(day - days[0])))}
        ${row(this.format.titled(words.twin_end, draw.day(this.#end)), "", draw.count(this.#end - days[days.length - 1]), "", chance(p_alive.length - 1))}
      </tbody></table></div>`;
  }
}

/** Since which day, of those since the first order, somebody is more likely lost than not; null for who is not. */
function lostSince(chances: ArrayLike<number>) {
  let since = chances.length;
  while (since > 0 && chances[since - 1] < 0.5) since--;
  return since === chances.length ? null : since;
}

/** The time between orders that half of them have kept to. */
export function usualGap(days: ArrayLike<number>) {
  const gaps = Array.from(days).slice(1).map((day, i) => day - days[i]).sort((a, b) => a - b);
  const middle = gaps.length >> 1;
  return gaps.length % 2 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
}

customElements.define("hourglass-customers-person", HourglassCustomersPerson);

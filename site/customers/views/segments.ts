import { type PropertyValues, html, nothing, svg, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { part } from "../../base/certain.ts";
import { words as layout } from "../../engine/customers.gen.mjs";
import common from "../../styles/customers.css";
import {
  type BreakEven, type Cost, type Move, type Programme, type Segment, type Stake, MOVES, SLIPPING, breakEven, isPossible, loyaltyOf, rowsOf, stakesOf, sumOf,
} from "../campaign.ts";
import { customersCsv } from "../csv.ts";
import { nameOf, save } from "../save.ts";
import { BOUNDS, showOf } from "../settings.ts";
import { known } from "../state.ts";
import { View } from "../view.ts";
import type { ActionWords } from "../words.ts";
import numbers from "./model-number.css";
import type { NumberEvent } from "./model-number.ts";
import "./model-number.ts";
import { horizonOf } from "./model-say.ts";
import own from "./segments.css";

type Loyalty = ReturnType<typeof loyaltyOf>;

/** Rows by value, columns by risk, as core/customers numbers the segments. */
const LEVELS = ["high", "middle", "low"] as const;
const RISKS = ["alive", "slipping", "lost"] as const;
const NEWCOMER = layout.segment.indexOf("newcomer");

/** Figures to start from, plainly to be replaced. */
const COST: Cost = { per_customer: 1, fixed: 0 };
const PROGRAMME: Programme = { reward_rate: 0.05, cost_per_member: 1, rise: 0 };

/**
 * Segments by value and risk, and what a campaign for each must bring to pay for itself.
 *
 * @fires customers:ask - a segment's customers; another margin
 */
export class HourglassCustomersSegments extends View<ActionWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(numbers), unsafeCSS(own)];

  /** The segment under the glass; null for the best of those slipping away. */ @state() chosen: number | null = null;
  @state() cost = COST;
  @state() programme = PROGRAMME;
  /** What an action has just done. */ @state() announced = "";
  stakes: Stake[] = [];

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("state")) return;
    const { table, settings } = this.state;
    const { segment } = showOf(settings.show);
    if (table?.columns.segment.length && table !== changed.get("state")?.table) this.stakes = stakesOf(table);
    if (!table) this.stakes = [];
    if (typeof segment === "number" && settings.show !== changed.get("state")?.settings.show) this.chosen = segment;
  }

  get #horizon() {
    return horizonOf(this.format, this.state.settings.horizon_days);
  }

  /** The segment under the glass: the best of the slipping ones, unless one was chosen. */
  get #segment() {
    return this.chosen ?? SLIPPING.map(indexOf).find((i) => this.stakes[i].customers > 0) ?? 0;
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #money(n: number) {
    return this.format.rounded(n);
  }

  override render() {
    const { state, words } = this;
    if (!state || !words) return nothing;
    if (this.stakes.length === 0) return html`<h2>${words.seg_title}</h2><p class="lede">${words.waiting}</p>`;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header><h2>${words.seg_title}</h2><p class="lede">${words.seg_lede}</p></header>
      ${this.tooLittle()}
      ${this.rankedOnly ? this.#counts() : [this.#first(), this.#map(), this.#detail(), this.hasMoney ? this.#loyalty() : nothing, this.#table()]}
      <p class="unseen" role="status">${this.announced}</p>
    </div>`;
  }

  /** How many customers rank where: all that a list of so few days tells of them. */
  #counts() {
    const { words } = this;
    return html`<table class="cards">
      <thead><tr><th scope="col">${words.loy_segment}</th><th class="n" scope="col">${words.seg_customers}</th></tr></thead>
      <tbody>${layout.segment.map((_, i) => html`<tr><th scope="row">${this.#name(i)}</th><td class="n" data-title=${words.seg_customers}>${this.#count(this.stakes[i].customers)}</td></tr>`)}</tbody>
    </table>`;
  }

  /** What to do first: the good customers who are slipping away. */
  #first() {
    const { words } = this;
    const segments = SLIPPING.map(indexOf);
    const sum = sumOf(segments.map((i) => this.stakes[i]));
    const n = sum.customers;
    if (n === 0) {
      return html`<section class="card first"><h3>${words.seg_slipping_none}</h3><p>${words.seg_slipping_none_text}</p></section>`;
    }
    const horizon = this.#horizon;
    const text = this.hasMoney
      ? words.seg_slipping_text({ stake: this.#money(sum.stake), value: this.#money(sum.value), horizon })
      : words.seg_slipping_orders({ orders: this.#count(sum.orders), horizon });
    return html`<section class="card first" aria-labelledby="first">
      <p class="eyebrow">${words.seg_first}</p>
      <h3 class="figure" id="first">${words.seg_slipping({ n, shown: this.#count(n) })}</h3>
      <p class="sentence">${text} ${this.#firstSum(sum)}</p>
      <div class="row">
        <button class="button primary" @click=${() => this.#download(segments, "slipping")}>${words.seg_download}</button>
        <a class="quiet noprint" href="#detail" @click=${this.#toDetail}>${words.seg_campaign}</a>
      </div>
    </section>`;
  }

  #firstSum(sum: Stake) {
    const { per_customer } = this.cost;
    const b = breakEven("win_back", sum, this.cost, this.#totals);
    if (!this.hasMoney || !isPossible(b) || !b.needed || per_customer === 0) return nothing;
    const { needed } = b;
    return this.words.seg_slipping_sum({
      n: needed, needed: this.#count(needed), cost: this.format.money(per_customer), customers: this.#count(sum.customers),
    });
  }

  get #totals() {
    return known(this.state, "totals");
  }

  #toDetail(event: Event) {
    event.preventDefault(); // the address holds the view
    const detail = part(this.renderRoot, "#detail", HTMLElement);
    detail.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    detail.focus({ preventScroll: true });
  }

  /** The map: a table of buttons. */
  #map() {
    const { words } = this;
    const help = this.hasMoney ? words.seg_map_help : words.seg_map_help_orders;
    const widest = Math.max(...this.stakes.map((s) => this.#parts(s).whole)) || 1;
    return html`<section class="part" aria-labelledby="map">
      ${HATCH}
      <h3 id="map">${words.seg_map}</h3>
      <p class="help">${help({ horizon: this.#horizon })}</p>
      <table class="map">
        <thead>
          <tr><td></td>${RISKS.map((risk) => html`<th scope="col">${words[`seg_map_${risk}`]}</th>`)}</tr>
        </thead>
        <tbody>
          ${LEVELS.map((level, row) => html`<tr>
            <th scope="row">${words[`seg_map_${level}`]}</th>
            ${RISKS.map((_, column) => html`<td>${this.#cell(3 * row + column, widest)}</td>`)}
          </tr>`)}
          <tr>
            <th scope="row">${words.seg_map_new}</th>
            <td colspan="3">${this.#cell(NEWCOMER, widest)}</td>
          </tr>
        </tbody>
      </table>
      <p class="key" aria-hidden="true">
        <span>${sample("solid")}${words.seg_key_expected}</span><span>${sample("hatched")}${words.seg_key_lost}</span>
      </p>
    </section>`;
  }

  /** A segment's bar: what is expected, and what it would be if all were there. */
  #parts(s: Stake) {
    if (this.hasMoney) return { part: s.value, whole: s.stake };
    return { part: s.orders, whole: s.alive > 0 ? (s.orders * s.customers) / s.alive : 0 };
  }

  #cell(i: number, widest: number) {
    const { words } = this;
    const s = this.stakes[i];
    const { part, whole } = this.#parts(s);
    const shown = this.hasMoney ? (x: number) => this.format.axis(x, "money") : (x: number) => this.#count(x);
    return html`<button class="cell" aria-pressed=${i === this.#segment} @click=${() => (this.chosen = i)}>
      <span class="name">${this.#name(i)}</span>
      <span class="many">${this.#count(s.customers)}<span class="unseen"> ${words.seg_customers}</span></span>
      ${bar(part / widest, whole / widest)}
      <span class="sum">${s.customers ? words.seg_cell_money({ value: shown(part), stake: shown(whole) }) : words.seg_cell_none}</span>
    </button>`;
  }

  #name(i: number) {
    return this.segmentWords[layout.segment[i]];
  }

  #detail() {
    const { words } = this;
    const i = this.#segment;
    const s = this.stakes[i];
    return html`<section class="part detail" id="detail" tabindex="-1" aria-labelledby="detail-name">
      <header>
        <h2 id="detail-name">${this.#name(i)}</h2>
        <p class="lede">${this.segmentWords[`who_${layout.segment[i]}`]}</p>
      </header>
      ${s.customers === 0 ? html`<p>${words.seg_empty}</p>` : [this.#facts(i, s), this.#listed(i), this.#campaign(i, s)]}
    </section>`;
  }

  #facts(i: number, s: Stake) {
    const { words } = this;
    const horizon = this.#horizon;
    const all = sumOf(this.stakes).customers;
    const fact = (name: string, value: string, help: string, range = "") =>
      html`<div><dt>${name}</dt><dd>${value}</dd>${[help, range].map((text) => (text ? html`<dd class="help">${text}</dd>` : nothing))}</div>`;
    const range = this.#ranges(i);
    return html`<dl class="facts">
      ${fact(words.seg_customers, this.#count(s.customers), words.seg_share({ share: this.format.percent(s.customers / all, true) }))}
      ${this.hasMoney ? fact(words.seg_past, this.#money(s.spend), "") : nothing}
      ${fact(words.seg_orders, this.#count(s.orders), words.seg_orders_help({ horizon }), range("orders", (n) => this.#count(n)))}
      ${this.hasMoney
        ? html`${fact(words.seg_value, this.#money(s.value), words.seg_value_help({ horizon }), range("value", (n) => this.#money(n)))}
          ${fact(words.seg_stake, this.#money(s.stake), words.seg_stake_help)}
          ${fact(words.seg_lost, this.#money(s.stake - s.value), words.seg_lost_help({ gone: this.#count(s.gone) }))}`
        : nothing}
    </dl>`;
  }

  /** The ranges of a segment's sums in words, none where the file carries no forecast so far ahead. */
  #ranges(i: number) {
    const { words, format, state } = this;
    const ranges = state.pictures.segments?.[layout.segment[i]].ranges;
    const { likely } = this.#totals;
    const sure = format.percent(likely?.checked ? state.settings.level ?? 0.95 : 0.8);
    return (name: "orders" | "value", shown: (n: number) => string) => {
      if (!ranges || !likely.answerable) return "";
      if (name === "value" && !ranges.told) return words.range_untold;
      return words.seg_range({ low: shown(ranges[name].low), high: shown(ranges[name].high), sure });
    };
  }

  #listed(i: number) {
    const { words } = this;
    return html`<div class="row">
      <button class="button" @click=${() => this.ask({ what: "view", view: "customers", segment: i })}>${words.seg_show}</button>
      <button class="button" @click=${() => this.#download([i], layout.segment[i])}>${words.seg_download}</button>
    </div>`;
  }

  async #download(segments: number[], name: string) {
    const table = known(this.state, "table");
    const file = nameOf(this.state, name, ".csv");
    save(await customersCsv(table, rowsOf(table, segments), { money: this.hasMoney, ranked: this.rankedOnly }), file);
    this.announced = this.words.downloaded({ name: file });
  }

  #campaign(i: number, s: Stake) {
    const { words, format, cost } = this;
    if (!this.hasMoney) return html`<p class="note">${words.seg_no_money}</p>`;
    const { margin } = this.state.pending ?? this.state.settings;
    const set = (name: keyof Cost) => (e: NumberEvent) => (this.cost = { ...cost, [name]: e.detail.value });
    return html`
      <h3>${words.seg_campaign}</h3>
      <p class="help">${words.seg_campaign_help}</p>
      <div class="controls">
        ${this.#number("cost", words.seg_cost, "money", cost.per_customer, set("per_customer"))}
        ${this.#number("fixed", words.seg_fixed, "money", cost.fixed, set("fixed"))}
        <hourglass-customers-number class="control" name="margin" label=${words.seg_margin} help=${words.seg_margin_help} unit="share" lazy
          .value=${margin} .bounds=${BOUNDS.margin} .format=${format} .words=${words}
          @number=${(e: NumberEvent) => this.ask({ what: "settings", settings: { margin: e.detail.value } })}></hourglass-customers-number>
      </div>
      ${margin === 1 ? html`<p class="note">${words.seg_margin_whole}</p>` : nothing}
      <ol class="moves">${MOVES[layout.segment[i]].map((move) => this.#move(move, i, s))}</ol>
      <p class="help noprint">${words.move_more_help}</p>
    `;
  }

  #number(name: string, label: string, unit: string, value: number, onNumber: (e: NumberEvent) => void, help = "", bounds: [number, number] = [0, 1e12]) {
    return html`<hourglass-customers-number class="control" name=${name} label=${label} help=${help} unit=${unit}
      .value=${value} .bounds=${bounds} .format=${this.format} .words=${this.words} @number=${onNumber}></hourglass-customers-number>`;
  }

  #move({ lever, goal }: Move, i: number, s: Stake) {
    const { words } = this;
    const b = breakEven(goal, s, this.cost, this.#totals);
    const how = i === NEWCOMER && goal === "orders" ? "move_cross-sell_newcomer" : `move_${lever}_${goal}`;
    return html`<li>
      <h4>${words[`move_${goal}`]}</h4>
      <p class="help">${words[how as keyof ActionWords]}</p>
      <p class="pays" ?data-never=${!isPossible(b)}>${this.#pays(goal, b, s)}</p>
      ${b.cost > 0 && b.needed !== null ? html`<p class="help">${this.#working(goal, b, s)}</p>` : nothing}
      <p class="noprint"><a href=${this.#leverPage(lever, s)}>${words.move_more({ title: words[`lever_${lever}`] })}</a></p>
    </li>`;
  }

  #pays(goal: Move["goal"], b: BreakEven, s: Stake) {
    const { words } = this;
    if (b.cost === 0) return words.pays_free;
    if (b.needed === null) return words.pays_nothing;
    const n = b.needed;
    const known = {
      n, needed: this.#count(n), customers: this.#count(s.customers), gone: this.#count(s.gone), alive: this.#count(s.alive),
      orders: this.#count(s.orders), share: this.format.percent(s.orders > 0 ? n / s.orders : 0, true),
    };
    if (isPossible(b)) return words[`pays_${goal}`](known);
    return goal === "win_back" ? words.pays_never_win_back(known) : words.pays_never_keep(known);
  }

  #working(goal: Move["goal"], b: BreakEven, s: Stake) {
    const known = { cost: this.#money(b.cost), customers: this.#count(s.customers), each: this.format.money(b.each), horizon: this.#horizon };
    return this.words[`each_${goal === "second_order" ? "keep" : goal}`](known);
  }

  /** The lever's own page, with what it asks and this page knows. */
  #leverPage(lever: string, s: Stake) {
    const { margin, annual_discount, currency } = this.state.settings;
    const query = new URLSearchParams({
      gross_margin: String(margin), annual_discount_rate: String(annual_discount), new_customers: String(s.customers), currency,
    });
    return `../${lever}/?${query}`;
  }

  #loyalty() {
    const { words, programme } = this;
    const set = (name: keyof Programme) => (e: NumberEvent) =>
      (this.programme = { ...programme, [name]: e.detail.value });
    return html`<section class="part" aria-labelledby="loyalty">
      <h2 id="loyalty">${words.loy_title}</h2>
      <p class="lede">${words.loy_lede}</p>
      <div class="controls">
        ${this.#number("reward", words.loy_rate, "share", programme.reward_rate, set("reward_rate"), "", [0, 1])}
        ${this.#number("member", words.loy_member, "money", programme.cost_per_member, set("cost_per_member"))}
        ${this.#number("rise", words.loy_rise, "rate", programme.rise, set("rise"), words.loy_rise_help, [-1, 10])}
      </div>
      ${this.#programme()}
    </section>`;
  }

  #programme() {
    const { words } = this;
    const all = sumOf(this.stakes);
    const rows = layout.segment.map((_, i) => ({ name: this.#name(i), stake: this.stakes[i], loyalty: this.#loyaltyOf(this.stakes[i]) }))
      .filter((r) => r.stake.customers > 0);
    const whole = this.#loyaltyOf(all);
    return html`
      <p class="sentence">${this.#loyaltySentence(whole, rows)}</p>
      <div class="wide" tabindex="0" role="group" aria-labelledby="loyalty">
        <table class="cards">
          <thead><tr>
            <th scope="col">${words.loy_segment}</th>
            ${this.#loyaltyHeads.map((h) => html`<th class="n" scope="col">${h}</th>`)}
          </tr></thead>
          <tbody>${rows.map((r) => this.#loyaltyRow(r.name, r.stake, r.loyalty))}</tbody>
          <tfoot>${this.#loyaltyRow(words.loy_all, all, whole)}</tfoot>
        </table>
      </div>
      <p class="noprint"><a href=${this.#leverPage("loyalty-programme", all)}>${words.loy_more}</a></p>`;
  }

  get #loyaltyHeads() {
    const { words } = this;
    const heads = [words.seg_customers, words.loy_anyway, words.loy_needed, words.loy_extra];
    return this.programme.rise === 0 ? heads : [...heads, words.loy_net];
  }

  #loyaltyOf(stake: Stake) {
    return loyaltyOf(stake, this.state.settings, this.programme);
  }

  #loyaltySentence(whole: Loyalty, rows: { name: string, loyalty: Loyalty }[]) {
    const { words } = this;
    if (whole.needed === null) return words.loy_never;
    const rise = (x: number) => this.format.percent(x, true);
    const sum = words.loy_sum({ anyway: this.#money(whole.anyway), rise: rise(whole.needed), horizon: this.#horizon });
    const least = rows.reduce((a, b) => (Number(b.loyalty.needed) < Number(a.loyalty.needed) ? b : a));
    const differ = rows.some((r) => Number(r.loyalty.needed) - Number(least.loyalty.needed) > 0.001);
    return this.format.sentences([sum, differ ? words.loy_best({ segment: least.name, rise: rise(Number(least.loyalty.needed)) }) : ""]);
  }

  #loyaltyRow(name: string, stake: Stake, { anyway, needed, extra, net }: Loyalty) {
    const { words, format } = this;
    const more = Math.ceil(extra ?? 0);
    const cells = [
      this.#count(stake.customers), this.#money(anyway), needed === null ? words.loy_never_cell : format.percent(needed, true),
      extra === null ? "–" : words.loy_extra_cell({ n: more, shown: this.#count(more) }), this.#money(net),
    ];
    return html`<tr>
      <th scope="row">${name}</th>
      ${this.#loyaltyHeads.map((head, i) => html`<td class="n" data-title=${head}>${cells[i]}</td>`)}
    </tr>`;
  }

  #table() {
    const { words } = this;
    const money = this.hasMoney;
    const heads = [words.seg_customers, words.seg_orders, ...(money ? [words.seg_past, words.seg_value, words.seg_stake, words.seg_lost] : [])];
    const row = (name: string, s: Stake) => html`<tr>
      <th scope="row">${name}</th>
      ${[this.#count(s.customers), this.#count(s.orders), ...(money ? [s.spend, s.value, s.stake, s.stake - s.value].map((x) => this.#money(x)) : [])]
        .map((cell, i) => html`<td class="n" data-title=${heads[i]}>${cell}</td>`)}
    </tr>`;
    return html`<details class="table">
      <summary>${words.seg_table}</summary>
      <div class="wide" tabindex="0" role="group" aria-label=${words.seg_table}>
        <table class="cards">
          <thead><tr><th scope="col">${words.loy_segment}</th>${heads.map((h) => html`<th class="n" scope="col">${h}</th>`)}</tr></thead>
          <tbody>${layout.segment.map((_, i) => row(this.#name(i), this.stakes[i]))}</tbody>
          <tfoot>${row(words.loy_all, sumOf(this.stakes))}</tfoot>
        </table>
      </div>
    </details>`;
  }
}

const indexOf = (name: Segment) => layout.segment.indexOf(name);

/** The pattern of what is lost, for all bars. */
const HATCH = html`<svg width="0" height="0" class="unseen" aria-hidden="true"><defs>
  <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="1.5" height="5" class="stripe" /></pattern>
</defs></svg>`;

/** A part of a whole, both as shares of the widest. */
const bar = (part: number, whole: number) => html`<svg class="bar-map" width="100%" height="8" aria-hidden="true">
  <rect width="${100 * whole}%" height="8" fill="url(#hatch)" /><rect class="some" width="${100 * part}%" height="8" /></svg>`;

const sample = (kind: "solid" | "hatched") => html`<svg width="20" height="8" aria-hidden="true">${kind === "solid"
  ? svg`<rect class="some" width="20" height="8" />`
  : svg`<rect width="20" height="8" fill="url(#hatch)" />`}</svg>`;

customElements.define("hourglass-customers-segments", HourglassCustomersSegments);

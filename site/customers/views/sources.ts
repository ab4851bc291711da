import { html, nothing, svg, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { part } from "../../base/certain.ts";
import { textIn } from "../../base/events.ts";
import "../../charts/reading.ts";
import type { SourceGroup as Source, Sources } from "../../engine/customers.ts";
import charts from "../../styles/charts.css";
import common from "../../styles/customers.css";
import { csv } from "../csv.ts";
import { horizonText } from "../horizon.ts";
import { type Named, compare } from "../plots/compare.ts";
import { nameOf, save } from "../save.ts";
import { pairOf, pairText } from "../settings.ts";
import type { Cost } from "../state.ts";
import { View } from "../view.ts";
import type { SourceWords } from "../words.ts";
import own from "./sources.css";

/** Fewer customers are too few to tell: core/customers, FewCustomers. */
const FEW = 30;

/** Places among the ages: 30, 90, 180 and 365 days. */
const SHOWN = [1, 3, 6, 12];
const IN_90_DAYS = 3;

const BY_MONTH = "first-month";

/** Whether its figures are no more than chance and the average of all make of them. */
const isGrey = ({ differs, customers }: Source) => !differs || customers < FEW;

/**
 * Where good customers come from: what a new customer of each group is worth, what one costs, and when that is paid back.
 *
 * @fires customers:ask - another column to group by; what groups have cost
 */
export class HourglassCustomersSources extends View<SourceWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(charts), unsafeCSS(own)];

  /** Whether costs are being pasted. */ @state() pasting = false;
  /** Whether a narrow screen shows all columns. */ @state() whole = false;
  /** The rows as they are shown, and of what. */ #rows: { of: Sources | null, rows: Source[] } = { of: null, rows: [] };

  get #sources() {
    return this.state.sources;
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #money(n: number) {
    return this.format.rounded(n);
  }

  /** An amount for one customer: to the cent where it is small. */
  #each(n: number) {
    return Math.abs(n) >= 10 && Math.abs(n) < 100 ? this.format.axis(Math.round(n), "money") : this.#money(n);
  }

  get #horizon() {
    return horizonText(this.state.settings.horizon_days, this.format);
  }

  get #level() {
    return this.format.percent(this.state.settings.level ?? 0.95);
  }

  /** The figure that groups are compared by. */
  #worth(source: Source) {
    return this.hasMoney ? source.value : source.repeats;
  }

  #worthText(n: number) {
    return this.hasMoney ? this.#each(n) : this.format.value(Math.round(n * 100) / 100, "count");
  }

  #name({ kind, text }: Source) {
    return kind === "named" ? text : this.words[kind];
  }

  /** What a cost names a group by. */
  #key({ kind, text }: Source) {
    return kind === "named" ? text : kind;
  }

  /** Months in their order; else those that differ first, the best of them on top, and what is no group of its own last. */
  #ordered(sources: Sources) {
    if (this.#rows.of === sources) return this.#rows.rows;
    const last = ({ kind }: Source) => Number(kind !== "named");
    const rows = [...sources.each].sort((a, b) => last(a) - last(b) || (sources.by === BY_MONTH
      ? a.text.localeCompare(b.text)
      : Number(isGrey(a)) - Number(isGrey(b)) || this.#worth(b).value - this.#worth(a).value));
    this.#rows = { of: sources, rows };
    return rows;
  }

  override render() {
    const { state, words, format } = this;
    if (!state || !words) return nothing;
    const sources = this.#sources;
    const { margin, annual_discount } = state.settings;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header class="top">
        <div>
          <h2>${words.title}</h2>
          <p class="lede">${this.hasMoney ? words.lede({ margin: format.percent(margin, true), discount: format.percent(annual_discount, true) }) : words.lede_orders}</p>
        </div>
        ${sources ? this.#by(sources) : nothing}
      </header>
      ${this.tooLittle()}
      ${sources ? [this.#finding(sources), this.#actions(), this.#table(sources), this.hasMoney && sources.each.length > 1 ? this.#compare(sources) : nothing] : html`<p class="help wait" role="status">${words.waiting}</p>`}
    </div>`;
  }

  /** What customers are grouped by. */
  #by({ by, columns }: Sources) {
    const { words } = this;
    const onChange = (event: Event) => this.change({ by: textIn(event) });
    const name = (c: Sources["columns"][number]) => c.name || words.nameless({ n: String(c.column) });
    return html`<label class="by"><span>${words.group_by}</span>
      <select @change=${onChange}>
        ${columns.map((c) => html`<option value=${c.name || String(c.column)} ?selected=${by === String(c.column)}>${name(c)}</option>`)}
        <option value=${BY_MONTH} ?selected=${by === BY_MONTH}>${words.by_month}</option>
      </select></label>`;
  }

  #finding(sources: Sources) {
    const { words } = this;
    if (sources.each.length < 2) return html`<p class="finding">${words.finding_one}</p>`;
    const told = sources.each.filter((one) => !isGrey(one) && one.kind === "named").sort((a, b) => this.#worth(b).value - this.#worth(a).value);
    if (told.length === 0) return html`<p class="finding">${words.finding_same}</p>`;
    const figures = (best: Source, worst: Source) => ({
      best: this.#name(best), high: this.#worthText(this.#worth(best).value), horizon: this.#horizon,
      worst: this.#name(worst), low: this.#worthText(this.#worth(worst).value),
    });
    const named = sources.each.filter((one) => one.kind === "named");
    const lowest = named.reduce((a, b) => (this.#worth(b).value < this.#worth(a).value ? b : a));
    const highest = named.reduce((a, b) => (this.#worth(b).value > this.#worth(a).value ? b : a));
    const only = told.length === 1;
    const best = only && told[0] === lowest ? highest : told[0];
    const worst = only ? lowest : told[told.length - 1];
    const say = this.hasMoney ? words.finding : words.finding_orders;
    const loss = sources.each.find((one) => one.has_cost && !one.too_early && one.ratio.high < 1);
    return html`<p class="finding">${this.format.sentences([
      best === worst ? words.finding_same : say(figures(best, worst)),
      loss ? words.finding_loss({ group: this.#name(loss), cac: this.#each(loss.cac), value: this.#each(loss.value.value) }) : "",
    ])}</p>`;
  }

  // What groups have cost.

  #actions() {
    const { words, state } = this;
    return html`<div class="row noprint">
      ${this.hasMoney
        ? html`<button type="button" class="button" aria-expanded=${this.pasting} @click=${() => (this.pasting = !this.pasting)}>${words.paste}</button>
          <label class="button file">${words.file}<input type="file" class="unseen" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${this.#onFile} /></label>
          ${state.costs.length ? html`<button type="button" class="quiet" @click=${() => this.ask({ what: "costs", costs: [] })}>${words.clear}</button>` : nothing}`
        : html`<p class="help">${words.no_money}</p>`}
      <button type="button" class="quiet" @click=${this.#download}>${words.download}</button>
    </div>
    ${this.pasting ? this.#paste() : nothing}
    ${this.#listed()}`;
  }

  #paste() {
    const { words } = this;
    return html`<form class="paste noprint" @submit=${this.#onPaste}>
      <label for="costs">${words.paste_label}</label>
      <textarea id="costs" rows="5" dir="auto" spellcheck="false" autocomplete="off" aria-describedby="costs-help"></textarea>
      <p class="help" id="costs-help">${words.paste_help}</p>
      <div><button class="button">${words.paste_use}</button></div>
    </form>`;
  }

  #onPaste(event: Event) {
    event.preventDefault();
    const { value } = part(this.renderRoot, "#costs", HTMLTextAreaElement);
    this.ask({ what: "cost_list", list: new Blob([value]) });
    this.pasting = false;
  }

  #onFile(event: Event) {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement) || !input.files?.length) return;
    this.ask({ what: "cost_list", list: input.files[0] });
    input.value = "";
  }

  /** What became of the list of costs. */
  #listed() {
    const { words } = this;
    const list = this.state.costList;
    const unused = this.#sources?.unused ?? [];
    if (!list && unused.length === 0) return nothing;
    const n = (count: number) => ({ n: count, shown: this.#count(count) });
    const said = [
      list && list.each.length === 0 ? words.costs_empty : "",
      list && list.each.length > 0 ? words.costs_read(n(list.each.length)) : "",
      list && list.outside > 0 ? words.costs_outside(n(list.outside)) : "",
      list && list.skipped > 0 && list.each.length > 0 ? words.costs_skipped(n(list.skipped)) : "",
      unused.length > 0 ? words.costs_unused({ groups: this.format.list(unused.slice(0, 5)) }) : "",
    ].filter(Boolean);
    return html`<p class="note" role="status">${this.format.sentences(said)}</p>`;
  }

  #onCost(source: Source, event: Event) {
    const amount = this.format.parse(textIn(event), "money");
    const key = this.#key(source).toLowerCase();
    const others = this.state.costs.filter(({ group }) => group.toLowerCase() !== key);
    const costs: Cost[] = typeof amount === "number" && amount > 0 ? [...others, { group: this.#key(source), amount }] : others;
    this.ask({ what: "costs", costs });
  }

  // The table.

  #table(sources: Sources) {
    const { words, hasMoney: money } = this;
    const rows = this.#ordered(sources);
    const most = this.#scale(sources);
    const { paid } = sources;
    const column = sources.columns.find((c) => String(c.column) === sources.by);
    const costs = sources.each.some((one) => one.has_cost);
    const young = rows.some((one) => SHOWN.some((at) => one.old_enough[at] < FEW));
    return html`<div class="groups">
      <p class="legend" aria-hidden="true">
        <span><svg width="28" height="10">${mark(0, 1, 0.5, null)}</svg>${(money ? words.key_value : words.key_repeats)({ level: this.#level })}</span>
        ${costs ? html`<span><svg width="6" height="14"><rect class="cac" x="2" width="2" height="14" /></svg>${words.key_cac}</span>` : nothing}
        <span>${words.key_grey}</span>
      </p>
      <div class="wide" tabindex="0" role="region" aria-label=${words.title}>
        <table class="roomy" ?data-whole=${this.whole}>
          <thead><tr>
            <th scope="col" rowspan="2">${column ? column.name || words.nameless({ n: String(column.column) }) : words.by_month}</th>
            <th scope="col" class="n more" rowspan="2">${words.col_new}</th>
            <th scope="col" class="n more" rowspan="2">${words.col_again}</th>
            ${money ? html`<th scope="colgroup" class="more span" colspan=${SHOWN.length}>${words.col_margin}</th>` : nothing}
            <th scope="col" class="n worth" colspan="2" rowspan="2">${(money ? words.col_value : words.col_repeats)({ horizon: this.#horizon })}</th>
            ${money ? html`<th scope="col" class="n" rowspan="2">${words.col_cost}</th><th scope="col" class="n" rowspan="2">${words.col_cac}</th>
              <th scope="col" class="n more" rowspan="2">${words.col_ratio}</th><th scope="col" class="n" rowspan="2">${words.col_payback}</th>` : nothing}
          </tr>
          <tr>${money ? SHOWN.map((at) => html`<th scope="col" class="n more">${this.#count(sources.ages[at])}</th>`) : nothing}</tr></thead>
          <tbody>${rows.map((one) => this.#row(one, most))}</tbody>
          <tfoot>${this.#row(sources.all, most, true)}</tfoot>
        </table>
      </div>
      <button type="button" class="quiet narrow noprint" aria-pressed=${this.whole} @click=${() => (this.whole = !this.whole)}>${words.all_columns}</button>
      <div class="notes help">
        ${sources.overlap ? html`<p>${words.overlap}</p>` : nothing}
        ${paid.has_cost ? html`<p>${words.paid_note({ cac: this.#each(paid.cac), ratio: this.#ratio(paid.ratio.value) })}</p>` : nothing}
        ${money ? html`<p>${words.most_help}</p>` : nothing}
        ${young ? html`<p>${words.young_help({ n: this.#count(FEW) })}</p>` : nothing}
      </div>
    </div>`;
  }

  /** What the widest mark stands for. */
  #scale({ each, all }: Sources) {
    const high = Math.max(this.#worth(all).high, ...each.filter((one) => !isGrey(one)).map((one) => this.#worth(one).high), ...each.map((one) => this.#worth(one).value));
    const costs = each.filter((one) => one.has_cost).map((one) => one.cac);
    return 1.08 * Math.max(high, ...costs.filter((cac) => cac < 2 * high)) || 1;
  }

  #ratio(n: number) {
    return this.format.value(Math.round(n * 100) / 100, "count");
  }

  #row(one: Source, most: number, all = false) {
    const { words, hasMoney: money } = this;
    const worth = this.#worth(one);
    const grey = !all && isGrey(one);
    const note = all || !grey ? "" : one.customers < FEW ? words.few({ n: this.#count(FEW) }) : words.alike;
    const name = all ? words.all : this.#name(one);
    return html`<tr ?data-grey=${grey} ?data-all=${all}>
      <th scope="row"><span class="name" dir="auto">${name}</span>${note ? html`<span class="why">${note}</span>` : nothing}</th>
      <td class="n more new"><span class="narrow">${words.col_new}: </span>${this.#count(one.customers)}</td>
      ${this.#aged(one, IN_90_DAYS, one.again, (v) => this.format.percent(Math.round(v * 100) / 100))}
      ${money ? SHOWN.map((at) => this.#aged(one, at, one.margin, (v) => this.#each(v))) : nothing}
      <td class="strip"><svg width="100%" height="14" aria-hidden="true">${mark(worth.low / most, Math.min(1, worth.high / most), worth.value / most, one.has_cost ? one.cac / most : null)}</svg></td>
      <td class="n worth"><b>${this.#worthText(worth.value)}</b><span class="why">${words.range({ low: this.#worthText(worth.low), high: this.#worthText(worth.high) })}</span></td>
      ${money ? this.#cost(one, name, all) : nothing}
    </tr>`;
  }

  /** A figure by an age; grey where few are that old, nothing where nobody is. */
  #aged(one: Source, at: number, of: { value: number }[], shown: (v: number) => string) {
    const old = one.old_enough[at];
    return html`<td class="n more" ?data-few=${old < FEW}>${old > 0 ? shown(of[at].value) : "–"}</td>`;
  }

  #cost(one: Source, name: string, all: boolean) {
    const { words } = this;
    const typed = one.cost > 0 ? this.format.typed(one.cost, "money") : "";
    const field = html`<input inputmode="decimal" autocomplete="off" dir="ltr" aria-label=${words.cost_of({ group: name })} placeholder="–"
      .value=${typed} @change=${(event: Event) => this.#onCost(one, event)} />`;
    const late = one.has_cost && !one.too_early && one.month < 0;
    return html`
      <td class="n cost"><span class="narrow">${words.col_cost}: </span>${all ? (one.cost > 0 ? this.#money(one.cost) : "–") : field}</td>
      <td class="n cac"><span class="narrow">${words.col_cac}: </span>${one.has_cost ? this.#each(one.cac) : "–"}</td>
      <td class="n more">${one.has_cost ? this.#ratio(one.ratio.value) : "–"}</td>
      <td class="n pay" ?data-late=${late && !all}><span class="narrow">${words.col_payback}: </span>${one.has_cost && !all ? this.#payback(one) : "–"}</td>`;
  }

  #payback({ month, forecast, too_early }: Source) {
    const { words } = this;
    if (too_early) return words.pay_early;
    if (month < 0) return words.pay_never;
    if (month === 0) return words.pay_first;
    return (forecast ? words.pay_forecast : words.pay_month)({ month: this.#count(month) });
  }

  #download() {
    const sources = this.#sources;
    if (!sources) return;
    const ages = SHOWN.map((at) => sources.ages[at]);
    const head = ["group", "customers", "reordered_90_days", ...ages.map((days) => `margin_${days}_days`), "value", "value_low", "value_high", "repeat_orders",
      "differs", "cost", "cac", "clv_cac", "payback_month", "too_early"];
    const rows = this.#ordered(sources).map((one) => {
      const aged = (of: { value: number }[], at: number) => (one.old_enough[at] > 0 ? of[at].value : null);
      const paid = one.has_cost ? [one.cost, one.cac, one.ratio.value, one.month >= 0 ? one.month : null, one.too_early] : [null, null, null, null, null];
      const value = this.hasMoney ? [one.value.value, one.value.low, one.value.high] : [null, null, null];
      return [this.#name(one), one.customers, aged(one.again, IN_90_DAYS), ...SHOWN.map((at) => (this.hasMoney ? aged(one.margin, at) : null)), ...value, one.repeats.value, one.differs, ...paid];
    });
    save(new Blob([csv([head, ...rows])], { type: "text/csv;charset=utf-8" }), nameOf(this.state, "sources", ".csv"));
  }

  // Two at equal age.

  #compare(sources: Sources) {
    const { words, format } = this;
    const rows = this.#ordered(sources);
    const find = (key: string | null) => rows.find((one) => this.#key(one) === key);
    const bySize = [...rows].sort((a, b) => b.customers - a.customers);
    const chosen = pairOf(this.state.settings.pair);
    const first = find(chosen[0]) ?? bySize[0];
    const second = find(chosen[1]) ?? bySize.find((one) => one !== first) ?? first;
    const pair: Named[] = [first, second].map((source) => ({ name: this.#name(source), source }));
    const choose = (k: 0 | 1) => (event: Event) => {
      const to: [string | null, string | null] = [this.#key(first), this.#key(second)];
      to[k] = textIn(event);
      this.change({ pair: pairText(to) });
    };
    const select = (k: 0 | 1, label: string) => html`<label class="by"><span class="unseen">${label}</span><select @change=${choose(k)}>
      ${rows.map((one) => html`<option value=${this.#key(one)} ?selected=${one === pair[k].source}>${this.#name(one)}</option>`)}</select></label>`;
    const plot = this.#plot(sources.ages, pair);
    return html`<section class="part" aria-labelledby="compare">
      <header class="top">
        <h2 id="compare">${words.compare}</h2>
        <div class="row">${select(0, words.compare_first)}${select(1, words.compare_second)}</div>
      </header>
      <p class="finding">${format.sentences([...pair.map((one) => this.#paidBack(one)), this.#more(pair)].filter(Boolean))}</p>
      <hourglass-reading .format=${format} .plot=${plot}></hourglass-reading>
      <p class="help">${words.compare_caption({ level: this.#level, n: this.#count(FEW) })}</p>
      <details class="table"><summary>${words.table}</summary><div class="wide" tabindex="0" role="region" aria-label=${words.compare}><table class="cards">
        <thead><tr><th scope="col">${words.compare_axis}</th>${pair.map(({ name }) => html`<th scope="col" class="n" colspan="2">${name}</th>`)}</tr></thead>
        <tbody>${Array.from(sources.ages, (age, i) => html`<tr><th scope="row" data-title=${words.compare_axis}>${this.#count(age)}</th>${pair.map(({ name, source }) => html`
          <td class="n" data-title=${name} ?data-few=${i >= source.seen}>${this.#each(source.path[i].value)}</td>
          <td class="n" ?data-few=${i >= source.seen}>${words.range({ low: this.#each(source.path[i].low), high: this.#each(source.path[i].high) })}</td>`)}</tr>`)}</tbody>
      </table></div></details>
    </section>`;
  }

  /** The plot of the pair, anew where one of them is another. */
  #plot(ages: ArrayLike<number>, pair: Named[]) {
    const of = [...pair.map(({ source }) => source), this.format, this.words];
    if (!this.#drawn || this.#drawn.of.some((one, i) => one !== of[i])) this.#drawn = { of, plot: compare(ages, pair, this.format, this.words) };
    return this.#drawn.plot;
  }

  #drawn: { of: unknown[], plot: ReturnType<typeof compare> } | null = null;

  #paidBack({ name, source }: Named) {
    const { words } = this;
    if (!source.has_cost) return "";
    const known = { group: name, cac: this.#each(source.cac) };
    if (source.too_early) return words.compare_early(known);
    if (source.month < 0) return words.compare_never(known);
    return source.month === 0 ? words.compare_paid_first(known) : words.compare_paid({ ...known, month: this.#count(source.month) });
  }

  /** Which of two brings more within a year, where their bands leave no doubt. */
  #more(pair: Named[]) {
    const { words } = this;
    const [a, b] = pair.map(({ source }) => source.path[source.path.length - 1]);
    if (pair[0].source === pair[1].source) return "";
    // The deviation of a difference of two that know nothing of each other.
    const off = Math.abs(a.value - b.value);
    if (off <= Math.hypot(a.high - a.low, b.high - b.low) / 2) return words.compare_same;
    return words.compare_more({ group: (a.value > b.value ? pair[0] : pair[1]).name, amount: this.#each(off) });
  }
}

/** A value with its interval and a cost, as shares of the widest. */
const mark = (low: number, high: number, value: number, cost: number | null) => svg`
  <line class="rail" x1="0" x2="100%" y1="50%" y2="50%" />
  <rect class="interval" x="${100 * low}%" width="${100 * Math.max(0, high - low)}%" y="30%" height="40%" />
  <circle class="value" cx="${100 * value}%" cy="50%" r="3.5" />
  ${cost === null ? nothing : svg`<rect class="cac" x="${Math.min(99.4, 100 * cost)}%" width="2" height="100%" />`}`;

customElements.define("hourglass-customers-sources", HourglassCustomersSources);

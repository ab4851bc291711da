import { type PropertyValues, html, nothing, svg, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { textIn } from "../../base/events.ts";
import { keysOf } from "../../base/certain.ts";
import { dates } from "../../base/dates.ts";
import "../../charts/reading.ts";
import { words as layout } from "../../engine/customers.gen.mjs";
import charts from "../../styles/charts.css";
import common from "../../styles/customers.css";
import { rowsOf } from "../campaign.ts";
import { breath } from "../csv.ts";
import { type Evaluation, evaluate } from "../evaluate.ts";
import { horizonText } from "../horizon.ts";
import { alongOf, consentOf, consentsOf } from "../kept.ts";
import { type PastList, type Tool, TOOLS, type Written, listCsv, listOf, readList } from "../lists.ts";
import {
  type Audience, type Campaign, type Interval, CAMPAIGN_BOUNDS, audienceOf, bestOf, holdoutOf, leastUplift, outcomeOf, pacesOf, profitPath, sizeFor,
} from "../plan.ts";
import { profit } from "../plots/profit.ts";
import { nameOf, save } from "../save.ts";
import { campaignOf, campaignText, segmentOf } from "../settings.ts";
import { type Table, known } from "../state.ts";
import { View } from "../view.ts";
import type { CampaignWords } from "../words.ts";
import { alongChoice, askColumns } from "./along.ts";
import own from "./campaign.css";
import numbers from "./model-number.css";
import type { NumberEvent } from "./model-number.ts";
import "./model-number.ts";

/** Whom a campaign can be for beside a segment. */
const AT_RISK = "at_risk";
const ALL = "all";
const SLIPPING = layout.segment.flatMap((name, i) => (name.startsWith("slipping") ? [i] : []));

/** The largest list that is read, in bytes. */
const MAX_LIST_BYTES = 32 << 20;

/** The rates beside the expected one. */
const FACTORS = [0.5, 1, 2];

/** What the view shows, worked out once for a table and a campaign. */
interface Plan {
  table: Table;
  text: string; // of the settings
  consents: Uint8Array | null;
  refusing: number; // customers who do not accept marketing, and are left out
  audience: Audience;
  best: number;
  held: boolean[]; // of the best
  paths: ReturnType<typeof profitPath>[];
}

/**
 * Whom to write to: what a campaign brings, what its holdout can show, the list for the tool that sends it, and what a past one
 * has changed.
 *
 * @fires customers:ask - other figures of the campaign
 */
export class HourglassCustomersCampaign extends View<CampaignWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(charts), unsafeCSS(numbers), unsafeCSS(own)];

  @state() tool: Tool = "plain";
  @state() announced = "";
  /** The past campaign's list, and what became of it. */ @state() past: { name: string, list: PastList | null, since: number } | null = null;
  @state() evaluation: Evaluation | null = null;
  #plan: Plan | null = null;
  #paces: { table: Table, next: unknown, pace: Float64Array } | null = null;
  #drawn: { of: unknown[], plot: ReturnType<typeof profit> } | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    const before = changed.get("state");
    if (changed.has("state") && before?.table && before.table.ids !== this.state.table?.ids && this.past?.list) this.#evaluate();
  }

  override updated() {
    askColumns(this);
  }

  get #chosen() {
    return campaignOf((this.state.pending ?? this.state.settings).campaign);
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #money(n: number) {
    return this.format.rounded(n);
  }

  /** The rows of whom the campaign is for, best first. */
  #rows(table: Table, who: string) {
    if (who === ALL) return rowsOf(table, layout.segment.map((_, i) => i));
    const segment = segmentOf(who);
    return rowsOf(table, segment < 0 ? SLIPPING : [segment]);
  }

  #pace(table: Table) {
    const next = table.columns.next_order_days;
    if (this.#paces?.table !== table || this.#paces.next !== next) this.#paces = { table, next, pace: pacesOf(table, this.state.settings.horizon_days) };
    return this.#paces.pace;
  }

  #planned(table: Table): Plan {
    const { campaign: text } = this.state.settings;
    const { who, consent, ...campaign } = campaignOf(text);
    const consents = consent ? consentsOf(this.state) : null;
    if (this.#plan?.table === table && this.#plan.text === text && this.#plan.consents === consents) return this.#plan;
    const all = this.#rows(table, who);
    const rows = consents ? all.filter((row) => consents[row] === 1) : all;
    const audience = audienceOf(table, this.#pace(table), rows, campaign);
    const paths = FACTORS.map((factor) => profitPath(audience, campaign, Math.min(1, factor * campaign.response)));
    const best = bestOf(audience, campaign);
    const held = holdoutOf(Array.from(audience.rows.subarray(0, best), (row) => table.ids.at(row)), campaign.holdout);
    this.#plan = { table, text, consents, refusing: all.length - rows.length, audience, best, held, paths };
    return this.#plan;
  }

  /** A plan for many customers is worked out in one task and drawn in another, between which the page answers. */
  protected override async scheduleUpdate() {
    const { table, totals } = this.state ?? {};
    if (table && totals && this.hasMoney && this.#plan?.table !== table) {
      await breath();
      this.#planned(table);
      await breath();
    }
    super.scheduleUpdate();
  }

  override render() {
    const { state, words } = this;
    if (!state || !words) return nothing;
    if (!state.table || !state.totals) return html`<h2>${words.title}</h2><p class="lede">${words.waiting}</p>`;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header><h2>${words.title}</h2><p class="lede">${words.lede}</p></header>
      ${this.tooLittle()}
      ${this.rankedOnly ? nothing : this.hasMoney ? this.#planner(state.table) : html`<p class="note">${words.no_money}</p>`}
      ${this.#past()}
      <p class="unseen" role="status">${this.announced}</p>
    </div>`;
  }

  // The plan.

  #planner(table: Table) {
    const plan = this.#planned(table);
    return html`<div class="planner">
      ${this.#fields(plan)}
      <div class="answer">${plan.audience.rows.length === 0 ? html`<p class="finding">${this.words.nobody}</p>` : this.#answer(plan)}</div>
    </div>`;
  }

  /** Whether those alone are planned for who accept marketing, where the file says who does. */
  #consent({ consents, refusing }: Plan) {
    const { words, state } = this;
    const column = state.report && state.source?.kind !== "sample" ? consentOf(state.report) : null;
    if (!column) return nothing;
    const { consent } = this.#chosen;
    const said = !consent ? words.consent_all : consents ? words.consent_left({ n: refusing, shown: this.#count(refusing) }) : state.kept?.status === "failed" ? this.page.along_failed : this.page.along_reading;
    return html`<div class="control consent"><label class="check"><input type="checkbox" .checked=${consent}
        @change=${() => this.change({ campaign: campaignText({ ...this.#chosen, consent: !consent }) })}><span>${words.consent_only}</span></label>
      <p class="help">${this.format.sentences([said, words.consent_column({ column: column.name })])}</p></div>`;
  }

  #fields(plan: Plan) {
    const { words } = this;
    const { who, consent: _, ...campaign } = this.#chosen;
    const segments = this.state.pictures.segments;
    const n = (names: readonly (typeof layout.segment)[number][]) => names.reduce((sum, name) => sum + (segments?.[name].customers ?? 0), 0);
    const option = (value: string, name: string, customers: number) =>
      html`<option value=${value} ?selected=${who === value}>${words.who_option({ name, shown: this.#count(customers) })}</option>`;
    const field = (name: keyof Campaign, unit: string) => html`<hourglass-customers-number class="control" name=${name} label=${words[name]} help=${words[`${name}_help`]} unit=${unit}
      .value=${campaign[name]} .bounds=${CAMPAIGN_BOUNDS[name]} .format=${this.format} .words=${words}
      @number=${(e: NumberEvent) => this.change({ campaign: campaignText({ ...this.#chosen, [name]: e.detail.value }) })}></hourglass-customers-number>`;
    return html`<div class="fields noprint">
      <div class="control"><label for="who">${words.who}</label>
        <select id="who" @change=${(e: Event) => this.change({ campaign: campaignText({ ...this.#chosen, who: textIn(e) }) })}>
          ${option(AT_RISK, words.who_at_risk, n(SLIPPING.map((i) => layout.segment[i])))}
          ${layout.segment.filter((name) => n([name]) > 0).map((name) => option(name, this.segmentWords[name], n([name])))}
          ${option(ALL, words.who_all, n(layout.segment))}
        </select></div>
      ${this.#consent(plan)}
      ${field("response", "share")} ${field("contact", "money")} ${field("incentive", "money")} ${field("days", "days")} ${field("holdout", "share")}
    </div>`;
  }

  #answer(plan: Plan) {
    const { words, format } = this;
    const { who: _, consent: __, ...campaign } = campaignOf(plan.text);
    const { audience, best, paths } = plan;
    const all = audience.rows.length;
    const at = (factor: number, listed: number) => outcomeOf(audience, campaign, listed, Math.min(1, factor * campaign.response));
    const rate = (factor: number) => format.percent(Math.min(1, factor * campaign.response), true);
    const outcome = at(1, best);
    const known = { shown: this.#count(best), all: this.#count(all), profit: this.#money(outcome.profit), everybody: this.#money(at(1, all).profit) };
    const lines = FACTORS.map((factor, k) => ({ name: words.chart_line({ rate: rate(factor) }), points: paths[k] }));
    return html`
      <p class="eyebrow">${words.best}</p>
      <p class="big">${this.#count(best)}</p>
      <p class="sentence">${best === 0 ? words.says_none : best === all ? words.says_all(known) : words.says(known)}</p>
      ${best > 0 ? html`<p class="sentence small">${words.says_rates({
          half: rate(0.5), low: this.#money(at(0.5, best).profit), double: rate(2), high: this.#money(at(2, best).profit) })}</p>` : nothing}
      <h3>${words.chart}</h3>
      <hourglass-reading .format=${format} .plot=${this.#plot(lines, best)}></hourglass-reading>
      ${best > 0 ? [this.#parts(outcome), this.#shows(plan, campaign), this.#list(plan)] : nothing}`;
  }

  #plot(lines: Parameters<typeof profit>[0], best: number) {
    const of = [this.#plan, this.format, this.words];
    if (!this.#drawn || this.#drawn.of.some((one, i) => one !== of[i])) this.#drawn = { of, plot: profit(lines, best, this.format, this.words) };
    return this.#drawn.plot;
  }

  /** Where the money goes: parts that add up. */
  #parts(o: ReturnType<typeof outcomeOf>) {
    const { words } = this;
    const horizon = horizonText(this.state.settings.horizon_days, this.format);
    const shown = (n: number) => ({ shown: this.#count(n) });
    const rows: [string, number, string][] = [
      [words.part_margin({ ...shown(o.responders), horizon }), o.margin, "gain"],
      [words.part_contact(shown(o.letters)), -o.contact, "cost"],
      ...(o.incentive > 0 ? [[words.part_incentive(shown(o.responders)), -o.incentive, "cost"] as [string, number, string]] : []), // the kind of rows
      ...(o.given > 0 ? [[words.part_anyway(shown(o.anyway)), -o.given, "lost"] as [string, number, string]] : []), // the kind of rows
    ];
    const most = Math.max(o.margin, 1e-9);
    let at = 0;
    return html`<h3>${words.money}</h3>
      <table class="parts"><tbody>
        ${rows.map(([name, amount, kind]) => {
          const [from, to] = [Math.min(at, at + amount), Math.max(at, at + amount)];
          at += amount;
          return html`<tr><th scope="row">${name}</th><td class="bar" aria-hidden="true">${part(kind, from / most, to / most)}</td><td class="n">${this.format.gain(Math.round(amount))}</td></tr>`;
        })}
        <tr data-all><th scope="row">${words.profit}</th><td class="bar" aria-hidden="true">${part("gain", 0, o.profit / most)}</td><td class="n">${this.#money(o.profit)}</td></tr>
      </tbody></table>`;
  }

  /** What the holdout can show. */
  #shows({ audience, best }: Plan, campaign: Campaign) {
    const { words } = this;
    const { letters } = outcomeOf(audience, campaign, best);
    const held = best - letters;
    let base = 0;
    for (let i = 0; i < best; i++) base += audience.anyway[i] / best;
    const least = leastUplift(base, letters, held);
    const needed = sizeFor(base, campaign.response);
    const points = (x: number) => this.format.points(x);
    const said = [
      words.shows_base({ base: this.format.percent(base, true), days: this.format.value(campaign.days, "days") }),
      held === 0 ? words.shows_no_holdout : least === null ? words.shows_nothing({ shown: this.#count(held) }) : words.shows_least({ shown: this.#count(held), points: points(least) }),
      held > 0 && (least === null || least > campaign.response) ? words.shows_chance : "",
      needed !== null && (least === null || least > campaign.response) ? words.shows_needed({ points: points(campaign.response), needed: this.#count(needed) }) : "",
    ];
    return html`<h3>${words.shows}</h3><p class="note">${this.format.sentences(said.filter(Boolean))}</p>`;
  }

  /** The list, as it will be written. */
  #written({ table, audience, best, held }: Plan, tool: Tool, most = best): Written & { held: number } {
    const rows = audience.rows.subarray(0, best);
    const asOf = known(this.state, "summary").end;
    return { ...listOf(table, { rows: rows.subarray(0, most), held, asOf, money: this.hasMoney, along: alongOf(this.state) ?? [] }, tool), held: held.filter(Boolean).length };
  }

  #list(plan: Plan) {
    const { words } = this;
    const first = this.#written(plan, this.tool, 20);
    const { more } = TOOLS[this.tool];
    const waiting = alongOf(this.state) === null || this.state.kept?.status === "reading";
    const facts = [
      more
        ? words.list_facts({ letters: this.#count(plan.best - first.held), held: this.#count(first.held) })
        : words.list_ads({ letters: this.#count(plan.best - first.held) }),
      first.rows.length === 0 ? words.list_unnamed : "",
    ];
    const pick = (e: Event) => (this.tool = textIn(e) as Tool); // its options are the tools
    return html`<h3>${words.list}</h3>
      <div class="wide" tabindex="0" role="region" aria-label=${words.list}><table class="list cards" translate="no">
        <thead><tr>${first.head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${first.rows.slice(0, 3).map((cells) => html`<tr>${cells.map((text, i) => html`<td data-title=${first.head[i]}><span dir="auto">${text}</span></td>`)}</tr>`)}</tbody>
      </table></div>
      <p class="help">${this.format.sentences(facts.filter(Boolean))}</p>
      ${alongChoice(this)}
      <div class="row noprint">
        <label class="by"><span>${words.tool}</span><select @change=${pick}>
          ${keysOf(TOOLS).map((tool) => html`<option value=${tool} ?selected=${tool === this.tool}>${words[`tool_${tool}`]}</option>`)}</select></label>
        <button type="button" class="button primary" ?disabled=${first.rows.length === 0 || waiting} @click=${() => this.#save(plan)}>${words.get}</button>
      </div>
      ${plan.consents ? nothing : html`<p class="help">${words.consent}</p>`}`;
  }

  #save(plan: Plan) {
    const name = nameOf(this.state, `campaign-${this.tool}`, ".csv");
    save(new Blob([listCsv(this.#written(plan, this.tool))], { type: "text/csv;charset=utf-8" }), name);
    this.announced = this.words.saved({ name });
  }

  // A past one.

  #past() {
    const { words, past } = this;
    return html`<section class="part" aria-labelledby="past">
      <h2 id="past">${words.past}</h2>
      <p class="help">${words.past_help}</p>
      <div class="row noprint"><label class="button file">${words.past_file}<input type="file" class="unseen" accept=".csv,.tsv,.txt,text/csv,text/plain" @change=${this.#onFile} /></label></div>
      ${past ? this.#read(past) : nothing}
    </section>`;
  }

  async #onFile(event: Event) {
    const input = event.currentTarget;
    if (!(input instanceof HTMLInputElement) || !input.files?.length) return;
    const [file] = input.files;
    const list = readList(await file.slice(0, MAX_LIST_BYTES).text());
    input.value = "";
    this.past = { name: file.name, list, since: list?.asOf ?? known(this.state, "summary").end };
    this.evaluation = null;
    await this.#evaluate();
  }

  async #evaluate() {
    const { past } = this;
    if (!past?.list || !this.state.table) return;
    const evaluation = await evaluate(this.state.table, past.list, past.since);
    if (this.past === past) this.evaluation = evaluation;
  }

  #read({ name, list, since }: NonNullable<typeof this.past>) {
    const { words, evaluation: e } = this;
    if (!list || list.customers.length === 0) return html`<p class="note problem" role="alert">${words.past_unread({ name })}</p>`;
    if (!e) return html`<p class="help" role="status">${words.waiting}</p>`;
    const end = known(this.state, "summary").end;
    const day = dates(this.format.locale);
    if (e.test.customers + e.control.customers === 0) return html`<p class="note problem" role="alert">${words.past_others({ name })}</p>`;
    if (end <= since) return html`<p class="note" role="status">${words.past_early({ day: day.longDay(since) })}</p>`;
    const share = (x: number, n: number) => this.format.percent(n > 0 ? x / n : 0, true);
    const heads = [words.past_customers, words.past_ordered, words.past_share, words.past_spend];
    const row = (what: string, { customers, ordered, spend }: Evaluation["test"]) => {
      const cells = [this.#count(customers), this.#count(ordered), share(ordered, customers), spend && customers > 0 && this.hasMoney ? this.format.money(spend.sum / customers) : "–"];
      return html`<tr><th scope="row">${what}</th>${cells.map((cell, i) => html`<td class="n" data-title=${heads[i]}>${cell}</td>`)}</tr>`;
    };
    return html`<p class="finding" role="status">${this.#finding(e)}</p>
      <div class="wide" tabindex="0" role="region" aria-label=${words.past}><table class="cards">
        <thead><tr><th></th>${heads.map((head) => html`<th scope="col" class="n">${head}</th>`)}</tr></thead>
        <tbody>${row(words.past_test, e.test)}${row(words.past_control, e.control)}</tbody></table></div>
      <p class="help">${this.format.sentences([
        words.past_span({ from: day.longDay(since + 1), to: day.longDay(end) }),
        e.missing > 0 ? words.past_missing({ shown: this.#count(e.missing) }) : "",
        list.unclear > 0 ? words.past_unclear({ shown: this.#count(list.unclear) }) : "",
      ].filter(Boolean))}</p>`;
  }

  #finding({ uplift, control }: Evaluation) {
    const { words, format } = this;
    if (!uplift) return control.customers === 0 ? words.past_no_control : words.past_no_test;
    const { rate, spend, shown } = uplift;
    const between = ({ low, high }: Interval, text: (x: number) => string) => ({ low: text(low), high: text(high) });
    const known = { points: format.points(Math.abs(rate.value)), ...between(rate, (x) => format.points(x)) };
    const told = !shown ? words.uplift_chance(known) : rate.value > 0 ? words.uplift_more(known) : words.uplift_fewer(known);
    const money = spend && this.hasMoney ? words.uplift_spend({ amount: format.gain(spend.value), ...between(spend, (x) => format.gain(x)) }) : "";
    return format.sentences([told, money].filter(Boolean));
  }
}

/** A part of the money between two shares of the largest. */
function part(kind: string, from: number, to: number) {
  const [left, right] = [from, to].sort((a, b) => a - b).map((share) => Math.max(0, Math.min(1, share)));
  return html`<svg width="100%" height="14">${svg`<rect class=${kind} x="${100 * left}%" width="${Math.max(0.5, 100 * (right - left))}%" height="100%" />`}</svg>`;
}

customElements.define("hourglass-customers-campaign", HourglassCustomersCampaign);

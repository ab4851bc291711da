import { html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import type { Ids, } from "../../engine/customers.ts";
import "../../charts/reading.ts";
import charts from "../../styles/charts.css";
import { about } from "../../base/figures.ts";
import common from "../../styles/customers.css";
import { breath } from "../csv.ts";
import { calibration } from "../plots/calibration.ts";
import { type Grid, type Measure, type Row, type Triangles, MEASURES, cellOf, cohortsFinding, gridOf, periodsOver, shadeOf, unitOf } from "../plots/cohorts.ts";
import { type Concentration, concentration } from "../plots/concentration.ts";
import { type Bins, binsOf, distribution } from "../plots/distribution.ts";
import { evidence } from "../plots/evidence.ts";
import { type Segments, map, mapFinding, mapTable } from "../plots/map.ts";
import { months } from "../plots/months.ts";
import { newcomers } from "../plots/newcomers.ts";
import { type Picture, type Say, type Table, sayer } from "../plots/say.ts";
import { type Survey, survey } from "../plots/survey.ts";
import { tracking } from "../plots/tracking.ts";
import { type Table as Customers, known } from "../state.ts";
import { View } from "../view.ts";
import type { PictureWords } from "../words.ts";
import own from "./pictures.css";

/** A look at all customers, with the figures of the same moment. */
type Surveyed = { ids: Ids, bins: Bins, survey: Survey, clv: Concentration, segments: Segments };

/**
 * In the order in which they are drawn, one a frame, so that the page never stands still for long. The first is there at once: how high the
 * cohorts' table is depends on the list, so that no room could be kept for it.
 */
const ORDER = ["cohorts", "map", "concentration", "distribution", "newcomers", "months", "tracking", "calibration", "evidence"];


/** Lets the page show what it has. */
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/**
 * The population's pictures, each under the sentence that it shows and over the table that says the same. Nothing is
 * drawn before its figures are there.
 *
 * @fires customers:ask - a segment's customers
 */
export class HourglassCustomersPictures extends View<PictureWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(charts), unsafeCSS(own)];

  @state() measure: Measure = "share";
  @state() surveyed: Surveyed | null = null;
  /** How many of ORDER may be drawn. */ @state() drawn = 1;
  drawing = false;
  made = new Map<string, { from: unknown[], made: unknown }>();
  /** The column that is being looked at. */ looking: Float64Array | null = null;

  /** What was made from the same things before, so that an unchanged picture is not drawn again. */
  #once<T>(name: string, from: unknown[], make: () => T): T {
    const last = this.made.get(name);
    if (last && from.every((f, i) => f === last.from[i])) return last.made as T; // a name is of one type
    const made = make();
    this.made.set(name, { from, made });
    return made;
  }

  /** After the answer, which stands above the pictures and changes with them: in a task of their own. */
  protected override async scheduleUpdate() {
    await breath();
    super.scheduleUpdate();
  }

  override updated() {
    if (!this.state) return;
    const { table, pictures: { clv, segments } } = this.state;
    if (table?.columns.clv.length && clv && segments && this.looking !== table.columns.clv) this.#look(table, clv, segments);
    if (clv && !this.drawing) this.#draw();
  }

  /** Lets one picture after the other be drawn. */
  async #draw() {
    this.drawing = true;
    while (this.drawn < ORDER.length) {
      await frame();
      this.drawn++;
    }
  }

  /** What a picture is made of, or null until all of it is there and its turn has come. */
  #ready<T extends object>(name: string, from: T) {
    const ready = ORDER.indexOf(name) < this.drawn && Object.values(from).every(Boolean);
    return ready ? from as { [K in keyof T]: NonNullable<T[K]> } : null; // every() does not narrow
  }

  /** Looks at every customer, a piece at a time. */
  async #look({ columns, ids }: Customers, clv: Concentration, segments: Segments) {
    this.looking = columns.clv;
    const bins = binsOf(clv.quantiles);
    const steps = survey(columns, bins.edges);
    for (let step = steps.next(); this.looking === columns.clv; step = steps.next()) {
      if (step.done) return void (this.surveyed = { ids, bins, survey: step.value, clv, segments });
      await breath();
    }
  }

  /** The last look at these customers: under new settings the old one stands until there is another. */
  get #surveyed() {
    return this.surveyed && this.surveyed.ids === this.state.table?.ids ? this.surveyed : null;
  }

  override render() {
    if (!this.state || !this.words) return nothing;
    const { format, words } = this;
    const say = this.#once("say", [format, words], () => sayer(format, words));
    const forecast = !this.unanswerable;
    return html`<div class="stack">
      ${forecast ? this.#value(say) : nothing}
      <section class="group">
        <h2>${words.stay}</h2>
        ${this.#cohorts(say)}
        ${forecast ? this.#picture("newcomers", "full", words.newcomers_title, words.newcomers_caption, this.#newcomers(say)) : nothing}
      </section>
      ${forecast ? this.#trust(say) : nothing}
    </div>`;
  }

  #value(say: Say) {
    const { words } = this;
    return html`<section class="group">
        <header><h2>${words.who}</h2><p class="lede">${words.who_lede({ horizon: say.horizon(this.state.settings.horizon_days), day: say.dates.longDay(known(this.state, "summary").end) })}</p></header>
        ${this.#map(say)}
        ${this.#picture("concentration", "half", words.concentration_title, words.concentration_caption, this.#concentration(say))}
        ${this.#picture("distribution", "half", words.distribution_title, this.#averages(), this.#distribution(say))}
      </section>`;
  }

  #trust(say: Say) {
    const { words } = this;
    return html`<section class="group">
        <h2>${words.trust}</h2>
        ${this.#picture("months", "full", words.months_title, words.months_caption, this.#months(say))}
        ${this.#picture("tracking", "broad", words.tracking_title, words.tracking_caption, this.#tracking(say))}
        ${this.#picture("calibration", "third", words.calibration_title, words.calibration_caption, this.#calibration(say))}
        ${this.#evidence(say)}
      </section>`;
  }

  #months(say: Say) {
    const { months: all, season } = this.state.pictures;
    const from = this.#ready("months", { all, season });
    return from && this.#once("months", [all, season, say], () => months(from.all, from.season, say));
  }

  /** Figures to compare: a table is the picture. */
  #evidence(say: Say) {
    const { words } = this;
    const from = this.#ready("evidence", { figures: this.state.pictures.evidence });
    if (!from) return this.#figure("evidence", "full", words.evidence_title, undefined, null);
    const { finding, rules, caught, verdict, tenths } = this.#once("evidence", [from.figures, say], () => evidence(from.figures, say));
    if (!rules || !caught) return this.#figure("evidence", "full", words.evidence_title, finding, nothing);
    return this.#figure("evidence", "full", words.evidence_title, finding, html`
      ${this.#wide(words.evidence_title, rules)}
      <p class="help">${words.evidence_caption}</p>
      <h4>${words.evidence_caught}</h4>
      ${this.#wide(words.evidence_caught, caught)}
      <p>${verdict}</p>`, undefined, tenths);
  }

  #wide(label: string, table: Table) {
    return html`<div class="wide" tabindex="0" role="group" aria-label=${label}>${this.#rows(table)}</div>`;
  }

  #rows({ head, rows }: Table) {
    return html`<table class=${head.length > 2 ? "cards" : ""}>
      <thead><tr>${head.map((h, i) => html`<th scope="col" class=${i ? "n" : ""}>${h}</th>`)}</tr></thead>
      <tbody>${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((c, i) => html`<td class="n" data-title=${head[i + 1]}>${c}</td>`)}</tr>`)}</tbody>
    </table>`;
  }

  #concentration(say: Say) {
    const { clv, spend } = this.state.pictures;
    const from = this.#ready("concentration", { clv, spend });
    return from && this.#once("concentration", [clv, spend, say], () => concentration(from.clv, from.spend, say));
  }

  #distribution(say: Say) {
    const from = this.#ready("distribution", { looked: this.#surveyed });
    return from && this.#once("distribution", [from.looked, say], () => {
      const { clv, bins, survey } = from.looked;
      return distribution(clv, bins, survey.counts, say);
    });
  }

  #newcomers(say: Say) {
    const { pictures: { cohorts }, totals, settings } = this.state;
    const from = this.#ready("newcomers", { cohorts, totals });
    return from && this.#once("newcomers", [cohorts, totals, settings, say], () => newcomers(from.cohorts, from.totals, settings, say));
  }

  #tracking(say: Say) {
    const { pictures, report } = this.state;
    const from = this.#ready("tracking", { tracked: pictures.tracking, report });
    return from && this.#once("tracking", [from.tracked, from.report, say], () => tracking(from.tracked, from.report.last_day, say));
  }

  #calibration(say: Say) {
    const from = this.#ready("calibration", { figures: this.state.pictures.calibration });
    return from && this.#once("calibration", [from.figures, say], () => calibration(from.figures, say));
  }

  /** A picture that is read along its axis. */
  #picture(name: string, size: "half" | "full" | "broad" | "third", title: string, caption: string, picture: Picture | null) {
    const { finding, plots, table } = picture ?? {};
    if (finding && !plots) return this.#figure(name, size, title, finding, nothing);
    const body = plots && html`<div class="plots">${plots.map((plot) => html`<hourglass-reading .format=${this.format} .plot=${plot}></hourglass-reading>`)}</div>`;
    return this.#figure(name, size, title, finding, body, caption, table);
  }

  #figure(name: string, size: string, title: string, finding: string | undefined, body: unknown, caption?: string, table?: Table) {
    return html`<figure class="picture ${size}" data-name=${name} aria-label=${title}>
      <div class="head"><p class="eyebrow">${title}</p>${finding ? html`<h3 class="finding">${finding}</h3>` : nothing}</div>
      ${body ?? html`<div class="room"><p class="help">${this.words.waiting}</p></div>`}
      ${caption ? html`<figcaption class="help">${caption}</figcaption>` : nothing}
      ${table ? this.#table(title, table) : body ? nothing : html`<div class="folded"></div>`}
    </figure>`;
  }

  #table(title: string, table: Table) {
    return html`<details class="table"><summary>${this.words.table}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>${this.#rows(table)}</div></details>`;
  }

  /** What the average of the bars is, and why a new customer's is another one. */
  #averages() {
    const { words, format, state: { totals } } = this;
    const value = totals?.likely.answerable && this.hasMoney ? format.money(about(totals.new_customer.value.value), true) : null;
    return format.sentences([words.distribution_caption, value ? words.distribution_average({ value }) : ""].filter(Boolean));
  }

  #map(say: Say) {
    const { words, segmentWords } = this;
    const from = this.#ready("map", { looked: this.#surveyed, segmentWords });
    if (!from) return this.#figure("map", "full", words.map_title, undefined, null, words.map_caption);
    const { segments, survey, clv } = from.looked;
    if (!(clv.total > 0)) return this.#figure("map", "full", words.map_title, words.no_amounts, nothing);
    const choose = (segment: number) => this.ask({ what: "view", view: "customers", segment });
    const asked = { say, names: segmentWords, choose };
    const [body, table] = this.#once("map", [segments, survey, say, segmentWords], () => [map(survey, segments, asked), mapTable(segments, asked)]);
    return this.#figure("map", "full", words.map_title, mapFinding(segments, say), body, words.map_caption, table);
  }

  /** The heat map is a table: its figures stand in it. */
  #cohorts(say: Say) {
    const { words, measure } = this;
    const from = this.#ready("cohorts", { cohorts: this.state.pictures.cohorts, report: this.state.report });
    if (!from) return this.#figure("cohorts", "full", words.cohorts_title, undefined, null, words.cohorts_caption);
    const { cohorts, report } = from;
    const grid = this.#once("cohorts", [cohorts, report, measure], () => gridOf(cohorts, measure, report.last_day));
    const body = html`${this.#measures()}${grid.ages.length ? this.#grid(cohorts, grid, say) : nothing}`;
    return this.#figure("cohorts", "full", words.cohorts_title, cohortsFinding(grid, measure, cohorts.months, say), body, words.cohorts_caption);
  }

  #measures() {
    const { words } = this;
    return html`<fieldset class="row measures"><legend class="unseen">${words.cohorts_show}</legend>
      ${MEASURES.map((m) => html`<label class="check"><input type="radio" name="measure" .checked=${this.measure === m} @change=${() => (this.measure = m)} />
        ${words[`cohorts_${m}`]}</label>`)}</fieldset>`;
  }

  #grid(cohorts: Triangles, { ages, rows, all, top }: Grid, say: Say) {
    const { words, measure } = this;
    const { last_day } = known(this.state, "report");
    const over = periodsOver(cohorts, last_day);
    const from = cohorts.first + over * cohorts.months;
    const unfinished = over < cohorts.periods ? words.cohorts_unfinished({ period: say.dates.months(from, from + cohorts.months - 1) }) : "";
    const row = ({ group, size, cells }: Row) => html`<tr class=${group ? "" : "all"}>
      <th scope="row">${group ? say.dates.months(group.from, group.to) : words.all}</th>
      <td class="n size">${say.count(size)}</td>
      ${cells.map((v) => (v === null ? html`<td></td>` : html`<td class="cell shade-${shadeOf(v, top)}">${cellOf(measure, v, top, say)}</td>`))}
    </tr>`;
    return html`<p class="help">${words[`cohorts_unit_${measure}`]({ unit: unitOf(cohorts.months) })} ${unfinished}</p>
    <div class="wide heat" tabindex="0" role="region" aria-label=${words.cohorts_title}><table>
      <thead><tr><th scope="col">${words.first_ordered}</th><th scope="col" class="n size">${words.customers}</th>
        ${ages.map((a) => html`<th scope="col" class="n">${say.format.value(a, "count")}</th>`)}</tr></thead>
      <tbody>${row(all)}${rows.map(row)}</tbody>
    </table></div>`;
  }
}

customElements.define("hourglass-customers-pictures", HourglassCustomersPictures);

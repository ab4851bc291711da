import { LitElement, html, nothing, svg, unsafeCSS } from "lit";
import { dates } from "../../base/dates.ts";
import type { Format } from "../../base/format.ts";
import { words as layout } from "../../engine/customers.gen.mjs";
import type { Report, Totals } from "../../engine/customers.ts";
import common from "../../styles/customers.css";
import { type Stake, SLIPPING, stakesOf, sumOf } from "../campaign.ts";
import { type State, hasMoney, known } from "../state.ts";
import type { ActionWords, CustomerWords, SegmentWords, WarningWords } from "../words.ts";
import { headlineOf, heldOut, rangesOf, untilOf } from "./answer-say.ts";
import own from "./export-report.css";
import { adviceOn, horizonOf, warningOf, whyOf } from "./model-say.ts";

type Estimate = Totals["value"];

/** What a report is made of. */
type Shown = Pick<HourglassCustomersReport, "state" | "format" | "words" | "page" | "segmentWords" | "warningWords">;

const DAY = 86_400_000;

/** While a report is printed nothing else of the page is. */
const ALONE = new CSSStyleSheet();
ALONE.replaceSync(`
  hourglass-customers-report { display: none; }
  @media print { html, body { background: none !important; } body > :not(hourglass-customers-report) { display: none !important; } hourglass-customers-report { display: block; } }
`);

/** Prints a report of what is shown. */
export async function printReport({ state, format, words, page, segmentWords, warningWords }: Shown) {
  const report = new HourglassCustomersReport();
  Object.assign(report, { state, format, words, page, segmentWords, warningWords });
  document.adoptedStyleSheets.push(ALONE);
  document.body.append(report);
  await report.updateComplete;
  addEventListener("afterprint", () => {
    report.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== ALONE);
  }, { once: true });
  print();
}

/** A report on paper: the answer, where the value lies, the segments and what to do, and what it rests on. */
export class HourglassCustomersReport extends LitElement {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  state!: State;
  format!: Format;
  words!: ActionWords;
  page!: CustomerWords;
  segmentWords!: SegmentWords;
  warningWords!: WarningWords;

  get #horizon() {
    return horizonOf(this.format, this.state.settings.horizon_days);
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #money(n: number) {
    return this.format.rounded(n);
  }

  override render() {
    const { state, words, format } = this;
    const stakes = stakesOf(known(state, "table"));
    const { day } = dates(format.locale);
    const report = known(state, "report");
    const named = state.source?.kind === "file" || state.source?.kind === "stored";
    return html`<article>
      <header>
        <h1 dir="auto">${named ? words.rep_title({ name: state.source?.name ?? "" }) : words.rep_title_plain}</h1>
        <p class="help">${words.rep_made({ first: day(report.first_day), last: day(report.last_day), horizon: this.#horizon })} ${untilOf(state, this.page, format)} ${words.rep_day({ day: day(Math.floor(Date.now() / DAY)) })}</p>
        ${heldOut(state, this.page, format) ? html`<p><b>${heldOut(state, this.page, format)}</b></p>` : nothing}
      </header>
      ${this.#answer()} ${this.#carries ? [this.#tenths(), this.#segments(stakes)] : nothing} ${this.#rests(report)}
      <footer class="help">${words.rep_foot}</footer>
    </article>`;
  }

  /** Whether the file carries a forecast so far ahead; where not, the warnings say what is missing. */
  get #carries() {
    return this.state.totals?.likely?.answerable !== false;
  }

  #answer() {
    const { words, format } = this;
    const { customers, alive, orders, value, new_customer } = known(this.state, "totals");
    const ranges = headlineOf(this.state);
    const between = (e: Estimate, say: (n: number) => string) => words.rep_interval({ low: say(e.low), high: say(e.high) });
    const count = (n: number) => this.#count(n);
    const money = (n: number) => this.#money(n);
    const clv = this.state.pictures.clv;
    if (!this.#carries) return html`<dl class="answer">${this.#figure(words.rep_customers, count(customers))}</dl>`;
    return html`<dl class="answer">
      ${this.#figure(words.rep_customers, count(customers))}
      ${this.#figure(words.rep_alive, count(alive), format.percent(alive / customers, true))}
      ${this.#figure(words.rep_orders, count(orders.value), between(ranges.orders, count))}
      ${hasMoney(this.state) ? [
        this.#figure(words.rep_value, money(value.value), ranges.told ? between(ranges.value, money) : words.range_untold),
        clv ? this.#figure(words.rep_top({ tenth: format.percent(0.1) }), format.wholePercent(clv.top_decile), words.rep_top_help) : nothing,
        this.#figure(words.rep_new, money(new_customer.value.value), between(new_customer.value, money)),
      ] : nothing}
    </dl>`;
  }

  #figure(name: string, value: string, more = "") {
    return html`<div><dt>${name}</dt><dd class="figure">${value}</dd><dd class="help">${more}</dd></div>`;
  }

  /** The value expected, tenth by tenth. */
  #tenths() {
    const { words, format } = this;
    const clv = this.state.pictures.clv;
    if (!clv || !(clv.total > 0)) return nothing;
    const shares = Array.from(clv.deciles, (sum) => sum / clv.total);
    const most = Math.max(...shares);
    return html`<section>
      <h2>${words.rep_tenths({ horizon: this.#horizon })}</h2>
      <ol class="tenths">${shares.map((share) => html`<li>
        <svg width="100%" height="70" aria-hidden="true"><rect width="100%" height=${Math.max(0.5, (70 * share) / most)} y=${70 - Math.max(0.5, (70 * share) / most)} /></svg>
        <span>${format.percent(share < 0.01 ? Number(share.toPrecision(1)) : Math.round(share * 100) / 100)}</span>
      </li>`)}</ol>
    </section>`;
  }

  #segments(stakes: Stake[]) {
    const { words } = this;
    const widest = Math.max(...stakes.map((s) => s.stake)) || 1;
    const heads = hasMoney(this.state) ? [words.seg_customers, words.seg_value, words.seg_stake] : [words.seg_customers, words.seg_orders];
    return html`<section>
      <h2>${words.seg_title}</h2>
      ${this.#slipping(sumOf(SLIPPING.map((name) => stakes[layout.segment.indexOf(name)])))}
      <table>
        <thead><tr><th scope="col">${words.loy_segment}</th>${heads.map((h) => html`<th scope="col" class="n">${h}</th>`)}<td></td><th scope="col">${words.rep_plan}</th></tr></thead>
        <tbody>${layout.segment.map((name, i) => {
          const s = stakes[i];
          const cells = hasMoney(this.state) ? [this.#count(s.customers), this.#money(s.value), this.#money(s.stake)] : [this.#count(s.customers), this.#count(s.orders)];
          return html`<tr>
            <th scope="row">${this.segmentWords[name]}</th>
            ${cells.map((cell) => html`<td class="n">${cell}</td>`)}
            <td class="bar-cell"><svg width="100%" height="8" aria-hidden="true">
              ${svg`<rect class="whole" width="${(100 * s.stake) / widest}%" height="8" /><rect width="${(100 * s.value) / widest}%" height="8" />`}</svg></td>
            <td>${words[`plan_${name}`]}</td>
          </tr>`;
        })}</tbody>
      </table>
      ${hasMoney(this.state) ? html`<p class="help">${words.rep_bars}</p>` : nothing}
    </section>`;
  }

  #slipping(sum: Stake) {
    const { words } = this;
    if (sum.customers === 0) return html`<p>${words.seg_slipping_none}.</p>`;
    const horizon = this.#horizon;
    const text = hasMoney(this.state)
      ? words.seg_slipping_text({ stake: this.#money(sum.stake), value: this.#money(sum.value), horizon })
      : words.seg_slipping_orders({ orders: this.#count(sum.orders), horizon });
    return html`<p><b>${words.seg_slipping({ n: sum.customers, shown: this.#count(sum.customers) })}.</b> ${text}</p>`;
  }

  #rests(report: Report) {
    const { words, state, format } = this;
    const named = state.source?.kind === "file" || state.source?.kind === "stored";
    const link = location.href.replace(/#.*/, "");
    const aside = report.set_aside.reduce((sum, reason) => sum + reason.rows, 0);
    return html`<section>
      <h2>${words.rep_rests}</h2>
      <p>${format.row(this.#assumptions())}</p>
      <p>${whyOf(state, words, format)} ${this.#carries ? rangesOf(state, this.page, format) : nothing}</p>
      <p>${words.rep_read({ orders: this.#count(report.orders), customers: this.#count(report.customers), rows: this.#count(report.rows), aside: this.#count(aside) })}</p>
      ${state.warnings?.length ? html`<ul>${state.warnings.map((w) => html`<li><b>${warningOf(w, this.warningWords, format)}.</b> ${adviceOn(w, this.warningWords, format)}</li>`)}</ul>` : html`<p>${words.warn_none}</p>`}
      <p class="link">${words.rep_link} ${named ? words.rep_link_file({ file: state.source?.name ?? "" }) : nothing}<br>
        <a href=${link} dir="ltr">${link}</a></p>
    </section>`;
  }

  /** What was assumed, named as on the page. */
  #assumptions() {
    const { page, format, state: { settings: { margin, annual_discount, cac, currency } } } = this;
    return [
      format.titled(page.horizon, this.#horizon),
      ...(hasMoney(this.state) ? [
        format.titled(page.margin, format.percent(margin, true)), format.titled(page.discount, format.percent(annual_discount, true)),
        ...(cac > 0 ? [format.titled(page.cac, this.#money(cac))] : []), format.titled(page.currency, currency),
      ] : []),
    ];
  }
}

customElements.define("hourglass-customers-report", HourglassCustomersReport);

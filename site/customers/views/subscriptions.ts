import { html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { dates } from "../../base/dates.ts";
import { textIn } from "../../base/events.ts";
import "../../charts/reading.ts";
import charts from "../../styles/charts.css";
import common from "../../styles/customers.css";
import { horizonText } from "../horizon.ts";
import { retention } from "../plots/retention.ts";
import { save } from "../save.ts";
import { type Plan, type Subscriptions, calculators, cohortsOf, isTold, subscribersCsv } from "../subscriptions.ts";
import { View } from "../view.ts";
import type { SubscriptionWords } from "../words.ts";
import own from "./subscriptions.css";

/** How many tenures the table has. */
const TENURES = 24;

const LEVEL = 0.95;

/** The share of an estimate that a plan's own renewals make: below it the estimate is that of all plans, and grey. */
const GREY = 0.5;

const TITLES = { "customer-equity": "to_customer_equity", "retention-curve": "to_retention_curve", subscription: "to_subscription" } as const;

/**
 * What the subscribers of a list of subscriptions bring: renewals by plan and tenure, and the calculators with these figures.
 *
 * @fires customers:ask - other settings; the list of subscribers
 */
export class HourglassCustomersSubscriptions extends View<SubscriptionWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(charts), unsafeCSS(own)];

  /** The place of the plan that is drawn. */ @state() chosen = 0;
  /** Whether the list was asked for. */ @state() saving = false;

  override willUpdate() {
    const subscribers = this.state?.subscribers;
    if (!this.saving || !subscribers) return;
    this.saving = false;
    save(new Blob([subscribersCsv(subscribers)], { type: "text/csv;charset=utf-8" }), "subscribers.csv");
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #money(n: number) {
    return this.format.money(n, true);
  }

  /** A churn or a chance, to a tenth of a per cent. */
  #share(n: number) {
    return this.format.percent(Math.round(n * 1000) / 1000);
  }

  #n(n: number) {
    return { n, shown: this.#count(n) };
  }

  override render() {
    const { state, words, format } = this;
    const all = state?.subscriptions;
    if (!all || !words) return nothing;
    const { margin, annual_discount } = state.settings;
    const plan = all.plans[Math.min(this.chosen, all.plans.length - 1)];
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header class="top">
        <div>
          <h2>${words.title}</h2>
          <p class="lede">${words.lede({ margin: format.percent(margin, true), discount: format.percent(annual_discount, true) })}</p>
        </div>
        <a class="button noprint" href="#overview">${words.repeat}</a>
      </header>
      <p class="finding">${this.#finding(all)}</p>
      ${this.#controls()}
      ${this.#figures(all)}
      ${this.#notes(all)}
      ${this.#plans(all)}
      ${plan ? [this.#plan(all, plan), this.#tenures(plan), this.#cohorts(plan)] : nothing}
    </div>`;
  }

  #finding(all: Subscriptions) {
    const { words, format } = this;
    if (all.valued === 0) return words.no_value;
    const level = format.percent(LEVEL);
    return format.sentences([
      words.finding({ ...this.#n(all.valued), value: this.#money(all.equity), near: this.#money(all.ahead), horizon: horizonText(this.state.settings.horizon_days, format) }),
      all.ranged ? (all.open ? words.finding_open({ level, low: this.#money(all.equity_low) }) : words.finding_range({ level, low: this.#money(all.equity_low), high: this.#money(all.equity_high) })) : "",
      all.bounded ? "" : words.finding_years(this.#n(all.years)),
    ].filter(Boolean));
  }

  #controls() {
    const { state: { settings, pending }, page, format } = this;
    const field = (name: "margin" | "annual_discount", unit: "share" | "rate", title: string, most: number) => {
      const onChange = (event: Event) => {
        const read = format.parse(textIn(event), unit);
        if (typeof read === "number" && read >= 0 && read <= most && (read > 0 || name !== "margin")) this.change({ [name]: read });
        else this.requestUpdate();
      };
      return html`<div class="control"><label for=${name}>${title}</label>
        <span class="entry"><input id=${name} inputmode="decimal" autocomplete="off" .value=${format.typed((pending ?? settings)[name], unit)} @change=${onChange}><span aria-hidden="true">${format.beside(unit).after}</span></span></div>`;
    };
    return html`<form class="controls noprint" aria-label=${page.controls} @submit=${(e: Event) => e.preventDefault()}>
      ${field("margin", "share", page.margin, 1)}${field("annual_discount", "rate", page.discount, 10)}
    </form>`;
  }

  #figures({ states, monthly, trials_ended, converted, lost, lost_voluntary, lost_failed }: Subscriptions) {
    const { words } = this;
    const shown: [string, string][] = [
      [words.state_active, this.#count(states.active)],
      ...(["late", "ending", "ended", "trial", "paused"] as const).filter((s) => states[s] > 0).map((s): [string, string] => [words[`state_${s}`], this.#count(states[s])]),
      [words.monthly, this.#money(monthly)],
      ...(trials_ended > 0 ? [[words.trials, this.#share(converted)] as [string, string]] : []),
      ...(lost_voluntary + lost_failed > 0 ? [[words.lost_voluntary, this.#count(lost_voluntary)], [words.lost_failed, this.#count(lost_failed)]] as [string, string][] : []),
      ...(lost - lost_voluntary - lost_failed > 0 ? [[words.lost_unknown, this.#count(lost - lost_voluntary - lost_failed)] as [string, string]] : []),
    ];
    return html`<dl class="figures">${shown.map(([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  #notes(all: Subscriptions) {
    const { words, format } = this;
    const aside = Object.values(all.aside).reduce((sum, n) => sum + n, 0);
    const day = dates(format.locale).day(all.as_of);
    const form = all.form === "none" ? "orders" : all.form;
    return html`<div class="notes help">
      <p>${format.sentences([
        words[`form_${form}`]({ day }),
        aside > 0 ? words.aside(this.#n(aside)) : "",
        all.one_off > 0 ? words.one_off(this.#n(all.one_off)) : "",
        all.pauses ? words.pauses : "",
        words.counted,
        all.checked > 0 ? words.checked({ day: dates(format.locale).day(all.checked), forecast: this.#count(all.forecast), came: this.#count(all.came) }) : "",
      ].filter(Boolean))}</p>
    </div>`;
  }

  #name({ name }: Plan) {
    return name || this.words.all;
  }

  #plans(all: Subscriptions) {
    const { words } = this;
    return html`<div class="wide" tabindex="0" role="region" aria-label=${words.plans}><table class="roomy cards plans">
      <thead><tr><th scope="col">${words.plan}</th><th scope="col" class="n">${words.value}</th><th scope="col" class="n">${words.state_active}</th>
        <th scope="col" class="n">${words.amount}</th><th scope="col" class="n">${words.churn}</th><th scope="col" class="n">${words.value_new}</th></tr></thead>
      <tbody>${all.plans.map((p) => html`<tr ?data-grey=${isTold(p) && p.own < GREY}>
        <th scope="row"><span dir="auto">${this.#name(p)}</span><span class="why">${this.#why(p)}</span></th>
        <td class="n" data-title=${words.value}>${isTold(p) ? html`<b>${this.#money(p.equity)}</b>${p.ranged && !p.open ? html`<span class="why">${words.range({ low: this.#money(p.equity_low), high: this.#money(p.equity_high) })}</span>` : nothing}` : "–"}</td>
        <td class="n" data-title=${words.state_active}>${this.#count(p.running)}</td>
        <td class="n" data-title=${words.amount}>${this.format.money(p.amount)}</td>
        <td class="n" data-title=${words.churn}>${p.churn_high > 0 ? html`${this.#share(p.churn)}<span class="why">${words.range({ low: this.#share(p.churn_low), high: this.#share(p.churn_high) })}</span>` : "–"}</td>
        <td class="n" data-title=${words.value_new}>${isTold(p) ? this.#money(p.new) : "–"}</td>
      </tr>`)}</tbody>
    </table></div>
    <div class="row noprint"><button type="button" class="button" ?disabled=${this.saving} @click=${this.#download}>${words.download}</button></div>`;
  }

  /** What a plan is paid by, and whose curve it follows. */
  #why(p: Plan) {
    const { words, format } = this;
    const per = p.interval === "none" ? "" : words[`per_${p.interval}`];
    const untold = { nobody_due: words.none_due, nobody_lost: words.none_left, too_few_lost: words.too_few };
    if (p.basis !== "own" && p.basis !== "all_plans") return format.sentences([per, untold[p.basis]].filter(Boolean));
    const few = p.basis === "own" ? "" : p.own < 1 ? words.few({ share: format.percent(Math.round(p.own * 100) / 100) }) : words.few_alone;
    const course = p.constant ? words.constant : p.c > 1 ? words.rises : p.c < 1 ? words.falls : "";
    return format.sentences([per, few, course].filter(Boolean));
  }

  #download() {
    this.saving = true;
    this.ask({ what: "subscribers" });
  }

  #plan(all: Subscriptions, plan: Plan) {
    const { words, format } = this;
    const links = calculators(all, plan, this.state.settings);
    const rows = Array.from({ length: Math.max(plan.observed.length, plan.survival.length) }, (_, i) => i);
    return html`<section class="part" aria-labelledby="curve">
      <header class="top"><h2 id="curve">${words.curve}</h2>
        ${all.plans.length > 1 ? html`<label class="by"><span>${words.plan}</span><select @change=${(event: Event) => (this.chosen = Number(textIn(event)))}>
          ${all.plans.map((p, i) => html`<option value=${i} ?selected=${p === plan}>${format.facts([this.#name(p), p.interval === "none" ? "" : words[`per_${p.interval}`]].filter(Boolean))}</option>`)}</select></label>` : nothing}
      </header>
      <hourglass-reading .format=${format} .plot=${this.#plot(plan)}></hourglass-reading>
      ${links.length ? html`<p class="links noprint">${links.map(({ id, href }) => html`<a href=${href}>${words[TITLES[id]]}</a>`)}</p>` : nothing}
      <details class="table"><summary>${words.table}</summary><div class="wide" tabindex="0" role="region" aria-label=${words.curve}><table class="roomy">
        <thead><tr><th scope="col" class="n">${words.curve_axis}</th><th scope="col" class="n">${words.observed}</th><th scope="col" class="n">${words.fitted}</th></tr></thead>
        <tbody>${rows.map((i) => html`<tr><th scope="row" class="n">${this.#count(i)}</th>
          <td class="n">${i < plan.observed.length ? this.#share(plan.observed[i]) : "–"}</td><td class="n">${i < plan.survival.length ? this.#share(plan.survival[i]) : "–"}</td></tr>`)}</tbody>
      </table></div></details>
    </section>`;
  }

  /** The plot of a plan, anew where it is another. */
  #plot(plan: Plan) {
    const of = [plan, this.format, this.words];
    if (!this.#drawn || this.#drawn.of.some((one, i) => one !== of[i])) this.#drawn = { of, plot: retention(plan.observed, plan.survival, this.format, this.words) };
    return this.#drawn.plot;
  }

  #drawn: { of: unknown[], plot: ReturnType<typeof retention> } | null = null;

  #tenures(plan: Plan) {
    const { words } = this;
    if (!isTold(plan)) return nothing;
    const rows = Array.from(plan.at, (_, k) => k).filter((k) => plan.at[k] > 0).slice(0, TENURES);
    const each = plan.amount * this.state.settings.margin;
    return html`<section class="part">
      <h2 id="tenure">${words.tenure}</h2>
      <div class="wide" tabindex="0" role="region" aria-labelledby="tenure"><table class="roomy tenures">
        <thead><tr><th scope="col" class="n">${words.tenure_col}</th><th scope="col" class="n">${words.state_active}</th><th scope="col" class="n">${words.renew}</th><th scope="col" class="n">${words.residual}</th></tr></thead>
        <tbody>${rows.map((k) => html`<tr><th scope="row" class="n">${this.#count(k)}</th><td class="n">${this.#count(plan.at[k])}</td><td class="n">${this.#share(plan.fitted[k])}</td><td class="n">${this.#money(each * plan.multiple[k])}${plan.multiple_low[k] > 0 ? html`<span class="why">${words.range({ low: this.#money(each * plan.multiple_low[k]), high: this.#money(each * plan.multiple_high[k]) })}</span>` : nothing}</td></tr>`)}</tbody>
      </table></div>
    </section>`;
  }

  #cohorts(plan: Plan) {
    const { words, format } = this;
    const { rows, columns } = cohortsOf(plan);
    if (columns === 0) return nothing;
    const places = Array.from({ length: columns }, (_, i) => i + 1);
    const month = (day: number) => new Intl.DateTimeFormat(format.locale, { month: "short", year: "numeric", timeZone: "UTC" }).format(day * 86_400_000);
    return html`<section class="part">
      <h2 id="cohorts">${words.cohorts}</h2>
      <p class="help">${words.cohorts_help}</p>
      <div class="wide" tabindex="0" role="region" aria-labelledby="cohorts"><table class="roomy cohorts">
        <thead><tr><th scope="col">${words.cohort}</th><th scope="col" class="n">${words.started}</th>${places.map((n) => html`<th scope="col" class="n">${this.#count(n)}</th>`)}</tr></thead>
        <tbody>${rows.map((c) => html`<tr><th scope="row">${month(c.month)}</th><th class="n">${this.#count(c.size)}</th>
          ${places.map((n) => (n < c.left.length ? html`<td data-tenth=${Math.round(10 * c.left[n])}>${format.percent(Math.round(c.left[n] * 100) / 100)}</td>` : html`<td></td>`))}</tr>`)}</tbody>
      </table></div>
    </section>`;
  }
}

customElements.define("hourglass-customers-subscriptions", HourglassCustomersSubscriptions);

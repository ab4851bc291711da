import { html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { dates } from "../../base/dates.ts";
import { about } from "../../base/figures.ts";
import { textIn } from "../../base/events.ts";
import common from "../../styles/customers.css";
import { SLIPPING } from "../campaign.ts";
import { BOUNDS } from "../settings.ts";
import { type Settings, known } from "../state.ts";
import { View } from "../view.ts";
import type { CustomerWords } from "../words.ts";
import own from "./answer.css";
import { headlineOf, rangesOf, untilOf } from "./answer-say.ts";
import { adviceOn, warningOf } from "./model-say.ts";

/** How far one usually looks ahead, in days and by the name of the message. */
const HORIZONS = [[91, "horizon_3"], [182, "horizon_6"], [365, "horizon_12"], [730, "horizon_24"], [1095, "horizon_36"]] as const;

const DAY = 86_400_000;

/** Days since the end of a list after which its end is named. */
const LONG_AGO = 31;


/**
 * What the numbers come to, in a few sentences; what to know before relying on them; and the figures they depend on.
 *
 * @fires customers:ask
 */
export class HourglassCustomersAnswer extends View<CustomerWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** The field whose text is no number. */ @state() problem: keyof Settings | null = null;

  override render() {
    if (!this.state?.totals) return nothing;
    return html`<div class="answer">
      <section class="says" aria-live="polite">${this.#sentences()}${this.#caveats()}</section>
      ${this.#controls()}
    </div>
    ${this.#warnings()}`;
  }

  #sentences() {
    const { state, words } = this;
    const { totals, settings } = state;
    if (!totals) return nothing;
    const { customers, orders, value } = totals;
    const money = (v: number) => this.format.money(about(v), true);
    const count = (v: number) => this.format.value(Math.round(v), "count");
    const [horizon, { clv, segments }] = [this.#horizon(settings.horizon_days), state.pictures];
    const spends = value.value !== 0;
    const slipping = SLIPPING.reduce((sum, name) => sum + (segments?.[name].customers ?? 0), 0);
    const { likely } = totals;
    if (!likely.answerable) return html`<p class="sentence">${this.format.sentences([words.answer_customers({ n: customers, shown: count(customers) }), this.#tooLittle(horizon)])}</p>`;
    const { orders: ordered, value: worth } = headlineOf(state);
    const ordersOf = {
      horizon, n: Math.round(orders.value), shown: count(about(orders.value)), low: count(about(ordered.low)), high: count(about(ordered.high)),
    };
    const after = this.#ended();
    const withValue = { ...ordersOf, value: money(value.value), value_low: money(worth.low), value_high: money(worth.high) };
    const expected = spends && likely.told
      ? after ? words.answer_orders_value_after({ ...withValue, day: after }) : words.answer_orders_value(withValue)
      : after ? words.answer_orders_after({ ...ordersOf, day: after }) : words.answer_orders(ordersOf);
    const text = this.format.sentences([
      words.answer_customers({ n: customers, shown: count(customers) }),
      expected,
      spends && !likely.told ? words.answer_value_untold({ value: money(value.value) }) : "",
      clv && spends ? words.answer_top({ tenth: this.format.percent(0.1), share: this.format.wholePercent(clv.top_decile) }) : "",
      slipping ? words.answer_slipping({ n: slipping, shown: count(slipping) }) : words.answer_no_slipping,
    ]);
    return html`<p class="sentence">${text} ${slipping ? html`<a href="#customers" @click=${this.#seeSlipping}>${words.answer_see_slipping}</a>` : nothing}</p>
    ${spends ? this.#newCustomer(money) : nothing}`;
  }

  /** Leads to those customers themselves. */
  #seeSlipping(event: Event) {
    event.preventDefault();
    this.ask({ what: "view", view: "customers", segment: "at_risk" });
  }

  #tooLittle(horizon: string) {
    const day = this.#ended();
    return day ? this.words.answer_too_little_after({ horizon, day }) : this.words.answer_too_little({ horizon });
  }

  /** The last day of a list that ended long ago, of which "the next 12 months" are not those from today. */
  #ended() {
    const { state: { summary }, format } = this;
    return summary && Date.now() / DAY - summary.end > LONG_AGO ? dates(format.locale).longDay(summary.end) : "";
  }

  #newCustomer(money: (v: number) => string) {
    const { state, words } = this;
    const { value, ratio } = known(state, "totals").new_customer;
    return html`<p class="also">${this.format.sentences([
      words.answer_new({ value: money(value.value), low: money(value.low), high: money(value.high) }),
      state.settings.cac > 0 ? words.answer_ratio({ ratio: this.format.value(ratio.value, "ratio", true) }) : "",
    ])}</p>`;
  }

  /** What qualifies the sentence itself. */
  #caveats() {
    const { state, words, format } = this;
    const { settings, model, pending } = state;
    const lines = [
      state.totals?.likely.answerable && this.#money(),
      untilOf(state, words, format),
      pending && words.answer_stale,
      !pending && model?.origin === "first" && words.answer_first,
      settings.margin === 1 && state.totals?.value.value && words.answer_margin_whole,
    ].filter(Boolean);
    return [
      state.totals?.likely.answerable ? html`<p class="help ranges">${rangesOf(state, words, format)} ${this.#lately()}</p>` : nothing,
      ...lines.map((line) => html`<p class="help">${line}</p>`),
    ];
  }

  /** Revenue beside value, where they are two things. */
  #money() {
    const { spend, value } = known(this.state, "totals");
    const { margin, annual_discount } = this.state.settings;
    if (!value.value || (margin === 1 && annual_discount === 0)) return "";
    const revenue = this.format.money(about(spend.value), true);
    return margin === 1 ? this.words.answer_revenue_whole({ revenue }) : this.words.answer_revenue({ revenue });
  }

  /** How the latest orders come against the model, and what they bring against their customers' usual, where that is more than chance. */
  #lately() {
    const { words, format, state: { pictures: { evidence } } } = this;
    if (!evidence) return nothing;
    const days = format.value(evidence.pace_days, "days");
    const of = (change: number) => ({ way: change > 0 ? "up" : "down", days, share: format.percent(Math.abs(change), true) } as const);
    const { change, price_change, drift } = evidence;
    const paid = price_change && known(this.state, "totals").likely.told;
    return format.sentences([change ? words.answer_pace(of(change)) : "", change && drift ? words.answer_drift(of(drift)) : "", paid ? words.answer_prices(of(price_change)) : ""]);
  }

  #horizon(days: number) {
    const usual = HORIZONS.find(([d]) => d === days);
    return usual ? this.words[usual[1]] : this.format.value(days, "days");
  }

  #controls() {
    const { state, words } = this;
    const wanted = state.pending ?? state.settings;
    const usual = HORIZONS.some(([days]) => days === wanted.horizon_days);
    const onHorizon = (event: Event) => this.change({ horizon_days: Number(textIn(event)) });
    return html`<form class="controls noprint" aria-label=${words.controls} @submit=${(e: Event) => e.preventDefault()}>
      <h2>${words.controls}</h2>
      <label class="control"><span>${words.horizon}</span>
        <select name="horizon_days" @change=${onHorizon}>
          ${HORIZONS.map(([days, name]) => html`<option value=${days} ?selected=${days === wanted.horizon_days}>${words[name]}</option>`)}
          ${usual ? nothing : html`<option value=${wanted.horizon_days} selected>${this.#horizon(wanted.horizon_days)}</option>`}
        </select></label>
      ${this.#number("margin", "share", words.margin, words.margin_help)}
      ${this.#number("annual_discount", "rate", words.discount, words.discount_help)}
      ${this.#number("cac", "money", words.cac, words.cac_help)}
      ${this.#currency()}
    </form>`;
  }

  #number(name: "margin" | "annual_discount" | "cac", unit: "share" | "rate" | "money", title: string, help: string) {
    const { state, format, words } = this;
    const value = (state.pending ?? state.settings)[name];
    const { before, after } = format.beside(unit);
    const onInput = (event: Event) => {
      const read = format.parse(textIn(event), unit) ?? (name === "cac" ? 0 : "");
      const [low, high] = BOUNDS[name];
      const good = typeof read === "number" && read >= low && read <= high;
      this.problem = good ? null : name;
      if (good) this.change({ [name]: read });
    };
    const wrong = this.problem === name;
    return html`<div class="control">
      <label for=${name}>${title}</label>
      <span class="entry">${before ? html`<span aria-hidden="true">${before}</span>` : nothing}
        <input id=${name} inputmode="decimal" autocomplete="off" aria-invalid=${wrong} aria-describedby="${name}-help"
          .value=${name === "cac" && value === 0 ? "" : format.typed(value, unit)} @change=${onInput}>
        ${after ? html`<span aria-hidden="true">${after}</span>` : nothing}</span>
      <span id="${name}-help" class="help" ?data-problem=${wrong}>${wrong ? words.bad_number : help}</span>
    </div>`;
  }

  #currency() {
    const { format, words } = this;
    const onChange = (event: Event) => this.change({ currency: textIn(event).trim().toUpperCase() });
    return html`<div class="control">
      <label for="currency">${words.currency}</label>
      <span class="entry"><input id="currency" maxlength="3" size="3" spellcheck="false" autocomplete="off" aria-describedby="currency-help"
        .value=${format.currency} @change=${onChange}></span>
      <span id="currency-help" class="help">${words.currency_help}</span>
    </div>`;
  }

  #warnings() {
    const { warnings } = this.state;
    if (!warnings?.length) return nothing;
    return html`<section class="warnings" aria-labelledby="warn-title">
      <h2 id="warn-title">${this.words.warn_title}</h2>
      <ul>${warnings.map((w) => html`<li class="note"><h3>${warningOf(w, this.warningWords, this.format)}</h3><p>${adviceOn(w, this.warningWords, this.format)}</p></li>`)}</ul>
    </section>`;
  }
}

customElements.define("hourglass-customers-answer", HourglassCustomersAnswer);

import { html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import { dates } from "../../base/dates.ts";
import { inputOf } from "../../base/events.ts";
import common from "../../styles/customers.css";
import { customersCsv } from "../csv.ts";
import { horizonText } from "../horizon.ts";
import { save } from "../save.ts";
import { sinceOf, sinceText } from "../settings.ts";
import { held } from "../since.ts";
import { type Against, type Changes, type Since, known } from "../state.ts";
import { View } from "../view.ts";
import type { SinceWords } from "../words.ts";
import own from "./since.css";

/** Customers of a list that are shown. */
const SHOWN = 10;

type List = "slipped" | "returned";

/**
 * What has changed since an earlier day: the orders that came against those that were expected then, who became at risk, who
 * ordered again.
 *
 * @fires customers:ask - another day; the file of last time
 */
export class HourglassCustomersSince extends View<SinceWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  @state() announced = "";

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #day(day: number) {
    return dates(this.format.locale).day(day);
  }

  override render() {
    const { state, words } = this;
    if (!state || !words) return nothing;
    if (!state.table || !state.report) return html`<h2>${words.title}</h2><p class="lede">${words.waiting}</p>`;
    const { since } = state;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header><h2>${words.title}</h2><p class="lede">${words.lede}</p></header>
      ${this.#choice()}
      ${since ? this.#told(since) : nothing}
      <p class="unseen" role="status">${this.announced}</p>
    </div>`;
  }

  /** Which day: typed, of the list that was open before, or of a file. */
  #choice() {
    const { words, state: { report, settings, before } } = this;
    if (!report) return nothing;
    const onDay = (event: Event) => sinceOf(inputOf(event).value) !== null && this.change({ since: inputOf(event).value });
    const onFile = (event: Event) => {
      const input = inputOf(event);
      const file = input.files?.[0];
      input.value = "";
      if (file) this.ask({ what: "last", file });
    };
    const offered = before !== null && before > report.first_day && before < report.last_day && sinceText(before) !== settings.since;
    return html`<div class="row noprint choice">
        <label class="by"><span>${words.day}</span>
          <input type="date" name="since" min=${sinceText(report.first_day + 1)} max=${sinceText(report.last_day - 1)} .value=${settings.since} @change=${onDay}></label>
        <label class="button file">${words.file}<input type="file" class="unseen" accept=".csv,.json,text/csv,application/json" @change=${onFile}></label>
        ${offered ? html`<button type="button" class="button" @click=${() => this.change({ since: sinceText(before) })}>${words.before({ day: this.#day(before) })}</button>` : nothing}
      </div>
      <p class="help noprint">${words.help}</p>`;
  }

  #told({ day, changes, done, fault }: Since) {
    const { words, state: { report } } = this;
    if (fault) {
      const [first, last] = [report?.first_day ?? 0, report?.last_day ?? 0].map((one) => this.#day(one));
      const says = words[`fault_${fault}`];
      return html`<p class="note" role="status" data-fault=${fault}>${typeof says === "string" ? says : says({ first, last })}</p>`;
    }
    if (!changes) return html`<p class="help wait" role="status">${words.working({ day: this.#day(day) })}</p>`;
    return [this.#finding(changes), done ? nothing : html`<p class="help wait" role="status">${words.checking}</p>`, this.#list("slipped", changes), this.#list("returned", changes)];
  }

  #finding(changes: Changes) {
    const { words, format } = this;
    const { orders, spend, day, end, customers, checked, records, newcomers } = changes;
    const count = (n: number) => this.#count(n);
    const money = (n: number) => format.rounded(Math.round(n));
    const level = format.percent(checked ? (this.state.settings.level ?? 0.95) : 0.8);
    const row = (name: string, of: Against, say: (n: number) => string) => html`<tr data-way=${held(of)}>
      <th scope="row">${name}</th><td class="n">${say(of.came)}</td><td class="n">${say(of.expected)}${of.told ? html`<span class="under">${words.between({ low: say(of.low), high: say(of.high) })}</span>` : nothing}</td></tr>`;
    return html`<section class="found">
      <p class="finding">${words.finding({
        days: horizonText(end - day, format), day: this.#day(day), n: orders.came, shown: count(orders.came), expected: count(orders.expected), low: count(orders.low), high: count(orders.high), way: held(orders),
      })}</p>
      <p>${format.sentences([
        words.sure({ level, n: customers, shown: count(customers) }),
        records ? words.record({ sure: format.percent(0.95), held: count(records.held), shown: count(records.forecasts) }) : "",
        words.newcomers({ n: newcomers.customers, shown: count(newcomers.customers), orders: count(newcomers.orders) }),
      ])}</p>
      <table class="against">
        <thead><tr><th scope="col">${words.measure}</th><th scope="col" class="n">${words.came}</th><th scope="col" class="n">${words.expected_range}</th></tr></thead>
        <tbody>${row(words.repeat_orders, orders, count)}${spend ? row(words.revenue, spend, money) : nothing}</tbody>
      </table>
    </section>`;
  }

  /** The customers of a list, the first of them by name. */
  #list(name: List, { [name]: rows }: Changes) {
    const { words, format } = this;
    const { ids, columns: c } = known(this.state, "table");
    const shown = this.#count(rows.length);
    return html`<section class="part" data-list=${name}>
      <h3>${words[name]({ n: rows.length, shown })}</h3>
      ${rows.length === 0 ? nothing : html`<table class="people">
        <thead><tr><th scope="col">${words.customer}</th>${this.rankedOnly ? nothing : html`<th scope="col" class="n">${words.active}</th>`}${this.hasMoney && !this.rankedOnly ? html`<th scope="col" class="n">${words.value}</th>` : nothing}<th scope="col" class="n wide">${words.last}</th></tr></thead>
        <tbody>${Array.from(rows.subarray(0, SHOWN), (row) => html`<tr>
          <th scope="row"><a href="#customers" @click=${(event: Event) => this.#open(event, row)}><bdi>${ids.at(row)}</bdi></a></th>
          ${this.rankedOnly ? nothing : html`<td class="n">${format.wholePercent(c.p_alive[row])}</td>`}${this.hasMoney && !this.rankedOnly ? html`<td class="n">${format.rounded(c.clv[row])}</td>` : nothing}<td class="n wide">${this.#day(c.last_day[row])}</td></tr>`)}</tbody>
      </table>
      ${rows.length > SHOWN ? html`<p class="help">${words.more({ shown: this.#count(SHOWN) })}</p>` : nothing}
      <div class="row noprint"><button type="button" class="button" @click=${() => this.#save(name, rows)}>${words.download({ n: rows.length, shown })}</button></div>`}
    </section>`;
  }

  #open(event: Event, row: number) {
    event.preventDefault();
    this.ask({ what: "person", row });
  }

  async #save(list: List, rows: Uint32Array) {
    const name = `${list}.csv`;
    save(await customersCsv(known(this.state, "table"), rows, { money: this.hasMoney, ranked: this.rankedOnly }), name);
    this.announced = this.words.downloaded({ name });
  }
}

customElements.define("hourglass-customers-since", HourglassCustomersSince);

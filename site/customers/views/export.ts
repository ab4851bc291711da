import { type PropertyValues, html, nothing, unsafeCSS } from "lit";
import { state } from "lit/decorators.js";
import ansi from "../../../functions/score/sql/ansi.sql";
import bigquery from "../../../functions/score/sql/bigquery.sql";
import redshift from "../../../functions/score/sql/redshift.sql";
import snowflake from "../../../functions/score/sql/snowflake.sql";
import { keysOf } from "../../base/certain.ts";
import { copy } from "../../base/share.ts";
import { writeCarried } from "../../base/url.ts";
import { textIn } from "../../base/events.ts";
import { words as layout } from "../../engine/customers.gen.mjs";
import common from "../../styles/customers.css";
import { averageCustomer, rowsOf } from "../campaign.ts";
import { customersCsv } from "../csv.ts";
import { alongOf } from "../kept.ts";
import { BUILD, command, isClosed, scoredSql, summariesCommand, summariesSql, withoutOption } from "../elsewhere.ts";
import { nameOf, save } from "../save.ts";
import { showOf } from "../settings.ts";
import { known } from "../state.ts";
import { View } from "../view.ts";
import type { ActionWords } from "../words.ts";
import { printReport } from "./export-report.ts";
import { alongChoice, askColumns } from "./along.ts";
import own from "./export.css";
import { horizonOf } from "./model-say.ts";

type Average = NonNullable<ReturnType<typeof averageCustomer>>;

/** The queries of functions/score/sql, by dialect. */
const DIALECTS = { ansi, bigquery, snowflake, redshift };

type Dialect = keyof typeof DIALECTS;
const dialects = keysOf(DIALECTS);

/** All that leaves the page, by the user's own hand: tables, the model, a report, commands, and the way to the calculator. */
export class HourglassCustomersExport extends View<ActionWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(own)];

  /** The segment to export; null for all. */ @state() which: number | null = null;
  /** How much of the table has been made. */ @state() share: number | null = null;
  @state() dialect: Dialect = "ansi";
  @state() names = { table: "orders", id: "customer_id", date: "ordered_at", amount: "amount" };
  /** What an action has just done. */ @state() announced = "";
  average: Average | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    const { table, totals, settings } = this.state ?? {};
    if (!changed.has("state") || !table || !totals) return;
    const before = changed.get("state");
    const { segment } = showOf(settings.show);
    if (typeof segment === "number" && settings.show !== before?.settings.show) this.which = segment;
    if (table === before?.table && totals === before?.totals) return;
    this.average = averageCustomer(table, totals, settings);
  }

  override updated() {
    askColumns(this);
  }

  #purchases({ order_value, interval_days, horizon_years, gross_margin, annual_discount_rate, cac }: Average) {
    return {
      spend: order_value, purchase_interval_days: interval_days, relationship_years: horizon_years, gross_margin, annual_discount_rate,
      first_sale_cost: cac, repeat_sale_cost: 0,
    };
  }

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  override render() {
    const { state, words } = this;
    if (!state || !words) return nothing;
    if (!state.table || !state.model || !state.totals) return html`<h2>${words.out_title}</h2><p class="lede">${words.waiting}</p>`;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header><h2>${words.out_title}</h2><p class="lede">${words.out_lede}
        <a href="#data">${words.out_data}</a></p></header>
      <div class="ways">${this.#csv()} ${this.#report()} ${this.#model()} ${this.#use()}</div>
      ${this.#command()} ${this.#sql()}
      <p class="unseen" role="status">${this.announced}</p>
    </div>`;
  }

  #csv() {
    const { words, state } = this;
    const table = known(state, "table");
    const options = layout.segment.map((name, i) => ({ i, name, n: state.pictures.segments?.[name].customers ?? 0 })).filter((o) => o.n > 0);
    return html`<section class="card" aria-labelledby="csv">
      <h3 id="csv">${words.out_csv}</h3>
      <p class="help">${words.out_csv_text}</p>
      <div class="control">
        <label for="which">${words.out_csv_which}</label>
        <select id="which" @change=${(e: Event) => (this.which = textIn(e) === "" ? null : Number(textIn(e)))}>
          <option value="" ?selected=${this.which === null}>${words.out_csv_option({ segment: words.out_csv_all, shown: this.#count(table.length) })}</option>
          ${options.map((o) => html`<option value=${o.i} ?selected=${this.which === o.i}>${words.out_csv_option({ segment: this.segmentWords[o.name], shown: this.#count(o.n) })}</option>`)}
        </select>
      </div>
      ${alongChoice(this)}
      <div class="row">
        <button class="button primary" ?disabled=${this.share !== null || alongOf(state) === null} @click=${this.#saveCsv}>${words.out_csv_button}</button>
        ${this.share === null ? nothing : html`<span class="help">${words.out_csv_making({ share: this.format.percent(this.share, true) })}</span>`}
      </div>
    </section>`;
  }

  async #saveCsv() {
    const table = known(this.state, "table");
    const { which } = this;
    const rows = rowsOf(table, which === null ? layout.segment.map((_, i) => i) : [which]);
    this.share = 0;
    try {
      this.#save(await customersCsv(table, rows, { money: this.hasMoney, ranked: this.rankedOnly, along: alongOf(this.state) ?? [], onProgress: (share) => (this.share = share) }), nameOf(this.state, which === null ? "customers" : layout.segment[which], ".csv"));
    } finally {
      this.share = null;
    }
  }

  #save(blob: Blob, name: string) {
    save(blob, name);
    this.announced = this.words.downloaded({ name });
  }

  #model() {
    const { words } = this;
    return html`<section class="card" aria-labelledby="model">
      <h3 id="model">${words.out_model}</h3>
      <p class="help">${words.out_model_text}</p>
      <div class="row"><button class="button" @click=${this.#saveModel}>${words.out_model_button}</button></div>
    </section>`;
  }

  #saveModel() {
    const { text } = known(this.state, "model");
    this.#save(new Blob([text], { type: "application/json" }), nameOf(this.state, "model", ".json"));
  }

  #report() {
    const { words } = this;
    return html`<section class="card" aria-labelledby="report">
      <h3 id="report">${words.out_report}</h3>
      <p class="help">${words.out_report_text}</p>
      <div class="row"><button class="button" @click=${() => printReport(this)}>${words.out_report_button}</button></div>
    </section>`;
  }

  /** The fitted population, handed to the calculator. */
  #use() {
    const { words, average } = this;
    return html`<section class="card" aria-labelledby="use">
      <h3 id="use">${words.out_use}</h3>
      ${average && this.hasMoney ? this.#hand(average) : html`<p class="help">${average ? words.out_use_no_money : words.out_use_none}</p>`}
    </section>`;
  }

  #hand(average: Average) {
    const { words, format } = this;
    const { order_value, expected_orders, interval_days, gross_margin, orders_per_year, lifespan_years, chance } = average;
    return html`
      <p class="help">${format.sentences([words.out_use_text({
        order_value: format.money(order_value, true), orders: format.value(expected_orders, "count"),
        interval: format.value(Math.round(interval_days), "days"), margin: format.percent(gross_margin, true),
        horizon: horizonOf(format, this.state.settings.horizon_days),
      }), words.out_use_gaps])}</p>
      <p><a href="../average/${this.#query({ order_value, orders_per_year, lifespan_years, gross_margin })}">${words.out_use_average}</a>
        <span class="help">${words.out_use_average_text({ lifespan: format.value(lifespan_years, "years") })}</span></p>
      ${chance === null ? nothing : html`<p>
        <a href="../repeat-purchase/${this.#query({ ...this.#purchases(average), repurchase_probability: chance })}">${words.out_use_repeat}</a>
        <span class="help">${words.out_use_repeat_text({ chance: format.percent(chance, true) })}</span></p>`}`;
  }

  /** The figures as the other pages have them in their address, to six digits. */
  #query(figures: Record<string, number>) {
    const short = Object.fromEntries(Object.entries(figures).map(([name, x]) => [name, Number(x.toPrecision(6))]));
    const theme = document.documentElement.dataset.theme ?? null;
    const query = new URLSearchParams(location.search);
    const [locale, lang] = [query.get("locale"), query.get("lang")];
    return writeCarried(short, { currency: this.state.settings.currency, locale, lang, theme });
  }

  #command() {
    const { words, state } = this;
    const left = withoutOption(state.options);
    return html`<section class="part" aria-labelledby="command">
      <h3 id="command">${words.out_command}</h3>
      <p class="help">${words.out_command_text}</p>
      ${this.#code(`${BUILD}\n${command(state)}`, words.out_command)}
      ${state.model?.origin === "file" ? html`<p class="help">${words.out_command_model}</p>` : nothing}
      ${left.length ? html`<p class="note">${words.out_command_options({ options: this.format.list(left.map((name) => words[`out_command_${name}`])) })}</p>` : nothing}
    </section>`;
  }

  #sql() {
    const { words, state, names, dialect } = this;
    const { file } = known(state, "model");
    const end = known(state, "summary").end;
    const summaries = summariesSql(DIALECTS[dialect], names, end);
    const closed = isClosed(file);
    return html`<section class="part" aria-labelledby="sql">
      <h3 id="sql">${words.out_sql}</h3>
      <p class="help">${closed ? words.out_sql_closed : words.out_sql_open}</p>
      <div class="names">
        <div class="control">
          <label for="dialect">${words.out_sql_dialect}</label>
          <select id="dialect" @change=${(e: Event) => (this.dialect = dialects.find((d) => d === textIn(e)) ?? dialect)}>
            ${dialects.map((d) => html`<option value=${d} ?selected=${d === dialect}>${words[`out_sql_${d}`]}</option>`)}
          </select>
        </div>
        ${keysOf(names).map((name) => html`<div class="control">
          <label for="name-${name}">${words[`out_sql_${name}`]}</label>
          <input id="name-${name}" .value=${names[name]} autocomplete="off" spellcheck="false" dir="ltr"
            @input=${(e: Event) => (this.names = { ...names, [name]: textIn(e) })} />
        </div>`)}
      </div>
      ${this.#code(closed ? scoredSql(summaries, file) : summaries, words.out_sql)}
      <p class="help">${words.out_sql_command_label}</p>
      ${this.#code(summariesCommand(state.settings), words.out_sql_command_label)}
      <p class="help">${words.out_sql_tried}</p>
    </section>`;
  }

  /** A text to take along. */
  #code(text: string, name: string) {
    const { words } = this;
    return html`<div class="code">
      <pre tabindex="0" role="group" aria-label=${name} dir="ltr"><code>${text}</code></pre>
      <button class="button" aria-label=${this.format.titled(words.copy, name)} @click=${() => this.#copy(text)}>${words.copy}</button>
    </div>`;
  }

  async #copy(text: string) {
    this.announced = await copy(text).then(() => this.words.copied, () => this.words.copy_failed);
  }
}

customElements.define("hourglass-customers-export", HourglassCustomersExport);

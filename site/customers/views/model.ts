import { html, nothing, unsafeCSS } from "lit";
import { dates } from "../../base/dates.ts";
import type { Format } from "../../base/format.ts";
import { inputOf, textIn } from "../../base/events.ts";
import { models, words as layout } from "../../engine/customers.gen.mjs";
import type { Candidate, Choice, Kind, Totals } from "../../engine/customers.ts";
import common from "../../styles/customers.css";
import { averageCustomer } from "../campaign.ts";
import { BOUNDS } from "../settings.ts";
import { docs } from "../elsewhere.ts";
import { type Model, type Settings, known } from "../state.ts";
import { View } from "../view.ts";
import type { ActionWords } from "../words.ts";
import numbers from "./model-number.css";
import type { NumberEvent } from "./model-number.ts";
import "./model-number.ts";
import { adviceOn, horizonOf, meaningOf, parametersOf, warningOf, whyOf } from "./model-say.ts";
import own from "./model.css";

/** Horizons to choose from, in days. */
const HORIZONS = [91, 182, 365, 730, 1095, 1825];

/** How much of the file may be held out, as shares of its time. */
const HOLDOUTS = [1 / 4, 1 / 3, 1 / 2];

const LEVELS = [0.8, 0.9, 0.95, 0.99];

/** A row of the table of candidates. */
interface Compared {
  name: string;
  of: (c: Candidate) => number;
  say: (x: number) => string;
  sign: 1 | -1; // 1 where less is better
}

/** The sign of each parameter. */
const LETTERS: Record<string, string> = { r: "r", alpha: "α", a: "a", b: "b", s: "s", beta: "β" };

/**
 * Which model is in use and why, what it says, how sure it is, and what to change.
 *
 * @fires customers:ask - settings; a model file
 */
export class HourglassCustomersModel extends View<ActionWords> {
  static override styles = [unsafeCSS(common), unsafeCSS(numbers), unsafeCSS(own)];

  #count(n: number) {
    return this.format.value(Math.round(n), "count");
  }

  #share(share: number) {
    return this.format.percent(share, true);
  }

  get #horizon() {
    return horizonOf(this.format, this.state.settings.horizon_days);
  }

  override render() {
    const { state, words } = this;
    if (!state || !words) return nothing;
    if (!state.model) return html`<h2>${words.model_title}</h2><p class="lede">${words.waiting}</p>`;
    const { model } = state;
    return html`<div class="stack" ?data-stale=${state.pending !== null}>
      <header>
        <h2>${words.model_title}</h2>
        <p class="sentence">${whyOf(state, words, this.format)}</p>
      </header>
      ${this.#settings()}
      <div class="columns">${this.#says(model)} ${this.#warnings()}</div>
      ${this.#candidates(model)} ${this.#parameters(model)} ${this.#spend(model)} ${this.#statistics(model)}
    </div>`;
  }

  /** @param day since 1970-01-01 */
  #date(day: number) {
    return dates(this.format.locale).day(day);
  }

  #settings() {
    const { words, state } = this;
    const s = state.pending ?? state.settings;
    const file = state.model?.origin === "file";
    return html`<section class="card" aria-labelledby="settings">
      <div><h3 id="settings">${words.model_settings}</h3><p class="help">${words.model_settings_help}</p></div>
      <div class="controls">
        ${this.#select("kind", words.model_kind, file ? "" : s.kind, [
          ...(file ? [{ value: "", text: words.model_from_file }] : []),
          { value: "auto", text: words.model_auto },
          ...layout.kind.map((kind) => ({ value: kind, text: models[kind].title })),
        ], (value) => value && this.change({ kind: layout.kind.find((kind) => kind === value) ?? "auto" }))}
        ${this.#select("horizon", words.model_horizon, String(s.horizon_days), this.#options(HORIZONS, s.horizon_days, (d) => horizonOf(this.format, d)),
          (value) => this.change({ horizon_days: Number(value) }))}
        ${this.#number("margin", words.model_margin, words.model_margin_help, "share", s)}
        ${this.#number("annual_discount", words.model_discount, words.model_discount_help, "rate", s)}
        ${this.#number("cac", words.model_cac, words.model_cac_help, "money", s)}
        ${this.#select("level", words.model_level, String(s.level), this.#options(LEVELS, s.level, (x) => this.format.percent(x)),
          (value) => this.change({ level: Number(value) }), words.model_level_help)}
        ${this.#holdout(s)}
      </div>
      <div class="row">
        <label class="button load">${words.model_load}<input type="file" accept=".json,application/json" class="unseen" @change=${this.#onFile} /></label>
        ${file ? html`<button class="button" @click=${() => this.change({ kind: "auto" })}>${words.model_unload}</button>` : nothing}
        <span class="help">${words.model_load_help}</span>
        ${file && this.state.readingGiven ? html`<span class="note" data-reading-given>${words.model_reading}</span>` : nothing}
      </div>
    </section>`;
  }

  /** Values to choose from, the present one among them whatever it is. */
  #options(values: number[], present: number, say: (value: number) => string) {
    const all = values.includes(present) ? values : [...values, present].sort((a, b) => a - b);
    return all.map((value) => ({ value: String(value), text: say(value) }));
  }

  #select(name: string, label: string, value: string, options: { value: string, text: string }[], onChange: (value: string) => void, help = "") {
    return html`<div class="control">
      <label for=${name}>${label}</label>
      <select id=${name} aria-describedby="${name}-more" .value=${value} @change=${(e: Event) => onChange(textIn(e))}>
        ${options.map((o) => html`<option value=${o.value} ?selected=${o.value === value}>${o.text}</option>`)}
      </select>
      <span class="help" id="${name}-more">${help}</span>
    </div>`;
  }

  #number(name: "margin" | "annual_discount" | "cac", label: string, help: string, unit: string, settings: Settings) {
    return html`<hourglass-customers-number class="control" name=${name} label=${label} help=${help} unit=${unit} lazy
      .value=${settings[name]} .bounds=${BOUNDS[name]} .format=${this.format} .words=${this.words}
      @number=${(e: NumberEvent) => this.change({ [name]: e.detail.value })}></hourglass-customers-number>`;
  }

  #holdout({ holdout_days }: Settings) {
    const { words, state } = this;
    const { first_day, last_day } = known(state, "report");
    const days = HOLDOUTS.map((share) => Math.round((last_day - first_day) * share)).filter((n) => n > 0);
    const options = this.#options([0, ...days], holdout_days, (n) => (n === 0 ? words.model_holdout_none : horizonOf(this.format, n)));
    return this.#select("holdout", words.model_holdout, String(holdout_days), options, (value) => this.change({ holdout_days: Number(value) }), words.model_holdout_help);
  }

  #onFile(event: Event) {
    const input = inputOf(event);
    const [file] = input.files ?? [];
    if (file) this.ask({ what: "model_file", file });
    input.value = ""; // the same file may be chosen again
  }

  /** What the model says about the customers, in plain words. */
  #says({ file, candidate }: Model) {
    const { words, format, state } = this;
    const isIdentified = candidate?.identifiability === "identified" || candidate === null;
    const { gap_days, variation, leave, half_life_days } = meaningOf(file);
    const interval = state.table && state.totals && averageCustomer(state.table, state.totals, state.settings)?.interval_days; // of those who came again
    const spread = variation < 0.5 ? "small" : variation < 1 ? "middle" : "large";
    return html`<section class="part" aria-labelledby="says">
      <h3 id="says">${words.model_says}</h3>
      <dl class="facts">
        ${isIdentified ? [
          this.#fact(words.say_rate, this.#days(gap_days), interval ? words.say_rate_gaps({ interval: this.#days(interval) }) : words.say_rate_help),
          this.#fact(words.say_spread, words[`say_spread_${spread}`], words.say_spread_help({ cv: this.#share(variation) })),
          leave === null ? nothing : this.#fact(words.say_drop, this.#share(leave), file.model === "bgnbd" ? words.say_drop_help_bgnbd : words.say_drop_help_mbgnbd),
          half_life_days === null ? nothing : this.#fact(words.say_life, this.#days(half_life_days), words.say_life_help),
        ] : nothing}
        ${state.totals ? this.#newCustomer(state.totals.new_customer, format) : nothing}
      </dl>
    </section>`;
  }

  #newCustomer({ repeats, value, ratio }: Totals["new_customer"], format: Format) {
    const { words } = this;
    const horizon = this.#horizon;
    const [low, high] = [value.low, value.high].map((x) => format.money(x, true));
    return [
      this.#fact(words.say_order, format.value(1 + repeats.value, "count"), words.say_order_help({ horizon })),
      value.value > 0 ? this.#fact(words.say_worth, format.money(value.value, true), words.say_worth_help({ horizon, low, high })) : nothing,
      ratio.value > 0 ? this.#fact(words.say_ratio, format.value(ratio.value, "ratio", true), `${format.value(ratio.low, "ratio", true)} – ${format.value(ratio.high, "ratio", true)}`) : nothing,
    ];
  }

  /** Days, or years where there are many. */
  #days(days: number) {
    if (!(days < 3650 * 10)) return "–";
    return days < 730 ? this.format.value(days < 10 ? days : Math.round(days), "days") : this.format.value(days / 365, "years");
  }

  #fact(name: string, value: string, help?: string) {
    return html`<div><dt>${name}</dt><dd>${value}</dd>${help ? html`<dd class="help">${help}</dd>` : nothing}</div>`;
  }

  /** What to know, and what to do about it. */
  #warnings() {
    const { words, warningWords, format } = this;
    const { warnings } = this.state;
    return html`<section class="part" aria-labelledby="warnings">
      <h3 id="warnings">${words.warn_title}</h3>
      ${warnings === null ? html`<p class="help">${words.waiting}</p>` : nothing}
      ${warnings?.length === 0 ? html`<p class="note good">${words.warn_none}</p>` : nothing}
      ${warnings?.map((w) => html`<div class="note"><h4>${warningOf(w, warningWords, format)}</h4><p>${adviceOn(w, warningWords, format)}</p></div>`)}
    </section>`;
  }

  #candidates({ kind, origin }: Model) {
    const { words } = this;
    const { choice } = this.state;
    return html`<section class="part" aria-labelledby="candidates">
      <h3 id="candidates">${words.cand_title}</h3>
      ${choice
        ? html`<p class="help">${words.cand_help}</p>${this.#sideBySide(choice, kind)} ${this.#cuts(choice)}`
        : html`<p class="help">${origin === "file" ? words.cand_none : words.cand_waiting}</p>`}
    </section>`;
  }

  #sideBySide(choice: Choice, kind: Kind) {
    const { words, format } = this;
    const plain = (x: number) => format.plain(Number(x.toPrecision(8)));
    const rows: Compared[] = [
      { name: words.cand_likelihood, of: (c) => c.log_likelihood, say: plain, sign: -1 },
      { name: words.cand_aic, of: (c) => c.aic, say: plain, sign: 1 },
      { name: words.cand_bic, of: (c) => c.bic, say: plain, sign: 1 },
    ];
    if (choice.cuts.length > 0) {
      rows.unshift({ name: words.cand_square, of: (c) => c.square, say: (x) => format.value(Number(x.toPrecision(4))), sign: 1 },
        { name: words.cand_total, of: (c) => c.total, say: (x) => this.#share(x), sign: 1 });
    }
    const usable = layout.kind.filter((k) => choice.candidates[k].usable);
    return html`<div class="wide" tabindex="0" role="group" aria-labelledby="candidates"><table class="cards">
      <thead><tr><td></td>${layout.kind.map((k) => html`<th scope="col" class="n">
        ${models[k].title}${k === kind ? html` <span class="tag">${words.cand_chosen}</span>` : nothing}</th>`)}</tr></thead>
      <tbody>${rows.map(({ name, of, say, sign }) => {
        const best = Math.min(...usable.map((k) => sign * of(choice.candidates[k])));
        return html`<tr><th scope="row">${name}</th>${layout.kind.map((k) => {
          const c = choice.candidates[k];
          if (!c.usable) return html`<td class="n" data-title=${models[k].title}>${words.cand_unusable}</td>`;
          const first = sign * of(c) === best && usable.length > 1;
          return html`<td class="n" data-title=${models[k].title} ?data-best=${first}>${say(of(c))}${first ? html`<span class="unseen"> (${words.cand_best})</span>` : nothing}</td>`;
        })}</tr>`;
      })}</tbody>
    </table></div>`;
  }

  #cuts({ cuts }: Choice) {
    const { words, format } = this;
    if (cuts.length === 0) return html`<p class="help">${words.cut_none}</p>`;
    const error = (expected: number, actual: number) => format.percent(actual > 0 ? Math.round(1000 * Math.abs(expected / actual - 1)) / 1000 : 0);
    return html`<h4>${words.cut_title}</h4>
      <p class="help">${words.cut_help}</p>
      <div class="wide" tabindex="0" role="group" aria-label=${words.cut_title}><table class="cards">
        <thead><tr>
          <th scope="col">${words.cut_learned}</th><th scope="col">${words.cut_tested}</th>
          ${[words.cut_customers, words.cut_actual, ...layout.kind.map((k) => models[k].title)].map((h) => html`<th scope="col" class="n">${h}</th>`)}
        </tr></thead>
        <tbody>${cuts.map((cut) => html`<tr>
          <th scope="row" class="day" data-title=${words.cut_learned}>${this.#date(cut.end)}</th><td class="day" data-title=${words.cut_tested}>${this.#date(cut.observed_to)}</td>
          <td class="n" data-title=${words.cut_customers}>${this.#count(cut.customers)}</td><td class="n" data-title=${words.cut_actual}>${this.#count(cut.actual)}</td>
          ${layout.kind.map((k) => {
            const { usable, expected } = cut.tests[k];
            return html`<td class="n" data-title=${models[k].title}>${usable ? words.cut_expected({ expected: format.value(Math.round(expected), "count"), error: error(expected, cut.actual) }) : "–"}</td>`;
          })}
        </tr>`)}</tbody>
      </table></div>`;
  }

  #parameters({ kind, file }: Model) {
    const { words, format } = this;
    const unit = file.time_unit_days === 7 ? words.par_unit_weeks : words.par_unit_days({ days: file.time_unit_days, shown: format.value(file.time_unit_days, "count") });
    const shown = (x: number) => format.value(Number(x.toPrecision(4)));
    return html`<section class="part" aria-labelledby="parameters">
      <h3 id="parameters">${words.par_title}</h3>
      <p class="help">${words.par_help({ unit })}</p>
      <div class="wide" tabindex="0" role="group" aria-labelledby="parameters"><table class="cards">
        <thead><tr>
          <th scope="col">${words.par_name}</th><th scope="col" class="n">${words.par_value}</th>
          <th scope="col" class="n">${words.par_interval}</th><th scope="col">${words.par_meaning}</th>
        </tr></thead>
        <tbody>${parametersOf(file, models[kind].parameters).map(({ name, value, interval }) => html`<tr>
          <th scope="row"><i>${LETTERS[name] ?? name}</i></th>
          <td class="n" data-title=${words.par_value}>${format.value(value, "parameter")}</td>
          <td class="n" data-title=${words.par_interval}>${interval ? `${shown(interval[0])} – ${shown(interval[1])}` : words.par_unknown}</td>
          <td class="meaning">${words[`par_meaning_${name}` as keyof ActionWords]}</td>
        </tr>`)}</tbody>
      </table></div>
    </section>`;
  }

  #spend({ file, spend }: Model) {
    const { words, format } = this;
    const { basis, p, q, gamma } = file.spend;
    return html`<section class="part" aria-labelledby="spend">
      <h3 id="spend">${words.spend_title}</h3>
      <p>${this.#spendVerdict(file, spend)}</p>
      ${basis === "none" ? nothing : html`<dl class="facts">
        ${spend ? this.#correlation(spend) : nothing}
        ${spend ? this.#fact(words.spend_mean, format.money(spend.empirical.overall)) : nothing}
        ${[[words.spend_p, p], [words.spend_q, q], [words.spend_gamma, gamma]].map(([name, x]) => this.#fact(String(name), format.value(Number(x))))}
      </dl>`}
    </section>`;
  }

  #spendVerdict({ spend: { basis } }: Model["file"], spend: Model["spend"]) {
    const { words } = this;
    if (!spend) return basis === "none" ? words.spend_file_none : words.spend_file({ basis });
    if (spend.reason === "holds") return words.spend_holds({ n: spend.customers, shown: this.#count(spend.customers) });
    return spend.reason === "no_amounts" ? words.spend_none : words[`spend_${spend.reason}`];
  }

  #correlation({ correlation: c }: NonNullable<Model["spend"]>) {
    const { words, format } = this;
    const digits = (x: number) => format.value(Number(x.toFixed(2)), "count");
    const probability = (p: number) => (p < 0.001 ? `p < ${format.plain(0.001)}` : `p = ${format.plain(Number(p.toPrecision(2)))}`);
    const say = (x: number) => (c.defined ? digits(x) : words.spend_undefined);
    return [
      this.#fact(words.spend_pearson, say(c.pearson), c.defined ? words.spend_pearson_help({ p: probability(c.pearson_p) }) : ""),
      this.#fact(words.spend_spearman, say(c.spearman), c.defined ? words.spend_spearman_help({ p: probability(c.spearman_p) }) : ""),
    ];
  }

  #statistics({ kind, candidate, file }: Model) {
    const { words } = this;
    const name = models[kind].title;
    return html`<details class="part statistics">
      <summary>${words.stat_title}</summary>
      ${candidate ? this.#search(kind, candidate, file) : nothing}
      <p><a href=${docs(`formulas/${kind}-fit`)}>${words.stat_formulas({ model: name })}</a></p>
    </details>`;
  }

  /** How the search went. */
  #search(kind: Kind, c: Candidate, file: Model["file"]) {
    const { words, format } = this;
    const limit = models[kind].limits[c.limit];
    const errors = file.bootstrap.length ? words.stat_errors_bootstrap({ n: this.#count(file.bootstrap.length) }) : words.stat_errors_hessian;
    return html`<dl class="facts">
      ${this.#fact(words.stat_status, words[`status_${c.status}`])}
      ${this.#fact(words.stat_identifiability, words[`ident_${c.identifiability}`])}
      ${this.#fact(words.stat_limit, limit === "none" ? words.limit_none : "", limit === "none" ? "" : words[`limit_${limit}`])}
      ${this.#fact(words.stat_condition, c.condition > 0 ? format.value(Number(c.condition.toPrecision(2))) : "–")}
      ${this.#fact(words.stat_gradient, c.gradient.toExponential(1))}
      ${this.#fact(words.stat_starts, words.stat_starts_value({ agreed: format.value(c.agreed, "count"), starts: format.value(c.starts, "count") }))}
      ${this.#fact(words.stat_iterations, this.#count(c.iterations))}
      ${this.#fact(words.stat_evaluations, this.#count(c.evaluations))}
      ${this.#fact(words.stat_errors, errors)}
    </dl>`;
  }
}

customElements.define("hourglass-customers-model", HourglassCustomersModel);

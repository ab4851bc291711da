import { LitElement, html, nothing, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Engine, EngineTrap } from "../engine/engine.mjs";
import { Format, currencyOf } from "../base/format.mjs";
import { NOT_A_NUMBER, fieldOf, sentenceOf } from "../base/notices.mjs";
import { TODAY, calculationOf, isScenario, loadScenario, startOf } from "../base/scenarios.mjs";
import { directionOf, languageAround, localeOf, messages } from "../base/messages.mjs";
import { fillSentence, inSentence } from "../base/sentence.ts";
import { same } from "../base/url.mjs";
import { english, wordsIn } from "../base/words.mjs";
import tokens from "../styles/tokens.css";
import styles from "../styles/calculator.css";
import "./field.mjs";

/**
 * @typedef {import("../base/catalogue.gen.mjs").Field} Field
 * @typedef {import("../base/catalogue.gen.mjs").Calculation} Calculation
 * @typedef {import("../engine/engine.mjs").Answer} Answer
 * @typedef {import("../engine/engine.mjs").Notice} Notice
 * @typedef {import("../base/scenarios.mjs").Scenario} Scenario
 * @typedef {import("../base/share.mjs").Answered} Answered
 *
 * @typedef {object} Shown what a view draws from
 * @property {Scenario} scenario
 * @property {Calculation} calculation
 * @property {Engine} engine
 * @property {Answered} answered the last complete answer
 * @property {Record<string, any>} input the figures as they stand
 * @property {Record<string, any>[]} kept figures kept to compare with
 * @property {Notice[]} problems
 * @property {Format} format
 * @property {import("../base/words.mjs").Words} words
 * @property {(name: string, rounded?: boolean) => string | null} say a figure in words
 * @property {(name: string) => number | null} figure
 * @property {(name: string) => string} title of a figure
 * @property {(name: string) => Field | undefined} field of a figure
 * @property {Field[]} groups of the result that hold figures one by one
 * @property {View | null} view
 * @property {(template: string) => string} fill in a sentence
 * @property {(input: Record<string, any>, field: string | null, done: boolean) => void} change the figures
 * @property {(kept: Record<string, any>[]) => void} keep figures to compare with
 *
 * @typedef {object} View what a calculation shows that no chart can
 * @property {CSSStyleSheet} style
 * @property {string[]} [inputs] those with a form of the view's own
 * @property {string[]} results those that need not be listed again
 * @property {import("../base/messages.mjs").Part<any>} words of its own
 * @property {(shown: Shown, words: any) => unknown} evidence drawn with its own words
 * @property {Tool} [open] the decision tool that is open from the start
 *
 * @typedef {"goal" | "sure" | "matters" | "compare"} Tool
 * @typedef {typeof import("./decide/tools.mjs").tools} Tools
 * @typedef {typeof import("./more.mjs")} More
 *
 * @typedef {object} Extent how much is shown
 * @property {boolean} page what belongs to a page of its own: actions on its address, the answer that follows on a phone
 * @property {boolean} full further inputs, decision tools, all figures and the formula
 * @property {string[] | null} results listed by their wire names; null for all
 * @property {string[] | null} charts drawn, by their first lines; null for all
 * @property {string[]} lock fields that cannot be changed
 * @property {string[]} hide fields that are not shown
 */

/** How long the answer has to rest before it is read out. */
const SAY_AFTER = 700;

/** The decision tools, in the order in which the questions come. @type {Tool[]} */
const TOOLS = ["goal", "sure", "matters", "compare"];

/** What is shown when nothing else is asked for. */
const FALLBACK = "subscription";

/** The whole, as on its page. @type {Extent} */
const WHOLE = { page: true, full: true, results: null, charts: null, lock: [], hide: [] };

/** One engine for the same files, however many calculators there are. @type {Map<string, Engine>} */
const engines = new Map();

/** @param {string} calculator @param {string} growth where its modules are, from the page */
function engineAt(calculator, growth) {
  const urls = { calculator: new URL(calculator, document.baseURI).href, growth: new URL(growth, document.baseURI).href };
  const key = Object.values(urls).join(" ");
  let engine = engines.get(key);
  if (!engine) engines.set(key, (engine = new Engine(urls)));
  return engine;
}

/**
 * A calculator: figures in, the value of a customer out. Until its engine runs, what stands between its tags is shown:
 * a computed example.
 *
 * @slot next - where to go from here, under the answer
 * @slot - shown until the engine runs, and in its place if it cannot
 * @csspart base - the whole
 * @csspart answer - the big number and its sentence
 * @csspart figure - the big number
 * @csspart sentence
 * @csspart inputs - the form
 * @csspart field - one input; also entry, input, slider, problem within
 * @csspart evidence - verdict, charts, actions
 * @csspart chart - one chart; also plot, glass within
 * @csspart reference - all figures and the formula
 * @cssproperty --hourglass-accent - the one colour; see tokens.css for the others
 *
 * @fires hourglass:ready - the engine runs
 * @fires hourglass:change - detail { input, done }: the figures changed; done is false while a slider is being dragged
 * @fires hourglass:keep - detail { kept }: figures were kept to compare with
 * @fires hourglass:result - detail { input, result, warnings }: a new answer
 * @fires hourglass:error - detail { error }
 */
export class HourglassCalculator extends LitElement {
  static styles = [unsafeCSS(tokens), unsafeCSS(styles)];

  static properties = {
    /** A scenario or a calculation, by id. */
    kind: { reflect: true },
    /** Where the engine's first module is. */
    engine: {},
    /** Where its second one is, which the calculations of what would raise a value need. */
    growth: {},
    currency: {},
    /** How figures are written; left out, as the language does. */
    locale: {},
    /** The language; left out, that of what it stands in. */
    lang: { reflect: true },
    input: { attribute: false },
    kept: { attribute: false },
    extent: { attribute: false },
    running: { state: true },
    scenario: { state: true },
    view: { state: true },
    failed: { state: true },
    index: { state: true },
    said: { state: true },
    done: { state: true },
    detailed: { state: true },
    tabled: { state: true },
    opened: { state: true },
    tools: { state: true },
    more: { state: true },
  };

  constructor() {
    super();
    this.kind = FALLBACK;
    this.engine = "engine.wasm";
    this.growth = "growth.wasm";
    this.currency = "";
    this.locale = "";
    /** That of the scenario as it is loaded. */
    this.words = english;
    /** What the view says. */ this.viewWords = {};
    /** @type {Record<string, any> | null} the figures by wire name; null for the starting ones */
    this.input = null;
    /** @type {Record<string, any>[]} figures to compare with */ this.kept = [];
    /** @type {Extent} how much is shown */ this.extent = WHOLE;
    /** @type {Engine | null} */ this.running = null;
    /** @type {Scenario} that of the kind, from when it is loaded and the engine runs */ this.scenario = /** @type {any} */ (null);
    /** @type {View | null} of the scenario */ this.view = null;
    this.failed = false;
    /** @type {number | null} the row of the series that is read; null for the usual one */
    this.index = null;
    /** What is read out. */
    this.said = "";
    /** @type {string} what an action has just done */ this.done = "";
    this.detailed = false;
    this.tabled = false;
    /** @type {Tool[]} the tools that are open */ this.opened = [];
    /** @type {Tools | null} once one was asked for */ this.tools = null;
    /** @type {More | null} where any of it is shown */ this.more = null;
    /** @type {More["decide"]["en"]} what the tools say */ this.toolWords = /** @type {any} */ (null);
    /** @type {Answered | null} the last complete answer */ this.answered = null;
    /** @type {Notice[]} */ this.problems = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */ this.sayLater = undefined;
    /** @type {Format} */ this.format = new Format({ locale: "en", currency: "USD" });
    /** @type {Record<string, any> | null} figures on which the engine stopped */ this.trapped = null;
    /** @type {Element | null} */ this.watched = null;
    /** @type {IntersectionObserver | null} */ this.watcher = null;
  }

  get calculation() {
    return calculationOf(this.scenario);
  }

  /** The answer to the figures as they stand, null while they are incomplete. */
  get result() {
    return this.problems.length ? null : (this.answered?.result ?? null);
  }

  /** The language to speak. */
  get language() {
    return languageAround(this, navigator.languages);
  }

  /** The link to the answer, every figure named. */
  link = () => location.href;

  /** What follows the answer, before what the page puts there. @returns {unknown} */
  next() {
    return nothing;
  }

  /** The currency where none is chosen. @param {string} locale */
  currencyIn(locale) {
    return currencyOf(locale);
  }

  /** The figures to begin with, and to come back to. */
  get start() {
    return startOf(this.scenario);
  }

  connectedCallback() {
    super.connectedCallback();
    if (!this.running) this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.sayLater);
  }

  async #begin() {
    try {
      await this.#load(false);
      await this.updateComplete;
      this.tell("ready", {});
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.failed = true;
    console.error(error);
    this.tell("error", { error });
  }

  /**
   * The words and the engine of the kind; of the first kind, where there is none of that name.
   * @param {boolean} fresh begin with the kind's own figures
   * @returns {Promise<void>}
   */
  async #load(fresh) {
    const { kind, language, input } = this;
    const engine = engineAt(this.engine, this.growth);
    const scenario = await loadScenario(isScenario(kind) ? kind : FALLBACK, language);
    const [view, words] = await Promise.all([
      /** @type {Promise<View> | null} */ (scenario.view ? import(`./views/${scenario.view}.mjs`).then((module) => module.default) : null),
      wordsIn(language),
      this.#loadMore(),
      engine.need(scenario.calculation),
    ]);
    const viewWords = view ? await messages(language, view.words) : {};
    // Changed meanwhile, which before the first update nobody else notices.
    if (kind !== this.kind || language !== this.language) return this.#load(fresh);
    if (fresh && input === this.input) this.input = null;
    if (view?.open) this.#open(view.open, true);
    this.running = engine;
    Object.assign(this, { scenario, words, view, viewWords });
    const root = /** @type {ShadowRoot} */ (this.renderRoot);
    if (view && !root.adoptedStyleSheets.includes(view.style)) root.adoptedStyleSheets.push(view.style);
  }

  /** What is shown beyond the answer and its inputs, if anything is. */
  async #loadMore() {
    const { full, results, charts } = this.extent;
    if (!full && results?.length === 0 && charts?.length === 0) return;
    const more = await import("./more.mjs");
    this.toolWords = await messages(this.language, more.decide);
    this.more = more;
    const root = /** @type {ShadowRoot} */ (this.renderRoot);
    // Before the calculator's own rules, which say what is otherwise on paper and on a phone.
    if (!root.adoptedStyleSheets.includes(more.style)) root.adoptedStyleSheets = [root.adoptedStyleSheets[0], more.style, ...root.adoptedStyleSheets.slice(1)];
  }

  /** @param {Tool} tool @param {boolean} open */
  #open(tool, open) {
    const others = this.opened.filter((t) => t !== tool);
    this.opened = open ? [...others, tool] : others;
    if (open && !this.tools) import("./decide/tools.mjs").then((module) => (this.tools = module.tools), (error) => this.#fail(error));
  }

  /** @param {string} name @param {unknown} detail */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`hourglass:${name}`, { bubbles: true, composed: true, detail }));
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    const other = changed.has("kind") || changed.has("lang");
    if (other && this.hasUpdated) this.#load(changed.has("kind") && !changed.has("input")).catch((error) => this.#fail(error));
    if (!this.scenario) return;
    if (!this.more) this.#loadMore().catch((error) => this.#fail(error));
    if (changed.has("scenario")) {
      this.answered = null;
      this.index = null;
    }
    this.input ??= this.start;
    const locale = this.locale || localeOf(this.words.lang, navigator.languages);
    const currency = this.currency || this.currencyIn(this.locale || navigator.language);
    this.format = new Format({ locale, currency, period: this.#period, words: this.words });
    if (this.running && ["input", "scenario", "running"].some((name) => changed.has(name))) this.#compute(this.running);
  }

  get #period() {
    const period = this.input?.period;
    const known = this.calculation.inputs.find((f) => f.name === "period")?.options ?? [];
    return known.includes(period) ? period : known.length ? "month" : "year";
  }

  /** @param {Engine} engine */
  #compute(engine) {
    const input = /** @type {Record<string, any>} */ (this.input);
    const unread = this.calculation.inputs.filter((f) => unreadable(f, input[f.name]) !== null);
    const own = unread.map((f) => ({ code: NOT_A_NUMBER, field: /** @type {string} */ (unreadable(f, input[f.name])), limit: 0 }));
    const { start } = this;
    // What cannot be read is left at its starting value, so that the problems of the others still show.
    const readable = { ...input, ...Object.fromEntries(unread.map((f) => [f.name, start[f.name]])) };
    const answer = this.#ask(engine, readable);
    if (!answer) return;
    this.problems = [...own, ...answer.problems];
    if (this.#hasHiddenConcern(!this.answered)) this.detailed = true;
    if (answer.result && own.length === 0) {
      this.answered = { input: readable, result: answer.result, warnings: answer.warnings };
      this.tell("result", this.answered);
    } else if (!this.answered) {
      const first = this.#ask(engine, start);
      if (first?.result) this.answered = { input: start, result: first.result, warnings: [], example: true };
    }
    this.#sayLater();
  }

  /** @param {Engine} engine @param {Record<string, any>} input @returns {Answer | null} */
  #ask(engine, input) {
    try {
      return engine.call(this.calculation.id, input);
    } catch (error) {
      this.tell("error", { error });
      if (error instanceof EngineTrap && this.input !== this.trapped) {
        this.trapped = this.input; // a second time would be the figures' doing
        engine.ready.then(() => this.requestUpdate("running"), () => (this.failed = true));
      }
      return null;
    }
  }

  /**
   * Whether a field under "Details" should be seen: it has a problem or, on arrival, is not at its start.
   * @param {boolean} arriving
   */
  #hasHiddenConcern(arriving) {
    const { start } = this;
    const differs = (/** @type {string} */ name) => !same(this.input?.[name], start[name]);
    return this.#secondary.some((f) => this.problems.some((p) => fieldOf(p) === f.name) || (arriving && differs(f.name)));
  }

  get #secondary() {
    if (!this.extent.full) return [];
    const elsewhere = [...this.#primary.map(({ field }) => field.name), ...(this.view?.inputs ?? []), ...this.#today.map((f) => f.name)];
    return this.calculation.inputs.filter((f) => !elsewhere.includes(f.name) && !this.#isHidden(f));
  }

  /** The inputs that matter most. */
  get #primary() {
    return this.scenario.primary.flatMap((primary) => {
      const field = this.calculation.inputs.find((f) => f.name === primary.field);
      return field && !this.#isHidden(field) ? [{ field, primary }] : [];
    });
  }

  /** Of a lever, the inputs about the customer before it. @returns {Field[]} */
  get #today() {
    if (!this.scenario.lever || !this.extent.full) return [];
    return this.calculation.inputs.filter((f) => TODAY.includes(f.name) && !this.#isHidden(f));
  }

  /** @param {Field} field */
  #isHidden(field) {
    return this.extent.hide.includes(field.name);
  }

  /** Whether there is a place where this input is changed. @param {string} name */
  #isShown(name) {
    const fields = [...this.#primary.map(({ field }) => field), ...this.#secondary, ...this.#today];
    return fields.some((f) => f.name === name) || !!this.view?.inputs?.includes(name);
  }

  #sayLater() {
    clearTimeout(this.sayLater);
    if (!this.hasUpdated) return;
    this.sayLater = setTimeout(() => (this.said = this.problems.length ? this.words.stale : this.#sentence()), SAY_AFTER);
  }

  // What is shown. The figures of the last complete answer stay in view while the present ones are incomplete.

  /**
   * A figure of the answer by wire name: a result, else an input, else one of a group; by path where that says which.
   * @param {string} path @returns {number | null}
   */
  #figure(path) {
    const { input, result } = /** @type {Answered} */ (this.answered);
    const [name, within] = path.split(".").reverse();
    const from = within ? [result[within]] : [result, input, ...this.#groups.map((g) => result[g.name])];
    const value = from.find((values) => values?.[name] !== undefined)?.[name];
    return typeof value === "number" ? value : null;
  }

  /** @param {string} path @returns {Field | undefined} */
  #fieldNamed(path) {
    const { inputs, results } = this.calculation;
    const [name, within] = path.split(".").reverse();
    const groups = this.#groups.filter((g) => !within || g.name === within).flatMap((g) => g.fields ?? []);
    return [...(within ? [] : [...results, ...inputs]), ...groups].find((f) => f.name === name);
  }

  /** The groups of the result that hold figures one by one. */
  get #groups() {
    return this.calculation.results.filter((f) => f.kind === "group" && f.fields?.some((g) => g.kind === "number"));
  }

  /** @param {string} name @param {boolean} [rounded] @param {import("../base/sentence.ts").How} [how] */
  #shown(name, rounded = false, how) {
    const value = this.#figure(name);
    return value === null ? null : inSentence(value, this.#fieldNamed(name)?.unit, how, this.format, rounded);
  }

  #sentence() {
    const { scenario } = this;
    const losing = (this.#figure(scenario.headline) ?? 0) < 0;
    const template = (losing && scenario.loss) || scenario.sentence || "";
    return this.#fill(template);
  }

  /** @param {string} template */
  #fill(template) {
    // The totals of one customer are that customer's.
    const known = (/** @type {string} */ name) => name !== "new_customers" || this.#figure(name) !== 1;
    return fillSentence(template, (name, how) => (known(name) ? this.#shown(name, true, how) : null));
  }

  /** @returns {Shown} */
  get #given() {
    const { scenario, calculation, kept, problems, format, words, view } = this;
    return {
      scenario, calculation, kept, problems, format, words, view,
      engine: /** @type {Engine} */ (this.running),
      answered: /** @type {Answered} */ (this.answered),
      input: /** @type {Record<string, any>} */ (this.input),
      say: (name, rounded = true) => this.#shown(name, rounded),
      figure: (name) => this.#figure(name),
      title: (name) => this.#fieldNamed(name)?.title ?? name,
      field: (name) => this.#fieldNamed(name),
      groups: this.#groups,
      fill: (template) => this.#fill(template),
      change: (input, field, done) => this.#change(input, field, done),
      keep: (kept) => {
        this.kept = kept;
        this.tell("keep", { kept });
      },
    };
  }

  render() {
    const { lang } = this.words;
    if (!this.running || !this.answered) {
      return html`${this.failed ? html`<p class="note">${this.words.failed}</p>` : nothing}<slot></slot>`;
    }
    return html`
      <div class="calculator" part="base" lang=${lang} dir=${directionOf(lang)} ?data-stale=${this.problems.length > 0} @hourglass:field=${this.#onField} @hourglass:read=${this.#onRead}>
        ${this.#answer()} ${this.#inputs()}
        <div class="evidence" part="evidence">
          ${this.view?.evidence(this.#given, this.viewWords) ?? nothing} ${this.more ? this.#evidence(this.more) : nothing}
          ${this.next()} <slot name="next"></slot>
        </div>
        ${this.more && this.extent.full
          ? html`<div class="reference" part="reference">${this.#figures(this.more)} ${this.more.working(this.#given)}</div>`
          : nothing}
        ${this.extent.page ? this.#bar() : nothing}
        <p class="unseen" role="status">${this.said}</p>
      </div>
    `;
  }

  /** @param {More} more */
  #evidence(more) {
    const { full, page, charts } = this.extent;
    const shown = this.#given;
    const reading = { index: this.index, tabled: this.tabled, table: (/** @type {boolean} */ open) => (this.tabled = open) };
    return html`${full ? html`${more.verdict(shown)} ${more.ranges(shown)}` : nothing}
      ${more.charts(shown, reading, charts)} ${full ? this.#decisions() : this.#figures(more)} ${page ? this.#actions(more) : nothing}`;
  }

  /** @param {More} more */
  #figures(more) {
    const { results } = this.extent;
    if (results?.length === 0) return nothing;
    return results ? more.some(this.#given, results) : more.figures(this.#given);
  }

  #answer() {
    const { headline } = this.scenario;
    const shown = this.#shown(headline, true) ?? "–";
    const general = this.problems.filter((p) => !this.#isShown(fieldOf(p)));
    return html`
      <section class="answer" part="answer" aria-labelledby="answer-name">
        <h2 class="eyebrow" id="answer-name">${this.#fieldNamed(headline)?.title}</h2>
        <p class="figure" part="figure" data-length=${Math.min(20, shown.length)}>${shown}</p>
        <p class="sentence" part="sentence">${this.#sentence()}</p>
        ${this.problems.length
          ? html`<p class="note problem">${general.length ? general.map((p) => this.#sentenceOf(p)).join(" ") : this.answered?.example ? this.words.exampleStands : this.words.stale}</p>`
          : this.#warnings()}
      </section>
    `;
  }

  /** @param {Notice} notice */
  #sentenceOf(notice) {
    return sentenceOf(notice, this.calculation.inputs, this.format, this.words);
  }

  #warnings() {
    const warnings = /** @type {Answered} */ (this.answered).warnings;
    return warnings.map((w) => {
      const name = fieldOf(w);
      const field = this.calculation.inputs.find((f) => f.name === name);
      return html`<p class="note">
        ${field && this.#isShown(name)
          ? html`<button type="button" class="note-field" aria-label=${this.words.noteFor({ title: field.title })} @click=${() => this.#goTo(name)}>${field.title}</button>: `
          : nothing}
        ${this.#sentenceOf(w)}
      </p>`;
    });
  }

  /** Puts the cursor where a figure is changed: into its field, or to the part of a view that stands for it. @param {string} name */
  #goTo(name) {
    const field = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`hourglass-field[data-name="${name}"], [data-of="${name}"]`));
    const details = field?.closest("details");
    if (details) details.open = true;
    field?.focus();
  }

  #inputs() {
    const { words } = this;
    const first = this.#primary;
    const more = this.#secondary.map((field) => ({ field, primary: null }));
    return html`
      <form class="inputs" part="inputs" aria-label=${words.yourFigures} @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
        ${this.#fields(first)}
        ${this.#today.length
          ? html`<details class="details" ?open=${this.problems.some((p) => this.#today.some((f) => f.name === fieldOf(p)))}>
              <summary>${words.today}<span class="summary-list">${["price", "gross_margin", "churn_rate"].map((n) => this.#shown(n)).join(" · ")}</span></summary>
              ${this.#fields(this.#today.map((field) => ({ field, primary: null })))}
            </details>`
          : nothing}
        ${more.length
          ? html`<details class="details" ?open=${this.detailed} @toggle=${this.#onDetails}>
              <summary>${words.details}<span class="summary-list">${more.map((m) => m.field.title).join(", ")}</span></summary>
              ${this.#fields(more)}
            </details>`
          : nothing}
        ${this.#isStart ? nothing : html`<button type="button" class="quiet reset" @click=${this.#onReset}>${words.reset}</button>`}
      </form>
    `;
  }

  /** @param {{ field: Field, primary: import("../base/scenarios.mjs").Primary | null }[]} list */
  #fields(list) {
    const { start } = this;
    return repeat(
      list,
      ({ field }) => `${this.kind}/${field.name}`,
      ({ field, primary }) => this.extent.lock.includes(field.name) ? this.#locked(field) : html`<hourglass-field
        data-name=${field.name} .field=${field} .primary=${primary} .start=${start[field.name]} .value=${this.input?.[field.name]}
        .format=${this.format} .words=${this.words} .problems=${this.#problemsOf(field.name)}></hourglass-field>`,
    );
  }

  /** A field that cannot be changed, and what is wrong with it: whoever locked it may have erred. @param {Field} field */
  #locked(field) {
    const value = this.input?.[field.name];
    const said = field.kind === "option" ? (this.words.options[value] ?? value) : this.format.value(value, field.unit);
    const problems = this.#problemsOf(field.name);
    return html`<div class="field locked" part="field locked" data-name=${field.name} ?data-problem=${problems.length > 0}>
      <span class="name">${field.title}</span><span class="value">${said}</span>
      ${problems.length ? html`<p class="problem" part="problem">${problems.join(" ")}</p>` : nothing}
    </div>`;
  }

  /** @param {string} name */
  #problemsOf(name) {
    return this.problems.filter((p) => fieldOf(p) === name).map((p) => this.#sentenceOf(p));
  }

  get #isStart() {
    const { start } = this;
    return Object.entries(start).every(([name, value]) => same(this.input?.[name], value));
  }

  /** The questions that follow the answer, folded. */
  #decisions() {
    const { toolWords: said, kept } = this;
    const isOpen = (/** @type {Tool} */ tool) => this.opened.includes(tool) || (tool === "compare" && kept.length > 0);
    return html`<div class="decisions">
      ${TOOLS.map((tool) => html`<details class="decision" data-tool=${tool} ?open=${isOpen(tool)} @toggle=${(/** @type {Event} */ e) => this.#onTool(tool, e)}>
        <summary>${said[tool]} <span class="summary-list">${said[`says_${tool}`]}</span></summary>
        ${isOpen(tool) && this.tools ? this.tools[tool](this.#given, said) : nothing}
      </details>`)}
    </div>`;
  }

  /** @param {Tool} tool @param {Event} event */
  #onTool(tool, event) {
    const { open } = /** @type {HTMLDetailsElement} */ (event.target);
    if (open !== this.opened.includes(tool)) this.#open(tool, open);
  }

  /** @param {More} more */
  #actions(more) {
    return more.actions({
      calculation: this.calculation,
      words: this.words,
      toolWords: this.toolWords,
      currency: this.format.currency,
      answered: /** @type {Answered} */ (this.answered),
      done: this.done,
      link: this.link(),
      onDone: (text) => {
        this.done = text;
        this.said = text;
      },
    });
  }

  /** On a phone the answer follows while the figures are being changed. */
  #bar() {
    return html`<div class="bar" aria-hidden="true">
      <span>${this.#fieldNamed(this.scenario.headline)?.title}</span><b>${this.#shown(this.scenario.headline, true)}</b>
    </div>`;
  }

  /** @param {CustomEvent<{ name: string, value: any, done: boolean }>} event */
  #onField(event) {
    event.stopPropagation();
    const { name, value, done } = event.detail;
    this.#change({ ...this.input, [name]: value }, name, done);
  }

  /** @param {Record<string, any>} input @param {string | null} field that was edited @param {boolean} done */
  #change(input, field, done) {
    this.done = "";
    this.input = input;
    this.tell("change", { input, field, done });
  }

  /** @param {CustomEvent<{ index: number }>} event */
  #onRead(event) {
    event.stopPropagation();
    this.index = event.detail.index;
  }

  /** @param {Event} event */
  #onDetails(event) {
    this.detailed = /** @type {HTMLDetailsElement} */ (event.target).open;
  }

  #onReset() {
    this.#change(this.start, null, true);
  }

  /** The bar is shown while the answer is out of view. */
  updated() {
    const answer = this.renderRoot.querySelector(".answer");
    if (!answer || answer === this.watched) return;
    this.watched = answer;
    this.watcher?.disconnect();
    this.watcher = new IntersectionObserver(([entry]) =>
      this.renderRoot.querySelector(".bar")?.toggleAttribute("data-shown", !entry.isIntersecting && entry.boundingClientRect.top < 0),
    );
    this.watcher.observe(answer);
  }
}

/**
 * Where in a field's value stands what is not a number: its path, null where all is well.
 * @param {Field} field @param {any} value @returns {string | null}
 */
export function unreadable(field, value) {
  if (typeof value === "string") return field.kind === "option" ? null : field.name;
  if (field.kind !== "records" || !Array.isArray(value)) return null;
  for (const [i, record] of value.entries()) {
    for (const inner of field.fields ?? []) {
      if (unreadable(inner, record[inner.name]) !== null) return `${field.name}/${i}/${inner.name}`;
    }
  }
  return null;
}

import { LitElement, html, nothing, unsafeCSS } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Answer, Engine, EngineTrap, type Sources } from "../engine/engine.ts";
import { keysOf, required } from "../base/certain.ts";
import { breath, idle, inTurns, turnsTaken } from "../base/idle.ts";
import { Format, currencyOf } from "../base/format.ts";
import { NOT_A_NUMBER, type Notice, fieldOf, sentenceOf } from "../base/notices.ts";
import { type Primary, type Scenario, TODAY, calculationOf, isScenario, loadScenario, startOf } from "../base/scenarios.ts";
import { directionOf, languageAround, localeOf, messages } from "../base/messages.ts";
import { type How, fillSentence, inSentence, untold } from "../base/sentence.ts";
import { same } from "../base/url.ts";
import { english, wordsFor, wordsIn } from "../base/words.ts";
import tokens from "../styles/tokens.css";
import styles from "../styles/calculator.css";
import type { Beside } from "./field.ts";
import "./field.ts";
import { property, state } from "lit/decorators.js";
import type { Calculation, Field, Module } from "../base/catalogue.gen.mjs";
import type { Answered, Said } from "../base/share.ts";
import type { Driver } from "./decide/driver.ts";
import type { tools } from "./decide/tools.ts";
import type { Figure, Figures } from "../base/figures.ts";
import { isOpen } from "../base/events.ts";
import type { Shown, Tool, View } from "./shown.ts";

/** The module of a view. What it says is its own, and goes to nobody but its evidence(). */
const viewNamed = async (name: string): Promise<View> => (await import(`./views/${name}.ts`)).default;

export type Tools = typeof tools;

export type More = typeof import("./more.ts");

export type Tables = typeof import("./table/table.ts");

/** How much is shown. */
export interface Extent {
  page: boolean; // what belongs to a page of its own: actions on its address, the answer that follows on a phone
  full: boolean; // further inputs, decision tools, all figures and the formula
  results: string[] | null; // listed by their wire names; null for all
  charts: string[] | null; // drawn, by their first lines; null for all
  lock: string[]; // fields that cannot be changed
  hide: string[]; // fields that are not shown
}

/** How long the answer has to rest before it is read out. */
const ANNOUNCE_AFTER = 700;

/** The decision tools, in the order in which the questions come. */
const TOOLS: Tool[] = ["goal", "sure", "matters", "compare"];

/** What is shown when nothing else is asked for. */
const FALLBACK = "subscription";

/**
 * What is drawn when: the answer and its first inputs behind what stands there until then, then they are shown, the rest in moments in which the browser
 * is idle. Each is a short task of its own, and so is each field and chart in it (turn). A phone would else be deaf for half a second after the first answer.
 */
const ANSWER = 0, SHOWN = 1, VIEW = 2, EVIDENCE = 3, DETAILS = 4, TOOLS_DRAWN = 5, FIGURES = 6, WORKING = 7;

/** No problems: one list, since a field is drawn again when its list is another one. */
const NONE: string[] = [];

/** Where a visitor asks for an action. */
type Place = "answer" | "actions" | "bar";

/** The whole, as on its page. */
const WHOLE: Extent = { page: true, full: true, results: null, charts: null, lock: [], hide: [] };

/** One engine for the same files, however many calculators there are. */
const engines: Map<string, Engine> = new Map();

/** @param modules where they are, from the page */
function engineAt(modules: Record<Module, string>) {
  const urls: Sources = Object.fromEntries(Object.entries(modules).map(([name, place]) => [name, new URL(place, document.baseURI).href]));
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
 * @fires hourglass:ready - the engine runs, and all is drawn
 * @fires hourglass:change - detail { input, done }: the figures changed; done is false while a slider is being dragged
 * @fires hourglass:keep - detail { kept }: figures were kept to compare with
 * @fires hourglass:result - detail { input, result, warnings }: a new answer
 * @fires hourglass:error - detail { error }
 */
export class HourglassCalculator extends LitElement {
  static override styles = [unsafeCSS(tokens), unsafeCSS(styles)];

  /** Where its styles are; what it draws may stand in a part of it. */
  declare readonly shadowRoot: ShadowRoot;

  @property({ reflect: true }) kind = FALLBACK;
  @property() engine = "engine.wasm";
  @property() growth = "growth.wasm";
  @property() levers = "levers.wasm";
  @property() economics = "economics.wasm";
  @property() bases = "bases.wasm";
  @property() currency = "";
  @property() locale = "";
  /** That of the scenario as it is loaded. */ words = english;
  /** What the view says. */ viewWords = {};
  /** The figures by wire name; null for the starting ones. */ @property({ attribute: false }) input: Figures | null = null;
  /** What the page puts under an input. */ @property({ attribute: false }) beside: Beside | null = null;
  /** Figures to compare with. */ @property({ attribute: false }) kept: Figures[] = [];
  /** How much is shown. */ @property({ attribute: false }) extent: Extent = WHOLE;
  @state() running: Engine | null = null;
  /** That of the kind, from when it is loaded and the engine runs. */ @state() scenario!: Scenario;
  /** Of the scenario. */ @state() view: View | null = null;
  @state() failed = false;
  /** The row of the series that is read; null for the usual one. */ @state() index: number | null = null;
  /** How far it is drawn. */ @state() drawn = ANSWER;
  /** What is read out. */ @state() announced = "";
  /** What an action has just done, and where it was asked for. */ @state() done: (Said & { at: Place }) | null = null;
  @state() detailed = false;
  @state() tabled = false;
  /** What drives the answer, and the answer that it is said of. */ @state() driver: (Driver & { of: Answered }) | null = null;
  /** Says so, on a page. */ driverOf: typeof import("./decide/driver.ts").driverOf | null = null;
  driving: ReturnType<typeof setTimeout> | undefined = undefined;
  /** The tools that are open. */ @state() opened: Tool[] = [];
  /** Once one was asked for. */ @state() tools: Tools | null = null;
  /** Where any of it is shown. */ @state() more: More | null = null;
  /** Of a calculation with a list of rows. */ tables: Tables | null = null;
  /** What they say. */ tableWords!: Tables["words"]["en"];
  /** What the tools say. */ toolWords!: More["decide"]["en"];
  /** The last complete answer. */ answered: Answered | null = null;
  problems: Notice[] = [];
  announcing: ReturnType<typeof setTimeout> | undefined = undefined;
  format: Format = new Format({ locale: "en", currency: "USD" });
  /** Figures on which the engine stopped. */ trapped: Figures | null = null;
  watched: Element | null = null;
  watcher: IntersectionObserver | null = null;
  @property({ reflect: true }) override lang!: string;

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

  /** Where the page says how to put it into another one, as it stands; empty where nobody does. */
  embed = () => "";

  /** Hands the link on; without it nothing offers to. */
  share: ((link: string, words: { copied: string, notCopied: string }) => Promise<Said>) | null = null;

  /** What it waits for before it begins. */
  awaits: Promise<void> | null = null;

  /** Called when the scenario is known, before its figures are: whoever has some puts them into input and kept. */
  begins: (scenario: Scenario) => void = () => {};

  /** The kind as it stands here. */
  adapt = (scenario: Scenario) => scenario;

  /** What follows the answer, before what the page puts there. */
  next(): unknown {
    return nothing;
  }

  /** The currency where none is chosen. */
  currencyIn(locale: string) {
    return currencyOf(locale);
  }

  /** The figures to begin with, and to come back to. */
  get start() {
    return startOf(this.scenario);
  }

  override connectedCallback() {
    super.connectedCallback();
    if (!this.running) this.#begin();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.announcing);
    clearTimeout(this.driving);
  }

  async #begin() {
    try {
      await this.#load(false);
      await inTurns(() => this.#draw());
      this.emit("ready", {});
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Draws it bit by bit. */
  async #draw() {
    await this.updateComplete;
    await turnsTaken();
    this.drawn = SHOWN;
    await this.updateComplete;
    await idle();
    await this.#loadMore();
    if (this.more) await breath();
    else this.drawn = WORKING; // a small widget has no more
    while (this.drawn < WORKING) {
      this.drawn++;
      await this.updateComplete;
      await turnsTaken();
      if (this.drawn < WORKING) await idle();
    }
  }

  /** Says what drives the answer. Where there is nothing to say for once, its place stays. */
  #drive() {
    const { answered, driverOf } = this;
    if (!answered || !driverOf) return;
    const { says, room } = driverOf(this.#given);
    this.driver = { says, room: room || (this.driver?.room ?? ""), of: answered };
  }

  /** Of figures that still change it would be said again and again: it waits until they rest. */
  #driveLater() {
    if (!this.driverOf || !this.answered || this.driver?.of === this.answered) return;
    clearTimeout(this.driving);
    this.driving = setTimeout(() => this.#drive(), ANNOUNCE_AFTER);
  }

  /** Whether the answer and its inputs are drawn, and stand in the place of what was there before. */
  protected get isShown() {
    return this.drawn >= SHOWN;
  }

  #fail(error: unknown) {
    this.failed = true;
    console.error(error);
    this.emit("error", { error });
  }

  /**
   * The words and the engine of the kind; of the first kind, where there is none of that name.
   * @param fresh begin with the kind's own figures
   */
  async #load(fresh: boolean): Promise<void> {
    await null; // whoever wrote the script that the page runs now may yet say where the engine is
    const { kind, language, input } = this;
    const engine = engineAt({ calculator: this.engine, growth: this.growth, levers: this.levers, economics: this.economics, bases: this.bases });
    const [scenario] = await Promise.all([loadScenario(isScenario(kind) ? kind : FALLBACK, language), this.awaits]);
    this.begins(scenario);
    const [view, tables, words, driver] = await Promise.all([
      scenario.view ? viewNamed(scenario.view) : null,
      calculationOf(scenario).inputs.some(isTable) ? import("./table/table.ts") : null,
      wordsIn(language),
      this.extent.page ? import("./decide/driver.ts") : null,
      this.more ? this.#loadMore() : null,
      engine.need(calculationOf(scenario)),
    ]);
    const viewWords = view ? await messages(language, view.words) : {};
    const tableWords = tables ? await messages(language, tables.words) : undefined;
    await breath();
    // A browser makes the engine's code when it is called: not in the task that draws the answer.
    if (!this.running) this.#try(engine, scenario);
    await breath();
    // Changed meanwhile, which before the first update nobody else notices.
    if (kind !== this.kind || language !== this.language) return this.#load(fresh);
    if (fresh && input === this.input) this.input = null;
    if (view?.open) this.#open(view.open, true);
    this.running = engine;
    Object.assign(this, { scenario: this.adapt(scenario), words: wordsFor(words, calculationOf(scenario)), view, viewWords, tables, tableWords, driverOf: driver?.driverOf ?? null });
    const { adoptedStyleSheets: sheets } = this.shadowRoot;
    for (const { style } of [view, tables].filter((part) => part !== null)) if (!sheets.includes(style)) sheets.push(style);
  }

  /** Calls the engine once. Where that fails, the call that counts tells. */
  #try(engine: Engine, scenario: Scenario) {
    try {
      engine.call(calculationOf(scenario).id, startOf(scenario));
    } catch {}
  }

  /** What is shown beyond the answer and its inputs, if anything is. */
  async #loadMore() {
    const { full, results, charts } = this.extent;
    if (!full && results?.length === 0 && charts?.length === 0) return;
    const more = await import("./more.ts");
    this.toolWords = await messages(this.language, more.decide);
    this.more = more;
    const root = this.shadowRoot;
    // Before the calculator's own rules, which say what is otherwise on paper and on a phone.
    if (!root.adoptedStyleSheets.includes(more.style)) {
      const [tokens, own, ...others] = root.adoptedStyleSheets;
      root.adoptedStyleSheets = [tokens, more.style, own, more.print, ...others];
    }
  }

  #open(tool: Tool, open: boolean) {
    const others = this.opened.filter((t) => t !== tool);
    this.opened = open ? [...others, tool] : others;
    if (open && !this.tools) import("./decide/tools.ts").then((module) => (this.tools = module.tools), (error) => this.#fail(error));
  }

  emit(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(`hourglass:${name}`, { bubbles: true, composed: true, detail }));
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    const other = changed.has("kind") || changed.has("lang");
    if (other && this.hasUpdated) this.#load(changed.has("kind") && !changed.has("input")).catch((error) => this.#fail(error));
    if (!this.scenario) return;
    if (!this.more && this.drawn > SHOWN) this.#loadMore().catch((error) => this.#fail(error));
    if (changed.has("scenario")) {
      this.answered = null;
      this.driver = null;
      this.index = null;
    }
    this.input ??= this.start;
    const locale = this.locale || localeOf(this.words.lang, navigator.languages);
    const currency = this.currency || this.currencyIn(this.locale || navigator.language);
    const isOther = this.#formatAs({ locale, currency, period: this.#period, words: this.words });
    if (this.running && ["input", "scenario", "running"].some((name) => changed.has(name))) this.#compute(this.running);
    if (isOther || !this.driver) this.#drive();
  }

  /** Another format only where it is one: every field is drawn again for it. @returns whether it is one */
  #formatAs(how: ConstructorParameters<typeof Format>[0]) {
    const other = new Format(how);
    const isOther = keysOf(other).some((key) => other[key] !== this.format[key]);
    if (isOther) this.format = other;
    return isOther;
  }

  get #period() {
    const period = this.input?.period;
    const known = this.calculation.inputs.find((f) => f.name === "period")?.options ?? [];
    return known.includes(period) ? period : known.length ? "month" : "year";
  }

  #compute(engine: Engine) {
    const input = required(this.input, "input");
    const unread = this.calculation.inputs.filter((f) => unreadable(f, input[f.name]) !== null);
    const own = unread.map((f) => ({ code: NOT_A_NUMBER, field: unreadable(f, input[f.name]) ?? f.name, limit: 0 }));
    const { start } = this;
    // What cannot be read is left at its starting value, with the list beside it, so that the problems of the others still show.
    const left = unread.flatMap((f) => [f.name, ...(f.beside ? [f.beside] : [])]);
    const readable = { ...input, ...Object.fromEntries(left.map((name) => [name, start[name]])) };
    const answer = this.#ask(engine, readable);
    if (!answer) return;
    this.problems = [...own, ...answer.problems];
    if (this.#hasHiddenConcern(!this.answered)) this.detailed = true;
    if (answer.result && own.length === 0) {
      this.answered = { input: readable, result: answer.result, warnings: answer.warnings };
      this.emit("result", this.answered);
    } else if (!this.answered) {
      const first = this.#ask(engine, start);
      if (first?.result) this.answered = { input: start, result: first.result, warnings: [], example: true };
    }
    this.#announce();
  }

  #ask(engine: Engine, input: Figures): Answer | null {
    try {
      return engine.call(this.calculation.id, input);
    } catch (error) {
      this.emit("error", { error });
      if (error instanceof EngineTrap && this.input !== this.trapped) {
        this.trapped = this.input; // a second time would be the figures' doing
        engine.ready.then(() => this.requestUpdate("running"), () => (this.failed = true));
      }
      return null;
    }
  }

  /** Whether a field under "Details" should be seen: it has a problem or, on arrival, is not at its start. */
  #hasHiddenConcern(arriving: boolean) {
    const { start } = this;
    const differs = (name: string) => !same(this.input?.[name], start[name]);
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

  /** Of a lever, the inputs about the customer before it. */
  get #today(): Field[] {
    if (!this.scenario.lever || !this.extent.full) return [];
    return this.calculation.inputs.filter((f) => TODAY.includes(f.name) && !this.#isHidden(f));
  }

  #isHidden(field: Field) {
    return this.extent.hide.includes(field.name);
  }

  /** Whether there is a place where this input is changed. */
  #isShown(name: string) {
    const fields = [...this.#primary.map(({ field }) => field), ...this.#secondary, ...this.#today];
    return fields.some((f) => f.name === name) || !!this.view?.inputs?.includes(name);
  }

  #announce() {
    clearTimeout(this.announcing);
    if (!this.hasUpdated) return;
    this.announcing = setTimeout(() => (this.announced = this.problems.length ? this.words.stale : this.#sentence()), ANNOUNCE_AFTER);
  }

  // What is shown. The figures of the last complete answer stay in view while the present ones are incomplete.

  /** The last complete answer, where one is shown. */
  get #last(): Answered {
    return required(this.answered, "answer");
  }

  /** A figure of the answer by wire name: a result, else an input, else one of a group; by path where that says which. */
  #figure(path: string): number | null {
    const { input, result } = this.#last;
    const [name, within] = path.split(".").reverse();
    const from = within ? [result[within]] : [result, input, ...this.#groups.map((g) => result[g.name])];
    const value = from.find((values) => values?.[name] !== undefined)?.[name];
    return typeof value === "number" ? value : null;
  }

  #fieldNamed(path: string): Field | undefined {
    const { inputs, results } = this.calculation;
    const [name, within] = path.split(".").reverse();
    const groups = this.#groups.filter((g) => !within || g.name === within).flatMap((g) => g.fields ?? []);
    return [...(within ? [] : [...results, ...inputs]), ...groups].find((f) => f.name === name);
  }

  /** The groups of the result that hold figures one by one. */
  get #groups() {
    return this.calculation.results.filter((f) => f.kind === "group" && f.fields?.some((g) => g.kind === "number"));
  }

  #shown(name: string, rounded = false, how?: How) {
    const value = this.#figure(name);
    return value === null ? null : inSentence(value, this.#fieldNamed(name)?.unit, how, this.format, rounded);
  }

  /** What is told: the scenario's answer, or the one in its place where a figure that it needs was left out. */
  get #told(): { headline: string, sentence?: string, loss?: string } {
    const { scenario } = this;
    return scenario.without && this.#figure(scenario.headline) === null ? scenario.without : scenario;
  }

  /** The number that is the answer. */
  protected get value() {
    return this.answered ? this.#figure(this.scenario.headline) : null;
  }

  #sentence() {
    const { headline, sentence, loss } = this.#told;
    const losing = (this.#figure(headline) ?? 0) < 0;
    return this.#fill((losing && loss) || sentence || "");
  }

  #fill(template: string) {
    // The totals of one customer are that customer's.
    const known = (name: string) => (name === "new_customers" ? this.#figure(name) !== 1 : !untold(this.#figure(name), this.#fieldNamed(name)?.unit));
    return fillSentence(template, (name, how) => (known(name) ? this.#shown(name, true, how) : null));
  }

  get #given(): Shown {
    const { scenario, calculation, kept, problems, format, words, view } = this;
    return {
      scenario, calculation, kept, problems, format, words, view,
      engine: required(this.running, "engine"),
      answered: this.#last,
      input: required(this.input, "input"),
      say: (name, rounded = true) => this.#shown(name, rounded),
      figure: (name) => this.#figure(name),
      title: (name) => this.#fieldNamed(name)?.title ?? name,
      field: (name) => this.#fieldNamed(name),
      groups: this.#groups,
      fill: (template) => this.#fill(template),
      change: (input, field, done) => this.#change(input, field, done),
      keep: (kept) => {
        this.kept = kept;
        this.emit("keep", { kept });
      },
    };
  }

  override render(): unknown {
    const { lang } = this.words;
    if (!this.running || !this.answered) {
      return html`${this.failed ? html`<p class="note">${this.words.failed}</p>` : nothing}<slot></slot>`;
    }
    return html`
      ${this.isShown ? nothing : html`<slot></slot>`}
      <div class="calculator" part="base" ?hidden=${!this.isShown} lang=${lang} dir=${directionOf(lang)} ?data-stale=${this.problems.length > 0} data-drawing=${this.#drawing} ?data-wide=${hasRows(this.calculation)} @hourglass:field=${this.#onField} @hourglass:read=${this.#onRead}>
        ${this.#answer()} ${this.#inputs()}
        <div class="evidence" part="evidence">
          ${this.drawn < VIEW ? nothing : (this.view?.evidence(this.#given, this.viewWords) ?? nothing)}
          ${this.drawn >= EVIDENCE && this.more ? this.#evidence(this.more) : nothing}
          ${this.next()} <slot name="next"></slot>
        </div>
        ${this.more && this.extent.full && this.drawn >= FIGURES
          ? html`<div class="reference" part="reference">${this.#figures(this.more)} ${this.drawn >= WORKING ? this.more.working(this.#given) : nothing}</div>`
          : nothing}
        ${this.extent.page ? this.#bar() : nothing}
        <p class="unseen" role="status">${this.announced}</p>
      </div>
    `;
  }

  /** While not all of it is drawn; on a page, which keeps room for the rest. */
  get #drawing() {
    return this.drawn < WORKING ? (this.extent.page ? "page" : "part") : nothing;
  }

  #evidence(more: More) {
    const { full, page, charts } = this.extent;
    const shown = this.#given;
    const reading = { index: this.index, tabled: this.tabled, table: (open: boolean) => (this.tabled = open) };
    return html`${full ? html`${more.verdict(shown)} ${more.ranges(shown)}` : nothing}
      ${more.charts(shown, reading, charts)} ${this.drawn < TOOLS_DRAWN ? nothing : [full ? this.#decisions() : this.#figures(more), page ? this.#actions(more) : nothing]}`;
  }

  /** What drives the answer: the same as the page has before there is a script (pages/calculator.html). */
  #drives() {
    if (!this.driver?.room) return nothing;
    const { says, room, of } = this.driver;
    return html`<p class="drives" data-room=${room} ?data-old=${of !== this.answered}><span>${says}</span></p>`;
  }

  #figures(more: More) {
    const { results } = this.extent;
    if (results?.length === 0) return nothing;
    return results ? more.some(this.#given, results) : more.figures(this.#given);
  }

  #answer() {
    const { headline } = this.#told;
    const shown = this.#shown(headline, true) ?? "–";
    const general = this.problems.filter((p) => !this.#isShown(fieldOf(p)));
    return html`
      <section class="answer" part="answer" aria-labelledby="answer-name">
        <h2 class="eyebrow" id="answer-name">${this.#fieldNamed(headline)?.title}</h2>
        <p class="figure" part="figure" data-length=${Math.min(20, shown.length)}>${shown}</p>
        <p class="sentence" part="sentence">${this.#sentence()}</p>
        ${this.#drives()}
        ${this.share ? html`<p class="hand-on">${this.#share("answer", this.share)} ${this.#doneAt("answer")}</p>` : nothing}
        ${this.problems.length
          ? html`<p class="note problem">${general.length ? this.format.sentences(general.map((p) => this.#sentenceOf(p))) : this.answered?.example ? this.words.exampleStands : this.words.stale}</p>`
          : this.#warnings()}
      </section>
    `;
  }

  #sentenceOf(notice: Notice) {
    return sentenceOf(notice, this.calculation.inputs, this.format, this.words, this.input);
  }

  #warnings() {
    const { warnings } = this.#last;
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

  /** Puts the cursor where a figure is changed: into its field, or to the part of a view that stands for it. */
  #goTo(name: string) {
    const field = this.renderRoot.querySelector<HTMLElement>(`hourglass-field[data-name="${name}"], [data-of="${name}"]`);
    const details = field?.closest("details");
    if (details) details.open = true;
    field?.focus();
  }

  #inputs() {
    const { words } = this;
    const first = this.#primary;
    const more = this.#secondary.map((field) => ({ field, primary: null }));
    return html`
      <form class="inputs" part="inputs" aria-label=${words.yourFigures} @submit=${(e: Event) => e.preventDefault()}>
        ${this.#fields(first)}
        ${this.#today.length
          ? html`<details class="details" ?open=${this.problems.some((p) => this.#today.some((f) => f.name === fieldOf(p)))}>
              <summary>${words.today}<span class="summary-list">${this.format.row(["price", "gross_margin", "churn_rate"].map((n) => this.#shown(n)))}</span></summary>
              ${this.#folded(this.#today.map((field) => ({ field, primary: null })))}
            </details>`
          : nothing}
        ${more.length
          ? html`<details class="details" ?open=${this.detailed} @toggle=${this.#onDetails}>
              <summary>${words.details}<span class="summary-list">${this.format.facts(more.map((m) => m.field.title))}</span></summary>
              ${this.detailed ? this.#fields(more) : this.#folded(more)}
            </details>`
          : nothing}
        ${this.#isStart ? nothing : html`<button type="button" class="quiet reset" @click=${this.#onReset}>${words.reset}</button>`}
      </form>
    `;
  }

  /** Fields that nobody sees yet. */
  #folded(list: { field: Field, primary: Primary | null }[]) {
    return this.drawn < DETAILS ? nothing : this.#fields(list);
  }

  #fields(list: { field: Field, primary: Primary | null }[]) {
    const { start } = this;
    return repeat(
      list.filter(({ field }) => !field.beside || field.table || !this.tables), // the other column of a table is in it
      ({ field }) => `${this.kind}/${field.name}`,
      ({ field, primary }) => isTable(field) && this.tables ? this.tables.table(this.#given, field, this.tableWords, this.extent.lock.some((name) => name === field.name || name === field.beside)) : this.extent.lock.includes(field.name) ? this.#locked(field) : html`<hourglass-field
        data-name=${field.name} .field=${field} .primary=${primary} .start=${start[field.name]} .value=${this.input?.[field.name]}
        .format=${this.format} .words=${this.words} .problems=${this.#problemsOf(field.name)} .beside=${this.beside}></hourglass-field>`,
    );
  }

  /** A field that cannot be changed, and what is wrong with it: whoever locked it may have erred. */
  #locked(field: Field) {
    const value = this.input?.[field.name];
    const text = field.kind === "option" ? (this.words.options[value] ?? value) : this.format.value(value, field.unit);
    const problems = this.#problemsOf(field.name);
    return html`<div class="field locked" part="field locked" data-name=${field.name} ?data-problem=${problems.length > 0}>
      <span class="name">${field.title}</span><span class="value">${text}</span>
      ${problems.length ? html`<p class="problem" part="problem">${this.format.sentences(problems)}</p>` : nothing}
    </div>`;
  }

  #problemsOf(name: string) {
    const problems = this.problems.filter((p) => fieldOf(p) === name);
    return problems.length ? problems.map((p) => this.#sentenceOf(p)) : NONE;
  }

  get #isStart() {
    const { start } = this;
    return Object.entries(start).every(([name, value]) => same(this.input?.[name], value));
  }

  /** The questions that follow the answer, folded. */
  #decisions() {
    const { toolWords, kept } = this;
    const isShown = (tool: Tool) => this.opened.includes(tool) || (tool === "compare" && kept.length > 0);
    return html`<div class="decisions">
      ${TOOLS.map((tool) => html`<details class="decision" data-tool=${tool} ?open=${isShown(tool)} @toggle=${(e: Event) => this.#onTool(tool, e)}>
        <summary>${toolWords[tool]} <span class="summary-list">${toolWords[`says_${tool}`]}</span></summary>
        ${isShown(tool) && this.tools ? this.tools[tool](this.#given, toolWords) : nothing}
      </details>`)}
    </div>`;
  }

  #onTool(tool: Tool, event: Event) {
    const open = isOpen(event);
    if (open !== this.opened.includes(tool)) this.#open(tool, open);
  }

  #actions(more: More) {
    return more.actions({
      calculation: this.calculation,
      words: this.words,
      toolWords: this.toolWords,
      currency: this.format.currency,
      answered: this.#last,
      done: this.#doneAt("actions"),
      link: this.link(),
      embed: this.embed(),
      onDone: (said) => this.#tell(said, "actions"),
    });
  }

  /** Says what was done; a text that could not be copied stands there, selected. The bar has no room for it. */
  async #tell(said: Said, at: Place) {
    this.done = { ...said, at: said.uncopied && at === "bar" ? "answer" : at };
    this.announced = said.says;
    await this.updateComplete;
    const uncopied = this.shadowRoot.querySelector<HTMLTextAreaElement>(".uncopied");
    uncopied?.focus();
    uncopied?.select();
  }

  #doneAt(at: Place) {
    if (this.done?.at !== at) return nothing;
    const { says, uncopied } = this.done;
    return html`<span class="done">${says}</span>${uncopied ? html`<textarea class="uncopied" readonly rows="3" dir="ltr" aria-label=${says} .value=${uncopied}></textarea>` : nothing}`;
  }

  #share(at: Place, share: NonNullable<HourglassCalculator["share"]>) {
    const click = async () => this.#tell(await share(this.link(), this.words), at);
    return html`<button type="button" class="share" @click=${click}>${this.words.share}</button>`;
  }

  /** On a phone the answer follows while the figures are being changed. */
  #bar() {
    const { headline } = this.#told;
    return html`<div class="bar">
      <p aria-hidden="true"><b>${this.#shown(headline, true)}</b> <span>${this.done?.at === "bar" && this.done.says ? this.#doneAt("bar") : this.#fieldNamed(headline)?.title}</span></p>
      ${this.share ? this.#share("bar", this.share) : nothing}
    </div>`;
  }

  #onField(event: CustomEvent<{ name: string, value: Figure, done: boolean }>) {
    event.stopPropagation();
    const { name, value, done } = event.detail;
    this.#change({ ...this.input, [name]: value }, name, done);
  }

  /** @param field that was edited */
  #change(input: Figures, field: string | null, done: boolean) {
    this.done = null;
    this.input = input;
    this.emit("change", { input, field, done });
  }

  #onRead(event: CustomEvent<{ index: number }>) {
    event.stopPropagation();
    this.index = event.detail.index;
  }

  #onDetails(event: Event) {
    this.detailed = isOpen(event);
  }

  #onReset() {
    this.#change(this.start, null, true);
  }

  /** The bar is shown while the answer is out of view. */
  override updated() {
    this.#driveLater();
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

/** Whether an input is typed into a table: of rows with names, or of two lists. */
const isTable = (field: Field) => Boolean(field.row || field.table);

/** Whether a table has rows with names, which take the page's width. */
const hasRows = (calculation: Calculation) => calculation.inputs.some((f) => f.row);

/** Where in a field's value stands what is not a number: its path, null where all is well. */
export function unreadable(field: Field, value: Figure): string | null {
  if (typeof value === "string") return field.kind === "option" ? null : field.name;
  if (!Array.isArray(value)) return null;
  const typed = field.beside ? value.findIndex((v) => typeof v === "string") : -1;
  if (typed >= 0) return `${field.name}/${typed}`;
  if (field.kind !== "records") return null;
  for (const [i, record] of value.entries()) {
    for (const inner of field.fields ?? []) {
      if (unreadable(inner, record[inner.name]) !== null) return `${field.name}/${i}/${inner.name}`;
    }
  }
  return null;
}

import { html, nothing, svg } from "lit";
import { type Range, type Simulation, decide } from "../../engine/decide.ts";
import { type Come, type Given, around, byWeight, chosen, comeFigures, givenFigures, headlineOf, usualTarget } from "./figures.ts";
import { Tool } from "./tool.ts";
import { DRAWS, type Distribution } from "../../engine/decisions.gen.mjs";
import { define } from "../../base/define.ts";
import { state } from "lit/decorators.js";
import type { Figure } from "../../base/figures.ts";

/** As typed. */
export type Ends = { low: Figure, high: Figure };

/** How many figures are uncertain before anybody says so: those that matter most. */
const UNCERTAIN = 4;

/** How many draws the first piece makes. */
const FIRST = 100;

/** How long a piece may take, in milliseconds: within a frame while figures move, below a long task when they rest. */
const MOVING = 8;
const RESTING = 40;
const REST_AFTER = 250;

const SHAPES: Distribution[] = ["pert", "triangular", "uniform"];

/** Idle time, or soon where a browser does not tell. */
const whenIdle: (run: () => void) => number = "requestIdleCallback" in globalThis ? (run) => requestIdleCallback(run, { timeout: 120 }) : (run) => window.setTimeout(run, 16);
const forget = "cancelIdleCallback" in globalThis ? cancelIdleCallback : clearTimeout;

/** How sure we are: ranges for what is uncertain, and what comes of them. */
export class HourglassSimulate extends Tool {
  @state() result: string | null = null;
  @state() target: Figure = undefined;
  /** Ranges that were typed, by figure. */ @state() typed: Record<string, Ends> = {};
  @state() shape: Distribution = "pert";
  @state() seed = 1;
  /** The uncertain figures, once somebody has chosen. */ @state() extra: string[] | null = null;
  @state() found: Simulation | null = null;
  /** Milliseconds that a draw takes, as measured. */ each: number | null = null;
  idle = 0;
  /** The results of the draws made so far, NaN where one had none. */ values: number[] = [];
  /** The draws that these are of: what they depend on. */ drawn = "";
  /** For what the draws were last summed up. */ summarised = "";
  /** How long a piece may take. */ time = MOVING;
  rest: ReturnType<typeof setTimeout> | undefined = undefined;

  override disconnectedCallback() {
    super.disconnectedCallback();
    forget(this.idle);
    clearTimeout(this.rest);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (changed.has("found") && changed.size === 1) return;
    if (this.#of !== this.shown.scenario) this.#begin();
    clearTimeout(this.rest);
    this.time = MOVING;
    this.#later();
    this.rest = setTimeout(() => (this.time = RESTING), REST_AFTER);
  }

  /** Makes a piece when the page has time, with the figures of then, until all are made. One waits at most. */
  #later() {
    this.idle ||= whenIdle(() => {
      this.idle = 0;
      if (this.isConnected && this.#run()) this.#later();
    });
  }

  /** The scenario that the ranges are of. */ #of: unknown = null;

  #begin() {
    this.#of = this.shown.scenario;
    Object.assign(this, { result: null, target: undefined, typed: {}, extra: null, found: null, each: null, drawn: "" });
  }

  get #come() {
    const list = comeFigures(this.shown);
    return { list, one: chosen(list, this.result, headlineOf(this.shown, list)) };
  }

  /** What is uncertain: what was chosen, else what matters most. */
  #uncertain() {
    const given = givenFigures(this.shown);
    const paths = this.extra ?? byWeight(this.shown, this.#come.one.path, given).bars.slice(0, UNCERTAIN).map((b) => b.field);
    return paths.flatMap((path) => given.filter((g) => g.path === path));
  }

  #ends(figure: Given): Ends {
    return this.typed[figure.path] ?? around(figure);
  }

  #isBad(figure: Given) {
    const { low, high } = this.#ends(figure);
    const { min = -Infinity, max = Infinity } = figure.field;
    return !(typeof low === "number" && typeof high === "number" && low <= high && low >= min && high <= max);
  }

  get #target() {
    return this.target === undefined ? (this.#come.one.path === "clv" ? this.shown.figure("cac") : null) ?? usualTarget(this.shown, this.#come.one) : this.target;
  }

  /**
   * Makes as many draws as there is time for, and tells of all so far: at first, whenever they have doubled, and of the
   * whole, which is what the API tells for the same seed.
   * @returns whether more are to be made
   */
  #run(): boolean {
    const { engine, calculation, answered } = this.shown;
    const { id } = calculation;
    const uncertain = this.#uncertain();
    if (uncertain.length === 0 || uncertain.some((f) => this.#isBad(f))) {
      this.found = null;
      return false;
    }
    const result = this.#come.one.path;
    const ranges = uncertain.map((f) => this.#range(f));
    const target = typeof this.#target === "number" ? this.#target : undefined;
    const drawn = JSON.stringify([id, answered.input, result, ranges, this.seed]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.values = [];
      this.summarised = "";
    }
    const skip = this.values.length;
    const piece = this.each === null ? FIRST : Math.max(1, Math.round(this.time / this.each));
    const draws = Math.min(piece, DRAWS - skip);
    if (draws > 0) {
      const began = performance.now();
      const drawn = decide(engine, "simulate", id, answered.input, { result, ranges, seed: this.seed, skip, draws }).result;
      this.each = (performance.now() - began) / draws;
      this.values.push(...(drawn?.values ?? Array(draws).fill(NaN)));
    }
    const made = this.values.length;
    const key = `${Math.floor(Math.log2(made))} ${made === DRAWS} ${target}`;
    if (key !== this.summarised) {
      this.summarised = key;
      this.found = decide(engine, "simulate", id, answered.input, { result, ranges: [], values: this.values, target }).result;
    }
    return made < DRAWS;
  }

  #range(figure: Given): Range {
    const { low, high } = this.#ends(figure);
    const mode = Math.min(high, Math.max(low, figure.value));
    return { field: figure.path, low, high, whole: figure.field.whole, distribution: low < high ? this.shape : "uniform", mode };
  }

  override render() {
    const { words, shown } = this;
    const { list, one } = this.#come;
    const uncertain = this.#uncertain();
    const others = givenFigures(shown).filter((g) => !uncertain.some((u) => u.path === g.path));
    const shapes = SHAPES.map((path) => ({ path, title: words[`shape_${path}` as "shape_pert"] }));
    return html`<div class="calculator tool">
      <div class="asking">
        ${this.pick(words.result, list, one.path, (path) => ((this.result = path), (this.target = undefined)))}
        ${this.entry("target", words.target, one.unit, this.#target, (value) => (this.target = value))}
        ${this.pick(words.shape, shapes, this.shape, (path) => (this.shape = SHAPES.find((shape) => shape === path) ?? this.shape))}
      </div>
      ${this.found ? this.#answer(one, this.found) : html`<p class="what">${uncertain.length ? nothing : words.noRanges}</p>`}
      <h3>${words.ranges}</h3>
      <div class="uncertain">
        ${uncertain.map((figure) => this.#ask(figure, uncertain))}
      </div>
      ${others.length ? this.pick(words.addRange, [{ path: "", title: "–" }, ...others], "", (path) => path && (this.extra = [...uncertain.map((u) => u.path), path])) : nothing}
      <p class="what">${words.independent}</p>
    </div>`;
  }

  #ask(figure: Given, uncertain: Given[]) {
    const { words } = this;
    const ends = this.#ends(figure);
    const set = (change: Partial<Ends>) => (this.typed = { ...this.typed, [figure.path]: { ...ends, ...change } });
    const onRemove = () => (this.extra = uncertain.map((u) => u.path).filter((path) => path !== figure.path));
    return html`<fieldset>
      <legend>${figure.title} <span class="what">${words.likeliest({ value: this.say(figure.value, figure.field.unit) })}</span></legend>
      <button type="button" class="clear" aria-label=${words.removeRange({ field: figure.title })} @click=${onRemove}>
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" /></svg></button>
      ${this.entry(`${figure.path}-low`, words.low, figure.field.unit, ends.low, (low) => set({ low }))}
      ${this.entry(`${figure.path}-high`, words.high, figure.field.unit, ends.high, (high) => set({ high }))}
      ${this.#isBad(figure) ? html`<p class="note problem">${words.badRange({ field: figure.title })}</p>` : nothing}
    </fieldset>`;
  }

  #answer({ title, unit }: Come, found: Simulation) {
    const { words } = this;
    const { format } = this.shown;
    const say = (v: number | null) => (v === null && found.never ? words.never : this.say(v, unit));
    const share = found.probability_above_target;
    const total = found.draws + found.refused;
    return html`<div class="likely">
      <p class="finding">${words.between({ result: title, low: say(found.interval.low), high: say(found.interval.high) })}
        ${share === null || typeof this.#target !== "number" ? nothing : words.above({ target: say(this.#target), share: format.percent(share, true) })}</p>
      <p class="what">${found.never ? words.neverShare({ share: format.percent(found.never / found.draws) }) : words.middle({ median: say(found.median), mean: say(found.mean) })}</p>
      ${this.#histogram(found, unit)}
      <p class="what">${words.draws({ draws: format.value(found.draws, "count"), seed: format.value(this.seed, "count") })}
        ${found.refused ? words.refused({ share: format.percent(found.refused / total) }) : nothing}
        <button type="button" class="quiet" @click=${() => this.seed++}>${words.again}</button></p>
      ${this.#table(found, unit)}
    </div>`;
  }

  #histogram({ histogram, median, draws, never }: Simulation, unit?: string) {
    const { words } = this;
    const { low, high, counts } = histogram;
    if (low === null || high === null || !(high > low) || median === null) return nothing;
    const say = (v: number) => this.say(v, unit);
    const most = Math.max(...counts);
    const bin = (high - low) / counts.length;
    const target = typeof this.#target === "number" ? this.#target : NaN;
    const at = (v: number) => `${((100 * (v - low)) / (high - low)).toFixed(2)}%`;
    const label = words.histogram({ draws: this.shown.format.value(draws - never, "count"), low: say(low), high: say(high), median: say(median) });
    const bars = counts.map((n, i) => {
      const above = low + (i + 0.5) * bin > target;
      return svg`<rect class=${above ? "above" : "below"} x="${((100 * i) / counts.length + 0.15).toFixed(2)}%" width="${(100 / counts.length - 0.3).toFixed(2)}%" y="${(100 - (96 * n) / most).toFixed(2)}%" height="${((96 * n) / most).toFixed(2)}%" />`;
    });
    const within = target > low && target < high;
    return html`<figure class="histogram">
      <svg width="100%" height="150" role="img" aria-label=${label}>
        ${bars}
        ${svg`<line class="median" x1=${at(median)} x2=${at(median)} y1="0" y2="100%" />
        ${within ? svg`<line class="aim" x1=${at(target)} x2=${at(target)} y1="0" y2="100%" />` : ""}`}
      </svg>
      <p class="ends" aria-hidden="true"><span>${say(low)}</span><span>${say((low + high) / 2)}</span><span>${say(high)}</span></p>
      <p class="keys"><span><i class="mark median"></i>${words.medianKey} ${say(median)}</span>
        ${within ? html`<span><i class="mark aim"></i>${words.targetKey} ${say(target)}</span><span><i class="box above"></i>${words.aboveKey}</span><span><i class="box below"></i>${words.belowKey}</span>` : nothing}</p>
    </figure>`;
  }

  #table({ quantiles, never }: Simulation, unit?: string) {
    const { words } = this;
    return html`<details class="table"><summary>${words.quantiles}</summary>
      <div class="scroll" role="region" tabindex="0" aria-label=${words.quantiles}><table>
        <thead><tr><th scope="col">${words.shareBelow}</th><th scope="col">${words.value}</th></tr></thead>
        <tbody>${quantiles.map((q) => html`<tr><th scope="row">${this.shown.format.percent(q.probability)}</th><td>${q.value === null && never ? words.never : this.say(q.value, unit)}</td></tr>`)}</tbody>
      </table></div></details>`;
  }
}

define("hourglass-simulate", HourglassSimulate);

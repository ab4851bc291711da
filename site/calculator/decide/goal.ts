import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { define } from "../../base/define.ts";
import { type Goal, decide } from "../../engine/decide.ts";
import { type Come, type Given, chosen, comeFigures, firstToChange, givenFigures, headlineOf, isLessBetter, usualTarget, withFigure } from "./figures.ts";
import { Tool, type Typed } from "./tool.ts";

/** Digits of what is put into the form: as many as a person would keep. */
const KEPT = 6;

/** What must be true: a target for a result, and the figure that would reach it. */
export class HourglassGoal extends Tool {
  /** The result that was chosen. */ @state() result: string | null = null;
  /** The figure that was chosen. */ @state() figure: string | null = null;
  /** What was typed. */ @state() target: Typed | undefined = undefined;

  override render() {
    const { words, shown } = this;
    const [come, given] = [comeFigures(shown), givenFigures(shown)];
    const usual = come.find((c) => c.path === "ltv_cac_ratio") ?? headlineOf(shown, come);
    const result = chosen(come, this.result, usual);
    const figure = chosen(given, this.figure, firstToChange(shown, given));
    if (!result || !figure) return nothing;
    const target = this.target === undefined ? usualTarget(shown, result) : this.target;
    return html`<div class="calculator tool">
      <div class="asking">
        ${this.pick(words.result, come, result.path, (path) => ((this.result = path), (this.target = undefined)))}
        ${this.entry("target", words.target, result.unit, target, (value) => (this.target = value))}
        ${this.pick(words.vary, given, figure.path, (path) => (this.figure = path))}
      </div>
      ${typeof target === "number" ? this.#answer(result, figure, target) : nothing}
    </div>`;
  }

  #answer(result: Come, figure: Given, target: number) {
    const { engine, calculation, answered } = this.shown;
    const { field, path } = figure;
    const range = { field: path, low: field.min ?? -1e12, high: field.max ?? 1e12, whole: field.whole };
    const { result: goal } = decide(engine, "goal-seek", calculation.id, answered.input, { result: result.path, goal: target, range });
    if (!goal) return nothing;
    const value = goal.value;
    const moves = value !== null && Math.abs(value - figure.value) > 1e-6 * Math.abs(figure.value);
    return html`<p class="finding" role="status">${this.#sentence(result, figure, target, goal)}</p>
      <p class="what">${this.words.alone}</p>
      ${value !== null && moves ? html`<button type="button" class="act" @click=${() => this.#putIn(figure, value)}>${this.words.putIn({ value: this.#named(figure, value) })}</button>` : nothing}`;
  }

  /** A figure that is not told from the present one by its usual digits gets more of them. */
  #named({ field, value: present }: Given, value: number) {
    const shown = this.say(value, field.unit);
    return shown === this.say(present, field.unit) ? this.shown.format.value(value, field.unit) : shown;
  }

  #sentence(result: Come, figure: Given, target: number, { status, value, result: reached }: Goal) {
    const { words } = this;
    const goal = this.say(target, result.unit);
    const field = figure.title;
    const from = this.say(figure.value, figure.field.unit);
    if (status === "nowhere" || value === null) return words.nowhere({ result: result.title, field });
    const to = this.#named(figure, value);
    if (status === "out_of_reach") {
      const about = { field, result: result.title, goal, reached: this.say(reached, result.unit) };
      return value === figure.value ? words.nearestIsNow(about) : words.nearest({ ...about, to });
    }
    if (to === from) return words.asItIs({ field, from });
    const met = isLessBetter(result.path) ? result.value <= target : result.value >= target;
    const about = { field, from, to, result: result.title, goal };
    if (met) return value > figure.value ? words.mayRise(about) : words.mayFall(about);
    return value > figure.value ? words.mustRise(about) : words.mustFall(about);
  }

  #putIn({ path }: Given, value: number) {
    this.shown.change(withFigure(this.shown.input, path, Number(value.toPrecision(KEPT))), path.split("/")[0], true);
  }
}

define("hourglass-goal", HourglassGoal);

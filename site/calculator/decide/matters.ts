import { html, nothing, svg } from "lit";
import { type Bar, type Grid, decide } from "../../engine/decide.ts";
import { type Come, type Given, SWING, around, byWeight, chosen, comeFigures, firstToChange, givenFigures, headlineOf } from "./figures.ts";
import { Tool } from "./tool.ts";
import { define } from "../../base/define.ts";
import { state } from "lit/decorators.js";

/** How many figures are shown, the most important first. */
const SHOWN = 8;

/** The values of a figure in the grid: as many, and so far either way. */
const STEPS = 7;
const SPREAD = 0.45;

/** How many shades tell high from low, beside none. */
const SHADES = 6;

/** What matters most: each figure moved by a fifth, and any two of them together. */
export class HourglassMatters extends Tool {
  @state() result: string | null = null;
  @state() down: string | null = null;
  @state() across: string | null = null;

  override render() {
    const { words, shown } = this;
    const [come, given] = [comeFigures(shown), givenFigures(shown)];
    const result = chosen(come, this.result, headlineOf(shown, come));
    const { base, bars } = byWeight(shown, result.path, given);
    const swing = shown.format.percent(SWING);
    return html`<div class="calculator tool">
      <div class="asking">${this.pick(words.result, come, result.path, (path) => (this.result = path))}</div>
      ${base === null || bars.length === 0
        ? html`<p class="what">${words.nothingMatters({ swing })}</p>`
        : html`<p class="what">${words.mattersEach({ swing, result: result.title, base: this.say(base, result.unit) })}</p>
            ${this.#tornado(base, bars.slice(0, SHOWN), given, result)} ${this.#grid(bars, given, result)}`}
    </div>`;
  }

  /** A table with its bars in a column. */
  #tornado(base: number, bars: Bar[], given: Given[], { unit }: Come) {
    const { words } = this;
    const ends = [base, ...bars.flatMap((b) => [b.result_low, b.result_high].filter((v) => v !== null))];
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    // What is never lies beyond the end of the scale.
    const at = (v: number | null) => (v === null || most === least ? 100 : (100 * (v - least)) / (most - least));
    return html`<div class="bridge tornado" part="tornado">
      <table>
        <thead><tr><td></td><td class="bars"></td><th scope="col">${words.lower}</th><th scope="col" class="level">${words.higher}</th></tr></thead>
        <tbody>${bars.map((bar) => this.#bar(bar, given.find((g) => g.path === bar.field)?.title ?? bar.field, at, base, unit))}</tbody>
      </table>
    </div>`;
  }

  #bar(bar: Bar, name: string, at: (v: number | null) => number, base: number, unit?: string) {
    const part = (end: number | null) => {
      const [from, to] = [Math.min(at(end), at(base)), Math.max(at(end), at(base))];
      return svg`<rect class=${end !== null && end < base ? "loss" : "gain"} x="${from.toFixed(2)}%" width="${(to - from).toFixed(2)}%" y="25%" height="50%" />`;
    };
    const { result_low: low, result_high: high, never } = bar;
    const of = (end: number | null, side: string) => (never === side || never === "both" ? this.words.never : this.say(end, unit));
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="bars"><svg width="100%" height="100%" aria-hidden="true">${part(low)} ${part(high)}
        ${svg`<line class="aim" x1="${at(base).toFixed(2)}%" x2="${at(base).toFixed(2)}%" y1="0" y2="100%" />`}</svg></td>
      <td>${of(low, "low")}</td>
      <td class="level">${of(high, "high")}</td>
    </tr>`;
  }

  #grid(bars: Bar[], given: Given[], result: Come) {
    const { words, shown } = this;
    const able = given.filter((g) => g.value !== 0);
    const weighty = bars.flatMap((b) => able.find((g) => g.path === b.field) ?? []);
    const first = firstToChange(shown, weighty);
    const down = chosen(able, this.down, first);
    const across = chosen(able, this.across, weighty.find((g) => g !== down) ?? first);
    if (!down || !across) return nothing;
    const { engine, calculation, answered } = shown;
    const { result: grid } = down === across ? { result: null } : decide(engine, "grid", calculation.id, answered.input, { result: result.path, rows: axis(down), columns: axis(across) });
    return html`<section class="pair">
      <h3>${words.grid}</h3>
      <div class="asking">
        ${this.pick(words.down, able, down.path, (path) => (this.down = path))} ${this.pick(words.across, able, across.path, (path) => (this.across = path))}
      </div>
      ${grid ? this.#cells(grid, down, across, result) : nothing}
    </section>`;
  }

  #cells({ rows, columns, results }: Grid, down: Given, across: Given, { title, unit }: Come) {
    const { words } = this;
    const all = results.flat().filter((v) => v !== null);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const shade = (v: number | null) => (v === null || most === least ? 0 : Math.round((SHADES * (v - least)) / (most - least)));
    const [row, column] = [nearest(rows, down.value), nearest(columns, across.value)];
    return html`<p class="what">${words.gridSays({ result: title })}</p>
      <div class="scroll" role="region" tabindex="0" aria-label=${words.grid}>
        <table class="heat">
          <thead>
            <tr><td></td><th scope="colgroup" colspan=${columns.length}>${across.title}</th></tr>
            <tr><th scope="col">${down.title}</th>${columns.map((v) => html`<th scope="col">${this.say(v, across.field.unit)}</th>`)}</tr>
          </thead>
          <tbody>
            ${rows.map((v, i) => html`<tr><th scope="row">${this.say(v, down.field.unit)}</th>
              ${columns.map((_, j) => html`<td class="shade-${shade(results[i][j])} ${i === row && j === column ? "yours" : ""}">${this.say(results[i][j], unit)}</td>`)}</tr>`)}
          </tbody>
        </table>
      </div>`;
  }
}

/** The values of a figure for the grid, its own in the middle unless it is at the end of what is possible. */
function axis(figure: Given) {
  const { value, field } = figure;
  const room = value > 0 && field.max !== undefined && field.max > value ? (field.max - value) / value : SPREAD;
  const { low, high, whole } = around(figure, Math.min(SPREAD, room));
  return { field: figure.path, low, high, whole, steps: STEPS };
}

const nearest = (values: number[], value: number) => values.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(values[best] - value) ? i : best), 0);

define("hourglass-matters", HourglassMatters);

import { html, nothing, svg } from "lit";
import { words } from "../../app/words.growth.mjs";

/**
 * @typedef {import("../calculator.mjs").Shown} Shown
 * @typedef {{ field: string, name: string, low: number, high: number }} Range
 * @typedef {import("../../engine/decide.mjs").Bar} Bar
 */

/** How far each figure is moved, either way. */
export const SWING = 0.2;

/** How many figures are shown, the most important first. */
const SHOWN = 8;

/**
 * Which figures matter most: each moved by a fifth, the others as they stand. A table with its bars in a column.
 * @param {Shown} shown @param {string} result @param {Range[]} ranges
 */
export function tornado(shown, result, ranges) {
  const { engine, calculation, answered, format } = shown;
  const { result: found } = engine.decide("sensitivity", calculation.id, answered.input, { result, ranges: ranges.map(({ field, low, high }) => ({ field, low, high })) });
  const base = found?.base;
  const bars = (found?.bars ?? []).filter((b) => b.result_low !== null && b.result_high !== null && b.swing).slice(0, SHOWN);
  if (base == null || bars.length === 0) return nothing;
  const ends = bars.flatMap((b) => [Number(b.result_low), Number(b.result_high), base]);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const at = (/** @type {number} */ v) => (100 * (v - least)) / (most - least || 1);
  return html`<div class="bridge tornado" part="tornado">
    <h2>${words.sensitivity}</h2>
    <p class="what">${words.sensitivitySays(format.percent(SWING), format.money(base, true))}</p>
    <table>
      <thead><tr><td></td><td class="bars"></td><th scope="col">${words.lower}</th><th scope="col" class="level">${words.higher}</th></tr></thead>
      <tbody>${bars.map((bar) => row(bar, ranges.find((r) => r.field === bar.field)?.name ?? bar.field, at, base, format))}</tbody>
    </table>
  </div>`;
}

/** @param {Bar} bar @param {string} name @param {(v: number) => number} at @param {number} base @param {import("../../app/format.mjs").Format} format */
function row(bar, name, at, base, format) {
  const [low, high] = [Number(bar.result_low), Number(bar.result_high)];
  const part = (/** @type {number} */ end, /** @type {string} */ kind) => {
    const [from, to] = [Math.min(at(end), at(base)), Math.max(at(end), at(base))];
    return svg`<rect class=${kind} x="${from.toFixed(2)}%" width="${(to - from).toFixed(2)}%" y="25%" height="50%" />`;
  };
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="bars">
      <svg width="100%" height="100%" aria-hidden="true">
        ${part(low, low < base ? "loss" : "gain")} ${part(high, high < base ? "loss" : "gain")}
        ${svg`<line class="aim" x1="${at(base).toFixed(2)}%" x2="${at(base).toFixed(2)}%" y1="0" y2="100%" />`}
      </svg>
    </td>
    <td>${format.money(low, true)}</td>
    <td class="level">${format.money(high, true)}</td>
  </tr>`;
}

/**
 * A fifth less and a fifth more of each figure that is not nothing, within its bounds.
 * @param {{ field: string, name: string, value: any, max?: number }[]} figures @returns {Range[]}
 */
export function aroundEach(figures) {
  return figures
    .filter((f) => typeof f.value === "number" && f.value !== 0)
    .map(({ field, name, value, max = Infinity }) => {
      const ends = [value * (1 - SWING), Math.min(max, value * (1 + SWING))];
      return { field, name, low: Math.min(...ends), high: Math.max(...ends) };
    });
}

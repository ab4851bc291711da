import { html, svg } from "lit";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figures } from "../../base/figures.ts";
import type { Format } from "../../base/format.ts";
import type growth from "../../messages/en/growth.gen.mjs";

/** Whole: a value that stands by itself, and not a change of the one before. */
export type Step = { name: string, help?: string, change: number, level: number, whole?: boolean };

export type Words = typeof growth;

/** The steps of a group of results that lead from its first figure to its last, which stand by themselves. */
export function stepsOf({ fields = [] }: Field, values: Figures): Step[] {
  let level = 0;
  return fields.map((f, i) => {
    const whole = i === 0 || i === fields.length - 1;
    level = whole ? values[f.name] : level + values[f.name];
    return { name: f.title, help: f.help, change: values[f.name], level, whole };
  });
}

/**
 * A bridge from one value to another: a table whose bars are drawn in a column of it, so that the picture and its
 * figures are one.
 */
export function bridge(title: string, steps: Step[], format: Format, words: Words) {
  const ends = steps.flatMap((s) => [0, s.level, s.whole ? s.level : s.level - s.change]);
  const [low, high] = [Math.min(...ends), Math.max(...ends, 1e-9)];
  const at = (v: number) => (100 * (v - low)) / (high - low);
  return html`<div class="bridge" part="bridge">
    <h2>${title}</h2>
    <table>
      <thead><tr><th scope="col">${words.step}</th><td class="bars"></td><th scope="col">${words.change}</th><th scope="col" class="level">${words.level}</th></tr></thead>
      <tbody>${steps.map((step, i) => row(step, i + 1 < steps.length, at, format))}</tbody>
    </table>
  </div>`;
}

function row(step: Step, goesOn: boolean, at: (v: number) => number, format: Format) {
  const from = step.whole ? 0 : step.level - step.change;
  const [start, end] = [Math.min(at(from), at(step.level)), Math.max(at(from), at(step.level))];
  const kind = step.whole ? "whole" : step.change < 0 ? "loss" : "gain";
  const percent = (v: number) => `${v.toFixed(2)}%`;
  return html`<tr class=${kind}>
    <th scope="row">${step.name}${step.help ? html`<span class="what">${step.help}</span>` : ""}</th>
    <td class="bars">
      <svg width="100%" height="100%" aria-hidden="true">
        ${svg`<line class="grid" x1=${percent(at(0))} x2=${percent(at(0))} y1="0" y2="100%" />
        <rect class=${kind} x=${percent(start)} width=${percent(Math.max(0.4, end - start))} y="20%" height="60%" />
        ${goesOn ? svg`<line class="link" x1=${percent(at(step.level))} x2=${percent(at(step.level))} y1="80%" y2="100%" />` : ""}`}
      </svg>
    </td>
    <td>${step.whole ? html`<span class="narrow">${format.money(step.level, true)}</span>` : format.gain(step.change)}</td>
    <td class="level">${format.money(step.level, true)}</td>
  </tr>`;
}

/** Figures of one kind as bars, in a table. */
export function bars(title: string, rows: { name: string, help?: string, value: number, chosen?: boolean }[], format: Format) {
  const high = Math.max(...rows.map((r) => r.value), 1e-9);
  return html`<div class="bridge bars-only" part="bars">
    <h2>${title}</h2>
    <table>
      <tbody>
        ${rows.map(
          (r) => html`<tr class=${r.chosen ? "chosen" : ""}>
            <th scope="row">${r.name}${r.help ? html`<span class="what">${r.help}</span>` : ""}</th>
            <td class="bars"><svg width="100%" height="100%" aria-hidden="true">${svg`<rect class=${r.chosen ? "whole" : "other"} x="0" width=${`${Math.max(0.4, (100 * r.value) / high).toFixed(2)}%`} y="20%" height="60%" />`}</svg></td>
            <td class="level">${format.money(r.value, true)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

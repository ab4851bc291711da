import { html } from "lit";
import words from "../../messages/growth.gen.mjs";
import { bars, bridge } from "../growth/bridge.mjs";
import { style } from "../growth/style.mjs";

/**
 * @typedef {import("../calculator.mjs").Shown} Shown
 * @typedef {typeof words.en} Words
 */

/** The formula that the bridge ends with where nothing grows, by payment timing. @type {Record<string, string>} */
const CHOSEN = { start: "discounted_start", end: "discounted_end", after_renewal: "discounted_after_renewal" };

/** @param {Shown} shown @param {Words} words */
function evidence(shown, words) {
  return html`${bridge(group(shown, "bridge").title, steps(shown), shown.format, words)}
    <p class="what">${words.bridgeSays}</p>
    ${bars(words.formulas, formulas(shown), shown.format)}`;
}

/** @param {Shown} shown */
function steps(shown) {
  const values = shown.answered.result.bridge;
  let level = 0;
  return (group(shown, "bridge").fields ?? []).map((f) => {
    const whole = f.name === "naive" || f.name === "value";
    level = whole ? values[f.name] : level + values[f.name];
    return { name: f.title, help: f.help, change: values[f.name], level, whole };
  });
}

/** @param {Shown} shown */
function formulas(shown) {
  const { result, input } = shown.answered;
  return (group(shown, "formulas").fields ?? [])
    .filter((f) => result.formulas[f.name] !== null)
    .map((f) => ({
      name: f.title,
      help: f.help,
      value: result.formulas[f.name],
      chosen: !input.growth_per_period && f.name === CHOSEN[input.payment_timing],
    }));
}

/** @param {Shown} shown @param {string} name */
const group = ({ calculation }, name) => /** @type {import("../../base/catalogue.gen.mjs").Field} */ (calculation.results.find((f) => f.name === name));

/** @type {import("../calculator.mjs").View} */
export default { style, words, results: ["formulas", "bridge"], evidence };

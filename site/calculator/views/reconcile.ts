import { html } from "lit";
import words from "../../messages/growth.gen.mjs";
import { bars, bridge, stepsOf } from "../growth/bridge.ts";
import { style } from "../growth/style.ts";
import type { Shown, View } from "../shown.ts";
import { required } from "../../base/certain.ts";

export type Words = typeof words.en;

/** The formula that the bridge ends with where nothing grows, by payment timing. */
const CHOSEN: Record<string, string> = { start: "discounted_start", end: "discounted_end", after_renewal: "discounted_after_renewal" };

function evidence(shown: Shown, words: Words) {
  return html`${bridge(group(shown, "bridge").title, stepsOf(group(shown, "bridge"), shown.answered.result.bridge), shown.format, words)}
    <p class="what">${words.bridgeSays}</p>
    ${bars(words.formulas, formulas(shown), shown.format)}`;
}

function formulas(shown: Shown) {
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

const group = ({ calculation }: Shown, name: string) => required(calculation.results.find((f) => f.name === name), name);

export default { style, words, results: ["formulas", "bridge"], evidence } satisfies View<Words>;

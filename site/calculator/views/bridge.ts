import { html } from "lit";
import words from "../../messages/growth.gen.mjs";
import { bridge, stepsOf } from "../growth/bridge.ts";
import { style } from "../growth/style.ts";
import type { Shown, View } from "../shown.ts";
import { required } from "../../base/certain.ts";

export type Words = typeof words.en;

/** A calculation whose result has a group "bridge": from its first figure to its last, in steps. */
function evidence({ calculation, answered, format }: Shown, words: Words) {
  const group = required(calculation.results.find((f) => f.name === "bridge"), "bridge");
  return html`${bridge(group.title, stepsOf(group, answered.result.bridge), format, words)}`;
}

export default { style, words, results: ["bridge"], evidence } satisfies View<Words>;

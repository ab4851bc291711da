/** The decision tools, loaded when the first of them is opened. */

import { html } from "lit";
import "./compare.mjs";
import "./goal.ts";
import "./matters.mjs";
import "./simulate.mjs";

/**
 * @typedef {import("./figures.mjs").Shown} Shown
 * @typedef {import("./tool.ts").Tool["words"]} Words
 */

/** By name, in the order of the page. @type {Record<string, (shown: Shown, words: Words) => unknown>} */
export const tools = {
  goal: (shown, words) => html`<hourglass-goal .shown=${shown} .words=${words}></hourglass-goal>`,
  sure: (shown, words) => html`<hourglass-simulate .shown=${shown} .words=${words}></hourglass-simulate>`,
  matters: (shown, words) => html`<hourglass-matters .shown=${shown} .words=${words}></hourglass-matters>`,
  compare: (shown, words) => html`<hourglass-compare .shown=${shown} .words=${words}></hourglass-compare>`,
};

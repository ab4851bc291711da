/** The decision tools, loaded when the first of them is opened. */

import { html } from "lit";
import "./compare.ts";
import "./goal.ts";
import "./matters.ts";
import "./simulate.ts";
import type { Shown } from "../shown.ts";
import type { Tool } from "./tool.ts";

export type Words = Tool["words"];

/** By name, in the order of the page. */
export const tools: Record<string, (shown: Shown, words: Words) => unknown> = {
  goal: (shown, words) => html`<hourglass-goal .shown=${shown} .words=${words}></hourglass-goal>`,
  sure: (shown, words) => html`<hourglass-simulate .shown=${shown} .words=${words}></hourglass-simulate>`,
  matters: (shown, words) => html`<hourglass-matters .shown=${shown} .words=${words}></hourglass-matters>`,
  compare: (shown, words) => html`<hourglass-compare .shown=${shown} .words=${words}></hourglass-compare>`,
};

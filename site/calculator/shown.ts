import type { Engine } from "../engine/engine.ts";
import type { Calculation, Field } from "../base/catalogue.gen.mjs";
import type { Figures } from "../base/figures.ts";
import type { Format } from "../base/format.ts";
import type { Part } from "../base/messages.ts";
import type { Notice } from "../base/notices.ts";
import type { Scenario } from "../base/scenarios.ts";
import type { Answered } from "../base/share.ts";
import type { Words } from "../base/words.ts";

/** What a view draws from. */
export interface Shown {
  scenario: Scenario;
  calculation: Calculation;
  engine: Engine;
  answered: Answered; // the last complete answer
  input: Figures; // the figures as they stand
  kept: Figures[]; // figures kept to compare with
  problems: Notice[];
  format: Format;
  words: Words;
  say: (name: string, rounded?: boolean) => string | null; // a figure in words
  figure: (name: string) => number | null;
  title: (name: string) => string; // of a figure
  field: (name: string) => Field | undefined; // of a figure
  groups: Field[]; // of the result that hold figures one by one
  view: View | null;
  fill: (template: string) => string; // in a sentence
  change: (input: Figures, field: string | null, done: boolean) => void; // the figures
  keep: (kept: Figures[]) => void; // figures to compare with
}

/** What a calculation shows that no chart can. */
export interface View<W extends object = object> {
  style: CSSStyleSheet;
  inputs?: string[]; // those with a form of the view's own
  results: string[]; // those that need not be listed again
  words: Part<W>; // of its own
  evidence(shown: Shown, words: W): unknown; // drawn with its own words
  open?: Tool; // the decision tool that is open from the start
}

/** The decision tools. */
export type Tool = "goal" | "sure" | "matters" | "compare";

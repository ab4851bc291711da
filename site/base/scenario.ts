/** What a scenario says: an entry of scenarios.json with its words. */

import type { Figures } from "./figures.ts";

/** An input shown first; the range and scale are those of its slider. */
export interface Primary {
  field: string;
  from?: number;
  to?: number;
  step?: number; // of a linear slider
  scale?: string; // "log"
}

/** One picture of a group of lists in the result. */
export interface Chart {
  group: string;
  x: string; // the list along the axis
  lines: string[];
  dots?: string; // a list of what was observed, drawn as points
  origin?: boolean; // the lines start from nothing at 0
  step?: string; // "after": a value holds from its place on; "before": it held up to its place
  crowd?: boolean; // the first line is a share of customers, shown as dots beside it
  level?: number | string; // a height to mark, or the input that holds it; where the first line crosses it is break-even
  total?: string; // the result that the first line approaches
  indent?: boolean; // nothing stands beside it, but its axis lines up with one that has
  small?: boolean;
}

export interface Scenario {
  id: string;
  calculation: string;
  title: string; // in the menu
  heading: string;
  description: string;
  start?: Figures; // starting figures; the calculation's example where absent
  primary: Primary[];
  headline: string; // the result that is the answer
  sentence?: string;
  loss?: string; // the sentence when the headline is negative
  without?: { headline: string, sentence: string }; // the answer where the headline does not exist: a figure was left out
  charts?: Chart[];
  view?: string; // the module of calculator/views that draws what no chart can
  lever?: { effect: string, needed: string, sentence: string }; // the effect stated, the result that says how much of it would pay for the cost, and the sentence that says it
  compare?: string[]; // results that are set side by side when figures are kept
  ranges?: string[][]; // results shown as an interval: lower end, middle, upper end
}

/** How a calculation is written in a spreadsheet: the words in which formulas/ says it and the sheets read it. */

import type { Found } from "./found.ts";

export interface Table {
  rows: number;
  columns: Record<string, string | ((row: number) => string)>; // a formula each, the same in all rows or by row
  of?: string; // the result that it is: a group of lists or a list of objects
}

/** When the engine refuses figures that are each within their bounds, and what it says. */
export interface Rule {
  refused: string; // the condition
  code: string; // of the notice
  field: string; // that it is about: price, levers/0/churn_fall
  limit?: string;
  share?: boolean; // the limit is told in per cent
}

/** What the first sheet draws: columns of a table, or of a list among the results. */
export interface Picture {
  table: string;
  across: string;
  up: string[];
  bars?: boolean;
  rows?: number; // at most
  only?: string; // the last line is drawn only where this input is given
}

/** Results that are a row's number, by the table that the row is in: the first sheet says the row's name. */
export type Rows = Record<string, string>;

export interface Workings {
  steps: Record<string, string>; // what the results need on the way
  tables: Record<string, Table>;
  results: Record<string, string>; // by wire name; group.name for one of a group
  rules: Rule[];
}

/** One calculation; definitions.ts has them all. */
export type Definition = Partial<Workings> & Pick<Workings, "results"> & { picture?: Picture; rows?: Rows; found?: Found };

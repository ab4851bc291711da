/**
 * A cohort table made rows by tenure: a row per cohort and a column per period, as spreadsheets and analytics give it, aligned
 * by age or by the calendar. Added up, the rows are all that one retention curve asks of any number of cohorts; for a curve of each they stay apart.
 */

import type { Format } from "../../base/format.ts";
import type { Figures } from "../../base/figures.ts";
import { cellsOf } from "./paste.ts";

/** What came of a cohort table; none of its rows where it holds shares, which do not say how many there were. */
export interface Pooled {
  rows: Figures[]; // of all cohorts together
  apart: Figures[]; // of each cohort
  cohorts: number;
}

/** From how many figures in its longest row on a table is one of cohorts; a base by tenure has three columns. */
const LONG = 4;

/** Reads a cohort table; null where the text is none. */
export function pooled(text: string, format: Format): Pooled | null {
  const lines = cellsOf(text).filter((cells) => cells.some((cell) => cell !== ""));
  const parsed = lines.map((cells) => cells.map((cell) => (cell === "" ? null : format.parse(cell))));
  // A first column that names the cohorts may be of numbers too, such as years.
  for (const [top, left] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
    const cohorts = falling(parsed.slice(top).map((row) => row.slice(left)));
    if (!cohorts) continue;
    const shares = text.includes("%") || text.includes("٪") || cohorts.every((cohort) => cohort[0] <= 1);
    const names = lines.slice(top).map((cells, k) => (left && cells[0]) || format.value(k + 1, "count"));
    return { rows: shares ? [] : byTenure(cohorts), apart: shares ? [] : byCohort(cohorts, names, format), cohorts: cohorts.length };
  }
  return null;
}

/** The figures of each row, where they fall in each of them, and the longest is long enough; null otherwise. */
function falling(rows: ReturnType<Format["parse"]>[][]): number[][] | null {
  const cohorts: number[][] = [];
  for (const row of rows) {
    const given = row.filter((v) => v !== null);
    if (given.length === 0 || !given.every((v) => typeof v === "number" && v >= 0)) return null;
    const figures = given.filter((v) => typeof v === "number");
    if (figures.some((v, i) => i > 0 && v > figures[i - 1])) return null;
    cohorts.push(figures);
  }
  return cohorts.length > 0 && Math.max(...cohorts.map((c) => c.length)) >= LONG ? cohorts : null;
}

/** A cohort is of the tenure of its last figure now; of each figure before it is known who renewed. */
function byTenure(cohorts: number[][]): Figures[] {
  const rows = Array.from({ length: Math.max(...cohorts.map((c) => c.length)) }, () => ({ customers: 0, at_risk: 0, lost: 0 }));
  for (const cohort of cohorts) {
    for (const [t, active] of cohort.entries()) {
      if (t === cohort.length - 1) {
        rows[t].customers += active;
        continue;
      }
      rows[t].at_risk += active;
      rows[t].lost += active - cohort[t + 1];
    }
  }
  return rows;
}

/** A row for each tenure of each cohort, which has the tenure of its last figure now. */
function byCohort(cohorts: number[][], names: string[], format: Format): Figures[] {
  return cohorts.flatMap((cohort, k) => cohort.map((active, t) => {
    const row = { name: format.row([names[k], format.value(t + 1, "count")]), cohort: k + 1 };
    return t === cohort.length - 1 ? { ...row, customers: active } : { ...row, customers: 0, at_risk: active, lost: active - cohort[t + 1] };
  }));
}

/**
 * A cohort table made rows by tenure: a row per cohort and a column per period, as spreadsheets and analytics give it, aligned
 * by age or by the calendar. The rows are all that a retention curve asks of any number of cohorts.
 */

import type { Format } from "../../base/format.ts";
import type { Figures } from "../../base/figures.ts";
import { cellsOf } from "./paste.ts";

/** What came of a cohort table; none of its rows where it holds shares, which do not say how many there were. */
export interface Pooled {
  rows: Figures[];
  cohorts: number;
}

/** From how many figures in its longest row on a table is one of cohorts; a base by tenure has three columns. */
const LONG = 4;

/** Reads a cohort table; null where the text is none. */
export function pooled(text: string, format: Format): Pooled | null {
  const lines = cellsOf(text).filter((cells) => cells.some((cell) => cell !== ""));
  const parsed = lines.map((cells) => cells.map((cell) => (cell === "" ? null : format.parse(cell))));
  // A first column that names the cohorts may be of numbers too, such as years.
  const cohorts = falling(parsed) ?? falling(parsed.map((row) => row.slice(1))) ?? falling(parsed.slice(1)) ?? falling(parsed.slice(1).map((row) => row.slice(1)));
  if (!cohorts) return null;
  const shares = text.includes("%") || text.includes("٪") || cohorts.every((cohort) => cohort[0] <= 1);
  return { rows: shares ? [] : byTenure(cohorts), cohorts: cohorts.length };
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

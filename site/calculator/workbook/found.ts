/** What a search of the engine's found from the figures: a sheet has no search, and takes it as it is. */
import { numeral, quoted } from "./sheet/formula.ts";
import type { Figures } from "../../base/figures.ts";

/** Of a calculation that fits: the results that a search found, and the fields of its lists that it found them from. Cells of neither are open. */
export interface Found {
  fitted: string[];
  closed: string[];
}

/** Results as the formulas of their values; a text alone would be put into the file's language, and this one is a code that the first sheet looks up. */
export const isFound = (result: Figures, names: string[]): Record<string, string> =>
  Object.fromEntries(names.filter((name) => result[name] != null).map((name) => [name, typeof result[name] === "number" ? numeral(result[name]) : `${quoted(String(result[name]))}&""`]));

/** Whether a fit fell back on one churn rate for all: alpha and beta are then a point far out that tells nothing. */
export function isFlat({ fit_status, series }: Figures): boolean {
  const [, once, twice] = Array.from(series.survival as number[]); // a list of numbers, as the catalogue declares it
  return fit_status === "boundary" && Math.abs(twice - once * once) < 1e-6 * once * once;
}

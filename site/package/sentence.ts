/** What is said of an input or a result, as Go's engine and the API say it (core/notice/words.go): figures have no currency and no language here. */
import type { Notice } from "../base/notices.ts";

/** Wire names stand for titles: what is said is for whoever wrote the input. */
export const sentence = (text: string, { field, limit }: Notice) =>
  text.replace(/\{(field|limit)(?::(\w+))?\}/g, (_, what: string, unit?: string) => (what === "field" ? field || "the input" : inUnit(limit, unit)));

/** A figure as a sentence wants it that says its unit; one without is the limit of a field, as inputs have it. */
function inUnit(figure: number, unit = "") {
  if (unit === "") return shown(figure, 6);
  if (unit === "share") return `${shown(100 * figure, 3)}%`;
  const size = Math.abs(figure);
  if (unit === "years" || size < 0.1 || size >= 1e15) return shown(figure, 2);
  return shown(Number(further(figure).toFixed(unit === "count" && size >= 10 ? 0 : 2)), 6);
}

/** A hair away from zero, so that 2.675 is rounded up whatever its binary fraction is. */
const further = (figure: number) => (Number.isInteger(figure) ? figure : figure * (1 + Number.EPSILON));

/** To so many significant digits; a whole number of a limit or of money has all of its own. */
const shown = (figure: number, digits: number) => String(digits === 6 && Number.isInteger(figure) && Math.abs(figure) < 1e15 ? figure : Number(Number(further(figure).toPrecision(digits)).toPrecision(6)));

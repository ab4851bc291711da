/** Which formula of a calculation holds for given figures, and which of its symbols it shows. */
import type { Calculation } from "../base/catalogue.gen.mjs";

/** The formula of the first case that applies, the usual one where none does. */
export function formulaFor({ formula, cases = [] }: Calculation, figure: (path: string) => number | null) {
  return cases.find(({ when }) => when.split(",").every((term) => holds(term, figure)))?.formula ?? formula;
}

/** Whether a formula says what the calculation defines by further figures. One that adds up rows alone has none to put in. */
export function hasFigures({ defines }: Calculation, formula: string) {
  return [...formula.matchAll(/data-field="([^"]+)"/g)].some(([, field]) => field !== defines);
}

/** @param term "a" is there and not 0, "a?" is given, 0 or not, "!a" is not there or 0, "a>0.9" is above */
function holds(term: string, figure: (path: string) => number | null) {
  const [name, above] = term.split(">");
  if (above) return (figure(name) ?? 0) > Number(above);
  if (term.endsWith("?")) return figure(term.slice(0, -1)) !== null;
  return term.startsWith("!") ? !figure(term.slice(1)) : !!figure(name);
}

/** The symbols that a formula, or what it takes as known, is written with. */
export function symbolsIn({ symbols, where = "" }: Calculation, formula: string) {
  return symbols.filter((s) => (formula + where).includes(s.field ? `data-field="${s.field}"` : `data-means="${s.means}"`));
}

/**
 * Which formula of a calculation holds for given figures, and which of its symbols it shows.
 *
 * @typedef {import("../base/catalogue.gen.mjs").Calculation} Calculation
 */

/**
 * The formula of the first case that applies, the usual one where none does.
 * @param {Calculation} calculation @param {(path: string) => number | null} figure
 */
export function formulaFor({ formula, cases = [] }, figure) {
  return cases.find(({ when }) => when.split(",").every((term) => holds(term, figure)))?.formula ?? formula;
}

/** @param {string} term "a" is there and not 0, "!a" is not, "a>0.9" is above @param {(path: string) => number | null} figure */
function holds(term, figure) {
  const [name, above] = term.split(">");
  if (above) return (figure(name) ?? 0) > Number(above);
  return term.startsWith("!") ? !figure(term.slice(1)) : !!figure(name);
}

/** The symbols that a formula, or what it takes as known, is written with. @param {Calculation} calculation @param {string} formula */
export function symbolsIn({ symbols, where = "" }, formula) {
  return symbols.filter((s) => (formula + where).includes(s.field ? `data-field="${s.field}"` : `data-means="${s.means}"`));
}

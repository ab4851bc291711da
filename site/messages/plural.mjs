/** What the compiled messages need when they run: the case of a plural or a choice. */

/**
 * The plural of a language: the case for the very number (`=0`), else that of its category, else `other`.
 * @param {string} lang
 */
export function plural(lang) {
  const rules = new Intl.PluralRules(lang);
  return (/** @type {number} */ n, /** @type {Cases} */ cases) => cases[`=${n}`] ?? cases[rules.select(n)] ?? cases.other;
}

/** @param {string} value @param {Cases} cases */
export const select = (value, cases) => cases[value] ?? cases.other;

/** @typedef {{ other: string, [name: string]: string }} Cases */

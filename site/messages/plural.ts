/** What the compiled messages need when they run: the case of a plural or a choice. */

/** The plural of a language: the case for the very number (`=0`), else that of its category, else `other`. */
export function plural(lang: string) {
  const rules = new Intl.PluralRules(lang);
  return (n: number, cases: Cases) => cases[`=${n}`] ?? cases[rules.select(n)] ?? cases.other;
}

export const select = (value: string, cases: Cases) => cases[value] ?? cases.other;

export type Cases = { other: string, [name: string]: string };

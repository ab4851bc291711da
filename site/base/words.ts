/** What a calculator says in a language: the page's own words, with those of the catalogue that every calculation needs. */

import catalogue from "./catalogue-words.ts";
import page from "../messages/page.gen.mjs";
import { type Language, messages } from "./messages.ts";
import type { CalculationWords, CatalogueWords } from "./catalogue-words.ts";

export type Words = typeof page.en & Pick<CatalogueWords, "notices" | "options"> & { lang: Language };

export const english: Words = { ...page.en, notices: catalogue.en.notices, options: catalogue.en.options, lang: "en" };

export async function wordsIn(lang: Language): Promise<Words> {
  if (lang === "en") return english;
  const [own, { notices, options }] = await Promise.all([messages(lang, page), messages(lang, catalogue)]);
  return { ...own, notices, options, lang };
}

/** With what only this calculation, or one beside it, has to say. */
export const wordsFor = (words: Words, { notices }: Pick<CalculationWords, "notices">): Words => (notices ? { ...words, notices: { ...words.notices, ...notices } } : words);

/** A title within a sentence: its first letter small, unless it is an abbreviation; German keeps its nouns. */
export function amid(title: string, lang: Language) {
  return lang === "de" || /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase(lang) + title.slice(1);
}

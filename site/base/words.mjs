/**
 * What a calculator says in a language: the page's own words, with those of the catalogue that every calculation needs.
 *
 * @typedef {import("./messages.mjs").Language} Language
 * @typedef {typeof page.en & Pick<import("./catalogue-words.mjs").CatalogueWords, "notices" | "options"> & { lang: Language }} Words
 */

import catalogue from "./catalogue-words.mjs";
import page from "../messages/page.gen.mjs";
import { messages } from "./messages.mjs";

/** @type {Words} */
export const english = { ...page.en, notices: catalogue.en.notices, options: catalogue.en.options, lang: "en" };

/** @param {Language} lang @returns {Promise<Words>} */
export async function wordsIn(lang) {
  if (lang === "en") return english;
  const [own, { notices, options }] = await Promise.all([messages(lang, page), messages(lang, catalogue)]);
  return { ...own, notices, options, lang };
}

/**
 * A title within a sentence: its first letter small, unless it is an abbreviation; German keeps its nouns.
 * @param {string} title @param {Language} lang
 */
export function amid(title, lang) {
  return lang === "de" || /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase(lang) + title.slice(1);
}

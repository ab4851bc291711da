/**
 * The words of a part of the page, in the language of the page. A part is site/messages/<language>/<part>.json, compiled
 * by site/messages/compile.mjs to messages/<part>.gen.mjs: English comes with whatever imports it, another language is
 * a file of its own, loaded when it is asked for.
 *
 *   import customers from "../messages/customers.gen.mjs";
 *   const words = await messages(lang, customers);
 *   words.choose                                 // a message without arguments is a string,
 *   words.found({ n: 3, shown: "3" })            // one with arguments a function
 *
 * @typedef {"en" | "de" | "fr" | "es" | "pt-BR" | "ja" | "ar"} Language
 */

/**
 * @template M
 * @typedef {{ en: M, others: Partial<Record<Exclude<Language, "en">, () => Promise<{ default: M }>>> }} Part
 */

/** The languages, each by its own name. @type {Record<Language, string>} */
export const LANGUAGES = {
  en: "English", de: "Deutsch", fr: "Français", es: "Español", "pt-BR": "Português (Brasil)", ja: "日本語", ar: "العربية",
};

/**
 * The words of a part; English's where the language has not got it.
 * @template M
 * @param {Language} lang @param {Part<M>} part
 * @returns {Promise<M>}
 */
export async function messages(lang, part) {
  const load = lang === "en" ? undefined : part.others[lang];
  return load ? (await load()).default : part.en;
}

/**
 * The language to show: the one asked for, else the first that the visitor reads, else English.
 * @param {string | null | undefined} asked the address's `lang`
 * @param {readonly string[]} read navigator.languages
 * @returns {Language}
 */
export function chosenLanguage(asked, read) {
  for (const tag of [asked ?? "", ...read]) {
    const found = languageOf(tag);
    if (found) return found;
  }
  return "en";
}

/** The direction of writing of a language, or of a locale. @param {string} lang @returns {"rtl" | "ltr"} */
export function directionOf(lang) {
  return ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].includes(new Intl.Locale(lang).language) ? "rtl" : "ltr";
}

/**
 * How figures are written in a language where nobody says otherwise: as in the visitor's region, where Intl knows that
 * region's way with the language (English in Germany has decimal commas), else as the language does.
 * @param {Language} lang @param {readonly string[]} read navigator.languages
 */
export function localeOf(lang, read) {
  const own = read.find((tag) => languageOf(tag) === lang);
  if (own) return own;
  const { region } = new Intl.Locale(read[0] ?? "en");
  return region && lang !== "pt-BR" ? `${new Intl.Locale(lang).language}-${region}` : lang;
}

/**
 * The language around an element, across shadow roots: that of the nearest that says one; the visitor's where none does.
 * @param {Element} element @param {readonly string[]} read navigator.languages
 * @returns {Language}
 */
export function languageAround(element, read) {
  /** @type {Element | undefined} */
  let at = element;
  while (at) {
    const { lang } = /** @type {HTMLElement} */ (at.closest('[lang]:not([lang=""])') ?? {});
    if (lang) return chosenLanguage(lang, []);
    at = /** @type {ShadowRoot} */ (at.getRootNode()).host;
  }
  return chosenLanguage(null, read);
}

/** Ours for a language tag, whatever its region: Portuguese is that of Brazil. @param {string} tag @returns {Language | undefined} */
function languageOf(tag) {
  const language = tag.toLowerCase().split(/[-_]/, 1)[0];
  return /** @type {Language[]} */ (Object.keys(LANGUAGES)).find((ours) => ours.toLowerCase().split("-", 1)[0] === language);
}

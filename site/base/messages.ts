/**
 * The words of a part of the page, in the language of the page. A part is site/messages/<language>/<part>.json, compiled
 * by site/messages/compile.ts to messages/<part>.gen.mjs: English comes with whatever imports it, another language is
 * a file of its own, loaded when it is asked for.
 *
 *   import customers from "../messages/customers.gen.mjs";
 *   const words = await messages(lang, customers);
 *   words.choose                                 // a message without arguments is a string,
 *   words.found({ n: 3, shown: "3" })            // one with arguments a function
 */
import { LANGUAGES, type Language, TAGS } from "./languages.gen.mjs";

export { LANGUAGES };
export type { Language };

export type Part<M> = { en: M, others: Partial<Record<Exclude<Language, "en">, () => Promise<{ default: M }>>> };

/** The words of a part; English's where the language has not got it. */
export async function messages<M>(lang: Language, part: Part<M>): Promise<M> {
  const load = lang === "en" ? undefined : part.others[lang];
  return load ? (await load()).default : part.en;
}

/**
 * The language to show: the one asked for, else the first that the visitor reads, else English.
 * @param asked the address's `lang` @param read navigator.languages
 */
export function chosenLanguage(asked: string | null | undefined, read: readonly string[]): Language {
  for (const tag of [asked ?? "", ...read]) {
    const found = languageOf(tag);
    if (found) return found;
  }
  return "en";
}

/** A language tag taken apart; that of English where it is none, since a system without a language calls it "C". */
export function tagOf(text: string) {
  try {
    return new Intl.Locale(text);
  } catch {
    return new Intl.Locale("en");
  }
}

/** Whether a browser can write figures by this tag. */
const isTag = (text: string) => tagOf(text).toString().toLowerCase() === text.toLowerCase();

/** The direction of writing of a language, or of a locale. */
export function directionOf(lang: string): "rtl" | "ltr" {
  return ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].includes(tagOf(lang).language) ? "rtl" : "ltr";
}

/**
 * How figures are written in a language where nobody says otherwise: as in the visitor's region, where Intl knows that
 * region's way with the language (English in Germany has decimal commas), else as the language does.
 * @param read navigator.languages
 */
export function localeOf(lang: Language, read: readonly string[]) {
  const own = read.find((tag) => languageOf(tag) === lang && isTag(tag));
  if (own) return own;
  const { region } = tagOf(read[0] ?? "en");
  return region && !lang.includes("-") ? `${tagOf(lang).language}-${region}` : lang;
}

/**
 * The language around an element, across shadow roots: that of the nearest that says one; the visitor's where none does.
 * @param read navigator.languages
 */
export function languageAround(element: Element, read: readonly string[]): Language {
  let at: Element | undefined = element;
  while (at) {
    const lang = at.closest('[lang]:not([lang=""])')?.getAttribute("lang");
    if (lang) return chosenLanguage(lang, []);
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return chosenLanguage(null, read);
}

/** Ours for a language tag, whatever its region: Portuguese is that of Brazil. */
function languageOf(tag: string): Language | undefined {
  const language = tag.toLowerCase().split(/[-_]/, 1)[0];
  return TAGS.find((ours) => ours.toLowerCase().split("-", 1)[0] === language);
}

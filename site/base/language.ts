/**
 * The page's language is that of its address: every page stands in every language, /de/ and /ar/ beside the English one,
 * and links to the others in its footer. The switch in the header leads to them too, and so does `lang` in the query.
 */

import { part } from "./certain.ts";
import { type Language, chosenLanguage } from "./messages.ts";

export const pageLanguage = chosenLanguage(document.documentElement.lang, []);

/** What the visitor reads, by the browser. */
const read = chosenLanguage(null, navigator.languages);

/** This page in another language, with its state. */
function addressIn(lang: Language) {
  const link = document.querySelector<HTMLAnchorElement>(`.languages a[hreflang="${lang}"]`);
  const url = new URL(link?.href ?? location.href);
  const query = new URLSearchParams(location.search);
  query.delete("lang");
  // English is said, since the first page would choose otherwise.
  if (lang === "en" && read !== "en") query.set("lang", lang);
  url.search = query.toString();
  url.hash = location.hash;
  return url;
}

/**
 * Leads to the language that the address asks for; from the first page, where it asks for none, to the visitor's.
 * @returns whether this page is being left
 */
export function lead(): boolean {
  const asked = new URLSearchParams(location.search).get("lang");
  const first = document.documentElement.hasAttribute("data-first");
  const wanted = asked ? chosenLanguage(asked, [pageLanguage]) : first ? read : pageLanguage;
  if (wanted === pageLanguage) return false;
  location.replace(addressIn(wanted));
  return true;
}

/** The switch in the header. */
export function offer() {
  const list = part(document, "#language", HTMLSelectElement);
  list.value = pageLanguage;
  list.addEventListener("change", () => location.assign(addressIn(chosenLanguage(list.value, []))));
}

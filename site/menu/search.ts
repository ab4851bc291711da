/**
 * The search in the header: a field with a list under it (a combobox), calculators first, then terms and the documentation. On the page of a
 * calculator each has its answer for the present customer beside it, where that page can say it.
 */

import { part } from "../base/certain.ts";
import { pageLanguage } from "../base/language.ts";
import { type Found, type Index, search } from "./find.ts";
import { keepChoices } from "./keep.ts";
import { close, isPhone, panelOf, prepare, show } from "./panel.ts";
import type { MenuWords } from "./words.ts";

/** How many of each kind are shown. */
const MOST = 8;
const OTHERS = 5;

/** Asks the page, if it has a customer, what a calculator answers. */
export interface Asked {
  id: string;
  answer: (text: string) => void;
}

let index: Promise<Index> | null = null;

async function read(place: string): Promise<Index> {
  const response = await fetch(place);
  if (!response.ok) throw new Error(`${place}: ${response.status}`);
  return response.json();
}

/** The site's root, where the index's paths begin. */
const root = () => new URL(document.documentElement.lang === "en" ? "." : "..", part(document, "a.brand", HTMLAnchorElement).href);

const trigger = () => part(document, "[data-search]", HTMLButtonElement);

export async function openSearch() {
  if (trigger().getAttribute("aria-expanded") === "true") return close();
  const { content, words } = await prepare();
  index ??= read(content.dataset.index ?? "").catch((error) => {
    index = null;
    throw error;
  });
  const known = await index;
  const field = fieldOf(words);
  const panel = panelOf(words.search);
  const inner = document.createElement("div");
  inner.className = "wrap found";
  inner.setAttribute("role", "search");
  const status = Object.assign(document.createElement("p"), { className: "found-status" });
  status.setAttribute("role", "status");
  const list = document.createElement("div");
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.search_for);
  inner.append(status, list);
  panel.append(inner);
  const place = part(document, ".find", HTMLElement);
  if (isPhone()) inner.prepend(field);
  else {
    trigger().hidden = true;
    place.append(field);
  }
  const first = begun(content, known.calculators);
  const draw = () => drawFound(list, status, known, words, field, first);
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => onKey(event, field, list));
  show(panel, trigger(), () => {
    field.remove();
    trigger().hidden = false;
  });
  draw();
  field.focus();
}

/** How many calculators of a question stand there before anything is typed. */
const FIRST = 2;

/** What those ask first who run what the page is for: the first calculators of each question, those made for them before the rest. */
function begun(menu: HTMLElement, calculators: Found[]): Found[] {
  const business = document.querySelector<HTMLElement>("[data-business][aria-current]")?.dataset.business ?? "";
  const rank = (item: HTMLElement) => (business && item.dataset.for?.split(" ").includes(business) ? 0 : item.dataset.for && business ? 2 : 1);
  const byPath = new Map(calculators.map((one) => [new URL(one.path, root()).pathname, one]));
  return [...menu.querySelectorAll("section")].flatMap((section) => {
    const items = [...section.querySelectorAll<HTMLElement>("li")].filter((item) => rank(item) < 2).sort((a, b) => rank(a) - rank(b));
    const paths = items.map((item) => item.querySelector("a")?.pathname ?? "").filter((path) => path !== location.pathname);
    return paths.flatMap((path) => byPath.get(path) ?? []).slice(0, FIRST);
  }).slice(0, MOST);
}

function fieldOf(words: MenuWords) {
  const field = Object.assign(document.createElement("input"), { type: "search", placeholder: words.search_for, autocomplete: "off", spellcheck: false });
  const attributes = { role: "combobox", "aria-label": words.search_for, "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": "found", enterkeyhint: "go" };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  return field;
}

function drawFound(list: HTMLElement, status: HTMLElement, known: Index, words: MenuWords, field: HTMLInputElement, first: Found[]) {
  const query = field.value;
  const calculators = query.trim() === "" ? first : search(known.calculators, query, MOST);
  const terms = search(known.terms, query, OTHERS).map((one) => ({ ...one, kind: words.kind_term }));
  const docs = search(known.docs, query, OTHERS).map((one) => ({ ...one, kind: words.kind_docs }));
  const others = [...terms, ...docs];
  const count = calculators.length + others.length;
  const groups = [group(words.calculators, "calculators", calculators.map((one) => option(one, words, query))), group(words.found_terms, "terms", others.map((one) => option(one, words, query, one.kind)))];
  list.replaceChildren(...groups.filter((one) => one !== null));
  const shown = new Intl.NumberFormat(pageLanguage, { numberingSystem: "latn" }).format(count);
  status.textContent = query.trim() === "" ? words.search_for : count ? words.results({ n: count, shown }) : words.no_results({ query: query.trim() });
  choose(field, list, query.trim() === "" ? null : list.querySelector<HTMLElement>("[role=option]"));
  keepChoices(list);
  for (const place of list.querySelectorAll<HTMLElement>("[data-answer]")) {
    const asked: Asked = { id: place.dataset.answer ?? "", answer: (text) => (place.textContent = text) };
    document.dispatchEvent(new CustomEvent("hourglass:asked", { detail: asked }));
  }
}

/** The results of a kind, under its name. */
function group(title: string, id: string, options: HTMLElement[]) {
  if (options.length === 0) return null;
  const section = document.createElement("div");
  section.setAttribute("role", "group");
  section.setAttribute("aria-labelledby", `found-${id}`);
  const name = Object.assign(document.createElement("div"), { id: `found-${id}`, className: "found-kind", textContent: title });
  section.append(name, ...options);
  return section;
}

let counted = 0;

/** A result is a link too, so that it can be opened elsewhere. */
function option(one: Found, words: MenuWords, query: string, kind = "") {
  const link = document.createElement("a");
  link.id = `found-${++counted}`;
  link.href = new URL(one.path, root()).href;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const isCalculator = kind === "";
  if (isCalculator) link.dataset.keep = "";
  else link.hreflang = "en";
  const title = Object.assign(document.createElement("b"), { textContent: one.title });
  const says = document.createElement("span");
  says.append(one.says);
  const also = isCalculator ? alsoCalled(one, words, query) : null;
  if (also) says.append(" ", also);
  if (!isCalculator && pageLanguage !== "en") {
    says.lang = "en";
    says.dir = "ltr";
  }
  const aside = Object.assign(document.createElement("small"), { textContent: kind });
  if (isCalculator) aside.dataset.answer = one.path.split("/").filter(Boolean).at(-1) ?? "";
  link.append(title, aside, says);
  return link;
}

/** The names that people use for a calculator, those that were asked for first. */
function alsoCalled({ names = "" }: Found, words: MenuWords, query: string) {
  const all = names.split(/[,、،]\s*/).filter(Boolean);
  const asked = all.filter((name) => search([{ title: name, says: "", path: "" }], query, 1).length);
  const shown = [...new Set([...asked, ...all])].slice(0, 3);
  if (shown.length === 0) return null;
  return words.also_called({ names: new Intl.ListFormat(pageLanguage, { type: "unit" }).format(shown) });
}

function choose(field: HTMLInputElement, list: HTMLElement, chosen: HTMLElement | null) {
  for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
}

function onKey(event: KeyboardEvent, field: HTMLInputElement, list: HTMLElement) {
  if (event.isComposing) return; // a Japanese word is being written
  const options = [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "Enter") {
    event.preventDefault();
    options[at]?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || options.length === 0) return;
  event.preventDefault();
  choose(field, list, at < 0 && step < 0 ? options[options.length - 1] : options[(at + step + options.length) % options.length]);
}

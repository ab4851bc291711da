/**
 * The menu in the header: /calculators/, read once and shown in place. On a desktop all names stand under the header at once; on a phone they
 * are a sheet in the place of the page, whose questions open. A business takes the others away.
 */

import { part, required } from "../base/certain.ts";
import { keepChoices } from "./keep.ts";
import { type MenuWords, menuWords } from "./words.ts";

const PHONE = matchMedia("(width < 64rem)");

/** Whether the panel is a sheet in the place of the page. */
export const isPhone = () => PHONE.matches;

/** What the menu's page has. */
export interface Read {
  content: HTMLElement; // its menu, with whole addresses
  words: MenuWords;
}

let reading: Promise<Read> | null = null;

/** Reads the menu's page, once. */
export function prepare() {
  reading ??= read().catch((error) => {
    reading = null;
    throw error;
  });
  return reading;
}

async function read(): Promise<Read> {
  const { origin, pathname } = new URL(part(document, "a[data-menu]", HTMLAnchorElement).href);
  const url = origin + pathname;
  const [response, words] = await Promise.all([fetch(url), menuWords()]);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const whole = (address: string | null) => new URL(address ?? "", url).href;
  await styled(whole(required(page.querySelector("link[data-menu]"), "style of the menu").getAttribute("href")));
  const content = part(page, ".menu", HTMLElement);
  content.dataset.index = whole(content.dataset.index ?? null);
  for (const link of content.querySelectorAll("a")) link.href = whole(link.getAttribute("href"));
  return { content: document.adoptNode(content), words };
}

/** Waits for a stylesheet, which the menu's own page has already. */
function styled(href: string) {
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise<void>((done, failed) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new Error(href)));
    document.head.append(link);
  });
}

/** What is open: the panel, what opened it, and what is to be put back. */
let open: { panel: HTMLElement; by: HTMLElement; back: () => void } | null = null;

export function close(focus = true) {
  if (!open) return;
  const { panel, by, back } = open;
  open = null;
  panel.remove();
  back();
  document.documentElement.removeAttribute("data-sheet");
  for (const trigger of document.querySelectorAll("[data-menu], [data-search]")) trigger.setAttribute("aria-expanded", "false");
  if (focus) by.focus();
}

/** Opens a panel under the header. */
export function show(panel: HTMLElement, by: HTMLElement, back = () => {}) {
  close(false);
  part(document, ".top", HTMLElement).after(panel);
  by.setAttribute("aria-expanded", "true");
  document.documentElement.setAttribute("data-sheet", "");
  open = { panel, by, back };
  keepChoices(panel);
}

const within = (event: Event) => open && event.composedPath().some((at) => at === open?.panel || at === open?.by || (at instanceof HTMLElement && at.matches(".find")));
document.addEventListener("pointerdown", (event) => {
  if (open && !within(event) && !PHONE.matches) close(false);
});
document.addEventListener("focusin", (event) => {
  if (open && !within(event) && !PHONE.matches) close(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !open) return;
  event.preventDefault();
  close();
});
PHONE.addEventListener("change", () => close(false));

/** An empty panel; on a phone, where it stands in the place of the page, it is the page's main part. @param title what it is then headed by */
export function panelOf(title: string) {
  const panel = document.createElement(PHONE.matches ? "main" : "div");
  panel.className = "panel";
  if (PHONE.matches) panel.append(Object.assign(document.createElement("h1"), { className: "unseen", textContent: title }));
  return panel;
}

/** The button of the sheet, which closes it too, whatever opened it. */
const sheet = part(document, ".open-sheet", HTMLAnchorElement);

export async function toggleMenu(by: HTMLAnchorElement) {
  if (open?.by === by || (open && by === sheet)) return close();
  const { content, words } = await prepare();
  const panel = panelOf(words.all_calculators);
  const inner = document.createElement("nav");
  inner.className = "wrap";
  inner.setAttribute("aria-label", words.calculators);
  const menu = document.importNode(content, true);
  inner.append(menu, note(words));
  panel.append(inner);
  filter(menu);
  for (const section of menu.querySelectorAll("section")) fold(section);
  const here = location.pathname;
  for (const link of menu.querySelectorAll<HTMLAnchorElement>("li a")) if (link.pathname === here) link.setAttribute("aria-current", "page");
  let back = () => {};
  if (PHONE.matches) {
    const put = others(inner);
    const label = sheet.ariaLabel;
    sheet.ariaLabel = words.close_menu;
    back = () => {
      put();
      sheet.ariaLabel = label;
    };
    openOne(menu, by.hash.slice(1));
  }
  show(panel, by, back);
  panel.querySelector("a")?.focus({ preventScroll: true });
}

/** What stands under the names: that the customer comes along, and the same on a page. */
function note(words: MenuWords) {
  const line = document.createElement("p");
  const all = document.createElement("a");
  line.className = "foot-note";
  all.href = part(document, "a[data-menu]", HTMLAnchorElement).href;
  all.dataset.keep = "";
  all.textContent = words.all_calculators;
  line.append(words.stays, " ", all);
  return line;
}

/** A question that opens on a phone; elsewhere its names are always seen. */
function fold(section: HTMLElement) {
  const title = required(section.querySelector("h2"), "question");
  section.dataset.group = section.id;
  section.removeAttribute("id");
  if (!PHONE.matches) return;
  const button = document.createElement("button");
  const count = document.createElement("span");
  button.type = "button";
  button.append(title.textContent ?? "", count);
  title.replaceChildren(button);
  button.addEventListener("click", () => shut(section, !section.classList.contains("shut")));
  shut(section, true);
  counted(section);
}

function shut(section: Element, isShut: boolean) {
  section.classList.toggle("shut", isShut);
  section.querySelector("h2 button")?.setAttribute("aria-expanded", String(!isShut));
}

const counted = (section: Element) => {
  const count = section.querySelector("h2 button span");
  if (count) count.textContent = String(section.querySelectorAll("li:not([hidden])").length);
};

/** Opens the question that the page is about. */
function openOne(menu: HTMLElement, group: string) {
  const section = menu.querySelector(`[data-group="${group}"]`);
  if (section) shut(section, false);
}

/** The businesses, which elsewhere lead to their pages, take away what is not for them. */
function filter(menu: HTMLElement) {
  const businesses = [...menu.querySelectorAll<HTMLAnchorElement>("a[data-business]")];
  for (const link of businesses) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      for (const other of businesses) other.toggleAttribute("aria-current", false);
      link.setAttribute("aria-current", "true");
      only(menu, link.dataset.business ?? "");
    });
  }
}

function only(menu: HTMLElement, business: string) {
  for (const item of menu.querySelectorAll<HTMLElement>("li")) item.hidden = !!business && !!item.dataset.for && !item.dataset.for.split(" ").includes(business);
  for (const part of menu.querySelectorAll<HTMLElement>(".part, section")) part.hidden = !part.querySelector("li:not([hidden])");
  for (const section of menu.querySelectorAll("section")) counted(section);
}

/** On a phone the sheet has the header's other links and choices too. @returns what puts the choices back */
function others(inner: HTMLElement) {
  const list = document.createElement("ul");
  list.className = "others";
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".pages-top a:not([data-menu])")) {
    const item = document.createElement("li");
    item.append(link.cloneNode(true));
    list.append(item);
  }
  inner.append(list);
  const settings = document.querySelector(".settings:not([hidden])");
  const choices = settings?.querySelector(".choices");
  if (!settings || !choices) return () => {};
  inner.append(choices);
  return () => settings.append(choices);
}

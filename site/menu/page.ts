/**
 * The header of every page. It is small: the menu and the search are loaded when they are first touched. Until then, and where they cannot be
 * loaded, the links of the header lead to the page of all calculators.
 */

const triggers = document.querySelectorAll<HTMLAnchorElement>("a[data-menu]");
const find = document.querySelector<HTMLElement>(".find");
const search = find?.querySelector("button");

/** How long after the page is there what it may need without a network is fetched, in milliseconds. */
const KEEP_AFTER = 3000;

const panel = () => import("./panel.ts");

for (const link of triggers) {
  link.setAttribute("aria-expanded", "false");
  for (const touch of ["pointerenter", "focus"]) link.addEventListener(touch, () => panel().then(({ prepare }) => prepare()).catch(() => {}), { once: true });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    panel().then(({ toggleMenu }) => toggleMenu(link)).catch(() => location.assign(link.href));
  });
}

const openSearch = () => import("./search.ts").then((search) => search.openSearch()).catch(() => location.assign(triggers[0].href));

if (find && search) {
  find.hidden = false;
  search.addEventListener("click", openSearch);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    event.preventDefault();
    openSearch();
  });
}

const { offline } = document.documentElement.dataset;
if (offline && "serviceWorker" in navigator) addEventListener("load", () => void setTimeout(() => keepOffline(offline), KEEP_AFTER));

/** Has the browser keep this language's calculators, for when there is no network; not where the visitor saves data. */
async function keepOffline(worker: string) {
  if ((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) return; // which not every browser tells
  await navigator.serviceWorker.register(worker).catch(() => {}); // no private window has one
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(document.documentElement.lang);
}

/** Whether a key is meant for what is being typed. */
function isTyping(event: Event) {
  const [at] = event.composedPath();
  return at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
}

for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-away]")) closeOnLeaving(menu);

/** What is folded out closes when the pointer or the focus goes elsewhere, and on Escape. */
function closeOnLeaving(menu: HTMLDetailsElement) {
  const away = (event: Event) => {
    if (!event.composedPath().includes(menu)) menu.open = false;
  };
  document.addEventListener("pointerdown", away);
  document.addEventListener("focusin", away);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

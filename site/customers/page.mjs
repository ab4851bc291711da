/**
 * The customers page around its element: the part of the page in the address' hash, the settings in its query, the
 * theme in the header. The columns and the file are nowhere but in the page.
 */
import { isLocale } from "../base/format.mjs";
import { lead, offer, pageLanguage } from "../base/language.mjs";
import { localeOf } from "../base/messages.mjs";
import { offerTheme } from "../base/theme.mjs";
import "./root.mjs";
import { readSettings, writeSettings } from "./settings.mjs";

/** @typedef {import("./types.d.ts").State} State */

const VIEWS = /** @type {import("./types.d.ts").View[]} */ (["overview", "customers", "segments", "model", "data", "export"]);

const element = /** @type {import("./root.mjs").HourglassCustomers} */ (document.querySelector("hourglass-customers"));
const query = new URLSearchParams(location.search);
const locale = query.get("locale");
element.locale = locale && isLocale(locale) ? locale : localeOf(pageLanguage, navigator.languages);
element.lang = pageLanguage;

/** @type {State["settings"] | null} */
let written = null;
/** @type {State["view"] | null} the part shown; between a click on a link and its event the address is ahead */
let shown = null;

element.addEventListener("customers:state", (event) => {
  const { settings, view } = /** @type {CustomEvent<State>} */ (event).detail;
  if (view !== shown && view !== named()) history.pushState(null, "", location.pathname + location.search + `#${view}`);
  shown = view;
  if (settings === written) return;
  if (written) write(settings);
  written = settings;
});

/** @param {State["settings"]} settings */
function write(settings) {
  const query = new URLSearchParams(location.search);
  writeSettings(query, settings);
  const text = query.toString();
  history.replaceState(null, "", location.pathname + (text && `?${text}`) + location.hash);
}

/** The part that the address names. */
const named = () => VIEWS.find((name) => name === location.hash.slice(1)) ?? "overview";

addEventListener("hashchange", () => {
  if (element.session?.state.view !== named()) element.session?.ask({ what: "view", view: named() });
});

offerTheme();
offer();
for (const control of document.querySelectorAll("[data-live]")) control.removeAttribute("hidden");
// What is chosen is kept on the way to the calculators.
if (query.has("lang")) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-keep]"))) link.search = `?lang=${pageLanguage}`;
}

if (!lead()) await element.start(readSettings(query), named());

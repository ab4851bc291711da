/**
 * The customers page around its element: the part of the page in the address' hash, the settings in its query, the
 * theme in the header. The columns and the file are nowhere but in the page.
 */
import { part } from "../base/certain.ts";
import { isLocale } from "../base/format.ts";
import { lead, offer, pageLanguage } from "../base/language.ts";
import { localeOf } from "../base/messages.ts";
import { offerTheme } from "../base/theme.ts";
import { HourglassCustomers } from "./root.ts";
import { readSettings, writeSettings } from "./settings.ts";
import type { Settings, View } from "./state.ts";

const VIEWS: View[] = ["subscriptions", "overview", "customers", "segments", "sources", "campaign", "since", "model", "data", "export"];

const element = part(document, "hourglass-customers", HourglassCustomers);
const query = new URLSearchParams(location.search);
const locale = query.get("locale");
element.locale = locale && isLocale(locale) ? locale : localeOf(pageLanguage, navigator.languages);
element.lang = pageLanguage;

let written: Settings | null = null;
/** The part shown; between a click on a link and its event the address is ahead */
let shown: View | null = null;

element.addEventListener("customers:state", ({ detail: { settings, view } }) => {
  if (view !== shown && view !== named()) history.pushState(null, "", location.pathname + location.search + `#${view}`);
  shown = view;
  if (settings === written) return;
  if (written) write(settings);
  written = settings;
});

function write(settings: Settings) {
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
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-keep]")) link.search = `?lang=${pageLanguage}`;
}

if (!lead()) await element.start(readSettings(query), named());

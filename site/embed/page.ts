/** The configurator's page around its element: the configuration is the address' fragment, the theme its query. */
import { part } from "../base/certain.ts";
import { isLocale } from "../base/format.ts";
import { lead, offer, pageLanguage } from "../base/language.ts";
import { localeOf } from "../base/messages.ts";
import { offerTheme } from "../base/theme.ts";
import { readAddress, writeAddress } from "./address.ts";
import { type Changed, HourglassConfigurator } from "./configurator.ts";

const element = part(document, "hourglass-configurator", HourglassConfigurator);
const query = new URLSearchParams(location.search);
const locale = query.get("locale");

const read = () => (element.configuration = readAddress(location.hash.slice(1)));

element.addEventListener("embed:change", (event) => {
  const { configuration, entry } = (event as CustomEvent<Changed>).detail; // the element's own event
  const fragment = writeAddress(configuration);
  history[entry ? "pushState" : "replaceState"](null, "", location.pathname + location.search + (fragment && `#${fragment}`));
});
addEventListener("popstate", read);
addEventListener("hashchange", read);

if (!lead()) {
  offerTheme();
  offer();
  read();
  element.locale = locale && isLocale(locale) ? locale : localeOf(pageLanguage, navigator.languages);
  element.lang = pageLanguage;
  for (const control of document.querySelectorAll("[data-live]")) control.removeAttribute("hidden");
}

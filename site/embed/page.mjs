/** The configurator's page around its element: the configuration is the address' fragment, the theme its query. */
import "./configurator.mjs";
import { isLocale } from "../base/format.mjs";
import { lead, offer, pageLanguage } from "../base/language.mjs";
import { localeOf } from "../base/messages.mjs";
import { offerTheme } from "../base/theme.mjs";
import { readAddress, writeAddress } from "./address.mjs";

const element = /** @type {import("./configurator.mjs").HourglassConfigurator} */ (document.querySelector("hourglass-configurator"));
const query = new URLSearchParams(location.search);
const locale = query.get("locale");

const read = () => (element.configuration = readAddress(location.hash.slice(1)));

element.addEventListener("embed:change", (event) => {
  const { configuration, entry } = /** @type {CustomEvent} */ (event).detail;
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

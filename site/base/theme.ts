import { part } from "./certain.ts";

/** The header's choice of light or dark on a page whose address holds more than it: it stands in the query as `theme`. */
export function offerTheme() {
  const list = part(document, "#theme", HTMLSelectElement);
  const paint = () => {
    const root = document.documentElement;
    if (list.value) root.dataset.theme = list.value;
    else delete root.dataset.theme;
  };
  list.value = new URLSearchParams(location.search).get("theme") ?? "";
  list.addEventListener("change", () => {
    const query = new URLSearchParams(location.search);
    if (list.value) query.set("theme", list.value);
    else query.delete("theme");
    history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
    paint();
  });
  paint();
}

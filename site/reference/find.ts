/** A search over the list of the API's calculations, by their names and by those of their fields. */

/** What is typed and what it is compared to: without case, with _ for a space or a hyphen. */
const plain = (text: string) => text.trim().toLowerCase().replaceAll(/[\s-]+/g, "_");

/** @param nav the list, with the address of the names of all fields */
export function finding(nav: HTMLElement) {
  const field = Object.assign(document.createElement("input"), { type: "search", placeholder: "Field or calculation", ariaLabel: "Find a field or a calculation", autocomplete: "off", spellcheck: false });
  const found = Object.assign(document.createElement("p"), { role: "status", className: "found" });
  nav.prepend(field, found);
  const items = [...nav.querySelectorAll("li")].map((item) => {
    const [link] = item.getElementsByTagName("a");
    const name = link.textContent ?? "";
    return { item, link, name, words: plain(`${name} ${link.title}`), hit: item.appendChild(document.createElement("code")) };
  });
  let fields: Record<string, string[]> = {};
  const load = () => fetch(nav.dataset.fields ?? "").then((response) => (response.ok ? response.json() : {})).then((names) => ((fields = names), show()));
  field.addEventListener("focus", () => load().catch(() => {}), { once: true }); // without them it finds calculations

  function show() {
    const sought = plain(field.value);
    let shown = 0;
    for (const { item, link, name, words, hit } of items) {
      const named = words.includes(sought);
      const by = sought && !named ? fields[name]?.find((one) => one.includes(sought)) : undefined;
      hit.textContent = by ?? "";
      item.hidden = !named && by === undefined;
      shown += Number(!item.hidden);
      link.toggleAttribute("data-first", !item.hidden && shown === 1);
    }
    for (const list of nav.querySelectorAll("ul")) {
      const none = [...list.children].every((item) => item instanceof HTMLElement && item.hidden);
      for (const part of [list, list.previousElementSibling]) part?.toggleAttribute("hidden", none);
    }
    found.textContent = !sought ? "" : shown ? `${shown} found` : "None has that name.";
  }

  field.addEventListener("input", show);
  field.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" && field.value.trim()) nav.querySelector<HTMLElement>("[data-first]")?.click();
  });
}

/**
 * The docs' script: a button that copies each snippet and, on the page of a calculation, fields to try it with. What is typed there fills the examples in all
 * languages, and the answer is calculated in the page: nothing is sent.
 */
import type { Try } from "./try.ts";

const LABEL = "Copy";
const TOLD = 2000;

/** A button before a snippet. */
function copier(pre: HTMLElement) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = LABEL;
  let later: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener("click", async () => {
    clearTimeout(later);
    button.textContent = await navigator.clipboard.writeText(pre.textContent ?? "").then(() => "Copied", () => "Not copied: select the text");
    later = setTimeout(() => (button.textContent = LABEL), TOLD);
  });
  const box = document.createElement("div");
  box.className = "snippet";
  pre.replaceWith(box);
  box.append(button, pre);
}

for (const pre of document.querySelectorAll<HTMLElement>(".prose pre:not(.formula)")) copier(pre);

/** One language at a time, chosen by tabs: headings that each stand before a snippet. */
function tabs(section: HTMLElement) {
  const headings = [...section.querySelectorAll("h3")];
  const list = document.createElement("div");
  list.role = "tablist";
  list.ariaLabel = "Language";
  const all = headings.map((heading, i) => {
    const panel = heading.nextElementSibling;
    if (!(panel instanceof HTMLElement)) throw new TypeError(`no snippet under ${heading.textContent}`);
    panel.role = "tabpanel";
    panel.ariaLabel = heading.textContent;
    const tab = Object.assign(document.createElement("button"), { type: "button", role: "tab", textContent: heading.textContent, id: heading.id });
    tab.addEventListener("click", () => choose(i));
    tab.addEventListener("keydown", ({ key }) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!by) return;
      choose((i + by + headings.length) % headings.length);
      all[(i + by + headings.length) % headings.length].tab.focus();
    });
    return { tab, panel };
  });
  const choose = (chosen: number) => all.forEach(({ tab, panel }, i) => {
    tab.ariaSelected = String(i === chosen);
    tab.tabIndex = i === chosen ? 0 : -1;
    panel.hidden = i !== chosen;
  });
  list.append(...all.map(({ tab }) => tab));
  headings[0].before(list);
  for (const heading of headings) heading.remove();
  choose(0);
}

const call = document.querySelector<HTMLElement>("[data-calculation]");
if (call) {
  const examples = document.getElementById("samples");
  if (examples) tabs(examples);
  if (call.dataset.engine) import("./try.ts").then(({ begin }: { begin: Try }) => begin(call)).catch((error) => console.error(error));
}

/**
 * The docs' script: a button that copies each snippet and, on the page of a calculation, fields to try it with. What is typed there fills the examples in all
 * languages.
 */
import { copying } from "./copying.ts";
import { finding } from "./find.ts";
import type { Try } from "./try.ts";

/** A button before a snippet. */
function copier(pre: HTMLElement) {
  const button = copying("Copy", () => pre.textContent ?? "", "Not copied: select the text");
  button.className = "copy";
  const box = document.createElement("div");
  box.className = "snippet";
  pre.replaceWith(box);
  box.append(button, pre);
}

for (const pre of document.querySelectorAll<HTMLElement>(".prose pre:not(.formula)")) copier(pre);

/** One snippet at a time, chosen by tabs: headings that each stand before one. */
function tabs(section: HTMLElement, label: string) {
  const headings = [...section.querySelectorAll("h3")];
  const list = document.createElement("div");
  list.role = "tablist";
  list.ariaLabel = label;
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
  const bar = Object.assign(document.createElement("div"), { className: "tabs" });
  bar.append(list);
  headings[0].before(bar);
  for (const heading of headings) heading.remove();
  choose(0);
}

const call = document.querySelector<HTMLElement>("[data-calculation]");
if (call) {
  for (const [id, label] of [["samples", "Language"], ["answers", "Answer"]]) {
    const section = document.getElementById(id);
    if (section) tabs(section, label);
  }
  import("./try.ts").then(({ begin }: { begin: Try }) => begin(call)).catch((error) => console.error(error));
}

const list = document.querySelector<HTMLElement>("nav[data-fields]");
if (list) finding(list);

/** The page for what is not there, which is served in the place of any address: it speaks the language of that address. */
import { part } from "../base/certain.ts";

const sections = [...document.querySelectorAll<HTMLElement>("section[data-folder]")];
const [first] = location.pathname.slice(1).split("/");
const own = first && sections.find((section) => section.dataset.folder === `${first.toLowerCase()}/`);

if (own) {
  for (const section of sections) section.hidden = section !== own;
  document.documentElement.lang = own.lang;
  document.documentElement.dir = own.dir;
  document.title = `${part(own, "h1", HTMLHeadingElement).textContent} – Hourglass`;
}

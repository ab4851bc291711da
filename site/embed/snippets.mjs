/**
 * What is pasted into a site: the widget's options as the text of a page, for each kind of site.
 *
 * @typedef {import("../widget/options.mjs").Form} Form
 * @typedef {import("../widget/options.mjs").Values} Values
 * @typedef {{ src: string, integrity: string }} Pin a version of the script for good, and the hash of its text
 *
 * @typedef {object} Wish
 * @property {Values} values
 * @property {Form} form
 * @property {string} origin of the Hourglass that serves the widget
 * @property {Pin | null} pin
 * @property {{ text: string, example: string }} fallback what stands in the script's place until it runs: the words of a
 *   link, and an answer to the figures that the widget begins with
 * @property {string} title of the frame, for who cannot see it
 *
 * @typedef {object} Host
 * @property {string} id
 * @property {string} name a proper name; of plain HTML, the message `host_html`
 * @property {readonly Form[]} forms that can be put there
 * @property {(wish: Wish) => Snippet[]} snippets
 *
 * @typedef {{ id: string, language: string, text: string }} Snippet what it is is the message `snippet_` and its id
 */

import { room, toAttributes, toQuery } from "../widget/options.mjs";

/** A frame's height where no script tells it a better one. */
const HEIGHT = { compact: 700, full: 1400 };

/** @type {readonly Form[]} */
const BOTH = ["script", "frame"];
/** @type {readonly Form[]} */
const FRAME = ["frame"];

/** @type {readonly Host[]} */
export const HOSTS = [
  { id: "html", name: "HTML", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "react", name: "React", forms: BOTH, snippets: (wish) => [{ id: "component", language: "jsx", text: component(wish) }] },
  { id: "wordpress", name: "WordPress", forms: BOTH, snippets: (wish) => [{ ...page(wish), id: "custom" }, { ...page(wish), id: "block", text: block(page(wish).text) }] },
  { id: "webflow", name: "Webflow", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "shopify", name: "Shopify", forms: BOTH, snippets: (wish) => [{ ...page(wish), id: "liquid" }] },
  { id: "squarespace", name: "Squarespace", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "wix", name: "Wix", forms: FRAME, snippets: (wish) => [address(wish)] },
  { id: "notion", name: "Notion", forms: FRAME, snippets: (wish) => [address(wish)] },
];

/** @param {string} id */
export const hostNamed = (id) => HOSTS.find((host) => host.id === id) ?? HOSTS[0];

/** The form in which a host takes the widget, as near to the wish as can be. @param {Host} host @param {Form} form */
export const formFor = (host, form) => (host.forms.includes(form) ? form : host.forms[0]);

/** Where the widget is, as a page of its own. @param {Wish} wish */
export const frameAddress = ({ origin, values }) => `${origin}/widget.html?${toQuery(values)}`;

/** @param {Wish} wish @returns {Snippet} */
const address = (wish) => ({ id: "address", language: "text", text: frameAddress(wish) });

/** @param {Wish} wish @returns {Snippet} */
const page = (wish) => ({ id: "html", language: "html", text: wish.form === "script" ? script(wish) : frame(wish) });

/**
 * Text as it stands in a page. Besides what HTML needs, brackets and braces are written as references, which mean the
 * same to a browser: WordPress looks for shortcodes, and Shopify for Liquid, inside attributes too.
 * @param {string} text
 */
export const escaped = (text) => text.replace(/[&<>"'{}[\]]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("&#38;", "&amp;").replaceAll("&#34;", "&quot;");

/** Attributes, each with a space before it. @param {[string, string][]} list */
const attributes = (list) => list.map(([name, text]) => (text === "" ? ` ${name}` : ` ${name}="${escaped(text)}"`)).join("");

/** Of the script's element. @param {Wish} wish @returns {[string, string][]} */
function sourceOf({ origin, pin }) {
  if (!pin) return [["async", ""], ["src", `${origin}/embed/v1.js`]];
  return [["async", ""], ["src", pin.src], ["integrity", pin.integrity], ["crossorigin", "anonymous"]];
}

/** The calculation on a page of its own, with the same figures. @param {Wish} wish */
function pageOf({ origin, values }) {
  const query = new URLSearchParams(values.values ?? "");
  for (const name of ["currency", "locale", "lang"]) if (values[name]) query.set(name, values[name]);
  return `${origin}/${values.kind}/${query.size ? `?${query}` : ""}`;
}

/** The script's element keeps the room that the widget will take, so that what is below it does not move. @param {Wish} wish */
const styleOf = ({ values }) => ({ display: "block", minBlockSize: room(values) });

/** @param {Wish} wish */
function script(wish) {
  const { text, example } = wish.fallback;
  const inside = `${example ? `${escaped(example)} ` : ""}<a href="${escaped(pageOf(wish))}">${escaped(text)}</a>`;
  const { display, minBlockSize } = styleOf(wish);
  const all = [...toAttributes(wish.values), ["style", `display: ${display}; min-block-size: ${minBlockSize}`]];
  return `<script${attributes(sourceOf(wish))}></script>\n<hourglass-calculator${attributes(/** @type {[string, string][]} */ (all))}>\n  <p>${inside}</p>\n</hourglass-calculator>`;
}

/** @param {Wish} wish @returns {[string, string][]} */
const frameAttributes = (wish) => [
  ["src", frameAddress(wish)], ["title", wish.title], ["width", "100%"], ["height", String(HEIGHT[wish.values.size === "full" ? "full" : "compact"])],
];

/** The script beside it makes the frame as high as what is in it. @param {Wish} wish */
function frame(wish) {
  const all = [...frameAttributes(wish), ["frameborder", "0"], ["loading", "lazy"]];
  return `<iframe${attributes(/** @type {[string, string][]} */ (all))}></iframe>\n<script async src="${escaped(wish.origin)}/embed/frame.js"></script>`;
}

/** A block as WordPress keeps it. @param {string} html */
const block = (html) => `<!-- wp:html -->\n${html}\n<!-- /wp:html -->`;

/** A text in JavaScript, safe within a page too. @param {string} text */
const quoted = (text) => JSON.stringify(text).replaceAll("<", "\\u003c");

/** @param {[string, string][]} list @param {string} indent */
const jsx = (list, indent) => list.map(([name, text]) => `\n${indent}${name}={${quoted(text)}}`).join("");

/** A component of React, 18 or later. The script is loaded once, however often the component is shown. @param {Wish} wish */
function component(wish) {
  const isScript = wish.form === "script";
  const [, [, src], ...others] = isScript ? sourceOf(wish) : [[], ["src", `${wish.origin}/embed/frame.js`]];
  const more = others.map(([name, text]) => `, ${name === "crossorigin" ? "crossOrigin" : name}: ${quoted(text)}`).join("");
  return `import { useEffect } from "react";

const src = ${quoted(src)};

export function Hourglass() {
  useEffect(() => {
    if ([...document.scripts].some((script) => script.src === src)) return;
    document.head.append(Object.assign(document.createElement("script"), { src, async: true${more} }));
  }, []);
  return (
    ${isScript ? elementInReact(wish) : frameInReact(wish)}
  );
}`;
}

/** @param {Wish} wish */
function elementInReact(wish) {
  const { text, example } = wish.fallback;
  return `<hourglass-calculator${jsx(toAttributes(wish.values), "      ")}
      style={${JSON.stringify(styleOf(wish))}}
    >
      <p>{${quoted(example ? `${example} ` : "")}}<a href={${quoted(pageOf(wish))}}>{${quoted(text)}}</a></p>
    </hourglass-calculator>`;
}

/** @param {Wish} wish */
const frameInReact = (wish) => `<iframe${jsx(frameAttributes(wish), "      ")}
      style={{ border: 0 }}
    />`;

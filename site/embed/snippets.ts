/** What is pasted into a site: the widget's options as the text of a page, for each kind of site. */

import { type Form, type Values, room, toAttributes, toQuery } from "../widget/options.ts";

/** A version of the script for good, and the hash of its text. */
export interface Pin {
  src: string;
  integrity: string;
}

export interface Wish {
  values: Values;
  form: Form;
  origin: string; // of the Hourglass that serves the widget
  pin: Pin | null;
  /** What stands in the script's place until it runs: the words of a link, and an answer to the figures that the widget begins with. */
  fallback: { text: string; example: string };
  title: string; // of the frame, for who cannot see it
}

export interface Host {
  id: string;
  name: string; // a proper name; of plain HTML, the message `host_html`
  forms: readonly Form[]; // that can be put there
  snippets: (wish: Wish) => Snippet[];
}

/** What it is is the message `snippet_` and its id. */
export interface Snippet {
  id: string;
  language: string;
  text: string;
}

/** Of an element: its name and its text. */
type Attribute = [name: string, text: string];

/** A frame's height where no script tells it a better one. */
const HEIGHT = { compact: 700, full: 1400 };

const BOTH: readonly Form[] = ["script", "frame"];
const FRAME: readonly Form[] = ["frame"];

export const HOSTS: readonly Host[] = [
  { id: "html", name: "HTML", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "react", name: "React", forms: BOTH, snippets: (wish) => [{ id: "component", language: "jsx", text: component(wish) }] },
  { id: "vue", name: "Vue", forms: BOTH, snippets: (wish) => [{ id: "component", language: "vue", text: inVue(wish) }] },
  { id: "svelte", name: "Svelte", forms: BOTH, snippets: (wish) => [{ id: "component", language: "svelte", text: inSvelte(wish) }] },
  { id: "angular", name: "Angular", forms: BOTH, snippets: (wish) => [{ id: "component", language: "ts", text: inAngular(wish) }] },
  { id: "wordpress", name: "WordPress", forms: BOTH, snippets: (wish) => [{ ...page(wish), id: "custom" }, { ...page(wish), id: "block", text: block(page(wish).text) }] },
  { id: "elementor", name: "Elementor", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "webflow", name: "Webflow", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "shopify", name: "Shopify", forms: BOTH, snippets: (wish) => [{ ...page(wish), id: "liquid" }] },
  { id: "squarespace", name: "Squarespace", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "hubspot", name: "HubSpot", forms: BOTH, snippets: (wish) => [page(wish)] },
  { id: "framer", name: "Framer", forms: FRAME, snippets: (wish) => [address(wish)] },
  { id: "wix", name: "Wix", forms: FRAME, snippets: (wish) => [address(wish)] },
  { id: "notion", name: "Notion", forms: FRAME, snippets: (wish) => [address(wish)] },
];

export const hostNamed = (id: string) => HOSTS.find((host) => host.id === id) ?? HOSTS[0];

/** The form in which a host takes the widget, as near to the wish as can be. */
export const formFor = (host: Host, form: Form) => (host.forms.includes(form) ? form : host.forms[0]);

/** Where the widget is, as a page of its own. */
const frameAddress = ({ origin, values }: Wish) => `${origin}/widget.html?${toQuery(values)}`;

const address = (wish: Wish): Snippet => ({ id: "address", language: "text", text: frameAddress(wish) });

const page = (wish: Wish): Snippet => ({ id: "html", language: "html", text: wish.form === "script" ? script(wish) : frame(wish) });

/**
 * Text as it stands in a page. Besides what HTML needs, brackets and braces are written as references, which mean the
 * same to a browser: WordPress looks for shortcodes, and Shopify for Liquid, inside attributes too.
 */
export const escaped = (text: string) => text.replace(/[&<>"'{}[\]]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("&#38;", "&amp;").replaceAll("&#34;", "&quot;");

/** Attributes, each with a space before it. To Svelte one without a text is the text "true". */
const attributes = (list: Attribute[], empty = "") => list.map(([name, text]) => (text === "" ? ` ${name}${empty}` : ` ${name}="${escaped(text)}"`)).join("");

/** Of the script's element. */
function sourceOf({ origin, pin }: Wish): Attribute[] {
  if (!pin) return [["async", ""], ["src", `${origin}/embed/v1.js`]];
  return [["async", ""], ["src", pin.src], ["integrity", pin.integrity], ["crossorigin", "anonymous"]];
}

/** The calculation on a page of its own, with the same figures. */
function pageOf({ origin, values }: Wish) {
  const query = new URLSearchParams(values.values ?? "");
  for (const name of ["currency", "locale", "lang"] as const) if (values[name]) query.set(name, values[name]);
  return `${origin}/${values.kind}/${query.size ? `?${query}` : ""}`;
}

/** Whether it stands behind a button, which takes no room in the page, and whose words the link has. */
const isBehind = ({ values }: Wish) => (values.mode ?? "inline") !== "inline";

/** The script's element keeps the room that the widget will take, so that what is below it does not move. */
const styleOf = (wish: Wish) => (isBehind(wish) ? null : { display: "block", minBlockSize: room(wish.values) });

/** What stands in its place until it is there. */
function insideOf(wish: Wish) {
  const { buttonText } = wish.values;
  const { text, example } = wish.fallback;
  return isBehind(wish) ? { example: "", text: buttonText && buttonText !== "none" ? buttonText : text } : { example: example && `${example} `, text };
}

const script = (wish: Wish) => `<script${attributes(sourceOf(wish))}></script>\n${element(wish)}`;

/** The element, with what the host's template needs to leave it alone, and how that writes an attribute without a text. */
function element(wish: Wish, more: Attribute[] = [], empty = "") {
  const { text, example } = insideOf(wish);
  const inside = `${escaped(example)}<a href="${escaped(pageOf(wish))}">${escaped(text)}</a>`;
  const style = styleOf(wish);
  const all: Attribute[] = [...more, ...toAttributes(wish.values), ...(style ? [["style", `display: ${style.display}; min-block-size: ${style.minBlockSize}`] satisfies Attribute] : [])];
  return `<hourglass-calculator${attributes(all, empty)}>\n  <p>${inside}</p>\n</hourglass-calculator>`;
}

const frameAttributes = (wish: Wish): Attribute[] => [
  ["src", frameAddress(wish)], ["title", wish.title], ["width", "100%"], ["height", String(HEIGHT[wish.values.size === "full" ? "full" : "compact"])],
];

/** The script beside it makes the frame as high as what is in it. */
const frame = (wish: Wish) => `${frameElement(wish)}\n<script async src="${escaped(wish.origin)}/embed/frame.js"></script>`;

function frameElement(wish: Wish, more: Attribute[] = []) {
  const all: Attribute[] = [...more, ...frameAttributes(wish), ["frameborder", "0"], ["loading", "lazy"]];
  return `<iframe${attributes(all)}></iframe>`;
}

/** A block as WordPress keeps it. */
const block = (html: string) => `<!-- wp:html -->\n${html}\n<!-- /wp:html -->`;

/** A text in JavaScript, safe within a page too. */
const quoted = (text: string) => JSON.stringify(text).replaceAll("<", "\\u003c");

const jsx = (list: Attribute[], indent: string) => list.map(([name, text]) => `\n${indent}${name}={${quoted(text)}}`).join("");

/** Where the script is that a component loads, and what loads it: once, however often the component is shown. */
function loading(wish: Wish) {
  const [, [, src], ...others] = wish.form === "script" ? sourceOf(wish) : [[], ["src", `${wish.origin}/embed/frame.js`]];
  const more = others.map(([name, text]) => `, ${name === "crossorigin" ? "crossOrigin" : name}: ${quoted(text)}`).join("");
  return {
    src: `const src = ${quoted(src)};`,
    isThere: "Array.from(document.scripts).some((script) => script.src === src)",
    load: `document.head.append(Object.assign(document.createElement("script"), { src, async: true${more} }));`,
  };
}

/** A component of React, 18 or later. */
function component(wish: Wish) {
  const { src, isThere, load } = loading(wish);
  return `import { useEffect } from "react";

${src}

export function Hourglass() {
  useEffect(() => {
    if (${isThere}) return;
    ${load}
  }, []);
  return (
    ${wish.form === "script" ? elementInReact(wish) : frameInReact(wish)}
  );
}`;
}

const indented = (text: string, by: string) => text.replaceAll(/^/gm, by);

/** What is shown, in a host's template. */
const inTemplate = (wish: Wish, more: Attribute[] = [], empty = "") => (wish.form === "script" ? element(wish, more, empty) : frameElement(wish, more));

/** A component of Vue 3. To v-pre everything is as it is written: no tag is looked for among the components, and no braces are code. */
function inVue(wish: Wish) {
  const { src, isThere, load } = loading(wish);
  return `<script setup>
import { onMounted } from "vue";

${src}

onMounted(() => {
  if (${isThere}) return;
  ${load}
});
</script>

<template>
${indented(inTemplate(wish, [["v-pre", ""]]), "  ")}
</template>`;
}

/** A component of Svelte 5, to which braces as references are no code. */
function inSvelte(wish: Wish) {
  const { src, isThere, load } = loading(wish);
  return `<script>
  import { onMount } from "svelte";

  ${src}

  onMount(() => {
    if (${isThere}) return;
    ${load}
  });
</script>

${inTemplate(wish, [], '=""')}`;
}

/**
 * A component of Angular, 20 or later. Its template is a literal of JavaScript, and "@" begins a block in it. Braces are code in it however they are written, but for
 * what is inside ngNonBindable: the element that has it is still read.
 */
function inAngular(wish: Wish) {
  const { src, isThere, load } = loading(wish);
  const template = indented(inTemplate(wish), "      ").replaceAll("\\", "\\\\").replaceAll("`", "&#96;").replaceAll("@", "&#64;");
  return `import { afterNextRender, Component, CUSTOM_ELEMENTS_SCHEMA } from "@angular/core";

${src}

@Component({
  selector: "app-hourglass",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`
    <div ngNonBindable>
${template}
    </div>
  \`,
})
export class Hourglass {
  constructor() {
    afterNextRender(() => {
      if (${isThere}) return;
      ${load}
    });
  }
}`;
}

function elementInReact(wish: Wish) {
  const { text, example } = insideOf(wish);
  const style = styleOf(wish);
  return `<hourglass-calculator${jsx(toAttributes(wish.values), "      ")}${style ? `\n      style={${JSON.stringify(style)}}` : ""}
    >
      <p>{${quoted(example)}}<a href={${quoted(pageOf(wish))}}>{${quoted(text)}}</a></p>
    </hourglass-calculator>`;
}

const frameInReact = (wish: Wish) => `<iframe${jsx(frameAttributes(wish), "      ")}
      style={{ border: 0 }}
    />`;

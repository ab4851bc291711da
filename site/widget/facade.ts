/**
 * /embed/v1.js: the widget's facade, which is all that a page loads at first. It shows a calculation's answer and fields, computed when
 * the site was built, and loads the calculator when the widget comes into view or is touched. What only the engine can tell, such as
 * the answer to figures of the page's own, it leaves open. It works as a classic script and as a module, and leaves the page as it
 * is where the page's policy does not let it load the rest.
 */
import { currencyOf, currencySign, TYPED, isCurrency, isLocale, numeral, withDigits } from "../base/format.ts";
import { type Language, directionOf, languageAround, localeOf } from "../base/messages.ts";
import styles from "../styles/facade.css";
import type { lookOf } from "./look-of.ts";
import type { stage } from "./modes.ts";
import { registerRem } from "./rem.ts";

/** What is shown of a calculation in a language. */
export interface Facade {
  tree: Branch;
  /** What ⟨0⟩, ⟨1⟩ and so on stand for in its texts; ⟨before⟩ and ⟨after⟩ are where the currency's sign stands. */
  numbers: (readonly [value: number, how?: Intl.NumberFormatOptions])[]; // as typed, where nothing is said
}

/** An element: its tag, its attributes, what is in it. */
export type Branch = [tag: string, attributes: Record<string, string>, ...children: (Branch | string)[]];

declare global {
  /** The build writes the hashed names: of the widget's module, of a calculation's facade, by its kind and language, and of what reads a look. */
  var HOURGLASS_MODULE: string;
  var HOURGLASS_FACADE: string;
  var HOURGLASS_LOOK: string;
  /** And of what stands behind a button. */
  var HOURGLASS_MODES: string;
}

const TAG = "hourglass-calculator";

/** The options that change what is drawn: where none is given, what reads them is not loaded. */
const ASKED = "[theme],[accent],[surface],[text],[radius],[font],[action-text],[hide],[lock],[values],[prefill]";
const PLAIN: ReturnType<typeof lookOf> = { style: "", scheme: "", isWhole: true, adapt() {} };

const MODES = /^(popup|drawer|floating)$/;

/** How far below the screen a widget is loaded already. */
const AHEAD = "200px";

/** A module's imports are relative to itself; those of a script from elsewhere are relative to nothing. */
const own = (document.currentScript as HTMLScriptElement | null)?.src; // a script, as this is one
const load = (path: string) => import(own ? new URL(path, own).href : path);

const met = new WeakSet<Element>();
let isLoading = false;

/** Loads the calculator, which from then on is in charge of every widget. */
function loadCalculator() {
  if (isLoading) return;
  isLoading = true;
  watcher.disconnect();
  load(HOURGLASS_MODULE).catch((error) => {
    isLoading = false;
    delete claims[claim];
    console.error("hourglass: the widget could not be loaded.", error);
    for (const widget of document.querySelectorAll(TAG)) widget.shadowRoot?.replaceChildren(make(["slot", {}]));
  });
}

/** Makes an element. No text has to be trusted for it, as a page's policy may demand. */
function make([tag, attributes, ...children]: Branch, fill = (text: string) => text): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, fill(text));
  element.append(...children.map((child) => (typeof child === "string" ? fill(child) : make(child, fill))));
  return element;
}

/** An attribute of a widget, where it makes sense. */
function option(widget: Element, name: string, isRight = /./, otherwise = "") {
  const text = widget.getAttribute(name)?.trim() ?? "";
  return isRight.test(text) ? text : otherwise;
}

/** Shows a widget's facade. Where there is none for it, what stands between its tags stays until the calculator runs. @returns whether it shows all that there is to show */
async function show(widget: Element) {
  const lang = languageAround(widget, navigator.languages);
  const [{ default: facade }, look]: [{ default: Facade }, ReturnType<typeof lookOf>] = await Promise.all([
    load(HOURGLASS_FACADE.replace("KIND", `${option(widget, "kind", /^[a-z-]+$/, "subscription")}.${lang}`)),
    !widget.matches(ASKED) ? PLAIN : load(HOURGLASS_LOOK).then((module: { lookOf: typeof lookOf }) => module.lookOf(widget)),
  ]);
  const stage = widget.shadowRoot?.firstChild;
  if (isLoading || stage?.firstChild) return true;
  const root = widget.shadowRoot ?? widget.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles, look.style].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  const box = make(["div", { class: "widget facade", part: "widget", lang, dir: directionOf(lang), "data-size": option(widget, "size", /^full$/, "compact"), "data-scheme": look.scheme }]);
  box.append(draw(widget, facade, lang, look.adapt));
  ((stage ?? root) as ParentNode).append(box); // of a mode, the stage is all there is
  return look.isWhole;
}

function draw(widget: Element, { tree, numbers }: Facade, lang: Language, adapt: (whole: Element) => void) {
  const asked = option(widget, "locale");
  const region = isLocale(asked) ? asked : "";
  const locale = withDigits(region || localeOf(lang, navigator.languages));
  const code = option(widget, "currency").toUpperCase();
  const currency = isCurrency(code) ? code : currencyOf(region || option(widget, "lang", /./, "en"));
  const signs: Record<string, string> = currencySign(locale, currency);
  const whole = make(tree, (text) => text.replace(/⟨(\w+)⟩/g, (_, name: string) => signs[name] ?? numeral(locale, numbers[+name][0], { ...(numbers[+name][1] ?? { maximumSignificantDigits: TYPED }), currency })));
  const each = (css: string, change: (element: HTMLInputElement) => void) => whole.querySelectorAll<HTMLInputElement>(css).forEach(change);
  each(".unit:empty", (unit) => unit.remove());
  adapt(whole);
  each("[type=range]", (slider) => slider.style.setProperty("--at", `${+slider.value / 10}%`));
  each(".figure", (figure) => (figure.dataset.length = String(Math.min(20, figure.innerText.length))));
  each("form", (form) => (form.onsubmit = () => false));
  return whole;
}

/** Loads the calculator once the page around has come to rest, or is busy for a second. */
function loadWhenQuiet() {
  const soon = () => (globalThis.requestIdleCallback ?? (setTimeout as never))(loadCalculator, { timeout: 1e3 }); // Safari has none, and its timer takes no such delay for one
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
}

function meet(widget: Element) {
  if (met.has(widget)) return;
  met.add(widget);
  const when = option(widget, "load");
  // A form around it sends the answer, seen or not.
  if (when === "now" || option(widget, "name")) return loadCalculator();
  for (const event of ["pointerover", "focusin", "hourglass:open"]) widget.addEventListener(event, loadCalculator, { passive: true });
  const mode = option(widget, "mode", MODES);
  const staged = mode ? load(HOURGLASS_MODES).then((module: { stage: typeof stage }) => module.stage(widget)) : Promise.resolve();
  // Several to choose from are drawn by the calculator alone.
  const shown = staged.then(() => option(widget, "kinds") ? Promise.reject() : show(widget));
  const isWhole = shown.catch(() => false);
  if (mode) return; // what is behind a button is not in sight
  new IntersectionObserver(async (entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (!(await isWhole)) loadCalculator();
    else if (when !== "touch") loadWhenQuiet();
  }, { rootMargin: AHEAD }).observe(widget);
}

/** Meets the widgets of a tree, and of the open shadow trees in it. */
function look(root: Document | ShadowRoot | Element) {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (!(element instanceof Element)) continue;
    if (element.localName === TAG) meet(element);
    else if (element.shadowRoot) watch(element.shadowRoot);
  }
}

const watcher = new MutationObserver((records) => {
  for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) look(node);
});

function watch(root: Document | ShadowRoot) {
  if (isLoading) return;
  watcher.observe(root, { childList: true, subtree: true });
  look(root);
}

const claim = Symbol.for("hourglass.widget");
const claims = globalThis as Record<symbol, string | undefined>; // where other copies of this script look too

/** Takes charge of the page's widgets, unless another version of this has. */
function begin() {
  if (document.contentType !== "text/html") return; // the widget's parts are HTML: what stands between its tags stays
  const version = HOURGLASS_MODULE.replace(/.*\//, ""); // the same by the pinned script, which stands in another folder
  const first = claims[claim];
  if (first !== undefined || customElements.get(TAG)) {
    if (first !== version) console.warn(`hourglass: another version of the widget is in charge: ${first}`);
    return;
  }
  claims[claim] = version;
  registerRem();
  watch(document);
  // A shadow tree may come after its host, unseen. A page without a widget in sight has one there, or is about to.
  addEventListener("load", () => {
    watch(document);
    if (!document.querySelector(TAG)) loadWhenQuiet();
  });
}

begin();

/**
 * The widget behind a button: as a popup in the middle of the screen, as a drawer from the page's inline end, or as a popup behind a button that
 * floats in the corner. The platform's <dialog> keeps the focus in, gives it back and closes at Escape. Loaded where the attribute
 * `mode` says so, by the facade or by the element, whichever comes first.
 *
 * It stands in a shadow root of its own around the stage, whose box is slotted into the dialog: the calculator takes the facade's place there while it is open.
 */
import { languageAround, messages } from "../base/messages.ts";
import ownWords from "../messages/widget.gen.mjs";
import styles from "../styles/modes.css";
import { lookOf } from "./look-of.ts";
import { isOn, stageIn } from "./stage.ts";

const MODES = ["popup", "drawer", "floating"];

/** What the text of the button is where the page opens the widget by itself. */
const NONE = "none";

const sheetOf = (text: string) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};

/** The widgets that are on a stage already. */
const staged = new WeakSet<Element>();

/** Puts a widget behind a button. From then on its attributes are in charge: mode, button-text, open, lang. */
export function stage(widget: Element) {
  if (staged.has(widget)) return;
  staged.add(widget);
  let { shadowRoot } = widget;
  if (!shadowRoot) {
    shadowRoot = widget.attachShadow({ mode: "open" });
    shadowRoot.adoptedStyleSheets = [sheetOf(lookOf(widget).style)]; // until the facade is there, or the calculator
  }
  const hold = stageIn(shadowRoot);
  hold.setAttribute("exportparts", "button, dialog, close");
  const root = hold.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheetOf(styles)];

  const opener = document.createElement("button");
  const dialog = document.createElement("dialog");
  const close = document.createElement("button");
  const page = document.createElement("div");
  opener.type = close.type = "button";
  for (const [element, part] of [[opener, "button"], [dialog, "dialog"], [close, "close"], [page, "page"]] as const) Object.assign(element, { className: part, part });
  opener.setAttribute("aria-haspopup", "dialog");
  const content = document.createElement("slot");
  page.append(close, content);
  dialog.append(page);

  /** Who opened it, which has the focus back: Safari gives none to what is clicked. */
  let invoker: HTMLElement | null = null;
  let freeScroll = () => {};

  const tell = (name: string) => {
    const variant = widget.getAttribute("variant")?.trim();
    const detail = { kind: widget.getAttribute("kind") || "subscription", ...(variant && { variant }) };
    widget.dispatchEvent(new CustomEvent(`hourglass:${name}`, { bubbles: true, composed: true, detail }));
    if (!isOn(widget.getAttribute("data-layer"))) return;
    globalThis.dataLayer ??= [];
    globalThis.dataLayer.push({ event: `hourglass:${name}`, hourglass: detail });
  };

  const show = () => {
    if (!widget.isConnected) return;
    freeScroll = holdScroll();
    dialog.showModal();
    gone.observe(dialog);
    tell("open");
  };

  /** A dialog that is taken out of the page, or moved within it, is open still, but not in front. */
  const gone = new ResizeObserver(() => dialog.open && !dialog.matches(":modal") && dialog.close());

  /** Does as the attributes say. */
  const follow = async () => {
    const mode = widget.getAttribute("mode") ?? "";
    const isBehind = MODES.includes(mode);
    hold.dataset.mode = isBehind ? mode : "inline";
    hold.dataset.scheme = lookOf(widget).scheme;
    if (isBehind !== dialog.isConnected) isBehind ? (page.append(content), root.replaceChildren(opener, dialog)) : root.replaceChildren(content);
    const isOpen = isBehind && isOn(widget.getAttribute("open"));
    if (isOpen !== dialog.open) isOpen ? show() : dialog.close();
    const text = widget.getAttribute("button-text")?.trim() ?? "";
    opener.hidden = text === NONE;
    name(text);
    const words = await messages(languageAround(widget, navigator.languages), ownWords);
    close.ariaLabel = words.close;
    if (!text || text === NONE) name(words.open);
  };

  const name = (text: string) => (opener.textContent = dialog.ariaLabel = text);

  const open = (by: HTMLElement) => {
    invoker = by;
    widget.setAttribute("open", "");
  };

  opener.addEventListener("click", () => open(opener));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    freeScroll();
    gone.disconnect();
    widget.removeAttribute("open");
    invoker?.focus();
    invoker = null;
    tell("close");
  });

  // A click beside it closes it, unless it began within, as when a slider is dragged.
  let isBeside = false;
  dialog.addEventListener("pointerdown", ({ target }) => void (isBeside = target === dialog));
  dialog.addEventListener("click", ({ target }) => isBeside && target === dialog && dialog.close());

  // The page's own links to the widget, and its buttons for it.
  document.addEventListener("click", (event) => {
    const { id } = widget;
    if (!id || !MODES.includes(hold.dataset.mode ?? "") || !widget.isConnected || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const named = `a[href="#${CSS.escape(id)}"], [commandfor="${CSS.escape(id)}"]`;
    const by = event.composedPath().find((part): part is HTMLElement => part instanceof HTMLElement && part.matches(named));
    if (!by) return;
    event.preventDefault();
    open(by);
  });

  new MutationObserver(() => void follow().catch(console.error)).observe(widget, { attributeFilter: ["mode", "button-text", "open", "lang", "theme", "surface", "text"] });
  follow().catch(console.error);
}

/** Keeps the page behind where it is, and its scroll bar's room. @returns what lets it go again */
function holdScroll() {
  const { style, clientWidth } = document.documentElement;
  const { overflow, scrollbarGutter } = style;
  if (innerWidth > clientWidth) style.scrollbarGutter = "stable";
  style.overflow = "hidden";
  return () => Object.assign(style, { overflow, scrollbarGutter });
}

/**
 * /embed/frame.js, for the page around one or more frames with /widget.html: gives each the height that it asks for,
 * and repeats what it tells as events on the <iframe>. Only what a frame with that page sends, from where it was
 * loaded, is listened to.
 */
import { EVENTS, HEIGHT, HELLO, MAX_HEIGHT, VERSION } from "./protocol.mjs";

/** @typedef {{ frame: HTMLIFrameElement, origin: string }} Framed */

/** Where this script is from: the widget's frames are too. */
const home = new URL(/** @type {HTMLScriptElement | null} */ (document.currentScript)?.src ?? document.baseURI).origin;

/** The frames with our page, and the origin that their messages come from: none, where a sandbox takes it away. @returns {Framed[]} */
function frames() {
  return [...document.querySelectorAll("iframe")].flatMap((frame) => {
    const url = URL.canParse(frame.src) ? new URL(frame.src) : null;
    if (url?.origin !== home || !/^\/widget(\.html)?$/.test(url.pathname)) return [];
    const opaque = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    return [{ frame, origin: opaque ? "null" : url.origin }];
  });
}

/** A frame that is still empty has this page's own document, and would not understand. @param {Framed} framed */
function greet({ frame, origin }) {
  if (frame.contentDocument && origin !== location.origin) return;
  frame.contentWindow?.postMessage({ type: HELLO, version: VERSION }, origin === "null" ? "*" : origin);
}

addEventListener("message", ({ source, origin, data }) => {
  if (data?.version !== VERSION) return;
  const from = frames().find(({ frame }) => frame.contentWindow === source);
  if (!from || from.origin !== origin) return;
  const { type, version: _, ...detail } = data;
  if (type === HEIGHT && detail.height > 0 && detail.height <= MAX_HEIGHT) from.frame.style.blockSize = `${detail.height}px`;
  if (EVENTS.includes(type)) from.frame.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
});

// Those that run already wait for a word; those that load later speak up by themselves.
const greetAll = () => frames().forEach(greet);
greetAll();
addEventListener("load", greetAll);

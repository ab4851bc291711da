/**
 * /embed/frame.js, for the page around one or more frames with /widget.html: gives each the height that it asks for,
 * and repeats what it tells as events on the <iframe>. Only what a frame with that page sends, from where it was
 * loaded, is listened to.
 */
import { HEIGHT, HELLO, MAX_HEIGHT, type Message, VERSION, isMessage, isEvent } from "./protocol.ts";

interface Framed {
  frame: HTMLIFrameElement;
  origin: string;
}

/** Where this script is from: the widget's frames are too. */
const home = new URL(document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : document.baseURI).origin;

/** The frames with our page, and the origin that their messages come from: none, where a sandbox takes it away. */
function frames(): Framed[] {
  return [...document.querySelectorAll("iframe")].flatMap((frame) => {
    const url = URL.canParse(frame.src) ? new URL(frame.src) : null;
    if (url?.origin !== home || !/^\/widget(\.html)?$/.test(url.pathname)) return [];
    const opaque = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
    return [{ frame, origin: opaque ? "null" : url.origin }];
  });
}

/** A frame that is still empty has this page's own document, and would not understand. */
function greet({ frame, origin }: Framed) {
  if (frame.contentDocument && origin !== location.origin) return;
  const hello: Message = { type: HELLO, version: VERSION };
  frame.contentWindow?.postMessage(hello, origin === "null" ? "*" : origin);
}

addEventListener("message", ({ source, origin, data }) => {
  if (!isMessage(data)) return;
  const from = frames().find(({ frame }) => frame.contentWindow === source);
  if (!from || from.origin !== origin) return;
  if (data.type === HEIGHT && data.height > 0 && data.height <= MAX_HEIGHT) from.frame.style.blockSize = `${data.height}px`;
  if (!isEvent(data)) return;
  const { type, version: _, ...detail } = data;
  from.frame.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
});

// Those that run already wait for a word; those that load later speak up by themselves.
const greetAll = () => frames().forEach(greet);
greetAll();
addEventListener("load", greetAll);

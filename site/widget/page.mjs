/**
 * The script of /widget.html: options from the address, the widget's height and events to the page around it.
 *
 * What was typed is told to one origin alone: that of the page around, which the browser names (ancestorOrigins, or the
 * referrer of a first page in the frame) or which has said hello. Where neither is so, only the height is told.
 */
import "./embed.mjs";
import { fromQuery, toAttributes } from "./options.mjs";
import { EVENTS, HEIGHT, HELLO, VERSION } from "./protocol.mjs";

const widget = /** @type {HTMLElement} */ (document.querySelector("hourglass-calculator"));
const ANYONE = "*";

for (const [attribute, text] of toAttributes(fromQuery(new URLSearchParams(location.search)))) widget.setAttribute(attribute, text);
if (parent !== window) talk();

function talk() {
  let origin = around();
  let height = 0;
  /** @type {Map<string, any>} the last of each, for a page that says hello late */
  const told = new Map();

  /** @param {any} message @param {string | null} to */
  const post = (message, to) => to && parent.postMessage({ version: VERSION, ...message }, to);

  const measure = () => {
    const now = Math.ceil(widget.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    tellHeight();
  };
  const tellHeight = () => {
    post({ type: HEIGHT, height }, origin ?? ANYONE);
    parent.postMessage({ sentinel: "amp", type: "embed-size", height }, ANYONE); // what amp-iframe listens for
  };

  for (const type of EVENTS) {
    widget.addEventListener(type, (event) => {
      const message = { type, ...plain(/** @type {CustomEvent} */ (event).detail) };
      told.set(type, message);
      post(message, origin);
    });
  }
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== parent || data?.type !== HELLO || data.version !== VERSION) return;
    if (origin && from !== origin) return;
    // A page from a file or in a sandbox has no origin to be named by.
    origin = from === "null" ? ANYONE : from;
    tellHeight();
    for (const message of told.values()) post(message, origin);
  });
  new ResizeObserver(measure).observe(widget);
}

/** The origin of the page around this one, where the browser tells. */
function around() {
  const named = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  return named && named !== "null" ? named : null;
}

/**
 * What of an event can be told to another page: lists over time and errors in short.
 * @param {Record<string, any>} detail
 */
function plain({ kind, input, result, warnings, done, error }) {
  /** @type {Record<string, any>} */
  const message = { kind };
  if (input) message.input = input;
  if (result) message.result = Object.fromEntries(Object.entries(result).filter(([, value]) => value === null || typeof value !== "object"));
  if (warnings) message.warnings = warnings;
  if (done !== undefined) message.done = done;
  if (error) message.error = String(error);
  return message;
}

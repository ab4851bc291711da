/**
 * The script of /widget.html: options from the address, the widget's height and events to the page around it.
 *
 * What was typed is told to one origin alone: that of the page around, which the browser names (ancestorOrigins, or the
 * referrer of a first page in the frame) or which has content hello. Where neither is so, only the height is told.
 */
import "./embed.ts";
import { numbers } from "../base/numbers.ts";
import type { Figures, HourglassCalculator, Notice, Result } from "./index.d.ts";
import inputs from "../base/inputs.gen.mjs";
import { fromQuery, toAttributes } from "./options.ts";
import { EVENTS, HEIGHT, HELLO, type Message, type Content, type EventMessage, VERSION, isMessage } from "./protocol.ts";

const widget = document.querySelector("hourglass-calculator") as HourglassCalculator; // the page has it
const ANYONE = "*";

for (const [attribute, text] of toAttributes(fromQuery(new URLSearchParams(location.search), Object.values(inputs).flat()))) widget.setAttribute(attribute, text);
Object.assign(widget, { awaits: numbers() });
if (parent !== window) talk();

function talk() {
  let origin = around();
  let height = 0;
  /** The last of each, for a page that says hello late. */
  const last = new Map<string, EventMessage>();

  const post = (content: Content, to: string | null) => {
    const message: Message = { version: VERSION, ...content };
    if (to) parent.postMessage(message, to);
  };

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
      const message = { type, ...plain(event.detail) } as EventMessage; // what else it has follows from its type
      last.set(type, message);
      post(message, origin);
    });
  }
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== parent || !isMessage(data) || data.type !== HELLO) return;
    if (origin && from !== origin) return;
    // A page from a file or in a sandbox has no origin to be named by.
    origin = from === "null" ? ANYONE : from;
    tellHeight();
    for (const message of last.values()) post(message, origin);
  });
  new ResizeObserver(measure).observe(widget);
}

/** The origin of the page around this one, where the browser tells. */
function around() {
  const named = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  return named && named !== "null" ? named : null;
}

/** What any of the events tells. */
interface Happening {
  kind: string;
  variant?: string;
  field?: string | null;
  link?: string;
  input?: Figures;
  result?: Result;
  warnings?: Notice[];
  done?: boolean;
  error?: unknown;
}

/** What of an event can be told to another page: of the results the single figures, of an error its words. */
function plain({ kind, variant, link, input, result, warnings, done, error }: Happening) {
  return {
    kind,
    ...(variant && { variant }),
    ...(link && { link }),
    ...(input && { input }),
    ...(result && { result: Object.fromEntries(Object.entries(result).filter(([, value]) => value === null || typeof value !== "object")) }),
    ...(warnings && { warnings }),
    ...(done !== undefined && { done }),
    ...(error ? { error: String(error) } : {}),
  };
}

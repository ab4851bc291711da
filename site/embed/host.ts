/**
 * /widget-host.html: a bare page with the widget's script form, for the configurator's preview. It says to the page
 * around it what /widget.html says. The calculator is there at once, without its facade: what is configured is to be seen.
 */
import { OPTIONS } from "../widget/options.ts";
import { EVENTS, HEIGHT, type Content, VERSION } from "../widget/protocol.ts";

/** How high the preview of what opens is. */
const SCREEN = 720;

const query = new URLSearchParams(location.search);
document.documentElement.lang = query.get("page") ?? "en";
const widget = document.createElement("hourglass-calculator");
for (const { attribute } of OPTIONS) {
  const text = query.get(attribute);
  if (text !== null) widget.setAttribute(attribute, text);
}
/** Of the events their names alone: the preview asks for no more. */
const post = (content: Extract<Content, { height: number }> | Pick<Content, "type">) => parent.postMessage({ ...content, version: VERSION }, location.origin);
for (const type of EVENTS) widget.addEventListener(type, () => post({ type }));
/** Behind a button it takes what a screen has. */
const least = ["popup", "drawer", "floating"].includes(widget.getAttribute("mode") ?? "") ? SCREEN : 0;
new ResizeObserver(() => post({ type: HEIGHT, height: Math.max(least, Math.ceil(widget.getBoundingClientRect().height)) })).observe(document.body);
document.body.append(widget);

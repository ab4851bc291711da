/**
 * /widget-host.html: a bare page with the widget's script form, for the configurator's preview. It says to the page
 * around it what /widget.html says.
 */
import { OPTIONS } from "../widget/options.mjs";
import { EVENTS, HEIGHT, VERSION } from "../widget/protocol.mjs";

const query = new URLSearchParams(location.search);
document.documentElement.lang = query.get("page") ?? "en";
const widget = document.createElement("hourglass-calculator");
for (const { attribute } of OPTIONS) {
  const text = query.get(attribute);
  if (text !== null) widget.setAttribute(attribute, text);
}
for (const type of EVENTS) widget.addEventListener(type, () => parent.postMessage({ type, version: VERSION }, location.origin));
new ResizeObserver(() => parent.postMessage({ type: HEIGHT, version: VERSION, height: Math.ceil(widget.getBoundingClientRect().height) }, location.origin)).observe(widget);
document.body.append(widget);

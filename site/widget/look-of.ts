/** What a widget's attributes change of what it shows before it is loaded: its look, its fields, its button. Its facade loads this where there are any. What makes no sense is as if it were not there. */
import actionStyle from "../styles/action.css";
import { type Look, schemeOf, styleOf } from "./look.ts";

const text = (widget: Element, name: string, isRight: RegExp, otherwise = "") => {
  const given = widget.getAttribute(name)?.trim() ?? "";
  return isRight.test(given) ? given : otherwise;
};

/** Six digits behind their sign, of three or six with or without it. */
const colour = (widget: Element, name: string) =>
  text(widget, name, /^#?([\da-f]{3}|[\da-f]{6})$/i).toLowerCase().replace(/^#?(.)(.)(.)$/, "#$1$1$2$2$3$3").replace(/^(?=[^#])/, "#");

export function lookOf(widget: Element) {
  const look: Look = {
    theme: text(widget, "theme", /^(light|dark)$/, "auto"),
    accent: colour(widget, "accent"), surface: colour(widget, "surface"), text: colour(widget, "text"),
    radius: parseInt(text(widget, "radius", /^([12]?\d|3[0-2])(px)?$/, "8"), 10),
    font: text(widget, "font", /^inherit$/, "own"),
  };
  const isWhole = !hasOwnFigures(widget);
  return { style: styleOf(look, widget) + actionStyle, scheme: schemeOf(look), isWhole, adapt: (whole: Element) => adapt(widget, whole, isWhole) };
}

const names = (widget: Element, attribute: string) => text(widget, attribute, /./, "").match(/\w+/g) ?? [];

/** Whether the page, or its address, gives figures of its own: the example's answer is not theirs. */
const hasOwnFigures = (widget: Element) => !!text(widget, "values", /./, "") || names(widget, "prefill").some((name) => new URLSearchParams(location.search).has(name));

function adapt(widget: Element, whole: Element, isWhole: boolean) {
  const each = (css: string, change: (element: HTMLInputElement) => void) => whole.querySelectorAll<HTMLInputElement>(css).forEach(change);
  const remove = (element: Element) => element.remove();
  for (const name of [...names(widget, "hide"), ...names(widget, "lock")]) each(`[data-name=${name}]`, remove);
  // Only the engine knows the answer to other figures, and whether they make sense.
  if (!isWhole) {
    each("[type=range]", remove);
    each("input", (input) => input.removeAttribute(input.type === "radio" ? "checked" : "value"));
    each(".figure,.sentence", (text) => (text.textContent = "…"));
  }
  const action = actionOf(widget);
  if (action) whole.append(action);
}

/** The button under the answer. */
function actionOf(widget: Element) {
  const href = text(widget, "action-link", /^(https?|mailto):/i, "");
  const words = text(widget, "action-text", /./, "");
  if (!href || !words) return null;
  const [evidence, way, link] = ["div", "p", "a"].map((tag) => document.createElement(tag));
  Object.assign(link, { className: "action", part: "action", href, rel: "noopener", textContent: words, ...(!/^mailto:/i.test(href) && { target: "_blank" }) });
  way.className = "way";
  evidence.className = "evidence";
  way.append(link);
  evidence.append(way);
  return evidence;
}

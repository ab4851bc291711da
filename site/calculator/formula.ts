/** A formula of the catalogue: MathML whose symbols carry the field that they stand for. */
import { render } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { required } from "../base/certain.ts";
import type { Format } from "../base/format.ts";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * The formula as it is printed. Read by lit, whose policy a page that requires Trusted Types knows, where it would refuse the text itself.
 * @param mathml of the catalogue
 */
export function symbolic(mathml: string) {
  const place = document.createElement("div");
  render(unsafeHTML(mathml), place);
  return required(place.firstElementChild, "formula");
}

/** The formula with figures in the place of the symbols, and the answer in the place of what it is the formula of. */
export function withFigures(mathml: string, figure: (field: string) => number | null, format: Format, answer: string) {
  const math = symbolic(mathml);
  for (const symbol of math.querySelectorAll("[data-field]")) {
    const value = figure(symbol.getAttribute("data-field") ?? "") ?? figure(symbol.getAttribute("data-else") ?? "");
    if (value == null) continue;
    const shown = number(value, format);
    symbol.replaceWith(shown);
    separate(shown);
  }
  replaceLeft(math, text("mtext", answer));
  return math;
}

/** What stands before the first equals sign makes room for the answer. */
function replaceLeft(math: Element, answer: Element) {
  const equals = [...math.querySelectorAll("mo")].find((mo) => mo.textContent === "=");
  if (!equals?.parentElement) return;
  while (equals.previousSibling) equals.previousSibling.remove();
  equals.before(answer);
}

/** Elements whose children stand in a row; those of others (a fraction, a power) have places. */
const ROWS = ["math", "mrow", "msqrt", "mpadded", "mstyle"];

/** What may be multiplied by standing beside something. */
const FACTORS = ["mn", "mi", "msup", "msub", "mfrac", "msqrt"];

/** Letters side by side are a product; figures side by side would be another figure. */
function separate(shown: Element) {
  if (!ROWS.includes(shown.parentElement?.localName ?? "")) return;
  const before = neighbour(shown, "previousElementSibling");
  const after = neighbour(shown, "nextElementSibling");
  if (before) before.after(text("mo", "⋅"));
  if (after) after.before(text("mo", "⋅"));
}

/** The factor beside an element, null where something else stands there. A space between the two goes. */
function neighbour(element: Element, side: "previousElementSibling" | "nextElementSibling") {
  const space = element[side]?.localName === "mspace" ? element[side] : null;
  const next = (space ?? element)[side];
  if (!next || !FACTORS.includes(next.localName)) return null;
  space?.remove();
  return next;
}

function number(value: number, format: Format) {
  const shown = text("mn", format.plain(value));
  if (value >= 0) return shown;
  const row = document.createElementNS(MATHML, "mrow");
  row.append(text("mo", "("), shown, text("mo", ")"));
  return row;
}

function text(name: string, content: string) {
  const element = document.createElementNS(MATHML, name);
  element.textContent = content;
  return element;
}

/**
 * A formula of the catalogue: MathML whose symbols carry the field that they stand for.
 *
 * @typedef {import("../base/format.mjs").Format} Format
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * The formula as it is printed.
 * @param {string} mathml of the catalogue
 */
export function symbolic(mathml) {
  const template = document.createElement("template");
  template.innerHTML = mathml;
  return /** @type {Element} */ (template.content.firstElementChild);
}

/**
 * The formula with figures in the place of the symbols, and the answer in the place of what it is the formula of.
 * @param {string} mathml @param {(field: string) => number | null} figure @param {Format} format @param {string} answer
 */
export function withFigures(mathml, figure, format, answer) {
  const math = symbolic(mathml);
  for (const symbol of math.querySelectorAll("[data-field]")) {
    const value = figure(/** @type {string} */ (symbol.getAttribute("data-field"))) ?? figure(symbol.getAttribute("data-else") ?? "");
    if (value == null) continue;
    const shown = number(value, format);
    symbol.replaceWith(shown);
    separate(shown);
  }
  replaceLeft(math, text("mtext", answer));
  return math;
}

/** What stands before the first equals sign makes room for the answer. @param {Element} math @param {Element} answer */
function replaceLeft(math, answer) {
  const equals = [...math.querySelectorAll("mo")].find((mo) => mo.textContent === "=");
  if (!equals?.parentElement) return;
  while (equals.previousSibling) equals.previousSibling.remove();
  equals.before(answer);
}

/** Elements whose children stand in a row; those of others (a fraction, a power) have places. */
const ROWS = ["math", "mrow", "msqrt", "mpadded", "mstyle"];

/** What may be multiplied by standing beside something. */
const FACTORS = ["mn", "mi", "msup", "msub", "mfrac", "msqrt"];

/** Letters side by side are a product; figures side by side would be another figure. @param {Element} shown */
function separate(shown) {
  if (!ROWS.includes(shown.parentElement?.localName ?? "")) return;
  const before = neighbour(shown, "previousElementSibling");
  const after = neighbour(shown, "nextElementSibling");
  if (before) before.after(text("mo", "⋅"));
  if (after) after.before(text("mo", "⋅"));
}

/**
 * The factor beside an element, null where something else stands there. A space between the two goes.
 * @param {Element} element @param {"previousElementSibling" | "nextElementSibling"} side
 */
function neighbour(element, side) {
  const space = element[side]?.localName === "mspace" ? element[side] : null;
  const next = (space ?? element)[side];
  if (!next || !FACTORS.includes(next.localName)) return null;
  space?.remove();
  return next;
}

/** @param {number} value @param {Format} format */
function number(value, format) {
  const shown = text("mn", format.plain(value));
  if (value >= 0) return shown;
  const row = document.createElementNS(MATHML, "mrow");
  row.append(text("mo", "("), shown, text("mo", ")"));
  return row;
}

/** @param {string} name @param {string} content */
function text(name, content) {
  const element = document.createElementNS(MATHML, name);
  element.textContent = content;
  return element;
}

/**
 * The one module that puts a problem or a warning of the engine into words: the catalogue's sentence, with the field's
 * title and the notice's figure in its unit.
 *
 * @typedef {import("../engine/engine.mjs").Notice} Notice
 * @typedef {import("../engine/catalogue.gen.mjs").Field} Field
 * @typedef {import("./format.mjs").Format} Format
 */

import catalogue from "../engine/catalogue.gen.mjs";
import { words } from "./words.mjs";

/** The page's own notice: what was typed is not a number, so that the engine was never asked. */
export const NOT_A_NUMBER = "not_a_number";

/** @type {Map<string, string>} */
const sentences = new Map([
  ...catalogue.notices.map((n) => /** @type {[string, string]} */ ([n.code, n.text])),
  [NOT_A_NUMBER, words.notANumber],
]);

/**
 * The name of the input that a notice is about, without the index of a list's element.
 * @param {Notice} notice
 */
export function fieldOf(notice) {
  return notice.field.split("/", 1)[0];
}

/**
 * @param {Notice} notice @param {Field[]} fields of the calculation's input @param {Format} format
 */
export function sentenceOf(notice, fields, format) {
  const field = fields.find((f) => f.name === fieldOf(notice));
  const text = sentences.get(notice.code) ?? words.unknownNotice;
  return text.replace(/\{(field|limit)(?::(\w+))?\}/g, (_, what, unit) =>
    what === "field" ? titleOf(notice, field) : figure(notice.limit, unit, innermost(notice, field), format),
  );
}

/** "Customers left, value 4," for a list; "Fall of churn (levers, 2)" for a list of objects. @param {Notice} notice @param {Field} [field] */
function titleOf(notice, field) {
  const title = field?.title ?? words.thisFigure;
  const [, index, within] = notice.field.split("/");
  if (index === undefined) return title;
  const inner = field?.fields?.find((f) => f.name === within);
  return inner ? words.within(inner.title, title, Number(index) + 1) : words.element(title, Number(index) + 1);
}

/** The field that holds the figure itself. @param {Notice} notice @param {Field} [field] */
function innermost(notice, field) {
  const within = notice.field.split("/")[2];
  return field?.fields?.find((f) => f.name === within) ?? field;
}

/** @param {number} limit @param {string | undefined} unit @param {Field | undefined} field @param {Format} format */
function figure(limit, unit, field, format) {
  // The sentence names the unit itself.
  if (unit === "years" || unit === "months") return format.value(Number(limit.toPrecision(2)), "count");
  if (unit === "money" || field?.unit === "money") return format.money(limit, true);
  if (!unit && field?.unit === "periods") return format.value(limit, "count");
  return format.value(limit, unit ?? field?.unit);
}

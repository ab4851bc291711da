/**
 * The one module that puts a problem or a warning of the engine into words: the catalogue's sentence, with the field's
 * title and the notice's figure in its unit.
 */

import { type Words, amid } from "./words.ts";
import type { Field } from "./catalogue.gen.mjs";
import type { Figures } from "./figures.ts";
import type { Format } from "./format.ts";

/** A problem or a warning of the engine. */
export type Notice = { code: string, field: string, limit: number };

/** The page's own notice: what was typed is not a number, so that the engine was never asked. */
export const NOT_A_NUMBER = "not_a_number";

/** The name of the input that a notice is about, without the index of a list's element. */
export function fieldOf(notice: Notice) {
  return notice.field.split("/", 1)[0];
}

/** @param fields of the calculation's input @param input whose rows may have names */
export function sentenceOf(notice: Notice, fields: Field[], format: Format, words: Words, input?: Figures | null) {
  const field = fields.find((f) => f.name === fieldOf(notice));
  const title = titleOf(notice, field, format, words, input);
  if (notice.code === NOT_A_NUMBER) return words.notANumber({ field: title, example: format.typed(1234.5) });
  const text = words.notices[notice.code] ?? words.unknownNotice({ field: title });
  return text.replace(/\{(field|limit)(?::(\w+))?\}/g, (_, what, unit) =>
    what === "field" ? title : figure(notice.limit, unit, innermost(notice, field), format),
  );
}

/** "Customers left, value 4," for a list; "Fall of churn (levers, 2)" for a list of objects, "Spend (Google Ads)" for one whose rows have names. */
function titleOf(notice: Notice, field: Field | undefined, format: Format, words: Words, input?: Figures | null) {
  const title = field?.title ?? words.thisFigure;
  const [, index, within] = notice.field.split("/");
  if (index === undefined) return title;
  const n = format.value(Number(index) + 1, "count");
  const inner = field?.fields?.find((f) => f.name === within);
  const row = field?.row && input?.[field.name]?.[index]?.name;
  if (inner && row) return format.counted(inner.title, String(row));
  return inner ? words.within({ inner: inner.title, title: amid(title, words.lang), n }) : words.element({ title, n });
}

/** The field that holds the figure itself. */
function innermost(notice: Notice, field?: Field) {
  const within = notice.field.split("/")[2];
  return field?.fields?.find((f) => f.name === within) ?? field;
}

function figure(limit: number, unit: string | undefined, field: Field | undefined, format: Format) {
  // The sentence names the unit itself.
  if (unit === "years" || unit === "months" || unit === "days") return format.value(Number(limit.toPrecision(2)), "count");
  if (unit === "ratio") return format.value(limit, "count"); // of 1 spent, so without its sign
  if ((unit ?? field?.unit) === "money") return format.money(limit, true);
  if (!unit && field?.unit === "periods") return format.value(limit, "count");
  return format.value(limit, unit ?? field?.unit);
}

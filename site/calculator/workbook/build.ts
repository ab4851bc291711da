/**
 * A calculation as a workbook. The first sheet is a page to print: the figures, the results, a chart, what happens when two
 * figures change, and what it rests on. Behind it stand the workings, one below the other; the tables, a sheet each; the cases
 * of the first sheet, a column each. What has a formula follows when a figure is changed; what has none is a value, and is
 * shown only as long as the figures are those it was calculated from.
 */

import type { Book } from "./sheet/model.ts";
import { Context, type Given } from "./context.ts";
import { Inputs, listSheet, recordSheets } from "./inputs.ts";
import { Scenarios } from "./scenarios.ts";
import { calculate } from "./sheet/evaluate.ts";
import { definitionOf } from "./definitions.ts";
import { directionOf } from "../../base/messages.ts";
import { firstSheet } from "./page.ts";
import { givenSheets, tableSheets, valueSheets } from "./tables.ts";
import { workingsSheet } from "./workings.ts";
import type { Answered } from "../../base/share.ts";
import type { Calculation } from "../../base/catalogue.gen.mjs";

/**
 * What Excel itself takes where Calibri lacks the letters. Named outright: a program without Calibri otherwise takes signs and spaces from one font and letters from
 * another, and LibreOffice prints boxes where a link stands.
 */
const FONTS: Record<string, string> = { ar: "Arial", ja: "Yu Gothic" };

export function workbook(calculation: Calculation, answered: Answered, given: Given): Book {
  const context = new Context(calculation, answered, definitionOf(calculation.id, answered.input, answered.result), given);
  const { words, said, names, live } = context;
  const inputs = new Inputs(context);
  const scenarios = live ? Scenarios.of(context, inputs) : undefined;
  const first = firstSheet(context, inputs, scenarios);
  const sheets = [
    first.sheet, ...recordSheets(context, inputs), ...givenSheets(context, inputs),
    ...(live ? [workingsSheet(context, inputs), ...tableSheets(context)] : []), ...valueSheets(context),
    ...(scenarios ? [scenarios.sheet()] : []), ...(inputs.lists.length ? [listSheet(context, inputs)] : []),
  ];
  const book: Book = {
    title: calculation.title, subject: calculation.question, author: "Hourglass", language: said.lang,
    rightToLeft: directionOf(said.lang) === "rtl", font: FONTS[said.lang] ?? "Calibri", made: given.made, sheets, names,
    foot: { left: `Hourglass ${given.version} – ${calculation.title}`, right: (page, of) => words.sheetPageOf({ page, of }) },
  };
  calculate(book);
  first.draw(book);
  return book;
}


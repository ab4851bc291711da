/**
 * Rows of a table from text: what a spreadsheet copies (tabs), or a file holds (commas or semicolons), with headings or
 * without. It says what it took and what it did not.
 */

import { type Format, isPercent } from "../../base/format.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figure, Figures } from "../../base/figures.ts";

/** A column of a table: a field of its rows or, of kind "name", what a row is called. */
export interface Column {
  name: string;
  title: string;
  kind: "name" | "number";
  field?: Field;
}

/** What came of a text. */
export interface Pasted {
  rows: Figures[];
  columns: Column[]; // those that were filled
  left: string[]; // headings of columns that no column of the table is like
  total: boolean; // the last row was the sum of the others, and is none
  over: number; // rows for which there was no room
  bad: number; // cells that are no number, and stand in the rows as text
  fractions: { title: string; from: number }[]; // columns of shares that were read as fractions, with one of their values
}

/** What stands for nothing in a cell. */
const BLANK = /^(?:|[-–—]|n\/?a|null|none)$/i;

/** By how much the sum of the others may differ from a row that is their total: its figures are rounded. */
const TOTAL_MISS = 0.005;

/** Whether a text is more than one cell. */
export const isTable = (text: string) => /[\t\n\r]/.test(text.replace(/\s+$/, ""));

/**
 * Reads a text into rows.
 * @param columns of the table, in the order that cells without a heading have
 * @param room how many rows may come
 */
export function readPaste(text: string, columns: Column[], room: number, format: Format): Pasted {
  const lines = cellsOf(text).filter((cells) => cells.some((cell) => cell.trim() !== ""));
  const headed = lines.length > 0 && isHeading(lines[0], columns, format);
  const found = headed ? matched(lines[0], columns) : columns.slice(0, Math.max(0, ...lines.map((cells) => cells.length)));
  const left = headed ? lines[0].filter((cell, i) => cell.trim() !== "" && !found[i]) : [];
  const read = (headed ? lines.slice(1) : lines).map((cells) => rowOf(cells, found, format));
  const total = isTotal(read, columns);
  const all = (total ? read.slice(0, -1) : read).filter((row) => Object.keys(row).some((name) => name !== "name"));
  const rows = all.slice(0, room);
  const used = columns.filter((c) => found.includes(c) && rows.some((row) => c.name in row));
  return {
    rows, columns: used, left, total, over: all.length - rows.length,
    bad: rows.reduce((n, row) => n + used.filter((c) => c.kind === "number" && typeof row[c.name] === "string").length, 0),
    fractions: used.flatMap((c) => asFractions(c, rows, headed ? lines.slice(1) : lines, found.indexOf(c))),
  };
}

/** Lines of cells; a cell in quotes may hold what parts them. */
export function cellsOf(text: string): string[][] {
  const parts = separatorOf(text);
  const lines: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const close = () => {
    lines[lines.length - 1].push(cell.trim());
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') cell += text[++i];
    else if (c === '"' && (quoted || cell.trim() === "")) quoted = !quoted;
    else if (quoted) cell += c === "\n" || c === "\r" ? " " : c;
    else if (c === parts) close();
    else if (c === "\n" || c === "\r") {
      close();
      if (c === "\r" && text[i + 1] === "\n") i++;
      lines.push([]);
    } else cell += c;
  }
  close();
  return lines;
}

/** A table of two columns as it is read: retention by day often comes as two rows, with days such as "D7". */
export function upright(text: string) {
  const lines = cellsOf(text).map((cells) => cells.map((cell) => cell.replace(/^\p{L}+ ?(?=\p{N})/u, ""))).filter((cells) => cells.some(Boolean));
  const across = lines.length === 2 && lines[0].length > 2;
  return (across ? lines[0].map((cell, i) => [cell, lines[1][i] ?? ""]) : lines).map((cells) => cells.join("\t")).join("\n");
}

/** What parts the cells: a tab where there is one, else a semicolon, else a comma. */
function separatorOf(text: string) {
  const bare = text.replace(/"[^"]*"/g, "");
  return ["\t", ";"].find((sign) => bare.includes(sign)) ?? ",";
}

/** A heading as it is compared: case, units in brackets and what stands between words do not count. */
const plain = (text: string) => text.toLowerCase().replace(/\([^)]*\)|\[[^\]]*\]/g, " ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const isFigure = (cell: string, format: Format) => typeof format.parse(cell) === "number";

/** Whether a line names columns: none of its cells is a figure, and one at least is called like a column. */
function isHeading(cells: string[], columns: Column[], format: Format) {
  return !cells.some((cell) => isFigure(cell, format)) && (matched(cells, columns).some(Boolean) || cells.filter((cell) => cell !== "").length > 1);
}

/** The columns that headings name, in their places: the same words first, then those that hold the other's. */
function matched(headings: string[], columns: Column[]): (Column | undefined)[] {
  const found: (Column | undefined)[] = headings.map(() => undefined);
  const names = (c: Column) => [c.title, c.name].map(plain);
  const fits: ((heading: string, name: string) => boolean)[] = [
    (heading, name) => heading === name,
    (heading, name) => ` ${heading} `.includes(` ${name} `) || ` ${name} `.includes(` ${heading} `),
  ];
  for (const fit of fits) {
    for (const [i, heading] of headings.map(plain).entries()) {
      if (heading === "" || found[i]) continue;
      found[i] = columns.find((c) => !found.includes(c) && names(c).some((name) => fit(heading, name)));
    }
  }
  // Of two columns, which are lists, the one not called by its name is the other.
  const others = columns.filter((c) => !found.includes(c));
  if (columns.length === 2 && headings.length === 2 && others.length === 1) found[found.findIndex((c) => !c)] = others[0];
  return found;
}

function rowOf(cells: string[], columns: (Column | undefined)[], format: Format): Figures {
  const row: Figures = {};
  for (const [i, column] of columns.entries()) {
    const text = (cells[i] ?? "").trim();
    if (column && !BLANK.test(text)) row[column.name] = column.kind === "name" ? text : readCell(text, column, format);
  }
  return row;
}

/** A figure, or the text where it is none. */
export function readCell(text: string, { field }: Column, format: Format): Figure {
  return format.parse(text, field?.unit);
}

/** Whether the last row is the sum of the others in each column that adds up. */
function isTotal(rows: Figures[], columns: Column[]) {
  const last = rows.at(-1);
  if (rows.length < 3 || !last) return false;
  const sums = columns.filter((c) => c.field?.adds && typeof last[c.name] === "number");
  return sums.length > 0 && sums.every((c) => {
    const sum = rows.slice(0, -1).reduce((n, row) => n + (typeof row[c.name] === "number" ? row[c.name] : 0), 0);
    return last[c.name] !== 0 && Math.abs(sum - last[c.name]) <= TOTAL_MISS * Math.abs(sum);
  });
}

/**
 * A column of shares without a single sign of per cent, in which no figure is above 1, is taken for fractions: 0.05 is 5%.
 * @param at its place among the cells
 */
function asFractions(column: Column, rows: Figures[], lines: string[][], at: number) {
  if (!isPercent(column.field?.unit) || lines.some((cells) => /[%٪％]/.test(cells[at] ?? ""))) return [];
  const values = rows.map((row) => row[column.name]).filter((v) => typeof v === "number");
  const typed = values.map((v) => Number((100 * v).toPrecision(12)));
  if (!typed.some((v) => v > 0 && v < 1) || typed.some((v) => v > 1)) return [];
  for (const row of rows) if (typeof row[column.name] === "number") row[column.name] = Number((100 * row[column.name]).toPrecision(12));
  return [{ title: column.title, from: required(typed.find((v) => v > 0)) }];
}

/** What some() has just found. */
function required(v: number | undefined) {
  if (v === undefined) throw new Error("no figure above 0");
  return v;
}

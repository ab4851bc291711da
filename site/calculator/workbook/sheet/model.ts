/**
 * A workbook as data: what ooxml.ts and odf.ts write, and evaluate.ts calculates. It knows nothing of calculations.
 * Formulas are written as Excel writes them, in English and without the sign in front.
 */

export type Value = number | string | boolean;

export interface Style {
  bold?: boolean;
  italic?: boolean;
  size?: number; // in points
  colour?: string; // six hexadecimal digits
  fill?: string;
  border?: "box" | "under" | "over"; // around, below, above
  edge?: string; // its colour
  align?: "start" | "end" | "middle";
  indent?: number;
  wrap?: boolean;
  shrink?: boolean; // in smaller letters where it is wider than its cell
  ltr?: boolean; // an address reads from left to right, whatever stands around it
  format?: string; // of numbers, as Excel writes it
  open?: boolean; // may be changed in a protected sheet
}

/** A formula's value is filled in by calculate(). */
export interface Cell {
  value?: Value;
  formula?: string;
  style?: Style;
  link?: string;
  copied?: { from: Cell; down?: number; right?: number }; // the formula is that of a cell so many rows above, filled down, or to the left, filled to the right
}

/** What may be typed into a cell: a list of words, elsewhere in the book, or a number. */
export interface Validation {
  at: string;
  list?: string; // the cells with the words
  min?: number;
  max?: number;
  above?: boolean; // min itself may not
  whole?: boolean;
  says: string; // when something else is typed
  tells?: { title: string; text: string }; // while the cell is chosen
}

/** Cells, as Excel refers to them. */
export interface Series {
  title: string;
  name: string; // of the cell with the title
  categories: string;
  values: string;
  cells: { values: Value[]; categories: Value[] }; // as they are now
}

export interface Chart {
  kind: "line" | "bars";
  scale?: Scale; // across, where the categories are numbers: a line through points, labelled at the steps alone
  most?: number; // that the axis upwards reaches
  title: string;
  across: string; // the axis's title
  up: string;
  format: string;
  acrossFormat: string;
  series: Series[];
  from: [column: number, row: number]; // both from 0
  to: [column: number, row: number]; // behind the last
}

/** An axis of numbers. */
export interface Scale {
  from: number;
  to: number;
  step: number;
}

export interface Sheet {
  name: string;
  rows: (Cell | undefined)[][];
  widths: number[]; // in characters
  heights?: Record<number, number>; // in points, by row from 0
  merged?: string[];
  frozen?: number; // rows at the top that stay in sight, and are printed on each page
  fit?: "page" | "width"; // printed on one page, or as wide as one
  landscape?: boolean;
  printed?: { columns?: number; rows: number; says: string }; // no more of it is printed, and the foot says so
  hidden?: boolean; // nor printed
  plain?: boolean; // without lines between the cells
  validations?: Validation[];
  alarms?: { at: string; when: string }[]; // cells in red, on a condition
  wholes?: string[]; // cells whose number is shown without decimals where it has none
  charts?: Chart[];
}

export interface Book {
  title: string;
  subject: string;
  author: string;
  language: string;
  rightToLeft: boolean;
  font: string; // that the language's readers have, and that has its letters
  made: Date;
  foot: { left: string; right: (page: string, of: string) => string };
  sheets: Sheet[];
  /** Where each name stands: 'Sheet'!$A$1, or a range. */
  names: Map<string, string>;
  /** Functions of the book's own, as Excel stores them. */
  functions?: Map<string, string>;
}

/** A column's letters. @param column from 0 */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
}

/** A column by its letters, from 0. */
export function columnOf(letters: string): number {
  let n = 0;
  for (let i = 0; i < letters.length; i++) n = n * 26 + letters.charCodeAt(i) - 64;
  return n - 1;
}

/** A cell's place in its sheet. Both from 0. */
export const placeOf = (column: number, row: number) => `${letterOf(column)}${row + 1}`;

/** A sheet's name as formulas write it. */
export const quotedSheet = (name: string) => `'${name.replaceAll("'", "''")}'`;

/** A cell that formulas anywhere may speak of. Both from 0. */
export const absolute = (sheet: string, column: number, row: number) => `${quotedSheet(sheet)}!$${letterOf(column)}$${row + 1}`;

export const absoluteRange = (sheet: string, column: number, row: number, toColumn: number, toRow: number) =>
  `${absolute(sheet, column, row)}:$${letterOf(toColumn)}$${toRow + 1}`;

/**
 * A link whose words read from right to left. LibreOffice draws a linked text as a field, of which a print has no Arabic letters; what a formula gives it draws as any
 * cell, linked or not.
 */
export const linkedFromTheRight = (book: Pick<Book, "rightToLeft">, { link, value, style }: Cell) => (book.rightToLeft && link !== undefined && typeof value === "string" && !style?.ltr ? value : undefined);

/** What is printed of a sheet where that is not all: 'Sheet'!$A$1:$G$61. */
export function printedRange({ name, printed, widths, rows }: Sheet): string | undefined {
  return printed && absoluteRange(name, 0, 0, Math.min(printed.columns ?? widths.length, widths.length) - 1, Math.min(printed.rows, rows.length) - 1);
}

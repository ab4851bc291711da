/**
 * The same calculation for other figures, a column each: the low and the high case of the first sheet, and each cell of its
 * table, in which two figures change. A column holds no more than what its results rest on. The formulas are those of the
 * workings, over the column's own cells, so that a row reads alike from its first cell to its last.
 */

import { FIGURE, HEAD, HEAD_FIGURE, ASIDE, STEP, formatOf, oftenWhole, typedFormat, yesNo } from "./formats.ts";
import { type Book, type Cell, type Sheet, absolute, absoluteRange, letterOf } from "./sheet/model.ts";
import { type Context, PRINTED, literal } from "./context.ts";
import { type Here, type Places, compile, nameOf } from "./compile.ts";
import { Wrong, evaluate } from "./sheet/evaluate.ts";
import { flagged } from "./workings.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import { required } from "../../base/certain.ts";
import type { Inputs } from "./inputs.ts";
import type { Table } from "./definition.ts";

/** How far a figure is changed to find out which ones matter, and at first in the table. */
export const VARIATION = 0.1;

/** The table on the first sheet is so many figures wide and high. */
export const GRID = 5;

/** More cells than these make a file that is slow to open: then there is no table, or no other case at all. */
const MOST_CELLS = 20_000;

/** A table of more rows than these is not repeated for each case, nor made names of a function's. */
const LONGEST_TABLE = 150;

/** Results beside the main one that the low and the high case tell. */
export const MOST_RESULTS = 12;

/** The row that tells whether a case's figures are valid. */
export const VALID = "valid:";

interface Row {
  key: string;
  label: string;
  formula?: (places: Places) => string;
  field?: Field;
  unit?: string; // of what is no field
}

/** What a case changes: an input's cell instead of the base figure. */
export interface Case {
  title: string;
  figure: (field: Field) => string | undefined; // a formula
  alone?: boolean; // without the rest of the book
  main?: boolean; // the main result is all that is asked of it
}

/** What stands for the letters of a case's own column. */
const COLUMN = "\u0001";

const inColumn = (pattern: string, column: number) => pattern.replaceAll(COLUMN, letterOf(column));

/** A formula that stands in many columns: its first cell, and whether it says yes or no. */
interface Filled {
  cell: Cell;
  flag: boolean;
  column: number;
}

/** The same formula in another column: its own cells move along, and no other of its cells is written without a sign that keeps it. */
function filledRight({ cell, flag, column: from }: Filled, pattern: string, column: number): Cell {
  const formula = inColumn(pattern, column);
  return { formula: flag ? `IF(${formula},1,0)` : formula, style: cell.style ?? {}, copied: { from: cell, right: pattern.includes(COLUMN) ? column - from : 0 } };
}

export class Scenarios {
  readonly rows: Row[] = [];
  readonly cases: Case[] = [];
  readonly #at = new Map<string, number>();
  readonly #patterns = new Map<Row, string>();
  readonly #main = new Set<string>(); // the keys of rows that the main result rests on
  #trial: { cells: Cell[][]; book: Book } | undefined;

  private constructor(readonly c: Context, readonly inputs: Inputs, readonly headline: string, readonly results: string[]) {
    this.#collect();
  }

  /** Cases of the main result; undefined where that has no formula, or one that rests on a table too long to repeat. */
  static of(c: Context, inputs: Inputs): Scenarios | undefined {
    const paths = c.results.map((r) => r.path).filter((path) => path in c.workings.results && !isFound(c, path) && repeats(c, path));
    const { defines } = c.calculation;
    const headline = paths.includes(defines) || defines in c.workings.results ? defines : paths[0];
    if (!headline || !paths.includes(headline)) return undefined;
    const scenarios = new Scenarios(c, inputs, headline, [headline, ...paths.filter((path) => path !== headline)].slice(0, MOST_RESULTS));
    return scenarios.rows.length * 2 > MOST_CELLS ? undefined : scenarios;
  }

  /** Whether there is room for the table. */
  get roomy() {
    return this.#main.size * GRID * GRID + this.rows.length * 2 <= MOST_CELLS;
  }

  /** Adds a case, and returns where a result of it will stand, or whether it is VALID. */
  add(one: Case): (path: string) => string | undefined {
    const column = this.cases.push(one);
    return (path) => (path === VALID || this.results.includes(path) ? absolute(this.c.words.sheetScenarios, column, this.#row(path === VALID ? VALID : `shown:${path}`)) : undefined);
  }

  sheet(): Sheet {
    const { words } = this.c;
    const wholes: string[] = [];
    const rows: Cell[][] = this.rows.map((row, r) => {
      const filled = new Map<string, Filled>();
      const cells = this.cases.map((one, k): Cell => {
        if (one.main && !this.#main.has(row.key)) return {};
        const [pattern, column] = [this.#pattern(row, one), k + 1];
        const first = filled.get(pattern);
        if (first) return filledRight(first, pattern, column);
        const { formula, flag } = flagged(inColumn(pattern, column));
        const cell = { formula, style: { ...FIGURE, shrink: true, format: flag ? yesNo(words.sheetYes, words.sheetNo) : this.#look(row) } };
        filled.set(pattern, { cell, flag, column });
        return cell;
      });
      if (row.field ? oftenWhole(row.field.unit) : !row.unit) wholes.push(...this.cases.map((_, k) => `${letterOf(k + 1)}${r + 3}`));
      return [{ value: row.label }, ...cells];
    });
    const head: Cell[] = [{ value: words.sheetCase, style: HEAD }, ...this.cases.map((one): Cell => ({ value: one.title, style: HEAD_FIGURE }))];
    return { name: words.sheetScenarios, rows: [[{ value: words.sheetScenariosSays, style: ASIDE }], head, ...rows], widths: [44, ...this.cases.map(() => 13)], frozen: 2, fit: "width", printed: { columns: 3, rows: 2 + PRINTED, says: words.sheetPrintedCases }, wholes: rows.length * this.cases.length < 2000 ? wholes : [] };
  }

  #look({ key, field, unit }: Row) {
    const { c } = this;
    const [kind, name] = key.split(":");
    if (kind === "input" && field) return typedFormat(field.unit, c.currency, c.answered.input[name]);
    if (field) return formatOf(field.unit, c.currency, c.computed(name));
    return unit ? formatOf(unit, c.currency) : STEP;
  }

  /** What the main result is for other figures. @param changed inputs by name */
  probe(changed: Record<string, number>): number | undefined {
    const { c } = this;
    const { cells, book } = (this.#trial ??= this.#tried());
    const one: Case = { title: "", alone: true, figure: (field) => literal(changed[field.name] ?? c.answered.input[field.name] ?? field.default ?? null) };
    this.rows.forEach((row, r) => row.key.startsWith("input:") && (cells[r][1] = { formula: inColumn(this.#pattern(row, one), 1) }));
    const found = evaluate(book, absolute(c.words.sheetScenarios, 1, this.#row(`shown:${this.headline}`)));
    return found instanceof Wrong || typeof found !== "number" ? undefined : found;
  }

  /** A case in a book of its own. Its formulas are written and read once for all figures that are tried in it; what is typed into its inputs is left to each. */
  #tried() {
    const { c } = this;
    const sheet = (name: string, rows: Cell[][]): Sheet => ({ name, rows, widths: [] });
    const constant = Object.entries(c.workings.tables).map(([name, table]) => ({ name, table, columns: Object.keys(table.columns).map((column) => isFixed(c, name, column) && column) })).filter(({ columns }) => columns.some(Boolean));
    const names = new Map(constant.flatMap(({ name, table, columns }) => columns.flatMap((column, k) => (column ? [[nameOf(`${name}:${column}`), absoluteRange(c.tableSheet(name), k, 1, k, table.rows)] as const] : []))));
    const places: Places = { ...c.places, figure: (name) => c.workings.results[name] };
    const cell = ({ name, table }: (typeof constant)[number], column: string, row: number): Cell => {
      const formula = table.columns[column];
      return typeof formula === "string" ? { formula: compile(formula, places, { table: name, row }) } : { value: row + Number(formula(0)) };
    };
    const fixed = constant.map((one) => sheet(c.tableSheet(one.name), [[], ...Array.from({ length: one.table.rows }, (_, row) => one.columns.map((column) => (column ? cell(one, column, row) : {})))]));
    const records = c.records.flatMap((r) => r.values.flatMap((record, i) => r.fields.map((f) => ({ name: `${r.name}_${i + 1}_${f.name}`, value: record[f.name] })))).concat(c.lists.flatMap(({ field, values }) => values.map((value, i) => ({ name: `${field.name}_${i + 1}`, value }))));
    records.forEach(({ name }, i) => names.set(name, absolute("records", 0, i)));
    const one: Case = { title: "", alone: true, figure: () => undefined };
    const cells: Cell[][] = this.rows.map((row) => [{}, row.key.startsWith("input:") ? {} : { formula: flagged(inColumn(this.#pattern(row, one), 1)).formula }]);
    const book = {
      sheets: [sheet(c.words.sheetScenarios, [[], [], ...cells]), ...fixed, sheet("records", records.map(({ value }) => [typeof value === "number" || typeof value === "string" ? { value } : { value: "" }]))], names,
    } as Partial<Book> as Book; // no more is read by evaluate
    return { cells, book };
  }

  /** The two figures that the main result follows most, the first one first, each with the way that raises the result. */
  drivers(): { field: Field; up: boolean }[] {
    const { c } = this;
    const base = this.probe({});
    if (base === undefined) return [];
    const swings = c.singles.filter((f) => f.kind === "number" && !f.whole && Number(c.answered.input[f.name] ?? f.default ?? 0) !== 0).map((field) => {
      const value = Number(c.answered.input[field.name] ?? field.default);
      const [less, more] = [1 - VARIATION, 1 + VARIATION].map((by) => this.probe({ [field.name]: clipped(field, value * by) }));
      return { field, swing: less === undefined || more === undefined ? 0 : Math.sign(value) * (more - less) };
    });
    const [first, ...others] = swings.filter((s) => Math.abs(s.swing) > 1e-9 * Math.abs(base)).sort((a, b) => Math.abs(b.swing) - Math.abs(a.swing));
    if (!first) return [];
    // Two figures that do the same, as price and margin do, make a table that says everything twice.
    const second = others.find((s) => Math.abs(Math.abs(s.swing) - Math.abs(first.swing)) > 1e-6 * Math.abs(first.swing)) ?? others[0];
    return [first, ...(second ? [second] : [])].map(({ field, swing }) => ({ field, up: swing > 0 }));
  }

  /** A row's formula in a case. Only what is typed, and what is valid, is asked of the case: the rest is written once. */
  #pattern(row: Row, one: Case): string {
    const own = /^(input|valid):/.test(row.key);
    const found = (own ? undefined : this.#patterns.get(row)) ?? this.#written(row, one);
    if (!own) this.#patterns.set(row, found);
    return found;
  }

  /** With COLUMN for the letters of the case's column. */
  #written(row: Row, one: Case): string {
    const [kind, name] = row.key.split(/:(.*)/s);
    const cell = (key: string) => `${COLUMN}${this.#row(key) + 1}`;
    if (kind === "input") {
      const field = required(row.field, `field of ${row.key}`);
      return one.figure(field) ?? nameOf(field.name);
    }
    if (kind === "valid") {
      const bounds = this.c.singles.filter((f) => (one.main ? this.#main : this.#at).has(`input:${f.name}`)).map((f) => this.inputs.holds(f, cell(`input:${f.name}`)));
      const rules = this.c.workings.rules.map((_, i) => `${cell(`rule:${i}`)}=0`);
      return `AND(${[...(one.alone ? [] : ["inputs_valid=1"]), ...bounds, ...rules].join(",") || "TRUE"})`;
    }
    if (kind === "shown") return `IF(${cell(VALID)}=1,IFERROR(${cell(`figure:${name}`)},""),"")`;
    return this.c.worded(required(row.formula, `formula of ${row.key}`)(this.#places()));
  }

  /** From 0. Two rows stand above. */
  #row(key: string) {
    const found = this.#at.get(key);
    if (found === undefined) throw new Error(`The cases have no row ${key}.`);
    return found + 2;
  }

  #places(): Places {
    const at = (key: string) => `${COLUMN}${this.#row(key) + 1}`;
    const { tables } = this.c.workings;
    return {
      tables: this.c.places.tables,
      figure: (name) => (this.#at.has(`input:${name}`) ? at(`input:${name}`) : this.#at.has(`figure:${name}`) ? at(`figure:${name}`) : this.c.places.figure(name)),
      column: (table, name) => (isFixed(this.c, table, name) ? nameOf(`${table}:${name}`) : `${at(`cell:${table}:${name}:0`)}:${at(`cell:${table}:${name}:${tables[table].rows - 1}`)}`),
      cell: (table, name, row) => (isFixed(this.c, table, name) ? this.c.places.cell(table, name, row) : at(`cell:${table}:${name}:${row}`)),
    };
  }

  /** Finds what the results rest on, and puts it into the order of the workings. */
  #collect() {
    const { steps, tables, results, rules } = this.c.workings;
    const needed = new Set<string>();
    const source = (name: string) => steps[name] ?? results[name];
    const singles = new Map(this.c.singles.map((f) => [f.name, f]));
    const cellSource = (table: string, column: string, row: number) => {
      const formula = tables[table].columns[column];
      return typeof formula === "string" ? formula : formula(row);
    };
    const need = (key: string, formula: string | undefined, here?: Here) => {
      if (needed.has(key)) return;
      needed.add(key);
      if (formula !== undefined) compile(formula, walk, here);
    };
    const needCell = (table: string, column: string, row: number) => need(`cell:${table}:${column}:${row}`, cellSource(table, column, row), { table, row });
    const walk: Places = {
      tables: this.c.places.tables,
      figure: (name) => {
        if (singles.has(name)) need(`input:${name}`, undefined);
        else if (source(name) !== undefined) need(`figure:${name}`, source(name));
        return this.c.places.figure(name);
      },
      column: (table, name) => {
        if (!isFixed(this.c, table, name)) for (let row = 0; row < tables[table].rows; row++) needCell(table, name, row);
        return "";
      },
      cell: (table, name, row) => {
        if (!isFixed(this.c, table, name)) needCell(table, name, row);
        return "";
      },
    };
    rules.forEach((rule, i) => need(`rule:${i}`, rule.refused));
    need(`figure:${this.headline}`, results[this.headline]);
    for (const key of [...needed, VALID, `shown:${this.headline}`]) this.#main.add(key);
    for (const path of this.results) need(`figure:${path}`, results[path]);

    const add = (row: Row) => this.#at.set(row.key, this.rows.push(row) - 1);
    const figure = (name: string, label: string, more: Pick<Row, "field" | "unit">) => needed.has(`figure:${name}`) && add({ key: `figure:${name}`, label, formula: (places) => compile(source(name), places), ...more });
    for (const [name, field] of singles) if (needed.has(`input:${name}`)) add({ key: `input:${name}`, label: field.title, field });
    for (const name of Object.keys(steps)) figure(name, this.c.text(`step_${name}`), { unit: this.c.units.step(name) });
    for (const [table, { rows, columns, of }] of Object.entries(tables)) {
      const fields = this.c.calculation.results.find((f) => f.name === of)?.fields;
      for (const column of Object.keys(columns)) {
        for (let row = 0; row < rows; row++) {
          if (!needed.has(`cell:${table}:${column}:${row}`)) continue;
          const label = `${this.c.text(`table_${table}`)}: ${this.c.columnTitle(column, fields?.find((f) => f.name === column))} (${row + 1})`;
          add({ key: `cell:${table}:${column}:${row}`, label, unit: this.c.units.column(table, column), formula: (places) => compile(cellSource(table, column, row), places, { table, row }) });
        }
      }
    }
    for (const result of this.c.results) if (results[result.path]) figure(result.path, this.c.titleOf(result), { field: result.field });
    rules.forEach((rule, i) => add({ key: `rule:${i}`, label: `${this.c.words.sheetCheck}: ${this.c.calculation.inputs.find((f) => f.name === rule.field.split("/")[0])?.title ?? ""}`, formula: (places) => `IF(IFERROR(${compile(rule.refused, places)},TRUE),1,0)` }));
    add({ key: VALID, label: this.c.words.sheetCheck });
    for (const path of this.results) {
      const field = required(this.c.field(path), `field ${path}`);
      add({ key: `shown:${path}`, label: this.c.titleOf({ path, field }), field });
    }
  }
}

/** Within its bounds. */
const clipped = (field: Field, value: number) => Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, value));

/** A column that counts up, whatever the figures: 1, 2, 3. */
export function counts({ rows, columns }: Table, column: string) {
  const formula = columns[column];
  if (typeof formula === "string") return false;
  return rows > 1 && /^\d+$/.test(formula(0)) && formula(1) === `${column}@before+1`;
}

const fixed = new WeakMap<Table, Map<string, boolean>>();

/** A figure that a search found: no cell changes it. */
const isFound = (c: Context, name: string) => c.definition.found?.fitted.includes(name) ?? false;

/** A column that is the same whatever the figures: it counts up, or rests on one that does, and on what a search found. */
function isFixed(c: Context, table: string, column: string): boolean {
  const of = c.workings.tables[table];
  const known = fixed.get(of) ?? new Map<string, boolean>();
  fixed.set(of, known);
  const found = known.get(column);
  if (found !== undefined) return found;
  known.set(column, false); // what rests on itself is none
  const formula = of.columns[column];
  let is = true;
  const look = (other: string, name: string) => ((is &&= isFixed(c, other, name)), "");
  if (!counts(of, column)) {
    if (typeof formula === "string") compile(formula, { tables: c.places.tables, figure: (name) => ((is &&= isFound(c, name)), ""), column: look, cell: look }, { table, row: 0 });
    else is = false;
  }
  known.set(column, is);
  return is;
}

/** Whether a result can be calculated anew for each case: it rests on no table that is long. */
export function repeats(c: Context, path: string, most = LONGEST_TABLE): boolean {
  const { steps, tables, results } = c.workings;
  const seen = new Set<string>();
  let short = true;
  const look = (formula: string | undefined, key: string, here?: Here) => {
    if (formula === undefined || seen.has(key)) return;
    seen.add(key);
    compile(formula, walk, here);
  };
  const cell = (table: string, name: string, row: number) => {
    if (tables[table].rows > most) short = false;
    const formula = tables[table].columns[name];
    look(typeof formula === "string" ? formula : formula(row), `${table}:${name}:${row}`, { table, row });
    return "";
  };
  const walk: Places = {
    tables: c.places.tables,
    figure: (name) => (look(steps[name] ?? results[name], name), c.places.figure(name)),
    column: (table, name) => {
      if (isFixed(c, table, name)) return "";
      if (tables[table].rows > most) short = false;
      else for (let row = 0; row < tables[table].rows; row++) cell(table, name, row);
      return "";
    },
    cell,
  };
  look(results[path], path);
  return short;
}


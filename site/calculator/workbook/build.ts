/**
 * A calculation as the sheets of a workbook: the figures, the steps and the results one below the other, and the
 * tables, a sheet each. What has a formula follows when a figure is changed; what has none is a value, and is shown only
 * as long as the figures are those it was calculated from.
 */

import { type Here, type Place, compile, letterOf, nameOf } from "./compile.ts";
import { definitionOf } from "./definitions.ts";
import type { Calculation, Field } from "../../base/catalogue.gen.mjs";
import type { Answered } from "../../base/share.ts";
import type { Cell } from "write-excel-file/universal";
import page from "../../messages/en/page.gen.mjs";
import type messages from "../../messages/en/workbook.gen.mjs";
import type { Figure, Figures } from "../../base/figures.ts";

export type Words = typeof messages;

export interface Table {
  rows: number;
  columns: Record<string, string | ((row: number) => string)>; // a formula each, the same in all rows or by row
  of?: string; // the result that it is: a group of lists or a list of objects
}

/** How a calculation is written in a spreadsheet; see definitions.mjs. */
export interface Definition {
  steps?: Record<string, string>; // what the results need on the way
  tables?: Record<string, Table>;
  results: Record<string, string>; // by wire name; group.name for one of a group
}

export type Sheet = { name: string, rows: Cell[][], widths: number[], frozen?: number };

/** Names: where each figure and column stands. */
export type Workbook = { sheets: Sheet[], names: Map<string, string> };

/** The look of a number, by its unit. */
const FORMATS: Record<string, string> = { money: "#,##0.00", share: "0.00%", rate: "0.00%", ratio: '0.00"×"', count: "#,##0.##", days: "#,##0.##", months: "0.##", periods: "0.##", years: "0.##" };
const PLAIN = "General";
const STEP = "#,##0.00####";

const INK = "#2b2a27";
const HEAD = { fontWeight: "bold", bottomBorderStyle: "thin", bottomBorderColor: INK } as const;
const FIGURE = { align: "right", alignVertical: "top" } as const;
const INPUT = { ...FIGURE, backgroundColor: "#fdf3d8", borderStyle: "thin", borderColor: "#d9cfba" } as const;
const ASIDE = { textColor: "#6b675f", wrap: true, alignVertical: "top" } as const;

/** What a workbook needs besides the answer. */
export interface Given {
  words: Words;
  currency: string;
  options: Record<string, string>;
  /** How sentences and facts follow each other. */ signs?: Pick<typeof page, "also" | "follows">;
}

export function workbook(calculation: Calculation, answered: Answered, given: Given): Workbook {
  const definition = definitionOf(calculation.id, answered.input);
  const book = new Book(calculation, answered, definition, given);
  return { sheets: [book.main(), ...book.records(), ...book.tables(), ...book.lists()], names: book.names };
}

class Book {
  names: Map<string, string> = new Map();
  /** what a formula may speak of */ figures: Set<string> = new Set();
  places: Map<string, Place> = new Map();

  readonly words: Words;
  readonly currency: string;
  readonly options: Record<string, string>;
  readonly signs: NonNullable<Given["signs"]>;
  readonly singles: Field[]; // the inputs that are one figure

  constructor(readonly calculation: Calculation, readonly answered: Answered, readonly definition: Definition, { words, currency, options, signs = page }: Given) {
    this.words = words;
    this.currency = currency;
    this.options = options;
    this.signs = signs;
    this.singles = calculation.inputs.filter((f) => f.kind === "number" || f.kind === "option");
    for (const f of this.singles) this.figures.add(f.name);
    for (const name of [...Object.keys(definition.steps ?? {}), ...Object.keys(definition.results)]) this.figures.add(name);
    for (const { name, fields, record } of this.#records()) for (const f of fields) this.figures.add(`${name}_${record + 1}_${f.name}`);
    for (const [name, table] of Object.entries(definition.tables ?? {})) {
      this.places.set(name, { sheet: this.#sheetName(name), columns: Object.keys(table.columns), first: 2, rows: table.rows });
    }
  }

  /** A message; that of a numbered thing, offer_2, is told its number. */
  #text(name: string) {
    const all = this.words as Figures;
    const [, of, n] = name.match(/^(.*)_(\d+)$/) ?? [];
    const text = all[name] ?? all[of];
    if (!text) throw new Error(`There is no message ${name}.`);
    return typeof text === "function" ? text({ n }) : text;
  }

  #sheetName(table: string) {
    return this.#text(`table_${table}`);
  }

  /** The first sheet: what is put in, what is worked out on the way, what comes out. */
  main() {
    const { calculation, words, definition } = this;
    const rows: Cell[][] = [
      [{ value: calculation.title, fontWeight: "bold", fontSize: 16 }],
      [{ value: calculation.question, textColor: ASIDE.textColor }],
      [{ value: words.sheetHow, textColor: ASIDE.textColor }],
      [],
    ];
    const heading = (text: string) => rows.push([], [{ value: text, ...HEAD }, { value: "", ...HEAD }, { value: "", ...HEAD }, { value: "", ...HEAD }]);
    const line = (name: string, label: string, cell: Cell, unit: string | undefined, note: string) => {
      rows.push([{ value: label, wrap: true, alignVertical: "top" }, cell, { value: this.#unit(unit), ...ASIDE }, { value: note, ...ASIDE }]);
      this.names.set(nameOf(name), `'${words.sheetMain}'!$B$${rows.length}`);
    };
    heading(words.sheetInputs);
    for (const f of this.singles) line(f.name, f.title, this.#input(f, this.answered.input[f.name]), f.unit, this.#sentences(f.help, this.#choices(f)));
    heading(words.sheetResults);
    const values = this.#values();
    for (const { field, path } of this.#results()) {
      const formula = definition.results[path];
      if (formula) line(path, field.title, this.#formula(formula, field.unit), field.unit, field.help ?? "");
      else if (values.has(path)) line(path, field.title, this.#value(values.get(path), field.unit), field.unit, this.#sentences(words.sheetValue, field.help));
    }
    const steps = Object.entries(definition.steps ?? {});
    if (steps.length || values.size) heading(words.sheetSteps);
    for (const [name, formula] of steps) line(name, this.#text(`step_${name}`), this.#formula(formula), undefined, "");
    if (values.size) line("as_exported", words.sheetAsExported, this.#formula(this.#asExported(), undefined, true), undefined, words.sheetAsExportedSays);
    rows.push([], [{ value: words.sheetAssumes, ...HEAD }]);
    for (const text of [...calculation.assumptions, calculation.source]) rows.push([{ value: text, ...ASIDE, wrap: false }]);
    return { name: words.sheetMain, rows, widths: [44, 18, 12, 90], frozen: 0 };
  }

  #unit(unit: string | undefined) {
    if (unit === "money") return this.currency;
    return unit ? ((this.words as Figures)[`unit_${unit}`] ?? "") : "";
  }

  #sentences(before = "", after = "") {
    return before && after ? this.signs.follows({ before, after }) : before || after;
  }

  /** What may be typed where only some words may. */
  #choices(field: Field) {
    return field.kind === "option" ? this.words.sheetChoices({ list: (field.options ?? [""]).reduce((before, after) => this.signs.also({ before, after })) }) : field.optional ? this.words.sheetOptional : "";
  }

  #input(field: Field, value: Figure): Cell {
    if (value == null || value === "") return { type: Number, format: FORMATS[field.unit ?? ""] ?? PLAIN, ...INPUT };
    return typeof value === "number" ? { value, type: Number, format: FORMATS[field.unit ?? ""] ?? PLAIN, ...INPUT } : { value: String(value), type: String, ...INPUT };
  }

  #formula(formula: string, unit?: string, compiled = false, here?: Here): Cell {
    const text = compiled ? formula : compile(formula, this.figures, this.places, here);
    return { value: `=${text}`, type: "Formula", format: FORMATS[unit ?? ""] ?? STEP, ...FIGURE };
  }

  /** A result as a value, for as long as the figures are the same. */
  #value(value: Figure, unit?: string): Cell {
    const literal = typeof value === "number" ? String(value) : quoted(String(value));
    return { ...(this.#formula(`IF(as_exported,${literal},"")`, unit, true) as object), fontStyle: "italic" };
  }

  /** Whether the figures are those that were exported. */
  #asExported() {
    const same = this.singles.map((f) => {
      const value = this.answered.input[f.name];
      const cell = nameOf(f.name);
      return value == null ? `${cell}=""` : `${cell}=${typeof value === "number" ? value : quoted(String(value))}`;
    });
    for (const { name, fields, record, values } of this.#records()) {
      for (const f of fields) same.push(`${name}_${record + 1}_${f.name}=${typeof values[f.name] === "number" ? values[f.name] : quoted(values[f.name] ?? "")}`);
    }
    return `AND(${same.join(",")})`;
  }

  /** The results that are one figure. */
  #results(): { field: Field, path: string }[] {
    const one = (f: Field) => f.kind === "number" || f.kind === "option";
    return this.calculation.results.flatMap((f) =>
      one(f) ? [{ field: f, path: f.name }] : f.kind === "group" ? (f.fields ?? []).filter(one).map((g) => ({ field: g, path: `${f.name}.${g.name}` })) : [],
    );
  }

  /** Those without a formula, where there is a figure. */
  #values(): Map<string, Figure> {
    const read = (path: string) => path.split(".").reduce((v: Figure, name) => v?.[name], this.answered.result);
    const paths = this.#results().map((r) => r.path).filter((path) => !(path in this.definition.results));
    return new Map(paths.map((path): [string, Figure] => [path, read(path)]).filter(([, value]) => value != null));
  }

  /** The objects of an input's lists, with the fields that any of them fills in. */
  #records() {
    return this.calculation.inputs
      .filter((f) => f.kind === "records")
      .flatMap((f) => {
        const given: Figures[] = this.answered.input[f.name] ?? [];
        const fields = (f.fields ?? []).filter((g) => given.some((record) => record[g.name] != null));
        return given.map((values, record) => ({ name: f.name, fields, record, values: { ...defaults(fields), ...values } }));
      });
  }

  /** A sheet for each input that is a list of objects. */
  records(): Sheet[] {
    const sheets = new Map();
    for (const { name, fields, record, values } of this.#records()) {
      const sheet = sheets.get(name) ?? { name: this.#sheetName(name), rows: [fields.map((f) => ({ value: f.title, ...HEAD, wrap: true }))], widths: fields.map(() => 18), frozen: 1 };
      sheets.set(name, sheet);
      sheet.rows.push(fields.map((f) => this.#input(f, values[f.name])));
      fields.forEach((f, k) => this.names.set(`${name}_${record + 1}_${f.name}`, `'${sheet.name}'!$${letterOf(k)}$${record + 2}`));
    }
    return [...sheets.values()];
  }

  /** A sheet for each table. */
  tables(): Sheet[] {
    return Object.entries(this.definition.tables ?? {}).map(([name, table]) => {
      const place = this.places.get(name) as Place;
      const of = this.calculation.results.find((f) => f.name === table.of);
      const fields = place.columns.map((column) => of?.fields?.find((f) => f.name === column));
      const rows = Array.from({ length: table.rows }, (_, row) =>
        place.columns.map((column, k) => {
          const formula = table.columns[column];
          return this.#formula(typeof formula === "string" ? formula : formula(row), fields[k]?.unit, false, { table: name, row });
        }),
      );
      place.columns.forEach((column, k) => this.names.set(nameOf(`${name}:${column}`), `'${place.sheet}'!$${letterOf(k)}$${place.first}:$${letterOf(k)}$${place.first + table.rows - 1}`));
      const head = place.columns.map((column, k) => ({ value: fields[k]?.title ?? this.#text(`column_${column}`), ...HEAD, wrap: true }));
      return { name: place.sheet, rows: [head, ...rows], widths: place.columns.map(() => 16), frozen: 1 };
    });
  }

  /** Lists that no table tells, as values. */
  lists(): Sheet[] {
    const inTables = Object.values(this.definition.tables ?? {}).map((t) => t.of);
    const groups = this.calculation.results.filter((f) => !inTables.includes(f.name) && f.fields?.length && (f.kind === "records" || f.fields.some((g) => g.kind === "list")));
    return groups.map((f) => {
      const values = this.answered.result[f.name];
      const fields = (f.fields ?? []).filter((g) => f.kind === "records" || (g.kind === "list" && values[g.name].length > 0));
      const length = f.kind === "records" ? values.length : Math.max(...fields.map((g) => values[g.name].length));
      const at = (g: Field, i: number) => (f.kind === "records" ? values[i][g.name] : values[g.name][i]);
      const rows = Array.from({ length }, (_, i) => fields.map((g) => this.#plain(at(g, i), g.unit)));
      const note = [{ value: this.words.sheetValues, textColor: ASIDE.textColor }];
      return { name: sheetTitle(f.title), rows: [note, fields.map((g) => ({ value: g.title, ...HEAD, wrap: true })), ...rows], widths: fields.map(() => 16), frozen: 2 };
    });
  }

  #plain(value: Figure, unit?: string): Cell {
    if (value == null) return null;
    return typeof value === "number" ? { value, type: Number, format: FORMATS[unit ?? ""] ?? PLAIN } : { value: this.options[value] ?? String(value), type: String };
  }
}

/** What a field is that is not filled in. */
const defaults = (fields: Field[]) => Object.fromEntries(fields.map((f) => [f.name, f.default ?? ""]));

/** A text within a formula. */
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** What may stand on a sheet's tab. */
const sheetTitle = (title: string) => title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31).trim();

/** What the sheets of a calculation have in common: its figures, where they stand, its words. */

import { type Here, type Places, compile, nameOf } from "./compile.ts";
import { required } from "../../base/certain.ts";
import { Format } from "../../base/format.ts";
import { type Notice, sentenceOf } from "../../base/notices.ts";
import { type Sheet, absolute, letterOf } from "./sheet/model.ts";
import { numeral, quoted } from "./sheet/formula.ts";
import { Units } from "./units.ts";
import type { Answered } from "../../base/share.ts";
import type { Calculation, Field } from "../../base/catalogue.gen.mjs";
import type { Definition, Rule, Workings } from "./definition.ts";
import type { Figure, Figures } from "../../base/figures.ts";
import type { Words as Said } from "../../base/words.ts";
import type messages from "../../messages/en/workbook.gen.mjs";

export type Words = typeof messages;

/** What a workbook needs besides the answer. */
export interface Given {
  words: Words;
  said: Said;
  currency: string;
  version: string;
  made: Date;
  link?: string; // that opens these figures
}

/** An input that is one figure, or a field of an object in an input's list. */
export interface Entry {
  name: string; // of the figure as it is used
  place: string; // in notices: price, levers/0/reach
  field: Field;
  value: Figure;
  typed: string; // the cell it is typed into
}

/** The objects of an input's list, with the fields that any of them fills in. */
export interface Records {
  name: string;
  sheet: string;
  row?: string; // what a row is, where rows have names
  fields: Field[];
  values: Figures[];
  given: Figures[];
}

/** An input that is a list of figures. */
interface GivenList {
  field: Field;
  values: number[];
  open: boolean; // whether formulas speak of its figures one by one: days_1
}

/** A result that is one figure. */
export interface Result {
  path: string;
  field: Field;
}

/** Where what may be chosen stands. */
export interface Choices {
  labels: string;
  codes: string;
  positions: string;
}

export class Context {
  readonly names: Map<string, string> = new Map();
  readonly words: Given["words"];
  readonly said: Given["said"];
  readonly currency: string;
  readonly format: Format;
  readonly singles: Field[];
  readonly records: Records[];
  readonly lists: GivenList[];
  readonly results: Result[];
  readonly live: boolean;
  readonly workings: Workings;
  readonly choices: Map<string, Choices> = new Map();
  readonly places: Places;
  readonly units: Units;
  readonly #figures: Set<string> = new Set();

  constructor(readonly calculation: Calculation, readonly answered: Answered, readonly definition: Definition, readonly given: Given) {
    this.words = given.words;
    this.said = given.said;
    this.currency = given.currency;
    const locale = given.said.lang;
    this.format = new Format({ locale, currency: given.currency, period: answered.input.period, words: given.said });
    this.singles = calculation.inputs.filter((f) => f.kind === "number" || f.kind === "option");
    this.records = this.#records();
    this.results = this.#results();
    this.live = Object.keys(definition.results).length > 0;
    this.workings = { steps: definition.steps ?? {}, tables: definition.tables ?? {}, results: definition.results, rules: definition.rules ?? [] };
    this.lists = this.#lists();
    const figures = [...this.lists.filter((l) => l.open).flatMap(({ field, values }) => values.map((_, i) => `${field.name}_${i + 1}`)), ...this.singles.map((f) => f.name), ...Object.keys(this.workings.steps), ...Object.keys(definition.results), ...this.records.flatMap((r) => r.given.flatMap((_, i) => [...r.fields.map((f) => recordName(r.name, i, f)), ...(r.row ? [rowName(r.name, i)] : [])]))];
    for (const name of figures) this.#figures.add(name);
    this.places = this.#places();
    this.units = new Units(this);
  }

  /** A message; that of a numbered thing, offer_2, is told its number. */
  text(name: string): string {
    const all = this.words as Figures; // a message of any name
    const [, of, n] = name.match(/^(.*)_(\d+)$/) ?? [];
    const text = all[name] ?? all[of];
    if (!text) throw new Error(`There is no message ${name}.`);
    return typeof text === "function" ? text({ n }) : text;
  }

  unit(unit: string | undefined): string {
    if (unit === "money") return this.currency;
    if (unit === "periods") return this.said[`unit_${this.answered.input.period ?? "month"}` as "unit_month"] ?? "";
    if (unit === "share" || unit === "rate" || unit === "ratio") return ""; // the number's own sign says so
    return unit ? ((this.words as Figures)[`unit_${unit}`] ?? "") : ""; // some units have one
  }

  sentences(...texts: (string | undefined)[]): string {
    return texts.filter((text): text is string => Boolean(text)).reduce((before, after) => (before ? this.said.follows({ before, after }) : after), "");
  }

  sentenceOf(notice: Notice): string {
    return sentenceOf(notice, this.calculation.inputs, this.format, this.said);
  }

  /** The word for an option. */
  option(code: string): string {
    return this.said.options[code] ?? code;
  }

  field(path: string): Field | undefined {
    return this.results.find((r) => r.path === path)?.field;
  }

  /** What a column is called; that of the rows' own names by what a row is. */
  columnTitle(column: string, field: Field | undefined): string {
    const { inputs } = this.calculation;
    return field?.title ?? inputs.find((f) => `${f.name}_line` === column)?.title ?? (column === "row" ? inputs.find((f) => f.row)?.row : undefined) ?? this.text(`column_${column}`);
  }

  /** What a result is called; one of a group by the group too, where another has the same title. */
  titleOf({ path, field }: Result): string {
    const group = path.includes(".") && this.calculation.results.find((f) => f.name === path.split(".")[0]);
    const twice = this.results.filter((r) => r.field.title === field.title).length > 1;
    return group && twice ? this.said.titled({ title: group.title, text: field.title }) : field.title;
  }

  /** A result of the engine's. */
  computed(path: string): Figure {
    return path.split(".").reduce((v: Figure, name) => v?.[name], this.answered.result);
  }

  /** A formula of the definition as it stands in a cell; texts that are shown are in the file's language. */
  compile(formula: string, here?: Here, places = this.places): string {
    return this.worded(compile(formula, places, here));
  }

  worded(formula: string): string {
    if (/^"[a-z_]+"$/.test(formula)) return quoted(this.option(formula.slice(1, -1)));
    return formula.replaceAll('"whole life"', quoted(this.said.wholeLife));
  }

  name(name: string, at: string) {
    this.names.set(nameOf(name), at);
  }

  /** What a table is called, or a list among the results. */
  tableTitle(name: string): string {
    return name in this.workings.tables ? this.text(`table_${name}`) : (this.calculation.results.find((f) => f.name === name)?.title ?? this.text(`table_${name}`));
  }

  tableSheet(name: string): string {
    return sheetTitle(this.text(`table_${name}`));
  }

  #places(): Places {
    const tables = new Map(Object.entries(this.workings.tables).map(([name, table]) => [name, Object.keys(table.columns)]));
    const column = (table: string, name: string) => required(tables.get(table), `table ${table}`).indexOf(name);
    return {
      tables,
      figure: (name) => (this.#figures.has(name) ? nameOf(name) : undefined),
      column: (table, name) => nameOf(`${table}:${name}`),
      cell: (table, name, row, here) => (here ? `${letterOf(column(table, name))}${row + 2}` : absolute(this.tableSheet(table), column(table, name), row + 1)),
    };
  }

  #records(): Records[] {
    return this.calculation.inputs
      .filter((f) => f.kind === "records")
      .map((f) => {
        const given: Figures[] = this.answered.input[f.name] ?? [];
        const fields = (f.fields ?? []).filter((g) => given.some((record) => record[g.name] != null));
        const values = given.map((record) => Object.fromEntries(fields.map((g) => [g.name, record[g.name] ?? g.default ?? null])));
        return { name: f.name, sheet: given.length ? (f.row ? sheetTitle(f.title) : this.tableSheet(f.name)) : "", row: f.row, fields, values, given };
      })
      .filter((r) => r.given.length > 0);
  }

  #lists(): GivenList[] {
    const { tables } = this.workings;
    const columns = Object.values(tables).flatMap((table) => Object.values(table.columns)).map((formula) => (typeof formula === "string" ? formula : formula(0)));
    return this.calculation.inputs.filter((f) => f.kind === "list").flatMap((field) => {
      const values: number[] = Array.from(this.answered.input[field.name] ?? []);
      return values.length ? [{ field, values, open: columns.includes(`${field.name}_1`) }] : [];
    });
  }

  #results(): Result[] {
    const one = (f: Field) => f.kind === "number" || f.kind === "option";
    return this.calculation.results.flatMap((f) => (one(f) ? [{ field: f, path: f.name }] : f.kind === "group" ? (f.fields ?? []).filter(one).map((g) => ({ field: g, path: `${f.name}.${g.name}` })) : []));
  }

  /** What a field is called in a message: a notice's sentence, with a limit that is a formula. */
  refusal({ code, field, limit, share }: Rule): string {
    if (limit === undefined) return quoted(this.sentenceOf({ code, field, limit: 0 }));
    const mark = "\u0001";
    const title = this.calculation.inputs.find((f) => f.name === field.split("/")[0])?.title ?? this.said.thisFigure;
    const text = (this.said.notices[code] ?? "").replace(/\{field\}/g, title).replace(/\{limit(?::\w+)?\}/g, mark);
    const figure = share ? `ROUND(100*(${this.compile(limit)}),4)&"%"` : `ROUND(${this.compile(limit)},6)`;
    return text.split(mark).map(quoted).join(`&${figure}&`);
  }
}

/** What a row's own name is called: the channel's, the tier's. */
export const rowName = (list: string, i: number) => `${list}_${i + 1}_name`;

export const recordName = (list: string, i: number, field: Field) => `${list}_${i + 1}_${field.name}`;

/** How many rows of a long table are printed: five years of months, on two pages at most. */
export const PRINTED = 60;

/** Of a table with so many rows below its head, those that are printed. */
export function printedOf(c: Context, head: number, rows: number): Pick<Sheet, "printed"> {
  if (rows <= PRINTED) return {};
  return { printed: { rows: head + PRINTED, says: c.words.sheetPrinted({ printed: c.format.value(PRINTED, "count"), rows: c.format.value(rows, "count") }) } };
}

/** A figure within a formula. */
export const literal = (value: Figure) => (typeof value === "number" ? numeral(value) : value == null ? '""' : quoted(String(value)));

/** What may stand on a sheet's tab. */
export const sheetTitle = (title: string) => [...title.replace(/[[\]:*?/\\']/g, " ")].slice(0, 31).join("").trim();


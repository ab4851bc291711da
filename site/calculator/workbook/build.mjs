/**
 * A calculation as the sheets of a workbook: the figures, the steps and the results one below the other, and the
 * tables, a sheet each. What has a formula follows when a figure is changed; what has none is a value, and is shown only
 * as long as the figures are those it was calculated from.
 *
 * @typedef {import("../../base/catalogue.gen.mjs").Field} Field
 * @typedef {import("../../base/catalogue.gen.mjs").Calculation} Calculation
 * @typedef {import("../../base/share.mjs").Answered} Answered
 * @typedef {import("write-excel-file/universal").Cell} Cell
 * @typedef {typeof import("../../messages/en/workbook.gen.mjs").default} Words
 *
 * @typedef {object} Table
 * @property {number} rows
 * @property {Record<string, string | ((row: number) => string)>} columns a formula each, the same in all rows or by row
 * @property {string} [of] the result that it is: a group of lists or a list of objects
 *
 * @typedef {object} Definition how a calculation is written in a spreadsheet; see definitions.mjs
 * @property {Record<string, string>} [steps] what the results need on the way
 * @property {Record<string, Table>} [tables]
 * @property {Record<string, string>} results by wire name; group.name for one of a group
 *
 * @typedef {{ name: string, rows: Cell[][], widths: number[], frozen?: number }} Sheet
 * @typedef {{ sheets: Sheet[], names: Map<string, string> }} Workbook names: where each figure and column stands
 */

import { compile, letterOf, nameOf } from "./compile.mjs";
import { definitionOf } from "./definitions.mjs";

/** The look of a number, by its unit. @type {Record<string, string>} */
const FORMATS = { money: "#,##0.00", share: "0.00%", rate: "0.00%", ratio: '0.00"×"', count: "#,##0.##", days: "#,##0.##", months: "0.##", periods: "0.##", years: "0.##" };
const PLAIN = "General";
const STEP = "#,##0.00####";

const INK = "#2b2a27";
const HEAD = /** @type {const} */ ({ fontWeight: "bold", bottomBorderStyle: "thin", bottomBorderColor: INK });
const FIGURE = /** @type {const} */ ({ align: "right", alignVertical: "top" });
const INPUT = /** @type {const} */ ({ ...FIGURE, backgroundColor: "#fdf3d8", borderStyle: "thin", borderColor: "#d9cfba" });
const ASIDE = /** @type {const} */ ({ textColor: "#6b675f", wrap: true, alignVertical: "top" });

/**
 * @param {Calculation} calculation @param {Answered} answered @param {{ words: Words, currency: string, options: Record<string, string> }} given
 * @returns {Workbook}
 */
export function workbook(calculation, answered, given) {
  const definition = definitionOf(calculation.id, answered.input);
  const book = new Book(calculation, answered, definition, given);
  return { sheets: [book.main(), ...book.records(), ...book.tables(), ...book.lists()], names: book.names };
}

class Book {
  /** @type {Map<string, string>} */ names = new Map();
  /** @type {Set<string>} what a formula may speak of */ figures = new Set();
  /** @type {Map<string, import("./compile.mjs").Place>} */ places = new Map();

  /**
   * @param {Calculation} calculation @param {Answered} answered @param {Definition} definition
   * @param {{ words: Words, currency: string, options: Record<string, string> }} given
   */
  constructor(calculation, answered, definition, { words, currency, options }) {
    this.calculation = calculation;
    this.answered = answered;
    this.definition = definition;
    this.words = words;
    this.currency = currency;
    this.options = options;
    this.singles = calculation.inputs.filter((f) => f.kind === "number" || f.kind === "option");
    for (const f of this.singles) this.figures.add(f.name);
    for (const name of [...Object.keys(definition.steps ?? {}), ...Object.keys(definition.results)]) this.figures.add(name);
    for (const { name, fields, record } of this.#records()) for (const f of fields) this.figures.add(`${name}_${record + 1}_${f.name}`);
    for (const [name, table] of Object.entries(definition.tables ?? {})) {
      this.places.set(name, { sheet: this.#sheetName(name), columns: Object.keys(table.columns), first: 2, rows: table.rows });
    }
  }

  /** A message; that of a numbered thing, offer_2, is told its number. @param {string} name */
  #word(name) {
    const all = /** @type {Record<string, any>} */ (this.words);
    const [, of, n] = name.match(/^(.*)_(\d+)$/) ?? [];
    const text = all[name] ?? all[of];
    if (!text) throw new Error(`There is no message ${name}.`);
    return typeof text === "function" ? text({ n }) : text;
  }

  /** @param {string} table */
  #sheetName(table) {
    return this.#word(`table_${table}`);
  }

  /** The first sheet: what is put in, what is worked out on the way, what comes out. */
  main() {
    const { calculation, words, definition } = this;
    /** @type {Cell[][]} */
    const rows = [
      [{ value: calculation.title, fontWeight: "bold", fontSize: 16 }],
      [{ value: calculation.question, textColor: ASIDE.textColor }],
      [{ value: words.sheetHow, textColor: ASIDE.textColor }],
      [],
    ];
    const heading = (/** @type {string} */ text) => rows.push([], [{ value: text, ...HEAD }, { value: "", ...HEAD }, { value: "", ...HEAD }, { value: "", ...HEAD }]);
    const line = (/** @type {string} */ name, /** @type {string} */ label, /** @type {Cell} */ cell, /** @type {string | undefined} */ unit, /** @type {string} */ note) => {
      rows.push([{ value: label, wrap: true, alignVertical: "top" }, cell, { value: this.#unit(unit), ...ASIDE }, { value: note, ...ASIDE }]);
      this.names.set(nameOf(name), `'${words.sheetMain}'!$B$${rows.length}`);
    };
    heading(words.sheetInputs);
    for (const f of this.singles) line(f.name, f.title, this.#input(f, this.answered.input[f.name]), f.unit, [f.help, this.#choices(f)].filter(Boolean).join(" "));
    heading(words.sheetResults);
    const values = this.#values();
    for (const { field, path } of this.#results()) {
      const formula = definition.results[path];
      if (formula) line(path, field.title, this.#formula(formula, field.unit), field.unit, field.help ?? "");
      else if (values.has(path)) line(path, field.title, this.#value(values.get(path), field.unit), field.unit, `${words.sheetValue} ${field.help ?? ""}`);
    }
    const steps = Object.entries(definition.steps ?? {});
    if (steps.length || values.size) heading(words.sheetSteps);
    for (const [name, formula] of steps) line(name, this.#word(`step_${name}`), this.#formula(formula), undefined, "");
    if (values.size) line("as_exported", words.sheetAsExported, this.#formula(this.#asExported(), undefined, true), undefined, words.sheetAsExportedSays);
    rows.push([], [{ value: words.sheetAssumes, ...HEAD }]);
    for (const text of [...calculation.assumptions, calculation.source]) rows.push([{ value: text, ...ASIDE, wrap: false }]);
    return { name: words.sheetMain, rows, widths: [44, 18, 12, 90], frozen: 0 };
  }

  /** @param {string | undefined} unit */
  #unit(unit) {
    if (unit === "money") return this.currency;
    return unit ? (/** @type {Record<string, any>} */ (this.words)[`unit_${unit}`] ?? "") : "";
  }

  /** What may be typed where only some words may. @param {Field} field */
  #choices(field) {
    return field.kind === "option" ? this.words.sheetChoices({ list: (field.options ?? []).join(", ") }) : field.optional ? this.words.sheetOptional : "";
  }

  /** @param {Field} field @param {any} value @returns {Cell} */
  #input(field, value) {
    if (value == null || value === "") return { type: Number, format: FORMATS[field.unit ?? ""] ?? PLAIN, ...INPUT };
    return typeof value === "number" ? { value, type: Number, format: FORMATS[field.unit ?? ""] ?? PLAIN, ...INPUT } : { value: String(value), type: String, ...INPUT };
  }

  /** @param {string} formula @param {string} [unit] @param {boolean} [compiled] @param {import("./compile.mjs").Here} [here] @returns {Cell} */
  #formula(formula, unit, compiled = false, here) {
    const text = compiled ? formula : compile(formula, this.figures, this.places, here);
    return { value: `=${text}`, type: "Formula", format: FORMATS[unit ?? ""] ?? STEP, ...FIGURE };
  }

  /** A result as a value, for as long as the figures are the same. @param {any} value @param {string} [unit] @returns {Cell} */
  #value(value, unit) {
    const literal = typeof value === "number" ? String(value) : quoted(String(value));
    return { ...(/** @type {any} */ (this.#formula(`IF(as_exported,${literal},"")`, unit, true))), fontStyle: "italic" };
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

  /** The results that are one figure. @returns {{ field: Field, path: string }[]} */
  #results() {
    const one = (/** @type {Field} */ f) => f.kind === "number" || f.kind === "option";
    return this.calculation.results.flatMap((f) =>
      one(f) ? [{ field: f, path: f.name }] : f.kind === "group" ? (f.fields ?? []).filter(one).map((g) => ({ field: g, path: `${f.name}.${g.name}` })) : [],
    );
  }

  /** Those without a formula, where there is a figure. @returns {Map<string, any>} */
  #values() {
    const read = (/** @type {string} */ path) => path.split(".").reduce((/** @type {any} */ v, name) => v?.[name], this.answered.result);
    const paths = this.#results().map((r) => r.path).filter((path) => !(path in this.definition.results));
    return new Map(paths.map((path) => /** @type {[string, any]} */ ([path, read(path)])).filter(([, value]) => value != null));
  }

  /** The objects of an input's lists, with the fields that any of them fills in. */
  #records() {
    return this.calculation.inputs
      .filter((f) => f.kind === "records")
      .flatMap((f) => {
        /** @type {Record<string, any>[]} */
        const given = this.answered.input[f.name] ?? [];
        const fields = (f.fields ?? []).filter((g) => given.some((record) => record[g.name] != null));
        return given.map((values, record) => ({ name: f.name, fields, record, values: { ...defaults(fields), ...values } }));
      });
  }

  /** A sheet for each input that is a list of objects. @returns {Sheet[]} */
  records() {
    const sheets = new Map();
    for (const { name, fields, record, values } of this.#records()) {
      const sheet = sheets.get(name) ?? { name: this.#sheetName(name), rows: [fields.map((f) => ({ value: f.title, ...HEAD, wrap: true }))], widths: fields.map(() => 18), frozen: 1 };
      sheets.set(name, sheet);
      sheet.rows.push(fields.map((f) => this.#input(f, values[f.name])));
      fields.forEach((f, k) => this.names.set(`${name}_${record + 1}_${f.name}`, `'${sheet.name}'!$${letterOf(k)}$${record + 2}`));
          }
    return [...sheets.values()];
  }

  /** A sheet for each table. @returns {Sheet[]} */
  tables() {
    return Object.entries(this.definition.tables ?? {}).map(([name, table]) => {
      const place = /** @type {import("./compile.mjs").Place} */ (this.places.get(name));
      const of = this.calculation.results.find((f) => f.name === table.of);
      const fields = place.columns.map((column) => of?.fields?.find((f) => f.name === column));
      const rows = Array.from({ length: table.rows }, (_, row) =>
        place.columns.map((column, k) => {
          const formula = table.columns[column];
          return this.#formula(typeof formula === "string" ? formula : formula(row), fields[k]?.unit, false, { table: name, row });
        }),
      );
      place.columns.forEach((column, k) => this.names.set(nameOf(`${name}:${column}`), `'${place.sheet}'!$${letterOf(k)}$${place.first}:$${letterOf(k)}$${place.first + table.rows - 1}`));
      const head = place.columns.map((column, k) => ({ value: fields[k]?.title ?? this.#word(`column_${column}`), ...HEAD, wrap: true }));
      return { name: place.sheet, rows: [head, ...rows], widths: place.columns.map(() => 16), frozen: 1 };
    });
  }

  /** Lists that no table tells, as values. @returns {Sheet[]} */
  lists() {
    const told = Object.values(this.definition.tables ?? {}).map((t) => t.of);
    const groups = this.calculation.results.filter((f) => !told.includes(f.name) && f.fields?.length && (f.kind === "records" || f.fields.some((g) => g.kind === "list")));
    return groups.map((f) => {
      const fields = (f.fields ?? []).filter((g) => f.kind === "records" || g.kind === "list");
      const values = this.answered.result[f.name];
      const length = f.kind === "records" ? values.length : Math.max(...fields.map((g) => values[g.name].length));
      const at = (/** @type {Field} */ g, /** @type {number} */ i) => (f.kind === "records" ? values[i][g.name] : values[g.name][i]);
      const rows = Array.from({ length }, (_, i) => fields.map((g) => this.#plain(at(g, i), g.unit)));
      const note = [{ value: this.words.sheetValues, textColor: ASIDE.textColor }];
      return { name: sheetTitle(f.title), rows: [note, fields.map((g) => ({ value: g.title, ...HEAD, wrap: true })), ...rows], widths: fields.map(() => 16), frozen: 2 };
    });
  }

  /** @param {any} value @param {string} [unit] @returns {Cell} */
  #plain(value, unit) {
    if (value == null) return null;
    return typeof value === "number" ? { value, type: Number, format: FORMATS[unit ?? ""] ?? PLAIN } : { value: this.options[value] ?? String(value), type: String };
  }
}

/** What a field is that is not filled in. @param {Field[]} fields */
const defaults = (fields) => Object.fromEntries(fields.map((f) => [f.name, f.default ?? ""]));

/** A text within a formula. @param {string} text */
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** What may stand on a sheet's tab. @param {string} title */
const sheetTitle = (title) => title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31).trim();

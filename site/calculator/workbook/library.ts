/**
 * The calculations as functions of a spreadsheet's own: a LAMBDA each, from the formulas that the workbooks have. It takes the name of a
 * result, then the figures, as the add-in's function does; an empty argument is the default, or left out. What cannot be is a text that
 * says why. It asks no network.
 */

import { type Here, type Places, compile, nameOf } from "./compile.ts";
import { Context } from "./context.ts";
import { definitionOf } from "./definitions.ts";
import type { Calculation, Field } from "../../base/catalogue.gen.mjs";
import type { Figures } from "../../base/figures.ts";
import type { Given } from "./build.ts";
import { ASIDE, HEAD, INPUT, NOTE } from "./formats.ts";
import { isConstant, repeats } from "./scenarios.ts";
import type { Book, Cell } from "./sheet/model.ts";
import { numeral, quoted } from "./sheet/formula.ts";

export interface Own {
  name: string; // CLV_SUBSCRIPTION
  parameters: string[];
  results: string[]; // by the names that the first argument takes
  written: string; // as it is pasted
  stored: string; // as a file of Excel's holds it
}

/** The longest formula that Excel takes. */
const LONGEST = 8192;

/** As many results as fit, the main ones first. @param order of the inputs, as the functions of the add-in have it */
export function functionOf(c: Context, order: string[]): Own | undefined {
  if (c.calculation.inputs.some((f) => f.kind === "records")) return undefined;
  const all = c.results.map((r) => r.path).filter((path) => path in c.workings.results && repeats(c, path));
  for (let count = all.length; count > 0; count--) {
    const own = withResults(c, order, all.slice(0, count));
    if (own.written.length <= LONGEST && own.stored.length <= LONGEST) return own;
  }
  return undefined;
}

function withResults(c: Context, order: string[], paths: string[]): Own {
  const lines = assignments(c, paths);
  const parameters = ["result", ...order];
  const fields = order.map((name) => c.singles.find((f) => f.name === name)).filter((f): f is Field => f !== undefined);
  const used = fields.map((f) => [`used_${f.name}`, `IF(${mark(f.name)}="",${otherwise(f)},${mark(f.name)})`]);
  const refused = [
    ...fields.map((f) => `IF(${holds(f)},"",${quoted(`${f.name}: ${range(f)}. `)})`),
    ...c.workings.rules.map((rule, i) => `IF(IFERROR(${mark(`rule_${i}`)},FALSE),${quoted(`${rule.field}: ${rule.code.replaceAll("_", " ")}. `)},"")`),
  ];
  const chosen = `SWITCH(IF(${mark("result")}="",${quoted(paths[0])},${mark("result")}),${paths.map((path) => `${quoted(path)},${mark(nameOf(path))}`).join(",")},"There is no such result.")`;
  const body = `LET(${[...used, ...lines].map(([name, formula]) => `${mark(name)},${formula}`).join(",")},${mark("problems")},${refused.join("&")},IF(${mark("problems")}<>"",${mark("problems")},${chosen}))`;
  const whole = `LAMBDA(${parameters.map(mark).join(",")},${body})`;
  const stored = whole.replace(/«(\w+)»/g, "_xlpm.$1").replace(/\b(LET|LAMBDA|SEQUENCE|SWITCH)\(/g, "_xlfn.$1(");
  const written = `=${whole.replace(/[«»]/g, "")}`;
  return { name: nameFor(c.calculation), parameters, results: paths, written, stored };
}

/** The function of a calculation, in English; its input decides nothing here. */
export function ownFunction(calculation: Calculation, order: string[], { words, said, input, result }: Pick<Given, "words" | "said"> & { input: Figures; result: Figures }): Own | undefined {
  const given = { words, said, currency: "USD", version: "", made: new Date(0) };
  return functionOf(new Context(calculation, { input, result, warnings: [] }, definitionOf(calculation.id, input), given), order);
}

export const nameFor = ({ id }: Calculation) => `CLV_${id.replace(/\W/g, "_").toUpperCase()}`;

/** A name of the function's own, to be told apart when the file is written. */
const mark = (name: string) => `«${name}»`;

const otherwise = (f: Field) => (typeof f.default === "number" ? numeral(f.default) : f.default !== undefined ? quoted(String(f.default)) : '""');

/** What may be given, in short. */
function range({ kind, options = [], min, max, above, whole, optional, default: standard }: Field) {
  if (kind === "option") return options.join(", ");
  const bounds = min !== undefined && max !== undefined ? `${above ? "above " : ""}${min} to ${max}` : "a number";
  return `${whole ? "whole, " : ""}${bounds}${optional || standard !== undefined ? ", or empty" : ""}`;
}

function holds(f: Field) {
  const x = mark(`used_${f.name}`);
  if (f.kind === "option") return `OR(${(f.options ?? []).map((option) => `${x}=${quoted(option)}`).join(",")})`;
  const bounds = [f.min !== undefined && `${x}${f.above ? ">" : ">="}${numeral(f.min)}`, f.max !== undefined && `${x}<=${numeral(f.max)}`, f.whole && `INT(${x})=${x}`].filter(Boolean);
  const number = `IF(ISNUMBER(${x}),AND(${bounds.join(",") || "TRUE"}),FALSE)`;
  return f.optional ? `IF(${x}="",TRUE,${number})` : number;
}

/** What the results rest on, each before what rests on it: the figures, the steps, the cells of short tables. */
function assignments(c: Context, paths: string[]): [name: string, formula: string][] {
  const { steps, tables, results, rules } = c.workings;
  const list: [string, string][] = [];
  const done = new Set<string>();
  const inputs = new Set(c.singles.map((f) => f.name));
  const assign = (name: string, source: string, here?: Here) => {
    if (!done.has(name)) {
      done.add(name);
      const formula = c.worded(compile(source, places, here));
      list.push([name, formula]);
    }
    return mark(name);
  };
  const cell = (table: string, column: string, row: number) => {
    const formula = tables[table].columns[column];
    return assign(`${table}_${column}_${row}`, typeof formula === "string" ? formula : formula(row), { table, row });
  };
  const places: Places = {
    tables: c.places.tables,
    figure: (name) => (inputs.has(name) ? mark(`used_${name}`) : (steps[name] ?? results[name]) === undefined ? undefined : assign(nameOf(name), steps[name] ?? results[name])),
    column: (table, column) => {
      if (!isConstant(c, table, column)) throw new Error(`A function cannot speak of the column ${column} of ${table}.`);
      return assign(nameOf(`${table}:${column}`), `SEQUENCE(${tables[table].rows})`);
    },
    cell,
  };
  rules.forEach((rule, i) => assign(`rule_${i}`, rule.refused));
  for (const path of paths) assign(nameOf(path), results[path]);
  return list;
}

/** A calculation's function, with what it gives for the example. */
export interface Entry {
  own: Own;
  title: string;
  example: Record<string, number | string | null>;
  value: number;
}

/**
 * The workbook that the functions are installed from: Excel takes them along with the sheet that uses them; Google Sheets is
 * given their text.
 */
export function libraryBook(entries: Entry[], version: string, made: Date): Book {
  const head = (...texts: string[]): Cell[] => texts.map((value) => ({ value, style: HEAD }));
  const call = ({ own, example }: Entry) => `${own.name}("",${own.parameters.slice(1).map((name) => literalOf(example[name])).join(",")})`;
  const used: Cell[][] = entries.map((entry) => [
    { value: entry.own.name }, { formula: call(entry), value: entry.value, style: { ...INPUT, open: false, format: "#,##0.00####" } }, { value: entry.title }, { value: entry.own.parameters.join(", "), style: NOTE }, { value: entry.own.results.join(", "), style: NOTE },
  ]);
  const written: Cell[][] = entries.map(({ own, title }) => [{ value: own.name }, { value: title }, { value: own.parameters.join(", "), style: NOTE }, { value: own.written.replace(/^=LAMBDA\([^"]*?,LET\(/, "=LET(").replace(/\)$/, ""), style: NOTE }]);
  const sheet = (name: string, how: string, rows: Cell[][], widths: number[]) => ({ name, rows: [[{ value: how, style: ASIDE }], ...rows], widths, frozen: 2, fit: "width" as const, landscape: true });
  return {
    title: "CLV functions", subject: "Customer lifetime value as functions of a spreadsheet's own", author: "Hourglass", language: "en", rightToLeft: false, font: "Calibri", made, names: new Map(),
    foot: { left: `Hourglass ${version}`, right: (page, of) => `Page ${page} of ${of}` },
    functions: new Map(entries.map(({ own }) => [own.name, own.stored])),
    sheets: [
      sheet("CLV functions", "Copy this sheet into your workbook (Move or Copy, in Excel 365): the functions come along. The first argument names a result; an empty argument is the default, or left out.",
        [head("Function", "Example", "Calculation", "Arguments", "Results"), ...used], [26, 16, 24, 80, 80]),
      sheet("Google Sheets", "Data, Named functions, Add new function: paste the name, the arguments in their order, and the formula.",
        [head("Name", "Calculation", "Arguments", "Formula"), ...written], [26, 24, 60, 100]),
    ],
  };
}

const literalOf = (value: number | string | null | undefined) => (value == null ? "" : typeof value === "number" ? numeral(value) : quoted(value));

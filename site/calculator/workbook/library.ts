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
import type { Given } from "./context.ts";
import { ASIDE, HEAD, INPUT, NOTE } from "./formats.ts";
import { counts, repeats } from "./scenarios.ts";
import type { Book, Cell } from "./sheet/model.ts";
import { numeral, quoted } from "./sheet/formula.ts";

export interface Own {
  name: string; // CLV_SUBSCRIPTION
  parameters: string[];
  results: string[]; // by the names that the first argument takes
  elsewhere: string[]; // results that it does not have: found by a search, or followed period by period
  functions: Named[]; // itself first; each before those that it calls
}

/** A function by its name. One that others rest on has a part of the formulas: whole, they would be longer than a formula may be. */
export interface Named {
  name: string;
  parameters: string[];
  written: string; // as it is pasted
  stored: string; // as a file of Excel's holds it
  names: number; // that its LET gives
}

/** The longest formula that Excel takes, and the most names that LET takes. */
const LONGEST = 8192;
const MOST_NAMES = 126;

/** A name of the function's own, and what stands for it. */
type Line = [name: string, formula: string];

/** @param order of the inputs, as the functions of the add-in have it */
function functionOf(c: Context, order: string[]): Own | undefined {
  if (c.calculation.inputs.some((f) => f.kind === "records" || f.kind === "list")) return undefined;
  const all = c.results.map((r) => r.path);
  const results = all.filter((path) => path in c.workings.results && repeats(c, path));
  if (!results.length) return undefined;
  const elsewhere = all.filter((path) => !results.includes(path));
  return { name: nameFor(c.calculation), parameters: ["result", ...order], results, elsewhere, functions: new Parts(c, order, results, elsewhere).functions() };
}

/** A function as one LAMBDA, or as several of which the first calls the others. */
class Parts {
  readonly #name: string;
  readonly #lines: Map<string, string>;
  readonly #order: string[]; // of the lines: each stands behind what it rests on
  readonly #cut = new Set<string>(); // lines that are functions
  readonly #needs = new Map<string, string[]>();

  constructor(readonly c: Context, readonly inputs: string[], readonly results: string[], readonly elsewhere: string[]) {
    this.#name = nameFor(c.calculation);
    const lines = assignments(c, results);
    this.#lines = new Map(lines);
    this.#order = lines.map(([name]) => name);
  }

  functions(): Named[] {
    const { c } = this;
    const rules = c.workings.rules.map((_, i) => `rule_${i}`);
    const paths = this.results.map(nameOf);
    const whole = this.#main(this.#closure([...rules, ...paths]), this.#problems(), this.#choice(this.results));
    if (fits(whole)) return [whole];
    const problems = this.#part(`${this.#name}_PROBLEMS`, rules, this.#problems(), this.#fields().map((f) => `used_${f.name}`));
    const groups = this.#grouped();
    const parts = groups.map((group, i) => this.#part(`${this.#name}_RESULTS_${i + 1}`, group.map(nameOf), this.#choice(group), ["chosen"]));
    const is = (group: string[]) => `OR(${group.map((path) => `${mark("chosen")}=${quoted(path)}`).join(",")})`;
    const call = groups.reduceRight((rest, group, i) => `IF(${is(group)},${called(parts[i])},${rest})`, this.#none());
    const main = this.#main([], called(problems), call);
    const own = this.#order.filter((line) => this.#cut.has(line)).reverse().map((line) => this.#ofLine(line));
    for (const one of [main, problems, ...parts, ...own]) if (!fits(one)) throw new Error(`The function ${one.name} is too long: ${one.stored.length} characters.`);
    return [main, problems, ...parts, ...own];
  }

  /** The function itself: what is used for each argument, what is wrong, and the result. */
  #main(lines: Line[], problems: string, choice: string): Named {
    const used = this.#fields().map((f): Line => [`used_${f.name}`, `IF(${mark(f.name)}="",${otherwise(f)},${mark(f.name)})`]);
    const chosen: Line = ["chosen", `IF(${mark("result")}="",${quoted(this.results[0])},${mark("result")})`];
    return lambda(this.#name, ["result", ...this.inputs], [...used, ...lines, chosen, ["problems", problems]], `IF(${mark("problems")}<>"",${mark("problems")},${choice})`);
  }

  #fields(): Field[] {
    return this.inputs.map((name) => this.c.singles.find((f) => f.name === name)).filter((f): f is Field => f !== undefined);
  }

  /** What is wrong, in words. Bounds first: what a rule makes of a text is no answer. */
  #problems() {
    const bounds = this.#fields().map((f) => `IF(${holds(f)},"",${quoted(`${f.name}: ${range(f)}. `)})`).join("&");
    const rules = this.c.workings.rules.map((rule, i) => `IF(IFERROR(${mark(`rule_${i}`)},FALSE),${quoted(`${rule.field}: ${rule.code.replaceAll("_", " ")}. `)},"")`).join("&");
    return rules ? `LET(${mark("bounds")},${bounds},IF(${mark("bounds")}<>"",${mark("bounds")},${rules}))` : bounds;
  }

  #choice(paths: string[]) {
    return `SWITCH(${mark("chosen")},${paths.map((path) => `${quoted(path)},${mark(nameOf(path))}`).join(",")},${this.#none()})`;
  }

  /** What is said of a result that is not here. */
  #none() {
    const no = quoted("There is no such result.");
    return this.elsewhere.length ? `IF(OR(${this.elsewhere.map((path) => `${mark("chosen")}=${quoted(path)}`).join(",")}),${quoted("Only in Hourglass: it takes a search, or a table of periods.")},${no})` : no;
  }

  /** As many results as fit together, in their order. */
  #grouped(): string[][] {
    const groups: string[][] = [];
    for (const path of this.results) {
      const last = groups.at(-1);
      const more = last && [...last, path];
      if (more && fits(this.#as("", more.map(nameOf), this.#choice(more), ["chosen"]))) groups[groups.length - 1] = more;
      else groups.push([path]);
      this.#part("", [nameOf(path)], this.#choice([path]), ["chosen"]); // makes functions of lines, until it fits
    }
    return groups;
  }

  /** A part that fits: the longest lines that it rests on become functions until it does. */
  #part(name: string, targets: string[], last: string, more: string[]): Named {
    for (;;) {
      const part = this.#as(name, targets, last, more);
      if (fits(part)) return part;
      const within = this.#closure(targets).map(([line]) => line).filter((line) => !this.#cut.has(line) && !line.startsWith("rule_"));
      const sized = within.map((line) => ({ line, own: this.#ofLine(line) })).filter(({ own }) => fits(own)).sort((a, b) => b.own.stored.length - a.own.stored.length);
      if (!sized.length) return part;
      this.#cut.add(sized[0].line);
    }
  }

  #as(name: string, targets: string[], last: string, more: string[]): Named {
    return lambda(name, [...new Set([...more, ...this.#given(targets)])], this.#closure(targets), last);
  }

  #ofLine(line: string): Named {
    const own = this.#lines.get(line) ?? "";
    return lambda(this.#functionOf(line), this.#given([line]), this.#closure(this.#restsOn(own)), own);
  }

  #functionOf(line: string) {
    return `${this.#name}_${line.toUpperCase()}`;
  }

  #restsOn(formula: string) {
    return [...formula.matchAll(/«(\w+)»/g)].map(([, name]) => name);
  }

  /** The lines that these rest on, and themselves; of a line that is a function, the call. */
  #closure(targets: string[]): Line[] {
    const found = new Set<string>();
    const find = (name: string) => {
      if (found.has(name) || !this.#lines.has(name)) return;
      found.add(name);
      if (!this.#cut.has(name)) this.#restsOn(this.#lines.get(name) ?? "").forEach(find);
    };
    targets.forEach(find);
    return this.#order.filter((name) => found.has(name)).map((name): Line => [name, this.#cut.has(name) ? `${this.#functionOf(name)}(${this.#given([name]).map(mark).join(",")})` : (this.#lines.get(name) ?? "")]);
  }

  /** The figures that these rest on, in the order of the arguments. */
  #given(targets: string[]): string[] {
    const all = new Set(targets.flatMap((name) => this.#figures(name)));
    return this.inputs.map((name) => `used_${name}`).filter((name) => all.has(name));
  }

  #figures(name: string): string[] {
    const known = this.#needs.get(name);
    if (known) return known;
    const formula = this.#lines.get(name);
    const found = formula === undefined ? [name] : [...new Set(this.#restsOn(formula).flatMap((one) => this.#figures(one)))];
    this.#needs.set(name, found);
    return found;
  }
}

/** How a part is called by one that has the same names. */
const called = ({ name, parameters }: Named) => `${name}(${parameters.map(mark).join(",")})`;

const fits = ({ written, stored, names }: Named) => written.length <= LONGEST && stored.length <= LONGEST && names <= MOST_NAMES;

function lambda(name: string, parameters: string[], lines: Line[], last: string): Named {
  const body = lines.length ? `LET(${lines.map(([line, formula]) => `${mark(line)},${formula}`).join(",")},${last})` : last;
  const whole = `LAMBDA(${parameters.map((p) => `${mark(p)},`).join("")}${body})`;
  const stored = whole.replace(/«(\w+)»/g, "_xlpm.$1").replace(/\b(LET|LAMBDA|SEQUENCE|SWITCH)\(/g, "_xlfn.$1(");
  return { name, parameters, written: `=${whole.replace(/[«»]/g, "")}`, stored, names: lines.length };
}

/** The function of a calculation, in English; its input decides nothing here. */
export function ownFunction(calculation: Calculation, order: string[], { words, said, input, result }: Pick<Given, "words" | "said"> & { input: Figures; result: Figures }): Own | undefined {
  const given = { words, said, currency: "USD", version: "", made: new Date(0) };
  return functionOf(new Context(calculation, { input, result, warnings: [] }, definitionOf(calculation.id, input, result), given), order);
}

const nameFor = ({ id }: Calculation) => `CLV_${id.replace(/\W/g, "_").toUpperCase()}`;

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
      if (!counts(tables[table], column)) throw new Error(`A function cannot speak of the column ${column} of ${table}.`);
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
    { value: entry.own.name }, { formula: call(entry), value: entry.value, style: { ...INPUT, open: false, format: "#,##0.00####" } }, { value: entry.title }, { value: entry.own.parameters.join(", "), style: NOTE }, { value: entry.own.results.join(", "), style: NOTE }, { value: entry.own.elsewhere.join(", "), style: NOTE }, ...kept(entry.own),
  ]);
  const written: Cell[][] = entries.flatMap(({ own, title }) => [...own.functions].reverse().map((f): Cell[] => [{ value: f.name }, { value: title }, { value: f.parameters.join(", "), style: NOTE }, { value: bodyOf(f), style: NOTE }]));
  const sheet = (name: string, how: string, rows: Cell[][], widths: number[]) => ({ name, rows: [[{ value: how, style: ASIDE }], ...rows], widths, frozen: 2, fit: "width" as const, landscape: true });
  return {
    title: "CLV functions", subject: "Customer lifetime value as functions of a spreadsheet's own", author: "Hourglass", language: "en", rightToLeft: false, font: "Calibri", made, names: new Map(),
    foot: { left: `Hourglass ${version}`, right: (page, of) => `Page ${page} of ${of}` },
    functions: new Map(entries.flatMap(({ own }) => own.functions.map((f) => [f.name, f.stored]))),
    sheets: [
      sheet("CLV functions", "Copy this sheet into your workbook (Move or Copy, in Excel 365): the functions come along. The first argument names a result; an empty argument is the default, or left out. Functions of longer names, such as CLV_UPSELL_PROBLEMS, are parts of these.",
        [head("Function", "Example", "Calculation", "Arguments", "Results", "Only in Hourglass", "Parts"), ...used], [26, 16, 24, 80, 80, 40, 12]),
      sheet("Google Sheets", "Data, Named functions, Add new function: paste the name, the arguments in their order, and the formula, row by row. A function stands below those that it calls.",
        [head("Name", "Calculation", "Arguments", "Formula"), ...written], [26, 24, 60, 100]),
    ],
  };
}

/**
 * Excel copies a name along with a sheet if a cell of the sheet speaks of it, and not because another name does (Microsoft's KB Q63028): so a cell speaks of
 * each part. A function without its arguments is an error there, which is shown as nothing.
 */
const kept = ({ functions: [, ...parts] }: Own): Cell[] => (parts.length ? [{ formula: parts.map(({ name }) => `IFERROR(${name},"")`).join("&"), value: "" }] : []);

/** A function's formula as Google Sheets takes it, which asks for the arguments apart. */
export const bodyOf = ({ written, parameters }: Named) => `=${written.slice(`=LAMBDA(${parameters.map((p) => `${p},`).join("")}`.length, -1)}`;

const literalOf = (value: number | string | null | undefined) => (value == null ? "" : typeof value === "number" ? numeral(value) : quoted(value));

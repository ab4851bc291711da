/** The long tables, a sheet each: those with formulas, lists among the results as values, lists among the inputs. */

import { ASIDE, FIGURE, HEAD_FIGURE, STEP, formatOf, headHeight, wholeAsTyped, yesNo } from "./formats.ts";
import { type Cell, type Sheet, type Validation, absoluteRange, placeOf } from "./sheet/model.ts";
import { type Context, printedOf, sheetTitle } from "./context.ts";
import { flagged } from "./workings.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Here } from "./compile.ts";
import type { Inputs } from "./inputs.ts";
import type { Figure } from "../../base/figures.ts";

/** A formula that stands in many rows: its first cell, and its text in another row. */
interface Filled {
  cell: Cell;
  row: number;
  at: (row: number) => string;
}

/** Compiles a formula once, for whichever row: its own cells move along. */
function template(c: Context, table: string, row: number, source: string): (row: number) => string {
  const mark = "\u0001";
  const marked = { ...c.places, cell: (of: string, name: string, at: number, here?: Here) => (here ? `${mark}${c.places.cell(of, name, at, here).replace(/\d+$/, "")}${mark}${at - here.row}${mark}` : c.places.cell(of, name, at)) };
  const parts = c.compile(source, { table, row }, marked).split(mark);
  if (parts.length === 1) return () => parts[0];
  return (r) => {
    let text = "";
    // Text, a column's letters, and the rows from here, in turn.
    for (let i = 0; i < parts.length; i += 3) text += parts[i] + (i + 2 < parts.length ? parts[i + 1] + (r + 2 + Number(parts[i + 2])) : "");
    return text;
  };
}

const heads = (titles: string[]): Cell[] => titles.map((value) => ({ value, style: { ...HEAD_FIGURE, wrap: true } }));

/** More columns than these are wider than an upright page. */
const UPRIGHT = 5;

export function tableSheets(c: Context): Sheet[] {
  return Object.entries(c.workings.tables).map(([name, table]) => {
    const sheet = c.tableSheet(name);
    const columns = Object.entries(table.columns);
    const of = c.calculation.results.find((f) => f.name === table.of);
    const fields = columns.map(([column]) => of?.fields?.find((f) => f.name === column));
    columns.forEach(([column], k) => c.name(`${name}:${column}`, absoluteRange(sheet, k, 1, k, table.rows)));
    const given = table.of ? c.answered.result[table.of] : undefined;
    const looks = columns.map(([column], k) => lookOf(c, fields[k], c.units.column(name, column), Array.isArray(given) ? given.map((one) => one[column]) : given?.[column]));
    const filled = columns.map(() => new Map<string, Filled>());
    const rows = Array.from({ length: table.rows }, (_, row) =>
      columns.map(([, formula], k): Cell => {
        const source = typeof formula === "string" ? formula : formula(row);
        const first = filled[k].get(source);
        if (first) return { formula: first.at(row), style: first.cell.style ?? {}, copied: { from: first.cell, down: row - first.row } };
        const at = template(c, name, row, source);
        const { formula: text, flag } = flagged(at(row));
        const cell: Cell = { formula: text, style: { ...FIGURE, format: flag ? yesNo(c.words.sheetYes, c.words.sheetNo) : looks[k] ?? (/^\w+@before\+1$|^\d+$/.test(source) ? "0" : STEP) } };
        filled[k].set(source, { cell, row, at: flag ? (r) => `IF(${at(r)},1,0)` : at });
        return cell;
      }),
    );
    const titles = columns.map(([column], k) => c.columnTitle(column, fields[k]));
    return { name: sheet, rows: [heads(titles), ...rows], widths: columns.map(() => 16), ...headHeight(titles, 16), frozen: 1, fit: "width", landscape: columns.length > UPRIGHT, ...printedOf(c, 1, table.rows) };
  });
}

/** How a column's numbers look, in which all have as many decimals; undefined where a cell's formula tells: numbers that count up are whole, whatever is typed. */
function lookOf(c: Context, field: Field | undefined, unit: string | undefined, values: unknown[] | undefined) {
  if (field?.unit === "ratio") return formatOf(field.unit, c.currency);
  if (field?.unit === "share" || field?.unit === "rate") return "0.0%";
  if (field?.unit === "money" || unit === "money") return formatOf("money", c.currency, ...largest(values));
  return undefined;
}

/** What decides the decimals of a column of money: its largest figure. */
const largest = (values: unknown[] | undefined) => (values ?? []).filter((v): v is number => typeof v === "number").map(Math.abs).sort((a, b) => b - a).slice(0, 1);

/** Lists among the results that no table tells, as values. */
export function valueSheets(c: Context): Sheet[] {
  const told = Object.values(c.workings.tables).map((t) => t.of);
  const groups = c.calculation.results.filter((f) => !told.includes(f.name) && f.fields?.length && (f.kind === "records" || f.fields.some((g) => g.kind === "list")));
  return groups.flatMap((f): Sheet[] => {
    const values = c.answered.result[f.name];
    if (!values) return [];
    const fields = (f.fields ?? []).filter((g) => f.kind === "records" || (g.kind === "list" && values[g.name]?.length > 0));
    const length = f.kind === "records" ? values.length : Math.max(0, ...fields.map((g) => values[g.name]?.length ?? 0));
    const at = (g: Field, i: number): Figure => (f.kind === "records" ? values[i][g.name] : values[g.name]?.[i]);
    const column = (g: Field) => Array.from({ length }, (_, i) => at(g, i));
    const whole = fields.map((g) => Array.from({ length }, (_, i) => at(g, i)).every((v) => v == null || Number.isInteger(v)));
    const looks = fields.map((g) => formatOf(g.unit, c.currency, ...largest(column(g))));
    const first = f.row ? 1 : 0; // column of figures, behind the names of the rows
    const names = (i: number): Cell[] => (f.row ? [{ value: String(c.answered.input[f.name]?.[i]?.name ?? "") }] : []);
    const rows = Array.from({ length }, (_, i) => [...names(i), ...fields.map((g, k) => plain(c, at(g, i), g, whole[k], looks[k]))]);
    const sheet = sheetTitle(f.title);
    fields.forEach((g, k) => c.name(`${f.name}:${g.name}`, absoluteRange(sheet, first + k, 2, first + k, Math.max(2, length + 1))));
    return [{ name: sheet, rows: [[{ value: c.words.sheetValues, style: ASIDE }], heads([...(f.row ? [f.row] : []), ...fields.map((g) => g.title)]), ...rows], widths: [...(f.row ? [24] : []), ...fields.map(() => 18)], frozen: 2, fit: "width", landscape: fields.length > 5, ...printedOf(c, 2, length) }];
  });
}

/** Lists among the inputs: cells to change where formulas speak of their figures one by one, as they were counted where not. */
export function givenSheets(c: Context, inputs: Inputs): Sheet[] {
  return c.lists.map(({ field: f, values: list, open }): Sheet => {
    if (open) return openSheet(inputs, f, list);
    const whole = list.every(Number.isInteger);
    const rows = list.map((value, i): Cell[] => [{ value: i, style: { ...FIGURE, format: "0" } }, plain(c, value, f, whole, formatOf(f.unit, c.currency, ...largest(list)))]);
    const sheet = sheetTitle(f.title);
    c.name(f.name, absoluteRange(sheet, 1, 1, 1, list.length));
    return { name: sheet, rows: [heads([c.text("column_number"), f.title]), ...rows], widths: [12, 24], frozen: 1, fit: "width", ...printedOf(c, 1, list.length) };
  });
}

function openSheet(inputs: Inputs, f: Field, list: number[]): Sheet {
  const sheet = sheetTitle(f.title);
  const validations: Validation[] = [];
  const wholes: string[] = [];
  const rows = list.map((value, i): Cell[] => {
    const [at, place] = [placeOf(1, i + 1), `${f.name}/${i}`];
    inputs.add(`${f.name}_${i + 1}`, place, f, value, sheet, 1, i + 1);
    validations.push(inputs.validation(f, at, place));
    if (wholeAsTyped(f.unit, value)) wholes.push(at);
    return [{ value: i + 1, style: { ...FIGURE, format: "0" } }, inputs.cell(f, value)];
  });
  return { name: sheet, rows: [heads(["", f.title]), ...rows], widths: [6, 24], frozen: 1, fit: "width", validations, wholes };
}

function plain(c: Context, value: Figure, field: Field, whole: boolean, look: string): Cell {
  if (value == null) return {};
  if (typeof value !== "number") return { value: c.option(String(value)) };
  return { value, style: { ...FIGURE, format: whole && field.unit !== "money" && field.unit !== "share" && field.unit !== "rate" ? "#,##0" : ["money", "rate", "ratio"].includes(field.unit ?? "") ? look : field.unit === "share" ? "0.0%" : STEP } };
}

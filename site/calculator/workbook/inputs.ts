/** What is typed: where, within which bounds, what it is when it is left empty, and what is said when it cannot be. */

import { type Context, type Entry, recordName, rowName } from "./context.ts";
import { FIGURE, HEAD, HEAD_FIGURE, INPUT, headHeight, typedFormat, wholeAsTyped } from "./formats.ts";
import { type Cell, type Sheet, type Validation, absolute, absoluteRange, placeOf } from "./sheet/model.ts";
import { numeral, quoted } from "./sheet/formula.ts";
import { NOT_A_NUMBER } from "../../base/notices.ts";
import type { Field } from "../../base/catalogue.gen.mjs";
import type { Figure } from "../../base/figures.ts";


export class Inputs {
  readonly entries: Entry[] = [];
  readonly lists: { options: string[]; labels: string; codes: string; positions: string }[] = [];

  constructor(readonly c: Context) {}

  /** Notes that a figure is typed into a cell. */
  add(name: string, place: string, field: Field, value: Figure, sheet: string, column: number, row: number) {
    const typed = absolute(sheet, column, row);
    this.entries.push({ name, place, field, value, typed });
    this.c.name(`typed_${name}`, typed);
  }

  /** The cell and what may be typed into it. @param shown a formula in the place of a value */
  cell(field: Field, value: Figure, open = true): Cell {
    const style = open ? INPUT : FIGURE;
    if (value == null || value === "") return { style: { ...style, format: typedFormat(field.unit, this.c.currency) } };
    if (typeof value === "number") return { value, style: { ...style, format: typedFormat(field.unit, this.c.currency, value) } };
    return { value: this.c.option(String(value)), style };
  }

  validation(field: Field, at: string, place = field.name): Validation {
    const tells = { title: field.title, text: this.c.sentences(field.help, field.optional ? this.c.words.sheetOptional : undefined) };
    const says = this.c.sentences(...this.bounds(field, place).map((b) => b.says));
    if (field.kind === "option") return { at, list: this.list(field).labels, says: this.c.sentenceOf({ code: "unknown_option", field: place, limit: 0 }), tells };
    return { at, ...(field.min !== undefined && { min: field.min }), ...(field.max !== undefined && { max: field.max }), ...(field.above && { above: true }), ...(field.whole && { whole: true }), says, tells };
  }

  /** What must hold of a number, as conditions that refuse it. */
  bounds({ min, max, above, whole }: Field, place: string): { refused: (cell: string) => string; says: string }[] {
    const says = (code: string, limit = 0) => this.c.sentenceOf({ code, field: place, limit });
    return [
      ...(min === undefined ? [] : [above ? { refused: (x: string) => `${x}<=${numeral(min)}`, says: says("not_above", min) } : { refused: (x: string) => `${x}<${numeral(min)}`, says: says("too_low", min) }]),
      ...(max === undefined ? [] : [{ refused: (x: string) => `${x}>${numeral(max)}`, says: says("too_high", max) }]),
      ...(whole ? [{ refused: (x: string) => `INT(${x})<>${x}`, says: says("not_whole") }] : []),
    ];
  }

  /** Where the words of an option stand. */
  list(field: Field) {
    const options = field.options ?? [];
    const found = this.lists.find((l) => l.options.join() === options.join());
    if (found) return found;
    const column = 4 * this.lists.length;
    const range = (k: number) => absoluteRange(this.c.words.sheetLists, column + k, 1, column + k, options.length);
    const list = { options, labels: range(0), codes: range(1), positions: range(2) };
    this.lists.push(list);
    return list;
  }

  /** What is used for what is typed; an option by its word or as formulas call it, in letters of any size. @param otherwise for an empty cell */
  used(field: Field, typed: string, otherwise: string): string {
    if (field.kind !== "option") return `IF(${typed}="",${otherwise},${typed})`;
    const { labels, codes, positions } = this.list(field);
    const found = `SUMPRODUCT((((${labels}=${typed})+(${codes}=${typed}))>0)*${positions})`;
    return `IF(${typed}="",${otherwise},IF(${found}=0,"",INDEX(${codes},${found})))`;
  }

  /** What is used for an empty cell. */
  otherwise(field: Field) {
    return typeof field.default === "number" ? numeral(field.default) : field.default !== undefined ? quoted(String(field.default)) : '""';
  }

  /** What is wrong with what is typed, "" where nothing is. */
  check({ field, place, typed, name }: Entry): string {
    const says = (code: string) => quoted(this.c.sentenceOf({ code, field: place, limit: 0 }));
    if (field.kind === "option") return `IF(${name}="",${says("unknown_option")},"")`;
    const missing = field.optional || field.default !== undefined ? '""' : says("required");
    const bounds = this.bounds(field, place).reduceRight((rest, { refused, says }) => `IF(${refused(typed)},${quoted(says)},${rest})`, '""');
    return `IF(${typed}="",${missing},IF(NOT(ISNUMBER(${typed})),${says(NOT_A_NUMBER)},${bounds}))`;
  }

  /** Whether a figure of a case is within its bounds; it never is a text. */
  holds(field: Field, cell: string): string {
    if (field.kind === "option") return `${cell}<>""`;
    // AND looks at all it is given, and a text is no number to compare.
    const bounds = this.bounds(field, field.name).map(({ refused }) => `NOT(${refused(cell)})`).join(",") || "TRUE";
    const number = `IF(ISNUMBER(${cell}),AND(${bounds}),FALSE)`;
    return field.optional ? `IF(${cell}="",TRUE,${number})` : number;
  }
}

/** A sheet for each input that is a list of objects. */
export function recordSheets(c: Context, inputs: Inputs): Sheet[] {
  return c.records.map(({ name, sheet, row, fields, values, given }) => {
    const first = row ? 1 : 0; // column of figures, behind the names of the rows
    const validations: Validation[] = [];
    const wholes: string[] = [];
    const open = (f: Field, i: number) => c.live && f.kind === "number" && !c.definition.found?.closed.includes(f.name) && matters(f, given[i].kind);
    const rows = values.map((record, i) => fields.map((f, k) => {
      const at = placeOf(first + k, i + 1);
      const place = `${name}/${i}/${f.name}`;
      if (open(f, i)) {
        inputs.add(recordName(name, i, f), place, f, record[f.name], sheet, first + k, i + 1);
        validations.push(inputs.validation(f, at, place));
        if (wholeAsTyped(f.unit, record[f.name])) wholes.push(at);
      } else c.name(recordName(name, i, f), absolute(sheet, first + k, i + 1));
      return open(f, i) || matters(f, given[i].kind) ? inputs.cell(f, record[f.name], open(f, i)) : undefined;
    }));
    if (row) given.forEach((_, i) => c.name(rowName(name, i), absolute(sheet, 0, i + 1)));
    const named = (cells: (Cell | undefined)[], value: string, style?: Cell["style"]) => (row ? [{ value, style }, ...cells] : cells);
    const heads = named(fields.map((f) => ({ value: f.title, style: { ...HEAD_FIGURE, wrap: true } })), row ?? "", HEAD);
    return { name: sheet, rows: [heads, ...rows.map((cells, i) => named(cells, String(given[i].name ?? "")))], widths: [...(row ? [24] : []), ...fields.map((f) => (f.kind === "option" ? 24 : 16))], frozen: 1, ...headHeight(fields.map((f) => f.title), 16), fit: "width", landscape: true, validations, wholes };
  });
}

/** A contract's terms belong to the annual plan alone. */
const matters = (field: Field, kind: unknown) => kind === "annual_plan" || !["plan_discount", "annual_renewal_rate"].includes(field.name);

/** The words that may be chosen, beside what the formulas call them. */
export function listSheet(c: Context, inputs: Inputs): Sheet {
  const longest = Math.max(...inputs.lists.map((l) => l.options.length));
  const rows: Cell[][] = Array.from({ length: longest + 1 }, (_, i) =>
    inputs.lists.flatMap(({ options }, k): Cell[] => {
      const gap = k ? [{}] : [];
      if (i === 0) return [...gap, { value: c.words.sheetLists, style: HEAD }, { style: HEAD }, { style: HEAD }];
      const code = options[i - 1];
      return code === undefined ? [...gap, {}, {}, {}] : [...gap, { value: c.option(code) }, { value: code }, { value: i }];
    }),
  );
  return { name: c.words.sheetLists, rows, widths: inputs.lists.flatMap((_, k) => [...(k ? [4] : []), 28, 20, 6]), fit: "width", hidden: true };
}


/**
 * Calculates a workbook, so that each of its formulas has a value before any program opens it: a preview, Protected View and a
 * reader of tables show what is stored. It knows the functions that the formulas use, and is held to LibreOffice and Gnumeric.
 */

import { type Node, type Reference, parse, rangeOf } from "./formula.ts";
import type { Book, Cell, Value } from "./model.ts";

/** What a spreadsheet shows in the place of a value. */
export class Wrong {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** null is an empty cell. */
type Result = Value | Wrong | null;
type Grid = { cells: Result[]; width: number };
type Lazy = () => Result | Grid;

const VALUE = new Wrong("#VALUE!");
const NUMBER = new Wrong("#NUM!");
const DIVISION = new Wrong("#DIV/0!");
const MISSING = new Wrong("#N/A");
const NAME = new Wrong("#NAME?");

/** Fills in the value of each formula. An error is stored as such. */
export function calculate(book: Book) {
  const engine = new Engine(book);
  // Long tables first: what a cell rests on is then at most a few steps away.
  const sheets = [...book.sheets].sort((a, b) => b.rows.length - a.rows.length);
  for (const sheet of sheets) sheet.rows.forEach((row, r) => row.forEach((cell, c) => cell?.formula !== undefined && engine.cell(sheet.name, sheet.rows, c, r)));
}

/** Those of books that were asked before: they have made steps of the formulas. */
const engines = new WeakMap<Book, Engine>();

/** Calculates one formula of a book, as if it stood in a sheet. */
export function evaluate(book: Book, formula: string, sheet = book.sheets[0].name): Value | Wrong {
  let engine = engines.get(book);
  if (!engine) engines.set(book, (engine = new Engine(book)));
  return engine.formula(formula, sheet);
}

/** What a cell holds, an error too. */
export const errors = new WeakMap<Cell, Wrong>();

type Rows = (Cell | undefined)[][];

/** A formula, or a part of it, ready to be calculated for the cell that the engine is at. */
type Step = () => Result | Grid;

class Engine {
  readonly #sheets: Map<string, Rows>;
  readonly #names = new Map<string, string>();
  readonly #steps = new WeakMap<Cell, Step>();
  readonly #found = new Map<Cell, Result>();
  readonly #ranges = new Map<string, Step>(); // that names stand for
  readonly #grids = new Map<string, Grid>(); // found there: a long column is asked for in each row of another
  readonly #now = new Set<Cell>();
  /** How far the formula of the cell was filled down, and to the right. */
  #down = 0;
  #right = 0;

  constructor(readonly book: Book) {
    this.#sheets = new Map(book.sheets.map((s) => [s.name, s.rows]));
    this.#name();
  }

  #name() {
    for (const [name, at] of this.book.names) this.#names.set(name.toLowerCase(), at);
  }

  cell(sheet: string, rows: Rows | undefined, column: number, row: number): Result {
    const cell = rows?.[row]?.[column];
    if (!cell) return null;
    if (cell.formula === undefined) return cell.value ?? null;
    const found = this.#found.get(cell);
    if (found !== undefined) return found;
    if (this.#now.has(cell)) throw new Error(`The cell in row ${row + 1}, column ${column + 1} of “${sheet}” rests on itself: ${cell.formula}`);
    this.#now.add(cell);
    const value = this.#value(cell, sheet);
    this.#now.delete(cell);
    this.#found.set(cell, value);
    keep(cell, value);
    return value;
  }

  /** Cells and names may have changed since it was asked last. */
  formula(formula: string, sheet: string): Value | Wrong {
    this.#found.clear();
    this.#grids.clear();
    this.#now.clear();
    this.#name();
    [this.#down, this.#right] = [0, 0];
    return shown(this.#step(parse(formula), sheet)());
  }

  #value(cell: Cell, sheet: string): Value | Wrong {
    const { from = cell, down = 0, right = 0 } = cell.copied ?? {};
    let step = this.#steps.get(from);
    if (!step) this.#steps.set(from, (step = this.#step(treeOf(from), sheet)));
    const [before, aside] = [this.#down, this.#right];
    [this.#down, this.#right] = [down, right];
    const value = shown(step());
    [this.#down, this.#right] = [before, aside];
    return value;
  }

  #step(node: Node, sheet: string): Step {
    switch (node.kind) {
      case "value":
        return () => node.value;
      case "name":
        return this.#named(node.name.toLowerCase(), sheet);
      case "reference":
        return this.#range(node.reference, sheet);
      case "negative": {
        const of = this.#step(node.of, sheet);
        return () => each(of(), null, negative);
      }
      case "operator": {
        const [left, right, operation] = [this.#step(node.left, sheet), this.#step(node.right, sheet), OPERATORS[node.sign]];
        return () => each(left(), right(), operation);
      }
      case "call": {
        const body = FUNCTIONS[node.name];
        if (!body) return () => unknown(node.name);
        const args = node.args.map((arg) => (arg ? this.#step(arg, sheet) : () => null));
        return () => body(...args);
      }
    }
  }

  #named(name: string, sheet: string): Step {
    return () => {
      const at = this.#names.get(name);
      return at === undefined ? NAME : (this.#grids.get(at) ?? this.#standing(at, sheet));
    };
  }

  /** What stands where a name says. */
  #standing(at: string, sheet: string): Result | Grid {
    let range = this.#ranges.get(at);
    if (!range) this.#ranges.set(at, (range = this.#range({ ...rangeOf(at), moves: false, slides: false }, sheet)));
    const found = range();
    if (isGrid(found)) this.#grids.set(at, found);
    return found;
  }

  #range(reference: Reference, own: string): Step {
    const { sheet = own, column, row, toColumn, toRow, moves, slides } = reference;
    const rows = this.#sheets.get(sheet);
    if (isCell(reference)) return () => this.cell(sheet, rows, slides ? column + this.#right : column, moves ? row + this.#down : row);
    return () => {
      const [aside, down] = [slides ? this.#right : 0, moves ? this.#down : 0];
      const cells: Result[] = [];
      for (let r = row + down; r <= toRow + down; r++) for (let k = column + aside; k <= toColumn + aside; k++) cells.push(this.cell(sheet, rows, k, r));
      return { cells, width: toColumn - column + 1 };
    };
  }
}

const isCell = ({ column, row, toColumn, toRow }: Reference) => column === toColumn && row === toRow;

/** A value as the writers read it. */
function keep(cell: Cell, value: Value | Wrong) {
  errors.delete(cell);
  if (!(value instanceof Wrong)) {
    cell.value = value;
    return;
  }
  errors.set(cell, value);
  delete cell.value;
}

function unknown(name: string): never {
  throw new Error(`The function ${name} is not known here.`);
}

const negative = (a: Result) => (a instanceof Wrong ? a : numeric(a, (n) => -n));

const trees = new WeakMap<Cell, Node>();

/** A cell's formula, read once. */
export function treeOf(cell: Cell): Node {
  let tree = trees.get(cell);
  if (!tree) trees.set(cell, (tree = parse(cell.formula ?? "")));
  return tree;
}

/** A formula that points to an empty cell shows 0. */
const shown = (found: Result | Grid): Value | Wrong => one(found) ?? 0;

const isGrid = (found: Result | Grid): found is Grid => found !== null && typeof found === "object" && "cells" in found;
const one = (found: Result | Grid): Result => (isGrid(found) ? VALUE : found);
const cellsOf = (found: Result | Grid): Result[] => (isGrid(found) ? found.cells : [found]);

/** An operation on two values, cell by cell where one of them is a range. */
function each(a: Result | Grid, b: Result | Grid, operation: (a: Result, b: Result) => Result): Result | Grid {
  if (!isGrid(a) && !isGrid(b)) return operation(a, b);
  const { cells: shape, width } = isGrid(a) ? a : (b as Grid); // one of them is
  const cells: Result[] = new Array(shape.length);
  for (let i = 0; i < shape.length; i++) cells[i] = operation(isGrid(a) ? a.cells[i] : a, isGrid(b) ? (b.cells[i] ?? MISSING) : b);
  return { cells, width };
}

function toNumber(value: Result): number | Wrong {
  if (value instanceof Wrong) return value;
  if (value === null) return 0;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return VALUE; // a text that looks like a number is none here: programs disagree about it
}

const finite = (n: number) => (Number.isFinite(n) ? n : NUMBER);
const numeric = (value: Result, operation: (n: number) => number | Wrong): Result => {
  const n = toNumber(value);
  if (n instanceof Wrong) return n;
  const result = operation(n);
  return result instanceof Wrong ? result : finite(result);
};
const arithmetic = (operation: (a: number, b: number) => number | Wrong) => (a: Result, b: Result): Result => {
  if (typeof a === "number" && typeof b === "number") {
    const result = operation(a, b);
    return result instanceof Wrong ? result : finite(result);
  }
  return numeric(a, (x) => {
    const y = toNumber(b);
    return y instanceof Wrong ? y : operation(x, y);
  });
};

const said = (value: Result) => (value === null ? "" : typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : String(value));

/** Numbers before texts before yes and no; texts without regard to case. */
const rank = (value: Value) => (typeof value === "number" ? 0 : typeof value === "string" ? 1 : 2);
function compared(a: Result, b: Result): number | Wrong {
  if (a instanceof Wrong) return a;
  if (b instanceof Wrong) return b;
  const like = (value: Result, other: Result) => (value === null ? (typeof other === "string" ? "" : typeof other === "boolean" ? false : 0) : value) as Value; // no Wrong, by the lines above
  const [x, y] = [like(a, b), like(b, a)];
  if (rank(x) !== rank(y)) return rank(x) - rank(y);
  if (typeof x === "string" && typeof y === "string") return x.toLowerCase() === y.toLowerCase() ? 0 : x.toLowerCase() < y.toLowerCase() ? -1 : 1;
  return Number(x) - Number(y);
}
const comparison = (holds: (order: number) => boolean) => (a: Result, b: Result): Result => {
  const order = compared(a, b);
  return order instanceof Wrong ? order : holds(order);
};

const OPERATORS: Record<string, (a: Result, b: Result) => Result> = {
  "+": arithmetic((a, b) => a + b),
  "-": arithmetic((a, b) => a - b),
  "*": arithmetic((a, b) => a * b),
  "/": arithmetic((a, b) => (b === 0 ? DIVISION : a / b)),
  "^": arithmetic((a, b) => (a === 0 && b === 0 ? NUMBER : a === 0 && b < 0 ? DIVISION : a ** b)),
  "&": (a, b) => (a instanceof Wrong ? a : b instanceof Wrong ? b : said(a) + said(b)),
  "=": comparison((order) => order === 0),
  "<>": comparison((order) => order !== 0),
  "<": comparison((order) => order < 0),
  "<=": comparison((order) => order <= 0),
  ">": comparison((order) => order > 0),
  ">=": comparison((order) => order >= 0),
};

function truth(value: Result): boolean | Wrong {
  if (value instanceof Wrong) return value;
  return typeof value === "string" ? VALUE : Boolean(value);
}

/** AND and OR: all arguments are looked at, texts within ranges passed over. */
const allOf = (whole: (list: boolean[]) => boolean) => (...args: Lazy[]): Result => {
  const list: boolean[] = [];
  for (const arg of args) {
    const found = arg();
    for (const value of cellsOf(found)) {
      if (isGrid(found) && (value === null || typeof value === "string")) continue;
      const is = truth(value);
      if (is instanceof Wrong) return is;
      list.push(is);
    }
  }
  return whole(list);
};

/** The numbers among the arguments; in cells and ranges texts are passed over. */
function numbers(args: Lazy[]): number[] | Wrong {
  const list: number[] = [];
  for (const arg of args) {
    for (const value of cellsOf(arg())) {
      if (value instanceof Wrong) return value;
      if (typeof value === "number") list.push(value);
    }
  }
  return list;
}
const ofNumbers = (operation: (list: number[]) => number) => (...args: Lazy[]): Result => {
  const list = numbers(args);
  return list instanceof Wrong ? list : finite(operation(list));
};
/** Of a range, cell by cell. */
const ofOne = (operation: (n: number) => number | Wrong) => (arg: Lazy): Result | Grid => each(arg(), null, (a) => (a instanceof Wrong ? a : numeric(a, operation)));
const ofTwo = (operation: (a: number, b: number) => number | Wrong) => (a: Lazy, b: Lazy): Result => arithmetic(operation)(one(a()), one(b()));

/** Of the straight line of least squares: the slope, and the means it goes through. */
const ofLine = (told: (line: { slope: number; x: number; y: number }) => number) => (ys: Lazy, xs: Lazy): Result => {
  const [y, x] = [numbers([ys]), numbers([xs])];
  if (y instanceof Wrong) return y;
  if (x instanceof Wrong) return x;
  if (x.length !== y.length || x.length < 2) return x.length === y.length ? DIVISION : MISSING;
  const mean = (list: number[]) => list.reduce((sum, n) => sum + n, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const [xx, xy] = [x, y].map((list, k) => list.reduce((sum, n, i) => sum + (x[i] - mx) * (n - (k ? my : mx)), 0));
  return xx === 0 ? DIVISION : finite(told({ slope: xy / xx, x: mx, y: my }));
};

const FUNCTIONS: Record<string, (...args: Lazy[]) => Result | Grid> = {
  IF: (condition, yes, no) => {
    const is = truth(one(condition()));
    return is instanceof Wrong ? is : is ? yes() : no ? no() : false;
  },
  IFERROR: (arg, other) => {
    const value = one(arg());
    return value instanceof Wrong ? other() : value;
  },
  ISERROR: (arg) => one(arg()) instanceof Wrong,
  ISNUMBER: (arg) => typeof one(arg()) === "number",
  AND: allOf((list) => list.every(Boolean)),
  OR: allOf((list) => list.some(Boolean)),
  NOT: (arg) => {
    const is = truth(one(arg()));
    return is instanceof Wrong ? is : !is;
  },
  N: (arg) => {
    const value = one(arg());
    return value instanceof Wrong || typeof value === "number" ? value : value === true ? 1 : 0;
  },
  SUM: ofNumbers((list) => list.reduce((sum, n) => sum + n, 0)),
  MAX: ofNumbers((list) => (list.length ? Math.max(...list) : 0)),
  MIN: ofNumbers((list) => (list.length ? Math.min(...list) : 0)),
  COUNT: (...args) => args.flatMap((arg) => cellsOf(arg())).filter((value) => typeof value === "number").length,
  SUMPRODUCT: (...args) => {
    const product = args.map((arg) => arg()).reduce((a, b) => each(a, b, OPERATORS["*"]));
    let sum = 0;
    for (const value of cellsOf(product)) {
      if (value instanceof Wrong) return value;
      if (typeof value === "number") sum += value;
    }
    return finite(sum);
  },
  INDEX: (range, row) => {
    const found = range();
    const n = toNumber(one(row()));
    return n instanceof Wrong ? n : (cellsOf(found)[Math.trunc(n) - 1] ?? (n >= 1 && n <= cellsOf(found).length ? null : new Wrong("#REF!")));
  },
  SLOPE: ofLine(({ slope }) => slope),
  INTERCEPT: ofLine(({ slope, x, y }) => y - slope * x),
  ABS: ofOne(Math.abs),
  INT: ofOne(Math.floor),
  LN: ofOne((n) => (n > 0 ? Math.log(n) : NUMBER)),
  EXP: ofOne(Math.exp),
  SQRT: ofOne((n) => (n >= 0 ? Math.sqrt(n) : NUMBER)),
  MOD: ofTwo((a, b) => (b === 0 ? DIVISION : a - b * Math.floor(a / b))),
  ROUND: ofTwo((n, digits) => Math.sign(n) * Number(`${Math.round(Number(`${Math.abs(n)}e${digits}`))}e${-digits}`)),
  ROUNDUP: ofTwo((n, digits) => Math.sign(n) * (Math.ceil(Math.abs(n) * 10 ** digits) / 10 ** digits)),
};

/**
 * Which customers a table shows, and in which order: row numbers of the table's columns, in a Uint32Array. Nothing here is
 * decoded, formatted or copied row by row, so that it holds for hundreds of thousands of customers. For more than that
 * all is written as generators, which pause every few milliseconds: a page can run them in pieces.
 */
import type { Ids } from "../engine/customers.ts";
import { atStake } from "./csv.ts";
import type { Table } from "./state.ts";

type Column = keyof Table["columns"];
export type Sort = { column: Column | "id" | "stake", descending: boolean };
export type Range = [number | null, number | null];
export type Ranged = "p_alive" | "clv" | "orders" | "last_day";

/** What is null or empty lets everybody through; ends belong to a range. */
export interface Filter {
  text: string; // within the id, in capitals or not
  segments: readonly number[]; // none lets all through
  decile: number | null;
  ranges: Partial<Record<Ranged, Range>>;
}

export const EVERYBODY: Filter = { text: "", segments: [], decile: null, ranges: {} };

/** Whether a filter lets everybody through. */
export const isOpen = ({ text, segments, decile, ranges }: Filter) =>
  text === "" && segments.length === 0 && decile === null && Object.values(ranges).every(([low, high]) => low === null && high === null);

/** Rows that are looked at between two pauses. */
export const PIECE = 1 << 16;

/**
 * The customers whom a filter lets through, in the order of a sort. The order of all is given back, so that another filter
 * need not sort again.
 * @param order where it is known
 */
export function* selecting(table: Table, sort: Sort, filter: Filter, order: Uint32Array | null): Generator<void, { order: Uint32Array, rows: Uint32Array }> {
  const all = order ?? (yield* sorting(table, sort));
  return { order: all, rows: yield* filtering(table, all, filter) };
}

/** Runs to the end without a pause. */
export function atOnce<T>(steps: Generator<void, T>) {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * Those of an order whom a filter lets through; the order itself where that is everybody.
 * @param order of all rows
 */
export function* filtering(table: Table, order: Uint32Array, filter: Filter): Generator<void, Uint32Array> {
  if (isOpen(filter)) return order;
  const keep = yield* keeping(table, filter);
  const out = new Uint32Array(order.length);
  let n = 0;
  for (let i = 0; i < order.length; i++) {
    out[n] = order[i];
    n += keep[order[i]];
    if (i % PIECE === 0) yield;
  }
  return out.slice(0, n);
}

/** A 1 for every row that a filter lets through. */
function* keeping({ length, ids, columns }: Table, { text, segments, decile, ranges }: Filter): Generator<void, Uint8Array> {
  const keep = new Uint8Array(length).fill(1);
  if (segments.length > 0) keepAmong(keep, columns.segment, segments);
  if (decile !== null) keepAmong(keep, columns.decile, [decile]);
  for (const [name, [low, high]] of Object.entries(ranges)) {
    keepWithin(keep, columns[name as Ranged], low ?? -Infinity, high ?? Infinity); // of ranges, by name
    yield;
  }
  if (text !== "") yield* keepContaining(keep, ids, text);
  return keep;
}

/** @param values less than 256 */
function keepAmong(keep: Uint8Array, column: ArrayLike<number>, values: readonly number[]) {
  const among = new Uint8Array(256);
  for (const value of values) among[value] = 1;
  for (let i = 0; i < keep.length; i++) keep[i] &= among[column[i]];
}

function keepWithin(keep: Uint8Array, column: ArrayLike<number>, low: number, high: number) {
  if (low === -Infinity && high === Infinity) return;
  for (let i = 0; i < keep.length; i++) keep[i] &= Number(column[i] >= low && column[i] <= high);
}

/** Looks through the bytes of the ids, which need not be decoded for that. */
function* keepContaining(keep: Uint8Array, { bytes, ends }: Ids, text: string): Generator<void, void> {
  const letters = Array.from(text, lettersOf);
  const first = new Uint8Array(256);
  for (const way of letters[0]) first[way[0]] = 1;
  let at = 0;
  for (let row = 0; row < keep.length; row++) {
    const end = ends[row];
    let found = false;
    if (keep[row]) for (; at < end && !found; at++) found = first[bytes[at]] === 1 && matches(bytes, at, end, letters);
    keep[row] = Number(found);
    at = end;
    if (row % PIECE === 0) yield;
  }
}

const utf8 = new TextEncoder();

/** A letter as bytes, in small and in capitals. */
const lettersOf = (letter: string) => [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])].map((way) => utf8.encode(way));

/** Whether letters, each with its ways to be written, stand at a place. */
function matches(bytes: Uint8Array, at: number, end: number, letters: Uint8Array[][]) {
  for (const ways of letters) {
    let length = 0;
    for (let i = 0; i < ways.length && !length; i++) length = startsWith(bytes, at, end, ways[i]);
    if (!length) return false;
    at += length;
  }
  return true;
}

/** The length of what is looked for, if it stands there. */
function startsWith(bytes: Uint8Array, at: number, end: number, part: Uint8Array) {
  if (at + part.length > end) return 0;
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return 0;
  return part.length;
}

/** All rows, sorted. Equal ones stay as they were in the file, whichever way; what is not known comes last, whichever way. */
export function* sorting({ length, ids, columns }: Table, { column, descending }: Sort): Generator<void, Uint32Array> {
  if (column === "stake") {
    const stake = new Float64Array(length);
    for (let row = 0; row < length; row++) stake[row] = atStake(columns, row);
    return yield* sortingBy(length, numberKeys(stake, NaN, descending));
  }
  if (column !== "id") return yield* sortingBy(length, numberKeys(columns[column], column === "next_order_days" ? 0 : NaN, descending));
  const { bytes, ends } = ids;
  return yield* sortingBy(length, areNumbers(bytes, ends) ? numberKeys(numbersOf(bytes, ends), NaN, descending) : idKeys(bytes, ends, descending));
}

/** The places of numbers, highest first; equal ones stay as they were. */
export const highestFirst = (values: Float64Array) => atOnce(sortingBy(values.length, numberKeys(values, NaN, true)));

/**
 * What rows are sorted by: whole numbers of 32 bits, those of the next level where all before are equal. fill writes the
 * key of each row from one place to another.
 */
interface LevelKeys {
  fill: (keys: Uint32Array, rows: Uint32Array, from: number, to: number, level: number) => void;
  more: (row: number, level: number) => boolean;
}

/**
 * The two words of each number, ordered as the numbers are.
 * @param unknown a number that says so, besides NaN
 */
function numberKeys(values: ArrayLike<number>, unknown: number, descending: boolean): LevelKeys {
  const number = new Float64Array(1);
  const halves = new Uint32Array(number.buffer);
  const turn = descending ? -1 : 0;
  return {
    fill(keys, rows, from, to, level) {
      for (let i = from; i < to; i++) {
        const value = values[rows[i]];
        number[0] = value + 0; // one zero, not two
        const negative = halves[1] >>> 31;
        // Negative numbers are sign and size: all their bits turn; of the others the sign alone.
        const bits = level === 0 ? halves[1] ^ (negative ? -1 : 0x80000000) : halves[0] ^ -negative;
        keys[i] = Number.isNaN(value) || value === unknown ? 0xffffffff : bits ^ turn;
      }
    },
    more: (_, level) => level === 0,
  };
}

/** Four bytes of an id at a level, small letters for capitals, 0 for what is behind its end: no id holds that. */
function idKeys(bytes: Uint8Array, ends: Uint32Array, descending: boolean): LevelKeys {
  const turn = descending ? -1 : 0;
  const small = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  return {
    fill(keys, rows, from, to, level) {
      for (let i = from; i < to; i++) {
        const end = ends[rows[i]];
        const at = (rows[i] === 0 ? 0 : ends[rows[i] - 1]) + 4 * level;
        let key = 0;
        for (let k = at; k < at + 4; k++) key = (key << 8) | (k < end ? small[bytes[k]] : 0);
        keys[i] = key ^ turn;
      }
    },
    more: (row, level) => (row === 0 ? 0 : ends[row - 1]) + 4 * level + 4 <= ends[row],
  };
}

/** Whether all ids are whole numbers that a number holds. */
function areNumbers(bytes: Uint8Array, ends: Uint32Array) {
  for (let row = 0, at = 0; row < ends.length; at = ends[row++]) if (ends[row] === at || ends[row] - at > 15) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] < 48 || bytes[at] > 57) return false;
  return true;
}

function numbersOf(bytes: Uint8Array, ends: Uint32Array) {
  const out = new Float64Array(ends.length);
  for (let row = 0, at = 0; row < ends.length; row++) for (; at < ends[row]; at++) out[row] = 10 * out[row] + bytes[at] - 48;
  return out;
}

function* sortingBy(length: number, by: LevelKeys): Generator<void, Uint32Array> {
  const rows = new Uint32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  const sorter = new Sorter(rows);
  // Runs that are equal above their level.
  const runs = [[0, length, 0]];
  for (let run = runs.pop(); run; run = runs.pop()) {
    const [from, to, level] = run;
    const keys = yield* sorter.sort(from, to, by, level);
    for (let i = from, next: number; i < to; i = next) {
      for (next = i + 1; next < to && keys[next] === keys[i]; ) next++;
      if (next - i > 1 && by.more(rows[i], level)) runs.push([i, next, level + 1]);
    }
  }
  return rows;
}

/** Up to so many rows are sorted by insertion. */
const FEW = 128;

/** Three digits of 11 bits: their counters stay in the processor's nearest memory. */
const RADIX = 1 << 11;
const SHIFTS = [0, 11, 22];

/** Sorts rows by keys, equal ones as they were. */
class Sorter {
  keys: Uint32Array;
  spareRows: Uint32Array;
  spareKeys: Uint32Array;

  /** @param rows to be sorted in place */
  constructor(readonly rows: Uint32Array) {
    this.keys = new Uint32Array(rows.length);
    this.spareRows = new Uint32Array(rows.length);
    this.spareKeys = new Uint32Array(rows.length);
  }

  /** Returns the keys in their new order, in their places. */
  *sort(from: number, to: number, by: LevelKeys, level: number): Generator<void, Uint32Array> {
    for (let at = from; at < to; at += PIECE) yield by.fill(this.keys, this.rows, at, Math.min(to, at + PIECE), level);
    if (to - from <= FEW) this.#insert(from, to);
    else if (!this.#isEven(from, to)) for (const shift of SHIFTS) yield* this.#count(from, to, shift);
    return this.keys;
  }

  #isEven(from: number, to: number) {
    for (let i = from + 1; i < to; i++) if (this.keys[i] !== this.keys[from]) return false;
    return true;
  }

  #insert(from: number, to: number) {
    const { rows, keys } = this;
    for (let i = from + 1; i < to; i++) {
      const [row, key] = [rows[i], keys[i]];
      let at = i;
      for (; at > from && keys[at - 1] > key; at--) {
        rows[at] = rows[at - 1];
        keys[at] = keys[at - 1];
      }
      rows[at] = row;
      keys[at] = key;
    }
  }

  /** Sorts by one digit. */
  *#count(from: number, to: number, shift: number): Generator<void, void> {
    const { rows, keys, spareRows, spareKeys } = this;
    const places = new Uint32Array(RADIX + 1);
    for (let i = from; i < to; i++) places[((keys[i] >>> shift) & (RADIX - 1)) + 1]++;
    if (places[((keys[from] >>> shift) & (RADIX - 1)) + 1] === to - from) return; // all have the same
    places[0] = from;
    for (let d = 0; d < RADIX; d++) places[d + 1] += places[d];
    for (let i = from; i < to; i++) {
      const place = places[(keys[i] >>> shift) & (RADIX - 1)]++;
      spareRows[place] = rows[i];
      spareKeys[place] = keys[i];
      if (i % PIECE === 0) yield;
    }
    rows.set(spareRows.subarray(from, to), from);
    keys.set(spareKeys.subarray(from, to), from);
  }
}

/** The sum of a column over some rows. */
export function sumOf(column: ArrayLike<number>, rows: Uint32Array) {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += column[rows[i]];
  return sum;
}

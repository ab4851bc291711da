/**
 * Comma-separated files: RFC 4180, and safe to open in a spreadsheet. Numbers keep every digit and a decimal point
 * whatever the locale, so that a file can be read back.
 */
import { words } from "../engine/customers.gen.mjs";
import type { Along } from "./kept.ts";
import type { Table } from "./state.ts";

type Cell = (row: number) => string;

interface Making {
  money: boolean; // whether anybody has paid anything
  ranked?: boolean; // whether customers are ranked, and no more
  fields?: readonly Field[]; // its columns
  along?: readonly Along[]; // columns of the file, behind them
  end?: number; // last day of the list, where a day of the next order is among them
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
}

/** How long the parts of a file are made without a break, in milliseconds: half a frame. */
const BURST_MS = 8;

/** Rows to a part. */
const PART = 500;

/**
 * What a spreadsheet would take for a formula: a sign that begins one, behind whatever a program may strip before it. Line
 * breaks, tabs and semicolons count as beginnings, since a program with other separators starts a cell there.
 */
const FORMULA = /(^|[;\t\r\n])(?=[\s\p{Cc}\p{Cf}"'`]*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;

/** A number that begins with a minus is none. */
const NUMBER = /^-\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** What must stand in quotes: separators, also those of other programs, quotes, and space at the ends, which readers trim. */
const QUOTED = /[,;"\r\n\t]|^\s|\s$/;

/**
 * A cell: text that cannot become a formula, or a number; what is not there is empty. A formula gets an apostrophe in
 * front, a spreadsheet's own sign for text.
 */
export function cell(value: string | number | boolean | null | undefined) {
  if (value == null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = String(value);
  const safe = NUMBER.test(text) ? text : text.replace(FORMULA, "$1'");
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A telephone number is no formula: its plus stays. */
export const PHONE = /^\+?\d[\d\s().-]{6,}$/;
export const textCell = (text: string) => (PHONE.test(text) ? text : cell(text));

/** Rows of cells as one text; for what is small. */
export const csv = (rows: Iterable<Iterable<Parameters<typeof cell>[0]>>) => Array.from(rows, (row) => `${Array.from(row, cell).join(",")}\r\n`).join("");

/** The columns of a file of customers, as functions/score writes them; the order counts. */
export const FIELDS = [
  "id", "orders", "spend", "p_alive", "expected_orders", "expected_spend", "clv", "clv_lower", "clv_upper", "next_order_days",
  "rank", "decile", "segment",
] as const;

/** What a file can have besides. */
const MORE = ["value_at_risk", "order_value", "first_order", "last_order", "next_order"] as const;

export type Field = typeof FIELDS[number] | typeof MORE[number];

const DAY = 86_400_000;

/** A day as 2026-11-30. */
export const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** The last day that has four digits for its year, which is what readers take. */
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY;

/** The day by which the next order is as likely as not; null where there is none, or none that readers take. */
export function nextOrderOf(end: number, days: number) {
  const day = end + Math.ceil(days);
  return days > 0 && day <= LAST_DAY ? day : null;
}

/** The same as files have it. */
export const nextDateOf = (end: number, days: number) => {
  const day = nextOrderOf(end, days);
  return day === null ? "" : dateOf(day);
};

/** What a customer would be worth if they were still there: customers.AtStake. */
export const atStake = ({ clv, p_alive }: Pick<Table["columns"], "clv" | "p_alive">, row: number) => (p_alive[row] > 0 ? clv[row] / p_alive[row] : 0);

/** How each field is written: empty what is not known yet, where nobody has paid anything what is money, and where customers are ranked only what is to come. */
function cells({ ids, columns: c }: Table, { money, ranked = false, end = 0 }: Making): Record<Field, Cell> {
  const none: Cell = () => "";
  const number = (column: ArrayLike<number>): Cell => (column.length ? (row) => cell(column[row]) : () => "");
  const amount = (column: ArrayLike<number>) => (money ? number(column) : none);
  const ahead = (write: Cell) => (ranked ? none : write);
  return {
    id: (row) => cell(ids.at(row)),
    orders: number(c.orders),
    spend: amount(c.spend),
    p_alive: ahead(number(c.p_alive)),
    expected_orders: ahead(number(c.expected_orders)),
    expected_spend: ahead(amount(c.expected_spend)),
    clv: ahead(amount(c.clv)),
    clv_lower: ahead(amount(c.clv_low)),
    clv_upper: ahead(amount(c.clv_high)),
    next_order_days: ahead((row) => cell(c.next_order_days[row] || null)),
    rank: number(c.rank),
    decile: number(c.decile),
    segment: (row) => cell(words.segment[c.segment[row]]),
    value_at_risk: ahead(money ? (row) => cell(atStake(c, row)) : none),
    order_value: money ? (row) => cell(c.order_value[row]) : none,
    first_order: (row) => dateOf(c.first_day[row]),
    last_order: (row) => dateOf(c.last_day[row]),
    next_order: ahead((row) => nextDateOf(end, c.next_order_days[row])),
  };
}

/**
 * A file of customers in parts, the names of the columns first.
 * @param rows in the order of the file @param making with functions/score's columns, unless it names others
 */
export function* customersCsvParts(table: Table, rows: ArrayLike<number>, making: Making) {
  const { fields = FIELDS, along = [] } = making;
  const of = cells(table, making);
  const order = [...fields.map((field) => of[field]), ...along.map(({ at }): Cell => (row) => textCell(at(row)))];
  const taken: readonly string[] = fields;
  yield `${[...fields, ...along.map(({ name }) => cell(taken.includes(name) ? `file_${name}` : name))].join(",")}\r\n`;
  for (let from = 0; from < rows.length; from += PART) {
    let part = "";
    for (let i = from; i < Math.min(from + PART, rows.length); i++) {
      part += order[0](rows[i]);
      for (let k = 1; k < order.length; k++) part += `,${order[k](rows[i])}`;
      part += "\r\n";
    }
    yield part;
  }
}

/**
 * The same as a file, made in bursts so that the page answers meanwhile.
 * @param rows in the order of the file
 */
export async function customersCsv(table: Table, rows: ArrayLike<number>, making: Making) {
  const { signal, onProgress } = making;
  const blobs: Blob[] = [];
  let parts: string[] = [];
  let done = 0;
  let began = performance.now();
  for (const part of customersCsvParts(table, rows, making)) {
    parts.push(part);
    done += PART;
    if (performance.now() - began < BURST_MS) continue;
    blobs.push(new Blob(parts)); // leaves the heap
    parts = [];
    onProgress?.(Math.min(1, done / rows.length));
    await breath();
    signal?.throwIfAborted();
    began = performance.now();
  }
  return new Blob([...blobs, ...parts], { type: "text/csv;charset=utf-8" });
}

/** Lets the page draw and answer: a message, since timers within timers are held back. */
export const breath = () => new Promise<void>((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(null);
});

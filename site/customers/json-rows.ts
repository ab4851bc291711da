/**
 * Orders in JSON as rows: a list of objects, an object a line, or an object that holds the list. The names of nested values are their
 * paths, as customer.email; where an order holds a list of objects, its lines, each becomes a row. As functions/tables does it.
 */

import { type Dict, isDict, plain, scalars } from "./json-shapes.ts";

/** How deep values are looked for. */
const DEPTH = 8;

/** Whether a text begins as JSON with objects does. */
export const isJson = (head: string) => /^[\s\uFEFF]*(\{\s*"|\[[\s[]*\{|\[\s*\[\s*")/.test(head);

/** A list of objects in JSON: the path to it, and how many it holds. */
export interface List {
  path: string;
  length: number;
}

/**
 * The rows as CSV, null where there are none; and the lists that could be the orders.
 * @param path of the list that is wanted; "" is the longest
 */
export function rowsOfJson(text: string, path = ""): { csv: string | null, lists: List[] } {
  const values = valuesOf(text.replace(/^\uFEFF/, "")).map((value) => plain(value, DEPTH));
  const lengths = new Map<string, number>();
  for (const value of values) for (const list of listsIn(value, "", DEPTH)) lengths.set(list.path, (lengths.get(list.path) ?? 0) + list.length);
  const lists = [...lengths].map(([at, length]) => ({ path: at, length })).sort((a, b) => b.length - a.length);
  const chosen = path && lengths.has(path) ? values.flatMap((value) => listAt(value, path)) : values.flatMap(ordersIn);
  return { csv: csvOf(chosen.flatMap(flatten)), lists };
}

function csvOf(rows: Map<string, string>[]) {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
  if (names.length === 0) return null;
  return [names, ...rows.map((row) => names.map((name) => row.get(name) ?? ""))].map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

/** One value, or one a line. */
function valuesOf(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split(/\r?\n/).filter((line) => line.trim()).map((line) => JSON.parse(line));
  }
}

function ordersIn(value: unknown): Dict[] {
  if (Array.isArray(value)) return value.filter(isDict);
  if (!isDict(value)) return [];
  const longest = listsIn(value, "", DEPTH).reduce<List | null>((best, list) => (best && best.length >= list.length ? best : list), null);
  return scalars(value) >= 3 || !longest ? [value] : listAt(value, longest.path);
}

/** The lists of objects under some names. */
function listsIn(value: unknown, path: string, depth: number): List[] {
  if (!isDict(value) || depth < 0) return [];
  return Object.entries(value).flatMap(([name, v]) => {
    const at = path ? `${path}.${name}` : name;
    const length = Array.isArray(v) ? v.filter(isDict).length : 0;
    return length > 0 ? [{ path: at, length }] : listsIn(v, at, depth - 1);
  });
}

/** The list at a path; a name may hold a point. */
function listAt(value: unknown, path: string): Dict[] {
  if (path === "") return Array.isArray(value) ? value.filter(isDict) : [];
  if (!isDict(value)) return [];
  return Object.entries(value).flatMap(([name, v]) => (path === name || path.startsWith(`${name}.`) ? listAt(v, path.slice(name.length + 1)) : []));
}

/** The rows of an order. What went back, in a list of refunds, becomes a column of the order. */
function flatten(order: Dict): Map<string, string>[] {
  const own = new Map<string, string>();
  let lines: { path: string, list: Dict[] } = { path: "", list: [] };
  const walk = (path: string, value: unknown, depth: number) => {
    if (isDict(value)) {
      if (depth < DEPTH) for (const name of Object.keys(value).sort()) walk(path ? `${path}.${name}` : name, value[name], depth + 1);
    } else if (Array.isArray(value)) {
      const list = value.filter(isDict);
      const back = REFUNDS.test(path) ? refunded(list) : null;
      if (back !== null) own.set(`${path}.amount`, back);
      else if (!REFUNDS.test(path) && areLines(path, list.length, lines)) lines = { path, list };
    } else if (value !== null && value !== undefined) own.set(path, String(value));
  };
  walk("", order, 0);
  if (lines.list.length === 0) return [own];
  return lines.list.map((line) => {
    const row = new Map(own);
    for (const [name, v] of Object.entries(line)) if (v !== null && typeof v !== "object") row.set(`${rowName(lines.path)}.${name}`, String(v));
    return row;
  });
}

/** The name of a list's entries where each is an order: of somebody's orders, "orders.total" is what one came to, not how many there are. */
const rowName = (list: string) => (/(^|\.)(orders|purchases|transactions|invoices)$/i.test(list) ? list.slice(0, -1) : list);

const REFUNDS = /refund/i;
/** Lists of an order that are what was bought, and lists that are not. */
const ITEMS = /item|product|position/i;
const BESIDES = /shipping|tax|discount|coupon|promotion|fee|fulfil|shipment|tracking|payment|transaction|note|meta|attribute|tag|histor|address|adjustment|event/i;

/** Whether a list is more likely an order's lines than the best so far: by its name, or by its length. */
function areLines(path: string, length: number, best: { path: string, list: Dict[] }) {
  if (length === 0) return false;
  if (ITEMS.test(path) !== ITEMS.test(best.path)) return ITEMS.test(path);
  return (ITEMS.test(path) || !BESIDES.test(path)) && length > best.list.length;
}

/** The sum of an order's refunds: of the amount of each, or of the money that moved for it; null where one says nothing. */
function refunded(list: Dict[]): string | null {
  let sum = 0;
  for (const refund of list) {
    const moves = Array.isArray(refund.transactions) ? refund.transactions.filter(isDict).filter(({ kind }) => !kind || kind === "refund") : [];
    const moved = moves.map(moneyOf).filter((money) => money !== null);
    const back = moneyOf(refund) ?? (moved.length > 0 ? moved.reduce((a, b) => a + b) : null);
    if (back === null) return null;
    sum += back;
  }
  return list.length > 0 ? String(Math.round(sum * 1e6) / 1e6) : null;
}

/** What an object says of its money, without the sign. */
function moneyOf(object: Dict): number | null {
  for (const name of ["amount", "total"]) {
    const value = isDict(object[name]) ? object[name].value : object[name];
    if (value === undefined || value === null || value === "") continue;
    const money = Math.abs(Number(value));
    return Number.isFinite(money) ? money : null;
  }
  return null;
}

/** A cell of a comma-separated file. */
export const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * What has changed since an earlier day: what was known and expected then, from a second session that reads the same files up to
 * that day, against what the list says now.
 */
import { cuts, words } from "../engine/customers.gen.mjs";
import type { Totals } from "../engine/customers.ts";
import { breath } from "./csv.ts";
import { parseCsv } from "./lists.ts";
import { sinceOf } from "./settings.ts";
import { type Against, type Changes, type State, type Table, hasMoney, known } from "./state.ts";

/** How long the page may be busy without a pause, in milliseconds. */
const BURST_MS = 30;

/** Levels whose customers are good ones. */
const GOOD = words.segment.map((name) => name === "champion" || name === "regular");

/** @param then its figures are of the day, over a horizon that ends with the list @param now with all orders of the list */
export async function changesOf(then: State, now: Table, end: number): Promise<Changes> {
  const [old, totals, day] = [known(then, "table"), known(then, "totals"), known(then, "summary").end];
  const rowsNow = new Map<string, number>();
  let began = performance.now();
  const rest = async (row: number) => {
    if (row % 512 || performance.now() - began < BURST_MS) return;
    await breath();
    began = performance.now();
  };
  for (let row = 0; row < now.length; row++) {
    rowsNow.set(now.ids.at(row), row);
    await rest(row);
  }
  const sums = { orders: 0, spend: 0 };
  const slipped: number[] = [];
  const returned: number[] = [];
  const isOld = new Uint8Array(now.length);
  const valueThen = new Float64Array(now.length);
  for (let at = 0; at < old.length; at++) {
    await rest(at);
    const row = rowsNow.get(old.ids.at(at));
    if (row === undefined) continue;
    isOld[row] = 1;
    valueThen[row] = old.columns.clv[at];
    const more = now.columns.orders[row] - old.columns.orders[at];
    sums.orders += more;
    sums.spend += now.columns.spend[row] - old.columns.spend[at];
    const [before, after] = [old.columns.p_alive[at], now.columns.p_alive[row]];
    if (GOOD[old.columns.segment[at]] && after < cuts.safe) slipped.push(row);
    if (before < cuts.safe && more > 0) returned.push(row);
  }
  const newcomers = { customers: 0, orders: 0 };
  for (let row = 0; row < now.length; row++) {
    if (isOld[row]) continue;
    newcomers.customers++;
    newcomers.orders += now.columns.orders[row];
  }
  const best = (rows: number[], value: ArrayLike<number>) => Uint32Array.from(rows.sort((a, b) => value[b] - value[a]));
  const { evidence } = then.pictures;
  return {
    day, end, customers: old.length, newcomers, checked: totals.likely.checked,
    orders: against(sums.orders, totals, "orders"), spend: hasMoney(then) ? against(sums.spend, totals, "spend") : null,
    records: evidence && evidence.forecasts > 0 ? { forecasts: evidence.forecasts, held: evidence.held } : null,
    slipped: best(slipped, valueThen), returned: best(returned, now.columns.clv),
  };
}

function against(came: number, totals: Totals, of: "orders" | "spend"): Against {
  const { value: expected } = totals[of];
  const { low, high } = (totals.likely.checked ? totals : totals.likely)[of];
  return { came, expected, low, high, told: of === "orders" || totals.likely.told };
}

/** Whether a range held what came. */
export const held = ({ came, low, high }: Against) => (came < low ? "below" : came > high ? "above" : "held");

/** What a file of last time says: a model file names its last day, a list of customers their orders. */
export type Last = { day: number, model: string } | { orders: Map<string, number> };

/** The apostrophe before what a spreadsheet would take for a formula, as csv.ts writes it. */
const QUOTED = /^'(?=[\s]*[=+\-@])/;

/** Reads a model file or a list of customers as this page writes them; null where it is neither. */
export function readLast(text: string): Last | null {
  if (/^\s*\{/.test(text)) return ofModel(text);
  const [head, ...rows] = parseCsv(text);
  const [id, orders] = ["id", "orders"].map((name) => head?.findIndex((cell) => cell.trim().toLowerCase() === name) ?? -1);
  if (id < 0 || orders < 0) return null;
  const counts = rows.flatMap((row): [string, number][] => (Number(row[orders]) > 0 ? [[(row[id] ?? "").replace(QUOTED, ""), Number(row[orders])]] : []));
  return counts.length > 0 ? { orders: new Map(counts) } : null;
}

function ofModel(text: string): Last | null {
  try {
    const day = sinceOf(String(JSON.parse(text).data?.last_day));
    return day === null ? null : { day, model: text };
  } catch {
    return null;
  }
}

/**
 * The day that a list of customers is of, as far as later orders tell: the last order of those who have none but the list's. Null where
 * fewer than half of its customers are in the table, or they have fewer orders there: it is another shop's.
 */
export async function dayOf(last: Map<string, number>, { ids, length, columns }: Table) {
  let [found, day, began] = [0, -Infinity, performance.now()];
  for (let row = 0; row < length; row++) {
    const orders = last.get(ids.at(row));
    if (orders !== undefined && columns.orders[row] >= orders) found++;
    if (orders === columns.orders[row]) day = Math.max(day, columns.last_day[row]);
    if (row % 512 || performance.now() - began < BURST_MS) continue;
    await breath();
    began = performance.now();
  }
  return found * 2 >= last.size && Number.isFinite(day) ? day : null;
}

/** Invented tables of customers, as the page holds them, the same in every run. */
import type { Table } from "../customers/state.ts";
import { Ids } from "../engine/customers.ts";

/** Numbers that look random, the same in every run (mulberry32). */
export function random(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function idsOf(ids: string[]) {
  const parts = ids.map((id) => new TextEncoder().encode(id));
  const ends = Uint32Array.from(parts, ((end) => (p) => (end += p.length))(0));
  const bytes = new Uint8Array(ends.at(-1) ?? 0);
  parts.forEach((p, i) => bytes.set(p, i ? ends[i - 1] : 0));
  return new Ids(bytes, ends);
}

/** A table with the columns that a test looks at; it has no others. */
export const tableOf = (names: string[], columns: Partial<Table["columns"]> = {}) => ({ length: names.length, ids: idsOf(names), columns }) as Table;

/** A shop's columns: those that are sorted and filtered by. */
export function shop(n: number, name = (i: number) => `Customer-${String((i * 7919) % n).padStart(7, "0")}`) {
  const next = random(n);
  const numbers = (f: () => number) => Float64Array.from({ length: n }, f);
  return tableOf(Array.from({ length: n }, (_, i) => name(i)), {
    p_alive: numbers(next),
    clv: numbers(() => 100 * -Math.log(next())),
    orders: Uint32Array.from({ length: n }, () => 1 + Math.floor(-3 * Math.log(next()))),
    last_day: Int32Array.from({ length: n }, () => 10_000 + Math.floor(700 * next())),
    next_order_days: numbers(() => (next() < 0.5 ? 0 : 400 * next())),
    segment: Uint8Array.from({ length: n }, () => Math.floor(10 * next())),
    decile: Uint8Array.from({ length: n }, () => 1 + Math.floor(10 * next())),
    spend: numbers(() => 500 * next() - 100),
  });
}

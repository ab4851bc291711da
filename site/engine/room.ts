/**
 * Whether a log will fit: what the module needs of memory for so many rows, against what it can have. The answer comes while a file is
 * read, long before memory ends, so that nobody waits for a page that dies.
 */

/** What WebAssembly has: addresses of 32 bits. */
const MODULE_BYTES = 2 ** 32;

/**
 * What a row takes: a log of 20.2 million rows, eleven a customer, stood at 2,032 MB after the first answer and when nothing was left (docs/benchmarks.md,
 * "Memory in the browser"). Customers who order once or twice take more: a file that is let through may still be
 * too large, and ends as CustomersLost, with the first answer standing if it was there. What is told of can be read all the same (Input.regardless).
 */
const ROW_BYTES = 105;

/** Of fewer rows nothing is said: how long they are on average is not known yet, and they fit. */
const TELLING = 100_000;

/** A file that does not fit: its rows, if what was read is like the rest, the bytes that they would need, and those that there are. */
export interface Shortage {
  rows: number;
  needed: number;
  limit: number;
}

/** Memory of the device in bytes, as far as a browser tells: rounded to a power of two, and 8 GB at most. */
function deviceBytes() {
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number }; // Chrome and Edge have it; Node 20 has no navigator
  return deviceMemory ? deviceMemory * 2 ** 30 : Infinity;
}

/**
 * What is missing for the rest of a file; null where it fits, or nobody can tell yet.
 * @param rows read so far @param share of the file that they are, 0 to 1; 0 where it is not known
 */
export function shortage(rows: number, share: number, device = deviceBytes()): Shortage | null {
  if (rows < TELLING) return null;
  const all = share > 0 ? rows / Math.min(1, share) : rows;
  const limit = Math.min(MODULE_BYTES, device);
  const needed = all * ROW_BYTES;
  return needed > limit ? { rows: all, needed, limit } : null;
}

/** Whether an error says that there is no memory; each browser has words of its own for it. */
export function outOfMemory(error: unknown) {
  const { name, message = String(error) } = error as Partial<Error>; // or anything else that can be thrown
  return name === "RangeError" || name === "InternalError" || /\bmemory\b|allocat/i.test(message);
}

/** A file was not read to its end, because it would not fit. */
export class TooLarge extends Error {
  constructor(readonly shortage: Shortage) {
    super(`${Math.round(shortage.rows)} rows need about ${Math.round(shortage.needed / 2 ** 20)} MB of memory, and there are ${Math.round(shortage.limit / 2 ** 20)} MB.`);
    this.name = "TooLarge";
  }
}

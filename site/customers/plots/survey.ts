/**
 * One look at every customer, for the pictures that show all of them. It runs on the page's own thread, so it comes in
 * pieces: a generator that yields between them.
 */
import { cuts } from "../../engine/customers.gen.mjs";

/** Customers looked at in one piece: some milliseconds on a slow phone. */
const PIECE = 1 << 13;

/** The map's cells: of P(alive), and of worth within each of the three bands. */
export const ACROSS = 30;
export const UP = 8;

/** P(alive) below which a customer is lost, and from which safe. */
export const RISK = [cuts.lost, cuts.safe];

/** Below this, a customer's value is none. */
export const NOTHING = 0.005;

type Columns = { clv: Float64Array, p_alive: Float64Array, segment: Uint8Array };

export interface Survey {
  density: Uint32Array; // customers by cell of the map: row * ACROSS + column, the least worth first
  cuts: [number, number, number, number]; // worth at the ends of the bands, if still a customer
  counts: Uint32Array; // customers worth nothing, those below the first edge, those between each edge and the next
}

/** What a customer would be worth if still there, by which core/customers ranks for segments. */
const worth = (c: Columns, i: number) => (c.p_alive[i] > 0 ? Math.min(c.clv[i] / c.p_alive[i], Number.MAX_VALUE) : 0);

/** The bands of worth: 0 occasional, 1 regular, 2 champion; -1 newcomer, who may be anything. */
const bandOf = (segment: number) => (segment > 8 ? -1 : 2 - Math.floor(segment / 3));

/** @param edges ascending */
export function* survey(columns: Columns, edges: ArrayLike<number>, piece = PIECE): Generator<void, Survey> {
  const n = columns.clv.length;
  const lowest = [Infinity, Infinity, Infinity];
  let highest = 0;
  for (let from = 0; from < n; from += piece) {
    for (let i = from; i < Math.min(n, from + piece); i++) {
      const [v, band] = [worth(columns, i), bandOf(columns.segment[i])];
      if (band >= 0 && v > 0) lowest[band] = Math.min(lowest[band], v);
      highest = Math.max(highest, v);
    }
    yield;
  }
  const cuts = cutsOf(lowest, highest);
  const density = new Uint32Array(ACROSS * UP * 3);
  const counts = new Uint32Array(edges.length + 1);
  for (let from = 0; from < n; from += piece) {
    for (let i = from; i < Math.min(n, from + piece); i++) {
      density[cell(columns, i, cuts)]++;
      counts[slot(columns.clv[i], edges)]++;
    }
    yield;
  }
  return { density, cuts, counts };
}

/**
 * Where the bands begin and end. The lowest begins at a hundredth of its end at most: what is worth next to nothing is
 * not to take up the picture.
 * @param lowest of each band
 */
function cutsOf(lowest: number[], highest: number): [number, number, number, number] {
  const top = Math.max(highest, Number.MIN_VALUE);
  const champions = Math.min(lowest[2], top);
  const regulars = Math.min(lowest[1], champions);
  return [Math.max(Math.min(lowest[0], regulars), regulars / 100), regulars, champions, top];
}

function cell(c: Columns, i: number, cuts: [number, number, number, number]) {
  const v = worth(c, i);
  const own = bandOf(c.segment[i]);
  const band = own >= 0 ? own : v >= cuts[2] ? 2 : v >= cuts[1] ? 1 : 0;
  const column = Math.min(ACROSS - 1, Math.floor(c.p_alive[i] * ACROSS + 1e-9));
  return (band * UP + step(v, cuts[band], cuts[band + 1])) * ACROSS + column;
}

/** Where in its band, by its logarithm. */
function step(v: number, low: number, high: number) {
  if (!(high > low)) return UP >> 1;
  const part = Math.log(Math.max(v, low) / low) / Math.log(high / low);
  return Math.max(0, Math.min(UP - 1, Math.floor(part * UP)));
}

/** Which of counts a value belongs to. */
function slot(v: number, edges: ArrayLike<number>) {
  if (v < NOTHING) return 0;
  if (v < edges[0]) return 1;
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (v < edges[middle]) high = middle;
    else low = middle;
  }
  return low + 2;
}

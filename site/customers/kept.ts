/** Columns of the merchant's file that go along with lists: which there are, and what they say of the customers of the table. */
import type { KeptTexts } from "../engine/customers-planner.ts";
import { type Report, Ids } from "../engine/customers.ts";
import { useName } from "./reading.ts";
import type { Kept, State } from "./state.ts";

/** What is read of the orders anyway, and is not the customer's own. */
const ORDERS = ["date", "amount", "order", "status", "currency", "refunded", "cancelled", "quantity", "type"] as const;

/** How many columns are taken along at most: orders.MaxKept less that of consent. */
export const MOST_COLUMNS = 15;

/** The columns that can be taken along, by the names that the engine finds them by. */
export function columnsOf(report: Report) {
  const { names, columns, has_header } = report;
  if (!has_header) return [];
  const taken = new Set([columns.id, ...ORDERS.map((role) => columns[role])]);
  return names.flatMap((name, i) => (name.trim() && !taken.has(i + 1) ? [{ name: name.trim(), key: useName(report, i + 1) }] : []));
}

/** Columns as a text of the settings, and back. */
export const keepText = (keys: string[]) => new URLSearchParams(keys.map((key) => ["column", key])).toString();
export const keepOf = (text: string) => new URLSearchParams(text).getAll("column");

/** The columns of a text of the settings that a file has, in its order. */
export function chosenOf(report: Report, keep: string) {
  const keys = new Set(keepOf(keep));
  return columnsOf(report).filter(({ key }) => keys.has(key)).slice(0, MOST_COLUMNS);
}

/** The keys of all columns that are to be read: those chosen, and that of consent. */
export function neededOf(report: Report, keep: string) {
  const consent = consentOf(report);
  return [...new Set([...chosenOf(report, keep).map(({ key }) => key), ...(consent ? [consent.key] : [])])];
}

/** A column that goes along: its name, and what it says of a row of the table. */
export interface Along {
  name: string;
  at: (row: number) => string;
}

/** The columns that were chosen, as they were read; null until they are. */
export function alongOf({ report, settings, kept }: Pick<State, "report" | "settings" | "kept">): Along[] | null {
  if (!report) return [];
  const chosen = chosenOf(report, settings.keep);
  if (chosen.length === 0) return [];
  const places = chosen.map(({ key }) => (kept?.status === "ready" ? kept.columns.indexOf(key) : -1));
  if (!kept || places.includes(-1)) return null;
  return chosen.map(({ name }, i) => ({ name, at: (row) => kept.texts[places[i]].at(row) }));
}

/** Which rows of the table accept marketing: 1 for those who do; null where the file does not say, or it is not read yet. */
export function consentsOf({ report, kept }: Pick<State, "report" | "kept">) {
  const consent = report && consentOf(report);
  const place = consent && kept?.status === "ready" ? kept.columns.indexOf(consent.key) : -1;
  return kept && place >= 0 ? kept.consents[place] : null;
}

/** The column that says who accepts marketing; null where the file has none. */
export function consentOf(report: Report) {
  const { consent, names } = report;
  return consent > 0 ? { name: names[consent - 1].trim(), key: useName(report, consent) } : null;
}

/**
 * What a file says of the customers of a table: these are among all that the file has, in the same order.
 * @param ids of the table
 */
export function keptOf(ids: Ids, { ids: all, columns }: KeptTexts): Pick<Kept, "texts" | "consents"> {
  const rows = placesOf(ids, all);
  return {
    texts: columns.map(({ texts }) => chosen(texts, rows)),
    consents: columns.map(({ consents }) => Uint8Array.from(rows, (row) => consents[row])),
  };
}

type Texts = Pick<Ids, "bytes" | "ends">;

const startOf = ({ ends }: Texts, row: number) => (row === 0 ? 0 : ends[row - 1]);

/** The places of some ids among all. */
function placesOf(some: Texts, all: Texts) {
  const rows = new Uint32Array(some.ends.length);
  let at = 0;
  for (let row = 0; row < rows.length; row++) {
    while (at < all.ends.length && !same(some, row, all, at)) at++;
    rows[row] = at++;
  }
  return rows;
}

function same(a: Texts, i: number, b: Texts, k: number) {
  const [from, other] = [startOf(a, i), startOf(b, k)];
  const length = a.ends[i] - from;
  if (b.ends[k] - other !== length) return false;
  for (let n = 0; n < length; n++) if (a.bytes[from + n] !== b.bytes[other + n]) return false;
  return true;
}

/** The texts of some rows. */
function chosen(texts: Texts, rows: Uint32Array) {
  const ends = new Uint32Array(rows.length);
  let size = 0;
  rows.forEach((row, i) => (ends[i] = size += texts.ends[row] - startOf(texts, row)));
  const bytes = new Uint8Array(size);
  rows.forEach((row, i) => bytes.set(texts.bytes.subarray(startOf(texts, row), texts.ends[row]), i === 0 ? 0 : ends[i - 1]));
  return new Ids(bytes, ends);
}

/**
 * What databases and programs wrap around the values of JSON, taken off: MongoDB's and DynamoDB's types, money in the smallest unit, tables by rows or by columns,
 * objects by their keys. As functions/tables/shapes.go does it; one test holds both to the same rows.
 */

export type Dict = Record<string, unknown>;

export const isDict = (v: unknown): v is Dict => typeof v === "object" && v !== null && !Array.isArray(v);

const isScalar = (v: unknown) => v === null || typeof v !== "object";

/** A value without its wrappings, down to some depth. */
export function plain(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return namedRows(value) ?? value.map((v) => plain(v, depth - 1));
  if (!isDict(value)) return value;
  const [only, ...more] = Object.entries(value);
  if (only && more.length === 0 && (only[0].startsWith("$") || isAttribute(only[0], only[1]))) return plain(only[0] === "NULL" ? null : only[1], depth - 1);
  const list = answered(value) ?? table(value);
  if (list) return list;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => {
    const inner = plain(v, depth - 1);
    return [name, isDict(inner) ? inUnits(name, inner) : inner];
  }));
}

/** Whether a name is that of a type of DynamoDB's which the value has: {"S": "…"}, {"N": "1.5"}, {"M": {…}}. */
function isAttribute(name: string, v: unknown) {
  if (name === "S" || name === "N") return typeof v === "string";
  if (name === "BOOL" || name === "NULL") return typeof v === "boolean";
  return name === "M" ? isDict(v) : ["L", "SS", "NS"].includes(name) && Array.isArray(v);
}

/** The rows of an answer of BigQuery's API, whose cells are {"v": "…"} under "f" and have their names in its schema; null for anything else. */
function answered({ schema, rows }: Dict): Dict[] | null {
  const fields = isDict(schema) && Array.isArray(schema.fields) ? schema.fields : [];
  if (!Array.isArray(rows) || rows.length === 0) return null;
  const cells = rows.map((row) => (isDict(row) && Array.isArray(row.f) ? row.f : []));
  if (!cells.every((row) => row.length > 0 && row.length === fields.length)) return null;
  return cells.map((row) => Object.fromEntries(row.map((cell, i) => [String(isDict(fields[i]) ? fields[i].name : ""), isDict(cell) ? cell.v : null])));
}

/** Money that is counted in the smallest unit as an amount: Etsy's with its divisor, commercetools' with its digits, Square's by the name. */
function inUnits(name: string, money: Dict): Dict {
  let [digits, from] = [-1, "amount"];
  if (money.divisor !== undefined && money.divisor !== null) digits = String(money.divisor).length - 1;
  else if (money.centAmount !== undefined && money.centAmount !== null) [digits, from] = [/^\d+$/.test(String(money.fractionDigits)) ? Number(money.fractionDigits) : 2, "centAmount"];
  else if (name.endsWith("_money") || (name.endsWith("Money") && name !== "shopMoney" && name !== "presentmentMoney")) digits = WHOLE_UNITS.has(String(money.currency).toLowerCase()) ? 0 : 2;
  const count = money[from];
  if (typeof count !== "number" || !Number.isSafeInteger(count) || digits < 0 || digits > 4) return money;
  const { divisor, centAmount, fractionDigits, type, ...rest } = money;
  return { ...rest, amount: shifted(String(count), digits) };
}

/** The currencies without a smaller unit in the APIs of payments (docs.stripe.com/currencies), as core/orders has them. */
const WHOLE_UNITS = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));

/** A whole number divided by a power of ten. */
function shifted(text: string, digits: number) {
  if (digits === 0) return text;
  const sign = text.startsWith("-") ? "-" : "";
  const number = text.slice(sign.length).padStart(digits + 1, "0");
  return `${sign}${number.slice(0, -digits)}.${number.slice(-digits)}`;
}

/** The rows of a table as objects: lists of cells under the names, which are those of the first row where none are given. */
function namedRows(rows: unknown[], names?: unknown[]): Dict[] | null {
  const [first, ...rest] = rows;
  if (!names) return rows.length > 1 && Array.isArray(first) ? namedRows(rest, first) : null;
  if (names.length === 0 || rows.length === 0 || !names.every((name) => typeof name === "string")) return null;
  if (!rows.every((row): row is unknown[] => Array.isArray(row) && row.length <= names.length)) return null;
  return rows.map((row) => Object.fromEntries(row.map((v, i) => [names[i], v])));
}

/** The objects that an object holds in another shape: names and rows, a column for each name, an object for each key; null where it is none of these. */
function table(object: Dict): unknown[] | null {
  const values = Object.values(object);
  if (values.filter(Array.isArray).length >= 2 && values.length <= BESIDE) return split(object);
  return values.length >= 2 && areFilled(object) ? turned(object) : null;
}

const areFilled = (object: Dict): object is Record<string, Dict> => Object.values(object).every((v) => isDict(v) && Object.keys(v).length > 0);

/** How much may stand beside the names and the rows of a table. */
const BESIDE = 12;

/** The rows of an object that has them, and their names, as lists. */
function split(object: Dict): Dict[] | null {
  const names = Object.keys(object).sort();
  for (const name of names) {
    for (const other of names) {
      const [head, rows] = [object[name], object[other]];
      const list = name !== other && Array.isArray(head) && Array.isArray(rows) ? namedRows(rows, head) : null;
      if (list) return list;
    }
  }
  return null;
}

/** The rows of an object of objects: those of its columns, or the objects under its keys. */
function turned(object: Record<string, Dict>): unknown[] | null {
  const names = Object.keys(object).sort();
  const dicts = names.map((name) => object[name] ?? {});
  if (dicts.every((dict) => Object.entries(dict).every(([key, v]) => /^[+-]?\d+$/.test(key) && isScalar(v)))) {
    const keys = [...new Set(dicts.flatMap(Object.keys))].sort((a, b) => Number(a) - Number(b));
    return keys.map((key) => Object.fromEntries(names.flatMap((name, i) => (key in (dicts[i] ?? {}) ? [[name, dicts[i]?.[key]]] : []))));
  }
  return names.every((name) => name.startsWith("-") || /\d/.test(name)) ? dicts.map((dict) => plain(dict, 8)) : null;
}

/** The names that the envelope of a list has beside it. */
const PAGING = new Set(("object has_more hasMore url count total total_count totalCount totalItems total_items total_pages totalPages page pages per_page perPage page_size pageSize limit offset next previous prev " +
  "first last cursor next_cursor nextCursor next_page status success ok message error code took timed_out version @odata.context @odata.count Count ScannedCount ConsumedCapacity").split(" "));

/** The names that lists have in an envelope; an order has none of these. */
const ENVELOPES = ["data", "results", "records", "orders", "rows", "transactions", "charges", "payments", "Items"];

/** How many values of an object are no list or object, and none that an envelope has. */
export function scalars(object: Dict): number {
  const envelope = ENVELOPES.some((name) => Array.isArray(object[name]));
  return Object.entries(object).filter(([name, v]) => isScalar(v) && !(envelope && PAGING.has(name))).length;
}

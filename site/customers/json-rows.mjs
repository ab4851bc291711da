/**
 * Orders in JSON as rows: a list of objects, an object a line, or an object that holds the list. The names of nested values are their
 * paths, as customer.email; where an order holds a list of objects, its lines, each becomes a row. As functions/tables does it.
 */

/** How deep values are looked for. */
const DEPTH = 8;

/** @typedef {Record<string, any>} Dict */

/** Whether a text begins as JSON with objects does. @param {string} head */
export const isJson = (head) => /^[\s\uFEFF]*(\{\s*"|\[[\s[]*\{)/.test(head);

/** The rows as CSV; null where there are none. @param {string} text @returns {string | null} */
export function csvOfJson(text) {
  const orders = valuesOf(text.replace(/^\uFEFF/, "")).flatMap(ordersIn);
  const rows = orders.flatMap(flatten);
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].sort();
  if (names.length === 0) return null;
  return [names, ...rows.map((row) => names.map((name) => row.get(name) ?? ""))].map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

/** One value, or one a line. @param {string} text @returns {unknown[]} */
function valuesOf(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split(/\r?\n/).filter((line) => line.trim()).map((line) => JSON.parse(line));
  }
}

/** @param {unknown} value @returns {Dict[]} */
function ordersIn(value) {
  if (Array.isArray(value)) return value.filter(isDict);
  if (!isDict(value)) return [];
  const longest = longestIn(value, DEPTH);
  const plain = Object.values(value).filter((v) => v === null || typeof v !== "object").length;
  return plain >= 3 || longest.length === 0 ? [value] : longest;
}

/** The longest list of objects under some names. @param {Dict} value @param {number} depth @returns {Dict[]} */
const longestIn = (value, depth) => Object.values(value).reduce((longest, v) => {
  const list = Array.isArray(v) ? v.filter(isDict) : isDict(v) && depth > 0 ? longestIn(v, depth - 1) : [];
  return list.length > longest.length ? list : longest;
}, /** @type {Dict[]} */ ([]));

/** @param {unknown} v @returns {v is Dict} */
const isDict = (v) => typeof v === "object" && v !== null && !Array.isArray(v);

/** @param {Dict} order @returns {Map<string, string>[]} */
function flatten(order) {
  /** @type {Map<string, string>} */
  const own = new Map();
  /** @type {{ path: string, list: Dict[] }} */
  let lines = { path: "", list: [] };
  const walk = (/** @type {string} */ path, /** @type {unknown} */ value, /** @type {number} */ depth) => {
    if (isDict(value)) {
      if (depth < DEPTH) for (const [name, v] of Object.entries(value)) walk(path ? `${path}.${name}` : name, v, depth + 1);
    } else if (Array.isArray(value)) {
      const list = value.filter(isDict);
      if (list.length > lines.list.length) lines = { path, list };
    } else if (value !== null && value !== undefined) own.set(path, String(value));
  };
  walk("", order, 0);
  if (lines.list.length === 0) return [own];
  return lines.list.map((line) => {
    const row = new Map(own);
    for (const [name, v] of Object.entries(line)) if (v !== null && typeof v !== "object") row.set(`${lines.path}.${name}`, String(v));
    return row;
  });
}

/** A cell of a comma-separated file. @param {string} text */
export const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Orders in JSON as rows: a list of objects, an object a line, or an object that holds the list. The names of nested values are their
 * paths, as customer.email; where an order holds a list of objects, its lines, each becomes a row. As functions/tables does it.
 */

/** How deep values are looked for. */
const DEPTH = 8;

type Dict = Record<string, unknown>;

/** Whether a text begins as JSON with objects does. */
export const isJson = (head: string) => /^[\s\uFEFF]*(\{\s*"|\[[\s[]*\{)/.test(head);

/** The rows as CSV; null where there are none. */
export function csvOfJson(text: string): string | null {
  const orders = valuesOf(text.replace(/^\uFEFF/, "")).flatMap(ordersIn);
  const rows = orders.flatMap(flatten);
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
  const longest = longestIn(value, DEPTH);
  const plain = Object.values(value).filter((v) => v === null || typeof v !== "object").length;
  return plain >= 3 || longest.length === 0 ? [value] : longest;
}

/** The longest list of objects under some names. */
const longestIn = (value: Dict, depth: number): Dict[] => Object.values(value).reduce<Dict[]>((longest, v) => {
  const list = Array.isArray(v) ? v.filter(isDict) : isDict(v) && depth > 0 ? longestIn(v, depth - 1) : [];
  return list.length > longest.length ? list : longest;
}, []);

const isDict = (v: unknown): v is Dict => typeof v === "object" && v !== null && !Array.isArray(v);

function flatten(order: Dict): Map<string, string>[] {
  const own = new Map<string, string>();
  let lines: { path: string, list: Dict[] } = { path: "", list: [] };
  const walk = (path: string, value: unknown, depth: number) => {
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

/** A cell of a comma-separated file. */
export const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

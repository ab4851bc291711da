/**
 * The sheets of an OpenDocument workbook (.ods) as comma-separated text, as functions/tables reads them. OpenDocument 1.3, part 3,
 * 9.1: a row and a cell may stand for several; the value of a number or date is an attribute, that of a text its paragraphs.
 */
import { cell as quoted } from "./json-rows.ts";

/** A sheet with anything in it. */
interface Sheet {
  sheet: string;
  csv: string;
}

const MAX_COLUMNS = 1000;
const MAX_REPEATS = 1_000_000;

/** More text than a browser can hold. */
const MAX_TEXT = 1 << 28;

type Attributes = Record<string, string>;

/** A tag, or the text before the next one; names without what stands before their colon. */
type Token = { text: string } | { open: string, attributes: Attributes, empty: boolean } | { close: string };

/** @param xml content.xml */
export function sheetsOf(xml: string): Sheet[] {
  const tokens = tokensOf(xml);
  const sheets: Sheet[] = [];
  for (const token of tokens) {
    if (!("open" in token) || token.open !== "table" || token.empty) continue;
    const csv = rowsOf(tokens);
    if (csv.replace(/[\n,]/g, "") !== "") sheets.push({ sheet: token.attributes.name ?? "", csv });
  }
  return sheets;
}

function rowsOf(tokens: Generator<Token>) {
  const parts: string[] = [];
  let empty = 0; // rows; those at the end are not written
  let length = 0;
  for (const token of inside(tokens, "table")) {
    if (!("open" in token) || token.open !== "table-row") continue;
    const cells = token.empty ? [] : cellsOf(tokens);
    const n = repeated(token.attributes["number-rows-repeated"], MAX_REPEATS);
    if (cells.length === 0) {
      empty = Math.min(empty + n, MAX_REPEATS);
      continue;
    }
    const row = `${cells.map(quoted).join(",")}\n`;
    length += empty + row.length * n;
    if (length > MAX_TEXT) throw new RangeError("too much text");
    parts.push("\n".repeat(empty), row.repeat(n));
    empty = 0;
  }
  return parts.join("");
}

/** The cells of a row, without the empty ones at its end. */
function cellsOf(tokens: Generator<Token>) {
  const cells: string[] = [];
  let empty = 0;
  for (const token of inside(tokens, "table-row")) {
    if (!("open" in token) || (token.open !== "table-cell" && token.open !== "covered-table-cell")) continue;
    const text = token.empty ? "" : textOf(tokens, token.open);
    const value = valued(token.attributes, text);
    const n = repeated(token.attributes["number-columns-repeated"], MAX_COLUMNS);
    if (value === "") {
      empty += n;
      continue;
    }
    for (; empty > 0 && cells.length < MAX_COLUMNS; empty--) cells.push("");
    empty = 0;
    for (let k = 0; k < n && cells.length < MAX_COLUMNS; k++) cells.push(value);
  }
  return cells;
}

function valued(attributes: Attributes, text: string) {
  switch (attributes["value-type"]) {
    case "float":
    case "percentage":
      return attributes.value ?? "";
    case "currency":
      return `${attributes.value ?? ""} ${attributes.currency ?? ""}`.trim();
    case "date":
      return attributes["date-value"] ?? "";
    default:
      return text.trim();
  }
}

/** The paragraphs of a cell, its notes left out. */
function textOf(tokens: Generator<Token>, name: string) {
  let text = "";
  let depth = 0;
  for (const token of inside(tokens, name)) {
    if ("text" in token) text += depth > 0 ? token.text : "";
    else if ("close" in token) depth--;
    else if (token.open === "annotation" && !token.empty) for (const _ of inside(tokens, "annotation"));
    else {
      if (token.open === "s" || (token.open === "p" && text !== "")) text += " ";
      if (!token.empty) depth++;
    }
  }
  return text;
}

/** The tokens up to the end of an element that has begun. */
function* inside(tokens: Generator<Token>, name: string) {
  for (let next = tokens.next(), depth = 1; !next.done; next = tokens.next()) {
    const token = next.value;
    if ("close" in token && token.close === name && --depth === 0) return;
    if ("open" in token && token.open === name && !token.empty) depth++;
    yield token;
  }
  throw new SyntaxError(`no end of ${name}`);
}

/** How many times an element stands. */
function repeated(count: string | undefined, most: number) {
  const n = Number(count ?? 1);
  return n >= 1 ? Math.min(Math.trunc(n), most) : 1;
}

function* tokensOf(xml: string): Generator<Token> {
  const tag = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;
  for (let at = 0; at < xml.length; ) {
    const next = xml.indexOf("<", at);
    const end = next < 0 ? xml.length : next;
    if (end > at) yield { text: plain(xml.slice(at, end)) };
    if (next < 0) return;
    tag.lastIndex = next;
    const found = tag.exec(xml);
    if (!found) throw new SyntaxError(`at ${next}`);
    at = tag.lastIndex;
    const [, data, close, open, attributes, empty] = found;
    if (data !== undefined) yield { text: data };
    else if (close !== undefined) yield { close: local(close) };
    else if (open !== undefined) yield { open: local(open), attributes: attributesOf(attributes), empty: empty === "/" };
  }
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

function attributesOf(text: string): Attributes {
  const found: Attributes = {};
  // The first of a name counts: office:value-type comes before what programs add of their own.
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) found[local(name)] ??= plain(double ?? single);
  return found;
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function plain(text: string) {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, digits, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(digits);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

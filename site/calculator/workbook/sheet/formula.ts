/** A spreadsheet's formulas, read into a tree: to be calculated (evaluate.ts), and to be written as other programs want them. */

import { type Value, columnOf, letterOf } from "./model.ts";

/** A cell or a range, from 0; no sheet is the formula's own. */
export type Reference = { sheet?: string; column: number; row: number; toColumn: number; toRow: number; text: string; moves: boolean; slides: boolean }; // moves: its rows do, when it is filled down; slides: its columns do, filled to the right

export type Node =
  | { kind: "value"; value: Value }
  | { kind: "name"; name: string }
  | { kind: "reference"; reference: Reference }
  | { kind: "call"; name: string; args: (Node | null)[] }
  | { kind: "negative"; of: Node }
  | { kind: "operator"; sign: string; left: Node; right: Node };

/** A number, a text, a cell or range, a name, a sign: a group each. */
const TOKEN =
  /\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?|\.\d+(?:E[+-]?\d+)?)|("(?:[^"]|"")*")|((?:(?:'(?:[^']|'')*'|[A-Za-z_]\w*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(]))|([A-Za-z_][\w.]*)|(<>|<=|>=|[-+*/^&=<>(),]))\s*/y;
const KINDS = ["", "number", "text", "reference", "word", "sign"];

/** Signs by how closely they bind, the loosest first. A minus in front binds closer than a power, as spreadsheets have it. */
const LEVELS = [["=", "<>", "<", "<=", ">", ">="], ["&"], ["+", "-"], ["*", "/"], ["^"]];

export function parse(formula: string): Node {
  const tokens = tokensOf(formula);
  let at = 0;
  const wrong = () => new Error(`“${formula}” cannot be read at its part ${at + 1}, “${tokens[at]?.text ?? "the end"}”.`);
  const taken = (text: string) => tokens[at]?.kind === "sign" && tokens[at].text === text && ++at > 0;
  const level = (n: number): Node => {
    if (n === LEVELS.length) return single();
    let left = level(n + 1);
    while (tokens[at]?.kind === "sign" && LEVELS[n].includes(tokens[at].text)) {
      const sign = tokens[at++].text;
      left = { kind: "operator", sign, left, right: level(n + 1) };
    }
    return left;
  };
  const single = (): Node => {
    if (taken("-")) return { kind: "negative", of: single() };
    if (taken("+")) return single();
    if (taken("(")) {
      const inner = level(0);
      if (!taken(")")) throw wrong();
      return inner;
    }
    const token = tokens[at++];
    if (token?.kind === "number") return { kind: "value", value: Number(token.text) };
    if (token?.kind === "text") return { kind: "value", value: token.text.slice(1, -1).replaceAll('""', '"') };
    if (token?.kind === "reference") return { kind: "reference", reference: referenceOf(token.text) };
    if (token?.kind === "word" && taken("(")) return { kind: "call", name: token.text, args: args() };
    if (token?.kind === "word") return /^(TRUE|FALSE)$/.test(token.text) ? { kind: "value", value: token.text === "TRUE" } : { kind: "name", name: token.text };
    at--;
    throw wrong();
  };
  const args = () => {
    const list: (Node | null)[] = [];
    if (taken(")")) return list;
    for (;;) {
      const next = tokens[at]?.kind === "sign" ? tokens[at].text : "";
      list.push(next === "," || next === ")" ? null : level(0));
      if (taken(")")) return list;
      if (!taken(",")) throw wrong();
    }
  };
  const tree = level(0);
  if (at < tokens.length) throw wrong();
  return tree;
}

function tokensOf(formula: string) {
  const tokens: { kind: string; text: string }[] = [];
  TOKEN.lastIndex = 0;
  for (let start = 0; start < formula.length; start = TOKEN.lastIndex) {
    const found = TOKEN.exec(formula);
    if (!found) throw new Error(`“${formula}” cannot be read from “${formula.slice(start)}” on.`);
    const group = found.findIndex((text, i) => i > 0 && text !== undefined);
    tokens.push({ kind: KINDS[group], text: found[group] });
  }
  return tokens;
}

function referenceOf(text: string): Reference {
  const split = text.lastIndexOf("!");
  const name = text.slice(0, Math.max(0, split));
  const sheet = split < 0 ? undefined : name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
  const [from, to = from] = text.slice(split + 1).split(":").map((cell) => {
    const [, letters, row] = cell.match(/^\$?([A-Z]+)\$?(\d+)$/) as RegExpMatchArray; // TOKEN has seen to it
    return { column: columnOf(letters), row: Number(row) - 1 };
  });
  return { ...(sheet !== undefined && { sheet }), column: from.column, row: from.row, toColumn: to.column, toRow: to.row, text: text.slice(split + 1), moves: !/\$\d/.test(text.slice(split + 1)), slides: !/\$[A-Z]/.test(text.slice(split + 1)) };
}

/** A range that a name stands for. */
export function rangeOf(text: string): Reference {
  const node = parse(text);
  if (node.kind !== "reference") throw new Error(`“${text}” is no range.`);
  return node.reference;
}

/** Whether it says yes or no, whatever the figures. */
export const isYesOrNo = (node: Node): boolean =>
  (node.kind === "call" && /^(AND|OR|NOT|ISNUMBER|ISERROR)$/.test(node.name)) || (node.kind === "operator" && LEVELS[0].includes(node.sign)) || (node.kind === "value" && typeof node.value === "boolean");

/** How closely a node binds; what is looser inside stands in brackets. */
const binding = (node: Node) => (node.kind === "operator" ? LEVELS.findIndex((signs) => signs.includes(node.sign)) : LEVELS.length);

/** A formula as OpenDocument has it, by its tree: text, and columns and rows that move, in turn. A column of a table has it in each of its rows. */
const filled = new WeakMap<Node, string[]>();

/** What stands around a column or a row that moves. */
const MARK = "\u0001";

/** Writes a formula as OpenDocument has it. @param down rows that it was filled down @param right columns that it was filled to the right */
export function toOpenFormula(node: Node, down = 0, right = 0): string {
  let parts = filled.get(node);
  if (!parts) filled.set(node, (parts = open(node).split(MARK)));
  let text = "";
  for (let i = 0; i < parts.length; i++) text += i % 2 === 0 ? parts[i] : parts[i] < "A" ? Number(parts[i]) + down : right ? letterOf(columnOf(parts[i]) + right) : parts[i];
  return text;
}

function open(node: Node): string {
  const within = (inner: Node, least: number) => (binding(inner) < least ? `(${open(inner)})` : open(inner));
  switch (node.kind) {
    case "value":
      return typeof node.value === "string" ? quoted(node.value) : typeof node.value === "boolean" ? `${node.value ? "TRUE" : "FALSE"}()` : numeral(node.value);
    case "name":
      return node.name;
    case "reference": {
      const { sheet, moves, slides } = node.reference;
      const moving = moves ? (slides ? /[A-Z]+|\d+/g : /\d+/g) : /[A-Z]+/g;
      const text = moves || slides ? node.reference.text.replace(moving, (place) => MARK + place + MARK) : node.reference.text;
      const prefix = sheet === undefined ? "." : `$'${sheet.replaceAll("'", "''")}'.`;
      return `[${text.split(":").map((cell, i) => (i === 0 ? prefix : ".") + cell).join(":")}]`;
    }
    case "call":
      return `${node.name}(${node.args.map((arg) => (arg ? open(arg) : "")).join(";")})`;
    case "negative":
      return `-${within(node.of, LEVELS.length)}`;
    case "operator": {
      const own = binding(node);
      return `${within(node.left, own)}${node.sign}${within(node.right, own + 1)}`;
    }
  }
}

/** A text within a formula. */
export const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A number within a formula. */
export const numeral = (n: number) => String(n).replace("e", "E");

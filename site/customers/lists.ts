/**
 * Lists of customers for other tools, with the columns that each of them documents. What is written is shown first, by the same
 * code.
 */
import { words } from "../engine/customers.gen.mjs";
import { PHONE, atStake, cell, dateOf, nextDateOf, textCell } from "./csv.ts";
import type { Along } from "./kept.ts";
import type { Table } from "./state.ts";

/**
 * The tools, and what they call who a customer is. Klaviyo (help.klaviyo.com 115005078967), Mailchimp (mailchimp.com/help/format-guidelines-for-your-import-file)
 * and HubSpot (knowledge.hubspot.com, set up your import file) take further columns as properties, with days as 2026-11-30. Meta
 * (facebook.com/business/help/2082575038703844) takes a value; Google (support.google.com/google-ads/answer/7659867) takes no other
 * columns than its own.
 */
export const TOOLS = {
  plain: { email: "email", phone: "phone", id: "id", more: true, value: "value" },
  klaviyo: { email: "Email", phone: "Phone Number", id: "customer_id", more: true, value: "predicted_value" },
  mailchimp: { email: "Email Address", phone: "SMS Phone Number", id: "customer_id", more: true, value: "predicted_value" },
  hubspot: { email: "Email", phone: "Phone Number", id: "customer_id", more: true, value: "predicted_value" },
  meta: { email: "email", phone: "phone", id: "extern_id", more: false, value: "value" },
  google: { email: "Email", phone: "Phone", id: null, more: false, value: null },
} as const;

export type Tool = keyof typeof TOOLS;

/** What customers are named by in the file. */
export type Naming = "email" | "phone" | "id";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const INTERNATIONAL = /^(\+|00)/;

/** How most of some ids name customers; numbers without a country code are ids. */
export function namingOf(ids: string[]): Naming {
  const share = (is: (id: string) => boolean) => ids.filter(is).length * 2 > ids.length;
  if (share((id) => EMAIL.test(id))) return "email";
  return share((id) => PHONE.test(id) && INTERNATIONAL.test(id)) ? "phone" : "id";
}

/** Words of a list's columns: the same in every language, since tools and evaluate() read them. */
const GROUP = "test_group";
const LETTER = "campaign";
const HOLDOUT = "control";
const AS_OF = "as_of";

const DAY = 86_400_000;

/** A list to write. */
export interface List {
  rows: ArrayLike<number>; // of the table, in the order of the list
  held: ArrayLike<boolean>; // by place: who gets nothing
  asOf: number; // the last day of the file
  money: boolean; // whether there are amounts
  along?: Along[]; // columns of the file
}

/** What became of a list. */
export interface Written {
  head: string[];
  rows: string[][]; // cells, as they stand in the file
  unnamed: number; // customers whom the tool cannot know, who are left out
}

/** How many texts of a column tell what it names. */
const TOLD = 200;

/**
 * The columns of the file as a tool takes them: addresses and telephone numbers by the name that it documents for them, unless its customers are
 * named by them; others by their own, where it takes others.
 */
function alongFor(along: Along[], rows: ArrayLike<number>, tool: Tool, naming: Naming, head: string[]) {
  const to = TOOLS[tool];
  const named = new Set(head.map((name) => name.toLowerCase()));
  return along.flatMap(({ name, at }) => {
    const texts: string[] = [];
    for (let i = 0; i < rows.length && texts.length < TOLD; i++) if (at(rows[i])) texts.push(at(rows[i]));
    const kind = texts.length > 0 ? namingOf(texts) : "id";
    const key = kind !== "id" && kind !== naming;
    const own = key && !named.has(to[kind].toLowerCase()) ? to[kind] : name;
    if (!key && !to.more) return [];
    const free = named.has(own.toLowerCase()) ? `file_${own}` : own;
    named.add(free.toLowerCase());
    return [{ head: cell(free), cell: (row: number) => textCell(at(row)) }];
  });
}

/** A list as a tool takes it. A tool that takes no test column gets those who are written to alone. */
export function listOf(table: Table, { rows, held, asOf, money, along = [] }: List, tool: Tool): Written {
  const { columns: c } = table;
  const to = TOOLS[tool];
  const ids = Array.from(rows, (row) => table.ids.at(row));
  const naming = namingOf(ids);
  const name = to[naming];
  const out: Written = { head: [], rows: [], unnamed: 0 };
  const value = money ? to.value : null;
  out.head = [...(name === null ? [] : [name]), ...(value === null ? [] : [value]), ...(to.more ? MORE(money) : [])];
  const columns = alongFor(along, rows, tool, naming, out.head);
  out.head.push(...columns.map(({ head }) => head));
  ids.forEach((id, i) => {
    const row = rows[i];
    if (!to.more && held[i]) return;
    const unknown = name === null || (naming === "email" && !EMAIL.test(id)) || (naming === "phone" && !PHONE.test(id));
    if (unknown) return void out.unnamed++;
    const more = () => [
      ...(money ? [atStake(c, row).toFixed(2)] : []), c.p_alive[row].toFixed(3), words.segment[c.segment[row]], dateOf(c.last_day[row]), nextDateOf(asOf, c.next_order_days[row]),
      String(c.orders[row]), ...(money ? [c.spend[row].toFixed(2)] : []), held[i] ? HOLDOUT : LETTER, dateOf(asOf),
    ];
    out.rows.push([textCell(id), ...(value === null ? [] : [c.clv[row].toFixed(2)]), ...(to.more ? more() : []), ...columns.map((column) => column.cell(row))]);
  });
  return out;
}

const MORE = (money: boolean) => [
  ...(money ? ["value_at_risk"] : []), "p_active", "segment", "last_order", "next_order_expected", "orders", ...(money ? ["spend"] : []), GROUP, AS_OF,
];

export const listCsv = ({ head, rows }: Written) => [head, ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");

// A list that comes back.

/** Rows of cells of a text with commas, semicolons or tabs: RFC 4180. */
export function parseCsv(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const separator = ["\t", ";", ","].find((s) => first.includes(s)) ?? ",";
  const rows: string[][] = [];
  let [row, cellText, quoted]: [string[], string, boolean] = [[], "", false];
  const endRow = () => {
    row.push(cellText);
    if (row.length > 1 || row[0] !== "") rows.push(row);
    [row, cellText] = [[], ""];
  };
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') cellText += text[++i];
    else if (c === '"' && (quoted || cellText === "")) quoted = !quoted;
    else if (quoted) cellText += c;
    else if (c === separator) [cellText] = ["", row.push(cellText)];
    else if (c === "\n" || c === "\r") endRow();
    else cellText += c;
  }
  endRow();
  return rows;
}

/** A past campaign's list as it was read. */
export interface PastList {
  customers: { id: string, held: boolean, orders: number | null, spend: number | null }[];
  asOf: number | null; // the day until which it knew the orders
  unclear: number; // rows whose group is neither
}

/** What others call the two groups. */
const HELD = [HOLDOUT, "holdout", "hold out", "control group", "0", "false", "no"];
const WRITTEN = [LETTER, "test", "treatment", "treated", "letter", "1", "true", "yes"];

/** Reads a list that listOf has written, or one with the same columns; null where it has no groups or names nobody. */
export function readList(text: string): PastList | null {
  const [head, ...rows] = parseCsv(text);
  if (!head) return null;
  const at = (...names: string[]) => head.findIndex((name) => names.includes(name.trim().toLowerCase()));
  const group = at(GROUP, "group");
  const id = at(...Object.values(TOOLS).flatMap(({ email, phone, id: plain }) => [email, phone, plain ?? ""]).filter(Boolean).map((name) => name.toLowerCase()));
  const [orders, spend, day] = [at("orders"), at("spend"), at(AS_OF)];
  if (group < 0 || id < 0) return null;
  const number = (row: string[], i: number) => (i >= 0 && row[i]?.trim() && Number.isFinite(Number(row[i])) ? Number(row[i]) : null);
  const out: PastList = { customers: [], asOf: null, unclear: 0 };
  for (const row of rows) {
    const of = row[group]?.trim().toLowerCase() ?? "";
    if (!HELD.includes(of) && !WRITTEN.includes(of)) out.unclear++;
    else out.customers.push({ id: row[id] ?? "", held: HELD.includes(of), orders: number(row, orders), spend: number(row, spend) });
    const date = day >= 0 ? Date.parse(`${row[day]}T00:00:00Z`) : NaN;
    if (Number.isFinite(date)) out.asOf = Math.max(out.asOf ?? -Infinity, date / DAY);
  }
  return out;
}

/** The same figures elsewhere: the command line of functions/score, and SQL for a warehouse. */
import type { ModelFile, ReadOptions } from "../engine/customers.ts";
import type { Model, Settings, Source, State } from "./state.ts";

/** What the orders are called in the warehouse. */
type Names = { table: string, id: string, date: string, amount: string };


const DAY = 86_400_000;

/** A day as 2026-12-31. @param day since 1970-01-01 */
export const dayText = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** What may be set of how a file is read that the command has no option for. */
const WITHOUT_OPTION = [
  "preset", "header", "delimiter", "zone_minutes", "drop_zero", "merge_days",
] as const;

/** What says nothing. */
const NOTHING: unknown[] = [undefined, false, "", "auto", "none"];

/** Those of them that are set. */
export const withoutOption = (options: ReadOptions) => WITHOUT_OPTION.filter((name) => !NOTHING.includes(options[name]));

/** Where a page of the docs is, which have one language: seen from the script, since pages of other languages lie deeper. */
export const docs = (page: string) => new URL(`../docs/${page}/`, import.meta.url).href;

/** How to make the command; the same in every language. */
export const BUILD = "go build -o score ./functions/score";

/** The command that gives the page's figures from its file. */
export function command({ settings, options, reading, model, summary, source }: Pick<State, "settings" | "options" | "reading" | "model" | "summary" | "source">) {
  const split = settings.holdout_days > 0 && summary ? ["-calibration-end", dayText(summary.end)] : [];
  return line([...valueOptions(settings), ...modelOptions(model), ...split, ...fileOptions(reading, options), ...filesOf(source)]);
}

/** What the files are called on the user's disk, if they are there. */
function filesOf(source: Source | null) {
  if (!source || (source.kind !== "file" && source.kind !== "stored")) return ["orders.csv"];
  return [source.name, ...(source.more ?? [])].map((name) => (name.startsWith("-") ? `./${name}` : name || "orders.csv"));
}

/** The command that values the rows of a warehouse's query with the page's model. */
export const summariesCommand = (settings: Settings) => line([...valueOptions(settings), "-model-file", "model.json", "summaries.csv"]);

const line = (words: string[]) => `./score ${words.map(quoted).join(" ")} > customers.csv`;

/** What the command takes by itself is left out. */
function valueOptions({ horizon_days, margin, annual_discount, level }: Settings) {
  return [
    ...["-horizon", String(horizon_days)],
    ...(margin === 1 ? [] : ["-margin", String(margin)]),
    ...(annual_discount === 0 ? [] : ["-discount", String(annual_discount)]),
    ...(level === 0.95 ? [] : ["-level", String(level)]),
  ];
}

function modelOptions(model: Model | null) {
  if (!model || model.origin === "recommended") return [];
  return model.origin === "file" ? ["-model-file", "model.json"] : ["-model", model.kind];
}

/** What was said about the file. */
const fileOptions = (reading: string, { skip = [] }: ReadOptions) => [...(reading ? ["-reading", reading] : []), ...(skip.length > 0 ? ["-skip", skip.join(",")] : [])];

/** A word as a shell takes it. */
const quoted = (word: string) => (/^[\w./=,:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * The query of functions/score/sql with these names in it, as functions/score -sql writes it.
 * @param text of the committed file @param end last day of the calibration
 */
export function summariesSql(text: string, { table, id, date, amount }: Names, end: number) {
  const [before, lines, after] = text.split(/(?<=\blines AS \(\n)|(?=\n\),\ndays AS)/);
  // The text is made from a template; functions as replacements, since a name may hold a dollar sign.
  const renamed = lines
    .replaceAll("customer_id", () => id)
    .replaceAll("ordered_at", () => date)
    .replace("CAST(amount AS", () => `CAST(${amount} AS`)
    .replace("amount IS NOT NULL", () => `${amount} IS NOT NULL`)
    .replace("FROM orders\n", () => `FROM ${table}\n`);
  return before.replace("DATE '2026-12-31'", `DATE '${dayText(end)}'`) + renamed + after;
}

/** Whether SQL can tell who is still there and what an order is worth: both are closed formulas. */
export const isClosed = ({ model, spend: { basis, q } }: ModelFile) => (model === "bgnbd" || model === "mbgnbd") && (basis === "none" || q > 1);

/** The query of the summaries, and what closed formulas make of them: P(alive), and what an order is worth. */
export function scoredSql(summaries: string, file: ModelFile) {
  const { a, b, r, alpha } = file.parameters;
  const at = summaries.indexOf("\n)\nSELECT totals.id");
  const days = number(alpha * file.time_unit_days);
  const before = file.model === "bgnbd" ? number(b - 1) : number(b); // the first order, after which MBG/NBD may lose them
  // Beyond e^700 a number has no room; P(alive) is 0 by then.
  const odds = `${number(a)} / (${before} + frequency) * EXP(LEAST(700, (${number(r)} + frequency) * LN((${days} + age) / (${days} + recency))))`;
  const alive = `1 / (1 + ${odds})`;
  return `${summaries.slice(0, at)}
),
summaries AS (${summaries.slice(at + 2).trimEnd().replaceAll("\n", "\n  ").replace(/^/, "\n  ")}
)
SELECT id, frequency, recency, age, mean_spend, spend,
  ${file.model === "bgnbd" ? `CASE WHEN frequency = 0 THEN 1 ELSE ${alive} END` : alive} AS p_alive,
  ${orderValue(file.spend)} AS order_value
FROM summaries
`;
}

/** What a customer's next orders are worth each, expected. */
function orderValue({ basis, mean_of, p, q, gamma }: ModelFile["spend"]) {
  if (basis === "none") return "0";
  const [orders, money] = mean_of === "all_orders" ? ["(frequency + 1)", "spend"] : ["frequency", "frequency * mean_spend"];
  return `${number(p)} * (${number(gamma)} + ${money}) / (${number(p)} * ${orders} + ${number(q - 1)})`;
}

/** A number that every dialect takes for one of floating point. */
const number = (x: number) => (x < 0 ? `(${x.toExponential()})` : x.toExponential());

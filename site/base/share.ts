/**
 * An answer taken elsewhere: as JSON, as a call of the API, as CSV. Figures leave at full precision, by their wire
 * names, with a decimal point.
 */
/** Example: of the example's figures, since the visitor's have no answer yet. */
export type Answered = { input: Figures, result: Figures, warnings: Notice[], example?: boolean };
import type { Calculation, Field } from "./catalogue.gen.mjs";
import type { Notice } from "./notices.ts";
import type { Figures } from "./figures.ts";

/** The body of a request: what is left out stays out. */
export function requestBody(input: Figures) {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}

export function toJson(calculation: Calculation, { input, result, warnings }: Answered) {
  const plain = { calculation: calculation.id, input: requestBody(input), result, warnings };
  return JSON.stringify(plain, (_, value) => (value instanceof Float64Array ? Array.from(value) : value), 2);
}

/** @param origin of the API */
export function toCurl(calculation: Calculation, input: Figures, origin: string) {
  // Values are numbers and options of the catalogue, so that nothing in them needs quoting for a shell.
  const body = JSON.stringify(requestBody(input));
  return `curl -H 'Content-Type: application/json' -d '${body}' ${origin}/v1/${calculation.id}`;
}

/** The series, one row a period; where the calculation has none, its figures, one a row. */
export function toCsv(calculation: Calculation, { input, result }: Answered) {
  const group = calculation.results.find((f) => f.kind === "group" && f.fields?.some((g) => g.kind === "list"));
  return (group ? seriesRows(group, result[group.name]) : figureRows(calculation, input, result))
    .map((row) => row.join(",") + "\r\n")
    .join("");
}

function seriesRows(group: Field, values: Record<string, ArrayLike<number>>) {
  const columns = (group.fields ?? []).filter((f) => f.kind === "list").map((f) => f.name);
  const rows = Array.from(values[columns[0]], (_, i) => columns.map((name) => values[name][i] ?? ""));
  return [columns, ...rows];
}

function figureRows(calculation: Calculation, input: Figures, result: Figures) {
  const rows = (fields: Field[], values: Figures, kind: string) =>
    fields.filter((f) => f.kind === "number" || f.kind === "option").map((f) => [kind, f.name, values[f.name] ?? ""]);
  return [["kind", "name", "value"], ...rows(calculation.inputs, input, "input"), ...rows(calculation.results, result, "result")];
}

/** Puts text on the clipboard; where the browser has no such thing (a page without TLS), by the old way. */
export async function copy(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("The browser refused to copy.");
}

/** What there is to say after something was handed on; and the text itself, where the browser would not copy it. */
export type Said = { says: string, uncopied?: string };

type CopyWords = { copied: string, notCopied: string };

export const copied = (text: string, words: CopyWords): Promise<Said> =>
  copy(text).then(() => ({ says: words.copied }), () => ({ says: words.notCopied, uncopied: text }));

/** Hands a link on by the system's own sheet, which the visitor may close; where there is none it is copied. */
export async function share(link: string, words: CopyWords): Promise<Said> {
  if (!navigator.share) return copied(link, words);
  return navigator.share({ title: document.title, url: link }).then(() => ({ says: "" }), (error) => (error.name === "AbortError" ? { says: "" } : copied(link, words)));
}

export function download(name: string, content: string | Blob, type: string) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

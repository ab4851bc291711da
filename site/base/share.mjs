/**
 * An answer taken elsewhere: as JSON, as a call of the API, as CSV. Figures leave at full precision, by their wire
 * names, with a decimal point.
 *
 * @typedef {import("./catalogue.gen.mjs").Calculation} Calculation
 * @typedef {import("./catalogue.gen.mjs").Field} Field
 * @typedef {import("./notices.mjs").Notice} Notice
 * @typedef {{ input: Record<string, any>, result: Record<string, any>, warnings: Notice[], example?: boolean }} Answered
 *   example: of the example's figures, since the visitor's have no answer yet
 */

/** The body of a request: what is left out stays out. @param {Record<string, any>} input */
export function requestBody(input) {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}

/** @param {Calculation} calculation @param {Answered} answered */
export function toJson(calculation, { input, result, warnings }) {
  const plain = { calculation: calculation.id, input: requestBody(input), result, warnings };
  return JSON.stringify(plain, (_, value) => (value instanceof Float64Array ? Array.from(value) : value), 2);
}

/** @param {Calculation} calculation @param {Record<string, any>} input @param {string} origin of the API */
export function toCurl(calculation, input, origin) {
  // Values are numbers and options of the catalogue, so that nothing in them needs quoting for a shell.
  const body = JSON.stringify(requestBody(input));
  return `curl -H 'Content-Type: application/json' -d '${body}' ${origin}/v1/${calculation.id}`;
}

/**
 * The series, one row a period; where the calculation has none, its figures, one a row.
 * @param {Calculation} calculation @param {Answered} answered
 */
export function toCsv(calculation, { input, result }) {
  const group = calculation.results.find((f) => f.kind === "group" && f.fields?.some((g) => g.kind === "list"));
  return (group ? seriesRows(group, result[group.name]) : figureRows(calculation, input, result))
    .map((row) => row.join(",") + "\r\n")
    .join("");
}

/** @param {Field} group @param {Record<string, ArrayLike<number>>} values */
function seriesRows(group, values) {
  const columns = (group.fields ?? []).filter((f) => f.kind === "list").map((f) => f.name);
  const rows = Array.from(values[columns[0]], (_, i) => columns.map((name) => values[name][i] ?? ""));
  return [columns, ...rows];
}

/** @param {Calculation} calculation @param {Record<string, any>} input @param {Record<string, any>} result */
function figureRows(calculation, input, result) {
  /** @param {Field[]} fields @param {Record<string, any>} values @param {string} kind */
  const rows = (fields, values, kind) =>
    fields.filter((f) => f.kind === "number" || f.kind === "option").map((f) => [kind, f.name, values[f.name] ?? ""]);
  return [["kind", "name", "value"], ...rows(calculation.inputs, input, "input"), ...rows(calculation.results, result, "result")];
}

/**
 * Puts text on the clipboard; where the browser has no such thing (a page without TLS), by the old way.
 * @param {string} text
 */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("The browser refused to copy.");
}

/** @param {string} name @param {string | Blob} content @param {string} type */
export function download(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

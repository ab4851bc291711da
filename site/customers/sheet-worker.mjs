/**
 * Turns the first sheet of a workbook (.xlsx) into CSV, in a worker of its own: it is sent a file and answers with a
 * Blob, or with null where the file is no workbook.
 */
import { readSheet } from "read-excel-file/universal";

const scope = /** @type {any} */ (globalThis);

/** @param {MessageEvent<Blob>} event */
scope.onmessage = async ({ data }) => scope.postMessage(await csvOf(data).catch(() => null));

/** @param {Blob} file */
async function csvOf(file) {
  const rows = await readSheet(file);
  return new Blob(rows.map((row) => `${row.map(cell).join(",")}\r\n`), { type: "text/csv" });
}

/** A cell as the reader of order lists wants it; days without their hours, which a sheet rarely has. @param {any} value */
function cell(value) {
  if (value === null || value === undefined) return "";
  const text = value instanceof Date ? value.toISOString().replace("T00:00:00.000Z", "") : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The file itself, by write-excel-file. Its own entry points deflate in a worker made of a text, which the page's policy
 * refuses; the way that does not is within the package.
 */

// @ts-expect-error the types are those of the package's entry points
import { generateXlsxFileSync } from "../../../node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";

/** @param {import("./build.mjs").Workbook} workbook @returns {Promise<Blob>} */
export function toFile({ sheets, names }) {
  const data = sheets.map(({ name, rows, widths, frozen }) => ({
    sheet: name, data: rows, columns: widths.map((width) => ({ width })), stickyRowsCount: frozen || undefined,
  }));
  const encode = async (/** @type {string} */ text) => new TextEncoder().encode(text);
  return generateXlsxFileSync(data, { features: [named(names)], fontFamily: "Calibri", fontSize: 11 }, undefined, encode);
}

/** Names for cells, and that all is calculated when the file is opened. @param {Map<string, string>} names @returns {import("write-excel-file/universal").Feature<any>} */
function named(names) {
  const list = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, at]) => `<definedName name="${name}">${escaped(at)}</definedName>`);
  const transform = (/** @type {string} */ xml) =>
    xml.replace(/<(definedNames|calcPr)\/>/g, "").replace("</sheets>", `</sheets><definedNames>${list.join("")}</definedNames><calcPr fullCalcOnLoad="1"/>`);
  return { files: { transform: { "xl/workbook.xml": { transform } } } };
}

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

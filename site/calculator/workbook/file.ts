/**
 * The file itself, by write-excel-file. Its own entry points deflate in a worker made of a text, which the page's policy
 * refuses; the way that does not is within the package.
 */

// @ts-expect-error the types are those of the package's entry points
import { generateXlsxFileSync } from "../../../node_modules/write-excel-file/modules/export/writeXlsxFileUniversal.js";
import type { Workbook } from "./build.ts";
import type { Feature } from "write-excel-file/universal";

export function toFile({ sheets, names }: Workbook): Promise<Blob> {
  const data = sheets.map(({ name, rows, widths, frozen }) => ({
    sheet: name, data: rows, columns: widths.map((width) => ({ width })), stickyRowsCount: frozen || undefined,
  }));
  const encode = async (text: string) => new TextEncoder().encode(text);
  return generateXlsxFileSync(data, { features: [named(names)], fontFamily: "Calibri", fontSize: 11 }, undefined, encode);
}

/** Names for cells, and that all is calculated when the file is opened. */
function named(names: Map<string, string>): Feature<Uint8Array> {
  const list = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, at]) => `<definedName name="${name}">${escaped(at)}</definedName>`);
  const transform = (xml: string) =>
    xml.replace(/<(definedNames|calcPr)\/>/g, "").replace("</sheets>", `</sheets><definedNames>${list.join("")}</definedNames><calcPr fullCalcOnLoad="1"/>`);
  return { files: { transform: { "xl/workbook.xml": { transform } } } };
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

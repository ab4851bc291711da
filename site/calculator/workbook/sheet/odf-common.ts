/** What sheets and charts of OpenDocument say alike: its namespaces, addresses of cells, formats of numbers. */

import { attributes, escaped } from "./xml.ts";
import { rangeOf } from "./formula.ts";

export const OASIS = "urn:oasis:names:tc:opendocument:xmlns";
export const SPACES =
  `xmlns:office="${OASIS}:office:1.0" xmlns:table="${OASIS}:table:1.0" xmlns:text="${OASIS}:text:1.0" xmlns:style="${OASIS}:style:1.0" xmlns:number="${OASIS}:datastyle:1.0" xmlns:fo="${OASIS}:xsl-fo-compatible:1.0" ` +
  `xmlns:svg="${OASIS}:svg-compatible:1.0" xmlns:draw="${OASIS}:drawing:1.0" xmlns:chart="${OASIS}:chart:1.0" xmlns:of="${OASIS}:of:1.2" xmlns:meta="${OASIS}:meta:1.0" xmlns:config="${OASIS}:config:1.0" ` +
  'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3"';

/** 'Sheet'!$A$1:$B$2 as OpenDocument has it: $'Sheet'.$A$1:.$B$2 */
export function addressOf(at: string) {
  const { sheet, text } = rangeOf(at);
  return text.split(":").map((cell) => `$'${(sheet ?? "").replaceAll("'", "''")}'.${cell}`).join(":");
}

/** A format of Excel's as OpenDocument writes it: of those that formats.ts knows. */
export function numberStyle(name: string, code: string): string {
  const words = code.match(/^"([^"]*)";"[^"]*";"([^"]*)"$/);
  if (words) {
    const word = (of: string, text: string, more = "") => `<number:number-style style:name="${of}"><number:text>${escaped(text)}</number:text>${more}</number:number-style>`;
    return word(`${name}P0`, words[1]) + word(name, words[2], `<style:map style:condition="value()&gt;0" style:apply-style-name="${name}P0"/>`);
  }
  const [, digits, suffix = ""] = code.match(/^([#0,.]+)(.*)$/) ?? ["", "0", ""];
  const [whole, decimals = ""] = digits.split(".");
  const percent = suffix === "%";
  const number = `<number:number${attributes({ "number:decimal-places": decimals.length, "number:min-decimal-places": decimals.replaceAll("#", "").length, "number:min-integer-digits": 1, "number:grouping": whole.includes(",") ? "true" : undefined })}/>`;
  const kind = percent ? "percentage-style" : "number-style";
  const text = percent ? "%" : suffix.replaceAll('"', "");
  return `<number:${kind} style:name="${name}">${number}${text ? `<number:text>${escaped(text)}</number:text>` : ""}</number:${kind}>`;
}

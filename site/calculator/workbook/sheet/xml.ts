/** What both writers need of XML and of archives. */

import { type Zippable, strToU8, zipSync } from "fflate";

/** A text within an element or an attribute; what XML has no place for is left out. */
export const escaped = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Attributes, those that are undefined or false left out. */
export const attributes = (values: Record<string, string | number | boolean | undefined>) =>
  Object.entries(values).filter(([, value]) => value !== undefined && value !== false).map(([name, value]) => ` ${name}="${value === true ? 1 : escaped(String(value))}"`).join("");

/**
 * A file of parts. The same parts make the same bytes, so that a date within the archive says nothing.
 * @param stored parts that are not compressed, before all others
 */
export function archive(parts: Record<string, string>, stored: Record<string, string> = {}): Uint8Array<ArrayBuffer> {
  const mtime = "1980-01-01T00:00:00";
  const files: Zippable = {};
  for (const [name, text] of Object.entries(stored)) files[name] = [strToU8(text), { level: 0, mtime }];
  for (const [name, text] of Object.entries(parts)) files[name] = [strToU8(text), { level: 6, mtime }];
  return zipSync(files) as Uint8Array<ArrayBuffer>; // fflate shares no memory
}

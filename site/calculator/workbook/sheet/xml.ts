/** What both writers need of XML and of archives. */

import { strToU8, zipSync } from "fflate";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const SPECIAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff&<>"]/;

/** A text within an element or an attribute; what XML has no place for is left out. Most texts have nothing to be changed. */
export const escaped = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
  !SPECIAL.test(text) ? text : text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Attributes, those that are undefined or false left out. */
export function attributes(values: Record<string, string | number | boolean | undefined>) {
  let all = "";
  for (const name in values) {
    const value = values[name];
    if (value !== undefined && value !== false) all += ` ${name}="${value === true ? 1 : escaped(String(value))}"`;
  }
  return all;
}

/**
 * A part of a file: its text, or the pieces of a long one. Put together before it is encoded, a text of megabytes takes ten times as long as its rows
 * do one by one, and two bytes for each of its letters where one of them needs two.
 */
export type Part = string | string[];

function encoded(part: Part): Uint8Array {
  if (typeof part === "string") return strToU8(part);
  const pieces = part.map((piece) => strToU8(piece));
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Packs files; a level of 0 stores one as it is. */
export type Pack = (files: Record<string, [Uint8Array, { level: 0 | 6; mtime: string }]>) => Uint8Array;

/**
 * A file of parts. The same parts make the same bytes, so that a date within the archive says nothing.
 * @param stored parts that are not compressed, before all others
 */
export function archive(parts: Record<string, Part>, stored: Record<string, string> = {}, pack: Pack = zipSync): Uint8Array<ArrayBuffer> {
  const mtime = "1980-01-01T00:00:00";
  const files: Parameters<Pack>[0] = {};
  for (const [name, text] of Object.entries(stored)) files[name] = [strToU8(text), { level: 0, mtime }];
  for (const [name, part] of Object.entries(parts)) files[name] = [encoded(part), { level: 6, mtime }];
  return pack(files) as Uint8Array<ArrayBuffer>; // no packer shares memory
}

/**
 * What a person decides of how a file is read, as core/orders writes it (Reading.Text): a query, in which columns are named
 * by the file's own names. It stands in the address, in model files and in the command.
 */
import { words } from "../engine/customers.gen.mjs";
import type { Report } from "../engine/customers.ts";

export type Role = typeof words.role[number];
type Standing = Report["statuses"][number]["standing"];

/** One decision; "" where there is none. */
export const decided = (reading: string, name: string) => new URLSearchParams(reading).get(name) ?? "";

/** What a model file says of how its list was read, under what was decided here. @param file its text, whatever that is */
export function withReadingOf(file: string, reading: string) {
  const parts = new URLSearchParams(reading);
  const chosen = new Set(parts.keys());
  const texts = new Set(Array.from(parts).filter(([name]) => name.startsWith("as_")).map(([, text]) => text.toLowerCase()));
  for (const [name, value] of new URLSearchParams(readingIn(file))) {
    if (name.startsWith("as_") ? !texts.has(value.toLowerCase()) : !chosen.has(name)) parts.append(name, value);
  }
  return parts.toString();
}

/** "" where it says nothing, or is no model file: the engine tells what is wrong with it. */
function readingIn(file: string) {
  try {
    const { reading } = JSON.parse(file);
    return typeof reading === "string" ? reading : "";
  } catch {
    return "";
  }
}

/** Puts decisions into a text; "" takes one out. */
export function decide(reading: string, changes: Record<string, string>) {
  const parts = new URLSearchParams(reading);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") parts.delete(name);
    else parts.set(name, value);
  }
  return parts.toString();
}

/** Takes a column for a role; null for no column. @param column from 1 */
export const useColumn = (reading: string, report: Report, role: Role, column: number | null) =>
  decide(reading, { [`column_${role}`]: column === null ? "none" : useName(report, column) });

/** Takes a column for what was chosen for it, and for nothing else. @param role "" for nothing */
export function takeColumn(reading: string, report: Report, column: number, role: Role | "") {
  const left = words.role.filter((other) => other !== role && report.columns[other] === column);
  const without = left.reduce((text, other) => useColumn(text, report, other, null), reading);
  return role ? useColumn(without, report, role, column) : without;
}

/** The name by which the engine finds a column again: its number where no other says it. */
export function useName({ has_header, names }: Report, column: number) {
  const name = has_header ? (names[column - 1] ?? "").trim() : "";
  const clear = name !== "" && name !== "none" && !name.includes("\uFFFD") && names.findIndex((other) => other.trim() === name) === column - 1;
  return clear ? name : String(column);
}

/** Takes a value of the status and type columns so. */
export function takeStatus(reading: string, text: string, standing: Standing) {
  const parts = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(reading)) {
    if (!name.startsWith("as_") || value.toLowerCase() !== text.toLowerCase()) parts.append(name, value);
  }
  parts.append(`as_${standing}`, text);
  return parts.toString();
}

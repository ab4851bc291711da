/** What a preview of a file tells. */
import type { Report } from "../../engine/customers.ts";

/** How many rows were set aside, or left out as was wanted. */
export const asideRows = ({ set_aside, skipped }: Report) => skipped + set_aside.reduce((sum, { rows }) => sum + rows, 0);

/** A cell to recognise a column by, without the whole of an address or a number that somebody can be called by. */
export function masked(cell: string) {
  const [, start] = /^\s*([^\s@]{1,3})[^\s@]*@[^\s@]+$/.exec(cell) ?? [];
  if (start) return `${start}…@…`;
  return /^\s*\+[\d\s().-]{6,}$/.test(cell) ? `${cell.trim().slice(0, 6)}…` : cell;
}

/** A date of the preview that reads as two different days. */
export function ambiguousDate({ columns, preview: rows }: Report) {
  for (const cells of rows) {
    const text = cells[columns.date - 1] ?? "";
    const [, a, b, year] = (/^\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2,4})\b/.exec(text) ?? []).map(Number);
    if (a <= 12 && b <= 12 && a !== b) return { text: text.trim(), dayFirst: dayOf(year, b, a), monthFirst: dayOf(year, a, b) };
  }
  return null;
}

/** Days from 1970-01-01. @param year of two digits or four */
const dayOf = (year: number, month: number, day: number) => Date.UTC(year < 100 ? 2000 + year : year, month - 1, day) / 86_400_000;

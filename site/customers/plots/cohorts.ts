/** Customers by when they first ordered: how many order again at each age, and what they have brought. */
import { required } from "../../base/certain.ts";
import { startOf } from "../../base/dates.ts";
import type { Pictures } from "../state.ts";
import type { Say } from "./say.ts";

export type Triangles = NonNullable<Pictures["cohorts"]>;
export type Measure = "share" | "revenue" | "cumulative";

/** Cohorts in a row: from and to are months, to the last. */
type Group = { from: number, to: number, size: number, members: number[] };

/** Group is null for all together. */
export type Row = { group: Group | null, size: number, cells: (number | null)[] };
export type Grid = { ages: number[], rows: Row[], all: Row, top: number };

export const MEASURES: Measure[] = ["share", "revenue", "cumulative"];

/** More rows, or more columns, than this are not read. */
const ROWS = 24;
const AGES = 25;

/** How many periods make a row, by the months of a period: whole quarters, half-years, years. */
const TOGETHER: Record<number, number[]> = { 1: [1, 3, 6, 12], 3: [1, 2, 4], 12: [1, 2, 5, 10] };

/** How many periods are over, the log's last day being this one. */
export function periodsOver(c: Triangles, lastDay: number) {
  return lastDay + 1 >= startOf(c.first + c.periods * c.months) ? c.periods : c.periods - 1;
}

/** Cohorts in rows: one each, or whole quarters or years where that would be too many. @param periods to look at */
export function groupsOf(c: Triangles, periods: number): Group[] {
  const sizes = TOGETHER[c.months];
  const together = sizes.find((n) => Math.ceil(periods / n) <= ROWS) ?? sizes[sizes.length - 1];
  const offset = (c.first / c.months) % together;
  const groups: Group[] = [];
  for (let k = 0; k < periods; k++) {
    const g = Math.floor((k + offset) / together);
    const from = c.first + k * c.months;
    groups[g] ??= { from, to: from, size: 0, members: [] };
    groups[g].to = from + c.months - 1;
    groups[g].size += c.size[k];
    groups[g].members.push(k);
  }
  return groups.filter((g) => g.size > 0);
}

/** Ages that stand in columns: all of them, or every third after a year, and so on. */
export function agesOf(from: number, last: number) {
  const all = Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  if (all.length <= AGES) return all;
  return all.filter((a) => a <= 12 || (a <= 24 ? a % 3 === 0 : a <= 48 ? a % 6 === 0 : a % 12 === 0));
}

/** What the cohorts did at an age, together. */
function measured(c: Triangles, measure: Measure, members: number[], age: number) {
  let [sum, size] = [0, 0];
  for (const k of members) {
    size += c.size[k];
    const at = k * c.periods;
    if (measure === "share") sum += c.active[at + age];
    else for (let a = measure === "revenue" ? age : 0; a <= age; a++) sum += c.revenue[at + a];
  }
  return size > 0 ? sum / size : null;
}

/**
 * The figures to show. A cell is empty where one of its cohorts has not reached the age, or was not seen to its end.
 * @param lastDay of the log
 */
export function gridOf(c: Triangles, measure: Measure, lastDay: number): Grid {
  const over = periodsOver(c, lastDay);
  const groups = groupsOf(c, over);
  const reached = (members: number[], age: number) => members[members.length - 1] + age < over;
  const oldest = Math.max(-1, ...groups.map((g) => over - 1 - g.members[g.members.length - 1]));
  const ages = agesOf(measure === "share" ? 1 : 0, oldest);
  const cohorts = groups.flatMap((g) => g.members).filter((k) => c.size[k] > 0);
  const rows = groups
    .map((group) => ({ group, size: group.size, cells: ages.map((age) => (reached(group.members, age) ? measured(c, measure, group.members, age) : null)) }))
    .filter((row) => row.cells.some((v) => v !== null));
  const size = cohorts.reduce((sum, k) => sum + c.size[k], 0);
  const all = { group: null, size, cells: ages.map((age) => measured(c, measure, cohorts.filter((k) => k + age < over), age)) };
  return { ages, rows, all, top: shadeTop(rows) };
}

/** What has the darkest shade: nearly the highest figure, since one customer's whim can make the highest. */
function shadeTop(rows: Row[]) {
  const sorted = rows.flatMap((r) => r.cells.filter((v) => v !== null)).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.97) - 1)] ?? 0;
}

/** How many shades there are beside none: views/pictures.css has them. */
export const SHADES = 10;

/** @param top what has the darkest */
export const shadeOf = (value: number, top: number) => (top > 0 ? Math.round(SHADES * Math.max(0, Math.min(1, value / top))) : 0);

/** How a figure stands in its cell: in whole per cent, unless all are small. */
export function cellOf(measure: Measure, value: number, top: number, say: Say) {
  if (measure !== "share") return say.format.axis(value, "money");
  return top < 0.1 ? say.short(100 * value) : say.count(100 * value);
}

/** @param months of a period */
export function cohortsFinding({ ages, all, top }: Grid, measure: Measure, months: number, say: Say) {
  const { words } = say;
  const last = lastKnown(all.cells);
  if (last < 1) return words.cohorts_finding_young;
  const year = ages.indexOf(12 / months);
  const later = year > 0 && year <= last ? year : last;
  const [first, value] = [required(all.cells[0], "first cell"), required(all.cells[later], "cell of a known age")];
  const unit = unitOf(months);
  const age = say.format.value(ages[later], "count");
  if (measure === "share") {
    return words.cohorts_finding_share({ unit, age, first: cellOf(measure, first, top, say), later: cellOf(measure, value, top, say) });
  }
  const finding = measure === "revenue" ? words.cohorts_finding_revenue : words.cohorts_finding_cumulative;
  return finding({ unit, age, first: say.money(first), later: say.money(value) });
}

const lastKnown = (cells: (number | null)[]) => cells.findLastIndex((v) => v !== null);

/** What a period is, as the messages choose by it. */
export const unitOf = (months: number) => (months === 1 ? "month" : months === 3 ? "quarter" : "year");

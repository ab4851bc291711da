/** A past campaign's list against what its customers have done since. */
import { breath } from "./csv.ts";
import type { PastList } from "./lists.ts";
import { type Group, type Uplift, upliftOf } from "./plan.ts";
import type { Table } from "./state.ts";

export interface Evaluation {
  test: Group;
  control: Group;
  missing: number; // customers of the list whom the file does not have
  uplift: Uplift | null;
}

/** How long the page may be busy without a pause, in milliseconds. */
const BURST_MS = 30;

/**
 * Who of a list has ordered after a day, and what they have spent since it was written.
 * @param since the last day that the list knew
 */
export async function evaluate({ ids, length, columns: { last_day, spend } }: Table, list: PastList, since: number): Promise<Evaluation> {
  const places = new Map(list.customers.map(({ id }, i) => [id, i]));
  const rows = new Int32Array(list.customers.length).fill(-1);
  let began = performance.now();
  for (let row = 0; row < length; row++) {
    const place = places.get(ids.at(row));
    if (place !== undefined) rows[place] = row;
    if (row % 512 || performance.now() - began < BURST_MS) continue;
    await breath();
    began = performance.now();
  }
  const groups = { test: empty(), control: empty() };
  let missing = 0;
  list.customers.forEach((one, i) => {
    const row = rows[i];
    if (row < 0) return void missing++;
    const group = groups[one.held ? "control" : "test"];
    const ordered = last_day[row] > since;
    group.customers++;
    group.ordered += Number(ordered);
    if (one.spend === null) return void (group.spend = null);
    const more = ordered ? Math.max(0, spend[row] - one.spend) : 0; // the list has cents alone
    if (group.spend) [group.spend.sum, group.spend.squares] = [group.spend.sum + more, group.spend.squares + more * more];
  });
  return { ...groups, missing, uplift: upliftOf(groups.test, groups.control) };
}

const empty = (): Group => ({ customers: 0, ordered: 0, spend: { sum: 0, squares: 0 } });

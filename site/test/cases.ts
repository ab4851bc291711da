/** The cases of core/orders/testdata/cases, with what is right for each: the table of its README. */
import { readFileSync } from "node:fs";

const folder = new URL("../../core/orders/testdata/", import.meta.url);

export const caseFile = (name: string) => readFileSync(new URL(`cases/${name}.csv`, folder));

/** [name, customers, orders, revenue] */
export const CASES = readFileSync(new URL("README.md", folder), "utf8").split("\n").flatMap((line): [string, number, number, number][] => {
  const [, name, customers, orders, revenue] = /^\| ([a-z0-9-]+) \| (\d+) \| (\d+) \| ([\d.]+) \|/.exec(line) ?? [];
  return name ? [[name, Number(customers), Number(orders), Number(revenue)]] : [];
});
if (CASES.length < 19) throw new Error(`${CASES.length} cases: has the README another table?`);

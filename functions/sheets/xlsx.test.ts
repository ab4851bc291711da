// The workbooks that the page exports, in LibreOffice: figures are typed into their cells, one case after the other, and
// every result is held to the engine's for the same figures. So the formulas are live, and they are the engine's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import type { Calculation, Field } from "../../site/base/catalogue.gen.mjs";
import { definitionOf, definitions } from "../../site/calculator/workbook/definitions.ts";
import { type Definition, workbook } from "../../site/calculator/workbook/build.ts";
import { toFile } from "../../site/calculator/workbook/file.ts";
import words from "../../site/messages/en/workbook.gen.mjs";
import { base } from "./expected.ts";
import { follow } from "./xlsx.ts";

/** Figures by wire name. */
type Figures = Calculation["example"];

/** A change of the example; with a base, changes of that, in a workbook of their own. */
type Case = Figures & { base?: Figures; then?: Figures[] };

/** What is read of a workbook by a name: one cell or a column, in a unit, of the engine's results. */
interface Expected {
  name: string;
  unit: string | undefined;
  of(result: Figures): (number | string | null | undefined)[];
}

const NEAR = 1e-9; // relative; the issue's. LibreOffice tells fifteen digits, and adds up in an order of its own.

/** Figures to try beside the example, each a change of it; null is a cell left empty. */
const cases: Record<string, Case[]> = JSON.parse(readFileSync(new URL("xlsx.cases.json", import.meta.url), "utf8"));

const calculationOf = (id: string): Calculation => JSON.parse(readFileSync(new URL(`../../site/base/calculations/${id}.gen.json`, import.meta.url), "utf8"));
const startOf = ({ inputs, example }: Calculation): Figures => Object.fromEntries(inputs.map((f) => [f.name, example[f.name] ?? f.default ?? null]));

/** The engine's answer, natively. */
async function engine(id: string, input: Figures): Promise<Figures> {
  const body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([, v]) => v !== null)));
  const answer = await fetch(`${base}/v1/${id}`, { method: "POST", body });
  assert.equal(answer.status, 200, `${id} ${body}: ${await answer.clone().text()}`);
  return answer.json();
}

/** What is read of a workbook: each result with a formula, and each column that is one of the engine's lists. */
function expectations(calculation: Calculation, definition: Definition): Expected[] {
  const at = (result: Figures, path: string) => path.split(".").reduce((v, name) => v?.[name], result);
  const field = (path: string) => path.split(".").reduce<Field | undefined>((within, name) => (within?.fields ?? calculation.results).find((f) => f.name === name), undefined);
  const single = Object.keys(definition.results).map((path) => ({ name: path.replace(".", "_"), unit: field(path)?.unit, of: (result: Figures) => [at(result, path)] }));
  const lists = Object.entries(definition.tables ?? {}).flatMap(([table, { of, columns }]) => {
    const list = of ? field(of) : undefined;
    if (!of || !list) return [];
    const told = Object.keys(columns).filter((c) => list.fields?.some((f) => f.name === c && f.kind !== "option"));
    return told.map((column) => ({
      name: `${table}_${column}`,
      unit: field(`${of}.${column}`)?.unit,
      of: (result: Figures) => (list.kind === "records" ? result[of].map((record: Figures) => record[column]) : result[of][column]),
    }));
  });
  return [...single, ...lists];
}

/** The orders that type figures into a workbook, and read it. */
function typed(calculation: Calculation, figures: Figures, expected: Expected[]) {
  const orders: string[][] = [];
  const set = (name: string, value: unknown) => orders.push(value == null ? ["blank", name] : [typeof value === "number" ? "number" : "text", name, String(value)]);
  for (const f of calculation.inputs) {
    if (f.kind === "records") figures[f.name].forEach((record: Figures, i: number) => Object.entries(record).forEach(([name, value]) => set(`${f.name}_${i + 1}_${name}`, value)));
    else set(f.name, figures[f.name]);
  }
  return [...orders, ["read", ...expected.map((e) => e.name)]];
}

/** Money that is the difference of two values, and nothing but their rounding, is held to a billionth of one unit of money. */
function same(got: string, want: number | string | null | undefined, unit: string | undefined, about: string) {
  const least = unit === "money" ? 1 : 1e-6;
  if (want === null || want === undefined) return assert.equal(got, "", about);
  assert.ok(got !== "" && Math.abs(Number(got) - Number(want)) <= NEAR * Math.max(Math.abs(Number(want)), least), `${about}: ${got}, not ${want}`);
}

test("every workbook recalculates to the engine's results, whatever is typed into it", async (t) => {
  const runs = [];
  for (const id of Object.keys(definitions)) {
    const calculation = calculationOf(id);
    const start = startOf(calculation);
    for (const { base: changed = {}, then = [{}] } of groupsOf(cases[id] ?? [])) {
      const exported = { ...start, ...changed };
      const answered = { input: exported, result: await engine(id, exported), warnings: [] };
      const definition = definitionOf(id, exported);
      const expected = expectations(calculation, definition);
      const tries = [{}, ...then].map((change) => ({ ...exported, ...change }));
      const file = await toFile(workbook(calculation, answered, { words, currency: "USD", options: {} }));
      runs.push({ id, calculation, expected, tries, file: Buffer.from(await file.arrayBuffer()) });
    }
  }
  const answers = await follow(runs.map(({ file, calculation, tries, expected }) => ({ file, orders: tries.flatMap((figures) => typed(calculation, figures, expected)) })));
  for (const [i, { id, tries, expected }] of runs.entries()) {
    await t.test(`${id}: ${tries.length} sets of figures, ${expected.length} results`, async () => {
      for (const [k, figures] of tries.entries()) {
        const result = await engine(id, figures);
        const read = answers[i][k];
        expected.forEach(({ name, unit, of }, n) => {
          const cells = read[n].split(";");
          of(result).forEach((want, row) => same(cells[row] ?? "", want, unit, `${id} ${name} ${row} with ${JSON.stringify(figures)}`));
        });
      }
    });
  }
});

/** Cases are changes of the example; those of a list of objects need a workbook of their own. */
function groupsOf(list: Case[]): { base?: Figures; then?: Figures[] }[] {
  const own = list.filter((c) => c.base);
  // biome-ignore lint/suspicious/noThenProperty: the cases' own word
  return [{ then: list.filter((c) => !c.base) }, ...own];
}

// The workbooks that the page exports, in LibreOffice: figures are typed into their cells, one case after the other, and
// every result is held to the engine's for the same figures. So the formulas are live, and they are the engine's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { definitionOf, definitions } from "../../site/calculator/workbook/definitions.mjs";
import { workbook } from "../../site/calculator/workbook/build.mjs";
import { toFile } from "../../site/calculator/workbook/file.mjs";
import words from "../../site/messages/en/workbook.gen.mjs";
import { follow } from "./xlsx.mjs";

const base = /** @type {string} */ (process.env.BASE_URL);
const NEAR = 1e-9; // relative; the issue's. LibreOffice tells fifteen digits, and adds up in an order of its own.

/** Figures to try beside the example, each a change of it; null is a cell left empty. @type {Record<string, Record<string, any>[]>} */
const cases = JSON.parse(readFileSync(new URL("xlsx.cases.json", import.meta.url), "utf8"));

const calculationOf = (id) => JSON.parse(readFileSync(new URL(`../../site/base/calculations/${id}.gen.json`, import.meta.url), "utf8"));
const startOf = ({ inputs, example }) => Object.fromEntries(inputs.map((f) => [f.name, example[f.name] ?? f.default ?? null]));

/** The engine's answer, natively. */
async function engine(id, input) {
  const body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([, v]) => v !== null)));
  const answer = await fetch(`${base}/v1/${id}`, { method: "POST", body });
  assert.equal(answer.status, 200, `${id} ${body}: ${await answer.clone().text()}`);
  return answer.json();
}

/** What is read of a workbook: each result with a formula, and each column that is one of the engine's lists. */
function expectations(calculation, definition) {
  const at = (result, path) => path.split(".").reduce((v, name) => v?.[name], result);
  const unit = (path) => path.split(".").reduce((fields, name) => fields.find((f) => f.name === name)?.fields ?? fields.find((f) => f.name === name), calculation.results)?.unit;
  const single = Object.keys(definition.results).map((path) => ({ name: path.replace(".", "_"), unit: unit(path), of: (result) => [at(result, path)] }));
  const lists = Object.entries(definition.tables ?? {}).filter(([, t]) => t.of).flatMap(([table, { of, columns }]) => {
    const field = calculation.results.find((f) => f.name === of);
    const told = Object.keys(columns).filter((c) => field.fields.some((f) => f.name === c && f.kind !== "option"));
    return told.map((column) => ({
      name: `${table}_${column}`,
      unit: field.fields.find((f) => f.name === column).unit,
      of: (result) => (field.kind === "records" ? result[of].map((record) => record[column]) : result[of][column]),
    }));
  });
  return [...single, ...lists];
}

/** The orders that type figures into a workbook, and read it. */
function typed(calculation, figures, expected) {
  const orders = [];
  const set = (name, value) => orders.push(value == null ? ["blank", name] : [typeof value === "number" ? "number" : "text", name, String(value)]);
  for (const f of calculation.inputs) {
    if (f.kind === "records") figures[f.name].forEach((record, i) => Object.entries(record).forEach(([name, value]) => set(`${f.name}_${i + 1}_${name}`, value)));
    else set(f.name, figures[f.name]);
  }
  return [...orders, ["read", ...expected.map((e) => e.name)]];
}

/** Money that is the difference of two values, and nothing but their rounding, is held to a billionth of one unit of money. */
function same(got, want, unit, about) {
  const least = unit === "money" ? 1 : 1e-6;
  if (want === null || want === undefined) return assert.equal(got, "", about);
  assert.ok(got !== "" && Math.abs(Number(got) - want) <= NEAR * Math.max(Math.abs(want), least), `${about}: ${got}, not ${want}`);
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
function groupsOf(list) {
  const own = list.filter((c) => c.base);
  // biome-ignore lint/suspicious/noThenProperty: the cases' own word
  return [{ then: list.filter((c) => !c.base) }, ...own];
}

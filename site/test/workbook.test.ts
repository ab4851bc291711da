import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { compile } from "../calculator/workbook/compile.ts";
import { workbook } from "../calculator/workbook/build.ts";
import { definitions } from "../calculator/workbook/definitions.ts";
import words from "../messages/en/workbook.gen.mjs";
import type { Calculation } from "../base/catalogue.gen.mjs";
import type { Figures } from "../base/figures.ts";

const calculationOf = (id: string): Calculation => JSON.parse(readFileSync(new URL(`../base/calculations/${id}.gen.json`, import.meta.url), "utf8"));
const given = { words, currency: "EUR", options: {} };

/** The figures of a calculation's first sheet, as they would be exported. */
const exported = (calculation: Calculation, result: Figures) => {
  const input = Object.fromEntries(calculation.inputs.map((f) => [f.name, calculation.example[f.name] ?? f.default ?? null]));
  return workbook(calculation, { input, result, warnings: [] }, given);
};

test("names become cells: figures by name, columns by place, texts untouched", () => {
  const tables = new Map([["schedule", { sheet: "By period", columns: ["period", "margin"], first: 2, rows: 3 }]]);
  const figures = new Set(["price", "today.clv", "period"]);
  assert.equal(compile('IF(period="month",price,"price")', figures, tables), 'IF(period="month",price,"price")');
  assert.equal(compile("today.clv*2", figures, tables), "today_clv*2");
  assert.equal(compile("SUM(schedule:margin)+schedule:margin@1", figures, tables), "SUM(schedule_margin)+'By period'!$B$3");
  assert.equal(compile("margin@before+period*price", figures, tables, { table: "schedule", row: 2 }), "B3+A4*price");
  assert.throws(() => compile("prices*2", figures, tables), /“prices” in “prices\*2” is no figure/);
});

test("every formula of every calculation speaks of figures that exist, and names what a spreadsheet takes for a name", () => {
  for (const id of Object.keys(definitions)) {
    const { names, sheets } = exported(calculationOf(id), { stages: [], levers: [], interactions: [], bridge: { change: [], level: [] }, same_budget: {}, best: {} });
    for (const name of names.keys()) assert.match(name, /^(?![rc]$|[a-z]{1,3}\d+$)[a-z]\w*$/, `${id}: ${name}`);
    assert.equal(new Set(sheets.map((s) => s.name)).size, sheets.length, id);
  }
});

test("a text that looks like a formula stays a text", () => {
  const calculation = calculationOf("average");
  const hostile = '=HYPERLINK("http://example.org","x")';
  calculation.title = calculation.question = calculation.inputs[0].title = calculation.results[0].help = hostile;
  const cells = exported(calculation, {}).sheets.flatMap((s) => s.rows.flat()).filter((c) => c && typeof c === "object" && "value" in c && c.value === hostile);
  assert.equal(cells.length, 4);
  for (const cell of cells) assert.notEqual((cell as { type?: unknown }).type, "Formula");
});

test("a value without a formula is shown only for the figures that it is of, and its text is quoted", () => {
  const calculation = calculationOf("churn-interval");
  const { names, sheets } = exported(calculation, { clv: 1234.5, churn_rate: '0")&HYPERLINK("x' });
  const row = Number(names.get("clv")?.match(/\d+$/)?.[0]) - 1;
  assert.equal((sheets[0].rows[row][1] as { value: unknown }).value, '=IF(as_exported,1234.5,"")');
  const other = Number(names.get("churn_rate")?.match(/\d+$/)?.[0]) - 1;
  assert.equal((sheets[0].rows[other][1] as { value: unknown }).value, '=IF(as_exported,"0"")&HYPERLINK(""x","")');
  assert.ok(names.has("as_exported"));
});

test("every calculation that a person would export has formulas", () => {
  const fitted = ["churn-interval", "retention-curve"];
  const closed = readFileSync(new URL("../scenarios.json", import.meta.url), "utf8").match(/"calculation": "([^"]+)"/g)?.map((m) => m.slice(16, -1)) ?? [];
  for (const id of new Set(closed)) assert.ok(id in definitions || fitted.includes(id), id);
});

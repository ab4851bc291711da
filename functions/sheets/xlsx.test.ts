// The workbooks that the page exports, in LibreOffice: figures are typed into their cells, one case after the other, and
// every result is held to the API's for the same figures. So the formulas are live, they are the engine's, and what the API
// refuses the workbook refuses too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import type { Calculation, Field } from "../../site/base/catalogue.gen.mjs";
import { pack } from "../../site/build/pack.ts";
import { definitionOf, definitions } from "../../site/calculator/workbook/definitions.ts";
import type { Definition } from "../../site/calculator/workbook/definition.ts";
import { toXlsx } from "../../site/calculator/workbook/sheet/ooxml.ts";
import { inTurn } from "../../site/test/turn.ts";
import { type Figures, asked, bookOf, calculationOf, startOf } from "./books.ts";
import { follow } from "./xlsx.ts";

/** A change of the example; with a base, changes of that, in a workbook of their own. */
type Case = Figures & { base?: Figures; then?: Figures[] };

/** What is read of a workbook by a name: one cell or a column, in a unit, of the engine's results. */
interface Expected {
  name: string;
  unit: string | undefined;
  of(result: Figures): (number | string | null | undefined)[];
}

/** Figures to type, and what the API says to them. */
interface Try {
  figures: Figures;
  result?: Figures;
  problems?: string[];
}

/** A workbook, and what is expected of it. */
interface Run {
  calculation: Calculation;
  definition: Definition;
  exported: Figures;
  expected: Expected[];
}

const NEAR = 1e-9; // relative; the issue's. LibreOffice tells fifteen digits, and adds up in an order of its own.

/** Sets of figures to make up for each calculation: every second as one would type it, every second with a slip. */
const MADE_UP = Number(process.env.MADE_UP ?? 8);

/** Which of them a run tries: two, in turn. The cases of xlsx.cases.json, which are ways of their own, are tried in each. */
const TRIED = new Set(inTurn(Array.from({ length: MADE_UP }, (_, k) => k), process.env.MADE_UP ? MADE_UP : 2));

/** The calculations to try, by ONLY=subscription,margin; all without it. */
const ONLY = process.env.ONLY?.split(",");

/** Figures to try beside the example, each a change of it; null is a cell left empty. */
const cases: Record<string, Case[]> = JSON.parse(readFileSync(new URL("xlsx.cases.json", import.meta.url), "utf8"));

/** What is read of a workbook: each result with a formula, and each column that is one of the engine's lists. */
function expectations(calculation: Calculation, definition: Definition): Expected[] {
  const at = (result: Figures, path: string) => path.split(".").reduce((v, name) => v?.[name], result);
  const field = (path: string) => path.split(".").reduce<Field | undefined>((within, name) => (within?.fields ?? calculation.results).find((f) => f.name === name), undefined);
  const single = Object.keys(definition.results).map((path) => ({ name: `shown_${path.replace(".", "_")}`, unit: field(path)?.unit, of: (result: Figures) => [at(result, path)] }));
  const lists = Object.entries(definition.tables ?? {}).flatMap(([table, { of, columns, rows }]) => {
    const list = of ? field(of) : undefined;
    if (!of || !list) return [];
    const told = Object.keys(columns).filter((c) => list.fields?.some((f) => f.name === c && f.kind !== "option"));
    return told.map((column) => ({
      name: `${table}_${column}`,
      unit: field(`${of}.${column}`)?.unit,
      // A table may end before a long list does.
      of: (result: Figures) => ((list.kind === "records" ? result[of].map((record: Figures) => record[column]) : result[of][column]) ?? []).slice(0, rows),
    }));
  });
  return [...single, ...lists];
}

/** What a calculation asks, by its place in the input: levers/0/reach. */
function* asks(calculation: Calculation, exported: Figures, { found }: Definition): Generator<{ name: string; field: Field; at: string[] }> {
  for (const field of calculation.inputs) {
    if (field.kind === "number" || field.kind === "option") yield { name: `typed_${field.name}`, field, at: [field.name] };
    // Of a list each figure is a cell, as if it were one of its own.
    if (field.kind === "list" && !found) for (const i of exported[field.name].keys()) yield { name: `typed_${field.name}_${i + 1}`, field: { ...field, kind: "number" }, at: [field.name, String(i)] };
    if (field.kind !== "records") continue;
    const records: Figures[] = exported[field.name];
    const used = (field.fields ?? []).filter((own) => own.kind === "number" && !found?.closed.includes(own.name) && records.some((record) => record[own.name] != null));
    for (const [i, { kind }] of records.entries()) {
      for (const own of used) if (kind === "annual_plan" || !/^(plan_discount|annual_renewal_rate)$/.test(own.name)) yield { name: `typed_${field.name}_${i + 1}_${own.name}`, field: own, at: [field.name, String(i), own.name] };
    }
  }
}

/**
 * The orders that type figures into a workbook, and read it: of a column as many rows as the API says, since LibreOffice takes longer to hand over a cell than to calculate it.
 * @param before the figures that stand there: what is the same is not typed again
 */
function typed({ calculation, definition, exported, expected }: Run, result: Figures | undefined, figures: Figures, before?: Figures) {
  const orders: string[][] = [];
  for (const { name, at } of asks(calculation, exported, definition)) {
    const [value, there] = [figures, before].map((from) => at.reduce((v, key) => v?.[key], from));
    if (before && value === there) continue;
    orders.push(value == null ? ["blank", name] : [typeof value === "number" ? "number" : "text", name, String(value)]);
  }
  const wanted = ({ name, of }: Expected) => (name.startsWith("shown_") ? name : `${name}:${result ? of(result).length : 0}`);
  return [...orders, ["read", "valid", "problems", ...expected.map(wanted)]];
}

/** Money that is the difference of two values, and nothing but their rounding, is held to a billionth of one unit of money. */
function same(got: string, want: number | string | null | undefined, unit: string | undefined, about: string) {
  const least = unit === "money" ? 1 : 1e-6;
  if (want === null || want === undefined) return assert.equal(got, "", about);
  if (typeof want === "string") return assert.equal(got, want, about);
  assert.ok(got !== "" && Math.abs(Number(got) - Number(want)) <= NEAR * Math.max(Math.abs(Number(want)), least), `${about}: ${got}, not ${want}`);
}

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) yield (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Figures around those exported; where it is odd, with one that somebody mistyped. */
function madeUp(calculation: Calculation, definition: Definition, exported: Figures, n: number): Figures[] {
  const random = numbers([...calculation.id].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 2147483646 || 1);
  const next = () => random.next().value as number;
  return Array.from({ length: n }, (_, k) => {
    const figures: Figures = structuredClone(exported);
    const all = [...asks(calculation, exported, definition)];
    const put = (at: string[], value: unknown) => (at.slice(0, -1).reduce((v, key) => v[key], figures)[at.at(-1) as string] = value);
    for (const { field, at } of all) {
      if (next() < 0.4) continue;
      const now = Number(at.reduce((v, key) => v?.[key], exported) ?? 0);
      const { min = -1e12, max = 1e12 } = field;
      if (field.kind === "option") put(at, field.options?.[Math.floor(next() * (field.options?.length ?? 1))]);
      else if (field.optional && next() < 0.3) put(at, null);
      else {
        const near = (now || (max <= 1 ? 0.05 : 3)) * (0.5 + next());
        const value = Math.min(max, Math.max(min, field.whole ? Math.round(near) : Number(near.toPrecision(6))));
        put(at, field.above && value === min ? max : value);
      }
    }
    if (k % 2) {
      const { field, at } = all[Math.floor(next() * all.length)];
      const slips = field.kind === "option" ? ["months", ""] : [-0.1, 5, 80, null, "12 %", 1e14];
      put(at, slips[Math.floor(next() * slips.length)]);
    }
    return figures;
  });
}

test("every workbook recalculates to the API's results, and refuses what the API refuses", async (t) => {
  const runs: (Run & { id: string; tries: Try[]; file: Uint8Array })[] = [];
  for (const id of Object.keys(definitions).filter((id) => !ONLY || ONLY.includes(id))) {
    const calculation = calculationOf(id);
    const start = startOf(calculation);
    for (const { base: changed = {}, then = [{}] } of groupsOf(cases[id] ?? [])) {
      const exported = { ...start, ...changed };
      const { result } = await asked(id, exported);
      assert.ok(result, id);
      const definition = definitionOf(id, exported, result);
      const expected = expectations(calculation, definition);
      const slips = changed === undefined || Object.keys(changed).length ? [] : madeUp(calculation, definition, exported, MADE_UP).filter((_, k) => TRIED.has(k));
      const sets = [...[{}, ...then].map((change) => ({ ...exported, ...change })), ...slips, exported];
      const tries = await Promise.all(sets.map(async (figures) => ({ figures, ...(await asked(id, withoutBlanks(figures))) })));
      const file = toXlsx(await bookOf(id, exported, result), pack);
      runs.push({ id, calculation, definition, exported, expected, tries, file });
    }
  }
  const answers = await follow(runs.map((run) => ({ file: run.file, orders: run.tries.flatMap(({ figures, result }, k) => typed(run, result, figures, run.tries[k - 1]?.figures)) })));
  for (const [i, { id, tries, expected }] of runs.entries()) {
    await t.test(`${id}: ${tries.length} sets of figures, ${expected.length} results`, () => {
      for (const [k, { figures, result, problems }] of tries.entries()) {
        const [valid, said, ...read] = answers[i][k];
        const about = `${id} with ${JSON.stringify(figures)}`;
        assert.equal(valid, result ? "1" : "0", `${about}: the API ${problems ? `refuses (${problems})` : "answers"}, the sheet says “${said}”`);
        assert.equal(said === "", result !== undefined, about);
        expected.forEach(({ name, unit, of }, n) => {
          if (!result) return name.startsWith("shown_") && assert.equal(read[n], "", `${about}: ${name}`);
          const cells = read[n].split(";");
          of(result).forEach((want, row) => same(cells[row] ?? "", want, unit, `${about}: ${name} ${row}`));
        });
      }
    });
  }
});

/** A cell that holds an empty text is an empty cell. */
const withoutBlanks = (figures: Figures): Figures => Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value === "" ? null : value]));

/** Cases are changes of the example; those of a list of objects need a workbook of their own. */
function groupsOf(list: Case[]): { base?: Figures; then?: Figures[] }[] {
  const own = list.filter((c) => c.base);
  // biome-ignore lint/suspicious/noThenProperty: the cases' own word
  return [{ then: list.filter((c) => !c.base) }, ...own];
}

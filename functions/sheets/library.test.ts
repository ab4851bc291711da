// The functions of a spreadsheet's own, without Excel: the text of each is taken apart at its commas, its names become cells of a
// workbook, and the evaluator that fills in the stored values (held to LibreOffice and Gnumeric) calculates it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { english } from "../../site/base/words.ts";
import { type Own, libraryBook, ownFunction } from "../../site/calculator/workbook/library.ts";
import { Wrong, evaluate } from "../../site/calculator/workbook/sheet/evaluate.ts";
import type { Book, Cell } from "../../site/calculator/workbook/sheet/model.ts";
import { toXlsx } from "../../site/calculator/workbook/sheet/ooxml.ts";
import words from "../../site/messages/en/workbook.gen.mjs";
import { type Figures, asked, calculationOf, ids, startOf } from "./books.ts";
import { calculations } from "./expected.ts";

/** What stands between the brackets of a call, part by part. */
function parts(text: string): string[] {
  const list: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') i = text.indexOf('"', i + 1);
    else if (text[i] === "(") depth++;
    else if (text[i] === ")") depth--;
    else if (text[i] === "," && depth === 0) {
      list.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...list, text.slice(from)];
}

const inside = (text: string, name: string) => {
  assert.ok(text.startsWith(`${name}(`) && text.endsWith(")"), `${name}: ${text.slice(0, 60)}`);
  return parts(text.slice(name.length + 1, -1));
};

/** What a function gives. */
function called({ written, parameters }: Own, result: string, figures: Figures): unknown {
  const lambda = inside(written.slice(1), "LAMBDA");
  assert.deepEqual(lambda.slice(0, -1), parameters);
  const names = new Map<string, string>();
  const rows: Cell[][] = [];
  const put = (name: string, cell: Cell) => names.set(name, `'a'!$A$${rows.push([cell])}`);
  const given: Figures = { ...figures, result };
  for (const name of parameters) put(name, given[name] == null ? {} : { value: given[name] });
  const lines = inside(lambda.at(-1) as string, "LET");
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const sequence = lines[i + 1].match(/^SEQUENCE\((\d+)\)$/);
    if (!sequence) put(lines[i], { formula: lines[i + 1] });
    else {
      const first = rows.length + 1;
      for (let n = 1; n <= Number(sequence[1]); n++) rows.push([{ value: n }]);
      names.set(lines[i], `'a'!$A$${first}:$A$${rows.length}`);
    }
  }
  const book = { sheets: [{ name: "a", rows, widths: [] }], names } as unknown as Book;
  const of = (formula: string) => {
    const value = evaluate(book, formula);
    return value instanceof Wrong ? value.code : value;
  };
  const [condition, problems, choice] = inside(lines.at(-1) as string, "IF");
  assert.equal(condition, `${problems}<>""`);
  if (of(problems) !== "") return of(problems);
  const [asks, ...cases] = inside(choice, "SWITCH");
  const at = cases.indexOf(`"${of(asks)}"`);
  return of(at < 0 ? (cases.at(-1) as string) : cases[at + 1]);
}

const NEAR = 1e-12;

const library = await Promise.all(ids.map(async (id) => {
  const calculation = calculationOf(id);
  const input = startOf(calculation);
  const { result = {} } = await asked(id, input);
  const order = calculations.find((c) => c.id === id)?.arguments ?? [];
  return { id, calculation, input, result, own: ownFunction(calculation, order, { words, said: english, input, result }) };
}));

test("the closed forms are there", () => {
  const there = library.filter((l) => l.own).map((l) => l.id);
  for (const id of ["onboarding", "average", "totals", "subscription", "retention", "repeat-purchase", "annual-plan", "acquisition-retention", "reconcile"]) assert.ok(there.includes(id), `${id} is not among ${there}`);
});

test("every example gives the API's digits, in every result; what cannot be says why", async (t) => {
  for (const { id, input, result, own } of library) {
    if (!own) continue;
    await t.test(`${own.name}: ${own.results.length} results`, () => {
      for (const path of own.results) {
        const want = path.split(".").reduce((v, name) => v?.[name], result);
        const got = called(own, path, input);
        if (want == null) assert.equal(got, "", `${id} ${path}`);
        else if (typeof want === "number") assert.ok(typeof got === "number" && Math.abs(got - want) <= Math.max(NEAR * Math.abs(want), 1e-12), `${id} ${path}: ${got}, not ${want}`);
      }
      const blank = Object.fromEntries(own.parameters.slice(1).map((name) => [name, calculationOf(id).inputs.find((f) => f.name === name)?.default === undefined ? input[name] : null]));
      assert.equal(typeof called(own, "", blank), "number", `${id}: empty arguments are the defaults`);
      const first = own.parameters.slice(1).find((name) => calculationOf(id).inputs.find((f) => f.name === name)?.min === 0) as string;
      assert.match(String(called(own, "", { ...input, [first]: -0.1 })), new RegExp(`^${first}: `), `${id}: what is wrong`);
      assert.equal(called(own, "nothing", input), "There is no such result.");
      assert.ok(own.written.length <= 8192);
    });
  }
});

test("the documented example", () => {
  const page = readFileSync(new URL("../../docs/spreadsheets/workbooks.md", import.meta.url), "utf8");
  const [, call, shown] = page.match(/```text\n=(CLV_\w+\(.*\))\n```\n\nshows ([\d.]+)\./) ?? [];
  const own = library.find((l) => call?.startsWith(`${l.own?.name}(`))?.own;
  assert.ok(own);
  const [result, ...given] = inside(call, own.name).map((argument) => JSON.parse(argument));
  assert.equal(called(own, result, Object.fromEntries(own.parameters.slice(1).map((name, i) => [name, given[i]]))), Number(shown));
  for (const { own } of library) assert.ok(!own || page.includes(`\`${own.name}\``), `${own?.name} is not in the page`);
});

test("the file holds them as Excel stores names of functions, and shows each with its example", () => {
  const entries = library.flatMap(({ own, calculation, result }) => (own ? [{ own, title: calculation.title, example: calculation.example, value: Number(own.results[0].split(".").reduce((v, name) => v?.[name], result)) }] : []));
  const files = unzipSync(toXlsx(libraryBook(entries, "1.2.3", new Date("2026-01-31"))));
  const book = strFromU8(files["xl/workbook.xml"]);
  assert.match(book, /<definedName name="CLV_AVERAGE">_xlfn\.LAMBDA\(_xlpm\.result,_xlpm\.order_value,/);
  assert.doesNotMatch(book, /(?<!_xlfn\.)\b(LET|LAMBDA|SEQUENCE|SWITCH)\(/);
  assert.match(strFromU8(files["xl/worksheets/sheet1.xml"]), /<f>CLV_AVERAGE\(&quot;&quot;,75,3,2\.5,0\.6\)<\/f><v>337\.5<\/v>/);
  assert.match(strFromU8(files["xl/worksheets/sheet2.xml"]), /=LET\(used_order_value,/);
});

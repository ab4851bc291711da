// The functions of a spreadsheet's own, without Excel: the text of each is taken apart at its commas, its names become cells of a
// workbook, a call of another function is one of these again, and the evaluator that fills in the stored values (held to LibreOffice and Gnumeric) calculates it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { english } from "../../site/base/words.ts";
import { type Named, type Own, libraryBook, ownFunction } from "../../site/calculator/workbook/library.ts";
import { definitionOf, definitions } from "../../site/calculator/workbook/definitions.ts";
import { Wrong, evaluate } from "../../site/calculator/workbook/sheet/evaluate.ts";
import { type Node, parse } from "../../site/calculator/workbook/sheet/formula.ts";
import type { Book, Cell, Value } from "../../site/calculator/workbook/sheet/model.ts";
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

/** What a function gives for values, in the order of its parameters: names become cells, calls of other functions are made. */
function run(functions: Named[], name: string, values: Value[]): Value {
  const found = functions.find((f) => f.name === name);
  assert.ok(found, name);
  const { written, parameters } = found;
  const lambda = inside(written.slice(1), "LAMBDA");
  assert.deepEqual(lambda.slice(0, -1), parameters);
  assert.equal(values.length, parameters.length, `${name} is given another number of arguments`);
  const names = new Map<string, string>();
  const rows: Cell[][] = [];
  const put = (to: string, cell: Cell) => names.set(to, `'a'!$A$${rows.push([cell])}`);
  const book = { sheets: [{ name: "a", rows, widths: [] }], names } as unknown as Book;
  /** A formula; a condition, a choice, names and calls are taken apart, so that no more is calculated than is asked for. */
  const of = (formula: string): Value => {
    const call = formula.match(/^(CLV_\w+|LET|IF|SWITCH)\(/)?.[1];
    const whole = call !== undefined && formula.endsWith(")") && parts(formula).length === 1 && ends(formula);
    if (!whole || !/\b(CLV_\w+|LET|SWITCH)\(/.test(formula)) {
      const value = evaluate(book, formula);
      return value instanceof Wrong ? value.code : value;
    }
    const args = inside(formula, call);
    if (call === "IF") return of(of(args[0]) === true ? args[1] : args[2]);
    if (call === "SWITCH") {
      const asked = of(args[0]);
      const at = args.findIndex((arg, i) => i % 2 === 1 && i + 1 < args.length && of(arg) === asked);
      return of(at < 0 ? (args.at(-1) as string) : args[at + 1]);
    }
    if (call !== "LET") return run(functions, call, args.map(of));
    for (let i = 0; i + 1 < args.length; i += 2) {
      const sequence = args[i + 1].match(/^SEQUENCE\((\d+)\)$/);
      if (!sequence) {
        if (/\b(CLV_\w+|LET|SWITCH)\(/.test(args[i + 1])) put(args[i], { value: of(args[i + 1]) });
        else put(args[i], { formula: args[i + 1] });
        continue;
      }
      const first = rows.length + 1;
      for (let n = 1; n <= Number(sequence[1]); n++) rows.push([{ value: n }]);
      names.set(args[i], `'a'!$A$${first}:$A$${rows.length}`);
    }
    return of(args.at(-1) as string);
  };
  parameters.forEach((p, i) => put(p, values[i] === "" ? {} : { value: values[i] }));
  return of(lambda.at(-1) as string);
}

/** Whether the bracket that a call opens is closed at the end of the text alone. */
function ends(text: string) {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') i = text.indexOf('"', i + 1);
    else if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return i === text.length - 1;
  }
  return false;
}

/** What a function gives for a result and figures by name. */
const called = ({ functions, name, parameters }: Own, result: string, figures: Figures) => run(functions, name, parameters.map((p) => (p === "result" ? result : (figures[p] ?? ""))));

const NEAR = 1e-12;

/** Changes of the examples, which the workbooks are tried with too. */
const cases: Record<string, Figures[]> = JSON.parse(readFileSync(new URL("xlsx.cases.json", import.meta.url), "utf8"));

const library = await Promise.all(ids.map(async (id) => {
  const calculation = calculationOf(id);
  const input = startOf(calculation);
  const { result = {} } = await asked(id, input);
  const order = calculations.find((c) => c.id === id)?.arguments ?? [];
  return { id, calculation, input, result, own: ownFunction(calculation, order, { words, said: english, input, result }) };
}));

test("the closed forms are there", () => {
  const there = library.filter((l) => l.own).map((l) => l.id);
  const lists = library.filter((l) => l.calculation.inputs.some((f) => f.kind === "list" || f.kind === "records")).map((l) => l.id);
  assert.deepEqual(ids.filter((id) => !there.includes(id)), ids.filter((id) => lists.includes(id) || !(id in definitions)));
});

test("every example gives the API's digits, in every result; what cannot be says why", async (t) => {
  for (const { id, input, result, own } of library) {
    if (!own) continue;
    await t.test(`${own.name}: ${own.results.length} results`, async () => {
      for (const path of own.results) {
        const want = path.split(".").reduce((v, name) => v?.[name], result);
        const got = called(own, path, input);
        if (want == null) assert.equal(got, "", `${id} ${path}`);
        else if (typeof want === "number") assert.ok(typeof got === "number" && Math.abs(got - want) <= Math.max(NEAR * Math.abs(want), 1e-12), `${id} ${path}: ${got}, not ${want}`);
      }
      for (const change of (cases[id] ?? []).filter((one) => !one.base).slice(0, 4)) {
        const figures = { ...input, ...change };
        const { result } = await asked(id, figures);
        const want = own.results[0].split(".").reduce((v, name) => v?.[name], result ?? {}) as unknown as number;
        const got = called(own, "", figures);
        const about = `${id} with ${JSON.stringify(change)}: ${got}, not ${want}`;
        if (!result) assert.match(String(got), /^\w+: /, about);
        else if (want == null) assert.equal(got, "", about);
        else assert.ok(typeof got === "number" && Math.abs(got - want) <= 1e-9 * Math.max(Math.abs(want), 1), about);
      }
      const blank = Object.fromEntries(own.parameters.slice(1).map((name) => [name, calculationOf(id).inputs.find((f) => f.name === name)?.default === undefined ? input[name] : null]));
      assert.equal(typeof called(own, "", blank), "number", `${id}: empty arguments are the defaults`);
      const first = own.parameters.slice(1).find((name) => calculationOf(id).inputs.find((f) => f.name === name)?.min === 0) as string;
      assert.match(String(called(own, "", { ...input, [first]: -0.1 })), new RegExp(`^${first}: `), `${id}: what is wrong`);
      assert.equal(called(own, "nothing", input), "There is no such result.");
      for (const path of own.elsewhere) assert.equal(called(own, path, input), "Only in Hourglass: it takes a search, or a table of periods.");
    });
  }
});

/** How deep calls stand within calls. */
function depthOf(node: Node): number {
  const inner = node.kind === "call" ? node.args : node.kind === "operator" ? [node.left, node.right] : node.kind === "negative" ? [node.of] : [];
  return Math.max(0, ...inner.map((one) => (one ? depthOf(one) : 0))) + (node.kind === "call" ? 1 : 0);
}

const callsOf = (node: Node): { name: string; args: (Node | null)[] }[] => {
  const inner = node.kind === "call" ? node.args : node.kind === "operator" ? [node.left, node.right] : node.kind === "negative" ? [node.of] : [];
  return [...(node.kind === "call" ? [{ name: node.name, args: node.args }] : []), ...inner.flatMap((one) => (one ? callsOf(one) : []))];
};

test("every function is within Excel's limits: length, depth, arguments, names", () => {
  const all = library.flatMap(({ own }) => own?.functions ?? []);
  assert.equal(new Set(all.map((f) => f.name)).size, all.length, "two functions have one name");
  for (const { name, parameters, written, stored } of all) {
    assert.ok(written.length <= 8192 && stored.length <= 8192, `${name}: ${written.length}, ${stored.length} characters`);
    const tree = parse(written.slice(1));
    assert.ok(depthOf(tree) <= 64, `${name}: ${depthOf(tree)} levels`);
    assert.ok(parameters.length <= 253, name);
    const calls = callsOf(tree);
    for (const call of calls) {
      assert.ok(call.args.length <= (call.name === "LET" ? 253 : call.name === "SWITCH" ? 254 : 255), `${name}: ${call.name} takes ${call.args.length}`);
      const other = all.find((f) => f.name === call.name);
      if (call.name.startsWith("CLV_")) assert.equal(other?.parameters.length, call.args.length, `${name} calls ${call.name}`);
    }
    const said = calls.filter((call) => call.name === "LET").flatMap((call) => call.args.filter((_, i) => i % 2 === 0 && i + 1 < call.args.length).map((arg) => (arg?.kind === "name" ? arg.name : "")));
    for (const one of [name, ...parameters, ...said]) {
      assert.match(one, /^[A-Za-z_]\w*$/, name);
      assert.doesNotMatch(one, /^([A-Za-z]{1,3}\d+|[rRcC]\d*|[rR]\d*[cC]\d*|TRUE|FALSE)$/, `${name}: a cell has this name`);
      assert.ok(one.length <= 255, one);
    }
    assert.equal(new Set([...parameters, ...said]).size, parameters.length + said.length, `${name}: one name for two figures`);
  }
});

test("the documented example", () => {
  const page = readFileSync(new URL("../../docs/spreadsheets/workbooks.md", import.meta.url), "utf8");
  const [, call, shown] = page.match(/```text\n=(CLV_\w+\(.*\))\n```\n\nshows ([\d.]+)\./) ?? [];
  const own = library.find((l) => call?.startsWith(`${l.own?.name}(`))?.own;
  assert.ok(own);
  const [result, ...given] = inside(call, own.name).map((argument) => (argument.trim() ? JSON.parse(argument) : ""));
  assert.equal(given.length, own.parameters.length - 1, "Excel takes no fewer arguments than there are");
  assert.equal(called(own, result, Object.fromEntries(own.parameters.slice(1).map((name, i) => [name, given[i]]))), Number(shown));
  const ticked = (names: string[]) => names.map((name) => `\`${name}\``).join(", ");
  const rows = library.flatMap(({ own }) => (own ? [`| \`${own.name}\` | ${own.functions.length - 1} | ${ticked(own.elsewhere)} |`.replace("|  |", "| |")] : []));
  assert.deepEqual(rows.filter((row) => !page.includes(row)), [], "rows of the page's table");
  const lists = page.match(/^Not there, because they take lists: (.*)\.$/m)?.[1] ?? "";
  assert.deepEqual(lists.split(", ").sort(), library.filter((l) => !l.own && l.id in definitions).map((l) => `\`${l.id}\``).sort());
});

test("every calculation with a preset has formulas, and the page of workbooks names those whose curve a search fits", async () => {
  const page = readFileSync(new URL("../../docs/spreadsheets/workbooks.md", import.meta.url), "utf8");
  const [, named = ""] = page.match(/^A search fits a curve to the customers counted: ([^.]*)\./m) ?? [];
  const fitted: string[] = [];
  for (const id of ids) {
    if (!(id in definitions)) continue; // without a preset: site/test/workbook.test.ts
    const input = startOf(calculationOf(id));
    const { result } = await asked(id, input);
    assert.ok(result, id);
    if (definitionOf(id, input, result).found) fitted.push(`\`${id}\``);
  }
  assert.deepEqual(named.split(", ").sort(), fitted.sort());
});

test("the file holds them as Excel stores names of functions, and shows each with its example", () => {
  const entries = library.flatMap(({ own, calculation, result }) => (own ? [{ own, title: calculation.title, example: calculation.example, value: Number(own.results[0].split(".").reduce((v, name) => v?.[name], result)) }] : []));
  const files = unzipSync(toXlsx(libraryBook(entries, "1.2.3", new Date("2026-01-31"))));
  const book = strFromU8(files["xl/workbook.xml"]);
  assert.match(book, /<definedName name="CLV_AVERAGE">_xlfn\.LAMBDA\(_xlpm\.result,_xlpm\.order_value,/);
  assert.doesNotMatch(book, /(?<!_xlfn\.)\b(LET|LAMBDA|SEQUENCE|SWITCH)\(/);
  assert.match(strFromU8(files["xl/worksheets/sheet1.xml"]), /<f>CLV_AVERAGE\(&quot;&quot;,75,3,2\.5,0\.6,,,\)<\/f><v>337\.5<\/v>/);
  assert.match(strFromU8(files["xl/worksheets/sheet2.xml"]), /=LET\(used_order_value,/);
  // A sheet takes along the names of the whole book that its cells speak of.
  const names = [...book.matchAll(/<definedName name="(CLV_\w+)"([^>]*)>/g)];
  const spoken = new Set([...strFromU8(files["xl/worksheets/sheet1.xml"]).matchAll(/<f>([^<]*)<\/f>/g)].flatMap(([, formula]) => formula.match(/CLV_\w+/g) ?? []));
  assert.deepEqual(names.map(([, name]) => name).filter((name) => !spoken.has(name)), [], "copied with the first sheet");
  assert.deepEqual([names.length > 50, names.filter(([, , more]) => more.includes("localSheetId"))], [true, []]);
});

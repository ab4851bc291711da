// Every workbook in every language, as programs read it that are not the one it is made in: LibreOffice, Gnumeric, openpyxl and
// SheetJS, as it is stored and calculated anew. BOOKS=all takes each workbook in each language; without it each is read
// in English and in one language more, short ones in two, so that every language is read several times.
import assert from "node:assert/strict";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { evaluate } from "../../site/calculator/workbook/sheet/evaluate.ts";
import { definitions } from "../../site/calculator/workbook/definitions.ts";
import { toOds } from "../../site/calculator/workbook/sheet/odf.ts";
import { toXlsx } from "../../site/calculator/workbook/sheet/ooxml.ts";
import { type Figures, languages, type Language, asked, bookOf, calculationOf, ids, startOf } from "./books.ts";
import { type Told, type Values, byGnumeric, byOpenpyxl, bySheetJs } from "./readers.ts";
import { follow } from "./xlsx.ts";
import type { Book } from "../../site/calculator/workbook/sheet/model.ts";

interface Made {
  id: string;
  lang: Language;
  book: Book;
  file: Uint8Array;
  result: Figures;
  wanted: Record<string, number>; // by name in the workbook
}

const NEAR = 1e-9;
const LONG = 2000; // rows

const made = await all();

/** The workbooks to be read. */
async function all(): Promise<Made[]> {
  const list: Made[] = [];
  const others = languages.filter((lang) => lang !== "en");
  let turn = 0;
  for (const id of ids) {
    const input = startOf(calculationOf(id));
    const { result } = await asked(id, input);
    assert.ok(result, id);
    const english = await one(id, "en", input, result);
    list.push(english);
    const isLong = english.book.sheets.some((s) => s.rows.length > LONG);
    const some = Array.from({ length: isLong ? 1 : 2 }, () => others[turn++ % others.length]);
    const chosen = process.env.BOOKS === "all" ? others : some;
    for (const lang of chosen) list.push(await one(id, lang, input, result));
  }
  return list;
}

async function one(id: string, lang: Language, input: Figures, result: Figures): Promise<Made> {
  const book = await bookOf(id, input, result, lang);
  const prefix = id in definitions ? "shown_" : "";
  const wanted = Object.fromEntries(
    [...book.names.keys()].filter((name) => name.startsWith(prefix)).map((name) => [name, resultOf(result, name.slice(prefix.length))] as const).filter((pair): pair is [string, number] => typeof pair[1] === "number"),
  );
  return { id, lang, book, file: toXlsx(book), result, wanted };
}

/** A result by its name in the workbook, in which an underscore may be a group's point. */
function resultOf(result: Figures, name: string): unknown {
  if (name in result) return result[name];
  const group = Object.keys(result).find((key) => name.startsWith(`${key}_`) && result[key] && typeof result[key] === "object");
  return group && result[group][name.slice(group.length + 1)];
}

function agree({ id, lang, wanted }: Made, values: Values, reader: string) {
  for (const [name, want] of Object.entries(wanted)) {
    const got = values[name]?.[0];
    assert.ok(typeof got === "number" && Math.abs(got - want) <= NEAR * Math.max(Math.abs(want), 1), `${reader}, ${id} in ${lang}: ${name} is ${got}, not ${want}`);
  }
}

test("there are results to be read in each", () => {
  for (const { id, result, wanted } of made) {
    const figures = Object.values(result).filter((value) => typeof value === "number").length;
    assert.ok(Object.keys(wanted).length >= Math.min(3, figures) && figures > 0, `${id}: ${Object.keys(wanted)}`);
  }
  assert.deepEqual(new Set(made.map((m) => m.lang)), new Set(languages));
});

test("every formula is stored with its value, and without a sign in front", () => {
  for (const { id, lang, file } of made) {
    for (const [name, bytes] of Object.entries(unzipSync(file))) {
      if (!/^xl\/worksheets\/sheet/.test(name)) continue;
      const xml = strFromU8(bytes);
      assert.doesNotMatch(xml, /<f>=/, `${id} in ${lang}`);
      assert.doesNotMatch(xml, /<f>[^<]*<\/f><\/c>/, `${id} in ${lang}: a formula without a value`);
      assert.doesNotMatch(xml, /<c [^>]*t="e"/, `${id} in ${lang}: ${xml.match(/<c [^>]*t="e".{200}/)?.[0]}`);
      assert.doesNotMatch(xml, /\b(NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|CELL|INFO)\(/, `${id}: a volatile function`);
      assert.ok([...xml.matchAll(/<f>([^<]*)<\/f>/g)].every(([, f]) => f.length < 8192), `${id}: a formula longer than Excel takes`);
    }
  }
});

test("SheetJS and openpyxl read the stored values", async () => {
  const told = await byOpenpyxl(made.map((m) => m.file));
  const sheetJs = bySheetJs(made.map((m) => m.file));
  for (const [i, book] of made.entries()) {
    agree(book, told[i].values, "openpyxl");
    agree(book, sheetJs[i].values, "SheetJS");
    assert.deepEqual([told[i].doubled, sheetJs[i].doubled], [[], []]);
    isFinished(book, told[i]);
  }
});

/** What a finance department looks at first. */
function isFinished({ id, lang, book }: Made, told: Told) {
  const about = `${id} in ${lang}`;
  assert.deepEqual(told.sheets, book.sheets.map((s) => s.name), about);
  assert.ok(told.title === book.title && told.creator === "Hourglass", about);
  assert.ok(told.protected, `${about}: a sheet is not protected`);
  assert.equal(told.rightToLeft, lang === "ar", about);
  assert.deepEqual([told.paper.every((n) => n === 9), told.fits], [true, [1, 1]], about);
  // Formulas always have a picture; of values alone there may be nothing to draw.
  assert.equal(told.charts, id in definitions ? 1 : book.sheets.flatMap((s) => s.charts ?? []).length, about);
  const checked = new Set(told.checked);
  assert.deepEqual(told.open.filter((at) => !checked.has(at)), [], `${about}: cells that take anything`);
  assert.deepEqual(told.open.length > 0, id in definitions, about);
}

test("Gnumeric calculates the same", async () => {
  const told = await byGnumeric(made.map((m) => m.file));
  for (const [i, book] of made.entries()) agree(book, told[i].values, "Gnumeric");
});

test("LibreOffice reads the same, as stored and calculated anew", async () => {
  const reads = (m: Made) => ["read", ...Object.keys(m.wanted)];
  const books = await follow(made.map((m) => ({ file: m.file, how: "load" as const, orders: [reads(m), ["calculate"], reads(m)] })));
  for (const [i, book] of made.entries()) {
    for (const [k, read] of books[i].entries()) {
      const values = Object.fromEntries(Object.keys(book.wanted).map((name, n) => [name, [Number(read[n])]]));
      agree(book, values, k === 0 ? "LibreOffice, as stored" : "LibreOffice");
    }
  }
});

test("the same in OpenDocument: SheetJS as stored, Gnumeric and LibreOffice calculated anew", async () => {
  const some = made.filter((m) => m.lang === "en" || m.lang === "ar");
  const files = some.map((m) => toOds(m.book));
  for (const [i, { values }] of bySheetJs(files).entries()) agree(some[i], values, "SheetJS, .ods");
  for (const [i, { values }] of (await byGnumeric(files, "ods")).entries()) agree(some[i], values, "Gnumeric, .ods");
  const books = await follow(some.map((m, i) => ({ file: files[i], kind: "ods" as const, orders: [["read", ...Object.keys(m.wanted)]] })));
  for (const [i, book] of some.entries()) agree(book, Object.fromEntries(Object.keys(book.wanted).map((name, n) => [name, [Number(books[i][0][n])]])), "LibreOffice, .ods");
});

test("each shaded cell does something: what is typed into it is used, or refused", async () => {
  for (const { id, lang, book } of made.filter((m) => m.lang === "en")) {
    for (const [name, at] of book.names) {
      if (!name.startsWith("typed_")) continue;
      const sheet = book.sheets.find((s) => at.startsWith(`'${s.name}'`));
      const formulas = book.sheets.flatMap((s) => s.rows.flatMap((row) => row.map((cell) => cell?.formula ?? "")));
      assert.ok(sheet && formulas.some((f) => f.includes(at)), `${id} in ${lang}: no formula speaks of ${name}`);
    }
  }
});

test("the table's middle is the result itself, and cases with nothing typed are the base", async () => {
  for (const { id, book } of made.filter((m) => m.lang === "en" && m.book.names.has("grid"))) {
    const middle = evaluate(book, "INDEX(grid,13)");
    const main = book.sheets[0].rows.find((row) => row[1]?.formula?.startsWith("shown_"))?.[1]?.value;
    assert.ok(typeof middle === "number" && Math.abs(middle - Number(main)) <= NEAR * Math.abs(Number(main)), `${id}: ${middle}, not ${main}`);
  }
});

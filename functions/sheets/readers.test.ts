// Every workbook in every language, as programs read it that are not the one it is made in: LibreOffice, Gnumeric, openpyxl and
// SheetJS, as it is stored and calculated anew. TURN=all takes each workbook in each language. Without it each is read in one language,
// and every second in OpenDocument too: the way through the code is the calculation's, and a language brings words. TURN=<number>, which
// make gives, says which: after seven commits each was read in all, after fourteen in OpenDocument too. In English each is looked at in any case,
// without another program. ONLY=subscription,margin reads those calculations.
import assert from "node:assert/strict";
import test from "node:test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { evaluate } from "../../site/calculator/workbook/sheet/evaluate.ts";
import { pack } from "../../site/build/pack.ts";
import { definitions } from "../../site/calculator/workbook/definitions.ts";
import { toOds } from "../../site/calculator/workbook/sheet/odf.ts";
import { toXlsx } from "../../site/calculator/workbook/sheet/ooxml.ts";
import { linesOf, widthOf } from "../../site/calculator/workbook/formats.ts";
import { type Figures, languages, type Language, asked, bookOf, calculationOf, ids, startOf } from "./books.ts";
import { ALL, turn } from "../../site/test/turn.ts";
import { type Told, type Values, byGnumeric, byOpenpyxl, bySheetJs } from "./readers.ts";
import { follow } from "./xlsx.ts";
import type { Book } from "../../site/calculator/workbook/sheet/model.ts";

interface Made {
  id: string;
  lang: Language;
  book: Book;
  result: Figures;
  wanted: Record<string, number>; // by name in the workbook
}

/** A workbook as a file, and in OpenDocument where it is read in that too. */
interface Read extends Made {
  file: Uint8Array;
  ods?: Uint8Array;
}

const NEAR = 1e-9;

const ONLY = process.env.ONLY?.split(",");
const chosenIds = ids.filter((id) => !ONLY || ONLY.includes(id));

const LONG = 2000; // rows

/** Of a sheet, on the average: the first is one page, and of a long table sixty rows are printed. */
const MOST_PAGES = 2;

/** Those looked at: each in English, and those that are read. */
const made: Made[] = [];

/** Those that programs read. */
const read: Read[] = [];

for (const [nth, id] of chosenIds.entries()) {
  const input = startOf(calculationOf(id));
  const { result } = await asked(id, input);
  assert.ok(result, id);
  const chosen = ALL ? languages : [languages[(nth + turn) % languages.length]];
  for (const lang of new Set<Language>(["en", ...chosen])) {
    const one = await madeOf(id, lang, input, result);
    made.push(one);
    if (chosen.includes(lang)) read.push(filed(one, ALL || Math.floor((nth + turn) / languages.length) % 2 === 0 || chosenIds.length < languages.length));
  }
}

/** Those that are read in OpenDocument too. */
const open = read.flatMap((one) => (one.ods ? [{ ...one, ods: one.ods }] : []));

/** Packed by the page's own code in English; elsewhere by Node's, as the gallery's are, in a quarter of the time. */
function filed(one: Made, opened: boolean): Read {
  const by = one.lang === "en" ? undefined : pack;
  return { ...one, file: toXlsx(one.book, by), ...(opened && { ods: toOds(one.book, by) }) };
}

async function madeOf(id: string, lang: Language, input: Figures, result: Figures): Promise<Made> {
  const book = await bookOf(id, input, result, lang);
  const prefix = id in definitions ? "shown_" : "";
  const wanted = Object.fromEntries(
    [...book.names.keys()].filter((name) => name.startsWith(prefix)).map((name) => [name, resultOf(result, name.slice(prefix.length))] as const).filter((pair): pair is [string, number] => typeof pair[1] === "number"),
  );
  return { id, lang, book, result, wanted };
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
  assert.deepEqual(new Set(read.map((m) => m.id)), new Set(chosenIds));
  if (!ONLY || ALL) for (const list of [read, open]) assert.deepEqual(new Set(list.map((m) => m.lang)), new Set(languages));
});

test("every formula is stored with its value, and without a sign in front", () => {
  for (const { id, lang, file } of read) {
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
  const told = await byOpenpyxl(read.map((m) => m.file));
  const sheetJs = bySheetJs(read.map((m) => m.file));
  for (const [i, book] of read.entries()) {
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

/** Where the wanted results stand. */
const placesOf = ({ book, wanted }: Made) => new Map(Object.keys(wanted).map((name) => [name, book.names.get(name) ?? ""]));

test("Gnumeric calculates the same", async () => {
  const told = await byGnumeric(read.map((m) => ({ file: m.file, places: placesOf(m) })));
  for (const [i, book] of read.entries()) agree(book, told[i].values, "Gnumeric");
});

test("the same in OpenDocument: SheetJS as stored, Gnumeric calculated anew", async () => {
  const files = open.map((m) => m.ods);
  for (const [i, { values }] of bySheetJs(files).entries()) agree(open[i], values, "SheetJS, .ods");
  for (const [i, { values }] of (await byGnumeric(open.map((m) => ({ file: m.ods, places: placesOf(m) })), "ods")).entries()) agree(open[i], values, "Gnumeric, .ods");
});

test("the foot of each sheet says what is printed of it, in both kinds of file", () => {
  for (const { book, file, ods, id, lang } of open) {
    const parts = Object.values(unzipSync(file)).map((bytes) => strFromU8(bytes));
    const styles = strFromU8(unzipSync(ods)["styles.xml"]);
    for (const { printed } of book.sheets) {
      const says = printed?.says.replaceAll("&", "&amp;");
      if (says) assert.ok(styles.includes(`${says}</text:span>`) && parts.some((xml) => xml.includes(`&amp;C&amp;8${says}`)), `${id} in ${lang}: ${says}`);
    }
  }
});

/** Of those read, one with a long table; none where ONLY leaves it out. */
const long = read.find((m) => m.id === "subscription");

/** The docs' menu entries, by their commands: a workbook whose stored value is wrong is calculated anew, and a long table is printed whole. */
function byMenu(long: Read) {
  const parts = unzipSync(long.file);
  const stored = `</f><v>${evaluate(long.book, "shown_clv")}</v>`;
  assert.ok(Object.values(parts).some((xml) => strFromU8(xml).includes(stored)), "the result is stored");
  for (const [name, xml] of Object.entries(parts)) parts[name] = /sheet\d+\.xml$/.test(name) ? strToU8(strFromU8(xml).replaceAll(stored, "</f><v>1</v>")) : xml;
  const table = String(long.book.sheets.findIndex((s) => s.printed && s.rows.length > LONG));
  return { file: zipSync(parts), how: "show" as const, orders: [["read", "shown_clv"], ["menu", "0", ".uno:CalculateHard"], ["read", "shown_clv"], ["pages"], ["menu", table, ".uno:DeletePrintArea"], ["pages"]] };
}

test("LibreOffice reads the same, .xlsx as stored and calculated anew, and .ods; printed, each is a handful of pages", async () => {
  const reads = (m: Made) => ["read", ...Object.keys(m.wanted)];
  const stored = read.map((m) => ({ file: m.file, how: "load" as const, orders: [reads(m), ["calculate"], reads(m), ["pages"]] }));
  const opened = open.map((m) => ({ file: m.ods, kind: "ods" as const, orders: [reads(m), ["pages"]] }));
  const told = await follow([...stored, ...opened, ...(long ? [byMenu(long)] : [])]); // one start for all
  const holds = (m: Made, cells: string[], how: string) => agree(m, Object.fromEntries(Object.keys(m.wanted).map((name, n) => [name, [Number(cells[n])]])), `LibreOffice, ${how}`);
  const prints = (m: Made, [pages]: string[], how: string) => {
    const tables = m.book.sheets.filter((sheet) => !sheet.hidden).length;
    assert.ok(Number(pages) >= tables && Number(pages) <= MOST_PAGES * tables, `${m.id} in ${m.lang}, ${how}: ${pages} pages of ${tables} sheets`);
  };
  for (const [i, m] of read.entries()) {
    const [first, anew, pages] = told[i];
    holds(m, first, "as stored");
    holds(m, anew, ".xlsx");
    prints(m, pages, ".xlsx");
  }
  for (const [i, m] of open.entries()) {
    const [cells, pages] = told[read.length + i];
    holds(m, cells, ".ods");
    prints(m, pages, ".ods");
  }
  if (!long) return;
  const [[before], [after], [few], [all]] = told.at(-1) ?? [];
  assert.deepEqual([before, Math.abs(Number(after) - long.wanted.shown_clv) < 1e-6], ["1", true], "Data, Calculate, Recalculate Hard");
  assert.ok(Number(few) < 10 && Number(all) > 40, `Format, Print Ranges, Clear: ${few} pages, then ${all}`);
});

test("each shaded cell does something: what is typed into it is used, or refused", async () => {
  for (const { id, lang, book } of made.filter((m) => m.lang === "en")) {
    const formulas = book.sheets.flatMap((s) => s.rows.flatMap((row) => row.flatMap((cell) => cell?.formula ?? [])));
    for (const [name, at] of book.names) {
      if (!name.startsWith("typed_")) continue;
      const sheet = book.sheets.find((s) => at.startsWith(`'${s.name}'`));
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

/** A book's first sheet, or the one behind it: its rows by what stands in front. */
const rowsOf = (book: Book, n: number) => book.sheets[n].rows.map((cells) => ({ label: String(cells[0]?.value ?? ""), cells }));

/** The rows below a heading, until the next empty one. */
function below(book: Book, n: number, heading: string) {
  const rows = rowsOf(book, n);
  const from = rows.findIndex(({ label }) => label === heading) + 1;
  const length = rows.slice(from).findIndex(({ label }) => label === "");
  return rows.slice(from, length < 0 ? undefined : from + length);
}

/** How a result of a unit may look: the same decimals in all of its cells, none that only some have. */
const LOOKS: Record<string, RegExp> = { money: /^#,##0(\.0{2,5})?$/, share: /^0\.0{1,3}%$/, rate: /^0\.0{1,3}%$/, ratio: /^0\.00"×"$/, number: /^#,##0\.00####$/ };

/** The least that a format shows as something else than 0. */
const least = (format: string) => 0.5 * 10 ** -((format.match(/\.(0*#*)/)?.[1].length ?? 0) + (format.endsWith("%") ? 2 : 0));

test("each figure carries its unit's format: none reads as 0 that is not, none has the decimals of another unit", async () => {
  for (const { id, lang, book } of made) {
    const { results } = calculationOf(id);
    const words = await import(`../../site/messages/${lang}/workbook.gen.mjs`).then((m) => m.default); // English stands in
    const fields = results.flatMap((f) => [f, ...(f.kind === "group" ? (f.fields ?? []) : [])]);
    // In English each row tells which result it is; elsewhere it looks as one of them may.
    const unitsOf = (label: string) => fields.filter((f) => lang !== "en" || label === f.title || label.endsWith(`: ${f.title}`)).map((f) => f.unit);
    const rows = below(book, 0, words.sheetResults);
    assert.ok(rows.length > 0, `${id} in ${lang}: no results`);
    assert.equal(new Set(rows.map(({ label }) => label)).size, rows.length, `${id} in ${lang}: two results are called the same`);
    const headline = rowsOf(book, 0).find(({ cells }) => cells[0]?.style?.size === 13);
    for (const { label, cells } of [...rows, ...(headline ? [headline] : [])]) {
      for (const cell of cells.slice(1, 4)) {
        if (typeof cell?.value !== "number") continue;
        const format = cell.style?.format ?? "";
        const about = `${id} in ${lang}, ${label}: ${cell.value} as ${format}`;
        assert.ok(unitsOf(label).some((unit) => (LOOKS[unit ?? "number"] ?? /^#,##0\.0{2,4}$/).test(format)), about);
        assert.ok(cell.value === 0 || Math.abs(cell.value) >= least(format) || cell !== cells[2], `${about} reads as 0`);
        if (/^#,##0\.0/.test(format)) assert.ok(Math.abs(cell.value) < 100_000 || cell !== cells[2], `${about}: cents nobody reads`);
      }
    }
  }
});

test("nothing is cut off or written over on the page and in the workings, and a line is drawn through numbers alone", () => {
  for (const { id, lang, book } of made) {
    const page = book.sheets[0];
    for (const [r, [label, ...figures]] of page.rows.entries()) {
      if (label?.style?.shrink || !figures.some((cell) => typeof cell?.value === "number")) continue;
      assert.ok(widthOf(String(label?.value)) <= page.widths[0] * 1.1 || (label?.style?.wrap && (page.heights?.[r] ?? 15) >= 26), `${id} in ${lang}, first sheet, row ${r + 1}: ${label?.value}`);
    }
    const { rows, widths, heights = {} } = book.sheets.find((s) => s.widths.length === 5 && s.landscape && !s.frozen) ?? { rows: [], widths: [] };
    assert.ok(rows.length > 0 || !(id in definitions), `${id} in ${lang}: no workings`);
    rows.forEach((cells, r) => {
      const about = `${id} in ${lang}, row ${r + 1}`;
      const [label, figure, , note] = cells;
      if (label?.style?.wrap) assert.ok(widthOf(String(label.value)) <= widths[0] * 1.1 || (heights[r] ?? 15) >= 26, `${about}: ${label.value}`);
      if (typeof figure?.value === "string") assert.ok(widthOf(figure.value) <= widths[1], `${about}: ${figure.value} is cut off`);
      if (note?.style?.wrap && typeof note.value === "string") assert.ok(13 * linesOf(note.value, widths[3] * 1.25) <= (heights[r] ?? 15), `${about}: ${note.value}`);
    });
    for (const chart of book.sheets.flatMap((s) => s.charts ?? [])) {
      for (const { cells, title } of chart.series) assert.ok(cells.values.every((value) => typeof value === "number"), `${id} in ${lang}: ${title} is drawn through ${cells.values.find((v) => typeof v !== "number")}`);
    }
  }
});

test("a list as long as it may be gives no formula that is too long for Excel, or too deep", async () => {
  const tried: string[] = [];
  for (const id of ["activation", "channels", "customer-equity", "price-tiers", "usage"].filter((one) => chosenIds.includes(one))) {
    const calculation = calculationOf(id);
    const list = calculation.inputs.find((f) => f.kind === "records");
    const input = startOf(calculation);
    const rows: Figures[] = input[list?.name ?? ""];
    const long = { ...input, [list?.name ?? ""]: Array.from({ length: list?.maxItems ?? 0 }, (_, i) => rows[i % rows.length]) };
    const { result } = await asked(id, long);
    assert.ok(result && rows.length < (list?.maxItems ?? 0), id);
    const book = await bookOf(id, long, result);
    for (const { name, rows } of book.sheets) {
      for (const formula of rows.flatMap((cells) => cells.map((cell) => cell?.formula ?? ""))) {
        assert.ok(formula.length < 8192, `${id}, ${name}: ${formula.length} characters, ${formula.slice(0, 80)}`);
        assert.ok(deepest(formula) <= 64, `${id}, ${name}: ${deepest(formula)} deep, ${formula.slice(0, 80)}`);
      }
    }
    tried.push(id);
  }
  assert.ok(tried.length > 0 || ONLY);
});

/** How many brackets are open at once, at most. */
function deepest(formula: string) {
  let [now, most] = [0, 0];
  for (const sign of formula.replace(/"[^"]*"/g, "")) {
    if (sign === "(") most = Math.max(most, ++now);
    else if (sign === ")") now--;
  }
  return most;
}

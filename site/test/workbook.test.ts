import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { english } from "../base/words.ts";
import { workbook } from "../calculator/workbook/build.ts";
import { type Places, compile } from "../calculator/workbook/compile.ts";
import { definitions } from "../calculator/workbook/definitions.ts";
import { formatOf, yesNo } from "../calculator/workbook/formats.ts";
import { Wrong, calculate, evaluate, treeOf } from "../calculator/workbook/sheet/evaluate.ts";
import { parse, rangeOf, toOpenFormula } from "../calculator/workbook/sheet/formula.ts";
import type { Book, Cell } from "../calculator/workbook/sheet/model.ts";
import { toOds } from "../calculator/workbook/sheet/odf.ts";
import { toXlsx } from "../calculator/workbook/sheet/ooxml.ts";
import { escaped } from "../calculator/workbook/sheet/xml.ts";
import type { Language } from "../base/messages.ts";
import words from "../messages/en/workbook.gen.mjs";
import type { Calculation } from "../base/catalogue.gen.mjs";
import type { Figures } from "../base/figures.ts";

const calculationOf = (id: string): Calculation => JSON.parse(readFileSync(new URL(`../base/calculations/${id}.gen.json`, import.meta.url), "utf8"));
const given = { words, said: english, currency: "EUR", version: "1.2.3", made: new Date("2026-01-31T12:00:00Z") };

/** A calculation as it would be exported. */
const exported = (calculation: Calculation, result: Figures, changed: Figures = {}) => {
  const input = Object.fromEntries(calculation.inputs.map((f) => [f.name, calculation.example[f.name] ?? f.default ?? null]));
  return workbook(calculation, { input: { ...input, ...changed }, result, warnings: [] }, given);
};

/** What stands at a name. */
const at = (book: Book, name: string) => {
  const found = rangeOf(book.names.get(name) ?? "");
  return book.sheets.find((s) => s.name === found.sheet)?.rows[found.row]?.[found.column];
};

/** Answers without figures, but for what a search found, which formulas rest on. */
const FOUND = { alpha: 0.8, beta: 1.2, fit_status: "converged", series: { period: [0, 1, 2], observed: [1, 0.6], survival: [1, 0.6, 0.44] } };
const NOTHING = { stages: [], levers: [], interactions: [], bridge: { change: [], level: [] }, same_budget: {}, best: {} };

test("names become cells: figures by name, columns by place, texts untouched", () => {
  const known = ["price", "today.clv", "period"];
  const places: Places = {
    tables: new Map([["schedule", ["period", "margin"]]]), figure: (name) => (known.includes(name) ? name.replace(".", "_") : undefined),
    column: (table, column) => `${table}_${column}`, cell: (_, column, row, here) => (here ? `${column}${row}` : `'By period'!${column}${row}`),
  };
  assert.equal(compile('IF(period="month",price,"price")', places), 'IF(period="month",price,"price")');
  assert.equal(compile("today.clv*2", places), "today_clv*2");
  assert.equal(compile("SUM(schedule:margin)+schedule:margin@1", places), "SUM(schedule_margin)+'By period'!margin1");
  assert.equal(compile("margin@before+period*price", places, { table: "schedule", row: 2 }), "margin1+period2*price");
  assert.throws(() => compile("prices*2", places), /“prices” in “prices\*2” is no figure/);
});

test("every formula of every calculation speaks of figures that exist, and names what a spreadsheet takes for a name", () => {
  for (const id of Object.keys(definitions)) {
    const { names, sheets } = exported(calculationOf(id), { ...NOTHING, ...FOUND });
    for (const name of names.keys()) assert.match(name, /^(?![rc]$|[a-z]{1,3}\d+$)[a-z]\w*$/, `${id}: ${name}`);
    assert.equal(new Set(sheets.map((s) => s.name)).size, sheets.length, id);
    for (const sheet of sheets) assert.ok(sheet.name.length <= 31 && !/[[\]:*?/\\]/.test(sheet.name), sheet.name);
  }
});

test("a text that looks like a formula stays a text", () => {
  const calculation = calculationOf("average");
  const hostile = '=HYPERLINK("http://example.org","x")';
  calculation.title = calculation.question = calculation.inputs[0].title = calculation.results[0].help = hostile;
  const book = exported(calculation, {});
  const cells = book.sheets.flatMap((s) => s.rows.flat()).filter((c) => c?.value === hostile);
  assert.ok(cells.length >= 4);
  for (const cell of cells) assert.equal(cell?.formula, undefined);
  const sheet = strFromU8(unzipSync(toXlsx(book))["xl/worksheets/sheet1.xml"]);
  assert.match(sheet, /t="inlineStr"><is><t xml:space="preserve">=HYPERLINK/);
});

test("a result without a formula is shown only for the figures that it is of, and its text is quoted", () => {
  const calculation = calculationOf("annual-plan");
  const result = { ...NOTHING, break_even_renewal_rate: 0.5 };
  const book = exported(calculation, result);
  assert.equal(at(book, "break_even_renewal_rate")?.formula, 'IF(as_exported=1,0.5,"")');
  assert.equal(at(book, "shown_break_even_renewal_rate")?.value, 0.5);
  const cell = at(book, "typed_monthly_price");
  assert.ok(cell);
  cell.value = 1;
  calculate(book);
  assert.equal(at(book, "shown_break_even_renewal_rate")?.value, "");
  const hostile = exported(calculation, { ...NOTHING, break_even_renewal_rate: '0")&HYPERLINK("x' });
  assert.equal(at(hostile, "break_even_renewal_rate")?.formula, 'IF(as_exported=1,"0"")&HYPERLINK(""x","")');
});

// By hand, as in core/growth (TestAPromotionInAPlanByHand): 46 of margin, 109.60 of rewards, also on what is sold on top.
test("a plan's workbook gives rewards on what an offer sells, less its promotion", () => {
  const calculation = calculationOf("growth-plan");
  const levers = [{ kind: "loyalty_programme", reach: 1, reward_cost_rate: 0.1 }, { kind: "upsell", reach: 1, take_up: 0.2, extra_spend: 50, promo_discount: 0.4, promo_periods: 1, offer_period: 0 }];
  const figures = { price: 100, period: "month", gross_margin: 0.5, churn_rate: 0.1, annual_discount_rate: 0, new_customers: null, cac: null, horizon_periods: null, levers };
  const book = exported(calculation, NOTHING, figures);
  calculate(book);
  assert.ok(Math.abs(Number(at(book, "net_gain")?.value) - (46 - 109.6)) < 1e-9, String(at(book, "net_gain")?.value));
});

test("what is beyond every number says so in a word, a time horizon left empty says what counts, and sixty periods have a handful of labels", () => {
  const told = (figures: Figures) => {
    const book = exported(calculationOf("subscription"), {}, { price: 100, gross_margin: 0.8, cac: 400, annual_discount_rate: 0.1, ...figures });
    const cells = (title: string) => book.sheets[0].rows.filter((row) => row[0]?.value === title).at(-1)?.slice(1, 5).map((cell) => cell?.value);
    return { lifetime: cells("Customer lifetime (periods)"), payback: cells("Payback period")?.[1], horizon: cells("Time horizon")?.[3], scale: book.sheets[0].charts?.[0].scale };
  };
  const loyal = told({ churn_rate: 0 });
  assert.equal(loyal.lifetime?.[1], "no limit");
  assert.deepEqual([loyal.horizon, loyal.scale], ["Whole customer lifetime", { from: 0, to: 60, step: 12 }]);
  const fleeting = told({ churn_rate: 0.9 });
  assert.deepEqual([Number(fleeting.lifetime?.[1]).toFixed(4), fleeting.payback], ["1.1111", "never"]); // 1/0.9
  assert.equal(told({ churn_rate: 0.9, cac: null }).payback, ""); // nothing to pay back
  assert.equal(told({ churn_rate: 0, growth_rate: 0.05 }).horizon, "60 months"); // without a limit five years count
});

test("what cannot be is refused: the results are empty, and the sheet says why", () => {
  const book = exported(calculationOf("subscription"), {});
  const typed = (name: string, value: number | string | undefined) => {
    const cell = at(book, `typed_${name}`);
    assert.ok(cell);
    if (value === undefined) delete cell.value;
    else cell.value = value;
    calculate(book);
    return { valid: at(book, "valid")?.value, says: at(book, "problems")?.value, clv: at(book, "shown_clv")?.value };
  };
  for (const [name, slip, says] of [["churn_rate", 5, "Churn rate per period must be at most 100%."], ["churn_rate", -0.1, "Churn rate per period must be at least 0%."], ["churn_rate", "5 %", /is not a number/],
    ["churn_rate", undefined, "Churn rate per period is missing. Enter a number."], ["period", "months", "Period is not one of its options."], ["horizon_periods", 1.5, /whole number/], ["target_ratio", 0, /more than 0/]] as const) {
    const before = at(book, `typed_${name}`)?.value;
    const told = typed(name, slip);
    assert.deepEqual([told.valid, told.clv], [0, ""], `${name} ${slip}`);
    if (typeof says === "string") assert.equal(told.says, says);
    else assert.match(String(told.says), says);
    assert.equal(typed(name, before as number | string | undefined).valid, 1);
  }
  assert.equal(typed("period", "year").valid, 1, "as the API calls it");
  assert.equal(typed("period", "Month").valid, 1, "as the page calls it");
  assert.equal(typed("annual_discount_rate", undefined).valid, 1, "an empty cell is the default");
  assert.equal(typed("horizon_periods", undefined).valid, 1, "it may be left out");
});

test("money has its currency's decimals, and a whole number no point", () => {
  assert.equal(formatOf("money", "JPY"), "#,##0");
  assert.equal(formatOf("money", "EUR"), "#,##0.00");
  assert.equal(formatOf("money", "KWD"), "#,##0.000");
  assert.equal(formatOf("money", "EUR", 0.0042), "#,##0.0000");
  for (const unit of ["money", "share", "rate", "ratio", "count", "days", "months", "periods", "years", undefined]) assert.doesNotMatch(formatOf(unit, "EUR"), /\.(#|$|%)/, unit);
  assert.equal(yesNo("ja", "nein"), '"ja";"ja";"nein"');
});

test("a formula that was filled down or to the right says what its own cell does, in OpenDocument too", () => {
  const book = exported(calculationOf("subscription"), {});
  const written = strFromU8(unzipSync(toOds(book))["content.xml"]);
  const ways = new Set<string>();
  for (const cell of book.sheets.flatMap((sheet) => sheet.rows.flat())) {
    if (!cell?.copied) continue;
    const { from, down = 0, right = 0 } = cell.copied;
    const said = toOpenFormula(parse(cell.formula ?? ""));
    assert.equal(toOpenFormula(treeOf(from), down, right), said);
    assert.ok(written.includes(`"of:=${escaped(said)}"`), said);
    ways.add(down ? "down" : right ? "right" : "as it is");
  }
  assert.deepEqual([...ways].sort(), ["as it is", "down", "right"]);
});

test("a formula is read and written as OpenDocument has it, filled down or not", () => {
  const open = (formula: string, down = 0, right = 0) => toOpenFormula(parse(formula), down, right);
  assert.equal(open("IF(A1>=2,'My sheet'!$B$3:$B$9,-x^2)"), "IF([.A1]>=2;[$'My sheet'.$B$3:.$B$9];-x^2)");
  assert.equal(open("A1+$B$1", 3), "[.A4]+[.$B$1]");
  assert.equal(open("Z$1+$B2:$B3+A1", 3, 2), "[.AB$1]+[.$B5:.$B6]+[.C4]");
  assert.equal(open('(1+2)*3-(4-5)&"a""b"'), '(1+2)*3-(4-5)&"a""b"');
  assert.throws(() => parse("1+"), /cannot be read/);
  assert.throws(() => parse("IF(1"), /cannot be read/);
});

test("a formula that was filled down or to the right is calculated in its own cell", () => {
  const from: Cell = { formula: "A1+10*$A1+100*A$1+SUM(A1:B1)" };
  const [aside, below]: Cell[] = [{ formula: "B1+10*$A1+100*B$1+SUM(B1:C1)", copied: { from, right: 1 } }, { formula: "A2+10*$A2+100*A$1+SUM(A2:B2)", copied: { from, down: 1 } }];
  const rows: Cell[][] = [[{ value: 2 }, { value: 3 }, from, aside], [{ value: 5 }, { value: 7 }, below]];
  calculate({ sheets: [{ name: "a", widths: [], rows }], names: new Map() } as unknown as Book);
  assert.deepEqual([from.value, aside.value, below.value], [227, 553, 267]);
});

test("what is calculated is what a spreadsheet calculates", () => {
  const book = { sheets: [{ name: "a", widths: [], rows: [[{ value: 2 }, { value: "x" }, {}], [{ value: 3 }]] }], names: new Map([["both", "'a'!$A$1:$A$2"]]) } as unknown as Book;
  const is = (formula: string) => {
    const value = evaluate(book, formula);
    return value instanceof Wrong ? value.code : value;
  };
  const expected: [string, unknown][] = [
    ["-2^2", 4], ["2^-1", 0.5], ["2^3^2", 64], ["1+2*3&4", "74"], ["1=1", true], ['"A"="a"', true], ['B1="X"', true], ['C1=""', true], ["C1=0", true], ["C1", 0],
    ["1/0", "#DIV/0!"], ["0^0", "#NUM!"], ["LN(0)", "#NUM!"], ["B1+1", "#VALUE!"], ["nobody", "#NAME?"], ["IF(FALSE,1/0,5)", 5], ["IFERROR(1/0,7)", 7],
    ["SUM(both)", 5], ["SUMPRODUCT((both>2)*both)", 3], ["MAX(both)", 3], ["COUNT(A1:C1)", 1], ["INDEX(both,2)", 3], ["MOD(-1,3)", 2], ["ROUNDUP(2.1,0)", 3], ["ROUND(2.345,2)", 2.35], ["N(B1)", 0],
    ["AND(1,A1)", true], ["NOT(0)", true], ['ISNUMBER("1")', false], ["1E300*1E300", "#NUM!"],
  ];
  for (const [formula, value] of expected) assert.equal(is(formula), value, formula);
});

test("every calculation that a person would export has formulas", () => {
  const closed = readFileSync(new URL("../scenarios.json", import.meta.url), "utf8").match(/"calculation": "([^"]+)"/g)?.map((m) => m.slice(16, -1)) ?? [];
  for (const id of new Set(closed)) assert.ok(id in definitions, `${id} has no formulas: see definitions.ts`);
});

test("a link whose words read from the right is a formula's text: LibreOffice prints a field without its Arabic letters", () => {
  const calculation = calculationOf("average");
  const input = calculation.example;
  const link = "https://clv.example.com/ar/average/?order_value=75";
  const of = (lang: Language) => workbook(calculation, { input, result: { clv: 1 }, warnings: [] }, { ...given, said: { ...english, lang }, link });
  const [arabic, plain] = (["ar", "en"] as const).map(of);
  const text = words.sheetLink;
  const xlsx = (book: Book) => strFromU8(unzipSync(toXlsx(book))["xl/worksheets/sheet1.xml"]);
  const ods = (book: Book) => strFromU8(unzipSync(toOds(book))["content.xml"]);
  assert.match(xlsx(arabic), new RegExp(`<c [^>]*t="str"><f>&quot;${text}&quot;</f><v>${text}</v></c>`));
  assert.match(xlsx(plain), new RegExp(`t="inlineStr"><is><t xml:space="preserve">${text}</t>`));
  assert.equal(xlsx(arabic).match(/<hyperlink /g)?.length, xlsx(plain).match(/<hyperlink /g)?.length);
  assert.match(ods(arabic), new RegExp(`of:=HYPERLINK\\(&quot;${link.replaceAll("?", "\\?")}&quot;;&quot;${text}&quot;\\)`));
  assert.match(ods(plain), new RegExp(`<text:a xlink:href="${link.replaceAll("?", "\\?")}"[^>]*>${text}</text:a>`));
  assert.match(ods(arabic), /style:font-family-complex="Arial" style:language-complex="ar"/);
});

test("of a long table sixty rows are printed, and the foot says so; words for lists are hidden", () => {
  const book = exported(calculationOf("subscription"), NOTHING);
  const long = book.sheets.findIndex((s) => s.rows.length > 2000);
  const files = unzipSync(toXlsx(book));
  const [sheet, whole, ods] = [`xl/worksheets/sheet${long + 1}.xml`, "xl/workbook.xml"].map((name) => strFromU8(files[name])).concat(strFromU8(unzipSync(toOds(book))["content.xml"]));
  assert.ok(whole.includes(`<definedName name="_xlnm.Print_Area" localSheetId="${long}">'${book.sheets[long].name}'!$A$1:$E$61</definedName>`));
  assert.match(sheet, /&amp;C&amp;8Rows printed: the first 60 of 2,400/);
  assert.ok(ods.includes(`table:print-ranges="'${book.sheets[long].name}'.A1:'${book.sheets[long].name}'.E61"`) || ods.includes(`table:print-ranges="'${book.sheets[long].name}'.A1:.E61"`));
  assert.match(whole, new RegExp(`<sheet name="${words.sheetLists}"[^>]* state="hidden"`));
});

// docs/spreadsheets/libreoffice.md and the list of formulas as a reader follows them: LibreOffice, without a window and in the reader's language, types
// every formula into a cell, links the table, and what the cells hold is compared with the API of the real server.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { base, calculations, firstResult, sameCell } from "./expected.ts";
import { inTurn } from "../../site/test/turn.ts";
import { again, inOffice } from "./office.ts";
import { spoken, wordsOf } from "./tongues.ts";

/** Where make oxt puts it. */
const extension = fileURLToPath(new URL("../../build/hourglass.oxt", import.meta.url));

const read = (page: string) => readFileSync(new URL("../../docs/spreadsheets/" + page, import.meta.url), "utf8");
const page = read("libreoffice.md");

/** The lines of the code blocks under a heading, with the tests' server in the place of the reader's. */
const blocks = (heading: string) => {
  const section = page.split(/^## /m).find((one) => one.startsWith(heading));
  assert.ok(section, heading);
  return [...section.matchAll(/^```text\n([\s\S]*?)^```/gm)].map(([, body]) => body.trim().replaceAll("http://127.0.0.1:8080", base.replace(/\/$/, "")).split("\n"));
};

const words = wordsOf(page);
const languages = Object.keys(words);

const locales: Record<string, string> = { en: "en-US", de: "de-DE", fr: "fr-FR", es: "es-ES", "pt-BR": "pt-BR", ja: "ja-JP", ar: "ar-EG" };

/** An English formula in a language, by the page's table. */
const inLanguage = (formula: string, language: string) => spoken(formula, words[language]);

/** An array of one line as a formula's language parts it: Calc's columns in an array are parted by a semicolon or a point, which the language decides; by rows it is a bar in all. */
const arrays = (formula: string) => formula.replace(/\{([^}"]*)\}/g, (_, list: string) => "{" + list.replaceAll(",", "|") + "}");

/** What cells hold after orders (libreoffice/basic/Standard/Cells.xba), a line for each that reads. */
type Held = number | string;
const follow = (language: string, orders: string[][], extended = false) =>
  inOffice(async ({ path, url, run, install }) => {
    if (extended) await install(extension);
    writeFileSync(path("orders"), orders.map((order) => order.join("\t")).join("\n") + "\n");
    await run(`Cells.Fill("${url("orders")}","${url("answers")}")`);
    const lines = readFileSync(path("answers"), "utf8").split("\n").slice(0, -1);
    assert.equal(lines.length, orders.filter(([order]) => order === "read" || order === "local").length, lines.at(-1));
    return lines.map((line): Held => (/^[-\d.]/.test(line) ? Number(line.replace("٫", ".")) : line.replace(/^"([\s\S]*)"$/, "$1")));
  }, locales[language]);

/** Orders that type formulas one under the other from a cell on, and read each. */
const typed = (column: string, formulas: string[]) => formulas.flatMap((formula, i) => [["type", column + (i + 1), formula], ["read", column + (i + 1)]]);

const figures = [["number", "A1", "100"], ["number", "B1", "0.03"]];
const ask = async (query: string) => (await fetch(`${base}/v1/subscription?gross_margin=0.8&${query}`)).text();
const number = async (query: string) => Number(await ask(query + "&format=value"));

/** Calc prints fifteen digits. */
const near = (got: Held, want: number, about: string) => assert.ok(typeof got === "number" && Math.abs(got - want) <= 1e-13 * Math.abs(want), `${about}: ${got}, not ${want}`);

/** The formulas of the page that need no extension, in the order of the page. */
const [[plain], [byCells], [address], [orReason], [first, second], [warnings]] = blocks("Without");
const [[german], [comma]] = blocks("In another language");
const [[linked]] = blocks("A linked table");
const [clv, lifetime] = await Promise.all([number("price=100&churn_rate=0.03&field=clv"), number("price=100&churn_rate=0.03&field=lifetime_periods")]);

// English, what is another in German, Arabic's signs, and of those that do as these the next at each turn: the page's table of names is read in all.
const OWN = ["en", "de", "ar"];
for (const language of [...OWN, ...inTurn(languages.filter((one) => !OWN.includes(one)), 1)]) {
  const say = (formula: string) => inLanguage(formula, language);
  test(`the page's formulas and table in ${language}`, async () => {
    const names = ["WEBSERVICE", "NUMBERVALUE", "FILTERXML", "SUBSTITUTE", "IFERROR"];
    const sign = words[language]["decimal sign"];
    const options = page.match(/filter options `([^`]+)`/)?.[1] ?? "";
    const own = page.match(/as separator: `([^`]+)`/)?.[1] ?? "";
    const held = await follow(language, [
      ["shown", "A1"],
      ...names.flatMap((name) => [["english", "Z1", `=${name}(1;2.5)`], ["local", "Z1"]]),
      ...figures,
      ...typed("C", [plain, byCells, first, second, warnings].map(say)),
      ["type", "G1", say(address)], ["type", "H1", say(orReason)], ["read", "H1"], ["number", "B1", "5"], ["read", "H1"], ["number", "B1", "0.03"],
      ...(language === "de" ? typed("E", [german, comma]) : []),
      ["link", "J1", linked, options], ...["J1", "J2", "K2", "L2"].map((cell) => ["read", cell]),
      ["external", "R1", linked, options], ...["R1", "R2", "S2"].map((cell) => ["read", cell]),
      ...(sign === "," ? [["link", "N1", linked + "&decimal=,", own], ["read", "N2"], ["read", "O2"]] : []),
    ]);
    const next = () => held.shift() ?? "nothing";
    for (const name of names) assert.equal(next(), `=${words[language][name]}(1${words[language]["between arguments"]}2${sign}5)`);
    assert.equal(next(), "1600");
    near(next(), clv, byCells);
    near(next(), clv, first);
    near(next(), lifetime, second);
    assert.equal(next(), await ask("price=100&churn_rate=0.001&format=value&field=warnings"));
    near(next(), clv, orReason);
    assert.equal(next(), "churn_rate must be at most 1. Shares are fractions: 0.05 means 5%.");
    if (language === "de") for (const formula of [german, comma]) near(next(), clv, formula);
    assert.equal(next(), "clv");
    near(next(), clv, "the linked table");
    near(next(), lifetime, "the linked table");
    assert.equal(next(), "");
    assert.equal(next(), "clv");
    near(next(), clv, "Sheet, External Links");
    near(next(), lifetime, "Sheet, External Links");
    if (sign === ",") for (const want of [clv, lifetime]) near(next(), want, "the linked table with decimal=,");
    assert.deepEqual(held, []);
  });
}

// Each calculation's formula, in English and with everything in it another in German, in turn; the extension in the other of them.
const sections = read("formulas.md").split(/^## /m).slice(1);
const listed = sections.map((section) => (section.match(/^=.*WEBSERVICE\(.*$/m) ?? [""])[0].replaceAll("https://YOUR-SERVER", base.replace(/\/$/, "")));

for (const language of inTurn(["en", "de"], 1)) {
  test(`every calculation's formula in ${language}`, async () => {
    const held = await follow(language, typed("A", listed.map((formula) => inLanguage(formula, language))));
    for (const [i, { id }] of calculations.entries()) {
      const { result } = await firstResult(id);
      if (typeof result === "number") near(held[i], result, id);
      else sameCell(held[i], result, id);
    }
  });
}

// The extension, installed by unopkg: every calculation's function with the arguments of the list, ranges, and what it says where there is no number.
const calls = sections.map((section) => (section.match(/^=HOURGLASS\..*$/m) ?? [""])[0]);
const [[subscription], ranges] = blocks("With the extension");

/** Calc's number of #N/A, which fills the cells of an array that have no result. */
const NOT_AVAILABLE = 32767;

for (const language of inTurn(["de", "en"], 1)) {
  test(`the extension in ${language}`, async () => {
    const say = (formula: string) => inLanguage(formula, language);
    const held = await follow(language, [
      ["server", "A1", base.replace(/\/$/, "")],
      ...typed("Q", calls.map((formula) => say(arrays(formula)))),
      ["number", "A1", "100"], ["number", "A2", "200"], ["number", "B1", "0.05"], ["number", "B2", "0.05"],
      ["text", "D1", "Price"], ["text", "E1", "churn rate"], ["text", "F1", "Gross margin"], ["number", "D2", "100"], ["number", "E2", "0.05"], ["number", "F2", "0.8"],
      ["number", "D3", "100"], ["number", "E3", "5"], ["number", "F3", "0.8"],
      ...typed("G", [subscription, ranges[2], '=HOURGLASS.SUBSCRIPTION("clv",100,0.8,5)', '=HOURGLASS.SUBSCRIPTION("payback_periods",100,0.8,0.05)', '=HOURGLASS.SUBSCRIPTION("cvl",100,0.8,0.05)',
        '=HOURGLASS.SUBSCRIPTION("clv",100,0.8,"0,05")', '=HOURGLASS.WARNINGS("subscriptions",1)', '=HOURGLASS.SUBSCRIPTION("lifetime_periods",100,0.8,0.05,"month",A5:A5)'].map(say)),
      ["array", "I1:J2", say(ranges[0])], ...["I1", "J1", "I2", "J2"].map((cell) => ["read", cell]),
      ["array", "K1:K2", say(ranges[1])], ...["K1", "K2"].map((cell) => ["read", cell]),
      // What a person may point at: numbers as texts, a date and a blank cell as an option, as the name of a result, a blank range, more rows than a request takes.
      ["text", "N1", "5%"], ["text", "N2", "100"], ["text", "N3", "2024-01-05"],
      ...typed("O", ['=HOURGLASS.SUBSCRIPTION("clv",100,0.8,N1)', '=HOURGLASS.SUBSCRIPTION("clv",N2,0.8,0.05)', '=HOURGLASS.SUBSCRIPTION("clv",N3,0.8,0.05)', '=HOURGLASS.SUBSCRIPTION("clv",100,0.8,0.05,N9)',
        "=HOURGLASS.SUBSCRIPTION(N9,100,0.8,0.05)", '=HOURGLASS.SUBSCRIPTION("clv",N11:N12,0.8,0.05)', '=HOURGLASS.SUBSCRIPTION("clv",N9:N9,0.8,0.05)'].map(say)),
      ["array", "M1:M3", say('=HOURGLASS.SUBSCRIPTION("clv",A1:A20000,0.8,0.05)')], ...["M1", "M2", "M3"].map((cell) => ["read", cell]),
      ["server", "A1", "https://YOUR-SERVER"], ["type", "L1", say("=HOURGLASS.AVERAGE(\"clv\",75,3,2.5,0.6)")], ["read", "L1"],
      ["server", "A1", "http://127.0.0.1:1"], ["type", "L2", say("=HOURGLASS.AVERAGE(\"clv\",75,3,2.5,0.6)")], ["read", "L2"],
    ], true);
    for (const { id } of calculations) {
      const { result } = await firstResult(id);
      const got = held.shift() ?? "nothing";
      if (typeof result === "number") near(got, result, id);
      else sameCell(got, result, id);
    }
    const next = () => held.shift() ?? "nothing";
    assert.equal(next(), 1600);
    assert.match(String(next()), /^The expected customer lifetime is 83/);
    assert.equal(next(), "churn_rate must be at most 1. Shares are fractions: 0.05 means 5%.");
    assert.equal(next(), "none (cac is left out)");
    assert.match(String(next()), /no result "cvl"/);
    assert.match(String(next()), /churn_rate must be a number.*"0,05" in churn_rate is text for this sheet/);
    assert.match(String(next()), /There is no calculation subscriptions\. There are: average/);
    assert.equal(next(), 20);
    assert.deepEqual([next(), next(), next(), next()], [1600, 20, 3200, 20]);
    assert.equal(next(), 1600);
    assert.match(String(next()), /^churn_rate must be at most 1/);
    assert.match(String(next()), /^churn_rate must be a number, not text\. Write a percentage as a fraction: 0\.05\. "5%" in churn_rate is text for this sheet, not a number: format the cell as a number, and type it again\.$/);
    assert.match(String(next()), /^price must be a number, not text\. Write 100 without quotes\. "100" in price is text for this sheet/);
    assert.match(String(next()), /^price must be a number, not text/);
    assert.deepEqual([next(), next(), next()], [1600, 1600, ""]);
    assert.equal(next(), "price is missing. Enter a number.");
    assert.deepEqual([next(), next(), next()], [1600, 3200, `Err:${NOT_AVAILABLE}`]);
    assert.match(String(next()), /does not know where Hourglass runs.*Expert Configuration/);
    assert.match(String(next()), /http:\/\/127\.0\.0\.1:1 cannot be reached/);
    assert.deepEqual(held, []);
  });
}

test("what had no memory is tried once more, and nothing else", async () => {
  const tries = async (...errors: string[]) => {
    let n = 0;
    const result = await again(async () => {
      if (errors[n]) throw new Error(`Command failed: unopkg add\n${errors[n++]}`);
      return n;
    }).catch((error: Error) => error.message);
    return [n, result];
  };
  assert.deepEqual(await tries(), [0, 0]);
  assert.deepEqual(await tries("ERROR: std::bad_alloc"), [1, 1]);
  assert.match(String(await tries("ERROR: std::bad_alloc", "ERROR: std::bad_alloc")), /^2,.*bad_alloc/s);
  assert.match(String(await tries("ERROR: There is already an extension")), /^1,.*already/s);
});

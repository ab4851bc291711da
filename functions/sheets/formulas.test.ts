// The addresses in the page of formulas, asked as a spreadsheet would.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { createRequire } from "node:module";
import { base, calculations, firstResult, sameCell } from "./expected.ts";
import { NAME, spoken, wordsOf } from "./tongues.ts";

const page = readFileSync(new URL("../../docs/spreadsheets/formulas.md", import.meta.url), "utf8");
const sections = page.split(/^## /m).slice(1);

/** The address in a formula, its pieces joined. */
function address(section: string, name: string) {
  const [, literal] = section.match(new RegExp(`^=.*\\b${name}\\((".*?")\\)`, "m")) ?? [];
  assert.ok(literal, name + ": " + section.slice(0, 40));
  const pieces = [...literal.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
  assert.ok(pieces.every((piece) => piece.length <= 255), "Excel takes no longer text in a formula");
  return pieces.join("").replace("https://YOUR-SERVER", base);
}

test("there is a section for each calculation", () => assert.equal(sections.length, calculations.length));

for (const [name, format] of [["IMPORTDATA", "csv"], ["WEBSERVICE", "value"]]) {
  test(`${name} gives what the API gives`, async () => {
    for (const [i, { id }] of calculations.entries()) {
      const url = address(sections[i], name);
      assert.ok(url.includes(`/v1/${id}?`) && url.includes("format=" + format), url);
      const answer = await fetch(url);
      const text = await answer.text();
      assert.equal(answer.status, 200, id + ": " + text);
      const { result } = await firstResult(id);
      const cell = text.split("\r\n")[0].split(",")[0].trim();
      sameCell(typeof result === "number" ? Number(cell) : cell, result, id);
    }
  });
}

test("Excel's page: every function of its formulas has a name in each language, and the German formula is the English one", () => {
  const excel = readFileSync(new URL("../../docs/spreadsheets/excel.md", import.meta.url), "utf8");
  const [before, after] = excel.split(/^## In another language$/m);
  const words = wordsOf(after);
  const blocks = (text: string) => [...text.matchAll(/^```text\n(=[\s\S]*?)\n```/gm)].map(([, formula]) => formula);
  const typed = blocks(before.split(/^## Without an add-in$/m)[1]);
  assert.ok(typed.length >= 3);
  for (const formula of typed) for (const [name] of formula.replace(/"[^"]*"/g, "").matchAll(NAME)) assert.ok(name in words.en, `${name} is not in the table`);
  const german = spoken(typed[0], words.de);
  assert.ok(blocks(after).includes(german), german);
});

/** Another program's list of Excel's names, of the functions that it has: HyperFormula's. It has European Portuguese, whose names of these two are the same. */
const LISTS = { de: "deDE", fr: "frFR", es: "esES", "pt-BR": "ptPT" };

test("Excel's names are those of another program's list, where it has them", () => {
  const read = createRequire(new URL("readers/package.json", import.meta.url));
  const words = wordsOf(readFileSync(new URL("../../docs/spreadsheets/excel.md", import.meta.url), "utf8").split(/^## In another language$/m)[1]);
  for (const [language, file] of Object.entries(LISTS)) {
    const { functions }: { functions: Record<string, string> } = read(`hyperformula/commonjs/i18n/languages/${file}`).default;
    const both = Object.keys(words.en).filter((name) => name in functions);
    assert.deepEqual(both, ["SUBSTITUTE", "IFERROR"]);
    for (const name of both) assert.equal(words[language][name], functions[name], `${name} in ${language}`);
  }
});

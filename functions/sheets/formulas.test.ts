// The addresses in the page of formulas, asked as a spreadsheet would.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { base, calculations, firstResult, sameCell } from "./expected.ts";

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

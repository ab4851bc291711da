// Every calculation's workbook in every language, three of them at each turn: it can be made, and a spreadsheet takes the names of its sheets. What stands in them is
// read by readers.test.ts, each in one of the languages. Those in English are made for the site.
import assert from "node:assert/strict";
import test from "node:test";
import { inTurn } from "../../site/test/turn.ts";
import { asked, bookOf, calculationOf, ids, languages, startOf } from "./books.ts";

/** What Excel takes for the name of a sheet: up to 31 characters, none of these, no apostrophe at an end. */
const NAME = /^(?!')[^[\]:*?/\\]{1,31}(?<!')$/;

for (const lang of inTurn(languages.filter((one) => one !== "en"), 3)) {
  test(`every workbook in ${lang}`, async () => {
    for (const id of ids) {
      const input = startOf(calculationOf(id));
      const { result } = await asked(id, input);
      assert.ok(result, id);
      const names = (await bookOf(id, input, result, lang)).sheets.map((sheet) => sheet.name);
      for (const name of names) assert.match(name, NAME, `${id} in ${lang}`);
      assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length, `${id} in ${lang}: ${names}`);
    }
  });
}

// LibreOffice as a person at a workbook: see libreoffice/basic/Standard/Workbooks.xba.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { inOffice } from "./office.ts";

/** A workbook, and what is to be done with it: a word and what it takes, an order each. */
export interface Book {
  file: Uint8Array;
  orders: string[][];
  kind?: "xlsx" | "ods";
  how?: "open" | "load" | "show"; // opened, it is calculated anew; shown, menus work on it
}

/** The orders that are answered by a line. */
const ASKS = ["read", "pages"];

/** Does what the orders say with each workbook, and returns what was read: by workbook, by read, by name. */
export const follow = (books: Book[]): Promise<string[][][]> =>
  inOffice(async ({ path, url, run }) => {
    const lines = books.flatMap(({ file, orders, kind = "xlsx", how = "open" }, i) => {
      writeFileSync(path(`${i}.${kind}`), file);
      return [[how, url(`${i}.${kind}`)], ...orders, ["close"]];
    });
    writeFileSync(path("orders.txt"), lines.map((line) => line.join("\t") + "\n").join(""));
    await run(`Workbooks.Follow("${url("orders.txt")}","${url("answers.txt")}")`);
    const answers = readFileSync(path("answers.txt"), "utf8").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    assert.equal(answers.length, lines.filter(([what]) => ASKS.includes(what)).length, `it stopped at ${answers.at(-1)}`);
    return books.map(({ orders }) => answers.splice(0, orders.filter(([what]) => ASKS.includes(what)).length));
  });

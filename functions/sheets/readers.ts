// Programs that read workbooks, each asked what it finds by the names of cells: openpyxl, Gnumeric and SheetJS.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { rangeOf } from "../../site/calculator/workbook/sheet/formula.ts";

const run = promisify(execFile);

/** Values of cells, by the workbook's names. */
export type Values = Record<string, (string | number | boolean | null)[]>;

/** What openpyxl tells of a workbook. */
export interface Told {
  values: Values;
  sheets: string[];
  doubled: string[]; // formulas with a sign too many or too few
  protected: boolean;
  open: string[]; // cells of the first sheet that may be changed
  checked: string[]; // those with a validation
  rightToLeft: boolean;
  title: string;
  creator: string;
  paper: number[];
  fits: number[];
  charts: number;
}

/** Gives files with these contents to a body. */
async function withFiles<T>(books: Uint8Array[], kind: string, body: (files: string[], folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "hourglass-books-"));
  try {
    const files = books.map((book, i) => {
      const file = path.join(folder, `${i}.${kind}`);
      writeFileSync(file, book);
      return file;
    });
    return await body(files, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The system's Python has the package of its distribution; another that stands before it in the path has none. */
const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

async function asked(files: string[]): Promise<Told[]> {
  const { stdout } = await run(PYTHON, [fileURLToPath(new URL("readers/read.py", import.meta.url)), ...files], { maxBuffer: 1 << 28 });
  return stdout.trim().split("\n").map((line) => JSON.parse(line) as Told);
}

/** As openpyxl reads them: what the file says, nothing calculated. */
export const byOpenpyxl = (books: Uint8Array[]): Promise<Told[]> => withFiles(books, "xlsx", asked);

/** A workbook, and the cells that are asked for by their names, all on one sheet: 'Sheet'!$B$5. */
export interface Asked {
  file: Uint8Array;
  places: Map<string, string>;
}

/**
 * As Gnumeric calculates them anew. It writes the one sheet as text, each number with all its digits, which takes two thirds of the time of a workbook that would
 * have to be read again.
 */
export const byGnumeric = (books: Asked[], kind = "xlsx"): Promise<{ values: Values }[]> =>
  withFiles(books.map((book) => book.file), kind, async (files, folder) => {
    const asked = books.map(({ places }, i) => {
      const at = [...places].map(([name, place]) => ({ name, ...rangeOf(place) }));
      const [sheet, ...others] = new Set(at.map((one) => one.sheet));
      assert.deepEqual(others, [], "its results are on several sheets");
      return { at, written: `sheet="${sheet}" format=raw quoting-mode=always separator=, eol=unix`, to: path.join(folder, `${i}.txt`) };
    });
    await run("sh", ["-c", EACH, "sh", ...asked.flatMap(({ written, to }, i) => [written, files[i], to])], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    return asked.map(({ at, to }) => {
      const rows = cellsOf(readFileSync(to, "utf8"));
      return { values: Object.fromEntries(at.map(({ name, row, column }) => [name, [figureOf(rows[row]?.[column])]])) };
    });
  });

/** Gnumeric takes one at a time. A shell starts it: this process is so large that each start from it takes as long as Gnumeric's own. */
const EACH = 'while [ $# -gt 0 ]; do ssconvert --recalc -T Gnumeric_stf:stf_assistant -O "$1" "$2" "$3" || exit 1; shift 3; done';

/** Cells in quotation marks, a line for each row; a mark within one is doubled, and a line may break there. */
const cellsOf = (text: string) => [...text.matchAll(/((?:"(?:[^"]|"")*",?)*)\n/g)].map(([, row]) => [...row.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell.replaceAll('""', '"')));

const figureOf = (cell: string | undefined) => (cell ? (Number.isNaN(Number(cell)) ? cell : Number(cell)) : null);

interface SheetJs {
  CFB: { utils: { use_zlib(zlib: object): void } };
  read(data: Uint8Array, options: object): { Sheets: Record<string, Record<string, { v?: string | number | boolean; f?: string }>>; Workbook: { Names: { Name: string; Ref: string }[] } };
}

/** As SheetJS reads them: values, and formulas, where they are read, that begin with a sign of their own. */
export function bySheetJs(books: Uint8Array[]): { values: Values; doubled: string[] }[] {
  const { read, CFB } = createRequire(new URL("readers/package.json", import.meta.url))("xlsx") as SheetJs;
  CFB.utils.use_zlib(zlib); // it unpacks in a third of its own code's time
  return books.map((book) => {
    // Without the text and the HTML that a cell is shown by, six times as fast.
    const { Sheets, Workbook } = read(book, { type: "array", cellText: false, cellHTML: false });
    const values: Values = {};
    for (const { Name, Ref } of Workbook.Names) {
      const [, quoted, plain, cell] = Ref.match(/^\$?(?:'((?:[^']|'')*)'|([^'!]+))!\$([A-Z]+\$\d+)$/) ?? [];
      if (cell) values[Name] = [Sheets[plain ?? quoted.replaceAll("''", "'")]?.[cell.replace("$", "")]?.v ?? null];
    }
    return { values, doubled: Object.values(Sheets).flatMap((sheet) => Object.values(sheet).map((cell) => cell?.f ?? "").filter((f) => f.startsWith("="))) };
  });
}


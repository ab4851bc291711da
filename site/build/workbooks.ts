/**
 * Writes the workbooks that are ready to download: each calculation of the page with the figures of its example, in each language, for
 * Excel and in OpenDocument. Files are <id>.<language>.xlsx and .ods.
 *
 *   node --import ./site/build/typescript.mjs site/build/workbooks.ts [--module NAME=FILE]... FOLDER [LANGUAGE]...
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import catalogue from "../base/catalogue.gen.mjs";
import catalogueWords from "../base/catalogue-words.ts";
import { keysOf, required } from "../base/certain.ts";
import { currencyIn } from "../base/format.ts";
import { LANGUAGES, type Language, messages } from "../base/messages.ts";
import type { Figures } from "../base/figures.ts";
import { wordsFor, wordsIn } from "../base/words.ts";
import { calculationIdOf, loadScenario, scenarioIds } from "../base/scenarios.ts";
import { writeWhole } from "../base/url.ts";
import { workbook } from "../calculator/workbook/build.ts";
import { toOds } from "../calculator/workbook/sheet/odf.ts";
import { toXlsx } from "../calculator/workbook/sheet/ooxml.ts";
import { type Entry, libraryBook, ownFunction } from "../calculator/workbook/library.ts";
import sheets from "../messages/workbook.gen.mjs";
import { engineOf } from "./engine.ts";
import { pack } from "./pack.ts";

/** What stands for the server's address until somebody knows it: see functions/sheets. */
const SERVER = "https://YOUR-SERVER";

/** The address that opens the figures of a calculation on its page, the first of its pages if it has several. */
async function linkTo(calculation: string, lang: Language, input: Figures, currency: string) {
  const id = scenarioIds.find((s) => s === calculation) ?? required(scenarioIds.find((s) => calculationIdOf(s) === calculation), `page of ${calculation}`);
  const scenario = await loadScenario(id, lang);
  const query = writeWhole(scenario, { scenario: id, input, kept: [], currency, locale: null, lang: null, theme: null, from: null, was: [] });
  return `${SERVER}/${lang === "en" ? "" : `${lang.toLowerCase()}/`}${id}/${query}`;
}

const { values: { module: modules }, positionals } = parseArgs({ allowPositionals: true, options: { module: { type: "string", multiple: true, default: [] } } });
const [folder, ...chosen] = positionals;
if (!folder) throw new Error("Say which folder the workbooks go to.");

const engine = await engineOf(modules);
mkdirSync(folder, { recursive: true });

const ORDER = new URL("../../functions/sheets/excel/functions.json", import.meta.url);
const faces: { functions: { id: string; parameters: { name: string }[] }[] } = JSON.parse(readFileSync(ORDER, "utf8"));
const library: Entry[] = [];

for (const lang of keysOf(LANGUAGES)) {
  if (chosen.length && !chosen.includes(lang)) continue;
  const [said, words, catalogueOf] = await Promise.all([wordsIn(lang), messages(lang, sheets), messages(lang, catalogueWords)]);
  for (const { id } of catalogue.calculations) {
    const { default: calculation } = await catalogueOf.calculation(id);
    const input = Object.fromEntries(calculation.inputs.map((f) => [f.name, calculation.example[f.name] ?? f.default ?? null]));
    const { result, warnings } = engine.call(id, input);
    if (!result) throw new Error(`The engine refuses the example of ${id}.`);
    const currency = currencyIn(lang);
    const link = await linkTo(id, lang, input, currency);
    const book = workbook(calculation, { input, result, warnings }, { words, said: wordsFor(said, calculation), currency, version: catalogue.release, made: new Date(), link });
    writeFileSync(path.join(folder, `${id}.${lang}.xlsx`), toXlsx(book, pack));
    writeFileSync(path.join(folder, `${id}.${lang}.ods`), toOds(book, pack));
    if (lang !== "en") continue;
    const order = faces.functions.find((f) => f.id === id.replace(/\W/g, "_").toUpperCase())?.parameters.slice(1).map((p) => p.name);
    const own = order && ownFunction(calculation, order, { words, said, input, result });
    if (own) library.push({ own, title: calculation.title, example: calculation.example, value: Number(own.results[0].split(".").reduce((v: Figures, name: string) => v?.[name], result)) });
  }
}

if (library.length) writeFileSync(path.join(folder, "clv-functions.xlsx"), toXlsx(libraryBook(library, catalogue.release, new Date()), pack));

// Workbooks as the page exports them, for the tests.
import { readFileSync } from "node:fs";
import type { Calculation } from "../../site/base/catalogue.gen.mjs";
import catalogue from "../../site/base/catalogue.gen.mjs";
import catalogueWords from "../../site/base/catalogue-words.ts";
import { currencyIn } from "../../site/base/format.ts";
import { LANGUAGES, type Language, messages } from "../../site/base/messages.ts";
import { wordsFor, wordsIn } from "../../site/base/words.ts";
import { workbook } from "../../site/calculator/workbook/build.ts";
import type { Book } from "../../site/calculator/workbook/sheet/model.ts";
import sheets from "../../site/messages/workbook.gen.mjs";
import { base } from "./expected.ts";

/** Figures by wire name. */
export type Figures = Calculation["example"];

export type { Language };

export const languages = Object.keys(LANGUAGES) as Language[];

/** What is calculated on the page, in the order of the catalogue. */
export const ids = catalogue.calculations.map((c) => c.id);

export const calculationOf = (id: string): Calculation => JSON.parse(readFileSync(new URL(`../../site/base/calculations/${id}.gen.json`, import.meta.url), "utf8"));

export const startOf = ({ inputs, example }: Calculation): Figures => Object.fromEntries(inputs.map((f) => [f.name, example[f.name] ?? f.default ?? null]));

/** What the API says to figures: the results, or what it refuses them for. */
export async function asked(id: string, input: Figures): Promise<{ result?: Figures; problems?: string[]; warnings?: unknown }> {
  const body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([, v]) => v !== null)));
  const answer = await fetch(`${base}/v1/${id}`, { method: "POST", body });
  const reply = await answer.json();
  return answer.ok ? { result: reply } : { problems: (reply.errors ?? []).map((e: { code: string }) => e.code) };
}

/** The workbook of figures, in a language. */
export async function bookOf(id: string, input: Figures, result: Figures, lang: Language = "en"): Promise<Book> {
  const [said, words, all] = await Promise.all([wordsIn(lang), messages(lang, sheets), messages(lang, catalogueWords)]);
  const { default: calculation } = await all.calculation(id);
  return workbook(calculation, { input, result, warnings: [] }, { words, said: wordsFor(said, calculation), currency: currencyIn(lang), version: catalogue.release, made: new Date("2026-01-31T12:00:00Z"), link: `https://clv.example.com/${id}/` });
}

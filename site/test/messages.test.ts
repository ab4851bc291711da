import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { type Language, chosenLanguage, messages } from "../base/messages.ts";
import catalogueWords from "../base/catalogue-words.ts";
import { LANGUAGES as COMPILED, argumentsOf, categoriesOf, parseMessage, partsOf, sourceOf } from "../messages/compile.ts";
import customers from "../messages/customers.gen.mjs";
import { changed } from "../messages/translated.ts";
import type { Select, Token } from "@messageformat/parser";

const site = fileURLToPath(new URL("..", import.meta.url));
const others = COMPILED.filter((lang) => lang !== "en");
const parts = partsOf("en");

/** What is the same in every language: names, and words that all use. */
const SAME = ["BG/NBD", "MBG/NBD", "Pareto/NBD", "Gamma-Gamma"];

/** The catalogue's words: English as internal/gen collects it, the others as they were translated. */
const catalogue = (lang: string): Record<string, string> => JSON.parse(readFileSync(`${site}messages/${lang}/catalogue${lang === "en" ? ".gen" : ""}.json`, "utf8"));

const words = (text: string) => text.replace(/\{[^}]*\}/g, " ").split(/[^\p{L}\p{N}'’]+/u).filter(Boolean);

const leftEnglish = (english: string, translated: string) => english === translated && words(SAME.reduce((text, name) => text.replaceAll(name, ""), english)).length > 3;

function plurals(lang: string, text: string, tokens: Token[] = parseMessage(lang, text)): Select[] {
  return tokens.flatMap((t) => ("cases" in t ? [...(t.type === "plural" ? [t] : []), ...t.cases.flatMap((c) => plurals(lang, text, c.tokens))] : []));
}

/** The parts of a language with what they are translated from, the catalogue among them. */
const translations = (lang: string): [part: string, english: Record<string, string>, translated: Record<string, string>][] => [
  ...parts.map((part) => [part, sourceOf("en", part), partsOf(lang).includes(part) ? sourceOf(lang, part) : {}] as [string, Record<string, string>, Record<string, string>]),
  ["catalogue", catalogue("en"), catalogue(lang)],
];

for (const lang of others) {
  test(`${lang} says nothing that English does not say; what is not translated yet is told`, (t) => {
    const missing = translations(lang).flatMap(([part, english, translated]) => Object.keys(english).filter((key) => !(key in translated)).map((key) => `${part}: ${key}`));
    for (const key of missing) t.diagnostic(`${lang}: not translated yet, English stands in: ${key}`);
    const unknown = translations(lang).flatMap(([part, english, translated]) => Object.keys(translated).filter((key) => !(key in english)).map((key) => `${part}: ${key}`));
    assert.ok(unknown.length === 0, `${lang} has texts that English has not:\n${unknown.join("\n")}`);
    assert.deepEqual(partsOf(lang).filter((part) => !parts.includes(part)), []);
  });

  test(`${lang} has the same arguments as English`, () => {
    for (const part of partsOf(lang)) {
      const english = sourceOf("en", part);
      for (const [key, text] of Object.entries(sourceOf(lang, part))) {
        const [ours, theirs] = [parseMessage("en", english[key]), parseMessage(lang, text)].map((tokens) => [...argumentsOf(tokens)].sort());
        assert.deepEqual(theirs, ours, `${part}: ${key}`);
      }
    }
  });

  test(`${lang} is translated: nothing empty, no English sentence left`, () => {
    for (const [, english, translated] of translations(lang)) {
      for (const [key, text] of Object.entries(translated)) {
        assert.equal(text.trim() === "", english[key] === "", key);
        assert.ok(!leftEnglish(english[key], text), `${key}: ${text}`);
      }
    }
  });

  test(`${lang} has the catalogue's words, with their figures and clauses`, () => {
    const english = catalogue("en");
    const translated = catalogue(lang);
    const figures = (text: string) => [...text.matchAll(/\{[^}]*\}/g)].map(([mark]) => mark).sort();
    const clauses = (text: string) => [...text.matchAll(/\[[^\]]*\]/g)].map(([clause]) => figures(clause).join()).sort();
    for (const [id, text] of Object.entries(translated)) {
      assert.deepEqual(figures(text), figures(english[id]), id);
      assert.deepEqual(clauses(text), clauses(english[id]), id);
    }
  });
}

test("no English text has changed since it was translated", () => {
  // One that is new and has no translation yet is told above.
  const translated = new Set(others.flatMap((lang) => translations(lang).flatMap(([part, , texts]) => Object.keys(texts).map((key) => `${part}: ${key}`))));
  const stale = changed().filter((key) => translated.has(key));
  assert.ok(stale.length === 0, `translate these, then: node --import ./site/build/typescript.mjs site/messages/translated.ts -record\n${stale.join("\n")}`);
});

test("a plural has a case for every category that a count falls into", () => {
  for (const lang of COMPILED) {
    const rules = new Intl.PluralRules(lang);
    const needed = new Set([...Array(200).keys(), 1.5].map((n) => rules.select(n)));
    for (const part of partsOf(lang)) {
      for (const [key, text] of Object.entries(sourceOf(lang, part))) {
        for (const token of plurals(lang, text)) {
          const cases = token.cases.map((c) => c.key);
          for (const category of needed) {
            const spelt = cases.includes(category) || (category === "zero" && cases.includes("=0")) || (category === "one" && cases.includes("=1"));
            assert.ok(spelt, `${lang}/${part}: ${key} has no case ${category}`);
          }
          const known: readonly string[] = categoriesOf(lang);
          for (const name of cases) assert.ok(name.startsWith("=") || known.includes(name), `${lang}/${part}: ${key}: ${name}`);
        }
      }
    }
  }
});

// docs/words.md, "Numbers and signs". Each rule is a pattern that occurs in no message of its languages.
const SIGNS = [
  ["control characters", COMPILED, /[^\P{Cc}\n]/u],
  ["a space before %", ["en", "pt-BR", "ja"], /[\d}][ \u00a0\u202f]%/],
  ["no space, or one that breaks, before %", ["de", "es", "fr"], /[\d}] ?%/],
  ["a colon without its no-break space", ["fr"], /[^\u00a0\d]:(?= |$)/],
  ["a sign without its narrow no-break space", ["fr"], /[^\u202f!?] ?[;!?](?= |$)/],
  ["quotation marks that break from their text", ["fr"], /« |(?<![\u00a0\u202f])»/],
  ["ASCII signs between Japanese words, or a space by digits there", ["ja"], /[ぁ-んァ-ヶ一-龠][,;!?]|[,;!?] ?[ぁ-んァ-ヶ一-龠]|[ぁ-んァ-ヶ一-龠、。] [\d}]+[ぁ-んァ-ヶ一-龠]/u],
  ["another set of digits than 0 to 9", COMPILED, /[٠-٩۰-۹０-９]/u],
  ["spaces at an end, or two in a row", COMPILED, /^\s|\s$| {2}/],
  ["ASCII signs between Arabic words", ["ar"], /[\u0600-\u06ff] ?[,;?](?= |$)/],
] as [rule: string, languages: string[], never: RegExp][];

for (const [rule, languages, never] of SIGNS) {
  test(`signs: never ${rule} (${languages.join(", ")})`, () => {
    for (const lang of languages) {
      const parts = [...partsOf(lang), ...(lang === "en" ? ["catalogue.gen"] : ["catalogue"])];
      for (const part of parts) {
        for (const [key, text] of Object.entries(sourceOf(lang, part))) assert.doesNotMatch(text, never, `${lang}/${part}: ${key}`);
      }
    }
  });
}

test("signs: each Spanish question and exclamation begins with its sign", () => {
  for (const part of [...partsOf("es"), "catalogue"]) {
    for (const [key, text] of Object.entries(sourceOf("es", part))) {
      for (const [begin, end] of [["¿", "?"], ["¡", "!"]]) assert.equal(text.split(begin).length, text.split(end).length, `${part}: ${key}`);
    }
  }
});

test("signs: German quotation marks come in pairs", () => {
  for (const part of [...partsOf("de"), "catalogue"]) {
    for (const [key, text] of Object.entries(sourceOf("de", part))) assert.equal(text.split("„").length, text.split("“").length, `${part}: ${key}`);
  }
});

test("no message is unused", () => {
  const modules = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((f) => /\.(mjs|ts|go|html)$/.test(f) && !/^(messages|test)\//.test(f));
  // The pane beside a spreadsheet has its words from here too.
  const pane = readFileSync(site + "../internal/gen/faces/sheets/pane.js", "utf8");
  const source = [...modules.map((f) => readFileSync(site + f, "utf8")), pane].join("\n");
  const named = new Set(source.match(/[A-Za-z_]\w*/g));
  // words[`stage_${name}`] uses all that begin like this, as "ask_" + id does.
  const begun = [...source.matchAll(/`(\w+)\$\{|"(\w+_)"/g)].map(([, start, whole]) => start ?? whole);
  // words[`${code}_do`] uses all that end like this, where the rest is a name.
  const ended = [...source.matchAll(/`\$\{\w+\}(_\w+)`/g)].map(([, end]) => end);
  const composed = (key: string) => ended.some((end) => key.endsWith(end) && named.has(key.slice(0, -end.length)));
  for (const part of parts) {
    for (const key of Object.keys(sourceOf("en", part))) {
      assert.ok(named.has(key) || composed(key) || begun.some((start) => key.startsWith(start)), `${part}: ${key}`);
    }
  }
});

test("the language is the one asked for, else the first that the visitor reads", () => {
  assert.equal(chosenLanguage("de", ["fr-FR"]), "de");
  assert.equal(chosenLanguage("pt", []), "pt-BR");
  assert.equal(chosenLanguage("pt-PT", []), "pt-BR");
  assert.equal(chosenLanguage(null, ["tlh", "fr-CA", "en"]), "fr");
  assert.equal(chosenLanguage("xx", ["ar-EG"]), "ar");
  assert.equal(chosenLanguage("constructor", ["../../etc"]), "en");
  assert.equal(chosenLanguage(undefined, []), "en");
});

test("a part is loaded in the language, and a calculation with it", async () => {
  for (const lang of COMPILED as Language[]) {
    const words = await messages(lang, customers);
    assert.equal(Object.keys(words).length, Object.keys(customers.en).length, lang);
    const { calculation } = await messages(lang, catalogueWords);
    const { default: subscription } = await calculation("subscription");
    const { default: english } = await catalogueWords.en.calculation("subscription");
    assert.deepEqual(subscription.example, english.example);
    assert.deepEqual(subscription.inputs.map((f) => f.name), english.inputs.map((f) => f.name));
    const [field] = subscription.inputs;
    assert.equal(field.title, lang === "en" ? english.inputs[0].title : (catalogue(lang)[field.name] ?? english.inputs[0].title));
  }
});

test("two of something are an Arabic dual, which needs no digit", () => {
  for (const part of partsOf("ar")) {
    for (const [key, text] of Object.entries(sourceOf("ar", part))) {
      for (const [, dual] of text.matchAll(/ two \{((?:\{\w+\}|[^{}])*)\}/g)) {
        assert.doesNotMatch(dual, /^[^(]*\{(?:shown|count)\} (?!من )/, `${part}: ${key}: ${dual}`);
      }
    }
  }
});

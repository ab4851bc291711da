// docs/words.md, kept: what is never said, quotation marks and digits of each language, one text for a segment, and
// sentences.txt, in which a reviewer reads each warning, note and finding in every language with sample figures.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import test from "node:test";
import { LANGUAGES, parseMessage, partsOf, sourceOf } from "../messages/compile.ts";
import { NOTES } from "../messages/translated.ts";
import type { Token } from "@messageformat/parser";

const textsOf = (lang: string): [key: string, text: string][] =>
  [...partsOf(lang), lang === "en" ? "catalogue.gen" : "catalogue"].flatMap((part) => Object.entries(sourceOf(lang, part)).map(([key, text]) => [`${part}.${key}`, text] as [string, string]));

/** What stands in no text of a language, "What never to say" of docs/words.md where a pattern can tell it. */
const NEVER: Record<string, RegExp> = {
  en: /\b(cost to win|look ahead|LTV to CAC|lifespan|slipping|newcomers|by our reckoning|unit of money|customer value per|friends?|dearer|take it as rough|is refused)\b/i,
  de: /Diskontsatz|Freund|LTV zu|Geldeinheit/,
  fr: /clients touchés|\bamis?\b|LTV sur|unité d’argent/i,
  es: /\bpalancas?\b|\bprospectos?\b|\bamig[oa]s?\b|LTV a |mirar adelante|unidad de dinero/i,
  "pt-BR": /\balavancas?\b|\bprospects?\b|\bamig[oa]s?\b|LTV para|olhar adiante|\badesão\b|unidade de dinheiro/i,
  ja: /届いた顧客|友人|再来店|成約率|LTV対/,
  ar: /معدل الفقد|رافعة|روافع|أصدقاء|صديق|مدى الحياة/,
};

/** Signs of other languages; in German a preposition before a period of time that stands in the nominative ("12 Monate"). */
const SIGNS: Record<string, RegExp> = {
  de: /(über|innerhalb von|binnen) \{horizon|\b(in|nach|von|seit|mit|bei|aus) \{(lifespan|lifetime|payback)|[«»]|”|(?<=\p{L} )"|\d "/u,
  es: /[“”„]/,
  "pt-BR": /[«»„]/,
  ja: /[“”«»]|[ぁ-んァ-ヶ一-龠] ?[,;?](?=$|[ぁ-んァ-ヶ一-龠 ])/u,
  ar: /[“”„]|[0-9]%|[٠-٩۰-۹]/,
};

/** What the glossary's terms mean, where they are translated, beside the articles. */
function meaningsOf(lang: string): [key: string, text: string][] {
  const file = new URL(`../learn/${lang}/terms.json`, import.meta.url);
  return existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, "utf8"))) : [];
}

for (const lang of LANGUAGES) {
  test(`${lang}: nothing of what is never said, and no other language's signs`, () => {
    const found = [...textsOf(lang), ...meaningsOf(lang)].filter(([, text]) => NEVER[lang]?.test(text.replace(/\{\w+[^,{}]*\}/g, "")) || SIGNS[lang]?.test(text));
    assert.deepEqual(found, []);
  });
}

test("the docs say nothing of what is never said, outside of code", () => {
  const root = new URL("../../", import.meta.url);
  const own = ["docs/words.md", "docs/glossary.md"]; // name what is never said
  const docs = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...readdirSync(new URL("docs/", root), { recursive: true }).map((name) => `docs/${String(name)}`)]
    .filter((name) => name.endsWith(".md") && !own.includes(name) && !name.includes("decisions/"));
  const found = docs.flatMap((name) => readFileSync(new URL(name, root), "utf8").replace(/```[\s\S]*?```|`[^`]*`/g, "").split("\n")
    .filter((line) => NEVER.en?.test(line) || /\bset aside\b/.test(line)).map((line) => `${name}: ${line}`));
  assert.deepEqual(found, []);
});

// Of each language's own texts: where it has none yet, English stands in, and is checked as English.
test("a warning about customers is one text: no other part says it again", () => {
  assert.ok(partsOf("en").includes("warnings"));
  for (const lang of LANGUAGES) {
    const [own, others] = [true, false].map((of) => textsOf(lang).filter(([key]) => key.startsWith("warnings.") === of));
    const warnings = new Set(own.map(([, text]) => text));
    assert.deepEqual(others.filter(([, text]) => warnings.has(text)), []);
    assert.equal(warnings.size, own.length, `${lang}: two warnings with one text`);
  }
});

test("a note is of a text that there is", () => {
  const keys = new Set(textsOf("en").map(([key]) => key.replace(".gen", "")));
  assert.deepEqual(Object.keys(NOTES).filter((key) => !keys.has(key)), []);
});

/** Words of two readings: alone, as a label or a button, no translator knows which one. */
const HOMONYMS = /^\W*(orders?|returns?|values?|rates?|plans?|leads?|lift|periods?|shares?|tiers?|changes?|levels?|spend|costs?|points?|reach|stages?|best|lost|won|steps?|draws?|last|left|like|mark|grow|keep|active|open|clear|close|median|all|none|first|second|light|dark|down|across|high|low|from|to|people|rest|target|due|known|sure|chance|cases?|records?|scores?|cells?|ranges?|tests?|margin|service|offer|charge|size)\W*$/i;

/** Names of figures that do not say what kind they are. */
const UNCLEAR = /\{(number|what|text|part|more|fewer|limit|points|lead|worth|sure|likely|least|worst)[},]/;

test("a text that can be read in two ways, or holds a figure of unclear kind, has a note for translators", () => {
  const unclear = textsOf("en").filter(([, text]) => HOMONYMS.test(text) || UNCLEAR.test(text)).map(([key]) => key.replace(".gen", ""));
  assert.deepEqual(unclear.filter((key) => !NOTES[key]), [], "a note in site/messages/notes.json for each");
});

/** A figure for a name, so that their order shows. */
const figure = (name: string) => String(10 + ([...name].reduce((sum, c) => sum + (c.codePointAt(0) ?? 0), 0) % 90));

/** A text with its figures, once for every case that it has. */
function shown(tokens: Token[]): string[] {
  return tokens.reduce((texts: string[], t) => {
    const next = "cases" in t ? t.cases.flatMap((c) => shown(c.tokens)) : [t.type === "content" ? t.value : figure("arg" in t ? t.arg : "#")];
    return texts.length * next.length > 12 ? texts.map((s, i) => s + next[i % next.length]) : texts.flatMap((s) => next.map((n) => s + n));
  }, [""]);
}

/** The texts of each language by key; what is not translated yet is not among them. */
const texts = new Map(LANGUAGES.map((lang) => [lang, new Map(textsOf(lang).map(([key, text]) => [key.replace(".gen", ""), text]))]));

test("sentences.txt has every sentence; UPDATE=1 writes it", () => {
  const file = new URL("sentences.txt", import.meta.url);
  const english = textsOf("en").filter(([key, text]) => /^(warnings|catalogue\.gen\.notices)\.|sentence|finding/i.test(key) && text);
  const keys = english.map(([key]) => key.replace(".gen", ""));
  const lines = keys.flatMap((key) => [key, ...LANGUAGES.flatMap((lang) => {
    const text = texts.get(lang)?.get(key);
    if (text === undefined) return [];
    const sentences = key.startsWith("catalogue.") ? [text.replace(/\{(\w+)[^}]*\}/g, (_, name) => figure(name))] : shown(parseMessage(lang, text));
    return [...new Set(sentences)].map((s) => `  ${lang}: ${s}`);
  }), ""]);
  const now = lines.join("\n");
  if (process.env.UPDATE) writeFileSync(file, now);
  assert.equal(now, readFileSync(file, "utf8"), "read the difference, then: UPDATE=1 node --import ./site/build/typescript.mjs --test site/test/terms.test.ts");
});

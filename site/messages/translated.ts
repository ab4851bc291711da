/**
 * Whether the translations are of today's English. translated.json holds a hash of each English text as it was when it
 * was translated; a text that has changed since is to be translated again.
 *
 *   node --import ./site/build/typescript.mjs site/messages/translated.ts            list what has changed, each with its note of notes.json for translators
 *   node --import ./site/build/typescript.mjs site/messages/translated.ts -record    say that all of it has been translated
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { partsOf, sourceOf } from "./compile.ts";

const record = fileURLToPath(new URL("translated.json", import.meta.url));

/** What a translator must know of a text with a unit, a pronoun or a homonym, by "part.key". */
export const NOTES: Record<string, string> = JSON.parse(readFileSync(new URL("notes.json", import.meta.url), "utf8"));

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** The hashes of the English as it stands, by part and key. */
function present(): Record<string, Record<string, string>> {
  const parts = [...partsOf("en").map((part) => [part, sourceOf("en", part)]), ["catalogue", sourceOf("en", "catalogue.gen")]];
  return Object.fromEntries(parts.map(([part, texts]) => [part, Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, hash(text)]))]));
}

/** The English texts that have changed since they were translated, new and removed ones included: "part: key". */
export function changed() {
  const then: Record<string, Record<string, string>> = JSON.parse(readFileSync(record, "utf8"));
  const now = present();
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].flatMap((part) => {
    const keys = new Set([...Object.keys(then[part] ?? {}), ...Object.keys(now[part] ?? {})]);
    return [...keys].filter((key) => then[part]?.[key] !== now[part]?.[key]).map((key) => `${part}: ${key}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("-record")) writeFileSync(record, JSON.stringify(present(), null, 1) + "\n");
  else for (const text of changed()) console.log(NOTES[text.replace(": ", ".")] ? `${text} (${NOTES[text.replace(": ", ".")]})` : text);
}

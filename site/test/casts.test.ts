/** A cast is for what the compiler cannot know, and says why: see site/README.md. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL("../", import.meta.url));
const NOT_OURS = ["node_modules", "test", "dist"];

/** Our modules, tests and what is generated apart. */
const modules = (folder: string): string[] =>
  readdirSync(join(site, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : modules(name);
    return /\.ts$/.test(name) && !/\.(d|test)\.ts$|bench/.test(name) ? [name] : [];
  });

/** Code without comments and without what stands in quotes, line by line. */
const plain = (code: string) =>
  code.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"/g, (found) => (found.startsWith('"') ? '""' : "\n".repeat(found.split("\n").length - 1))).split("\n");

/** A name in an import or an export is no cast, nor is `as const`, nor the name of a mapped type. */
const CAST = /(?<!\*)\bas (?!const\b)(?=[\w{("])/;
const RENAMED = /^\s*(?:import|export) |^\s*(?:type )?\w+(?: as \w+)?, |\[\w+ in .* as /;
/** A message whose key holds a wire name is one of its kind. */
const OF_ITS_KIND = /\[(?:`[^`]*`|\w+) as (?:"\w*"|keyof \w*Words)\]/;

/** The lines with a cast that nothing is said about, beside them or in the line before. */
export function unexplained(code: string): number[] {
  const [lines, bare] = [code.split("\n"), plain(code)];
  return bare.flatMap((line, i) => {
    const explained = /\S.*\/\/ \S/.test(lines[i]) || /^\s*\/\/ /.test(lines[i - 1] ?? "") || /biome-ignore/.test(lines[i - 1] ?? "");
    return CAST.test(line.replace(OF_ITS_KIND, "")) && !RENAMED.test(line) && !explained ? [i + 1] : [];
  });
}

test("every cast has its reason beside it, or is of a kind that the README names", () => {
  const all = modules("");
  assert.ok(all.length > 100, `${all.length} modules`);
  const bad = all.flatMap((name) => {
    const code = readFileSync(join(site, name), "utf8");
    return unexplained(code).map((line) => `${name}:${line}: ${code.split("\n")[line - 1].trim()}`);
  });
  assert.deepEqual(bad, []);
});

test("a cast without a reason is found", () => {
  for (const [code, lines] of [
    ["const a = b as C;", [1]],
    ["const a = b as C; // what it is", []],
    ["// what it is\nconst a = b as unknown as C;", []],
    ["/** Of a field. */\nconst a = (b as C).d;", [2]],
    ["const a = words[`unit_` as \"unit_day\"];", []],
    ["const a = words[`unit_` as \"unit_day\"] as string;", [1]],
    ["const a = b as const;\nimport { c as d } from \"e\";\nexport * as f from \"g\";", []],
    ["const a = \"known as C;\"; const b = c !== d;", []],
    ["type A = { [K in B as K[\"n\"]]: C };", []],
  ] as const) assert.deepEqual(unexplained(code), lines, code);
});

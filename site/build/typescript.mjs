/**
 * Lets Node run TypeScript: `node --import ./site/build/typescript.mjs FILE`. Node 20 knows no types, and no Node knows decorators.
 * esbuild turns each module as it turns those of the pages, by the same version (go.mod) and the same options (site/tsconfig.json).
 * Each file of tests is a process of its own, and most read the same modules: what one turned is kept in build/ for the others.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

// Node asks for modules in a thread of its own, which loads this file once more.
const IN_THE_THREAD = "?hooks";
if (!import.meta.url.endsWith(IN_THE_THREAD)) register(import.meta.url + IN_THE_THREAD);

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const tsconfigRaw = read("../tsconfig.json");
const KEPT = new URL("../../build/typescript/", import.meta.url);
/** What a module becomes by, beside its own text: this file, esbuild and its options. */
const by = [read(import.meta.url.replace(/\?.*/, "")), read("../../node_modules/esbuild/package.json"), tsconfigRaw];
const digest = (...texts) => createHash("sha256").update(texts.join("\0")).digest("hex");

/** @type {import("node:module").LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const file = fileURLToPath(url);
  const text = readFileSync(file, "utf8");
  const kept = fileURLToPath(new URL(`${digest(file)}.mjs`, KEPT));
  const mark = `\n// ${digest(...by, text)}`;
  return { format: "module", source: taken(kept, mark) ?? (await turned(text, file, kept, mark)), shortCircuit: true };
}

/** What was kept, if it was made of the same. */
function taken(kept, mark) {
  try {
    const code = readFileSync(kept, "utf8");
    return code.endsWith(mark) ? code : null;
  } catch {
    return null; // not yet
  }
}

async function turned(text, file, kept, mark) {
  const { transform } = await import("esbuild");
  const { code } = await transform(text, { loader: "ts", format: "esm", sourcemap: "inline", sourcefile: file, tsconfigRaw });
  // In one step, lest another process reads half of it.
  const whole = `${kept}.${process.pid}`;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(whole, code + mark);
  renameSync(whole, kept);
  return code;
}

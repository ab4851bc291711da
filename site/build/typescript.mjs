/**
 * Lets Node run TypeScript: `node --import ./site/build/typescript.mjs FILE`. Node 20 knows no types, and no Node knows decorators.
 * esbuild turns each module as it turns those of the pages, by the same version (go.mod) and the same options (site/tsconfig.json).
 */
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

// Node asks for modules in a thread of its own, which loads this file once more.
const IN_THE_THREAD = "?hooks";
if (!import.meta.url.endsWith(IN_THE_THREAD)) register(import.meta.url + IN_THE_THREAD);

const tsconfigRaw = readFileSync(new URL("../tsconfig.json", import.meta.url), "utf8");

/** @type {import("node:module").LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(readFileSync(file, "utf8"), { loader: "ts", format: "esm", sourcemap: "inline", sourcefile: file, tsconfigRaw });
  return { format: "module", source: code, shortCircuit: true };
}

/**
 * Prints what modules weigh as they travel, in KiB of brotli, and what pages load first, as the production build has printed it. Fails when a module is over its budget, or
 * docs/benchmarks.md says another size.
 *
 *   node --import ./site/build/typescript.mjs site/engine/size.ts PRINTED FILE[=BUDGET]...
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** What a size is called in the tables of docs/benchmarks.md: how its row begins. */
const ROWS: Record<string, string> = {
  "tinygo.wasm": "the calculator's module", "growth-tinygo.wasm": "the growth module", "levers-tinygo.wasm": "the levers' module", "economics-tinygo.wasm": "the module of unit economics",
  "bases-tinygo.wasm": "the module of customer bases", "customers-tinygo.wasm": "the customers' module", "first load": "calculator page, first view", "first load of customers": "customers page",
  "first load of the widget's facade": "by script, until it is seen", "first load of the widget by script, touched": "by script, once it is", "first load of the widget in a frame": "in a frame",
};

/** How far a size may be off what the page says, which is written anew when that is more. */
const TOLERANCE = 0.03;

const page = readFileSync(new URL("../../docs/benchmarks.md", import.meta.url), "utf8");
const [printed, ...files] = process.argv.slice(2);
const sizes = new Map<string, number>();

for (const named of files) {
  const [file, budget] = named.split("=");
  const bytes = readFileSync(file);
  const packed = brotliCompressSync(bytes).length / 1024;
  console.log(`${file}: ${(bytes.length / 1024).toFixed(1)} KiB, brotli ${packed.toFixed(1)} KiB${budget ? ` of ${budget} KiB` : ""}`);
  if (budget && packed > Number(budget)) process.exitCode = 1;
  sizes.set(basename(file), packed);
}
for (const [line, name, size] of readFileSync(printed, "utf8").matchAll(/^ *(first load.*) ([\d.]+) KB of .*$/gm)) {
  console.log(line);
  sizes.set(name, Number(size));
}
for (const [name, row] of Object.entries(ROWS)) {
  const size = sizes.get(name);
  const said = new RegExp(`^\\| ${row}[^|]*\\| ([\\d.]+) Ki?B`, "m").exec(page)?.[1];
  if (size !== undefined && said && Math.abs(size - Number(said)) <= TOLERANCE * Number(said)) continue;
  console.error(`docs/benchmarks.md says ${said ?? "nothing"} of ${row} …, and it is ${size?.toFixed(1) ?? "not measured"}: write that, and the date.`);
  process.exitCode = 1;
}

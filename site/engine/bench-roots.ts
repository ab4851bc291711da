// How much of a module's heap its static data keep alive: TinyGo's collector takes each aligned word of its variables for an address that may be one (docs/benchmarks.md,
// "Memory in the browser"), and of its constants too, where it does not know where they end (internal/roots). For arrays of some sizes: at how many of the places
// that such an array can have it would never be freed.
//
//	node --import ./site/build/typescript.mjs site/engine/bench-roots.ts [MODULE.wasm]
import { readFileSync } from "node:fs";

const [file = "build/customers-tinygo.wasm"] = process.argv.slice(2);
const module = readFileSync(file);
const MB = 2 ** 20;
/** Where the heap ends once it has grown as far as it can (docs/decisions/0019), and what lies below it. */
const HEAP = { from: 2 * MB, to: 4064 * MB };
const DATA = 11;

/** Where its variables begin, as internal/roots has told it: before the second half of the mark in wasm/customers/roots.go. */
const mark = module.indexOf(Buffer.from([0xd6, 0xc1, 0x62, 0xca]));
const variables = mark < 4 ? 0 : module.readUInt32LE(mark - 4);

let at = 8;
/** The next number: LEB128, as in WebAssembly's binary format. */
function number() {
  for (let [value, unit] = [0, 1]; ; unit *= 128) {
    const byte = module[at++];
    value += (byte & 127) * unit;
    if (byte < 128) return value;
  }
}

/** The aligned words of the data section that are scanned. */
function* words(end: number) {
  for (let left = number(); left > 0 && at < end; left--) {
    const passive = number() === 1;
    at += passive ? 0 : 1; // i32.const
    const to = passive ? 0 : number(); // small enough for its sign to be none
    at += passive ? 0 : 1; // end
    const length = number();
    for (let k = Math.max(-to & 3, variables - to); k + 4 <= length; k += 4) yield module.readUInt32LE(at + k);
    at += length;
  }
}

while (at < module.length) {
  const id = module[at++];
  const end = number() + at;
  if (id === DATA) {
    const all = [...words(end)];
    const hits = all.filter((word) => word >= HEAP.from && word < HEAP.to);
    console.log(`${file}: ${all.length} words of static data, ${hits.length} of them addresses of a heap of ${HEAP.to / MB} MB`);
    for (const size of [0.1, 1, 2, 7, 14]) {
      console.log(`arrays of ${String(size).padStart(3)} MB: kept at ${new Set(hits.map((word) => Math.floor(word / (size * MB)))).size} of ${Math.floor((HEAP.to - HEAP.from) / (size * MB))} places`);
    }
  }
  at = end;
}

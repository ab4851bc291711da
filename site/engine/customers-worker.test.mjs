// The worker's protocol on a real thread: Node's, with the few lines that make it a browser's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Ids } from "./customers.mjs";
import { isolated, start } from "../test/thread.mjs";

const root = new URL("../../", import.meta.url);
const zipped = readFileSync(new URL("core/orders/testdata/CDNOW_sample.txt.gz", root));
const plain = gunzipSync(zipped);
/** CDNOW many times over, each time with other customers. @param {number} times */
function large(times) {
  const text = plain.toString("latin1");
  return new Blob(Array.from({ length: times }, (_, i) => text.replace(/^ (\d{5}) (\d{4})/gm, ` $1 ${String(i).padStart(3, "0")}$2`)));
}

test("a file, its gzip, a stream and bytes are the same log", async () => {
  const customers = await start();
  const sources = [new Blob([plain]), new Blob([zipped]), new Blob([zipped]).stream(), new Uint8Array(plain), new Uint8Array(zipped)];
  for (const source of sources) {
    const report = await customers.read(source);
    assert.deepEqual([report.status, report.rows, report.customers, report.bytes], ["ok", 6919, 2357, plain.length]);
  }
});

test("from a file to ranked customers, columns moved over", async () => {
  /** @type {Set<string>} */
  const phases = new Set();
  const customers = await start({ onProgress: (/** @type {any} */ p) => phases.add(p.phase) });
  await customers.read(new Blob([zipped]));
  await customers.call("summarise", { end: 10134, observed_to: 10407 });
  const { candidates } = await customers.call("choose");
  assert.ok(Math.abs(candidates.paretonbd.parameters[0] - 0.553) < 0.0005); // Fader, Hardie & Lee (2005)
  await customers.call("fitSpend");
  await customers.call("build", "paretonbd");
  const totals = await customers.call("score", { horizon_days: 365 });
  assert.ok(totals.value.low < totals.value.value && totals.value.value < totals.value.high);
  const { rank, clv } = await customers.call("columns", ["rank", "clv"]);
  const best = rank.indexOf(1);
  assert.equal(clv[best], Math.max(...clv));
  const { bytes, ends } = await customers.call("ids");
  assert.match(new Ids(bytes, ends).at(best), /^\d{5}$/);
  assert.ok(phases.has("choosing"));
});

test("what fails says so, and the next call is served", async () => {
  const customers = await start();
  await assert.rejects(customers.call("score", { horizon_days: 1 }), { name: "StepError", status: "bad_model" });
  await assert.rejects(customers.call(/** @type {any} */ ("constructor")), /no method/);
  await assert.rejects(customers.read(new Blob([zipped.subarray(0, 9000)])), { name: "ReadError" });
  assert.equal((await customers.read(new Blob([]))).status, "empty");
  assert.equal((await customers.read(new Blob([Uint8Array.of(0x1f)]))).status, "header_only");
  assert.equal((await customers.read(new Blob([plain]))).rows, 6919);
});

test("a cancel stops a read at the next chunk", async () => {
  /** @type {any} */
  let customers;
  customers = await start({ onProgress: () => customers.cancel() });
  await assert.rejects(customers.read(large(40)), { name: "StepError", status: "cancelled" });
  assert.equal((await customers.read(new Blob([plain]))).rows, 6919);
});

test("with shared memory a cancel stops any step", async () => {
  /** @type {any} */
  let customers;
  customers = await isolated(() => start({ onProgress: (/** @type {any} */ p) => p.phase === "choosing" && customers.cancel() }));
  assert.equal(customers.cancellable, true);
  await customers.read(large(10));
  await customers.call("summarise");
  await assert.rejects(customers.call("choose"), { name: "StepError", status: "cancelled" });
  assert.equal((await customers.call("fit", "bgnbd")).status, "converged");
});

test("a worker that is ended leaves nobody waiting", async () => {
  const customers = await start();
  const read = customers.read(large(20));
  customers.terminate();
  await assert.rejects(read, /ended/);
});

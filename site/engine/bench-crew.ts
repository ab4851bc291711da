// How long the customers engine takes alone and with helpers, from a log that is read to all that a page shows of it: wall clock, and processor time
// of its own thread and of all, in turns, the best of each. The log is that of bench-customers.ts. Where answers differ it says so. On a busy
// machine the engine's own thread tells more than the clock: what it takes alone less what it takes with helpers is what these take off it. Linux only.
//
//	node --import ./site/build/typescript.mjs site/engine/bench-crew.ts HELPER [ORDERS] [HELPERS...]
//
// HELPER is internal/bench/customers, built; HELPERS are numbers of helpers, 0 and 1 where none are given.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { START } from "../customers/settings.ts";
import { stop, start } from "../test/thread.ts";
import type { News } from "./customers-planner.ts";

const [helper, orders = "1000000", ...given] = process.argv.slice(2);
if (!helper) throw new Error("usage: bench-crew.ts HELPER [ORDERS] [HELPERS...]");
const sizes = given.length > 0 ? given.map(Number) : [0, 1];
const ROUNDS = 3;

const blob = new Blob([execFileSync(helper, ["shop", orders], { maxBuffer: 2 ** 31 - 1 })]);

/** Processor time of each thread of this process in ms, in clock ticks of 10 ms. */
function threads() {
  const out = new Map<string, number>();
  for (const id of readdirSync("/proc/self/task")) {
    if (!existsSync(`/proc/self/task/${id}/stat`)) continue; // a thread that has ended meanwhile
    const fields = readFileSync(`/proc/self/task/${id}/stat`, "utf8").split(") ")[1].split(" ");
    out.set(id, 10 * (Number(fields[11]) + Number(fields[12]))); // utime and stime: proc(5)
  }
  return out;
}

/** What one valuation takes in ms since the file was read, until the first answer and until nothing is left, and a digest of all its answers. */
async function run(helpers: number) {
  const hash = createHash("sha256");
  let [read, first, before] = [0, 0, threads()];
  let rested = () => {};
  const rest = new Promise<void>((resolve) => (rested = resolve));
  const customers = await start({
    onNews: (news: News) => {
      if ("progress" in news) return;
      if ("report" in news) [read, before] = [performance.now(), threads()];
      else if ("resting" in news) rested();
      else hash.update(JSON.stringify(news, (_, v) => (ArrayBuffer.isView(v) ? createHash("sha256").update(new Uint8Array(v.buffer, v.byteOffset, v.byteLength)).digest("hex") : v)));
      if ("answer" in news) first ||= performance.now();
    },
  }, helpers);
  customers.wish({
    serial: 1, input: { number: 1, tables: [blob], options: {} }, confirmed: true, settings: { ...START, holdout_days: 0 }, model: null, person: null,
    halted: false, sources: false, costs: [],
  });
  await rest;
  const end = performance.now();
  const spent = [...threads()].map(([id, ms]) => ms - (before.get(id) ?? 0));
  await stop();
  return { first: first - read, all: end - read, own: Math.max(...spent), cpu: spent.reduce((a, b) => a + b), digest: hash.digest("hex") };
}

const NAMES = ["first", "all", "own", "cpu"] as const;
const best = sizes.map(() => ({ first: Infinity, all: Infinity, own: Infinity, cpu: Infinity }));
const digests = new Set<string>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, size] of sizes.entries()) {
    const { digest, ...times } = await run(size);
    digests.add(digest);
    for (const name of NAMES) best[i][name] = Math.min(best[i][name], times[name]);
  }
}
console.log(`${orders} orders; ms since the file was read (ratio to no helpers)`);
console.log("helpers  first answer         all of it            its thread           all threads");
for (const [i, size] of sizes.entries()) {
  const cell = (name: typeof NAMES[number]) => `${best[i][name].toFixed(0)} (${(best[i][name] / best[0][name]).toFixed(2)})`.padEnd(21);
  console.log(`${String(size).padEnd(9)}${cell("first")}${cell("all")}${cell("own")}${cell("cpu")}`);
}
console.log(digests.size === 1 ? "the answers are the same to the byte" : "ANSWERS DIFFER");

// From the bytes of an order log to ranked columns: the stages in ms, native Go beside both builds of the customers
// module, and the memory they take. All take turns, and the best round of each stage counts, so that a busy machine
// weighs on all. The log is invented (internal/bench/customers) with a customer for every ten orders.
//
//	node --import ./site/build/typescript.mjs site/engine/bench-customers.ts HELPER [ORDERS] [MODULE.wasm...]
//
// HELPER is internal/bench/customers, built.
import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { CustomersEngine } from "./customers.ts";

const [helper, orders = "1000000", ...modules] = process.argv.slice(2);
if (!helper) throw new Error("usage: bench-customers.ts HELPER [ORDERS] [MODULE.wasm...]");
if (modules.length === 0) modules.push("build/customers-tinygo.wasm", "build/customers-go.wasm");

type Run = { stages: Record<string, number>, memory: number, recommended: string };

async function run(module: string, text: Uint8Array): Promise<Run> {
  const engine = await CustomersEngine.load(readFileSync(module));
  const stages: Record<string, number> = {};
  const timed = <T>(name: string, step: () => T) => {
    const start = performance.now();
    const out = step();
    stages[name] = performance.now() - start;
    return out;
  };
  timed("read", () => {
    engine.open();
    engine.write(text);
    engine.close();
  });
  const settings = { horizon_days: 365, annual_discount: 0.1, margin: 0.5, intervals: true, totals: true, compare: true, next_orders: true, tracking: true, test: true };
  engine.set(settings);
  for (let due = engine.due; due !== "idle"; due = engine.due) {
    const before = stages[due] ?? 0;
    timed(due, () => engine.work());
    stages[due] += before;
  }
  timed("columns", () => {
    engine.ids();
    engine.columns(["orders", "spend", "p_alive", "expected_orders", "clv", "clv_low", "clv_high", "rank", "decile", "segment"]);
  });
  engine.set({ ...settings, margin: 0.4 });
  timed("margin changed", () => engine.settle());
  return { stages, memory: engine.memoryBytes, recommended: engine.get("choice").recommended };
}

/** The stages from drop to ranked table. */
const PATH = ["read", "summarising", "choosing", "fitting_spend", "measuring", "scoring", "spreading", "totalling", "columns"];

const ROUNDS = 3;

function keepBest(best: Run, other: Run) {
  for (const [name, ms] of Object.entries(other.stages)) best.stages[name] = Math.min(best.stages[name], ms);
  best.memory = Math.max(best.memory, other.memory);
}

const total = ({ stages }: Run) => PATH.reduce((sum, name) => sum + (stages[name] ?? 0), 0);

const folder = mkdtempSync(join(tmpdir(), "hourglass-"));
try {
  const file = join(folder, "orders.csv");
  execFileSync(helper, ["shop", orders], { stdio: ["ignore", openSync(file, "w"), "inherit"] });
  const text = readFileSync(file);
  const native = () => JSON.parse(execFileSync(helper, ["time", file], { encoding: "utf8" }));
  const first = native();
  console.log(`${first.orders} orders of ${first.customers} customers, ${(text.length / 2 ** 20).toFixed(1)} MiB of CSV, ` +
    `${first.histories} histories; ms (ratio to native Go)`);
  const runs: [string, Run][] = [["native Go", first]];
  for (const module of modules) runs.push([basename(module, ".wasm"), await run(module, text)]);
  for (let round = 1; round < ROUNDS; round++) {
    keepBest(runs[0][1], native());
    for (const [i, module] of modules.entries()) keepBest(runs[i + 1][1], await run(module, text));
  }
  print(runs);
} finally {
  rmSync(folder, { recursive: true });
}

function print(runs: [string, Run][]) {
  const [[, native]] = runs;
  const row = (name: string, figure: (run: Run) => number | undefined) => {
    const base = figure(native);
    const cells = runs.map(([, r]) => {
      const v = figure(r);
      const ratio = v !== undefined && base && r !== native ? ` (${(v / base).toFixed(2)})` : "";
      return ((v === undefined ? "-" : v.toFixed(0)) + ratio).padStart(22);
    });
    console.log(name.padEnd(24) + cells.join(""));
  };
  console.log("".padEnd(24) + runs.map(([name]) => name.padStart(22)).join(""));
  for (const name of Object.keys(runs[runs.length - 1][1].stages)) row(name, (r) => r.stages[name]);
  row("drop to ranked", total);
  row("memory, MiB", (r) => r.memory / 2 ** 20);
}

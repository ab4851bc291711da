// One model in the browser's module, from the CSV to ranked columns, with the outputs that internal/bench/lifetimes/value.py has: seconds of
// processor and of wall time, of a first file, while the module is still being compiled, and of a second one.
//
//	node --import ./site/build/typescript.mjs site/engine/bench-one.ts orders.csv [model [module.wasm]]
import { readFileSync } from "node:fs";
import { type Kind, CustomersEngine } from "./customers.ts";

const [orders, model = "bgnbd", module = "build/customers-tinygo.wasm"] = process.argv.slice(2);
const text = readFileSync(orders);
const engine = await CustomersEngine.load(readFileSync(module));
const seconds: string[] = [];
for (let file = 0; file < 2; file++) {
  const processor = process.cpuUsage();
  const began = performance.now();
  engine.open();
  engine.write(text);
  engine.close();
  engine.set({ pick: model as Kind, horizon_days: 365, annual_discount: 0.1, margin: 1 });
  engine.settle();
  engine.ids();
  engine.columns(["orders", "p_alive", "expected_orders", "order_value", "clv", "rank"]);
  const { user, system } = process.cpuUsage(processor);
  seconds.push(((user + system) / 1e6).toFixed(2), ((performance.now() - began) / 1e3).toFixed(2));
}
console.log(seconds.join(" "));

// What columns beside the orders cost the engine: the first answer and its memory, in turns with the same file where nothing carries them and with a file without them; another group; and
// reading four columns for a list, on demand, in a worker of its own. In ms, the best of some rounds.
//
//	node --import ./site/build/typescript.mjs site/engine/bench-columns.ts
import { readFileSync } from "node:fs";
import { CustomersEngine } from "./customers.ts";

const ROUNDS = 5;
const best = (round: () => number) => Math.min(...Array.from({ length: ROUNDS }, round));

function timed(work: () => void) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

const CARRIED = 8;
const [orders, each] = [200_000, 4];
const columnsOf = (customer: number, i: number) => [["Search", "Social", "Referral", "E-mail"][customer % 4], ["DE", "FR", "US"][customer % 3], i % 7 ? "" : "WELCOME10", `Product ${(customer * 7) % 60}`,
  ["new", "vip, wholesale", ""][customer % 3], ["web", "pos"][i % 2], `City ${(customer * 13) % 200}`, ["s", "m", "l"][i % 3]];
const HEAD = "Channel,Country,Discount Code,Product,Tags,Source,Billing City,Size";

function orderFile(wide: boolean) {
  const lines = [`Customer ID,Created at,Total${wide ? `,${HEAD}` : ""}`];
  for (let i = 0; i < orders; i++) {
    const customer = (i * 2_654_435_761) % (orders / each);
    const day = new Date(Date.UTC(2023, 0, 1 + ((i * 7919 + customer * 31) % 720)));
    const cells = wide ? `,${columnsOf(customer, i).map((text) => (text.includes(",") ? `"${text}"` : text)).join(",")}` : "";
    lines.push(`C${customer},${day.toISOString().slice(0, 10)},${(5 + ((i * 31) % 90)).toFixed(2)}${cells}`);
  }
  return new TextEncoder().encode(lines.join("\n"));
}

const module = await WebAssembly.compile(readFileSync(new URL("../../build/customers-tinygo.wasm", import.meta.url)));
const asked = { quick: true, horizon_days: 365, annual_discount: 0.1, margin: 0.5, level: 0.95, intervals: true, totals: true };

async function firstAnswer(file: Uint8Array, carry = CARRIED) {
  const engine = await CustomersEngine.load(module);
  const ms = timed(() => {
    engine.open({ carry });
    engine.write(file);
    engine.close();
    engine.set(asked);
    while (!engine.get("step").answered) engine.work();
    engine.get("answer");
  });
  return { engine, ms, bytes: engine.memoryBytes };
}

const [narrow, wide] = [orderFile(false), orderFile(true)];
const rounds: { plain: number[], passed: number[], carried: number[], bytes: [number, number], engine: CustomersEngine | null } = { plain: [], passed: [], carried: [], bytes: [0, 0], engine: null };
for (let i = 0; i < ROUNDS; i++) {
  const [a, b] = [await firstAnswer(narrow), await firstAnswer(wide)];
  rounds.plain.push(a.ms);
  const passed = await firstAnswer(wide, 0);
  rounds.passed.push(passed.ms);
  rounds.carried.push(b.ms);
  rounds.bytes = [passed.bytes, b.bytes];
  rounds.engine = b.engine;
}
const engine = rounds.engine as CustomersEngine; // of the last round
const [plain, passed, carried] = [Math.min(...rounds.plain), Math.min(...rounds.passed), Math.min(...rounds.carried)];
const grouping = (by: string) => timed(() => {
  engine.set({ ...asked, by });
  while (engine.get("step").next === "sourcing") engine.work();
  engine.get("sources");
});
const groups = ["Channel", "Country", "Product", "Billing City"].map((by) => Math.min(...[0, 1, 2].map(() => (grouping("first-month"), grouping(by)))));
const kept = best(() => timed(() => {
  engine.open({ carry: 0, keep: ["Channel", "Tags", "Product", "Size"] });
  engine.write(wide);
  engine.close();
  engine.kept(4);
}));
console.log(`${orders.toLocaleString("en")} orders of ${(orders / each).toLocaleString("en")} customers, ${CARRIED} columns beside them`);
console.log(`  first answer: ${carried.toFixed(0)} ms, ${(carried / passed).toFixed(2)} x that of the same file with the columns left alone (${passed.toFixed(0)} ms), ${(carried / plain).toFixed(2)} x that of a file without them (${plain.toFixed(0)} ms)`);
console.log(`  memory: ${(rounds.bytes[1] / 2 ** 20).toFixed(0)} MB, ${(rounds.bytes[1] / rounds.bytes[0]).toFixed(2)} x`);
console.log(`  another group: ${groups.map((ms) => ms.toFixed(0)).join(", ")} ms`);
console.log(`  four columns for a list: ${kept.toFixed(0)} ms`);

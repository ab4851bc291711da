// The worker's protocol on a real thread: Node's, with the few lines that make it a browser's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { serialize } from "node:v8";
import { gunzipSync } from "node:zlib";
import { START } from "../customers/settings.ts";
import { CustomersEngine, Ids } from "./customers.ts";
import { isolated, start } from "../test/thread.ts";
import { inTurn } from "../test/turn.ts";
import { type Helper, Crew, helpersOf } from "./crew.ts";
import { type Wire, connect } from "./customers-worker.ts";
import { type News, type Progress, type Wish, Planner } from "./customers-planner.ts";
import { shortage } from "./room.ts";
import { textOf } from "./text.ts";

const root = new URL("../../", import.meta.url);
const zipped = readFileSync(new URL("core/orders/testdata/CDNOW_sample.txt.gz", root));
const plain = gunzipSync(zipped);
/** CDNOW many times over, each time with other customers. */
function large(times: number) {
  const text = plain.toString("latin1");
  return new Blob(Array.from({ length: times }, (_, i) => text.replace(/^ (\d{5}) (\d{4})/gm, ` $1 ${String(i).padStart(3, "0")}$2`)));
}

/** The news with that in it. */
type Telling<K extends string> = Extract<News, Record<K, unknown>>;

/** The page's side: what is wished for, and the news as they come. */
async function page(helpers = 0, broken = false) {
  const news: News[] = [];
  const waiting = new Set<() => void>();
  const customers = await start({
    onNews: (one) => {
      news.push(one);
      for (const look of waiting) look();
    },
  }, helpers, broken);
  const wish: Wish = { serial: 0, input: null, confirmed: true, settings: START, model: null, person: null, halted: false, sources: false, costs: [] };
  let number = 0;
  return {
    news,
    wish(changes: Partial<Wish>) {
      Object.assign(wish, changes);
      wish.serial++;
      customers.wish({ ...wish });
    },
    read(blob: Blob, changes?: Partial<Wish>) {
      this.wish({ input: { number: ++number, tables: [blob], options: {} }, ...changes });
    },
    /** The next news of the last wish with that in it. */
    next: <K extends string>(what: K) => new Promise<Telling<K>>((resolve) => {
      const look = () => {
        const found = news.find((one): one is Telling<K> => what in one && (!("serial" in one) || one.serial === wish.serial));
        if (!found) return;
        waiting.delete(look);
        news.splice(0, news.indexOf(found) + 1);
        resolve(found);
      };
      waiting.add(look);
      look();
    }),
  };
}

const shopWide = { ...START, horizon_days: 365, holdout_days: 273 };

test("a file and its gzip are the same log", async () => {
  const { read, wish, next, ...rest } = await page();
  for (const blob of [new Blob([plain]), new Blob([zipped])]) {
    read.call({ wish, ...rest }, blob, { confirmed: false });
    const { report } = await next("report");
    assert.deepEqual([report.status, report.rows, report.customers, report.bytes], ["ok", 6919, 2357, plain.length]);
  }
});

test("from a file to ranked customers: each state is one message, with its columns", async () => {
  const customers = await page();
  customers.read(new Blob([zipped]), { settings: shopWide });
  const { answer } = await customers.next("answer");
  assert.equal(answer.compared, false);
  const { totals } = answer.figures;
  assert.ok(totals.value.low < totals.value.value && totals.value.value < totals.value.high);
  const { rank, clv } = answer.columns;
  const best = rank.indexOf(1);
  assert.equal(clv[best], Math.max(...clv));
  assert.ok(answer.ids);
  assert.match(new Ids(answer.ids.bytes, answer.ids.ends).at(best), /^\d{5}$/);
  const { choice } = await customers.next("choice");
  assert.ok(Math.abs(choice.candidates.paretonbd.parameters[0] - 0.553) < 0.0005); // Fader, Hardie & Lee (2005)
  await customers.next("resting");
  assert.ok(!customers.news.some((one) => "answer" in one && one.serial === undefined));
  customers.wish({ settings: { ...shopWide, margin: 0.5 } });
  const half = await customers.next("answer");
  assert.equal(half.answer.ids, null); // as before
  assert.equal(half.answer.figures.totals.value.value * 2 > 0, true);
});

test("what fails says so, and the next wish is served", async () => {
  const customers = await page();
  customers.read(new Blob([zipped.subarray(0, 9000)]));
  assert.equal((await customers.next("failure")).failure.code, "file");
  customers.read(new Blob([]));
  assert.equal((await customers.next("report")).report.status, "empty");
  customers.read(new Blob([Uint8Array.of(0x1f)]));
  assert.equal((await customers.next("report")).report.status, "header_only");
  customers.read(new Blob(["customer,date,amount\nA,2024-01-05,3\n"]));
  assert.deepEqual((await customers.next("failure")).failure, { code: "step", detail: "none_usable" });
  customers.read(new Blob([plain]));
  assert.equal((await customers.next("report")).report.rows, 6919);
});

test("a file that will not fit is told of while it is read, and the next one is served", async () => {
  const engine = await CustomersEngine.load(readFileSync(new URL("build/customers-tinygo.wasm", root)));
  const wish: Wish = { serial: 1, input: { number: 1, tables: [large(40)], options: {} }, confirmed: true, settings: START, model: null, person: null, halted: true, sources: false, costs: [] };
  const seen: News[] = [];
  const told = await new Promise<News>((resolve) => {
    // The file is the first thousandth of what it says it is: 277 million rows.
    const planner = new Planner(engine, (one) => {
      if ("failure" in one) planner.wish({ ...wish, serial: 2, input: { number: 2, tables: [new Blob([plain])], options: {} } });
      if ("failure" in one) seen.push(one);
      if ("report" in one) resolve(one);
    }, textOf, (rows, share) => shortage(rows, share / 1000, Infinity));
    planner.wish(wish);
  });
  const [{ failure }] = seen as [Telling<"failure">];
  assert.equal(failure.code, "too_large");
  assert.equal(failure.shortage?.limit, 2 ** 32);
  assert.ok(Math.abs((failure.shortage?.rows ?? 0) / (40 * 6919 * 1000) - 1) < 0.1); // as long as its first part
  assert.equal("report" in told && told.report.rows, 6919);
});

test("another wish ends a reading at the next chunk", async () => {
  const customers = await page();
  customers.read(large(60));
  const { progress } = await customers.next("progress");
  assert.ok((progress.rows ?? Infinity) < 60 * 6919);
  customers.read(new Blob([plain]));
  assert.equal((await customers.next("report")).report.rows, 6919);
});

test("another wish ends a comparison: with shared memory within a piece, else after it", async () => {
  /** Where the comparison was over before the wish came, as on a machine whose other threads wait, a longer log is compared. */
  const change = async (times = 10): Promise<void> => {
    const customers = await page();
    customers.read(large(times));
    for (let progress: Progress | undefined; progress?.phase !== "choosing"; ({ progress } = await customers.next("progress")));
    customers.wish({ settings: { ...START, margin: 0.5 } });
    const { answer } = await customers.next("answer");
    if (answer.compared && times < 100) return change(times * 3);
    assert.deepEqual([answer.settings.margin, answer.compared], [0.5, false]);
  };
  await isolated(change);
  await change();
});

/** A log with so many customers that there is something to share: their days are drawn by a linear congruential generator. */
function shared(customers: number) {
  let state = 1;
  const draw = () => (state = (state * 48271) % 2147483647) / 2147483647; // Park & Miller, with the multiplier of 1993
  const date = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  const lines = ["customer,date,amount"];
  for (let id = 0; id < customers; id++) {
    let [day, pace] = [draw() * 700, 20 + 200 * draw() ** 2];
    do lines.push(`${id},${date(day)},${(5 + 40 * draw()).toFixed(2)}`);
    while ((day -= pace * Math.log(draw())) < 720 && draw() < 0.9);
  }
  return new Blob([lines.join("\n")]);
}

test("whoever does errands, the answers are the same to the last byte", async () => {
  const log = shared(11_000);
  const told: Buffer[] = [];
  // One worker; then 2 and 4, and one whose helper breaks
  for (const [helpers, broken] of [[0, false] as const, ...inTurn([[1, false], [3, false], [1, true]] as const, 1)]) {
    const customers = await page(helpers, broken);
    customers.read(log);
    await customers.next("answer"); // the first; while others are compared, another wish
    customers.wish({ settings: { ...START, margin: 0.5 } });
    await customers.next("answer");
    const { choice } = await customers.next("choice");
    assert.ok(choice.candidates.paretonbd.usable);
    const rest: News[] = [{ choice }];
    for (let one: News | undefined; one === undefined || !("resting" in one); rest.push(one)) one = await customers.next("serial");
    if (helpers === 0) assert.ok(rest.some((one) => "answer" in one && one.answer.summary.histories > 2 ** 13));
    told.push(serialize(rest));
  }
  for (const other of told.slice(1)) assert.ok(other.equals(told[0]), "another answer");
});

test("a crew ends with what it is at, and asks nobody again after a failure", async () => {
  const started: (Helper & { errands: number, ended: boolean })[] = [];
  const start = () => {
    const helper = { errands: -1, ended: false, onmessage: null, onerror: null, postMessage: () => void helper.errands++, terminate: () => (helper.ended = true) }; // -1: the module
    started.push(helper);
    return helper;
  };
  const crew = new Crew({} as WebAssembly.Module, start, 2);
  const give = () => crew.give(new Float64Array(1));
  const tell = (i: number, data: object) => started[i].onmessage?.({ data } as never);
  give();
  assert.ok(crew.free);
  give();
  assert.ok(!crew.free);
  assert.deepEqual(started.map(({ errands }) => errands), [0, 0]); // they have not begun
  tell(0, { held: true });
  tell(1, { held: true });
  tell(0, { outcome: Float64Array.of(7) });
  await crew.next();
  assert.deepEqual(crew.outcomes(), [Float64Array.of(7)]);
  give();
  assert.deepEqual(started.map(({ errands }) => errands), [2, 1]);
  const waited = crew.next();
  crew.stop();
  await waited;
  assert.ok(started.every(({ ended }) => ended) && !crew.busy && crew.free);
  give();
  tell(2, { failed: "no memory" });
  assert.ok(started[2].ended && !crew.free && !crew.busy);
  const none = new Crew({} as WebAssembly.Module, () => { throw new Error("no workers"); }, 2);
  none.give(new Float64Array(1));
  assert.ok(!none.free && !none.busy);
});

test("a device has as many helpers as it has cores beside the engine's, up to three, and none where memory is short", () => {
  assert.deepEqual([undefined, {}, { hardwareConcurrency: 1 }, { hardwareConcurrency: 2 }, { hardwareConcurrency: 16 }, { hardwareConcurrency: 4, deviceMemory: 2 }].map(helpersOf),
    [0, 0, 0, 1, 3, 0]);
});

test("a worker that is ended before it can be watched is given up, and one that has begun has all the time it needs", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const wire = () => ({ ended: false, postMessage: () => {}, terminate() { this.ended = true; }, onmessage: null, onerror: null, onmessageerror: null }) as Wire & { ended: boolean };
  const [silent, slow] = [wire(), wire()];
  try {
    const refused = assert.rejects(connect(silent, "", { onNews: () => {} }), { name: "WorkerEnded", message: "The worker has not begun." });
    const served = connect(slow, "", { onNews: () => {} });
    const tell = (data: object) => slow.onmessage?.call(slow as never, { data } as never);
    mock.timers.tick(60_000);
    tell({ held: true });
    mock.timers.tick(600_000);
    await refused;
    tell({ loaded: true });
    await served;
    assert.deepEqual([silent.ended, slow.ended], [true, false]);
  } finally {
    mock.timers.reset();
  }
});

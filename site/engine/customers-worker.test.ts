// The worker's protocol on a real thread: Node's, with the few lines that make it a browser's.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { START } from "../customers/settings.ts";
import { CustomersEngine, Ids } from "./customers.ts";
import { isolated, start } from "../test/thread.ts";
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
async function page() {
  const news: News[] = [];
  const waiting = new Set<() => void>();
  const customers = await start({
    onNews: (one) => {
      news.push(one);
      for (const look of waiting) look();
    },
  });
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

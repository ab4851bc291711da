// The session of the customers page against the real engine, on a real thread.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { Session } from "../customers/session.ts";
import { MAX_MODEL_BYTES } from "../engine/customers.ts";
import { START, costsOf, costsText, pairOf, pairText, readSettings, showOf, showText, withSettings, writeSettings } from "../customers/settings.ts";
import { required } from "../base/certain.ts";
import { why } from "../customers/why.ts";
import { isolated, start } from "./thread.ts";
import type { State } from "../customers/state.ts";
import type { Store } from "../customers/store.ts";

const zipped = readFileSync(new URL("../../core/orders/testdata/CDNOW_sample.txt.gz", import.meta.url));
const plain = gunzipSync(zipped).toString("latin1");

/** How long anything may take on a busy machine, in milliseconds. */
const PATIENCE = 60_000;

const open = (given: Partial<ConstructorParameters<typeof Session>[0]> = {}) => new Session({ start, ...given });

const drop = (session: Session, file: Blob = new Blob([zipped]), name = "orders.csv") => session.ask({ what: "open", file, name, kind: "file" });

/** The state, once it is as it should be. */
function when(session: Session, is: (state: State) => unknown): Promise<State> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not within ${PATIENCE} ms: ${session.state.phase}`)), PATIENCE);
    let stop = () => {};
    stop = session.subscribe((state) => {
      if (!is(state)) return;
      clearTimeout(late);
      queueMicrotask(() => stop());
      resolve(state);
    });
  });
}

const answered = ({ phase, pending }: State) => phase === "ready" && pending === null;
const complete = (state: State) => answered(state) && state.pictures.calibration !== null && state.progress === null;

/** CDNOW many times over, each time with other customers. */
const large = (times: number) => new Blob(Array.from({ length: times }, (_, i) => plain.replace(/^ (\d{5}) (\d{4})/gm, ` $1 ${String(i).padStart(3, "0")}$2`)));

test("a first answer comes from one model, the last from the one that predicts best; all pictures follow", async () => {
  const session = open();
  drop(session);
  const first = await when(session, answered);
  assert.equal(first.model?.origin, "first");
  assert.equal(first.table?.length, 2357);
  const last = await when(session, complete);
  assert.equal(last.model?.origin, "recommended");
  assert.equal(last.model?.kind, last.choice?.recommended);
  assert.ok(last.warnings);
  for (const picture of Object.values(last.pictures)) assert.ok(picture);
  assert.equal(last.table?.columns.next_order_days.length, 2357);
  await explained(session, required(last.table, "table"), required(last.model, "model"));
});

/** Why customers are worth that: the product of the factors is the value, and the money of an order is as Fader, Hardie & Lee (2005), equation 5, weigh it. */
async function explained(session: Session, { columns: c, length }: NonNullable<State["table"]>, { file: { spend } }: NonNullable<State["model"]>) {
  const near = (got: number, want: number, what: string) => assert.ok(Math.abs(got - want) <= 1e-9 * Math.abs(want), `${what}: ${got} for ${want}`);
  const stakes = Array.from(c.clv, (value, row) => value / c.p_alive[row]).sort((a, b) => b - a);
  const rows = [0, 1].map((once) => c.orders.findIndex((n) => (once ? n === 1 : n > 4)));
  for (const row of [...rows, c.rank.indexOf(1)]) {
    session.ask({ what: "person", row });
    const { table, person, settings } = await when(session, (state) => state.person?.row === row);
    const of = why(required(table, "table"), required(person, "person"), settings, spend);
    near(of.chance * of.orders * of.each * of.margin * of.discounted, c.clv[row], "product");
    assert.ok(of.discounted > 0.9 && of.discounted < 1, `${of.discounted} is left of a year at 10%`);
    const amounts = Array.from(required(person, "person").history.amounts).slice(spend.mean_of === "all_orders" ? 0 : 1);
    const mean = amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length;
    const { p, q, gamma } = spend;
    near(of.each, amounts.length ? (p * (gamma + amounts.length * mean)) / (p * amounts.length + q - 1) : (p * gamma) / (q - 1), "money of an order");
    const { own, weight, all } = required(of.average, "average");
    near(weight * (own ?? 0) + (1 - weight) * all, of.each, "weights");
    near(stakes[of.place - 1], of.stake, "place");
    const share = (of.place - 0.5) / length;
    assert.ok(of.cut.risk === null || (share > of.cut.from - 1 / length && share < of.cut.to + 1 / length), `${share} is in ${JSON.stringify(of.cut)}`);
  }
}

// Fader, Hardie & Lee (2005): the 1/10 sample of CDNOW at week 39, r 0.243, alpha 4.414, a 0.793, b 2.426.
test("CDNOW with its last 39 weeks held out gives the published parameters", async () => {
  const session = open({ settings: { kind: "bgnbd", holdout_days: 273 } });
  drop(session);
  const { model, summary } = await when(session, answered);
  assert.equal(model?.origin, "picked");
  assert.deepEqual([summary?.end, summary?.observed_to], [10134, 10407]);
  const { r, alpha, a, b } = (model as NonNullable<State["model"]>).file.parameters;
  for (const [got, want] of [[r, 0.243], [alpha, 4.414], [a, 0.793], [b, 2.426]]) assert.ok(Math.abs(got - want) < 0.0005, `${got} for ${want}`);
});

test("what a change does not touch stays; numbers of two settings are never in one state", async () => {
  const session = open();
  drop(session);
  const before = await when(session, complete);
  session.subscribe((state) => {
    // A margin of a half halves every value, to the last bit.
    if (state.totals && before.totals) assert.equal(state.totals.value.value, before.totals.value.value * state.settings.margin);
  });
  session.ask({ what: "settings", settings: { margin: 0.25 } });
  session.ask({ what: "settings", settings: { margin: 0.5 } });
  assert.equal(session.state.pending?.margin, 0.5);
  assert.equal(session.state.settings.margin, 1);
  const after = await when(session, (state) => answered(state) && state.settings.margin === 0.5);
  assert.equal(after.pictures.tracking, before.pictures.tracking);
  assert.equal(after.model?.candidate, before.model?.candidate);
  assert.ok(after.table?.columns.next_order_days.length);
});

test("a currency is the display's and moves no number; bounds hold", async () => {
  const session = open();
  drop(session);
  const { totals } = await when(session, answered);
  session.ask({ what: "settings", settings: { currency: "EUR" } });
  assert.equal(session.state.settings.currency, "EUR");
  assert.equal(session.state.totals, totals);
  session.ask({ what: "settings", settings: { margin: 7 } });
  session.ask({ what: "settings", settings: { horizon_days: Number.NaN } });
  assert.equal(session.state.pending, null);
});

test("a file that names its currency is in it, whatever the address says; a choice made on the page stands for this file alone", async () => {
  const priced = (code: string) => new Blob([plain.trim().split("\n").map((line) => line.trim().split(/\s+/)).reduce((text, [id, , day, , amount]) => `${text}${id},${day},${amount},${code}\n`, "customer,date,amount,currency\n")]);
  const session = open({ settings: { currency: "GBP" } });
  drop(session);
  assert.equal((await when(session, answered)).settings.currency, "GBP"); // the file names none
  drop(session, priced("EUR"));
  await when(session, (state) => answered(state) && state.settings.currency === "EUR");
  session.ask({ what: "settings", settings: { currency: "CHF" } });
  assert.equal(session.state.settings.currency, "CHF");
  drop(session, priced("SEK"));
  await when(session, (state) => answered(state) && state.settings.currency === "SEK");
});

test("another model is picked, and the first one is back without being fitted again", async () => {
  const session = open();
  drop(session);
  const auto = await when(session, complete);
  session.ask({ what: "settings", settings: { kind: "paretonbd" } });
  const picked = await when(session, (state) => answered(state) && state.model?.kind === "paretonbd");
  assert.equal(picked.model?.origin, "picked");
  assert.notEqual(picked.totals?.value.value, auto.totals?.value.value);
  session.ask({ what: "settings", settings: { kind: "auto" } });
  const again = await when(session, (state) => answered(state) && state.settings.kind === "auto");
  assert.deepEqual(again.totals, auto.totals);
});

test("a model file scores like the model that it was made of; one that is none is refused", async () => {
  const session = open();
  drop(session);
  const { model, totals } = await when(session, complete);
  const file = new Blob([model?.text ?? ""]);
  session.ask({ what: "model_file", file });
  // The ranges follow once earlier forecasts were made with it too.
  const same = (state: State) => state.model?.origin === "file" && JSON.stringify(state.totals) === JSON.stringify(totals);
  await when(session, same);
  for (const [content, fault, what] of [
    ["{", "not_json"], [" ".repeat(MAX_MODEL_BYTES + 1), "too_large"], [model?.text.replace('"version": 1', '"version": 9'), "unknown_version", "9"],
  ] as const) {
    session.ask({ what: "model_file", file: new Blob([content ?? ""]) });
    const { failure } = await when(session, (state) => state.failure?.detail === fault);
    assert.equal(failure?.code, "model_file");
    if (what) assert.equal(failure?.what, what);
  }
  await when(session, same);
});

test("one customer's history, also while the models are being compared", async () => {
  await isolated(async () => {
    const session = open();
    drop(session);
    await when(session, answered);
    assert.equal(session.state.view, "overview");
    session.ask({ what: "person", row: 3 });
    assert.equal(session.state.view, "customers");
    const { person, table } = await when(session, (state) => state.person);
    assert.equal(person?.history.days.length, table?.columns.orders[3]);
    await when(session, complete);
    session.ask({ what: "person", row: 4 });
    const after = await when(session, (state) => state.person?.row === 4);
    assert.equal(after.person?.history.days.at(-1), table?.columns.last_day[4]);
  });
});

test("a preview stands before a large file is read to its end; a cancel ends the reading", async () => {
  const session = open();
  drop(session, large(60));
  const { report, phase } = await when(session, (state) => state.report);
  assert.equal(phase, "reading");
  assert.ok(report && report.preview.length > 0 && report.rows < 60 * 6919);
  session.ask({ what: "cancel" });
  assert.equal(session.state.phase, "empty");
  drop(session);
  assert.equal((await when(session, answered)).table?.length, 2357);
});

test("a cancel after the first answer keeps it and stops the rest, with shared memory and without", async () => {
  const cancel = async () => {
    const session = open();
    drop(session, large(10));
    await when(session, (state) => answered(state) && state.progress?.phase === "choosing");
    session.ask({ what: "cancel" });
    await when(session, (state) => state.progress === null);
    assert.equal(session.state.choice, null);
    assert.ok(session.state.totals);
    session.ask({ what: "settings", settings: { margin: 0.5 } });
    const later = await when(session, (state) => answered(state) && state.settings.margin === 0.5);
    assert.ok(later.totals);
    session.ask({ what: "close" });
  };
  await isolated(cancel);
  await cancel();
});

test("a file of which two readings are possible is asked about, and read again as told", async () => {
  const session = open();
  const rows = Array.from({ length: 300 }, (_, i) => `c${i % 40},0${1 + (i % 9)}/0${1 + ((i * 7) % 9)}/2024,${10 + (i % 5)}\n`);
  drop(session, new Blob(["customer,date,amount\n", ...rows]));
  const asked = await when(session, (state) => state.phase === "asking");
  assert.equal(asked.report?.date_ambiguous, true);
  session.ask({ what: "reading", reading: "date_order=day_first" });
  const read = await when(session, (state) => state.phase === "ready" || state.phase === "failed");
  assert.equal(read.report?.date_order, "day_first");
});

test("columns that are not recognised are asked for, and can be told", async () => {
  const session = open();
  drop(session, new Blob([plain.replace(/^ (\d{5}) (\d{4}) (\d{8}) +(\d+) +([\d.]+)/gm, "$1;foo;$3;$5").replace(/^/, "aa;bb;cc;dd\n")]));
  const asked = await when(session, (state) => ["asking", "ready"].includes(state.phase));
  session.ask({ what: "reading", reading: "column_id=aa&column_date=3&column_amount=4" });
  const read = await when(session, (state) => answered(state) && state.settings.reading !== "");
  assert.equal(read.table?.length, 2357);
  // The names say nothing that could not be a person's.
  assert.equal(read.settings.reading, "column_id=1&column_date=3&column_amount=4");
  assert.ok(asked.report);
});

for (const [what, bytes, detail] of [
  ["nothing", "", "empty"],
  ["a header alone", "customer,date,amount\n", "header_only"],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), "png"],
  ["a PDF", "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "pdf"],
  ["a zip archive", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0), "zip"],
] as [string, BlobPart, string][]) {
  test(`${what} is refused by name, and another file can follow`, async () => {
    const session = open();
    drop(session, new Blob([bytes]));
    const { failure } = await when(session, (state) => state.phase === "failed");
    assert.deepEqual(failure, { code: "unreadable", detail });
    drop(session);
    await when(session, answered);
  });
}

test("orders from which no model can learn fail with the report standing", async () => {
  const session = open();
  drop(session, new Blob(["customer,date,amount\n", "a,2024-01-01,5\n", "b,2024-01-02,6\n"]));
  const { failure, report } = await when(session, (state) => state.phase === "failed" || state.phase === "ready");
  assert.equal(report?.orders, 2);
  if (failure) assert.equal(failure.code, "step");
});

test("a worker that loses its memory fails with a code, and the next file is read", async () => {
  let lose = true;
  const session = open({
    start: async (listeners) => {
      const connection = await start(listeners);
      const lost = ({ serial }: { serial: number }) =>
        listeners.onNews({ serial, failure: { code: "no_memory", detail: "no more memory" } });
      return { ...connection, wish: (wish) => (lose ? lost(wish) : connection.wish(wish)) };
    },
  });
  drop(session);
  assert.equal((await when(session, (state) => state.phase === "failed")).failure?.code, "no_memory");
  lose = false;
  drop(session);
  await when(session, answered);
});

test("a worker that ends fails with a code, and the next file is read by another", async () => {
  let end: (message: string) => void = () => {};
  const session = open({
    start: (listeners) => {
      end = listeners.onEnd ?? end;
      return start(listeners);
    },
  });
  drop(session, large(40));
  await when(session, (state) => state.report);
  end("out of sight");
  assert.equal((await when(session, (state) => state.phase === "failed")).failure?.code, "lost");
  drop(session);
  await when(session, answered);
});

test("an engine that cannot be loaded is said, and asked for again with the next file", async () => {
  let fail = true;
  const session = open({ start: (options) => (fail ? Promise.reject(new Error("503")) : start(options)) });
  await session.prepare();
  drop(session);
  assert.equal((await when(session, (state) => state.phase === "failed")).failure?.code, "engine");
  fail = false;
  drop(session);
  await when(session, answered);
});

test("what is kept is restored: file, columns and settings; deleted, nothing is", async () => {
  let kept: Awaited<ReturnType<Store["load"]>> = null;
  const store: Store = {
    load: async () => kept,
    save: async (given) => void (kept = given),
    update: async (changes) => void (kept &&= { ...kept, ...changes }),
    clear: async () => void (kept = null),
  };
  const first = open({ store });
  drop(first);
  await when(first, answered);
  assert.equal(kept, null);
  first.ask({ what: "store", keep: true });
  await when(first, (state) => state.stored);
  first.ask({ what: "settings", settings: { margin: 0.5 } });
  const { totals } = await when(first, (state) => complete(state) && state.settings.margin === 0.5);
  const second = open({ store });
  await second.restore();
  const restored = await when(second, complete);
  assert.deepEqual([restored.settings.margin, restored.stored, restored.source?.kind], [0.5, true, "stored"]);
  assert.deepEqual(restored.totals, totals);
  second.ask({ what: "forget" });
  await when(second, (state) => !state.stored);
  assert.equal(kept, null);
});

test("settings stand in the address as they differ from the start; nonsense is left out", () => {
  const settings = withSettings(START, readSettings(new URLSearchParams("margin=0.4&horizon_days=730&kind=pareto&cac=&level=2&currency=EUR&utm=x")));
  assert.deepEqual(settings, { ...START, margin: 0.4, horizon_days: 730, currency: "EUR" });
  const query = new URLSearchParams("utm=x&margin=0.9");
  writeSettings(query, settings);
  const show = { segment: "at_risk" as const, decile: 2, ranges: { p_alive: [0.3, null] as [number, null], last_day: [null, 10_400] as [null, number] }, top: 500 };
  assert.deepEqual(showOf(showText(show)), show);
  assert.deepEqual(showOf("segment=nobody&decile=11&clv=x..&orders=3&top=0"), { segment: null, decile: null, ranges: { clv: [null, null] }, top: null });
  assert.equal(query.toString(), "utm=x&margin=0.4&horizon_days=730&currency=EUR");
});

test("costs and a pair are texts of the settings, and come back", () => {
  const costs = [{ group: "Paid & social", amount: 1200.5 }, { group: "検索=1", amount: 3 }];
  assert.deepEqual(costsOf(costsText(costs)), costs);
  assert.deepEqual(costsOf("a=-1&b=x&c=Infinity&d=&e=2"), [{ group: "e", amount: 2 }]);
  assert.equal(costsText([{ group: "x".repeat(5000), amount: 1 }]), "", "too long for an address");
  assert.deepEqual(pairOf(pairText([null, "a&b"])), [null, "a&b"]);
  assert.deepEqual(pairOf(""), [null, null]);
});

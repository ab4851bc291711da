// Campaigns before and after, against shops and letters that are played out one by one: their truth is known, and the engine has no part in it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  type Campaign, type Group, anywayOf, audienceOf, bestOf, heldOut, holdoutOf, leastUplift, outcomeOf, pacesOf, profitPath, sizeFor, upliftOf,
} from "../customers/plan.ts";
import type { Table } from "../customers/state.ts";
import { columns } from "../engine/customers.gen.mjs";
import { CustomersEngine } from "../engine/customers.ts";
import { value } from "./valued.ts";

/** Numbers that are no one's, but always the same. */
function random(seed: number) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const next = random(20261130);
const near = (got: number, want: number, tolerance: number, what = "") => assert.ok(Math.abs(got - want) <= tolerance, `${what} ${got}, not ${want}`);

/** A gamma variable of a whole shape. */
const gamma = (shape: number) => Array.from({ length: shape }, () => -Math.log(1 - next())).reduce((a, b) => a + b, 0);

/** Days of a customer's orders: exponential gaps, and after each order, the first too, a chance to stay away for good. */
function daysOf(end: number, gap: number, leave: number) {
  const days = [Math.floor(next() * 650)];
  let at = days[0];
  while (next() >= leave) {
    at += -gap * Math.log(1 - next());
    if (at > end) break;
    if (Math.floor(at) > days[days.length - 1]) days.push(Math.floor(at));
  }
  return days;
}

const END = 730;
const WINDOW = 30;

/** A shop, what the engine says of it at its end, and who ordered in the days after. */
async function shop() {
  const lines = ["customer,date,amount"];
  const came: boolean[] = [];
  for (let i = 0; i < 6000; i++) {
    const days = daysOf(END + WINDOW, 120 / gamma(2), 0.05 + 0.4 * next());
    for (const day of days.filter((d) => d <= END)) lines.push(`C${i},${new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10)},40`);
    came.push(days.some((d) => d > END));
  }
  lines.push(`last,${new Date(Date.UTC(2023, 0, 1 + END)).toISOString().slice(0, 10)},40`); // the list ends that day
  const engine = await CustomersEngine.load(readFileSync(new URL("../../build/customers-tinygo.wasm", import.meta.url)));
  value(engine, Buffer.from(lines.join("\n")), { horizon_days: 365, annual_discount: 0.1, margin: 0.5, pick: "mbgnbd", next_orders: true });
  const all = engine.columns(Object.keys(columns) as (keyof typeof columns)[]); // the wire's names
  const table: Table = { length: all.rank.length, ids: engine.ids(), columns: all };
  return { table, came: Array.from({ length: table.length }, (_, row) => table.ids.at(row) !== "last" && came[Number(table.ids.at(row).slice(1))]) };
}

test("as many order anyway as is said, of all and of those who are slipping", async () => {
  const { table, came } = await shop();
  const { p_alive } = table.columns;
  const pace = pacesOf(table, 365);
  for (const [name, among] of Object.entries({ all: [0, 1], slipping: [0.2, 0.7], lost: [0, 0.2], active: [0.9, 1] })) {
    let [said, were, variance] = [0, 0, 0];
    for (let row = 0; row < table.length; row++) {
      if (p_alive[row] < among[0] || p_alive[row] > among[1]) continue;
      const chance = anywayOf(p_alive[row], pace[row], WINDOW);
      said += chance;
      variance += chance * (1 - chance);
      were += Number(came[row]);
    }
    // Four standard deviations of chance, and a tenth: the model is not the shop's.
    near(said, were, 4 * Math.sqrt(variance) + 0.1 * were, name);
  }
});

/** A list of three, by hand: horizon 100 days; at a pace of a tenth a day for the offer's ten, 1 - 1/e order anyway. Next orders are not known yet. */
const three = (): Table => ({
  length: 3,
  ids: { at: String } as unknown as Table["ids"], // no ids are asked for
  columns: { clv: new Float64Array([50, 30, 0]), p_alive: new Float64Array([0.5, 1, 0]), expected_orders: new Float64Array([0, 10, 0]), next_order_days: new Float64Array() } as unknown as Table["columns"], // those three alone
});

test("the best are first, each letter pays, and the parts add up", () => {
  const campaign: Campaign = { response: 0.1, contact: 1, incentive: 2, days: 10, holdout: 0 };
  const audience = audienceOf(three(), pacesOf(three(), 100), [2, 1, 0], campaign);
  // 0.1 (100 - 2) - 1 = 8.8; 0.1 (30 - 2) - 2 (1 - 1/e) - 1 = 0.5358; 0.1 (0 - 2) - 1 = -1.2.
  assert.deepEqual([...audience.rows], [0, 1, 2]);
  near(audience.anyway[1], 1 - Math.exp(-1), 1e-12);
  assert.equal(bestOf(audience, campaign), 2);
  near(outcomeOf(audience, campaign, 2).profit, 8.8 + 0.1 * 28 - 2 * (1 - Math.exp(-1)) - 1, 1e-12);
  // The second's next order is as likely as not by day 7: ln 2 / 7 a day.
  const columns = { ...three().columns, next_order_days: new Float64Array([0, 7, 0]) };
  near(pacesOf({ length: 3, columns }, 100)[1], Math.log(2) / 7, 1e-12);
});

test("letters that are played out bring the profit that is said", () => {
  const n = 4000;
  const table = {
    length: n, ids: { at: String } as unknown as Table["ids"],
    columns: { clv: Float64Array.from({ length: n }, () => 60 * next()), p_alive: Float64Array.from({ length: n }, () => 0.2 + 0.6 * next()), expected_orders: Float64Array.from({ length: n }, () => 3 * next()), next_order_days: new Float64Array() },
  } as unknown as Table; // those three alone
  const campaign: Campaign = { response: 0.05, contact: 2, incentive: 6, days: 30, holdout: 0.2 };
  const audience = audienceOf(table, pacesOf(table, 365), Uint32Array.from({ length: n }, (_, i) => i), campaign);
  const best = bestOf(audience, campaign);
  assert.ok(best > 200 && best < n - 200, String(best));
  const outcome = outcomeOf(audience, campaign, best);
  assert.equal(outcome.letters, best - heldOut(best, 0.2));
  near(outcome.profit, outcome.margin - outcome.contact - outcome.incentive - outcome.given, 1e-9);
  // No list is better: those of one more and one fewer, and the whole path.
  for (const path of [profitPath(audience, campaign, 0.05, n)]) for (const { profit } of path) assert.ok(profit <= outcome.profit * (1 + 1e-3));
  for (const response of [0.025, 0.05, 0.1]) {
    const rounds = 300;
    let [sum, squares] = [0, 0];
    for (let r = 0; r < rounds; r++) {
      let profit = 0;
      for (let i = 0; i < best; i++) {
        if (next() < 0.2) continue; // held out
        const row = audience.rows[i];
        const { clv, p_alive, expected_orders } = table.columns;
        profit -= 2;
        if (next() < response) profit += clv[row] / p_alive[row] - 6;
        if (next() < p_alive[row] && -Math.log(1 - next()) < ((expected_orders[row] / p_alive[row]) * 30) / 365) profit -= 6;
      }
      [sum, squares] = [sum + profit, squares + profit * profit];
    }
    const mean = sum / rounds;
    near(outcomeOf(audience, campaign, best, response).profit, mean, 4 * Math.sqrt((squares / rounds - mean * mean) / rounds), `at ${response}`);
  }
});

test("nobody is written to where no letter pays, and a list of one holds nobody out", () => {
  const campaign: Campaign = { response: 0.01, contact: 5, incentive: 0, days: 30, holdout: 0.1 };
  const audience = audienceOf(three(), pacesOf(three(), 100), [0, 1, 2], campaign);
  assert.equal(bestOf(audience, campaign), 0);
  assert.deepEqual(outcomeOf(audience, campaign, 0), { listed: 0, letters: 0, responders: 0, margin: 0, contact: 0, incentive: 0, given: 0, anyway: 0, profit: 0 });
  assert.deepEqual([heldOut(0, 0.1), heldOut(1, 0.5), heldOut(2, 0.1), heldOut(100, 0), heldOut(573, 0.1)], [0, 0, 1, 0, 57]);
  const path = profitPath(audience, campaign, 0.01);
  assert.deepEqual([path[0].listed, path[path.length - 1].listed], [0, 3]);
});

/** Whether the test of two shares tells them apart (Pearson's, the variances of each group). */
function apart(p: number, q: number, n: number, m: number) {
  const draw = (share: number, of: number) => Array.from({ length: of }, () => Number(next() < share)).reduce((a, b) => a + b, 0) / of;
  const [a, b] = [draw(p, n), draw(q, m)];
  return Math.abs(a - b) > 1.96 * Math.sqrt((a * (1 - a)) / n + (b * (1 - b)) / m);
}

test("groups as large as is said show the uplift four times in five", () => {
  // By hand: base 7.33 %, uplift 4 points: 7.8489 (0.067926 + 0.100497) / 0.0016 = 826.2.
  assert.equal(sizeFor(0.0733, 0.04), 827);
  assert.equal(sizeFor(0.1, 0), null);
  for (const [base, uplift] of [[0.07, 0.04], [0.2, 0.1]]) {
    const size = sizeFor(base, uplift) as number; // there is one
    const rounds = 800;
    let seen = 0;
    for (let r = 0; r < rounds; r++) seen += Number(apart(base + uplift, base, size, size));
    near(seen / rounds, 0.8, 0.06, "seen"); // four deviations of 800 rounds
    near(leastUplift(base, size, size) as number, uplift, 1e-3, "the other way round");
  }
  assert.equal(leastUplift(0.5, 1, 1), null);
  assert.equal(leastUplift(0.1, 500, 0), null);
});

test("the interval of an uplift holds the truth in 95 of 100 campaigns", () => {
  const group = (n: number, share: number): Group => {
    const spend = { sum: 0, squares: 0 };
    let ordered = 0;
    for (let i = 0; i < n; i++) {
      if (next() >= share) continue;
      ordered++;
      const amount = 10 * gamma(4); // 40 on average
      spend.sum += amount;
      spend.squares += amount * amount;
    }
    return { customers: n, ordered, spend };
  };
  for (const [p, q, n, m] of [[0.11, 0.07, 500, 60], [0.05, 0.05, 900, 300], [0.3, 0.2, 200, 200]]) {
    const rounds = 2000;
    let [rate, spend, shown] = [0, 0, 0];
    for (let r = 0; r < rounds; r++) {
      const uplift = upliftOf(group(n, p), group(m, q));
      if (!uplift?.spend) throw new Error("no uplift");
      rate += Number(uplift.rate.low <= p - q && p - q <= uplift.rate.high);
      spend += Number(uplift.spend.low <= 40 * (p - q) && 40 * (p - q) <= uplift.spend.high);
      shown += Number(uplift.shown);
    }
    assert.ok(rate / rounds > 0.935 && rate / rounds < 0.98, `rate ${rate / rounds}`);
    assert.ok(spend / rounds > 0.9 && spend / rounds < 0.975, `spend ${spend / rounds}`); // few orders of a small holdout: money is skewed
    if (p === q) assert.ok(shown / rounds < 0.065, `an effect that is not there is shown in ${shown / rounds}`);
  }
  assert.equal(upliftOf({ customers: 0, ordered: 0, spend: null }, { customers: 5, ordered: 1, spend: null }), null);
  assert.equal(upliftOf({ customers: 9, ordered: 1, spend: null }, { customers: 5, ordered: 1, spend: null })?.spend, null);
});

/** Native answers of the calculations that have this page's mathematics in Go, without notices: internal/golden. */
type Golden = { id: string, in: number[], out: number[] };
const golden: Golden[] = JSON.parse(readFileSync(new URL("../../build/golden.json", import.meta.url), "utf8"));
const answered = (id: string) => golden.filter((c) => c.id === id && c.out[0] === 0 && c.out[1] === 0).map(({ in: stream, out }) => ({ stream, figures: out.slice(2) }));

/** Reads a stream: lists begin with their length. */
function reader(stream: number[]) {
  let at = 0;
  const figure = () => stream[at++];
  return { figure, list: () => Array.from({ length: figure() }, figure) };
}

test("the engine's calculation says the same of a campaign", () => {
  let told = 0;
  for (const { stream, figures: got } of answered("customers/campaign")) {
    const { figure, list } = reader(stream);
    const [clv, p_alive, expected_orders, next_order_days] = [list(), list(), list(), list()];
    const n = clv.length;
    if (next_order_days.length < n) continue; // the page has them
    const table = { length: n, ids: { at: String } as unknown as Table["ids"], columns: { clv, p_alive, expected_orders, next_order_days } } as unknown as Table; // those four alone
    const horizon = figure();
    const [response, contact, incentive, days, holdout] = [figure(), figure(), figure(), figure(), figure()];
    const campaign: Campaign = { response, contact, incentive, days, holdout };
    const audience = audienceOf(table, pacesOf(table, horizon), Uint32Array.from({ length: n }, (_, i) => i), campaign);
    const best = bestOf(audience, campaign);
    const at = (times: number, listed: number) => outcomeOf(audience, campaign, listed, Math.min(1, response * times));
    const o = at(1, best);
    const base = best > 0 ? audience.anyway.subarray(0, best).reduce((a, b) => a + b, 0) / best : 0;
    const want = [best, o.letters, best - o.letters, o.profit, at(0.5, best).profit, at(2, best).profit, at(1, n).profit, o.responders, o.margin, o.contact, o.incentive, o.anyway, o.given, base,
      leastUplift(base, o.letters, best - o.letters), sizeFor(base, response), n];
    want.forEach((one, i) => one !== null && near(got[i], one, 1e-9 * Math.max(1, Math.abs(one)), `figure ${i}`));
    audience.rows.forEach((row, place) => near(got[want.length + 5 * row], place + 1, 0, `rank of ${row}`));
    told++;
  }
  assert.ok(told > 40, `${told} campaigns`);
});

test("and of what it changed", () => {
  let told = 0;
  for (const { stream, figures: got } of answered("customers/uplift")) {
    const { figure, list } = reader(stream);
    const [customers, ordered, held, came] = [figure(), figure(), figure(), figure()];
    const [spends, others, level] = [list(), list(), figure()];
    if (level !== 0.95) continue; // the page's
    const group = (customers: number, ordered: number, spend: number[]): Group => ({ customers, ordered, spend: { sum: spend.reduce((a, b) => a + b, 0), squares: spend.reduce((a, b) => a + b * b, 0) } });
    const uplift = upliftOf(group(customers, ordered, spends), group(held, came, others));
    const { rate, spend, shown } = uplift ?? {};
    const want = [rate?.value, rate?.low, rate?.high, Number(shown), undefined, ...(spends.length + others.length > 0 ? [spend?.value, spend?.low, spend?.high] : [])];
    want.forEach((one, i) => one !== undefined && near(got[2 + i], one, 1e-9 * Math.max(1, Math.abs(one)), `figure ${i}`));
    told++;
  }
  assert.ok(told > 0, `${told} campaigns`);
});

test("a holdout is drawn by lot, and the same each time", () => {
  const ids = Array.from({ length: 5000 }, (_, i) => `c${i}@example.com`);
  const out = holdoutOf(ids, 0.1);
  assert.equal(out.filter(Boolean).length, 500);
  assert.deepEqual(holdoutOf(ids, 0.1), out);
  // Neighbours and halves fall in as often as others: each half holds 250, five deviations of 15.
  near(out.slice(0, 2500).filter(Boolean).length, 250, 75);
  near(out.filter((_, i) => i % 2 === 0).filter(Boolean).length, 250, 75);
});

// What has changed since an earlier day, of a shop whose truth is known: every rate, and the day on which everybody left, are
// drawn here, and what came is counted here from the rows. The engine and the page count again.
import assert from "node:assert/strict";
import test from "node:test";
import { required } from "../base/certain.ts";
import { customersCsvParts } from "../customers/csv.ts";
import { Session } from "../customers/session.ts";
import { sinceOf, sinceText } from "../customers/settings.ts";
import { dayOf, held, readLast } from "../customers/since.ts";
import type { Changes, State } from "../customers/state.ts";
import { random } from "./table.ts";
import { start } from "./thread.ts";

const PATIENCE = 120_000;
const DAY = 86_400_000;
const FIRST = Date.UTC(2024, 0, 1) / DAY;
const [THEN, NOW] = [FIRST + 500, FIRST + 590];
const CUSTOMERS = 900;
const STAY = 240; // mean days until somebody leaves

interface Customer { id: string, rate: number, left: number, days: number[], paid: number[] }

/** Everybody orders at a rate of their own, Poisson, until they leave after an exponential time: Schmittlein, Morrison & Colombo (1987). */
function shop(): Customer[] {
  const next = random(20261130);
  const exponential = (mean: number) => -mean * Math.log(1 - next());
  return Array.from({ length: CUSTOMERS }, (_, i) => {
    const rate = 1 / (12 + 60 * next());
    const first = FIRST + Math.floor(next() * (NOW - FIRST - 20));
    const [left, price] = [first + exponential(STAY), 20 + 60 * next()];
    const days = [first];
    for (let at = first + exponential(1 / rate); at < Math.min(left, NOW + 1); at += exponential(1 / rate)) {
      if (Math.floor(at) > days[days.length - 1]) days.push(Math.floor(at));
    }
    return { id: `c${i}`, rate, left, days, paid: days.map(() => Math.round(100 * price * (0.5 + next())) / 100) };
  });
}

const csvOf = (customers: Customer[]) =>
  new Blob(["customer,date,amount\n", ...customers.flatMap(({ id, days, paid }) => days.map((day, i) => `${id},${sinceText(day)},${paid[i]}\n`))]);

/** The state, once it is as it should be. */
function when(session: Session, is: (state: State) => unknown): Promise<State> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not within ${PATIENCE} ms: ${JSON.stringify([session.state.phase, session.state.failure, session.state.since])}`)), PATIENCE);
    session.subscribe((state) => is(state) && (clearTimeout(late), resolve(state)));
  });
}

const open = async (file: Blob) => {
  const session = new Session({ start });
  session.ask({ what: "open", file, name: "orders.csv", kind: "file" });
  await when(session, (s) => s.phase === "ready" && s.pictures.calibration !== null && s.progress === null);
  return session;
};

const changes = async (session: Session) => required((await when(session, (s) => s.since?.done)).since?.changes, "changes");

test("since last time: what came, who is new, who is at risk and who is back, of a shop whose truth is known", async () => {
  const customers = shop();
  const known = customers.filter(({ days }) => days[0] <= THEN);
  const since = known.map(({ days, paid }) => days.flatMap((day, i) => (day > THEN ? [paid[i]] : [])));
  const came = since.reduce((sum, orders) => sum + orders.length, 0);
  const revenue = since.flat().reduce((sum, amount) => sum + amount, 0);
  // Who is still there has that many more orders in expectation: rate times the mean time until they leave or the list ends.
  const truth = known.filter(({ left }) => left > THEN).reduce((sum, { rate }) => sum + rate * STAY * (1 - Math.exp(-(NOW - THEN) / STAY)), 0);

  const session = await open(csvOf(customers));
  const end = required(session.state.report, "report").last_day;
  session.ask({ what: "settings", settings: { since: sinceText(THEN) } });
  session.ask({ what: "view", view: "since" });
  const told = await changes(session);
  assert.deepEqual([told.day, told.end, told.customers, told.orders.came], [THEN, end, known.length, came]);
  assert.ok(Math.abs(required(told.spend, "spend").came - revenue) < 1e-6 * revenue, `${told.spend?.came} for ${revenue}`); // the sum of cents, in another order
  assert.ok(told.orders.low < truth && truth < told.orders.high, `${told.orders.low} to ${told.orders.high} for ${truth}`);
  assert.equal(held(told.orders), came < told.orders.low ? "below" : came > told.orders.high ? "above" : "held");
  const fresh = customers.filter(({ days }) => days[0] > THEN);
  assert.deepEqual(told.newcomers, { customers: fresh.length, orders: fresh.reduce((sum, { days }) => sum + days.length, 0) });

  // Who is said to be back has ordered; who has become a risk has left far more often than the others of those who were there.
  const ids = required(session.state.table, "table").ids;
  const of = (rows: Uint32Array) => Array.from(rows, (row) => required(customers.find(({ id }) => id === ids.at(row)), "customer"));
  const [slipped, returned] = [of(told.slipped), of(told.returned)];
  assert.ok(slipped.length > 10 && returned.length > 10, `${slipped.length} became a risk, ${returned.length} are back`);
  assert.ok(returned.every(({ days }) => days.some((day) => day > THEN) && days[0] <= THEN));
  const gone = (list: Customer[]) => list.filter(({ left }) => left <= NOW).length / list.length;
  const active = known.filter(({ days }) => days.some((day) => day > THEN));
  assert.ok(gone(slipped) > 0.5 && gone(slipped) > gone(active), `${gone(slipped)} of who became a risk have left, ${gone(active)} of who ordered`);
  await sameFromFiles(session, customers, told);
});

/** What last time's files say: the list its day, by the orders since, and the model file its day and its model. */
async function sameFromFiles(session: Session, customers: Customer[], told: Changes) {
  const before = await open(csvOf(customers.map((one) => ({ ...one, days: one.days.filter((day) => day <= THEN) })).filter(({ days }) => days.length > 0)));
  const { table, model } = before.state;
  const list = Array.from(customersCsvParts(required(table, "table"), Array.from({ length: required(table, "table").length }, (_, i) => i), { money: true })).join("");
  session.ask({ what: "last", file: new Blob([list]) });
  const state = await when(session, (s) => s.since?.done && s.settings.since !== "");
  const lastOrder = Math.max(...customers.flatMap(({ days }) => days.filter((day) => day <= THEN)));
  assert.ok(Math.abs(required(sinceOf(state.settings.since), "day") - lastOrder) <= 1, `${state.settings.since} for ${sinceText(lastOrder)}`); // whoever ordered on that day may all have ordered again
  session.ask({ what: "last", file: new Blob([required(model, "model").text]) });
  const again = await changes(session);
  assert.deepEqual([again.day, again.orders.came], [required(before.state.report, "report").last_day, told.orders.came]);
  assert.ok(Math.abs(again.orders.expected / told.orders.expected - 1) < 1e-3, `${again.orders.expected} for ${told.orders.expected}`); // the same orders, fitted twice
  for (const [file, fault] of [["id,orders\nnobody,3\n", "foreign"], ["a,b\n1,2\n", "unreadable"], ["{}", "unreadable"]]) {
    session.ask({ what: "last", file: new Blob([file]) });
    await when(session, (s) => s.since?.fault === fault);
  }
  session.ask({ what: "settings", settings: { since: sinceText(NOW + 9) } });
  await when(session, (s) => s.since?.fault === "no_time");
  assert.deepEqual(readLast("id,orders\n'+49 1,2\n"), { orders: new Map([["+49 1", 2]]) });
  assert.equal(await dayOf(new Map([["c0", 999]]), required(session.state.table, "table")), null);
}

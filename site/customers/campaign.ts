/**
 * What a campaign for a segment must bring to pay for itself: ratios of what the engine has worked out. The tests hold those
 * that are special cases of a calculation of the catalogue against it.
 */
import { keysOf } from "../base/certain.ts";
import { words } from "../engine/customers.gen.mjs";
import type { Totals } from "../engine/customers.ts";
import type { Settings, Table } from "./state.ts";

export type Segment = typeof words.segment[number];

/** A segment's customers. */
export interface Stake {
  customers: number;
  alive: number; // expected number still there
  gone: number; // expected number that has left
  spend: number; // past
  orders: number; // expected within the horizon
  expected_spend: number; // within the horizon
  value: number; // expected: discounted margin within the horizon
  stake: number; // what they would be worth if every one of them were still there: customers.AtStake
}

/** What a campaign counts its success in. */
type Goal = "win_back" | "keep" | "second_order" | "orders" | "friends";

/** A calculation of the catalogue. */
type Lever = "service" | "personalisation" | "cross-sell" | "upsell" | "sales-cycle" | "onboarding" | "referral";

export type Move = { lever: Lever, goal: Goal };

export type Cost = { per_customer: number, fixed: number };
export type Programme = { reward_rate: number, cost_per_member: number, rise: number };

export interface BreakEven {
  cost: number; // of the campaign
  each: number; // what one success is worth
  needed: number | null; // successes that pay for it; null where a success is worth nothing
  of: number; // how many there are to be had at most; Infinity where there is no limit
}

/** As the calculator's pages count. */
const DAYS_PER_YEAR = 365;

/** What suits a segment, the first first. */
export const MOVES: Record<Segment, Move[]> = {
  champion: [{ lever: "service", goal: "keep" }, { lever: "referral", goal: "friends" }, { lever: "upsell", goal: "orders" }],
  slipping_champion: [{ lever: "service", goal: "win_back" }, { lever: "personalisation", goal: "orders" }],
  lost_champion: [{ lever: "service", goal: "win_back" }],
  regular: [{ lever: "cross-sell", goal: "orders" }, { lever: "upsell", goal: "orders" }, { lever: "service", goal: "keep" }],
  slipping_regular: [{ lever: "personalisation", goal: "win_back" }, { lever: "sales-cycle", goal: "orders" }],
  lost_regular: [{ lever: "personalisation", goal: "win_back" }],
  occasional: [{ lever: "sales-cycle", goal: "orders" }, { lever: "cross-sell", goal: "orders" }],
  slipping_occasional: [{ lever: "personalisation", goal: "win_back" }],
  lost_occasional: [{ lever: "personalisation", goal: "win_back" }],
  newcomer: [{ lever: "onboarding", goal: "second_order" }, { lever: "cross-sell", goal: "orders" }],
};

/** Good customers who are slipping: whom to call first. */
export const SLIPPING: Segment[] = ["slipping_champion", "slipping_regular"];

/** Every segment's stake, by its index. */
export function stakesOf({ length, columns }: Table): Stake[] {
  const out = words.segment.map(nothing);
  const { segment, spend, p_alive, expected_orders, expected_spend, clv } = columns;
  for (let row = 0; row < length; row++) {
    const s = out[segment[row]];
    const alive = p_alive[row];
    s.customers++;
    s.alive += alive;
    s.gone += 1 - alive;
    s.spend += spend[row];
    s.orders += expected_orders[row];
    s.expected_spend += expected_spend[row];
    s.value += clv[row];
    s.stake += alive > 0 ? clv[row] / alive : 0;
  }
  return out;
}

const nothing = (): Stake => ({ customers: 0, alive: 0, gone: 0, spend: 0, orders: 0, expected_spend: 0, value: 0, stake: 0 });

/** The sum of some segments. */
export function sumOf(stakes: Stake[]): Stake {
  const out = nothing();
  for (const stake of stakes) for (const name of keysOf(out)) out[name] += stake[name];
  return out;
}

/** The rows of some segments, best first. */
export function rowsOf({ length, columns: { segment, rank } }: Table, segments: number[]) {
  const best = new Uint32Array(length);
  for (let row = 0; row < length; row++) best[rank[row] - 1] = row;
  return best.filter((row) => segments.includes(segment[row]));
}

/** @param customers contacted */
export const costOf = ({ per_customer, fixed }: Cost, customers: number) => per_customer * customers + fixed;

/**
 * What one success of a campaign is worth, and how many there are to be had. Who is won back is worth what the model expects
 * of somebody of the same history who never left; who is kept, what they are worth while they are there.
 */
function successOf(goal: Goal, s: Stake, totals: Totals) {
  switch (goal) {
    case "win_back":
      return { each: ratio(s.stake - s.value, s.gone), of: s.gone };
    case "keep":
    case "second_order":
      return { each: ratio(s.value, s.alive), of: s.alive };
    case "orders":
      return { each: ratio(s.value, s.orders), of: Infinity };
    case "friends":
      return { each: totals.new_customer.value.value, of: Infinity };
  }
}

/** How many successes pay for a campaign. */
export function breakEven(goal: Goal, stake: Stake, cost: Cost, totals: Totals): BreakEven {
  const { each, of } = successOf(goal, stake, totals);
  const total = costOf(cost, stake.customers);
  return { cost: total, each, needed: each > 0 ? wholes(total / each) : null, of };
}

/** Rounded up, rounding errors apart. */
const wholes = (x: number) => Math.ceil(x * (1 - 1e-12));

const ratio = (a: number, b: number) => (b > 0 ? a / b : 0);

/** Whether as many successes as pay for a campaign can be had. */
export const isPossible = ({ needed, of }: BreakEven) => needed !== null && needed <= of;

/**
 * What a loyalty programme that everybody in a segment joins costs, and by how much they must order more to pay for it: the
 * calculation "loyalty-programme" for what the model expects of them, in closed form, since that has no churn to follow.
 */
export function loyaltyOf({ customers, value, orders }: Stake, { margin }: Pick<Settings, "margin">, { reward_rate, cost_per_member, rise }: Programme) {
  const spend = ratio(value, margin); // expected, discounted
  const anyway = reward_rate * spend;
  const members = cost_per_member * customers;
  const left = spend * (margin - reward_rate); // of a margin that doubles: none, to the last digit, where all of it is given back
  const needed = left > 0 ? (anyway + members) / left : null;
  return {
    anyway,
    needed,
    extra: needed === null ? null : needed * orders,
    net: rise * left - anyway - members,
  };
}

/**
 * The average new customer as the calculator's other pages tell one: orders at the pace of those who come back, for as long
 * as makes the orders that the model expects within the horizon.
 */
export function averageCustomer({ length, columns: { orders, first_day, last_day } }: Table, totals: Totals, { horizon_days, margin, annual_discount, cac }: Settings) {
  let gaps = 0;
  let days = 0;
  for (let row = 0; row < length; row++) {
    gaps += orders[row] - 1;
    days += last_day[row] - first_day[row];
  }
  if (!(days > 0)) return null;
  const interval = Math.max(1, days / gaps);
  const { repeats, order_value } = totals.new_customer;
  const expected = 1 + repeats.value;
  const horizon_years = horizon_days / DAYS_PER_YEAR;
  return {
    order_value: order_value.value,
    interval_days: interval,
    expected_orders: expected,
    orders_per_year: DAYS_PER_YEAR / interval,
    lifespan_years: (expected * interval) / DAYS_PER_YEAR,
    horizon_years,
    chance: chanceOf(expected, Math.ceil((horizon_years * DAYS_PER_YEAR) / interval)),
    gross_margin: margin,
    annual_discount_rate: annual_discount,
    cac,
  };
}

/**
 * The chance to come back each time that makes so many orders of those that fit: 1 + p + p² + ...; null where even
 * certainty makes fewer.
 */
function chanceOf(expected: number, fit: number) {
  if (expected > fit) return null;
  let [low, high] = [0, 1];
  while (high - low > 1e-12) {
    const p = (low + high) / 2;
    const sum = (1 - p ** fit) / (1 - p);
    if (sum < expected) low = p;
    else high = p;
  }
  return (low + high) / 2;
}

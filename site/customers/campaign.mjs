/**
 * What a campaign for a segment must bring to pay for itself: ratios of what the engine has worked out. The tests hold those
 * that are special cases of a calculation of the catalogue against it.
 *
 * @typedef {import("./types.d.ts").Table} Table
 * @typedef {import("./types.d.ts").Settings} Settings
 * @typedef {import("../engine/customers.mjs").Totals} Totals
 * @typedef {typeof words.segment[number]} Segment
 *
 * @typedef {object} Stake a segment's customers
 * @property {number} customers
 * @property {number} alive expected number still there
 * @property {number} gone expected number that has left
 * @property {number} spend past
 * @property {number} orders expected within the horizon
 * @property {number} expected_spend within the horizon
 * @property {number} value expected: discounted margin within the horizon
 * @property {number} stake what they would be worth if every one of them were still there: customers.AtStake
 *
 * @typedef {"win_back" | "keep" | "second_order" | "orders" | "friends"} Goal what a campaign counts its success in
 * @typedef {{ lever: string, goal: Goal }} Move lever is a calculation of the catalogue
 * @typedef {{ per_customer: number, fixed: number }} Cost
 *
 * @typedef {object} BreakEven
 * @property {number} cost of the campaign
 * @property {number} each what one success is worth
 * @property {number | null} needed successes that pay for it; null where a success is worth nothing
 * @property {number} of how many there are to be had at most; Infinity where there is no limit
 */
import { words } from "../engine/customers.gen.mjs";

/** As the calculator's pages count. */
const DAYS_PER_YEAR = 365;

/** What suits a segment, the first first. @type {Record<Segment, Move[]>} */
export const MOVES = {
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

/** Good customers who are slipping: whom to call first. @type {Segment[]} */
export const SLIPPING = ["slipping_champion", "slipping_regular"];

/**
 * Every segment's stake, by its index.
 * @param {Table} table
 * @returns {Stake[]}
 */
export function stakesOf({ length, columns }) {
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

/** @returns {Stake} */
const nothing = () => ({ customers: 0, alive: 0, gone: 0, spend: 0, orders: 0, expected_spend: 0, value: 0, stake: 0 });

/** The sum of some segments. @param {Stake[]} stakes @returns {Stake} */
export function sumOf(stakes) {
  const out = nothing();
  for (const stake of stakes) for (const name of /** @type {(keyof Stake)[]} */ (Object.keys(out))) out[name] += stake[name];
  return out;
}

/** The rows of some segments, best first. @param {Table} table @param {number[]} segments */
export function rowsOf({ length, columns: { segment, rank } }, segments) {
  const best = new Uint32Array(length);
  for (let row = 0; row < length; row++) best[rank[row] - 1] = row;
  return best.filter((row) => segments.includes(segment[row]));
}

/** @param {Cost} cost @param {number} customers contacted */
export const costOf = ({ per_customer, fixed }, customers) => per_customer * customers + fixed;

/**
 * What one success of a campaign is worth, and how many there are to be had. Who is won back is worth what the model expects
 * of somebody of the same history who never left; who is kept, what they are worth while they are there.
 * @param {Goal} goal @param {Stake} s @param {Totals} totals
 */
function successOf(goal, s, totals) {
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

/**
 * How many successes pay for a campaign.
 * @param {Goal} goal @param {Stake} stake @param {Cost} cost @param {Totals} totals
 * @returns {BreakEven}
 */
export function breakEven(goal, stake, cost, totals) {
  const { each, of } = successOf(goal, stake, totals);
  const total = costOf(cost, stake.customers);
  return { cost: total, each, needed: each > 0 ? wholes(total / each) : null, of };
}

/** Rounded up, rounding errors apart. @param {number} x */
const wholes = (x) => Math.ceil(x * (1 - 1e-12));

/** @param {number} a @param {number} b */
const ratio = (a, b) => (b > 0 ? a / b : 0);

/** Whether as many successes as pay for a campaign can be had. @param {BreakEven} b */
export const isPossible = ({ needed, of }) => needed !== null && needed <= of;

/**
 * What a loyalty programme that everybody in a segment joins costs, and by how much they must order more to pay for it: the
 * calculation "loyalty-programme" for what the model expects of them, in closed form, since that has no churn to follow.
 * @param {Stake} stake @param {Pick<Settings, "margin">} settings
 * @param {{ reward_rate: number, cost_per_member: number, rise: number }} programme
 */
export function loyaltyOf({ customers, value, orders }, { margin }, { reward_rate, cost_per_member, rise }) {
  const spend = ratio(value, margin); // expected, discounted
  const anyway = reward_rate * spend;
  const members = cost_per_member * customers;
  const left = value - anyway; // of a margin that doubles
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
 * @param {Table} table @param {Totals} totals @param {Settings} settings
 */
export function averageCustomer({ length, columns: { orders, first_day, last_day } }, totals, { horizon_days, margin, annual_discount, cac }) {
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
 * @param {number} expected @param {number} fit
 */
function chanceOf(expected, fit) {
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

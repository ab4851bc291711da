/**
 * A campaign before and after it: whom to write to, what that brings at other response rates, how large a holdout must be to
 * show it, and what a past one has changed.
 *
 * A letter makes a share of those who get it order who would not have come by themselves: each is then worth what somebody of
 * their history is who is still there. It costs what it costs, and whoever orders anyway while the offer holds takes the
 * incentive too.
 */
import { highestFirst } from "./rows.ts";
import type { Table } from "./state.ts";

/** What a campaign is; rates are fractions. */
export interface Campaign {
  response: number; // share of those written to who order because of it
  contact: number; // cost of one letter
  incentive: number; // cost of the offer for each order that takes it
  days: number; // for which the offer holds
  holdout: number; // share of the list that gets nothing
}

export const CAMPAIGN: Campaign = { response: 0.04, contact: 1, incentive: 0, days: 30, holdout: 0.1 };

export const CAMPAIGN_BOUNDS: Record<keyof Campaign, [number, number]> = {
  response: [0.0001, 1], contact: [0, 1e6], incentive: [0, 1e9], days: [1, 365], holdout: [0, 0.9],
};

/** Customers in the order in which to write to them, and what is expected of them. */
export interface Audience {
  rows: Uint32Array; // of the table, the best first
  gain: Float64Array; // margin that one who comes back brings, by place in rows
  anyway: Float64Array; // chance to order anyway while the offer holds
}

/** From so likely on to be active, a customer's next order tells their pace. */
const LIKELY = 0.6;

/**
 * Orders a day of the customers of a table while they are still there. The day by which an order is as likely as not tells it:
 * that an active customer has ordered by then. The orders of a whole horizon tell less, since customers leave within it; of those
 * who are probably lost they are all there is, and are raised by as much as they are too few of the others.
 */
export function pacesOf({ length, columns: { p_alive, expected_orders, next_order_days } }: Pick<Table, "length" | "columns">, horizon: number) {
  const pace = new Float64Array(length);
  const known = (row: number) => p_alive[row] >= LIKELY && next_order_days[row] > 0; // false while next orders are not known yet
  let [sum, by] = [0, 0];
  for (let row = 0; row < length; row++) {
    pace[row] = p_alive[row] > 0 ? expected_orders[row] / p_alive[row] / horizon : 0;
    if (!known(row)) continue;
    by += pace[row];
    pace[row] = -Math.log(1 - 0.5 / p_alive[row]) / next_order_days[row];
    sum += pace[row];
  }
  for (let row = 0; row < length; row++) if (!known(row) && by > 0) pace[row] *= sum / by;
  return pace;
}

/** The chance of an order within so many days. */
export const anywayOf = (alive: number, pace: number, days: number) => alive * -Math.expm1(-pace * days);

/**
 * The customers of some rows, those first of whom a letter brings most.
 * @param pace pacesOf the table
 */
export function audienceOf({ columns: { clv, p_alive } }: Table, pace: Float64Array, among: ArrayLike<number>, campaign: Campaign): Audience {
  const n = among.length;
  const [gain, anyway, each] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const row = among[i];
    gain[i] = p_alive[row] > 0 ? clv[row] / p_alive[row] : 0;
    anyway[i] = anywayOf(p_alive[row], pace[row], campaign.days);
    each[i] = letterOf(campaign, gain[i], anyway[i]);
  }
  const order = highestFirst(each);
  return { rows: order.map((i) => among[i]), gain: Float64Array.from(order, (i) => gain[i]), anyway: Float64Array.from(order, (i) => anyway[i]) };
}

/** What one letter is expected to bring. */
const letterOf = ({ response, contact, incentive }: Campaign, gain: number, anyway: number) => response * (gain - incentive) - anyway * incentive - contact;

/** What writing to so many comes to; the parts add up to the profit. */
export interface Outcome {
  listed: number; // customers, those of the holdout among them
  letters: number;
  responders: number;
  margin: number;
  contact: number;
  incentive: number; // for those who come because of the letter
  anyway: number; // customers who take it without that
  given: number; // to them
  profit: number;
}

/** How many of a list are held out: at least one where any are. */
export const heldOut = (listed: number, share: number) => (share > 0 && listed > 1 ? Math.min(listed - 1, Math.max(1, Math.round(share * listed))) : 0);

/** Writing to the first so many; the holdout is drawn evenly from them. */
export function outcomeOf({ gain, anyway }: Audience, campaign: Campaign, listed: number, response = campaign.response): Outcome {
  const letters = listed - heldOut(listed, campaign.holdout);
  const share = listed > 0 ? letters / listed : 0;
  let [gains, came] = [0, 0];
  for (let i = 0; i < listed; i++) [gains, came] = [gains + gain[i], came + anyway[i]];
  const responders = response * letters;
  const out = { margin: response * share * gains, contact: campaign.contact * letters, incentive: campaign.incentive * responders, given: campaign.incentive * share * came };
  return { listed, letters, responders, anyway: share * came, ...out, profit: out.margin - out.contact - out.incentive - out.given };
}

/** How many to write to: each of them is expected to bring more than the letter costs. */
export function bestOf({ gain, anyway }: Audience, campaign: Campaign) {
  let n = 0;
  while (n < gain.length && letterOf(campaign, gain[n], anyway[n]) > 0) n++;
  return n;
}

/** Profit by number of customers, at so many places from none to all. */
export function profitPath(audience: Audience, campaign: Campaign, response: number, places = 60) {
  const { gain, anyway } = audience;
  const share = 1 - campaign.holdout;
  const path: { listed: number, profit: number }[] = [{ listed: 0, profit: 0 }];
  const planned = { ...campaign, response };
  let sum = 0;
  for (let i = 0, k = 1, next = Math.round(gain.length / places); i < gain.length; i++) {
    sum += share * letterOf(planned, gain[i], anyway[i]);
    if (i + 1 < next && i + 1 < gain.length) continue;
    path.push({ listed: i + 1, profit: sum });
    k = Math.floor(((i + 1) * places) / gain.length) + 1;
    next = Math.round((k * gain.length) / places);
  }
  return path;
}

// What a holdout can show.

/** Normal quantiles of 97.5 % and 80 %: an effect that is there is seen four times in five, one that is not once in twenty. */
const SURE = 1.959963984540054;
const SEEN = 0.8416212335729143;

/** Customers in each of two groups that show an uplift (Fleiss, Statistical Methods for Rates and Proportions, 1981, section 3.2, without its correction). */
export function sizeFor(base: number, uplift: number) {
  const up = Math.min(1, base + uplift);
  if (!(uplift > 0) || !(up > base)) return null;
  return Math.ceil(((SURE + SEEN) ** 2 * (base * (1 - base) + up * (1 - up))) / (up - base) ** 2);
}

/** The least uplift that two groups of these sizes show; null where none does. */
export function leastUplift(base: number, letters: number, holdout: number) {
  if (letters < 1 || holdout < 1) return null;
  const shows = (uplift: number) => {
    const up = base + uplift;
    return uplift >= (SURE + SEEN) * Math.sqrt((up * (1 - up)) / letters + (base * (1 - base)) / holdout);
  };
  let [low, high] = [0, 1 - base];
  if (!shows(high)) return null;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Who of a list is held out: the same ones whenever it is made again. So many of it, by a hash of their ids. */
export function holdoutOf(ids: string[], share: number): boolean[] {
  const order = ids.map((id, i) => ({ i, key: hash(id) })).sort((a, b) => a.key - b.key || a.i - b.i);
  const out = new Array<boolean>(ids.length).fill(false);
  for (const { i } of order.slice(0, heldOut(ids.length, share))) out[i] = true;
  return out;
}

/** FNV-1a with a last mixing (murmur3's), so that neighbours fall apart. */
function hash(text: string) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

// After it.

/** One of the two groups of a past campaign. */
export interface Group {
  customers: number;
  ordered: number; // of them, while it ran
  spend: { sum: number, squares: number } | null; // per customer, since the list was written; null where the list does not say what had been spent
}

export interface Interval { value: number, low: number, high: number }

export interface Uplift {
  rate: Interval; // in the share that ordered, percentage points as a fraction
  spend: Interval | null; // per customer
  shown: boolean; // the interval of the rate leaves out 0
}

/** Wilson's interval of a share. */
function wilson(x: number, n: number, z: number): [low: number, high: number] {
  const p = x / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** What a campaign has changed: the difference of two shares, and of two means (Newcombe, Statistics in Medicine 17, 1998, method 10). */
export function upliftOf(test: Group, control: Group): Uplift | null {
  if (test.customers < 1 || control.customers < 1) return null;
  const [p, q] = [test.ordered / test.customers, control.ordered / control.customers];
  const [a, b] = [wilson(test.ordered, test.customers, SURE), wilson(control.ordered, control.customers, SURE)];
  const value = p - q;
  const rate = { value, low: value - Math.hypot(p - a[0], b[1] - q), high: value + Math.hypot(a[1] - p, q - b[0]) };
  return { rate, spend: meansOf(test, control), shown: rate.low > 0 || rate.high < 0 };
}

function meansOf(test: Group, control: Group): Interval | null {
  if (!test.spend || !control.spend) return null;
  const orders = test.ordered + control.ordered;
  if (orders === 0) return null;
  const amount = (test.spend.sum + control.spend.sum) / orders;
  const [a, b] = [meanOf(test, test.spend, amount), meanOf(control, control.spend, amount)];
  const value = a.value - b.value;
  return { value, low: value - Math.hypot(a.value - a.low, b.high - b.value), high: value + Math.hypot(a.high - a.value, b.value - b.low) };
}

/**
 * Spend per customer, most of whom spend nothing: the interval of the share that ordered, of as many as amounts that differ are worth
 * (Kish, Survey Sampling, 1965, section 11.7). Student's would be too narrow above where few have ordered.
 * @param amount of an order, where none came
 */
function meanOf({ customers, ordered }: Group, { sum, squares }: NonNullable<Group["spend"]>, amount: number): Interval {
  if (!(sum > 0)) return { value: 0, low: 0, high: amount * wilson(0, customers, SURE)[1] };
  const like = (sum * sum) / squares; // orders that are alike
  const [low, high] = wilson(like, (customers * like) / ordered, SURE);
  const each = sum / ordered;
  return { value: sum / customers, low: each * low, high: each * high };
}

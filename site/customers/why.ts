/**
 * Why a customer is worth that: what the engine has worked out, taken apart into factors whose product it is. Nothing here is
 * estimated anew.
 */
import { cuts, words } from "../engine/customers.gen.mjs";
import type { ModelFile } from "../engine/customers.ts";
import type { Person, Settings, Table } from "./state.ts";

type Segment = typeof words.segment[number];

export interface Why {
  chance: number; // of being active
  orders: number; // expected within the horizon if active
  each: number; // money an order
  margin: number;
  discounted: number; // what later money counts, as a share; 1 where nothing is expected
  value: number; // the product of the five
  stake: number; // what it would be if the customer were active for certain
  average: Average | null; // what the money an order rests on; null where there is none
  place: number; // among all by stake, 1 being the highest
  cut: Cut;
}

/** Whose average an order's money is: weights of the customer's own and of all customers' (Fader, Hardie & Lee 2005, equation 5). */
export interface Average {
  own: number | null; // the customer's mean of the orders that count; null where none counts
  orders: number; // that count
  weight: number; // of the own mean, 0 to 1
  all: number;
}

/** Which cut of value and which of risk made the segment. */
export interface Cut {
  level: "champion" | "regular" | "occasional" | "newcomer";
  risk: "safe" | "at_risk" | "lost" | null; // null for who is too new to tell
  from: number; // of the customers by stake, best first: shares
  to: number;
}

export function why({ columns: c, length }: Table, { row, history }: Person, { margin }: Pick<Settings, "margin">, spend: ModelFile["spend"] | null): Why {
  const [chance, expected, money, value] = [c.p_alive[row], c.expected_orders[row], c.expected_spend[row], c.clv[row]];
  return {
    chance, margin, value,
    orders: ratio(expected, chance),
    each: ratio(money, expected),
    discounted: money > 0 ? ratio(value, money * margin) : 1,
    stake: ratio(value, chance),
    average: averageOf(Array.from(history.amounts), spend),
    place: placeOf(c, length, row),
    cut: cutOf(words.segment[c.segment[row]]),
  };
}

const ratio = (a: number, b: number) => (b > 0 ? a / b : 0);

/** @param amounts of the orders, the first one first */
function averageOf(amounts: number[], spend: ModelFile["spend"] | null): Average | null {
  if (!spend || spend.basis === "none") return null;
  const { p, q, gamma, mean_of } = spend;
  const counted = mean_of === "all_orders" ? amounts : amounts.slice(1);
  const n = counted.length;
  return {
    own: n > 0 ? counted.reduce((sum, amount) => sum + amount, 0) / n : null,
    orders: n,
    weight: (p * n) / (p * n + q - 1),
    all: (p * gamma) / (q - 1),
  };
}

/** How many customers would be worth more if active for certain, and one. */
function placeOf({ clv, p_alive }: Table["columns"], length: number, row: number) {
  const own = ratio(clv[row], p_alive[row]);
  let place = 1;
  for (let i = 0; i < length; i++) place += Number(ratio(clv[i], p_alive[i]) > own);
  return place;
}

export function cutOf(segment: Segment): Cut {
  if (segment === "newcomer") return { level: segment, risk: null, from: 0, to: 1 };
  const risk = segment.startsWith("slipping") ? "at_risk" : segment.startsWith("lost") ? "lost" : "safe";
  const level = segment.slice(segment.indexOf("_") + 1) as "champion" | "regular" | "occasional"; // the rest of the ten
  const [first, second] = [cuts.champions, cuts.champions + cuts.regulars];
  const [from, to] = level === "champion" ? [0, first] : level === "regular" ? [first, second] : [second, 1];
  return { level, risk, from, to };
}

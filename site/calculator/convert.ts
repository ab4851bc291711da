/** The figures of one period as those of another: what 5% churn a month is a year. */

import { PER_YEAR } from "../base/periods.ts";
import type { Field } from "../base/catalogue.gen.mjs";
import type { Figure, Figures } from "../base/figures.ts";

/** What comes twice as often in twice the time. */
const AMOUNTS = [
  "price", "service_cost", "extra_spend", "upsell_spend", "cross_sell_spend", "fee_per_period", "cost_per_period", "prize_cost", "invitations_per_period", "referral_rate",
];

/** A number without the noise of the arithmetic. */
const clean = (value: number) => Number(value.toPrecision(6));

/** What a share that leaves in one period is in so many. */
const over = (churn: number, times: number) => -Math.expm1(times * Math.log1p(-churn));

/**
 * The figures that a period's length changes, told by another; null where that cannot be told, as of a list of counts.
 * @param fields of the input
 */
export function converted(fields: Field[], figures: Figures, to: string): Figures | null {
  const times = PER_YEAR[figures.period] / PER_YEAR[to];
  if (!times || typeof figures.churn_rate !== "number" || figures.second_period_churn != null) return null;
  return { ...figures, period: to, ...changed(fields, figures, figures, times) };
}

/** @param customer as they are today, of whom a lever may be about */
function changed(fields: Field[], figures: Figures, customer: Figures, times: number): Figures {
  const { churn_rate: churn } = customer;
  const first = customer.first_period_churn ?? churn;
  // Who is there after one of the longer periods has stayed in all the shorter ones, the first of them among others.
  const firstOver = (f: number, c: number) => Math.max(0, 1 - (1 - f) * (1 - c) ** (times - 1));
  const of: Record<string, (v: number) => number> = {
    churn_rate: (v) => over(v, times),
    first_period_churn: (v) => firstOver(v, churn),
    churn_fall: (v) => over(churn, times) - over(churn - v, times),
    first_churn_fall: (v) => firstOver(first, churn) - firstOver(first - v, churn),
    growth_rate: (v) => Math.expm1(times * Math.log1p(v)),
    growth_per_period: (v) => v * times * times,
  };
  return Object.fromEntries(fields.flatMap((field): [string, Figure][] => {
    const { name, unit, kind } = field;
    const value = figures[name];
    if (kind === "records" && Array.isArray(value)) {
      return [[name, value.map((record) => ({ ...record, ...changed(field.fields ?? [], record, customer, times) }))]];
    }
    if (typeof value !== "number") return [];
    if (of[name]) return [[name, clean(of[name](value))]];
    if (AMOUNTS.includes(name)) return [[name, clean(value * times)]];
    if (unit !== "periods") return [];
    return [[name, field.whole ? Math.max(field.min ?? 0, Math.round(value / times)) : clean(value / times)]];
  }));
}

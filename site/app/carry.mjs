/**
 * The figures that one calculation hands on to another: what both call by the same name means the same, and an average
 * customer is told as a customer with churn.
 */

import catalogue from "../engine/catalogue.gen.mjs";

/** @typedef {Record<string, any>} Input */

/** The customer of a calculation that has no price and churn of its own. @type {Record<string, (input: Input) => Input>} */
const told = {
  average: (i) => ({ period: "year", price: i.order_value * i.orders_per_year, churn_rate: 1 / Math.max(1, i.lifespan_years) }),
  totals: (i) => ({ period: "year", price: i.revenue / i.customers, churn_rate: i.customers / Math.max(i.customers, i.total_lifespan_years) }),
  "annual-plan": (i) => ({ period: "month", price: i.monthly_price, churn_rate: 1 / Math.max(1, i.average_months) }),
};

/** What a lever's own page calls by another name than a plan does. @type {Record<string, (figures: Input) => Input>} */
const asLever = {
  "loyalty-programme": (i) => ({ reach: i.enrolment, cost_per_period: i.cost_per_period + (i.programme === "gamified" ? i.prize_cost : 0) }),
  upsell: (i) => ({ extra_spend: i.price_step }),
  referral: (i) => ({ referral_reward: i.referrer_reward + i.friend_reward }),
};

/**
 * @param {string} from a calculation @param {Input} figures its inputs and results @param {string} to another calculation
 * @returns {Input} inputs of the other, those that are known
 */
export function carried(from, figures, to) {
  const all = { ...figures, ...told[from]?.(figures) };
  const lever = to === "growth-plan" ? leverOf(from, figures) : null;
  const shared = inputsOf(to).filter((f) => f.kind !== "records" && usable(all[f.name])).map((f) => [f.name, all[f.name]]);
  return { ...Object.fromEntries(shared), ...(lever && { levers: [lever] }) };
}

/** @param {string} from @param {Input} figures */
function leverOf(from, figures) {
  const fields = inputsOf("growth-plan").find((f) => f.name === "levers")?.fields ?? [];
  const kind = from.replaceAll("-", "_");
  if (!fields[0].options?.includes(kind)) return null;
  /** @type {Input} */
  const all = { ...figures, ...asLever[from]?.(figures), kind };
  return Object.fromEntries(fields.filter((f) => usable(all[f.name])).map((f) => [f.name, all[f.name]]));
}

/** What is left out or could not be read stays behind. @param {any} value */
const usable = (value) => (typeof value === "number" && Number.isFinite(value)) || (typeof value === "string" && /^[a-z_]+$/.test(value));

/** @param {string} id */
const inputsOf = (id) => catalogue.calculations.find((c) => c.id === id)?.inputs ?? [];

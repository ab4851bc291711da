/** The levers that a plan can hold: of each, what stands on its card and what it starts with. */
export interface Lever {
  kind: string;
  page: string; // where it is explained by itself
  effect: Primary;
  cost: Primary;
  more: string[]; // its other fields
  start: Record<string, number>;
}
import type { Primary } from "../../base/scenarios.ts";

export const levers: Lever[] = [
  {
    kind: "onboarding", page: "onboarding",
    effect: { field: "first_churn_fall", from: 0, to: 0.3, step: 0.005 }, cost: { field: "cost_per_customer", from: 0, to: 200, step: 1 },
    more: ["churn_fall", "reach", "fixed_cost"], start: { first_churn_fall: 0.02, cost_per_customer: 10 },
  },
  {
    kind: "service", page: "service",
    effect: { field: "churn_fall", from: 0, to: 0.05, step: 0.0005 }, cost: { field: "cost_per_period", from: 0, to: 20, step: 0.1 },
    more: ["frequency_rise", "reach", "cost_per_customer", "fixed_cost"], start: { churn_fall: 0.005, cost_per_period: 1 },
  },
  {
    kind: "personalisation", page: "personalisation",
    effect: { field: "frequency_rise", from: 0, to: 0.5, step: 0.005 }, cost: { field: "cost_per_period", from: 0, to: 20, step: 0.1 },
    more: ["churn_fall", "reach", "cost_per_customer", "fixed_cost"], start: { frequency_rise: 0.04, cost_per_period: 0.5 },
  },
  {
    kind: "loyalty_programme", page: "loyalty-programme",
    effect: { field: "frequency_rise", from: 0, to: 0.5, step: 0.005 }, cost: { field: "reward_cost_rate", from: 0, to: 0.3, step: 0.0025 },
    more: ["churn_fall", "reach", "fee_per_period", "cost_per_period", "cost_per_customer", "fixed_cost"],
    start: { frequency_rise: 0.08, reward_cost_rate: 0.03, reach: 0.4 },
  },
  {
    kind: "upsell", page: "upsell",
    effect: { field: "take_up", from: 0, to: 0.5, step: 0.005 }, cost: { field: "offer_cost", from: 0, to: 50, step: 0.25 },
    more: ["extra_spend", "extra_margin", "offer_period", "promo_discount", "promo_periods", "reach", "fixed_cost"], start: { take_up: 0.1, extra_spend: 15, offer_period: 3, offer_cost: 2 },
  },
  {
    kind: "cross_sell", page: "cross-sell",
    effect: { field: "take_up", from: 0, to: 0.5, step: 0.005 }, cost: { field: "offer_cost", from: 0, to: 50, step: 0.25 },
    more: ["extra_spend", "one_off_spend", "extra_margin", "replaced_share", "offer_period", "reach", "fixed_cost"],
    start: { take_up: 0.08, extra_spend: 10, offer_period: 3, offer_cost: 1, replaced_share: 0.1 },
  },
  {
    kind: "annual_plan", page: "annual-plan",
    effect: { field: "annual_renewal_rate", from: 0, to: 0.95, step: 0.01 }, cost: { field: "plan_discount", from: 0, to: 0.6, step: 0.01 },
    more: ["reach", "cost_per_customer", "fixed_cost"], start: { annual_renewal_rate: 0.6, plan_discount: 0.15, reach: 0.3 },
  },
  {
    kind: "referral", page: "referral",
    effect: { field: "referral_rate", from: 0, to: 0.2, step: 0.0025 }, cost: { field: "referral_reward", from: 0, to: 400, step: 1 },
    more: ["organic_share", "reach", "cost_per_customer", "fixed_cost"], start: { referral_rate: 0.01, referral_reward: 40, organic_share: 0.25 },
  },
  {
    kind: "sales_cycle", page: "sales-cycle",
    effect: { field: "days_saved", from: 0, to: 90, step: 1 }, cost: { field: "cost_per_customer", from: 0, to: 500, step: 1 },
    more: ["frequency_rise", "reach", "fixed_cost"], start: { days_saved: 14, cost_per_customer: 5 },
  },
  {
    kind: "adoption", page: "adoption",
    effect: { field: "churn_fall", from: 0, to: 0.05, step: 0.0005 }, cost: { field: "cost_per_customer", from: 0, to: 500, step: 1 },
    more: ["frequency_rise", "referral_rate", "reach", "cost_per_period", "fixed_cost"], start: { churn_fall: 0.005, reach: 0.15, cost_per_customer: 30 },
  },
  {
    kind: "price_change", page: "price-change",
    effect: { field: "extra_spend", from: 0, to: 50, step: 0.5 }, cost: { field: "churn_fall", from: -0.05, to: 0, step: 0.0005 },
    more: ["take_up", "extra_margin", "first_churn_fall", "reach", "fixed_cost"], start: { extra_spend: 4, churn_fall: -0.001, take_up: 1, extra_margin: 1 },
  },
  {
    kind: "order_value", page: "order-value",
    effect: { field: "take_up", from: 0, to: 1, step: 0.01 }, cost: { field: "cost_per_period", from: 0, to: 20, step: 0.1 },
    more: ["extra_spend", "extra_margin", "frequency_rise", "reach", "fixed_cost"], start: { take_up: 0.2, extra_spend: 15, extra_margin: 0.5, cost_per_period: 1 },
  },
];

export const leverOf = (kind: string): Lever => levers.find((l) => l.kind === kind) ?? levers[0];

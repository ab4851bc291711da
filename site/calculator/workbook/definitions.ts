/**
 * The calculations that are exported with live formulas. To add one, write formulas/<id>.ts: each result, by its wire
 * name, as a formula over the inputs' wire names (compile.ts tells how they are written). What a formula needs on the
 * way is a step, and what goes period by period a table. The label of a step, of a column and of a table is a message,
 * step_<name>, column_<name> or table_<name>, in site/messages/en/workbook.json; that of a result is the catalogue's.
 * functions/sheets/xlsx.test.ts holds every formula to the engine: give it figures to try there.
 *
 * A result without a formula is exported as a value, and says so. A calculation without a file is exported as values.
 */

import acquisitionCost from "./formulas/acquisition-cost.ts";
import acquisitionRetention from "./formulas/acquisition-retention.ts";
import activation from "./formulas/activation.ts";
import adBudget from "./formulas/ad-budget.ts";
import adoption from "./formulas/adoption.ts";
import annualPlan from "./formulas/annual-plan.ts";
import app from "./formulas/app.ts";
import average from "./formulas/average.ts";
import channels from "./formulas/channels.ts";
import churnInterval from "./formulas/churn-interval.ts";
import crossSell from "./formulas/cross-sell.ts";
import customerEquity from "./formulas/customer-equity.ts";
import donors from "./formulas/donors.ts";
import firstDeal from "./formulas/first-deal.ts";
import freemium from "./formulas/freemium.ts";
import goal from "./formulas/goal.ts";
import growthPlan from "./formulas/growth-plan.ts";
import hourglass from "./formulas/hourglass.ts";
import loyaltyProgramme from "./formulas/loyalty-programme.ts";
import margin from "./formulas/margin.ts";
import mixed from "./formulas/mixed.ts";
import netRetention from "./formulas/net-retention.ts";
import onboarding from "./formulas/onboarding.ts";
import orderValue from "./formulas/order-value.ts";
import priceChange from "./formulas/price-change.ts";
import priceTiers from "./formulas/price-tiers.ts";
import reconcile from "./formulas/reconcile.ts";
import referral from "./formulas/referral.ts";
import releases from "./formulas/releases.ts";
import repeatPurchase from "./formulas/repeat-purchase.ts";
import retention from "./formulas/retention.ts";
import retentionCurve from "./formulas/retention-curve.ts";
import rewardPoints from "./formulas/reward-points.ts";
import satisfaction from "./formulas/satisfaction.ts";
import salesCycle from "./formulas/sales-cycle.ts";
import service from "./formulas/service.ts";
import subscription from "./formulas/subscription.ts";
import support from "./formulas/support.ts";
import tenureRewards from "./formulas/tenure-rewards.ts";
import totals from "./formulas/totals.ts";
import upsell from "./formulas/upsell.ts";
import upsellOrCrossSell from "./formulas/upsell-or-cross-sell.ts";
import usage from "./formulas/usage.ts";
import type { Definition } from "./definition.ts";
import type { Figures } from "../../base/figures.ts";

/** By the calculation's id; a function where the formulas depend on how long a list is, or on what a search found. */
export const definitions: Record<string, Definition | ((input: Figures, result: Figures) => Definition)> = {
  "acquisition-cost": acquisitionCost,
  "acquisition-retention": acquisitionRetention,
  activation,
  "ad-budget": adBudget,
  adoption,
  "annual-plan": annualPlan,
  app,
  average,
  channels,
  "churn-interval": churnInterval,
  "cross-sell": crossSell,
  "customer-equity": customerEquity,
  donors,
  "first-deal": firstDeal,
  freemium,
  goal,
  "growth-plan": growthPlan,
  hourglass,
  "loyalty-programme": loyaltyProgramme,
  margin,
  mixed,
  "net-retention": netRetention,
  onboarding,
  personalisation: service, // the same economics
  "order-value": orderValue,
  "price-change": priceChange,
  "price-tiers": priceTiers,
  reconcile,
  referral,
  releases,
  "repeat-purchase": repeatPurchase,
  retention,
  "retention-curve": retentionCurve,
  "reward-points": rewardPoints,
  "sales-cycle": salesCycle,
  satisfaction,
  service,
  subscription,
  support,
  "tenure-rewards": tenureRewards,
  totals,
  upsell,
  "upsell-or-cross-sell": upsellOrCrossSell,
  usage,
};

export function definitionOf(id: string, input: Figures, result: Figures): Definition {
  const found = definitions[id] ?? { results: {} };
  return typeof found === "function" ? found(input, result) : found;
}

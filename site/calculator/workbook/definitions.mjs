/**
 * The calculations that are exported with live formulas. To add one, write formulas/<id>.mjs: each result, by its wire
 * name, as a formula over the inputs' wire names (compile.mjs tells how they are written). What a formula needs on the
 * way is a step, and what goes period by period a table. The label of a step, of a column and of a table is a message,
 * step_<name>, column_<name> or table_<name>, in site/messages/en/workbook.json; that of a result is the catalogue's.
 * functions/sheets/xlsx.test.mjs holds every formula to the engine: give it figures to try there.
 *
 * A result without a formula is exported as a value, and says so. A calculation without a file is exported as values.
 */

import acquisitionRetention from "./formulas/acquisition-retention.mjs";
import annualPlan from "./formulas/annual-plan.mjs";
import average from "./formulas/average.mjs";
import crossSell from "./formulas/cross-sell.mjs";
import growthPlan from "./formulas/growth-plan.mjs";
import hourglass from "./formulas/hourglass.mjs";
import loyaltyProgramme from "./formulas/loyalty-programme.mjs";
import onboarding from "./formulas/onboarding.mjs";
import reconcile from "./formulas/reconcile.mjs";
import referral from "./formulas/referral.mjs";
import repeatPurchase from "./formulas/repeat-purchase.mjs";
import retention from "./formulas/retention.mjs";
import salesCycle from "./formulas/sales-cycle.mjs";
import service from "./formulas/service.mjs";
import subscription from "./formulas/subscription.mjs";
import totals from "./formulas/totals.mjs";
import upsell from "./formulas/upsell.mjs";

/** @typedef {import("./build.mjs").Definition} Definition */

/** By the calculation's id; a function where the formulas depend on how long a list is. @type {Record<string, Definition | ((input: Record<string, any>) => Definition)>} */
export const definitions = {
  "acquisition-retention": acquisitionRetention,
  "annual-plan": annualPlan,
  average,
  "cross-sell": crossSell,
  "growth-plan": growthPlan,
  hourglass,
  "loyalty-programme": loyaltyProgramme,
  onboarding,
  personalisation: service, // the same economics
  reconcile,
  referral,
  "repeat-purchase": repeatPurchase,
  retention,
  "sales-cycle": salesCycle,
  service,
  subscription,
  totals,
  upsell,
};

/** @param {string} id @param {Record<string, any>} input @returns {Definition} */
export function definitionOf(id, input) {
  const found = definitions[id] ?? { results: {} };
  return typeof found === "function" ? found(input) : found;
}

import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

export default {
  steps: {
    winning_slope: "-LN(1-acquisition_rate/acquisition_ceiling)/spend_per_prospect",
    keeping_slope: "-LN(1-retention_rate/retention_ceiling)/spend_per_customer",
    leaving: "1+annual_discount_rate-retention_rate",
    keep_cost: "spend_per_customer/leaving",
    winning_steepness: "acquisition_ceiling*winning_slope*EXP(-winning_slope*spend_per_prospect)",
    keeping_steepness: "retention_ceiling*keeping_slope*EXP(-keeping_slope*spend_per_customer)",
    budget_per_prospect: "spend_per_prospect+acquisition_rate*keep_cost",
  },
  rules: [
    { refused: "acquisition_rate>=acquisition_ceiling", code: "not_below", field: "acquisition_rate", limit: "acquisition_ceiling", share: true },
    { refused: "retention_rate>=retention_ceiling", code: "not_below", field: "retention_rate", limit: "retention_ceiling", share: true },
    { refused: "AND(retention_ceiling=1,annual_discount_rate=0)", code: "not_below", field: "retention_ceiling", limit: "1", share: true },
  ],
  // The best split and the best spending take a search: they are values.
  results: {
    acquisition_return: "winning_steepness*clv",
    retention_return: "margin*(1+annual_discount_rate)*keeping_steepness/(leaving+spend_per_customer*keeping_steepness)",
    clv: "margin+(margin*retention_rate-spend_per_customer)/leaving",
    new_sale_cost: "spend_per_prospect/acquisition_rate",
    repeat_sale_cost: "spend_per_customer/retention_rate",
    new_to_repeat_cost_ratio: "new_sale_cost/repeat_sale_cost",
    repeat_likelihood_ratio: "retention_rate/acquisition_rate",
    budget: where("ISNUMBER(prospects)", "prospects*budget_per_prospect"),
    "today.spend_per_prospect": "spend_per_prospect",
    "today.spend_per_customer": "spend_per_customer",
    "today.acquisition_rate": "acquisition_rate",
    "today.retention_rate": "retention_rate",
    "today.acquisition_share": "spend_per_prospect/budget_per_prospect",
    "today.customer_equity": where("ISNUMBER(prospects)", "prospects*(acquisition_rate*clv-spend_per_prospect)"),
  },
} satisfies Definition;

import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** 1 + q + ... + q^(n-1). */
const sum = (q: string, n: string) => `IF(${q}=1,${n},(1-${q}^${n})/(1-${q}))`;

/** What stands in the table behind the last purchase. */
const fitting = (formula: string) => where("purchase<=possible_purchases", formula);

export default {
  steps: {
    first_margin: "spend*gross_margin",
    repeat_profit: "first_margin-repeat_sale_cost",
    years_between: "purchase_interval_days/365",
    discount_between: "(1+annual_discount_rate)^-years_between",
    // The first sale's loss in repeat profits, and the purchases that it takes at the return factor.
    purchases_needed: where("repeat_profit>0", "1-first_sale_profit/repeat_profit"),
    left_to_earn: where("ISNUMBER(purchases_needed)", "1-purchases_needed*(1-return_factor)"),
    pays_with: "IF(first_sale_profit>=0,1,IF(NOT(ISNUMBER(left_to_earn)),\"\",IF(return_factor=1,ROUNDUP(purchases_needed-1E-9,0)," +
      'IF(OR(left_to_earn<=0,return_factor<=0),"",ROUNDUP(LN(left_to_earn)/LN(return_factor)-1E-9,0)))))',
  },
  tables: {
    schedule: {
      rows: 120,
      of: "series",
      columns: {
        purchase: (i) => (i === 0 ? "1" : "purchase@before+1"),
        year: fitting("(purchase-1)*years_between"),
        survival: (i) => (i === 0 ? "1" : fitting("survival@before*repurchase_probability")),
        discounted: (i) => (i === 0 ? "1" : fitting("discounted@before*discount_between")),
        margin: (i) => (i === 0 ? "first_sale_profit" : fitting("repeat_profit*survival*discounted")),
        cumulative: (i) => (i === 0 ? "margin" : fitting("cumulative@before+margin")),
      },
    },
  },
  picture: { table: "schedule", across: "purchase", up: ["cumulative"], rows: 60 },
  results: {
    clv: `first_sale_profit+repeat_profit*(${sum("return_factor", "possible_purchases")}-1)`,
    first_sale_profit: "first_margin-first_sale_cost",
    break_even_purchase: where("N(pays_with)>0", where("pays_with<=possible_purchases", "pays_with")),
    purchases: sum("repurchase_probability", "possible_purchases"),
    possible_purchases: "MAX(1,ROUNDUP(MAX(0,relationship_years*365/purchase_interval_days-1E-9),0))",
    return_factor: "repurchase_probability*discount_between",
    new_to_repeat_cost_ratio: where("repeat_sale_cost>0", "first_sale_cost/repeat_sale_cost"),
  },
} satisfies Definition;

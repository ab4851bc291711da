import { LEAST, UNBOUNDED_YEARS, endless, fiveTerms, geometric, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

export default {
  steps: {
    discount: "(1+annual_discount_rate)^(1/12)-1",
    monthly_churn: "1/average_months",
    annual_churn: "1-renewal_assumed",
    // One of the two without a limit puts both within five years.
    limited: `AND(annual_churn+annual_discount_rate>=${LEAST},monthly_churn+discount>=${LEAST})`,
    years_at_full_price: `12*monthly_price*IF(limited,${endless("annual_churn", "annual_discount_rate")},${fiveTerms("renewal_assumed/(1+annual_discount_rate)")})`,
    equal_at: where("years_at_full_price>0", "gross_margin-monthly_clv/years_at_full_price"),
  },
  tables: {
    cash: {
      rows: 36,
      of: "series",
      columns: {
        month: (i) => (i === 0 ? "1" : "month@before+1"),
        monthly_left: (i) => (i === 0 ? "1" : "monthly_left@before*(1-monthly_churn)"),
        annual_left: (i) => (i === 0 ? "1" : i % 12 === 0 ? "annual_left@before*renewal_assumed" : "annual_left@before"),
        monthly_cash: (i) => (i === 0 ? "monthly_price*monthly_left" : "monthly_cash@before+monthly_price*monthly_left"),
        annual_cash: (i) =>
          i % 12 ? "annual_cash@before" : `${i === 0 ? "" : "annual_cash@before+"}12*monthly_price*(1-plan_discount)*annual_left`,
      },
    },
  },
  picture: { table: "cash", across: "month", up: ["monthly_cash", "annual_cash"] },
  results: {
    uplift: "annual_clv-monthly_clv",
    monthly_clv: `gross_margin*monthly_price*IF(limited,${endless("monthly_churn", "discount")},${geometric("monthly_churn", "discount", String(12 * UNBOUNDED_YEARS))})`,
    annual_clv: "(gross_margin-plan_discount)*years_at_full_price",
    blended_clv: "monthly_clv+reach*uplift",
    renewal_assumed: "IF(ISNUMBER(annual_renewal_rate),annual_renewal_rate,(1-monthly_churn)^12)",
    // The renewal that breaks even takes a search where both are cut: it is a value.
    horizon_used_years: where("NOT(limited)", String(UNBOUNDED_YEARS)),
    break_even_discount: where("ISNUMBER(equal_at)", where("equal_at>=0", "equal_at")),
  },
} satisfies Definition;

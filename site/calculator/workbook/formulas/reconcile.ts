import { discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** The sum of (m + s·k)·x^k over all k, with 1-x beside x. */
const growing = (x: string, rest: string) => `first_margin/(${rest})+margin_of_growth*(${x})/(${rest})^2`;

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    stay: "1-churn_rate",
    first_margin: "price*gross_margin",
    margin_of_growth: "growth_per_period*gross_margin",
    lifespan: "IF(ISNUMBER(lifespan_periods),lifespan_periods,1/churn_rate)",
    skok_factor: where("annual_discount_rate<1", "stay*(1-annual_discount_rate)^(1/periods_per_year)"),
  },
  rules: [{ refused: "AND(ISNUMBER(second_period_churn),N(second_period_churn)>=churn_rate)", code: "not_below", field: "second_period_churn", limit: "churn_rate", share: true }],
  results: {
    discount_rate_per_period: "discount",
    timing_factor: 'IF(payment_timing="start",1,IF(payment_timing="end",1,stay)/(1+discount))',
    clv: "timing_factor*formulas.growth_discounted",
    naive: "formulas.revenue_lifespan",
    times_over: where("clv>0", "naive/clv"),
    "formulas.revenue_lifespan": "price*lifespan",
    "formulas.margin_lifespan": "first_margin*lifespan",
    "formulas.revenue_churn": "price/churn_rate",
    "formulas.margin_churn": "first_margin/churn_rate",
    "formulas.discounted_start": "first_margin*(1+discount)/(churn_rate+discount)",
    "formulas.discounted_end": "first_margin/(churn_rate+discount)",
    "formulas.discounted_after_renewal": "first_margin*stay/(churn_rate+discount)",
    "formulas.growth_undiscounted": growing("stay", "churn_rate"),
    "formulas.growth_skok": where("ISNUMBER(skok_factor)", growing("skok_factor", "1-skok_factor")),
    "formulas.growth_discounted": growing("stay/(1+discount)", "(churn_rate+discount)/(1+discount)"),
    "bridge.naive": "naive",
    "bridge.margin_step": "formulas.margin_lifespan-formulas.revenue_lifespan",
    "bridge.lifespan_step": "formulas.margin_churn-formulas.margin_lifespan",
    "bridge.growth_step": "formulas.growth_undiscounted-formulas.margin_churn",
    "bridge.discount_step": "formulas.growth_discounted-formulas.growth_undiscounted",
    "bridge.timing_step": "clv-formulas.growth_discounted",
    "bridge.value": "clv",
  },
} satisfies Definition;

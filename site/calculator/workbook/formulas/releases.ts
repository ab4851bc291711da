import { MAX_PERIODS, discount, geometric, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** What stands in the table behind the time horizon. */
const within = (formula: string) => where("period<horizon_periods", formula);

/** A figure after the release at the beginning of a period, if there is one. */
const released = (column: string, changed: string) => within(`IF(MOD(period,release_interval)=0,${changed},${column}@before)`);

/** The largest price that is counted, as core/growth/releases.go has it. */
const MOST_MONEY = "1E+15";

/** What each release must bring takes a search: it is a value. */
export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    goods: "price*(1-gross_margin)",
    release_cost_share: "release_cost/release_interval/customer_count",
    periods_without: geometric("churn_rate", "discount", "horizon_periods"),
    periods_with: "SUM(schedule:weight)",
    margin_with: "SUM(schedule:margin)",
    bearable_cost: "(margin_with-clv_before)/periods_with*release_interval*customer_count",
  },
  tables: {
    schedule: {
      rows: MAX_PERIODS,
      of: "release_series",
      columns: {
        period: (i) => (i === 0 ? "0" : "period@before+1"),
        churn_then: (i) => (i === 0 ? "churn_rate" : released("churn_then", "MIN(1,churn_then@before*(1-churn_cut_per_release))")),
        price_then: (i) => (i === 0 ? "price" : released("price_then", `MIN(${MOST_MONEY},price_then@before*(1+price_rise_per_release))`)),
        discounted: (i) => (i === 0 ? "1" : within("discounted@before/(1+discount)")),
        survival_with: (i) => (i === 0 ? "1" : within("survival_with@before*(1-churn_then@before)")),
        survival_without: (i) => (i === 0 ? "1" : within("survival_without@before*(1-churn_rate)")),
        weight: within("survival_with*discounted"),
        margin: within("weight*(price_then-goods-service_cost)"),
      },
    },
  },
  picture: { table: "schedule", across: "period", up: ["survival_with", "survival_without"], rows: 61 },
  results: {
    net_gain: "clv_after-clv_before",
    max_release_cost: where("bearable_cost>=0", "bearable_cost"),
    clv_before: "(price-goods-service_cost)*periods_without",
    clv_after: "margin_with-programme_cost",
    programme_cost: "release_cost_share*periods_with",
    churn_rate_at_end: "INDEX(schedule:churn_then,horizon_periods)",
    price_at_end: "INDEX(schedule:price_then,horizon_periods)",
    release_count: "INT((horizon_periods-1)/release_interval)",
  },
} satisfies Definition;

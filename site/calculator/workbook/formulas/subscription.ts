import { LEAST, MAX_PERIODS, UNBOUNDED_YEARS, columnPower, discount, payments, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../build.ts";

const within = (years: number) => `gross_margin*timing_factor*${payments(`MIN(last,${years}*periods_per_year)`, "growing", "steady")}`;

export default {
  steps: {
    periods_per_year: periodsPerYear,
    stay: "1-churn_rate",
    decay: "churn_rate-growth_rate*stay",
    limited: `AND(OR(price=0,decay+discount_rate_per_period>=${LEAST}),OR(growth_per_period=0,churn_rate+discount_rate_per_period>=${LEAST}))`,
    limited_undiscounted: `AND(OR(price=0,decay>=${LEAST}),OR(growth_per_period=0,churn_rate>=${LEAST}))`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(limited,"whole life",${UNBOUNDED_YEARS}*periods_per_year))`,
    last: `IF(ISNUMBER(counted),counted,${MAX_PERIODS})`,
    first_margin: "price*gross_margin",
    steady: "stay/(1+discount_rate_per_period)",
    growing: "stay*(1+growth_rate)/(1+discount_rate_per_period)",
    first_paid: 'IF(payment_timing="after_renewal",stay,1)',
    rows_below: where("ISNUMBER(cac)", "SUMPRODUCT((schedule:cumulative<cac)*1)"),
    paid_back_in: where("ISNUMBER(cac)", where("rows_below<last", "rows_below+1")),
  },
  tables: {
    schedule: {
      rows: MAX_PERIODS,
      of: "series",
      columns: {
        period: (i) => (i === 0 ? "1" : "period@before+1"),
        survival: (i) => (i === 0 ? "1" : "IF(period>last,0,survival@before*stay)"),
        margin: `IF(period>last,0,gross_margin*timing_factor*(price*${columnPower("growing", "(period-1)")}+growth_per_period*(period-1)*${columnPower("steady", "(period-1)")}))`,
        cumulative: (i) => (i === 0 ? "margin" : "cumulative@before+margin"),
        cac_line: "cac",
      },
    },
  },
  picture: { table: "schedule", across: "period", up: ["cumulative", "cac_line"], rows: 60, only: "cac" },
  results: {
    discount_rate_per_period: discount,
    timing_factor: 'IF(payment_timing="start",1,IF(payment_timing="end",1,stay)/(1+discount_rate_per_period))',
    clv: `gross_margin*timing_factor*IF(ISNUMBER(counted),${payments("last", "growing", "steady")},` +
      "IF(price=0,0,price*(1+discount_rate_per_period)/(decay+discount_rate_per_period))" +
      "+IF(growth_per_period=0,0,growth_per_period*stay*(1+discount_rate_per_period)/(churn_rate+discount_rate_per_period)^2))",
    revenue_ltv: `IF(ISNUMBER(counted),first_paid*${payments("last", "stay*(1+growth_rate)", "stay")},` +
      'IF(limited_undiscounted,first_paid*(IF(price=0,0,price/decay)+IF(growth_per_period=0,0,growth_per_period*stay/churn_rate^2)),""))',
    undiscounted_clv: where("ISNUMBER(revenue_ltv)", "revenue_ltv*gross_margin"),
    lifetime_periods: `IF(ISNUMBER(counted),SUMPRODUCT((schedule:period<=last)*${columnPower("stay", "(schedule:period-1)")}),${where("churn_rate>0", "1/churn_rate")})`,
    margin_multiple: where("first_margin>0", "clv/first_margin"),
    ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
    payback_periods: where("ISNUMBER(paid_back_in)",
      "IF(cac<=0,0,paid_back_in-1+(cac-INDEX(schedule:cumulative,paid_back_in)+INDEX(schedule:margin,paid_back_in))/INDEX(schedule:margin,paid_back_in))"),
    simple_payback_periods: where("AND(ISNUMBER(cac),first_margin>0)", "cac/first_margin"),
    max_cac: "clv/target_ratio",
    value_within_12_months: within(1),
    value_within_36_months: within(3),
    value_within_60_months: within(5),
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

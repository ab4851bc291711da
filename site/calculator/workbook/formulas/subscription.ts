import { LEAST, MAX_PERIODS, UNBOUNDED_YEARS, columnPower, discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** What of the first n periods, but for the first, is paid: p of the price, s of its growth, each by its own power. Later periods have no power, and no payment. */
const sum = (n: string, p: string, s: string, kept: string) => {
  const within = `(schedule:period>1)*(schedule:period<=${n})`;
  const exponent = `((schedule:period-2)*${within})`;
  return `(price+${kept}*SUMPRODUCT(${within}*(price*(1+growth_rate)*${columnPower(p, exponent)}+growth_per_period*(schedule:period-1)*${columnPower(s, exponent)})))`;
};

/** The same without end; rest is what is lost per period, d the discount. */
const endless = (kept: string, d: string) =>
  `IF(leaves_first,price,price+${kept}*(IF(price=0,0,price*(1+growth_rate)*(1+${d})/(decay+${d}))+IF(growth_per_period=0,0,growth_per_period*((1+${d})/(churn_rate+${d}))^2)))`;

const within = (years: number) => `gross_margin*timing_factor*${sum(`MIN(last,${years}*periods_per_year)`, "growing", "steady", "kept_second")}`;

export default {
  steps: {
    periods_per_year: periodsPerYear,
    stay: "1-churn_rate",
    first_stay: "IF(ISNUMBER(first_period_churn),1-N(first_period_churn),stay)",
    leaves_first: "AND(ISNUMBER(first_period_churn),N(first_period_churn)=1)",
    second_stay: 'IF(payment_timing="after_renewal",stay,first_stay)',
    kept_second: "second_stay/(1+discount_rate_per_period)",
    decay: "churn_rate-growth_rate*stay",
    limited: `OR(leaves_first,AND(OR(price=0,decay+discount_rate_per_period>=${LEAST}),OR(growth_per_period=0,churn_rate+discount_rate_per_period>=${LEAST})))`,
    limited_undiscounted: `OR(leaves_first,AND(OR(price=0,decay>=${LEAST}),OR(growth_per_period=0,churn_rate>=${LEAST})))`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(limited,"whole life",${UNBOUNDED_YEARS}*periods_per_year))`,
    last: `IF(ISNUMBER(counted),counted,${MAX_PERIODS})`,
    first_margin: "price*gross_margin",
    steady: "stay/(1+discount_rate_per_period)",
    growing: "stay*(1+growth_rate)/(1+discount_rate_per_period)",
    first_paid: 'IF(payment_timing="after_renewal",first_stay,1)',
    rows_below: where("ISNUMBER(cac)", "SUMPRODUCT((schedule:cumulative<cac)*1)"),
    paid_back_in: where("ISNUMBER(cac)", where("rows_below<last", "rows_below+1")),
  },
  tables: {
    schedule: {
      rows: MAX_PERIODS,
      of: "series",
      columns: {
        period: (i) => (i === 0 ? "1" : "period@before+1"),
        survival: (i) => (i === 0 ? "1" : `IF(period>last,0,survival@before*${i === 1 ? "first_stay" : "stay"})`),
        margin: (i) =>
          i === 0
            ? "gross_margin*timing_factor*price"
            : `IF(period>last,0,gross_margin*timing_factor*kept_second*(price*(1+growth_rate)*${columnPower("growing", "(period-2)")}+growth_per_period*(period-1)*${columnPower("steady", "(period-2)")}))`,
        cumulative: (i) => (i === 0 ? "margin" : "cumulative@before+margin"),
        cac_line: "cac",
      },
    },
  },
  picture: { table: "schedule", across: "period", up: ["cumulative", "cac_line"], rows: 60, only: "cac" },
  results: {
    discount_rate_per_period: discount,
    timing_factor: 'IF(payment_timing="start",1,IF(payment_timing="end",1,first_stay)/(1+discount_rate_per_period))',
    clv: `gross_margin*timing_factor*IF(ISNUMBER(counted),${sum("last", "growing", "steady", "kept_second")},${endless("kept_second", "discount_rate_per_period")})`,
    revenue_ltv: `IF(ISNUMBER(counted),first_paid*${sum("last", "stay*(1+growth_rate)", "stay", "second_stay")},${where("limited_undiscounted", `first_paid*${endless("second_stay", "0")}`)})`,
    undiscounted_clv: where("ISNUMBER(revenue_ltv)", "revenue_ltv*gross_margin"),
    lifetime_periods: `IF(ISNUMBER(counted),1+first_stay*SUMPRODUCT((schedule:period>1)*(schedule:period<=last)*${columnPower("stay", "((schedule:period-2)*(schedule:period>1)*(schedule:period<=last))")}),IF(leaves_first,1,${where("churn_rate>0", "1+first_stay/churn_rate")}))`,
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
    second_payment_factor: where("ISNUMBER(first_period_churn)", "kept_second"),
    value_per_trial: where("ISNUMBER(trial_conversion)", "trial_conversion*clv-trial_cost"),
    value_per_visitor: where("AND(ISNUMBER(trial_conversion),ISNUMBER(trial_start_rate))", "trial_start_rate*value_per_trial"),
    break_even_trial_conversion: where("AND(ISNUMBER(trial_conversion),clv>0,trial_cost<=clv)", "trial_cost/clv"),
  },
} satisfies Definition;

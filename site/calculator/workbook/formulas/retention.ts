import { LEAST, MAX_PERIODS, UNBOUNDED_YEARS, fiveTerms, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** The years that are listed at most. */
const YEARS = 10;

/** What the first n years bring, as a multiple of a year's margin. */
const multiple = (n: string) => `timing_factor*IF(${n}<=0,0,IF(kept=1,${n},(1-kept^${n})/(1-kept)))`;

const within = (years: number) => `margin*${multiple(limitedTo(years))}`;
const limitedTo = (years: number) => String(Math.min(years, UNBOUNDED_YEARS));

export default {
  steps: {
    left_per_year: "1-retention_rate-annual_growth_rate*retention_rate",
    limited: `left_per_year+annual_discount_rate>=${LEAST}`,
    kept: "retention_rate*(1+annual_growth_rate)/(1+annual_discount_rate)",
    first_margin: "margin*timing_factor",
    // How many payments cover the cost, the last of them in part.
    pays_back: 'AND(ISNUMBER(cac),OR(N(cac)<=0,N(cac)<clv,AND(OR(NOT(limited),kept<=0),N(cac)<=clv)))',
    payments_needed: where("pays_back", "IF(OR(cac<=0,kept<=0),0,IF(kept=1,cac/first_margin,LN(1-cac/first_margin*(1-kept))/LN(kept)))"),
    payments_before: where("ISNUMBER(payments_needed)", "MAX(0,ROUNDUP(payments_needed,0)-1)"),
    years_shown: `IF(limited,IF(OR(clv=0,kept<=0),1,MIN(${YEARS},MAX(1,ROUNDUP(LN(0.05)/LN(kept),0)))),${UNBOUNDED_YEARS})`,
  },
  tables: {
    schedule: {
      rows: YEARS,
      of: "series",
      columns: {
        period: (i) => (i === 0 ? "1" : "period@before+1"),
        survival: (i) => (i === 0 ? "1" : where("period<=years_shown", "survival@before*retention_rate")),
        margin: (i) => (i === 0 ? "first_margin" : where("period<=years_shown", "margin@before*kept")),
        cumulative: (i) => (i === 0 ? "margin" : where("period<=years_shown", "cumulative@before+margin")),
        cac_line: "cac",
      },
    },
  },
  picture: { table: "schedule", across: "period", up: ["cumulative", "cac_line"], only: "cac" },
  results: {
    timing_factor: 'IF(payment_timing="start",1,IF(payment_timing="end",1,retention_rate)/(1+annual_discount_rate))',
    margin_multiple: `timing_factor*IF(limited,(1+annual_discount_rate)/(left_per_year+annual_discount_rate),${fiveTerms("kept")})`,
    clv: "margin*margin_multiple",
    lifetime_years: `IF(limited,${where("retention_rate<1", "1/(1-retention_rate)")},${fiveTerms("retention_rate")})`,
    horizon_used_years: where("NOT(limited)", String(UNBOUNDED_YEARS)),
    ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
    payback_periods: where(`AND(ISNUMBER(payments_before),N(payments_before)<${MAX_PERIODS})`, "IF(cac<=0,0,payments_before+(cac-margin*" + multiple("payments_before") + ")/(first_margin*IF(payments_before=0,1,kept^payments_before)))"),
    simple_payback_periods: where("AND(ISNUMBER(cac),margin>0)", "cac/margin"),
    max_cac: "clv/target_ratio",
    value_within_12_months: within(1),
    value_within_36_months: within(3),
    value_within_60_months: within(5),
  },
} satisfies Definition;

import { LEAST, UNBOUNDED_YEARS, fiveTerms, where } from "../sums.ts";
import type { Definition } from "../build.ts";

export default {
  steps: {
    left_per_year: "1-retention_rate-annual_growth_rate*retention_rate",
    limited: `left_per_year+annual_discount_rate>=${LEAST}`,
    kept: "retention_rate*(1+annual_growth_rate)/(1+annual_discount_rate)",
  },
  results: {
    timing_factor: 'IF(payment_timing="start",1,IF(payment_timing="end",1,retention_rate)/(1+annual_discount_rate))',
    margin_multiple: `timing_factor*IF(limited,(1+annual_discount_rate)/(left_per_year+annual_discount_rate),${fiveTerms("kept")})`,
    clv: "margin*margin_multiple",
    lifetime_years: `IF(limited,${where("retention_rate<1", "1/(1-retention_rate)")},${fiveTerms("retention_rate")})`,
    horizon_used_years: where("NOT(limited)", String(UNBOUNDED_YEARS)),
  },
} satisfies Definition;

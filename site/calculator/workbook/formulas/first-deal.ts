import { LEAST, UNBOUNDED_YEARS, annuity, discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** The churn after the deal at which a prospect is worth as much as without it. */
const churn = "1-(prospect_value_before-deal_conversion*first_deal_margin)/(deal_conversion*later_value)";

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    first_churn: "IF(ISNUMBER(first_period_churn),first_period_churn,churn_rate)",
    deal_churn: "IF(ISNUMBER(deal_first_churn_rate),deal_first_churn_rate,first_churn)",
    unlimited: `churn_rate+discount<${LEAST}`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(unlimited,${UNBOUNDED_YEARS}*periods_per_year,"whole life"))`,
    regular_margin: "price*gross_margin-service_cost",
  },
  results: {
    gain_per_prospect: "prospect_value_after-prospect_value_before",
    break_even_deal_conversion: where("deal_clv>0", where("prospect_value_before/deal_clv<=1", "MAX(0,prospect_value_before/deal_clv)")),
    break_even_deal_first_churn_rate: where("deal_conversion*later_value>0", where(`AND(${churn}>=0,${churn}<=1)`, churn)),
    prospect_value_before: "conversion*regular_clv",
    prospect_value_after: "deal_conversion*deal_clv",
    regular_clv: "regular_margin+(1-first_churn)*later_value",
    deal_clv: "first_deal_margin+(1-deal_churn)*later_value",
    first_deal_margin: "IF(ISNUMBER(deal_margin),deal_price*deal_margin,deal_price-price*(1-gross_margin))-service_cost",
    margin_given_up: "regular_margin-first_deal_margin",
    later_value: `regular_margin*(${annuity("0", "churn_rate", "discount", "counted")}-1)`,
    total_gain: where("ISNUMBER(prospects)", "prospects*gain_per_prospect"),
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

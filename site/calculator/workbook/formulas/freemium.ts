import { LEAST, UNBOUNDED_YEARS, discount, endless, geometric, periodsPerYear, power, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

const YEARS_COUNTED = `${UNBOUNDED_YEARS}*periods_per_year`;

export default {
  steps: {
    periods_per_year: periodsPerYear,
    somebody_pays: "AND(price>0,gross_margin>0,conversion>0)",
    somebody_stays_free: "AND(conversion<1,OR(free_user_cost>0,signups_per_free_user>0))",
    counted: `IF(OR(AND(somebody_pays,churn_rate+discount_rate_per_period<${LEAST}),AND(somebody_stays_free,free_churn_rate+discount_rate_per_period<${LEAST})),${YEARS_COUNTED},"whole life")`,
    periods_before_paying: "IF(ISNUMBER(counted),MIN(N(counted),periods_to_conversion),periods_to_conversion)",
    // Of those who neither pay nor cost anything, no more than five years are counted.
    periods_paid:
      `IF(churn_rate+discount_rate_per_period<${LEAST},IF(ISNUMBER(counted),N(counted)-periods_before_paying,${YEARS_COUNTED}),IF(ISNUMBER(counted),${geometric("churn_rate", "discount_rate_per_period", "(N(counted)-periods_before_paying)")},${endless("churn_rate", "discount_rate_per_period")}))`,
    periods_waiting: geometric("0", "discount_rate_per_period", "periods_before_paying"),
    periods_always_free:
      `IF(free_churn_rate+discount_rate_per_period<${LEAST},${YEARS_COUNTED},IF(ISNUMBER(counted),${geometric("free_churn_rate", "discount_rate_per_period", "N(counted)")},${endless("free_churn_rate", "discount_rate_per_period")}))`,
    value_of_paying: `paying_clv*${power("1/(1+discount_rate_per_period)", "periods_to_conversion")}`,
    signups_brought: "signups_per_free_user*free_periods/(1+discount_rate_per_period)",
    cost_of_staying_free: "free_user_cost*periods_always_free",
    gain_of_paying: "value_of_paying+cost_of_staying_free-free_user_cost*periods_waiting",
  },
  rules: [{ refused: `signups_brought>1-${LEAST}`, code: "endless_chain", field: "signups_per_free_user", limit: "signups_brought" }],
  results: {
    signup_value: "own_signup_value/(1-signups_brought)",
    own_signup_value: "conversion*value_of_paying-free_cost_per_signup",
    paying_clv: "price*gross_margin*periods_paid",
    free_cost_per_signup: "free_user_cost*free_periods",
    free_cost_per_customer: where("conversion>0", "free_cost_per_signup/conversion"),
    referral_value: "signup_value*signups_brought",
    signups_per_signup:
      `IF(signups_per_free_user=0,0,IF(conversion=1,signups_per_free_user*periods_before_paying,${where(`OR(ISNUMBER(counted),free_churn_rate>=${LEAST})`,
        `signups_per_free_user*(conversion*periods_before_paying+(1-conversion)*IF(ISNUMBER(counted),${geometric("free_churn_rate", "0", "N(counted)")},1/free_churn_rate))`)}))`,
    signup_multiplier: where(`AND(ISNUMBER(signups_per_signup),N(signups_per_signup)<=1-${LEAST})`, "1/(1-signups_per_signup)"),
    free_periods: "conversion*periods_waiting+(1-conversion)*periods_always_free",
    break_even_conversion: `IF(cost_of_staying_free=0,0,${where("AND(gain_of_paying>0,cost_of_staying_free<=gain_of_paying)", "cost_of_staying_free/gain_of_paying")})`,
    discount_rate_per_period: discount,
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

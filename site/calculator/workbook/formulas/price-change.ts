import { discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    churn_after: "churn_rate+churn_rise",
    kept_after: "clv_after*(1-volume_loss)",
    even_rise: "price_rise/gross_margin*(churn_rate+discount)",
    is_even: "AND(churn_rate+even_rise>0,churn_rate+even_rise<=1)",
  },
  rules: [
    { refused: "churn_after>1", code: "too_high", field: "churn_rise", limit: "1-churn_rate", share: true },
    { refused: "churn_after<=0", code: "not_above", field: "churn_rise", limit: "-churn_rate", share: true },
  ],
  results: {
    gain_per_customer: "(1-grandfathered_share)*(kept_after-clv_before)",
    clv_before: "margin_before*discounted_periods_before",
    clv_after: "margin_after*discounted_periods_after",
    break_even_churn_rise: where("is_even", "even_rise"),
    break_even_churn_rate: where("is_even", "churn_rate+even_rise"),
    break_even_volume_loss: where("margin_after>0", "1-clv_before/clv_after"),
    new_price: "price*(1+price_rise)",
    margin_before: "price*gross_margin",
    margin_after: "price*(gross_margin+price_rise)",
    discount_rate_per_period: "discount",
    discounted_periods_before: "(1+discount)/(churn_rate+discount)",
    discounted_periods_after: "(1+discount)/(churn_after+discount)",
    total_gain: where("ISNUMBER(customer_count)", "customer_count*gain_per_customer"),
    "bridge.clv_before": "clv_before",
    "bridge.price_step": "(margin_after-margin_before)*discounted_periods_before",
    "bridge.churn_step": "margin_after*(discounted_periods_after-discounted_periods_before)",
    "bridge.loss_step": "-volume_loss*clv_after",
    "bridge.grandfathered_step": "-grandfathered_share*(kept_after-clv_before)",
    "bridge.value_after": "clv_before+gain_per_customer",
  },
} satisfies Definition;

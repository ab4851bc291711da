import { LEAST, annuity, discount, endless, geometric, periodsPerYear, present, where } from "../sums.ts";
import { FIVE_YEARS } from "../rows.ts";
import type { Definition } from "../definition.ts";

const there = (rate: string) => present("first_churn", "churn_rate", rate, "offer_period");

/** The discounted periods from the offer until n, a text for the whole life: without the difference of two sums, which would lose digits. */
const from = (n: string) =>
  `IF(offer_period=0,${annuity("first_churn", "churn_rate", "discount", n)},IF(first_churn=1,0,${there("discount")}*IF(ISNUMBER(${n}),${geometric("churn_rate", "discount", `(N(${n})-offer_period)`)},${endless("churn_rate", "discount")})))`;

const margin = (own: string) => `IF(ISNUMBER(${own}),${own},gross_margin)`;

const promoted = (formula: string) => where("ISNUMBER(promo_take_up)", formula);

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    first_churn: "IF(ISNUMBER(first_period_churn),first_period_churn,churn_rate)",
    unlimited: `AND(first_churn<1,churn_rate+discount<${LEAST})`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(unlimited,${FIVE_YEARS},"whole life"))`,
    in_time: "IF(ISNUMBER(counted),offer_period<counted,TRUE)",
    promo_until: "IF(ISNUMBER(counted),MIN(N(counted),offer_period+promo_periods),offer_period+promo_periods)",
    offers_made: "offer_cost*discounted_share_at_offer",
    all_upsell: `upsell_spend*${margin("upsell_margin")}*discounted_periods_from_offer`,
    all_cross_sell: `cross_sell_spend*(${margin("cross_sell_margin")}-replaced_share*gross_margin)*discounted_periods_from_offer`,
    all_discounted: "promo_discount*upsell_spend*discounted_promo_periods",
  },
  results: {
    upsell_lead: "upsell_gain-cross_sell_gain",
    upsell_gain: "upsell_take_up*all_upsell-offers_made",
    cross_sell_gain: "cross_sell_take_up*all_cross_sell-offers_made",
    equal_cross_sell_take_up: where("all_cross_sell>0", where("upsell_take_up*all_upsell<=all_cross_sell", "upsell_take_up*all_upsell/all_cross_sell")),
    take_up_ratio: where("cross_sell_take_up>0", "upsell_take_up/cross_sell_take_up"),
    promo_upsell_gain: promoted("N(promo_take_up)*(all_upsell-all_discounted)-offers_made"),
    promo_gain: promoted("promo_upsell_gain-upsell_gain"),
    promo_given_away: promoted("MIN(upsell_take_up,N(promo_take_up))*all_discounted"),
    break_even_promo_take_up: promoted(
      where("all_upsell>all_discounted", where("upsell_take_up*all_upsell<=all_upsell-all_discounted", "upsell_take_up*all_upsell/(all_upsell-all_discounted)")),
    ),
    still_there: there("0"),
    discounted_periods_from_offer: `IF(in_time,${from("counted")},0)`,
    discounted_share_at_offer: `IF(in_time,${there("discount")},0)`,
    discounted_promo_periods: `IF(in_time,${from("promo_until")},0)`,
    clv_before: `(price*gross_margin-service_cost)*(${annuity("first_churn", "churn_rate", "discount", "counted")})`,
  },
} satisfies Definition;

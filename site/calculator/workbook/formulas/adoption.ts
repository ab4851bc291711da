import { LEAST, annuity, where } from "../sums.ts";
import { FIVE_YEARS } from "../rows.ts";
import { leverPage } from "../plan.ts";

const lever = {
  reach: "reach", churn_fall: "churn_fall", frequency_rise: "frequency_rise", referral_rate: "referral_rate", cost_per_customer: "cost_per_customer",
  cost_per_period: "cost_per_period", fixed_cost: "fixed_cost",
};

/** A control group speaks of a rate that would lie outside its bounds. */
const impossible = (control: string, after: string, slack: string, most?: string) =>
  ({ refused: `AND(ISNUMBER(${control}),OR(${after}<-${slack}${most ? `,${after}>${most}` : ""}))`, code: "control_impossible", field: control, limit: after });

/** How much of the difference must be an effect, and so how large a test must be, takes a search: they are values. */
export default leverPage(
  lever,
  {
    effective_share: where("churn_difference<>0", "churn_fall/churn_difference"),
    churn_fall: "IF(ISNUMBER(control_churn_rate),churn_difference-(churn_rate-N(control_churn_rate))/adoption_rate,effect_share*churn_difference)",
    frequency_rise: "IF(price>0,spend_effect/price,0)",
    reach: "target_adoption_rate-adoption_rate",
    referral_rate: "effect_share*adopter_referral_rate",
    adopter_clv: where(`adopter_friends<=1-${LEAST}`, "adopter_periods*((price+spend_difference)*gross_margin-service_cost)/(1-adopter_friends)"),
    discounted_periods_before: "plan:periods@0",
    discounted_periods_after: "plan:periods@1",
  },
  {
    asks: { churn_fall: "adopter_churn_rate" },
    rules: [
      { refused: "target_adoption_rate<adoption_rate", code: "too_low", field: "target_adoption_rate", limit: "adoption_rate", share: true },
      { refused: "AND(adoption_rate=0,OR(ISNUMBER(control_churn_rate),ISNUMBER(control_price)))", code: "not_above", field: "adoption_rate", limit: "0" },
      impossible("control_churn_rate", "(churn_rate-churn_fall)", "1E-9", "1+1E-9"),
      impossible("control_price", "(price+spend_effect)", "1E-9*price"),
      { refused: "AND(price=0,OR(N(adopter_price)>0,N(control_price)>0))", code: "not_above", field: "price", limit: "0" },
      { refused: `MAX(plan:friends_mixed_1@0,plan:friends_mixed_1@1)>1-${LEAST}`, code: "endless_chain", field: "adopter_referral_rate", limit: "MAX(plan:friends_mixed_1@0,plan:friends_mixed_1@1)" },
    ],
    steps: {
      first_churn: "churn_rate",
      churn_difference: "churn_rate-adopter_churn_rate",
      spend_difference: "IF(ISNUMBER(adopter_price),N(adopter_price)-price,0)",
      spend_effect: "IF(ISNUMBER(control_price),spend_difference+(price-N(control_price))/adoption_rate,effect_share*spend_difference)",
      adopter_counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(MIN(churn_rate,adopter_churn_rate)+discount<${LEAST},${FIVE_YEARS},"whole life"))`,
      adopter_periods: annuity("adopter_churn_rate", "adopter_churn_rate", "discount", "adopter_counted"),
      adopter_friends: "adopter_referral_rate*adopter_periods/(1+discount)",
    },
  },
);

import { leverPage, share, straight } from "../plan.ts";
import { powerAbove, present } from "../sums.ts";

const lever = { reach: "reach", frequency_rise: "frequency_rise", reward_cost_rate: "reward_cost_rate", cost_per_period: "cost_per_period", fixed_cost: "fixed_cost" };

const rounds = "IF(reward_threshold>0,IF(price>0,MAX(1,ROUNDUP(reward_threshold/price-1E-9,0)),1),1)";
const stayed = (n: string) => powerAbove("(1-churn_rate)", n);
/** Of points earned, those whose owner is there when the reward is reached. */
const inTime = `IF(OR(churn_rate=0,periods_to_reward=1),1,periods_to_reward*${stayed("(periods_to_reward-1)")}*churn_rate/(1-${stayed("periods_to_reward")}))`;

export default leverPage(
  lever,
  {
    break_even_price_elasticity: straight("to_pay_for", "elastic_by_one", "0", "10"),
    redeemed_share: `${inTime}*(1-breakage)`,
    periods_to_reward: rounds,
    first_reward_share: present("first_churn", "churn_rate", "0", "(periods_to_reward-1)"),
    effective_price_cut: "reward_rate*redeemed_share",
    frequency_rise: "price_elasticity*effective_price_cut",
    reward_cost_rate: "effective_price_cut*reward_unit_cost",
    discounted_periods_before: "plan:periods@0",
  },
  {
    rules: [
      { refused: "AND(reward_threshold>0,price<=0)", code: "not_above", field: "price", limit: "0" },
      { refused: "AND(price>0,periods_to_reward>2400)", code: "too_high", field: "reward_threshold", limit: "2400*price" },
    ],
    steps: {
      to_pay_for: `reach*(cost_per_period+reward_cost_rate*price)*plan:periods@0+${share("fixed_cost")}`,
      elastic_by_one: "reach*effective_price_cut*price*(gross_margin-reward_cost_rate)*plan:periods@0",
    },
  },
);

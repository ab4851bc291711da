import { where } from "../sums.ts";
import { leverPage, share, straight } from "../plan.ts";

const lever = {
  reach: "reach", churn_fall: "churn_fall", frequency_rise: "frequency_rise", reward_cost_rate: "reward_cost_rate", fee_per_period: "fee_per_period",
  cost_per_customer: "cost_per_customer", cost_per_period: "running_cost", fixed_cost: "fixed_cost",
};

const running = "+fee_per_period-service_cost-running_cost";

/** What a member brings who pays this and leaves that margin. */
const gain = (price: string, margin: string) =>
  `(plan:frequency@1*(${margin}-${price}*reward_cost_rate)${running})*plan:periods@1-(${margin}-service_cost)*plan:periods@0-cost_per_customer`;

const split = (figure: string) => where("low_margin_share>0", figure);

export default leverPage(
  lever,
  {
    reward_cost_rate:
      'IF(programme="value_based",reward_rate,(1-breakage)*reward_unit_cost*IF(programme="tiered",(1-top_tier_spend_share)*reward_rate+top_tier_spend_share*top_tier_reward_rate,' +
      'reward_rate*IF(programme="coalition",1-partner_share,1)))',
    break_even_frequency_rise: straight("to_pay_for", "twice_as_much", "-1", "10"),
    break_even_reward_cost_rate: where("members_spend>0", where("AND(rewards_bearable>=0,rewards_bearable<=1)", "rewards_bearable")),
    rewards: "reward_cost_rate*members_spend",
    rewards_on_sales_anyway: "reach*reward_cost_rate*price*plan:periods@0",
    discounted_periods_before: "plan:periods@0",
    discounted_periods_after: "plan:periods@1",
    running_cost_per_period: "running_cost",
    member_clv: "plan:margin@1-plan:cost@1",
    member_revenue: "reach*plan:revenue@1",
    low_margin_gain: split(gain("low_price", "low_price*low_margin")),
    other_member_gain: split(gain("(price-low_margin_share*low_price)/(1-low_margin_share)", "(price*gross_margin-low_margin_share*low_price*low_margin)/(1-low_margin_share)")),
    low_margin_after_rewards: split(`low_price*plan:frequency@1*(low_margin-reward_cost_rate)${running}`),
    low_margin_reward_share: where("AND(low_margin_share>0,price>0,reward_cost_rate>0)", "MIN(1,low_margin_share*low_price/price)"),
    break_even_low_margin_share: split(where("AND(left_without>=0,left_without<=members_apart,members_apart>1E-9*price*plan:periods@1)", "left_without/members_apart")),
  },
  {
    rules: [
      { refused: "AND(low_margin_share>0,low_margin_share*low_price>price+1E-9*price)", code: "too_high", field: "low_margin_price", limit: "price/low_margin_share" },
      { refused: "AND(low_margin_share>0,price*gross_margin-low_margin_share*low_price*low_margin>price-low_margin_share*low_price+1E-9*price)", code: "too_low", field: "low_margin", limit: "1-price*(1-gross_margin)/(low_margin_share*low_price)", share: true },
    ],
    steps: {
      low_price: "IF(ISNUMBER(low_margin_price),low_margin_price,price)",
      left_without: split(`reach*other_member_gain-${share("fixed_cost")}`),
      members_apart: split("reach*(other_member_gain-low_margin_gain)"),
      running_cost: 'cost_per_period+IF(programme="gamified",prize_cost,0)',
      to_pay_for: `reach*(cost_per_customer+(running_cost+reward_cost_rate*price-fee_per_period)*plan:periods@0)+${share("fixed_cost")}`,
      twice_as_much: "reach*price*(gross_margin-reward_cost_rate)*plan:periods@0",
      members_spend: "reach*price*plan:frequency@1*plan:periods@1",
      rewards_bearable: where("members_spend>0", "reward_cost_rate+net_gain/members_spend"),
    },
  },
);

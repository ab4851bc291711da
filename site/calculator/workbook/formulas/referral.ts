import { LEAST, NONE, ifLimited, where } from "../sums.ts";
import { leverPage, share } from "../plan.ts";

const lever = {
  reach: "reach", referral_rate: "referral_rate", referral_reward: "reward", organic_share: "organic_share", cost_per_customer: "cost_per_customer",
  fixed_cost: "fixed_cost",
};

export default leverPage(
  lever,
  {
    referral_rate: "invitations_per_period*referral_conversion",
    break_even_reward: where("AND(rewarded>0,net_gain+reward*rewarded>=0)", "(net_gain+reward*rewarded)/rewarded"),
    break_even_referral_rate: `IF(to_pay_for=0,0,IF(one_more_friend<=0,${NONE},${where("to_pay_for/one_more_friend<=longest_chain", "to_pay_for/one_more_friend")}))`,
    discounted_friends: "reach*referral_rate*plan:periods@0/(1+discount)",
    friends_per_customer: ifLimited("plan:chain_mixed_1@1"),
    referral_multiplier: where(`plan:chain_mixed_1@1<=1-${LEAST}`, "1/(1-plan:chain_mixed_1@1)"),
    friend_value: "plan:margin_whole@1",
  },
  {
    rules: [{ refused: `MAX(plan:friends_mixed_1@0,plan:friends_mixed_1@1)>1-${LEAST}`, code: "endless_chain", field: "invitations_per_period", limit: "MAX(plan:friends_mixed_1@0,plan:friends_mixed_1@1)" }],
    steps: {
      reward: "referrer_reward+friend_reward",
      rewarded: "reach*referral_rate*word/(1-plan:friends_mixed_1@1)",
      word: "plan:periods@0/(1+discount)",
      to_pay_for: `reach*cost_per_customer+${share("fixed_cost")}`,
      one_more_friend: `reach*word*((plan:margin@0+${share("fixed_cost")})*(1-organic_share)-reward)`,
      longest_chain: "MIN(1000,(1-1E-9)/MAX(1E-12,reach*(1-organic_share)*plan:periods@1/(1+discount)))",
    },
  },
);

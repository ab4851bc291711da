import { leverPage, periodsGained, share, straight } from "../plan.ts";

const lever = {
  reach: "reach", churn_fall: "churn_fall", frequency_rise: "frequency_rise", cost_per_customer: "cost_per_customer", cost_per_period: "cost_per_period",
  fixed_cost: "fixed_cost",
};

export default leverPage(
  lever,
  {
    break_even_frequency_rise: straight("to_pay_for", "twice_as_much", "-1", "10"),
    periods_gained: periodsGained,
    discounted_periods_before: "plan:periods@0",
    discounted_periods_after: "plan:periods@1",
  },
  {
    steps: {
      to_pay_for: `reach*(cost_per_customer+cost_per_period*plan:periods@0)+${share("fixed_cost")}`,
      twice_as_much: "reach*price*gross_margin*plan:periods@0",
    },
  },
);

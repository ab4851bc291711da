import { annuity, geometric, endless } from "../sums.ts";
import { leverPage, periodsGained, share, straight } from "../plan.ts";

const lever = { reach: "reach", first_churn_fall: "first_churn_fall", cost_per_customer: "cost_per_customer", fixed_cost: "fixed_cost" };

export default leverPage(
  lever,
  {
    break_even_first_churn_fall: straight("to_pay_for", "one_more_kept", "first_churn-1", "first_churn"),
    periods_gained: periodsGained,
    discounted_later_periods: `${annuity("0", "churn_rate", "discount", "counted")}-1`,
  },
  {
    steps: {
      to_pay_for: `reach*cost_per_customer+${share("fixed_cost")}`,
      one_more_kept: `reach*(price*gross_margin-service_cost)/(1+discount)*IF(ISNUMBER(counted),${geometric("churn_rate", "discount", "(N(counted)-1)")},${endless("churn_rate", "discount")})`,
    },
  },
);

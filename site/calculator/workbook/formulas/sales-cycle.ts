import { NONE, where } from "../sums.ts";
import { leverPage, share, straight } from "../plan.ts";

const lever = { reach: "reach", days_saved: "days_saved", frequency_rise: "frequency_rise", cost_per_customer: "cost_per_customer", fixed_cost: "fixed_cost" };

export default leverPage(
  lever,
  {
    frequency_rise: "IF(ISNUMBER(purchase_interval_days),interval_days_saved/(purchase_interval_days-interval_days_saved),0)",
    discounted_periods_before: "plan:periods@0",
    break_even_interval_days_saved: where("AND(ISNUMBER(purchase_interval_days),ISNUMBER(rise_needed))", `IF(rise_needed>-1,purchase_interval_days*rise_needed/(1+rise_needed),${NONE})`),
  },
  {
    selling: true,
    rules: [
      { refused: "AND(NOT(ISNUMBER(purchase_interval_days)),interval_days_saved<>0)", code: "required", field: "purchase_interval_days" },
      { refused: "AND(ISNUMBER(purchase_interval_days),interval_days_saved>=N(purchase_interval_days))", code: "not_below", field: "interval_days_saved", limit: "purchase_interval_days" },
    ],
    steps: {
      to_pay_for: `reach*plan:sold@0*cost_per_customer+${share("fixed_cost")}`,
      twice_as_much: "reach*plan:sold@0*price*gross_margin*plan:periods@0",
      rise_needed: straight("to_pay_for", "twice_as_much", "-1", "10"),
    },
  },
);

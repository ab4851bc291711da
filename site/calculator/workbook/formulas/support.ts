import { leverPage } from "../plan.ts";
import { where } from "../sums.ts";

const lever = { churn_fall: "churn_fall", cost_per_period: "cost_per_period", fixed_cost: "fixed_cost" };

/** How many more must leave after a poor answer takes a search: it is a value. */
export default leverPage(
  lever,
  {
    max_ticket_cost: where("ISNUMBER(bearable_ticket_cost)", where("bearable_ticket_cost>=0", "bearable_ticket_cost")),
    churn_fall: "better_answers*poor_answer_churn_rise",
    cost_per_period: "tickets_per_period*(target_ticket_cost-ticket_cost)",
    support_cost_per_period: "tickets_per_period*ticket_cost",
    discounted_periods_before: "plan:periods@0",
    discounted_periods_after: "plan:periods@1",
  },
  {
    service: "service_with_support",
    asks: { churn_fall: "poor_answer_churn_rise" },
    steps: {
      better_answers: "tickets_per_period*(target_served_share-served_share)",
      service_with_support: "service_cost+support_cost_per_period",
      bearable_ticket_cost: where("tickets_per_period>0", "target_ticket_cost+net_gain/(tickets_per_period*plan:periods@1)"),
    },
  },
);

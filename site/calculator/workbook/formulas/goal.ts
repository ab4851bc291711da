import { discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** The most periods until the target, and today. */
const ROWS = 121;

/** 95% confidence and 80% power, as core/growth has them. */
const Z2 = "(1.959963984540054+0.8416212335729143)^2";

const worth = (churn: string) => `regular_margin*(1+discount)/(${churn}+discount)`;
const reached = (formula: string) => where("churn_reaches", formula);
const until = (formula: string) => where("AND(churn_reaches,period<=goal_periods)", formula);

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    regular_margin: "price*gross_margin-service_cost",
    margin_missing: "clv_gap*(churn_rate+discount)/(1+discount)",
    churn_at_target: "regular_margin*(1+discount)/target_clv-discount",
    churn_reaches: "AND(churn_at_target>0,churn_at_target<=1)",
    churn_factor: reached("(churn_at_target/churn_rate)^(1/goal_periods)"),
  },
  rules: [{ refused: "regular_margin<=0", code: "not_below", field: "service_cost", limit: "price*gross_margin" }],
  picture: { table: "schedule", across: "period", up: ["milestone_clv"] },
  tables: {
    schedule: {
      rows: ROWS,
      of: "goal_series",
      columns: {
        period: (i) => (i === 0 ? "0" : "period@before+1"),
        milestone_churn_rate: (i) => until(i === 0 ? "churn_rate" : "milestone_churn_rate@before*churn_factor"),
        milestone_clv: until(worth("milestone_churn_rate")),
      },
    },
  },
  results: {
    clv_gap: "target_clv-clv",
    discount_rate_per_period: "discount",
    clv: worth("churn_rate"),
    needed_churn_rate: reached("churn_at_target"),
    needed_churn_fall: reached("churn_rate-churn_at_target"),
    needed_price: "price+margin_missing",
    needed_frequency_rise: "margin_missing/(price*gross_margin)",
    customers_to_track: where("AND(churn_at_target>0,churn_at_target<churn_rate)", `ROUNDUP(${Z2}*(churn_rate*(1-churn_rate)+churn_at_target*(1-churn_at_target))/(churn_rate-churn_at_target)^2,0)`),
    churn_step_per_period: reached("1-churn_factor"),
  },
} satisfies Definition;

import { LEAST, NONE, UNBOUNDED_YEARS, annuity, discount, orElse, periodsPerYear, power, where } from "../sums.ts";
import { bearable, needed, share } from "../plan.ts";
import type { Definition, Rule } from "../definition.ts";

const within = (churn: string) => `MIN(1,MAX(0,${churn}))`;

/** What a fall may take of a churn, and add to it. */
const budget = (fall: string, of: string, most: string): Rule[] => [
  { refused: `${fall}>${of}+1E-9*${of}`, code: "takes_too_much", field: fall, limit: of, share: true },
  { refused: `-(${fall})>1-${most}+1E-9*${of}`, code: "too_low", field: fall, limit: `-(1-${most})`, share: true },
];

const LOWER = "MIN(first_churn,churn_rate)";
const both = (of: (row: number) => string) => `MIN(${of(0)},${of(1)})`;
const spent = "reward_cost*plan:at_reward@1+cost_per_period*plan:from_reward@1";

/** A row of the table is today, the other with the reward. What is there from the reward on has one churn. */
export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    first_churn: "IF(ISNUMBER(first_period_churn),first_period_churn,churn_rate)",
    least_first_churn: "first_churn-MAX(0,churn_fall)",
    least_churn: "churn_rate-MAX(0,churn_fall)",
    unlimited: `AND(least_churn+discount<${LEAST},OR(least_first_churn<1,early_churn_fall>0))`,
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(unlimited,${UNBOUNDED_YEARS}*periods_per_year,"whole life"))`,
    counted_before: "IF(ISNUMBER(counted),MIN(reward_period,N(counted)),reward_period)",
    counted_after: 'IF(ISNUMBER(counted),MAX(0,N(counted)-reward_period),"whole life")',
    regular_margin: "price*gross_margin-service_cost",
  },
  rules: [...budget("churn_fall", "churn_rate", "churn_rate"), ...budget("churn_fall", "first_churn", "first_churn"), ...budget("early_churn_fall", LOWER, "MAX(first_churn,churn_rate)"), needed(["fixed_cost"])],
  tables: {
    plan: {
      rows: 2,
      columns: {
        reached_by: (row) => (row ? '"1"' : '"–"'),
        first_left: (row) => (row ? within("first_churn-early_churn_fall") : "first_churn"),
        later_left: (row) => (row ? within("churn_rate-early_churn_fall") : "churn_rate"),
        rewarded_left: (row) => (row ? within("churn_rate-churn_fall") : "churn_rate"),
        until_reward: annuity("first_left", "later_left", "discount", "counted_before"),
        there: `(1-first_left)*${power("(1-later_left)", "(reward_period-1)")}`,
        at_reward: `IF(ISNUMBER(counted_after),IF(N(counted_after)>0,1,0),1)*there*${power("1/(1+discount)", "reward_period")}`,
        from_reward: `IF(at_reward>0,at_reward*${annuity("rewarded_left", "rewarded_left", "discount", "counted_after")},0)`,
        lifetime: orElse(`${annuity("first_left", "later_left", "0", "counted_before")}+IF(there>0,there*${annuity("rewarded_left", "rewarded_left", "0", "counted_after")},0)`, NONE),
      },
    },
  },
  results: {
    net_gain: "clv_after-clv_before",
    // The churn reduction that breaks even takes a search within a horizon: it is a value.
    max_reward_cost: where("plan:at_reward@1>0", bearable("reward_cost", "net_gain/plan:at_reward@1")),
    rewarded_share: "plan:there@1",
    rewarded_anyway_share: "plan:there@0",
    programme_cost: `${spent}+${share("fixed_cost")}`,
    anyway_cost: `reward_cost*${both((row) => `plan:at_reward@${row}`)}+cost_per_period*${both((row) => `plan:from_reward@${row}`)}`,
    periods_gained: where("AND(ISNUMBER(plan:lifetime@0),ISNUMBER(plan:lifetime@1))", "plan:lifetime@1-plan:lifetime@0"),
    clv_before: "regular_margin*(plan:until_reward@0+plan:from_reward@0)",
    clv_after: "regular_margin*(plan:until_reward@1+plan:from_reward@1)-programme_cost",
    total_net: where("ISNUMBER(new_customers)", "net_gain*new_customers"),
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

import { LEAST, NONE, UNBOUNDED_YEARS, annuity, discount, periodsPerYear, where } from "../sums.ts";
import { needed, share } from "../plan.ts";
import { rowCalled } from "../rows.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** Each step a row, its figures in a sheet of their own. */
export default function activation(input: Figures): Definition {
  const given: Figures[] = input.steps ?? [];
  const used = (name: string) => given.some((step) => step[name] != null);
  const cell = (i: number, name: string) => (used(name) ? `steps_${i + 1}_${name}` : NONE);
  const rate = (i: number) => cell(i, "completion_rate");
  const days = (i: number) => (used("step_days") ? `N(${cell(i, "step_days")})` : "0");
  const target = (i: number) => (used("target_completion_rate") ? `IF(ISNUMBER(${cell(i, "target_completion_rate")}),${cell(i, "target_completion_rate")},${rate(i)})` : rate(i));
  const product = (of: (i: number) => string, without = -1) => given.flatMap((_, i) => (i === without ? [] : [of(i)])).join("*") || "1";
  const worth = (churn: string) => `(price*gross_margin-service_cost)*${annuity(churn, churn, "discount", "counted")}`;
  return {
    steps: {
      periods_per_year: periodsPerYear,
      discount,
      counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(MIN(churn_rate,inactive_churn_rate)+discount<${LEAST},${UNBOUNDED_YEARS}*periods_per_year,"whole life"))`,
      activation_effect: "effect_share*(activated_clv-inactive_clv)",
      cost_each: `cost_per_customer+${share("fixed_cost")}`,
      difference_planned: "(target_activation_rate-activation_rate)*(activated_clv-inactive_clv)",
    },
    rules: [needed(["fixed_cost"])],
    rows: { weakest_step: "by_step" },
    picture: { table: "by_step", across: "row", up: ["reached_share"], bars: true },
    tables: {
      by_step: {
        rows: given.length,
        of: "steps",
        columns: {
          row: (i) => rowCalled("steps", i),
          reached_share: (i) => (i === 0 ? "1" : `reached_share@before*${rate(i - 1)}`),
          lost_share: (i) => `reached_share-reached_share*${rate(i)}`,
          days_so_far: (i) => (i === 0 ? days(i) : `days_so_far@before+${days(i)}`),
          point_gain: (i) => `${product(rate, i)}*(MIN(1,${rate(i)}+0.01)-${rate(i)})*activation_effect`,
        },
      },
    },
    results: {
      net_gain: "(target_activation_rate-activation_rate)*activation_effect-cost_each",
      break_even_effect_share: where("difference_planned>0", where("cost_each/difference_planned<=1", "cost_each/difference_planned")),
      activation_rate: product(rate),
      target_activation_rate: product(target),
      days_to_value: given.map((_, i) => days(i)).join("+"),
      weakest_step: given.reduceRight((below, _, i) => `IF(by_step:lost_share@${i}=MAX(by_step:lost_share),${i + 1},${below})`, NONE),
      activated_clv: worth("churn_rate"),
      inactive_clv: worth("inactive_churn_rate"),
      clv_before: "activation_rate*activated_clv+(1-activation_rate)*inactive_clv",
      clv_after: "clv_before+net_gain",
      total_net: where("ISNUMBER(new_customers)", "net_gain*new_customers"),
      horizon_used_periods: where("ISNUMBER(counted)", "counted"),
    },
  };
}

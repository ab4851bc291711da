import { FIVE_YEARS, rowCalled, terms, undiscounted } from "../rows.ts";
import { LEAST, NONE, discount, endless, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** Promoters, passives and detractors a row each, their figures in a sheet of their own. */
export default function satisfaction(input: Figures): Definition {
  const given: Figures[] = input.groups ?? [];
  const cell = (i: number, name: string) => (given.some((group) => group[name] != null) ? `groups_${i + 1}_${name}` : NONE);
  const sum = (of: (i: number) => string) => given.map((_, i) => of(i)).join("+");
  const churn = (i: number) => cell(i, "churn_rate");
  const periods = (i: number) => `IF(ISNUMBER(counted),${terms(churn(i), "N(counted)")},${endless(churn(i), "discount")})`;
  const gross = (i: number) => `${cell(i, "spend")}*gross_margin`;
  const brought = (i: number) => `N(${cell(i, "referrals")})*referred_value_used`;
  const worth = (i: number) => `by_group:clv@${i}`;
  const mean = sum((i) => `by_group:answer_share@${i}*${worth(i)}`);
  return {
    steps: {
      periods_per_year: periodsPerYear,
      discount,
      counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(OR(${given.map((_, i) => `${churn(i)}+discount<${LEAST}`).join(",")}),${FIVE_YEARS},"whole life"))`,
      all_answers: sum((i) => cell(i, "answers")),
    },
    rules: [{ refused: "all_answers<=0", code: "not_above", field: "groups/0/answers", limit: "0" }],
    picture: { table: "by_group", across: "row", up: ["clv"], bars: true },
    tables: {
      by_group: {
        rows: given.length,
        of: "groups",
        columns: {
          row: (i) => rowCalled("groups", i),
          answer_share: (i) => `${cell(i, "answers")}/all_answers`,
          own_value: (i) => `(${gross(i)}-N(${cell(i, "service_cost")}))*${periods(i)}`,
          referral_value: (i) => `${brought(i)}*${periods(i)}`,
          clv: "own_value+referral_value",
          lifetime_periods: (i) => `IF(ISNUMBER(counted),${undiscounted(churn(i), "N(counted)")},${where(`${churn(i)}>0`, `1/${churn(i)}`)})`,
          value_share: (i) => where(`(${mean})>0`, `${cell(i, "answers")}/all_answers*clv/(${mean})`),
          max_service_cost: (i) => `${gross(i)}+${brought(i)}`,
        },
      },
    },
    results: {
      nps: "100*(by_group:answer_share@0-by_group:answer_share@2)",
      clv: mean,
      nps_point_value: "detractor_to_promoter/200",
      nps_point_total: where("ISNUMBER(customer_count)", "customer_count*nps_point_value"),
      detractor_to_passive: `${worth(1)}-${worth(2)}`,
      passive_to_promoter: `${worth(0)}-${worth(1)}`,
      detractor_to_promoter: `${worth(0)}-${worth(2)}`,
      detractor_cost_total: where("ISNUMBER(customer_count)", "customer_count*by_group:answer_share@2*detractor_to_passive"),
      max_loop_cost: "MAX(0,recovered_share*detractor_to_passive)",
      loop_net: where("ISNUMBER(loop_cost)", "recovered_share*detractor_to_passive-loop_cost"),
      break_even_recovered: where("AND(ISNUMBER(loop_cost),detractor_to_passive>0,N(loop_cost)<=detractor_to_passive)", "loop_cost/detractor_to_passive"),
      referred_value_used: `IF(ISNUMBER(referred_value),referred_value,MAX(0,${sum((i) => `by_group:answer_share@${i}*by_group:own_value@${i}`)}))`,
      discount_rate_per_period: "discount",
      horizon_used_periods: where("ISNUMBER(counted)", "counted"),
    },
  };
}

import { FIVE_YEARS, first, last, periodsOf, terms, rowCalled } from "../rows.ts";
import { LEAST, MAX_PERIODS, NONE, discount, periodsPerYear, where } from "../sums.ts";
import type { Definition, Rule } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** After how many payments, counted in fractions of the last, they have paid the cost. */
function payback(c: string, margin: string) {
  const payment = `(${margin}*${first(c)})`;
  const most = last(`IF(${c}+discount>=${LEAST},${MAX_PERIODS},${FIVE_YEARS})`);
  const whole = `INT(LN(1-cac*(${c}+discount)/((1+discount)*${payment}))/LN((1-${c})/(1+discount)))`;
  const counted = `IF(OR(${c}=1,${c}+discount=0),cac/${payment},${whole}+(cac-${payment}*${terms(c, whole)})/(${payment}*((1-${c})/(1+discount))^${whole}))`;
  return `IF(ISNUMBER(cac),IF(${payment}>0,IF(${payment}*${terms(c, most)}>=cac,${counted},${NONE}),${NONE}),${NONE})`;
}

/** Each channel a row, its figures in a sheet of their own. */
export default function channels(input: Figures): Definition {
  const given: Figures[] = input.channels ?? [];
  const used = (name: string) => given.some((channel) => channel[name] != null);
  const cell = (i: number, name: string) => (used(name) ? `channels_${i + 1}_${name}` : NONE);
  const [spend, customers] = ["spend", "new_customers"].map((name) => (i: number) => cell(i, name));
  const valued = used("margin") && used("churn_rate");
  const lived = (i: number) => (valued ? `${cell(i, "margin")}*${periodsOf(cell(i, "churn_rate"))}` : NONE);
  const elasticity = (i: number) => `IF(ISNUMBER(${cell(i, "spend_elasticity")}),${cell(i, "spend_elasticity")},spend_elasticity)`;
  const grows = (i: number, formula: string) => `IF(${spend(i)}>0,IF(ISNUMBER(${elasticity(i)}),${formula},${NONE}),${NONE})`;
  const sum = (of: (i: number) => string) => given.map((_, i) => of(i)).join("+");
  const rowOf = (column: string, of: string) => given.reduceRight((below, _, i) => `IF(by_channel:${column}@${i}=${of},${i + 1},${below})`, NONE);
  const paidOnly = (of: (i: number) => string) => sum((i) => `IF(${spend(i)}>0,${of(i)},0)`);
  const total = (group: string, add: (of: (i: number) => string) => string) => ({
    [`${group}.spend`]: add(spend),
    [`${group}.new_customers`]: add(customers),
    [`${group}.acquired_value`]: add((i) => `by_channel:acquired_value@${i}`),
    [`${group}.net_value`]: `${group}.acquired_value-${group}.spend`,
    [`${group}.clv`]: where(`${group}.new_customers>0`, `${group}.acquired_value/${group}.new_customers`),
    [`${group}.cac`]: where(`${group}.new_customers>0`, `${group}.spend/${group}.new_customers`),
  });
  return {
    steps: { periods_per_year: periodsPerYear, discount },
    rules: given.flatMap((_, i) => lacking(i, cell)),
    rows: { next_channel: "by_channel" },
    picture: { table: "by_channel", across: "row", up: ["clv"], bars: true },
    tables: {
      by_channel: {
        rows: given.length,
        of: "channels",
        columns: {
          row: (i) => rowCalled("channels", i),
          clv: (i) => (used("clv") ? `IF(ISNUMBER(${cell(i, "clv")}),${cell(i, "clv")},${lived(i)})` : lived(i)),
          cac: (i) => `IF(AND(${spend(i)}>0,${customers(i)}>0),${spend(i)}/${customers(i)},${NONE})`,
          acquired_value: (i) => `${customers(i)}*clv`,
          ltv_cac_ratio: (i) => where(`${spend(i)}>0`, `acquired_value/${spend(i)}`),
          payback_periods: (i) => (valued ? `IF(AND(ISNUMBER(${cell(i, "margin")}),ISNUMBER(${cell(i, "churn_rate")})),${payback(cell(i, "churn_rate"), cell(i, "margin"))},${NONE})` : NONE),
          net_value: (i) => `acquired_value-${spend(i)}`,
          value_share: where("blended.acquired_value>0", "acquired_value/blended.acquired_value"),
          spend_share: (i) => where("blended.spend>0", `${spend(i)}/blended.spend`),
          marginal_cac: (i) => grows(i, `IF(ISNUMBER(cac),IF(${elasticity(i)}>0,cac/${elasticity(i)},${NONE}),${NONE})`),
          marginal_return: (i) => grows(i, `${elasticity(i)}*ltv_cac_ratio`),
          next_value: (i) => grows(i, `IF(ISNUMBER(next_spend),acquired_value*((1+next_spend/${spend(i)})^${elasticity(i)}-1),${NONE})`),
        },
      },
    },
    results: {
      ltv_cac_ratio: where("paid.spend>0", "paid.acquired_value/paid.spend"),
      blended_ratio: where("AND(paid.spend>0,blended.new_customers>paid.new_customers)", "blended.acquired_value/paid.spend"),
      organic_value_share: where("blended.acquired_value>0", "(blended.acquired_value-paid.acquired_value)/blended.acquired_value"),
      next_channel: `IF(ISNUMBER(next_value),${rowOf("next_value", "next_value")},${where("COUNT(by_channel:marginal_return)>0", rowOf("marginal_return", "MAX(by_channel:marginal_return)"))})`,
      next_value: where("COUNT(by_channel:next_value)>0", "MAX(by_channel:next_value)"),
      ...total("paid", paidOnly),
      ...total("blended", sum),
    },
  };
}

/** What a channel's value lacks: either the value itself, or margin and churn. */
function lacking(i: number, cell: (i: number, name: string) => string): Rule[] {
  const [clv, margin, churn] = ["clv", "margin", "churn_rate"].map((name) => `NOT(ISNUMBER(${cell(i, name)}))`);
  return [
    { refused: `AND(${clv},${margin})`, code: "required", field: `channels/${i}/margin` },
    { refused: `AND(${clv},NOT(${margin}),${churn})`, code: "required", field: `channels/${i}/churn_rate` },
  ];
}

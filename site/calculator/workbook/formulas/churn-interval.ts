import { LEAST, MAX_PERIODS, NONE, UNBOUNDED_YEARS, columnPower, payments, periodsPerYear, where } from "../sums.ts";
import { Z2, few, halfWidth, lower, middle, upper } from "../wilson.ts";
import type { Definition } from "../definition.ts";

const decay = (churn: string) => `(${churn}-growth_rate*(1-${churn}))`;

/** Whether the value over the whole lifetime has a limit; without a price nothing is valued. */
const limited = (churn: string) => `AND(OR(N(price)=0,${decay(churn)}+discount>=${LEAST}),OR(N(price)=0,growth_per_period=0,${churn}+discount>=${LEAST}))`;

const timing = (churn: string) => `IF(payment_timing="start",1,IF(payment_timing="end",1,1-${churn})/(1+discount))`;
const growing = (churn: string) => `((1-${churn})*(1+growth_rate)/(1+discount))`;
const steady = (churn: string) => `((1-${churn})/(1+discount))`;

/** The value at a churn: of the periods counted, or of the whole lifetime where that is a text. */
const value = (churn: string, counted: string) =>
  `${timing(churn)}*IF(ISNUMBER(${counted}),${payments(`N(${counted})`, growing(churn), steady(churn), "first_margin", "margin_of_growth")},` +
  `IF(first_margin=0,0,first_margin*(1+discount)/(${decay(churn)}+discount))+IF(margin_of_growth=0,0,margin_of_growth*(1-${churn})*(1+discount)/(${churn}+discount)^2))`;

const lifetime = (churn: string, counted: string) =>
  `IF(ISNUMBER(${counted}),SUMPRODUCT((schedule:period<=N(${counted}))*${columnPower(`(1-${churn})`, `((schedule:period-1)*(schedule:period<=N(${counted})))`)}),${where(`${churn}>0`, `1/${churn}`)})`;

const priced = (formula: string) => where("ISNUMBER(price)", formula);
const ratio = (clv: string) => where(`AND(ISNUMBER(${clv}),N(cac)>0)`, `${clv}/cac`);

/** The value of all periods up to this one. */
const soFar = (column: string, churn: string, last: string) => (i: number) =>
  `${i === 0 ? "" : `${column}@before+`}IF(period>${last},0,${timing(churn)}*(first_margin*${columnPower(growing(churn), "(period-1)")}+margin_of_growth*(period-1)*${columnPower(steady(churn), "(period-1)")}))`;

export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount: "IF(ISNUMBER(price),(1+annual_discount_rate)^(1/periods_per_year)-1,0)",
    first_margin: "IF(ISNUMBER(price),price*N(gross_margin),0)",
    margin_of_growth: "IF(ISNUMBER(price),growth_per_period*N(gross_margin),0)",
    middle: middle("lost", "customers"),
    half_width: halfWidth("lost", "customers"),
    few: few("customers"),
    limited: limited("churn_rate"),
    limited_upper: limited("churn_lower"),
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(limited,"whole life",${UNBOUNDED_YEARS}*periods_per_year))`,
    last: `IF(ISNUMBER(counted),counted,${MAX_PERIODS})`,
  },
  tables: {
    schedule: {
      rows: MAX_PERIODS,
      columns: {
        period: (i) => (i === 0 ? "1" : "period@before+1"),
        value_lower: soFar("value_lower", "churn_upper", "last"),
        value_estimate: soFar("value_estimate", "churn_rate", "last"),
        value_upper: soFar("value_upper", "churn_lower", `IF(ISNUMBER(horizon_periods),horizon_periods,${MAX_PERIODS})`),
      },
    },
  },
  picture: { table: "schedule", across: "period", up: ["value_lower", "value_estimate", "value_upper"], rows: 60 },
  rules: [
    { refused: "lost>customers", code: "more_than", field: "lost", limit: "customers" },
    { refused: "AND(ISNUMBER(price),NOT(ISNUMBER(gross_margin)))", code: "required", field: "gross_margin" },
  ],
  results: {
    clv: priced(value("churn_rate", "counted")),
    clv_lower: priced(value("churn_upper", "counted")),
    // Beyond the estimate's own limit there is none: the value is then counted within a horizon at the estimate alone.
    clv_upper: priced(`IF(ISNUMBER(horizon_periods),${value("churn_lower", "horizon_periods")},${where("limited_upper", value("churn_lower", NONE))})`),
    churn_rate: "lost/customers",
    churn_lower: lower("lost", "customers", "middle", "half_width", "few"),
    churn_upper: upper("lost", "customers", "middle", "half_width", "few"),
    lifetime_periods: lifetime("churn_rate", "counted"),
    lifetime_lower: lifetime("churn_upper", "counted"),
    lifetime_upper: `IF(OR(ISNUMBER(horizon_periods),limited_upper),${lifetime("churn_lower", "horizon_periods")},${where("AND(limited,churn_lower>0)", "1/churn_lower")})`,
    ltv_cac_ratio: ratio("clv"),
    ltv_cac_lower: ratio("clv_lower"),
    ltv_cac_upper: ratio("clv_upper"),
    max_cac: where("ISNUMBER(clv)", "clv/target_ratio"),
    customers_needed: where("lost>0", `ROUNDUP(${Z2}*(1-churn_rate)/(churn_rate*0.01),0)`),
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

import { NONE, discount, fewTerms, periodsPerYear, power, where } from "../sums.ts";
import { countedBy, curveOf } from "../churns.ts";
import { few, halfWidth, lower, middle, upper } from "../wilson.ts";
import { isFlat, isFound } from "../found.ts";
import { rowCalled } from "../rows.ts";
import { numeral } from "../sheet/formula.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** So near to growth a discount rate is the same: the sum of the arrivals would lose its digits. */
const ALIKE = "1E-6";

/** The search fits one curve to all tenures tracked. How many customers have a tenure, and what they bring, can be changed in a sheet. */
export default function customerEquity(input: Figures, result: Figures): Definition {
  const given: Figures[] = input.tenures ?? [];
  // Each cohort's curve is a search of its own; and where cohorts are told apart, the next tenure of a row is not the row below.
  if (given.some((tenure) => tenure.cohort != null)) return { results: {} };
  const used = (name: string) => given.some((tenure) => tenure[name] != null);
  const cell = (i: number, name: string) => (used(name) ? `tenures_${i + 1}_${name}` : "0");
  const [active, risk, lost] = ["customers", "at_risk", "lost"].map((name) => (i: number) => cell(i, name));
  const sum = (of: (i: number) => string) => given.map((_, i) => of(i)).join("+");
  const tracked = given.findLastIndex((tenure) => tenure.at_risk > 0) + 1;
  // One tenure tells one rate: with it, all are alike.
  const curve = curveOf(result, isFlat(result) || result.fit_status === "not_identified", "average_churn_rate");
  const alike = curveOf(result, true, "average_churn_rate");
  const fitted = ["alpha", "beta", "fit_status"];
  const told = (i: number, formula: (mid: string, half: string, least: string) => string) => where(`${risk(i)}>0`, `1-${formula(`(${middle(lost(i), risk(i))})`, `(${halfWidth(lost(i), risk(i))})`, few(risk(i)))}`);
  const within = (i: number) => `${active(i)}*IF(ISNUMBER(counted),IF(N(counted)<=${tracked - i},residual_clv,margin*to_last_tracked),margin*to_last_tracked)`;
  const stays = (i: number) => `${curve.rate(String(i + 1))}/(1+discount)`;
  const pays = (i: number) => `IF(payment_timing="start",1,IF(payment_timing="end",1/(1+discount),${stays(i)}))`;
  const fall = "(discount-acquisition_growth)";
  const ratio = "((1+acquisition_growth)/(1+discount))";
  return {
    found: { fitted, closed: ["at_risk", "lost"] },
    steps: {
      periods_per_year: periodsPerYear,
      discount,
      counted: countedBy(curve),
      arrivals: `acquired_per_period*IF(ABS${fall}<${ALIKE},${fewTerms("acquisition_periods", `(${fall}/(1+discount))`)}/(1+discount),(1-${power(ratio, "acquisition_periods")})/${fall})`,
      leavers: sum((i) => `${active(i)}*(1-tenures:fitted_retention_rate@${i})`),
      within_tracked: sum((i) => `tenures:value_within@${i}`),
    },
    tables: {
      tenures: {
        rows: given.length,
        of: "tenures",
        columns: {
          row: (i) => rowCalled("tenures", i),
          residual_clv: (i) => `margin*${curve.worth(String(i))}`,
          tenure_value: (i) => `${active(i)}*residual_clv`,
          value_share: where("base_value>0", "tenure_value/base_value"),
          observed_retention_rate: (i) => where(`${risk(i)}>0`, `1-${lost(i)}/${risk(i)}`),
          retention_lower: (i) => told(i, (...parts) => upper(lost(i), risk(i), ...parts)),
          retention_upper: (i) => told(i, (...parts) => lower(lost(i), risk(i), ...parts)),
          fitted_retention_rate: (i) => curve.rate(String(i + 1)),
          to_last_tracked: (i) => (i >= tracked ? "0" : i + 1 < tracked ? `${pays(i)}+${stays(i)}*tenures:to_last_tracked@${i + 1}` : pays(i)),
          value_within: (i) => (i < tracked ? within(i) : "0"),
        },
      },
      curve: {
        rows: result.series.period.length,
        of: "series",
        columns: {
          period: (i) => (i === 0 ? "0" : "period@before+1"),
          observed: (i) => (i < result.series.observed.length ? numeral(result.series.observed[i]) : NONE),
          survival: (i) => (i === 0 ? "1" : `survival@before*${curve.rate("period")}`),
        },
      },
      ...curve.tables,
    },
    picture: { table: "curve", across: "period", up: ["survival", "observed"], rows: 61 },
    results: {
      customer_equity: "base_value+future_value",
      base_value: sum((i) => `tenures:tenure_value@${i}`),
      future_value: "arrivals*(clv-N(cac))",
      active_customers: sum(active),
      value_per_customer: where("active_customers>0", "base_value/active_customers"),
      clv: `margin*${curve.worth("0")}`,
      break_even_acquired: where("active_customers>0", "leavers"),
      constant_churn_value: `IF(OR(ISNUMBER(counted),${alike.limited}),active_customers*margin*${alike.worth("0")},0)`,
      average_churn_rate: `(${sum(lost)})/(${sum(risk)})`,
      measured_share: "IF(base_value>0,within_tracked/base_value,0)",
      discount_rate_per_period: "discount",
      horizon_used_periods: where("ISNUMBER(counted)", "counted"),
      ...isFound(result, fitted),
    },
  };
}

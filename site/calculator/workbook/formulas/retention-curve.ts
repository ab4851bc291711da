import { LEAST, NONE, discount, endless, periodsPerYear, where } from "../sums.ts";
import { countedBy, curveOf } from "../churns.ts";
import { first, terms } from "../rows.ts";
import { isFlat, isFound } from "../found.ts";
import { numeral } from "../sheet/formula.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** Periods in the table, as many as the engine shows of a whole life. */
const SHOWN = 120;

/** The search fits the curve to the customers counted, so that neither can be changed in a sheet: what follows from them can. */
export default function retentionCurve(input: Figures, result: Figures): Definition {
  const survivors: number[] = Array.from(input.survivors ?? []);
  const last = survivors.length - 1;
  const atRisk = survivors.slice(0, last).reduce((sum, n) => sum + n, 0);
  const curve = curveOf(result, isFlat(result), "average_churn");
  const priced = (formula: string) => where("ISNUMBER(margin)", formula);
  const fitted = ["alpha", "beta", "log_likelihood", "fit_status", "largest_miss", "median_lifetime"];
  const shown = (formula: string) => where("period<=periods_shown", formula);
  return {
    found: { fitted, closed: [] },
    steps: {
      periods_per_year: periodsPerYear,
      discount,
      average_churn: numeral((survivors[0] - survivors[last]) / atRisk),
      first_churn: numeral(1 - survivors[1] / survivors[0]),
      counted: countedBy(curve),
      periods_shown: `MIN(${Math.max(SHOWN, last + 1)},IF(ISNUMBER(counted),MAX(counted,${last}),${Math.max(last + 1, Math.min(SHOWN, 4 * survivors.length))}))`,
    },
    tables: {
      curve: {
        rows: Math.max(SHOWN, last + 1) + 1,
        of: "series",
        columns: {
          period: (i) => (i === 0 ? "0" : "period@before+1"),
          observed: (i) => (i <= last ? numeral(survivors[i] / survivors[0]) : NONE),
          survival: (i) => (i === 0 ? "1" : shown(`survival@before*${curve.rate("period")}`)),
          constant_survival: (i) => (i === 0 ? "1" : shown("constant_survival@before*(1-first_churn)")),
          residual_value: where("AND(ISNUMBER(margin),period<=periods_shown)", `margin*${curve.residual("period")}`),
        },
      },
      ...curve.tables,
    },
    picture: { table: "curve", across: "period", up: ["survival", "observed"], rows: 61 },
    results: {
      clv: priced("margin*margin_multiple"),
      margin_multiple: curve.worth("0"),
      naive_clv: priced(`IF(ISNUMBER(counted),margin*${first("first_churn")}*${terms("first_churn", "N(counted)")},${where(`first_churn+discount>=${LEAST}`, `margin*${first("first_churn")}*${endless("first_churn", "discount")}`)})`),
      expected_lifetime: curve.stay,
      discount_rate_per_period: "discount",
      horizon_used_periods: where("ISNUMBER(counted)", "counted"),
      ...isFound(result, fitted),
    },
  };
}

/**
 * Customers whose churn differs, as formulas: alpha and beta, which a search found, spread it. The value of a customer is a mean over churn rates, each weighed
 * by how many have it: core/special's BetaAnnuity takes the same mean, by the same rule: even steps of the logit of churn.
 */
import { FIVE_YEARS, first, terms, undiscounted } from "./rows.ts";
import { LEAST, endless, fewTerms, where } from "./sums.ts";
import { numeral } from "./sheet/formula.ts";
import type { Table } from "./definition.ts";
import type { Figures } from "../../base/figures.ts";

/** Steps to either side of the likeliest churn rate. */
const SIDE = 120;

/** Steps of 0.3 are wrong by e^(-pi²/0.3), some 1e-14; where churn differs little they are narrower, by the standard deviation. */
const STEP = 0.3;

/** Where n times the fall of a payment is less, 1-(1-y)^n would lose its digits. */
const FEW = "0.001";

/** What formulas say of customers who have been there for so many periods. */
export interface Curve {
  tables: Record<string, Table>;
  limited: string; // whether the value of the whole life has a limit
  worth(age: string): string; // discounted payments from then on, within the periods counted
  residual(age: string): string; // the same, by a column of the table: for many ages at once
  stay: string; // the periods of a new customer, not discounted
  rate(period: string): string; // of those in this period of theirs, the share that stays
}

/** A curve of a fit: constant churn where the fit has fallen back on it. @param churn that churn, as a formula */
export const curveOf = (result: Figures, isFlat: boolean, churn: string): Curve => (isFlat ? flat(churn) : spread(result.alpha, result.beta));

export const countedBy = ({ limited }: Curve) => `IF(ISNUMBER(horizon_periods),horizon_periods,IF(${limited},"whole life",${FIVE_YEARS}))`;

/** How much less a payment is worth than the one before. */
const fallOf = (churn: string, d: string) => `((${churn}+${d})/(1+${d}))`;

function flat(churn: string): Curve {
  const worth = `(${first(churn)}*IF(ISNUMBER(counted),${terms(churn, "N(counted)")},${endless(churn, "discount")}))`;
  return {
    tables: {},
    limited: `${churn}+discount>=${LEAST}`,
    worth: () => worth,
    residual: () => worth,
    stay: `IF(ISNUMBER(counted),${undiscounted(churn, "N(counted)")},${where(`${churn}>=${LEAST}`, `1/${churn}`)})`,
    rate: () => `(1-${churn})`,
  };
}

function spread(alpha: number, beta: number): Curve {
  const step = STEP * Math.min(1, Math.sqrt(least(alpha) + least(beta)));
  const logit = `(node-${SIDE})*${numeral(step)}`;
  const odds = `alpha*EXP(${logit})`;
  // Beyond both ends weights fall as a power does: the last row stands for them all.
  const beyond = (parameter: number) => numeral(1 + 1 / Math.expm1(Math.min(700, parameter * step)));
  // LibreOffice takes a power that is too small to be told from nothing, e^-690, for an error.
  const told = (age: string) => `(${age}*LN(churns:staying)>-690)`;
  const active = (age: string) => (age === "0" ? "churns:weighed" : `churns:weighed*${told(age)}*churns:staying^(${age}*${told(age)})`);
  const mean = (age: string, of: string) => `SUMPRODUCT(${active(age)}*${of})/SUMPRODUCT(${active(age)})`;
  const renewed = '((payment_timing="after_renewal")*1)';
  const unlimited = (age: string) => `((alpha+beta+${age}-1)/(alpha-1)-${renewed})`;
  const n = "N(counted)";
  // IF takes no column.
  const within = (d: string) => {
    const fall = fallOf("churns:leaving", d);
    const few = `(${n}*${fall}<${FEW})`;
    const discounted = d === "0" ? "" : `*IF(${n}*LN(1+${d})<690,(1+${d})^(-${n}),0)`;
    return `(${few}*${fewTerms(n, fall)}+(1-${few})*(1-${told(n)}*churns:staying^(${n}*${told(n)})${discounted})/${fall})`;
  };
  const timed = (formula: string) => `churns:staying^${renewed}*${formula}`;
  const row = fallOf("leaving", "discount");
  return {
    tables: {
      churns: {
        rows: 2 * SIDE + 1,
        columns: {
          node: (i) => (i === 0 ? "0" : "node@before+1"),
          leaving: `${odds}/(beta+${odds})`,
          staying: `beta/(beta+${odds})`,
          weighed: `EXP(MAX(-700,alpha*${logit}-(alpha+beta)*LN((beta+${odds})/(alpha+beta))))*IF(node=0,${beyond(alpha)},IF(node=${2 * SIDE},${beyond(beta)},1))`,
          payments: `${first("leaving")}*IF(ISNUMBER(counted),IF(${n}*${row}<${FEW},${fewTerms(n, row)},${terms("leaving", n)}),${endless("leaving", "discount")})`,
        },
      },
    },
    limited: "OR(discount>0,alpha>1)",
    worth: (age) => `(IF(OR(ISNUMBER(counted),discount>0),IF(payment_timing="start",1,1/(1+discount)),1)*IF(ISNUMBER(counted),${mean(age, timed(within("discount")))},IF(discount>0,${mean(age, timed(`(1/${fallOf("churns:leaving", "discount")})`))},${unlimited(age)})))`,
    residual: (age) => `IF(OR(ISNUMBER(counted),discount>0),${mean(age, "churns:payments")},${unlimited(age)})`,
    stay: `IF(ISNUMBER(counted),${mean("0", within("0"))},${where("alpha>1", "(alpha+beta-1)/(alpha-1)")})`,
    rate: (period) => `((beta+(${period}-1))/(alpha+beta+(${period}-1)))`,
  };
}

/** No more than the variance of the logarithm of a gamma variable: 1/x + 1/(2x²) + 1/(6x³) - ... */
const least = (x: number) => 1 / x + 1 / (2 * x * x);

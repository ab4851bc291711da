/** What a customer of a row is worth per 1 of margin, as formulas: of each channel, of each tier. They speak of the steps discount and periods_per_year. */
import { LEAST, UNBOUNDED_YEARS, endless } from "./sums.ts";

/** The sum of x^j over n terms, x = (1-c)/(1+d); in LibreOffice a power too small to be told from nothing, e^-690, is an error. */
export const terms = (c: string, n: string) =>
  `IF(${c}=1,IF(${n}>0,1,0),IF(${c}+discount=0,${n},(1-IF(${n}*LN((1-${c})/(1+discount))<-690,0,((1-${c})/(1+discount))^(${n})))*(1+discount)/(${c}+discount)))`;

/** The factor of payment timing. */
export const first = (c: string) => `IF(payment_timing="start",1,IF(payment_timing="end",1,1-${c})/(1+discount))`;

/** How many periods count where they do not go on for ever. */
export const last = (otherwise: string) => `IF(ISNUMBER(horizon_periods),horizon_periods,${otherwise})`;

/** Five years, in periods: what is counted of what has no limit. */
export const FIVE_YEARS = `${UNBOUNDED_YEARS}*periods_per_year`;

/** The discounted number of periods of a customer with churn c. */
export const periodsOf = (c: string) =>
  `(${first(c)}*IF(AND(NOT(ISNUMBER(horizon_periods)),${c}+discount>=${LEAST}),${endless(c, "discount")},${terms(c, last(FIVE_YEARS))}))`;

/** A row's name in the table of results, as it is given in the list of inputs; its number where it has none. */
export const rowCalled = (list: string, i: number) => `IF(${list}_${i + 1}_name="",${i + 1},${list}_${i + 1}_name)`;

/** How many of n periods a customer with churn c is there. */
export const undiscounted = (c: string, n: string) => `IF(${c}=0,${n},IF(${c}=1,1,(1-IF(${n}*LN(1-${c})<-690,0,(1-${c})^(${n})))/${c}))`;

/**
 * Sums that several calculations have in common, as formulas. What stands for a number may itself be a formula.
 *
 * A spreadsheet takes 0^0 for an error, so that a power with an exponent of nothing is never asked for.
 */

/** The longest that is counted, as core/value has it. */
export const MAX_PERIODS = 2400;

/** The years within which a value without a limit is counted. */
export const UNBOUNDED_YEARS = 5;

/** The least fall of the payments per period, discounting included, that gives their sum a limit. */
export const LEAST = "1E-9";

/** What stands for a number without a limit on the way to a result, which is then empty. */
export const ENDLESS = "1E+300";

/** A result that is empty where it has no limit. */
export const ifLimited = (formula: string) => `IF(${formula}<1E+290,${formula},${NONE})`;

export const periodsPerYear = 'IF(period="month",12,IF(period="quarter",4,IF(period="week",52,IF(period="day",365,1))))';

export const discount = "(1+annual_discount_rate)^(1/periods_per_year)-1";

/** What stands in a cell where there is no such figure. */
export const NONE = '""';

export const where = (condition: string, formula: string) => `IF(${condition},${formula},${NONE})`;

export const orElse = (formula: string, other: string) => `IFERROR(${formula},${other})`;

/** x^n, for an n above 0; LibreOffice takes a power that is too small to be told from nothing, e^-690, for an error. */
export const powerAbove = (x: string, n: string) => `IF(${x}<=0,0,IF((${n})*LN(${x})>-690,(${x})^(${n}),0))`;

/** x^n, 1 for n = 0. */
export const power = (x: string, n: string) => `IF(${n}<=0,1,${powerAbove(x, n)})`;

/** The sum of ((1-c)/(1+d))^j over n terms. */
export const geometric = (c: string, d: string, n: string) => `IF(${n}<=0,0,IF(${c}+${d}=0,${n},(1-${powerAbove(`(1-${c})/(1+${d})`, n)})*(1+${d})/(${c}+${d})))`;

/** The same without end. */
export const endless = (c: string, d: string) => `(1+${d})/(${c}+${d})`;

/**
 * The expected discounted number of the first n periods that a customer is there. n is a text for the whole life.
 * @param first churn of the first period
 */
export const annuity = (first: string, later: string, d: string, n: string) =>
  `IF(ISNUMBER(${n}),IF(${n}<=0,0,1+(1-${first})/(1+${d})*${geometric(later, d, `(${n}-1)`)}),IF(${first}=1,1,1+(1-${first})/(${later}+${d})))`;

/** The chance to be there in period k, discounted. */
export const present = (first: string, later: string, d: string, k: string) => `IF(${k}<=0,1,(1-${first})*${power(`1-${later}`, `(${k}-1)`)}/(1+${d})^${k})`;

/** The first five terms of 1 + q + q² + ... */
export const fiveTerms = (q: string) => `(1+${q}*(1+${q}*(1+${q}*(1+${q}))))`;

/** (1-(1-y)^n)/y by the first four terms of its series, for an n·y next to nothing. */
export const fewTerms = (n: string, y: string) => `(${n}*(1-(${n}-1)/2*${y}*(1-(${n}-2)/3*${y}*(1-(${n}-3)/4*${y}))))`;

/**
 * A factor to a power, for a whole column at once: IF takes no column. Zero to the power of zero is an error in a spreadsheet, and in
 * LibreOffice a power that is too small to be told from nothing, e^-690.
 */
export const columnPower = (factor: string, n: string) => {
  const above = `(${factor}+(${factor}<=0))`;
  const told = `(${n}*LN(${above})>-690)`;
  return `((${factor}>0)*${told}*${above}^(${n}*${told})+(${factor}<=0)*(${n}=0))`;
};

/**
 * The sum of the first n payments of a schedule, each by its own power; p of the price, s of its growth. Later periods have no power, and no payment.
 * @param first the first payment @param more what each later one is higher by
 */
export const payments = (n: string, p: string, s: string, first: string, more: string) => {
  const exponent = `((schedule:period-1)*(schedule:period<=${n}))`;
  return `SUMPRODUCT((schedule:period<=${n})*(${first}*${columnPower(p, exponent)}+${more}*(schedule:period-1)*${columnPower(s, exponent)}))`;
};

import { LEAST, UNBOUNDED_YEARS, columnPower, endless, geometric, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** How many years a search for payback looks at. */
const YEARS = 200;

/** How many of them are drawn. */
const DRAWN = 10;

/**
 * The gifts of a repeat donor within n years, each year's being 1: V(n) = 1 + again·V(n-1) + back·V(n-2).
 * @param again worth of a gift in the next year @param back of one in the year after, by those who lapsed
 */
const repeat = (n: number, again: string, back: string): string => (n < 1 ? "0" : n === 1 ? "1" : n === 2 ? `(1+${again})` : `(1+${again}*${repeat(n - 1, again, back)}+${back}*${repeat(n - 2, again, back)})`);

const within = (years: number) => repeat(years, "gives_again", "comes_back");

/** The same without a limit; a text in counted stands for all years. */
const all = 'NOT(ISNUMBER(counted))';

const onlyOnce = "AND(first_year_retention=0,reactivation_rate=0)";

/** What monthly donors give in n months, each month's gift being 1. */
const months = (n: string) => `IF(monthly_churn+discount_per_month<${LEAST},${n},${geometric("monthly_churn", "discount_per_month", n)})`;

export default {
  steps: {
    yearly_gifts: "gift*gifts_per_year*(1-fundraising_cost_rate)",
    month_of_gifts: "monthly_gift*(1-fundraising_cost_rate)",
    gift_factor: "(1+annual_growth_rate)/(1+annual_discount_rate)",
    gives_again: "gift_factor*retention_rate",
    comes_back: "gift_factor*gift_factor*(1-retention_rate)*reactivation_rate",
    lost_per_year: "1-gives_again-comes_back",
    limited: `OR(lost_per_year>=${LEAST},${onlyOnce})`,
    discount_per_month: "(1+annual_discount_rate)^(1/12)-1",
    counted: `IF(OR(AND(monthly_share<1,yearly_gifts>0,NOT(limited)),AND(monthly_share>0,month_of_gifts>0,monthly_churn+discount_per_month<${LEAST})),${UNBOUNDED_YEARS},"whole life")`,
    last: `IF(ISNUMBER(counted),counted,${YEARS})`,
    first_year_of_months: `month_of_gifts*${months("12")}`,
    undiscounted_lost: "1-retention_rate-(1-retention_rate)*reactivation_rate",
    rows_below: where("ISNUMBER(cac)", "SUMPRODUCT((schedule:year<=last)*(schedule:cumulative<cac*(1-1E-12)))"),
  },
  tables: {
    schedule: {
      rows: YEARS,
      of: "series",
      columns: {
        year: (i) => (i === 0 ? "1" : "year@before+1"),
        giving: (i) => (i === 0 ? "1" : where("year<=last", `giving@before*${i === 1 ? "first_year_retention" : "retention_rate"}+lapsed@before*reactivation_rate`)),
        lapsed: (i) => (i === 0 ? "0" : where("year<=last", `giving@before*(1-${i === 1 ? "first_year_retention" : "retention_rate"})`)),
        giving_share: () => where("year<=last", `(1-monthly_share)*giving+monthly_share*${columnPower("(1-monthly_churn)", "(12*(year-1))")}`),
        margin: () =>
          where("year<=last", `(1-monthly_share)*yearly_gifts*giving*${columnPower("gift_factor", "(year-1)")}+monthly_share*first_year_of_months*${columnPower("((1-monthly_churn)/(1+discount_per_month))", "(12*(year-1))")}`),
        cumulative: (i) => (i === 0 ? "margin" : where("year<=last", "cumulative@before+margin")),
        cac_line: "cac",
      },
    },
  },
  picture: { table: "schedule", across: "year", up: ["cumulative", "cac_line"], rows: DRAWN, only: "cac" },
  results: {
    clv: "(1-monthly_share)*occasional_donor_value+monthly_share*monthly_donor_value",
    occasional_donor_value:
      `yearly_gifts*IF(${onlyOnce},1,1+gift_factor*IF(AND(${all},limited),(first_year_retention+gift_factor*(1-first_year_retention)*reactivation_rate)/lost_per_year,` +
      `first_year_retention*${within(UNBOUNDED_YEARS - 1)}+gift_factor*(1-first_year_retention)*reactivation_rate*${within(UNBOUNDED_YEARS - 2)}))`,
    monthly_donor_value: `month_of_gifts*IF(OR(ISNUMBER(counted),monthly_churn+discount_per_month<${LEAST}),${months(String(12 * UNBOUNDED_YEARS))},${endless("monthly_churn", "discount_per_month")})`,
    monthly_to_occasional: where("occasional_donor_value>0", "monthly_donor_value/occasional_donor_value"),
    giving_years:
      `IF(${onlyOnce},1,IF(ISNUMBER(counted),1+first_year_retention*${repeat(UNBOUNDED_YEARS - 1, "retention_rate", "(1-retention_rate)*reactivation_rate")}+(1-first_year_retention)*reactivation_rate*${repeat(UNBOUNDED_YEARS - 2, "retention_rate", "(1-retention_rate)*reactivation_rate")},` +
      `${where(`undiscounted_lost>=${LEAST}`, "1+(first_year_retention+(1-first_year_retention)*reactivation_rate)/undiscounted_lost")}))`,
    first_year_net: where("ISNUMBER(cac)", "(1-monthly_share)*yearly_gifts+monthly_share*first_year_of_months-cac"),
    ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
    payback_years: where("ISNUMBER(rows_below)", where("N(rows_below)<last", "rows_below+1")),
    max_cac: "clv/target_ratio",
    first_retention_point:
      `(1-monthly_share)*0.01*yearly_gifts*gift_factor*IF(AND(${all},lost_per_year>=${LEAST}),(1-gift_factor*reactivation_rate)/lost_per_year,${within(UNBOUNDED_YEARS - 1)}-gift_factor*reactivation_rate*${within(UNBOUNDED_YEARS - 2)})`,
    reactivation_value:
      `IF(OR(monthly_share=1,yearly_gifts=0,reactivation_rate=0),0,(1-monthly_share)*(occasional_donor_value-yearly_gifts*(1+gift_factor*first_year_retention*IF(first_year_retention=0,0,IF(${all},1/(1-gives_again),${repeat(UNBOUNDED_YEARS - 1, "gives_again", "0")})))))`,
    returning_donor_value: `yearly_gifts*IF(AND(${all},lost_per_year>=${LEAST}),1/lost_per_year,${within(UNBOUNDED_YEARS)})`,
    horizon_used_years: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

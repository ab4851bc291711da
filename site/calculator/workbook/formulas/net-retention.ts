import { LEAST, UNBOUNDED_YEARS, discount, periodsPerYear, power, powerAbove, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** How many periods the base is followed at most. */
const PERIODS = 120;

/** 1 + q + ... + q^(n-1). */
const sum = (q: string, n: string) => `IF(${n}<=0,0,IF(${q}=1,${n},(1-${powerAbove(q, n)})/(1-${q})))`;

const shown = (formula: string) => where("period<=periods_shown", formula);

export default {
  steps: {
    periods_per_year: periodsPerYear,
    kept_revenue: "starting_revenue-contraction-lost_revenue",
    with_expansion: "nrr/(1+discount_rate_per_period)",
    without_expansion: "grr/(1+discount_rate_per_period)",
    counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(1-IF(ISNUMBER(expansion_periods),without_expansion,with_expansion)>=${LEAST},"whole life",${UNBOUNDED_YEARS}*periods_per_year))`,
    expanding: 'IF(ISNUMBER(expansion_periods),IF(ISNUMBER(counted),MIN(N(expansion_periods),N(counted)),expansion_periods),IF(ISNUMBER(counted),counted,"whole life"))',
    periods_shown: `MIN(${PERIODS},${UNBOUNDED_YEARS}*periods_per_year)`,
  },
  rules: [{ refused: "contraction+lost_revenue>starting_revenue", code: "takes_too_much", field: "lost_revenue", limit: "MAX(0,starting_revenue-contraction)" }],
  tables: {
    periods: {
      rows: PERIODS,
      of: "series",
      columns: {
        period: (i) => (i === 0 ? "1" : "period@before+1"),
        remaining_revenue: (i) => (i === 0 ? "ending_revenue" : shown("remaining_revenue@before*IF(OR(NOT(ISNUMBER(expansion_periods)),period-1<=N(expansion_periods)),nrr,grr)")),
        remaining_without_expansion: (i) => (i === 0 ? "ending_revenue" : shown("remaining_without_expansion@before*grr")),
      },
    },
  },
  picture: { table: "periods", across: "period", up: ["remaining_revenue", "remaining_without_expansion"], rows: 60 },
  results: {
    nrr: "(kept_revenue+expansion)/starting_revenue",
    grr: "kept_revenue/starting_revenue",
    quick_ratio: where("contraction+lost_revenue>0", "(new_revenue+expansion)/(contraction+lost_revenue)"),
    ending_revenue: "kept_revenue+expansion+new_revenue",
    net_new_revenue: "new_revenue+expansion-contraction-lost_revenue",
    revenue_growth: "net_new_revenue/starting_revenue",
    annual_nrr: powerAbove("nrr", "periods_per_year"),
    annual_grr: powerAbove("grr", "periods_per_year"),
    new_revenue_needed: "MAX(0,contraction+lost_revenue-expansion)",
    break_even_expansion: "contraction+lost_revenue",
    margin_multiple:
      `IF(ISNUMBER(expanding),${sum("with_expansion", "N(expanding)")}+${power("with_expansion", "N(expanding)")}*IF(ISNUMBER(counted),${sum("without_expansion", "(N(counted)-N(expanding))")},1/(1-without_expansion)),1/(1-with_expansion))`,
    base_value: where("ISNUMBER(gross_margin)", "ending_revenue*gross_margin*margin_multiple"),
    clv: where("AND(ISNUMBER(gross_margin),ISNUMBER(customers))", "starting_revenue/customers*gross_margin*margin_multiple"),
    bounded_from_discount_rate: where("AND(NOT(ISNUMBER(expansion_periods)),nrr>1)", "annual_nrr-1"),
    discount_rate_per_period: discount,
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

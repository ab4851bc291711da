import { FIVE_YEARS, first, periodsOf, terms, rowCalled, undiscounted } from "../rows.ts";
import { LEAST, NONE, discount, periodsPerYear, where } from "../sums.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** Each tier a row, its figures in a sheet of their own. */
export default function priceTiers(input: Figures): Definition {
  const given: Figures[] = input.tiers ?? [];
  const used = (name: string) => given.some((tier) => tier[name] != null);
  const cell = (i: number, name: string) => (used(name) ? `tiers_${i + 1}_${name}` : NONE);
  const sum = (of: (i: number) => string) => given.map((_, i) => of(i)).join("+");
  const mean = (of: (i: number) => string) => `(${sum((i) => `${customers(i)}*(${of(i)})`)})/won_in_all`;
  const customers = (i: number) => cell(i, "new_customers");
  const churn = (i: number) => cell(i, "churn_rate");
  const service = (i: number) => `N(${cell(i, "service_cost")})`;
  const gross = (i: number) => `${cell(i, "price")}*${cell(i, "gross_margin")}`;
  const cac = (i: number) => `IF(ISNUMBER(${cell(i, "cac")}),${cell(i, "cac")},cac)`;
  const costed = given.map((_, i) => `ISNUMBER(${cac(i)})`).join(",");
  const less = (i: number) => `MAX(0,${churn(i)}-0.01)`;
  // Where less churn has no limit, both are counted within the same horizon.
  const alike = (i: number, c: string) => `IF(AND(NOT(ISNUMBER(horizon_periods)),${less(i)}+discount<${LEAST}),${first(c)}*${terms(c, FIVE_YEARS)},${periodsOf(c)})`;
  const lifetime = (i: number) =>
    `IF(ISNUMBER(horizon_periods),${undiscounted(churn(i), "horizon_periods")},IF(${churn(i)}+discount<${LEAST},${undiscounted(churn(i), FIVE_YEARS)},${where(`${churn(i)}>0`, `1/${churn(i)}`)}))`;
  const endless = sum((i) => `IF(AND(${customers(i)}>0,${churn(i)}=0),1,0)`);
  const base = sum((j) => `IF(${customers(j)}>0,${customers(j)}/MAX(${churn(j)},1E-300),0)`);
  return {
    steps: { periods_per_year: periodsPerYear, discount, won_in_all: sum(customers), average_churn: mean(churn), average_price_margin: mean(gross), average_service: mean(service), largest_value: `MAX(${given.map((_, i) => `${customers(i)}*by_tier:clv@${i}`).join(",")})` },
    rules: [{ refused: "won_in_all<=0", code: "not_above", field: "tiers/0/new_customers", limit: "0" }],
    rows: { best_tier: "by_tier", serve_tier: "by_tier" },
    picture: { table: "by_tier", across: "row", up: ["clv"], bars: true },
    tables: {
      by_tier: {
        rows: given.length,
        of: "tiers",
        columns: {
          row: (i) => rowCalled("tiers", i),
          margin: (i) => `${gross(i)}-${service(i)}`,
          clv: (i) => `margin*${periodsOf(churn(i))}`,
          lifetime_periods: lifetime,
          customer_share: (i) => `${customers(i)}/won_in_all`,
          ltv_cac_ratio: (i) => `IF(ISNUMBER(${cac(i)}),${where(`${cac(i)}>0`, `clv/${cac(i)}`)},${NONE})`,
          value_share: (i) => where(`(${sum((j) => `${customers(j)}*by_tier:clv@${j}`)})>0`, `${customers(i)}*clv/(${sum((j) => `${customers(j)}*by_tier:clv@${j}`)})`),
          base_share: (i) => where(`AND((${endless})=0,${customers(i)}>0)`, `${customers(i)}/MAX(${churn(i)},1E-300)/(${base})`),
          max_service_cost: (i) => `${gross(i)}-IF(ISNUMBER(${cac(i)}),IF(${periodsOf(churn(i))}>0,${cac(i)}/${periodsOf(churn(i))},0),0)`,
          one_point_value: (i) => where(`${churn(i)}>0`, `margin*(${alike(i, less(i))}-${alike(i, churn(i))})`),
          extra_service_cost: (i) => where(`${churn(i)}>0`, `margin*(1-${alike(i, churn(i))}/${alike(i, less(i))})`),
        },
      },
    },
    results: {
      clv: mean((i) => `by_tier:clv@${i}`),
      average_figures_clv: `(average_price_margin-average_service)*${periodsOf("average_churn")}`,
      average_cac: where(`AND(${costed})`, mean(cac)),
      ltv_cac_ratio: where("N(average_cac)>0", "clv/average_cac"),
      best_tier: given.reduceRight((below, _, i) => `IF(${customers(i)}*by_tier:clv@${i}=largest_value,${i + 1},${below})`, NONE),
      serve_tier: where("MAX(by_tier:extra_service_cost)>0", given.reduceRight((below, _, i) => `IF(by_tier:extra_service_cost@${i}=MAX(by_tier:extra_service_cost),${i + 1},${below})`, NONE)),
    },
  };
}

import { FIVE_YEARS, first, rowCalled, terms, undiscounted } from "../rows.ts";
import { LEAST, NONE, discount, endless, periodsPerYear, power, where } from "../sums.ts";
import type { Definition } from "../definition.ts";
import type { Figures } from "../../../base/figures.ts";

/** Each segment a row, its figures in a sheet of their own. */
export default function usage(input: Figures): Definition {
  const given: Figures[] = input.segments ?? [];
  const used = (name: string) => given.some((segment) => segment[name] != null);
  const cell = (i: number, name: string) => (used(name) ? `segments_${i + 1}_${name}` : NONE);
  const plain = (i: number, name: string) => (used(name) ? `N(${cell(i, name)})` : "0");
  const sum = (of: (i: number) => string) => given.map((_, i) => of(i)).join("+");
  const mean = (of: (i: number) => string) => `(${sum((i) => `${cell(i, "new_customers")}*(${of(i)})`)})/won_in_all`;
  const churn = (i: number) => cell(i, "churn_rate");
  const rise = (i: number) => plain(i, "expansion_rate");
  const revenue = (i: number) => `(${plain(i, "seats")}*${plain(i, "seat_price")}+${plain(i, "usage")}*${plain(i, "usage_price")}+${plain(i, "volume")}*${plain(i, "take_rate")})`;
  const margin = (i: number) => cell(i, "gross_margin");
  const cac = (i: number) => `IF(ISNUMBER(${cell(i, "cac")}),${cell(i, "cac")},cac)`;
  /** By how much what a customer with churn c pays falls from one period to the next, discounted. */
  const fall = (i: number, c: string) => `(${c}-${rise(i)}*(1-${c})+discount)`;
  /** The discounted number of first payments within n periods, or for ever where n is a text. */
  const grown = (i: number, c: string, n: string) =>
    `(${first(c)}*IF(ISNUMBER(${n}),IF(ABS(${fall(i, c)})<1E-12,N(${n}),(1-${power(`((1-${c})*(1+${rise(i)})/(1+discount))`, `N(${n})`)})*(1+discount)/${fall(i, c)}),(1+discount)/${fall(i, c)}))`;
  const flat = (c: string, n: string) => `(${first(c)}*IF(ISNUMBER(${n}),${terms(c, `N(${n})`)},${endless(c, "discount")}))`;
  const worth = (i: number, c: string, n: string) => `(${revenue(i)}*${margin(i)}*${grown(i, c, n)}-${plain(i, "service_cost")}*${flat(c, n)})`;
  const less = (i: number) => `MAX(0,${churn(i)}-0.01)`;
  // Where less churn has no limit, both are counted within the same horizon.
  const alike = (i: number) => `IF(ISNUMBER(counted),counted,IF(OR(${fall(i, less(i))}<${LEAST},${less(i)}+discount<${LEAST}),${FIVE_YEARS},counted))`;
  const extra = (i: number) => `(value_less-${worth(i, churn(i), "counted_less")})/periods_less`;
  const total = (i: number) => `${cell(i, "new_customers")}*by_segment:clv@${i}`;
  const must = (i: number) => `IF(ISNUMBER(${cac(i)}),${cac(i)},0)`;
  const share = (of: (i: number) => string) => where("first_revenue>0", `${mean(of)}/first_revenue`);
  return {
    steps: {
      periods_per_year: periodsPerYear,
      discount,
      won_in_all: sum((i) => cell(i, "new_customers")),
      largest_value: `MAX(${given.map((_, i) => total(i)).join(",")})`,
      counted: `IF(ISNUMBER(horizon_periods),horizon_periods,IF(OR(${given.flatMap((_, i) => [`${fall(i, churn(i))}<${LEAST}`, `${churn(i)}+discount<${LEAST}`]).join(",")}),${FIVE_YEARS},"whole life"))`,
    },
    rules: [{ refused: "won_in_all<=0", code: "not_above", field: "segments/0/new_customers", limit: "0" }],
    rows: { best_segment: "by_segment", serve_segment: "by_segment" },
    picture: { table: "by_segment", across: "row", up: ["clv"], bars: true },
    tables: {
      by_segment: {
        rows: given.length,
        of: "segments",
        columns: {
          row: (i) => rowCalled("segments", i),
          first_revenue: (i) => revenue(i),
          margin: (i) => `first_revenue*${margin(i)}-${plain(i, "service_cost")}`,
          clv: (i) => `${revenue(i)}*${margin(i)}*payments-${plain(i, "service_cost")}*stays`,
          lifetime_periods: (i) => `IF(ISNUMBER(counted),${undiscounted(churn(i), "N(counted)")},${where(`${churn(i)}>0`, `1/${churn(i)}`)})`,
          nrr: (i) => `(1-${churn(i)})*(1+${rise(i)})`,
          customer_share: (i) => `${cell(i, "new_customers")}/won_in_all`,
          ltv_cac_ratio: (i) => `IF(ISNUMBER(${cac(i)}),${where(`${cac(i)}>0`, `clv/${cac(i)}`)},${NONE})`,
          value_share: (i) => where(`(${sum((j) => `${cell(j, "new_customers")}*by_segment:clv@${j}`)})>0`, `${cell(i, "new_customers")}*clv/(${sum((j) => `${cell(j, "new_customers")}*by_segment:clv@${j}`)})`),
          break_even_revenue: (i) => where(`${margin(i)}*payments>0`, `(${must(i)}+${plain(i, "service_cost")}*stays)/(${margin(i)}*payments)`),
          max_service_cost: (i) => `IF(stays>0,(${revenue(i)}*${margin(i)}*payments-${must(i)})/stays,0)`,
          payments: (i) => grown(i, churn(i), "counted"),
          stays: (i) => flat(churn(i), "counted"),
          // In parts: a formula may be 8,192 characters long.
          counted_less: alike,
          value_less: (i) => worth(i, less(i), "counted_less"),
          periods_less: (i) => flat(less(i), "counted_less"),
          extra_service_cost: (i) => where(`${churn(i)}>0`, extra(i)),
        },
      },
    },
    results: {
      clv: mean((i) => `by_segment:clv@${i}`),
      average_cac: where(`AND(${given.map((_, i) => `ISNUMBER(${cac(i)})`).join(",")})`, mean(cac)),
      ltv_cac_ratio: where("N(average_cac)>0", "clv/average_cac"),
      first_revenue: mean((i) => `by_segment:first_revenue@${i}`),
      seat_share: share((i) => `${plain(i, "seats")}*${plain(i, "seat_price")}`),
      usage_share: share((i) => `${plain(i, "usage")}*${plain(i, "usage_price")}`),
      take_share: share((i) => `${plain(i, "volume")}*${plain(i, "take_rate")}`),
      expansion_value: mean((i) => `(by_segment:margin@${i}+${plain(i, "service_cost")})*(by_segment:payments@${i}-by_segment:stays@${i})`),
      best_segment: given.reduceRight((below, _, i) => `IF(${total(i)}=largest_value,${i + 1},${below})`, NONE),
      serve_segment: where("MAX(by_segment:extra_service_cost)>0", given.reduceRight((below, _, i) => `IF(by_segment:extra_service_cost@${i}=MAX(by_segment:extra_service_cost),${i + 1},${below})`, NONE)),
    },
  };
}

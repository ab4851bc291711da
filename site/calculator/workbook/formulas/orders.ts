import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** How many months a customer's orders are told by, at most. */
const MONTHS = 120;

/** The discounted number of the first n orders: each is worth order_factor of the one before, the last counts in part. */
const discounted = (n: string) => `IF(OR(order_factor=1,${n}<1),${n},(1-order_factor^INT(${n}))/(1-order_factor)+(${n}-INT(${n}))*order_factor^INT(${n}))`;

/**
 * What an average customer's orders are worth in time: the first on the first day, the others evenly spaced.
 * @param margin of an order @param perYear orders a year @param years that a customer stays @param plain value without discounting
 */
export function inTime(margin: string, perYear: string, years: string, plain: string): Definition {
  const before = (time: string) => `MIN(all_orders,MAX(1,ROUNDUP(${perYear}*${time}-1E-9,0)))`;
  const within = (days: number) => `order_margin*${discounted(`orders_within_${days}`)}`;
  const covered = "AND(ISNUMBER(cac),clv>=N(cac)*(1-1E-12))";
  return {
    steps: {
      order_margin: margin,
      all_orders: `${perYear}*${years}`,
      order_factor: `IF(AND(annual_discount_rate>0,${perYear}>0),(1+annual_discount_rate)^(-1/MAX(1E-300,${perYear})),1)`,
      orders_within_30: before("30/365"),
      orders_within_90: before("90/365"),
      orders_within_180: before("180/365"),
      orders_within_365: before("1"),
      orders_needed: where(covered, "IF(order_margin<=0,0,IF(order_factor=1,cac/order_margin,LN(1-cac/order_margin*(1-order_factor))/LN(order_factor)))"),
      months_shown: `MIN(${MONTHS},MAX(1,ROUNDUP(12*${years}-1E-9,0)))`,
    },
    tables: {
      months: {
        rows: MONTHS,
        of: "series",
        columns: {
          month: (i) => (i === 0 ? "1" : "month@before+1"),
          ordered: where("month<=months_shown", before("(month/12)")),
          margin: (i) => (i === 0 ? "cumulative" : where("month<=months_shown", "cumulative-cumulative@before")),
          cumulative: where("month<=months_shown", `order_margin*${discounted("ordered")}`),
          cac_line: "cac",
        },
      },
    },
    picture: { table: "months", across: "month", up: ["cumulative", "cac_line"], rows: 60, only: "cac" },
    results: {
      clv: `IF(order_factor=1,${plain},order_margin*discounted_orders)`,
      ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
      max_cac: "clv/target_ratio",
      first_sale_profit: where("ISNUMBER(cac)", "order_margin-cac"),
      break_even_order: where("ISNUMBER(orders_needed)", "MAX(1,ROUNDUP(orders_needed-1E-9,0))"),
      payback_days: where("ISNUMBER(break_even_order)", `IF(break_even_order=1,0,365*(break_even_order-1)/${perYear})`),
      value_within_30_days: within(30),
      value_within_90_days: within(90),
      value_within_180_days: within(180),
      value_within_365_days: within(365),
      discounted_orders: discounted("all_orders"),
    },
  };
}

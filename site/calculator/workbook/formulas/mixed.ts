import { FIVE_YEARS } from "../rows.ts";
import { LEAST, discount, endless, periodsPerYear, powerAbove, where } from "../sums.ts";
import type { Definition } from "../definition.ts";

const single = `(orders_per_period*order_value*order_margin-goods-service_cost)`;

/** Payback and the cash of a base, which follow each cohort through its bills, are exported as values. */
export default {
  steps: {
    periods_per_year: periodsPerYear,
    discount,
    counted: `IF(churn_rate+discount<${LEAST},${FIVE_YEARS},"whole life")`,
    goods: "price*(1-gross_margin)",
    bill: "billing_periods*price*(1-prepay_discount)",
    renewing: powerAbove("(1-churn_rate)", "billing_periods"),
    bill_worth: "(1+discount)^(-billing_periods)",
    bills_paid: `IF(ISNUMBER(counted),ROUNDUP(N(counted)/billing_periods,0),1/(1-renewing*bill_worth))`,
    periods_apart: `IF(ISNUMBER(counted),N(counted),${endless("churn_rate", "discount")})`,
    value_apart: `setup_value+periods_apart*(price+${single})`,
  },
  picture: { table: "cash", across: "period", up: ["cumulative"], rows: 60 },
  results: {
    clv: "setup_value+plan_value+orders_value+service_value",
    ltv_cac_ratio: where("N(cac)>0", "clv/cac"),
    setup_value: "setup_fee-setup_cost",
    plan_value: "bills_paid*bill-discounted_periods*goods",
    orders_value: "discounted_periods*orders_per_period*order_value*order_margin",
    service_value: "-discounted_periods*service_cost",
    prepay_gain: "clv-value_apart",
    break_even_prepay_discount: where(
      "IF(AND(prepay_discount<1,bills_paid*billing_periods*price>0),AND(clv-bills_paid*bill+bills_paid*billing_periods*price-value_apart>=0,clv-bills_paid*bill-value_apart<=0),FALSE)",
      "(clv-bills_paid*bill+bills_paid*billing_periods*price-value_apart)/(bills_paid*billing_periods*price)",
    ),
    break_even_setup_fee: where("ISNUMBER(cac)", "MAX(0,setup_fee+N(cac)-clv)"),
    break_even_price: where("AND(ISNUMBER(cac),prepay_discount<1)", "MAX(0,price+(N(cac)-clv)/(bills_paid*billing_periods*(1-prepay_discount)))"),
    discounted_periods: "IF(ISNUMBER(counted),N(counted),bills_paid*IF(discount=0,billing_periods,(1-bill_worth)*(1+discount)/discount))",
    discount_rate_per_period: "discount",
    horizon_used_periods: where("ISNUMBER(counted)", "counted"),
  },
} satisfies Definition;

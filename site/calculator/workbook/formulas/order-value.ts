import { bearable, leverPage, share, straight } from "../plan.ts";
import { where } from "../sums.ts";

const lever = {
  take_up: "take_up", extra_spend: "extra_spend", extra_margin: "extra_margin", frequency_rise: "frequency_rise", cost_per_period: "cost_per_period", fixed_cost: "fixed_cost",
};

/** Orders above the limit, which have the benefit: those that grow and those that are there anyway. */
const benefiting = "(lifted_order_share+qualifying_order_share)";

export default leverPage(
  lever,
  {
    break_even_lifted_order_share: where("most_lifted>0", straight("to_pay_for", "all_orders_grow", "0", "most_lifted")),
    max_benefit_cost: where("orders_with_benefit>0", bearable("benefit_cost", "net_gain/orders_with_benefit")),
    order_value_after: "order_value+IF(lost_order_share<1,lifted_order_share*added_value/(1-lost_order_share),0)",
    customer_orders_per_period: "price/order_value",
    take_up: "lifted_order_share",
    extra_spend: "customer_orders_per_period*added_value",
    cost_per_period: `customer_orders_per_period*${benefiting}*benefit_cost`,
    frequency_rise: "-lost_order_share",
    discounted_periods_before: "plan:periods@0",
  },
  {
    steps: {
      most_lifted: "1-qualifying_order_share-lost_order_share",
      to_pay_for: `(lost_order_share*price*gross_margin+customer_orders_per_period*qualifying_order_share*benefit_cost)*plan:periods@0+${share("fixed_cost")}`,
      all_orders_grow: "customer_orders_per_period*(added_value*IF(ISNUMBER(extra_margin),extra_margin,gross_margin)-benefit_cost)*plan:periods@0",
      orders_with_benefit: `customer_orders_per_period*${benefiting}*plan:periods@0`,
    },
    rules: [{ refused: "lifted_order_share>most_lifted+1E-9", code: "too_high", field: "lifted_order_share", limit: "MAX(0,most_lifted)", share: true }],
  },
);

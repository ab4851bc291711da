import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

/** Where a straight line from most falls to zero, as a share; empty where it does not between 0 and 1. */
const share = (most: string, falls: string) => where(`AND(${falls}>0,${most}>=0,${most}<=${falls})`, `(${most})/(${falls})`);

export default {
  steps: {
    paid: "order_value*(1-price_discount)",
    order_costs: "-goods_cost*(1-return_rate*resold_share)-shipping_cost-return_rate*return_cost-support_cost-payment_fee",
    lost_by_return: "paid-goods_cost*resold_share+return_cost",
    after_fees: "order_value*(1-return_rate-payment_fee_rate)",
    without_returns: "contribution+return_rate*lost_by_return",
    without_discount: "after_fees+order_costs",
  },
  results: {
    contribution: "net_revenue-payment_fee_rate*paid+order_costs",
    contribution_margin: where("net_revenue>0", "contribution/net_revenue"),
    net_revenue: "paid*(1-return_rate)",
    goods_margin: where("paid>0", "1-goods_cost/paid"),
    break_even_price_discount: share("without_discount", "after_fees"),
    break_even_return_rate: share("without_returns", "lost_by_return"),
    break_even_orders: where("AND(ISNUMBER(monthly_fixed_costs),contribution>0)", "monthly_fixed_costs/contribution"),
    "bridge.order_value": "order_value",
    "bridge.price_discount_step": "-order_value*price_discount",
    "bridge.refund_step": "-paid*return_rate",
    "bridge.goods_step": "-goods_cost*(1-return_rate*resold_share)",
    "bridge.shipping_step": "-shipping_cost",
    "bridge.fee_step": "-payment_fee_rate*paid-payment_fee",
    "bridge.return_step": "-return_rate*return_cost",
    "bridge.support_step": "-support_cost",
    "bridge.contribution": "contribution",
  },
} satisfies Definition;

import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

const QUIET = "ISNUMBER(cpc)";

export default {
  steps: {
    discount: "(1+annual_discount_rate)^(1/12)-1",
    discounted_months: "IF(annual_discount_rate=0,horizon_months,(1-(1+discount)^-horizon_months)/discount)",
    margin_per_month: "first_order_margin*repeat_orders/horizon_months",
    cpa_behind: "N(cpc)/click_conversion-first_order_margin",
  },
  results: {
    max_cpa: "first_order_margin+repeat_margin",
    max_cpc: "max_cpa*click_conversion",
    max_cpl: where("ISNUMBER(lead_conversion)", "max_cpa*lead_conversion"),
    first_order_margin: "order_value*gross_margin",
    repeat_margin: "margin_per_month*discounted_months",
    break_even_roas: where("max_cpa>0", "order_value/max_cpa"),
    first_order_roas: where("first_order_margin>0", "order_value/first_order_margin"),
    target_cpa: "max_cpa*(1-profit_share)",
    target_cpc: "target_cpa*click_conversion",
    target_roas: where("target_cpa>0", "order_value/target_cpa"),
    cpa: where(QUIET, "cpc/click_conversion"),
    roas: where(`AND(${QUIET},N(cpc)>0)`, "order_value/(cpc/click_conversion)"),
    profit_per_thousand: where(QUIET, "1000*(max_cpc-cpc)"),
    payback_months: where(`AND(${QUIET},cpa_behind<=margin_per_month*horizon_months)`, "IF(cpa_behind<=0,0,cpa_behind/margin_per_month)"),
  },
} satisfies Definition;

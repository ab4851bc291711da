import { where } from "../sums.ts";
import type { Definition } from "../definition.ts";

const KINDS = { media: "media_spend", agency: "agency_cost", salary: "salary_cost", tool: "tool_cost", promotion: "promotion_cost" };

const each = (name: (kind: string) => string, formula: (field: string) => string) => Object.fromEntries(Object.entries(KINDS).map(([kind, field]) => [name(kind), formula(field)]));

export default {
  rules: [{ refused: "AND(ISNUMBER(paid_customers),N(paid_customers)>new_customers)", code: "too_high", field: "paid_customers", limit: "new_customers" }],
  results: {
    cac: "acquisition_cost/new_customers",
    paid_cac: where("AND(ISNUMBER(paid_customers),N(paid_customers)>0)", "(media_spend+agency_cost)/paid_customers"),
    acquisition_cost: Object.values(KINDS).join("+"),
    unpaid_share: where("ISNUMBER(paid_customers)", "1-paid_customers/new_customers"),
    payback_months: where("AND(ISNUMBER(monthly_margin),N(monthly_margin)>0)", "cac/monthly_margin"),
    magic_number: where("AND(ISNUMBER(net_new_mrr),acquisition_cost>0)", "12*net_new_mrr/acquisition_cost"),
    runway_months: where("AND(ISNUMBER(cash),ISNUMBER(net_burn),N(net_burn)>0)", "cash/net_burn"),
    ...each((kind) => `cost_shares.${kind}_share`, (field) => where("acquisition_cost>0", `${field}/acquisition_cost`)),
    ...each((kind) => `bridge.${kind}_step`, (field) => `${field}/new_customers`),
    "bridge.cac": "cac",
  },
} satisfies Definition;

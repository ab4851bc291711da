import { inTime } from "./orders.ts";
import type { Definition } from "../definition.ts";

const orders = inTime("order_value*gross_margin", "orders_per_year", "lifespan_years", "revenue_ltv*gross_margin");

export default {
  ...orders,
  results: {
    ...orders.results,
    customer_value: "order_value*orders_per_year",
    revenue_ltv: "customer_value*lifespan_years",
  },
} satisfies Definition;

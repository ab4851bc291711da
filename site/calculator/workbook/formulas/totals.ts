import { inTime } from "./orders.ts";
import type { Definition } from "../definition.ts";

const orders = inTime("order_value*gross_margin", "orders_per_customer", "lifespan_years", "order_value*orders_per_customer*lifespan_years*gross_margin");

export default {
  ...orders,
  results: {
    ...orders.results,
    order_value: "revenue/orders",
    orders_per_customer: "orders/customers",
    lifespan_years: "total_lifespan_years/customers",
  },
} satisfies Definition;

import type { Definition } from "../build.ts";

export default {
  results: {
    order_value: "revenue/orders",
    orders_per_customer: "orders/customers",
    lifespan_years: "total_lifespan_years/customers",
    clv: "order_value*orders_per_customer*lifespan_years*gross_margin",
  },
} satisfies Definition;

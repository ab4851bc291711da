import type { Definition } from "../build.ts";

export default {
  results: {
    customer_value: "order_value*orders_per_year",
    revenue_ltv: "customer_value*lifespan_years",
    clv: "revenue_ltv*gross_margin",
  },
} satisfies Definition;

// The ceiling: a Worker without Go or WASM that answers POST /v1/average with the same arithmetic.
export default {
	/** @param {Request} request */
	async fetch(request) {
		const { order_value, orders_per_year, lifespan_years, gross_margin = 1 } = await request.json();
		for (const value of [order_value, orders_per_year, lifespan_years, gross_margin]) {
			if (!Number.isFinite(value)) return new Response("not a number", { status: 422 });
		}
		const customer_value = order_value * orders_per_year;
		const revenue_ltv = customer_value * lifespan_years;
		return Response.json({ customer_value, revenue_ltv, clv: revenue_ltv * gross_margin, warnings: [] });
	},
};

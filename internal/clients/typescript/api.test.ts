// A client in TypeScript as others make it: openapi-typescript makes the types of the API's description (--default-non-nullable false: a field with a default
// may be left out), openapi-fetch calls by them,
// the compiler is as strict as it can be, and the real server answers (BASE_URL).
import assert from "node:assert/strict";
import { test } from "node:test";
import createClient from "openapi-fetch";
import type { components, paths } from "./hourglass.js";

const baseUrl = process.env.BASE_URL;
assert.ok(baseUrl, "BASE_URL names the server to ask");
// Results come as JSON, CSV, XML or text; this client takes JSON.
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl });

/** An amount that 32 bits cannot hold: the nearest single is 16777218. */
const cents = 16777217.01;

test("one result, by JSON and by query", async () => {
	const body = { order_value: cents, orders_per_year: 1, lifespan_years: 1, gross_margin: 1 };
	const posted = await client.POST("/v1/average", { body });
	assert.ok(posted.data && "clv" in posted.data);
	assert.equal(posted.data.clv, cents); // one order of one customer, all of it margin
	const { data } = await client.GET("/v1/average", { params: { query: body } });
	assert.ok(data && "clv" in data);
	assert.equal(data.clv, cents);
});

test("lists in a query go as the server reads them", async () => {
	const { data, error } = await client.GET("/v1/retention-curve", {
		params: { query: { survivors: [800, 400, 200, 100], margin: 10 } },
		querySerializer: { array: { style: "form", explode: false } },
	});
	assert.ok(data && "clv" in data, JSON.stringify(error));
});

test("rows: results and problems stand in their places", async () => {
	const good: components["schemas"]["subscription.input"] = { price: 100, gross_margin: 0.8, churn_rate: 0.05, period: "month" };
	const { data } = await client.POST("/v1/subscription", { body: [good, { ...good, churn_rate: 5 }] });
	assert.ok(Array.isArray(data));
	const [first, second] = data;
	assert.ok(first && "clv" in first && first.ok === true);
	assert.ok(Math.abs(Number(first.clv) - 1600) < 1e-9); // 100 a month, 80 % of it margin, for 1/0.05 months
	assert.ok(second && "errors" in second && second.ok === false);
	const [fault] = second.errors as components["schemas"]["fault"][];
	assert.equal(fault?.code, "too_high");
	assert.equal(fault?.limit, 1);
});

test("a batch, a tool, a problem, oEmbed", async () => {
	const batch = await client.POST("/v1/batch", {
		body: [{ calculation: "average", input: { order_value: cents, orders_per_year: 1, lifespan_years: 1, gross_margin: 1 } }],
	});
	const row = batch.data?.[0];
	assert.ok(row && "clv" in row);
	assert.equal(row.clv, cents);
	const goal = await client.POST("/v1/goal-seek", {
		body: { calculation: "subscription", input: { price: 100, gross_margin: 0.8, churn_rate: 0.05 }, result: "clv", field: "churn_rate", goal: 2000 },
	});
	assert.ok(Math.abs((goal.data?.value ?? 0) - 80 / 2000) < 1e-9);
	const refused = await client.GET("/v1/average", { params: { query: { order_value: -1, orders_per_year: 1, lifespan_years: 1, gross_margin: 1 } } });
	assert.equal(refused.response.status, 422);
	assert.equal(refused.error?.errors?.[0]?.code, "too_low");
	const frame = await client.GET("/oembed", { params: { query: { url: "/subscription/?price=100" } } });
	assert.match(frame.data?.html ?? "", /^<iframe src=".*price=100/);
});

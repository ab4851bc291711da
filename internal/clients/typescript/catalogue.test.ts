// Every operation that takes a body, called by the body of its example and by others near it: what the client sends is the body, and what it gives back is what the
// server answers to a plain request, nothing lost. examples.ts, which examples.mjs makes, holds every example to the types of its operation.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import createClient, { type Client, type MiddlewareCallbackParams } from "openapi-fetch";
import type { paths } from "./hourglass.js";

const baseUrl = process.env.BASE_URL;
assert.ok(baseUrl, "BASE_URL names the server to ask");
const base: string = baseUrl;

interface Operation {
	operationId: string;
	requestBody: { content: Record<string, { example: unknown }> };
}
const description = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../../functions/api/openapi_gen.json"), "utf8")) as { paths: Record<string, { post?: Operation }> };
const operations = Object.entries(description.paths).flatMap(([path, { post }]) => {
	const example = post?.requestBody.content["application/json"]?.example;
	return post && example !== undefined && !path.includes("{") && path !== "/mcp" ? [{ path: path as keyof paths, id: post.operationId, example }] : [];
});

/** A number from 0 to 1, of a sequence that begins with the seed. */
function* random(seed: number): Generator<number, never> {
	for (let state = seed; ; ) yield (state = (state * 48271) % 2147483647) / 2147483647;
}
const numbers = random(18);

/** A body with the figures that are no whole numbers a little different or, with all, every figure, which the server may then refuse. */
function varied(value: unknown, all: boolean): unknown {
	if (Array.isArray(value)) return value.map((one) => varied(one, all));
	if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, varied(one, all)]));
	return typeof value === "number" && (all || !Number.isInteger(value)) ? value * (1 + 0.01 * (numbers.next().value - 0.5)) : value;
}

test("every operation, by its example and near it", async () => {
	assert.ok(operations.length >= 40, `${operations.length} operations`);
	for (const { path, id, example } of operations) {
		for (const body of [example, varied(example, false), varied(example, false), varied(example, true)]) {
			let sent: unknown;
			const client: Client<paths> = createClient<paths>({ baseUrl: base });
			client.use({
				onRequest: async ({ request }: MiddlewareCallbackParams) => {
					sent = await request.clone().json();
				},
			});
			// What is called is known by its name only, so that its types are any operation's.
			const post = client.POST as (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
			const { data, error, response } = await post(path, { body });
			assert.deepEqual(sent, body, id);
			const plain = await fetch(new URL(path, base), { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
			assert.equal(response.status, plain.status, id);
			assert.deepEqual(data ?? error, await plain.json(), id);
			assert.ok(response.ok || body !== example, `${id}: the example is refused: ${JSON.stringify(error)}`);
		}
	}
});

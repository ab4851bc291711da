// The official client of the Model Context Protocol in TypeScript, over HTTP (BASE_URL) and by a pipe to build/server: the tools as the vendors take them, and the ten
// questions of docs/assistants.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { type Schema, type Tool, claude, gemini, openai } from "./vendors.js";

const baseUrl = process.env.BASE_URL;
assert.ok(baseUrl, "BASE_URL names the server to ask");

const root = resolve(import.meta.dirname, "../../../..");
const server = resolve(root, "build/server");
const ways: Record<string, () => Transport> = {
	// The SDK's own types are not strict about properties that may be undefined.
	http: () => new StreamableHTTPClientTransport(new URL("/mcp", baseUrl)) as Transport,
	"http, every tool": () => new StreamableHTTPClientTransport(new URL("/mcp/?tools=all", baseUrl)) as Transport,
	stdio: () => new StdioClientTransport({ command: server, args: ["-mcp-stdio"] }),
};

/** The characters that an answer may have. */
const MOST = 2000;

/** A tool's answer: what the model reads. */
async function call(client: Client, name: string, args: Record<string, unknown>): Promise<string> {
	const result = await client.callTool({ name, arguments: args });
	const [content] = result.content as { type: string; text: string }[];
	const text = content?.text ?? "";
	assert.ok(!result.isError, `${name}: ${text}`);
	assert.deepEqual(JSON.parse(text), result.structuredContent, name);
	return text;
}

/** The questions of the page, each with its calls and with the figures that it derives by hand. */
function questions() {
	const page = readFileSync(resolve(root, "docs/assistants.md"), "utf8");
	return page.split(/\n### \d+\. /).slice(1).map((part) => {
		const [question = "", ...lines] = part.split("\n");
		const text = lines.join("\n");
		const calls = [...text.matchAll(/```json\n(\{"name".*?)\n```/gs)].map(([, json]) => JSON.parse(json ?? "") as { name: string; arguments: Record<string, unknown> });
		const figures = [...text.matchAll(/`([\w.]+)` is (about )?(-?\w+(?:[.-]\w+)*)/g)].map(([, path = "", about, value = ""]) => ({ path, value, tolerance: about ? 0.02 : 1e-4 }));
		return { question, calls, figures };
	});
}

const dig = (answer: unknown, path: string) => path.split(".").reduce<unknown>((v, name) => (v as Record<string, unknown>)?.[name], answer);

for (const [way, transport] of Object.entries(ways)) {
	test(way, async (t) => {
		const client = new Client({ name: "test", version: "1" });
		await client.connect(transport());
		try {
			const { tools } = await client.listTools();
			assert.ok(way.includes("every") ? tools.length >= 35 : tools.length >= 12 && tools.length <= 18, `${tools.length} tools`);
			await t.test("every tool is one that Claude, OpenAI and Gemini take", () => {
				const bytes = JSON.stringify(tools).length;
				assert.ok(way.includes("every") || bytes < 40 << 10, `${bytes} bytes`);
				assert.ok(tools.length <= 128, "more than a request to OpenAI may have");
				for (const vendor of [claude, openai, gemini]) {
					for (const { name, description, inputSchema } of tools) assert.deepEqual(vendor({ name, description, inputSchema: inputSchema as Schema }), [], `${vendor.name}, ${name}`);
				}
			});
			await t.test("the ten questions are answered in two calls at most, under 2,000 characters each", async () => {
				const all = questions();
				assert.equal(all.length, 10);
				for (const { question, calls, figures } of all) {
					assert.ok(calls.length === 1 || calls.length === 2, question);
					assert.ok(figures.length > 0, question);
					let last = "";
					for (const { name, arguments: args } of calls) {
						last = await call(client, name, args);
						assert.ok(last.length < MOST, `${question} ${name}: ${last.length} characters`);
					}
					for (const { path, value, tolerance } of figures) {
						const got = dig(JSON.parse(last), path);
						const near = Math.abs(Number(got) - Number(value)) <= tolerance * Math.abs(Number(value));
						assert.ok(String(got) === value || near, `${question} ${path} is ${String(got)}, the page says ${value}`);
					}
				}
			});
			const text = await call(client, "subscription", { price: 100, gross_margin: 0.8, churn_rate: 0.05 });
			assert.equal((JSON.parse(text) as { clv: number }).clv, 1600); // 80 a month for 20 months
			const bad = await client.callTool({ name: "subscription", arguments: { price: -1 } });
			assert.equal(bad.isError, true);
			const { prompts } = await client.listPrompts();
			assert.ok(prompts.length > 2);
			const { resources } = await client.listResources();
			const [read] = (await client.readResource({ uri: resources[0]?.uri ?? "" })).contents;
			assert.ok(read && "text" in read && read.text.length > 100);
		} finally {
			await client.close();
		}
	});
}

test("the vendors' rules refuse what the vendors refuse", () => {
	const tool = (inputSchema: Schema, name = "t"): Tool => ({ name, description: "d", inputSchema });
	const object = (property: Schema): Schema => ({ type: "object", properties: { a: property } });
	const good = tool(object({ type: "number", description: "A number." }));
	for (const vendor of [claude, openai, gemini]) assert.deepEqual(vendor(good), [], vendor.name);
	for (const [bad, by] of [
		[tool({ type: "object" }), [openai, gemini]],
		[tool({ type: "object", properties: {} }), [gemini]],
		[tool(object({ type: "array" })), [openai, gemini]],
		[tool(object({ type: "string", items: { type: "string" } })), [openai, gemini]],
		[tool(object({ type: "number", exclusiveMinimum: 0 })), [gemini]],
		[tool(object({ type: "number", "x-unit": "money" })), [claude, openai, gemini]],
		[tool(object({ type: "number", examples: [1] })), [openai, gemini]],
		[tool(object({ type: ["number", "null"] })), [gemini]],
		[tool(object({ type: "number", enum: [1, 2] })), [gemini]],
		[tool(object({ type: "string", enum: Array.from({ length: 1001 }, (_, i) => `v${i}`) })), [openai]],
		[tool({ ...object({ type: "number" }), required: ["b"] }), [openai, gemini]],
		[tool({ ...object({ type: "number" }), anyOf: [] }), [claude, openai]],
		[tool({ ...object({ type: "number" }) }, "customers/value"), [claude, openai, gemini]],
		[{ ...good, description: "d".repeat(1025) }, [openai]],
	] as [Tool, ((tool: Tool) => string[])[]][]) {
		for (const vendor of by) assert.ok(vendor(bad).length > 0, `${vendor.name} takes ${JSON.stringify(bad).slice(0, 200)}`);
	}
});

// The official client of the Model Context Protocol in TypeScript, over HTTP (BASE_URL) and by a pipe to build/server.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

const baseUrl = process.env.BASE_URL;
assert.ok(baseUrl, "BASE_URL names the server to ask");

const server = resolve(import.meta.dirname, "../../../../build/server");
const ways: Record<string, () => Transport> = {
	// The SDK's own types are not strict about properties that may be undefined.
	http: () => new StreamableHTTPClientTransport(new URL("/mcp", baseUrl)) as Transport,
	"http, every tool": () => new StreamableHTTPClientTransport(new URL("/mcp/?tools=all", baseUrl)) as Transport,
	stdio: () => new StdioClientTransport({ command: server, args: ["-mcp-stdio"] }),
};

for (const [way, transport] of Object.entries(ways)) {
	test(way, async () => {
		const client = new Client({ name: "test", version: "1" });
		await client.connect(transport());
		try {
			const { tools } = await client.listTools();
			assert.ok(tools.length >= (way.includes("every") ? 35 : 12), `${tools.length} tools`);
			const result = await client.callTool({ name: "subscription", arguments: { price: 100, gross_margin: 0.8, churn_rate: 0.05 } });
			const [content] = result.content as { type: string; text: string }[];
			assert.deepEqual(JSON.parse(content?.text ?? ""), result.structuredContent);
			assert.equal((result.structuredContent as { clv: number }).clv, 1600); // 80 a month for 20 months
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

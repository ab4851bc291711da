// Writes examples.ts: the example of every operation that takes a body, as the type that openapi-typescript made for it, so that the compiler holds the one to the other.
import { readFileSync, writeFileSync } from "node:fs";

const { paths } = JSON.parse(readFileSync(new URL("../../../functions/api/openapi_gen.json", import.meta.url), "utf8"));
const lines = Object.entries(paths).flatMap(([path, { post }]) => {
	const example = post?.requestBody.content["application/json"]?.example;
	if (example === undefined) return [];
	const type = `NonNullable<paths[${JSON.stringify(path)}]["post"]["requestBody"]>["content"]["application/json"]`;
	return [`export const ${post.operationId}: ${type} = ${JSON.stringify(example)};\n`];
});
writeFileSync(new URL("examples.ts", import.meta.url), `// Made by examples.mjs.\nimport type { paths } from "./hourglass.js";\n\n${lines.join("")}`);

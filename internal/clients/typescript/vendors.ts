// What Claude, OpenAI and Gemini take as a tool, each written down from the vendor's document, and what they were seen to refuse. Each function lists
// what is wrong with a tool for that vendor.
import { Ajv2020 } from "ajv/dist/2020.js";

export interface Schema {
	type?: unknown;
	description?: string;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: unknown[];
	[keyword: string]: unknown;
}

export interface Tool {
	name: string;
	description?: string | undefined;
	inputSchema: Schema;
}

/** Every schema within a schema, with where it stands and how deep. */
function* within(schema: Schema, path = "", depth = 1): Generator<{ schema: Schema; path: string; depth: number }> {
	yield { schema, path, depth };
	for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* within(inner, `${path}/${name}`, depth + 1);
	if (schema.items) yield* within(schema.items, `${path}[]`, depth + 1);
}

/** What both OpenAI and Gemini were seen to refuse, all tools with the one. */
function shape({ schema, path }: { schema: Schema; path: string }): string[] {
	const faults: string[] = [];
	const properties = Object.keys(schema.properties ?? {});
	if (schema.type === "object" && !schema.properties) faults.push(`${path}: object schema missing properties`);
	if (schema.type === "array" && !schema.items) faults.push(`${path}: array schema missing items`);
	if (schema.type !== "object" && (schema.properties || schema.required)) faults.push(`${path}: properties: only allowed for objects`);
	if (schema.type !== "array" && schema.items) faults.push(`${path}: items: only allowed for arrays`);
	for (const name of schema.required ?? []) if (!properties.includes(name)) faults.push(`${path}: ${name} is required and no property`);
	return faults;
}

/** platform.claude.com/docs, Define tools: the name, a JSON Schema of draft 2020-12 that is an object without alternatives at its top, and names of properties. */
export function claude({ name, description, inputSchema }: Tool): string[] {
	const faults: string[] = [];
	if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) faults.push(`name ${name}`);
	if (!description) faults.push("no description");
	if (inputSchema.type !== "object") faults.push("input_schema.type: must be object");
	for (const keyword of ["oneOf", "anyOf", "allOf"]) if (keyword in inputSchema) faults.push(`${keyword} at the top`);
	try {
		new Ajv2020({ strict: true }).compile(inputSchema);
	} catch (error) {
		faults.push(String(error));
	}
	for (const { schema, path } of within(inputSchema)) {
		for (const key of Object.keys(schema.properties ?? {})) if (!/^[a-zA-Z0-9_.-]{1,64}$/.test(key)) faults.push(`${path}: property ${key}`);
	}
	return faults;
}

/** A schema in strict mode: every property required, those that may be left out nullable, nothing else allowed. */
export function strict(schema: Schema, nullable = false): Schema {
	const { properties, items, required, ...rest } = schema;
	const type = nullable ? [schema.type, "null"] : schema.type;
	return {
		...rest,
		type,
		...(nullable && schema.enum && { enum: [...schema.enum, null] }),
		...(items && { items: strict(items) }),
		...(properties && {
			properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, strict(inner, !required?.includes(name))])),
			required: Object.keys(properties),
			additionalProperties: false,
		}),
	};
}

/** Of developers.openai.com/api/docs/guides/structured-outputs, Supported schemas. */
const STRICT = ["type", "description", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs", "const",
	"pattern", "format", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "minItems", "maxItems"];

/** The function's name and description, and its parameters in strict mode within the limits: 5,000 properties, 10 levels, 1,000 values of enums, 120,000 characters of names and values. */
export function openai({ name, description = "", inputSchema }: Tool): string[] {
	const faults: string[] = [];
	if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) faults.push(`name ${name}`);
	if (description.length > 1024) faults.push(`a description of ${description.length} characters`);
	if (inputSchema.anyOf) faults.push("anyOf at the top");
	for (const at of within(inputSchema)) faults.push(...shape(at));
	let [properties, values, characters] = [0, 0, 0];
	for (const { schema, path, depth } of within(strict(inputSchema))) {
		if (depth > 10) faults.push(`${path}: ${depth} levels`);
		for (const keyword of Object.keys(schema)) if (!STRICT.includes(keyword)) faults.push(`${path}: '${keyword}' is not permitted`);
		const names = Object.keys(schema.properties ?? {});
		const options = (schema.enum ?? []).map(String);
		const length = options.join("").length;
		if (options.length > 250 && length > 15_000) faults.push(`${path}: ${length} characters of enum values`);
		properties += names.length;
		values += options.length;
		characters += names.join("").length + length;
	}
	if (properties > 5000) faults.push(`${properties} properties`);
	if (values > 1000) faults.push(`${values} enum values`);
	if (characters > 120_000) faults.push(`${characters} characters of names and values`);
	return faults;
}

/** Of ai.google.dev/api/caching#Schema. Any other name is "Unknown name: Cannot find field". */
const GEMINI = ["type", "format", "title", "description", "nullable", "enum", "maxItems", "minItems", "properties", "required", "minProperties", "maxProperties",
	"minLength", "maxLength", "pattern", "example", "anyOf", "propertyOrdering", "default", "items", "minimum", "maximum"];

export function gemini({ name, description, inputSchema }: Tool): string[] {
	const faults: string[] = [];
	if (!/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,62}$/.test(name)) faults.push(`name ${name}`);
	if (!description) faults.push("no description");
	for (const at of within(inputSchema)) {
		const { schema, path } = at;
		faults.push(...shape(at));
		for (const keyword of Object.keys(schema)) if (!GEMINI.includes(keyword)) faults.push(`${path}: Unknown name "${keyword}"`);
		if (!["string", "number", "integer", "boolean", "array", "object"].includes(String(schema.type))) faults.push(`${path}: type ${schema.type}`);
		if (schema.type === "object" && Object.keys(schema.properties ?? {}).length === 0) faults.push(`${path}: should be non-empty for OBJECT type`);
		if (schema.enum && (schema.type !== "string" || schema.enum.length === 0 || schema.enum.some((v) => typeof v !== "string" || v === ""))) faults.push(`${path}: enum: only allowed for STRING type`);
		if (schema.format && (schema.type !== "string" || !["enum", "date-time"].includes(String(schema.format)))) faults.push(`${path}: format ${schema.format}`);
	}
	return faults;
}

// Closed forms by the page's own engine: the plainest requests, which are most of them, need neither Go's JSON nor its runtime.
//
// There is one contract, the Go instance's. What is answered here is what it would answer: an input without a fault and a result
// without a warning. Everything else is left to it.
import { env } from "cloudflare:workers";
import type { Laid, Layout } from "../../site/base/catalogue.gen.mjs";
import layouts from "../../site/base/layouts.gen.mjs";
import { Engine } from "../../site/engine/engine.ts";
import bases from "../../build/worker/bases.wasm";
import calculator from "../../build/worker/calculator.wasm";
import economics from "../../build/worker/economics.wasm";
import growth from "../../build/worker/growth.wasm";
import levers from "../../build/worker/levers.wasm";

/**
 * A calculation whose input is numbers and options alone, so that it takes microseconds. Its head are the headers of Go's first answer
 * of the kind, which are those of all of them but for the id.
 */
export interface Form {
	id: string;
	inputs: Layout[];
	head?: { headers: Headers };
}

/** Those that there are, by address. */
const closed: Laid[] = layouts.filter(({ inputs }) => inputs.every(({ kind }) => kind === "number" || kind === "option"));
const forms = (): Map<string, Form> => new Map(closed.map(({ id, inputs }) => [`/v1/${id}`, { id, inputs }]));

/** Whose heads differ. */
const overHTTP = forms();
const overTLS = forms();

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Missing where it could not start, or has stopped: Go answers all that this does */
let engine: Engine | undefined;
try {
	engine = await Engine.load({ calculator, growth, levers, economics, bases }, ...closed);
} catch (error) {
	console.error(error);
}

/** Bytes of a body that may be plain: an input of every field has a tenth of them. */
const enough = 8192;

/** What else of a request's head the Go instance would heed. */
const heeded = ["content-encoding", "x-request-id", "x-test-panic"];

/** The closed form that a plain request asks for by its path and query: from JSON, as JSON, and nothing else. */
export function plainly({ method, headers }: Request, address: string, tls: boolean) {
	if (env.HOURGLASS_API_KEY) return undefined; // who may ask is Go's to say
	const form = (tls ? overTLS : overHTTP).get(address);
	if (!form || !engine || method !== "POST") return undefined;
	const accept = headers.get("accept");
	const length = headers.get("content-length");
	const plain =
		headers.get("content-type") === "application/json" &&
		(accept === null || accept === "*/*" || accept === "application/json") &&
		length !== null && Number(length) <= enough &&
		!heeded.some((name) => headers.has(name)) &&
		(tls || !headers.has("x-forwarded-proto"));
	return plain ? form : undefined;
}

/** The body of the answer to a plain request's, or nothing where it is Go's to give. */
export function answerTo({ id, inputs }: Form, body: Uint8Array) {
	const input = read(decoder.decode(body), inputs);
	if (!engine || !input) return undefined;
	try {
		const { result, problems, warnings } = engine.call(id, input);
		return result && problems.length + warnings.length === 0 ? JSON.stringify({ ...result, warnings }, asList) : undefined;
	} catch (error) {
		engine = undefined;
		console.error(error);
		return undefined;
	}
}

/** An input in which nothing is wrong with any field alone: of these names, each given once, each a number or an option's name. */
function read(text: string, fields: Layout[]): Record<string, unknown> | undefined {
	let input: Record<string, unknown> | null;
	try {
		input = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (typeof input !== "object" || input === null) return undefined;
	let given = 0;
	let quotes = 0;
	for (const { name, options } of fields) {
		const value = input[name];
		if (value === undefined) continue;
		if (options ? typeof value !== "string" || !options.includes(value) : !Number.isFinite(value)) return undefined;
		given++;
		quotes += options ? 4 : 2;
	}
	// JSON.parse keeps the last of two values with one name. The quotes tell: a name has two, and so has an option.
	return given === Object.keys(input).length && quotes === text.split('"').length - 1 ? input : undefined;
}

/** Lists of numbers and what is missing, as Go writes them. */
function asList(_name: string, value: unknown) {
	return value instanceof Float64Array ? Array.from(value) : (value ?? null);
}

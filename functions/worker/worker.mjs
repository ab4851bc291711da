// The Worker: hands each request to a warm Go instance (main.go) in one synchronous call. The site's files never come
// here: wrangler.toml's [assets] serves them.
import "../../build/worker/wasm_exec.js";
import module from "../../build/worker/hourglass.wasm";

/**
 * The Go program, as worker.mjs sees it.
 * @typedef {object} Engine
 * @property {{exited: boolean}} go
 * @property {{mem: WebAssembly.Memory, reserve(size: number): number, answer(split: number): number}} exports
 */

/** Bytes of a body that are passed on: one more than the API takes, so that it can say that there are too many. */
const enough = (1 << 20) + 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @type {Engine | undefined} */
let engine;

/**
 * Starts a Go instance. It runs until it waits for requests, so that it is ready when run returns.
 * @param {Record<string, unknown>} env
 * @returns {Engine}
 */
function boot(env) {
	const go = new Go();
	const instance = new WebAssembly.Instance(module, { ...go.importObject, workers: { ready() {} } });
	// github.com/syumai/workers looks here for its context while it starts, and never again.
	globalThis.context = { env, binding: {} };
	void go.run(instance);
	delete globalThis.context;
	return { go, exports: /** @type {any} */ (instance.exports) };
}

/**
 * The body, or as much of it as is needed to refuse it.
 * @param {Request} request
 */
async function bodyOf(request) {
	if (request.body === null) return new Uint8Array();
	const length = request.headers.get("content-length");
	if (Number(length) >= enough) return new Uint8Array(enough);
	if (length !== null) return new Uint8Array(await request.arrayBuffer());
	const body = new Uint8Array(enough);
	let filled = 0;
	for await (const chunk of request.body) {
		const part = chunk.subarray(0, enough - filled);
		body.set(part, filled);
		filled += part.length;
		if (filled === enough) break;
	}
	return body.subarray(0, filled);
}

/**
 * The head of a request, a line each: method, path, query, headers.
 * @param {Request} request
 */
function headOf(request) {
	const url = new URL(request.url);
	let head = `${request.method}\n${url.pathname}\n${url.search.slice(1)}\n`;
	for (const [name, value] of request.headers) head += `${name}:${value}\n`;
	if (!request.headers.has("cf-ray")) head += `cf-ray:${crypto.randomUUID()}\n`;
	return encoder.encode(head);
}

/**
 * Asks the engine.
 * @param {Engine} engine
 * @param {Uint8Array} head
 * @param {Uint8Array} body
 */
function ask({ go, exports }, head, body) {
	const inbox = exports.reserve(head.length + body.length);
	const room = new Uint8Array(exports.mem.buffer, inbox);
	room.set(head);
	room.set(body, head.length);
	const at = exports.answer(head.length);
	if (go.exited) throw new Error("the Go program ended");
	// The memory may have grown, which detaches the views made before.
	const [status, panicked, headAt, headLength, bodyAt, bodyLength] = new Uint32Array(exports.mem.buffer, at, 6);
	const memory = new Uint8Array(exports.mem.buffer);
	return {
		status,
		panicked: panicked !== 0,
		headers: decoder.decode(memory.subarray(headAt, headAt + headLength)),
		body: memory.slice(bodyAt, bodyAt + bodyLength),
	};
}

/**
 * The headers of an answer.
 * @param {string} lines
 */
function headersOf(lines) {
	const headers = new Headers();
	for (const line of lines.split("\n")) {
		const colon = line.indexOf(":");
		if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1));
	}
	return headers;
}

/** What a client reads when the instance itself failed, as the API would word it. */
function failure() {
	const problem = {
		type: "/v1/problems/internal-error", title: "Internal error", status: 500,
		detail: "Something went wrong inside; the request was not at fault.",
	};
	return new Response(JSON.stringify(problem), {
		status: 500,
		headers: { "content-type": "application/problem+json", "cache-control": "no-store", "access-control-allow-origin": "*" },
	});
}

export default {
	/**
	 * @param {Request} request
	 * @param {Record<string, unknown>} env
	 */
	async fetch(request, env) {
		const body = await bodyOf(request);
		try {
			engine ??= boot(env);
			const answer = ask(engine, headOf(request), body);
			if (answer.panicked) engine = undefined;
			const bodiless = answer.status === 204 || answer.status === 304 || request.method === "HEAD";
			return new Response(bodiless ? null : answer.body, { status: answer.status, headers: headersOf(answer.headers) });
		} catch (error) {
			engine = undefined; // a trap, or the end of the Go program: the next request gets a new instance
			console.error(error instanceof Error ? error.message : error);
			return failure();
		}
	},
};

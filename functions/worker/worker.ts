// The Worker: hands each request to a warm Go instance (main.go) in one synchronous call. The site's files never come
// here: wrangler.toml's [assets] serves them.
import "../../build/worker/wasm_exec.js";
import { env } from "cloudflare:workers";
import module from "../../build/worker/hourglass.wasm";
import { answerTo, plainly } from "./closed.ts";

/** A running Go program and what it exports. */
interface Engine {
	go: Go;
	exports: {
		mem: WebAssembly.Memory;
		reserve(size: number): number;
		answer(split: number): number;
	};
}

/** Bytes of a body that are passed on: one more than the API takes, so that it can say that there are too many. */
const enough = (5 << 20) + 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Starts a Go instance, with what fills bytes at random. It runs until it waits for requests, so that it is ready when this returns. */
function boot(random: (bytes: Uint8Array<ArrayBuffer>) => void): Engine {
	const go = new Go();
	/** Go's stack holds the slice to fill. */
	const getRandomData = (sp: number) => {
		const stack = new DataView(exports.mem.buffer, sp >>> 0);
		random(new Uint8Array(exports.mem.buffer, stack.getUint32(8, true), stack.getUint32(16, true)));
	};
	const instance = new WebAssembly.Instance(module, {
		gojs: { ...go.importObject.gojs, "runtime.getRandomData": getRandomData },
		workers: { ready() {} },
	});
	const exports = instance.exports as unknown as Engine["exports"]; // main.go's own
	// github.com/syumai/workers looks here for its context while it starts, and never again.
	globalThis.context = { env, binding: {} };
	void go.run(instance);
	delete globalThis.context;
	return { go, exports };
}

/**
 * Boots while the isolate starts, whose time is not counted as a request's, and answers a request for nobody, so that
 * the way there is compiled too. True random bytes are not to be had this early: Go's hash tables, whose order is all
 * that depends on them here, are seeded by Math.random. Where a host refuses even that, the first request boots.
 */
function bootEarly(): Engine | undefined {
	try {
		const early = boot((bytes) => bytes.forEach((_, i) => (bytes[i] = Math.random() * 256)));
		ask(early, encoder.encode("POST\n/v1/average\n\n"), encoder.encode('{"order_value":1,"orders_per_year":1,"lifespan_years":1}'));
		return early;
	} catch {
		return undefined;
	}
}

/** Boots within a request. */
function bootLate() {
	return boot((bytes) => crypto.getRandomValues(bytes));
}

/** Asks the engine, with a head as main.go reads it. */
function ask({ go, exports }: Engine, head: Uint8Array, body: Uint8Array) {
	const inbox = exports.reserve(head.length + body.length);
	const room = new Uint8Array(exports.mem.buffer, inbox);
	room.set(head);
	room.set(body, head.length);
	const reply = exports.answer(head.length);
	if (go.exited) throw new Error("the Go program ended");
	// The memory may have grown, which detaches the views made before.
	const [status, panicked, headAt, headLength, bodyAt, bodyLength] = new Uint32Array(exports.mem.buffer, reply, 6);
	const memory = new Uint8Array(exports.mem.buffer);
	return {
		status,
		panicked: panicked !== 0,
		headers: headersOf(decoder.decode(memory.subarray(headAt, headAt + headLength))),
		body: decoder.decode(memory.subarray(bodyAt, bodyAt + bodyLength)),
	};
}

/** The headers of an answer, from lines of name:value. */
function headersOf(lines: string) {
	const headers = new Headers();
	for (const line of lines.split("\n")) {
		const colon = line.indexOf(":");
		if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1));
	}
	return headers;
}

/** Path and query of a request. new URL would take a seventh of all time. */
const addressOf = (url: string) => url.slice(url.indexOf("/", "https://".length));

const isTLS = (url: string) => url.startsWith("https:");

/** The head of a request as main.go reads it. */
function headOf(request: Request) {
	const address = addressOf(request.url);
	const mark = address.indexOf("?");
	const [path, query] = mark < 0 ? [address, ""] : [address.slice(0, mark), address.slice(mark + 1)];
	let head = `${request.method}\n${path}\n${query}\n`;
	if (isTLS(request.url)) head += "x-forwarded-proto:https\n"; // before the client's own: the first counts
	for (const [name, value] of request.headers) head += `${name}:${value}\n`;
	if (!request.headers.has("cf-ray")) head += `cf-ray:${localID()}\n`;
	return encoder.encode(head);
}

let isolate: string | undefined;
let counted = 0;

/** A request's id where Cloudflare gives none, on a desk: a random one for each request would take a tenth of its time. */
function localID() {
	isolate ??= crypto.randomUUID();
	return `${isolate}-${++counted}`;
}

/** The body of a request, or as much of it as it takes to refuse it. */
async function bodyOf(request: Request) {
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

/** What a client reads when the instance failed, in the words of the API. */
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

let engine = bootEarly();

export default {
	async fetch(request: Request) {
		const { url } = request;
		const form = plainly(request, addressOf(url), isTLS(url));
		const body = form ? new Uint8Array(await request.arrayBuffer()) : await bodyOf(request);
		try {
			const short = form && answerTo(form, body);
			if (short && form.head) {
				form.head.headers.set("x-request-id", request.headers.get("cf-ray") ?? localID()); // a Response copies them
				return new Response(short, form.head);
			}
			engine ??= bootLate();
			const answer = ask(engine, headOf(request), body);
			if (answer.panicked) engine = undefined;
			if (short && answer.status === 200) form.head = { headers: new Headers(answer.headers) };
			const bodiless = answer.status === 204 || answer.status === 304 || request.method === "HEAD";
			return new Response(bodiless ? null : answer.body, { status: answer.status, headers: answer.headers });
		} catch (error) {
			engine = undefined; // a trap, or the end of the Go program: the next request boots another
			console.error(error instanceof Error ? error.message : error);
			return failure();
		}
	},
};

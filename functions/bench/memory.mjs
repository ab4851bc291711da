// The Worker as it is deployed, with GET /memory beside it: collects garbage and tells the size of its WASM memory.
import { memories } from "./capture.mjs";
import worker from "./worker.js";

export default {
	/** @param {Request} request */
	fetch(request) {
		if (new URL(request.url).pathname !== "/memory") return worker.fetch(request);
		gc(); // V8's --expose-gc
		return new Response(String([...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)));
	},
};

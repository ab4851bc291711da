/** The customers' worker on a real thread: Node's, with the few lines that make it a browser's. */
import { readFileSync } from "node:fs";
import { after } from "node:test";
import { Worker } from "node:worker_threads";
import { connect } from "../engine/customers-worker.ts";

const module = new WebAssembly.Module(readFileSync(new URL("../../build/customers-tinygo.wasm", import.meta.url)));
const loader = new URL("../build/typescript.mjs", import.meta.url).href; // which a thread does not have from its parent
const service = new URL("../engine/customers-worker.ts", import.meta.url).href;
const script = `
  const { parentPort } = require("node:worker_threads");
  import(${JSON.stringify(loader)}).then(() => import(${JSON.stringify(service)})).then(({ Service }) => {
    const service = new Service((message, transfer) => parentPort.postMessage(message, transfer));
    parentPort.on("message", (data) => service.receive(data));
  });`;

/** @type {Worker[]} */
const threads = [];
after(() => Promise.all(threads.map((t) => t.terminate())));

/** @param {Parameters<typeof connect>[2]} listeners */
export function start(listeners) {
  const thread = new Worker(script, { eval: true });
  threads.push(thread);
  /** @type {any} */
  const worker = {
    onmessage: null,
    onerror: null,
    postMessage: (/** @type {any} */ message, /** @type {any} */ transfer) => thread.postMessage(message, transfer),
    terminate: () => thread.terminate(),
  };
  thread.on("message", (data) => worker.onmessage({ data }));
  thread.on("error", (error) => worker.onerror({ message: error.message }));
  return connect(worker, module, listeners);
}

/** Where memory is shared between threads, every step can be cancelled. @template T @param {() => Promise<T>} body */
export async function isolated(body) {
  Object.assign(globalThis, { crossOriginIsolated: true });
  try {
    return await body();
  } finally {
    Object.assign(globalThis, { crossOriginIsolated: undefined });
  }
}

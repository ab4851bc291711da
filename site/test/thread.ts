/** The customers' worker on a real thread: Node's, with the few lines that make it a browser's. */
import { readFileSync } from "node:fs";
import { after } from "node:test";
import { Worker } from "node:worker_threads";
import { type Listeners, type Wire, connect } from "../engine/customers-worker.ts";

const module = new WebAssembly.Module(readFileSync(new URL("../../build/customers-tinygo.wasm", import.meta.url)));
const loader = new URL("../build/typescript.mjs", import.meta.url).href; // which a thread does not have from its parent
const service = new URL("../engine/customers-worker.ts", import.meta.url).href;
const script = `
  const { parentPort } = require("node:worker_threads");
  import(${JSON.stringify(loader)}).then(() => import(${JSON.stringify(service)})).then(({ Service }) => {
    const service = new Service((message, transfer) => parentPort.postMessage(message, transfer));
    parentPort.on("message", (data) => service.receive(data));
  });`;

const threads: Worker[] = [];
after(() => Promise.all(threads.map((t) => t.terminate())));

export function start(listeners: Listeners) {
  const thread = new Worker(script, { eval: true });
  threads.push(thread);
  const worker: Wire = {
    onmessage: null,
    onerror: null,
    postMessage: (message: unknown) => thread.postMessage(message),
    terminate: () => void thread.terminate(),
  };
  const tell = (handler: "onmessage" | "onerror", event: object) => worker[handler]?.call(worker as never, event as never); // as much of an event as connect looks at
  thread.on("message", (data) => tell("onmessage", { data }));
  thread.on("error", (error) => tell("onerror", { message: error.message }));
  return connect(worker, module, listeners);
}

/** Where memory is shared between threads, every step can be cancelled. */
export async function isolated<T>(body: () => Promise<T>) {
  Object.assign(globalThis, { crossOriginIsolated: true });
  try {
    return await body();
  } finally {
    Object.assign(globalThis, { crossOriginIsolated: undefined });
  }
}

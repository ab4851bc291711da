/** The customers' worker on a real thread: Node's, with the few lines that make it a browser's. */
import { readFileSync } from "node:fs";
import { after } from "node:test";
import { Worker } from "node:worker_threads";
import { type Listeners, type Wire, connect } from "../engine/customers-worker.ts";

const module = new WebAssembly.Module(readFileSync(new URL("../../build/customers-tinygo.wasm", import.meta.url)));
const loader = new URL("../build/typescript.mjs", import.meta.url).href; // which a thread does not have from its parent
const service = new URL("../engine/customers-worker.ts", import.meta.url).href;
const script = `
  const { Worker, parentPort, workerData } = require("node:worker_threads");
  const start = () => {
    const thread = new Worker(workerData.script, { eval: true, workerData: { ...workerData, helpers: 0 } });
    const helper = { onmessage: null, onerror: null, postMessage: (message, transfer) => thread.postMessage(message, transfer), terminate: () => void thread.terminate() };
    thread.on("message", (data) => (workerData.broken && !("held" in data) ? thread.emit("error", new Error("broken")) : helper.onmessage?.({ data })));
    thread.on("error", (error) => helper.onerror?.({ message: error.message }));
    return helper;
  };
  import(${JSON.stringify(loader)}).then(() => import(${JSON.stringify(service)})).then(({ Service }) => {
    const service = new Service((message, transfer) => parentPort.postMessage(message, transfer), { start, most: workerData.helpers });
    parentPort.on("message", (data) => service.receive(data));
  });`;

const threads: Worker[] = [];
export const stop = () => Promise.all(threads.splice(0).map((t) => t.terminate()));
after(stop);

/** @param helpers of the worker, at most @param broken they stop with their first errand */
export function start(listeners: Listeners, helpers = 0, broken = false) {
  const thread = new Worker(script, { eval: true, workerData: { script, helpers, broken } });
  threads.push(thread);
  const worker: Wire = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
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

/**
 * The customers engine in a Web Worker, so that a page never waits for it. The page side is connect(); the worker side
 * is this module when it runs in one:
 *
 *     const worker = new Worker(new URL("./customers-worker.mjs", import.meta.url), { type: "module" });
 *     const customers = await connect(worker, "/assets/customers.wasm", { onProgress });
 *     const report = await customers.read(file);
 *     await customers.call("summarise");
 *
 * # Messages
 *
 * To the worker: { id, method, args }, answered once by { id, result } or { id, error: { name, message, status } }.
 * Methods are load(module, cancelFlag?), read(source, options) and those of CustomersEngine by name (METHODS). Typed arrays
 * are moved, not copied. In between comes { progress }, at most 20 a second; once in a reading, as soon as
 * the columns are known, it carries the report as far as it goes, to preview.
 *
 * { cancel: true } stops a read at the next chunk. Other steps do not return to the worker's messages until they are
 * done: they look at cancelFlag, an Int32Array over shared memory, which a page that is crossOriginIsolated can give.
 * Where there is none, terminate() the worker, connect a new one, and read the file again.
 */
import { CustomersEngine, StepError } from "./customers.mjs";

/** A progress message is sent at most every so many milliseconds. */
const PROGRESS_MS = 50;

/** The first bytes of a gzip file. */
const GZIP = [0x1f, 0x8b];

/**
 * @typedef {object} Progress
 * @property {"reading" | Parameters<import("./customers.mjs").OnProgress>[0]} phase
 * @property {number} share done, 0 to 1; of a reading whose length is not known, 0
 * @property {number} [rows] read so far
 * @property {number} [bytes] of the source taken so far
 * @property {import("./customers.mjs").Report} [report] as far as it goes, once
 */

/** The source has failed: a file that was moved or changed while it was read, or a gzip file that is cut short. */
class ReadError extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super(`The file could not be read to its end: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.name = "ReadError";
  }
}

/** Answers the page. */
export class Service {
  /** @type {CustomersEngine | null} */ #engine = null;
  /** @type {Int32Array | null} */ #flag = null;
  #cancelled = false;
  /** The calls are answered one after the other. */
  #queue = Promise.resolve();
  #told = 0;
  #post;

  /** @param {(message: any, transfer?: Transferable[]) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {{ id?: number, method?: string, args?: any[], cancel?: boolean }} message */
  receive({ id, method = "", args = [], cancel }) {
    if (cancel) this.#cancelled = true;
    else this.#queue = this.#queue.then(() => this.#answer(id, method, args));
  }

  /** @param {number | undefined} id @param {string} method @param {any[]} args */
  async #answer(id, method, args) {
    this.#cancelled = false;
    try {
      const result = await this.#run(method, args);
      this.#post({ id, result }, buffersOf(result));
    } catch (e) {
      const { name, message, status } = /** @type {any} */ (e);
      this.#post({ id, error: { name, message, status } });
    }
  }

  /** @param {string} method @param {any[]} args */
  async #run(method, args) {
    if (method === "load") return this.#load(args[0], args[1]);
    const engine = this.#engine;
    if (!engine) throw new Error("load comes first");
    if (engine.lost) await engine.restart();
    if (method === "read") return this.#read(engine, args[0], args[1]);
    if (!METHODS.has(method)) throw new RangeError(`There is no method “${method}”.`);
    const result = /** @type {any} */ (engine)[method](...args);
    return method === "ids" ? { bytes: result.bytes, ends: result.ends } : result;
  }

  /** @param {string | URL | BufferSource | WebAssembly.Module} source @param {Int32Array} [flag] */
  async #load(source, flag) {
    this.#flag = flag ?? null;
    const input = typeof source === "string" || source instanceof URL ? fetch(source) : source;
    this.#engine = await CustomersEngine.load(input, (phase, share) => {
      this.#tell({ phase, share });
      return !this.#stopped;
    });
  }

  get #stopped() {
    return this.#cancelled || (this.#flag !== null && Atomics.load(this.#flag, 0) !== 0);
  }

  /**
   * Reads a File, Blob, stream or bytes; what is gzipped is unpacked on the way.
   * @param {CustomersEngine} engine
   * @param {Blob | ReadableStream<Uint8Array> | Uint8Array} source
   * @param {import("./customers.mjs").ReadOptions} [options]
   */
  async #read(engine, source, options) {
    const total = source instanceof Blob ? source.size : source instanceof Uint8Array ? source.length : 0;
    let bytes = 0;
    const counted = streamOf(source).pipeThrough(new TransformStream({
      transform(chunk, controller) {
        bytes += chunk.length;
        controller.enqueue(chunk);
      },
    }));
    const text = await unpacked(counted).catch(failed);
    const encoding = engine.charset(text.head);
    engine.open(FOREIGN.has(encoding) ? { ...options, encoding } : options);
    let previewed = false;
    for await (const chunk of chunksOf(FOREIGN.has(encoding) ? decoded(text.stream, encoding) : text.stream)) {
      const rows = engine.write(chunk);
      const progress = { phase: /** @type {const} */ ("reading"), share: total ? bytes / total : 0, rows, bytes };
      /** @type {import("./customers.mjs").Report | null} */
      const report = previewed ? null : engine.report();
      previewed ||= report !== null && report.width > 0; // the reader waits until it has enough to guess from
      if (report && previewed) this.#post({ progress: { ...progress, report } });
      else this.#tell(progress);
      await breath();
      if (this.#stopped) throw new StepError("read", "cancelled");
    }
    return engine.close();
  }

  /** @param {Progress} progress */
  #tell(progress) {
    const now = performance.now();
    if (now - this.#told < PROGRESS_MS) return;
    this.#told = now;
    this.#post({ progress });
  }
}

/** The methods of CustomersEngine that a page may call. */
const METHODS = new Set([
  "report", "summarise", "choose", "fit", "fitSpend", "build", "model", "useModel", "score", "nextOrders", "columns", "ids",
  "segments", "concentration", "cohorts", "tracking", "calibration", "warnings", "history", "sampleFile", "restart",
]);

/** @param {Blob | ReadableStream<Uint8Array> | Uint8Array} source @returns {ReadableStream<Uint8Array<ArrayBuffer>>} */
function streamOf(source) {
  if (source instanceof ReadableStream) return /** @type {any} */ (source);
  return /** @type {any} */ (source instanceof Blob ? source : new Blob([/** @type {any} */ (source)])).stream();
}

/** @param {unknown} cause @returns {never} */
function failed(cause) {
  throw new ReadError(cause);
}

/** Encodings that the reader cannot read itself; browsers know them by the same names. */
const FOREIGN = new Set(["windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk"]);

/** A text as UTF-8. @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream @param {string} encoding @returns {ReadableStream<Uint8Array<ArrayBuffer>>} */
const decoded = (stream, encoding) =>
  /** @type {any} */ (stream.pipeThrough(/** @type {any} */ (new TextDecoderStream(encoding))).pipeThrough(new TextEncoderStream()));

/**
 * The chunks of a stream. Whoever stops early ends the stream.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 */
async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read().catch(failed); !next.done; next = await reader.read().catch(failed)) yield next.value;
  } finally {
    await reader.cancel().catch(() => {}); // a source that has failed has said so
  }
}

/**
 * The stream, unpacked if its first bytes are gzip's, whatever the file's name, and how it begins.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 */
async function unpacked(stream) {
  const packed = await beginning(stream, GZIP.length);
  return GZIP.every((b, i) => packed.head[i] === b) ? beginning(packed.stream.pipeThrough(new DecompressionStream("gzip")), HEAD) : beginning(packed.stream, HEAD);
}

/** So many bytes tell how a text is encoded. */
const HEAD = 1 << 16;

/** The first bytes of a stream, so many if there are, and the whole stream. @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream @param {number} length */
async function beginning(stream, length) {
  const reader = stream.getReader();
  let head = new Uint8Array(0);
  while (head.length < length) {
    const { done, value } = await reader.read();
    if (done) break;
    head = concat(head, value);
  }
  const whole = new ReadableStream({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, stream: whole };
}

/** @param {Uint8Array} a @param {Uint8Array} b */
function concat(a, b) {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Lets messages in: a promise alone does not. */
const breath = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve(undefined);
  };
  port2.postMessage(null);
});

/** The memory of the typed arrays within a result, which can be moved. @param {any} result @returns {Transferable[]} */
function buffersOf(result) {
  if (ArrayBuffer.isView(result)) return [/** @type {ArrayBuffer} */ (result.buffer)];
  return result !== null && typeof result === "object" ? Object.values(result).flatMap(buffersOf) : [];
}

/**
 * The page's side.
 * @param {Pick<Worker, "postMessage" | "terminate"> & { onmessage: any, onerror: any }} worker
 * @param {string | URL | BufferSource | WebAssembly.Module} source of the module; an address is relative to the worker
 * @param {{ onProgress?: (progress: Progress) => void }} [options]
 */
export async function connect(worker, source, { onProgress = () => {} } = {}) {
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  const flag = globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
  worker.onmessage = (/** @type {MessageEvent} */ { data }) => {
    if (data.progress) return onProgress(data.progress);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) call?.reject(Object.assign(new Error(data.error.message), data.error));
    else call?.resolve(data.result);
  };
  worker.onerror = (/** @type {ErrorEvent} */ event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || "The worker could not be started."));
    waiting.clear();
  };
  /** @param {string} method @param {any[]} args @param {Transferable[]} [transfer] @returns {Promise<any>} */
  const send = (method, args, transfer = []) => new Promise((resolve, reject) => {
    if (flag) Atomics.store(flag, 0, 0);
    waiting.set(++last, { resolve, reject });
    worker.postMessage({ id: last, method, args }, transfer);
  });
  await send("load", [source, flag ?? undefined]);
  return {
    /** Whether every step can be cancelled, not a read alone. */
    cancellable: flag !== null,

    /**
     * @param {Blob | ReadableStream<Uint8Array> | Uint8Array} input
     * @param {import("./customers.mjs").ReadOptions} [options]
     * @returns {Promise<import("./customers.mjs").Report>}
     */
    read: (input, options) => send("read", [input, options], input instanceof ReadableStream ? [/** @type {any} */ (input)] : []),

    /** A method of CustomersEngine. @template {keyof CustomersEngine} M @param {M} method @param {any[]} args */
    call: (method, ...args) => send(method, args),

    /** Ends the step under way with the status "cancelled", if it can be. */
    cancel() {
      if (flag) Atomics.store(flag, 0, 1);
      worker.postMessage({ cancel: true });
    },

    /** Ends the worker and all it holds. */
    terminate() {
      worker.terminate();
      for (const { reject } of waiting.values()) reject(new Error("The worker was ended."));
      waiting.clear();
    },
  };
}

// The worker's side, when this module is one.
const scope = /** @type {any} */ (globalThis);
if (typeof scope.WorkerGlobalScope === "function" && scope instanceof scope.WorkerGlobalScope) {
  const service = new Service((message, transfer = []) => scope.postMessage(message, transfer));
  scope.onmessage = (/** @type {MessageEvent} */ { data }) => service.receive(data);
}

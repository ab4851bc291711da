/**
 * The customers engine in a Web Worker, so that a page never waits for it. The page side is connect(); the worker side
 * is this module when it runs in one:
 *
 *     const worker = new Worker(new URL("./customers-worker.mjs", import.meta.url), { type: "module" });
 *     const customers = await connect(worker, "/assets/customers.wasm", { onNews });
 *     customers.wish({ serial: 1, input: { number: 1, blob: file, options: {} }, settings, ... });
 *
 * # Messages
 *
 * To the worker: { load: source, flag? } once, then { wish }. From it: { loaded: true } or { failed: message }, then
 * News (customers-planner.mjs) as it comes about; of progress at most 20 a second. Typed arrays are moved, not copied.
 *
 * A wish ends what is under way: a reading at the next chunk, unless it is still wanted, all else at the end of its piece.
 * A long piece looks at flag, an Int32Array over shared memory, which a page that is crossOriginIsolated can give: then
 * it ends at once.
 *
 * @typedef {import("./customers-planner.mjs").News} News
 * @typedef {import("./customers-planner.mjs").Wish} Wish
 * @typedef {string | URL | BufferSource | WebAssembly.Module} Source of the module; an address is relative to the worker
 * @typedef {{ load: Source, flag?: Int32Array } | { wish: Wish }} ToWorker
 * @typedef {{ loaded: true } | { failed: string } | News} FromWorker
 */
import { CustomersEngine } from "./customers.mjs";
import { Planner } from "./customers-planner.mjs";

/** The first bytes of a gzip file. */
const GZIP = [0x1f, 0x8b];

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
  /** @type {Planner | null} */ #planner = null;
  /** @type {Int32Array | null} */ #flag = null;
  #post;

  /** @param {(message: FromWorker, transfer?: Transferable[]) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /** @param {ToWorker} message */
  receive(message) {
    if ("load" in message) return void this.#load(message.load, message.flag);
    if (this.#flag) Atomics.store(this.#flag, 0, 0);
    this.#planner?.wish(message.wish);
  }

  /** @param {Source} source @param {Int32Array} [flag] */
  async #load(source, flag) {
    this.#flag = flag ?? null;
    try {
      const input = typeof source === "string" || source instanceof URL ? fetch(source) : source;
      const engine = await CustomersEngine.load(input, (phase, share) => {
        this.#planner?.tell({ phase, share });
        return !this.#stopped;
      });
      this.#planner = new Planner(engine, (news) => this.#post(news, buffersOf(news)), textOf);
      this.#post({ loaded: true });
    } catch (error) {
      this.#post({ failed: error instanceof Error ? error.message : String(error) });
    }
  }

  get #stopped() {
    return this.#flag !== null && Atomics.load(this.#flag, 0) !== 0;
  }
}

/** Encodings that the reader cannot read itself; browsers know them by the same names. */
const FOREIGN = /** @type {const} */ (["windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk", "big5", "euc-jp"]);

/** So many bytes tell how a text is encoded. */
const HEAD = 1 << 16;

/** @param {unknown} cause @returns {never} */
function failed(cause) {
  throw new ReadError(cause);
}

/**
 * The text of a file, unpacked where its first bytes are gzip's, whatever its name; and as UTF-8 where the reader does not
 * read its encoding, which is then told.
 * @param {Blob} blob @param {(head: Uint8Array) => string} charset of a text that begins so
 */
export async function textOf(blob, charset) {
  const packed = GZIP.every(((head) => (b, i) => head[i] === b)(await bytesOf(blob.slice(0, GZIP.length).stream(), GZIP.length).catch(failed)));
  const stream = () => /** @type {ReadableStream<Uint8Array>} */ (packed ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob.stream());
  const found = charset(await bytesOf(stream(), HEAD).catch(failed));
  const encoding = FOREIGN.find((name) => name === found);
  if (!encoding) return { encoding, chunks: chunksOf(stream()) };
  const decoded = stream().pipeThrough(/** @type {any} */ (new TextDecoderStream(encoding))).pipeThrough(new TextEncoderStream());
  return { encoding, chunks: chunksOf(/** @type {ReadableStream<Uint8Array>} */ (decoded)) };
}

/** The first bytes of a stream, so many if there are. @param {ReadableStream<Uint8Array>} stream @param {number} length */
async function bytesOf(stream, length) {
  const head = new Uint8Array(length);
  let at = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = at < length ? await reader.read() : { done: true, value: undefined }) {
    const part = next.value.subarray(0, length - at);
    head.set(part, at);
    at += part.length;
  }
  await reader.cancel().catch(() => {});
  return head.subarray(0, at);
}

/** The chunks of a stream. Whoever stops early ends it. @param {ReadableStream<Uint8Array>} stream */
async function* chunksOf(stream) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read().catch(failed); !next.done; next = await reader.read().catch(failed)) yield next.value;
  } finally {
    await reader.cancel().catch(() => {}); // a source that has failed has said so
  }
}

/** The memory of the typed arrays within a message, which can be moved. @param {unknown} value @returns {Transferable[]} */
function buffersOf(value) {
  const found = new Set();
  const look = (/** @type {unknown} */ one) => {
    if (ArrayBuffer.isView(one)) found.add(one.buffer);
    else if (Array.isArray(one) || (typeof one === "object" && one !== null && Object.getPrototypeOf(one) === Object.prototype)) {
      Object.values(one).forEach(look);
    }
  };
  look(value);
  return [...found];
}

/**
 * The page's side.
 * @param {{ postMessage: (message: ToWorker) => void, terminate: () => void, onmessage: any, onerror: any }} worker
 * @param {Source} source
 * @param {{ onNews: (news: News) => void, onEnd?: (message: string) => void }} listeners onEnd: the worker has failed
 */
export async function connect(worker, source, { onNews, onEnd = () => {} }) {
  const flag = globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
  await new Promise((resolve, reject) => {
    worker.onmessage = (/** @type {{ data: FromWorker }} */ { data }) => {
      if ("loaded" in data) resolve(undefined);
      else if ("failed" in data) reject(new Error(data.failed));
    };
    worker.onerror = (/** @type {ErrorEvent} */ event) => reject(new Error(event.message || "The worker could not be started."));
    worker.postMessage(flag ? { load: source, flag } : { load: source });
  });
  worker.onmessage = (/** @type {{ data: News }} */ { data }) => onNews(data);
  worker.onerror = (/** @type {ErrorEvent} */ event) => onEnd(event.message || "The worker has stopped.");
  return {
    /** @param {Wish} wish */
    wish(wish) {
      if (flag) Atomics.store(flag, 0, 1);
      worker.postMessage({ wish });
    },

    /** Ends the worker and all it holds. */
    terminate: () => worker.terminate(),
  };
}

// The worker's side, when this module is one.
const scope = /** @type {any} */ (globalThis);
if (typeof scope.WorkerGlobalScope === "function" && scope instanceof scope.WorkerGlobalScope) {
  const service = new Service((message, transfer = []) => scope.postMessage(message, transfer));
  scope.onmessage = (/** @type {MessageEvent} */ { data }) => service.receive(data);
}

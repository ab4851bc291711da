/**
 * The customers engine in a Web Worker, so that a page never waits for it. The page side is connect(); the worker side
 * is this module when it runs in one:
 *
 *     const worker = new Worker(new URL("./customers-worker.ts", import.meta.url), { type: "module" });
 *     const customers = await connect(worker, "/assets/customers.wasm", { onNews });
 *     customers.wish({ serial: 1, input: { number: 1, blob: file, options: {} }, settings, ... });
 *
 * # Messages
 *
 * To the worker: load once, then wishes. From it: that it is loaded or has failed, then News as it comes about; of progress
 * at most 20 a second. Typed arrays are moved, not copied.
 *
 * A wish ends what is under way: a reading at the next chunk, unless it is still wanted, all else at the end of its piece.
 * A long piece looks at flag, an Int32Array over shared memory, which a page that is crossOriginIsolated can give: then
 * it ends at once.
 */
import { type CostList, type News, type Wish, Planner } from "./customers-planner.ts";
import { CustomersEngine } from "./customers.ts";

/** Where the module is; an address is relative to the worker. */
type Source = string | URL | BufferSource | WebAssembly.Module;

export type ToWorker = { load: Source, flag?: Int32Array } | { wish: Wish } | { costs: CostList };
export type FromWorker = { loaded: true } | { failed: string } | News;

/** What is needed of a worker. */
export type Wire = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

export interface Listeners {
  onNews: (news: News) => void;
  onEnd?: (message: string) => void; // the worker has failed
}

/** What the page holds of a worker. */
export type Connection = Awaited<ReturnType<typeof connect>>;

/** The first bytes of a gzip file. */
const GZIP = [0x1f, 0x8b];

/** The source has failed: a file that was moved or changed while it was read, or a gzip file that is cut short. */
class ReadError extends Error {
  constructor(cause: unknown) {
    super(`The file could not be read to its end: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.name = "ReadError";
  }
}

/** Answers the page. */
export class Service {
  #planner: Planner | null = null;
  #flag: Int32Array | null = null;
  #post: (message: FromWorker, transfer?: Transferable[]) => void;

  constructor(post: (message: FromWorker, transfer?: Transferable[]) => void) {
    this.#post = post;
  }

  receive(message: ToWorker) {
    if ("load" in message) return void this.#load(message.load, message.flag);
    if ("costs" in message) return void this.#planner?.costs(message.costs);
    if (this.#flag) Atomics.store(this.#flag, 0, 0);
    this.#planner?.wish(message.wish);
  }

  async #load(source: Source, flag?: Int32Array) {
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
const FOREIGN = ["windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk", "big5", "euc-jp"] as const;

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/** So many bytes tell how a text is encoded. */
const HEAD = 1 << 16;

function failed(cause: unknown): never {
  throw new ReadError(cause);
}

/**
 * The text of a file, unpacked where its first bytes are gzip's, whatever its name; and as UTF-8 where the reader does not
 * read its encoding, which is then told.
 * @param charset of a text that begins so
 */
export async function textOf(blob: Blob, charset: (head: Uint8Array) => string) {
  const packed = GZIP.every(((head) => (b, i) => head[i] === b)(await bytesOf(blob.slice(0, GZIP.length).stream(), GZIP.length).catch(failed)));
  const stream = (): Bytes => (packed ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob.stream());
  const found = charset(await bytesOf(stream(), HEAD).catch(failed));
  const encoding = FOREIGN.find((name) => name === found);
  if (!encoding) return { encoding, chunks: chunksOf(stream()) };
  return { encoding, chunks: chunksOf(stream().pipeThrough(new TextDecoderStream(encoding)).pipeThrough(new TextEncoderStream())) };
}

/** The first bytes of a stream, so many if there are. */
async function bytesOf(stream: Bytes, length: number) {
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

/** The chunks of a stream. Whoever stops early ends it. */
async function* chunksOf(stream: Bytes) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read().catch(failed); !next.done; next = await reader.read().catch(failed)) yield next.value;
  } finally {
    await reader.cancel().catch(() => {}); // a source that has failed has said so
  }
}

/** The memory of the typed arrays within a message, which can be moved. */
function buffersOf(value: unknown): Transferable[] {
  const found = new Set<Transferable>();
  const look = (one: unknown) => {
    if (ArrayBuffer.isView(one)) found.add(one.buffer as ArrayBuffer); // shared memory goes to the worker alone
    else if (Array.isArray(one) || (typeof one === "object" && one !== null && Object.getPrototypeOf(one) === Object.prototype)) {
      Object.values(one).forEach(look);
    }
  };
  look(value);
  return [...found];
}

/** The page's side. */
export async function connect(worker: Wire, source: Source, { onNews, onEnd = () => {} }: Listeners) {
  const send = (message: ToWorker) => worker.postMessage(message);
  // WebKit may isolate a page and have no memory to share all the same.
  const flag = globalThis.crossOriginIsolated && "SharedArrayBuffer" in globalThis ? new Int32Array(new SharedArrayBuffer(4)) : null;
  await new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ("loaded" in data) resolve();
      else if ("failed" in data) reject(new Error(data.failed));
    };
    worker.onerror = (event) => reject(new Error(event.message || "The worker could not be started."));
    send(flag ? { load: source, flag } : { load: source });
  });
  worker.onmessage = ({ data }: MessageEvent<News>) => onNews(data);
  worker.onerror = (event) => onEnd(event.message || "The worker has stopped.");
  return {
    wish(wish: Wish) {
      if (flag) Atomics.store(flag, 0, 1);
      send({ wish });
    },

    /** A list of costs to read; what it says comes as news. */
    costs(costs: CostList) {
      send({ costs });
    },

    /** Ends the worker and all it holds. */
    terminate: () => worker.terminate(),
  };
}

/** What is used of a worker's globals, of which the compiler knows those of a page alone. */
interface Scope {
  postMessage: (message: FromWorker, transfer: Transferable[]) => void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

// The worker's side, when this module is one.
const scope: unknown = globalThis;
const { WorkerGlobalScope } = globalThis as { WorkerGlobalScope?: new () => Scope }; // a worker has it, a page and Node do not
if (typeof WorkerGlobalScope === "function" && scope instanceof WorkerGlobalScope) {
  const service = new Service((message, transfer = []) => scope.postMessage(message, transfer));
  scope.onmessage = ({ data }) => service.receive(data);
}

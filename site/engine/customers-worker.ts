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
 *
 * # Helpers
 *
 * A large log is shared with further workers that run this script (crew.ts). To such a one: help once, then errands; from it what came of each, in
 * the same order. The worker that the page holds starts and ends them.
 *
 * # Its end
 *
 * A worker that is loaded holds a lock, which the message names, before all else, and says so: whoever started it hears of its end even where the
 * browser has ended it without a word (alive.ts). One that never says so is given up after a while.
 */
import { hold, newLock, whenEnded } from "./alive.ts";
import { type FromHelper, type Helper, type ToHelper, Crew, helpersOf } from "./crew.ts";
import { type CostList, type Input, type News, type Wish, Planner } from "./customers-planner.ts";
import { CustomersEngine } from "./customers.ts";
import { textOf } from "./text.ts";

/** Where the module is; an address is relative to the worker. */
type Source = string | URL | BufferSource | WebAssembly.Module;

export type ToWorker = { load: Source, lock: string, flag?: Int32Array } | { wish: Wish } | { costs: CostList } | { subscribers: true } | { keep: Input };
export type FromWorker = { held: true } | { loaded: true } | { failed: string, name: string } | News;
type Post = (message: FromWorker | FromHelper, transfer?: Transferable[]) => void;

/** What is needed of a worker. */
export type Wire = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror">;

export interface Listeners {
  onNews: (news: News) => void;
  onEnd?: (message: string) => void; // the worker has failed, and is gone
}

/** What the page holds of a worker. */
export type Connection = Awaited<ReturnType<typeof connect>>;

/** Answers the page. */
export class Service {
  #planner: Planner | null = null;
  #flag: Int32Array | null = null;
  #post: Post;
  #helpers: { start: () => Helper, most: number } | null;
  #helping: Promise<CustomersEngine> | null = null;

  /** @param helpers how further workers are started, and how many at most; null for none */
  constructor(post: Post, helpers: { start: () => Helper, most: number } | null = null) {
    this.#post = post;
    this.#helpers = helpers;
  }

  receive(message: ToWorker | ToHelper) {
    if ("help" in message) return void (this.#helping = this.#hold(message.lock).then(() => CustomersEngine.load(message.help)));
    if ("errand" in message) return void this.#run(message.errand);
    if ("load" in message) return void this.#load(message.load, message.lock, message.flag);
    if ("subscribers" in message) return void this.#planner?.subscribers();
    if ("keep" in message) return void this.#planner?.keep(message.keep);
    if ("costs" in message) return void this.#planner?.costs(message.costs);
    if (this.#flag) Atomics.store(this.#flag, 0, 0);
    this.#planner?.wish(message.wish);
  }

  async #run(errand: Float64Array) {
    try {
      const outcome = (await this.#helping)?.run(errand) ?? new Float64Array();
      this.#post({ outcome }, [outcome.buffer]);
    } catch (error) {
      this.#post({ failed: error instanceof Error ? error.message : String(error) });
    }
  }

  async #hold(lock: string) {
    await hold(lock);
    this.#post({ held: true });
  }

  async #load(source: Source, lock: string, flag?: Int32Array) {
    this.#flag = flag ?? null;
    try {
      await this.#hold(lock);
      const input = typeof source === "string" || source instanceof URL ? fetch(source) : source;
      const engine = await CustomersEngine.load(input, (phase, share) => {
        this.#planner?.tell({ phase, share });
        return !this.#stopped;
      });
      const crew = this.#helpers && this.#helpers.most > 0 ? new Crew(engine.module, this.#helpers.start, this.#helpers.most) : null;
      this.#planner = new Planner(engine, (news) => this.#post(news, buffersOf(news)), textOf, undefined, crew);
      this.#post({ loaded: true });
    } catch (error) {
      const { name = "", message = String(error) } = error as Partial<Error>; // or anything else that can be thrown
      this.#post({ failed: message, name });
    }
  }

  get #stopped() {
    return this.#flag !== null && Atomics.load(this.#flag, 0) !== 0;
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

/**
 * A worker that has not begun after so many milliseconds will not: one that is ended before it can hold its lock is missed by nobody. Its script, 34 KB without
 * compression (make dist, 2026-12-03), takes 6 s on a line of 50 kbit/s, the most that the Network Information API of the WICG calls slow-2g; this is fifteen times that.
 */
const BEGUN_MS = 90_000;

/** The worker ended, or was ended, before it had loaded. */
export class WorkerEnded extends Error {
  override name = "WorkerEnded";
}

/** The page's side. */
export async function connect(worker: Wire, source: Source, { onNews, onEnd = () => {} }: Listeners) {
  const send = (message: ToWorker) => worker.postMessage(message);
  // WebKit may isolate a page and have no memory to share all the same.
  const flag = globalThis.crossOriginIsolated && "SharedArrayBuffer" in globalThis ? new Int32Array(new SharedArrayBuffer(4)) : null;
  const lock = newLock();
  const late = setTimeout(() => end("The worker has not begun."), BEGUN_MS);
  let leave = () => clearTimeout(late);
  let onLost = onEnd;
  /** Ends the worker and all it holds. */
  const terminate = () => {
    leave();
    worker.terminate();
  };
  const end = (message: string) => {
    terminate();
    onLost(message);
  };
  worker.onmessageerror = () => end("A message of the worker could not be read.");
  await new Promise<void>((resolve, reject) => {
    worker.onerror = (event) => end(event.message || "The worker could not be started.");
    onLost = (message) => reject(new WorkerEnded(message));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ("held" in data) {
        leave();
        leave = whenEnded(lock, () => end("The worker was ended."));
      } else if ("loaded" in data) resolve();
      else if ("failed" in data) {
        terminate();
        reject(Object.assign(new Error(data.failed), { name: data.name }));
      }
    };
    send(flag ? { load: source, lock, flag } : { load: source, lock });
  });
  onLost = onEnd;
  worker.onmessage = ({ data }: MessageEvent<News>) => onNews(data);
  return {
    wish(wish: Wish) {
      if (flag) Atomics.store(flag, 0, 1);
      send({ wish });
    },

    /** A list of costs to read; what it says comes as news. */
    costs(costs: CostList) {
      send({ costs });
    },

    /** The subscribers of a list of subscriptions; they come as news. */
    subscribers() {
      send({ subscribers: true });
    },

    /** A log to read for the texts of some columns, in place of the one that the worker holds; they come as news. */
    keep(keep: Input) {
      send({ keep });
    },

    terminate,
  };
}

/** What is used of a worker's globals, of which the compiler knows those of a page alone. */
interface Scope {
  postMessage: (message: FromWorker | FromHelper, transfer: Transferable[]) => void;
  onmessage: ((event: MessageEvent<ToWorker | ToHelper>) => void) | null;
  location: { href: string };
  navigator: { hardwareConcurrency?: number, deviceMemory?: number };
}

// The worker's side, when this module is one.
const scope: unknown = globalThis;
const { WorkerGlobalScope } = globalThis as { WorkerGlobalScope?: new () => Scope }; // a worker has it, a page and Node do not
if (typeof WorkerGlobalScope === "function" && scope instanceof WorkerGlobalScope) {
  const helpers = typeof Worker === "function" // a worker of a worker: not every browser has it
    ? { start: (): Helper => new Worker(scope.location.href, { type: "module" }), most: helpersOf(scope.navigator) }
    : null;
  const service = new Service((message, transfer = []) => scope.postMessage(message, transfer), helpers);
  scope.onmessage = ({ data }) => service.receive(data);
}

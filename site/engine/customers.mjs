/**
 * The host of the customers module (wasm/customers): an order log in, in chunks; every customer's value out, in
 * columns. Everything is synchronous and may take seconds for a large log: a page runs it in customers-worker.mjs.
 *
 * The order of calls: open, write..., close; then summarise; then choose (or fit), fitSpend and build, or useModel; then
 * score; then columns and the population's pictures. Each replaces what an earlier call of its kind has left, and voids
 * what rested on it.
 *
 * @typedef {typeof layout.words.kind[number]} Kind
 * @typedef {ReturnType<typeof layout.report>} Report
 * @typedef {ReturnType<typeof layout.summary>} Summary
 * @typedef {ReturnType<typeof layout.choice>} Choice
 * @typedef {ReturnType<typeof layout.candidate>} Candidate
 * @typedef {ReturnType<typeof layout.spend>} Spend
 * @typedef {ReturnType<typeof layout.totals>} Totals
 * @typedef {keyof typeof layout.columns} Column
 * @typedef {(phase: typeof layout.words.phase[number], share: number) => boolean | void} OnProgress false cancels the step
 *
 * @typedef {object} ReadOptions what the reader is not to guess
 * @property {Partial<Record<typeof layout.words.role[number], number | null>>} [columns] numbers from 1; null for none
 * @property {typeof layout.words.preset[number]} [preset]
 * @property {typeof layout.words.header[number]} [header]
 * @property {"" | "," | ";" | "\t" | "|" | " "} [delimiter]
 * @property {typeof layout.words.date_order[number]} [date_order]
 * @property {"" | "." | ","} [decimal]
 * @property {string} [currency] to keep, such as EUR
 * @property {number} [zone_minutes] east of UTC
 * @property {number} [now] last day that can be true, from 1970-01-01
 * @property {typeof layout.words.refunds[number]} [refunds]
 * @property {typeof layout.words.amounts[number]} [amounts]
 * @property {boolean} [keep_cancelled]
 * @property {boolean} [keep_unpaid]
 * @property {typeof layout.words.encoding[number]} [encoding] of the file, where it was decoded before
 * @property {Record<string, typeof layout.words.standing[number]>} [statuses] how single values of the status and type columns are taken
 * @property {boolean} [drop_zero]
 * @property {number} [merge_days]
 *
 * @typedef {object} Split days from 1970-01-01; what is absent is the log's last day, a week, the repeat orders
 * @property {number} [end] of what models are fitted to
 * @property {number} [observed_to] end of the holdout
 * @property {number} [unit_days]
 * @property {typeof layout.words.spend_mean[number]} [mean]
 *
 * @typedef {object} Terms
 * @property {number} horizon_days
 * @property {number} [annual_discount]
 * @property {number} [margin]
 * @property {number} [level] of intervals; 0.95
 * @property {number} [cac] cost of winning a customer
 *
 * @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory, _initialize: () => void }} Exports
 */
import * as layout from "./customers-layout.mjs";
import { option } from "./decode.mjs";
import { createWasi } from "./wasi.mjs";

const { words } = layout;

/** Bytes that are written at a time. */
const CHUNK = 1 << 18;

/** The module has stopped, as it does when memory runs out. All it had read is gone: restart, and read the file again. */
export class CustomersLost extends Error {
  /** @param {unknown} cause @param {number} bytes of memory that the module held */
  constructor(cause, bytes) {
    const megabytes = Math.round(bytes / 2 ** 20);
    super(`The engine stopped while it held ${megabytes} MB: most likely there is no more memory. Its data are gone.`, { cause });
    this.name = "CustomersLost";
    this.bytes = bytes;
  }
}

/** A step that could not be done; nothing has changed. */
export class StepError extends Error {
  /** @param {string} step @param {string} status of words.step, or "misfit" */
  constructor(step, status) {
    super(`${step}: ${status}`);
    this.name = "StepError";
    this.status = status;
  }
}

/** The ids of customers, decoded one at a time. */
export class Ids {
  #utf8 = new TextDecoder();

  /** @param {Uint8Array} bytes one after the other @param {Uint32Array} ends where each ends */
  constructor(bytes, ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  get length() {
    return this.ends.length;
  }

  /** @param {number} row */
  at(row) {
    return this.#utf8.decode(this.bytes.subarray(row === 0 ? 0 : this.ends[row - 1], this.ends[row]));
  }
}

export class CustomersEngine {
  #module;
  /** @type {Exports | null} */ #exports = null;
  #onProgress;

  /** @param {WebAssembly.Module} module @param {OnProgress} onProgress */
  constructor(module, onProgress) {
    this.#module = module;
    this.#onProgress = onProgress;
  }

  /**
   * Compiles and starts the engine.
   * @param {BufferSource | WebAssembly.Module | Response | PromiseLike<Response>} source
   * @param {OnProgress} [onProgress]
   */
  static async load(source, onProgress = () => true) {
    const engine = new CustomersEngine(await compile(source), onProgress);
    await engine.restart();
    return engine;
  }

  /** Starts a fresh instance: empty, and with as little memory as at first. */
  async restart() {
    this.#exports = null;
    const wasi = WebAssembly.Module.imports(this.#module).some((i) => i.module !== "env") ? createWasi() : null;
    const env = { progress: (/** @type {number} */ phase, /** @type {number} */ share) => this.#progress(phase, share) };
    const instance = await WebAssembly.instantiate(this.#module, { ...wasi?.imports, env });
    const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
    if (wasi) wasi.initialize(instance);
    else exports._initialize();
    const version = exports.layout() >>> 0;
    if (version !== layout.LAYOUT) {
      throw new Error(`The engine speaks layout ${version}, this page ${layout.LAYOUT}. Reload the page.`);
    }
    this.#exports = exports;
  }

  /** Whether the instance is gone, after CustomersLost, until restart. */
  get lost() {
    return this.#exports === null;
  }

  get memoryBytes() {
    return this.#exports?.memory.buffer.byteLength ?? 0;
  }

  /** The layout of the calculations that run calls: the catalogue's version. */
  get version() {
    return this.#call("version") >>> 0;
  }

  /**
   * A calculation of the catalogue's customers part: a stream of core/boundary in, one out.
   * @param {number} index @param {ArrayLike<number>} stream
   */
  run(index, stream) {
    this.#send(stream);
    return this.#numbers(this.#call("call", index, stream.length)).slice();
  }

  /** Starts a new log. @param {ReadOptions} [options] */
  open(options = {}) {
    this.#ask("open", this.#send(encodeOptions(options)));
  }

  /** How a text is encoded that begins so. @param {Uint8Array} head */
  charset(head) {
    const bytes = head.subarray(0, CHUNK);
    const address = this.#call("buffer", CHUNK) >>> 0;
    new Uint8Array(this.#memory, address, bytes.length).set(bytes);
    return words.encoding[this.#call("charset", bytes.length)];
  }

  /** Reads the next bytes of the file. Returns the rows so far. @param {Uint8Array} bytes */
  write(bytes) {
    let rows = 0;
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const chunk = bytes.subarray(at, at + CHUNK);
      const address = this.#call("buffer", CHUNK) >>> 0;
      new Uint8Array(this.#memory, address, chunk.length).set(chunk);
      rows = this.#call("write", chunk.length) >>> 0;
    }
    return rows;
  }

  /** Ends the file. */
  close() {
    this.#ask("close");
    return this.report();
  }

  /** What was read so far, and what became of it. */
  report() {
    return this.#get(layout.report, "report");
  }

  /** Splits the log in time; voids models and scores. @param {Split} [split] */
  summarise({ end, observed_to, unit_days, mean = "repeat_orders" } = {}) {
    const stream = [end ?? NaN, observed_to ?? NaN, unit_days ?? NaN, words.spend_mean.indexOf(mean)];
    return this.#get(layout.summary, "summarise", this.#send(stream));
  }

  /** Fits all models, tests them on held-out time, and recommends one. */
  choose() {
    return this.#get(layout.choice, "choose");
  }

  /** Fits one model, untested. @param {Kind} kind */
  fit(kind) {
    return this.#get(layout.candidate, "fit", words.kind.indexOf(kind));
  }

  /** Fits what an order is worth. */
  fitSpend() {
    return this.#get(layout.spend, "spend");
  }

  /** Makes the model to score with from a fit of this kind and the last fitSpend. @param {Kind} kind */
  build(kind) {
    this.#ask("build", words.kind.indexOf(kind));
    return this.model();
  }

  /** The model in use, as numbers for the model file. */
  model() {
    const cursor = this.#ask("model");
    return cursor.numbers.slice(cursor.at);
  }

  /** Scores with a model that was fitted elsewhere; the log is split anew if it counts time otherwise. @param {ArrayLike<number>} numbers */
  useModel(numbers) {
    const fault = this.#get(option(words.model_fault), "use", this.#send(numbers));
    if (fault !== "ok") throw new StepError("useModel", fault);
  }

  /** Values all customers. @param {Terms} terms */
  score({ horizon_days, annual_discount = 0, margin = 1, level = 0.95, cac = 0 }) {
    return this.#get(layout.totals, "score", this.#send([horizon_days, annual_discount, margin, level, cac]));
  }

  /** When each customer will have ordered again with a probability: the column next_order_days. */
  nextOrders(probability = 0.5) {
    this.#ask("next", probability);
  }

  /**
   * Copies of columns, with one entry a customer; of those that no step has made yet, empty ones.
   * @template {Column} C
   * @param {C[]} names
   * @returns {{ [K in C]: InstanceType<typeof layout.columns[K]["type"]> }}
   */
  columns(names) {
    /** @type {any} */
    const out = {};
    for (const name of names) out[name] = this.#column(layout.columns[name].id, /** @type {any} */ (layout.columns[name].type));
    return out;
  }

  ids() {
    return new Ids(this.#column(layout.ID_BYTES, Uint8Array), this.#column(layout.ID_ENDS, Uint32Array));
  }

  /** Counts and sums by segment. */
  segments() {
    return this.#get(layout.segments, "segments");
  }

  /** How unequally past spend or future value is spread. @param {"spend" | "clv"} of */
  concentration(of) {
    return this.#get(layout.concentration, "concentration", of === "clv" ? 1 : 0);
  }

  /** Triangles by period of first order. */
  cohorts() {
    return this.#get(layout.cohorts, "cohorts");
  }

  /** Repeat orders over time, actual and expected. */
  tracking(days = 7) {
    return this.#get(layout.tracking, "tracking", days);
  }

  /** Orders in the holdout by past orders, actual and expected. */
  calibration() {
    return this.#get(layout.calibration, "calibration");
  }

  /** What to know before relying on the model. Trend and season are looked for once tracking has been called. */
  warnings() {
    return this.#get(layout.warnings, "warnings");
  }

  /** One customer's orders and P(alive) over time. @param {number} row */
  history(row) {
    return this.#get(layout.history, "history", row);
  }

  /** The order log of the sample shop, as a file to read: two years, 4,000 customers, always the same. */
  sampleFile() {
    const { id, day, amount } = this.#get(layout.sample, "sample");
    const date = (/** @type {number} */ n) => new Date(n * 86_400_000).toISOString().slice(0, 10);
    const lines = Array.from(id, (n, i) => `${n},${date(day[i])},${amount[i].toFixed(2)}\n`);
    return new TextEncoder().encode(`customer,date,amount\n${lines.join("")}`);
  }

  /** @param {number} phase @param {number} share */
  #progress(phase, share) {
    return this.#onProgress(words.phase[phase], share) === false ? 0 : 1;
  }

  get #memory() {
    return /** @type {Exports} */ (this.#exports).memory.buffer;
  }

  /** @param {string} name @param {number[]} args */
  #call(name, ...args) {
    const exports = this.#exports;
    if (!exports) throw new Error("The engine has stopped: restart it.");
    try {
      return exports[name](...args);
    } catch (cause) {
      const bytes = this.memoryBytes;
      this.#exports = null;
      throw new CustomersLost(cause, bytes);
    }
  }

  /** Puts numbers where the module reads them; returns how many. @param {ArrayLike<number>} stream */
  #send(stream) {
    const address = this.#call("reserve", stream.length) >>> 0;
    new Float64Array(this.#memory, address, stream.length).set(stream);
    return stream.length;
  }

  /** @param {number} count */
  #numbers(count) {
    const address = this.#call("answer") >>> 0;
    return new Float64Array(this.#memory, address, count >>> 0);
  }

  /** Takes a step; the answer, past its status. @param {string} name @param {number[]} args @returns {import("./decode.mjs").Cursor} */
  #ask(name, ...args) {
    const numbers = this.#numbers(this.#call(name, ...args));
    if (numbers[0] !== 0) throw new StepError(name, words.step[numbers[0]] ?? "misfit");
    return { numbers, at: 1 };
  }

  /** @template T @param {import("./decode.mjs").Decoder<T>} decode @param {string} name @param {number[]} args */
  #get(decode, name, ...args) {
    return decode(this.#ask(name, ...args));
  }

  /**
   * @template {Uint8Array | Int32Array | Uint32Array | Float64Array} A
   * @param {number} id @param {new (memory: ArrayBuffer, address: number, length: number) => A} type
   */
  #column(id, type) {
    const address = this.#call("column", id) >>> 0;
    return /** @type {A} */ (new type(this.#memory, address, this.#call("length") >>> 0).slice());
  }
}

/** @param {BufferSource | WebAssembly.Module | Response | PromiseLike<Response>} source */
async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = await source;
  if (!response.ok) throw new Error(`The engine could not be loaded: ${response.status} for ${response.url}`);
  // Streaming needs the right MIME type, which a plain file server may not send.
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {ReadOptions} options @returns {number[]} */
function encodeOptions(options) {
  /** @param {readonly string[]} list @param {string | undefined} word */
  const index = (list, word) => (word === undefined ? NaN : list.indexOf(word));
  /** @param {string | undefined} text */
  const code = (text) => (text ? text.charCodeAt(0) : NaN);
  const { columns = {} } = options;
  const currency = new TextEncoder().encode(options.currency ?? "");
  const statuses = Object.entries(options.statuses ?? {});
  return [
    ...words.role.map((role) => (columns[role] === null ? -1 : (columns[role] ?? NaN))),
    index(words.preset, options.preset),
    index(words.header, options.header),
    code(options.delimiter),
    index(words.date_order, options.date_order),
    code(options.decimal),
    options.zone_minutes === undefined ? NaN : 1,
    options.zone_minutes ?? NaN,
    options.now ?? NaN,
    index(words.refunds, options.refunds),
    index(words.amounts, options.amounts),
    options.keep_cancelled ? 1 : 0,
    options.drop_zero ? 1 : 0,
    options.merge_days ?? NaN,
    currency.length,
    ...currency,
    options.keep_unpaid ? 1 : 0,
    index(words.encoding, options.encoding),
    statuses.length,
    ...statuses.flatMap(([text, standing]) => {
      const bytes = new TextEncoder().encode(text);
      return [bytes.length, ...bytes, words.standing.indexOf(standing)];
    }),
  ];
}

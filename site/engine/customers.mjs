/**
 * The host of the customers module (wasm/customers): an order log in, in chunks; every customer's value out, in
 * columns. Everything is synchronous and may take seconds for a large log: a page runs it in customers-worker.mjs.
 *
 * open, write..., close; then set what is wanted (and useModel, to value with one that was fitted elsewhere); then
 * work until nothing is due. What stands at any time is to be had by get and columns. See customers.Valuation.
 *
 * @typedef {typeof gen.words.kind[number]} Kind
 * @typedef {typeof gen.words.stage[number]} Stage
 * @typedef {keyof typeof gen.results} ResultName
 * @typedef {{ [N in ResultName]: ReturnType<typeof gen.results[N]["codec"]["read"]> }} Results
 * @typedef {Results["report"]} Report
 * @typedef {Results["summary"]} Summary
 * @typedef {Results["choice"]} Choice
 * @typedef {Results["model"]["candidate"]} Candidate
 * @typedef {Results["model"]["spend"]} Spend
 * @typedef {Results["model"]["file"]} ModelFile
 * @typedef {Results["answer"]["totals"]} Totals
 * @typedef {keyof typeof gen.columns} Column
 * @typedef {{ [K in Column]: InstanceType<typeof gen.columns[K]["type"]> }} Table
 * @typedef {(stage: Stage, share: number) => boolean | void} OnProgress false cancels the piece
 * @typedef {import("./codec.mjs").Given<ReturnType<typeof gen.inputs.settings.read>>} Settings
 * @typedef {import("./codec.mjs").Given<ReturnType<typeof gen.inputs.options.read>>} Options
 *
 * @typedef {Omit<Options, "columns" | "zone" | "statuses"> & {
 *   columns?: Partial<Record<typeof gen.words.role[number], number | null>>,
 *   zone_minutes?: number,
 *   statuses?: Record<string, typeof gen.words.standing[number]>,
 * }} ReadOptions what the reader is not to guess. columns: numbers from 1, null for none; zone_minutes: east of UTC;
 *   statuses: how single values of the status and type columns are taken
 */
import { CodecError } from "./codec.mjs";
import * as gen from "./customers.gen.mjs";
import { createWasi } from "./wasi.mjs";

const { words } = gen;

/** Bytes that are written at a time. */
const CHUNK = 1 << 18;

/** The largest model file that is read, in bytes; ours have a few thousand. */
export const MAX_MODEL_BYTES = 1 << 20;

/** Ids are two columns more. */
const ID_BYTES = Object.keys(gen.columns).length;
const ID_ENDS = ID_BYTES + 1;

/** @typedef {Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory, _initialize: () => void }} Exports */

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

/** A file that is no model file, or of a version that this page does not know. Code and what tell which words to say. */
export class ModelFileError extends Error {
  /** @param {"too_large" | "not_json" | typeof words.model_fault[number]} code @param {string} what field, or value that is not known */
  constructor(code, what) {
    super(`model file: ${code}: ${what}`);
    this.name = "ModelFileError";
    this.code = code;
    this.what = what;
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

/** The text of a model file, to the byte what functions/model writes. @param {ModelFile} file */
export function writeModelFile({ bootstrap, reading, ...file }) {
  const { spend, time_unit_days, data, ...head } = file;
  const whole = { ...head, ...(bootstrap.length > 0 && { bootstrap }), spend, time_unit_days, data, ...(reading && { reading }) };
  // JSON.stringify loses the sign of a zero, and does not know typed arrays for lists.
  const plain = (/** @type {string} */ _, /** @type {unknown} */ value) =>
    value instanceof Float64Array ? Array.from(value) : Object.is(value, -0) ? "-0" : value;
  return `${JSON.stringify(whole, plain, "\t").replaceAll('"-0"', "-0")}\n`;
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
    const env = { progress: (/** @type {number} */ stage, /** @type {number} */ share) => this.#progress(stage, share) };
    const instance = await WebAssembly.instantiate(this.#module, { ...wasi?.imports, env });
    const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
    if (wasi) wasi.initialize(instance);
    else exports._initialize();
    const version = exports.layout() >>> 0;
    if (version !== gen.LAYOUT) {
      throw new Error(`The engine speaks layout ${version}, this page ${gen.LAYOUT}. Reload the page.`);
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
  open({ columns, zone_minutes, statuses, ...options } = {}) {
    this.#give("open", gen.inputs.options, {
      ...options,
      columns: Object.fromEntries(Object.entries(columns ?? {}).map(([role, at]) => [role, at === null ? -1 : at])),
      zone: { set: zone_minutes !== undefined, minutes: zone_minutes },
      statuses: Object.entries(statuses ?? {}).map(([text, standing]) => ({ text, standing })),
    });
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
    return this.get("report");
  }

  /** Says what is wanted. @param {Settings} settings */
  set(settings) {
    this.#give("settings", gen.inputs.settings, settings);
  }

  /**
   * Values with a model that was fitted elsewhere; null: with those that are fitted here.
   * @param {string | null} text of a model file
   * @throws {ModelFileError}
   */
  useModel(text) {
    if (text === null) return void this.#ask("use", 0);
    if (text.length > MAX_MODEL_BYTES) throw new ModelFileError("too_large", String(text.length));
    /** @type {any} */
    let json;
    try {
      json = JSON.parse(text);
    } catch (cause) {
      throw new ModelFileError("not_json", /** @type {Error} */ (cause).message);
    }
    // Format and version come first, so that a file of a later version is refused for that and not for a field.
    const { format, version } = json ?? {};
    this.#useFile({ format, version: Number.isInteger(version) ? version : undefined }, false, ["unknown_format", "unknown_version"]);
    try {
      this.#useFile({ ...json, bootstrap: json.bootstrap ?? [], reading: json.reading ?? "" }, true, words.model_fault);
    } catch (error) {
      if (error instanceof CodecError) throw new ModelFileError(error.code, error.what);
      throw error;
    }
  }

  /** @param {object} file @param {boolean} whole @param {readonly string[]} faults that are thrown */
  #useFile(file, whole, faults) {
    const { code, what } = gen.results.fault.codec.read(this.#give("use", gen.inputs.model_file, file, whole));
    if (code !== "ok" && faults.includes(code)) throw new ModelFileError(code, what);
  }

  /** Does the piece of work that is due. */
  work() {
    return gen.results.step.codec.read(this.#ask("work"));
  }

  /** Does all that is due. */
  settle() {
    while (this.work().stage !== "idle");
  }

  /** What the next piece of work is about. */
  get due() {
    return this.get("step").next;
  }

  /**
   * A result as it stands.
   * @template {ResultName} N
   * @param {N} name
   * @param {number} [row] of history: the customer's
   * @returns {Results[N]}
   */
  get(name, row = 0) {
    const { id, codec } = gen.results[name];
    return /** @type {Results[N]} */ (codec.read(this.#ask("get", id, row)));
  }

  /**
   * Copies of columns, with one entry a customer; of those that nothing has made yet, empty ones.
   * @template {Column} C
   * @param {readonly C[]} names
   * @returns {Pick<Table, C>}
   */
  columns(names) {
    /** @type {any} */
    const out = {};
    for (const name of names) out[name] = this.#column(gen.columns[name].id, /** @type {any} */ (gen.columns[name].type));
    return out;
  }

  ids() {
    return new Ids(this.#column(ID_BYTES, Uint8Array), this.#column(ID_ENDS, Uint32Array));
  }

  /** The order log of the sample shop, as a file to read: two years, 4,000 customers, always the same. */
  sampleFile() {
    const { id, day, amount } = this.get("sample");
    const date = (/** @type {number} */ n) => new Date(n * 86_400_000).toISOString().slice(0, 10);
    const lines = Array.from(id, (n, i) => `${n},${date(day[i])},${amount[i].toFixed(2)}\n`);
    return new TextEncoder().encode(`customer,date,amount\n${lines.join("")}`);
  }

  /** @param {number} stage @param {number} share */
  #progress(stage, share) {
    return this.#onProgress(words.stage[stage], share) === false ? 0 : 1;
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

  /** Calls with an input. @param {string} name @param {import("./codec.mjs").Codec<any>} codec @param {object} input @param {boolean} [whole] */
  #give(name, codec, input, whole = false) {
    /** @type {number[]} */
    const numbers = [];
    codec.write(input, { numbers, whole }, "");
    return this.#ask(name, this.#send(numbers));
  }

  /** Calls; the answer, past its status. @param {string} name @param {number[]} args @returns {import("./codec.mjs").Cursor} */
  #ask(name, ...args) {
    const numbers = this.#numbers(this.#call(name, ...args));
    if (numbers[0] !== 0) throw new StepError(name, words.step[numbers[0]] ?? "misfit");
    return { numbers, at: 1 };
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

/**
 * The host of the customers module (wasm/customers): an order log in, in chunks; every customer's value out, in
 * columns. Everything is synchronous and may take seconds for a large log: a page runs it in customers-worker.ts.
 *
 * open, write..., close; then set what is wanted (and useModel, to value with one that was fitted elsewhere); then
 * work until nothing is due. What stands at any time is to be had by get and columns. See customers.Valuation.
 */
import { required } from "../base/certain.ts";
import { type Codec, type Cursor, type Given, type Read, CodecError } from "./codec.ts";
import * as gen from "./customers.gen.mjs";
import { createWasi } from "./wasi.ts";

export type Kind = typeof gen.words.kind[number];
export type Stage = typeof gen.words.stage[number];
type ResultName = keyof typeof gen.results;
export type Results = { [N in ResultName]: Read<typeof gen.results[N]["codec"]> };
export type Report = Results["report"];
export type Plan = Results["plan"];
export type Summary = Results["summary"];
export type Choice = Results["choice"];
export type Candidate = Results["model"]["candidate"];
export type Spend = Results["model"]["spend"];
export type ModelFile = Results["model"]["file"];
export type Sources = Results["sources"];
export type SourceGroup = Sources["each"][number];
export type Totals = Results["answer"]["totals"];
export type Column = keyof typeof gen.columns;
export type Table = { [K in Column]: InstanceType<typeof gen.columns[K]["type"]> };

/** The module, compiled or as it comes. */
type Source = BufferSource | WebAssembly.Module | Response | PromiseLike<Response>;

/** False cancels the piece. */
type OnProgress = (stage: Stage, share: number) => boolean;
export type Settings = Given<Read<typeof gen.inputs.settings>>;
type Options = Given<Read<typeof gen.inputs.options>>;

/** What the reader is not to guess. */
export interface ReadOptions extends Omit<Options, "columns" | "zone" | "statuses"> {
  columns?: Partial<Record<typeof gen.words.role[number], number | null>>; // numbers from 1, null for none
  zone_minutes?: number; // east of UTC
  statuses?: Record<string, typeof gen.words.standing[number]>; // how single values of the status and type columns are taken
}

const { words } = gen;

/** Bytes that are written at a time. */
const CHUNK = 1 << 18;

/** Bytes by which the memory of a module grows. */
const PAGE = 1 << 16;

/** The largest model file that is read, in bytes; ours have a few thousand. */
export const MAX_MODEL_BYTES = 1 << 20;

/** Ids are two columns more. */
const ID_BYTES = Object.keys(gen.columns).length;
const ID_ENDS = ID_BYTES + 1;

/** Then those of all customers, and of each kept column texts, their ends, and which of them are consent. */
const ALL_BYTES = ID_ENDS + 1;
const KEPT_BYTES = ALL_BYTES + 2;

/** What a file says of its customers beside the orders, of all that it has, in their order. */
export interface Kept {
  ids: Ids;
  columns: { texts: Ids, consents: Uint8Array }[]; // 1 for a text that is consent
}

/** What wasm/customers exports. */
type Exports = Record<string, (...numbers: number[]) => number> & { memory: WebAssembly.Memory, _initialize: () => void };

/** WebAssembly's memory, at most. */
const MOST_BYTES = 2 ** 32;

/** The module has stopped, as it does when memory runs out. All it had read is gone: restart, and read the file again. */
export class CustomersLost extends Error {
  /** @param bytes of memory that the module held @param full it could not have had more */
  constructor(cause: unknown, readonly bytes: number, readonly full: boolean) {
    const megabytes = Math.round(bytes / 2 ** 20);
    super(`The engine stopped while it held ${megabytes} MB${full ? ", and there is no more memory" : ""}. Its data are gone.`, { cause });
    this.name = "CustomersLost";
  }
}

/** A step that could not be done; nothing has changed. */
export class StepError extends Error {

  constructor(step: string, readonly status: typeof words.step[number] | "misfit") {
    super(`${step}: ${status}`);
    this.name = "StepError";
  }
}

/** A file that is no model file, or of a version that this page does not know. Code and what tell which words to say. */
export class ModelFileError extends Error {
  /** @param what field, or value that is not known */
  constructor(readonly code: "too_large" | "not_json" | typeof words.model_fault[number], readonly what: string) {
    super(`model file: ${code}: ${what}`);
    this.name = "ModelFileError";
  }
}

/** What looks at memory as a list of numbers. */
type View<A> = new (memory: ArrayBuffer, address: number, length: number) => A;

/** The ids of customers, or other texts of theirs, decoded one at a time. */
export class Ids {
  #utf8 = new TextDecoder();

  /** @param bytes one after the other @param ends where each ends */
  constructor(readonly bytes: Uint8Array, readonly ends: Uint32Array) {}

  get length() {
    return this.ends.length;
  }

  at(row: number) {
    return this.#utf8.decode(this.bytes.subarray(row === 0 ? 0 : this.ends[row - 1], this.ends[row]));
  }
}

/** The text of a model file, to the byte what functions/model writes. */
export function writeModelFile({ bootstrap, reading, ...file }: ModelFile) {
  const { spend, time_unit_days, data, ...head } = file;
  const whole = { ...head, ...(bootstrap.length > 0 && { bootstrap }), spend, time_unit_days, data, ...(reading && { reading }) };
  // JSON.stringify loses the sign of a zero, and does not know typed arrays for lists.
  const plain = (_: string, value: unknown) =>
    value instanceof Float64Array ? Array.from(value) : Object.is(value, -0) ? "-0" : value;
  return `${JSON.stringify(whole, plain, "\t").replaceAll('"-0"', "-0")}\n`;
}

export class CustomersEngine {
  #module: WebAssembly.Module;
  #exports: Exports | null = null;
  #onProgress: OnProgress;

  constructor(module: WebAssembly.Module, onProgress: OnProgress) {
    this.#module = module;
    this.#onProgress = onProgress;
  }

  /** Compiles and starts the engine. */
  static async load(source: Source, onProgress: OnProgress = () => true) {
    const engine = new CustomersEngine(await compile(source), onProgress);
    await engine.restart();
    return engine;
  }

  /** Starts a fresh instance: empty, and with as little memory as at first. */
  async restart() {
    this.#exports = null;
    const wasi = WebAssembly.Module.imports(this.#module).some((i) => i.module !== "env") ? createWasi() : null;
    const env = { progress: (stage: number, share: number) => this.#progress(stage, share) };
    const instance = await WebAssembly.instantiate(this.#module, { ...wasi?.imports, env });
    const exports = instance.exports as unknown as Exports; // what our module exports, by its layout's version
    if (wasi) wasi.initialize(instance);
    else exports._initialize();
    const version = exports.layout() >>> 0;
    if (version !== gen.LAYOUT) {
      throw new Error(`The engine speaks layout ${version}, this page ${gen.LAYOUT}. Reload the page.`);
    }
    this.#exports = exports;
  }

  /** Whether the instance is gone, after CustomersLost or abandon, until restart. */
  get lost() {
    return this.#exports === null;
  }

  /** Gives the instance away with all its memory, until restart. */
  abandon() {
    this.#exports = null;
  }

  get memoryBytes() {
    return this.#exports?.memory.buffer.byteLength ?? 0;
  }

  /** Starts a new log. */
  open(options: ReadOptions = {}) {
    this.#give("open", gen.inputs.options, wired(options));
  }

  /** Starts a log of several tables: add each of them, then plan, then take and write those that are to be read. */
  join(options: ReadOptions = {}) {
    this.#give("join", gen.inputs.options, wired(options));
  }

  /** @param head how the table begins @param whole whether that is all of it */
  addTable(head: Uint8Array, whole: boolean) {
    this.#ask("table", this.#put(head), Number(whole && head.length <= CHUNK));
  }

  /** What each of the tables is for, and in which order they are to be read. */
  plan() {
    return gen.results.plan.codec.read(this.#ask("plan"));
  }

  /** Begins a table: what is written is of it. */
  take(table: number) {
    this.#ask("take", table);
  }

  /** How a text is encoded that begins so. */
  charset(head: Uint8Array) {
    return words.encoding[this.#call("charset", this.#put(head))];
  }

  /** Puts bytes where the module reads them; returns how many. */
  #put(head: Uint8Array) {
    const bytes = head.subarray(0, CHUNK);
    const address = this.#call("buffer", CHUNK) >>> 0;
    new Uint8Array(this.#memory, address, bytes.length).set(bytes);
    return bytes.length;
  }

  /** Reads the next bytes of the file. Returns the rows so far. */
  write(bytes: Uint8Array) {
    let rows = 0;
    for (let at = 0; at < bytes.length; at += CHUNK) {
      rows = this.#call("write", this.#put(bytes.subarray(at))) >>> 0;
    }
    return rows;
  }

  /** A list of what groups have cost: of amounts, or of days and amounts. */
  costs(list: Uint8Array) {
    return gen.results.costs.codec.read(this.#ask("costs", this.#put(list)));
  }

  /** What a list of subscriptions is worth with the settings; null where the list is none. */
  subscriptions() {
    try {
      return this.get("subscriptions");
    } catch (error) {
      if (error instanceof StepError) return null;
      throw error;
    }
  }

  /** Ends the file. */
  close() {
    this.#ask("close");
    return this.get("report");
  }

  /** Says what is wanted. */
  set(settings: Settings) {
    this.#give("settings", gen.inputs.settings, settings);
  }

  /**
   * Values with a model that was fitted elsewhere; null: with those that are fitted here. Throws a ModelFileError.
   * @param text of a model file
   */
  useModel(text: string | null) {
    if (text === null) return void this.#ask("use", 0);
    if (text.length > MAX_MODEL_BYTES) throw new ModelFileError("too_large", String(text.length));
    let json: Record<string, unknown> | null; // or anything else, whose fields are then not there
    try {
      json = JSON.parse(text);
    } catch (cause) {
      throw new ModelFileError("not_json", cause instanceof Error ? cause.message : String(cause));
    }
    // Format and version come first, so that a file of a later version is refused for that and not for a field.
    const { format, version, bootstrap, reading } = json ?? {};
    this.#useFile({ format, version: Number.isInteger(version) ? version : undefined }, false, ["unknown_format", "unknown_version"]);
    try {
      this.#useFile({ ...json, bootstrap: bootstrap ?? [], reading: reading ?? "" }, true, words.model_fault);
    } catch (error) {
      if (error instanceof CodecError) throw new ModelFileError(error.code, error.what);
      throw error;
    }
  }

  /** @param faults that are thrown */
  #useFile(file: object, whole: boolean, faults: readonly string[]) {
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

  /** The next piece of work that another instance can do with run; null where there is none now. */
  errand() {
    const { numbers } = this.#ask("errand");
    return numbers[1] === 0 ? null : Float64Array.from(numbers.subarray(2));
  }

  /** Does an errand of another instance; what came of it, for deliver. */
  run(errand: Float64Array) {
    return Float64Array.from(this.#ask("do", this.send(errand)).numbers.subarray(1));
  }

  /** Takes in what came of an errand. */
  deliver(outcome: Float64Array) {
    this.#ask("deliver", this.send(outcome));
  }

  /** Takes all errands back: nobody will deliver them. */
  recall() {
    this.#call("recall");
  }

  /** Whether nothing is left to do of what is due but what is on errands. */
  get waits() {
    return this.#call("waits") !== 0;
  }

  get module() {
    return this.#module;
  }

  /** What the next piece of work is about. */
  get due() {
    return this.get("step").next;
  }

  /**
   * A result as it stands.
   * @param row of history: the customer's
   */
  get<N extends ResultName>(name: N, row = 0): Results[N] {
    const { id, codec } = gen.results[name];
    return codec.read(this.#ask("get", id, row)) as Results[N]; // TypeScript takes the name's codec for that of any name
  }

  /** Copies of columns, with one entry a customer; of those that nothing has made yet, empty ones. */
  columns<C extends Column>(names: readonly C[]): Pick<Table, C> {
    const out: Partial<Table> = {};
    for (const name of names) {
      const { id, type } = gen.columns[name];
      out[name] = this.#column(id, type as unknown as View<Table[C]>); // TypeScript takes the name's type for that of any name
    }
    return out as Pick<Table, C>; // each of them is there
  }

  ids() {
    return new Ids(this.#column(ID_BYTES, Uint8Array), this.#column(ID_ENDS, Uint32Array));
  }

  /** The texts of so many columns that the options have kept. */
  kept(columns: number): Kept {
    const texts = (id: number) => new Ids(this.#column(id, Uint8Array), this.#column(id + 1, Uint32Array));
    return {
      ids: texts(ALL_BYTES),
      columns: Array.from({ length: columns }, (_, k) => ({ texts: texts(KEPT_BYTES + 3 * k), consents: this.#column(KEPT_BYTES + 3 * k + 2, Uint8Array) })),
    };
  }

  /** The order log of the sample shop, as a file to read: two years, 4,000 customers, always the same. */
  sampleFile() {
    const { id, day, amount } = this.get("sample");
    const date = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);
    const lines = Array.from(id, (n, i) => `${n},${date(day[i])},${amount[i].toFixed(2)}\n`);
    return new TextEncoder().encode(`customer,date,amount\n${lines.join("")}`);
  }

  #progress(stage: number, share: number) {
    return this.#onProgress(words.stage[stage], share) === false ? 0 : 1;
  }

  get #memory() {
    return required(this.#exports, "instance").memory.buffer;
  }

  #call(name: string, ...args: number[]) {
    const exports = this.#exports;
    if (!exports) throw new Error("The engine has stopped: restart it.");
    try {
      return exports[name](...args);
    } catch (cause) {
      const { memory } = exports;
      const bytes = memory.buffer.byteLength;
      this.#exports = null;
      const asked = name === "reserve" ? Float64Array.BYTES_PER_ELEMENT * args[0] : 0;
      throw new CustomersLost(cause, bytes, bytes + asked > MOST_BYTES || !doubles(memory));
    }
  }

  /** Puts numbers where the module reads them; returns how many. */
  send(stream: ArrayLike<number>) {
    const address = this.#call("reserve", stream.length) >>> 0;
    new Float64Array(this.#memory, address, stream.length).set(stream);
    return stream.length;
  }

  #numbers(count: number) {
    const address = this.#call("answer") >>> 0;
    return new Float64Array(this.#memory, address, count >>> 0);
  }

  /** Calls with an input. */
  #give(name: string, codec: Codec<unknown>, input: object, whole = false) {
    const numbers: number[] = [];
    codec.write(input, { numbers, whole }, "");
    return this.#ask(name, this.send(numbers));
  }

  /** Calls; the answer, past its status. */
  #ask(name: string, ...args: number[]): Cursor {
    const numbers = this.#numbers(this.#call(name, ...args));
    if (numbers[0] !== 0) throw new StepError(name, words.step[numbers[0]] ?? "misfit");
    return { numbers, at: 1 };
  }

  #column<A extends Uint8Array | Int32Array | Uint32Array | Float64Array>(id: number, type: View<A>) {
    const address = this.#call("column", id) >>> 0;
    return new type(this.#memory, address, this.#call("length") >>> 0).slice() as A; // slice is said to give any of them
  }
}

/** Whether a module that has stopped could have grown as it does, to twice its memory: a trap says nothing of its cause. */
function doubles(memory: WebAssembly.Memory) {
  try {
    memory.grow(memory.buffer.byteLength / PAGE);
    return true;
  } catch {
    return false;
  }
}

/** Options as they cross. */
const wired = ({ columns, zone_minutes, statuses, ...options }: ReadOptions) => ({
  ...options,
  columns: Object.fromEntries(Object.entries(columns ?? {}).map(([role, at]) => [role, at === null ? -1 : at])),
  zone: { set: zone_minutes !== undefined, minutes: zone_minutes },
  statuses: Object.entries(statuses ?? {}).map(([text, standing]) => ({ text, standing })),
});

async function compile(source: Source) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const response = await source;
  if (!response.ok) throw new Error(`The engine could not be loaded: ${response.status} for ${response.url}`);
  // Streaming needs the right MIME type, which a plain file server may not send.
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * The one module that knows the engine: it loads the WASM modules (TinyGo's or Go's) that are asked for, turns plain
 * objects into the number streams of core/boundary and back, and makes a fresh instance after a trap.
 *
 * @typedef {import("../base/catalogue.gen.mjs").Layout} Field
 * @typedef {import("../base/notices.mjs").Notice} Notice
 *
 * @typedef {import("../base/catalogue.gen.mjs").Module} Module
 * @typedef {string | URL | BufferSource | WebAssembly.Module} Source where a module is, or what it is
 * @typedef {Partial<Record<Module, Source>>} Sources
 *
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {() => void} _initialize
 * @property {() => number} version
 * @property {(count: number) => number} reserve
 * @property {(id: number, count: number) => number} call
 * @property {(tool: number, count: number) => number} decide
 * @property {() => number} answer
 */

/**
 * @template [T=Record<string, any>]
 * @typedef {{ result: T | null, problems: Notice[], warnings: Notice[] }} Answer
 */

import catalogue from "../base/catalogue.gen.mjs";

/** The first number of an answer, as core/boundary has it. */
const DONE = 0;
const MISFIT = 2;

/** The engine stopped in the middle of a call and is starting again: await engine.ready, then call once more. */
export class EngineTrap extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super("The engine stopped in the middle of a calculation and is starting again.", { cause });
    this.name = "EngineTrap";
  }
}

export class Engine {
  #sources;
  /** @type {Map<Module, Promise<void>>} those that were asked for */ #asked = new Map();
  /** @type {Map<Module, Part>} those that run */ #parts = new Map();
  /** How often a module had to be started again. */
  restarts = 0;
  /** Settled while the engine can be called; pending after a trap until a fresh instance stands. */
  ready = Promise.resolve();

  /** @param {Sources} sources by module; none is loaded yet */
  constructor(sources) {
    this.#sources = sources;
  }

  /**
   * An engine that can be asked for these calculations.
   * @param {Sources} sources @param {string[]} ids
   */
  static async load(sources, ...ids) {
    const engine = new Engine(sources);
    await engine.need(...ids);
    return engine;
  }

  /**
   * Fetches, compiles and starts the modules of these calculations, those that run already aside.
   * @param {string[]} ids
   */
  async need(...ids) {
    await Promise.all(ids.map((id) => this.#start(catalogue.calculations[indexOf(id)].module)));
  }

  /** @param {Module} name */
  #start(name) {
    let asked = this.#asked.get(name);
    if (!asked) {
      asked = Part.start(this.#sources[name]).then((part) => void this.#parts.set(name, part));
      asked.catch(() => this.#asked.delete(name)); // may be asked for again
      this.#asked.set(name, asked);
    }
    return asked;
  }

  /**
   * Runs one calculation, whose module was asked for. What is absent from input takes its default.
   * @param {string} id
   * @param {Record<string, any>} input
   * @returns {Answer}
   */
  call(id, input) {
    const { index, calculation, stream } = prepare(id, input);
    return decodeAnswer(this.#send("call", index, index, stream), (cursor) => decode(calculation.results, cursor));
  }

  /**
   * Asks a tool about one calculation; decide.mjs, which the widget does without, knows what goes in and what comes out.
   * @template T
   * @param {string} id
   * @param {Record<string, any>} input
   * @param {(index: number, calculation: { inputs: Field[], results: Field[] }, stream: number[]) => [number, number[]]} encodeTool the tool's number and stream
   * @param {(cursor: Cursor) => T} decodeTool behind the notices
   * @returns {Answer<T>}
   */
  ask(id, input, encodeTool, decodeTool) {
    const { index, calculation, stream } = prepare(id, input);
    return decodeAnswer(this.#send("decide", index, ...encodeTool(index, calculation, stream)), decodeTool);
  }

  /**
   * The numbers-only call beneath: a stream in, a view of the answer out, valid until the next call.
   * @param {number} index
   * @param {ArrayLike<number>} stream
   */
  run(index, stream) {
    return this.#send("call", index, index, stream).view;
  }

  /**
   * run for a tool of core/boundary.Decide, whose stream begins with the calculation.
   * @param {number} tool
   * @param {ArrayLike<number>} stream
   */
  runTool(tool, stream) {
    return this.#send("decide", stream[0], tool, stream).view;
  }

  /**
   * Calls an export of a calculation's module, which then holds the answer.
   * @param {"call" | "decide"} name
   * @param {number} index of the calculation
   * @param {number} first what the export takes first: that index or the tool
   * @param {ArrayLike<number>} stream
   */
  #send(name, index, first, stream) {
    const { id, module } = catalogue.calculations[index];
    const part = this.#parts.get(module);
    if (!part) throw new Error(`The module of “${id}” is not loaded: await engine.need("${id}").`);
    try {
      part.send(name, first, stream);
      return part;
    } catch (cause) {
      this.restarts++;
      this.ready = part.restart();
      throw new EngineTrap(cause);
    }
  }

  /** How much memory the engine holds. */
  get memoryBytes() {
    return [...this.#parts.values()].reduce((sum, part) => sum + part.bytes, 0);
  }
}

/** A module that runs. */
class Part {
  #module;
  #exports;
  /** Where in memory the input goes, and how many values fit there. */
  #input = 0;
  #room = 0;
  /** The whole memory; made anew when it has grown. */
  memory = new Float64Array(0);
  /** Where the last answer stands, and how long it is. */
  answer = 0;
  count = 0;

  /** @param {WebAssembly.Module} module @param {Exports} exports */
  constructor(module, exports) {
    this.#module = module;
    this.#exports = exports;
  }

  /** @param {Source | undefined} source */
  static async start(source) {
    const module = await compile(source);
    return new Part(module, await instantiate(module));
  }

  /**
   * Calls an export, and leaves the answer in memory. The loop copies faster than set().
   * @param {"call" | "decide"} name @param {number} first @param {ArrayLike<number>} stream
   */
  send(name, first, stream) {
    const exports = this.#exports;
    if (stream.length > this.#room) {
      this.#room = Math.max(64, 2 * stream.length);
      this.#input = (exports.reserve(this.#room) >>> 0) >> 3;
    }
    this.#refresh();
    for (let i = 0; i < stream.length; i++) this.memory[this.#input + i] = stream[i];
    this.count = exports[name](first, stream.length) >>> 0;
    this.answer = (exports.answer() >>> 0) >> 3;
    this.#refresh();
  }

  /** The last answer. */
  get view() {
    return this.memory.subarray(this.answer, this.answer + this.count);
  }

  get bytes() {
    return this.#exports.memory.buffer.byteLength;
  }

  /** Memory that has grown leaves the old view empty. */
  #refresh() {
    if (this.memory.length === 0) this.memory = new Float64Array(this.#exports.memory.buffer);
  }

  async restart() {
    this.#room = 0;
    this.memory = new Float64Array(0);
    this.#exports = await instantiate(this.#module);
  }
}

/** @type {Map<string, number>} */
const indexById = new Map(catalogue.calculations.map((c, i) => [c.id, i]));

/** @param {string} id */
function indexOf(id) {
  const index = indexById.get(id);
  if (index === undefined) throw new RangeError(`There is no calculation “${id}”.`);
  return index;
}

/** @param {string} id @param {Record<string, any>} input */
function prepare(id, input) {
  const index = indexOf(id);
  const calculation = catalogue.calculations[index];
  /** @type {number[]} */
  const stream = [];
  encode(calculation.inputs, input, stream);
  return { index, calculation, stream };
}

/** @param {Source | undefined} source */
async function compile(source) {
  if (source === undefined) throw new Error("The engine was not told where this module is.");
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== "string" && !(source instanceof URL)) return WebAssembly.compile(source);
  const response = await fetch(source);
  if (!response.ok) throw new Error(`The engine could not be loaded: ${response.status} for ${source}`);
  // Streaming needs the right MIME type, which a plain file server may not send.
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {WebAssembly.Module} module */
async function instantiate(module) {
  // TinyGo's modules, which visitors load, import nothing.
  const wasi = WebAssembly.Module.imports(module).length > 0 ? (await import("./wasi.mjs")).createWasi() : null;
  const instance = await WebAssembly.instantiate(module, wasi?.imports ?? {});
  const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  if (wasi) wasi.initialize(instance);
  else exports._initialize();
  const version = exports.version() >>> 0;
  if (version !== catalogue.version) {
    throw new Error(`The engine speaks layout ${version}, this page ${catalogue.version}. Reload the page.`);
  }
  return exports;
}

/**
 * Writes the values of the fields as a stream; NaN stands for what is absent.
 * @param {Field[]} fields @param {Record<string, any>} input @param {number[]} out
 */
export function encode(fields, input, out) {
  for (const field of fields) {
    const value = input[field.name];
    switch (field.kind) {
      case "option":
        out.push(value == null ? NaN : (field.options ?? []).indexOf(value));
        break;
      case "list":
        out.push(value?.length ?? 0, ...(value ?? []));
        break;
      case "records":
        out.push(value?.length ?? 0);
        for (const record of value ?? []) encode(field.fields ?? [], record, out);
        break;
      default:
        out.push(value ?? NaN);
    }
  }
}

/** @typedef {{ numbers: Float64Array, at: number }} Cursor a place in the memory, moving as it is read */

/**
 * @template T
 * @param {Part} part that holds the answer @param {(cursor: Cursor) => T} decodeResult
 * @returns {Answer<T>}
 */
function decodeAnswer({ memory: numbers, answer: at, count }, decodeResult) {
  const cursor = { numbers, at };
  const status = numbers[at];
  if (count === 1 && status === MISFIT) {
    throw new Error("The engine did not understand the input's layout. Reload the page.");
  }
  /** @type {Answer<T>} */
  const out = { result: null, problems: [], warnings: [] };
  let n = numbers[cursor.at + 1];
  for (cursor.at += 2; n > 0; n--) {
    const [code, limit, size] = numbers.subarray(cursor.at, cursor.at + 3);
    const field = String.fromCharCode(...numbers.subarray(cursor.at + 3, cursor.at + 3 + size));
    const { code: name, warning } = catalogue.notices[code];
    out[warning ? "warnings" : "problems"].push({ code: name, field, limit });
    cursor.at += 3 + size;
  }
  if (status === DONE) out.result = decodeResult(cursor);
  return out;
}

/** @param {Field[]} fields @param {Cursor} cursor */
function decode(fields, cursor) {
  /** @type {Record<string, any>} */
  const out = {};
  for (const field of fields) out[field.name] = decodeField(field, cursor);
  return out;
}

/** @param {Field} field @param {Cursor} cursor @returns {any} */
function decodeField(field, cursor) {
  if (field.kind === "group") return decode(field.fields ?? [], cursor);
  const value = cursor.numbers[cursor.at++];
  switch (field.kind) {
    case "option":
      return (field.options ?? [])[value];
    case "list":
      cursor.at += value;
      return cursor.numbers.slice(cursor.at - value, cursor.at);
    case "records":
      return Array.from({ length: value }, () => decode(field.fields ?? [], cursor));
    default:
      return Number.isNaN(value) ? null : value;
  }
}

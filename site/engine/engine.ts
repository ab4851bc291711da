/**
 * The one module that knows the engine: it loads the WASM modules (TinyGo's or Go's) that are asked for, turns plain
 * objects into the number streams of core/boundary and back, and makes a fresh instance after a trap.
 */

import catalogue from "../base/catalogue.gen.mjs";
import type { Laid, Layout as Field, Module } from "../base/catalogue.gen.mjs";
import type { Notice } from "../base/notices.ts";
import type { Figure, Figures } from "../base/figures.ts";

/** Where a module is, or what it is. */
export type Source = string | URL | BufferSource | WebAssembly.Module;

export type Sources = Partial<Record<Module, Source>>;

export interface Exports {
  memory: WebAssembly.Memory;
  _initialize: () => void;
  version: () => number;
  reserve: (count: number) => number;
  call: (id: number, count: number) => number;
  decide: (tool: number, count: number) => number;
  answer: () => number;
}

export type Answer<T = Figures> = { result: T | null, problems: Notice[], warnings: Notice[] };

/** The first number of an answer, as core/boundary has it. */
const DONE = 0;
const MISFIT = 2;

/** The engine stopped in the middle of a call and is starting again: await engine.ready, then call once more. */
export class EngineTrap extends Error {
  constructor(cause: unknown) {
    super("The engine stopped in the middle of a calculation and is starting again.", { cause });
    this.name = "EngineTrap";
  }
}

export class Engine {
  #sources;
  /** those that were asked for */ #asked: Map<Module, Promise<void>> = new Map();
  /** those that run */ #parts: Map<Module, Part> = new Map();
  /** what lies in the streams of the calculations that were asked for, by id */ #laid: Map<string, Laid> = new Map();
  /** How often a module had to be started again. */
  restarts = 0;
  /** Settled while the engine can be called; pending after a trap until a fresh instance stands. */
  ready = Promise.resolve();

  /** @param sources by module; none is loaded yet */
  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** An engine that can be asked for these calculations. */
  static async load(sources: Sources, ...calculations: Laid[]) {
    const engine = new Engine(sources);
    await engine.need(...calculations);
    return engine;
  }

  /** Fetches, compiles and starts the modules of these calculations, those that run already aside. A calculation is told by its words. */
  async need(...calculations: Laid[]) {
    await Promise.all(calculations.map((c) => {
      const { module } = catalogue.calculations[indexOf(c.id)];
      this.#laid.set(c.id, c);
      return this.#start(module);
    }));
  }

  #prepare(id: string, input: Figures) {
    const index = indexOf(id);
    const calculation = this.#laid.get(id);
    if (!calculation) throw notAsked(id);
    const stream: number[] = [];
    encode(calculation.inputs, input, stream);
    return { index, calculation, stream };
  }

  #start(name: Module) {
    let asked = this.#asked.get(name);
    if (!asked) {
      asked = Part.start(this.#sources[name]).then((part) => void this.#parts.set(name, part));
      asked.catch(() => this.#asked.delete(name)); // may be asked for again
      this.#asked.set(name, asked);
    }
    return asked;
  }

  /** Runs one calculation, whose module was asked for. What is absent from input takes its default. */
  call(id: string, input: Figures): Answer {
    const { index, calculation, stream } = this.#prepare(id, input);
    return decodeAnswer(this.#send("call", index, index, stream), (cursor) => decode(calculation.results, cursor));
  }

  /**
   * Asks a tool about one calculation; decide.ts, which the widget does without, knows what goes in and what comes out.
   * @param encodeTool the tool's number and stream @param decodeTool behind the notices
   */
  ask<T>(id: string, input: Figures, encodeTool: (index: number, calculation: { inputs: Field[], results: Field[] }, stream: number[]) => [number, number[]], decodeTool: (cursor: Cursor) => T): Answer<T> {
    const { index, calculation, stream } = this.#prepare(id, input);
    return decodeAnswer(this.#send("decide", index, ...encodeTool(index, calculation, stream)), decodeTool);
  }

  /** The numbers-only call beneath: a stream in, a view of the answer out, valid until the next call. */
  run(index: number, stream: ArrayLike<number>) {
    return this.#send("call", index, index, stream).view;
  }

  /** run for a tool of core/boundary.Decide, whose stream begins with the calculation. */
  runTool(tool: number, stream: ArrayLike<number>) {
    return this.#send("decide", stream[0], tool, stream).view;
  }

  /**
   * Calls an export of a calculation's module, which then holds the answer.
   * @param index of the calculation @param first what the export takes first: that index or the tool
   */
  #send(name: "call" | "decide", index: number, first: number, stream: ArrayLike<number>) {
    const { id, module } = catalogue.calculations[index];
    const part = this.#parts.get(module);
    if (!part) throw notAsked(id);
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

  constructor(module: WebAssembly.Module, exports: Exports) {
    this.#module = module;
    this.#exports = exports;
  }

  static async start(source: Source | undefined) {
    const module = await compile(source);
    return new Part(module, await instantiate(module));
  }

  /** Calls an export, and leaves the answer in memory. The loop copies faster than set(). */
  send(name: "call" | "decide", first: number, stream: ArrayLike<number>) {
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

const indexById: Map<string, number> = new Map(catalogue.calculations.map((c, i) => [c.id, i]));

function indexOf(id: string) {
  const index = indexById.get(id);
  if (index === undefined) throw new RangeError(`There is no calculation “${id}”.`);
  return index;
}

const notAsked = (id: string) => new Error(`“${id}” was not asked for: await engine.need() with its words.`);

async function compile(source: Source | undefined) {
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

async function instantiate(module: WebAssembly.Module) {
  // TinyGo's modules, which visitors load, import nothing.
  const wasi = WebAssembly.Module.imports(module).length > 0 ? (await import("./wasi.ts")).createWasi() : null;
  const instance = await WebAssembly.instantiate(module, wasi?.imports ?? {});
  const exports = instance.exports as unknown as Exports; // what our module exports, by its layout's version
  if (wasi) wasi.initialize(instance);
  else exports._initialize();
  const version = exports.version() >>> 0;
  if (version !== catalogue.version) {
    throw new Error(`The engine speaks layout ${version}, this page ${catalogue.version}. Reload the page.`);
  }
  return exports;
}

/** Writes the values of the fields as a stream; NaN stands for what is absent. */
export function encode(fields: Field[], input: Figures, out: number[]) {
  for (const field of fields) {
    const value = input[field.name];
    switch (field.kind) {
      case "option":
        out.push(value == null ? NaN : (field.options ?? []).indexOf(value));
        break;
      case "list":
        out.push(value?.length ?? 0, ...Array.from(value ?? [], (v: number | null) => v ?? NaN));
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

/** A place in the memory, moving as it is read. */
export type Cursor = { numbers: Float64Array, at: number };

/** @param part that holds the answer */
function decodeAnswer<T>({ memory: numbers, answer: at, count }: Part, decodeResult: (cursor: Cursor) => T): Answer<T> {
  const cursor = { numbers, at };
  const status = numbers[at];
  if (count === 1 && status === MISFIT) {
    throw new Error("The engine did not understand the input's layout. Reload the page.");
  }
  const out: Answer<T> = { result: null, problems: [], warnings: [] };
  let n = numbers[cursor.at + 1];
  for (cursor.at += 2; n > 0; n--) {
    const [code, limit, size] = numbers.subarray(cursor.at, cursor.at + 3);
    const field = String.fromCharCode(...numbers.subarray(cursor.at + 3, cursor.at + 3 + size));
    out[code < catalogue.firstWarning ? "problems" : "warnings"].push({ code: catalogue.codes[code], field, limit });
    cursor.at += 3 + size;
  }
  if (status === DONE) out.result = decodeResult(cursor);
  return out;
}

function decode(fields: Field[], cursor: Cursor) {
  const out: Figures = {};
  for (const field of fields) out[field.name] = decodeField(field, cursor);
  return out;
}

function decodeField(field: Field, cursor: Cursor): Figure {
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

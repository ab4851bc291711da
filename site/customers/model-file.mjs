/**
 * The model file in JavaScript: the JSON of functions/model, to and from the stream of numbers that the engine gives and
 * takes (core/customers, Model.Numbers). What is checked here is the form: names, types, days. Whether the numbers make a
 * model is the engine's to say, in useModel.
 *
 * @typedef {import("./types.d.ts").ModelFile} ModelFile
 * @typedef {"too_large" | "not_json" | "unknown_format" | "unknown_version" | "unknown_kind" | "unknown_spend_model" |
 *   "missing" | "unknown_field" | "bad_number" | "bad_day" | "bad_engine"} Fault
 */
import { parameterNames, words } from "../engine/customers-layout.mjs";

const FORMAT = "hourglass-model";
const VERSION = 1;
/** The first number of the stream. */
const STREAM = 1;
const DAY = 86_400_000;

/** The largest file that is read, in bytes; ours have a few thousand. */
export const MAX_BYTES = 1 << 20;

const FIELDS = ["format", "version", "engine", "model", "parameters", "log_parameter_covariance", "bootstrap", "spend", "time_unit_days", "data"];
const SPEND_FIELDS = ["basis", "mean_of", "p", "q", "gamma", "log_parameter_covariance"];
const DATA_FIELDS = ["first_day", "last_day", "customers", "orders"];

/** A file that is no model file, or of a version that this page does not know. Code and what tell which words to say. */
export class ModelFileError extends Error {
  /** @param {Fault} code @param {string} what field, or value that is not known */
  constructor(code, what) {
    super(`model file: ${code}: ${what}`);
    this.name = "ModelFileError";
    this.code = code;
    this.what = what;
  }
}

/**
 * The file of a model, its fields in the order in which they are written.
 * @param {ArrayLike<number>} numbers
 * @returns {ModelFile}
 */
export function toFile(numbers) {
  const stream = new Stream(numbers);
  if (stream.next() !== STREAM) throw new ModelFileError("unknown_format", String(numbers[0]));
  const engine = stream.take(3).join(".");
  const model = words.kind[stream.next()];
  const count = parameterNames(model).length;
  const parameters = named(model, stream.take(count));
  const log_parameter_covariance = stream.take(count * count);
  const spend = {
    basis: words.basis[stream.next()],
    mean_of: words.spend_mean[stream.next()],
    p: stream.next(),
    q: stream.next(),
    gamma: stream.next(),
    log_parameter_covariance: stream.take(9),
  };
  const time_unit_days = stream.next();
  const data = { first_day: date(stream.next()), last_day: date(stream.next()), customers: stream.next(), orders: stream.next() };
  const bootstrap = Array.from({ length: stream.next() }, () => named(model, stream.take(count)));
  return {
    format: FORMAT, version: VERSION, engine, model, parameters, log_parameter_covariance,
    ...(bootstrap.length > 0 && { bootstrap }),
    spend, time_unit_days, data,
  };
}

/**
 * The numbers of a model for useModel.
 * @param {unknown} json
 * @throws {ModelFileError}
 */
export function toNumbers(json) {
  const file = /** @type {ModelFile} */ (recognised(json));
  const kind = indexOf(words.kind, file.model, "unknown_kind");
  const { spend, data } = file;
  object(spend, SPEND_FIELDS, "spend");
  object(data, DATA_FIELDS, "data");
  const replicates = file.bootstrap ?? [];
  if (!Array.isArray(replicates)) throw new ModelFileError("missing", "bootstrap");
  return Float64Array.of(
    STREAM,
    ...release(file.engine),
    kind,
    ...parameters(file.model, file.parameters),
    ...list(file.log_parameter_covariance, parameterNames(file.model).length ** 2, "log_parameter_covariance"),
    indexOf(words.basis, spend.basis, "unknown_spend_model"),
    indexOf(words.spend_mean, spend.mean_of, "unknown_spend_model"),
    ...["p", "q", "gamma"].map((name) => number(spend, name)),
    ...list(spend.log_parameter_covariance, 9, "spend.log_parameter_covariance"),
    number(file, "time_unit_days"),
    day(data.first_day, "first_day"),
    day(data.last_day, "last_day"),
    number(data, "customers"),
    number(data, "orders"),
    replicates.length,
    ...replicates.flatMap((r) => parameters(file.model, r)),
  );
}

/** The text of a model file, to the byte what functions/model writes. @param {ModelFile} file */
export function write(file) {
  // JSON.stringify loses the sign of a zero.
  const signed = (/** @type {string} */ _, /** @type {unknown} */ value) => (Object.is(value, -0) ? "-0" : value);
  return `${JSON.stringify(file, signed, "\t").replaceAll('"-0"', "-0")}\n`;
}

/**
 * The numbers of the model in a file's text.
 * @param {string} text
 * @throws {ModelFileError}
 */
export function read(text) {
  if (text.length > MAX_BYTES) throw new ModelFileError("too_large", String(text.length));
  let json;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError("not_json", /** @type {Error} */ (cause).message);
  }
  return toNumbers(json);
}

/** Format and version come first, so that a file of a later version is refused for that and not for a field. @param {unknown} json */
function recognised(json) {
  const { format, version } = /** @type {Partial<ModelFile>} */ (json ?? {});
  if (format !== FORMAT) throw new ModelFileError("unknown_format", shown(format));
  if (version !== VERSION) throw new ModelFileError("unknown_version", shown(version));
  object(json, FIELDS, "");
  return json;
}

/** @param {unknown} value @param {string[]} fields @param {string} name */
function object(value, fields, name) {
  if (typeof value !== "object" || value === null) throw new ModelFileError("missing", name);
  const stranger = Object.keys(value).find((key) => !fields.includes(key));
  if (stranger !== undefined) throw new ModelFileError("unknown_field", shown(stranger));
}

/** @param {readonly string[]} known @param {unknown} word @param {Fault} fault */
function indexOf(known, word, fault) {
  const index = known.indexOf(/** @type {string} */ (word));
  if (index < 0) throw new ModelFileError(fault, shown(word));
  return index;
}

/** @param {object} from @param {string} name */
function number(from, name) {
  const value = /** @type {Record<string, unknown>} */ (from)[name];
  if (value === undefined) throw new ModelFileError("missing", name);
  return finite(value, name);
}

/** @param {unknown} value @param {string} name */
function finite(value, name) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new ModelFileError("bad_number", name);
  return value;
}

/** @param {unknown} values @param {number} length @param {string} name */
function list(values, length, name) {
  if (!Array.isArray(values) || values.length !== length) throw new ModelFileError("missing", name);
  return values.map((value) => finite(value, name));
}

/** @param {ModelFile["model"]} model @param {unknown} from */
function parameters(model, from) {
  const names = parameterNames(model);
  object(from, names, "parameters");
  return names.map((name) => number(/** @type {object} */ (from), name));
}

/** Parameters by name, sorted as functions/model has them. @param {ModelFile["model"]} model @param {number[]} values */
function named(model, values) {
  const entries = parameterNames(model).map((name, i) => /** @type {const} */ ([name, values[i]]));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {unknown} text */
function release(text) {
  const parts = typeof text === "string" ? text.split(".") : [];
  const whole = parts.every((part) => /^(0|[1-9]\d{0,4})$/.test(part) && Number(part) < 1 << 16);
  if (parts.length !== 3 || !whole) throw new ModelFileError("bad_engine", shown(text));
  return parts.map(Number);
}

/** @param {number} day since 1970-01-01 */
const date = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** @param {unknown} text @param {string} name */
function day(text, name) {
  const time = typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  // Date.parse takes 30 February for 1 March.
  if (Number.isNaN(time) || date(time / DAY) !== text) throw new ModelFileError("bad_day", `${name}: ${shown(text)}`);
  return time / DAY;
}

/** What a foreign file holds, short enough to be shown. @param {unknown} value */
const shown = (value) => String(value ?? "").slice(0, 40);

/** Numbers one after the other. */
class Stream {
  #numbers;
  #at = 0;

  /** @param {ArrayLike<number>} numbers */
  constructor(numbers) {
    this.#numbers = numbers;
  }

  next() {
    return this.#numbers[this.#at++];
  }

  /** @param {number} count */
  take(count) {
    return Array.from({ length: count }, () => this.next());
  }
}

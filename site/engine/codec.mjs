/**
 * Reads and writes the streams of the customers module. A codec takes or gives its part of a stream of numbers; from small
 * ones customers.gen.mjs puts larger ones together, and their types with them.
 *
 * @typedef {{ numbers: Float64Array, at: number }} Cursor a place in a stream, moving as it is read
 * @typedef {{ numbers: number[], whole: boolean }} Out a stream to write; whole: every field has to be there, and no other
 */

/** @template T @typedef {{ read: (cursor: Cursor) => T, write: (value: unknown, out: Out, name: string) => void }} Codec */

/**
 * What may be given for something that a codec reads: any part of it.
 * @template T
 * @typedef {T extends string | number | boolean ? T : T extends Float64Array ? ArrayLike<number> : T extends (infer E)[] ? Given<E>[] :
 *   { [K in keyof T]?: Given<T[K]> }} Given
 */

/** A value that is not of its form. */
export class CodecError extends Error {
  /** @param {"missing" | "unknown_field" | "bad_number"} code @param {string} what field */
  constructor(code, what) {
    super(`${code}: ${what}`);
    this.name = "CodecError";
    this.code = code;
    this.what = what;
  }
}

const utf8 = new TextDecoder();
const toUtf8 = new TextEncoder();

/** @param {Out} out @param {unknown} value @param {string} name */
function absent({ whole }, value, name) {
  if (value !== undefined && value !== null) return false;
  if (whole) throw new CodecError("missing", name);
  return true;
}

/** @type {Codec<number>} */
export const number = {
  read: (cursor) => cursor.numbers[cursor.at++],
  write(value, out, name) {
    if (out.whole && value !== undefined && !Number.isFinite(value)) throw new CodecError("bad_number", name);
    out.numbers.push(absent(out, value, name) ? NaN : Number(value));
  },
};

/** @type {Codec<boolean>} */
export const truth = {
  read: (cursor) => number.read(cursor) === 1,
  write: (value, out) => void out.numbers.push(value ? 1 : 0),
};

/** @type {Codec<Float64Array>} */
export const numbers = {
  read(cursor) {
    const length = number.read(cursor);
    return cursor.numbers.slice(cursor.at, (cursor.at += length));
  },
  write(value, out, name) {
    if (out.whole && !Array.isArray(value)) throw new CodecError("missing", name);
    const list = /** @type {ArrayLike<number>} */ (value ?? []);
    out.numbers.push(list.length);
    for (let i = 0; i < list.length; i++) number.write(list[i] ?? null, out, name);
  },
};

/** Bytes that are no UTF-8 become U+FFFD. @type {Codec<string>} */
export const text = {
  read: (cursor) => utf8.decode(Uint8Array.from(numbers.read(cursor))),
  write: (value, out) => {
    const bytes = toUtf8.encode(typeof value === "string" ? value : String(value ?? ""));
    out.numbers.push(bytes.length, ...bytes);
  },
};

/** The byte of a character, empty for 0. @type {Codec<string>} */
export const character = {
  read(cursor) {
    const code = number.read(cursor);
    return code ? String.fromCharCode(code) : "";
  },
  write: (value, out) => void out.numbers.push(value ? String(value).charCodeAt(0) : NaN),
};

/** @template {string} W @param {readonly W[]} words @returns {Codec<W>} */
export const option = (words) => ({
  read: (cursor) => words[number.read(cursor)],
  write: (value, out) => void out.numbers.push(value === undefined ? NaN : words.indexOf(/** @type {W} */ (value))),
});

/** @template T @param {Codec<T>} entry @returns {Codec<T[]>} */
export const list = (entry) => ({
  read: (cursor) => Array.from({ length: number.read(cursor) }, () => entry.read(cursor)),
  write(value, out, name) {
    if (value !== undefined && !Array.isArray(value)) throw new CodecError("missing", name);
    const entries = /** @type {unknown[]} */ (value ?? []);
    out.numbers.push(entries.length);
    for (const one of entries) entry.write(one, out, name);
  },
});

/** Numbers by name. @type {Codec<Record<string, number>>} */
export const named = {
  read: (cursor) => Object.fromEntries(Array.from({ length: number.read(cursor) }, () => [text.read(cursor), number.read(cursor)])),
  write(value, out, name) {
    if (absent(out, value, name)) return void out.numbers.push(0);
    const entries = Object.entries(/** @type {object} */ (value));
    out.numbers.push(entries.length);
    for (const [key, one] of entries) {
      text.write(key, out, name);
      number.write(one, out, key);
    }
  },
};

/**
 * The fields in their order.
 * @template {Record<string, Codec<any>>} F
 * @param {F} fields
 * @returns {Codec<{ [K in keyof F]: ReturnType<F[K]["read"]> }>}
 */
export const record = (fields) => ({
  read(cursor) {
    /** @type {any} */
    const out = {};
    for (const name in fields) out[name] = fields[name].read(cursor);
    return out;
  },
  write(value, out, name) {
    if (out.whole) check(value, fields, name);
    for (const field in fields) fields[field].write(/** @type {any} */ (value)?.[field], out, field);
  },
});

/** @param {unknown} value @param {object} fields @param {string} name */
function check(value, fields, name) {
  if (typeof value !== "object" || value === null) throw new CodecError("missing", name);
  const stranger = Object.keys(value).find((key) => !(key in fields));
  if (stranger !== undefined) throw new CodecError("unknown_field", stranger.slice(0, 40));
}

/**
 * An entry by each of the words, in their order.
 * @template {string} W
 * @template T
 * @param {readonly W[]} words
 * @param {Codec<T>} entry
 * @returns {Codec<Record<W, T>>}
 */
export const by = (words, entry) => ({
  read(cursor) {
    /** @type {any} */
    const out = {};
    for (const word of words) out[word] = entry.read(cursor);
    return out;
  },
  write(value, out, name) {
    for (const word of words) entry.write(/** @type {any} */ (value)?.[word], out, name);
  },
});

/**
 * A list of some of the words, each with its entry. Read alone.
 * @template {string} N
 * @template {string} W
 * @template {object} T
 * @param {N} name of the word
 * @param {readonly W[]} words
 * @param {Codec<T>} entry
 * @returns {Codec<({ [K in N]: W } & T)[]>}
 */
export const sparse = (name, words, entry) => ({
  read: (cursor) => Array.from({ length: number.read(cursor) }, () =>
    /** @type {any} */ ({ [name]: words[number.read(cursor)], ...entry.read(cursor) })),
  write: () => {},
});

/**
 * Reads the answers of the customers module. A decoder takes its part of a stream of numbers; from small ones larger
 * ones are put together, and their types with them.
 *
 * @typedef {{ numbers: Float64Array, at: number }} Cursor a place in a stream, moving as it is read
 */

/** @template T @typedef {(cursor: Cursor) => T} Decoder */

const utf8 = new TextDecoder();

/** @type {Decoder<number>} */
export const number = (cursor) => cursor.numbers[cursor.at++];

/** @type {Decoder<boolean>} */
export const truth = (cursor) => number(cursor) === 1;

/** @type {Decoder<Float64Array>} */
export const numbers = (cursor) => {
  const length = number(cursor);
  return cursor.numbers.slice(cursor.at, (cursor.at += length));
};

/** Bytes that are no UTF-8 become U+FFFD. @type {Decoder<string>} */
export const text = (cursor) => utf8.decode(Uint8Array.from(numbers(cursor)));

/** The byte of a character, empty for 0. @type {Decoder<string>} */
export const character = (cursor) => {
  const code = number(cursor);
  return code ? String.fromCharCode(code) : "";
};

/** @template {string} W @param {readonly W[]} words @returns {Decoder<W>} */
export const option = (words) => (cursor) => words[number(cursor)];

/** @template T @param {Decoder<T>} entry @returns {Decoder<T[]>} */
export const list = (entry) => (cursor) => Array.from({ length: number(cursor) }, () => entry(cursor));


/**
 * The fields in their order.
 * @template {Record<string, Decoder<any>>} F
 * @param {F} fields
 * @returns {Decoder<{ [K in keyof F]: ReturnType<F[K]> }>}
 */
export const record = (fields) => (cursor) => {
  /** @type {any} */
  const out = {};
  for (const name in fields) out[name] = fields[name](cursor);
  return out;
};

/**
 * A record by each of the words, in their order.
 * @template {string} W
 * @template T
 * @param {readonly W[]} words
 * @param {Decoder<T>} entry
 * @returns {Decoder<Record<W, T>>}
 */
export const by = (words, entry) => (cursor) => {
  /** @type {any} */
  const out = {};
  for (const word of words) out[word] = entry(cursor);
  return out;
};

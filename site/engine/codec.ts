/**
 * Reads and writes the streams of the customers module. A codec takes or gives its part of a stream of numbers; from small
 * ones customers.gen.mjs puts larger ones together, and their types with them.
 */

/** A place in a stream, moving as it is read. */
export type Cursor = { numbers: Float64Array, at: number };

/** A stream to write; whole: every field has to be there, and no other. */
type Out = { numbers: number[], whole: boolean };
export type Codec<T> = { read: (cursor: Cursor) => T, write: (value: unknown, out: Out, name: string) => void };

/** What a codec reads. */
export type Read<C extends Codec<unknown>> = ReturnType<C["read"]>;

/** What may be given for something that a codec reads: any part of it. */
export type Given<T> =
  T extends string | number | boolean ? T :
  T extends Float64Array ? ArrayLike<number> :
  T extends (infer E)[] ? Given<E>[] :
  { [K in keyof T]?: Given<T[K]> };

/** A value that is not of its form. */
export class CodecError extends Error {
  /** @param what field */
  constructor(readonly code: "missing" | "unknown_field" | "bad_number", readonly what: string) {
    super(`${code}: ${what}`);
    this.name = "CodecError";
  }
}

const utf8 = new TextDecoder();
const toUtf8 = new TextEncoder();

function absent({ whole }: Out, value: unknown, name: string) {
  if (value !== undefined && value !== null) return false;
  if (whole) throw new CodecError("missing", name);
  return true;
}

export const number: Codec<number> = {
  read: (cursor) => cursor.numbers[cursor.at++],
  write(value, out, name) {
    if (out.whole && value !== undefined && !Number.isFinite(value)) throw new CodecError("bad_number", name);
    out.numbers.push(absent(out, value, name) ? NaN : Number(value));
  },
};

export const truth: Codec<boolean> = {
  read: (cursor) => number.read(cursor) === 1,
  write: (value, out) => void out.numbers.push(value ? 1 : 0),
};

export const numbers: Codec<Float64Array> = {
  read(cursor) {
    const length = number.read(cursor);
    return cursor.numbers.slice(cursor.at, (cursor.at += length));
  },
  write(value, out, name) {
    if (out.whole && !Array.isArray(value)) throw new CodecError("missing", name);
    const list = (value ?? []) as ArrayLike<number>; // as Given has it
    out.numbers.push(list.length);
    for (let i = 0; i < list.length; i++) number.write(list[i] ?? null, out, name);
  },
};

/** Bytes that are no UTF-8 become U+FFFD. */
export const text: Codec<string> = {
  read: (cursor) => utf8.decode(Uint8Array.from(numbers.read(cursor))),
  write: (value, out) => {
    const bytes = toUtf8.encode(typeof value === "string" ? value : String(value ?? ""));
    out.numbers.push(bytes.length, ...bytes);
  },
};

/** The byte of a character, empty for 0. */
export const character: Codec<string> = {
  read(cursor) {
    const code = number.read(cursor);
    return code ? String.fromCharCode(code) : "";
  },
  write: (value, out) => void out.numbers.push(value ? String(value).charCodeAt(0) : NaN),
};

export const option = <W extends string>(words: readonly W[]): Codec<W> => {
  const known: readonly unknown[] = words;
  return {
    read: (cursor) => words[number.read(cursor)],
    write: (value, out) => void out.numbers.push(value === undefined ? NaN : known.indexOf(value)),
  };
};

export const list = <T>(entry: Codec<T>): Codec<T[]> => ({
  read: (cursor) => Array.from({ length: number.read(cursor) }, () => entry.read(cursor)),
  write(value, out, name) {
    if (value !== undefined && !Array.isArray(value)) throw new CodecError("missing", name);
    const entries: unknown[] = value ?? [];
    out.numbers.push(entries.length);
    for (const one of entries) entry.write(one, out, name);
  },
});

/** Numbers by name. */
export const named: Codec<Record<string, number>> = {
  read: (cursor) => Object.fromEntries(Array.from({ length: number.read(cursor) }, () => [text.read(cursor), number.read(cursor)])),
  write(value, out, name) {
    if (absent(out, value, name)) return void out.numbers.push(0);
    const entries = Object.entries(Object(value));
    out.numbers.push(entries.length);
    for (const [key, one] of entries) {
      text.write(key, out, name);
      number.write(one, out, key);
    }
  },
};

/** The fields in their order. */
export const record = <F extends Record<string, Codec<unknown>>>(fields: F): Codec<{ [K in keyof F]: Read<F[K]> }> => ({
  read(cursor) {
    const out: Partial<{ [K in keyof F]: unknown }> = {};
    for (const name in fields) out[name] = fields[name].read(cursor);
    return out as { [K in keyof F]: Read<F[K]> }; // every field was read by its codec
  },
  write(value, out, name) {
    if (out.whole) check(value, fields, name);
    for (const field in fields) fields[field].write(partOf(value, field), out, field);
  },
});

/** A part of what was given; undefined where there is nothing that has parts. */
// Anything may have been given: what is no object has no parts.
const partOf = (value: unknown, name: string) => (value as Record<string, unknown> | null | undefined)?.[name];

function check(value: unknown, fields: object, name: string) {
  if (typeof value !== "object" || value === null) throw new CodecError("missing", name);
  const stranger = Object.keys(value).find((key) => !(key in fields));
  if (stranger !== undefined) throw new CodecError("unknown_field", stranger.slice(0, 40));
}

/** An entry by each of the words, in their order. */
export const by = <W extends string, T>(words: readonly W[], entry: Codec<T>): Codec<Record<W, T>> => ({
  read(cursor) {
    const out: Partial<Record<W, T>> = {};
    for (const word of words) out[word] = entry.read(cursor);
    return out as Record<W, T>; // every word has its entry
  },
  write(value, out, name) {
    for (const word of words) entry.write(partOf(value, word), out, name);
  },
});

/**
 * A list of some of the words, each with its entry. Read alone.
 * @param name of the word
 */
export const sparse = <N extends string, W extends string, T extends object>(name: N, words: readonly W[], entry: Codec<T>): Codec<({ [K in N]: W } & T)[]> => ({
  read: (cursor) => Array.from({ length: number.read(cursor) }, () => {
    const word = { [name]: words[number.read(cursor)] } as { [K in N]: W }; // TypeScript takes a computed name for any string
    return { ...word, ...entry.read(cursor) };
  }),
  write: () => {},
});

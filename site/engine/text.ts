/** The text of a file of orders, as the reader takes it. */
import { outOfMemory } from "./room.ts";

/** The first bytes of a gzip file. */
const GZIP = [0x1f, 0x8b];

/** The source has failed: a file that was moved or changed while it was read, or a gzip file that is cut short. */
class ReadError extends Error {
  constructor(cause: unknown) {
    super(`The file could not be read to its end: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.name = "ReadError";
  }
}

/** Encodings that the reader cannot read itself; browsers know them by the same names. */
const FOREIGN = ["windows-1250", "windows-1251", "windows-1254", "windows-1256", "shift_jis", "euc-kr", "gbk", "big5", "euc-jp", "windows-1253", "windows-1255", "windows-874"] as const;

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/** So many bytes tell how a text is encoded. */
const HEAD = 1 << 16;

function failed(cause: unknown): never {
  if (outOfMemory(cause)) throw cause;
  throw new ReadError(cause);
}

/**
 * The text of a file, unpacked where its first bytes are gzip's, whatever its name; and as UTF-8 where the reader does not
 * read its encoding, which is then told. How much of the file was taken tells how far a reading is: what is unpacked or encoded anew is longer.
 * @param charset of a text that begins so
 */
export async function textOf(blob: Blob, charset: (head: Uint8Array) => string) {
  const packed = GZIP.every(((head) => (b, i) => head[i] === b)(await bytesOf(blob.slice(0, GZIP.length).stream(), GZIP.length).catch(failed)));
  const stream = (): Bytes => (packed ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob.stream());
  const found = charset(await bytesOf(stream(), HEAD).catch(failed));
  const encoding = FOREIGN.find((name) => name === found);
  let bytes = 0;
  const take = ({ length }: Uint8Array) => void (bytes += length);
  const taken = () => bytes;
  if (!packed && !encoding) return { encoding, chunks: chunksOf(blob.stream(), take), taken };
  const counted: Bytes = blob.stream().pipeThrough(new TransformStream({ transform: (chunk, out) => (take(chunk), out.enqueue(chunk)) }));
  const text: Bytes = packed ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  return { encoding, chunks: chunksOf(encoding ? text.pipeThrough(new TextDecoderStream(encoding)).pipeThrough(new TextEncoderStream()) : text), taken };
}

/** The first bytes of a stream, so many if there are. */
async function bytesOf(stream: Bytes, length: number) {
  const head = new Uint8Array(length);
  let at = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = at < length ? await reader.read() : { done: true, value: undefined }) {
    const part = next.value.subarray(0, length - at);
    head.set(part, at);
    at += part.length;
  }
  await reader.cancel().catch(() => {});
  return head.subarray(0, at);
}

/** The chunks of a stream. Whoever stops early ends it. */
async function* chunksOf(stream: Bytes, tell = (_: Uint8Array) => {}) {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read().catch(failed); !next.done; next = await reader.read().catch(failed)) {
      tell(next.value);
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // a source that has failed has said so
  }
}

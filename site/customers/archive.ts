/**
 * Zip archives, unpacked by the browser itself: a library's own workers are refused by the page's content policy.
 * APPNOTE.TXT, 4.3: the directory at the end names every member; its data follows a local header.
 */

/** A file within. */
interface Member {
  name: string;
  method: 0 | 8; // stored or deflated
  packed: Uint8Array<ArrayBuffer>;
  size: number; // unpacked
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The end record with the longest comment. */
const END_BYTES = 22 + 0xffff;

/** The members of an archive, folders left out; null where it is none. */
export function membersOf(bytes: Uint8Array<ArrayBuffer>): Member[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end >= bytes.length - END_BYTES && view.getUint32(end, true) !== END) end--;
  if (end < 0 || view.getUint32(end, true) !== END) return null;
  const members: Member[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return null;
    const method = view.getUint16(at + 10, true);
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const local = view.getUint32(at + 42, true);
    const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
    if (path.endsWith("/") || (method !== 0 && method !== 8) || local + 30 > bytes.length) continue;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    members.push({ name: path, method, packed: bytes.subarray(start, start + packed), size });
  }
  return members;
}

/** A member as a stream. */
function streamOf({ method, packed }: Member): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream();
  return method === 0 ? stream : stream.pipeThrough(new DecompressionStream("deflate-raw"));
}

export const bytesOf = async (member: Member) => new Uint8Array(await new Response(streamOf(member)).arrayBuffer());

/** The same members, none of them packed, as an archive: whoever reads it has nothing to unpack. */
export async function unpackedArchive(members: Member[]) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const member of members) {
    const data = await bytesOf(member);
    const name = new TextEncoder().encode(member.name);
    const sum = crc32(data);
    const local = header(30, [[0, 4, 0x04034b50], [4, 2, 20], [6, 2, 0x800], [14, 4, sum], [18, 4, data.length], [22, 4, data.length], [26, 2, name.length]]);
    const entry = header(46, [[0, 4, ENTRY], [4, 2, 20], [6, 2, 20], [8, 2, 0x800], [16, 4, sum], [20, 4, data.length], [24, 4, data.length], [28, 2, name.length], [42, 4, at]]);
    parts.push(local, name, data);
    directory.push(entry, name);
    at += local.length + name.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = header(22, [[0, 4, END], [8, 2, members.length], [10, 2, members.length], [12, 4, size], [16, 4, at]]);
  return new Blob([...parts, ...directory, end]);
}

function header(length: number, fields: [at: number, bytes: number, value: number][]) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [at, size, value] of fields) size === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array) {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * Finds the tables in files, in a worker of its own: those of workbooks (.xlsx, .ods), archives and JSON as comma-separated text,
 * text as it is. What they are for, and how they belong together, the engine decides.
 */
import readWorkbook from "read-excel-file/universal";
import { hold } from "../engine/alive.ts";
import { outOfMemory } from "../engine/room.ts";
import { bytesOf, membersOf, unpackedArchive } from "./archive.ts";
import { sheetsOf } from "./open-document.ts";
import { type List, cell as quoted, isJson, rowsOfJson } from "./json-rows.ts";

/** A table, as text in columns. */
export interface Found {
  name: string; // of the file, and of the sheet or member within it
  blob: Blob;
}

/** What is sent: files, and where in JSON the orders are; "" is the longest list. */
export interface Packed {
  files: Found[];
  path: string;
  lock?: string; // that is held until this worker ends
}

/** What comes back. */
export interface Unpacked {
  tables: Found[];
  lists: List[]; // lists in JSON that could be the orders, the longest first
  short?: boolean; // there was not enough memory to unpack them all
}

/** The message before it: the lock is held. */
export type Held = { held: true };

/** Above so many bytes a file that cannot be unpacked is one that is too large: no browser has texts of a thousand million letters, nor says so. */
const LARGE = 2 ** 28;

/** What is used of a worker's globals, of which the compiler knows those of a page alone. */
interface Scope {
  postMessage: (message: Unpacked | Held) => void;
  onmessage: (event: MessageEvent<Packed>) => void;
}

const scope = globalThis as unknown as Scope; // see above

scope.onmessage = async ({ data }) => {
  const out: Unpacked = { tables: [], lists: [] };
  if (data.lock) {
    await hold(data.lock);
    scope.postMessage({ held: true });
  }
  // One that cannot be read is a table all the same: the engine says what it is.
  for (const file of data.files) {
    await tablesOf(file, data.path, out).catch((error) => {
      out.tables.push(file);
      out.short ||= outOfMemory(error) || file.blob.size > LARGE;
    });
  }
  scope.postMessage(out);
};

async function tablesOf({ name, blob }: Found, path: string, out: Unpacked): Promise<void> {
  const head = new Uint8Array(await blob.slice(0, 1000).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const stream = blob.stream().pipeThrough(new DecompressionStream("gzip"));
    return tablesOf({ name: name.replace(/\.gz$/i, ""), blob: await new Response(stream).blob() }, path, out);
  }
  if (head[0] === 0x50 && head[1] === 0x4b) return tablesOfArchive(name, new Uint8Array(await blob.arrayBuffer()), path, out);
  if (!isJson(new TextDecoder().decode(head))) return void out.tables.push({ name, blob });
  const { csv, lists } = rowsOfJson(await blob.text(), path);
  out.lists.push(...lists);
  out.tables.push(csv === null ? { name, blob } : { name, blob: new Blob([csv]) });
}

async function tablesOfArchive(name: string, bytes: Uint8Array<ArrayBuffer>, path: string, out: Unpacked) {
  const members = membersOf(bytes);
  if (!members) throw new Error(name);
  if (members.some((member) => member.name === "xl/workbook.xml")) {
    for (const { sheet, data } of await readWorkbook(await unpackedArchive(members.filter((member) => /\.(xml|rels)$/.test(member.name))))) {
      const text = data.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
      if (text.replace(/[,\r\n]/g, "") !== "") out.tables.push({ name: `${name}/${sheet}`, blob: new Blob([text]) });
    }
    return;
  }
  const content = members.find((member) => member.name === "content.xml");
  if (content && members.some((member) => member.name === "mimetype")) {
    const sheets = sheetsOf(new TextDecoder().decode(await bytesOf(content)));
    for (const { sheet, csv } of sheets) out.tables.push({ name: `${name}/${sheet}`, blob: new Blob([csv]) });
    if (sheets.length === 0) throw new Error(name);
    return;
  }
  const tables = members.filter((member) => !/(^|\/)[._]/.test(member.name) && /\.(csv|tsv|tab|txt|json|jsonl|ndjson|xlsx|xlsm|ods|xls|sql)(\.gz)?$/i.test(member.name));
  if (tables.length === 0) throw new Error(name);
  for (const member of tables) await tablesOf({ name: `${name}/${member.name}`, blob: new Blob([await bytesOf(member)]) }, path, out);
}

/** A cell as the reader of order lists wants it; days without their hours, which a sheet rarely has. */
function cell(value: unknown) {
  if (value === null || value === undefined) return "";
  return quoted(value instanceof Date ? value.toISOString().replace("T00:00:00.000Z", "") : String(value));
}

/**
 * Turns what is not text in columns into CSV, in a worker of its own: workbooks (.xlsx), archives of tables, JSON, and several
 * files at once. It is sent a list of files and answers with one Blob, or with null where there is no table.
 */
import readWorkbook from "read-excel-file/universal";
import { bytesOf, membersOf, unpackedArchive } from "./archive.ts";
import { cell as quoted, csvOfJson, isJson } from "./json-rows.ts";

/** What is used of a worker's globals, of which the compiler knows those of a page alone. */
interface Scope {
  postMessage: (message: Blob | null) => void;
  onmessage: (event: MessageEvent<Blob[]>) => void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = async ({ data }) => scope.postMessage(await joined(data).catch(() => null));

async function joined(files: Blob[]) {
  const texts = (await Promise.all(files.map(tablesOf))).flat();
  return texts.length === 0 ? null : new Blob(oneAfterTheOther(texts), { type: "text/csv" });
}

/** The tables in a file, as text. */
async function tablesOf(file: Blob): Promise<string[]> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) return tablesOf(await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).blob());
  if (head[0] === 0x50 && head[1] === 0x4b) return tablesOfArchive(new Uint8Array(await file.arrayBuffer()));
  const text = await file.text();
  if (!isJson(text.slice(0, 1000))) return [text];
  const csv = csvOfJson(text);
  return csv === null ? [] : [csv];
}

async function tablesOfArchive(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const members = membersOf(bytes);
  if (!members) return [];
  if (members.some(({ name }) => name === "xl/workbook.xml")) {
    const book = await readWorkbook(await unpackedArchive(members.filter(({ name }) => /\.(xml|rels)$/.test(name))));
    return book.map(({ data }) => data.map((row) => `${row.map(cell).join(",")}\r\n`).join("")).filter((text) => text.trim() !== "");
  }
  const tables = members.filter(({ name }) => !/(^|\/)[._]/.test(name) && /\.(csv|tsv|tab|txt|json|jsonl|ndjson|xlsx|xlsm)(\.gz)?$/i.test(name));
  return (await Promise.all(tables.map(async (member) => tablesOf(new Blob([await bytesOf(member)]))))).flat();
}

/** A cell as the reader of order lists wants it; days without their hours, which a sheet rarely has. */
function cell(value: unknown) {
  if (value === null || value === undefined) return "";
  return quoted(value instanceof Date ? value.toISOString().replace("T00:00:00.000Z", "") : String(value));
}

/** Tables with the columns of the largest one, which comes first; rows that an earlier one had count once. Others are left out. */
function oneAfterTheOther(texts: string[]) {
  if (texts.length === 1) return texts;
  const headOf = (text: string) => text.slice(0, text.search(/\r?\n|$/)).replace(/^\uFEFF/, "").trim();
  const sizes = new Map<string, number>();
  for (const text of texts) sizes.set(headOf(text), (sizes.get(headOf(text)) ?? 0) + text.length);
  const head = [...sizes].sort((a, b) => b[1] - a[1])[0][0];
  const alike = texts.filter((text) => headOf(text) === head);
  const seen = new Map<string, number>(); // how often a line came in the tables before
  return alike.map((text, i) => {
    const here = new Map<string, number>();
    const lines = text.split(/\r?\n/).filter((line, k) => {
      if (k === 0) return i === 0;
      const n = (here.get(line) ?? 0) + 1;
      here.set(line, n);
      return line !== "" && n > (seen.get(line) ?? 0);
    });
    for (const [line, n] of here) seen.set(line, Math.max(n, seen.get(line) ?? 0));
    return `${lines.join("\n")}\n`;
  });
}

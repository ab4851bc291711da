import assert from "node:assert/strict";
import test from "node:test";
import readWorkbook from "read-excel-file/universal";
import writeXlsxFile from "write-excel-file/node";
import { bytesOf, membersOf, unpackedArchive } from "../customers/archive.ts";
import { isJson, rowsOfJson } from "../customers/json-rows.ts";

/** Cells with their types, which the compiler does not see apart. */
type Cells = Extract<Parameters<typeof writeXlsxFile>[0], unknown[][]>;

test("an archive is unpacked, and packed again without compression, and is the same workbook", async () => {
  const rows = [["Customer", "Date", "Amount"], ...Array.from({ length: 500 }, (_, i) => [`c${i}`, new Date(Date.UTC(2024, 0, 1 + (i % 300))), i / 4])];
  const data = rows.map((row) => row.map((value) => (value instanceof Date ? { value, type: Date, format: "yyyy-mm-dd" } : { value })));
  const file = await writeXlsxFile(data as Cells).toBuffer();
  const members = membersOf(new Uint8Array(file));
  assert.ok(members?.some(({ name, method }) => name === "xl/worksheets/sheet1.xml" && method === 8));
  for (const member of members ?? []) assert.equal((await bytesOf(member)).length, member.size, member.name);
  const again = await unpackedArchive(members ?? []);
  assert.ok(membersOf(new Uint8Array(await again.arrayBuffer()))?.every(({ method }) => method === 0));
  const [{ data: read }] = await readWorkbook(again);
  assert.deepEqual(read[500], rows[500]);
  assert.equal(read.length, 501);
});

test("what is no archive is none", () => {
  for (const bytes of [[], [0x50, 0x4b, 3, 4], Array.from({ length: 100 }, (_, i) => i)]) assert.equal(membersOf(Uint8Array.from(bytes)), null);
});

test("JSON becomes rows as functions/tables makes them", () => {
  const csvOfJson = (text: string, path?: string) => rowsOfJson(text, path).csv;
  assert.equal(csvOfJson('[{"id":1,"a":{"b":"x,y"}},{"id":2,"a":null}]'), 'a.b,id\n"x,y",1\n,2\n');
  assert.equal(csvOfJson('{"orders":[{"id":1},{"id":2}],"count":2}'), "id\n1\n2\n");
  assert.equal(csvOfJson('{"id":1,"email":"a","total":3,"items":[{"price":1},{"price":2}]}'), "email,id,items.price,total\na,1,1,3\na,1,2,3\n");
  assert.equal(csvOfJson('{"id":1}\n{"id":2,"ok":true}\n'), "id,ok\n1,\n2,true\n");
  assert.equal(csvOfJson("[]"), null);
  const two = '{"data":{"orders":[{"id":1}],"customers":[{"name":"a"},{"name":"b"}]},"at.x":[{"z":1}]}';
  assert.deepEqual(rowsOfJson(two).lists, [{ path: "data.customers", length: 2 }, { path: "data.orders", length: 1 }, { path: "at.x", length: 1 }]);
  assert.deepEqual([csvOfJson(two), csvOfJson(two, "data.orders"), csvOfJson(two, "at.x"), csvOfJson(two, "gone")], ["name\na\nb\n", "id\n1\n", "z\n1\n", "name\na\nb\n"]);
  assert.ok(isJson(' [\n {"a":1}]') && isJson('{"a":1}') && !isJson("id,date\n") && !isJson("[1]"));
});

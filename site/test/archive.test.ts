import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import readWorkbook from "read-excel-file/universal";
import writeXlsxFile from "write-excel-file/node";
import { bytesOf, membersOf, unpackedArchive } from "../customers/archive.ts";
import { isJson, rowsOfJson } from "../customers/json-rows.ts";
import { sheetsOf } from "../customers/open-document.ts";

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

const testdata = new URL("../../functions/tables/testdata/", import.meta.url);

test("a workbook of LibreOffice is read as functions/tables reads it", async () => {
  const members = membersOf(new Uint8Array(readFileSync(new URL("orders.ods", testdata)))) ?? [];
  const content = members.find(({ name }) => name === "content.xml");
  const sheets = sheetsOf(new TextDecoder().decode(content && (await bytesOf(content))));
  assert.deepEqual(sheets.map(({ sheet }) => sheet), ["About", "Orders & co"]);
  assert.equal(sheets[1].csv, readFileSync(new URL("orders.csv", testdata), "utf8"));
});

test("cells that stand for several, notes, data as it is, and a damaged sheet", () => {
  const sheet = (rows: string) => `<?xml version="1.0"?><o:document><!-- <table:table> --><t:table t:name='A &#38; B'>${rows}</t:table></o:document>`;
  const many = sheet(`<t:table-row t:number-rows-repeated="2"><t:table-cell o:value-type="float" o:value="7" t:number-columns-repeated="2"><x:p>7,0</x:p></t:table-cell>
    <t:covered-table-cell/><t:table-cell o:value-type='string'><x:p>Ann<x:s/>A. <![CDATA[<b>]]></x:p><o:annotation><x:p>a note</x:p></o:annotation><x:p>x &gt; y</x:p></t:table-cell><t:table-cell t:number-columns-repeated="16000"/></t:table-row>
    <t:table-row t:number-rows-repeated="1048570"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>`);
  assert.deepEqual(sheetsOf(many), [{ sheet: "A & B", csv: "7,7,,Ann A. <b> x > y\n".repeat(2) }]);
  for (const text of ["", "<a>", many.slice(0, 300), many.slice(0, 90), sheet("<t:table-row/>")]) {
    let found: unknown[] = [];
    try {
      found = sheetsOf(text);
    } catch (error) {
      assert.ok(error instanceof SyntaxError, String(error));
    }
    assert.deepEqual(found, []);
  }
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
  assert.equal(csvOfJson(readFileSync(new URL("exports/shopify-api.json", testdata), "utf8")), readFileSync(new URL("nested.csv", testdata), "utf8"));
  for (const part of readFileSync(new URL("shapes.txt", testdata), "utf8").split(/^## /m).slice(1)) {
    const end = part.indexOf("\n");
    assert.equal(csvOfJson(readFileSync(new URL(`exports/${part.slice(0, end)}`, testdata), "utf8")), part.slice(end + 1), part.slice(0, end));
  }
  assert.ok(isJson('[["id"],[1]]') && isJson(' [\n {"a":1}]') && isJson('{"a":1}') && !isJson("id,date\n") && !isJson("[1]"));
});

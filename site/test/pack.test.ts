// What packs the workbooks to download: the parts come back from it whole, and a program that looks at the first bytes sees what it wants to.
import assert from "node:assert/strict";
import test from "node:test";
import { unzipSync } from "fflate";
import { pack } from "../build/pack.ts";
import { archive } from "../calculator/workbook/sheet/xml.ts";

const parts = { "content.xml": "<a>Ä</a>".repeat(999), "Objekt 1/größe.xml": "<b/>", "leer.xml": "" };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("the parts come back whole, in their order, and the same parts make the same bytes", () => {
  const packed = archive(parts, { mimetype: "application/x" }, pack);
  const found = unzipSync(packed);
  assert.deepEqual(Object.entries(found).map(([name, body]) => [name, text(body)]), Object.entries({ mimetype: "application/x", ...parts }));
  assert.ok(packed.length < 700, `${packed.length} bytes`);
  assert.deepEqual(archive(parts, { mimetype: "application/x" }, pack), packed);
});

test("the mimetype stands first and uncompressed, as OpenDocument 1.3 part 2, 3.3 has it", () => {
  const packed = archive(parts, { mimetype: "application/x" }, pack);
  assert.equal(text(packed.slice(30, 51)), "mimetypeapplication/x");
  assert.deepEqual([...packed.slice(0, 10)], [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0]);
});

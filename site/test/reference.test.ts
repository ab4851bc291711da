/** What the pages of the API write of a reader's figures: as the generator of the examples writes them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { laidOut, understood, written } from "../reference/literals.ts";

const samples: Record<string, { label: string; source: string }[]> = JSON.parse(readFileSync(new URL("../../functions/api/samples_gen.json", import.meta.url), "utf8"));

test("the body of every example is found in each language, so that another can take its place", () => {
  let seen = 0;
  for (const [operation, list] of Object.entries(samples)) {
    const sent = /-d '([\s\S]*)'$/.exec(list.find(({ label }) => label === "curl")?.source ?? "")?.[1];
    if (sent === undefined) continue; // asked by GET
    const body = JSON.parse(sent.replaceAll("'\\''", "'"));
    for (const { label, source } of list) assert.equal(source.split(written(body, label)).length, 2, `${operation} in ${label}`);
    seen += list.length;
  }
  assert.ok(seen > 200, `${seen} examples`);
});

test("literals of Python", () => assert.equal(written({ a: null, b: [true, false], c: "it's" }, "Python"), `{"a": None, "b": [True, False], "c": "it's"}`));

test("what is typed", () => {
  assert.equal(understood(" ", "number"), undefined);
  assert.equal(understood("0.05", "number"), 0.05);
  assert.equal(understood("5 %", "number"), "5 %");
  assert.equal(understood("year", "option"), "year");
  assert.deepEqual(understood("100, 80", "list"), [100, 80]);
  assert.deepEqual(understood('[{"kind":"upsell"}]', "records"), [{ kind: "upsell" }]);
  assert.equal(understood("100,", "list"), "100,");
});

test("an answer is laid out, its lists cut", () =>
  assert.equal(laidOut({ a: 1, b: Float64Array.of(1, 2, 3, 4), c: {}, d: null }), '{\n  "a": 1,\n  "b": [1, 2, 3, … 1 more],\n  "c": {},\n  "d": null\n}'));

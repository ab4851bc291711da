// The workbooks that are ready to download, as the server gives them: each has the link that opens its own figures on that server.
import assert from "node:assert/strict";
import test from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { loadScenario } from "../../site/base/scenarios.ts";
import { readInput, same } from "../../site/base/url.ts";
import { calculationOf, ids, startOf } from "./books.ts";
import { base } from "./expected.ts";

const server = base.replace(/\/$/, "");

/** The parts of a workbook of the gallery. */
async function partsOf(name: string) {
  const answer = await fetch(`${server}/workbooks/${name}`);
  assert.equal(answer.status, 200, name);
  return unzipSync(new Uint8Array(await answer.arrayBuffer()));
}

const unescaped = (text: string) => text.replaceAll("&amp;", "&");

for (const id of ids) {
  test(`the workbooks of ${id} open their own figures`, async () => {
    const xlsx = await partsOf(`${id}.en.xlsx`);
    const [, target] = strFromU8(xlsx["xl/worksheets/_rels/sheet1.xml.rels"]).match(/Target="([^"]+)" TargetMode="External"/) ?? [];
    const link = unescaped(target);
    assert.ok(link.startsWith(`${server}/${id}/?`), link);
    const { searchParams, pathname } = new URL(link);
    assert.equal((await fetch(server + pathname)).status, 200);
    const scenario = await loadScenario(id);
    const start = startOf(calculationOf(id));
    for (const [name, value] of Object.entries(readInput(scenario, searchParams))) assert.ok(same(value, start[name]), `${name}: ${value}, not ${start[name]}`);
    assert.equal(searchParams.get("currency"), "USD");
    const ods = strFromU8((await partsOf(`${id}.en.ods`))["content.xml"]);
    assert.ok(ods.includes(`xlink:href="${target}"`), "the .ods has another link");
    assert.doesNotMatch(ods, /YOUR-SERVER/);
  });
}

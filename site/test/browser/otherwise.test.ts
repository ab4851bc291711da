/** What other browsers do otherwise than Chromium, done in it: a WebKit on a system without a language, and one that isolates a page but has no memory to share. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { figure, launch, onPage } from "./browser.ts";
import { choose, onCustomers, orders, until } from "./customers.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

test("a browser whose language is no tag has the calculator, in English and dollars", () =>
  onPage(browser, "subscription/", async (page) => {
    assert.equal(await page.evaluate(() => navigator.language), "C");
    assert.equal(await figure(page), "$1,391");
  }, { before: (page) => page.addInitScript(() => Object.defineProperties(navigator, { language: { value: "C" }, languages: { value: ["C"] } })) }));

test("a page that is isolated values customers without shared memory", () =>
  onCustomers(browser, "", async (page) => {
    assert.deepEqual(await page.evaluate(() => [crossOriginIsolated, "SharedArrayBuffer" in globalThis]), [true, false]);
    await choose(page, orders(80, 4));
    await until(page, (s) => s.phase === "ready");
  }, { before: (page) => page.addInitScript(() => void delete (globalThis as { SharedArrayBuffer?: unknown }).SharedArrayBuffer) }));

/** The API's pages: a reader's own figures in the examples and the answer, on a phone. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { BASE, PHONE, axe, launch, onPage, overflow } from "./browser.ts";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

test("a reader's figures fill the examples, and the answer is calculated in the page", () =>
  onPage(browser, "docs/api/subscription/", async (page) => {
    const snippet = page.locator("#samples pre:visible");
    const answer = page.locator("#example-answer");
    await page.getByText("200, calculated in this page").waitFor();
    assert.match(await answer.innerText(), /"clv": 1390\.929311547/); // docs/formulas/subscription.md
    const churn = page.getByLabel("Try churn_rate");
    await churn.fill("0.1");
    assert.match(await answer.innerText(), /"undiscounted_clv": 800,/); // 100 * 0.8 / 0.1
    assert.match(await snippet.innerText(), /"churn_rate":0\.1,/);
    await page.getByRole("tab", { name: "curl" }).press("ArrowRight");
    await page.getByRole("tab", { name: "JavaScript", selected: true }).press("ArrowRight");
    assert.match(await snippet.innerText(), /^import requests[\s\S]*"churn_rate": 0\.1,/);
    await page.locator("#samples .snippet:visible .copy").click();
    await page.getByText("Copied").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await snippet.innerText());
    await churn.fill("5");
    assert.match(await answer.innerText(), /"status": 422[\s\S]*"churn_rate must be at most 1\."/);
    await churn.fill("a lot");
    assert.match(await answer.innerText(), /"status": 422[\s\S]*"field": "churn_rate"/);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axe(page), []);
    // Where the engine's customers' calculations are not in the page, the examples stay.
    await page.goto(`${BASE}docs/api/bgnbd-fit/`);
    await page.getByRole("tab", { name: "R", exact: true }).click();
    assert.match(await snippet.innerText(), /library\(httr2\)/);
    assert.equal(await page.getByLabel(/^Try /).count(), 0);
  }, { bare: true, viewport: PHONE, permissions: ["clipboard-read", "clipboard-write"] }));

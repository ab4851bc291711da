/** The API's pages: a reader's own figures in the examples and the answer, on a phone. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { PHONE, axe, launch, onPage, overflow } from "./browser.ts";

const browser = await launch({ passes: true });
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
  }, { bare: true, viewport: PHONE, permissions: ["clipboard-read", "clipboard-write"] }));

test("further fields are folded, the schema stands beside the answer, and a link has the figures", () =>
  onPage(browser, "docs/api/subscription/", async (page) => {
    await page.getByText("200, calculated in this page").waitFor();
    const horizon = page.getByLabel("Try horizon_periods");
    assert.ok(!(await horizon.isVisible()));
    await page.getByRole("button", { name: /^Show \d+ more fields$/ }).click();
    await horizon.fill("12");
    await page.getByRole("tab", { name: "Schema" }).click();
    assert.match(await page.locator("#answers pre:visible").innerText(), /"\$id": "\/v1\/subscription\/schema"[\s\S]*"required": \[/);
    await page.getByLabel("Try churn_rate").fill("0.1");
    await page.getByLabel("Try cac").fill("");
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Copied").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /subscription\/\?price=100&gross_margin=0\.8&churn_rate=0\.1&annual_discount_rate=0\.1&horizon_periods=12$/);
    await page.goto(link);
    const answer = page.locator("#example-answer");
    await page.getByText("200, calculated in this page").waitFor();
    assert.match(await answer.innerText(), /"ltv_cac_ratio": null[\s\S]*"horizon_used_periods": 12,/); // what the link leaves out is left out
    assert.equal(await page.getByLabel("Try churn_rate").inputValue(), "0.1");
    const clv = Number(/"clv": ([\d.]+)/.exec(await answer.innerText())?.[1]);
    await page.getByRole("link", { name: "Open as calculator" }).click();
    await page.waitForURL(/\/subscription\/\?/);
    const figure = page.locator("[part=figure]");
    await figure.waitFor();
    assert.match(await figure.innerText(), new RegExp(`^\\$${Math.round(clv)}`));
  }, { bare: true, permissions: ["clipboard-read", "clipboard-write"] }));

test("what the page's engine has not is asked of the site's API", () =>
  onPage(browser, "docs/api/bgnbd-predict/", async (page) => {
    await page.getByText("what you type is sent there, and not kept").waitFor();
    const answer = page.locator("#example-answer");
    const before = await answer.innerText();
    await page.getByLabel("Try frequency").fill("[2]");
    await page.getByLabel("Try recency").fill("30.43"); // a list of one may stand without its brackets
    await page.getByLabel("Try age").fill("[38.86]");
    for (const [name, value] of [["r", "0.243"], ["alpha", "4.414"], ["a", "0.793"], ["b", "2.426"], ["horizon", "39"]]) await page.getByLabel(`Try ${name}`, { exact: true }).fill(value);
    await page.getByText("200, by the API of this site").waitFor();
    assert.match(await answer.innerText(), /"p_alive": \[0\.72/); // Fader, Hardie and Lee, 2005: customer 0001 of CDNOW, 0.7266
    assert.notEqual(await answer.innerText(), before);
    assert.match(await page.locator("#samples pre:visible").innerText(), /"recency":\[30\.43\]/);
    await page.getByLabel("Try horizon").fill("-1");
    await page.getByText("422: see errors").waitFor();
    assert.equal(await page.getByLabel("Try horizon").getAttribute("aria-invalid"), "true");
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axe(page), []);
    await page.getByRole("tab", { name: "R", exact: true }).click();
    assert.match(await page.locator("#samples pre:visible").innerText(), /library\(httr2\)/);
    // A site without an API says so.
    await page.route("**/v1/**", (route) => route.fulfill({ status: 404, contentType: "text/html", body: "<p>none" }));
    await page.getByLabel("Try horizon").fill("10");
    await page.getByText("no answer").waitFor();
    assert.match(await answer.innerText(), /There is no API at this address/);
  }, { bare: true, viewport: PHONE, allow: /422|404/ }));

test("the list of all calculations is beside each, and is searched by the names of fields", () =>
  onPage(browser, "docs/api/bgnbd-predict/", async (page) => {
    const list = page.getByRole("navigation", { name: "API", exact: true });
    assert.equal(await list.locator("[aria-current]").innerText(), "bgnbd/predict");
    const find = page.getByRole("searchbox", { name: "Find a field or a calculation" });
    await find.fill("guess-monthly");
    await page.getByText("None has that name.").waitFor();
    assert.equal(await list.getByRole("link").count(), 0);
    assert.deepEqual(await axe(page), []);
    await find.fill("programme cost");
    const hit = list.getByRole("listitem").filter({ hasText: "loyalty-programme" });
    await hit.getByText("programme_cost").waitFor();
    await find.fill("Subscr");
    await find.press("Enter");
    await page.waitForURL(/\/docs\/api\/subscription\/$/);
  }, { bare: true }));

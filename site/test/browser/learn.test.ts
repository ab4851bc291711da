/** Learn: articles with the visitor's figures, their list, the glossary; and the page for what is not there. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { BASE, PHONE, axe, launch, onPage, overflow, withPage } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const ARTICLE = "learn/clv-subscription/";

/** Keeps the page from hearing that the calculator is drawn whole: a visitor who types at once is before that. */
const unready = (page: Page) => page.addInitScript(() => addEventListener("hourglass:ready", (event) => event.stopImmediatePropagation(), { capture: true }));

const shows = (page: Page, figure: string) =>
  page.waitForFunction((wanted) => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".figure")?.textContent === wanted, figure);

test("an article loads no engine before it is touched, and nothing below its calculator moves", () =>
  onPage(browser, ARTICLE, async (page) => {
    await shows(page, "$1,391");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(loaded.filter((name) => name.endsWith(".wasm")), []);
    const moved = await page.evaluate(() => new Promise<number>((done) => {
      let sum = 0;
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += "value" in entry ? Number(entry.value) : 0;
      });
      observer.observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300);
    }));
    assert.ok(moved < 0.02, `moved by ${moved}`);
  }, { bare: true, viewport: PHONE }));

test("the address's figures are the calculator's, and what is typed goes to the address and along the links", () =>
  onPage(browser, `${ARTICLE}?price=200&utm_source=mail`, async (page) => {
    await shows(page, "$2,782");
    const margin = page.locator("hourglass-calculator").getByRole("textbox", { name: "Gross margin" });
    await margin.fill("40");
    await margin.press("Enter");
    await shows(page, "$1,391");
    await page.waitForFunction(() => location.search.includes("gross_margin"));
    const query = new URL(page.url()).searchParams;
    assert.deepEqual([query.get("price"), query.get("gross_margin"), query.get("churn_rate")], ["200", "0.4", null]);
    const link = await page.locator("a.action").getAttribute("href");
    assert.match(link ?? "", /subscription\/\?.*price=200.*gross_margin=0\.4/);
  }, { bare: true, before: unready }));

test("axe finds nothing in Learn, and nothing is wider than a phone", async (t) => {
  for (const path of [ARTICLE, "learn/what-is-clv/", "ar/learn/upsell-cross-sell/", "learn/", "de/learn/glossary/"]) {
    await t.test(path, () => onPage(browser, path, async (page) => {
      assert.deepEqual(await axe(page), []);
      assert.equal(await overflow(page), 0);
    }, { bare: true, viewport: PHONE }));
  }
});

test("an address that is not there is answered in its language", async (t) => {
  for (const [path, lang, dir, heading] of [["de/nichts/da", "de", "ltr", "Diese Seite gibt es nicht"], ["ar/x", "ar", "rtl", "هذه الصفحة غير موجودة"], ["nothing", "en", "ltr", "There is no such page"]]) {
    await t.test(path, () => withPage(browser, { viewport: PHONE }, async (page) => {
      const response = await page.goto(BASE + path);
      assert.equal(response?.status(), 404);
      assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [lang, dir]);
      assert.deepEqual(await page.locator("h1:visible").allTextContents(), [heading]);
      assert.deepEqual(await axe(page), []);
      assert.equal(await overflow(page), 0);
    }));
  }
});

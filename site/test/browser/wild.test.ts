/** The widget where other widgets fail: in pages from a file, of hosts that share memory, in XML, and as a CMS leaves it. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { drawn, launch, withPage } from "./browser.ts";
import { ANSWER, FRAMED, IN_XML, ISOLATED, SITE, TELLS, TRUSTED, WIDGET, figure, onHost as onHostOf, ready } from "./hosts.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

test("a page from a file frames the widget", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hourglass-"));
  try {
    const file = join(folder, "page.html");
    await writeFile(file, `<!doctype html><title>File</title>${FRAMED}`);
    await withPage(browser, {}, async (page) => {
      await page.goto(pathToFileURL(file).href);
      const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
      assert.ok(frame);
      await ready(frame);
      assert.equal(await figure(frame), ANSWER);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a host that shares memory frames the widget, and has it as an element", () =>
  onHostOf(browser, ISOLATED, async (page) => {
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    assert.equal(await figure(page), ANSWER);
    const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
    assert.ok(frame);
    await ready(frame);
    assert.equal(await figure(frame), ANSWER);
  }));

test("a page in XML shows what stands between the tags", () =>
  onHostOf(browser, IN_XML, async (page) => {
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate(() => document.contentType), "application/xhtml+xml");
    assert.ok(await page.getByText("At $100 a month a subscriber is worth $1,391.").isVisible());
    assert.equal(await page.evaluate(() => customElements.get("hourglass-calculator") === undefined), true);
    assert.ok(await page.evaluate((source) => performance.getEntriesByName(source).length, `${SITE}/embed/v1.js`), "the script was loaded");
  }, { bare: true }));

test("dataLayer hears of the first answer", () =>
  onHostOf(browser, TELLS, async (page) => {
    await page.waitForFunction(() => globalThis.dataLayer?.some((pushed) => (pushed as { event: string }).event === "hourglass:result"));
    const pushed = await page.evaluate(() => globalThis.dataLayer as { event: string; hourglass: { kind: string; result?: { clv: number } } }[]);
    assert.deepEqual(pushed.map(({ event }) => event).sort(), ["hourglass:ready", "hourglass:result"]);
    assert.equal(pushed.find(({ event }) => event === "hourglass:result")?.hourglass.result?.clv.toFixed(0), "1391");
  }));

for (const [what, values] of Object.entries({
  "escaped twice": "price=50&amp;amp;churn_rate=0.1&amp;amp;cac=0&amp;amp;annual_discount_rate=0&amp;amp;gross_margin=1",
  "escaped as a number": "price=50&amp;#038;churn_rate=0.1&amp;#038;cac=0&amp;#038;annual_discount_rate=0&amp;#038;gross_margin=1",
  "in typographic quotes": "“price=50&amp;churn_rate=0.1&amp;cac=0&amp;annual_discount_rate=0&amp;gross_margin=1”",
  "in escaped quotes": "&amp;#8220;price=50&amp;churn_rate=0.1&amp;cac=0&amp;annual_discount_rate=0&amp;gross_margin=1&amp;#8221;",
})) {
  test(`values ${what} are read`, () =>
    onHostOf(browser, { body: WIDGET.replace("<hourglass-calculator", `<hourglass-calculator values="${values}"`) }, async (page) => {
      assert.equal(await figure(page), "$500"); // 50 for 1/0.1 months
    }));
}

test("a host that requires Trusted Types has the widget as an element and in a frame, with all it opens", () =>
  onHostOf(browser, TRUSTED, async (page, complaints) => {
    assert.deepEqual(complaints, []);
    await page.evaluate(() => document.createElement("p").setHTMLUnsafe("<b>text</b>")).catch(() => {});
    assert.match(complaints.splice(0).join(), /TrustedHTML/, "the host's policy holds");
    assert.equal(await figure(page), ANSWER);
    for (const tool of await page.locator("hourglass-calculator details.decision summary").all()) await tool.click();
    await drawn(page);
    const frame = await (await page.locator("iframe").elementHandle())?.contentFrame();
    assert.ok(frame);
    await ready(frame);
    assert.equal(await figure(frame), ANSWER);
  }));

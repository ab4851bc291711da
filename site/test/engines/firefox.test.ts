/** The widget in Firefox, where it has to be at home: pages from a file, of hosts that share memory, in XML, and with a dataLayer. The same pages as in Chromium. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type Frame, type Page, launch } from "puppeteer-core";
import { ANSWER, FRAMED, IN_XML, ISOLATED, TELLS, TRUSTED, put } from "../browser/hosts.ts";

let browser: Browser;
before(async () => void (browser = await launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true })));
after(() => browser?.close());

/** Opens a page, and fails by what it complains of. */
async function onPage(address: string, body: (page: Page) => Promise<void>) {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => void (["error", "warn"].includes(message.type()) && complaints.push(message.text())));
  try {
    await page.goto(address);
    await body(page);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
  }
}

/** How long anything may take, in milliseconds. */
const PATIENCE = 30_000;

/** Asks a page until it has something to say. Not by waitForFunction, which makes a function in the page: Firefox holds that to the page's policy. */
async function told<T>(page: Page | Frame, say: () => T | undefined): Promise<T> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await new Promise((later) => setTimeout(later, 100))) {
    const found = await page.evaluate(say);
    if (found) return found as T;
  }
  throw new Error("It says nothing.");
}

/** What the widget of a page or frame says, once it says something. */
const figure = (page: Page | Frame) => told(page, () => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector<HTMLElement>("[part=base] .figure")?.innerText);

async function framed(page: Page) {
  const frame = await (await page.waitForSelector("iframe"))?.contentFrame();
  assert.ok(frame);
  return frame;
}

test("a page from a file frames the widget", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hourglass-"));
  try {
    const file = join(folder, "page.html");
    await writeFile(file, `<!doctype html><title>File</title>${FRAMED}`);
    await onPage(pathToFileURL(file).href, async (page) => assert.equal(await figure(await framed(page)), ANSWER));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a host that shares memory frames the widget, and has it as an element", () =>
  onPage(put(ISOLATED), async (page) => {
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    assert.equal(await figure(page), ANSWER);
    assert.equal(await figure(await framed(page)), ANSWER);
  }));

test("a page in XML shows what stands between the tags", () =>
  onPage(put(IN_XML), async (page) => {
    assert.equal(await page.evaluate(() => document.contentType), "application/xhtml+xml");
    assert.equal(await page.evaluate(() => customElements.get("hourglass-calculator") === undefined), true);
    assert.ok(await page.evaluate(() => document.querySelector("hourglass-calculator")?.checkVisibility()));
    assert.match((await page.evaluate(() => document.querySelector("hourglass-calculator")?.textContent)) ?? "", /At \$100 a month a subscriber is worth \$1,391\./);
  }));

test("dataLayer hears of the first answer", () =>
  onPage(put(TELLS), async (page) => {
    const clv = await told(page, () => {
      const layer = (globalThis as { dataLayer?: unknown }).dataLayer as { event: string; hourglass: { result?: { clv: number } } }[] | undefined;
      return layer?.find(({ event }) => event === "hourglass:result")?.hourglass.result?.clv;
    });
    assert.equal(clv.toFixed(0), "1391");
  }));

test("a host that requires Trusted Types has the widget as an element", () =>
  onPage(put(TRUSTED), async (page) => assert.equal(await figure(page), ANSWER)));

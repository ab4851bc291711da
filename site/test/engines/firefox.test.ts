/** Firefox: the short set, and the widget where it has to be at home: pages from a file, of hosts that share memory, in XML, and with a dataLayer. The same pages as in Chromium. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, type ElementHandle, type Frame, type Page, launch } from "puppeteer-core";
import { ANSWER, FRAMED, IN_XML, ISOLATED, TELLS, TRUSTED, put } from "../browser/hosts.ts";
import { shortSet } from "./short.ts";
import { type Says, type Tab, figure, told } from "./tab.ts";

/** Half of the time was spent on processes that no page asked for: one does for all tabs of a site, and none starts in advance. */
const FRUGAL = {
  "dom.ipc.processPrelaunch.enabled": false,
  "dom.ipc.processCount": 1,
  "dom.ipc.processCount.webIsolated": 1,
  "dom.ipc.keepProcessesAlive.web": 1,
};

let browser: Browser;
before(async () => {
  browser = await launch({ browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", headless: true, defaultViewport: { width: 1280, height: 900 }, extraPrefsFirefox: FRUGAL });
});
after(() => browser?.close());

/** Opens a tab, and fails by what its page complains of. */
async function onTab(body: (tab: Tab) => Promise<void>) {
  const page = await browser.newPage();
  const tab = tabOf(page);
  page.on("pageerror", (error) => tab.complaints.push(String(error)));
  page.on("console", (message) => void (["error", "warn"].includes(message.type()) && tab.complaints.push(message.text())));
  try {
    await body(tab);
    assert.deepEqual(tab.complaints, []);
  } finally {
    await page.close();
  }
}

/** A page, or a frame of it, as the tests have it. */
function tabOf(page: Page, at: Page | Frame = page): Tab {
  return {
    complaints: [],
    go: async (address) => void (await at.goto(address)),
    // Written out, since the compiler does not follow what puppeteer makes of arguments that are its handles.
    run: async <T, A extends unknown[]>(says: Says<T, A>, ...args: A) => (await at.evaluate(`(${says}).apply(null, ${JSON.stringify(args)})`)) as T,
    type: (text) => page.keyboard.type(text),
    async choose(input, path) {
      const element = (await at.evaluateHandle(input)).asElement() as ElementHandle<HTMLInputElement> | null; // what the function finds
      assert.ok(element);
      await element.uploadFile(path);
    },
    async within(frame, body) {
      const inner = await (await at.waitForSelector(frame))?.contentFrame();
      assert.ok(inner);
      await body(tabOf(page, inner));
    },
  };
}

/** Opens a page. */
const onPage = (address: string, body: (tab: Tab) => Promise<void>) =>
  onTab(async (tab) => {
    await tab.go(address);
    await body(tab);
  });

shortSet(onTab);

test("a page from a file frames the widget", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hourglass-"));
  try {
    const file = join(folder, "page.html");
    await writeFile(file, `<!doctype html><title>File</title>${FRAMED}`);
    await onPage(pathToFileURL(file).href, (tab) => tab.within("iframe", async (frame) => assert.equal(await figure(frame), ANSWER)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a host that shares memory frames the widget, and has it as an element", () =>
  onPage(put(ISOLATED), async (tab) => {
    assert.equal(await tab.run(() => crossOriginIsolated), true);
    assert.equal(await figure(tab), ANSWER);
    await tab.within("iframe", async (frame) => assert.equal(await figure(frame), ANSWER));
  }));

test("a page in XML shows what stands between the tags", () =>
  onPage(put(IN_XML), async (tab) => {
    assert.equal(await tab.run(() => document.contentType), "application/xhtml+xml");
    assert.equal(await tab.run(() => customElements.get("hourglass-calculator") === undefined), true);
    assert.ok(await tab.run(() => document.querySelector("hourglass-calculator")?.checkVisibility()));
    assert.match((await tab.run(() => document.querySelector("hourglass-calculator")?.textContent)) ?? "", /At \$100 a month a subscriber is worth \$1,391\./);
  }));

test("dataLayer hears of the first answer", () =>
  onPage(put(TELLS), async (tab) => {
    const clv = await told(tab, () => {
      const layer = (globalThis as { dataLayer?: unknown }).dataLayer as { event: string; hourglass: { result?: { clv: number } } }[] | undefined;
      return layer?.find(({ event }) => event === "hourglass:result")?.hourglass.result?.clv;
    });
    assert.equal(clv.toFixed(0), "1391");
  }));

test("a host that requires Trusted Types has the widget as an element", () =>
  onPage(put(TRUSTED), async (tab) => assert.equal(await figure(tab), ANSWER)));

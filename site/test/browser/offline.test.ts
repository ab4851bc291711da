/** The production site under a path of its own, visited once, then without a network: a server of the test's own, which can go away and put up another version. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import test, { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { answer, field, figure, launch, withPage } from "./browser.ts";
import { choose, orders, until } from "./customers.ts";

const PROD = new URL("../../../build/prod/", import.meta.url);
const ROOT = "/clv/";
/** A page of the same origin that is none of the site's: it sees the site's workers, and none serves it. */
const ELSEWHERE = "/elsewhere";
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

/** Serves the site, with some files otherwise, by their paths. */
async function serve(port: number, other: ReadonlyMap<string, string>) {
  const asked: string[] = [];
  const server = createServer(async ({ url = "/" }, response) => {
    const path = new URL(url, "http://any").pathname;
    const file = path.slice(ROOT.length) + (path.endsWith("/") ? "index.html" : "");
    asked.push(path);
    if (path === ELSEWHERE) return void response.writeHead(200, { "Content-Type": "text/html" }).end("<title>Elsewhere</title>");
    const body = other.get(file) ?? (await readFile(new URL(file, PROD)).catch(() => null));
    response.writeHead(path.startsWith(ROOT) && body !== null ? 200 : 404, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-cache" }).end(body ?? "");
  }).listen(port);
  await once(server, "listening");
  return { server, asked, port: (server.address() as AddressInfo).port };
}

async function close(server: Server) {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

/** The caches that a page's site has, by name. */
const names = (page: Page) => page.evaluate(() => caches.keys());

/** Waits until so many caches are there, filled. */
async function untilKept(page: Page, is: (names: string[]) => boolean) {
  for (let i = 0; i < 600; i++) {
    const now = await names(page);
    const whole = await page.evaluate(async () => {
      const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return all.every((requests) => requests.some(({ url }) => /\/offline-[^/]+\.json$/.test(url))); // the list is the last to be kept
    });
    if (whole && is(now)) return now;
    await page.waitForTimeout(100);
  }
  assert.fail(`kept: ${await names(page)}`);
}

/** The next version: a first page that says so, and the lists and the worker that go with it. */
async function nextVersion() {
  const [home, worker] = await Promise.all(["index.html", "sw.js"].map((file) => readFile(new URL(file, PROD), "utf8")));
  const list = /"en":"([^"]+)"/.exec(worker)?.[1] ?? "";
  const { pages, files } = JSON.parse(await readFile(new URL(list, PROD), "utf8"));
  const changed = home.replace("<main", '<main data-put="again"');
  const next = JSON.stringify({ pages: { ...pages, "": createHash("sha256").update(changed).digest("hex").slice(0, 16) }, files });
  return new Map([["index.html", changed], ["assets/immutable/offline-next.json", next], ["sw.js", worker.replace(list, "assets/immutable/offline-next.json").replace(/VERSION="\w+"/, 'VERSION="next"')]]);
}

test("visited once, the site works without a network; a new version takes the place of the old as a whole", () =>
  withPage(browser, {}, async (page) => {
    let { server, asked, port } = await serve(0, new Map());
    const base = `http://localhost:${port}${ROOT}`;
    await page.goto(`${base}?lang=en`);
    const [old] = await untilKept(page, (now) => now.length === 1);
    assert.match(old, /^hourglass \/clv\/ \w+ en$/);
    // The widget, the API and the documentation are left alone.
    assert.deepEqual(asked.filter((path) => !path.startsWith(ROOT) || /\/(widget|docs|v1|embed\/)/.test(path)), []);

    await close(server);
    await page.goto(`${base}?lang=en`);
    await answer(page).waitFor();
    await page.goto(`${base}retention/?lang=en`);
    await answer(page).waitFor();
    await page.goto(`${base}subscription?lang=en&price=200`); // leads to the page, as with a network
    assert.equal(page.url(), `${base}subscription/?lang=en&price=200`);
    await answer(page).waitFor();
    const shown = await figure(page);
    await field(page, "price").input.fill("100");
    await page.waitForFunction((before) => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector<HTMLElement>(".figure")?.innerText !== before, shown);
    assert.equal(await figure(page), "$1,391"); // the catalogue's example
    await page.goto(`${base}customers/?lang=en&kind=bgnbd`);
    await page.getByText("Choose a file").first().waitFor();
    await choose(page, orders(300, 6));
    await until(page, (s) => s.phase === "ready");

    ({ server, asked } = await serve(port, await nextVersion()));
    // Online there is the new page at once; what is kept changes beside it.
    await page.goto(`${base}?lang=en`);
    assert.equal(await page.locator("main[data-put]").count(), 1);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.update()));
    await untilKept(page, (now) => now.length === 2);
    // Once no page is open that the old one serves, it goes: when the browser comes to it, which may be after another page has asked for it.
    await page.goto(`http://localhost:${port}${ELSEWHERE}`);
    await page.waitForFunction((root) => navigator.serviceWorker.getRegistration(root).then((r) => r && !r.installing && !r.waiting), ROOT);
    await page.goto(`${base}?lang=en`);
    assert.deepEqual(await untilKept(page, (now) => now.length === 1), ["hourglass /clv/ next en"]);
    await close(server);
    await page.goto(`${base}?lang=en`);
    await answer(page).waitFor();
    assert.equal(await page.locator("main[data-put]").count(), 1);
  }));

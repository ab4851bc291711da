// A file that a tab cannot hold: each way in which it can fail ends in a sentence with the limit and the next step, and the next file is served.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page, Route } from "playwright-core";
import { BASE, DESKTOP, PHONE, axe, drawn, launch, overflow, withPage } from "./browser.ts";
import { choose, complete, onCustomers as onCustomersOf, orders, read, until } from "./customers.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const cdnow = `${root}core/orders/testdata/CDNOW_sample.txt.gz`;

const browser = await launch({ passes: true });
after(() => browser.close());

const onCustomers = (body: (page: Page) => Promise<void>, prepare: (page: Page) => Promise<unknown>) => onCustomersOf(browser, "", body, { before: prepare });

/** Before the engine's script: a device with little memory. */
const SMALL = 'Object.defineProperty(navigator, "deviceMemory", { value: 0.01 });';

/** Puts code before a worker's script. */
const beforeScript = (page: Page, script: string, code: string) =>
  page.route(`**/customers/${script}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });

/** A module whose memory ends at so many pages: its section of memories, the fifth, has one with no maximum. */
async function bounded(route: Route, pages: number) {
  const response = await route.fetch();
  const module = await response.body();
  const number = (at: number): [value: number, end: number] => { // LEB128, as in WebAssembly's binary format
    let [value, shift] = [0, 0];
    for (;; shift += 7) {
      const byte = module[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return [value, at];
    }
  };
  for (let at = 8; at < module.length; ) {
    const [length, content] = number(at + 1);
    if (module[at] === 5) {
      assert.deepEqual([module[content], module[content + 1]], [1, 0]); // one memory without a maximum
      const memory = Buffer.from([1, 1, ...module.subarray(content + 2, content + length), (pages & 127) | 128, pages >> 7]);
      return route.fulfill({ response, body: Buffer.concat([module.subarray(0, at), Buffer.from([5, memory.length]), memory, module.subarray(content + length)]) });
    }
    at = content + length;
  }
  throw new Error("no section of memories");
}

/** What the page says, and the command that it offers. */
async function failed(page: Page, says: RegExp) {
  await page.getByRole("alert").waitFor();
  await drawn(page);
  assert.match(await page.getByRole("alert").first().innerText(), says);
  return page.locator("pre.command").innerText();
}

const valued = (page: Page, customers: number) => until(page, `(s) => s.phase === "ready" && s.table?.length === ${customers} && !s.failure`);
const many = orders(30_000, 6);

/** Whoever looks at them finds pictures of a failure here, with PICTURES set. */
async function looks(page: Page, name: string) {
  for (const [how, size, colorScheme] of [["desktop", DESKTOP, "light"], ["dark", DESKTOP, "dark"], ["phone", PHONE, "light"]] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await drawn(page);
    assert.ok((await overflow(page)) <= 0, `${name} is wider than a ${how}`);
    assert.deepEqual(await axe(page, { looks: how !== "desktop" }), [], `${name} on a ${how}`);
    if (!process.env.PICTURES) continue;
    mkdirSync(process.env.PICTURES, { recursive: true });
    await page.screenshot({ path: join(process.env.PICTURES, `${name}-${how}.png`) });
  }
  await page.setViewportSize(DESKTOP);
}

test("memory that cannot grow is told of, with a command that does the same; a smaller file is served", () =>
  onCustomers(async (page) => {
    const file = join(mkdtempSync(join(tmpdir(), "hourglass-")), "our orders, 2023.csv");
    writeFileSync(file, orders(40_000, 6)); // of 30,000 the first answer takes 17 MB, by chance a little more or less
    await choose(page, file);
    const command = await failed(page, /no more memory for this tab[\s\S]*Memory ran out at 0\.0\d+ GB\. In a browser, 4 GB is the limit\./);
    await looks(page, "no-memory");
    assert.equal(command, "go build -o score ./functions/score\n./score -horizon 365 -discount 0.1 'our orders, 2023.csv' > customers.csv");
    const folder = mkdtempSync(join(tmpdir(), "hourglass-"));
    writeFileSync(join(folder, "our orders, 2023.csv"), orders(300, 5));
    const [build, run] = command.split("\n");
    execFileSync("bash", ["-c", build.replace("-o score", `-o '${folder}/score'`)], { cwd: root });
    execFileSync("bash", ["-c", run], { cwd: folder, stdio: "pipe" });
    assert.equal(readFileSync(join(folder, "customers.csv"), "utf8").trim().split("\n").length, 301);
    await choose(page, cdnow);
    await valued(page, 2357);
  }, (page) => page.route("**/customers.wasm", (route) => bounded(route, 254)))); // 17 MB: a doubling more than it begins with

test("memory that ends after the first answer leaves it, and the command is that of the best model", () =>
  onCustomers(async (page) => {
    await choose(page, orders(45_000, 6)); // of 40,000 to 50,000 the first answer takes 33 MB, and the others 65
    const command = await failed(page, /Memory ran out at 0\.0\d+ GB[\s\S]*You still see the previous results/);
    assert.doesNotMatch(command, /-model/);
    assert.equal(await read(page, (s) => s.table?.length), 45_000);
    await looks(page, "no-memory-later");
  }, (page) => page.route("**/customers.wasm", (route) => bounded(route, 508)))); // 33 MB: two doublings

test("a file that will not fit is told of before it is read, and read all the same if somebody wants it", () =>
  onCustomers(async (page) => {
    await choose(page, many);
    const command = await failed(page, /probably too large for this tab[\s\S]*about [\d,]+ rows\. They would take about 0\.0\d+ GB of memory, and this tab can use 0\.0\d+ GB at most/);
    assert.match(command, / orders\.csv > customers\.csv$/);
    await looks(page, "too-large");
    await page.getByRole("button", { name: "Read it anyway" }).click();
    await valued(page, 30_000);
    await page.getByRole("button", { name: "Another file" }).click();
    await choose(page, many); // the next one is told of again
    await failed(page, /probably too large/);
  }, (page) => beforeScript(page, "engine.js", SMALL)));

test("a failure in Arabic has its command from left to right", () =>
  withPage(browser, {}, async (page) => {
    await beforeScript(page, "engine.js", SMALL);
    await page.goto(`${BASE}ar/customers/`);
    await page.locator("hourglass-customers-import input[type=file]").first().waitFor({ state: "attached" });
    await choose(page, many);
    await failed(page, /«score»/);
    await looks(page, "too-large-ar");
    const docs = await page.locator(".command + .help a").evaluate((link: HTMLAnchorElement) => link.href);
    assert.equal((await page.request.get(docs)).status(), 200);
  }));

test("a worker that the browser ends without a word is missed while it works, and not when it has nothing to do", () =>
  onCustomers(async (page) => {
    const end = () => page.workers()[0].evaluate(() => self.close()).catch(() => {}); // it is gone before it can answer
    await choose(page, orders(9_000, 6));
    await until(page, (s) => s.phase !== "empty");
    await end();
    const command = await failed(page, /The engine stopped before it was done, most likely because the browser had no more memory/);
    assert.match(command, / orders\.csv > customers\.csv$/);
    await choose(page, cdnow);
    await complete(page);
    await end();
    await page.getByLabel("Margin").fill("40");
    await page.keyboard.press("Enter");
    await until(page, (s) => s.settings.margin === 0.4 && s.pending === null && s.failure === null);
    await valued(page, 2357);
  }, async () => {}));

test("a helper that the browser ends without a word leaves its work to the engine", () =>
  onCustomers(async (page) => {
    await choose(page, orders(11_000, 6));
    await complete(page);
    assert.equal(await read(page, (s) => s.failure), null);
  }, (page) => beforeScript(page, "engine.js", `
    Object.defineProperty(navigator, "hardwareConcurrency", { value: 2 });
    addEventListener("message", (event) => "errand" in event.data && (event.stopImmediatePropagation(), close()));`)));

test("a workbook whose reader is ended, or has no memory, is told of with what can be read instead", () =>
  onCustomers(async (page) => {
    const zip = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(2000)]);
    await choose(page, zip, "orders.xlsx");
    assert.match(await failed(page, /could not unpack this file[\s\S]*Save the orders as CSV/), / orders\.xlsx > customers\.csv$/);
    await looks(page, "unpacking");
    await choose(page, zip, "orders.xlsx");
    await failed(page, /could not unpack this file/);
    await choose(page, cdnow);
    await valued(page, 2357);
  }, (page) => beforeScript(page, "sheets.js", `
    const { postMessage } = self;
    self.postMessage = (message) => (postMessage.call(self, message), "held" in message && close());`)));

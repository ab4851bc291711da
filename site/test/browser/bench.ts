// How long the pages' own thread is busy at a stretch, in Chromium: its longest task while a file of 200,037 orders with eight more columns is
// valued, while each view of it is opened, and while a figure of the widget is typed. All stand beside a table of 400 rows that the same thread fills and lays out, so that a
// slow or a busy machine weighs on all. Of a task its thread's own time counts: what another process takes is not the page's doing.
//
//	make bench-page
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { HourglassCalculator } from "../../calculator/calculator.ts";
import { drawn, launch } from "./browser.ts";
import { choose, complete, onCustomers, orders, until } from "./customers.ts";
import { WIDGET, onHost } from "./hosts.ts";

/** What Chromium traces: of a task its thread's own time, in microseconds. */
interface Traced {
  name: string;
  pid: number;
  tid: number;
  tdur?: number; // none of a task that still ran when the trace ended
  args: { name?: string };
}

/** The longest task of the page's main thread while work is done, in milliseconds. */
async function longestTask(browser: Browser, page: Page, work: () => Promise<unknown>) {
  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await work();
  const { traceEvents }: { traceEvents: Traced[] } = JSON.parse((await browser.stopTracing()).toString("utf8"));
  const main = new Set(traceEvents.filter((e) => e.args.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`));
  const times = traceEvents.filter((e) => e.name === "RunTask" && main.has(`${e.pid} ${e.tid}`)).map((e) => (e.tdur ?? 0) / 1000);
  if (times.length === 0) throw new Error("no task was traced");
  return Math.max(...times);
}

/** Fills a table and lays it out: what the tasks are held against. */
const table = (page: Page) =>
  page.evaluate(() => {
    const rows = document.createElement("table");
    for (let i = 0; i < 400; i++) {
      const row = rows.insertRow();
      for (let j = 0; j < 8; j++) row.insertCell().textContent = String(i * j);
    }
    document.body.append(rows);
    const height = rows.offsetHeight;
    rows.remove();
    return height;
  });

/** Types twenty prices, each once the answer to the last is there. */
const type = (page: Page) =>
  page.evaluate(async () => {
    const widget = document.querySelector<HourglassCalculator>("hourglass-calculator") as HourglassCalculator;
    const input = widget.renderRoot.querySelector('hourglass-field[data-name="price"] input:not([type=range])') as HTMLInputElement;
    for (let i = 0; i < 20; i++) {
      const answered = new Promise((resolve) => widget.addEventListener("hourglass:result", resolve, { once: true }));
      input.value = String(100 + i);
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await answered;
      await widget.updateComplete;
      await new Promise(requestAnimationFrame);
    }
  });

function print(name: string, longest: number, reference: number) {
  console.log(`${name.padEnd(34)}${longest.toFixed(1).padStart(8)} ms${(longest / reference).toFixed(1).padStart(7)} x the table's ${reference.toFixed(1)} ms`);
}

/** Orders with what a shop's export has beside them. */
function wide(lines: string[]) {
  const names = ["Channel", "Country", "Discount code", "Product", "Tag", "City", "Device", "Payment"];
  return lines.map((line, i) => (i === 0 ? [line, ...names] : [line, ...names.map((name, j) => `${name} ${(i * (j + 3)) % (5 + 7 * j)}`)]).join(",")).join("\n");
}

const browser = await launch();
await onCustomers(browser, "", async (page) => {
  const file = join(mkdtempSync(join(tmpdir(), "hourglass-")), "orders.csv");
  writeFileSync(file, wide(orders(44_000, 10).toString().split("\n")));
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.prepared);
  const reference = await longestTask(browser, page, () => table(page));
  const longest = await longestTask(browser, page, async () => {
    await choose(page, file); // by its path: content would be handed over in the page itself
    await complete(page);
  });
  print("a file of 200,037 orders", longest, reference);
  for (const view of ["customers", "segments", "sources", "campaign", "model", "data", "export", "overview"]) {
    const opened = await longestTask(browser, page, async () => {
      await page.evaluate((hash) => (location.hash = hash), view);
      await page.locator(`.view[data-view="${view}"] > :defined`).first().waitFor();
      await until(page, (s) => s.progress === null && (s.view !== "sources" || s.sources));
      await drawn(page);
    });
    print(`its ${view} opened`, opened, reference);
  }
});
await onHost(browser, { body: WIDGET }, async (page) => {
  const reference = await longestTask(browser, page, () => table(page));
  print("a keystroke in the widget", await longestTask(browser, page, () => type(page)), reference);
});
await browser.close();

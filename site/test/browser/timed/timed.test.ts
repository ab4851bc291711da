// What is held against a clock runs here, one after the other, when nothing else does.
import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import type { Browser } from "playwright-core";
import type { HourglassCalculator } from "../../../calculator/calculator.ts";
import { launch } from "../browser.ts";
import { choose, complete, onCustomers, orders } from "../customers.ts";
import { WIDGET, onHost } from "../hosts.ts";

/** The longest task of the page while a file is worked on, in milliseconds. */
const LONGEST = 50;

/** What Chromium traces: of a task its thread's own time, in microseconds. */
interface Traced {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args: { name?: string };
}

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

// The thread's own time: what another process takes from it is not the page's doing.
test("the page stays free while a large file is worked on", () =>
  onCustomers(browser, "", async (page) => {
    const file = join(mkdtempSync(join(tmpdir(), "hourglass-")), "orders.csv");
    writeFileSync(file, orders(20_000, 10));
    await page.waitForFunction(() => document.querySelector("hourglass-customers")?.prepared);
    await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
    await choose(page, file); // by its path: content would be handed over in the page itself
    await complete(page);
    const { traceEvents }: { traceEvents: Traced[] } = JSON.parse((await browser.stopTracing()).toString("utf8"));
    const main = new Set(traceEvents.filter((e) => e.args.name === "CrRendererMain").map((e) => `${e.pid} ${e.tid}`));
    const tasks = traceEvents.filter((e) => e.name === "RunTask" && main.has(`${e.pid} ${e.tid}`));
    // A task that was still running when the trace ended has no duration.
    const times = tasks.map((e) => (e.tdur ?? NaN) / 1000).filter(Number.isFinite);
    assert.ok(times.length > 50 && times.length >= tasks.length - 1, `${times.length} of ${tasks.length} tasks have a duration`);
    const longest = Math.max(...times);
    assert.ok(longest <= LONGEST, `a task of ${longest} ms`);
  }));

test("a keystroke is answered within a frame", () =>
  onHost(browser, { body: WIDGET }, async (page) => {
    const times = await page.evaluate(async () => {
      const widget = document.querySelector<HourglassCalculator>("hourglass-calculator") as HourglassCalculator;
      const input = widget.renderRoot.querySelector('hourglass-field[data-name="price"] input:not([type=range])') as HTMLInputElement;
      const times = [];
      for (let i = 0; i < 20; i++) {
        const start = performance.now();
        const told = new Promise((resolve) => widget.addEventListener("hourglass:result", resolve, { once: true }));
        input.value = String(100 + i);
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await told;
        await widget.updateComplete;
        times.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
      }
      return times.sort((a, b) => a - b);
    });
    assert.ok(times[10] < 16.7, `median ${times[10]} ms`);
  }));

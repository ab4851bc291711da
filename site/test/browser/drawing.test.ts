/**
 * How a calculator is drawn for the first time: in short tasks, so that a phone listens meanwhile, and all at once for whoever cannot wait. What a task is
 * follows from the timers and idle moments by which the page divides its work, not from a clock.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { PHONE, launch, listen, onPage, withPage, BASE } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

/** What is a part by itself, by what it is found by. */
const PARTS = [".answer", "hourglass-field > *", "hourglass-chart > *", ".verdict", ".decisions", ".reference > .figures", ".reference > .working"];

/** Notes which parts of the calculator were drawn in which task. */
const watchTasks = (page: Page) =>
  page.addInitScript((parts) => {
    const tasks: string[][] = ((globalThis as { tasks?: string[][] }).tasks = [[]]);
    for (const name of ["setTimeout", "requestIdleCallback"] as const) {
      const own = globalThis[name] as (callback: (...given: unknown[]) => void, ...rest: unknown[]) => number;
      (globalThis as Record<string, unknown>)[name] = (callback: (...given: unknown[]) => void, ...rest: unknown[]) =>
        own((...given) => {
          tasks.push([]);
          callback(...given);
        }, ...rest);
    }
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      const drawn = new WeakSet<Element>();
      if (this.localName !== "hourglass-calculator") return root;
      new MutationObserver(() => {
        for (const part of parts) {
          for (const element of root.querySelectorAll(part)) {
            if (drawn.has(element)) continue;
            drawn.add(element);
            tasks.at(-1)?.push(`${part}: ${element.closest<HTMLElement>("[data-name]")?.dataset.name ?? ""}`);
          }
        }
      }).observe(root, { childList: true, subtree: true });
      return root;
    };
  }, PARTS);

/** The tasks that drew a part. */
const tasksOf = (page: Page) => page.evaluate(() => ((globalThis as { tasks?: string[][] }).tasks ?? []).filter((parts) => parts.length));

for (const path of ["", "retention/", "hourglass/", "channels/", "de/price-change/?churn_rate=0.03"]) {
  test(`no task draws two parts of /${path}`, () =>
    onPage(browser, path, async (page) => {
      const tasks = await tasksOf(page);
      assert.deepEqual(tasks.filter((parts) => parts.length > 1), []);
      const drawn = tasks.flat().map((part) => part.split(":")[0]);
      for (const part of [".answer", "hourglass-field > *", ".decisions", ".reference > .figures", ".reference > .working"]) assert(drawn.includes(part), `${part} was not seen: ${drawn}`);
    }, { viewport: PHONE, before: watchTasks }));
}

/** Whoever does this finds all that the calculator shows, in a browser that is never idle. */
const WAYS: Record<string, (page: Page) => Promise<unknown>> = {
  "goes on by Tab": (page) => page.keyboard.press("Tab"),
  "scrolls": (page) => page.mouse.wheel(0, 300),
  "prints": (page) => page.evaluate(() => dispatchEvent(new Event("beforeprint"))),
};

for (const [way, act] of Object.entries(WAYS)) {
  test(`who ${way} finds the rest of the calculator there`, () =>
    withPage(browser, { viewport: PHONE }, async (page) => {
      const complaints = listen(page);
      await page.addInitScript(() => (globalThis.requestIdleCallback = () => 0));
      await page.goto(BASE);
      const base = page.locator("[part=base]"); // the element's own, not the page's example
      await base.and(page.locator("[data-drawing]:not([hidden])")).waitFor();
      assert.equal(await base.locator(".decisions, .working").count(), 0);
      await act(page);
      await base.locator(".working").waitFor({ state: "attached" });
      await base.and(page.locator(":not([data-drawing])")).waitFor();
      assert.deepEqual(complaints, []);
    }));
}

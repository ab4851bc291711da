/** The customers page, as the tests of its parts drive it. */
import assert from "node:assert/strict";
import { BASE, type Opening, PATIENCE, listen, withPage } from "./browser.ts";
import type { Browser, Page } from "playwright-core";
import type { State } from "../../customers/state.ts";

/**
 * Runs a test on the customers page, and fails it for whatever the page complains about.
 * @param options allow these complaints
 */
export const onCustomers = (browser: Browser, path: string, body: (page: Page, requests: string[]) => Promise<void>, { allow, before, ...options }: Omit<Opening, "bare"> = {}) =>
  withPage(browser, options, async (page) => {
    const complaints = listen(page);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await before?.(page);
    await page.goto(`${BASE}customers/${path}`);
    await page.getByText("Choose a file").or(page.locator("nav [aria-current]")).first().waitFor();
    await body(page, requests);
    assert.deepEqual(complaints.filter((c) => !allow?.test(c)), []);
  });

/** What runs in the page; as text, where a figure of the test stands in it. */
type Reader<T> = ((state: State) => T) | string;

/** What the page's element says its state is, reduced by a function that runs there. */
export const read = <T>(page: Page, of: Reader<T>) => page.evaluate<T>(`(${of})(document.querySelector("hourglass-customers").state)`);

/** Waits until the page has got somewhere. */
export async function until(page: Page, is: Reader<unknown>) {
  for (const start = Date.now(); !(await read(page, is)); await page.waitForTimeout(30)) {
    if (Date.now() - start < PATIENCE) continue;
    assert.fail(`not within ${PATIENCE} ms: ${is}; ${JSON.stringify(await read(page, (s) => [s.phase, s.failure, s.progress]))}`);
  }
}

export const complete = (page: Page) =>
  until(page, (s) => s.phase === "ready" && s.pending === null && s.progress === null && s.pictures.calibration !== null);

/** Chooses a file. @param content a path, or what is in it */
export const choose = (page: Page, content: string | Buffer, name = "orders.csv") =>
  page.locator("input[type=file]").first().setInputFiles(typeof content === "string" ? content : { name, mimeType: "text/csv", buffer: content });

/** Orders of many customers. */
export function orders(customers: number, each: number) {
  const lines = ["customer,date,amount"];
  for (let k = 0; k < each; k++) {
    for (let i = 0; i < customers; i++) {
      // Some come often, some never again; the numbers are no one's, but always the same.
      if (k > 0 && (i * 2654435761) % 97 < 12 * k) continue;
      const day = new Date(Date.UTC(2023, 0, 1 + ((i * 7919 + k * (17 + (i % 61))) % 720)));
      lines.push(`C${i},${day.toISOString().slice(0, 10)},${(5 + ((i * 31 + k * 17) % 90)).toFixed(2)}`);
    }
  }
  return Buffer.from(lines.join("\n"));
}

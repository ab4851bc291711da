import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import writeXlsxFile from "write-excel-file/node";
import { PHONE, axe, launch, overflow } from "./browser.ts";
import { choose, onCustomers as onCustomersOf, read, until } from "./customers.ts";
import type { Browser, Page } from "playwright-core";

/** Cells with their types, which the compiler does not see apart. */
type Cells = Extract<Parameters<typeof writeXlsxFile>[0], unknown[][]>;

/** Real files on the page: each case of the reader, dropped; what was understood, and changed. */

const cases = fileURLToPath(new URL("../../../core/orders/testdata/cases/", import.meta.url));

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

const onCustomers = (path: string, body: Parameters<typeof onCustomersOf>[2], options?: Parameters<typeof onCustomersOf>[3]) => onCustomersOf(browser, path, body, options);

/** Customers, orders and revenue: those of core/orders/testdata/README.md. */
const CASES: Record<string, [number, number, number]> = {
  "quantity-times-price": [2, 4, 58],
  "na-is-no-customer": [2, 3, 6],
  "guests-are-customer-0": [2, 3, 80],
  "id-empty-email-filled": [1, 2, 40],
  "every-row-its-own-customer": [2, 4, 70],
  "refunded-yes-or-no": [2, 2, 110],
  "credit-note": [2, 2, 120],
  "refund-days-later": [2, 2, 70],
  "refund-row-by-status": [2, 3, 65],
  "till-transactions": [2, 3, 1080],
  "returns-by-type": [1, 2, 100],
  "statuses-of-the-world": [1, 1, 100],
  "total-including-tax": [1, 1, 50],
  "two-currencies": [2, 3, 30],
  "camel-case": [2, 3, 60],
  japanese: [2, 3, 3500],
  "title-and-total-lines": [2, 3, 60],
  "lines-in-quotes": [2, 3, 60],
};

/** Drops files on the page. */
const drop = (page: Page, files: [name: string, content: Buffer][]) =>
  page.evaluate((list) => {
    const data = new DataTransfer();
    for (const [name, text] of list) data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    for (const type of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files.map(([name, content]) => [name, content.toString("base64")]));

/** What was read of the file that the page has. */
async function figures(page: Page, name: string) {
  await until(page, `(s) => s.source?.name === ${JSON.stringify(name)} && s.report?.customers > 0 && s.phase !== "reading"`);
  return read(page, (s) => s.report && [s.report.customers, s.report.orders, s.report.spend]);
}

test("every case, dropped, is read right", () =>
  onCustomers("", async (page) => {
    for (const [name, want] of Object.entries(CASES)) {
      await drop(page, [[`${name}.csv`, readFileSync(`${cases}${name}.csv`)]]);
      assert.deepEqual(await figures(page, `${name}.csv`), want, name);
    }
  }));

test("what was understood is shown, and a tick or a choice changes it", () =>
  onCustomers("#data", async (page) => {
    const csv = ["email,date,total,net total,status"];
    for (let i = 0; i < 120; i++) csv.push(`c${i % 40}@x.example,2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")},${12 + (i % 5)},${10 + (i % 5)},${["completed", "parked", "Awaiting Payment"][i % 3]}`);
    await choose(page, Buffer.from(csv.join("\n")));
    await until(page, (s) => s.phase === "ready");
    const before = await read(page, (s) => s.report?.orders);
    assert.equal(before, 40);
    await page.getByText("4 of 5 columns are used.").waitFor();
    assert.equal(await page.locator("select[data-column='1']:visible").inputValue(), "id");
    await page.locator("[data-question=status]:visible").waitFor();
    await page.locator("[data-status=parked]:visible").check();
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 80);
    await page.locator("[data-question=amount]:visible").getByRole("button", { name: "Use net total" }).click();
    await until(page, (s) => s.phase === "ready" && s.report?.columns.amount === 4);
    await page.locator("select[data-option=keep_unpaid]:visible").selectOption("1");
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 120);
    assert.deepEqual(await axe(page), []);
  }));

test("it fits a phone", () =>
  onCustomers("#data", async (page) => {
    await drop(page, [["two-currencies.csv", readFileSync(`${cases}statuses-of-the-world.csv`)]]);
    await page.locator("[data-status='Void Order']").first().waitFor();
    assert.equal(await overflow(page), 0);
  }, { viewport: PHONE }));

test("a workbook of megabytes, JSON, an encoding of Japan, and two files at once", () =>
  onCustomers("", async (page) => {
    const rows: unknown[][] = [["Customer", "Date", "Amount", "Note"].map((value) => ({ value }))];
    for (let i = 0; i < 30_000; i++) rows.push([{ value: `customer ${(i * 7919) % 9000}` }, { value: new Date(Date.UTC(2023, 0, 1 + (i % 700))), type: Date, format: "yyyy-mm-dd" }, { value: 1 + (i % 90) }, { value: `note ${(i * 2654435761) % 1e9}` }]);
    const book = Buffer.from(await writeXlsxFile(rows as Cells).toBuffer());
    assert.ok(book.length > 700_000, `${book.length} bytes`);
    await choose(page, book, "large.xlsx");
    assert.equal((await figures(page, "large.xlsx"))?.[0], 9000);
    await drop(page, [["orders.json", Buffer.from('{"orders":[{"customer":{"email":"a@x.example"},"createdAt":"2024-01-05","total":10},{"customer":{"email":"b@x.example"},"createdAt":"2024-02-05","total":20}]}')]]);
    assert.deepEqual(await figures(page, "orders.json"), [2, 2, 30]);
    await drop(page, [["sjis.csv", Buffer.from("928d95b694d48d862c928d95b693fa2c8cda8b7196bc2c8d878c768be08a7a0a312c323032342f30312f30352c8e5293631a82bd82eb82a42c313230300a".replace("1a", ""), "hex")]]);
    assert.deepEqual(await figures(page, "sjis.csv"), [1, 1, 1200]);
    assert.equal(await read(page, (s) => s.report?.encoding), "shift_jis");
    const second = "CustomerEmail,OrderDate,TotalAmount\na@x.example,2024-03-05,30\nc@x.example,2024-04-05,40\n";
    await drop(page, [["first.csv", readFileSync(`${cases}camel-case.csv`)], ["second.csv", Buffer.from(second)]]);
    assert.deepEqual(await figures(page, "first.csv"), [3, 4, 100]);
  }));

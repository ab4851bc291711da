import assert from "node:assert/strict";
import test, { after } from "node:test";
import writeXlsxFile from "write-excel-file/node";
import { readFileSync } from "node:fs";
import { unpackedArchive } from "../../customers/archive.ts";
import { PHONE, axe, launch, overflow } from "./browser.ts";
import { CASES, caseFile } from "../cases.ts";
import { choose, onCustomers as onCustomersOf, read, until } from "./customers.ts";
import type { Page } from "playwright-core";

/** Cells with their types, which the compiler does not see apart. */
type Cells = Extract<Parameters<typeof writeXlsxFile>[0], unknown[][]>;

/** Real files on the page: each case of the reader, dropped; what was understood, and changed. */

const browser = await launch({ passes: true });
after(() => browser.close());

const onCustomers = (path: string, body: Parameters<typeof onCustomersOf>[2], options?: Parameters<typeof onCustomersOf>[3]) => onCustomersOf(browser, path, body, options);

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

/** Files that mean nothing yet: what is missing, what was seen, and the next step, by the words of the page. None shows whose it is before. */
const UNCLEAR: Record<string, [content: string, ...says: string[]]> = {
  "no customer": ["note,when,total\nSecret street 5,2024-01-05,5\nSecret street 6,2024-01-06,7\n", "Which column is the customer?", "2 of 3 columns are used", "Choose “Customer” beside that column"],
  "no date": ["email,note\nsecret@x.example,Secret street 5\n", "Which column is the date?", "1 of 2 columns are used", "Choose “Date” beside the column"],
  "no header": ["Ann Secret,ann@secret.example,Berlin\nBob Secret,bob@secret.example,Paris\n", "Which column is the customer?", "Choose “Customer” beside that column"],
  "no order": ["email,date,total,status\nsecret@x.example,2024-01-05,5,cancelled\n", "No row of this file could be read as an order", "The only row was skipped", "check the meaning of the columns"],
  "two orders of dates": ["email,date,total\nsecret@x.example,03/04/2024,5\nsecret2@x.example,05/06/2024,5\n", "Which day is 03/04/2024?", "2 rows change"],
  nothing: ["", "The file is empty", "Choose one with a row for each order"],
  "a header alone": ["email,date,total\n", "a header and no rows under it", "Export the orders themselves"],
  "a web page": ["<!DOCTYPE html><table><tr><td>secret</td></tr></table>", "a web page saved under another name", "save it as CSV or .xlsx"],
  "a PDF": ["%PDF-1.7\n%secret", "This is a PDF", "Export the orders as CSV"],
};

test("every case, dropped, is read right; and of what is not understood the page says what is missing and what to do", () =>
  onCustomers("", async (page) => {
    for (const [name, ...want] of CASES) {
      await drop(page, [[`${name}.csv`, caseFile(name)]]);
      assert.deepEqual(await figures(page, `${name}.csv`), want, name);
    }
    // Of one-week, the last one: no figure for a year, but what is missing for one.
    await page.getByText("There are too few orders, or the history is too short").first().waitFor();
    for (const [name, [content, ...says]] of Object.entries(UNCLEAR)) {
      await drop(page, [[`${name}.csv`, Buffer.from(content)]]);
      await until(page, `(s) => s.source?.name === ${JSON.stringify(`${name}.csv`)} && (s.phase === "asking" || s.phase === "failed")`);
      await page.getByText(says.at(-1) ?? "").first().waitFor();
      const text = await page.locator("hourglass-customers").evaluate(seen);
      for (const part of says) assert.ok(text.includes(part), `${name}: without “${part}” in ${text}`);
      const personal = text.toLowerCase().indexOf("secret");
      if (personal >= 0 && name !== "no order") for (const part of says) assert.ok(text.indexOf(part) < personal, `${name}: “${part}” comes after what the file says`);
    }
  }));

/** The text of an element and of those within, in their order. */
function seen(element: Element): string {
  const skip = "style, script, select, [hidden], slot";
  const parts = Array.from((element.shadowRoot ?? element).childNodes, (node) => {
    if (node instanceof Element) return node.matches(skip) ? "" : seen(node);
    return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "") : "";
  });
  return parts.join(" ").replaceAll(/\s+/g, " ");
}

test("what was understood is shown, and a tick or a choice changes it", () =>
  onCustomers("#data", async (page) => {
    const csv = ["email,date,total,net total,status"];
    for (let i = 0; i < 120; i++) csv.push(`c${i % 40}@x.example,2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")},${12 + (i % 5)},${10 + (i % 5)},${["completed", "parked", "Awaiting Payment"][i % 3]}`);
    await choose(page, Buffer.from(csv.join("\n")));
    await until(page, (s) => s.phase === "ready");
    const before = await read(page, (s) => s.report?.orders);
    assert.equal(before, 40);
    await page.getByText("4 of 5 columns are used.").waitFor();
    await page.getByRole("link", { name: "3 things to check" }).waitFor();
    assert.equal(await page.locator("select[data-column='1']:visible").inputValue(), "id");
    assert.equal(await page.locator("tr:has(select[data-column='5']) td.eg:visible").innerText(), "completed · parked");
    await page.locator("[data-question=status]:visible").waitFor();
    await page.locator("[data-status=parked]:visible").check();
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 80);
    assert.match(await page.locator("[data-question=amount] label:visible").first().innerText(), /^Use total 12 · 13 · 14$/);
    await page.locator("[data-question=amount]:visible").getByRole("radio", { name: "Use net total" }).click();
    await until(page, (s) => s.phase === "ready" && s.report?.columns.amount === 4);
    await page.locator("select[data-option=keep]:visible").selectOption("unpaid");
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 120);
    await until(page, () => location.search.includes("reading="));
    assert.deepEqual(await axe(page), []);
    // The link keeps it, for the next file too; what that one lacks is told.
    const link = new URL(page.url());
    assert.equal(link.searchParams.get("reading"), "column_amount=net%20total&as_paid=parked&keep=unpaid");
    await page.goto(link.href.replace("#", "&margin=0.5#"));
    await choose(page, Buffer.from(csv.join("\n").replace("net total", "netto")));
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 120 && s.report.missing === "net total");
    await page.getByText("This file has no column “net total”").waitFor();
    await page.locator("[data-clear]:visible").click();
    await until(page, (s) => s.phase === "ready" && s.report?.orders === 40 && s.settings.reading === "");
    // Of Shopify's export it says what its Total has in it, and offers the Subtotal; its currency stands above the link's.
    const shopify = ["Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity"];
    for (let i = 0; i < 120; i++) shopify.push(`#${1000 + i},c${i % 40}@x.example,paid,fulfilled,EUR,${20 + (i % 7)},5,2,${27 + (i % 7)},2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 27)).padStart(2, "0")} 10:00:00 +0000,1`);
    await page.goto(`${link.origin}${link.pathname}?currency=GBP#data`);
    await page.reload();
    await choose(page, Buffer.from(shopify.join("\n")));
    await page.getByText("Is Total your revenue? It includes shipping and added tax; Subtotal does not.").waitFor();
    await page.locator("[data-question=amount]:visible").getByRole("radio", { name: "Use Subtotal" }).click();
    await until(page, (s) => s.phase === "ready" && s.report?.columns.amount === 6 && s.settings.currency === "EUR");
  }));

test("a part that is missing and an order of another year are asked about, with their days", () =>
  onCustomers("#data", async (page) => {
    const csv = ["email,date,total"];
    for (let i = 0; i < 540; i++) {
      const day = new Date(Date.UTC(2023, 0, 1 + i)).toISOString().slice(0, 10);
      if (!day.startsWith("2023-09")) csv.push(`c${i % 70}@x.example,${day},${12 + (i % 5)}`);
    }
    csv.push("c7@x.example,2025-09-01,12");
    await choose(page, Buffer.from(csv.join("\n")));
    await until(page, (s) => s.phase === "ready");
    await page.getByText("From Sep 1, 2023 to Sep 30, 2023 nobody ordered. The usual number of orders in that time: about 30.").waitFor();
    await page.getByText("One order lies apart from all others: none came between Jun 23, 2024 and Sep 1, 2025.").waitFor();
    assert.equal(await page.getByText("The results already use the answers below").count(), 0, "there is nothing to choose");
    // Months side by side, and days that are only counted: each is said, with what is uncertain, and without cells that say nothing.
    const months = ["Customer,Jan 2023,Feb 2023,Mar 2023,Apr 2023,May 2023,Jun 2023,Jul 2023"];
    for (let i = 0; i < 60; i++) months.push(`Firm ${i} Ltd,${Array.from({ length: 7 }, (_, k) => ((i + k) % 3 ? "" : 20 + ((i * k) % 60))).join(",")}`);
    await drop(page, [["months.csv", Buffer.from(months.join("\n"))]]);
    await until(page, (s) => s.phase === "ready" && s.source?.name === "months.csv");
    assert.match(await page.locator("[data-question=pivot]").innerText(), /^Are the columns from Jan 2023 to Jul 2023 months, .* If you can, export the orders themselves\.$/);
    assert.equal(await read(page, (s) => s.report?.orders), 140);
    await page.getByText("8 of 8 columns are used.").waitFor(); // one is the customer, and each month is read
    const days = ["household_key,DAY,SALES_VALUE"];
    for (let i = 0; i < 900; i++) days.push(`${i % 80},${1 + ((i * 37) % 711)},${2 + (i % 50)}`);
    await drop(page, [["days.csv", Buffer.from(days.join("\n"))]]);
    await until(page, (s) => s.phase === "ready" && s.source?.name === "days.csv");
    await page.getByText("DAY counts days, weeks or months without a year, and they were counted from Jan 1, 2001.").waitFor();
  }));

test("a model file's settings of reading are applied, and said", () =>
  onCustomers("#data", async (page) => {
    const csv = ["email,date,total,status"];
    for (let i = 0; i < 400; i++) csv.push(`c${(i * 7) % 90}@x.example,${new Date(Date.UTC(2023, 0, 1 + ((i * 13) % 700))).toISOString().slice(0, 10)},${12 + (i % 5)},${i % 4 === 0 ? "parked" : "paid"}`);
    await choose(page, Buffer.from(csv.join("\n")));
    await until(page, (s) => s.phase === "ready" && s.pending === null && s.model !== null);
    const before = await read(page, (s) => s.report?.orders ?? 0);
    const model = JSON.parse(await read(page, (s) => s.model?.text ?? ""));
    assert.equal(model.reading, undefined);
    await page.goto(`${page.url().replace(/#.*/, "")}#model`);
    const load = (file: object) => page.locator("input[type=file][accept*=json]").setInputFiles({ name: "model.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
    await load({ ...model, reading: "as_paid=parked&refunds=drop" });
    await until(page, (s) => s.phase === "ready" && s.pending === null && s.model?.origin === "file" && s.reading !== "");
    const parked = await read(page, (s) => [s.report?.orders ?? 0, s.readingGiven, s.settings.reading] as const);
    assert.ok(parked[0] > before, `${parked[0]} orders, ${before} before`);
    assert.deepEqual(parked.slice(1), [true, "as_paid=parked&refunds=drop"]);
    await page.locator("[data-reading-given]:visible").waitFor();
    assert.deepEqual(await axe(page), []);
    await page.goto(`${page.url().replace(/#.*/, "")}#data`);
    await page.getByText("came with the model file").waitFor();
    // What is decided here stands above it, and the model stays.
    await page.locator("[data-status=parked]:visible").uncheck();
    await until(page, (s) => s.phase === "ready" && s.pending === null && s.model?.origin === "file" && !s.reading.includes("as_paid"));
    assert.equal(await read(page, (s) => s.report?.orders), before);
    // One that is refused takes nothing along.
    await page.goto(`${page.url().replace(/#.*/, "")}#model`);
    await load({ ...model, version: 99, reading: "as_paid=parked&keep=unpaid&date_order=day_first" });
    await until(page, (s) => s.failure?.code === "model_file" && s.phase === "ready" && s.pending === null && !s.reading.includes("day_first"));
    assert.equal(await read(page, (s) => s.report?.orders), before);
  }));

test("several files, sheets and lists are chosen among, on a phone", () =>
  onCustomers("#data", async (page) => {
    const days = (from: number, to: number, line: (i: number, day: string) => string) =>
      Array.from({ length: to - from }, (_, i) => line(from + i, new Date(Date.UTC(2023, 0, 1 + (from + i) * 3)).toISOString().slice(0, 10))).join("\n");
    const year = (from: number, to: number) => Buffer.from(`order_id,email,date,total\n${days(from, to, (i, day) => `${i},c${i % 30}@x.example,${day},10`)}\n`);
    await drop(page, [["2023.csv", year(1, 121)], ["2024.csv", year(111, 201)], ["notes.csv", Buffer.from("colour,shape\nred,round\n")]]);
    assert.deepEqual(await figures(page, "2023.csv"), [30, 200, 2000]);
    await page.getByText("10 rows are in another file too and count once").waitFor();
    await page.getByText("Not used: no IDs or addresses in common with the orders").waitFor();
    assert.equal(await overflow(page), 0);
    // The part that is shown is in view on its line, which is too narrow for all.
    assert.ok(await page.locator("hourglass-customers").evaluate((element) => {
      const [here, list] = ["nav [aria-current]", "nav ul"].map((name) => element.shadowRoot?.querySelector(name)?.getBoundingClientRect() ?? new DOMRect());
      return here.width > 0 && here.left >= list.left && here.right <= list.right;
    }));
    await page.locator("[data-table='2']:visible").uncheck();
    await page.locator("[data-table='0']:visible").uncheck();
    await until(page, (s) => s.phase === "ready" && s.pending === null && s.report?.orders === 90 && s.reading === "sheet=2");
    const order = (i: number, day: string) => JSON.stringify({ email: `c${i % 30}@x.example`, date: day, total: 5 });
    await drop(page, [["orders.json", Buffer.from(`{"data":{"orders":[${days(0, 100, order)}],"events":[${days(0, 200, (i) => `{"kind":"x","at":${i}}`)}]}}`.replaceAll("}\n", "},"))]]);
    await until(page, (s) => s.phase === "asking");
    await page.locator("select[data-option=path]:visible").selectOption("data.orders");
    assert.deepEqual(await figures(page, "orders.json"), [30, 100, 500]);
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
    const document = readFileSync(new URL("../../../functions/tables/testdata/orders.ods", import.meta.url));
    await drop(page, [["orders.ods", document]]);
    assert.deepEqual(await figures(page, "orders.ods"), [2, 3, 1294.5]);
    assert.deepEqual(await read(page, (s) => s.tables.map(({ name }) => name)), ["orders.ods/About", "orders.ods/Orders & co"]);
    // Numbers puts a sheet about the export before the others, and the table's name above its header.
    const line = (...values: unknown[]) => values.map((value) => ({ value }));
    const summary = [line("This document was exported from Numbers. Each table was converted to an Excel worksheet."), line("Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"), line("Sheet 1", "Orders", "Sheet 1 - Orders")];
    const table = [line("Orders"), line("Email", "Date", "Total"), line("a@x.example", "2024-01-05", 10), line("b@x.example", "2024-02-05", 20), line("a@x.example", "2024-03-05", 5)];
    const numbers = await writeXlsxFile([{ data: summary as Cells, sheet: "Export Summary" }, { data: table as Cells, sheet: "Sheet 1 - Orders" }]).toBuffer();
    await drop(page, [["numbers.xlsx", Buffer.from(numbers)]]);
    assert.deepEqual(await figures(page, "numbers.xlsx"), [2, 3, 35]);
    // The document itself is a packet of its own kind.
    const packet = await unpackedArchive([{ name: "Index/Document.iwa", method: 0, packed: new Uint8Array(9), size: 9 }]);
    await drop(page, [["orders.numbers", Buffer.from(await packet.arrayBuffer())]]);
    await page.getByText("This is a Numbers document").first().waitFor();
    const second = "CustomerEmail,OrderDate,TotalAmount\na@x.example,2024-03-05,30\nc@x.example,2024-04-05,40\n";
    await drop(page, [["first.csv", caseFile("camel-case")], ["second.csv", Buffer.from(second)]]);
    assert.deepEqual(await figures(page, "first.csv"), [3, 4, 100]);
  }));

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import writeXlsxFile from "write-excel-file/node";
import { BASE, DESKTOP, PATIENCE, PHONE, axe, drawn, launch, overflow } from "./browser.ts";
import { choose, complete, onCustomers as onCustomersOf, orders, read, until } from "./customers.ts";
import type { Page } from "playwright-core";
import type { State } from "../../customers/state.ts";

/** Cells with their types, which the compiler does not see apart. */
type Cells = Extract<Parameters<typeof writeXlsxFile>[0], unknown[][]>;

const root = fileURLToPath(new URL("../../../", import.meta.url));
const cdnow = `${root}core/orders/testdata/CDNOW_sample.txt.gz`;

const browser = await launch({ passes: true });
after(() => browser.close());

const onCustomers = (path: string, body: Parameters<typeof onCustomersOf>[2], options?: Parameters<typeof onCustomersOf>[3]) => onCustomersOf(browser, path, body, options);

/** The parts of the page, by the names of their links. */
const PARTS = ["Overview", "Customers", "Segments", "Model", "Data", "Export"];

/**
 * Presses Tab until something has the keyboard.
 * @param name of it, or its role
 */
async function tabTo(page: Page, name: string) {
  const seen = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(focused));
    if (seen[i].includes(name)) return;
  }
  assert.fail(`no ${name} among ${seen.map((names) => names[0])}`);
}

/** What has the keyboard, within all shadow roots: its role, and the names that it may have. */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const labels = (element as HTMLInputElement)?.labels ?? [];
  const names = [element?.textContent, element?.getAttribute("aria-label"), ...Array.from(labels, (label) => label.querySelector("span")?.textContent ?? label.textContent)];
  return [...names.map((text) => text?.trim() ?? ""), element?.getAttribute("role") ?? ""];
}

test("CDNOW's raw log, dropped, gives the published parameters (Fader, Hardie & Lee 2005)", () =>
  onCustomers("?kind=bgnbd&holdout_days=273", async (page) => {
    const bytes = readFileSync(cdnow).toString("base64");
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], "CDNOW_sample.txt.gz"));
      for (const type of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, bytes);
    await until(page, (s) => s.phase === "ready");
    const { r, alpha, a, b } = await read(page, (s) => (s.model as NonNullable<State["model"]>).file.parameters);
    for (const [got, want] of [[r, 0.243], [alpha, 4.414], [a, 0.793], [b, 2.426]]) assert.ok(Math.abs(got - want) < 0.0005, `${got} for ${want}`);
    assert.match(await page.locator(".sentence:visible").innerText(), /You have 2,357 customers\./);
  }));

test("the same customers, ranks and digits as the command score", () =>
  onCustomers("", async (page) => {
    await choose(page, cdnow);
    await complete(page);
    const shown = await read(page, (s) => {
      const { ids, columns } = s.table as NonNullable<State["table"]>;
      return Array.from(columns.rank, (rank, row) => [ids.at(row), rank, columns.clv[row], columns.clv_low[row], columns.clv_high[row], columns.p_alive[row]]);
    });
    const csv = execFileSync("go", ["run", "./functions/score", "-quiet", "-horizon", "365", "-discount", "0.1", cdnow], { cwd: root, encoding: "utf8" });
    const [head, ...lines] = csv.trim().split("\n").map((line) => line.split(","));
    const at = (name: string) => head.indexOf(name);
    const wanted = new Map(lines.map((cells) => [cells[at("id")], ["rank", "clv", "clv_lower", "clv_upper", "p_alive"].map((name) => Number(cells[at(name)]))]));
    assert.equal(shown.length, wanted.size);
    for (const [id, ...numbers] of shown) {
      const want = wanted.get(id as string) as number[];
      // 1e-8: what fits agree to between platforms (docs/architecture.md); ranks of equal values go by the file's order.
      numbers.forEach((number, i) => assert.ok(Math.abs(Number(number) - want[i]) <= 1e-8 * Math.max(1, Math.abs(want[i])), `${id}: ${numbers} for ${want}`));
    }
  }));

test("once loaded, the page needs no network and makes no request", () =>
  onCustomers("", async (page, requests) => {
    await page.waitForFunction(() => document.querySelector("hourglass-customers")?.prepared);
    await page.context().setOffline(true);
    requests.length = 0;
    await choose(page, cdnow);
    await complete(page);
    for (const part of [...PARTS].reverse()) {
      await page.locator("hourglass-customers nav").getByRole("link", { name: part, exact: true }).click();
      await page.locator(`.view[data-view="${part.toLowerCase()}"] > :defined`).first().waitFor();
    }
    await page.getByLabel("Margin").fill("40");
    await page.keyboard.press("Enter");
    await until(page, (s) => s.settings.margin === 0.4 && s.pending === null);
    // The icon is the browser's own request, made again whenever the address changes.
    assert.deepEqual(requests.filter((url) => !url.endsWith(".svg")), []);
  }, { allow: /ERR_INTERNET_DISCONNECTED/ }));

test("settings stand in the address; the file and its customers do not", () =>
  onCustomers("?horizon_days=730#model", async (page) => {
    await choose(page, cdnow);
    await until(page, (s) => s.phase === "ready");
    assert.equal(await read(page, (s) => s.settings.horizon_days), 730);
    await page.locator("hourglass-customers nav").getByRole("link", { name: "Overview" }).click();
    await page.getByLabel("Forecast period").selectOption("182");
    await until(page, (s) => s.settings.horizon_days === 182);
    assert.equal(new URL(page.url()).search, "?horizon_days=182");
    assert.match(await page.locator(".sentence:visible").innerText(), /In the 6 months after (June 30, 1998|30 June 1998), we expect/);
  }));

test("a cancel cancels, and the page goes on", () =>
  onCustomers("", async (page) => {
    await choose(page, orders(60_000, 4));
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Choose a file").waitFor();
    await page.getByRole("button", { name: "Try the sample shop" }).click();
    await until(page, (s) => s.phase === "ready" && s.table?.length === 4000);
  }));

test("Stop says what stands, has no 95% range of one model, and Continue compares the models", () =>
  onCustomers("", async (page) => {
    await choose(page, orders(20_000, 5));
    const [engine] = page.workers();
    await engine.evaluate(() => {
      const Plain = Worker;
      Object.assign(globalThis, { outcomes: 0 });
      globalThis.Worker = class extends Plain {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          this.addEventListener("message", ({ data }) => "outcome" in data && Object.assign(globalThis, { outcomes: (globalThis as { outcomes?: number }).outcomes as number + 1 }));
        }
      };
    });
    await until(page, (s) => s.phase === "ready" && s.choice === null && s.progress !== null);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped. The figures shown are valid").waitFor();
    assert.match(await page.locator(".ranges:visible").innerText(), /^The ranges hold with 80% probability/);
    assert.match(await page.locator(".says:visible").innerText(), /The forecast period ended on [A-Z0-9].*\. For a forecast from today, use a newer list\./);
    assert.match(await page.locator(".says:visible").innerText(), /Expected revenue is about \$[\d,.]+; value is that revenue, discounted\./);
    // A look at something else does not go on.
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "person", row: 3 }));
    await until(page, (s) => s.person !== null);
    assert.equal(await read(page, (s) => s.halted), true);
    await page.getByRole("button", { name: "Continue" }).click();
    await until(page, (s) => s.choice !== null && !s.halted);
    // Where there is another core, another worker had a part in it.
    const [outcomes, cores] = await engine.evaluate(() => [(globalThis as { outcomes?: number }).outcomes ?? -1, navigator.hardwareConcurrency]);
    assert.ok(cores > 1 ? outcomes > 0 : outcomes === 0, `${outcomes} outcomes on ${cores} cores`);
  }));

test("where one order is all of the money, its sentence, segments and report have no range, but why", () =>
  onCustomers("", async (page) => {
    await choose(page, Buffer.from(orders(120, 12).toString().replace(/(C7,[^,]*,)[\d.]+/, "$11000000000")));
    await complete(page);
    const why = /the data cannot tell: a few orders are most of the money\./;
    const says = await page.locator(".says:visible .sentence").innerText();
    assert.match(says, /we expect \d+ orders from them \(\d+ to [\d,]+\)\. Their value is about \$[\d,]+\. How far off that may be, the data/);
    assert.match(says, why);
    const again = page.getByText("How far off this may be, the data cannot tell: a few orders are most of the money.");
    await page.evaluate(() => { location.hash = "segments"; });
    await page.getByRole("button", { name: /^Champions/ }).click();
    await again.waitFor();
    await page.evaluate(() => { location.hash = "export"; window.print = () => {}; });
    await page.getByRole("button", { name: "Print, or save as PDF" }).click();
    await page.locator("hourglass-customers-report").and(page.locator(":has-text(\"How far off this may be\")")).waitFor({ state: "attached" });
  }));

test("a list of two days ranks customers, and says nothing of what each of them will do", () =>
  onCustomers("", async (page) => {
    const rows = Array.from({ length: 60 }, (_, i) => [0, 1].slice(i % 2).map((day) => `c${i},2024-03-0${1 + day},${20 + i}`)).flat();
    await choose(page, Buffer.from(["customer,date,amount", ...rows].join("\n")));
    await until(page, (s) => s.phase === "ready" && s.choice !== null && s.warnings !== null && s.progress === null);
    const why = page.getByText(/The history is too short for a forecast/);
    await page.evaluate(() => { location.hash = "customers"; });
    await why.first().waitFor();
    const names = await page.locator("hourglass-people-grid:visible [role=columnheader]").allInnerTexts();
    assert.deepEqual(names, ["Customer", "Rank", "Orders so far", "Spend", "Last order", "Segment"]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download/ }).first().click()]);
    assert.match(readFileSync(await download.path(), "utf8"), /^id,rank,orders,spend,last_order,segment\r\nc\d+,1,2,\d+,2024-03-02,/);
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "person", row: 0 }));
    await page.locator("hourglass-customers-person .facts").waitFor();
    assert.doesNotMatch(await page.locator("hourglass-customers-person").innerText(), /active|expected|next order/i);
    for (const view of ["segments", "campaign"]) {
      await page.evaluate((hash) => { location.hash = hash; }, view);
      await why.filter({ visible: true }).first().waitFor();
      assert.doesNotMatch(await page.locator(`hourglass-customers-${view}:visible`).innerText(), /expected|\$/i);
    }
  }));

test("a reload forgets, unless it was asked to keep; one button deletes it", () =>
  onCustomers("#data", async (page) => {
    await choose(page, cdnow);
    await until(page, (s) => s.phase === "ready");
    await page.reload();
    await page.getByText("Choose a file").waitFor();
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
    await choose(page, cdnow);
    await page.getByLabel("Keep this file in this browser").check();
    await until(page, (s) => s.stored);
    await page.reload();
    await until(page, (s) => s.phase === "ready" && s.source?.kind === "stored");
    assert.equal(await read(page, (s) => s.table?.length), 2357);
    await page.getByRole("button", { name: "Delete the kept file" }).click();
    await until(page, (s) => !s.stored);
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
  }));

test("a pasted table, and a workbook, are read like a file", () =>
  onCustomers("", async (page) => {
    const table = orders(400, 5).toString("utf8");
    await page.getByRole("button", { name: "Paste a table" }).click();
    // Pasted as a person does: filled in, a line is laid out after the other, in ten seconds.
    await page.evaluate((text) => navigator.clipboard.writeText(text), table.replaceAll(",", "\t"));
    await page.getByLabel("Rows copied from a spreadsheet").press("ControlOrMeta+V");
    await page.getByRole("button", { name: "Read the table" }).click();
    await until(page, (s) => s.phase === "ready");
    const pasted = await read(page, (s) => [s.report?.orders, s.totals?.value.value]);
    await page.getByRole("button", { name: "Another file" }).click();
    const rows = table.split("\n").map((line) => line.split(","));
    const sheet = rows.map(([id, date, amount], i) => (i === 0 ? [{ value: id }, { value: date }, { value: amount }]
      : [{ value: id }, { value: new Date(`${date}T00:00:00Z`), format: "yyyy-mm-dd" }, { value: Number(amount) }]));
    await choose(page, await writeXlsxFile(sheet as Cells).toBuffer(), "orders.xlsx");
    await until(page, (s) => s.phase === "ready");
    assert.deepEqual(await read(page, (s) => [s.report?.orders, s.totals?.value.value]), pasted);
  }, { permissions: ["clipboard-read", "clipboard-write"] }));

test("a wrong guess is corrected above its column, and dates are asked about with both readings", () =>
  onCustomers("", async (page) => {
    const lines = orders(300, 5).toString("utf8").split("\n").map((line, i) => (i ? line.replace(/(\d{4})-(\d{2})-(\d{2})/, (_, y, m, d) => `0${1 + (d % 9)}/0${1 + (m % 9)}/${y}`) : line));
    await choose(page, Buffer.from(lines.join("\n")));
    await page.getByRole("heading", { name: /^Which day is 0\d\/0\d\/202\d\?$/ }).waitFor();
    await page.getByRole("button", { name: /^Month first: [A-Z][a-z]{2} \d, 202\d$/ }).waitFor();
    await page.getByRole("button", { name: /^Day first/ }).click();
    await until(page, (s) => s.report?.date_order === "day_first" && s.phase === "ready");
    await page.locator("hourglass-customers nav").getByRole("link", { name: "Data" }).click();
    await page.getByLabel("Meaning of column amount").selectOption("Not used");
    await until(page, (s) => s.phase === "ready" && s.report?.columns.amount === 0);
    assert.equal(await read(page, (s) => s.totals?.value.value), 0);
  }));

/** The text of an element and of all within it, wherever it stands. */
function textWithin(name: string) {
  const text = (node: Node): string => {
    if (node.nodeType === 3) return node.textContent ?? "";
    const within = [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes];
    return within.map(text).join(" ");
  };
  return text(document.querySelector(name) as Node);
}

/** Waits until the page says something: its state may be ahead of what is drawn. */
async function saying(page: Page, what: RegExp) {
  let text = "";
  for (const start = Date.now(); Date.now() - start < PATIENCE; await page.waitForTimeout(30)) {
    text = await page.evaluate(textWithin, "hourglass-customers");
    if (what.test(text)) return;
  }
  assert.match(text, what);
}

const bytes = (...bytes: number[]) => Buffer.from([...bytes, ...Buffer.alloc(64)]);

const NOT_ORDERS: [string, Buffer, RegExp][] = [
  ["nothing", Buffer.alloc(0), /empty/],
  ["a header alone", Buffer.from("customer,date,amount\n"), /header and no rows/],
  ["a picture", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), /picture \(PNG\)/],
  ["a PDF", Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1"), /PDF/],
  ["a zip archive", bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0), /zip archive/],
  ["an old workbook", bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /old Excel file/],
  ["a gzip that is cut short", readFileSync(cdnow).subarray(0, 9000), /could not be read to the end/],
  ["one column of words", Buffer.from(`hello\n${"world\n".repeat(50)}`), /Which column is the customer/],
  ["dates of the future alone", Buffer.from(`customer,date,amount\n${"a,2999-01-01,5\nb,2999-02-01,6\n".repeat(20)}`), /Which column is the date/],
  ["a single customer", Buffer.from("customer,date,amount\na,2024-01-01,5\n"), /No model fits[\s\S]*Data report/],
  ["NUL bytes in every row", Buffer.from(`customer,date,amount\n${"a\0,2024-01-01,5\n".repeat(20)}`), /./],
];

test("what is no order list is said plainly, and the page goes on to the next file", (t) =>
  onCustomers("", async (page) => {
    for (const [what, content, says] of NOT_ORDERS) {
      await t.test(what, async () => {
        await choose(page, content);
        await until(page, (s) => ["failed", "asking", "ready"].includes(s.phase));
        await page.locator("h2:visible").first().waitFor();
        await saying(page, says);
        const back = page.getByRole("button", { name: "Another file" });
        if (await back.isVisible()) await back.click();
        await page.getByText("Choose a file").waitFor();
      });
    }
    await choose(page, cdnow);
    await until(page, (s) => s.phase === "ready" && s.table?.length === 2357);
  }));

test("hostile cells are text, in every language and direction", () =>
  onCustomers("", async (page) => {
    const evil = ["<script>document.title='taken'</script>", "<img src=x onerror=\"document.title='taken'\">", "=cmd|' /C calc'!A0", "\u202eevil", "زبون 🙂", "\"><b>x"];
    const quoted = evil.map((text) => `"${text.replaceAll('"', '""')}"`);
    const rows = quoted.flatMap((id) => [`${id},2024-01-05,10`, `${id},2024-03-05,20`, `${id},2024-05-05,30`]);
    await choose(page, Buffer.from(`"<b>customer</b>",date,amount\n${rows.join("\n")}\n${orders(300, 5).toString("utf8").split("\n").slice(1).join("\n")}\nbad,<i>not a date,1\n`));
    await until(page, (s) => ["ready", "asking"].includes(s.phase));
    if (await read(page, (s) => s.phase === "asking")) await page.getByLabel("Meaning of column <b>customer</b>").selectOption("Customer");
    await until(page, (s) => s.phase === "ready");
    await page.locator("hourglass-customers nav").getByRole("link", { name: "Customers", exact: true }).click();
    await page.getByRole("searchbox").or(page.locator("hourglass-customers-people input")).first().fill("script");
    await page.getByText("<script>document.title='taken'</script>").first().waitFor();
    await page.locator("hourglass-customers nav").getByRole("link", { name: "Data" }).click();
    await page.getByText("<i>not a date").first().waitFor();
    assert.notEqual(await page.title(), "taken");
  }));

// With looks alone where the document was seen whole: on a phone that of the table is another, which people.test.ts looks at.
const SEEN: [string, typeof DESKTOP, "light" | "dark", boolean][] = [["on a light desktop", DESKTOP, "light", false], ["on a dark desktop", DESKTOP, "dark", true], ["on a phone", PHONE, "light", true]];

test("nothing that axe finds wrong on a desktop, light and dark, and on a phone: before a file, when something failed, in every part, on a customer's page", () =>
  onCustomers("", async (page) => {
    const nothing = async (where: string) => {
      for (const [how, size, colorScheme, looks] of SEEN) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await drawn(page);
        assert.deepEqual(await axe(page, { looks }), [], `${where} ${how}`);
      }
      await page.setViewportSize(DESKTOP);
    };
    await nothing("before a file");
    await choose(page, Buffer.from("%PDF-1.7\n"));
    await page.getByRole("alert").waitFor();
    await nothing("when something failed");
    await page.getByRole("button", { name: "Try the sample shop" }).click();
    await complete(page);
    for (const part of PARTS) {
      await page.locator("hourglass-customers nav").getByRole("link", { name: part, exact: true }).click();
      await page.locator(`.view[data-view="${part.toLowerCase()}"] > :defined`).first().waitFor();
      await nothing(part);
    }
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "person", row: 0 }));
    await page.locator("hourglass-customers-person").waitFor();
    await nothing("a customer");
  }));

test("by keyboard alone: a file chosen, a customer found and opened, the list exported", () =>
  onCustomers("", async (page) => {
    const chooser = page.waitForEvent("filechooser");
    await tabTo(page, "Choose a file");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(cdnow);
    await complete(page);
    await tabTo(page, "Customers");
    await page.keyboard.press("Enter");
    await tabTo(page, "Find a customer");
    await page.keyboard.type("111");
    await tabTo(page, "grid");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(page, (s) => s.person !== null);
    await page.locator("hourglass-customers-person h2").waitFor();
    assert.match(await page.locator("hourglass-customers-person h2").innerText(), /111/);
    await page.keyboard.press("Escape");
    await until(page, (s) => s.person === null);
    await tabTo(page, "Export");
    await page.keyboard.press("Enter");
    await tabTo(page, "Download CSV");
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    const lines = readFileSync(await (await download).path(), "utf8").trim().split("\r\n");
    assert.equal(lines.length, 1 + 2357);
  }));

test("a file that changes on the disk is not read half old, half new", () =>
  onCustomers("#data", async (page) => {
    const file = join(mkdtempSync(join(tmpdir(), "hourglass-")), "orders.csv");
    writeFileSync(file, orders(400, 5));
    await choose(page, file);
    await complete(page);
    writeFileSync(file, "customer,date,amount\nsomeone else,2024-01-01,1\n");
    await page.getByLabel("Meaning of column amount").selectOption("Not used"); // it is read again
    await page.getByRole("alert").getByText("changed or moved while it was read. Choose it again.").waitFor();
    assert.deepEqual(await read(page, (s) => [s.phase, s.table?.length]), ["ready", 400]); // the old answer stands
    await page.getByRole("button", { name: "Another file" }).click();
    await choose(page, cdnow);
    await until(page, (s) => s.phase === "ready" && s.table?.length === 2357);
  }));

for (const [name, options] of [["a phone", { viewport: PHONE }], ["400 % zoom", { viewport: { width: 320, height: 256 } }]] as const) {
  test(`nothing is wider than ${name}`, () =>
    onCustomers("?locale=ar", async (page) => {
      assert.equal(await overflow(page), 0);
      await page.getByRole("button", { name: "Try the sample shop" }).click();
      await complete(page);
      for (const part of PARTS) {
        await page.evaluate((hash) => (location.hash = hash), part.toLowerCase());
        await page.locator(`.view[data-view="${part.toLowerCase()}"] > :defined`).first().waitFor();
        assert.ok((await overflow(page)) <= 0, part);
        const cut = await page.locator(`.view[data-view="${part.toLowerCase()}"] .wide:has(.cards)`).evaluateAll((tables) => tables.filter((t) => t.scrollWidth > t.clientWidth).length);
        assert.equal(cut, 0, `tables of ${part} that scroll`);
      }
    }, options));
}

test("without JavaScript the page says what it does, with a computed example", async () => {
  const context = await browser.newContext({ viewport: DESKTOP, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${BASE}customers/`);
  assert.match(await page.locator("main").innerText(), /needs JavaScript[\s\S]*You have 4,000 customers\. In the 12 months after [\w ,]+, we expect [\d,]+ orders/);
  assert.equal(await page.locator(".shop tbody tr").count(), 5);
  await context.close();
});

// The pane of Excel and the sidebar of Google Sheets in Chromium, on the real server. Stood in are the hosts alone: Office and Excel (the selection, a range's
// formulas, the theme), and google.script.run (the selection, the insertion); the formula that is inserted is then calculated by the add-in's own function.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { type Page, chromium } from "playwright-core";
import { base } from "./expected.ts";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
after(() => browser.close());

/** Excel as far as the pane sees it. */
const office = `
  const listeners = [];
  window.inserted = [];
  window.click = (address) => { window.selection = address; for (const one of listeners) one(); };
  window.CustomFunctions = { associate: (id, run) => ((window.functions ??= {})[id] = run), Error: class extends Error { constructor(code, message) { super(message); } }, ErrorCode: {} };
  window.Office = {
    onReady: (then) => addEventListener("load", () => then()),
    context: { displayLanguage: "«language»", partitionKey: "", officeTheme: { bodyBackgroundColor: "«theme»" }, document: { addHandlerAsync: (event, heard) => listeners.push(heard) } },
  };
  const range = (sheet, address) => ({ address: sheet + "!" + address, load() { return this; }, getCell() { return this; }, set formulas([[formula]]) { window.inserted.push([sheet + "!" + address, formula]); } });
  const sheet = (name) => ({ getRange: (address) => range(name, address) });
  window.Excel = { run: async (body) => body({
    sync: async () => {},
    workbook: { getSelectedRange: () => range(...window.selection.split("!")), worksheets: { getItem: sheet, getActiveWorksheet: () => sheet("Sheet1") } },
  }) };`;

async function excel(language: string, { theme = "#FFFFFF", width = 320 } = {}) {
  const page = await browser.newPage({ viewport: { width, height: 760 } });
  await page.route("https://appsforoffice.microsoft.com/**", (route) => route.fulfill({ contentType: "text/javascript", body: office.replace("«language»", language).replace("«theme»", theme) }));
  await page.goto(base + "/sheets/excel/functions.html");
  await page.waitForSelector("form");
  return page;
}

/** The sidebar's page as Apps Script makes it of the template. */
async function google(language: string) {
  const page = await browser.newPage({ viewport: { width: 300, height: 760 } });
  const server = base.replace(/\/$/, "");
  const body = readFileSync(new URL("google/sidebar.txt", import.meta.url), "utf8").replaceAll("<?= server ?>", server)
    .replace("<?!= JSON.stringify(language) ?>", JSON.stringify(language)).replace("<?!= JSON.stringify(server) ?>", JSON.stringify(server));
  await page.addInitScript(`
    window.inserted = []; window.selection = "Sheet1!A1";
    const made = (ok, bad) => ({
      withSuccessHandler: (one) => made(one, bad), withFailureHandler: (one) => made(ok, one),
      hourglassSelection: () => setTimeout(() => ok(window.selection), 20),
      hourglassInsert: (cell, formula) => setTimeout(() => { window.inserted.push([cell, formula]); ok(); }, 20),
    });
    window.google = { script: { run: made() } };`);
  // From Google's own address Chromium would let no page load a script of this machine: the stand-in has the server's.
  await page.route(server + "/sidebar", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(server + "/sidebar");
  await page.waitForSelector("form");
  return page;
}

const inserted = (page: Page) => page.evaluate(() => (globalThis as unknown as { inserted: string[][] }).inserted);
const click = (page: Page, address: string) => page.evaluate((one) => (globalThis as unknown as { click(address: string): void }).click(one), address);

test("Excel: choose a calculation, click cells, insert the formula", async () => {
  const page = await excel("en-US");
  assert.equal(await page.inputValue("#calculation"), "subscription");
  // What is needed is asked for, in place.
  await page.click("text=Insert the formula");
  assert.equal(await page.textContent("#input-price-said"), "Enter a figure or click a cell.");
  assert.equal(await page.textContent("#input-target-said"), "Click a cell in the sheet.");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "input-price");
  // Cells that are clicked go in, one needed input after the other.
  await page.click("[aria-label^='Click a cell: Price']");
  for (const cell of ["Sheet1!A2", "Sheet1!B2", "Sheet1!C2", "Sheet1!E2"]) {
    await click(page, cell);
    await page.waitForFunction((at) => [...document.querySelectorAll("input")].some((one) => one.value === at), cell);
  }
  await page.click(".free summary");
  await page.selectOption("#input-period", "year");
  await page.check("#warned");
  await page.click("text=Insert the formula");
  await page.waitForFunction(() => document.querySelector(".foot .status")?.textContent);
  assert.equal(await page.textContent(".foot .status"), "The formula is in Sheet1!E2.");
  assert.deepEqual(await inserted(page), [["Sheet1!E2", '=HOURGLASS.SUBSCRIPTION("clv, warnings", Sheet1!A2, Sheet1!B2, Sheet1!C2, "year")']]);
  // A cell that is an input takes no result.
  await page.fill("#input-target", "Sheet1!$a$2");
  await page.click("text=Insert the formula");
  assert.match(await page.textContent("#input-target-said") ?? "", /one of the inputs/);
  // Typed figures, with a comma or in percent too; words are refused in place.
  await page.fill("#input-target", "D9");
  await page.fill("#input-price", "99,5");
  await page.fill("#input-gross_margin", "80%");
  await page.fill("#input-churn_rate", "a lot");
  await page.click("text=Insert the formula");
  assert.equal(await page.textContent("#input-churn_rate-said"), "Enter a number or click a cell.");
  await page.fill("#input-churn_rate", "0.05");
  await page.selectOption("#input-period", "");
  await page.uncheck("#warned");
  await page.selectOption("#result", "lifetime_periods");
  await page.click("text=Insert the formula");
  await page.waitForFunction(() => (globalThis as unknown as { inserted: string[] }).inserted.length === 2);
  assert.deepEqual((await inserted(page))[1], ["Sheet1!D9", '=HOURGLASS.SUBSCRIPTION("lifetime_periods", 99.5, 0.8, 0.05)']);
  // It is a call of the add-in's own function in the same page.
  const cells = await page.evaluate(() => (globalThis as unknown as { functions: Record<string, (...given: unknown[]) => Promise<number[][]>> }).functions.SUBSCRIPTION([["lifetime_periods"]], [[99.5]], [[0.8]], [[0.05]]));
  assert.deepEqual(cells, [[20]]);
  await page.close();
});

test("Excel: the key of a private server is kept where the functions look", async () => {
  const page = await excel("de-DE");
  await page.click(".key summary");
  await page.fill("#key", " 0123456789abcdef ");
  await page.click("text=Speichern");
  assert.equal(await page.evaluate(() => localStorage.getItem("hourglass-key")), "0123456789abcdef");
  const asked = page.waitForRequest("**/v1/average?*");
  await page.evaluate(() => (globalThis as unknown as { functions: Record<string, (...given: unknown[]) => unknown> }).functions.AVERAGE([[""]], [[75]], [[3]], [[2.5]], [[0.6]]));
  assert.equal((await asked).headers().authorization, "Bearer 0123456789abcdef");
  await page.close();
});

test("Excel: in the host's language and theme, without overflow", async () => {
  for (const [language, dir, title] of [["de-DE", "ltr", "Formel einfügen"], ["ar-SA", "rtl", "إدراج الصيغة"], ["ja-JP", "ltr", "数式を挿入"], ["pt-PT", "ltr", "Inserir a fórmula"], ["zz-ZZ", "ltr", "Insert the formula"]]) {
    const page = await excel(language, { theme: language === "de-DE" ? "#1F1F1F" : "#FFFFFF" });
    assert.equal(await page.textContent(".main"), title);
    assert.equal(await page.getAttribute("html", "dir"), dir);
    assert.equal(await page.getAttribute("html", "data-theme"), language === "de-DE" ? "dark" : "light");
    for (const id of await page.$$eval("#calculation option", (options) => options.map((one) => (one as HTMLOptionElement).value))) {
      await page.selectOption("#calculation", id);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${language}: ${id}`);
    }
    await page.close();
  }
});

test("Excel: the pane speaks each language that the site does", async () => {
  const languages: { code: string; dir: string }[] = JSON.parse(readFileSync(new URL("../../site/languages.json", import.meta.url), "utf8"));
  for (const { code, dir } of languages) {
    const page = await excel(code);
    assert.equal(await page.getAttribute("html", "lang"), code);
    assert.equal(await page.getAttribute("html", "dir"), dir);
    await page.close();
  }
});

test("Google: the sidebar asks for the selection while it waits for one, and inserts", async () => {
  const page = await google("en");
  await page.click("[aria-label^='Click a cell: Price']");
  for (const cell of ["Sheet1!B2", "Sheet1!C2", "'My data'!D2", "Sheet1!F2"]) {
    await page.waitForTimeout(100);
    await page.evaluate((one) => ((globalThis as unknown as { selection: string }).selection = one), cell);
    await page.waitForFunction((at) => [...document.querySelectorAll("input")].some((one) => one.value === at), cell);
  }
  await page.click("text=Insert the formula");
  await page.waitForFunction(() => document.querySelector(".foot .status")?.textContent);
  assert.deepEqual(await inserted(page), [["Sheet1!F2", "=HOURGLASS_SUBSCRIPTION(\"clv\", Sheet1!B2, Sheet1!C2, 'My data'!D2)"]]);
  await page.close();
});

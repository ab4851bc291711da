// A table input: typed as in a sheet, pasted from one, kept in the link, on page and widget.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { Page } from "playwright-core";
import { PHONE, answer, axe, figure, launch, onPage, overflow } from "./browser.ts";
import { onHost } from "./hosts.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const cell = (page: Page, row: number, column: string) => page.locator(`hourglass-table input[data-row="${row}"][data-column="${column}"]`);
const rows = (page: Page) => page.locator("hourglass-table tbody tr:not(.row-problems)");
const message = (page: Page) => page.locator("hourglass-table .pasted");
/** The cell that has the focus. */
const focused = (page: Page) => page.locator("hourglass-table input:focus").evaluate((input: HTMLInputElement) => `${input.dataset.row} ${input.dataset.column}`);

/** Pastes a text where the focus is, as the browser does: what is not taken goes into the field. */
const paste = (page: Page, text: string) =>
  page.locator("hourglass-table input:focus").evaluate((input: HTMLInputElement, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    return input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  }, text);

const SHEET = "Channel\tSpend\tNew customers\tMargin\tChurn rate\tNotes\nSearch\t$1,000\t10\t20\t5%\tsince May\nShops\t$3.000,00\t20\t30\t10%\t\nAll\t4,000\t30\t\t\t\n";

test("a paste from a sheet fills from the cell on, says what was taken and what not, and can be undone", () =>
  onPage(browser, "channels/", async (page) => {
    const before = await figure(page);
    await cell(page, 0, "name").focus();
    assert.equal(await paste(page, SHEET), false, "taken from the browser");
    await page.getByText("2 rows were filled in: Channel, Spend, New customers, Margin per customer, and Churn rate.").waitFor();
    assert.match(await message(page).innerText(), /This column was left out: Notes\.\s+The last row was left out: it is the sum of the others\./);
    assert.equal(await cell(page, 0, "name").inputValue(), "Search");
    assert.equal(await cell(page, 1, "spend").inputValue(), "3,000");
    assert.equal(await cell(page, 1, "churn_rate").inputValue(), "10");
    assert.equal(await cell(page, 2, "name").inputValue(), "Google Ads", "rows below stay");
    assert.notEqual(await figure(page), before);
    assert.match(decodeURIComponent(page.url().replaceAll("+", " ")), /channels=\[\{"name":"Search","spend":1000,"new_customers":10,"margin":20,"churn_rate":0\.05\}/);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await figure(page), before);
    assert.equal(await cell(page, 0, "name").inputValue(), "Referral");
    // One cell goes into the field, as anywhere.
    await cell(page, 0, "spend").focus();
    assert.equal(await paste(page, "2,000"), true);
  }));

test("the box takes the place of all rows; without rows it says so", () =>
  onPage(browser, "channels/", async (page) => {
    await page.getByRole("button", { name: "Paste from a spreadsheet" }).click();
    const box = page.getByLabel("Paste your rows here");
    await box.fill("no figures here");
    await page.getByRole("button", { name: "Fill in" }).click();
    await page.getByText("No row was found.").waitFor();
    assert.equal(await rows(page).count(), 6);
    await box.fill("A;100;2;20;0,5\nB;x;4;10;0,9");
    await page.getByRole("button", { name: "Fill in" }).click();
    await page.getByText("1 cell is not a number. It is marked.").waitFor();
    assert.equal(await rows(page).count(), 2);
    assert.equal(await cell(page, 1, "spend").getAttribute("aria-invalid"), "true");
    assert.match(await page.locator("hourglass-table .row-problems").innerText(), /^Spend is not a number/);
    await cell(page, 1, "spend").fill("300");
    assert.equal(await page.locator("hourglass-table .row-problems").count(), 0);
    await page.getByText("This is the result of your last complete figures").waitFor({ state: "hidden" });
  }));

test("Enter goes down and adds a row, arrows and Tab go aside, and a row's problems wait until it is left", () =>
  onPage(browser, "channels/", async (page) => {
    await cell(page, 4, "spend").focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "5 spend");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(page), "5 new_customers");
    await page.keyboard.press("Shift+Enter");
    assert.equal(await focused(page), "4 new_customers");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "5 margin");
    await cell(page, 5, "name").focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "6 name");
    assert.equal(await rows(page).count(), 7);
    await page.keyboard.type("Fairs");
    assert.ok(!page.url().includes("Fairs"), "a name alone is no channel yet");
    await page.keyboard.press("Tab");
    await page.keyboard.type("500");
    assert.deepEqual(await page.locator("hourglass-table .row-problems").allInnerTexts(), [], "the row is still being typed");
    await cell(page, 0, "spend").focus();
    assert.match(await page.locator("hourglass-table .row-problems").innerText(), /New customers is missing.*Margin per customer is missing/s);
    await cell(page, 6, "new_customers").fill("5");
    await cell(page, 6, "margin").fill("9");
    await cell(page, 6, "churn_rate").fill("150");
    await cell(page, 0, "spend").focus();
    assert.match(await page.locator("hourglass-table .row-problems").innerText(), /Churn rate must be at most 100%/);
    await page.getByRole("button", { name: "Remove Fairs" }).click();
    assert.equal(await rows(page).count(), 6);
    assert.equal(await page.locator("hourglass-table .row-problems").count(), 0);
  }));

test("a link holds the table, names included; a column that may be left out comes when it is asked for", () =>
  onPage(browser, "channels/", async (page) => {
    await page.getByRole("button", { name: "Add column: CLV, if known" }).click();
    assert.equal(await focused(page), "0 clv");
    await page.keyboard.type("500");
    await cell(page, 0, "name").fill("Friends & <family>");
    const shown = await figure(page);
    await page.goto(page.url());
    await answer(page).filter({ hasText: shown }).waitFor();
    assert.equal(await cell(page, 0, "name").inputValue(), "Friends & <family>");
    assert.equal(await cell(page, 0, "clv").inputValue(), "500");
    assert.match(await page.locator(".channels .finding").innerText(), /Friends & <family>/);
    assert.equal(await page.locator(".channels tbody tr").count(), 6);
  }));

test("on a phone a row is a line and one opens; right to left, dark and in forced colours axe finds nothing", async (t) => {
  const phone = { viewport: PHONE, hasTouch: true, isMobile: true };
  await t.test("phone", () => onPage(browser, "channels/", async (page) => {
    assert.equal(await cell(page, 2, "spend").isVisible(), false);
    await page.getByRole("button", { name: "Edit Google Ads" }).click();
    assert.equal(await cell(page, 2, "spend").isVisible(), true);
    await cell(page, 2, "spend").fill("x");
    await page.getByRole("button", { name: "Close Google Ads" }).click();
    assert.match(await page.locator("hourglass-table .row-problems").innerText(), /Spend is not a number/);
    assert.deepEqual(await axe(page), []);
    assert.equal(await overflow(page), 0);
  }, phone));
  for (const [name, path, options] of [["Arabic", "ar/channels/", {}], ["dark", "channels/", { colorScheme: "dark" }], ["forced", "channels/", { forcedColors: "active" }], ["Arabic phone", "ar/channels/?theme=dark", phone]] as const) {
    await t.test(name, () => onPage(browser, path, async (page) => {
      assert.deepEqual(await axe(page), []);
      assert.equal(await overflow(page), 0);
    }, options));
  }
});

test("right to left the arrow to the left goes to the next column", () =>
  onPage(browser, "ar/channels/", async (page) => {
    await cell(page, 0, "spend").focus();
    await cell(page, 0, "spend").selectText();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(page), "0 new_customers");
  }));

test("the widget has the table in a page that is not ours", () =>
  onHost(browser, { body: `<hourglass-calculator kind="channels" lang="en" size="full"></hourglass-calculator>` }, async (page) => {
    await cell(page, 0, "spend").waitFor();
    await cell(page, 0, "name").focus();
    assert.equal(await paste(page, SHEET), false);
    await page.getByText("2 rows were filled in").waitFor();
    assert.equal(await page.locator(".channels tbody tr").count(), 6);
    const told = await page.locator("hourglass-calculator").evaluate((e) => JSON.stringify((e as unknown as { input: unknown }).input)); // the element's own property
    assert.ok(told.includes('"name":"Search"'), told);
  }));

test("the widget answers what a click may cost", () =>
  onHost(browser, { body: `<hourglass-calculator kind="ad-budget" lang="en" size="full" values="order_value=80&amp;gross_margin=0.45&amp;click_conversion=0.025&amp;repeat_orders=0&amp;profit_share=0"></hourglass-calculator>` }, async (page) => {
    const answered = () => page.locator("hourglass-calculator").evaluate((e) => (e as unknown as { result: Record<string, number> | null }).result?.max_cpa); // the element's own property
    await page.locator("hourglass-calculator input").first().waitFor();
    await page.waitForFunction(() => document.querySelector("hourglass-calculator")?.shadowRoot?.querySelector(".figure")?.textContent?.includes("36"));
    assert.ok(Math.abs((await answered() ?? 0) - 36) < 1e-9, "45% of 80");
  }));

test("locked, the widget's table can be read and not changed", () =>
  onHost(browser, { body: `<hourglass-calculator kind="channels" lang="en" size="full" lock="channels"></hourglass-calculator>` }, async (page) => {
    await cell(page, 0, "spend").waitFor();
    assert.equal(await cell(page, 0, "spend").isEditable(), false);
    await cell(page, 0, "name").focus();
    assert.equal(await paste(page, SHEET), true);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "1 name");
    assert.equal(await page.getByRole("button", { name: /^(Add|Remove|Paste)/ }).count(), 0);
  }));

test("a pasted cohort table becomes a base by tenure, and can be undone", () =>
  onPage(browser, "customer-equity/", async (page) => {
    const before = await figure(page);
    await cell(page, 0, "name").focus();
    assert.equal(await paste(page, "Cohort\t0\t1\t2\t3\nJan\t1000\t700\t550\t480\nFeb\t900\t640\t500\nMar\t800\t600"), false);
    await page.getByText("3 cohorts were added up by tenure.").waitFor();
    assert.equal(await rows(page).count(), 4);
    // Of the first tenure 1,000 + 900 + 800 were tracked, of whom 300 + 260 + 200 left; each cohort is now where its row ends.
    assert.deepEqual(await Promise.all(["customers", "at_risk", "lost"].map((name) => cell(page, 0, name).inputValue())), ["0", "2,700", "760"]);
    assert.deepEqual(await Promise.all(["customers", "at_risk", "lost"].map((name) => cell(page, 1, name).inputValue())), ["600", "1,340", "290"]);
    assert.notEqual(await figure(page), before);
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await figure(page), before);
    await cell(page, 0, "name").focus();
    await paste(page, "100%\t80%\t65%\t53%\n100%\t80%\t65%");
    await page.getByText("This cohort table holds shares.").waitFor();
    assert.equal(await figure(page), before);
  }));

const BY_DAY = "Day\tD1\tD7\tD14\tD30\nRetention\t42%\t20%\t14%\t9%\n";
const column = (page: Page, name: string) => page.locator(`hourglass-table input[data-column="${name}"]`).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)); // cells are inputs

test("retention by day is a table of two lists: present links fill it, and a paste across does", () =>
  onPage(browser, "app/?days=1,7,28&retained=0.45,0.25,0.1&arpdau=0.1", async (page) => {
    await cell(page, 2, "days").waitFor();
    assert.deepEqual([await column(page, "days"), await column(page, "retained")], [["1", "7", "28"], ["45", "25", "10"]]);
    assert.equal(await page.locator("textarea").count(), 0);
    await cell(page, 0, "days").focus();
    assert.equal(await paste(page, BY_DAY), false);
    await page.getByText("4 rows were filled in").waitFor();
    assert.deepEqual([await column(page, "days"), await column(page, "retained")], [["1", "7", "14", "30"], ["42", "20", "14", "9"]]);
    assert.match(decodeURIComponent(page.url()), /days=1,7,14,30&retained=0\.42,0\.2,0\.14,0\.09/);
    // What is missing or is no figure stands at its cell, and goes through the address.
    await cell(page, 1, "retained").fill("many");
    await cell(page, 2, "days").fill("");
    await cell(page, 0, "days").focus();
    await page.getByText(/Retention on these days is not a number/).waitFor();
    await page.reload();
    await cell(page, 3, "days").waitFor();
    assert.deepEqual(await column(page, "days"), ["1", "7", "", "30"]);
    await cell(page, 1, "retained").fill("20");
    await page.locator("hourglass-table .row-problems").filter({ hasText: "Days after installation" }).waitFor();
    await page.getByRole("button", { name: "Remove Row 3" }).click();
    assert.deepEqual(await column(page, "days"), ["1", "7", "30"]);
    await page.setViewportSize(PHONE);
    assert.ok(await cell(page, 0, "retained").isVisible(), "two columns fit a phone");
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axe(page), []);
  }));

test("with a curve for each cohort, a pasted cohort table keeps its cohorts", () =>
  onPage(browser, "customer-equity/?cohort_curves=by_cohort", async (page) => {
    await page.getByText("The rows do not say which cohort they are").first().waitFor();
    await cell(page, 0, "name").focus();
    assert.equal(await paste(page, "Cohort\t0\t1\t2\t3\t4\nJan\t1000\t700\t550\t480\t440\nFeb\t900\t640\t500\t430\nMar\t800\t600"), false);
    await page.getByText("3 cohorts were filled in, with a row per tenure.").waitFor();
    assert.equal(await rows(page).count(), 11);
    assert.deepEqual(await Promise.all(["cohort", "at_risk", "lost"].map((name) => cell(page, 5, name).inputValue())), ["2", "900", "260"]);
    await page.getByText("Cohorts that follow the curve of all cohorts: 1.").first().waitFor();
    assert.deepEqual(await page.locator(".tiers td.cohort_curve").allInnerTexts(), [...Array(9).fill("Each cohort"), ...Array(2).fill("All cohorts together")]);
  }));

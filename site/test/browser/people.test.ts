// The table of customers and one customer's page, in a real Chromium: by keyboard alone, with ids that mean harm, and with
// 200,000 customers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { DESKTOP, PHONE, WORK, axe, drawn, launch, onPage, overflow, settled, sharing } from "./browser.ts";
import type { Page } from "playwright-core";
import type { Table } from "../../customers/state.ts";
import type { HourglassPeopleGrid } from "../../customers/views/people-grid.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Reads the sample shop, or a file, and shows its customers. */
async function open(page: Page, csv?: string) {
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.session);
  await page.evaluate((csv) => {
    const session = document.querySelector("hourglass-customers")?.session;
    session?.ask(csv ? { what: "open", file: new Blob([csv]), name: "orders.csv", kind: "file" } : { what: "sample" });
    session?.ask({ what: "view", view: "customers" });
  }, csv);
  await lines(page).first().waitFor({ timeout: WORK });
  // The numbers change once all models were compared: what is tested is the table, not that.
  await settled(page);
}

const onTable = (name: string, body: (page: Page) => Promise<void>, { csv, ...options }: Parameters<typeof onPage>[3] & { csv?: string } = {}) =>
  test(name, () => onPage(browser, "customers/", async (page) => (await open(page, csv), body(page)), { bare: true, ...options }));

/** On the sample shop, valued once for all tests that show it: each begins with the whole table from its start. */
const onShop = (name: string, body: (page: Page) => Promise<void>) =>
  test(name, () => onOneShop(async (page) => {
    await page.evaluate(async () => {
      const page = document.querySelector("hourglass-customers");
      const people = page?.shadowRoot?.querySelector("hourglass-customers-people");
      const grid = people?.shadowRoot?.querySelector<HourglassPeopleGrid>("hourglass-people-grid");
      if (!page?.session || !people || !grid) throw new Error("no table of customers");
      page.session.ask({ what: "person", row: null });
      page.session.ask({ what: "settings", settings: { show: "" } });
      people.text = "";
      people.sort = { column: "rank", descending: false };
      await people.updateComplete;
      grid.active = { row: 0, column: 0 };
      grid.toStart();
    });
    await page.setViewportSize(DESKTOP);
    await page.getByText("4,000 customers", { exact: true }).waitFor();
    await settled(page);
    await drawn(page);
    await body(page);
  }));
const onOneShop = sharing(browser, "customers/", (page) => open(page));

const grid = (page: Page) => page.getByRole("grid");
/** The rows that are drawn. */
const lines = (page: Page) => page.locator("hourglass-people-grid .all .line");
const status = (page: Page) => page.locator("hourglass-customers-people .summary [role=status]").innerText();
/** What a column says in the rows that are drawn. */
const column = (page: Page, name: string) => lines(page).locator(`.cell.${name}`).allInnerTexts();
/** The cell that has the keyboard, as a screen reader is told. */
async function active(page: Page) {
  const id = await grid(page).getAttribute("aria-activedescendant");
  const cell = page.locator(`hourglass-people-grid [id="${id}"]`);
  const row = await cell.evaluate((c) => Number(c.closest("[role=row]")?.getAttribute("aria-rowindex")));
  const inView = await cell.evaluate((c) => {
    const [cell, grid] = [c, c.closest(".grid") as Element].map((e) => e.getBoundingClientRect());
    return cell.top >= grid.top - 1 && cell.bottom <= grid.bottom + 1 && cell.left >= grid.left - 1 && cell.right <= grid.right + 1;
  });
  return { row, column: Number(await cell.getAttribute("aria-colindex")), inView };
}
/** Amounts and counts as numbers. */
const numbers = (texts: string[]) => texts.map((t) => Number(t.split("\n")[0].replace(/[^\d.]/g, "")));

onShop("printed, the table is the rows that are drawn, on a page, and a campaign has the whole width", async (page) => {
  // An A4 sheet: all 4,000 rows took 138.
  const pages = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
  assert.ok(pages(await page.pdf({ format: "A4" })) <= 2);
  await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "view", view: "campaign" }));
  await page.locator("hourglass-customers-campaign .answer").waitFor();
  await page.emulateMedia({ media: "print" });
  const widths = await page.locator("hourglass-customers-campaign").evaluate((view) => [view, view.shadowRoot?.querySelector(".answer")].map((e) => e?.clientWidth));
  assert.equal(widths[1], widths[0]);
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "view", view: "customers" }));
  await lines(page).first().waitFor();
});

onShop("all customers are in the grid, few in the document", async (page) => {
  assert.equal(await grid(page).getAttribute("aria-rowcount"), "4001");
  assert.ok((await lines(page).count()) < 60);
  assert.match(await status(page), /^4,000 customers, total value \$[\d,]+$/);
  assert.deepEqual(numbers(await column(page, "rank")).slice(0, 5), [1, 2, 3, 4, 5]);
  await grid(page).evaluate((g) => (g.scrollTop = g.scrollHeight));
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.shadowRoot?.querySelector("hourglass-customers-people")
    ?.shadowRoot?.querySelector("hourglass-people-grid")?.shadowRoot?.querySelector('[aria-rowindex="4001"]'));
  assert.ok((await lines(page).count()) < 60);
});

onShop("any column sorts, one way and the other, and says so", async (page) => {
  for (const [name, cell] of [["Value", "clv"], ["Orders so far", "orders"], ["Spend", "spend"]] as const) {
    const heading = page.getByRole("columnheader", { name, exact: true });
    await heading.click();
    assert.equal(await heading.getAttribute("aria-sort"), "descending");
    const fallen = numbers(await column(page, cell));
    assert.deepEqual(fallen, [...fallen].sort((a, b) => b - a), name);
    await heading.click();
    assert.equal(await heading.getAttribute("aria-sort"), "ascending");
    const risen = numbers(await column(page, cell));
    assert.deepEqual(risen, [...risen].sort((a, b) => a - b), name);
  }
  assert.equal(await page.locator("[aria-sort]:not([aria-sort=none])").count(), 1);
  await page.getByRole("columnheader", { name: "Customer", exact: true }).click();
  assert.deepEqual((await column(page, "id")).slice(0, 3).map(Number), [1, 2, 3]);
});

onShop("the keyboard goes everywhere, opens a customer and comes back to them", async (page) => {
  await grid(page).focus();
  assert.deepEqual(await active(page), { row: 2, column: 1, inView: true });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await active(page), { row: 3, column: 2, inView: true });
  await page.keyboard.press("End");
  assert.deepEqual(await active(page), { row: 3, column: 10, inView: true });
  await page.keyboard.press("Home");
  await page.keyboard.press("PageDown");
  const paged = await active(page);
  assert.ok(paged.row > 8 && paged.column === 1 && paged.inView, JSON.stringify(paged));
  await page.keyboard.press("Control+End");
  assert.deepEqual(await active(page), { row: 4001, column: 10, inView: true });
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowUp");
  assert.deepEqual(await active(page), { row: 1, column: 1, inView: true });
  await page.keyboard.press("Enter"); // sorts by the customers' ids
  assert.equal(await page.getByRole("columnheader", { name: "Customer", exact: true }).getAttribute("aria-sort"), "ascending");
  for (let i = 0; i < 31; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const title = page.locator("hourglass-customers-person h2");
  await title.waitFor();
  assert.equal(await title.innerText(), "31");
  assert.match(await page.locator(".place").innerText(), /^31 of 4,000$/);
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await page.waitForFunction(() => location.hash === "#customers");
  await page.locator("hourglass-customers-person h2", { hasText: /^32$/ }).waitFor();
  await page.keyboard.press("Escape");
  await title.waitFor({ state: "detached" });
  assert.ok(await grid(page).evaluate((g) => g.matches(":focus")));
  assert.deepEqual(await active(page), { row: 33, column: 1, inView: true });
});

onShop("search, segment and ranges leave those whom they say, with their sum", async (page) => {
  await page.getByRole("searchbox").fill("12");
  assert.match(await status(page), /^\d+ of 4,000 customers, total value/);
  assert.ok((await column(page, "id")).every((id) => id.includes("12")));
  await page.getByRole("combobox", { name: "Segment" }).selectOption({ label: "At-risk champions" });
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.state.settings.show === "segment=slipping_champion");
  assert.ok((await column(page, "segment")).every((s) => s === "At-risk champions"));
  await page.getByRole("button", { name: "Show all customers" }).click();
  await page.getByText("4,000 customers", { exact: true }).waitFor();
  await page.locator("summary", { hasText: "Filters" }).click();
  await page.getByLabel("Probability of being active, %: from").fill("50");
  await page.getByLabel("Probability of being active, %: to").fill("60");
  await page.getByLabel("Orders: from").fill("3");
  await page.keyboard.press("Tab");
  assert.match(await page.locator("summary", { hasText: "Filters" }).innerText(), /3 on/);
  assert.ok(numbers(await column(page, "p_alive")).every((p) => p >= 50 && p <= 60));
  assert.ok(numbers(await column(page, "orders")).every((n) => n >= 3));
  const shown = Number((await grid(page).getAttribute("aria-rowcount"))) - 1;
  const counted = await page.evaluate(() => {
    const table = document.querySelector("hourglass-customers")?.state.table as Table;
    const c = table.columns;
    let [n, worth] = [0, 0];
    c.p_alive.forEach((p, i) => {
      if (p >= 0.5 && p <= 0.6 && c.orders[i] >= 3) [n, worth] = [n + 1, worth + c.clv[i]];
    });
    return { n, worth: Math.round(worth) };
  });
  assert.equal(shown, counted.n);
  assert.equal(numbers([(await status(page)).split("total value")[1]])[0], counted.worth);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("details[open]").count(), 0);
  await page.getByRole("searchbox").fill("nobody");
  await page.getByText("No customer matches").waitFor();
});

/** Ids that mean harm to a page, a layout or a spreadsheet. */
const HARMFUL = [
  "<script>window.harmed=1</script>", "<img src=x onerror=window.harmed=1>", "=cmd|' /C calc'!A0", "\u202egnp.exe", "👩‍👩‍👧 Zoë", "x".repeat(255), "\u200b\u2800", "عميل رقم ٧",
  "W".repeat(60), "$" + "{1}", "__proto__",
];

/** An order list in which harmful ids order most. */
function harmful() {
  const lines = ["customer,date,amount"];
  const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
  HARMFUL.forEach((id, k) => {
    for (let i = 0; i < 20; i++) lines.push(`"${id}",${day(i * 25 + k)},${200 + 9 * k}`);
  });
  for (let i = 0; i < 600; i++) {
    for (let k = 0; k <= i % 4; k++) lines.push(`${i + 1},${day((i * 7 + k * 61) % 500)},${10 + (i % 13)}`);
  }
  return lines.join("\n");
}

onTable("ids that mean harm are text, in the table, on their page and in the file", async (page) => {
  await page.getByRole("columnheader", { name: "Orders so far" }).click();
  const shown = await page.locator("hourglass-people-grid .cell.id bdi").allTextContents();
  for (const id of HARMFUL.filter((id) => id !== "\u200b\u2800")) assert.ok(shown.includes(id), id.slice(0, 40));
  assert.ok((await page.locator("hourglass-people-grid .cell.id").allInnerTexts()).includes("(no name)"));
  const heights = await lines(page).evaluateAll((list) => list.map((l) => l.getBoundingClientRect().height));
  assert.equal(new Set(heights).size, 1);
  assert.equal(await overflow(page), 0);
  await page.getByText("x".repeat(255)).click();
  await page.locator("hourglass-customers-person h2").waitFor();
  assert.equal(await overflow(page), 0);
  assert.equal((await page.locator("hourglass-customers-person h2").innerText()).length, 255);
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download these 611 customers/ }).click()]);
  const file = readFileSync(await download.path() as string, "utf8");
  assert.match(file, /^id,rank,clv,clv_lower,clv_upper,p_alive,expected_orders,next_order_days,next_order,orders,spend,last_order,segment\r\n/);
  assert.ok(file.includes("'=cmd|"));
  assert.ok(!/(^|,|")=/m.test(file));
  assert.equal(await page.evaluate(() => (window as Window & { harmed?: unknown }).harmed), undefined);
}, { csv: harmful() });

onShop("the file has the customers who are shown, in their order", async (page) => {
  await page.getByRole("searchbox").fill("77");
  await page.getByRole("columnheader", { name: "Spend" }).click();
  const ids = await column(page, "id");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download these/ }).click()]);
  const rows = readFileSync(await download.path() as string, "utf8").trimEnd().split("\r\n").slice(1);
  assert.equal(rows.length, Number(await grid(page).getAttribute("aria-rowcount")) - 1);
  assert.deepEqual(rows.slice(0, ids.length).map((r) => r.split(",")[0]), ids);
});

/** The last: whether its document was seen whole before. */
const SEEN: [string, typeof DESKTOP, "light" | "dark", boolean][] = [["on a screen", DESKTOP, "light", false], ["on a phone", PHONE, "light", false], ["in the dark", DESKTOP, "dark", true]];

onShop("axe finds nothing on a screen, on a phone and in the dark, and nothing is wider than the screen", async (page) => {
  const nothing = async (what: string) => {
    for (const [where, size, colorScheme, looks] of SEEN) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await drawn(page);
      assert.deepEqual(await axe(page, { looks }), [], `${what} ${where}`);
      assert.equal(await overflow(page), 0, `${what} ${where}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(DESKTOP);
    await drawn(page);
  };
  await nothing("the table");
  await page.locator("summary", { hasText: "Filters" }).click();
  await nothing("the filters");
  await page.keyboard.press("Escape");
  await lines(page).nth(1).click();
  await page.locator("hourglass-customers-person details summary").click();
  await nothing("a customer");
});

onShop("a phone shows three columns and sorts by any", async (page) => {
  await page.setViewportSize(PHONE);
  await page.getByLabel("Sort by").waitFor();
  assert.equal(await page.getByRole("columnheader").count(), 3);
  await page.getByLabel("Sort by").selectOption({ label: "Spend, highest first" });
  const best = await page.evaluate(() => {
    const table = document.querySelector("hourglass-customers")?.state.table as Table;
    return table.ids.at(table.columns.spend.indexOf(Math.max(...table.columns.spend)));
  });
  assert.equal((await column(page, "id"))[0].split("\n")[0], best);
});

// The last of those that share the shop: the columns that it chose stay.
onShop("the file has the columns that were chosen, and the first so many by any of them", async (page) => {
  await page.locator("summary", { hasText: "Columns" }).click();
  for (const name of ["Value at risk", "Segment", "Orders so far"]) await page.getByRole("checkbox", { name, exact: true }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "Value at risk" }).click();
  await page.locator("summary", { hasText: "Filters" }).click();
  const many = page.getByLabel("How many, in this order");
  await many.fill("0");
  await many.press("Tab");
  assert.equal(await many.getAttribute("aria-invalid"), "true");
  await many.fill("5");
  await many.press("Tab");
  await page.waitForFunction(() => document.querySelector("hourglass-customers")?.state.settings.show === "top=5");
  await page.keyboard.press("Escape");
  assert.match(await status(page), /^5 of 4,000 customers, total value/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download these 5/ }).click()]);
  const [head, ...rows] = readFileSync(await download.path() as string, "utf8").trimEnd().split("\r\n").map((line) => line.split(","));
  assert.equal(head.join(), "id,rank,clv,clv_lower,clv_upper,p_alive,expected_orders,next_order_days,next_order,spend,last_order,value_at_risk");
  const best = await page.evaluate(() => {
    const table = document.querySelector("hourglass-customers")?.state.table as Table;
    return Array.from(table.columns.clv, (v, i) => v / table.columns.p_alive[i]).sort((a, b) => b - a).slice(0, 5);
  });
  assert.deepEqual(rows.map((row) => Number(row[head.indexOf("value_at_risk")])), best);
});

/** 200,000 customers, most of them with an order or two. */
function many() {
  const lines = ["customer,date,amount"];
  const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
  for (let i = 0; i < 200_000; i++) {
    for (let k = 0; k <= (i * 7) % 5 >> 1; k++) lines.push(`customer-${i},${day((i * 13 + k * 97) % 600)},${(10 + ((i * 31 + k) % 900) / 10).toFixed(2)}`);
  }
  return lines.join("\n");
}

onTable("of 200,000 customers, sorted and filtered, few rows are in the document", async (page) => {
  assert.equal(await grid(page).getAttribute("aria-rowcount"), "200001");
  assert.ok((await lines(page).count()) < 60);
  await page.evaluate(async () => {
    const people = document.querySelector("hourglass-customers")?.shadowRoot?.querySelector("hourglass-customers-people");
    if (!people) throw new Error("no table of customers");
    const settled = async (change: () => void) => {
      const before = people.selected;
      change();
      await people.updateComplete;
      while (people.selected === before) await new Promise((done) => setTimeout(done));
      await people.updateComplete;
    };
    await settled(() => (people.sort = { column: "id", descending: true }));
    await settled(() => (people.text = "1234"));
  });
  // Of the names customer-0 to customer-199999, those that hold 1234 somewhere.
  const held = Array.from({ length: 200_000 }, (_, i) => `customer-${i}`).filter((id) => id.includes("1234")).length;
  assert.equal(await grid(page).getAttribute("aria-rowcount"), String(held + 1));
  assert.ok((await lines(page).count()) < 60);
}, { csv: many() });

// Where good customers come from, in a real Chromium: a shop's file with its channels, what they cost, two of them at equal age.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { PATIENCE, PHONE, axe, launch, overflow } from "./browser.ts";
import { choose, onCustomers, read, until } from "./customers.ts";
import type { Locator, Page } from "playwright-core";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Numbers that are no one's, but always the same. */
function random(seed: number) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/**
 * A shop whose customers from Referral spend twice as much as those from Social and come back more often; Podcast has twelve.
 * An export as shops write them.
 */
function shop() {
  const next = random(7);
  const lines = ["Name,Email,Created at,Total,Source,Billing Country,Notes"];
  const rows: [day: number, line: string][] = [];
  let [customer, order] = [0, 1000];
  for (const [channel, people, spend, again] of [["Referral", 400, 60, 0.6], ["Social", 600, 30, 0.35], ["Podcast", 12, 40, 0.5]] as const) {
    for (let i = 0; i < people; i++) {
      customer++;
      const own = spend * (0.6 + 0.8 * next());
      for (let day = Math.floor(next() * 700); day < 730;) {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
        rows.push([day, `c${customer}@example.com,${date},${(own * (0.7 + 0.6 * next())).toFixed(2)},${channel},${customer % 2 ? "DE" : "AT"},note ${rows.length}`]);
        if (next() > again) break;
        day += 1 + Math.floor(-60 * Math.log(1 - next()));
      }
    }
  }
  rows.sort(([a], [b]) => a - b);
  for (const [, line] of rows) lines.push(`#${order++},${line}`);
  return Buffer.from(lines.join("\n"));
}

const file = shop();
const grouped = (page: Page) => until(page, (s) => s.sources !== null && s.progress === null);

const onSources = (name: string, body: (page: Page) => Promise<void>, { query = "", ...options } = {}) =>
  test(name, () => onCustomers(browser, `?margin=0.5${query}#sources`, async (page) => {
    await choose(page, file, "orders_export.csv");
    await grouped(page);
    await body(page);
  }, options));

const row = (page: Page, name: string) => page.locator("hourglass-customers-sources tbody tr").filter({ has: page.locator(".name", { hasText: new RegExp(`^${name}$`) }) });

/** Waits until it is drawn: the state may be ahead. */
const says = (place: Locator, what: RegExp) => place.filter({ hasText: what }).waitFor();

onSources("groups by the column that suits best; costs are pasted; the page says what pays back", async (page) => {
  assert.deepEqual(await read(page, (s) => s.sources?.columns.map(({ name }) => name)), ["Source", "Billing Country"]);
  const finding = page.locator("hourglass-customers-sources .finding").first();
  await says(finding, /from Referral has a value of \$\d+ in 12 months, one from Social \$\d+\./);
  await says(row(page, "Podcast"), /Fewer than 30 customers/);

  await page.getByRole("button", { name: "Paste costs" }).click();
  await page.getByLabel("Costs", { exact: true }).fill("Referral\t4000\nsocial\t60000\nPodcast\t240\nRadio\t5");
  await page.getByRole("button", { name: "Use costs" }).click();
  await until(page, (s) => s.sources?.all.has_cost);
  assert.deepEqual(await read(page, (s) => s.sources?.each.map(({ text, cac }) => [text, cac]).sort()), [["Podcast", 20], ["Referral", 10], ["Social", 100]]);
  await says(row(page, "Referral"), /first order/);
  await says(row(page, "Social"), /not within 12 months/);
  await says(row(page, "Podcast"), /too early to tell/);
  await says(page.locator("hourglass-customers-sources .note"), /No customers come from Radio/);

  // One is typed.
  const cost = row(page, "Social").getByRole("textbox");
  await cost.fill("12,000");
  await cost.press("Tab");
  await until(page, (s) => s.sources?.each.some(({ cac }) => cac === 20));
  await says(row(page, "Social"), /month \d+/);
  await says(page.locator("section[aria-labelledby=compare] .finding"), /Social pays back its \$20 in month \d+/);
  await says(row(page, "Social").locator("td.cac"), /\$20/);
});

onSources("another column is in the address, changes no other figure, and forgets the costs", async (page) => {
  await row(page, "Social").getByRole("textbox").fill("100");
  await row(page, "Social").getByRole("textbox").press("Tab");
  await until(page, (s) => s.costs.length === 1 && s.sources?.all.has_cost);
  const table = await page.evaluateHandle(() => document.querySelector("hourglass-customers")?.state.table);
  await page.getByLabel("Group by").selectOption("Billing Country");
  await until(page, (s) => s.sources?.each.some(({ text }) => text === "DE"));
  assert.equal(new URL(page.url()).searchParams.get("by"), "Billing Country");
  assert.ok(await page.evaluate((before) => before === document.querySelector("hourglass-customers")?.state.table, table));
  assert.deepEqual(await read(page, (s) => s.costs), []);
  // Every second customer is from there: the two do not differ.
  await says(page.locator("hourglass-customers-sources .finding").first(), /cannot be told apart/);
  assert.equal(await page.locator("hourglass-customers-sources tbody tr[data-grey]").count(), 2);
});

onSources("a link leads to its column, and a spend file has days", async (page) => {
  const months = await read(page, (s) => s.sources?.each.map(({ text }) => text).sort());
  assert.equal(months?.[0], "2024-01");
  await page.getByLabel("Use a spend file").setInputFiles({ name: "spend.csv", mimeType: "text/csv", buffer: Buffer.from("Day,Month,Cost\n2024-02-01,2024-01,300\n2023-12-01,2024-01,900\n") });
  await until(page, (s) => s.costList !== null);
  await says(page.locator("hourglass-customers-sources .note"), /1 row is outside the dates/);
}, { query: "&by=first-month" });

onSources("costs and the compared pair stand in the address, and another file has neither", async (page) => {
  await row(page, "Social").getByRole("textbox").fill("12,000");
  await row(page, "Social").getByRole("textbox").press("Tab");
  await page.getByLabel("First group").selectOption("Podcast");
  await until(page, (s) => s.sources?.all.has_cost);
  const query = new URL(page.url()).searchParams;
  assert.deepEqual([...new URLSearchParams(query.get("costs") ?? "")], [["Referral", "4000.5"], ["Social", "12000"]]);
  assert.deepEqual([...new URLSearchParams(query.get("pair") ?? "")], [["first", "Podcast"], ["second", "Referral"]]);
  await page.getByRole("button", { name: "Another file" }).click();
  assert.ok(!new URL(page.url()).searchParams.has("costs") && !new URL(page.url()).searchParams.has("pair"));
}, { query: `&costs=${encodeURIComponent("Referral=4000.5&Social=-3")}&pair=${encodeURIComponent("second=Referral")}` });

onSources("two groups are compared by keyboard, and the table is downloaded", async (page) => {
  await page.getByLabel("First group").selectOption("Referral");
  await page.getByLabel("Second group").selectOption("Social");
  await says(page.locator("section[aria-labelledby=compare] .finding"), /Customers from Referral bring \$\d+ more within a year/);
  const plot = page.locator("hourglass-customers-sources [role=slider]");
  await plot.focus();
  await page.keyboard.press("Home");
  assert.match((await plot.getAttribute("aria-valuetext")) ?? "", /^day 0/);
  const download = page.waitForEvent("download", { timeout: PATIENCE });
  await page.getByRole("button", { name: "Download table" }).click();
  const text = readFileSync(await (await download).path(), "utf8").split("\r\n");
  assert.match(text[0], /^group,customers,reordered_90_days,margin_30_days,.*payback_month,too_early$/);
  assert.deepEqual(text.slice(1, 4).map((line) => line.split(",")[0]), ["Referral", "Social", "Podcast"]);
});

for (const [name, options] of Object.entries({ phone: { viewport: PHONE }, dark: { query: "&theme=dark" }, "from right to left": { query: "&locale=ar", viewport: PHONE } })) {
  onSources(`${name}: nothing is wider than the screen, and axe has nothing to say`, async (page) => {
    assert.ok((await overflow(page)) <= 0);
    assert.deepEqual(await axe(page, { looks: name === "dark" }), []);
  }, options);
}

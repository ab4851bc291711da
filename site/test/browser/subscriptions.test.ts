// A list of invoices, as Stripe exports it, in a real Chromium: to the retention curve, the file of subscribers and a calculator with its figures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { PHONE, axe, launch, overflow } from "./browser.ts";
import { choose, onCustomers, read, until } from "./customers.ts";
import type { Page } from "playwright-core";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Invoices of two plans: those who begin in the months of two years, of whom some leave after each payment. */
function invoices() {
  const lines = ["id,Customer,Subscription,Date (UTC),Plan,Amount Due,Amount Paid,Currency,Status"];
  for (let i = 0; i < 400; i++) {
    const first = i % 18;
    const stays = (i * 7919) % 11 < 5 ? 24 : 1 + ((i * 31) % 13);
    const [plan, price] = i % 4 ? ["Basic", "12.00"] : ["Pro", "40.00"];
    for (let k = 0; k < stays && first + k < 24; k++) {
      const date = new Date(Date.UTC(2024, first + k, 1 + (i % 28))).toISOString().slice(0, 10);
      lines.push(`in_${i}_${k},cus_${i},sub_${i},${date} 08:00,${plan},${price},${price},eur,Paid`);
    }
    if (first + stays < 24 && i % 3 === 0) lines.push(`in_${i}_f,cus_${i},sub_${i},${new Date(Date.UTC(2024, first + stays, 1 + (i % 28))).toISOString().slice(0, 10)} 08:00,${plan},${price},0.00,eur,Uncollectible`);
  }
  return Buffer.from(lines.join("\n"));
}

const file = invoices();
const shown = (page: Page) => until(page, (s) => s.subscriptions !== null && s.view === "subscriptions");
const view = "hourglass-customers-subscriptions";

test("invoices lead to a retention curve, a file of subscribers and a calculator with their figures", () => onCustomers(browser, "?margin=0.7&annual_discount=0.1", async (page) => {
  await choose(page, file, "invoices.csv");
  await shown(page);
  assert.match(await page.locator(`${view} .finding`).innerText(), /\d+ subscriptions run on\. Their renewals to come have a value of €[\d,]+, of which €[\d,]+ in the next 12 months\./);
  assert.equal(await page.locator(`${view} hourglass-reading svg path.line`).count(), 2);
  // Each line is a subscription, and together they are worth what the page says.
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download subscribers" }).click()]);
  const [head, ...rows] = readFileSync(await download.path(), "utf8").trim().split("\r\n").map((line) => line.split(","));
  assert.equal(head.join(), "id,customer,plan,interval,start,tenure,status,reason,due,amount,p_renew,residual_value,clv");
  const equity = await read(page, (s) => s.subscriptions?.equity ?? 0);
  const sum = rows.reduce((n, row) => n + Number(row[11]), 0);
  assert.equal(rows.length, 400);
  assert.ok(equity > 0 && Math.abs(sum / equity - 1) < 1e-9, `${sum} of ${equity}`);
  // The calculator gives the figures of the plan.
  const plan = await read(page, (s) => s.subscriptions?.plans[0].equity ?? 0);
  await page.getByRole("link", { name: "Customer equity with these figures" }).click();
  await page.waitForURL(/customer-equity/);
  const answer = page.locator("hourglass-calculator");
  await answer.getByText(new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(plan)).first().waitFor();
}));

test("the list can be valued as repeat purchases all the same; margins change the values", () => onCustomers(browser, "", async (page) => {
  await choose(page, file, "invoices.csv");
  await shown(page);
  const whole = await read(page, (s) => s.subscriptions?.equity ?? 0);
  await page.getByLabel("Gross margin").fill("50");
  await page.getByLabel("Gross margin").press("Enter");
  await until(page, `(s) => Math.abs(s.subscriptions.equity / ${whole} - 0.5) < 1e-6`);
  await page.getByRole("link", { name: "Value as repeat purchases" }).click();
  await page.locator("hourglass-customers-answer").waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole("link", { name: "Subscriptions", exact: true }).click();
  await page.locator(view).waitFor();
  assert.deepEqual(await axe(page), []);
}));

test("a list of subscriptions, of which nothing can be made as orders, on a phone", () => onCustomers(browser, "", async (page) => {
  const lines = ["id,Customer ID,Plan,Currency,Interval,Amount,Status,Created (UTC),Start Date (UTC),Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)"];
  for (let i = 0; i < 120; i++) {
    const month = 1 + (i % 9);
    const end = i % 2 ? `2025-${String(month + 1 + (i % 3)).padStart(2, "0")}-15` : "";
    lines.push(`sub_${i},cus_${i},Team,eur,month,30.00,${end ? "canceled" : "active"},2025-0${month}-03,2025-0${month}-03,2025-12-03,2026-01-03,${end},${end}`);
  }
  await choose(page, Buffer.from(lines.join("\n")), "subscriptions.csv");
  await shown(page);
  assert.match(await page.locator(`${view} .finding`).innerText(), /60 subscriptions run on/);
  assert.equal(await overflow(page), 0);
}, { viewport: PHONE }));

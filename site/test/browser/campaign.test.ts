// A month of a shop, in a real Chromium: its export, customers by channel, their cost, the list of a campaign for an e-mail tool, the next export, and
// what the campaign has changed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { PATIENCE, PHONE, axe, launch, overflow } from "./browser.ts";
import { choose, onCustomers, read, until } from "./customers.ts";
import { parseCsv } from "../../customers/lists.ts";
import type { Page } from "playwright-core";

const browser = await launch({ passes: true });
after(() => browser.close());

/** Numbers that are no one's, but always the same. */
function random(seed: number) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const END = 730;
const dayText = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);

/** Orders of a shop in two years and 30 days, by day: who, when, how much. */
function shop() {
  const next = random(7);
  const rows: [day: number, email: string, channel: string, amount: number][] = [];
  let customer = 0;
  for (const [channel, people, spend, leave] of [["Referral", 500, 60, 0.3], ["Social", 700, 30, 0.5]] as const) {
    for (let i = 0; i < people; i++) {
      const email = `c${++customer}@example.com`;
      for (let day = Math.floor(next() * END); day < END + 30;) {
        rows.push([day, email, channel, spend * (0.7 + 0.6 * next())]);
        if (next() < leave) break;
        day += 1 + Math.floor(-90 * Math.log(1 - next()));
      }
    }
  }
  return rows.sort(([a], [b]) => a - b);
}

const exported = (rows: ReturnType<typeof shop>) =>
  Buffer.from(["Name,Email,Created at,Total,Source", ...rows.map(([day, email, channel, amount], i) => `#${1000 + i},${email},${dayText(day)},${amount.toFixed(2)},${channel}`)].join("\n"));

const all = shop();
const first = all.filter(([day]) => day <= END);

const onCampaign = (name: string, body: (page: Page) => Promise<void>, { query = "", ...options } = {}) =>
  test(name, () => onCustomers(browser, `?margin=0.5${query}#campaign`, async (page) => {
    await choose(page, exported(first), "orders_export.csv");
    await until(page, (s) => s.phase === "ready" && s.progress === null);
    await page.locator("hourglass-customers-campaign .big").waitFor();
    await body(page);
  }, options));

async function saved(page: Page, name: string) {
  const download = page.waitForEvent("download", { timeout: PATIENCE });
  await page.getByRole("button", { name }).click();
  return readFileSync(await (await download).path(), "utf8");
}

test("from the export to what the campaign has changed", () => onCustomers(browser, "?margin=0.5#sources", async (page) => {
  await choose(page, exported(first), "orders_export.csv");
  await until(page, (s) => s.sources !== null && s.progress === null);
  await page.getByRole("button", { name: "Paste costs" }).click();
  await page.getByLabel("Costs", { exact: true }).fill("Referral\t5000\nSocial\t14000");
  await page.getByRole("button", { name: "Use costs" }).click();
  await until(page, (s) => s.sources?.all.has_cost);

  await page.getByRole("link", { name: "Campaign", exact: true }).click();
  await page.getByLabel("Customers", { exact: true }).selectOption("all");
  await page.getByLabel("Response rate").fill("10");
  await page.getByLabel("Control group").fill("30");
  const view = page.locator("hourglass-customers-campaign");
  await view.getByText("After them each message loses money").or(view.getByText("and expect a profit")).first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get("campaign"), "who=all&response=0.1&holdout=0.3");

  // The parts add up to the profit, within the rounding of each.
  const figures = (await view.locator(".parts .n").allInnerTexts()).map((text) => Number(text.replace("−", "-").replace(/[^\d.-]/g, "")));
  const profit = figures.pop() as number; // the last row
  assert.ok(Math.abs(figures.reduce((a, b) => a + b, 0) - profit) <= figures.length, `${figures}, together ${profit}`);

  await view.getByLabel("Format").selectOption("klaviyo");
  const shown = await view.locator(".list tbody tr").first().locator("td").allInnerTexts();
  const list = await saved(page, "Get the list");
  const [head, row] = list.split("\r\n");
  assert.match(head, /^Email,predicted_value,value_at_risk,.*test_group,as_of$/);
  assert.deepEqual(shown, row.split(","), "what is shown is what is written");
  const listed = list.trim().split("\r\n").slice(1).map((line) => line.split(","));
  const held = listed.filter((cells) => cells.includes("control")).map(([email]) => email);
  assert.equal(await view.locator(".big").innerText(), listed.length.toLocaleString("en"));
  assert.equal(held.length, Math.round(0.3 * listed.length));

  // A month later: of those written to, every fourth has ordered because of it.
  const written = listed.filter(([email]) => !held.includes(email)).map(([email]) => email);
  const because = written.filter((_, i) => i % 4 === 0).map((email): (typeof all)[number] => [END + 9, email, "E-mail", 40]);
  await page.getByRole("button", { name: "Another file" }).click();
  await choose(page, exported([...all, ...because].sort(([a], [b]) => a - b)), "orders_export_2.csv");
  await until(page, (s) => s.phase === "ready" && s.progress === null && (s.report?.orders ?? 0) > 2500);
  await page.getByRole("link", { name: "Campaign", exact: true }).click();
  await page.getByLabel("Choose the list").setInputFiles({ name: "campaign-klaviyo.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
  const finding = view.locator("section[aria-labelledby=past] .finding");
  await finding.waitFor();
  assert.match(await finding.innerText(), /^The campaign worked: the share that ordered is [\d.]+ percentage points higher/);
  // Counted from the rows that were made, without the page.
  const came = new Set([...all, ...because].filter(([day]) => day > END).map(([, email]) => email));
  const cells = await view.locator("section[aria-labelledby=past] tbody tr td:nth-of-type(2)").allInnerTexts();
  assert.deepEqual(cells.map((text) => Number(text.replaceAll(",", ""))), [written, held].map((emails) => emails.filter((email) => came.has(email)).length));

  // What has changed since the list that was open before, counted in the same way: days on which those known then ordered again.
  await page.getByRole("link", { name: "Changes", exact: true }).click();
  await page.getByRole("button", { name: /^Use .*, the end of the list opened before$/ }).click();
  await until(page, (s) => s.since?.done);
  const known = new Set(first.map(([, email]) => email));
  const later = [...all, ...because].filter(([day]) => day > END);
  const orders = (of: boolean) => new Set(later.filter(([, email]) => known.has(email) === of).map(([day, email]) => `${day} ${email}`)).size;
  const since = page.locator("hourglass-customers-since");
  assert.match(await since.locator(".finding").innerText(), new RegExp(`^In the .* after .*, ${orders(true).toLocaleString("en")} repeat orders came; [\\d,]+ were expected \\([\\d,]+ to [\\d,]+\\)\\. That is more than the range\\.$`));
  assert.equal(await since.locator("[data-list=returned] h3").innerText(), await read(page, (s) => `${s.since?.changes?.returned.length} customers who were at risk or lost ordered again`));
  assert.deepEqual(await axe(page), []);
}));

// What the file says of a customer goes along: the last entry by day, whichever way the file runs; those who refuse are left out.
test("consent and columns of the file are in the list and in the CSV, as they stand in the file", () => onCustomers(browser, "?margin=0.5#campaign", async (page) => {
  const next = random(11);
  const pick = (...of: string[]) => of[Math.floor(next() * of.length)];
  const rows = first.map(([day, email, , amount], i) => ({ i, day, email, amount, accepts: pick("yes", "yes", "no", ""), phone: pick("", `+49 0151 ${email.length}${i}00`), member: pick("", `00${i}`), note: pick("", "=1+1", 'vip, "old"') }));
  const last = new Map<string, { accepts: string, phone: string, member: string, note: string }>();
  for (const { email, ...row } of rows) {
    const before = last.get(email) ?? { accepts: "", phone: "", member: "", note: "" };
    last.set(email, { accepts: row.accepts || before.accepts, phone: row.phone || before.phone, member: row.member || before.member, note: row.note || before.note });
  }
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const file = ["Name,Email,Created at,Total,Accepts Marketing,Phone,Member ID,Note",
    ...rows.toReversed().map((r) => `#${1000 + r.i},${r.email},${dayText(r.day)},${r.amount.toFixed(2)},${r.accepts},${r.phone},${r.member},${quoted(r.note)}`)].join("\n");
  await choose(page, Buffer.from(file), "orders_export.csv");
  await until(page, (s) => s.phase === "ready" && s.progress === null && s.kept?.status === "ready");
  const view = page.locator("hourglass-customers-campaign");
  await view.getByLabel("Customers", { exact: true }).selectOption("all");
  const refusing = [...last.values()].filter(({ accepts }) => accepts !== "yes").length;
  await view.getByText(`${refusing.toLocaleString("en")} customers are left out`).waitFor();
  await view.getByLabel("Response rate").fill("30");
  await view.getByText(/^Columns of your file in the list: 0$/).click();
  for (const name of ["Phone", "Member ID", "Note"]) await view.getByLabel(name, { exact: true }).check();
  await until(page, (s) => s.kept?.status === "ready" && s.kept.columns.length === 4);
  await view.getByLabel("Format").selectOption("klaviyo");
  const list = parseCsv(await saved(page, "Get the list"));
  assert.deepEqual(list[0].slice(-3), ["Phone Number", "Member ID", "Note"]);
  assert.ok(list.length > 100);
  const formula = (text: string) => (text === "=1+1" ? "'=1+1" : text);
  for (const cells of list.slice(1)) {
    const of = last.get(cells[0]);
    assert.ok(of);
    assert.deepEqual([of.accepts, ...cells.slice(-3)], ["yes", of.phone, of.member, formula(of.note)], cells[0]);
  }
  // Everybody, where that is wanted: the address has it, and the columns.
  await view.getByLabel("Only customers who accept marketing").uncheck();
  await view.getByText("Customers who have not agreed are in the list too.").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("campaign"), "who=all&consent=false&response=0.3");
  assert.equal(new URL(page.url()).searchParams.get("keep"), "column=Phone&column=Member+ID&column=Note");
  assert.deepEqual(await axe(page), []);
  await page.getByRole("link", { name: "Export", exact: true }).click();
  const csv = parseCsv(await saved(page, "Download CSV"));
  assert.deepEqual(csv[0].slice(-3), ["Phone", "Member ID", "Note"]);
  assert.equal(csv.length, last.size + 1);
  for (const cells of csv.slice(1)) {
    const of = last.get(cells[0]);
    assert.deepEqual(cells.slice(-3), [of?.phone, of?.member, formula(of?.note ?? "")], cells[0]);
  }
}));

onCampaign("a link has the campaign; figures that cannot be are said, and nothing pays is said", async (page) => {
  const view = page.locator("hourglass-customers-campaign");
  assert.equal(await view.getByLabel("Response rate").inputValue(), "5");
  assert.equal(await view.getByLabel("Customers", { exact: true }).inputValue(), "all");
  await view.getByLabel("Response rate").fill("400");
  await view.getByText("Enter a number from 0.01% to 100%.").waitFor();
  await view.getByLabel("Cost per contact").fill("9,000");
  await view.getByText("No message pays").waitFor();
  assert.equal(await view.locator(".big").innerText(), "0");
  await view.getByLabel("Choose the list").setInputFiles({ name: "other.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
  await view.getByText("other.csv has no column test_group").waitFor();
  await view.getByLabel("Choose the list").setInputFiles({ name: "now.csv", mimeType: "text/csv", buffer: Buffer.from("email,test_group\nc1@example.com,control\nc2@example.com,campaign\n") });
  await view.getByText("the file has no later orders").waitFor();
}, { query: `&campaign=${encodeURIComponent("who=all&response=0.05")}` });

for (const [name, options] of Object.entries({
  phone: { viewport: PHONE }, dark: { query: "&theme=dark" }, "from right to left": { query: "&locale=ar", viewport: PHONE },
})) {
  onCampaign(`${name}: nothing is wider than the screen, and axe has nothing to say`, async (page) => {
    assert.ok((await overflow(page)) <= 0);
    assert.deepEqual(await axe(page, { looks: name === "dark" }), []);
  }, options);
}

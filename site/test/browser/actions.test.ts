// What can be done with the customers: campaigns, another model, and all that leaves the page, on the real page with CDNOW's
// raw log dropped as a file.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { PHONE, type Opening, axe, drawn, figure, launch, listen, onPage, overflow, settled, sharing } from "./browser.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hourglass-actions-"));
const log = join(folder, "cdnow.txt");
writeFileSync(log, gunzipSync(readFileSync(join(root, "core/orders/testdata/CDNOW_sample.txt.gz"))));
await promisify(execFile)("go", ["build", "-o", join(folder, "score"), "./functions/score"], { cwd: root }); // beside it tests of another file may run
const browser = await launch({ passes: true });

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The file read, all models compared. */
async function open(page: Page, file = log) {
  await page.locator("hourglass-customers-import input[type=file]").setInputFiles(file);
  await settled(page);
}

/**
 * Runs a test on a view of the log, which is read and compared once for all of these: what one changed is set back for the next, but for the
 * model and what was typed beside a query.
 */
async function onOneLog(view: string, body: (page: Page) => Promise<void>) {
  opened ??= sharing(browser, "customers/?margin=0.4&cac=20#segments", (page) => open(page));
  await opened(async (page) => {
    await page.evaluate(() => document.querySelector("hourglass-customers")?.session?.ask({ what: "settings", settings: { margin: 0.4, show: "" } }));
    await page.waitForURL(/margin=0\.4/);
    await settled(page);
    await turnTo(page, view);
    await body(page);
  });
}
let opened: ReturnType<typeof sharing> | undefined;

/** Runs a test on a view of a file, with a page of its own. */
const onView = (view: string, body: (page: Page) => Promise<void>, { query = "?margin=0.4&cac=20", file = log, ...options }: Opening & { query?: string; file?: string } = {}) =>
  onPage(browser, `customers/${query}#${view}`, async (page) => {
    await open(page, file);
    await body(page);
  }, { bare: true, ...options });

/** Goes to another view of what was read. */
async function turnTo(page: Page, view: string) {
  await page.evaluate((hash) => (location.hash = hash), view);
  await page.locator(`.view[data-view="${view}"] > :defined`).first().waitFor();
  await drawn(page);
}

/** What a button saves. */
async function saved(page: Page, name: string | RegExp): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).first().click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const rows = (text: string) => text.trim().split(/\r?\n/).map((line) => line.split(","));

/** The number that a sentence begins with. */
const figureIn = (text: string) => Number(/\d[\d,]*/.exec(text)?.[0].replaceAll(",", ""));

/** What the command makes of the log. */
const scored = (...options: string[]) => rows(execFileSync(join(folder, "score"), ["-quiet", ...options, log], { encoding: "utf8" }));

test("segments: what to do first, with the list to do it with", () =>
  onOneLog("segments", async (page) => {
    const many = figureIn(await page.locator("#first").innerText());
    const list = await saved(page, "Download the list of these customers (CSV)");
    assert.equal(list.name, "slipping.csv");
    const [head, ...people] = rows(list.text);
    assert.equal(people.length, many);
    const segment = head.indexOf("segment");
    assert.deepEqual([...new Set(people.map((p) => p[segment]))].sort(), ["slipping_champion", "slipping_regular"]);
    const command = scored("-horizon", "365", "-margin", "0.4", "-discount", "0.1").filter((r) => /^slipping_(champion|regular)$/.test(r[segment]));
    assert.deepEqual(people.map((p) => p[0]), command.map((r) => r[0]));
    assert.deepEqual(await axe(page), []);
  }));

test("segments: with the keyboard, a group and what a campaign for it must bring", () =>
  onOneLog("segments", async (page) => {
    await page.getByRole("button", { name: /^Lost champions/ }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#detail-name").innerText(), "Lost champions");
    const customers = figureIn(await page.locator(".detail .facts dd").first().innerText());
    const cost = page.getByLabel("Cost per customer contacted");
    await cost.fill("2,5");
    await page.keyboard.press("Tab");
    assert.equal(await cost.inputValue(), "2.50");
    const pays = page.locator(".pays").first();
    assert.match(await pays.innerText(), new RegExp(`^Winning back \\d+ of these ${customers} customers pays for the campaign\\.$`));
    const working = await page.locator(".moves li .help").nth(1).innerText();
    const each = Number(/has a value of \$([\d.]+)/.exec(working)?.[1]);
    // The value of each is shown to the cent.
    assert.ok(Math.abs((2.5 * customers) / each - figureIn(await pays.innerText())) < 1);
    await cost.fill("1000");
    assert.match(await pays.innerText(), /^The campaign does not pay: [\d,]+ customers would have to come back/);
    await cost.fill("much");
    assert.equal(await cost.getAttribute("aria-invalid"), "true");
    await page.getByLabel("Gross margin", { exact: true }).fill("20");
    await page.keyboard.press("Enter");
    await page.waitForURL(/margin=0\.2/);
    await page.getByRole("button", { name: "Show these customers" }).click();
    await page.waitForURL(/#customers$/);
    assert.equal(await page.evaluate(() => document.querySelector("hourglass-customers")?.state.settings.show), "segment=lost_champion");
  }));

test("the loyalty programme answers to its figures", () =>
  onOneLog("segments", async (page) => {
    const rise = async () => Number((await page.locator("tfoot td").nth(2).first().innerText()).replace("%", ""));
    await page.getByLabel("Cost per member").fill("0");
    // 5 % of the price of a margin of 40 %: the rise that pays is 5 / 35.
    assert.equal(await rise(), 14.3);
    await page.getByLabel("Reward, % of spend").fill("10");
    assert.equal(await rise(), 33.3);
    assert.equal(await page.getByRole("columnheader", { name: "Net gain with your increase" }).count(), 0);
    await page.getByLabel("Increase in orders").fill("20");
    assert.equal(await page.getByRole("columnheader", { name: "Net gain with your increase" }).count(), 1);
    await page.getByLabel("Reward, % of spend").fill("40");
    await page.getByText("The programme cannot pay for itself").waitFor();
  }));

test("the model: why it was chosen, and another one", () =>
  onView("model", async (page) => {
    const why = page.locator("hourglass-customers-model .sentence");
    assert.match(await why.innerText(), /was chosen/);
    await page.getByLabel("Model", { exact: true }).selectOption("bgnbd");
    await page.waitForURL(/kind=bgnbd/);
    await settled(page);
    assert.match(await why.innerText(), /^BG\/NBD is in use because you chose it\./);
    // Every one-time buyer is active to this model.
    await page.getByText("takes every one-time customer for active").waitFor();
    // CDNOW's whole log, fitted by functions/score, is the same model.
    const fitted = join(folder, "fitted.json");
    execFileSync(join(folder, "score"), ["-quiet", "-model", "bgnbd", "-save-model", fitted, log]);
    const { r } = JSON.parse(readFileSync(fitted, "utf8")).parameters;
    const shown = await page.locator("tr", { hasText: /How similar customers. order rates are/ }).locator("td").first().innerText();
    assert.equal(Number(shown), Number(r.toPrecision(6)));
    await page.getByText("For statisticians").click();
    await page.getByText("Identifiability").waitFor();
    assert.deepEqual(await axe(page), []);
  }));

test("export: the table is the command's, to the digits that two fits share", () =>
  onOneLog("export", async (page) => {
    const { name, text } = await saved(page, "Download CSV");
    assert.equal(name, "customers.csv");
    const line = await page.locator("pre").first().innerText();
    const options = /\.\/score (.*) cdnow\.txt/.exec(line)?.[1].split(" ") ?? [];
    const [ours, theirs] = [rows(text), scored(...options)];
    assert.equal(ours.length, theirs.length);
    ours.forEach((row, i) => row.forEach((cell, k) => {
      const [a, b] = [Number(cell), Number(theirs[i][k])];
      assert.ok(cell === theirs[i][k] || Math.abs(a - b) <= 1e-8 * Math.abs(b), `${row}, command ${theirs[i]}`);
    }));
    assert.deepEqual(await axe(page), []);
  }));

test("export: these numbers on the calculator's pages", () =>
  onOneLog("export", async (page) => {
    const value = await page.evaluate(() => document.querySelector("hourglass-customers")?.state.totals?.new_customer);
    assert.ok(value);
    for (const [link, path, want] of [
      ["What is this customer worth, from averages?", "average", 0.4 * value.order_value.value * (1 + value.repeats.value)],
      ["What is this customer worth, order by order", "repeat-purchase", value.value.value - 20],
    ] as const) {
      // In a tab of its own, so that the file need not be read again.
      const to = page.getByRole("link", { name: link });
      await to.evaluate((a) => a.setAttribute("target", "_blank"));
      const [tab] = await Promise.all([page.waitForEvent("popup"), to.click()]);
      const complaints = listen(tab);
      await tab.waitForURL(new RegExp(`/${path}/\\?`));
      const shown = Number((await figure(tab)).replace(/[$,]/g, ""));
      // On averages it is the same figure; order by order its orders fall on other days, and discounting with them.
      assert.ok(Math.abs(shown - want) <= (path === "average" ? 0.01 : 0.03 * want), `${path}: ${shown}, here ${want}`);
      assert.deepEqual(complaints, []);
      await tab.close();
    }
  }));

test("export: the query has the names, and the parameters where they make a closed formula", () =>
  onOneLog("export", async (page) => {
    await page.getByLabel("Orders table").fill("shop.sales");
    await page.getByLabel("Warehouse", { exact: true }).selectOption("bigquery");
    const query = page.locator("pre").nth(1);
    const text = await query.innerText();
    for (const part of ["FROM shop.sales", "DATE '1998-06-30'", "DATE_DIFF("]) assert.ok(text.includes(part), part);
    const kind = await page.evaluate(() => document.querySelector("hourglass-customers")?.state.model?.kind);
    assert.equal(text.includes("AS p_alive"), kind !== "paretonbd");
  }));

test("the report is one page with nothing else on it", () =>
  onOneLog("export", async (page) => {
    await page.evaluate(() => (window.print = () => {}));
    await page.getByRole("button", { name: "Print, or save as PDF" }).click();
    await page.locator("hourglass-customers-report h1").waitFor({ state: "attached" });
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("main").isVisible(), false);
    const report = page.locator("hourglass-customers-report");
    assert.match(await report.locator("h1").innerText(), /cdnow\.txt/);
    assert.equal(await report.locator("tbody tr").count(), 10);
    // What it was made with, how earlier forecasts did, and the way back.
    assert.match(await report.locator("article").innerText(), /The forecast period ended on June 30, 1999\. For a forecast from today, use a newer list\. Report of .*Gross margin: 40%.*Customer acquisition cost \(CAC\): \$20.*earlier forecasts? of this length.*drop the file cdnow\.txt on the page again/s);
    assert.equal(await report.locator(".link a").getAttribute("href"), page.url().replace("#export", ""));
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.ok(Number(pdf.match(/\/Type \/Pages[^>]*\/Count (\d+)/)?.[1] ?? pdf.match(/\/Count (\d+)/)?.[1]) <= 2);
    await page.emulateMedia({ media: null });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await report.count(), 0);
  }));

// Last of those on one page: from here on its model is that of the file.
test("export: a model file scores the same again, here and in the command", () =>
  onOneLog("export", async (page) => {
    const before = await saved(page, "Download CSV");
    const { name, text } = await saved(page, "Download the model file");
    const file = join(folder, name);
    writeFileSync(file, text);
    const command = scored("-model-file", file, "-horizon", "365", "-margin", "0.4", "-discount", "0.1");
    assert.deepEqual(command.map((r) => r[0]), rows(before.text).map((r) => r[0]));
    await page.getByRole("link", { name: "Model", exact: true }).click();
    await page.getByLabel("Score with a model file").setInputFiles(file);
    await page.locator("hourglass-customers-model .sentence", { hasText: "read from a file" }).waitFor();
    await settled(page);
    await page.getByRole("link", { name: "Export", exact: true }).click();
    assert.equal((await saved(page, "Download CSV")).text, before.text);
    await page.getByText("pass that file to the command as model.json").waitFor();
  }));

test("without amounts nothing is said in money", async () => {
  const orders = readFileSync(log, "utf8").trim().split("\n").map((line) => line.trim().split(/\s+/));
  const file = join(folder, "no-amounts.csv");
  writeFileSync(file, `customer,date\n${orders.map(([id, , day]) => `${id},${day}`).join("\n")}`);
  await onView("segments", async (page) => {
    for (const view of ["segments", "sources", "campaign", "model", "export"]) {
      await turnTo(page, view);
      const text = await page.locator(`hourglass-customers-${view}`).innerText();
      assert.ok(!/\$\d|NaN|Infinity|undefined/.test(text), text.match(/.*(?:\$\d|NaN|Infinity|undefined).*/)?.[0]);
      assert.deepEqual(await axe(page), [], view);
    }
  }, { file, query: "" });
});

test("on a phone nothing is wider than the screen, and axe has nothing to say, in the dark and from right to left", async () => {
  for (const query of ["?since=1998-03-31&theme=dark", "?since=1998-03-31&locale=ar"]) {
    const dark = query.includes("dark");
    await onView("segments", async (page) => {
      for (const view of ["segments", "sources", "campaign", "since", "model", "export"]) {
        await turnTo(page, view);
        if (view === "since") await page.locator("hourglass-customers-since .finding").waitFor();
        assert.equal(await overflow(page), 0, `${view} ${query}`);
        assert.deepEqual(await axe(page, { looks: dark, words: !dark }), [], `${view} ${query}`);
        if (!dark) continue;
        // The same in the light, seen whole.
        await choose(page, "");
        assert.equal(await overflow(page), 0, `${view} in the light`);
        assert.deepEqual(await axe(page), [], `${view} in the light`);
        await choose(page, "dark");
      }
    }, { query, viewport: PHONE });
  }
});

/** Chooses a theme; the header's list is in a menu on a phone. */
const choose = (page: Page, theme: string) =>
  page.locator("#theme").evaluate((list, theme) => {
    (list as HTMLSelectElement).value = theme;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }, theme);

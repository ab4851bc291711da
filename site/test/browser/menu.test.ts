// The menu in the header: all calculators by question, on a desktop at once, on a phone as a sheet; without a script a page.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { PHONE, answer, axe, launch, onPage, overflow } from "./browser.ts";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

const { scenarioIds } = await import("../../base/scenarios.ts");

test("the menu has every calculator, keeps the customer, and a business takes away the others", () =>
  onPage(browser, "subscription/?price=30", async (page) => {
    const opens = page.locator(".pages-top a[data-menu]");
    await opens.click();
    const links = page.locator(".panel li a");
    await links.first().waitFor();
    assert.equal(await opens.getAttribute("aria-expanded"), "true");
    const ids = await links.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname.split("/").at(-2)));
    assert.deepEqual(ids.toSorted(), [...scenarioIds].sort());
    assert.deepEqual(await axe(page), []);
    assert.match((await links.filter({ hasText: "Annual plan" }).getAttribute("href")) ?? "", /monthly_price=30/);
    await page.locator(".panel").getByRole("link", { name: "Donations" }).click();
    assert.equal(await links.filter({ hasText: "Everyday shop" }).isVisible(), false);
    assert.ok(await links.filter({ hasText: "Donors" }).isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".panel").count(), 0);
    assert.equal(await opens.evaluate((a) => a === document.activeElement), true);
  }));

test("on a phone the menu is a sheet whose questions open, in Arabic too", () =>
  onPage(browser, "ar/ad-budget/", async (page) => {
    await page.locator(".asked").click();
    const shown = page.locator(".panel li a:visible");
    await shown.first().waitFor();
    assert.equal(await shown.filter({ hasText: "ROAS" }).getAttribute("aria-current"), "page", "the present question is open");
    assert.equal(await page.locator("#main").isVisible(), false);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axe(page), []);
    await page.locator(".panel h2 button").first().click();
    assert.ok(await page.locator('.panel li a[href*="/average/"]').isVisible());
    await page.locator(".panel #theme").selectOption("dark");
    await page.locator(".open-sheet").click();
    assert.equal(await page.locator(".panel").count(), 0);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.ok(await answer(page).isVisible());
  }, { viewport: PHONE, hasTouch: true, isMobile: true }));

test("without JavaScript the menu is a page, with a place for each question, and each business has its own", async () => {
  const options = { javaScriptEnabled: false, bare: true };
  await onPage(browser, "calculators/", async (page) => {
    for (const id of ["worth", "pay", "raise", "base", "disagree"]) assert.ok((await page.locator(`#${id} li a`).count()) > 0, id);
    assert.equal(await page.locator(".find").isVisible(), false);
    await page.locator(".menu").getByRole("link", { name: "Donations" }).click();
    await page.waitForURL(/\/for\/donations\/$/);
    assert.equal(await page.locator('.menu li a[href*="upsell"]').count(), 0);
    assert.ok(await page.locator('.menu li a[href*="donors"]').isVisible());
    assert.ok(await page.locator("hourglass-calculator[kind=donors]").isVisible());
  }, options);
});

test("axe finds nothing on the menu's pages", async (t) => {
  for (const path of ["calculators/", "ar/for/app/", "ja/calculators/"]) {
    await t.test(path, () => onPage(browser, path, async (page) => {
      assert.deepEqual(await axe(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await overflow(page), 0);
    }, { bare: true }));
  }
});

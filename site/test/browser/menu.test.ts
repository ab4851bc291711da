// The menu in the header: all calculators by question, on a desktop at once, on a phone as a sheet; without a script a page.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { PHONE, answer, axe, field, figure, launch, onPage, overflow } from "./browser.ts";

const browser = await launch({ passes: true });
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
    await page.locator(".panel").waitFor({ state: "detached" });
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

test("the search is opened by a key, found by names, moved in by arrows, and answers for the customer", () =>
  onPage(browser, "subscription/?price=50", async (page) => {
    await page.keyboard.press("/");
    const field = page.locator("[role=combobox]");
    await field.fill("ltv");
    const options = page.locator("[role=option]");
    await options.first().waitFor();
    assert.ok((await options.count()) > 1);
    await field.fill("");
    const begun = await options.evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname));
    assert.ok(begun.length > 4 && begun.includes("/net-retention/"), `what a subscription asks first: ${begun}`);
    assert.ok(!begun.includes("/subscription/") && !begun.includes("/donors/"), String(begun));
    assert.equal(await field.getAttribute("aria-activedescendant"), null, "Enter opens nothing that was not asked for");
    await field.fill("blended cac");
    await options.filter({ hasText: "Acquisition cost" }).first().waitFor();
    await field.fill("formulas");
    assert.match((await options.first().innerText()), /Why calculators differ/);
    await page.waitForFunction(() => document.querySelector("[data-answer=reconcile]")?.textContent?.includes("$"));
    assert.match(await options.first().innerText(), /\$695/, "half the price, half the value");
    assert.deepEqual(await axe(page), []);
    const chosen = () => field.getAttribute("aria-activedescendant");
    await field.fill("churn");
    const before = await chosen();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await chosen(), before);
    await page.keyboard.press("ArrowUp");
    assert.equal(await chosen(), before);
    await page.keyboard.press("Escape");
    assert.equal(await field.count(), 0);
    assert.equal(await page.locator("[data-search]").evaluate((b) => b === document.activeElement), true);
    await page.keyboard.press("/");
    await field.fill("annual plan");
    await options.first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/annual-plan\/\?.*monthly_price=50/);
  }));

test("the search finds in Arabic on a phone, says when nothing is there, and works on pages without a calculator", async () => {
  await onPage(browser, "ar/subscription/", async (page) => {
    await page.locator("[data-search]").click();
    await page.locator("[role=combobox]").fill("اكتساب");
    await page.locator("[role=option]").first().waitFor();
    assert.match(await page.locator("[role=option]").first().innerText(), /الاكتساب/);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await axe(page), []);
    await page.locator("[role=combobox]").fill("zzzz");
    assert.match(await page.locator(".found-status").innerText(), /zzzz/);
  }, { viewport: PHONE, hasTouch: true, isMobile: true });
  await onPage(browser, "docs/glossary/", async (page) => {
    await page.keyboard.press("/");
    await page.locator("[role=combobox]").fill("payback period");
    await page.locator("[role=option]").filter({ hasText: "Term" }).first().waitFor();
  }, { bare: true });
});

test("the next questions are answered for the customer, in place, once they are seen", () =>
  onPage(browser, "subscription/?price=200", async (page) => {
    await page.locator(".next").scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector("[data-next=growth-plan]")?.textContent?.includes("$"));
    assert.equal(await page.locator("[data-next=growth-plan]").innerText(), "Churn lower by one percentage point adds $580.");
    assert.match(await page.locator("[data-next=ad-budget]").innerText(), /Maximum CAC: \$927/);
  }));

test("nothing moves when the published figures come", async () => {
  for (const path of ["donors/", "ar/subscription/", "de/margin/"]) {
    await onPage(browser, path, async (page) => {
      await page.locator(".benchmark").first().waitFor();
      assert.equal(await page.locator(".field .kept").count(), 0);
      const moved = await page.evaluate(() => (window as unknown as { moved: number }).moved); // set by the script below
      assert.ok(moved < 0.001, `${path}: ${moved}`);
    }, {
      viewport: { width: 390, height: 2000 },
      before: (page) => page.addInitScript(() => {
        const seen = window as unknown as { moved: number }; // a global of this test's own
        seen.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) seen.moved += (entry as unknown as { value: number }).value; // LayoutShift, which TypeScript does not know
        }).observe({ type: "layout-shift", buffered: true });
      }),
    });
  }
});

test("a published figure stands beside its input and is taken over only when asked", () =>
  onPage(browser, "subscription/", async (page) => {
    const before = await figure(page);
    const churn = field(page, "churn_rate");
    const says = churn.whole.locator(".benchmark");
    await says.waitFor();
    assert.match(await says.innerText(), /Subscription: 5\.15% to 6\.81%.*Recurly, 2019/s);
    assert.ok(await churn.whole.locator(".bracket").isVisible());
    assert.deepEqual([await figure(page), await churn.input.inputValue()], [before, "5"], "nothing is filled in");
    assert.deepEqual(await axe(page), []);
    await says.getByRole("button", { name: "Use 5.48%" }).click();
    assert.equal(await churn.input.inputValue(), "5.48");
    await page.waitForURL(/churn_rate=0\.0548/);
    await field(page, "period").whole.locator("select").selectOption("year");
    await says.waitFor({ state: "detached" }); // a monthly rate is no yardstick for a year's
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await overflow(page), 0);
  }));

test("axe finds nothing on the menu's pages", async (t) => {
  for (const path of ["calculators/", "ar/for/app/", "ja/calculators/", "ar/benchmarks/"]) {
    await t.test(path, () => onPage(browser, path, async (page) => {
      assert.deepEqual(await axe(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await overflow(page), 0);
    }, { bare: true }));
  }
});

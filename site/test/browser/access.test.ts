import assert from "node:assert/strict";
import test, { after } from "node:test";
import { inTurn } from "../turn.ts";
import { DESKTOP, PHONE, axe, launch, type Opening, onPage, overflow, visit } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

const { scenarioIds } = await import("../../base/scenarios.ts");
// Calculators are one component with other figures: an eighth of them at each turn.
const pages = ["", ...inTurn(scenarioIds, Math.ceil(scenarioIds.length / 8)).map((id) => `${id}/`), "404.html"];

test("axe finds nothing on a page, and none is wider than a phone", () =>
  onPage(browser, "", async (page) => {
    for (const path of pages) {
      if (path) await visit(page, path);
      assert.deepEqual(await axe(page), [], path);
      await page.setViewportSize(PHONE);
      assert.equal(await overflow(page), 0, path);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.equal(await overflow(page), 0, `${path} at 320 pixels, as 1280 at 400 %`);
      await page.setViewportSize(DESKTOP);
    }
  }));

/** With looks, its document was seen whole above. */
const looks: [name: string, path: string, Opening & { looks?: boolean }][] = [
  ["dark", "subscription/", { colorScheme: "dark", looks: true }],
  ["dark, on a phone", "repeat-purchase/", { viewport: PHONE, hasTouch: true, isMobile: true, colorScheme: "dark", looks: true }],
  ["right to left, with problems", "ar/subscription/?price=-5&horizon_periods=0", {}],
  ["dark, with problems", "subscription/?price=x&theme=dark", { looks: true }],
  ["in forced colours, with warnings", "subscription/?churn_rate=0&cac=90000", { forcedColors: "active" }],
  // With scripting disabled axe would not run either, so the page's own script is withheld.
  ["without its script", "subscription/", { bare: true, allow: /Failed to load|preload/, before: (page) => page.route(/\.js$/, (route) => route.abort()) }],
];

test("axe finds nothing however it looks", async (t) => {
  for (const [name, path, { looks: known, ...options }] of looks) {
    await t.test(name, () =>
      onPage(
        browser,
        path,
        async (page) => {
          for (const details of await page.locator(".calculator details").all()) await details.evaluate((d) => d.setAttribute("open", ""));
          assert.deepEqual(await axe(page, { looks: known }), []);
          assert.equal(await overflow(page), 0);
        },
        options,
      ),
    );
  }
});

test("right to left the figures stand on the right", () =>
  onPage(browser, "ar/subscription/", async (page) => {
    assert.equal(await page.evaluate(() => document.dir), "rtl");
    const inputs = await page.locator(".inputs:visible").boundingBox();
    const answer = await page.locator(".answer:visible").boundingBox();
    assert.ok(inputs && answer && inputs.x > answer.x);
  }));

test("everything can be reached by keyboard, and is seen to be", () =>
  onPage(browser, "subscription/", async (page) => {
    const reached = [];
    for (let i = 0; i < 100; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active === document.body) return null;
        const ring = getComputedStyle(active).outlineStyle !== "none" || getComputedStyle(active.parentElement ?? active).outlineStyle !== "none";
        return { name: active.id || active.getAttribute("aria-label") || active.textContent?.trim() || "", ring };
      });
      if (!at) break;
      assert.ok(at.ring, `no focus ring on ${at.name}`);
      reached.push(at.name);
      if (at.name.startsWith("Currency, language")) await page.keyboard.press("Enter");
    }
    for (const name of ["Skip to the calculator", "currency", "theme", "field-price", "field-churn_rate", "Copy link", "Print"]) {
      assert.ok(reached.some((r) => r.startsWith(name)), `${name} was not reached: ${reached}`);
    }
  }));

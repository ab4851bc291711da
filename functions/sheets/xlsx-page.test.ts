// From a typed figure to a link that restores it, and to a workbook that LibreOffice recalculates to what the page shows.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, before } from "node:test";
import { answer, field, figure, launch, onPage } from "../../site/test/browser/browser.ts";
import { follow } from "./xlsx.ts";
import type { Browser } from "playwright-core";

let browser: Browser;
before(async () => void (browser = await launch()));
after(() => browser.close());

test("a typed figure comes back from its link, and from the workbook", () =>
  onPage(
    browser,
    "subscription/?currency=EUR",
    async (page) => {
      await field(page, "price").input.fill("120");
      await field(page, "cac").input.fill("500");
      const shown = await figure(page);
      await page.getByRole("button", { name: "Copy link" }).click();
      await page.getByText("Copied").first().waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.goto("about:blank");
      await page.goto(link);
      await answer(page).filter({ hasText: shown }).waitFor();
      assert.equal(await field(page, "price").input.inputValue(), "120");

      const saving = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download .xlsx" }).click();
      const saved = await saving;
      assert.equal(saved.suggestedFilename(), "hourglass-subscription.xlsx");
      const result = await page.evaluate(() => document.querySelector("hourglass-calculator")?.result);
      assert.ok(result);
      const { clv, ltv_cac_ratio, payback_periods } = result;
      const file = readFileSync(await saved.path());
      const [[asSaved, cheaper]] = await follow([{ file, orders: [["read", "price", "shown_clv", "shown_ltv_cac_ratio", "shown_payback_periods"], ["number", "typed_price", "60"], ["read", "shown_clv"]] }]);
      const near = (got: string, want: number) => assert.ok(Math.abs(Number(got) / want - 1) < 1e-9, `${got}, not ${want}`);
      [120, clv, ltv_cac_ratio, payback_periods].forEach((want, i) => near(asSaved[i], want));
      near(cheaper[0], clv / 2);
      assert.ok(shown.replace(/[^\d]/g, "").startsWith(String(Math.round(Number(asSaved[1]))).slice(0, 4)), shown);
    },
    { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true },
  ));

/** The links of the pages take the visitor's customer with them, say what stayed behind, and lead back. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { blankOf, calculationIdOf, calculationOf, isScenario, loadScenario, scenarioIds } from "../../base/scenarios.ts";
import { readState, same } from "../../base/url.ts";
import { inTurn } from "../turn.ts";
import { carried } from "../../calculator/carry.ts";
import { BASE, answer, field, figure, launch, onPage, visit } from "./browser.ts";

const browser = await launch({ passes: true });
after(() => browser.close());

// Pages of calculators are one component with other figures, and what goes from one to another is site/test/carry.test.ts's: a sixth of them at each turn, beside
// one whose links take levers along.
const FROM = new Set(["loyalty-programme" as const, ...inTurn(scenarioIds, Math.ceil(scenarioIds.length / 6))]);

test("every link of a page carries the customer", () =>
  onPage(browser, "", async (page) => {
    for (const id of FROM) {
      const from = await loadScenario(id);
      const first = from.primary.map((p) => calculationOf(from).inputs.find((f) => f.name === p.field)).find((f) => f?.kind === "number");
      assert.ok(first);
      await visit(page, `${id}/?${first.name}=${first.max === 1 ? 0.37 : 37}&currency=USD`);
      const state = readState(from, new URL(page.url()).searchParams, "en-US");
      const links = await page.locator("a[data-keep], a[data-carry]").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      let seen = 0;
      for (const link of new Set(links)) {
        const url = new URL(link);
        const to = url.pathname.split("/").filter(Boolean).at(-1) ?? "subscription";
        if (!isScenario(to) || to === id) continue;
        const scenario = await loadScenario(to);
        const there = readState(scenario, url.searchParams, "en-US");
        const along = carried(from.calculation, state.input, calculationIdOf(to));
        for (const [name, blank] of Object.entries(blankOf(scenario))) {
          const expected = name in along ? along[name] : blank;
          if (name === "levers" && name in along) {
            // What a lever's rewards cost is a result, which only its page knows.
            assert.equal(there.input.levers[0].kind, expected[0].kind);
            continue;
          }
          assert.ok(same(there.input[name], expected), `${id} to ${to}: ${name} is ${there.input[name]}, not ${expected}`);
        }
        assert.equal(there.was[0].split("?")[0], id);
        seen++;
      }
      assert.ok(seen > 0, id);
      for (const link of await page.locator(".languages a").evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href))) {
        assert.deepEqual(readState(from, new URL(link).searchParams, "en-US").input, state.input, link);
      }
    }
  }));

test("the strip says what came along, what was converted and what was not, and leads back to the same figures", () =>
  onPage(browser, "subscription/?price=120&growth_rate=0.01&churn_rate=0.04&horizon_periods=36", async (page) => {
    const before = await figure(page);
    await page.locator(".run").getByRole("link", { name: "Online shop" }).click();
    await page.waitForURL(/average\//);
    const strip = page.locator(".carried");
    const text = await strip.innerText();
    assert.match(text, /Gross margin, discount rate per year, and customer acquisition cost \(CAC\): carried over/);
    assert.match(text, /Customer lifetime \(years\) 2\.1 years = 1 ÷ 4% ÷ 12/);
    assert.match(text, /Not carried over\s+Price increase per period, % 1% and Time horizon/);
    assert.equal(await field(page, "order_value").input.inputValue(), "120");
    await strip.getByRole("link", { name: "Back to Subscription" }).click();
    await answer(page).filter({ hasText: before }).waitFor();
    assert.equal(await field(page, "churn_rate").input.inputValue(), "4");
    assert.equal(await page.locator(".carried").count(), 0);
  }));

test("where a figure is missing the example's answer says that it is one", () =>
  onPage(browser, "subscription/?price=120", async (page) => {
    await page.goto(`${BASE}acquisition-retention/?from=subscription&margin=50`);
    await page.getByText("This is the result of the example.").waitFor();
  }));

test("a copied link names every figure", () =>
  onPage(browser, "subscription/?price=120", async (page) => {
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Copied").first().waitFor();
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    for (const { name } of calculationOf(await loadScenario("subscription")).inputs) assert.ok(link.searchParams.has(name), name);
    assert.equal(link.searchParams.get("churn_rate"), "0.05");
  }, { permissions: ["clipboard-read", "clipboard-write"] }));

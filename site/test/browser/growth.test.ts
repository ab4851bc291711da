import assert from "node:assert/strict";
import test, { after } from "node:test";
import type { HourglassCalculator } from "../../calculator/calculator.ts";
import { PHONE, answer, axe, drawn, field, figure, launch, onPage, overflow, visit } from "./browser.ts";

/** A stage of the hourglass: whom it reaches, what they are worth, what it costs. */
interface Stage {
  people: number;
  value: number;
  cost: number;
}

const browser = await launch({ passes: true });
after(() => browser.close());

test("from a typed figure by a lever to a plan, whose link restores it", () =>
  onPage(
    browser,
    "subscription/?currency=EUR",
    async (page) => {
      await field(page, "price").input.fill("120");
      await page.locator(".pages-top [data-menu]").click();
      await page.locator(".panel").getByRole("link", { name: "Service", exact: true }).click();
      await page.waitForURL(/\/service\/\?.*price=120/);
      await answer(page).waitFor();
      assert.match(await page.locator(".summary-list").first().innerText(), /€120\.00 · 80% · 5%/);
      assert.equal(await page.locator(".finding").innerText(), "The margin is never behind the cost."); // which is nothing yet
      await field(page, "cost_per_period").input.fill("1");
      assert.match(await page.locator(".finding").innerText(), /^Pays for itself if churn falls by [\d.]+ percentage points?, or if customers reached buy [\d.]+% more\.$/);
      await field(page, "churn_fall").input.fill("1");
      assert.match(await page.locator(".sentence:visible").innerText(), /^This adds €\d[\d.,]* per customer\. The payback period is/);
      const alone = await figure(page);

      await page.locator(".next").getByRole("link", { name: "What would increase customer lifetime value?" }).click();
      await page.waitForURL(/\/growth-plan\//);
      const card = page.locator(".card").filter({ hasText: "Service" });
      await card.waitFor();
      assert.ok((await card.locator(".part").innerText()).includes(alone), "a plan of one lever is the lever");
      await page.getByText("Comparison").click();
      await page.getByRole("button", { name: "Keep these figures to compare" }).click();
      await page.getByRole("group", { name: "Add a lever" }).getByRole("button", { name: "Upsell" }).click();
      assert.deepEqual(await page.locator(".bridge").first().locator("tbody th").allInnerTexts(), ["Value today", "Service", "Upsell", "With the plan"]);
      await page.getByLabel("Take-up rate", { exact: true }).first().fill("20");
      const whole = await figure(page);
      const table = page.locator(".compare table");
      assert.equal(await table.locator("thead th").count(), 2);

      await page.getByRole("button", { name: "Copy link" }).click();
      await page.getByText("Copied").first().waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.goto("about:blank");
      await page.goto(link);
      await answer(page).filter({ hasText: whole }).waitFor();
      assert.equal(await field(page, "price").input.inputValue(), "120");
      assert.equal(await page.locator(".card").count(), 2);
      assert.equal(await table.locator("thead th").count(), 2);
      await page.getByRole("button", { name: "Remove Service" }).click();
      assert.equal(await page.locator(".card").count(), 1);
      await page.goBack();
      await answer(page).filter({ hasText: whole }).waitFor();
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));

test("the hourglass moves with the figures, and says what it shows", () =>
  onPage(browser, "hourglass/", async (page) => {
    const glass = page.getByRole("img", { name: /^Hourglass\. Prospects and customers, from the top to the neck: Reach 20,000, Acquire 600, Onboard 459, Retain 248/ });
    const path = () => glass.locator("path").nth(1).getAttribute("d");
    const before = await path();
    assert.match(await page.locator(".finding").innerText(), /^1 percentage point more conversion adds most: \$85,185\.$/);
    await field(page, "churn_rate").input.fill("20");
    const leaky = page.getByRole("img", { name: /Retain 32/ });
    assert.notEqual(await leaky.locator("path").nth(1).getAttribute("d"), before);
    await page.getByText("As a table").click();
    await drawn(page);
    assert.equal(await page.locator(".table tbody tr").count(), 6);
    await page.getByRole("button", { name: /^1 percentage point less churn adds .* Try it$/ }).click();
    assert.equal(await field(page, "churn_rate").input.inputValue(), "19");
  }));

test("where value is lost: from what is possible to what remains, stage by stage", () =>
  onPage(browser, "hourglass/?horizon_periods=36", async (page) => {
    const losses = page.locator(".losses");
    assert.match(await losses.innerText(), /Most is lost here: Later churn, \$197,350\./);
    assert.match(await losses.innerText(), /600 new customers would bring \$528,110 within 3 years/);
    const remains = await losses.locator("li").last().locator("b").innerText();
    assert.equal(remains, await figure(page), "what remains is the answer, where the horizon is the visitor's own");
  }));

test("the hourglass is as wide as its figures say, in four regimes", () =>
  onPage(browser, "hourglass/", async (page) => {
    const regimes = {
      "leaky neck": "churn_rate=0.2&first_period_churn=0.5&activation=0.5",
      "strong base": "churn_rate=0.01&first_period_churn=0.03&upsell_take_up=0.3",
      "unprofitable top": "conversion=0.004&acquisition_spend=120000",
      "referral engine": "invitations_per_period=0.5&referral_conversion=0.07",
    };
    for (const [name, query] of Object.entries(regimes)) {
      await visit(page, `hourglass/?${query}`);
      const { stages, drawn } = await page.evaluate(() => {
        const calculator = document.querySelector<HourglassCalculator>("hourglass-calculator") as HourglassCalculator;
        const wide = (css: string) => [...calculator.renderRoot.querySelectorAll<SVGGraphicsElement>(css)].map((path) => path.getBBox().width);
        return {
          stages: calculator.answered?.result.stages as Stage[],
          drawn: { top: wide(".crowded")[0], rings: wide(".ring"), foot: wide(".worth-2")[0], costs: wide(".costs")[0] },
        };
      });
      // A width stands for people, or for money of which the wider of margin and cost fills the glass; a hair is drawn of the least.
      const near = (got: number, want: number, what: string) => assert.ok(Math.abs(got / Math.max(want, 0.0025) - 1) < 0.01, `${name}, ${what}: ${got}, not ${want}`);
      const [reach, win, onboard] = stages.map((s) => s.people);
      near(drawn.rings[0] / drawn.top, win / reach, "customers won");
      near(drawn.rings[1] / drawn.top, onboard / reach, "second period");
      const value = stages.reduce((sum, s) => sum + s.value, 0);
      const cost = stages.reduce((sum, s) => sum + s.cost, 0);
      near(drawn.foot / drawn.top, value / Math.max(value, cost), "margin at the foot");
      near(drawn.costs / drawn.top, cost / Math.max(value, cost), "the marks of the cost");
    }
  }));

test("a lever is short of what it needs only where it loses: another effect may carry it", () =>
  onPage(browser, "loyalty-programme/", async (page) => {
    await answer(page).waitFor();
    assert.match(await page.locator(".gauge").innerText(), /5%[\s\S]*Break-even effect 11\.7%/);
    assert.equal(await page.locator(".gauge .short").count(), 0, "it gains by the churn that falls");
    await visit(page, "loyalty-programme/?churn_fall=0");
    await answer(page).waitFor();
    assert.match(await figure(page), /^[−-]/);
    assert.equal(await page.locator(".gauge .short").count(), 2);
  }));

test("what no effect can pay for is said", () =>
  onPage(browser, "onboarding/?cost_per_customer=5000", async (page) => {
    assert.match(await page.locator(".finding").innerText(), /^No effect is large enough/);
    assert.match(await page.locator(".sentence:visible").innerText(), /^This costs \$[\d,]+ more per customer than it brings/);
  }));

test("the reconciliation names each assumption, and tells formulas apart", () =>
  onPage(browser, "subscription/?price=90&churn_rate=0.04", async (page) => {
    await page.locator(".questions").getByRole("link", { name: "Why do calculators differ?" }).click();
    await page.waitForURL(/\/reconcile\/\?/);
    await answer(page).waitFor();
    assert.equal(await field(page, "churn_rate").input.inputValue(), "4");
    const [steps, formulas] = [page.locator(".bridge").nth(0), page.locator(".bridge").nth(1)];
    assert.equal(await steps.locator("tbody tr").count(), 7);
    assert.equal(await steps.locator("tbody tr").last().locator("td").last().innerText(), await figure(page));
    const names = await formulas.locator("tbody th").allInnerTexts();
    assert.equal(new Set(names.map((n) => n.split("\n")[0])).size, names.length);
    assert.equal(await formulas.locator("tr.chosen td").last().innerText(), await figure(page));
  }));

test("the plan says what it hangs on, takes problems beside their field, and fits a phone", () =>
  onPage(
    browser,
    "growth-plan/",
    async (page) => {
      await page.locator(".tornado").waitFor();
      assert.ok((await page.locator(".tornado tbody tr").count()) >= 5);
      const churn = page.locator(".card").filter({ hasText: "Service" }).getByLabel("Churn reduction", { exact: true }).first();
      await churn.fill("150");
      await page.locator(".card .problem").waitFor();
      assert.match(await page.locator(".card .problem").innerText(), /must be at most 100%/);
      await churn.fill("2");
      assert.deepEqual(await axe(page), []);
      assert.equal(await overflow(page), 0);
      await visit(page, `growth-plan/?levers=${encodeURIComponent('[{"kind":"referral","referral_rate":0.2}]')}`);
      assert.match(await page.locator(".levers .note").innerText(), /the chain never ends/);
      await visit(page, "service/?churn_rate=3");
      assert.ok(await field(page, "churn_rate").whole.locator(".problem").isVisible(), "what is wrong with the customer of today is seen");
    },
    { viewport: PHONE, hasTouch: true, isMobile: true },
  ));

test("the pages of the growth path print on one page", () =>
  onPage(browser, "growth-plan/", async (page) => {
    for (const path of ["growth-plan/", "hourglass/", "loyalty-programme/", "reconcile/"]) {
      await visit(page, path);
      const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
      assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1, path);
    }
  }));
